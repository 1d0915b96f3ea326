"""Whether lines are a page's own or its report's: a fitted model of their words and form, and the best cut of a page by it."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.ingest.lines import RE_MARKER
from pipeline.ingest.own_lines import is_own, own_lines

BITS = 15
"""Features are hashed into 2 ** BITS buckets."""
MAX_READ = 160
"""Longest line that is judged, in characters; a longer one is a paragraph of the report."""
LONGEST = 4
"""Longest n-gram, in characters; the ends of a line count as one each."""
PARAGRAPH, PLAIN, KNOWN = -8.0, -4.0, 3.0
"""Log odds that a line is the page's: of a paragraph; of running text far from lines that are the page's; of what rules know."""
ENTER, LEAVE, BEGIN = 3.0, 2.0, 1.0
"""What it costs (log odds) to go over from the report to the page and back, and to begin with the page."""
DOUBT = 0.5
"""What the log odds of each line are lowered by: to lose a line of a report is worse than to keep one of a page."""
CLEAR = 1.0
"""Log odds from which a line with the form of a title is the page's: those of others' reports have it too."""
NEAR = 3
"""Running text is judged at most so many lines from one that seems to be the page's."""
RE_PLAIN = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、])[\u4e00-\u9fff，。；：、“”]{3,}"
    r"|[\u4e00-\u9fff，。；：、“”‘’（）《》！？\d%％—…·,.;:()\s-]{18,}"
)
"""Numbered headings and running text: nothing but Chinese characters, figures and marks."""
RE_CELL = re.compile(r"\t|[ \u3000]{2,}|[│┃|｜]")
"""What stands between the cells of a table's row."""
RE_NOTE = re.compile(r"[\[［【]\d{1,3}[\]］】]")
RE_WORD = re.compile(r"[^\W\d_]")
RE_FIGURE = re.compile(r"[\d.,]+[%％]?")

_BASE, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_SHIFT, _LAST = np.uint64(32), np.uint64(64 - BITS)
_BLANK, _BREAK, _ZERO, _NINE = (ord(glyph) for glyph in " \n09")
_COUNTED = tuple(re.compile(pattern) for pattern in ("[a-z]", "[^\\w。，、；：“”]", "0", "[,，]", "[。！？]"))
"""Kinds of glyphs of which the number next to the length of a line is a feature."""
Buckets = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Buckets of some lines, and where each line starts among them, and the end."""


@dataclass(frozen=True, slots=True)
class LineModel:
    """Log odds that a line is a page's, by the buckets of what it shows.

    Attributes
    ----------
    weights : ndarray of float32, shape (2 ** BITS,)
    bias : float
    """

    weights: NDArray[np.float32]
    bias: float

    def odds(self, lines: Sequence[str]) -> NDArray[np.float64]:
        """The log odds of each line, shape (n_lines,)."""
        found, starts = buckets_of(lines)
        if not len(found):
            return np.full(len(lines), self.bias)
        sums = np.add.reduceat(self.weights.take(found), starts[:-1], dtype=np.float64)
        odds: NDArray[np.float64] = sums / np.sqrt(np.diff(starts)) + self.bias
        return odds


def line_model_of(arrays: Mapping[str, NDArray[Any]]) -> LineModel:
    """The model of some arrays: ``weights`` as whole numbers, their ``scale``, and ``bias``."""
    return LineModel(arrays["weights"].astype(np.float32) * np.float32(arrays["scale"]), float(arrays["bias"]))


@cache
def shipped_lines() -> LineModel:
    """The model that ships with the package; ``make train-lines`` fits it again."""
    return line_model_of(lexicon.arrays("page_lines.npz"))


@lru_cache(maxsize=8)
def _odds_of(lines: tuple[str, ...]) -> NDArray[np.float64]:
    """The log odds of lines by the shipped model; kept, for a text is looked at again until nothing changes."""
    return shipped_lines().odds(lines)


def page_lines(lines: Sequence[str], known: Collection[int]) -> dict[int, float]:
    """The lines of a text that are more likely the page's than the report's.

    The best cut of the text into stretches of the one and of the other: the sum of the log odds of all lines that go to the
    page, less a fixed cost for each stretch of them. Cutting what is left again finds nothing more.

    Parameters
    ----------
    lines : sequence of str
        Those that are not blank, without blanks at their ends.
    known : collection of int
        Which of them rules know to be the page's.

    Returns
    -------
    dict of int to float
        Those besides the `known` ones, and how probable each is the page's by itself.

    Examples
    --------
    >>> page = ["石桥镇党建调研报告", "一、基本情况", "全镇有支部九个。", "沙发！占座等楼主更新", "已有 26 人点赞  我也要评论"]
    >>> sorted(page_lines(page, known=()))
    [3, 4]
    """
    odds = _judged(lines, known)
    if np.count_nonzero(odds > 0) <= len(known):
        return {}
    seeming = {i for i in np.flatnonzero(odds > CLEAR).tolist() if not is_own(lines[i])}
    for i in own_lines(lines, seeming | set(known)):
        odds[i] = PARAGRAPH
    cut = _best_cut(odds.tolist())
    return {i: float(1 / (1 + np.exp(-odds[i]))) for i in cut if i not in known}


def _judged(lines: Sequence[str], known: Collection[int]) -> NDArray[np.float64]:
    """The log odds of lines; of running text only near lines that seem to be the page's."""
    odds = np.array([PARAGRAPH if len(line) > MAX_READ else PLAIN for line in lines])
    odds[list(known)] = KNOWN
    rest = {i for i, line in enumerate(lines) if len(line) <= MAX_READ and i not in known}
    asked = {i for i in rest if not RE_PLAIN.fullmatch(lines[i])}
    while asked:
        places = sorted(asked)
        odds[places] = _odds_of(tuple([lines[i] for i in places])) - DOUBT
        kept = [i for i in places if odds[i] > 0 and _is_neutral(lines, i)]
        odds[kept] = 0.0
        rest -= asked
        seeming = np.flatnonzero(odds > 0).tolist()
        asked = {i for at in seeming for i in range(at - NEAR, at + NEAR + 1)} & rest
    return odds


