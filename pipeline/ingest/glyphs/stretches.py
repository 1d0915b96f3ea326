"""Clauses in UTF-8 that were read as GBK, inside lines that are sound otherwise."""

import re
from collections.abc import Iterator
from itertools import accumulate
from math import log

from pipeline.ingest.edits import Fix
from pipeline.ingest.mirror.charmodel import shipped_model
from pipeline.ingest.mirror.ngrams import codes_of, gram_of

_WIDE = rb"(?:[\xe4-\xe9][\x80-\xbf]{2}|\xe3\x80[\x81\x82\x88-\x91\x94\x95]|\xef\xbc[\x81-\x9f]|\xe2\x80[\x94\x98-\x9d\xa6])"
RE_CHAR = re.compile(_WIDE + rb"|[\x20-\x7e]")
"""A character of Chinese text in UTF-8."""
RE_CLAUSE = re.compile(_WIDE + rb"[\x20-\x7e]*" + _WIDE)
"""What every clause has."""
MIN_SIZE = 6
"""Least bytes of a clause: two characters; a single one is as often a rare character of a name."""
CLEARLY = 2.0
"""Log odds for every two bytes by which a clause must be more probable: no line of 98 public reports is changed."""


def misread_stretches(line: str) -> Iterator[Fix]:
    """Fixes of the clauses of a line that are Chinese text when their bytes in GBK are read as UTF-8.

    Parameters
    ----------
    line : str
        A line that GB 2312 does not cover.

    Yields
    ------
    Fix
        In order, in coordinates of the line.

    Examples
    --------
    >>> [fix.after for fix in misread_stretches("二、鎴愬洜鍒嗘瀽与对策")]
    ['成因分析']
    >>> list(misread_stretches("喆琛同志在漷县镇任职"))
    []
    """
    if RE_CLAUSE.search(line.encode("gbk", "replace")) is None:
        return
    parts = [char.encode("gbk", "replace") for char in line]
    offsets = list(accumulate(map(len, parts), initial=0))
    places = {offset: i for i, offset in enumerate(offsets)}
    data, at = b"".join(parts), 0
    for i, part in enumerate(parts):
        if i < at or not 0xE2 <= part[0] <= 0xEF:
            continue
        end = _end(data, offsets[i], places)
        before, after = line[i : places[end]], data[offsets[i] : end].decode("utf-8", "replace")
        if end - offsets[i] >= MIN_SIZE and _is_clearer(before, after, line[max(i - 2, 0) : i]):
            at = places[end]
            yield Fix(i, at, after, "fix_mojibake")


def _end(data: bytes, start: int, places: dict[int, int]) -> int:
    """Where the longest run of characters in UTF-8 ends that begins and ends with whole characters of GBK, and in a wide one."""
    end = at = start
    while found := RE_CHAR.match(data, at):
        at = found.end()
        if at in places and len(found[0]) > 1:
            end = at
    return end


def _is_clearer(before: str, after: str, context: str) -> bool:
    """Whether the character model finds what was restored much more probable than what is shown."""
    n_pairs = len(after.encode("utf-8")) / 2
    return _score(context, after) - _score(context, before) >= CLEARLY * n_pairs


def _score(context: str, text: str) -> float:
    """Log probability of a text after a context."""
    codes = codes_of(context + text)[1:-1].tolist()
    codes = [0, 0, *codes]
    model = shipped_model()
    n = len(codes) - len(text)
    return sum(log(model.probability(gram_of(*codes[i - 2 : i + 1]))) for i in range(max(n, 2), len(codes)))
