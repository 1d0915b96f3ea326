"""Titles that other lines of a page's head show too: the browser's title, a path, a list, each beside a site's name or a label."""

from collections.abc import Sequence, Set

from pipeline.ingest.particulars.title_forms import MAX_LINE, MAX_TITLE, MIN_WHOLE, is_title

_BESIDE = {"", *"-_|｜丨—–:：>»【】[]（）()《》■□●○◆·•▪▸"}
"""What parts a title from a site's name, a date or a label on a line of a page, or stands before it in a list."""


def named_above(lines: Sequence[str], wrong: Set[int]) -> list[int]:
    """The lines with the form of a title that a page's title, a list or a path above has too, beside a site's name or a label.

    Examples
    --------
    >>> named_above(["【旧文】一个村支部十年的得失(附说明)", "调查见闻录", "一个村支部十年的得失", "调查见闻录"], {0})
    [2]
    """
    return [
        i
        for i, line in enumerate(lines)
        if i not in wrong and MIN_WHOLE <= len(line) <= MAX_TITLE and _is_shown(line, lines[:i]) and is_title(line)
    ]


def _is_shown(title: str, lines: Sequence[str]) -> bool:
    """Whether some lines hold a title as a whole, between marks; none that ends in a figure is one, but an entry of a list."""
    if title[-1].isdigit():
        return False
    held = (line.partition(title) for line in lines if title in line and len(line) <= MAX_LINE)
    return any(before.rstrip()[-1:] in _BESIDE and after.lstrip()[:1] in _BESIDE for before, _, after in held)
