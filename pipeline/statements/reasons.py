"""Causes told outside a section of theirs: behind a cue (究其原因), a plain word (根子在), in a phrase (这与…有关)."""

import re
from bisect import bisect_left
from collections.abc import Iterator

from pipeline.statements.bodies import Region
from pipeline.statements.claims import problem_strength
from pipeline.statements.cues import opener
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.leanings import leaning
from pipeline.statements.openings import CUED, after_cue, series_or_claim
from pipeline.statements.sentences import parts, sentence_around
from pipeline.statements.whys import Why, also, further, whys
from pipeline.values import Role

LEANS = 0.8
"""Chance of a fault from which what was told before a reason is one, without a word for it."""
STRICT = frozenset(["main", "denied"])
"""Forms that only give a reason right behind a fault told in the same paragraph."""
SPOKEN = 0.68
"""Confidence of a reason that is told as a correction."""
RE_NO_WHY = re.compile(r"不是|并非|不在|没有|[二三两几四][条个点处层方]")
RE_NONE = re.compile(r"不是|并非|不在|[^，。]{0,2}[二三两几四][条个点处层方]")
"""Cues that deny a reason or announce several, and such words behind one."""
RE_HELD = re.compile(r"\s*(?:至于|[也还]?有[^，,。；\n]{0,6}[人者志]|[^，,。；\n]{0,6}(?:人|有的)[^，,。；\n]{0,4}把)")
"""How a sentence begins that tells what others take for the reason."""
RE_THIS = re.compile(r"\s*(?:这|上述|以上|其中)")
MAX_FURTHER = 400
"""Signs behind a reason in which its paragraph may add one."""
MIN_WORDS = 5
"""Signs of a reason; 镇里 (病根在镇里) is a place."""
RE_RESTATED = re.compile("(?:问题|多方面|多种多样|综合|很?复杂)的?[。；]?$")
"""A reason that only names the problem again (说到底是…的问题), or says that there are many."""
RE_CHOSEN = re.compile("选[^，,。；]{0,12}[，,]?$")
"""What a reason follows that is one for a choice of the study (选定这两个县，是因为…)."""


def reason_points(text: str, region: Region) -> list[Draft]:
    """Causes in a stretch of another role, each once.

    Examples
    --------
    >>> text = "台账补记成风。这与考核只看材料分不开。"
    >>> [text[d.head_start : d.head_end] for d in reason_points(text, Region(0, len(text), Role.PROBLEM))]
    ['考核只看材料']
    """
    found = [] if region.role == Role.MEASURE else sorted(_causes(text, region), key=lambda draft: draft.start)
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
            if told and is_fault and not RE_CHOSEN.search(text, start, found.start("cue")):
                yield from after_cue(text, found, Region(found.end(), end, Role.CAUSE))


def _reasons(text: str, region: Region) -> Iterator[Draft]:
    """Causes behind plain words for them, or inside a phrase (这与…有关), where something wrong was told before."""
    for why in whys(text, region.start, region.end):
        start, end = sentence_around(text, why.start, start=region.start, end=region.end)
        if _is_none(text, why, start) or not _is_told(text, region, why, start):
            continue
        if why.end is not None:
            basis = Basis(Role.CAUSE, CUED, cue=why.cue, whole=True)
            yield from from_sentence(text, why.start, (why.body_start, why.end), basis)
        elif not RE_RESTATED.search(text, why.body_start, end):
            yield from _behind(text, why, Region(why.body_start, end, Role.CAUSE))


def _behind(text: str, why: Why, region: Region) -> Iterator[Draft]:
    """The cause behind a plain word for it, and those that the rest of the sentence adds."""
    pieces = list(parts(text, region.start, region.end))
    if not pieces:
        return
    is_plain = why.form == "denied"
    if is_plain:
        yield from from_sentence(text, why.start, pieces[0], Basis(Role.CAUSE, SPOKEN, explicit=False))
        return
    yield from series_or_claim(text, (why.start, why.cue), region)
    line = text.find("\n", region.end)
    more = also(text, region.end, min(region.end + MAX_FURTHER, line if line >= 0 else len(text)))
    for start, end in (*further(text, pieces[1:], why.form), *more):
        yield from from_sentence(text, start, (start, end), Basis(Role.CAUSE, CUED, cue=why.cue))


def _is_none(text: str, why: Why, start: int) -> bool:
    """Whether a form denies a reason, announces several, tells what others hold, or names no more than a place."""
    if why.form == "denied":
        return why.start > start and bool(text[start : why.start].strip())
    is_chosen = RE_CHOSEN.search(text, start, why.start)
    if is_chosen or RE_NO_WHY.search(why.cue) or RE_NONE.match(text, why.body_start):
        return True
    is_held = "归" in why.cue and RE_HELD.match(text, start)
    words = next(parts(text, why.body_start, why.body_start + MIN_WORDS + 2), (0, 0))
    return (
        bool(is_held) or text[words[0] : words[1]].rstrip("。；！")[:MIN_WORDS] != text[words[0] : words[0] + MIN_WORDS]
    )


def _is_told(text: str, region: Region, why: Why, start: int) -> bool:
    """Whether something wrong was told before a reason."""
    low = region.start if region.role is not None else 0
    before = text[max(low, start - 120) : why.body_start if why.form == "so" else why.start]
    if region.role == Role.MEASURE:
        return why.form == "named" and problem_strength(text[start : why.start]) > 0
    if why.form in STRICT:
        line = max(region.start, text.rfind("\n", region.start, start) + 1)
        last = text[max(region.start if RE_THIS.match(text, start) else line, start - 100) : start]
        return bool(last) and (problem_strength(last) > 0 or leaning(last).fault >= LEANS)
    if region.role == Role.PROBLEM or (region.role is None and why.form == "named"):
        return True
    return problem_strength(before) > 0 or leaning(before).fault >= LEANS
