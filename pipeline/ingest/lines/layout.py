"""The lines of a text as they were laid out: their widths, what lies between them, and whether they were wrapped."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import compress, pairwise
from operator import itemgetter

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import STARTS_NO_LINE, is_closed, splits_word

MIN_WIDTH = 20
"""Narrowest column, of ten characters; narrower ones are titles in table cells."""
MIN_INDENT, TAB = 4, 4
"""Columns of an indent that opens a paragraph, and of a tab."""
MIN_FULL = 3
"""Full lines from which a text counts as wrapped."""
MIN_OPEN = 0.2
"""Least share of lines without a mark at their end in a text that was wrapped."""
MIN_FULL_SHARE = 0.15
"""Least share of full lines among lines that end without a mark; headings are the others."""
MIN_BROKEN, OFTEN_BROKEN = 0.12, 0.2
"""Least share of full lines that break a word or a mark off, and a share that leaves no doubt; in text that breaks between
sentences it is 0."""
MAX_LONGER = {False: 0.1, True: 0.4}
"""Largest share of lines longer than the column: of text in one column, and where nothing else explains the words that are broken."""
N_SAMPLE = 60
"""Full lines that are looked at for it."""
SLACK, OVER = 4, 2
"""Columns that a full line may fall short of the width, because a mark may not begin the next line or a number stays whole, and
go beyond it, where a mark hangs over the edge."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line that is not blank: its place without blanks around it, the columns of its indent, blank lines before it."""

    start: int
    end: int
    text: str
    indent: int
    n_blank: int

    @property
    def is_indented(self) -> bool:
        """Whether it is indented as the beginning of a paragraph is."""
        return self.indent >= MIN_INDENT


def _as_glyphs(line: Line) -> int:
    """The columns of a line where all characters were taken for alike, two columns each, and indents not counted."""
    return 2 * len(line.text)


def _as_printed(line: Line) -> int:
    """The columns of a line with its indent, where letters and digits take one and other characters two."""
    return line.indent + _n_columns(line.text)


def _n_columns(text: str) -> int:
    """The columns that a text takes in a fixed-width font."""
    return len(text.encode("gbk", "replace"))


RE_UNBROKEN = re.compile(r"[A-Za-z\d][A-Za-z\d.,%/+-]+")
"""What no line break divides."""
MIN_UNBROKEN = 0.75
"""Shortest line, next to the width of the column, that ends early for what no line break divides."""
MEASURES: tuple[Callable[[Line], int], ...] = (_as_glyphs, _as_printed)
"""How lines may have been measured when they were wrapped."""


@dataclass(frozen=True, slots=True)
class Layout:
    """How a text was laid out.

    Attributes
    ----------
    width : int
        Columns that its lines were wrapped at; 0 if they were not.
    slack : int
        Columns that a full line may fall short of it.
    measure : callable
        The columns of a line.
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
    measure: Callable[[Line], int]
    by_indent: bool
    by_gap: bool
    has_items: bool = False
    is_broken: bool = False
    labels: frozenset[str] = frozenset()

    def is_full(self, line: Line) -> bool:
        """Whether a line goes up to the edge of the column."""
        return self.width > 0 and self.width - self.slack <= self.measure(line) <= self.width + OVER

    def is_full_before(self, line: Line, following: Line) -> bool:
        """Whether a line goes up to the edge of the column, or would with the number or word that the next one begins with."""
        if self.is_full(line):
            return True
        token, n = RE_UNBROKEN.match(following.text), self.measure(line)
        return token is not None and self.width > n >= MIN_UNBROKEN * self.width and n + len(token[0]) > self.width

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
            columns = _n_columns(raw[:indent].expandtabs(TAB)) if indent else 0
            lines.append(Line(start, start + len(kept), kept, columns, n_blank))
            n_blank = 0
        elif lines:
            n_blank += 1
        at += len(raw) + 1
    return tuple(lines)


@lru_cache(maxsize=2)
def layout_of(text: str) -> Layout:
    """How the lines of a text are laid out; the last texts are remembered like their lines."""
    lines = lines_of(text)
    is_open = [not is_closed(line.text) for line in lines]
    n_open = sum(is_open)
    is_wrapped = n_open >= MIN_FULL and n_open >= MIN_OPEN * len(lines)
    found = [(*_column(lines, is_open, measure), measure) for measure in MEASURES] if is_wrapped else []
    _, width, measure = max(found, key=itemgetter(0), default=(0, 0, _as_glyphs))
    inner = list(compress(lines[1:], is_open))
    first = [line for line, goes_on in zip(lines[1:], is_open, strict=False) if not goes_on]
    return Layout(
        width,
        _slack([measure(line) for line in lines], width) if width else 0,
        measure,
        _tells([line.is_indented for line in first], [line.is_indented for line in inner]),
        _tells([line.n_blank > 0 for line in first], [line.n_blank > 0 for line in inner]),
    )


def _tells(first: Sequence[bool], inner: Sequence[bool]) -> bool:
    """Whether a mark of layout is on most lines after a sentence's end, and is missing on lines after none."""
    return len(first) >= 2 and sum(first) >= 0.5 * len(first) and inner.count(False) >= 0.3 * max(len(inner), 1)


def _column(lines: Sequence[Line], is_open: Sequence[bool], measure: Callable[[Line], int]) -> tuple[int, int]:
    """How many open lines are full by a measure, and the width that lines were wrapped at; zeros if they were not."""
    measured = [measure(line) for line in lines]
    open_ = Counter(compress(measured[:-1], is_open))
    widths = Counter(measured)
    best = (0, 0)
    for width in sorted(width for width in open_ if width >= MIN_WIDTH):
        n_full = sum(open_[width - i] for i in range(SLACK + 1))
        if n_full < max(MIN_FULL, MIN_FULL_SHARE * open_.total(), best[0]):
            continue
        share_longer = sum(count for other, count in widths.items() if other > width + OVER) / len(lines)
        broken = _share_broken(lines, measured, width) if share_longer <= MAX_LONGER[True] else 0.0
        if broken >= MIN_BROKEN and share_longer <= MAX_LONGER[broken >= OFTEN_BROKEN]:
            best = n_full, width
    return best


def _slack(measured: Sequence[int], width: int) -> int:
    """How far full lines fall short of a width: not at all if nearly all of them have the same."""
    full = [one for one in measured if width - SLACK <= one <= width]
    return 0 if full and full.count(width) >= 0.8 * len(full) else SLACK


def _share_broken(lines: Sequence[Line], measured: Sequence[int], width: int) -> float:
    """The share of full lines that break a word or a mark off."""
    is_full = [width - SLACK <= one <= width + OVER for one in measured]
    full = [pair for pair, is_one in zip(pairwise(lines), is_full, strict=False) if is_one][:N_SAMPLE]
    n = sum(b.text[0] in STARTS_NO_LINE or splits_word(a.text, b.text) for a, b in full)
    return n / max(len(full), 1)


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
