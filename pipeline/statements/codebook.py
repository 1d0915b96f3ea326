"""Codes of points: which theme of a codebook a 问题, 原因 or 对策 is about, and the words that decided."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd

from pipeline import tables
from pipeline.settings import CodeEntry, CodeOptions
from pipeline.statements.classifier import Classifier, calibrated, leading_grams, shipped_classifier, text_scores
from pipeline.statements.context import Chances, chances_in_context
from pipeline.statements.evidence import Codebook, Vector, phrase_scores, phrases_of, relative_scores, relatives_of
from pipeline.statements.pairing import candidates, likelihood
from pipeline.statements.reports import POINT, Row, reports_of
from pipeline.statements.schemes import (
    BODY_PHRASE,
    OTHER,
    PHRASE,
    RELATIVE,
    SECTION_PHRASE,
    code_entries,
    foreign_chances,
    foreign_codebooks,
    own_codebook,
    widened,
)
from pipeline.statements.siblings import Claim, claims_of
from pipeline.statements.wording import word_vectors
from pipeline.values import SIDES, LinkKind

BODY = 0.6
"""What the classifier's margins for the body count against those for the headline (annotated reports, cross-fitted,
points coded right: .3 .770, .5 .788, .6 .790, .7 .789)."""

BODY_LENGTH, MAX_BODY = 100, 200
"""Code points of the body that the classifier and the phrases see: what a point is about is said early."""

N_DECIDING = 4
"""Words named for a code."""

DOUBT_CONFIDENCE = 0.3
"""Confidence of 其他 where nothing speaks for any code of a researcher's codebook."""

PARTNERED = (LinkKind.PROBLEM_MEASURE, LinkKind.PROBLEM_CAUSE)
"""Links whose ends are mostly about the same."""

SECTION = ("section_id", "parent_id", "level", "start", "end", "heading")


@dataclass(frozen=True, slots=True)
class Said:
    """What is looked at of a point: headline, body and heading of its section, our codebook's phrases in each, relatives of
    its phrases in the headline.
    """

    texts: tuple[str, str, str]
    phrases: tuple[list[str], list[str], list[str]]
    relatives: list[str]


@dataclass(frozen=True, slots=True)
class Coded:
    """A code of a scheme with its rank, its confidence and the words that decided."""

    scheme: str
    code: str
    rank: int
    confidence: float
    deciding: tuple[str, ...]


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
    options = options or CodeOptions()
    book = own_codebook(options.codebook, options.learned)
    said = said_of(headline, body, section_heading, book)
    chances = chances_in_context(own_scores([said], shipped_classifier(), book), [side], [])
    return _coded(said, chances[0], options)


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
    book, entries, rows = own_codebook(options.codebook, options.learned), code_entries(options), []
    for doc_id, mine in reports_of(statements, POINT).items():
        said = [_said(point, texts[doc_id], outline[point["section_id"]]["heading"], book) for point in mine]
        scores = own_scores(said, shipped_classifier(), book)
        chances = report_chances(scores, claims_of(mine, texts[doc_id], outline, {}))
        for point, one, likely in zip(mine, said, chances, strict=True):
            for coded in _coded(one, likely, options):
                found = {"scheme": coded.scheme, "code": coded.code, "rank": coded.rank, "confidence": coded.confidence}
                entry = entries.get((coded.scheme, coded.code), CodeEntry(coded.scheme, coded.code))
                found |= {"label": entry.display or coded.code, "parent": entry.parent or None}
                found |= {"definition": entry.definition or None}
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
    pairs = [pair for kind in PARTNERED for pair in candidates(claims, vectors, kind)]
    partners = [(pair.one, pair.other, likelihood(pair, with_codes=False)) for pair in pairs]
    lists = [claim.role if claim.explicit else "" for claim in claims]
    return chances_in_context(scores, lists, partners)


def said_of(headline: str, body: str, heading: str, book: Codebook) -> Said:
    """A point's texts, the body as far as it is looked at, with the phrases of our codebook and their relatives."""
    body = body[:MAX_BODY]
    return Said(
        (headline, body, heading),
        (phrases_of(headline, book), phrases_of(body, book), phrases_of(heading, book)),
        relatives_of(headline, book),
    )


def own_scores(said: Sequence[Said], classifier: Classifier, book: Codebook) -> Chances:
    """What speaks for each code of our codebook in some points, shape ``(n_points, n_codes)``."""
    has_body = [any(map(str.isalnum, one.texts[1])) for one in said]
    headlines, bodies = [one.texts[0] for one in said], [one.texts[1][:BODY_LENGTH] for one in said]
    margins = widened(text_scores(headlines + bodies, classifier), book)
    scores = margins[: len(said)] + BODY * np.array(has_body)[:, None] * margins[len(said) :]
    votes = np.array([[phrase_scores(phrases, book) for phrases in one.phrases] for one in said])
    related = np.array([relative_scores(one.relatives, book) for one in said])
    weighted: Chances = scores + np.array([PHRASE, BODY_PHRASE, SECTION_PHRASE]) @ votes + RELATIVE * related
    return weighted


def _said(point: Row, text: str, heading: str | None, book: Codebook) -> Said:
    """What is looked at of a point; the section's heading only if the point is not that heading."""
    body = text[point["headline_end"] : min(point["headline_end"] + MAX_BODY, point["end"])]
    around = heading or ""
    return said_of(point["headline"], body, "" if point["headline"] in around else around, book)


def _coded(said: Said, chances: Vector, options: CodeOptions) -> list[Coded]:
    """The codes of a point: ours by probabilities, then the researcher's by phrases."""
    coded = []
    if options.shipped:
        book = own_codebook(options.codebook, options.learned)
        ours = _ranked(book, calibrated(chances, shipped_classifier()), said.phrases, options)
        coded = [_by_words(one, said, book) if one.rank == 1 and not one.deciding else one for one in ours]
    for book in foreign_codebooks(options.codebook):
        coded += _foreign(said, book, options)
    return coded


def _foreign(said: Said, book: Codebook, options: CodeOptions) -> list[Coded]:
    """The codes of a point in a researcher's codebook."""
    found = [phrases_of(text, book) for text in said.texts]
    chances = foreign_chances(found, book)
    if chances is None:
        return [Coded(book.scheme, OTHER, 1, DOUBT_CONFIDENCE, ())]
    return _ranked(book, chances, found, options)


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


def _by_words(coded: Coded, said: Said, book: Codebook) -> Coded:
    """A code that no phrase names, with what speaks most for it: n-grams, none for an added code, and relatives (≈)."""
    if coded.code == OTHER:
        return coded
    known, k = coded.code in shipped_classifier().codes, book.codes.index(coded.code)
    grams = leading_grams(said.texts[0], coded.code, shipped_classifier()) if known else []
    kin = [
        word
        for word in said.relatives
        if book.leanings[word][k] > 0 and not any(word in one or one in word for one in grams)
    ]
    kin.sort(key=lambda word: -book.leanings[word][k])
    words = (*grams, *(f"≈{word}" for word in kin))[:N_DECIDING]
    return Coded(coded.scheme, coded.code, coded.rank, coded.confidence, words)