def _is_neutral(lines: Sequence[str], i: int) -> bool:
    """Whether a line tells nothing by its form: a note with its number, marks without a word, a row of a table."""
    return RE_NOTE.match(lines[i]) is not None or not RE_WORD.search(lines[i]) or _is_row(lines, i)


def _is_row(lines: Sequence[str], i: int) -> bool:
    """Whether a line is a row of a table with figures: as many cells as a line beside it has, one of them a number."""
    cells = RE_CELL.split(lines[i])
    if len(cells) < 2 or RE_MARKER.match(lines[i]) or not any(RE_FIGURE.fullmatch(cell.strip()) for cell in cells[1:]):
        return False
    return any(len(RE_CELL.split(line)) == len(cells) for line in (*lines[max(i - 1, 0) : i], *lines[i + 1 : i + 2]))


def _best_cut(odds: Sequence[float]) -> list[int]:
    """The lines of the stretches that are the page's."""
    own, page = 0.0, -BEGIN
    entered: list[tuple[bool, bool]] = []  # whether each state was come to from the page's
    for value in odds:
        left, begun = page - LEAVE, own - ENTER
        entered.append((left > own, page >= begun))
        own, page = max(own, left), max(page, begun) + value
    found, is_page = [], page > own
    for i in range(len(odds) - 1, -1, -1):
        if is_page:
            found.append(i)
        is_page = entered[i][is_page]
    return found[::-1]


def buckets_of(lines: Sequence[str]) -> Buckets:
    """The buckets of what lines show, each once a line: n-grams of 1 to `LONGEST` characters, and the shares of some kinds.

    Widths and cases are folded, all digits count as one; n-grams may begin and end with the end of a line.

    Parameters
    ----------
    lines : sequence of str

    Returns
    -------
    tuple of ndarray of int
        Buckets, by line, then sorted; where each line starts, and the end, shape (n_lines + 1,).

    Examples
    --------
    >>> found, starts = buckets_of(["第3页", "第８页", "党员"])
    >>> bool((found[: starts[1]] == found[starts[1] : starts[2]]).all()), len(starts)
    (True, 4)
    """
    shapes = [_shape(line) for line in lines]
    glyphs = np.frombuffer("\n".join(["", *shapes, ""]).encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    is_break = glyphs == _BREAK
    line_of = np.cumsum(is_break) - 1
    keys = []
    hashed = np.zeros(len(glyphs), dtype=np.uint64)
    is_whole = np.ones(len(glyphs), dtype=np.bool_)
    for size in range(1, LONGEST + 1):
        n = len(glyphs) - size + 1
        if n <= 0:
            break
        hashed = hashed[:n] * _BASE + glyphs[size - 1 :] + np.uint64(size)
        if size > 2:
            is_whole = is_whole[:n] & ~is_break[size - 2 : size - 2 + n]
        kept = is_whole[:n] & ~(is_break[:n] & (is_break[size - 1 :] if size > 1 else True))
        keys.append(_keys(line_of[:n][kept], hashed[kept]))
    forms = [(i, form) for i, shape in enumerate(shapes) for form in _forms(shape)]
    keys.append(
        _keys(np.array([i for i, _ in forms], dtype=np.int64), np.array([f for _, f in forms], dtype=np.uint64))
    )
    unique = np.unique(np.concatenate(keys))
    bounds = np.searchsorted(unique, np.arange(len(lines) + 1) << BITS)
    return unique & ((1 << BITS) - 1), bounds


def _keys(line_of: NDArray[np.int64], hashes: NDArray[np.uint64]) -> NDArray[np.int64]:
    """Lines and the buckets of hashes as one number each."""
    mixed = (hashes ^ (hashes >> _SHIFT)) * _MIX
    buckets = ((mixed ^ (mixed >> _SHIFT)) * _MIX) >> _LAST
    keys: NDArray[np.int64] = (line_of << BITS) | buckets.astype(np.int64)
    return keys


def _shape(line: str) -> str:
    """A line without differences of width, case, digits and blanks."""
    folded = " ".join(unicodedata.normalize("NFKC", line[:MAX_READ]).lower().split())
    return re.sub(r"\d", "0", folded)


def _forms(shape: str) -> list[int]:
    """The length of a line, and the shares of some kinds of glyphs in it, as numbers."""
    n = len(shape)
    found = [1_000 + int(3 * log2(n + 1))]
    for kind, pattern in enumerate(_COUNTED, 2):
        share = len(pattern.findall(shape)) / max(n, 1)
        found.append(1_000 * kind + min(int(12 * share), 6) + (share > 0))
    return found
