"""What can be seen of each possible wording of a claim that tells whether it is the claim."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.grams import GramModel, sentence_buckets
from pipeline.sections.rolemodel import ROLES
from pipeline.statements.claims import problem_strength
from pipeline.statements.headlines import RE_ADVERBIAL, RE_JOINT, RE_LEAD
from pipeline.statements.sentences import Span, clauses
from pipeline.statements.traits import ABSENT, FAINT, FAINTEST, Table
from pipeline.statements.wordings import RE_COPULA, Case, Wording
from pipeline.values import SIDES

AHEAD, FAR = 30, 60
"""Code points behind a wording that are looked at; distance from the first guess that counts at most."""
Chances = NDArray[np.float64]
RE_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千两几]+[个名人次件年月天成]")
RE_EVIDENCE = re.compile(
    "目前|其中|去年|今年|有[一的]|问|据|连|一[次年个]|全[年市县镇乡村]|最[多少远近长]|如|例如|比如|甚至|每"
)
RE_SPEECH = re.compile("[说讲道谈提问答]|认为|觉得|反映|主张|商量|提到|表态|看来|发现|意见")


@dataclass(frozen=True, slots=True)
class Readers:
    """The models that read a claim's words.

    Attributes
    ----------
    sentences : GramModel
        Of the roles of sentences.
    clauses : GramModel
        Of a clause of a unit that claims something: that it is no part of the claim, or part of one of each side.
    """

    sentences: GramModel
    clauses: GramModel


def traits_of_cases(reports: Sequence[tuple[str, Sequence[Case]]], *, readers: Readers) -> Table:
    """What each possible wording of some claims shows.

    Parameters
    ----------
    reports : sequence of (str, sequence of Case)
        The text of each report, and its claims.
    readers : Readers

    Returns
    -------
    ndarray of float32, shape (n_wordings, n_traits)
        The wordings of the first claim, then those of the next.
    """
    pieces = [[list(clauses(text, case.start, case.end)) for case in cases] for text, cases in reports]
    spans = [_spans(cases, mine) for (_, cases), mine in zip(reports, pieces, strict=True)]
    grams = sentence_buckets([text[a:b] for (text, _), known in zip(reports, spans, strict=True) for a, b in known])
    told = np.log(np.maximum(readers.sentences.of(grams), FAINT))
    claimed = np.log(np.maximum(readers.clauses.of(grams), FAINTEST))
    rows: list[Chances] = []
    done = 0
    for (text, cases), mine, known in zip(reports, pieces, spans, strict=True):
        part = slice(done, done + len(known))
        rows += [
            np.hstack([_rows(text, case, one, told[part], known), _shares(case, one, claimed[part], known)])
            for case, one in zip(cases, mine, strict=True)
        ]
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


def _shares(case: Case, pieces: Sequence[Span], claimed: Chances, spans: Mapping[Span, int]) -> Chances:
    """What the clauses of each possible wording, and those around it, are by their words: parts of the claim or none."""
    odds = claimed[:, 1 + SIDES.index(case.claim.role)] - claimed[:, 0]
    own = odds[[spans[one.start, one.end] for one in case.found]]
    before = odds[[spans[case.start, one.start] for one in case.found]]
    inside = odds[[spans[piece] for piece in pieces]]
    padded, sums = np.array([ABSENT, *inside, ABSENT]), np.concatenate([[0.0], np.cumsum(inside)])
    firsts, lasts = (np.array([getattr(one, name) for one in case.found]) for name in ("first", "last"))
    held = sums[lasts + 1] - sums[firsts]
    least = [inside[first : last + 1].min() for first, last in zip(firsts, lasts, strict=True)]
    around = [padded[firsts], padded[firsts + 1], padded[lasts + 1], padded[lasts + 2]]
    return np.column_stack(
        [own, own - own.max(), before, *around, held, 2 * held - sums[-1], held / (lasts - firsts + 1), least]
    )


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
