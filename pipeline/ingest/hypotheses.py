"""Hypotheses about a damaged run: the text that its tokens stand for, and what the next token needs to know of it."""

from collections.abc import Iterable
from math import inf
from operator import itemgetter
from typing import NamedTuple

ALIGNED, BEFORE_MARK, AFTER_LOST = 0, -1, -2
"""Instead of a pending lead byte: none; one is known once the mark that was cut off A3 is read; none, and no trail byte can follow."""

_score = itemgetter(0)


class Piece(NamedTuple):
    """What the tokens up to one stand for: the text of this one, after the pieces before it."""

    text: str
    before: "Piece | None"


class Hypothesis(NamedTuple):
    """The true text up to a token, and the best rival among those that went on in the same way."""

    score: float
    glyph: str  # the last complete character
    last: int  # its last byte
    pending: int  # the lead byte of a character that is not complete
    is_split: bool  # a gloss stands within the pending character
    is_glossed: bool  # a gloss stands after the last complete character
    before: int  # the last two complete characters, folded
    code: int
    piece: Piece | None
    margin: float = inf
    rival: Piece | None = None

    def begun(self, pending: int, text: str, *, is_split: bool = False) -> "Hypothesis":
        """The hypothesis after a token that stands for `text` and leaves the byte `pending` behind."""
        score, glyph, last, _, _, is_glossed, before, code, piece, margin, rival = self
        piece = Piece(text, piece)
        return Hypothesis(score, glyph, last, pending, is_split, is_glossed, before, code, piece, margin, rival)

    def glossed(self, by: float) -> "Hypothesis":
        """The hypothesis whose last character has its gloss, which changes the score by `by`."""
        score, glyph, last, pending, is_split, _, before, code, piece, margin, rival = self
        return Hypothesis(score + by, glyph, last, pending, is_split, True, before, code, piece, margin, rival)


class Found(NamedTuple):
    """What a run stands for: the text of every token, the best rival's, and how much more probable (log) it is."""

    pieces: list[str]
    rival: list[str]
    margin: float
    score: float


def pruned(hypotheses: Iterable[Hypothesis], n_kept: int, within: float) -> list[Hypothesis]:
    """The best hypotheses, one for every way to go on, which remembers the best of the others.

    Parameters
    ----------
    hypotheses : iterable of Hypothesis
    n_kept : int
        Hypotheses that are kept at most.
    within : float
        How far (log probability) they may be below the best.

    Returns
    -------
    list of Hypothesis
        The best first.
    """
    best: dict[tuple[object, ...], Hypothesis] = {}
    for new in hypotheses:
        key = new[1:8]
        old = best.get(key)
        best[key] = new if old is None else _winner(old, new)
    if len(best) == 1:
        return list(best.values())
    kept = sorted(best.values(), key=_score, reverse=True)[:n_kept]
    floor = kept[0].score - within if kept else 0.0
    return [hypothesis for hypothesis in kept if hypothesis.score > floor]


def _winner(old: Hypothesis, new: Hypothesis) -> Hypothesis:
    """The better of two, with the other as its rival unless it has a closer one."""
    better, worse = (new, old) if new.score > old.score else (old, new)
    margin = better.score - worse.score
    return better._replace(margin=margin, rival=worse.piece) if margin < better.margin else better


def found(beam: list[Hypothesis]) -> Found:
    """The best hypothesis of a beam, with its best rival."""
    first = beam[0]
    margin, rival = first.margin, first.rival
    if len(beam) > 1 and first.score - beam[1].score < margin:
        margin, rival = first.score - beam[1].score, beam[1].piece
    pieces, others = _texts(first.piece), _texts(rival)
    return Found(pieces, others + pieces[len(others) :] if others else [], margin, first.score)


def _texts(piece: Piece | None) -> list[str]:
    """The texts of pieces in order."""
    texts = []
    while piece is not None:
        texts.append(piece.text)
        piece = piece.before
    return texts[::-1]
