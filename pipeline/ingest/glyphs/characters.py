"""Characters that are no text, or not the text that was meant: controls, invisible marks, radicals, entities, NFC."""

import html
import re
import unicodedata
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from functools import cache

from pipeline import lexicon
from pipeline.ingest.edits import Fix
from pipeline.ingest.glyphs.rarities import CLASSES, Rarity, rarities_of

RE_LINE_END = re.compile(f"\r\n?|[{CLASSES[Rarity.LINE_END]}]")
RE_UNSEEN = re.compile(f"[{CLASSES[Rarity.UNSEEN]}]+")
RE_SPACE = re.compile(f"[{CLASSES[Rarity.SPACE]}]")
RE_RADICAL = re.compile(f"[{CLASSES[Rarity.RADICAL]}]")
RE_ENTITY = re.compile(r"&(?:amp;)*(#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,8}\d{0,2});")
RE_TAG = re.compile(
    r"(?<!<)<(/?)(p|br|div|li|tr|td|h[1-6]|span|strong|b|i|em|u|font|a|img|o:p|center|table|tbody|ul|ol"
    r"|rss|channel|item|title|link|description|category|pubdate|generator|guid|dc:creator|content:encoded)\b[^<>\n]{0,300}>(?!>)"
    r"|<!\[CDATA\[|\]\]>",
    re.I,
)
RE_ESCAPE = re.compile(r"(?:\\r\\n|\\n|\\r)+|\\t")
RE_RETURN = re.compile("(?:_x000D_)+")
MIN_ESCAPES = 3
"""Line breaks written as codes from which all codes of that kind are taken for what they stand for."""
RE_COLOUR = re.compile(r"\x1b?\[(?:\d{1,2}(?:;\d{1,2}){0,3})?m")
"""Codes by which bulletin boards set colours, also where their first sign is lost."""
RE_OPENING = re.compile(r"<(?:(?P<name>script|style|title(?!>\s*<!\[CDATA))\b[^<>]{0,300}>|!--)", re.I)
"""The beginning of an element that goes with what it holds, or of a comment."""
CLOSINGS = {name: re.compile(f"</{name}>", re.I) for name in ("script", "style", "title")} | {"": re.compile("-->")}
MAX_ELEMENT = 20_000
"""Longest element of that kind, in characters."""
_BLOCKS = frozenset(
    ["p", "br", "div", "li", "tr", "h1", "h2", "h3", "h4", "h5", "h6", "center", "table", "ul", "ol"]
) | {
    *(
        "rss",
        "channel",
        "item",
        "title",
        "link",
        "description",
        "category",
        "pubdate",
        "generator",
        "guid",
        "dc:creator",
    ),
    "content:encoded",
}


def fix_line_ends(text: str) -> list[Fix]:
    r"""Every kind of line and page end as ``\n``.

    Examples
    --------
    >>> [fix.after for fix in fix_line_ends("支部\r\n党员\x0c会议")]
    ['\n', '\n']
    """
    if not rarities_of(text) & Rarity.LINE_END:
        return []
    return [Fix(found.start(), found.end(), "\n", "fix_line_end") for found in RE_LINE_END.finditer(text)]


def drop_unseen(text: str) -> list[Fix]:
    r"""Nothing in place of controls, zero-width and bidirectional marks, soft hyphens, lone surrogates and a terminal's colours.

    Examples
    --------
    >>> drop_unseen("党\u200b建")
    [Fix(start=1, end=2, after='', rule='drop_unseen', confidence=1.0, alternatives=())]
    """
    fixes = [Fix(*found.span(), "", "drop_unseen") for found in RE_COLOUR.finditer(text)] if "[m" in text else []
    if rarities_of(text) & Rarity.UNSEEN:
        fixes += _outside((Fix(*found.span(), "", "drop_unseen") for found in RE_UNSEEN.finditer(text)), fixes)
    return sorted(fixes)


def fix_spaces(text: str) -> list[Fix]:
    """A plain space for every no-break or typographic one (the ideographic space stays)."""
    if not rarities_of(text) & Rarity.SPACE:
        return []
    return [Fix(found.start(), found.end(), " ", "fix_space") for found in RE_SPACE.finditer(text)]


def fix_radicals(text: str) -> list[Fix]:
    """Ideographs for the radicals that some PDFs yield in their place.

    Examples
    --------
    >>> [fix.after for fix in fix_radicals("⼀名⺠警")]
    ['一', '民']
    """
    if not rarities_of(text) & Rarity.RADICAL:
        return []
    table = _radicals()
    found = RE_RADICAL.finditer(text)
    return [Fix(one.start(), one.end(), table[one[0]], "fix_radical") for one in found if one[0] in table]


@cache
def _radicals() -> dict[str, str]:
    """Radical → ideograph."""
    return {row["radical"]: row["ideograph"] for row in lexicon.rows("radicals.csv")}


def fix_entities(text: str) -> list[Fix]:
    r"""Characters for HTML entities that were left as text, and line breaks or nothing for tags.

    Examples
    --------
    >>> [fix.after for fix in fix_entities("&nbsp;&ldquo;三会一课&rdquo;<br/>A&B;")]
    [' ', '“', '”', '\n']
    """
    tags = list(_tags(text))
    return [*_outside([*_entities(text), *_escapes(text)], tags), *tags]


