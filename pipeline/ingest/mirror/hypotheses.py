"""Hypotheses about a damaged run: the text that its tokens stand for, and what the next token needs to know of it."""

from operator import itemgetter
from typing import NamedTuple

from pipeline.ingest.mirror.ngrams import BITS

BARE, WITHIN, AFTER = 0, 1, 2
"""Where a gloss stands that the last complete character met: nowhere, between its two bytes, after it."""
ALIGNED, BEFORE_MARK, AFTER_LOST = 0, -1, -2
"""Instead of a pending lead byte: none; one is known once the mark that was cut off A3 is read; none, and no trail byte can follow."""

N_RIVALS = 10
"""Rivals that a hypothesis remembers; with 4, two of 152 wrong characters of held-out mirrors were more."""

FAR_BEHIND = 16.0
"""How far (log probability) a text may be behind the best one: marks and words never make up for more."""
_score = itemgetter(0)


Piece = tuple[str, "Piece | None"]
"""What the tokens up to one stand for: the text of this one, after the pieces before it."""
Rival = tuple[float, tuple[Piece | None, ...]]
"""How far (log probability) a rival is behind, and its pieces: of the last, as far as it goes, after those before it."""


class Hypothesis(NamedTuple):
    """The true text up to a token, and the best rivals among those that went on in the same way, the best first.

    A search makes them by ``tuple.__new__``, which takes half the time of their own constructor.
    """

    score: float
    glyph: str  # the last complete character
    last: int  # its last byte
    pending: int  # the lead byte of a character that is not complete
    is_split: bool  # a gloss stands within the pending character
    gloss: int  # where the last complete character met one
    before: int  # the last two complete characters, folded
    code: int
    piece: Piece | None
    rivals: tuple[Rival, ...] = ()

    @property
    def context(self) -> int:
        """The last two complete characters, as the key of a weight has them."""
        return (self.before << BITS | self.code) << BITS

    def begun(self, pending: int, text: str, *, is_split: bool = False) -> "Hypothesis":
        """The hypothesis after a token that stands for `text` and leaves the byte `pending` behind."""
        score, glyph, last, _, _, gloss, before, code, piece, rivals = self
        values = (score, glyph, last, pending, is_split, gloss, before, code, (text, piece), rivals)
        return tuple.__new__(Hypothesis, values)

    def glossed(self, by: float) -> "Hypothesis":
        """The hypothesis whose last character has its gloss, which changes the score by `by`."""
        score, glyph, last, pending, is_split, _, before, code, piece, rivals = self
        return tuple.__new__(
            Hypothesis, (score + by, glyph, last, pending, is_split, AFTER, before, code, piece, rivals)
        )


def pruned(hypotheses: list[Hypothesis], n_kept: int, within: float) -> list[Hypothesis]:
    """The best hypotheses, one for every way to go on, which remembers the best of the others.

    Parameters
    ----------
    hypotheses : list of Hypothesis
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
    """The better of two, with the other and its rivals among its own."""
    better, worse = (new, old) if new.score > old.score else (old, new)
    gap, piece = better.score - worse.score, worse.piece
    if len(better.rivals) == N_RIVALS and better.rivals[-1][0] < gap:
        return better
    others = [(gap, (piece,)), *((gap + behind, (*pieces, piece)) for behind, pieces in worse.rivals)]
    return better._replace(rivals=tuple(sorted([*better.rivals, *others], key=_score)[:N_RIVALS]))


def candidates(beam: list[Hypothesis]) -> list[tuple[float, list[str]]]:
    """The texts that a beam stands for, one a token, each with its log probability; the most probable first, none far behind."""
    found: dict[str, tuple[float, list[str]]] = {}
    pieces, least = _texts((beam[0].piece,)), beam[0].score - FAR_BEHIND
    for one in beam:
        for behind, chain in ((0.0, ()), *one.rivals):
            if one.score - behind > least:
                texts = _texts((*chain, one.piece))
                texts += pieces[len(texts) :]
                found.setdefault("".join(texts), (one.score - behind, texts))
    return sorted(found.values(), key=_score, reverse=True)[: N_RIVALS + 1]


def _texts(chain: tuple[Piece | None, ...]) -> list[str]:
    """The texts of pieces in order: of the first as far as it goes, then of the next."""
    texts: list[str] = []
    for last in chain:
        piece, found = last, list[str]()
        while piece is not None:
            text, piece = piece
            found.append(text)
        texts += found[::-1][len(texts) :]
    return texts
