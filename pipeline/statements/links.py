"""Links: which 对策 answers which 问题, which 原因 lies behind it, by evidence within the report."""

import math
import re
from collections import Counter
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.settings import LinkOptions
from pipeline.values import LinkKind, Role

PAIRS = {
    LinkKind.PROBLEM_MEASURE: (Role.PROBLEM, Role.MEASURE),
    LinkKind.PROBLEM_CAUSE: (Role.PROBLEM, Role.CAUSE),
    LinkKind.CAUSE_MEASURE: (Role.CAUSE, Role.MEASURE),
}
Row = dict[str, Any]
RE_MARKS = re.compile(r"[\W_]+")
RE_REFERENCE = re.compile(
    r"(?:针对|围绕|对照|聚焦|着眼|为解决|破解|解决)(.{4,40}?)(?:的?(?:问题|现象|短板|难题|情况|实际)|[，,。；;])"
)

BIAS = -2.6
WEIGHTS = {
    "same issue": 4.2,
    "same paragraph": 3.0,
    "ordinal": 1.5,
    "parallel wording": 4.6,
    "code": 1.7,
    "secondary code": 0.6,
    "reference": 2.6,
    "cue": 5.0,
}
"""Log odds of a logistic scorer, fitted on the annotated sample (development split); parallel wording is a cosine in
[0, 1], ordinal in [0, 1], the others are 0 or 1."""

WORDING_SHOWN = 0.12
"""Parallel wording is named among a link's methods from this cosine on."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A point as the scorer sees it.

    Attributes
    ----------
    group : str
        What it is counted in: the section around its own heading, or the section that it stands in.
    ordinal, n_siblings : int
        Its place among the points of its role in its group, from 1; and how many those are.
    own : tuple of int
        Span of the section that it heads; empty if it heads none.
    """

    statement_id: str
    role: str
    headline: str
    body: str
    start: int
    line: int
    cue: str | None
    group: str
    ordinal: int
    n_siblings: int
    own: tuple[int, int]
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Link:
    """Two points that belong together, the evidence and its probability."""

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
    rarity = _rarity(claims)
    vectors = {claim.statement_id: _vector(claim, rarity) for claim in claims}
    found = []
    for kind, (one_role, other_role) in PAIRS.items():
        for one in (claim for claim in claims if claim.role == one_role):
            for other in (claim for claim in claims if claim.role == other_role):
                evidence = _evidence(kind, one, other, options)
                evidence["parallel wording"] = _cosine(vectors[one.statement_id], vectors[other.statement_id])
                score = 1 / (1 + math.exp(-BIAS - sum(WEIGHTS[name] * value for name, value in evidence.items())))
                if score >= options.min_score:
                    methods = tuple(name for name, value in evidence.items() if value > _least(name))
                    found.append(Link(kind, one.statement_id, other.statement_id, methods, score))
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
    outline = {row["section_id"]: row for row in tables.records(sections)}
    own = codes[codes["scheme"] == "wendui"].sort_values(["statement_id", "rank"])
    code_of = own.groupby("statement_id")["code"].agg(tuple).to_dict()
    points = tables.records(tables.in_document_order(statements[statements["parent_id"].isna()]))
    rows = []
    for doc_id in dict.fromkeys(point["doc_id"] for point in points):
        mine = [p for p in points if p["doc_id"] == doc_id and p["role"] in (Role.PROBLEM, Role.CAUSE, Role.MEASURE)]
        claims = _claims(mine, texts[doc_id], outline, code_of)
        for link in link_points(claims, options=options):
            name = f"{link.from_id}>{link.to_id}/{link.kind}"
            row = {"link_id": name, "doc_id": doc_id, "kind": link.kind, "from_id": link.from_id, "to_id": link.to_id}
            rows.append(row | {"methods": list(link.methods), "score": link.score})
    return tables.frame("links", rows), tables.frame("notices")


