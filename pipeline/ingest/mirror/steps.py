"""What each kind of token can stand for: the hypotheses after it, one function a kind, and those where pairs were dropped."""

from collections.abc import Callable
from math import log

from pipeline.ingest import gbk
from pipeline.ingest.gbk import BYTE_80, MARK_LEAD, MARK_TRAILS, Kind, Token
from pipeline.ingest.mirror.candidates import ANY, led_by
from pipeline.ingest.mirror.drops import past_drop
from pipeline.ingest.mirror.hypotheses import AFTER, AFTER_LOST, ALIGNED, BEFORE_MARK, WITHIN, Hypothesis
from pipeline.ingest.mirror.search import Search

GLOSS = 5.0
"""How much a gloss that stands where it should can raise a hypothesis: what its lack took off before."""
LITERAL = -8.0
"""Log probability of brackets with pinyin that no mirror wrote."""
N_LOST = 12
"""Characters that are tried where a byte is lost; 24 were as good on held-out mirrors, with 8 a character in 30 more was wrong."""
_BRACKET = (ord("("), 0, "(")

Step = Callable[[Search, Hypothesis, Token], list[Hypothesis]]
Drop = Callable[[Search, Hypothesis, Token, float], list[Hypothesis]]


def _after_pair(search: Search, hypothesis: Hypothesis, token: Token) -> list[Hypothesis]:
    """After a character of two bytes: itself, or the end of one character and the beginning of the next."""
    _, shown, _, _, first, second = token
    pending = hypothesis.pending
    if pending == ALIGNED:
        return [search.completed(hypothesis, (first, second, shown), (shown, hypothesis.piece))]
    if pending == AFTER_LOST:  # the lost byte took an opening bracket with it
        bracket = search.completed(hypothesis, _BRACKET, None)
        return [search.completed(bracket, (first, second, shown), ("(" + shown, hypothesis.piece))]
    glyph = gbk.glyph_of(pending, first) if pending > 0 else ""
    if not glyph:
        return []
    return [_begun(search, search.completed(hypothesis, (pending, first, glyph), (glyph, hypothesis.piece), second))]


def _pair_dropped(search: Search, hypothesis: Hypothesis, token: Token, floor: float) -> list[Hypothesis]:
    """After a character of two bytes, where pairs before it were dropped."""
    return [_begun(search, after) for after in past_drop(search, hypothesis, token.first, floor, token.second)]


def _begun(search: Search, hypothesis: Hypothesis) -> Hypothesis:
    """A hypothesis with its pending byte completed where that is a character by itself."""
    byte, piece = hypothesis.pending, hypothesis.piece
    if byte > BYTE_80 or piece is None:
        return hypothesis
    text, before = piece
    return search.completed(hypothesis, (byte, 0, chr(byte)), (text + chr(byte), before))


def _after_ascii(search: Search, hypothesis: Hypothesis, token: Token) -> list[Hypothesis]:
    """After a character of one byte: itself, a trail byte, or a mark that took the first byte of a character for its second."""
    byte, shown, pending = token.first, token.value, hypothesis.pending
    if pending == BEFORE_MARK:
        return [hypothesis.begun(MARK_TRAILS[shown], "")] if shown in MARK_TRAILS else []
    if pending in (ALIGNED, AFTER_LOST):
        text = "(" + shown if pending == AFTER_LOST and 0x40 <= byte < 0x7F else shown
        piece, after = (text, hypothesis.piece), hypothesis
        for glyph in text:
            after = search.completed(after, (ord(glyph), 0, glyph), piece)
        return [after]
    if 0x40 <= byte <= BYTE_80:
        glyph = gbk.glyph_of(pending, byte)
        return [search.completed(hypothesis, (pending, byte, glyph), (glyph, hypothesis.piece))] if glyph else []
    return _before_mark(search, hypothesis, MARK_TRAILS[shown]) if shown in MARK_TRAILS else []


def _ascii_dropped(search: Search, hypothesis: Hypothesis, token: Token, floor: float) -> list[Hypothesis]:
    """After a character of one byte, where pairs before it were dropped."""
    byte = token.first
    if 0x40 <= byte <= BYTE_80:
        return past_drop(search, hypothesis, byte, floor)
    if token.value in MARK_TRAILS:
        return _dropped_before_mark(search, hypothesis, MARK_TRAILS[token.value], floor)
    return []


def _before_mark(search: Search, hypothesis: Hypothesis, trail: int) -> list[Hypothesis]:
    """A character that ends with A3, which was taken for the first byte of a mark, and the byte after it."""
    pending, glyph = hypothesis.pending, gbk.glyph_of(hypothesis.pending, MARK_LEAD)
    if not glyph:
        return []
    after = search.completed(hypothesis, (pending, MARK_LEAD, glyph), (glyph, hypothesis.piece), trail)
    return [_cut_by_mark(search, after)]


def _dropped_before_mark(search: Search, hypothesis: Hypothesis, trail: int, floor: float) -> list[Hypothesis]:
    """The same, where pairs before it were dropped."""
    return [_cut_by_mark(search, after) for after in past_drop(search, hypothesis, MARK_LEAD, floor, trail)]


