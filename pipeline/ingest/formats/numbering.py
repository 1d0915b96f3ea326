"""The numbers that Word shows before paragraphs but does not store in their text (``一、`` of automatic numbering)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from lxml import etree

Element: TypeAlias = etree._Element
MAX_LEVEL = 8
MAX_STYLES = 20
"""Styles that are followed along ``basedOn``; Word itself gives up after 11."""

_DIGITS = "零一二三四五六七八九"
_LEGAL = str.maketrans("一二三四五六七八九十百千", "壹贰叁肆伍陆柒捌玖拾佰仟")
_ROMAN = ((1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"), (50, "L"), (40, "XL")) + (
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_PLACE = re.compile(r"%([1-9])")


def name_of(element: Element) -> str:
    """The name of an element without its namespace (transitional and strict OOXML differ in it)."""
    return str(element.tag).rpartition("}")[2]


def child(element: Element | None, *path: str) -> Element | None:
    """The descendant along a path of names; None if there is none."""
    for name in path:
        element = next((each for each in element if name_of(each) == name), None) if element is not None else None
    return element


def value(element: Element | None, name: str = "val") -> str | None:
    """An attribute without regard to its namespace; None if there is none."""
    if element is None:
        return None
    return next((str(text) for key, text in element.attrib.items() if str(key).rpartition("}")[2] == name), None)


@dataclass(frozen=True)
class _Level:
    """How one level of a list is numbered."""

    start: int
    form: str
    text: str
    restart: int | None
    is_legal: bool
    style: str | None


@dataclass
class Numbering:
    """The lists of a document with their counters; `label` counts a paragraph and gives its number.

    Attributes
    ----------
    counters : dict
        (list, level) → the last number given.
    """

    levels: dict[str, dict[int, _Level]]
    lists: dict[str, str]
    overrides: dict[tuple[str, int], int]
    styles: dict[str, tuple[str | None, int | None]]
    counters: dict[tuple[str, int], int] = field(default_factory=dict)
    _started: set[tuple[str, int]] = field(default_factory=set)

    def label(self, properties: Element | None, *, default_style: str | None = None) -> str:
        """The number of the next paragraph, given its ``pPr``; empty if it has none."""
        num_id, level = self._numbered(properties, default_style)
        kind = self.lists.get(num_id or "0")
        if num_id is None or kind is None or level not in self.levels.get(kind, {}):
            return ""
        self._count(num_id, kind, level)
        shape = self.levels[kind][level]
        if shape.form in {"bullet", "none"}:
            return ""
        text = _PLACE.sub(lambda found: self._number(kind, int(found[1]) - 1, shape.is_legal), shape.text)
        return text + " " if text[-1:].isalnum() or text[-1:] == "." else text

    def _numbered(self, properties: Element | None, default_style: str | None) -> tuple[str | None, int]:
        """The list and level of a paragraph, by its own properties or its style's."""
        style = value(child(properties, "pStyle")) or default_style
        num_id, level = self.styles.get(style or "", (None, None))
        own = child(properties, "numPr")
        num_id = value(child(own, "numId")) or num_id
        own_level = value(child(own, "ilvl"))
        level = int(own_level) if own_level and own_level.isdecimal() else level
        if level is None:
            kind = self.levels.get(self.lists.get(num_id or "", ""), {})
            level = next((i for i, shape in kind.items() if style and shape.style == style), 0)
        return num_id, min(level, MAX_LEVEL)

    def _count(self, num_id: str, kind: str, level: int) -> None:
        """One more on this level; deeper levels start again."""
        first = self.levels[kind][level].start
        if (num_id, level) in self.overrides and (num_id, level) not in self._started:
            self.counters[kind, level] = self.overrides[num_id, level]
        else:
            self.counters[kind, level] = self.counters.get((kind, level), first - 1) + 1
        self._started.add((num_id, level))
        for deeper in range(level + 1, MAX_LEVEL + 1):
            shape = self.levels[kind].get(deeper)
            if shape and (shape.restart is None or level < shape.restart):
                self.counters.pop((kind, deeper), None)

    def _number(self, kind: str, level: int, is_legal: bool) -> str:
        """The present number of a level in the form of that level."""
        shape = self.levels[kind].get(level)
        number = self.counters.get((kind, level), shape.start if shape else 1)
        return numeral(number, "decimal" if is_legal or shape is None else shape.form)


def parse_numbering(numbering: Element | None, styles: Element | None) -> Numbering:
    """The lists of a document, from the roots of ``numbering.xml`` and ``styles.xml``."""
    levels: dict[str, dict[int, _Level]] = {}
    lists: dict[str, str] = {}
    overrides: dict[tuple[str, int], int] = {}
    for element in numbering if numbering is not None else ():
        if name_of(element) == "abstractNum":
            levels[value(element, "abstractNumId") or ""] = _levels(element)
        elif name_of(element) == "num":
            num_id = value(element, "numId") or ""
            lists[num_id] = value(child(element, "abstractNumId")) or ""
            for override in (each for each in element if name_of(each) == "lvlOverride"):
                if (start := _whole(value(child(override, "startOverride")))) is not None:
                    overrides[num_id, _whole(value(override, "ilvl")) or 0] = start
    return Numbering(levels, lists, overrides, _style_lists(styles))


