"""The lines of a file and how they are laid out, and which of them may be the first of a report's title."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import accumulate

from pipeline.ingest.lines.forms import RE_ITEM, RE_MARKER, RE_SIGNED, STARTS_NO_LINE, Lines, inked_lines, is_closed
from pipeline.ingest.pages.title_spans import folded
from pipeline.ingest.particulars.title_forms import RE_DATE_ONLY
from pipeline.ingest.volumes.marks import mark_number

MIN_START, MAX_START = 3, 60
"""Characters of a title's first line."""
MAX_SHOWN = 90
"""Longest line that may show a title, in characters."""
MAX_SHORT = 4_000
"""Such lines that are looked at."""
MIN_PARAGRAPH = 20
"""Shortest line by which paragraphs' indents are told, in characters."""
MAX_SHAPED = 40
"""Characters of a line that are compared with other lines."""
NARROW = 0.6
"""Share of the width of lines below which one ends before a line's end."""
_HAN = re.compile(r"[\u4e00-\u9fff].*[\u4e00-\u9fff].*[\u4e00-\u9fff]")
_NUMBER = re.compile(r"\d+|[一二三四五六七八九十百〇零]+")
_ENDS = frozenset("，、；：,;:。…")
_STARTS = frozenset(STARTS_NO_LINE)
_BRACKETS = re.compile(r"[（(【〔\[].*[）)】〕\]]$")
DAY = re.compile(r"\d{4}\s?[年./-]|[二一][〇○零九][〇○零一二九][〇○零一二三四五六七八九]年|[\d一二三四五六七八九十]+月")
"""Words that tell a day, a month or a year."""
_WIDTHS = {"\u3000": 2, "\t": 4, "\f": 0}


@dataclass(frozen=True)
class Layout:
    """The lines of a file that are not blank, and how they are laid out.

    Attributes
    ----------
    text : str
    lines : Lines
    keys : dict of int to str
        The letters and figures of lines that were asked for.
    """

    text: str
    lines: Lines
    keys: dict[int, str] = field(default_factory=dict)

    def line(self, i: int) -> str:
        """A line; empty beyond the first and the last."""
        return self.lines[i][1] if 0 <= i < len(self.lines) else ""

    def key(self, i: int) -> str:
        """The letters and figures of a line."""
        if i not in self.keys:
            self.keys[i] = folded(self.lines[i][1])
        return self.keys[i]

    @cached_property
    def inks(self) -> list[int]:
        """Characters of the lines above each line, and of all."""
        return [0, *accumulate(len(line) for _, line in self.lines)]

    @cached_property
    def shapes(self) -> Counter[str]:
        """How often lines of each shape stand there."""
        return Counter(shape(line) for _, line in self.lines)

    @cached_property
    def short(self) -> list[int]:
        """Lines that may show a title, by itself or among other things."""
        return [i for i, (_, line) in enumerate(self.lines) if len(line) <= MAX_SHOWN][:MAX_SHORT]

    @cached_property
    def indent(self) -> int:
        """The median indent of paragraphs, in half widths."""
        indents = sorted(self.indent_of(i) for i, (_, line) in enumerate(self.lines) if len(line) > MIN_PARAGRAPH)
        return indents[len(indents) // 2] if indents else 0

    @cached_property
    def width(self) -> int:
        """The width that one line in ten exceeds, in characters."""
        widths = sorted(len(line) for _, line in self.lines)
        return widths[9 * len(widths) // 10]

    def indent_of(self, i: int) -> int:
        """The blanks ahead of a line, in half widths."""
        at = self.lines[i][0]
        return sum(_WIDTHS.get(char, 1) for char in self.text[self.text.rfind("\n", 0, at) + 1 : at])

    def between(self, i: int) -> str:
        """What stands between the line above a line and that line: line ends and blanks."""
        above = self.lines[i - 1][0] + len(self.lines[i - 1][1]) if i else 0
        return self.text[above : self.lines[i][0]]

    def gap(self, i: int) -> int:
        """Blank lines above a line; none behind the last one."""
        return max(self.between(i).count("\n") - 1, 0) if i < len(self.lines) else 0

    def is_signed(self, i: int) -> bool:
        """Whether a line is a day, an office, or a note in brackets that tells a day."""
        line = self.line(i)
        if RE_SIGNED.fullmatch(line) or RE_DATE_ONLY.fullmatch(line):
            return True
        return len(line) < MAX_SHAPED and _BRACKETS.search(line) is not None and DAY.search(line) is not None


def layout_of(text: str) -> Layout:
    """How the lines of a text are laid out."""
    return Layout(text, inked_lines(text))


def shape(line: str) -> str:
    """A line without its numbers: 之五 and 之六 have one shape."""
    return _NUMBER.sub("#", line[:MAX_SHAPED])


def may_start(layout: Layout) -> list[int]:
    r"""The lines that may be the first of a report's title: short, no sentence, no heading, not in the midst of a paragraph.

    Examples
    --------
    >>> may_start(layout_of("石桥镇党建调研报告\n一、现状\n支部九个，\n党员三百名。\n清溪镇党建调研报告\n支部少。"))
    [0, 4]
    """
    return [i for i, (_, line) in enumerate(layout.lines) if _is_short(line) and _is_apart(layout, i)]


def _is_short(line: str) -> bool:
    """Whether a line has the length and the end of a title's first line, and no heading's number."""
    if not MIN_START <= len(line) <= MAX_START or line[-1] in _ENDS or line[0] in _STARTS or not _HAN.search(line):
        return False
    is_item = RE_MARKER.match(line) is not None or RE_ITEM.match(line) is not None
    return not is_item or mark_number(line) > 0


def _is_apart(layout: Layout, i: int) -> bool:
    """Whether no paragraph goes on in a line."""
    above = layout.line(i - 1)
    if i == 0 or is_closed(above) or len(above) < NARROW * layout.width or layout.gap(i):
        return True
    return layout.indent_of(i) > layout.indent + 1 or layout.is_signed(i - 1)


def stretch(layout: Layout, start: int, size: int) -> tuple[str, int]:
    """The letters and figures of the lines from one on, up to some characters, and the line behind them."""
    end = start
    while end < len(layout.lines) and layout.inks[end] - layout.inks[start] < size:
        end += 1
    return "".join(map(layout.key, range(start, end)))[:size], end


def stretch_above(layout: Layout, end: int, size: int) -> tuple[str, int]:
    """The letters and figures of the lines above one, up to some characters, and the first of these lines."""
    start = end
    while start and layout.inks[end] - layout.inks[start] < size:
        start -= 1
    return "".join(map(layout.key, range(start, end)))[-size:], start


def n_sentences(lines: Sequence[str]) -> int:
    """How many stops some lines have."""
    return sum(line.count("。") for line in lines)
