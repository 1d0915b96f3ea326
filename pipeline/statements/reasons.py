"""Causes told outside a section of theirs: behind a cue (究其原因), a plain word (根子在), in a phrase (这与…有关)."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.statements.bodies import Region
from pipeline.statements.claims import problem_strength
from pipeline.statements.cues import opener
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.leanings import leaning
from pipeline.statements.openings import CUED, after_cue
from pipeline.statements.sentences import sentence_around
from pipeline.values import Role

_WHY = "(?:原因|根源|根子|症结|病根|病因|缘由|缘故|病灶|由头|成因)"
RE_WHY = re.compile(
    rf"(?:^|(?<=[。！？；;\n，,]))\s*(?:然而|但是?|可|而|其实|这|那)?(?P<cue>[追推深细]?究(?:其|起来|之下|下去)[^，,。；\n]{{0,4}}[，,：:]"
    rf"|(?!不)[^，,。；：\n]{{0,8}}{_WHY}[^，,。；：\n]{{0,4}}?(?:就?在于|[就还]?[是在]|出在|就出在)(?:于)?[，,：:]?"
    r"|(?:说到底|归根[到结]底|追根溯源|说穿了|往[深根]里[看说])[，,]?(?:还?是)?(?:因为|由于)?"
    r"|(?:造成|导致|形成|产生|出现)(?:[这此]|上述|以上)[^，,。；：\n]{0,10}[，,](?:主要|多半|根本上|很大程度上|直接)?(?:就?是|在于)(?:因为|由于)?"
    r"|(?:[这此][^，,。；：\n]{0,8}|(?:现象|问题|困境|局面|状况|情形)(?:主要|多半|大多|往往)?)(?:缘于|源于|起因于|肇因于|根源于)"
    r"|[^，,。；：\n]{0,8}背后[，,]?(?:其实|往往|更多|归根到底)?是|(?:皆|盖|无非是?|不外乎?是?)因为?"
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
LEANS = 0.8
"""Chance of a fault from which what was told before a reason is one, without a word for it."""
RE_NO_WHY = re.compile(r"不是|并非|不在|没有|[二三两几四][条个点处层方]")
RE_RESTATED = re.compile("问题[。；]?$")
"""A reason that only names the problem again (说到底是…的问题)."""


def reason_points(text: str, region: Region) -> list[Draft]:
    """Causes in a stretch of another role, each once.

    Examples
    --------
    >>> text = "台账补记成风。这与考核只看材料分不开。"
    >>> [text[d.head_start : d.head_end] for d in reason_points(text, Region(0, len(text), Role.PROBLEM))]
    ['考核只看材料']
    """
    found = sorted(_causes(text, region), key=lambda draft: draft.start)
    starts = [draft.start for draft in found]

    def is_free(draft: Draft) -> bool:
        """Whether no cause found before reaches into this one."""
        at = bisect_left(starts, draft.head_end)
        return at == 0 or max(one.head_end for one in found[max(0, at - 2) : at]) <= draft.start

    return found + [draft for draft in _reasons(text, region) if is_free(draft)]


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
                yield from after_cue(text, found, Region(found.end(), end, Role.CAUSE))


def _reasons(text: str, region: Region) -> Iterator[Draft]:
    """Causes behind a plain word for them, or inside a phrase (这与…有关), where something wrong was told before."""
    for found in (*RE_WHY.finditer(text, region.start, region.end), *RE_WITH.finditer(text, region.start, region.end)):
        start, end = sentence_around(text, found.start("cue"), start=region.start, end=region.end)
        before = text[max(region.start, start - 120) : found.start()]
        is_told = region.role == Role.PROBLEM or problem_strength(before) or leaning(before).fault >= LEANS
        if not is_told or RE_NO_WHY.search(text, found.start("cue"), found.end("cue") + 3):
            continue
        if "why" in found.groupdict():
            basis = Basis(Role.CAUSE, CUED, cue=found["cue"], whole=True)
            yield from from_sentence(text, found.start("cue"), found.span("why"), basis)
        elif not RE_RESTATED.search(text, found.end(), end):
            yield from after_cue(text, found, Region(found.end(), end, Role.CAUSE))
