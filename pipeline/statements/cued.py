"""Points that a cue opens outside a section of their role: 究其原因，…, 建议…, and series announced as another role."""

import re
from collections.abc import Iterator

from pipeline.statements.announced import listed_points
from pipeline.statements.answers import answered_points
from pipeline.statements.bodies import Region, series_points
from pipeline.statements.cues import opener
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import top_series
from pipeline.statements.leanings import leaning
from pipeline.statements.measures import RE_DONE, measure_strength
from pipeline.statements.openings import CUED, after_cue
from pipeline.statements.plans import planned_points
from pipeline.statements.reasons import reason_points
from pipeline.statements.sentences import parts, sentence_around
from pipeline.statements.wishes import wished_points
from pipeline.values import SIDES, Role

RE_NOUN = re.compile(
    r"\s*(?:[和与、等书类案得\d]|[一二三四五六七八九十]+条|如下|被|已|均|全部|以来|采纳|意见|征集|收集|办理|落实|[：:]$)"
)
LEANS = 0.5
"""Chance of a measure from which a part of a sentence bids something."""
RE_GOOD = frozenset([Role.PRACTICE, Role.RESULT, Role.EXPERIENCE, Role.MEASURE, Role.GOAL, Role.MEANING, Role.ANNEX])
"""Roles in whose sections a reason given is the reason of a success."""


def cued_points(text: str, region: Region) -> list[Draft]:
    """Points of other roles than the region's that a cue opens or a sentence announces.

    Examples
    --------
    >>> text = "台账补记成风。究其原因，是检查只看材料。"
    >>> [text[d.head_start:d.head_end] for d in cued_points(text, Region(0, len(text), Role.PROBLEM))]
    ['检查只看材料']
    """
    found = [draft for draft in _announced(text, region) if draft.role != region.role]
    found += [
        draft for draft in listed_points(text, region) if draft.role != region.role or region.role == Role.PROBLEM
    ]
    if region.role not in (RE_GOOD - {Role.MEASURE}) and region.role != Role.CAUSE:
        found += reason_points(text, region)
    if region.role not in {Role.MEASURE, Role.GOAL, Role.MEANING, Role.ANNEX, Role.BACKGROUND}:
        found += _opened(text, region, Role.MEASURE)
    if region.role in {Role.PROBLEM, Role.CAUSE}:
        found += planned_points(text, region)
    if region.role in {Role.SITUATION, None}:
        found += _opened(text, region, Role.PROBLEM)
    if region.role != Role.CAUSE and region.role not in RE_GOOD - {Role.MEASURE}:
        found += answered_points(text, region)
    if region.role not in {Role.MEASURE, Role.GOAL, Role.ANNEX}:
        found += wished_points(text, region)
    return found


def _announced(text: str, region: Region) -> Iterator[Draft]:
    """Items of series that are announced as a side."""
    for series in top_series(text, region.start, region.end):
        yield from (draft for draft in series_points(text, series, region) if draft.role in SIDES)


def _opened(text: str, region: Region, role: Role) -> Iterator[Draft]:
    """Measures or problems right after a cue of theirs."""
    for found in opener(role).finditer(text, region.start, region.end):
        if not RE_NOUN.match(text, found.end("cue")) and found.end() < region.end:
            _, end = sentence_around(text, found.end() - 1, start=region.start, end=region.end)
            yield from after_cue(text, found, Region(found.end(), end, role))
            yield from _listed_behind(text, found.end(), end) if role == Role.MEASURE else ()


def _listed_behind(text: str, start: int, end: int) -> Iterator[Draft]:
    """Measures between semicolons behind one that a cue opened (建议…；把…；修订…), if each bids something."""
    pieces = list(parts(text, start, end))[1:]
    if top_series(text, start, end) or any(RE_DONE.search(text, a, b) for a, b in pieces):
        return
    if all(measure_strength(text[a:b]) > 0 or leaning(text[a:b]).measure >= LEANS for a, b in pieces):
        for a, b in pieces:
            yield from from_sentence(text, a, (a, b), Basis(Role.MEASURE, CUED))
