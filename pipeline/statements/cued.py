"""Points that a cue opens outside a section of their role: 究其原因，…, 建议…, and series announced as another role."""

import re
from collections.abc import Iterator

from pipeline.statements.bodies import Region, series_points
from pipeline.statements.claims import problem_strength
from pipeline.statements.cues import advises, announced_role, is_announcement, opener
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import top_series
from pipeline.statements.sentences import parts, sentence_around, sentences
from pipeline.values import SIDES, Role

CUED = 0.94
"""Confidence of a point that a cue opens (development split of the sample, blocks included: 56 points, .96 right)."""

RE_NOUN = re.compile(
    r"\s*(?:[和与、等书类案得\d]|[一二三四五六七八九十]+条|如下|被|已|均|全部|以来|采纳|意见|征集|收集|办理|落实|[：:]$)"
)
RE_LISTS = re.compile(
    r"(?:^|(?<=[。！？\n]))(?P<lead>[^。；;！？：:\n]{4,80})[：:](?P<list>[^。！？\n]{10,400})", re.MULTILINE
)
"""A sentence that goes on behind a colon."""
RE_ASKS = re.compile(
    r"(?:^|(?<=[。！？；\n]))[ 　]*(?P<cue>[^，,。；！？\n]{0,8}(?:(?P<why>为啥|为什么|为何|缘何|咋回事|怎么回事"
    r"|原因何在|原因在哪里?|根子在哪里?|什么缘故|怎么会)"
    r"|(?:怎么办|咋办|如何是好|怎么弄|出路在哪里?|出路何在|怎么破))[^，,。；！？\n]{0,10})[？?]",
    re.MULTILINE,
)
"""A question that the rest of its paragraph answers."""
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
    found += [draft for draft in _listed(text, region) if draft.role != region.role]
    if region.role not in RE_GOOD and region.role != Role.CAUSE:
        found += _causes(text, region)
    if region.role not in {Role.MEASURE, Role.GOAL, Role.MEANING, Role.ANNEX, Role.BACKGROUND}:
        found += _opened(text, region, Role.MEASURE)
    if region.role in {Role.SITUATION, None}:
        found += _opened(text, region, Role.PROBLEM)
    return found + list(_answers(text, region))


def _answers(text: str, region: Region) -> Iterator[Draft]:
    """What stands behind a question in a paragraph: causes behind 为啥会这样？, measures behind 怎么办？."""
    if region.role in {Role.CAUSE, Role.MEASURE} or region.role in RE_GOOD:
        return
    asked = list(RE_ASKS.finditer(text, region.start, region.end))
    stops = [found.start() for found in asked[1:]] + [region.end]
    for found, stop in zip(asked, stops, strict=False):
        role = Role.CAUSE if found["why"] else Role.MEASURE
        line = text.find("\n", found.end(), stop)
        for start, end in sentences(text, found.end(), line if line >= 0 else stop):
            yield from from_sentence(text, start, (start, end), Basis(role, CUED, cue=found["cue"]))


def _announced(text: str, region: Region) -> Iterator[Draft]:
    """Items of series that are announced as a side."""
    for series in top_series(text, region.start, region.end):
        yield from (draft for draft in series_points(text, series, region) if draft.role in SIDES)


def _listed(text: str, region: Region) -> Iterator[Draft]:
    """Parts between semicolons behind a colon that a sentence announces as a side (还有不少差距：…；…；…)."""
    for found in RE_LISTS.finditer(text, region.start, region.end):
        role = announced_role(found["lead"])
        pieces = list(parts(text, *found.span("list")))
        is_side = role in SIDES and (role != Role.MEASURE or advises(found["lead"]))
        if not is_side or role is None or len(pieces) < 2 or top_series(text, *found.span("list")):
            continue
        for start, end in pieces:
            if role == Role.MEASURE or problem_strength(text[start:end]):
                yield from from_sentence(text, start, (start, end), Basis(role, CUED))


def _causes(text: str, region: Region) -> Iterator[Draft]:
    """Causes after a cue; in a section of another role than 问题 only where a problem was just told."""
    for use in ("opener", "sign"):
        for found in opener(Role.CAUSE, use).finditer(text, region.start, region.end):
            start, end = sentence_around(text, found.end() - 1, start=region.start, end=region.end)
            told = (
                region.role == Role.PROBLEM
                or (region.role is None and use == "opener")
                or problem_strength(text[max(region.start, start - 120) : found.start()]) > 0
            )
            is_fault = use == "opener" or problem_strength(text[found.end() : end]) > 0
            if told and is_fault:
                yield from _after_cue(text, found, Region(found.end(), end, Role.CAUSE))


def _opened(text: str, region: Region, role: Role) -> Iterator[Draft]:
    """Measures or problems right after a cue of theirs."""
    for found in opener(role).finditer(text, region.start, region.end):
        if not RE_NOUN.match(text, found.end("cue")) and found.end() < region.end:
            _, end = sentence_around(text, found.end() - 1, start=region.start, end=region.end)
            yield from _after_cue(text, found, Region(found.end(), end, role))


def _after_cue(text: str, found: re.Match[str], region: Region) -> Iterator[Draft]:
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
