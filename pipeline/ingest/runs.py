"""Damaged runs of a gloss mirror: a beam search for the bytes that were there.

The mirror is a function of the true text, so every reading that the search proposes damages into what is shown; the most
probable one is taken. A hypothesis holds the true bytes up to a token: complete characters and, where the run is shifted,
one pending lead byte.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest
from math import inf
from typing import NamedTuple

from pipeline.ingest import gbk
from pipeline.ingest.charmodel import DocumentModel
from pipeline.ingest.gbk import BYTE_80, MARK_LEAD, MARK_TRAILS, Item, Kind, Pool, Token
from pipeline.ingest.mirrors import Table

CALM = 3
"""Undamaged characters after which a run is over: as many as see its last one in their context, and one more."""
LITERAL = -8.0
"""Log probability of brackets with pinyin that no mirror wrote."""
ALIGNED, BEFORE_MARK, AFTER_LOST = 0, -1, -2
"""Instead of a pending lead byte: none; one is known once the mark that was cut off A3 is read; none, and no trail byte can follow."""


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


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a search is: hypotheses kept, how far below the best, candidates for lost bytes and for dropped pairs."""

    beam: int
    within: float
    lost: int
    dropped: int


SMALL = 24
"""Candidates that are few enough to try them all."""
N_FREQUENT = 6
"""Candidates that are tried although they were never seen after the character before."""
NARROW = Width(beam=6, within=10.0, lost=6, dropped=0)
WIDE = Width(beam=16, within=16.0, lost=24, dropped=8)


@dataclass(frozen=True, slots=True)
class Found:
    """What a run stands for: the text of every token, the best rival's, and how much more probable (log) it is."""

    pieces: list[str]
    rival: list[str]
    margin: float
    score: float