def _claims(points: list[Row], text: str, outline: dict[str, Row], code_of: dict[str, tuple[str, ...]]) -> list[Claim]:
    """The points of a report as claims."""
    groups, totals = [], Counter[tuple[str, str]]()
    for point in points:
        section = outline[point["section_id"]]
        heads = section["level"] > 0 and section["start"] == point["start"]
        group = (section["parent_id"] or "") if heads else section["section_id"]
        groups.append((group, (section["start"], section["end"]) if heads else (0, 0)))
        totals[group, point["role"]] += 1
    seen, claims = Counter[tuple[str, str]](), []
    for point, (group, own) in zip(points, groups, strict=True):
        key = (group, point["role"])
        seen[key] += 1
        claims.append(
            Claim(
                statement_id=point["statement_id"],
                role=point["role"],
                headline=point["headline"],
                body=text[point["headline_end"] : point["end"]],
                start=point["start"],
                line=text.count("\n", 0, point["headline_start"]),
                cue=point["cue"],
                group=group,
                ordinal=seen[key],
                n_siblings=totals[key],
                own=own,
                codes=code_of.get(point["statement_id"], ()),
            )
        )
    return claims


def _evidence(kind: LinkKind, one: Claim, other: Claim, options: LinkOptions) -> dict[str, float]:
    """What speaks for a link besides its wording: evidence → value."""
    inside = one.own[0] <= other.start < one.own[1]
    same_line = one.line == other.line and one.start < other.start
    found = {
        "same issue": float(inside),
        "same paragraph": float(same_line and not inside),
        "ordinal": _ordinal(one, other),
        "reference": float(_refers(one, other)),
        "cue": float(kind == LinkKind.PROBLEM_CAUSE and bool(other.cue) and (inside or same_line)),
    }
    if options.use_codes and one.codes and other.codes:
        found["code"] = float(one.codes[0] == other.codes[0] != "其他")
        shared = set(one.codes) & set(other.codes) - {"其他"}
        found["secondary code"] = float(bool(shared) and not found["code"])
    return found


def _ordinal(one: Claim, other: Claim) -> float:
    """1 where both are the n-th of as many points in different sections, .5 where the numbers differ by one."""
    if one.group == other.group or one.ordinal != other.ordinal or min(one.n_siblings, other.n_siblings) < 2:
        return 0.0
    return {0: 1.0, 1: 0.5}.get(abs(one.n_siblings - other.n_siblings), 0.0)


def _refers(one: Claim, other: Claim) -> bool:
    """Whether a measure says that it answers a problem in words of the problem's headline."""
    words = _bigrams(one.headline)
    for found in RE_REFERENCE.finditer(other.headline + other.body[:200]):
        said = _bigrams(found[1])
        if said and len(words & said) >= max(3, 0.4 * min(len(words), len(said))):
            return True
    return False


def _bigrams(text: str) -> set[str]:
    """The character pairs of a text without its marks."""
    plain = RE_MARKS.sub("", text)
    return {plain[i : i + 2] for i in range(len(plain) - 1)}


def _rarity(claims: list[Claim]) -> dict[str, float]:
    """Character pair → logarithm of how rare it is among the report's points."""
    counts = Counter(pair for claim in claims for pair in _bigrams(claim.headline + claim.body))
    return {pair: math.log((1 + len(claims)) / n) for pair, n in counts.items()}


def _vector(claim: Claim, rarity: dict[str, float]) -> dict[str, float]:
    """A point as weighted character pairs, its headline counting three times its body, scaled to length 1."""
    head, body = _bigrams(claim.headline), _bigrams(claim.body)
    weights = {pair: rarity[pair] * (3.0 if pair in head else 1.0) for pair in head | body}
    length = math.sqrt(sum(value * value for value in weights.values())) or 1.0
    return {pair: value / length for pair, value in weights.items()}


def _cosine(one: dict[str, float], other: dict[str, float]) -> float:
    """Cosine of two vectors of length 1."""
    if len(one) > len(other):
        one, other = other, one
    return sum(value * other[pair] for pair, value in one.items() if pair in other)


def _least(name: str) -> float:
    """The value that evidence must exceed to be named."""
    return WORDING_SHOWN if name == "parallel wording" else 0.0
