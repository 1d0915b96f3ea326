"""Text that was decoded with the wrong encoding: UTF-8 read as GBK, GBK or UTF-8 read as Latin-1."""

import re
from collections.abc import Iterator
from functools import cache
from heapq import nlargest
from math import log

from pipeline.ingest.edits import Fix
from pipeline.ingest.glyphs.rarities import Rarity, rare_characters
from pipeline.ingest.glyphs.stretches import misread_stretches
from pipeline.ingest.mirror.charmodel import shipped_model
from pipeline.ingest.mirror.ngrams import codes_of, gram_of

_ORDINARY = "×·°±÷–—‘’“”…•"
"""Characters that high bytes are in Latin-1 or Windows-1252, and that good Chinese text has too: they tell nothing."""
RE_LATIN = re.compile(r"[\u0080-\u00a0\u00a1-\u00af\u00b2-\u00b6\u00b8-\u00d6\u00d8-\u00f6\u00f8-\u00ff]")
"""High bytes as Latin-1, without `_ORDINARY`."""
RE_WIDE = re.compile("[\u3000-\uffff]")
"""Characters that neither Latin-1 nor Windows-1252 has, and every line of Chinese text."""
RE_HIGH_PAIRS = re.compile(r"[ -@]*(?:[\u00a1-\u00fe]{2}[ -@]*){2,}")
MIN_COMMON = 0.75
"""Least share of common characters (GB 2312 level 1, marks, ASCII) in a restored line; 83 reports of governments: 0.97."""
UNREADABLE = (0x80, *range(0xAA, 0xB0))
"""Last bytes of a character in UTF-8 that GBK cannot read before the first byte of the next."""
RE_LOST_LAST = re.compile(rb"[\xe4-\xe9][\x80-\xbf]\xff(?=[\xe2-\xef])")
RE_LOST = re.compile(rb"[\xe0-\xef][\x80-\xbf]?\xff[\x80-\xbf]?")
CLEAR = 4.0
"""Log odds against the next best from which a character counts as known, as for the runs of a gloss mirror."""
MAX_LOST = 0.15
"""Largest share of characters of a restored line that may be lost for good."""


def fix_mojibake(text: str) -> list[Fix]:
    """Lines as they were before they were decoded with the wrong encoding.

    A line is restored if its characters, as bytes of the one encoding, are text in the other, and common text. A character
    with a byte lost for good becomes U+FFFD. In a line that is sound otherwise, single clauses are (`misread_stretches`).

    Examples
    --------
    >>> [fix.after for fix in fix_mojibake("鍏氭敮閮ㄥ缓璁惧緟鍔犲己")]
    ['党支部建设待加强']
    >>> [fix.after for fix in fix_mojibake("µ³Ö§²¿½¨Éè")]
    ['党支部建设']
    >>> fix_mojibake("联通公司的×××同志")
    []
    """
    rare = rare_characters(text, Rarity.NOT_GB2312)
    if not rare:
        return []
    fixes, start = [], 0
    for line in text.split("\n"):
        if any(glyph in line for glyph in rare):
            fixes += [fix._replace(start=fix.start + start, end=fix.end + start) for fix in _line_fixes(line)]
        start += len(line) + 1
    return fixes


def _line_fixes(line: str) -> list[Fix]:
    """The fix of a whole line if all of it was read wrongly, else those of single clauses."""
    after = _restored(line)
    fixes = [] if after and "\ufffd" not in after else list(misread_stretches(line))
    is_rest_sound = fixes and "\ufffd" not in line and _is_gb2312(_without(line, fixes))
    return [Fix(0, len(line), after, "fix_mojibake")] if after and not is_rest_sound else fixes


def _without(line: str, fixes: list[Fix]) -> str:
    """A line without the stretches that are fixed."""
    return "".join(char for i, char in enumerate(line) if not any(fix.start <= i < fix.end for fix in fixes))


def _is_gb2312(text: str) -> bool:
    """Whether a text has only characters of GB 2312; wrong decoding leaves others in every line but the shortest."""
    if text.isascii():
        return True
    try:
        text.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


