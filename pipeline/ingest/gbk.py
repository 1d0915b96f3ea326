"""GBK as a mirror damaged it: the readings of characters, the bytes behind what is shown, and candidates for lost bytes."""

import re
from collections.abc import Iterable, Iterator, Mapping
from enum import Enum, auto
from functools import cache
from typing import NamedTuple

from pypinyin.constants import PINYIN_DICT

from pipeline.ingest.ngrams import folding
from pipeline.ingest.script import traditional_only

Item = tuple[int, int, str]
"""A character with its bytes: lead, trail, character."""
Pool = Mapping[int, tuple[Item, ...]]
"""Candidates by folded code point; most codes have one, 后 has 后 and 後."""

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
MARK_TRAILS = dict(zip(";?:,()!", (0xBB, 0xBF, 0xBA, 0xAC, 0xA8, 0xA9, 0xA1), strict=True))
"""The trail bytes of ；？：，（）！, whose lead byte is A3, by what the mirror writes for them."""
MARK_LEAD = 0xA3
BYTE_80 = 0x80
"""A trail byte that begins no character: shifted, it is shown as € or lost without taking the next byte with it."""
_PINYIN = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɡ"
RE_TONE = re.compile("[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ]")
RE_TOKEN = re.compile(
    rf"\((?P<gloss>[{_PINYIN}]{{1,6}})\)|[?\ufffd]\(?(?P<cut>[{_PINYIN}]{{1,6}})\)|(?P<lost>[?\ufffd])|.", re.S
)


class Kind(Enum):
    """What a token of a mirror is."""

    PAIR = auto()  # a character of two bytes
    ASCII = auto()  # a character of one byte
    OTHER = auto()  # a character that GBK lacks
    GLOSS = auto()  # (pinyin)
    CUT = auto()  # ?pinyin): a lead byte lost its trail byte, and the gloss its bracket
    LOST = auto()  # ?: a lead byte that lost its trail byte, or a question mark
    END = auto()  # the end of the line


class Token(NamedTuple):
    """A token ``text[start:end]`` of a line; `value` is the pinyin or the character, `first` and `second` its bytes."""

    kind: Kind
    value: str
    start: int
    end: int
    first: int = 0
    second: int = 0


def tokens(line: str, start: int, end: int) -> Iterator[Token]:
    """The tokens of ``line[start:end]``, one after another."""
    for match in RE_TOKEN.finditer(line, start, end):
        yield _token(match)


def _token(match: re.Match[str]) -> Token:
    """The token that was matched."""
    span = match.span()
    if match["gloss"]:
        return Token(Kind.GLOSS, match[0], *span)
    if match["cut"]:
        return Token(Kind.CUT, match[0], *span)
    if match["lost"]:
        return Token(Kind.LOST, match[0], *span)
    if match[0] == "€":  # how code page 936 shows the byte 80
        return Token(Kind.ASCII, match[0], *span, BYTE_80)
    if match[0] < "\x80":
        return Token(Kind.ASCII, match[0], *span, ord(match[0]))
    data = match[0].encode("gbk", "ignore")
    return Token(Kind.PAIR, match[0], *span, *data) if len(data) == 2 else Token(Kind.OTHER, match[0], *span)


def spelling(pinyin: str) -> str:
    """A reading as the table of readings spells it."""
    return pinyin.replace("ɡ", "g")


@cache
def readings(glyph: str) -> frozenset[str]:
    """All readings of a character, heteronyms included."""
    return frozenset(PINYIN_DICT.get(ord(glyph), "").split(",")) - {""}


@cache
def glyph_of(first: int, second: int) -> str:
    """The character of two bytes, or '' where GBK has none."""
    glyph = bytes((first, second)).decode("gbk", "replace")
    return glyph if len(glyph) == 1 else ""


@cache
def folded(glyph: str) -> int:
    """The code point that the character model knows a character by."""
    return ord(glyph.translate(folding()))


@cache
def cut_trails(first: int, pinyin: str) -> tuple[int, ...]:
    """The bytes that make a character read so with the byte before them; traditional characters alone, if there are any."""
    glyphs = {byte: glyph_of(first, byte) for byte in TRAILS} if first in LEADS else {}
    read_so = [byte for byte, glyph in glyphs.items() if glyph and pinyin in readings(glyph)]
    return tuple([byte for byte in read_so if glyphs[byte] in traditional_only()] or read_so)


@cache
def common_glyphs() -> tuple[Item, ...]:
    """The characters that a naive traditional text may hold, with their bytes: what GB 2312 has, or becomes GB 2312 by folding."""
    pairs = ((first, second, glyph_of(first, second)) for first in LEADS for second in TRAILS)
    return tuple(pair for pair in pairs if pair[2] and _is_common(pair[2]))


def _is_common(glyph: str) -> bool:
    """Whether a character is punctuation or, in simplified form, one of GB 2312."""
    simple = chr(folded(glyph))
    return simple < "\x80" or len(simple.encode("gb2312", "ignore")) == 2


@cache
def unmapped_with(first: int) -> frozenset[int]:
    """The lead bytes that make an unmapped pair with the byte before them."""
    return frozenset(lead for lead in LEADS if not glyph_of(first, lead)) if first in LEADS else frozenset()


def pool_of(items: Iterable[Item]) -> Pool:
    """Candidates by folded code point."""
    pool: dict[int, list[Item]] = {}
    for item in items:
        pool.setdefault(folded(item[2]), []).append(item)
    return {code: tuple(found) for code, found in pool.items()}


@cache
def with_lead(first: int) -> Pool:
    """Common characters with that lead byte."""
    return pool_of(item for item in common_glyphs() if item[0] == first)


@cache
def with_trail(second: int) -> Pool:
    """Common characters with that trail byte."""
    return pool_of(item for item in common_glyphs() if item[1] == second)


@cache
def before_drop(first: int) -> Pool:
    """Common characters with that lead byte whose trail byte can begin an unmapped pair."""
    return pool_of(item for item in common_glyphs() if item[0] == first and unmapped_with(item[1]))


@cache
def past_drop(first: int, second: int) -> Pool:
    """Common characters with that trail byte whose lead byte makes an unmapped pair with the byte `first`."""
    leads = unmapped_with(first)
    return pool_of(item for items in with_trail(second).values() for item in items if item[0] in leads)


@cache
def begun_past_drop(first: int) -> Pool:
    """Common characters whose lead byte makes an unmapped pair with the byte before it."""
    leads = unmapped_with(first)
    return pool_of(item for item in common_glyphs() if item[0] in leads)


@cache
def read_past_drop(first: int, pinyin: str) -> Pool:
    """The same, traditional characters with that reading alone."""
    leads = unmapped_with(first)
    return pool_of(item for item in _read_so().get(pinyin, ()) if item[0] in leads)


@cache
def _read_so() -> dict[str, list[Item]]:
    """Common traditional characters by each of their readings."""
    found: dict[str, list[Item]] = {}
    for item in common_glyphs():
        for pinyin in readings(item[2]) if item[2] in traditional_only() else ():
            found.setdefault(pinyin, []).append(item)
    return found


@cache
def between_drops(first: int) -> Pool:
    """The same, those whose trail byte can begin another unmapped pair alone."""
    items = (item for found in begun_past_drop(first).values() for item in found)
    return pool_of(item for item in items if unmapped_with(item[1]))
