"""Links: which 对策 answers which 问题, which 原因 lies behind it, by evidence within the report."""

from collections import defaultdict
from dataclasses import dataclass

import pandas as pd

from pipeline import tables
from pipeline.settings import LinkOptions
from pipeline.statements.pairing import CODE_EVIDENCE, PAIRS, Candidate, candidates, kinds_of_evidence, likelihood
from pipeline.statements.reports import POINT, reports_of
from pipeline.statements.siblings import Claim, Codes, claims_of
from pipeline.statements.wording import word_vectors
from pipeline.values import LinkKind

OWN = "wendui"

SECTION = ("section_id", "parent_id", "level", "start", "end")
"""The columns of sections that are looked at."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two points that belong together, the evidence that carries it, and its probability with and without codes."""

    kind: LinkKind
    from_id: str
    to_id: str
    methods: tuple[str, ...]
    score: float
    score_without_codes: float


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
    found = []
    for kind in PAIRS:
        for pair in candidates(claims, vectors, kind):
            alone = likelihood(pair, with_codes=False)
            score = likelihood(pair, with_codes=True) if options.use_codes else alone
            if score >= options.min_score:
                ids = claims[pair.one].statement_id, claims[pair.other].statement_id
                found.append(Link(kind, *ids, _methods(pair, with_codes=options.use_codes), score, alone))
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
    rows = []
    for doc_id, mine in reports_of(statements, POINT).items():
        for link in link_points(claims_of(mine, texts[doc_id], outline, code_of), options=options):
            name = f"{link.from_id}>{link.to_id}/{link.kind}"
            row = {"link_id": name, "doc_id": doc_id, "kind": link.kind, "from_id": link.from_id, "to_id": link.to_id}
            scores = {"score": link.score, "score_without_codes": link.score_without_codes}
            rows.append(row | {"methods": list(link.methods)} | scores)
    return tables.frame("links", rows), tables.frame("notices")


def _ranked_codes(codes: pd.DataFrame) -> dict[str, Codes]:
    """Point → its codes in our codebook with their confidences, the primary one first."""
    ranked: dict[str, list[tuple[int, str, float]]] = defaultdict(list)
    columns = (codes[name] for name in ("statement_id", "scheme", "rank", "code", "confidence"))
    for statement_id, scheme, rank, code, confidence in zip(*columns, strict=True):
        if scheme == OWN:
            ranked[statement_id].append((rank, code, confidence))
    return {name: tuple((code, chance) for _, code, chance in sorted(found)) for name, found in ranked.items()}


def _methods(pair: Candidate, *, with_codes: bool) -> tuple[str, ...]:
    """The kinds of evidence that carry a link: those that reach half of what they can be."""
    told = (name for name in kinds_of_evidence() if with_codes or name not in CODE_EVIDENCE)
    return tuple(name for name in told if pair.evidence.get(name, 0.0) >= 0.5)