def _levels(abstract: Element) -> dict[int, _Level]:
    """The levels of a list."""
    levels = {}
    for element in (each for each in abstract if name_of(each) == "lvl"):
        start = _whole(value(child(element, "start")))
        restart = _whole(value(child(element, "lvlRestart")))
        form, text = value(child(element, "numFmt")) or "decimal", value(child(element, "lvlText")) or ""
        is_legal, style = child(element, "isLgl") is not None, value(child(element, "pStyle"))
        levels[_whole(value(element, "ilvl")) or 0] = _Level(
            1 if start is None else start, form, text, restart, is_legal, style
        )
    return levels


def _style_lists(styles: Element | None) -> dict[str, tuple[str | None, int | None]]:
    """Style → the list and level that its paragraphs are in, also by the styles that it is based on."""
    found = {
        value(each, "styleId") or "": each
        for each in (styles if styles is not None else ())
        if name_of(each) == "style"
    }
    lists = {}
    for name in found:
        style, num_id, level = name, None, None
        for _ in range(MAX_STYLES):
            own = child(found.get(style), "pPr", "numPr")
            num_id = num_id or value(child(own, "numId"))
            level = level if level is not None else _whole(value(child(own, "ilvl")))
            style = value(child(found.get(style), "basedOn")) or ""
        lists[name] = (num_id, level)
    return lists


def _whole(text: str | None) -> int | None:
    """A whole number, or None if the text is none."""
    return int(text) if text is not None and text.isdecimal() and len(text) < 10 else None


def numeral(number: int, form: str) -> str:
    """A number as Word writes it in a form of ``w:numFmt``; forms not known here as digits.

    Examples
    --------
    >>> numeral(12, "chineseCounting"), numeral(3, "decimalEnclosedCircle"), numeral(2, "upperLetter")
    ('十二', '③', 'B')
    """
    return _FORMS.get(form, str)(number) if number > 0 else str(number)


def _counting(number: int) -> str:
    """一, 十二, 二十, 一百零三, 一千零一十."""
    if number >= 10_000:
        return str(number)
    text, gap = "", False
    for unit, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit, number = divmod(number, unit)
        if digit:
            text, gap = text + ("零" if gap and text else "") + _DIGITS[digit] + word, False
        else:
            gap = True
    return text[1:] if text.startswith("一十") else text


def _legal(number: int) -> str:
    """壹拾贰: the numerals of accounts, which keep the leading 壹."""
    text = _counting(number)
    return ("一" + text if text.startswith("十") else text).translate(_LEGAL)


def _enclosed(first: str, last: int) -> Callable[[int], str]:
    """Numbers as the signs that follow `first`, up to `last`; digits beyond."""
    return lambda number: chr(ord(first) + number - 1) if number <= last else str(number)


def _letters(number: int) -> str:
    """A … Z, AA, BB …: Word repeats the letter."""
    return chr(65 + (number - 1) % 26) * min((number - 1) // 26 + 1, 10)


def _roman(number: int) -> str:
    """I, IV, XIX; digits from 4000 on."""
    if number >= 4000:
        return str(number)
    text = ""
    for size, sign in _ROMAN:
        count, number = divmod(number, size)
        text += sign * count
    return text


_FORMS: dict[str, Callable[[int], str]] = {
    **dict.fromkeys(["chineseCounting", "chineseCountingThousand", "japaneseCounting"], _counting),
    **dict.fromkeys(["taiwaneseCounting", "taiwaneseCountingThousand"], _counting),
    **dict.fromkeys(["decimalEnclosedCircle", "decimalEnclosedCircleChinese"], _enclosed("①", 20)),
    "ideographDigital": lambda number: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(number)),
    **dict.fromkeys(["chineseLegalSimplified", "ideographLegalTraditional"], _legal),
    "ideographTraditional": lambda number: "甲乙丙丁戊己庚辛壬癸"[(number - 1) % 10],
    "ideographZodiac": lambda number: "子丑寅卯辰巳午未申酉戌亥"[(number - 1) % 12],
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "ideographEnclosedCircle": _enclosed("㊀", 10),
    "decimalFullWidth": lambda number: "".join(chr(ord(digit) + 0xFEE0) for digit in str(number)),
    "decimalZero": lambda number: f"{number:02d}",
    "upperLetter": _letters,
    "lowerLetter": lambda number: _letters(number).lower(),
    "upperRoman": _roman,
    "lowerRoman": lambda number: _roman(number).lower(),
}
