"""The claim right after a cue, or the items of the series there."""

import re
from collections.abc import Iterator

from pipeline.statements.bodies import Region, series_points
from pipeline.statements.cues import is_announcement
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import top_series
from pipeline.statements.sentences import parts

MAX_LEAD = 40
"""Signs between a cue and the series that it leads to."""
CUED = 0.94
"""Confidence of a point that a cue opens (development split of the sample, blocks included: 56 points, .96 right)."""


def after_cue(text: str, found: re.Match[str], region: Region) -> Iterator[Draft]:
    """The claim after a cue, or each item of the series there."""
    yield from series_or_claim(text, (found.start("cue"), found["cue"]), region)


def series_or_claim(text: str, cue: tuple[int, str], region: Region) -> Iterator[Draft]:
    """The claim at the start of a region, or each item of the series there; cue: where it starts, and its words."""
    line = text.find("\n", region.end)
    rest = Region(region.start, line if line >= 0 else len(text), region.role)
    series = [
        one
        for one in top_series(text, rest.start, min(rest.end, rest.start + 2000))
        if one.items[0].start <= region.start + 12 or _leads_to(text, region.start, one.items[0].start)
    ]
    if series and series[0].kind != "some":
        yield from series_points(text, series[0], rest)
        return
    words = next(parts(text, region.start, region.end), None)
    if words and region.role and not is_announcement(text[words[0] : words[1]]):
        yield from from_sentence(text, cue[0], words, Basis(region.role, CUED, cue=cue[1]))


def _leads_to(text: str, start: int, first: int) -> bool:
    """Whether what stands between a cue and a series only leads to it (建议局党委考虑这样几件事：一是…)."""
    lead = text[start:first].rstrip()
    return len(lead) <= MAX_LEAD and lead.endswith(("：", ":")) and not re.search("[。；\n]", lead)
