"""Codes of points: which theme of a codebook a 问题, 原因 or 对策 is about, and the words that decided."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import pandas as pd

from pipeline import lexicon, tables
from pipeline.settings import CodeOptions
from pipeline.statements.classifier import Classifier, calibrated, leading_grams, shipped_classifier, text_scores
from pipeline.statements.context import Chances, chances_in_context
from pipeline.statements.evidence import Codebook, Vector, build_codebook, phrase_scores, phrases_of
from pipeline.statements.pairing import candidates, likelihood
from pipeline.statements.reports import POINT, Row, reports_of
from pipeline.statements.siblings import Claim, claims_of
from pipeline.statements.wording import word_vectors
from pipeline.values import SIDES, LinkKind

OWN, OTHER = "wendui", "其他"

BODY, PHRASE, BODY_PHRASE, SECTION_PHRASE = 0.5, 0.1, 0.03, 0.035
"""What the classifier's margins for the body, and phrases of headline, body and section heading, count against
the classifier's margins for the headline (annotated sample, κ of 问题 / 对策, cross-fitted: headline .79 / .70, all
.83 / .75)."""

BODY_LENGTH, MAX_BODY = 100, 200
"""Code points of the body that the classifier and the phrases see: what a point is about is said early."""

FOREIGN_BODY, FOREIGN_SECTION = 0.3, 0.35
"""The same for a researcher's codebook, which has phrases only."""

N_DECIDING = 4
"""Words named for a code."""

DOUBT_CONFIDENCE = 0.3
"""Confidence of 其他 where nothing speaks for any code of a researcher's codebook."""

SECTION = ("section_id", "parent_id", "level", "start", "end", "heading")

Texts = tuple[str, str, str]
"""Headline, body, heading of the section."""

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
    """The codes of a point by itself in every codebook, the likeliest first.

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
    texts = (headline, body[:MAX_BODY], section_heading)
    chances = chances_in_context(own_scores(texts, shipped_classifier())[None, :], [side], [])
    return _coded(texts, chances[0], options or CodeOptions())


def codes(
    documents: pd.DataFrame, sections: pd.DataFrame, statements: pd.DataFrame, *, options: CodeOptions
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The codes of every 问题, 原因 and 对策 point in every codebook, in view of the report's other points.

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
    outline = {row["section_id"]: row for row in tables.records(sections[list(SECTION)])}
    rows = []
    for doc_id, mine in reports_of(statements, POINT).items():
        said = [_texts(point, texts[doc_id], outline[point["section_id"]]["heading"]) for point in mine]
        scores = np.array([own_scores(one, shipped_classifier()) for one in said])
        chances = report_chances(scores, claims_of(mine, texts[doc_id], outline, {}))
        for point, one, likely in zip(mine, said, chances, strict=True):
            for coded in _coded(one, likely, options):
                found = {"scheme": coded.scheme, "code": coded.code, "rank": coded.rank, "confidence": coded.confidence}
                name = {"statement_id": point["statement_id"], "doc_id": doc_id}
                rows.append(name | found | {"deciding": list(coded.deciding)})
    return tables.frame("codes", rows), tables.frame("notices")


def report_chances(scores: Chances, claims: Sequence[Claim]) -> Chances:
    """The probability of each code of each point of a report: own scores, siblings, and probable partners.

    Parameters
    ----------
    scores : ndarray, shape ``(n_points, n_codes)``
        From `own_scores`.
    claims : sequence of Claim
        The points in order, without codes.

    Returns
    -------
    ndarray, shape ``(n_points, n_codes)``
    """
    vectors = word_vectors([(claim.headline, claim.body) for claim in claims])
    pairs = candidates(claims, vectors, LinkKind.PROBLEM_MEASURE)
    partners = [(pair.one, pair.other, likelihood(pair, with_codes=False)) for pair in pairs]
    return chances_in_context(scores, [claim.role for claim in claims], partners)


def own_scores(texts: Texts, classifier: Classifier) -> Vector:
    """What speaks for each code of our codebook in (headline, body, section heading), shape ``(n_codes,)``."""
    headline, body, heading = texts
    book = own_codebook()
    total = text_scores(headline, classifier) + PHRASE * phrase_scores(_own_phrases(headline), book)
    if body.strip():
        total += BODY * text_scores(body[:BODY_LENGTH], classifier)
        total += BODY_PHRASE * phrase_scores(_own_phrases(body), book)
    return total + SECTION_PHRASE * phrase_scores(_own_phrases(heading), book)


@lru_cache(maxsize=1_024)
def _own_phrases(text: str) -> tuple[str, ...]:
    """The phrases of our codebook in a text; asked for twice, for the scores and for the words that decided."""
    return tuple(phrases_of(text, own_codebook()))


@cache
def own_codebook() -> Codebook:
    """The codebook `wendui` of the lexicon."""
    phrases = [(row["code"], row["phrase"], float(row["weight"])) for row in lexicon.rows("codebook_phrases.csv")]
    return build_codebook(OWN, phrases, codes=tuple(row["code"] for row in lexicon.rows("codebook.csv")))


@cache
def _codebooks(rows: Rows) -> tuple[Codebook, ...]:
    """The researcher's codebooks from rows (scheme, code, phrase, weight)."""
    schemes = dict.fromkeys(row[0] for row in rows)
    return tuple(build_codebook(scheme, [row[1:] for row in rows if row[0] == scheme]) for scheme in schemes)


