"""What each kind of token can stand for: the hypotheses after it, one function a kind, and those where pairs were dropped."""

from collections.abc import Callable, Iterator
from math import log

from pipeline.ingest import gbk
from pipeline.ingest.candidates import ANY, led_by
from pipeline.ingest.drops import past_drop
from pipeline.ingest.gbk import BYTE_80, MARK_LEAD, MARK_TRAILS, Kind, Token
from pipeline.ingest.hypotheses import AFTER, AFTER_LOST, ALIGNED, BEFORE_MARK, WITHIN, Hypothesis, Piece
from pipeline.ingest.search import Search

GLOSS = 5.0
"""How much a gloss that stands where it should can raise a hypothesis: what its lack took off before."""
LITERAL = -8.0
"""Log probability of brackets with pinyin that no mirror wrote."""
N_LOST = 8
"""Characters that are tried where a byte is lost."""
_BRACKET = (ord("("), 0, "(")

Step = Callable[[Search, Hypothesis, Token], Iterator[Hypothesis]]
Drop = Callable[[Search, Hypothesis, Token, float], Iterator[Hypothesis]]


def _after_pair(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After a character of two bytes: itself, or the end of one character and the beginning of the next."""
    _, shown, _, _, first, second = token
    pending = hypothesis.pending
    if pending == ALIGNED:
        yield search.completed(hypothesis, (first, second, shown), Piece(shown, hypothesis.piece))
    elif pending == AFTER_LOST:  # the lost byte took an opening bracket with it
        bracket = search.completed(hypothesis, _BRACKET, None)
        yield search.completed(bracket, (first, second, shown), Piece("(" + shown, hypothesis.piece))
    elif pending > 0:
        glyph = gbk.glyph_of(pending, first)
        if glyph:
            piece = Piece(glyph, hypothesis.piece)
            yield _begun(search, search.completed(hypothesis, (pending, first, glyph), piece, second))


def _pair_dropped(search: Search, hypothesis: Hypothesis, token: Token, floor: float) -> Iterator[Hypothesis]:
    """After a character of two bytes, where pairs before it were dropped."""
    for after in past_drop(search, hypothesis, token.first, floor, token.second):
        yield _begun(search, after)


def _begun(search: Search, hypothesis: Hypothesis) -> Hypothesis:
    """A hypothesis with its pending byte completed where that is a character by itself."""
    byte, piece = hypothesis.pending, hypothesis.piece
    if byte > BYTE_80 or piece is None:
        return hypothesis
    return search.completed(hypothesis, (byte, 0, chr(byte)), Piece(piece.text + chr(byte), piece.before))


def _after_ascii(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After a character of one byte: itself, a trail byte, or a mark that took the first byte of a character for its second."""
    byte, shown, pending = token.first, token.value, hypothesis.pending
    if pending == BEFORE_MARK:
        if shown in MARK_TRAILS:
            yield hypothesis.begun(MARK_TRAILS[shown], "")
    elif pending in (ALIGNED, AFTER_LOST):
        text = "(" + shown if pending == AFTER_LOST and 0x40 <= byte < 0x7F else shown
        piece, after = Piece(text, hypothesis.piece), hypothesis
        for glyph in text:
            after = search.completed(after, (ord(glyph), 0, glyph), piece)
        yield after
    elif 0x40 <= byte <= BYTE_80:
        glyph = gbk.glyph_of(pending, byte)
        if glyph:
            yield search.completed(hypothesis, (pending, byte, glyph), Piece(glyph, hypothesis.piece))
    elif shown in MARK_TRAILS:
        yield from _before_mark(search, hypothesis, MARK_TRAILS[shown])


def _ascii_dropped(search: Search, hypothesis: Hypothesis, token: Token, floor: float) -> Iterator[Hypothesis]:
    """After a character of one byte, where pairs before it were dropped."""
    byte = token.first
    if 0x40 <= byte <= BYTE_80:
        yield from past_drop(search, hypothesis, byte, floor)
    elif token.value in MARK_TRAILS:
        yield from _dropped_before_mark(search, hypothesis, MARK_TRAILS[token.value], floor)


def _before_mark(search: Search, hypothesis: Hypothesis, trail: int) -> Iterator[Hypothesis]:
    """A character that ends with A3, which was taken for the first byte of a mark, and the byte after it."""
    glyph = gbk.glyph_of(hypothesis.pending, MARK_LEAD)
    if glyph:
        piece = Piece(glyph, hypothesis.piece)
        yield _cut_by_mark(search, search.completed(hypothesis, (hypothesis.pending, MARK_LEAD, glyph), piece, trail))


def _dropped_before_mark(search: Search, hypothesis: Hypothesis, trail: int, floor: float) -> Iterator[Hypothesis]:
    """The same, where pairs before it were dropped."""
    for after in past_drop(search, hypothesis, MARK_LEAD, floor, trail):
        yield _cut_by_mark(search, after)


def _cut_by_mark(search: Search, hypothesis: Hypothesis) -> Hypothesis:
    """A hypothesis whose last character could not be glossed any more where the mark that took its second byte came first."""
    return hypothesis._replace(score=hypothesis.score + search.weights.table.split(hypothesis.glyph))


def _after_other(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After a character that GBK lacks or the end of a line: only where nothing is pending."""
    if hypothesis.pending in (ALIGNED, AFTER_LOST):
        yield search.completed(hypothesis, (0, 0, token.value), Piece(token.value, hypothesis.piece))


def _after_gloss(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After ``(pinyin)``: a gloss of the two bytes before it, else what it seems to be."""
    pinyin, pending = gbk.spelling(token.value[1:-1]), hypothesis.pending
    if pending > 0:
        across = gbk.glyph_of(hypothesis.last, pending) if hypothesis.last > 0x80 else ""
        if across and not hypothesis.is_split and pinyin in gbk.readings(across):
            yield hypothesis.begun(pending, "", is_split=True)
    elif pending == ALIGNED:
        glyph = hypothesis.glyph
        if hypothesis.gloss != AFTER and pinyin in gbk.readings(glyph):
            yield _glossed(search, hypothesis.begun(ALIGNED, ""))
        else:
            yield _literal(hypothesis, token, LITERAL)


def _literal(hypothesis: Hypothesis, token: Token, score: float) -> Hypothesis:
    """A hypothesis that takes a gloss for a part of the text."""
    after = hypothesis.begun(ALIGNED, token.value)
    return after._replace(score=after.score + score, glyph=")", last=0, before=ord("a"), code=ord(")"))


def _after_cut(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After ``?pinyin)``: a byte that is read so with the one before it, which begins a character or ends it."""
    pinyin, pending = gbk.spelling(token.value.strip("?\ufffd()")), hypothesis.pending
    if pending == ALIGNED:
        last = hypothesis.last if hypothesis.last > 0x80 else MARK_TRAILS.get(hypothesis.glyph, 0)
        for byte in gbk.cut_trails(last, pinyin):
            yield hypothesis.begun(byte, "", is_split=hypothesis.last > 0x80)
        yield _literal(hypothesis, token, 2 * LITERAL)
    elif pending > 0:
        for byte in gbk.cut_trails(pending, pinyin):
            glyph = gbk.glyph_of(pending, byte)
            after = search.completed(hypothesis, (pending, byte, glyph), Piece(glyph, hypothesis.piece))
            yield _glossed(search, after)


def _cut_dropped(search: Search, hypothesis: Hypothesis, token: Token, floor: float) -> Iterator[Hypothesis]:
    """After ``?pinyin)``, where pairs before it were dropped."""
    pinyin = gbk.spelling(token.value.strip("?\ufffd()"))
    for after in past_drop(search, hypothesis, pinyin, floor - GLOSS):
        yield _glossed(search, after)


def _glossed(search: Search, hypothesis: Hypothesis) -> Hypothesis:
    """A hypothesis whose last character has its gloss."""
    table, glyph = search.weights.table, hypothesis.glyph
    by = table.glossed(glyph) - table.plain(glyph)
    return hypothesis.glossed(by - table.split(glyph) - log(2) if hypothesis.gloss == WITHIN else by)


def _after_lost(search: Search, hypothesis: Hypothesis, token: Token) -> Iterator[Hypothesis]:
    """After ``?``: a question mark, or a byte that is lost."""
    pending, n = hypothesis.pending, N_LOST
    if pending == BEFORE_MARK:
        yield hypothesis.begun(MARK_TRAILS["?"], "")
    elif pending in (ALIGNED, AFTER_LOST):
        yield search.completed(hypothesis, (ord("?"), 0, "?"), Piece(token.value, hypothesis.piece))
        if pending == ALIGNED:
            ahead = gbk.glyph_of(token.first, token.second) if token.first else ""
            for item in search.cut_by_mark(hypothesis, ahead, n):
                after = search.completed(hypothesis, item, Piece(item[2], hypothesis.piece), BEFORE_MARK)
                yield _cut_by_mark(search, after)
    else:
        for item in search.likely(hypothesis, led_by(pending), n):
            yield search.completed(hypothesis, item, Piece(item[2], hypothesis.piece), _after_lost_byte(item[1]))
        yield from _before_mark(search, hypothesis, MARK_TRAILS["?"])


def _lost_dropped(search: Search, hypothesis: Hypothesis, token: Token, floor: float) -> Iterator[Hypothesis]:
    """After a byte that is lost, where pairs before it were dropped."""
    for after in past_drop(search, hypothesis, ANY, floor):
        yield after._replace(pending=_after_lost_byte(after.last))
    yield from _dropped_before_mark(search, hypothesis, MARK_TRAILS["?"], floor)


def _after_lost_byte(byte: int) -> int:
    """What may follow a byte that was lost."""
    return ALIGNED if byte == BYTE_80 else AFTER_LOST


STEPS: dict[Kind, Step] = {
    Kind.PAIR: _after_pair,
    Kind.ASCII: _after_ascii,
    Kind.OTHER: _after_other,
    Kind.END: _after_other,
    Kind.GLOSS: _after_gloss,
    Kind.CUT: _after_cut,
    Kind.LOST: _after_lost,
}
"""What is done after each kind of token."""
DROPS: dict[Kind, Drop] = {
    Kind.PAIR: _pair_dropped,
    Kind.ASCII: _ascii_dropped,
    Kind.CUT: _cut_dropped,
    Kind.LOST: _lost_dropped,
}
"""The same where pairs were dropped; only hypotheses above a floor."""