def _restored(line: str) -> str | None:
    """A line with its bytes decoded again; None unless that makes common text of it."""
    for data, encoding in _readings(line):
        lost = [found[0][:2] for found in RE_LOST_LAST.finditer(data)]
        after = RE_LOST.sub("\ufffd".encode(), data).decode(encoding, errors="replace")
        is_whole = after.count("\ufffd") <= MAX_LOST * len(after) and "\n" not in after
        least = 1 if _is_all_high(line) else 2
        if is_whole and common_share(after) >= max(MIN_COMMON, common_share(line) + 0.1) and _n_chinese(after) >= least:
            return _with_last_bytes(data) if lost else after
    return None


def _readings(line: str) -> Iterator[tuple[bytes, str]]:
    """The bytes that a line may have been, with the encoding that they were meant in; GBK has no byte 80 alone."""
    n_high = len(RE_LATIN.findall(line))
    if (n_high >= 3 or (n_high and _is_all_high(line))) and (data := _latin_bytes(line)):
        yield data, "utf-8"
        yield data, "gb18030"
    elif not n_high:
        data = b"\xff".join(part.encode("gb18030", errors="replace") for part in line.split("\ufffd"))
        yield _with_marks(data), "utf-8"


def _is_all_high(line: str) -> bool:
    """Whether a line has pairs of high bytes, two or more, and no letter besides."""
    return RE_HIGH_PAIRS.fullmatch(line) is not None


def _with_marks(data: bytes) -> bytes:
    """Bytes with those that GBK could not read, where the rest tells them: in 、。and ，."""
    data = re.sub(rb"\xe3\xff(?=[\x80-\xbf])", b"\xe3\x80", data)
    data = re.sub(rb"\xe3\x80[\xff?]", "。".encode(), data)
    return re.sub(rb"\xef\xbc[\xff?]", "，".encode(), data)


def _with_last_bytes(data: bytes) -> str:
    """The text of bytes in which some characters lost their last one: the most probable, or U+FFFD where none is clearly so."""
    text, at = "", 0
    for found in RE_LOST_LAST.finditer(data):
        text += _decoded(data[at : found.start()])
        text += _likeliest(found[0][:2], text[-2:], _decoded(data[found.end() : found.end() + 6])[:2])
        at = found.end()
    return text + _decoded(data[at:])


def _decoded(data: bytes) -> str:
    """Bytes as UTF-8, with U+FFFD for every character that lost a byte."""
    return RE_LOST.sub("\ufffd".encode(), data).decode("utf-8", errors="replace")


def _likeliest(begun: bytes, before: str, after: str) -> str:
    """The character that begins with two bytes and stands between others, if one is clearly the most probable."""
    scores = []
    for last in UNREADABLE:
        glyph = (begun + bytes((last,))).decode("utf-8")
        codes = codes_of(f"{before}{glyph}{after}").tolist()
        grams = zip(codes, codes[1:], codes[2:], strict=False)
        scores.append((sum(log(shipped_model().probability(gram_of(*gram))) for gram in grams), glyph))
    best, second = nlargest(2, scores)
    return best[1] if best[0] - second[0] >= CLEAR else "\ufffd"


def _latin_bytes(line: str) -> bytes | None:
    """A line as Latin-1 or Windows-1252 bytes; None if it has other characters."""
    if RE_WIDE.search(line):
        return None
    try:
        return line.translate(_windows()).encode("latin-1")
    except UnicodeEncodeError:
        return None


@cache
def _windows() -> dict[int, int]:
    """Code point → byte, where Windows-1252 differs from Latin-1."""
    pairs = ((bytes([code]).decode("cp1252", errors="ignore"), code) for code in range(0x80, 0xA0))
    return {ord(char): code for char, code in pairs if char}


def common_share(text: str) -> float:
    """Share of common characters among those that are not ASCII: GB 2312 level 1, and marks of Chinese text.

    Examples
    --------
    >>> common_share("党支部建设，"), common_share("鍏氭敮閮ㄥ缓")
    (1.0, 0.16666666666666666)
    """
    wide = [char for char in text if char > "\x7f" and char not in _ORDINARY]
    return sum(_is_common(char) for char in wide) / len(wide) if wide else 0.0


@cache
def _is_common(char: str) -> bool:
    """Whether GB 2312 has a character on level 1 or among its marks."""
    try:
        lead = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return lead <= 0xA3 or 0xB0 <= lead <= 0xD7


def _n_chinese(text: str) -> int:
    """Number of ideographs."""
    return sum("\u4e00" <= char <= "\u9fff" for char in text)
