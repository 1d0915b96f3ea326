"""Codes of points: which theme of a codebook a 问题, 原因 or 对策 is about, and the words that decided."""

import math
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

import pandas as pd

from pipeline import lexicon, tables
from pipeline.settings import CodeOptions
from pipeline.values import SIDES

OWN, OTHER = "wendui", "其他"
BODY_WEIGHT = {"问题": 0.12, "原因": 0.12, "对策": 0.3}
"""What a phrase in the body counts against one in the headline: the body helps 对策 and misleads for 问题
(measured on the annotated sample, development split)."""

SECTION_WEIGHT = 0.35
MAX_BODY = 300
"""Code points of the body that are looked at: what a point is about is said early."""


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its confidence and the phrases that decided."""

    code: str
    confidence: float
    deciding: tuple[str, ...]


@dataclass(frozen=True)
class Codebook:
    """The phrases of a codebook, ready to be found.

    Attributes
    ----------
    scheme : str
    pattern : re.Pattern
        All phrases, longest first.
    votes : dict
        Phrase → codes that it speaks for, with weights.
    """

    scheme: str
    pattern: re.Pattern[str]
    votes: dict[str, tuple[tuple[str, float], ...]]


@cache
def code_labels(scheme: str) -> dict[str, str]:
    """Code → its name for people; empty for a codebook of the researcher's own."""
    return {row["code"]: row["display"] for row in lexicon.rows("codebook.csv")} if scheme == OWN else {}


def code_point(headline: str, body: str, *, side: str, codebook: Codebook, section_heading: str = "") -> list[Coded]:
    """The codes of a point, the likeliest first.

    Parameters
    ----------
    headline, body : str
        The claim, and what follows it.
    side : str
        问题, 原因 or 对策.
    codebook : Codebook
    section_heading : str
        The heading that the point stands under.

    Returns
    -------
    list of Coded
        One or two; 其他 first where nothing speaks for a code.

    Examples
    --------
    >>> code_point("组织生活不规范", "", side="问题", codebook=own_codebook())[0].code
    '组织生活'
    """
    scores: dict[str, float] = defaultdict(float)
    deciding: dict[str, list[str]] = defaultdict(list)
    parts = ((headline, 1.0), (body[:MAX_BODY], BODY_WEIGHT[side]), (section_heading, SECTION_WEIGHT))
    for text, share in parts:
        for phrase, n in _occurrences(text, codebook):
            for code, weight in codebook.votes[phrase]:
                scores[code] += weight * share * (1 + math.log(n))
                deciding[code].append(phrase)
    ranked = sorted(scores, key=lambda code: (-scores[code], code))[:2]
    if not ranked:
        return [Coded(OTHER, 0.3, ())]
    total = sum(scores.values()) + 0.4
    coded = [Coded(code, scores[code] / total, tuple(dict.fromkeys(deciding[code]))) for code in ranked]
    return coded if scores[ranked[0]] >= 0.25 else [Coded(OTHER, 0.3, ()), coded[0]]


def codes(
    documents: pd.DataFrame, sections: pd.DataFrame, statements: pd.DataFrame, *, options: CodeOptions
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The codes of every 问题, 原因 and 对策 point in every codebook.

    Parameters
    ----------
    documents, sections, statements : DataFrame
    options : CodeOptions
        With the rows of the researcher's own codebook, if there is one.

    Returns
    -------
    codes, notices : DataFrame
        Up to two rows a point and scheme, rank 1 the primary code; never a notice.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    headings = dict(zip(sections["section_id"], sections["heading"], strict=True))
    points = statements[statements["parent_id"].isna() & statements["role"].isin(SIDES)]
    books = [own_codebook(), *_codebooks(options.codebook)]
    rows = []
    for point in tables.records(tables.in_document_order(points)):
        body = texts[point["doc_id"]][point["headline_end"] : point["end"]]
        heading = headings.get(point["section_id"], "")
        heading = "" if point["headline"] in heading else heading
        for book in books:
            found = code_point(point["headline"], body, side=point["role"], codebook=book, section_heading=heading)
            for rank, coded in enumerate(found, 1):
                row = {"statement_id": point["statement_id"], "doc_id": point["doc_id"], "scheme": book.scheme}
                row |= {"code": coded.code, "rank": rank, "confidence": coded.confidence}
                rows.append(row | {"deciding": list(coded.deciding)})
    return tables.frame("codes", rows), tables.frame("notices")


@cache
def own_codebook() -> Codebook:
    """The codebook `wendui` of the lexicon."""
    rows = lexicon.rows("codebook_phrases.csv")
    return _codebook(OWN, [(row["code"], row["phrase"], float(row["weight"])) for row in rows])


@cache
def _codebooks(rows: tuple[tuple[str, str, str, float], ...]) -> tuple[Codebook, ...]:
    """The researcher's codebooks from rows (scheme, code, phrase, weight)."""
    schemes = dict.fromkeys(row[0] for row in rows)
    return tuple(_codebook(scheme, [row[1:] for row in rows if row[0] == scheme]) for scheme in schemes)


def _codebook(scheme: str, rows: Iterable[tuple[str, str, float]]) -> Codebook:
    """A codebook from rows (code, phrase, weight)."""
    votes: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for code, phrase, weight in rows:
        votes[phrase].append((code, weight))
    longest_first = sorted(votes, key=lambda phrase: (-len(phrase), phrase))
    pattern = re.compile("|".join(map(re.escape, longest_first)) or r"(?!)")
    return Codebook(scheme, pattern, {phrase: tuple(pairs) for phrase, pairs in votes.items()})


def _occurrences(text: str, codebook: Codebook) -> list[tuple[str, int]]:
    """The phrases of a text and how often each occurs, in the order of their first places."""
    counts: dict[str, int] = {}
    for found in codebook.pattern.finditer(text):
        counts[found[0]] = counts.get(found[0], 0) + 1
    return list(counts.items())
