"""How the time of a piece of work grows with the length of the text: what a machine's own speed does not change."""

import time
from collections.abc import Callable

MAX_GROWTH = 8
"""Times as long for a text four times as long, at most: 4 is linear, 16 is quadratic."""
SLACK = 1.0
"""Seconds by which a measure of something short may be off."""


def grows_linearly(work: Callable[[str], object], text: str) -> bool:
    """Whether some work on a text takes about four times as long as on its first quarter.

    Examples
    --------
    >>> grows_linearly(len, "一、" * 1_000)
    True
    """
    work(text[:1_000])
    return _seconds(work, text) < MAX_GROWTH * _seconds(work, text[: len(text) // 4]) + SLACK


def _seconds(work: Callable[[str], object], text: str) -> float:
    """Seconds of CPU that some work on a text takes."""
    started = time.process_time()
    work(text)
    return time.process_time() - started
