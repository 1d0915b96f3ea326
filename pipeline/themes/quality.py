"""How good themes are: coherence of their terms, and stability under refits."""

from collections.abc import Sequence

import numpy as np
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix

from pipeline.settings import ThemeOptions
from pipeline.shares import generator
from pipeline.themes.models import PHI, Array

Terms = list[list[int]]
"""The leading terms of each theme, strongest first, as places in the vocabulary."""


def leading_terms(phi: Array, *, n: int) -> Terms:
    """The `n` strongest terms of each theme; equal weights in the order of the vocabulary.

    Examples
    --------
    >>> leading_terms(np.array([[0.2, 0.5, 0.3, 0.0]]), n=2)
    [[1, 2]]
    """
    return [[int(i) for i in np.argsort(-row, kind="stable")[:n] if row[i] > 0] for row in phi]


def coherence(counts: csr_matrix, leading: Terms) -> list[float]:
    """Mean normalised pointwise mutual information of the pairs of leading terms, in [−1, 1] (Bouma, 2009).

    Two terms meet where both occur in one point: ``log(p(a, b) / p(a) p(b)) / −log p(a, b)``; −1 if they never do.

    Parameters
    ----------
    counts : sparse matrix, shape (n_points, n_terms)
    leading : list of list of int

    Returns
    -------
    list of float
        0 for a theme of fewer than two terms.
    """
    present = (counts > 0).astype(float).tocsc()
    return [_npmi((present[:, terms].T @ present[:, terms]).toarray() / counts.shape[0]) for terms in leading]


def _npmi(together: Array) -> float:
    """Mean NPMI of pairs from the shares of points that hold both."""
    one, other = np.triu_indices(len(together), 1)
    joint, alone = together[one, other], together.diagonal()
    values = np.full(len(joint), -1.0)
    values[joint >= 1] = 1.0
    some = (joint > 0) & (joint < 1)
    values[some] = np.log(joint[some] / alone[one[some]] / alone[other[some]]) / -np.log(joint[some])
    return float(values.mean()) if len(values) else 0.0


def split_half_stability(counts: csr_matrix, leading: Terms, *, model: str, options: ThemeOptions) -> list[float]:
    """Mean Jaccard index of each theme's leading terms with those of its partner in refits (Greene et al., 2014).

    Each of `options.n_refits` refits has another seed and a random half of the points; partners are matched one to one
    so that the sum is largest. Halves, because on planted corpora they tell the true number of themes from others more
    sharply than nine tenths do.

    Parameters
    ----------
    counts : sparse matrix, shape (n_points, n_terms)
    leading : list of list of int
    model : str
        A key of `PHI`.
    options : ThemeOptions

    Returns
    -------
    list of float
        In [0, 1]; NaN if there is no refit.
    """
    totals, n_points = np.zeros(len(leading)), counts.shape[0]
    for i in range(options.n_refits):
        random = generator(options.seed, "refit", str(i))
        kept = np.sort(random.permutation(n_points)[: max(len(leading), (n_points + 1) // 2)])
        phi = PHI[model](counts[kept], n_themes=len(leading), seed=options.seed + i + 1)
        overlap = _overlap(leading, leading_terms(phi, n=options.n_terms))
        rows, columns = linear_sum_assignment(-overlap)
        totals[rows] += overlap[rows, columns]
    return [float(total) / options.n_refits if options.n_refits else float("nan") for total in totals]


def _overlap(one: Sequence[Sequence[int]], other: Sequence[Sequence[int]]) -> Array:
    """Jaccard indices of the terms of every theme of one model with those of another."""
    return np.array([[len({*a} & {*b}) / max(1, len({*a} | {*b})) for b in other] for a in one])
