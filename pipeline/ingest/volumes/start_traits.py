"""What is seen of each line of a file that may be the first of a report's title: its words, its place, the lines around it."""

import re
from collections.abc import Callable, Sequence
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.lines.forms import RE_ADDRESS, RE_MARKER, is_closed
from pipeline.ingest.pages.line_model import MAX_READ, odds_of
from pipeline.ingest.pages.wrapping import particular
from pipeline.ingest.particulars.announced import pairs_of, share_of
from pipeline.ingest.particulars.title_forms import (
    RE_DATE_ONLY,
    RE_SUBTITLE,
    is_complete,
    is_field,
    is_fragment,
    is_motto,
    is_organisation,
    is_title,
    is_whole,
)
from pipeline.ingest.volumes.layout import DAY, MAX_SHAPED, Layout, n_sentences, shape, stretch, stretch_above
from pipeline.ingest.volumes.marks import mark_number
from pipeline.ingest.volumes.restarts import is_signature

Traits = NDArray[np.float32]
ABSENT = -9.0
"""What stands for something of a line that is not there."""
NEAR = 420
"""Characters below and above a line that are compared with it and with each other."""
MAX_TIMES, MAX_PLACE, MAX_INDENT = 6, 50, 40
MAX_GAP = 4
FAR, FAR_STOP = 60, 12
"""Lines within which a heading is looked for, and the end of a sentence."""
MIN_COPIED = 5
"""Shortest line of which copies are looked for, in characters."""
RE_FIRST = re.compile(r"[一１1]\s?[、.．]|（一）|\(一\)|第一[章部节]|[【\[]一[】\]]")
"""The number of a first heading."""
_LEADERS = re.compile(r"(?:[.．…·・]{3}|\t)[\s.．…·・]*\d{0,4}|[（(]\d{1,4}[）)]$")
"""How an entry of a list of contents ends."""
_HAN = re.compile(r"[\u4e00-\u9fff]")
_BOXED = re.compile(r"[（(【〔\[].*[）)】〕\]]$")


def start_traits(layout: Layout, places: Sequence[int]) -> Traits:
    """What is seen of some lines of a file.

    Parameters
    ----------
    layout : Layout
    places : sequence of int
        Lines that may be the first of a report's title.

    Returns
    -------
    ndarray of float32, shape (n_places, n_traits)
    """
    near = {n for i in places for n in range(i - 2, i + 3) if 0 <= n < len(layout.lines)}
    odds = dict(zip(near, odds_of([layout.line(n)[:MAX_READ] for n in near]), strict=True))
    share = len(places) / max(len(layout.lines), 1)
    groups: tuple[Callable[[Layout, int], list[float]], ...] = (
        _of_line,
        _of_place,
        _of_above,
        _of_below,
        _of_numbers,
        _of_copies,
        _of_words,
    )
    rows = [
        [trait for group in groups for trait in group(layout, i)]
        + [odds.get(n, ABSENT) for n in range(i - 2, i + 3)]
        + [share]
        for i in places
    ]
    return np.array(rows, dtype=np.float32)


def _of_line(layout: Layout, i: int) -> list[float]:
    """What a line's words are."""
    line = layout.line(i)
    return [
        *_forms(line),
        len(line),
        is_field(line),
        is_fragment(line),
        is_motto(line),
        line[-1] in "？?！!",
        "“" in line,
        "，" in line,
        "：" in line or ":" in line,
        any(char.isdigit() for char in line),
        "《" in line,
        _BOXED.match(line) is not None,
        RE_SUBTITLE.match(line) is not None,
        line.startswith("附"),
    ]


@cache
def _forms(line: str) -> tuple[float, ...]:
    """What forms of a page a line has."""
    return (
        is_whole(line),
        is_complete(line),
        is_title(line),
        is_organisation(line),
        is_signature(line),
        mark_number(line) > 0,
        _LEADERS.search(line) is not None,
    )


