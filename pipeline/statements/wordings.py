"""Which words of a unit are the claim: its possible wordings, what can be seen of each, and a fitted choice among them."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.sections.grams import GramModel
from pipeline.sections.rolemodel import ROLES, shipped
from pipeline.statements.claims import problem_strength
from pipeline.statements.drafts import Draft
from pipeline.statements.enumerations import RE_MARK, after_mark
from pipeline.statements.headlines import RE_ADVERBIAL, RE_JOINT, RE_LEAD
from pipeline.statements.sentences import Span, clauses, skip_blank
from pipeline.trees import Forest, forest_of
from pipeline.values import SIDES

MAX_STARTS, MAX_CLAUSES, MAX_LENGTH = 7, 4, 90
"""Clauses with which a claim may begin, clauses that it has at most, and its longest in code points (annotated reports: 6, 4, 74)."""
FAINT, ABSENT = 1e-3, -9.0
"""Least chance of a role that counts; in place of the log chance of a clause that is not there."""
AHEAD, FAR = 30, 60
"""Code points behind a wording that are looked at; distance from the first guess that counts at most."""
Chances = NDArray[np.float64]
Table = NDArray[np.float32]
RE_COPULA = re.compile(
    r"[^，,。；：:“”\n]{0,14}?(?:的?(?:原因|根子|症结|病根|关键|要害|毛病|根源|成因|缘由)?(?:就|也|都|还|只|首先|主要)?(?:在于|是因为|因为|由于|源于|缘于|来自|出在|怪|是|在|有))"
)
"""What a clause may have before its claim (根子在…, 最要紧的是…)."""
RE_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千两几]+[个名人次件年月天成]")
RE_EVIDENCE = re.compile(
    "目前|其中|去年|今年|有[一的]|问|据|连|一[次年个]|全[年市县镇乡村]|最[多少远近长]|如|例如|比如|甚至|每"
)
RE_SPEECH = re.compile("[说讲道谈提问答]|认为|觉得|反映|主张|商量|提到|表态|看来|发现|意见")


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


def traits_of_cases(reports: Sequence[tuple[str, Sequence[Case]]], *, model: GramModel | None = None) -> Table:
    """What each possible wording of some claims shows.

    Parameters
    ----------
    reports : sequence of (str, sequence of Case)
        The text of each report, and its claims.
    model : GramModel, optional
        Of sentences; the shipped one by default.

    Returns
    -------
    ndarray of float32, shape (n_wordings, n_traits)
        The wordings of the first claim, then those of the next.
    """
    pieces = [[list(clauses(text, case.start, case.end)) for case in cases] for text, cases in reports]
    spans = [_spans(cases, mine) for (_, cases), mine in zip(reports, pieces, strict=True)]
    asked = [text[a:b] for (text, _), known in zip(reports, spans, strict=True) for a, b in known]
    told = np.log(np.maximum((model or shipped()).probabilities(asked), FAINT))
    rows: list[Chances] = []
    done = 0
    for (text, cases), mine, known in zip(reports, pieces, spans, strict=True):
        part = told[done : done + len(known)]
        rows += [_rows(text, case, one, part, known) for case, one in zip(cases, mine, strict=True)]
        done += len(known)
    return np.vstack(rows).astype(np.float32)


def _spans(cases: Sequence[Case], pieces: Sequence[Sequence[Span]]) -> dict[Span, int]:
    """The stretches of a report to be read for its claims, numbered: wordings, what is before each, and clauses."""
    spans: dict[Span, int] = {}
    for case, mine in zip(cases, pieces, strict=True):
        for one in case.found:
            spans.setdefault((one.start, one.end), len(spans))
            spans.setdefault((case.start, one.start), len(spans))
        for piece in mine:
            spans.setdefault(piece, len(spans))
    return spans


def _rows(text: str, case: Case, pieces: Sequence[Span], told: Chances, spans: Mapping[Span, int]) -> Chances:
    """What each possible wording of a claim shows."""
    side, found = ROLES.index(case.claim.role), case.found
    mine = told[[spans[one.start, one.end] for one in found]]
    before = told[[spans[case.start, one.start] for one in found], side]
    by_clause = np.array([ABSENT, *(told[spans[piece], side] for piece in pieces), ABSENT])
    firsts, lasts = (np.array([getattr(one, name) + 1 for one in found]) for name in ("first", "last"))
    around = [by_clause[firsts - 1], by_clause[firsts], by_clause[lasts], by_clause[lasts + 1]]
    own = mine[:, side]
    seen = np.array([_row(text, case, one) for one in found])
    return np.column_stack([seen, own, mine.max(axis=1), before, own - own.max(), *around])


def _row(text: str, case: Case, one: Wording) -> list[float]:
    """Place, length and marks of a possible wording, what stands before and after it, and how it lies to the first guess."""
    words, before = text[one.start : one.end], text[case.start : one.start]
    after, guess = text[one.end : min(one.end + AHEAD, case.end)], case.claim
    opening = after[1:]
    last = words[max(words.rfind("，"), words.rfind(",")) + 1 :]
    first = re.split("[，,；：:]", words, maxsplit=1)[0]
    return [
        *(float(guess.role == side) for side in SIDES),
        one.first,
        one.last - one.first,
        one.n_clauses - one.last - 1,
        float(one.is_inner),
        len(words),
        len(first),
        len(last),
        len(before),
        float("，：:；;。".find(after[:1]) if after else -1),
        float("，：:；;。".find(before[-1:]) if before else -1),
        float(bool(RE_ADVERBIAL.search(first))),
        float(bool(RE_FIGURE.search(last))),
        float(bool(RE_FIGURE.search(first))),
        float(bool(RE_FIGURE.search(opening[:12]))),
        float(bool(RE_EVIDENCE.match(opening))),
        float(bool(RE_EVIDENCE.match(last))),
        float(bool(RE_JOINT.match(words))),
        float(bool(RE_LEAD.match(words + after))),
        float(bool(RE_COPULA.match(words))),
        float(bool(RE_SPEECH.search(first))),
        float(bool(RE_SPEECH.search(before))),
        problem_strength(words),
        problem_strength(last),
        problem_strength(before),
        float(opening[:1] in "也都就却而使让并且又还才则"),
        float(words[:1] in "由把对将让使为在从按用给以"),
        (guess.head_start == one.start) + 2.0 * (guess.head_end == one.end),
        max(-FAR, min(FAR, one.start - guess.head_start)),
        max(-FAR, min(FAR, one.end - guess.head_end)),
    ]


@cache
def shipped_choice() -> Forest:
    """The choice that ships with the package; ``make train-points`` fits it again."""
    return forest_of(lexicon.arrays("wordings.npz"))


def worded(
    reports: Sequence[tuple[str, Sequence[tuple[Span, Draft]]]],
    *,
    model: GramModel | None = None,
    choice: Forest | None = None,
) -> list[list[Draft]]:
    """Claims with the likeliest words of their units as their headlines; the choice reads those of all reports at once.

    Parameters
    ----------
    reports : sequence of (str, sequence of ((start, end), Draft))
        The text of each report; the unit of each of its claims, and the claim with a first guess of its headline.
    model : GramModel, optional
        Of sentences; the shipped one by default.
    choice : Forest, optional
        The shipped one by default.

    Returns
    -------
    list of list of Draft
        In the same order.
    """
    cases = [[case_of(text, unit, claim) for unit, claim in claims] for text, claims in reports]
    several = [[case for case in mine if len(case.found) > 1] for mine in cases]
    if not any(several):
        return [[claim for _, claim in claims] for _, claims in reports]
    rows = traits_of_cases([(text, mine) for (text, _), mine in zip(reports, several, strict=True)], model=model)
    odds = iter((choice or shipped_choice()).log_odds(rows)[0].tolist())
    return [[_chosen(case, odds) for case in mine] for mine in cases]


def _chosen(case: Case, odds: Iterator[float]) -> Draft:
    """A claim in its likeliest wording; takes as many odds as it has wordings, if there are several."""
    if len(case.found) < 2:
        return case.claim
    best = max([(next(odds), -n) for n in range(len(case.found))])
    words = case.found[-best[1]]
    return replace(case.claim, head_start=words.start, head_end=words.end)
