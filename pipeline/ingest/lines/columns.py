"""Two columns of a printed page that a converter wrote side by side, one below the other again."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.furniture import RE_NUMBER, RE_PAGE

MIN_BOTH, MIN_LATER = 6, 2
"""Lines with text in both columns from which a page was printed in two, and another page beside it."""
MIN_GAP = 2
"""Least width of the gap between the columns; a character of Chinese takes two."""
WIDE = 4
"""Least width of a gap between the cells of a table."""
MIN_LEFT, MAX_WIDTH = 24, 160
"""Least width of a left column, and largest of a line."""
MIN_FULL, MIN_FULL_LATER = 0.5, 0.2
"""Share of the lines with text in both columns that fill each of them: cells of a table do not."""
PER_STOP = 5
"""Lines in both columns to a stop, at most: lists of names have none."""
MAX_OFF = 10
"""Columns between the longest left line and the right column, at most."""
FULL = 0.85
"""How much of a column's width a line takes that fills it."""
MAX_CELLS = 0.2
"""Share of those lines with another wide gap in them, at most: tables have several."""
MAX_INDENT = 8
"""Columns before either part of the first line of such a stretch, at most; what is centred, and running heads, stand above it."""
MAX_ROWS = 400
"""Lines of a stretch in columns, at most."""
RE_BLANKS = re.compile(r"[ \u3000]{2,}(?=[^\s])")
"""A cheap sign of columns, where it is no indent: blanks between two texts of a line."""
N_TRIED, MIN_SAME = 3, 4
"""Places of the right column that are tried, and lines with text that begins there, at least."""
Gap = tuple[int, int]
"""A stretch of blanks within a line, as columns of the printed page."""
Row = tuple[int, int, str]
"""A line: its first and last place, and its text."""


@dataclass(frozen=True, slots=True)
class _Page:
    """Lines ``[first, last)`` that stand in two columns, of which the right one begins at a column of the printed page."""

    first: int
    last: int
    right: int

    def moved(self, by: int) -> "_Page":
        """The same lines, counted from elsewhere."""
        return _Page(self.first + by, self.last + by, self.right)


def fix_columns(text: str) -> list[Fix]:
    r"""The left column above the right one, wherever lines stand in two.

    Examples
    --------
    >>> left = ["早晨五点四十分，石桥监区的门还没开，", "值班室里已经坐了七个人，是支部委员，", "趁着交接班把昨夜的事情过一遍。"] * 2
    >>> right = ["个支部里按月开齐大会的只有九个，不少", "支部只好分三次开，前一拨人表了态，后", "一拨人不知道议过什么。"] * 2
    >>> page = "\n".join(f"{a:　<20}  {b}" for a, b in zip(left, right))
    >>> fix, = fix_columns(page)
    >>> fix.after.split("\n")[4:8] == [left[4], left[5], right[0], right[1]]
    True
    >>> fix_columns("\n".join(f"石桥镇第{n}党支部书记、副主任　　张三" for n in "一二三四五六七八九"))
    []
    >>> names = "第一监区党支部书记、副监区长李长顺"
    >>> fix_columns("\n".join([f"{names}　　{names}"] * 9))
    []
    """
    beside = (one for one in RE_BLANKS.finditer(text) if text[one.start() - 1] != "\n" and one.start())
    if sum(1 for _ in islice(beside, MIN_BOTH)) < MIN_BOTH:
        return []
    rows = list(_rows(text))
    return [_woven(rows[page.first : page.last], page.right) for page in _pages(rows)]


def _rows(text: str) -> Iterator[Row]:
    """The lines of a text."""
    at = 0
    for line in text.split("\n"):
        yield at, at + len(line), line
        at += len(line) + 1


@lru_cache(maxsize=4096)
def _width(glyph: str) -> int:
    """How many columns a character takes."""
    return 2 if unicodedata.east_asian_width(glyph) in "WFA" else 1


def _gaps(line: str) -> list[Gap]:
    """The stretches of blanks within a line, as columns of the printed page."""
    gaps: list[Gap] = []
    column, begun = 0, -1
    has_text = False
    for glyph in line:
        if glyph in " \u3000\t":
            begun = column if begun < 0 else begun
        else:
            if begun >= 0 and has_text and column - begun >= MIN_GAP:
                gaps.append((begun, column))
            begun, has_text = -1, True
        column += _width(glyph)
    return gaps


