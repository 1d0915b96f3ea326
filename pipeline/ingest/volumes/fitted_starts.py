"""Several reports in a file that no form of files tells apart: a fitted model finds the lines with which they begin."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.ingest.articles import Article, is_report
from pipeline.ingest.lines.forms import is_closed
from pipeline.ingest.particulars.announced import pairs_of
from pipeline.ingest.particulars.title_forms import RE_SUBTITLE, is_title, is_whole
from pipeline.ingest.volumes.layout import DAY, MAX_SHAPED, Layout, layout_of, may_start, shape
from pipeline.ingest.volumes.start_traits import RE_FIRST, start_traits
from pipeline.ingest.volumes.stretches import MAX_ABOVE, Stretch, holds_report, tiled
from pipeline.trees import Forest, forest_of

SECOND, FURTHER = 0.0, -1.0
"""Least log odds that reports begin with the likeliest two lines of a file, and with each other one (series that the model had not seen:
203 of 286 files with several reports, 8 of 964 with one taken for more; -0.5 for all 203 and 16; 0 for all 186 and 8)."""
LONG, SECOND_OF_LONG = 5_000, 2.0
"""Characters from which reports are longer than any that the model learnt from, and what they ask in place of `SECOND`."""
MAX_PLACES = 500
"""Short lines of a file from which it holds lists, not reports."""
MIN_APART = 300
"""Characters between the beginnings of two reports, at least."""
N_HEAD = 3
"""Lines in which a title stands below a kicker."""
ALIKE = 0.75
"""Share of the pairs of characters of the shorter of two lines from which both show one title."""
_MARKS = "#*>_ "
"""Signs of Markdown and of quoted mails ahead of a line."""
_SUBTITLE = re.compile(rf"[{_MARKS}]*(?:{RE_SUBTITLE.pattern})")


@cache
def shipped_starts() -> Forest:
    """The forest that ships with the package; ``make train-starts`` fits it again."""
    return forest_of(lexicon.arrays("report_starts.npz"))


def begun(text: str) -> list[Article]:
    r"""The reports of a text of which a fitted model finds where each begins; empty if it finds no more than one.

    Parameters
    ----------
    text : str
        A text as decoded.

    Returns
    -------
    list of Article
        They tile the text.

    Examples
    --------
    >>> wards = "\n——县医院调查\n" + "病区有党员九名，夜班凑不齐人，支部会开在交班以后。\n" * 20
    >>> ferries = "\n——渡口镇调查\n" + "渡口有渡工十二名，汛期封渡，责任牌立在船头。\n" * 20
    >>> text = f"病区党小组怎么开会{wards}\n渡口责任区怎么守{ferries}"
    >>> [(part.start, part.end) for part in begun(text)], begun(text.replace("渡口责任区怎么守", "二、渡口"))
    ([(0, 539), (539, 1016)], [])
    """
    layout = layout_of(text)
    places = may_start(layout)
    if len(places) > MAX_PLACES or not any(_may_part(layout, i) for i in places):
        return []
    odds = shipped_starts().log_odds(start_traits(layout, places))[0]
    starts = chosen(layout, places, odds.tolist())
    if len(starts) < 2:
        return []
    stretches = _stretches(layout, starts)
    if not all(holds_report(text, one.start, one.stop) for one in stretches):
        return []
    first = stretches[0].head
    return tiled(text, [Stretch(0, 0, first), *stretches] if is_report(text[:first]) else stretches)


def _may_part(layout: Layout, i: int) -> bool:
    """Whether a report may stand above a line, and another below it: something about the line is as at a beginning."""
    is_inner = layout.inks[i] >= MIN_APART and layout.inks[-1] - layout.inks[i] >= MIN_APART
    return is_inner and is_title(layout.line(i)) and (_is_set_apart(layout, i) or _is_headed(layout, i))


def _is_set_apart(layout: Layout, i: int) -> bool:
    """Whether blank lines, a page, an indent or a mark that stands elsewhere too part a line from what is above it."""
    is_parted = layout.gap(i) or layout.gap(i + 1) or "\f" in layout.between(i)
    return bool(is_parted) or layout.indent_of(i) > layout.indent + 1 or layout.shapes[shape(layout.line(i - 1))] > 1


def _is_headed(layout: Layout, i: int) -> bool:
    """Whether a line is a whole title, or a subtitle, a day or who wrote it stands beside it, or a first heading below it."""
    below = layout.line(i + 1)
    if is_whole(layout.line(i)) or layout.is_signed(i - 1) or layout.is_signed(i + 1) or RE_SUBTITLE.match(below):
        return True
    is_dated = len(below) <= MAX_SHAPED and DAY.search(below) is not None
    return is_dated or any(RE_FIRST.match(layout.line(n)) for n in range(i + 1, i + 1 + N_HEAD))


def chosen(layout: Layout, places: Sequence[int], odds: Sequence[float]) -> list[int]:
    """The likeliest lines with which reports begin, in order, far enough from each other, each with a title of its own; none if
    there are no two.
    """
    found: list[int] = []
    told: list[float] = []
    for likely, i in sorted(zip(odds, places, strict=True), key=lambda one: (-one[0], one[1])):
        if likely < FURTHER:
            break
        is_long = layout.inks[-1] - layout.inks[i] >= MIN_APART
        if is_long and all(
            abs(layout.inks[i] - layout.inks[n]) >= MIN_APART and not _alike(layout, i, n) for n in found
        ):
            found.append(i)
            told.append(likely)
    least = SECOND if layout.inks[-1] < LONG * len(found) else SECOND_OF_LONG
    return sorted(_titled(layout, i) for i in found) if len(found) > 1 and told[1] >= least else []


def _titled(layout: Layout, i: int) -> int:
    """The title's line, of a line that may be its subtitle."""
    is_subtitle = _SUBTITLE.match(layout.line(i)) is not None
    return i - 1 if i and is_subtitle and is_title(layout.line(i - 1).lstrip(_MARKS)) else i


def _alike(layout: Layout, i: int, n: int) -> bool:
    """Whether a line shows a title that another one or those right below that show."""
    own = pairs_of(layout.key(i))
    others = [pairs_of(layout.key(m)) for m in range(n, min(n + N_HEAD, len(layout.lines)))]
    return any(len(own & pairs) >= ALIKE * max(min(len(own), len(pairs)), 1) for pairs in others)


def _stretches(layout: Layout, starts: Sequence[int]) -> list[Stretch]:
    """Where the head of each report begins, the report itself, and the next head; marks above titles belong to the heads."""
    above = [list(_marks_above(layout, i)) for i in starts]
    times = Counter(mark for mine in above for mark in {*mine})
    heads = []
    for i, mine in zip(starts, above, strict=True):
        n_above = next((n for n, one in enumerate(mine) if times[one] < 2), len(mine))
        heads.append(layout.lines[i - n_above][0])
    stops = [*heads[1:], len(layout.text)]
    return [Stretch(head, layout.lines[i][0], stop) for head, i, stop in zip(heads, starts, stops, strict=True)]


def _marks_above(layout: Layout, i: int) -> Iterator[str]:
    """The shapes of the lines right above a title, from the title up, that are neither a sentence nor who signed what, and when."""
    for n in range(i - 1, max(i - 1 - MAX_ABOVE, -1), -1):
        if is_closed(layout.line(n)) or layout.is_signed(n):
            return
        yield shape(layout.line(n))
