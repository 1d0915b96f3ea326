"""GBK as a mirror damaged it: the readings of characters, the bytes behind what is shown, and candidates for lost bytes."""

import re
from collections.abc import Iterator
from enum import IntEnum, auto
from functools import cache
from typing import NamedTuple

from pipeline.ingest.glyphs.script import naive_traditional, traditional_only
from pipeline.ingest.mirror.ngrams import folding

Item = tuple[int, int, str]
"""A character with its bytes: lead, trail, character."""

LEADS = range(0x81, 0xFF)
TRAILS = (*range(0x40, 0x7F), *range(0x80, 0xFF))
MARK_TRAILS = dict(zip(";?:,()!", (0xBB, 0xBF, 0xBA, 0xAC, 0xA8, 0xA9, 0xA1), strict=True))
"""The trail bytes of ；？：，（）！, whose lead byte is A3, by what the mirror writes for them."""
MARK_LEAD = 0xA3
BYTE_80 = 0x80
"""A trail byte that begins no character: shifted, it is shown as € or lost without taking the next byte with it."""
_PINYIN = "a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɡ"
RE_TOKEN = re.compile(
    rf"\((?P<gloss>[{_PINYIN}]{{1,6}})\)|[?\ufffd]\(?(?P<cut>[{_PINYIN}]{{1,6}})\)|(?P<lost>[?\ufffd])|.", re.S
)


class Kind(IntEnum):
    """What a token of a mirror is."""

    PAIR = auto()  # a character of two bytes
    ASCII = auto()  # a character of one byte
    OTHER = auto()  # a character that GBK lacks
    GLOSS = auto()  # (pinyin)
    CUT = auto()  # ?pinyin): a lead byte lost its trail byte, and the gloss its bracket
    LOST = auto()  # ?: a lead byte that lost its trail byte, or a question mark
    END = auto()  # the end of the line


_KINDS = {"gloss": Kind.GLOSS, "cut": Kind.CUT, "lost": Kind.LOST}


class Token(NamedTuple):
    """A token ``text[start:end]`` of a line; `value` is the pinyin or the character, `first` and `second` its bytes.

    Those of a byte that is lost before a mark are the bytes of the character that the mark begins, if that is what it does.
    """

    kind: Kind
    value: str
    start: int
    end: int
    first: int = 0
    second: int = 0


class Tokens(list[Token]):
    """The tokens of a line from a place on, with its end; read as they are asked for."""

    def __init__(self, line: str, start: int) -> None:
        """Read none as yet."""
        super().__init__()
        self._line, self._matches = line, RE_TOKEN.finditer(line, start)

    def since(self, index: int) -> Iterator[Token]:
        """The tokens from one of them on."""
        yield from self[index:]
        for match in self._matches:
            self.append(_token(self._line, match))
            yield self[-1]
        if not self or self[-1].kind != Kind.END:
            end = len(self._line)
            self.append(Token(Kind.END, "\n", end, end))
            yield self[-1]


def _token(line: str, match: re.Match[str]) -> Token:
    """What a match in a line is."""
    group, value = match.lastgroup, match[0]
    start, end = match.span()
    if group is None:
        kind, first, second = shown(value)
        return Token(kind, value, start, end, first, second)
    if group == "lost":
        return Token(Kind.LOST, value, start, end, *_begun_by_mark(line, end))
    return Token(_KINDS[group], value, start, end)


def _begun_by_mark(line: str, at: int) -> tuple[int, int]:
    """The bytes of the character that a mark of a line, if it stands at a place, would begin with its trail byte."""
    first = MARK_TRAILS.get(line[at : at + 1], 0)
    second = shown(line[at + 1])[1] if first and at + 1 < len(line) else 0
    return (first, second) if second >= TRAILS[0] else (0, 0)


@cache
def shown(glyph: str) -> tuple[Kind, int, int]:
    """What a character is by itself, with its bytes."""
    if glyph == "€":  # how code page 936 shows the byte 80
        return Kind.ASCII, BYTE_80, 0
    if glyph < "\x80":
        return Kind.ASCII, ord(glyph), 0
    data = glyph.encode("gbk", "ignore")
    return (Kind.PAIR, data[0], data[1]) if len(data) == 2 else (Kind.OTHER, 0, 0)


def last_glyphs(line: str, start: int, end: int) -> list[int]:
    """Where the characters of ``line[start:end]`` stand that belong to no gloss."""
    return [match.start() for match in RE_TOKEN.finditer(line, start, end) if match.lastgroup in (None, "lost")]


def spelling(pinyin: str) -> str:
    """A reading as the table of readings spells it."""
    return pinyin.replace("ɡ", "g")


@cache
def _dictionary() -> dict[int, str]:
    """The readings of all characters, by code point."""
    from pypinyin.constants import PINYIN_DICT  # noqa: PLC0415 — 60 MB of which only a mirror has need

    return PINYIN_DICT


@cache
def readings(glyph: str) -> frozenset[str]:
    """All readings of a character, heteronyms included."""
    return frozenset(_dictionary().get(ord(glyph), "").split(",")) - {""}


@cache
def is_reading(pinyin: str, glyph: str) -> bool:
    """Whether a character may be read so; '' is no character."""
    return bool(glyph) and spelling(pinyin) in readings(glyph)


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
def glossable() -> frozenset[str]:
    """The characters that a mirror may have glossed: those that no simplified text has, and what 繁体 writes for others (後, 於)."""
    return traditional_only() | frozenset(naive_traditional().values())


@cache
def cut_trails(first: int, pinyin: str) -> tuple[int, ...]:
    """The bytes that make a character read so with the byte before them; traditional characters alone, if there are any."""
    read_so = _trails_by_reading(first).get(pinyin, []) if first in LEADS else []
    return tuple([byte for byte in read_so if is_traditional(glyph_of(first, byte))] or read_so)


@cache
def _trails_by_reading(first: int) -> dict[str, list[int]]:
    """The bytes that make a character with the byte before them, by its readings."""
    found: dict[str, list[int]] = {}
    for byte in TRAILS:
        for reading in readings(glyph) if (glyph := glyph_of(first, byte)) else ():
            found.setdefault(reading, []).append(byte)
    return found


@cache
def unmapped_with(first: int) -> frozenset[int]:
    """The lead bytes that make an unmapped pair with the byte before them."""
    return _same(frozenset(lead for lead in LEADS if not glyph_of(first, lead)) if first in LEADS else frozenset())


@cache
def _same(leads: frozenset[int]) -> frozenset[int]:
    """One and the same set for all that are equal, which are found faster by it."""
    return leads


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
def is_traditional(glyph: str) -> bool:
    """Whether a mirror may have glossed a character."""
    return glyph in glossable()
