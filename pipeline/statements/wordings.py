"""The possible wordings of a claim: which words of a unit may be it."""

import re
from dataclasses import dataclass

from pipeline.statements.drafts import Draft
from pipeline.statements.enumerations import RE_MARK, after_mark
from pipeline.statements.headlines import RE_JOINT, RE_LEAD
from pipeline.statements.sentences import Span, clauses, skip_blank

MAX_STARTS, MAX_CLAUSES, MAX_LENGTH = 7, 4, 90
"""Clauses with which a claim may begin, clauses that it has at most, and its longest in code points (annotated reports: 6, 4, 74)."""
RE_COPULA = re.compile(
    r"[^，,。；：:“”\n]{0,14}?(?:的?(?:原因|根子|症结|病根|关键|要害|毛病|根源|成因|缘由)?(?:就|也|都|还|只|首先|主要)?(?:在于|是因为|因为|由于|源于|缘于|来自|出在|怪|是|在|有))"
)
"""What a clause may have before its claim (根子在…, 最要紧的是…)."""


@dataclass(frozen=True, slots=True)
class Wording:
    """A possible claim ``text[start:end]`` in a unit, and where it stands: its clauses, and how its start was found."""

    start: int
    end: int
    first: int
    last: int
    n_clauses: int
    is_inner: bool


def wordings(text: str, start: int, end: int) -> list[Wording]:
    """The possible claims of a stretch: runs of clauses, from the start of one or from behind its lead-in.

    Examples
    --------
    >>> text = "说到底，根子在材料不对路，没人看。"
    >>> [text[w.start : w.end] for w in wordings(text, 0, len(text)) if w.first == 1]
    ['根子在材料不对路', '根子在材料不对路，没人看', '材料不对路', '材料不对路，没人看']
    """
    spans = list(clauses(text, start, end))
    found = []
    for first, (a, b) in enumerate(spans[:MAX_STARTS]):
        for at, is_inner in _starts(text, a, b):
            for last in range(first, min(first + MAX_CLAUSES, len(spans))):
                if spans[last][1] - at <= MAX_LENGTH or last == first:
                    found.append(Wording(at, spans[last][1], first, last, len(spans), is_inner))
    return found


def _starts(text: str, start: int, end: int) -> list[tuple[int, bool]]:
    """Where a claim may start in a clause."""
    starts = [(start, False)]
    for pattern in (RE_JOINT, RE_LEAD, RE_COPULA):
        for place in list(starts):
            found = pattern.match(text, place[0], end)
            if found and found.end() < end - 1:
                at = skip_blank(text, found.end(), end)
                if all(at != other for other, _ in starts):
                    starts.append((at, True))
    return starts


@dataclass(frozen=True, slots=True)
class Case:
    """A claim, the stretch in which its words are, and its possible wordings."""

    claim: Draft
    start: int
    end: int
    found: list[Wording]


def case_of(text: str, unit: Span, claim: Draft) -> Case:
    """The possible wordings of a claim in a unit: behind the mark that opens it, or behind the cue."""
    start = max(unit[0], claim.start)
    mark = RE_MARK.match(text, start, unit[1])
    if mark and mark.lastgroup != "some":
        start = after_mark(text, mark, str(mark.lastgroup), unit[1])
    if claim.cue:
        start = max(start, min(claim.head_start, unit[1]))
    return Case(claim, start, unit[1], wordings(text, start, unit[1]))