@dataclass(frozen=True, slots=True)
class Search:
    """A search in one document.

    Attributes
    ----------
    model : DocumentModel
    table : Table
        Which characters have glosses.
    width : Width
    """

    model: DocumentModel
    table: Table
    width: Width
    frequent: dict[int, list[int]] = field(default_factory=dict)

    def run(self, tokens: Iterable[Token], context: str) -> Found | None:
        """The most probable text of a run, read until it is over.

        Parameters
        ----------
        tokens : iterable of Token
            From the first character before the run on; it is read no further than needed.
        context : str
            The two characters before.

        Returns
        -------
        Found or None
            None if nothing fits.
        """
        before, code = (gbk.folded(glyph) for glyph in context)
        beam = [Hypothesis(0.0, context[-1], 0, ALIGNED, False, False, before, code, None)]
        calm = 0
        for token in tokens:
            step = _STEPS[token.kind]
            beam = self._pruned(after for hypothesis in beam for after in step(self, hypothesis, token))
            if not beam:
                return None
            if any(hypothesis.pending for hypothesis in beam) or token.kind in (Kind.CUT, Kind.LOST):
                calm = 0
            elif token.kind is not Kind.GLOSS:
                calm += 1
            if calm >= CALM:
                break
        return _found(beam)

    def _pruned(self, hypotheses: Iterable[Hypothesis]) -> list[Hypothesis]:
        """The best hypotheses, one for every way to go on, which remembers the best of the others."""
        best: dict[tuple[object, ...], Hypothesis] = {}
        for new in hypotheses:
            key = new[1:8]
            old = best.get(key)
            if old is None:
                best[key] = new
            else:
                better, worse = (new, old) if new.score > old.score else (old, new)
                margin = better.score - worse.score
                if margin < better.margin:
                    better = better._replace(margin=margin, rival=worse.piece)
                best[key] = better
        kept = nlargest(self.width.beam, best.values(), key=_score)
        return [hypothesis for hypothesis in kept if hypothesis.score > kept[0].score - self.width.within]

    def completed(self, hypothesis: Hypothesis, first: int, second: int, glyph: str) -> Hypothesis:
        """The hypothesis with one character more, which no gloss follows as yet."""
        score, _, last, _, is_split, is_glossed, before, code, *rest = hypothesis
        after = gbk.folded(glyph)
        score += self.model.score(before, code, after) + self.table.plain(glyph)
        if last >= 0x81 and first >= 0x81:
            across = gbk.glyph_of(last, first)
            if is_split:
                score += self.table.glossed(across)
            elif not is_glossed:
                score += self.table.across(across)
        return Hypothesis(score, glyph, second or first, ALIGNED, False, False, code, after, *rest)

    def likely(self, hypothesis: Hypothesis, pool: Pool, n: int) -> list[Item]:
        """The most probable next characters of a pool: of those that were seen after the last one, and some frequent ones."""
        before, code, score = hypothesis.before, hypothesis.code, self.model.score
        if len(pool) <= SMALL:
            codes: Iterable[int] = pool
        else:
            codes = {after for after in self.model.followers(code) if after in pool}.union(_frequent(self, pool))
        items = [item for after in codes for item in pool[after]]
        if len(items) <= n:
            return items
        return nlargest(n, items, key=lambda item: score(before, code, gbk.folded(item[2])) + self.table.plain(item[2]))

    def past_drop(self, hypothesis: Hypothesis, finals: Callable[[int], Pool]) -> Iterator[Hypothesis]:
        """Where an unmapped pair was dropped: the hypothesis with two characters more.

        `finals` gives candidates for the second by the trail byte of the first.
        """
        n = self.width.dropped
        for item in self.likely(hypothesis, gbk.before_drop(hypothesis.pending), n) if n else ():
            one = self.completed(hypothesis, *item)
            for final in self.likely(one, finals(item[1]), n):
                yield _with(self.completed(one, *final), item[2] + final[2])
            for middle in self.likely(one, gbk.between_drops(item[1]), n // 2):
                two = self.completed(one, *middle)
                for final in self.likely(two, finals(middle[1]), n // 2):
                    yield _with(self.completed(two, *final), item[2] + middle[2] + final[2])


def _frequent(search: Search, pool: Pool) -> list[int]:
    """The most frequent characters of a pool."""
    known = search.frequent.get(id(pool))
    if known is None:
        known = search.frequent[id(pool)] = nlargest(N_FREQUENT, pool, key=search.model.frequency)
    return known


def _with(hypothesis: Hypothesis, text: str) -> Hypothesis:
    """A hypothesis with the text of one token more."""
    return hypothesis._replace(piece=Piece(text, hypothesis.piece))


def _more(hypothesis: Hypothesis, text: str) -> Hypothesis:
    """A hypothesis with more text for the same token."""
    piece = hypothesis.piece
    return hypothesis._replace(piece=Piece(piece.text + text, piece.before) if piece else Piece(text, None))


def _after_pair(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After a character of two bytes: itself, or the end of one character and the beginning of the next."""
    if hypothesis.pending == AFTER_LOST:  # the lost byte took an opening bracket with it
        hypothesis = search.completed(hypothesis, ord("("), 0, "(")
        yield _with(search.completed(hypothesis, token.first, token.second, token.value), "(" + token.value)
    elif hypothesis.pending == ALIGNED:
        yield _with(search.completed(hypothesis, token.first, token.second, token.value), token.value)
    elif hypothesis.pending > 0:
        glyph = gbk.glyph_of(hypothesis.pending, token.first)
        if glyph:
            yield _begun(
                search, _with(search.completed(hypothesis, hypothesis.pending, token.first, glyph), glyph), token.second
            )
        for after in search.past_drop(hypothesis, lambda byte: gbk.past_drop(byte, token.first)):
            yield _begun(search, after, token.second)


def _begun(search: Search, hypothesis: Hypothesis, byte: int) -> Hypothesis:
    """A hypothesis with the first byte of the next character, which may be all of it."""
    if byte > 0x80:
        return hypothesis._replace(pending=byte)
    return _more(search.completed(hypothesis, byte, 0, chr(byte)), chr(byte))


def _after_ascii(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After a character of one byte: itself, a trail byte, or a mark that took the first byte of a character for its second."""
    byte, pending = token.first, hypothesis.pending
    if pending == BEFORE_MARK:
        if token.value in MARK_TRAILS:
            yield _with(hypothesis._replace(pending=MARK_TRAILS[token.value]), "")
    elif pending in (ALIGNED, AFTER_LOST):
        text = "(" + token.value if pending == AFTER_LOST and 0x40 <= byte < 0x7F else token.value
        for glyph in text:
            hypothesis = search.completed(hypothesis, ord(glyph), 0, glyph)
        yield _with(hypothesis, text)
    elif 0x40 <= byte <= BYTE_80:
        glyph = gbk.glyph_of(pending, byte)
        if glyph:
            yield _with(search.completed(hypothesis, pending, byte, glyph), glyph)
        yield from search.past_drop(hypothesis, lambda trail: gbk.past_drop(trail, byte))
    elif token.value in MARK_TRAILS:
        yield from _before_mark(search, hypothesis, MARK_TRAILS[token.value])


def _before_mark(search: Search, hypothesis: Hypothesis, trail: int) -> Iterator[Hypothesis]:
    """A character that ends with A3, which was taken for the first byte of a mark, and the byte after it."""
    glyph = gbk.glyph_of(hypothesis.pending, MARK_LEAD)
    if glyph:
        after = search.completed(hypothesis, hypothesis.pending, MARK_LEAD, glyph)
        yield _with(after._replace(pending=trail), glyph)
    for after in search.past_drop(hypothesis, lambda byte: gbk.past_drop(byte, MARK_LEAD)):
        yield after._replace(pending=trail)


def _after_other(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After a character that GBK lacks or the end of a line: only where nothing is pending."""
    if hypothesis.pending in (ALIGNED, AFTER_LOST):
        after = search.completed(hypothesis, 0, 0, token.value)
        yield _with(after, token.value)


def _after_gloss(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After ``(pinyin)``: a gloss of the two bytes before it, else what it seems to be."""
    pinyin, pending = gbk.spelling(token.value[1:-1]), hypothesis.pending
    if pending > 0:
        across = gbk.glyph_of(hypothesis.last, pending) if hypothesis.last > 0x80 else ""
        if across and not hypothesis.is_split and pinyin in gbk.readings(across):
            yield _with(hypothesis._replace(is_split=True), "")
    elif pending == ALIGNED:
        glyph = hypothesis.glyph
        if not hypothesis.is_glossed and pinyin in gbk.readings(glyph):
            score = hypothesis.score - search.table.plain(glyph) + search.table.glossed(glyph)
            yield _with(hypothesis._replace(score=score, is_glossed=True), "")
        else:
            yield _literal(hypothesis, token)


def _literal(hypothesis: Hypothesis, token: Token) -> Hypothesis:
    """A hypothesis that takes a gloss for a part of the text."""
    score = hypothesis.score + LITERAL
    return _with(hypothesis._replace(score=score, glyph=")", last=0, before=ord("a"), code=ord(")")), token.value)


def _after_cut(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After ``?pinyin)``: a byte that is read so with the one before it, which begins a character or ends it."""
    pinyin, pending = gbk.spelling(token.value.strip("?\ufffd()")), hypothesis.pending
    if pending == ALIGNED:
        if hypothesis.last > 0x80:
            for byte in gbk.cut_trails(hypothesis.last, pinyin):
                yield _with(hypothesis._replace(pending=byte, is_split=True), "")
        literal = _literal(hypothesis, token)
        yield literal._replace(score=literal.score + LITERAL)
    elif pending > 0:
        for byte in gbk.cut_trails(pending, pinyin):
            glyph = gbk.glyph_of(pending, byte)
            yield _glossed(search, _with(search.completed(hypothesis, pending, byte, glyph), glyph))
        for after in search.past_drop(hypothesis, lambda byte: gbk.read_past_drop(byte, pinyin)):
            yield _glossed(search, after)


def _glossed(search: Search, hypothesis: Hypothesis) -> Hypothesis:
    """A hypothesis whose last character has its gloss."""
    score = hypothesis.score - search.table.plain(hypothesis.glyph) + search.table.glossed(hypothesis.glyph)
    return hypothesis._replace(score=score, is_glossed=True)


def _after_lost(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After ``?``: a question mark, or a byte that is lost."""
    pending, n = hypothesis.pending, search.width.lost
    if pending == BEFORE_MARK:
        yield _with(hypothesis._replace(pending=MARK_TRAILS["?"]), "")
    elif pending in (ALIGNED, AFTER_LOST):
        yield _with(search.completed(hypothesis, ord("?"), 0, "?"), token.value)
        if pending == ALIGNED:
            for item in search.likely(hypothesis, gbk.with_trail(MARK_LEAD), n):
                yield _with(search.completed(hypothesis, *item)._replace(pending=BEFORE_MARK), item[2])
    else:
        for item in search.likely(hypothesis, gbk.with_lead(pending), n):
            yield _with(search.completed(hypothesis, *item)._replace(pending=_after_lost_byte(item[1])), item[2])
        for after in search.past_drop(hypothesis, gbk.begun_past_drop):
            yield after._replace(pending=_after_lost_byte(after.last))
        yield from _before_mark(search, hypothesis, MARK_TRAILS["?"])


def _after_lost_byte(byte: int) -> int:
    """What may follow a byte that was lost."""
    return ALIGNED if byte == BYTE_80 else AFTER_LOST


_STEPS = {
    Kind.PAIR: _after_pair,
    Kind.ASCII: _after_ascii,
    Kind.OTHER: _after_other,
    Kind.END: _after_other,
    Kind.GLOSS: _after_gloss,
    Kind.CUT: _after_cut,
    Kind.LOST: _after_lost,
}


def _score(hypothesis: Hypothesis) -> float:
    """The score of a hypothesis."""
    return hypothesis.score


def _found(beam: list[Hypothesis]) -> Found:
    """The best hypothesis of a beam, with its best rival."""
    first = beam[0]
    margin, rival = first.margin, first.rival
    if len(beam) > 1 and first.score - beam[1].score < margin:
        margin, rival = first.score - beam[1].score, beam[1].piece
    return Found(_texts(first.piece), _texts(rival), margin, first.score)


def _texts(piece: Piece | None) -> list[str]:
    """The texts of pieces in order."""
    texts = []
    while piece is not None:
        texts.append(piece.text)
        piece = piece.before
    return texts[::-1]
