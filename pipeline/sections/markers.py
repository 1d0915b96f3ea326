"""The numbering of headings: what a marker at a place of a text is, which family it belongs to and what it counts."""

import re
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon

HAN = "〇零一二三四五六七八九十"
_HAN_VALUE = {"〇": 0, "零": 0} | {glyph: value for value, glyph in enumerate("一二三四五六七八九", 1)}
_NUMERALS = {
    "han": rf"[{HAN}]{{1,3}}",
    "digits": r"\d{1,2}",
    "any": rf"(?:[{HAN}]{{1,3}}|\d{{1,2}})",
    "decimal": r"\d{1,2}(?:[.．]\d{1,2}){1,3}",
}
_ORDERS = {"stems": "甲乙丙丁戊己庚辛壬癸", "formal": "壹贰叁肆伍陆柒捌玖拾", "pieces": "上中下"}
"""Numerals that count by their place in a series."""
_UNITS = frozenset("%％‰万亿元倍个米吨人名月日年时分点度级")
"""What follows a quantity, not a heading number (2.5万元)."""
_BLANK = r"[ \t\u3000\xa0]"
RE_ANYWHERE = re.compile(rf"[、.．)）](?<=[{HAN}\d].)(?!\d)")
"""A numeral and a mark that closes it, wherever it stands: what the bound on candidates counts."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A numbering at a place of a text.

    Attributes
    ----------
    start, end : int
        Half-open code-point offsets, blanks behind it included.
    text : str
        As it stands there, without blanks around it.
    family : str
        Forms of one family continue each other's count (``（一）`` and ``㈠``).
    path : tuple of int
        What it counts: ``(3,)``, or ``(3, 1)`` of ``3.1``.
    rank : int
        Usual depth order of the family; smaller is higher.
    score : float
        How much the form alone speaks for a heading, log odds.
    """

    start: int
    end: int
    text: str
    family: str
    path: tuple[int, ...]
    rank: int
    score: float


def marker_at(text: str, start: int) -> Marker | None:
    """The marker that starts at an offset of a text; None if there is none.

    Examples
    --------
    >>> marker_at("（十二）建强队伍", 0).path
    (12,)
    >>> marker_at("3．2 访谈对象", 0).family
    'decimal2'
    >>> marker_at("三会一课", 0) is marker_at("2.5万元", 0) is marker_at("第三，健全制度", 0) is None
    True
    """
    pattern, rows = _grammar()
    found = pattern.match(text, start)
    if found is None or not (found.lastgroup and found[found.lastgroup]):
        return None
    row = rows[found.lastgroup]
    path = _path(found[found.lastgroup], row["numerals"])
    following = text[found.end() : found.end() + 1]
    is_quantity = row["numerals"] == "decimal" and following in _UNITS and not found[0][-1].isspace()
    is_list = row["numerals"] == "stems" and following in _ORDERS["stems"]
    is_list = is_list or (row["family"].endswith("_number") and following in "，,是" and following != "")
    if path is None or is_quantity or is_list or (following.isdigit() and row["numerals"] in ("digits", "decimal")):
        return None
    family = f"decimal{len(path)}" if row["family"] == "decimal" else row["family"]
    rank, score = int(row["rank"]) + len(path) - 1, float(row["score"])
    return Marker(start, found.end(), found[0].strip(), family, path, rank, score)


def is_initial(glyph: str) -> bool:
    """Whether a marker may start with a glyph; quicker than trying."""
    return glyph in initials()


def _path(numeral: str, kind: str) -> tuple[int, ...] | None:
    """What a numeral counts; None if it counts nothing, as 〇 or 一二."""
    if kind == "decimal":
        steps = tuple(int(step) for step in re.split("[.．]", numeral))
        return steps if 0 not in steps else None
    if kind in _ORDERS:
        return (_ORDERS[kind].index(numeral) + 1,)
    if numeral.isdecimal() or kind in _NUMERALS:
        value = han_value(numeral)
        return (value,) if value else None
    return (ord(numeral) - ord(kind[0]) + 1,)


def han_value(numeral: str) -> int:
    """The value of a Chinese or Arabic numeral up to 99; 0 if it is none.

    Examples
    --------
    >>> [han_value(numeral) for numeral in ("九", "十", "十一", "二十", "二十三", "二三", "一二三")]
    [9, 10, 11, 20, 23, 0, 0]
    """
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.rpartition("十")
    if not ten:
        return _HAN_VALUE.get(numeral, 0)
    if len(tens) > 1 or len(ones) > 1 or tens == "十":
        return 0
    return 10 * _HAN_VALUE.get(tens, 1) + _HAN_VALUE.get(ones, 0)


@cache
def _grammar() -> tuple[re.Pattern[str], dict[str, dict[str, str]]]:
    """One pattern of all forms of the lexicon, with the row of each of its groups."""
    rows, forms = {}, []
    for number, row in enumerate(lexicon.rows("heading_forms.csv")):
        name = f"form{number}"
        rows[name] = row
        numerals = _NUMERALS.get(row["numerals"], f"[{_ORDERS.get(row['numerals'], row['numerals'])}]")
        forms.append(f"{_one_of(row['opens'])}(?P<{name}>{numerals}){_one_of(row['closes'])}")
    return re.compile(f"(?:{'|'.join(forms)})(?:[、：:]?{_BLANK}*)"), rows


def _one_of(cell: str) -> str:
    """A pattern of the alternatives of a cell."""
    special = {"blank": f"{_BLANK}+", "none": "", "end": r"(?=\n|$)"}
    return "(?:" + "|".join(special[form] if form in special else re.escape(form) for form in cell.split()) + ")"


@cache
def initials() -> frozenset[str]:
    """Every glyph that a marker may start with."""
    glyphs = set(HAN) | set("0123456789") | {chr(code) for code in range(ord("０"), ord("９") + 1)}
    for row in lexicon.rows("heading_forms.csv"):
        glyphs |= {form[0] for form in row["opens"].split() if form != "none"}
        if row["numerals"] in _ORDERS:
            glyphs |= set(_ORDERS[row["numerals"]])
        elif row["numerals"] not in _NUMERALS:
            first, last = row["numerals"].split("-")
            glyphs |= {chr(code) for code in range(ord(first), ord(last) + 1)}
    return frozenset(glyphs)
