"""Links: which 对策 answers which 问题, which 原因 lies behind it, by evidence within the report."""

import math
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pandas as pd

from pipeline import tables
from pipeline.settings import LinkOptions
from pipeline.statements.siblings import Claim, Row, claims_of, nth_of_as_many, refers, same_block, same_issue
from pipeline.statements.wording import closest, cosine, word_vectors
from pipeline.values import SIDES, LinkKind, Role

PAIRS = {
    LinkKind.PROBLEM_MEASURE: (Role.PROBLEM, Role.MEASURE),
    LinkKind.PROBLEM_CAUSE: (Role.PROBLEM, Role.CAUSE),
    LinkKind.CAUSE_MEASURE: (Role.CAUSE, Role.MEASURE),
}
OWN, OTHER = "wendui", "其他"

BIAS = {LinkKind.PROBLEM_MEASURE: -3.9, LinkKind.PROBLEM_CAUSE: -4.9, LinkKind.CAUSE_MEASURE: -5.4}
BIAS_WITHOUT_CODES = 0.8
WEIGHTS = {
    "same issue": 3.9,
    "same block": 1.5,
    "same paragraph": 3.1,
    "ordinal": 1.6,
    "parallel wording": 1.9,
    "code": 2.2,
    "secondary code": 1.1,
    "reference": 2.5,
    "cue": 5.0,
}
"""Log odds of a logistic scorer, fitted on the 问题→对策 pairs of the annotated sample (F1 .80 across reports). Ordinal is
in [0, 1], parallel wording counts the directions (0 to 2) in which two points are closest, the others are 0 or 1. The
annotation has no pair for reference, cue and same block, nor of the other two kinds: these are set so that a
cue carries a link by itself, and that for the other kinds a shared code does not."""

SECTION = ("section_id", "parent_id", "level", "start", "end")
POINT = (
    "statement_id",
    "doc_id",
    "section_id",
    "role",
    "headline",
    "start",
    "end",
    "headline_start",
    "headline_end",
    "cue",
)
"""The columns that are looked at."""

MAX_PAIRS = 100_000
"""Pairs of a kind that are compared in one report; beyond, each point meets its nearest by relative place only."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two points that belong together, the kinds of evidence that carry it, and its probability."""

    kind: LinkKind
    from_id: str
    to_id: str
    methods: tuple[str, ...]
    score: float


def link_points(claims: list[Claim], *, options: LinkOptions) -> list[Link]:
    """The links within one report.

    Parameters
    ----------
    claims : list of Claim
        Its points of the three sides, in order.
    options : LinkOptions
        Threshold, and whether codes count as evidence.

    Returns
    -------
    list of Link
        Many to many; a 问题 may stay unanswered and a 对策 may answer nothing.
    """
    vectors = word_vectors([(claim.headline, claim.body) for claim in claims])
    issues = [claim.own for claim in claims if claim.role == Role.PROBLEM and claim.own[1]]
    found = []
    for kind, (one_role, other_role) in PAIRS.items():
        pairs = list(_candidates(claims, one_role, other_role))
        near = closest({(i, j): cosine(vectors[i], vectors[j]) for i, j in pairs})
        for i, j in pairs:
            evidence = _evidence(claims[i], claims[j], kind, issues) | {"parallel wording": float(near[i, j])}
            if options.use_codes:
                evidence |= _code_evidence(claims[i].codes, claims[j].codes)
            score = _probability(kind, evidence, options)
            if score >= options.min_score:
                methods = tuple(name for name in WEIGHTS if evidence.get(name))
                found.append(Link(kind, claims[i].statement_id, claims[j].statement_id, methods, score))
    return found


def links(
    documents: pd.DataFrame,
    sections: pd.DataFrame,
    statements: pd.DataFrame,
    codes: pd.DataFrame,
    *,
    options: LinkOptions,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The links within every report.

    Parameters
    ----------
    documents, sections, statements, codes : DataFrame
    options : LinkOptions

    Returns
    -------
    links, notices : DataFrame
        A row a link; never a notice.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    outline = {row["section_id"]: row for row in tables.records(sections[list(SECTION)])}
    code_of = _ranked_codes(codes)
    points = statements[statements["parent_id"].isna() & statements["role"].isin(SIDES)]
    reports: dict[str, list[Row]] = defaultdict(list)
    for point in tables.records(tables.in_document_order(points)[list(POINT)]):
        reports[point["doc_id"]].append(point)
    rows = []
    for doc_id, mine in reports.items():
        for link in link_points(claims_of(mine, texts[doc_id], outline, code_of), options=options):
            name = f"{link.from_id}>{link.to_id}/{link.kind}"
            row = {"link_id": name, "doc_id": doc_id, "kind": link.kind, "from_id": link.from_id, "to_id": link.to_id}
            rows.append(row | {"methods": list(link.methods), "score": link.score})
    return tables.frame("links", rows), tables.frame("notices")


def _ranked_codes(codes: pd.DataFrame) -> dict[str, tuple[str, ...]]:
    """Point → its codes in our codebook, the primary one first."""
    ranked: dict[str, list[tuple[int, str]]] = defaultdict(list)
    columns = (codes[name] for name in ("statement_id", "scheme", "rank", "code"))
    for statement_id, scheme, rank, code in zip(*columns, strict=True):
        if scheme == OWN:
            ranked[statement_id].append((rank, code))
    return {statement_id: tuple(code for _, code in sorted(found)) for statement_id, found in ranked.items()}


def _candidates(claims: list[Claim], one_role: Role, other_role: Role) -> Iterator[tuple[int, int]]:
    """The pairs (place of one, place of other) of two roles that are compared."""
    ones = [i for i, claim in enumerate(claims) if claim.role == one_role]
    others = [j for j, claim in enumerate(claims) if claim.role == other_role]
    width = len(others) if len(ones) * len(others) <= MAX_PAIRS else max(20, MAX_PAIRS // len(ones))
    for n, i in enumerate(ones):
        middle = n * len(others) // len(ones)
        low = max(0, min(middle - width // 2, len(others) - width))
        yield from ((i, j) for j in others[low : low + width])


def _evidence(one: Claim, other: Claim, kind: LinkKind, issues: list[tuple[int, int]]) -> dict[str, float]:
    """What speaks for a link besides wording and codes: evidence → value."""
    issue = same_issue(one, other, issues if kind == LinkKind.CAUSE_MEASURE else [])
    line = one.line == other.line and one.start < other.start and not issue
    return {
        "same issue": float(issue),
        "same block": float(not issue and same_block(one, other)),
        "same paragraph": float(line),
        "ordinal": nth_of_as_many(one, other),
        "reference": float(refers(one, other)),
        "cue": float(kind == LinkKind.PROBLEM_CAUSE and bool(other.cue) and (issue or line)),
    }


def _code_evidence(one: tuple[str, ...], other: tuple[str, ...]) -> dict[str, float]:
    """Whether two points have the same primary code, or any in common; 其他 says nothing."""
    first = bool(one and other) and one[0] == other[0] != OTHER
    shared = set(one) & set(other) - {OTHER}
    return {"code": float(first), "secondary code": float(bool(shared) and not first)}


def _probability(kind: LinkKind, evidence: Mapping[str, float], options: LinkOptions) -> float:
    """The logistic of bias and weighted evidence."""
    bias = BIAS[kind] + (0.0 if options.use_codes else BIAS_WITHOUT_CODES)
    return 1 / (1 + math.exp(-bias - sum(WEIGHTS[name] * value for name, value in evidence.items())))
