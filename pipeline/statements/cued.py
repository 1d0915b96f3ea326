"""Points that a cue opens outside a section of their role: 究其原因，…, 建议…, and series announced as another role."""

import re
from collections.abc import Iterator

from pipeline.statements.announced import listed_points
from pipeline.statements.bodies import Region, series_points
from pipeline.statements.claims import problem_strength
from pipeline.statements.cues import is_announcement, opener
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import top_series
from pipeline.statements.plans import planned_points
from pipeline.statements.sentences import parts, sentence_around, sentences
from pipeline.values import SIDES, Role

CUED = 0.94
"""Confidence of a point that a cue opens (development split of the sample, blocks included: 56 points, .96 right)."""

RE_NOUN = re.compile(
    r"\s*(?:[和与、等书类案得\d]|[一二三四五六七八九十]+条|如下|被|已|均|全部|以来|采纳|意见|征集|收集|办理|落实|[：:]$)"
)
RE_ASKS = re.compile(
    r"(?:^|(?<=[。！？；\n]))[ 　]*(?P<cue>[^，,。；！？\n]{0,8}(?:(?P<why>为啥|为什么|为何|缘何|咋回事|怎么回事"
    r"|原因何在|原因在哪里?|根子在哪里?|什么缘故|怎么会)"
    r"|(?:怎么办|咋办|如何是好|怎么弄|出路在哪里?|出路何在|怎么破))[^，,。；！？\n]{0,10})[？?]",
    re.MULTILINE,
)
"""A question that the rest of its paragraph answers."""
_WHY = "(?:原因|根源|根子|症结|病根|病因|缘由|缘故|病灶|由头|成因)"
RE_WHY = re.compile(
    rf"(?:^|(?<=[。！？；;\n，,]))\s*(?:然而|但是?|可|而|其实|这|那)?(?P<cue>[追推深细]?究(?:其|起来|之下|下去)[^，,。；\n]{{0,4}}[，,：:]"
    rf"|(?!不)[^，,。；：\n]{{0,8}}{_WHY}[^，,。；：\n]{{0,4}}?(?:就?在于|[就还]?[是在]|出在|就出在)(?:于)?[，,：:]?"
    r"|(?:说到底|归根[到结]底|追根溯源|说穿了|往[深根]里[看说])[，,]?(?:还?是)?(?:因为|由于)?"
    r"|[^，,。；\n]{0,4}(?:归因于|归咎于|归结为|归结到|归到|要归于|得怪|要怪))",
    re.MULTILINE,
)
"""Words that ask for the reason, in any wording; the reason follows."""
RE_WITH = re.compile(
    r"(?:^|(?<=[。！？；;\n，,]))\s*(?P<cue>(?:此外，?也|[^，,。；\n]{0,16}(?:形成|出现|产生|现象|问题|局面|状况|情形|被动)，?"
    r"|(?:此外|当然)?(?:这[些种样]?|此|上述)[^，,。；\n]{0,4})(?:主要|多半|又|也|既|大概)?(?:与|同|跟|和))"
    r"(?P<why>[^，。；\n]{4,48}?(?:，[^，。；\n]{2,24})?)"
    r"(?:分不开|密不可分|密切相关|直接相关|有(?:很大|直接|密切|一定|莫大)?的?关系?|不无关系|脱不[开了][干关]系)",
    re.MULTILINE,
)
"""What something wrong has to do with (这与…有关)."""
RE_NO_WHY = re.compile(r"不是|并非|不在|没有|[二三两几四][条个点处层方]")
RE_RESTATED = re.compile("问题[。；]?$")
"""A reason that only names the problem again (说到底是…的问题)."""
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
    found += [draft for draft in listed_points(text, region) if draft.role != region.role]
    if region.role not in RE_GOOD and region.role != Role.CAUSE:
        causes = list(_causes(text, region))
        taken = [(draft.start, draft.head_end) for draft in causes]
        found += causes
        found += [d for d in _reasons(text, region) if not any(a < d.head_end and d.start < b for a, b in taken)]
    if region.role not in {Role.MEASURE, Role.GOAL, Role.MEANING, Role.ANNEX, Role.BACKGROUND}:
        found += _opened(text, region, Role.MEASURE)
    if region.role in {Role.PROBLEM, Role.CAUSE}:
        found += planned_points(text, region)
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


def _reasons(text: str, region: Region) -> Iterator[Draft]:
    """Causes behind a plain word for them, or inside a phrase (这与…有关), where something wrong was told before."""
    for found in (*RE_WHY.finditer(text, region.start, region.end), *RE_WITH.finditer(text, region.start, region.end)):
        start, end = sentence_around(text, found.start("cue"), start=region.start, end=region.end)
        is_told = region.role == Role.PROBLEM or problem_strength(text[max(region.start, start - 120) : found.start()])
        if not is_told or RE_NO_WHY.search(text, found.start("cue"), found.end("cue") + 3):
            continue
        if "why" in found.groupdict():
            basis = Basis(Role.CAUSE, CUED, cue=found["cue"], whole=True)
            yield from from_sentence(text, found.start("cue"), found.span("why"), basis)
        elif not RE_RESTATED.search(text, found.end(), end):
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
