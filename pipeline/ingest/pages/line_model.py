"""A model of lines: how probable it is that a page, and not a report on it, has a line, by its words and its form."""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon

BITS = 15
"""Features are hashed into 2 ** BITS buckets."""
MAX_READ = 160
"""Characters of a line that are read."""
MAX_KEPT = 10_000
"""Lines whose log odds are kept at most."""
LONGEST = 4
"""Longest n-gram, in characters; the ends of a line count as one each."""

_BASE, _MIX = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xD6E8FEB86659FD93)
_SHIFT, _LAST = np.uint64(32), np.uint64(64 - BITS)
_BREAK = ord("\n")
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
        if not lines:
            return np.zeros(0)
        found, starts = buckets_of(lines)
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


_KEPT: dict[str, float] = {}
"""Log odds of the last lines judged: a text is looked at again until nothing changes."""


def odds_of(lines: Sequence[str]) -> list[float]:
    """The log odds of lines by the shipped model."""
    missing = [line for line in dict.fromkeys(lines) if line not in _KEPT]
    if missing:
        if len(_KEPT) > MAX_KEPT:
            _KEPT.clear()
            missing = list(dict.fromkeys(lines))
        _KEPT.update(zip(missing, shipped_lines().odds(missing).tolist(), strict=True))
    return [_KEPT[line] for line in lines]


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
    ordered = np.sort(np.concatenate(keys))
    unique = ordered[np.diff(ordered, prepend=-1) > 0]
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