def _escapes(text: str) -> Iterator[Fix]:
    r"""Line breaks and blanks for those that an export of a database wrote as ``\r\n`` and ``\t``, or of a sheet as ``_x000D_``."""
    for found in RE_RETURN.finditer(text) if "_x000D_" in text else ():
        yield Fix(
            found.start(), found.end(), "" if text[found.end() : found.end() + 1] in ("", "\n") else "\n", "fix_entity"
        )
    if text.count("\\n") >= MIN_ESCAPES:
        for found in RE_ESCAPE.finditer(text):
            yield Fix(found.start(), found.end(), "\n" if "n" in found[0] or "r" in found[0] else " ", "fix_entity")


def _outside(fixes: Iterable[Fix], others: Iterable[Fix]) -> Iterator[Fix]:
    """The fixes that lie inside none of others, which do not overlap."""
    taken = sorted((start, end) for start, end, *_ in others)
    for fix in fixes:
        at = bisect_right(taken, (fix.start, fix.start)) - 1
        beside = [place for place in taken[max(at, 0) : at + 2] if place[0] < fix.end and fix.start < place[1]]
        if not beside:
            yield fix


def _entities(text: str) -> Iterator[Fix]:
    """Fixes of entities that HTML knows."""
    if "&" not in text:
        return
    for found in RE_ENTITY.finditer(text):
        name = f"&{found[1]};"
        char = html.unescape(name)
        if char != name:
            yield Fix(found.start(), found.end(), " " if char == "\xa0" else char, "fix_entity")


def _elements(text: str) -> Iterator[Fix]:
    """Line breaks for scripts, styles, comments and titles for the browser."""
    reached = 0
    for found in RE_OPENING.finditer(text):
        if found.start() < reached:
            continue
        closing = CLOSINGS[(found["name"] or "").lower()].search(text, found.end(), found.end() + MAX_ELEMENT)
        if closing:
            reached = closing.end()
            yield Fix(found.start(), reached, "\n", "drop_tag")


def _tags(text: str) -> Iterator[Fix]:
    """Fixes of HTML tags; scripts, styles, comments and the title for the browser go with what they hold."""
    if "<" not in text or ">" not in text:
        return
    elements = list(_elements(text))
    yield from elements
    yield from _outside((_tag(found) for found in RE_TAG.finditer(text)), elements)


def _tag(found: re.Match[str]) -> Fix:
    """The fix of a tag."""
    return Fix(found.start(), found.end(), "\n" if (found[2] or "").lower() in _BLOCKS else "", "drop_tag")


def to_nfc(text: str) -> list[Fix]:
    r"""Canonical composition (NFC), line by line.

    Examples
    --------
    >>> [fix.after for fix in to_nfc("Cafe\u0301")]
    ['é']
    """
    if unicodedata.is_normalized("NFC", text):
        return []
    fixes, start = [], 0
    for line in text.split("\n"):
        if not unicodedata.is_normalized("NFC", line):
            fixes.append(_composed(line, start))
        start += len(line) + 1
    return fixes


def _composed(line: str, offset: int) -> Fix:
    """A line's change to NFC, without the beginning and the end that it leaves as they are."""
    after = unicodedata.normalize("NFC", line)
    shorter = min(len(line), len(after))
    head = next((i for i in range(shorter) if line[i] != after[i]), shorter)
    tail = next((i for i in range(shorter - head) if line[-1 - i] != after[-1 - i]), shorter - head)
    return Fix(offset + head, offset + len(line) - tail, after[head : len(after) - tail], "to_nfc")


def fix_end(text: str) -> list[Fix]:
    r"""Nothing in place of blanks at the end: most files end with a line end, and nothing else of them may be wrong.

    Examples
    --------
    >>> [(fix.start, fix.end, fix.after) for fix in fix_end("支部大会\n")]
    [(4, 5, '')]
    """
    end = len(text.rstrip())
    return [Fix(end, len(text), "", "fix_blanks")] if end < len(text) else []


def fix_blanks(text: str) -> list[Fix]:
    r"""Nothing in place of blank lines and of blanks at line ends and beginnings.

    Examples
    --------
    >>> [(fix.start, fix.end, fix.after) for fix in fix_blanks("　　支部大会\n\n  每季一次 ")]
    [(0, 2, ''), (7, 10, ''), (14, 15, '')]
    """
    fixes, at, end = [], 0, -1
    for line in text.split("\n"):
        kept = line.strip()
        if kept:
            start = at + len(line) - len(line.lstrip())
            fixes += _gap(text, end, start)
            end = start + len(kept)
        at += len(line) + 1
    if end < 0:
        return [Fix(0, len(text), "", "fix_blanks")] if text else []
    return fixes + ([Fix(end, len(text), "", "fix_blanks")] if end < len(text) else [])


def _gap(text: str, end: int, start: int) -> list[Fix]:
    """The change of what lies between two lines into one line end (before the first line: into nothing)."""
    if end < 0:
        return [Fix(0, start, "", "fix_blanks")] if start else []
    if start - end == 1:
        return []
    return [Fix(end + 1, start, "", "fix_blanks")] if text[end] == "\n" else [Fix(end, start, "\n", "fix_blanks")]
