"""The claim right after a cue, or the items of the series there."""

import re
from collections.abc import Iterator

from pipeline.statements.bodies import Region, series_points
from pipeline.statements.cues import is_announcement
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import top_series
from pipeline.statements.sentences import parts

CUED = 0.94
"""Confidence of a point that a cue opens (development split of the sample, blocks included: 56 points, .96 right)."""


def after_cue(text: str, found: re.Match[str], region: Region) -> Iterator[Draft]:
    """The claim after a cue, or each item of the series there."""
    line = text.find("\n", region.end)
    rest = Region(region.start, line if line >= 0 else len(text), region.role)
    series = [
        one
        for one in top_series(text, rest.start, min(rest.end, rest.start + 2000))
        if one.items[0].start <= region.start + 12
    ]
    if series and series[0].kind != "some":
        yield from series_points(text, series[0], rest)
        return
    words = next(parts(text, region.start, region.end), None)
    if words and region.role and not is_announcement(text[words[0] : words[1]]):
        yield from from_sentence(text, found.start("cue"), words, Basis(region.role, CUED, cue=found["cue"]))