def _cut_by_mark(search: Search, hypothesis: Hypothesis) -> Hypothesis:
    """A hypothesis whose last character could not be glossed any more where the mark that took its second byte came first."""
    return hypothesis._replace(score=hypothesis.score + search.weights.table[hypothesis.glyph].split)


def _after_other(search: Search, hypothesis: Hypothesis, token: Token) -> list[Hypothesis]:
    """After a character that GBK lacks or the end of a line: only where nothing is pending."""
    if hypothesis.pending not in (ALIGNED, AFTER_LOST):
        return []
    return [search.completed(hypothesis, (0, 0, token.value), (token.value, hypothesis.piece))]


def _after_gloss(search: Search, hypothesis: Hypothesis, token: Token) -> list[Hypothesis]:
    """After ``(pinyin)``: a gloss of the two bytes before it, else what it seems to be."""
    pinyin, pending = gbk.spelling(token.value[1:-1]), hypothesis.pending
    if pending > 0:
        across = gbk.glyph_of(hypothesis.last, pending) if hypothesis.last > 0x80 else ""
        is_read_so = across and not hypothesis.is_split and pinyin in gbk.readings(across)
        return [hypothesis.begun(pending, "", is_split=True)] if is_read_so else []
    if pending != ALIGNED:
        return []
    if hypothesis.gloss != AFTER and pinyin in gbk.readings(hypothesis.glyph):
        return [_glossed(search, hypothesis.begun(ALIGNED, ""))]
    return [_literal(hypothesis, token, LITERAL)]


def _literal(hypothesis: Hypothesis, token: Token, score: float) -> Hypothesis:
    """A hypothesis that takes a gloss for a part of the text."""
    after = hypothesis.begun(ALIGNED, token.value)
    return after._replace(score=after.score + score, glyph=")", last=0, before=ord("a"), code=ord(")"))


def _after_cut(search: Search, hypothesis: Hypothesis, token: Token) -> list[Hypothesis]:
    """After ``?pinyin)``: a byte that is read so with the one before it, which begins a character or ends it."""
    pinyin, pending, last = gbk.spelling(token.value.strip("?\ufffd()")), hypothesis.pending, hypothesis.last
    if pending == ALIGNED:
        first = last if last > 0x80 else MARK_TRAILS.get(hypothesis.glyph, 0)
        begun = [hypothesis.begun(byte, "", is_split=last > 0x80) for byte in gbk.cut_trails(first, pinyin)]
        return [*begun, _literal(hypothesis, token, 2 * LITERAL)]
    found = [(pending, byte, gbk.glyph_of(pending, byte)) for byte in gbk.cut_trails(pending, pinyin)]
    return [_glossed(search, search.completed(hypothesis, item, (item[2], hypothesis.piece))) for item in found]


def _cut_dropped(search: Search, hypothesis: Hypothesis, token: Token, floor: float) -> list[Hypothesis]:
    """After ``?pinyin)``, where pairs before it were dropped."""
    pinyin = gbk.spelling(token.value.strip("?\ufffd()"))
    return [_glossed(search, after) for after in past_drop(search, hypothesis, pinyin, floor - GLOSS)]


def _glossed(search: Search, hypothesis: Hypothesis) -> Hypothesis:
    """A hypothesis whose last character has its gloss."""
    plain, glossed, _, split = search.weights.table[hypothesis.glyph]
    by = glossed - plain
    return hypothesis.glossed(by - split - log(2) if hypothesis.gloss == WITHIN else by)


def _after_lost(search: Search, hypothesis: Hypothesis, token: Token) -> list[Hypothesis]:
    """After ``?``: a question mark, or a byte that is lost."""
    pending, piece = hypothesis.pending, hypothesis.piece
    if pending == BEFORE_MARK:
        return [hypothesis.begun(MARK_TRAILS["?"], "")]
    if pending > 0:
        after = [
            search.weighted(hypothesis, one, (one[1][2], piece), _after_lost_byte(one[1][1]))
            for one in search.likely(hypothesis, led_by(pending), N_LOST)
        ]
        return after + _before_mark(search, hypothesis, MARK_TRAILS["?"])
    mark = search.completed(hypothesis, (ord("?"), 0, "?"), (token.value, piece))
    if pending != ALIGNED:
        return [mark]
    ahead = gbk.glyph_of(token.first, token.second) if token.first else ""
    cut = search.cut_by_mark(hypothesis, ahead, N_LOST)
    after = [search.weighted(hypothesis, one, (one[1][2], piece), BEFORE_MARK) for one in cut]
    return [mark, *(_cut_by_mark(search, one) for one in after)]


def _lost_dropped(search: Search, hypothesis: Hypothesis, token: Token, floor: float) -> list[Hypothesis]:
    """After a byte that is lost, where pairs before it were dropped."""
    found = past_drop(search, hypothesis, ANY, floor)
    after = [one._replace(pending=_after_lost_byte(one.last)) for one in found]
    return after + _dropped_before_mark(search, hypothesis, MARK_TRAILS["?"], floor)


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
