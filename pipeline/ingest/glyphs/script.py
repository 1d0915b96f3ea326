"""The script of a text, and its conversion into simplified characters, one character for one."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import accumulate

from zhconv_rs import zhconv

from pipeline import lexicon
from pipeline.ingest.edits import Fix
from pipeline.values import Script

# The characters of an old spelling are rare even in mixed texts; one alone is a variant in a name or a slip of the pen.
MIN_TRADITIONAL = 2
# What a naive conversion leaves (范, 后, 里 are characters of both scripts) never counts, so a traditional text holds next
# to no simplified character; 1 in 20 allows for a simplified title or footer. Set on the shared corpus and the seeds.
MAX_SIMPLIFIED_SHARE = 0.05
N_LINES = 4096
"""Lines that are remembered: those of a long document."""


def script_of(text: str) -> Script:
    """The script that a text is written in, from the characters that only one script has.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    Script
        ``繁体`` if traditional-only characters occur and simplified-only ones hardly do, ``混合`` if both do, else ``简体``.

    Examples
    --------
    >>> script_of("支部書記講黨課"), script_of("支部书记讲党课"), script_of("支部书记讲党课，碑上刻着「勤學不輟」")
    (<Script.TRADITIONAL: '繁体'>, <Script.SIMPLIFIED: '简体'>, <Script.MIXED: '混合'>)
    """
    if _is_simplified(text) or zhconv(text, "zh-hans") == text:
        return Script.SIMPLIFIED
    simplified_only, traditional_only = _script_characters()
    glyphs = Counter(text)
    n_traditional = sum([n for glyph, n in glyphs.items() if glyph in traditional_only])
    if n_traditional < MIN_TRADITIONAL:
        return Script.SIMPLIFIED
    n_simplified = sum([n for glyph, n in glyphs.items() if glyph in simplified_only])
    share = n_simplified / (n_simplified + n_traditional)
    return Script.MIXED if share > MAX_SIMPLIFIED_SHARE else Script.TRADITIONAL


def to_simplified(text: str) -> list[Fix]:
    """The fixes that write a text in simplified characters; none on a text that is simplified.

    Every fix replaces one character by one. Characters that a simplified text may hold too (著, 乾, 後 …) are changed only on
    lines that also hold a character which no simplified text has; punctuation is left as found.

    Parameters
    ----------
    text : str
        Any text.

    Returns
    -------
    list of Fix
        One a character, in order, rule ``to_simplified``; proposing them again on the result gives none.

    Examples
    --------
    >>> [(fix.start, fix.after) for fix in to_simplified("著力瞭解乾部所著的著作")]
    [(0, '着'), (2, '了'), (4, '干')]
    >>> to_simplified("乾隆皇后原著的著作，瞭望")
    []
    """
    if _is_simplified(text):
        return []
    fixes: list[Fix] = []
    lines = text.split("\n")
    starts = accumulate((len(line) + 1 for line in lines), initial=0)
    for start, line in zip(starts, lines, strict=False):
        fixes.extend(_line_fixes(line, start))
    return fixes


@cache
def naive_simplified() -> dict[int, str]:
    """The simplified character of every traditional one, character by character, for `str.translate`."""
    glyphs = [chr(code) for code in range(0x4E00, 0xA000)]
    converted = zhconv("\n".join(glyphs), "zh-hans").split("\n")
    single = {pattern: row["simplified"] for pattern, row in _words().items() if len(pattern) == 1 and pattern != "著"}
    pairs = ((glyph, single.get(after, after)) for glyph, after in zip(glyphs, converted, strict=True))
    return {ord(glyph): after for glyph, after in pairs if glyph != after}


@cache
def naive_traditional() -> dict[int, str]:
    """The traditional character of every character of GB 2312 that has another one, character by character."""
    glyphs = [glyph for glyph in map(chr, range(0x4E00, 0xA000)) if _is_in(glyph, "gb2312")]
    converted = zhconv("\n".join(glyphs), "zh-hant").split("\n")
    return {ord(glyph): after for glyph, after in zip(glyphs, converted, strict=True) if glyph != after}


@cache
def _script_characters() -> tuple[frozenset[str], frozenset[str]]:
    """The characters that only simplified and that only traditional texts have.

    GB 2312 is the character set of simplified, Big5 that of traditional text: a character of both tells nothing.
    """
    glyphs = [chr(code) for code in range(0x4E00, 0xA000)]
    to_traditional = zhconv("\n".join(glyphs), "zh-hant").split("\n")
    changed = (glyph for glyph, after in zip(glyphs, to_traditional, strict=True) if glyph != after)
    simplified = frozenset(glyph for glyph in changed if not _is_in(glyph, "big5"))
    traditional = frozenset(glyph for glyph in map(chr, naive_simplified()) if not _is_in(glyph, "gb2312"))
    return simplified, traditional


def simplified_only() -> frozenset[str]:
    """The characters that no traditional text has: they have a traditional form and Big5 lacks them."""
    return _script_characters()[0]


def traditional_only() -> frozenset[str]:
    """The characters that no simplified text has: they have a simplified form and GB 2312 lacks them."""
    return _script_characters()[1]


def _is_in(glyph: str, charset: str) -> bool:
    """Whether a character set has a character."""
    return glyph.encode(charset, "ignore") != b""


@cache
def _words() -> dict[str, dict[str, str]]:
    """The rows of the lexicon by pattern."""
    return {row["pattern"]: row for row in lexicon.rows("script_words.csv")}


@cache
def _word_pattern() -> re.Pattern[str]:
    """Any pattern of the lexicon, the longest first."""
    return re.compile("|".join(map(re.escape, sorted(_words(), key=len, reverse=True))))


@cache
def _evident_pattern() -> re.Pattern[str]:
    """Any character that words which are evidence of traditional writing have and their simplified forms have not."""
    words = (set(pattern) - set(row["simplified"]) for pattern, row in _words().items() if row["evidence"])
    return re.compile(f"[{''.join(sorted(set[str]().union(*words)))}]")


def _is_simplified(text: str) -> bool:
    """Whether nothing in a text can need conversion; much cheaper than to convert it."""
    return all(map(_is_line_simplified, text.split("\n")))


@lru_cache(maxsize=N_LINES)
def _is_line_simplified(line: str) -> bool:
    """Whether nothing in a line can need conversion; a text is looked at several times, and most lines stay."""
    return zhconv(line, "zh-hans") == line and not _has_evident_word(line)


def _has_evidence(line: str) -> bool:
    """Whether a line holds traditional writing for certain."""
    return _traditional_pattern().search(line) is not None or _has_evident_word(line)


def _has_evident_word(text: str) -> bool:
    """Whether a text has a word that is evidence of traditional writing."""
    if _evident_pattern().search(text) is None:
        return False
    return any(_words()[match[0]]["evidence"] for match in _word_pattern().finditer(text))


@cache
def _traditional_pattern() -> re.Pattern[str]:
    """Any character that no simplified text has."""
    return re.compile(f"[{''.join(sorted(traditional_only()))}]")


def _line_fixes(line: str, start: int) -> Iterator[Fix]:
    """The fixes of one line that starts at `start`."""
    if not _has_evidence(line):
        return
    converted = zhconv(line, "zh-hans")
    if len(converted) != len(line):
        converted = line.translate(naive_simplified())
    converted = _word_pattern().sub(lambda match: _words()[match[0]]["simplified"], converted)
    pairs = enumerate(zip(line, converted, strict=True), start)
    changed = [(index, before, after) for index, (before, after) in pairs if before != after]
    for index, before, after in changed:
        if before.isalpha():
            yield tuple.__new__(Fix, (index, index + 1, after, "to_simplified", 1.0, ()))