def _pages(rows: Sequence[Row]) -> list[_Page]:
    """The stretches of lines in two columns, in order; once some are found, shorter ones parted at the same place are, too."""
    stretches = [(first, [line for _, _, line in rows[first:last]]) for first, last in _stretches(rows)]
    gaps = [[_gaps(line) for line in lines] for _, lines in stretches]
    rights: dict[int, None] = {}
    found: list[list[_Page]] = []
    for (_, lines), seen in zip(stretches, gaps, strict=True):
        begun = Counter(end for several in seen for _, end in several if end >= MIN_LEFT)
        tried = [right for right, n_same in begun.most_common(N_TRIED) if n_same >= MIN_SAME]
        found.append(_longest(lines, seen, tried, (MIN_BOTH, MIN_FULL)))
        rights |= dict.fromkeys(page.right for page in found[-1])
    for n, ((_, lines), seen) in enumerate(zip(stretches, gaps, strict=True)):
        same = [page.right for page in found[n][:1]] or list(rights)
        found[n] = _longest(lines, seen, same, (MIN_LATER, MIN_FULL_LATER)) or found[n]
    return [page.moved(first) for (first, _), pages in zip(stretches, found, strict=True) for page in pages]


def _longest(
    lines: Sequence[str], gaps: Sequence[Sequence[Gap]], rights: Sequence[int], least: tuple[int, float]
) -> list[_Page]:
    """The runs of lines in two columns by the place of the right one that explains most lines."""
    several = [list(_parted(lines, gaps, right, least)) for right in rights]
    return max(several, key=lambda pages: sum(page.last - page.first for page in pages), default=[])


def _stretches(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """The lines between numbers of pages, as ``[first, last)``."""
    first = 0
    for i, (_, _, line) in enumerate(rows):
        is_page = RE_PAGE.fullmatch(line.strip()) or RE_NUMBER.fullmatch(line.strip())
        if i - first >= MAX_ROWS or len(line) > MAX_WIDTH or is_page:
            yield first, i
            first = i + 1
    yield first, len(rows)


def _parted(
    lines: Sequence[str], gaps: Sequence[Sequence[Gap]], right: int, least: tuple[int, float]
) -> Iterator[_Page]:
    """The runs of lines that have no text across the gap before a column of the printed page.

    So many lines at `least` have text in both columns, and such a share of them fill the left one.
    """
    begun = 0
    runs = []
    for i, line in enumerate(lines):
        if not _is_clear(line, right):
            runs.append((begun, i))
            begun = i + 1
    runs.append((begun, len(lines)))
    for first, last in runs:
        both = [i for i in range(first, last) if any(end - MAX_INDENT <= right <= end for _, end in gaps[i])]
        both = [i for i in both if _indent(lines[i]) <= MAX_INDENT]
        if len(both) >= least[0] and _is_set(lines, both, right, least[1]):
            n_cells = sum(sum(end - begin >= WIDE for begin, end in gaps[i]) > 1 for i in both)
            if n_cells <= MAX_CELLS * len(both):
                yield _Page(both[0], last, right)


def _is_set(lines: Sequence[str], both: Sequence[int], right: int, least: float) -> bool:
    """Whether both parts of some lines are running text set to a width: most of them fill it, and the left one reaches the gap."""
    parts = [_cut(lines[i], right) for i in both]
    sides = [[_width_of(one.strip()) for one in side] for side in zip(*parts, strict=True)]
    n_stops = sum(one.count("。") + one.count(".") for pair in parts for one in pair)
    is_wide = max(sides[0]) >= right - MAX_OFF and min(map(max, sides)) >= MIN_LEFT - MIN_GAP
    return (
        is_wide
        and n_stops * PER_STOP >= len(both)
        and all(sum(size >= FULL * max(side) for size in side) >= least * len(both) for side in sides)
    )


def _is_clear(line: str, right: int) -> bool:
    """Whether a line has no text right before a column of the printed page."""
    before, behind = _cut(line, right)
    at = _width_of(before)
    return at <= right and (not behind.strip() or _width_of(before.rstrip()) <= right - MIN_GAP)


def _indent(line: str) -> int:
    """The columns before the text of a line."""
    return _width_of(line) - _width_of(line.lstrip())


def _width_of(text: str) -> int:
    """The columns that a text takes."""
    return sum(map(_width, text))


def _cut(line: str, column: int) -> tuple[str, str]:
    """A line parted at a column of the printed page."""
    at = 0
    for i, glyph in enumerate(line):
        if at >= column:
            return line[:i], line[i:]
        at += _width(glyph)
    return line, ""


def _woven(rows: Sequence[Row], right: int) -> Fix:
    """The change that sets the right parts of lines below the left ones."""
    parts = [_cut(line, right) for _, _, line in rows]
    columns = [[left.rstrip() for left, _ in parts], [_set_off(right) for _, right in parts]]
    indent = min((len(line) - len(line.lstrip()) for line in columns[1] if line.strip()), default=0)
    columns[1] = [line[indent:] for line in columns[1]]
    told = ["\n".join(column).strip("\n") for column in columns]
    return Fix(rows[0][0], rows[-1][1], "\n".join(told), "fix_columns")


def _set_off(line: str) -> str:
    """The right part of a line, its indent in single blanks."""
    text = line.strip()
    return " " * _indent(line) + text if text else ""
