"""What a topic model finds on one side: fitted on one copy of each point, then assigned to all."""

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix
from threadpoolctl import threadpool_limits

from pipeline.settings import ThemeOptions
from pipeline.themes.choose_k import choose_n_themes
from pipeline.themes.labels import labels
from pipeline.themes.models import Array, Model, fit, fold_in, term_counts
from pipeline.themes.quality import coherence, leading_terms, split_half_stability

MAX_SHARE = 0.4
"""A term of more than two points in five tells no theme from another."""


@dataclass(frozen=True)
class Theme:
    """A discovered theme.

    Attributes
    ----------
    label : str
    terms : list of (str, float)
        Leading terms with their weights, strongest first.
    coherence : float
        Mean NPMI of the leading terms, in [−1, 1].
    stability : float
        Mean overlap of the leading terms with those of refits, in [0, 1].
    """

    label: str
    terms: list[tuple[str, float]]
    coherence: float
    stability: float


@dataclass(frozen=True)
class Discovered:
    """The themes of a side, largest first.

    Attributes
    ----------
    themes : list of Theme
    weights : array, shape (n_points, n_themes)
        Weights of the themes in each point; a row of zeros: no known term.
    """

    themes: list[Theme]
    weights: Array


def discover(tokens: pd.DataFrame, clusters: pd.DataFrame, *, options: ThemeOptions) -> Discovered | None:
    """The themes of one side.

    Parameters
    ----------
    tokens : DataFrame
        Rows of `tokens` of one side.
    clusters : DataFrame
    options : ThemeOptions

    Returns
    -------
    Discovered or None
        None if fewer than `options.min_points` different points have a term that others share, or there are fewer
        such terms than two themes need. A copy of a document changes neither the themes nor their order.
    """
    documents = tokens["terms"].tolist()
    fitted_on = one_copy_each(tokens, clusters)
    vocabulary = _vocabulary(fitted_on)
    counts = term_counts(fitted_on, vocabulary)
    counts = counts[np.diff(counts.indptr) > 0]
    if counts.shape[0] < max(2, options.min_points):
        return None
    with threadpool_limits(1):
        n_themes = choose_n_themes(counts, options=options)
        if not n_themes:
            return None
        model = fit(counts, model=options.model, n_themes=n_themes, seed=options.seed)
        kept, sizes = _by_size(model)
        return Discovered(
            _described(counts, Model(model.phi[kept], model.theta[:, kept]), sizes, list(vocabulary), options),
            np.round(fold_in(term_counts(documents, vocabulary), model.phi[kept]), 9),
        )


def _described(
    counts: csr_matrix, model: Model, sizes: Array, names: Sequence[str], options: ThemeOptions
) -> list[Theme]:
    """The themes of a model, with their terms, labels and measures of quality."""
    leading = leading_terms(model.phi, n=options.n_terms)
    terms = [[(names[i], float(model.phi[k, i])) for i in leading[k]] for k in range(len(leading))]
    stability = split_half_stability(counts, leading, model=options.model, options=options)
    found = zip(labels(model.phi, sizes, names), terms, coherence(counts, leading), stability, strict=True)
    return [Theme(*theme) for theme in found]


def one_copy_each(tokens: pd.DataFrame, clusters: pd.DataFrame) -> list[list[str]]:
    """The terms of the points to fit on: one a cluster, and of one document a document cluster, by their digests.

    Parameters
    ----------
    tokens, clusters : DataFrame

    Returns
    -------
    list of list of str
        In the order of the SHA-256 digests of the terms, each once.
    """
    is_document = clusters["statement_id"].isna()
    cluster_of = dict(zip(clusters["statement_id"], clusters["cluster_id"], strict=True))
    first_of = dict(zip(clusters["doc_id"][is_document], clusters["cluster_id"][is_document], strict=True))
    found: dict[str, tuple[str, list[str]]] = {}
    for name, doc_id, terms in zip(tokens["statement_id"], tokens["doc_id"], tokens["terms"], strict=True):
        if first_of.get(doc_id, doc_id) == doc_id:
            digest, point = hashlib.sha256("\n".join(terms).encode()).hexdigest(), cluster_of.get(name, name)
            found[point] = min(found.get(point, (digest, terms)), (digest, terms))
    return [terms for _, terms in sorted({digest: (digest, terms) for digest, terms in found.values()}.values())]


def _vocabulary(documents: list[list[str]]) -> dict[str, int]:
    """Terms that two points share (more in large corpora) and not most of them, sorted: term → place."""
    frequency = Counter(term for terms in documents for term in set(terms))
    least, most = max(2, len(documents) // 2_000), max(2, MAX_SHARE * len(documents))
    return {term: i for i, term in enumerate(sorted(t for t, n in frequency.items() if least <= n <= most))}


def _by_size(model: Model) -> tuple[list[int], Array]:
    """Themes from most to fewest points fitted on, and their shares; empty ones are left out."""
    assigned = np.round(model.theta, 9).argmax(axis=1)[model.theta.sum(axis=1) > 0]
    sizes = np.bincount(assigned, minlength=len(model.phi))
    order = [int(k) for k in np.argsort(-sizes, kind="stable") if sizes[k]]
    return order, sizes[order] / sizes.sum()
