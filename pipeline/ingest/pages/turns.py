"""Where a report that a site shows on several pages turns to the next one: its title again, with the number of the page."""

import re
from collections.abc import Collection, Sequence

from pipeline.ingest.lines.forms import first_body
from pipeline.ingest.pages.wrapping import MAX_LINE

MIN_TITLE = 6
"""Shortest title that stands again on each page, in letters."""
_LAST = frozenset("0123456789)）]】页")
_NUMBER = re.compile(
    r"\s*(?:[（(【\[]\s*(?:第\s?)?\d{1,2}\s*(?:页)?\s*(?:/\s*\d{1,2})?\s*[】\])）]|第\s?\d{1,2}\s?页|[-—_]\s?第?\d{1,2}页?)\W*$"
)
"""The number of a page behind a title."""


def page_turns(lines: Sequence[str], wrong: Collection[int]) -> set[int]:
    """The lines that stand again where a report turns to its next page.

    Parameters
    ----------
    lines : sequence of str
        Those of a text that are not blank.
    wrong : collection of int
        Which of them are known to be the page's.

    Returns
    -------
    set of int
        Those of its title with the number of a page, and what stands about them as about the title.

    Examples
    --------
    >>> page = ["石桥网 > 调研", "石桥镇党建调研报告", "2014-05-12", "一、现状", "全镇有支部九个，党员", "石桥网 > 调研"]
    >>> sorted(page_turns([*page, "石桥镇党建调研报告(2)", "2014-05-12", "三百名。"], {0}))
    [5, 6, 7]
    """
    first = first_body(lines, wrong)
    head = {key for line in lines[:first] if (key := _key(line))}
    turns: set[int] = set()
    for i in range(first, len(lines)):
        line = lines[i]
        if len(line) > MAX_LINE or line[-1] not in _LAST or not (found := _NUMBER.search(line)):
            continue
        if len(key := _key(line[: found.start()])) >= MIN_TITLE and key in head:
            turns.add(i)
            for step in (-1, 1):
                at = i + step
                while first < at < len(lines) and at not in turns and (at in wrong or _key(lines[at]) in head):
                    turns.add(at)
                    at += step
    return turns


def _key(line: str) -> str:
    """The letters and figures of a line."""
    return re.sub(r"\W", "", line)
