"""Codes of points: which theme of a codebook a 问题, 原因 or 对策 is about, and the words that decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import pandas as pd

from pipeline import lexicon, tables
from pipeline.settings import CodeOptions
from pipeline.statements.evidence import (
    Codebook,
    Vector,
    build_codebook,
    gram_scores,
    leading_grams,
    phrase_scores,
    phrases_of,
)
from pipeline.values import SIDES

OWN, OTHER = "wendui", "其他"

BODY_WEIGHT, SECTION_WEIGHT, GRAM_WEIGHT = 0.3, 0.35, 0.35
"""What phrases of the body and of the section's heading, and n-grams of the headline, count against phrases of the
headline (annotated sample, κ with body 0 and .3: 问题 .58 and .62, 对策 .51 and .57; with n-grams 0 and .35: .56 and .62, .47
and .57)."""

MAX_BODY = 300
"""Code points of the body that are looked at: what a point is about is said early."""

N_DECIDING = 4
"""Words named for a code."""

DOUBT_CONFIDENCE = 0.3
"""Confidence of 其他 where nothing speaks for any code."""

Rows = tuple[tuple[str, str, str, float], ...]


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a scheme with its rank, its confidence and the words that decided."""

    scheme: str
    code: str
    rank: int
    confidence: float
    deciding: tuple[str, ...]


@cache
def code_labels(scheme: str) -> dict[str, str]:
    """Code → its name for people; empty for a codebook of the researcher's own."""
    return {row["code"]: row["display"] for row in lexicon.rows("codebook.csv")} if scheme == OWN else {}


def code_point(
    headline: str, body: str, *, side: str, section_heading: str = "", options: CodeOptions | None = None
) -> list[Coded]:
    """The codes of a point in every codebook, the likeliest first.

    Parameters
    ----------
    headline, body : str
        The claim, and what follows it.
    side : str
        问题, 原因 or 对策.
    section_heading : str
        The heading that the point stands under; empty if the point is that heading.
    options : CodeOptions, optional
        Least confidence, and the researcher's own codebooks.

    Returns
    -------
    list of Coded
        One or two a scheme; where none reaches the least confidence 其他 comes first and the likeliest second.

    Raises
    ------
    ValueError
        If `side` is none of the three.

    Examples
    --------
    >>> [coded.code for coded in code_point("支部换届拖了两年", "", side="问题")][:1]
    ['支部规范化']
    """
    if side not in SIDES:
        raise ValueError(f"side 应为 {'、'.join(SIDES)} / must be one of these: {side!r}")
    options = options or CodeOptions()
    books = [own_codebook(), *_codebooks(options.codebook)]
    return [coded for book in books for coded in _coded((headline, body[:MAX_BODY], section_heading), book, options)]


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
    points = tables.in_document_order(statements[statements["parent_id"].isna() & statements["role"].isin(SIDES)])
    columns = ("statement_id", "doc_id", "section_id", "role", "headline", "headline_end")
    stops = dict(zip(points["statement_id"], points["end"], strict=True))
    rows = []
    for name, doc_id, section_id, side, headline, end in zip(*(points[column] for column in columns), strict=True):
        heading = headings.get(section_id, "")
        heading = "" if headline in heading else heading
        body = texts[doc_id][end : min(end + MAX_BODY, stops[name])]
        for coded in code_point(headline, body, side=side, section_heading=heading, options=options):
            found = {"scheme": coded.scheme, "code": coded.code, "rank": coded.rank, "confidence": coded.confidence}
            rows.append({"statement_id": name, "doc_id": doc_id} | found | {"deciding": list(coded.deciding)})
    return tables.frame("codes", rows), tables.frame("notices")


@cache
def own_codebook() -> Codebook:
    """The codebook `wendui` of the lexicon."""
    phrases = [(row["code"], row["phrase"], float(row["weight"])) for row in lexicon.rows("codebook_phrases.csv")]
    coded = [(row["headline"], row["code"]) for row in lexicon.rows("coded_headlines.csv")]
    return build_codebook(OWN, phrases, coded=coded)


@cache
def _codebooks(rows: Rows) -> tuple[Codebook, ...]:
    """The researcher's codebooks from rows (scheme, code, phrase, weight)."""
    schemes = dict.fromkeys(row[0] for row in rows)
    return tuple(build_codebook(scheme, [row[1:] for row in rows if row[0] == scheme]) for scheme in schemes)


def _coded(texts: tuple[str, str, str], book: Codebook, options: CodeOptions) -> list[Coded]:
    """The codes of a point (headline, body, section heading) in one codebook."""
    found = [phrases_of(text, book) for text in texts]
    scores = sum(
        (share * phrase_scores(phrases, book) for share, phrases in zip(_SHARES, found, strict=True)),
        start=GRAM_WEIGHT * gram_scores(texts[0], book),
    )
    if not scores.any():
        return [Coded(book.scheme, OTHER, 1, DOUBT_CONFIDENCE, ())]
    chances = _softmax(scores)
    best = sorted(range(len(book.codes)), key=lambda k: (-chances[k], k))[:2]
    ranked = [(book.codes[k], float(chances[k]), _deciding(k, found, texts[0], book)) for k in best]
    if ranked[0][0] != OTHER and ranked[0][1] < options.min_confidence:
        ranked = [(OTHER, 1 - ranked[0][1], ()), ranked[0]]
    return [Coded(book.scheme, code, rank, chance, words) for rank, (code, chance, words) in enumerate(ranked, 1)]


_SHARES = (1.0, BODY_WEIGHT, SECTION_WEIGHT)


def _softmax(scores: Vector) -> Vector:
    """Scores as probabilities; of temperatures .8 to 2.5, 1 has the least log loss on the annotated sample."""
    chances: Vector = np.exp(scores - scores.max())
    chances /= chances.sum()
    return chances


def _deciding(k: int, found: Sequence[Sequence[str]], headline: str, book: Codebook) -> tuple[str, ...]:
    """The words that speak for a code: phrases of the headline, else of the rest, else the headline's n-grams."""
    for phrases in (found[0], [*found[2], *found[1]]):
        words = [phrase for phrase in phrases if book.votes[phrase][k] > 0]
        if words:
            best = sorted(dict.fromkeys(words), key=lambda phrase: -book.votes[phrase][k])
            return tuple(best[:N_DECIDING])
    return tuple(leading_grams(headline, book.codes[k], book=book))
