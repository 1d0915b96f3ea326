"""Reports in stretches of a file, each below a head of its own; what stands between them is no report."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.ingest.articles import Article
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import n_ink

MIN_REPORT, MIN_SENTENCES = 250, 4
"""Characters and sentences of a report, at least."""


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