def _texts(point: Row, text: str, heading: str) -> Texts:
    """What is looked at of a point; the section's heading only if the point is not that heading."""
    body = text[point["headline_end"] : min(point["headline_end"] + MAX_BODY, point["end"])]
    return point["headline"], body, "" if point["headline"] in (heading or "") else heading or ""


def _coded(texts: Texts, chances: Vector, options: CodeOptions) -> list[Coded]:
    """The codes of a point: ours by probabilities, then the researcher's by phrases."""
    book = own_codebook()
    found = _ranked(
        book, calibrated(chances, shipped_classifier()), [phrases_of(text, book) for text in texts], options
    )
    named = [_by_grams(one, texts) if one.rank == 1 and not one.deciding else one for one in found]
    return named + [coded for book in _codebooks(options.codebook) for coded in _foreign(texts, book, options)]


def _foreign(texts: Texts, book: Codebook, options: CodeOptions) -> list[Coded]:
    """The codes of a point in a researcher's codebook."""
    found = [phrases_of(text, book) for text in texts]
    shares = (1.0, FOREIGN_BODY, FOREIGN_SECTION)
    scores = sum(share * phrase_scores(phrases, book) for share, phrases in zip(shares, found, strict=True))
    if not np.any(scores):
        return [Coded(book.scheme, OTHER, 1, DOUBT_CONFIDENCE, ())]
    raised = np.exp(scores - np.max(scores))
    return _ranked(book, raised / raised.sum(), found, options)


def _ranked(book: Codebook, chances: Vector, found: Sequence[Sequence[str]], options: CodeOptions) -> list[Coded]:
    """The two likeliest codes; 其他 and the likeliest where that is too doubtful."""
    best = sorted(range(len(book.codes)), key=lambda k: (-chances[k], k))[:2]
    ranked = [(book.codes[k], float(chances[k]), _deciding(k, found, book)) for k in best]
    if ranked[0][0] != OTHER and ranked[0][1] < options.min_confidence:
        ranked = [(OTHER, 1 - ranked[0][1], ()), ranked[0]]
    return [Coded(book.scheme, code, rank, chance, words) for rank, (code, chance, words) in enumerate(ranked, 1)]


def _deciding(k: int, found: Sequence[Sequence[str]], book: Codebook) -> tuple[str, ...]:
    """The phrases that speak for a code: those of the headline, else of section heading and body."""
    for phrases in (found[0], [*found[2], *found[1]]):
        words = [phrase for phrase in phrases if book.votes[phrase][k] > 0]
        if words:
            best = sorted(dict.fromkeys(words), key=lambda phrase: -book.votes[phrase][k])
            return tuple(best[:N_DECIDING])
    return ()


def _by_grams(coded: Coded, texts: Texts) -> Coded:
    """A code that no phrase names, with the n-grams that speak most for it; 其他 for want of evidence has none."""
    if coded.code == OTHER:
        return coded
    grams = leading_grams(texts[0], coded.code, shipped_classifier())
    return Coded(coded.scheme, coded.code, coded.rank, coded.confidence, tuple(grams))
