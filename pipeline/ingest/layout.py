"""The lines of a text as they were laid out: their widths, what lies between them, and whether they were wrapped."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines import STARTS_NO_LINE, is_closed, splits_word

MIN_WIDTH = 10
"""Narrowest column, in characters; narrower ones are titles in table cells."""
MIN_FULL = 3
"""Full lines from which a text counts as wrapped."""
MIN_FULL_SHARE = 0.5
"""Least share of full lines among lines that end without a mark; headings are the others."""
MAX_LONGER = 0.04
"""Largest share of lines longer than the column."""
MIN_BROKEN = 0.12
"""Least share of full lines that break a word or a mark off; in text that breaks between sentences it is 0."""
SLACK = 2
"""Characters that a full line may fall short of the column, because a mark may not begin the next line."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place without blanks around it, its indent, blank lines before it, its width."""

    start: int
    end: int
    text: str
    is_indented: bool
    n_blank: int
    width: int


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text was laid out.

    Attributes
    ----------
    width : int
        The column that its lines were wrapped at, in characters; 0 if they were not.
    slack : int
        Characters that a full line may fall short of it.
    by_indent, by_gap : bool
        Whether indents, or blank lines, tell where a paragraph begins.
    has_items : bool
        Whether items of an enumeration begin paragraphs.
    is_broken : bool
        Whether line breaks stand inside words here and there.
    labels : frozenset of str
        Labels that stand alone on several lines.
    """

    width: int
    slack: int
    by_indent: bool
    by_gap: bool
    has_items: bool = False
    is_broken: bool = False
    labels: frozenset[str] = frozenset()

    def is_full(self, line: Line) -> bool:
        """Whether a line goes up to the edge of the column."""
        return self.width > 0 and self.width - self.slack <= line.width <= self.width + 1

    def begins(self, line: Line) -> bool:
        """Whether a line is laid out as the beginning of a paragraph."""
        return (self.by_indent and line.is_indented) or (self.by_gap and line.n_blank > 0)


@lru_cache(maxsize=2)
def lines_of(text: str) -> tuple[Line, ...]:
    """The lines of a text that are not blank; the last texts are remembered, because several passes ask in a row."""
    lines, at, n_blank = [], 0, 0
    for raw in text.split("\n"):
        kept = raw.strip()
        if kept:
            indent = len(raw) - len(raw.lstrip())
            start = at + indent
            is_indented = raw[:indent].count("\u3000") >= 2 or indent >= 4
            lines.append(Line(start, start + len(kept), kept, is_indented, n_blank, len(kept)))
            n_blank = 0
        elif lines:
            n_blank += 1
        at += len(raw) + 1
    return tuple(lines)


def layout_of(lines: Sequence[Line]) -> Layout:
    """How lines are laid out."""
    pairs = list(pairwise(lines))
    n_open = sum(not is_closed(line.text) for line in lines)
    width = _column(lines) if n_open >= MIN_FULL and n_open >= 0.2 * len(lines) else 0
    inner = [after for before, after in pairs if not is_closed(before.text)]
    first = [after for before, after in pairs if is_closed(before.text)]
    return Layout(
        width,
        _slack(lines, width),
        _tells([line.is_indented for line in first], [line.is_indented for line in inner]),
        _tells([line.n_blank > 0 for line in first], [line.n_blank > 0 for line in inner]),
    )


def _tells(first: Sequence[bool], inner: Sequence[bool]) -> bool:
    """Whether a mark of layout is on most lines after a sentence's end, and is missing on lines after none."""
    return len(first) >= 2 and sum(first) >= 0.5 * len(first) and inner.count(False) >= 0.3 * max(len(inner), 1)


def _column(lines: Sequence[Line]) -> int:
    """The width that lines were wrapped at, 0 if they were not."""
    open_ = Counter(line.width for line in lines[:-1] if not is_closed(line.text))
    widths = Counter(line.width for line in lines)
    best = 0
    n_best = 0
    for width in sorted(open_):
        n_full = sum(open_[width - i] for i in range(SLACK + 1))
        n_longer = sum(count for other, count in widths.items() if other > width + 1)
        if width < MIN_WIDTH or n_full < MIN_FULL or n_longer > MAX_LONGER * len(lines):
            continue
        if n_full >= MIN_FULL_SHARE * open_.total() and n_full >= n_best and _is_broken(lines, width):
            best, n_best = width, n_full
    return best


def _slack(lines: Sequence[Line], width: int) -> int:
    """How far full lines fall short of a column: not at all if nearly all of them have the same width."""
    full = [line.width for line in lines if width - SLACK <= line.width <= width]
    return 0 if full and full.count(width) >= 0.8 * len(full) else SLACK


def _is_broken(lines: Sequence[Line], width: int) -> bool:
    """Whether full lines break words."""
    full = [(a, b) for a, b in pairwise(lines) if width - SLACK <= a.width <= width + 1][:60]
    n = sum(b.text[0] in STARTS_NO_LINE or splits_word(a.text, b.text) for a, b in full)
    return n >= MIN_BROKEN * len(full)


def joint(text: str, a: Line, b: Line, rule: str) -> Fix:
    r"""The change that puts two lines into one, with a blank between words of an alphabet.

    Examples
    --------
    >>> text = "开展 good\nluck 活动"
    >>> joint(text, *lines_of(text), "join_broken").after
    ' '
    """
    is_latin = text[a.end - 1].isascii() and text[b.start].isascii() and text[a.end - 1].isalpha()
    return Fix(a.end, b.start, " " if is_latin and text[b.start].isalpha() else "", rule)
