"""What a topic model finds on one side: fitted on one copy of each point, then assigned to all."""

import hashlib
from collections import Counter
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from pipeline import tables
from pipeline.settings import ThemeOptions
from pipeline.themes.models import FITTERS, Model, term_counts
from pipeline.themes.quality import candidate_numbers, coherence, leading_terms, stability

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Discovered:
    """The themes of a side, largest first.

    Attributes
    ----------
    terms : list of list of (term, weight)
        Leading terms of each theme, strongest first.
    coherence, stability : list of float
    weights : array, shape (n_points, n_themes)
        Weights of the themes in each point; a row of zeros: no known term.
    """

    terms: list[list[tuple[str, float]]]
    coherence: list[float]
    stability: list[float]
    weights: Array


def discover(tokens: pd.DataFrame, clusters: pd.DataFrame, *, options: ThemeOptions) -> Discovered | None:
    """The themes of one side.

    Parameters
    ----------
    tokens : DataFrame
        Rows of `tokens` of one side, in document order.
    clusters : DataFrame
    options : ThemeOptions

    Returns
    -------
    Discovered or None
        None if there are fewer than `options.min_points` different points, or too few terms to tell themes apart.
    """
    documents = tokens["terms"].tolist()
    fitted_on = [documents[i] for i in _one_copy_each(tokens, clusters)]
    vocabulary = _vocabulary(fitted_on)
    counts = term_counts(fitted_on, vocabulary)
    counts = counts[np.diff(counts.indptr) > 0]
    if counts.shape[0] < options.min_points or len(vocabulary) < options.n_terms:
        return None
    numbers = [options.n_themes] if options.n_themes else candidate_numbers(counts.shape[0])
    numbers = sorted({min(n, counts.shape[0], len(vocabulary)) for n in numbers})
    with threadpool_limits(1):
        model, leading, scores, stable = max(
            (_fitted(counts, n, options) for n in numbers),
            key=lambda fit: (np.mean(fit[2]) + np.mean(fit[3]), -len(fit[1])),
        )
        weights = model.weigh(term_counts(documents, vocabulary))
    names = list(vocabulary)
    order = _by_size(weights)
    terms = [[(names[i], float(model.terms[k, i])) for i in leading[k]] for k in order]
    return Discovered(terms, [scores[k] for k in order], [stable[k] for k in order], weights[:, order])


def _fitted(
    counts: object, n_themes: int, options: ThemeOptions
) -> tuple[Model, list[list[int]], list[float], list[float]]:
    """A model with its leading terms, coherence and stability."""
    fit = FITTERS[options.model]
    model = fit(counts, n_themes=n_themes, seed=options.seed)
    leading = leading_terms(model, n=options.n_terms)
    refits = [leading_terms(m, n=options.n_terms) for m in _refits(counts, n_themes, options)]
    return model, leading, coherence(counts, leading), stability(leading, refits)


def _refits(counts, n_themes: int, options: ThemeOptions):  # type: ignore[no-untyped-def]
    """Models of the same number of themes on random nine tenths of the points."""
    for i in range(options.n_refits):
        rng = np.random.default_rng([options.seed, i])
        kept = np.sort(rng.permutation(counts.shape[0])[: max(n_themes, round(counts.shape[0] * 0.9))])
        yield FITTERS[options.model](counts[kept], n_themes=n_themes, seed=options.seed + i + 1)


def _one_copy_each(tokens: pd.DataFrame, clusters: pd.DataFrame) -> list[int]:
    """Places of the points to fit on: one a cluster, ordered by the digests of their terms; a copy changes nothing."""
    is_document = clusters["statement_id"].isna()
    cluster_of = dict(zip(clusters["statement_id"], clusters["cluster_id"], strict=True))
    document_of = dict(zip(clusters["doc_id"][is_document], clusters["cluster_id"][is_document], strict=True))
    seen: dict[tuple[str, str], int] = {}
    for i, row in enumerate(tables.records(tokens)):
        digest = hashlib.sha256("\n".join(row["terms"]).encode()).hexdigest()
        point = cluster_of.get(row["statement_id"], row["statement_id"])
        copy = document_of.get(row["doc_id"], row["doc_id"]) != row["doc_id"]
        if not copy and (digest, point) not in seen:
            seen[digest, point] = i
    return [i for _, i in sorted(seen.items())]


def _vocabulary(documents: list[list[str]]) -> dict[str, int]:
    """Terms that at least two points share (one in twenty at most 40 %), sorted: term → index."""
    frequency = Counter(term for terms in documents for term in set(terms))
    most = max(2, 0.4 * len(documents))
    kept = sorted(term for term, n in frequency.items() if 2 <= n <= most)
    return {term: i for i, term in enumerate(kept)}


def _by_size(weights: Array) -> list[int]:
    """Themes from the one with most points to the one with fewest; themes without a point are left out."""
    assigned = weights.argmax(axis=1)[weights.sum(axis=1) > 0]
    sizes = Counter(assigned.tolist())
    return sorted(sizes, key=lambda k: (-sizes[k], k))
