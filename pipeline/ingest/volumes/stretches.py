"""Reports in stretches of a file, each below a head of its own; what stands between them is no report."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from pipeline.ingest.articles import Article
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import Lines, n_ink

MIN_REPORT, MIN_SENTENCES = 250, 4
"""Characters and sentences of a report, at least."""
MAX_ABOVE = 3
"""Lines above a report's title, or a bulletin's name, that are looked at for what stands above others too."""


class Stretch(NamedTuple):
    """Where the head of a report begins, where the report does, and where it ends."""

    head: int
    start: int
    stop: int


def holds_report(text: str, start: int, end: int, *, least: int = MIN_REPORT) -> bool:
    """Whether a part of a text has characters (`least`) and sentences enough for a report.

    Examples
    --------
    >>> text = "全镇有党支部九个，党员三百名，活动排不开。" * 20
    >>> holds_report(text, 0, len(text)), holds_report(text, 0, 100)
    (True, False)
    """
    return n_ink(text[start:end]) >= least and text.count("。", start, end) >= MIN_SENTENCES


def headed(text: str, heads: Sequence[tuple[int, int]]) -> list[Article]:
    """The reports whose heads begin and end at these places, each up to the next head; none if one of them is too short."""
    stops = [*(head for head, _ in heads), len(text)][1:]
    stretches = [Stretch(*head, stop) for head, stop in zip(heads, stops, strict=True)]
    return between(text, stretches) if all(holds_report(text, one.start, one.stop) for one in stretches) else []


def head_starts(lines: Lines, places: Sequence[int], rule: re.Pattern[str] | None = None) -> list[int]:
    """The first of the lines above each of some titles that belong to its head: rules, and lines that stand above other titles too."""
    above = [{line for _, line in lines[max(place - MAX_ABOVE, 0) : place]} for place in places]
    times = Counter(chain.from_iterable(above))
    starts = []
    for place, own in zip(places, above, strict=True):
        start = place
        while start and (times[line := lines[start - 1][1]] > (line in own) or (rule and rule.fullmatch(line))):
            start -= 1
        starts.append(start)
    return starts


def cuts_at(text: str, lines: Lines, starts: Sequence[int]) -> list[int]:
    """Where the parts of a text begin whose first lines are these, the first at 0, and where the last one ends."""
    return [0, *(text.rfind("\n", 0, lines[i][0]) + 1 for i in starts[1:]), len(text)]


def between(text: str, stretches: Sequence[Stretch]) -> list[Article]:
    """The reports of stretches, without what stands around them; none if they are fewer than two, or a report stands above all.

    Parameters
    ----------
    text : str
        A text as decoded.
    stretches : sequence of Stretch
        In order.

    Returns
    -------
    list of Article
        They tile the text.
    """
    if len(stretches) < 2 or n_ink(text[: stretches[0].head]) >= MIN_REPORT:
        return []
    return tiled(text, stretches)


def tiled(text: str, stretches: Sequence[Stretch]) -> list[Article]:
    """The reports of stretches, each with what stands up to the next one's head; what is no report is dropped."""
    begins = [0, *(one.head for one in stretches[1:])]
    ends = [*begins[1:], len(text)]
    return [
        Article(begin, end, tuple(_fixes(one, begin, end)))
        for one, begin, end in zip(stretches, begins, ends, strict=True)
    ]


def _fixes(stretch: Stretch, begin: int, end: int) -> Iterator[Fix]:
    """What drops all of a part of a text but its report, in the coordinates of the part."""
    dropped = (
        (begin, stretch.head, "drop_announcement"),
        (stretch.head, stretch.start, "drop_wrapping"),
        (stretch.stop, end, "drop_announcement"),
    )
    for one, other, rule in dropped:
        if one < other:
            yield Fix(one - begin, other - begin, "", rule)
