"""The evidence that two points of a report belong together, and how likely it makes a link."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.statements.siblings import (
    Claim,
    leaders,
    nth_of_as_many,
    refers,
    relative_nearness,
    same_block,
    same_issue,
)
from pipeline.statements.wording import Vector, closest, cosine
from pipeline.values import LinkKind, Role

PAIRS = {
    LinkKind.PROBLEM_MEASURE: (Role.PROBLEM, Role.MEASURE),
    LinkKind.PROBLEM_CAUSE: (Role.PROBLEM, Role.CAUSE),
    LinkKind.CAUSE_MEASURE: (Role.CAUSE, Role.MEASURE),
}
OTHER = "其他"
CODE_EVIDENCE = frozenset(["code", "closest code", "few rivals", "sole measure"])

RIVAL = 0.05
"""The shared chance that a point is thought to have with something unseen, so that a faint likeness is no sole one
(annotated reports, cross-fitted F1 of links: without rivals .838, .05 .848, .2 .849; the log loss is least at .05)."""

MAX_PAIRS = 100_000
"""Pairs of a kind that are compared in one report; beyond, each point meets its nearest by relative place only."""

Pair = tuple[int, int]
Evidence = dict[str, float]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Two points of a report that may belong together: their places among its points, and what speaks for it."""

    kind: LinkKind
    one: int
    other: int
    evidence: Evidence


def candidates(claims: Sequence[Claim], vectors: Sequence[Vector], kind: LinkKind) -> list[Candidate]:
    """The pairs of a kind with their evidence, each kind of evidence in [0, 1].

    Parameters
    ----------
    claims : sequence of Claim
        The points of one report in order.
    vectors : sequence of mapping
        Their words, from `word_vectors`.
    kind : LinkKind

    Returns
    -------
    list of Candidate
        Evidence of codes is left out where no point has a code.
    """
    ones, others = ([i for i, claim in enumerate(claims) if claim.role == role] for role in PAIRS[kind])
    pairs = list(_compared(ones, others))
    followed = leaders(claims, ones, others)
    issues = [claim.own for claim in claims if claim.role == Role.PROBLEM and claim.own[1]]
    near = closest({(i, j): cosine(vectors[i], vectors[j]) for i, j in pairs})
    shared = {(i, j): _overlap(claims[i], claims[j]) for i, j in pairs if claims[i].codes and claims[j].codes}
    alike, all_shared = closest(shared), _totals(shared)
    n_of = Counter(claims[j].codes[0][0] for j in others if claims[j].codes)
    found = []
    for i, j in pairs:
        evidence = _evidence(claims[i], claims[j], kind, issues, followed)
        evidence |= {"directly after": float(followed.get(j) == i), "parallel wording": near[i, j] / 2}
        if (i, j) in shared:
            evidence |= {"code": shared[i, j], "closest code": alike[i, j] / 2}
            evidence |= {"few rivals": shared[i, j] / (RIVAL + all_shared[i])}
            code = claims[i].codes[0][0]
            evidence |= {"sole measure": 1 / n_of[code] if code == claims[j].codes[0][0] != OTHER else 0.0}
        found.append(Candidate(kind, i, j, evidence))
    return found


def likelihood(candidate: Candidate, *, with_codes: bool) -> float:
    """The probability that a careful reader agrees: the logistic of bias and weighted evidence."""
    weights = weights_of_evidence(with_codes)
    total = weights[candidate.kind] + sum(weights[name] * value for name, value in candidate.evidence.items())
    return 1 / (1 + math.exp(-total))


def kinds_of_evidence() -> tuple[str, ...]:
    """The names of the kinds of evidence, in the order in which they are told."""
    return tuple(name for name in weights_of_evidence(True) if name not in set(LinkKind))


@cache
def weights_of_evidence(with_codes: bool) -> Mapping[str, float]:
    """Kind of evidence, or of link for its bias → log odds."""
    column = "with_codes" if with_codes else "without_codes"
    return {row["evidence"]: float(row[column]) for row in lexicon.rows("link_weights.csv")}


def _compared(ones: list[int], others: list[int]) -> Iterator[Pair]:
    """The pairs (place of one, place of other) that are compared."""
    width = len(others) if len(ones) * len(others) <= MAX_PAIRS else max(20, MAX_PAIRS // len(ones))
    for n, i in enumerate(ones):
        middle = n * len(others) // len(ones)
        low = max(0, min(middle - width // 2, len(others) - width))
        yield from ((i, j) for j in others[low : low + width])


def _evidence(
    one: Claim, other: Claim, kind: LinkKind, issues: Sequence[tuple[int, int]], followed: Mapping[int, int]
) -> Evidence:
    """What speaks for a link besides wording, order of alternating points and codes."""
    issue = same_issue(one, other, issues if kind == LinkKind.CAUSE_MEASURE else ())
    line = one.line == other.line and one.start < other.start and not issue
    apart = not followed  # places in lists mean little where the two roles alternate
    return {
        "same issue": float(issue),
        "same block": float(not issue and same_block(one, other)),
        "same paragraph": float(line),
        "ordinal": nth_of_as_many(one, other) if apart else 0.0,
        "relative place": relative_nearness(one, other) if apart else 0.0,
        "reference": float(refers(one, other)),
        "cue": float(kind == LinkKind.PROBLEM_CAUSE and bool(other.cue) and (issue or line)),
    }


def _totals(shared: Mapping[Pair, float]) -> dict[int, float]:
    """The chances that each point of the one role has the same code as those of the other, summed."""
    total: dict[int, float] = defaultdict(float)
    for (i, _), value in shared.items():
        total[i] += value
    return total


def _overlap(one: Claim, other: Claim) -> float:
    """The chance that two points have the same code; 其他 says nothing."""
    theirs = dict(other.codes)
    return math.fsum(chance * theirs.get(code, 0.0) for code, chance in one.codes if code != OTHER)