def _of_place(layout: Layout, i: int) -> list[float]:
    """Where a line stands, and how it is set."""
    indent = layout.indent_of(i)
    return [
        min(i, MAX_PLACE),
        min(indent, MAX_INDENT),
        indent - layout.indent,
        min(layout.gap(i), MAX_GAP),
        min(layout.gap(i + 1), MAX_GAP),
        "\f" in layout.between(i),
        layout.width,
        layout.indent,
        min(layout.shapes[shape(layout.line(i))], MAX_TIMES),
    ]


def _of_above(layout: Layout, i: int) -> list[float]:
    """What the two lines above a line are."""
    above, further = layout.line(i - 1), layout.line(i - 2)
    return [
        is_closed(above) if i else ABSENT,
        layout.is_signed(i - 1) if i else ABSENT,
        layout.is_signed(i - 2) if i > 1 else ABSENT,
        len(above),
        _HAN.search(above) is not None,
        min(layout.shapes[shape(above)], MAX_TIMES),
        min(layout.shapes[shape(further)], MAX_TIMES),
        _LEADERS.search(above) is not None,
        particular(above) is not None,
        mark_number(above) > 0,
        mark_number(further) > 0,
        i > 0 and is_title(above) and not is_closed(above),
    ]


def _of_below(layout: Layout, i: int) -> list[float]:
    """What the lines below a line are."""
    below, further = layout.line(i + 1), layout.line(i + 2)
    stops = (n for n in range(i + 1, min(len(layout.lines), i + FAR_STOP)) if is_closed(layout.line(n)))
    return [
        RE_SUBTITLE.match(below) is not None,
        is_signature(below),
        is_signature(further),
        is_organisation(below),
        is_organisation(further),
        RE_DATE_ONLY.fullmatch(below) is not None,
        len(below) < MAX_SHAPED and DAY.search(below) is not None,
        is_closed(below),
        is_closed(further),
        len(below),
        len(further),
        layout.indent_of(i + 1) - layout.indent if below else 0.0,
        RE_ADDRESS.match(below) is not None or RE_ADDRESS.match(further) is not None,
        particular(below) is not None,
        particular(further) is not None,
        is_title(below),
        is_whole(below),
        is_whole(layout.line(i) + below),
        next(stops, i + FAR_STOP) - i,
    ]


def _of_numbers(layout: Layout, i: int) -> list[float]:
    """How the headings around a line are numbered, and whether they begin anew behind it."""
    following = range(i + 1, min(len(layout.lines), i + FAR))
    behind = next((n for n in following if RE_MARKER.match(layout.line(n))), -1)
    before = next((n for n in range(i - 1, max(-1, i - FAR), -1) if RE_MARKER.match(layout.line(n))), -1)
    begins = behind >= 0 and RE_FIRST.match(layout.line(behind)) is not None
    began = before >= 0 and RE_FIRST.match(layout.line(before)) is not None
    return [
        behind - i if behind >= 0 else FAR,
        begins if behind >= 0 else ABSENT,
        i - before if before >= 0 else FAR,
        began if before >= 0 else ABSENT,
        begins and before >= 0 and not began,
    ]


def _of_copies(layout: Layout, i: int) -> list[float]:
    """Which other lines hold the words of a line."""
    key = layout.key(i)
    shown = layout.short if len(key) >= MIN_COPIED else ()
    copies = [n for n in shown if n != i and key in layout.key(n)]
    return [
        len(copies),
        sum(n < i for n in copies),
        any(_LEADERS.search(layout.line(n)) for n in copies),
        any(i - 4 < n < i for n in copies),
        sum(layout.key(n) == key for n in copies),
    ]


def _of_words(layout: Layout, i: int) -> list[float]:
    """How much of a line's words, and of what stands below it, stands above it too."""
    below, end = stretch(layout, i + 1, NEAR)
    above, start = stretch_above(layout, i, NEAR)
    own, told, said = pairs_of(layout.key(i)), pairs_of(below), pairs_of(above)
    return [
        share_of(own, told),
        share_of(own, said),
        share_of(own, told) - share_of(own, said),
        share_of(told, said),
        len(own & told),
        n_sentences([layout.line(n) for n in range(i + 1, end)]),
        n_sentences([layout.line(n) for n in range(start, i)]),
    ]
