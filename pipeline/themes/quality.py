"""How good themes are: coherence of their terms, stability under refits; and how many there should be."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import linear_sum_assignment
from scipy.sparse import csr_matrix

from pipeline.themes.models import Model

Array = NDArray[np.float64]


def leading_terms(model: Model, *, n: int) -> list[list[int]]:
    """Indices of each theme's strongest terms, strongest first; equal weights in the order of the vocabulary."""
    return [[int(i) for i in np.argsort(-row, kind="stable")[:n] if row[i] > 0] for row in model.terms]


def coherence(counts: csr_matrix, leading: Sequence[Sequence[int]]) -> list[float]:
    """Mean normalised pointwise mutual information of the pairs of leading terms, in [−1, 1] (Bouma, 2009)."""
    present = (counts > 0).astype(float).tocsc()
    n = present.shape[0]
    return [_npmi(present[:, list(terms)], n) for terms in leading]


def _npmi(present: csr_matrix, n: int) -> float:
    """Mean NPMI of the pairs of columns; pairs that never meet count −1."""
    together = (present.T @ present).toarray() / n
    alone = together.diagonal()
    values = []
    for i in range(len(alone)):
        for j in range(i):
            joint = together[i, j]
            values.append(
                -1.0 if joint == 0 else 1.0 if joint == 1 else np.log(joint / alone[i] / alone[j]) / -np.log(joint)
            )
    return float(np.mean(values)) if values else 0.0


def stability(leading: Sequence[Sequence[int]], refits: Sequence[Sequence[Sequence[int]]]) -> list[float]:
    """Mean Jaccard index of each theme's leading terms with its partner in each refit (Greene et al., 2014)."""
    totals = np.zeros(len(leading))
    for other in refits:
        overlap = np.array([[_jaccard(one, two) for two in other] for one in leading])
        rows, columns = linear_sum_assignment(-overlap)
        totals[rows] += overlap[rows, columns]
    return [float(value) for value in totals / max(1, len(refits))]


def _jaccard(one: Sequence[int], other: Sequence[int]) -> float:
    """Shared over all."""
    union = set(one) | set(other)
    return len(set(one) & set(other)) / len(union) if union else 0.0


def candidate_numbers(n_points: int) -> list[int]:
    """Numbers of themes to try: around the square root of half the points, from 4 to 24.

    A theme then holds some ten points or more, as many as a reader needs to see what it is about.

    Examples
    --------
    >>> candidate_numbers(50), candidate_numbers(400)
    ([4, 5, 7], [10, 14, 18])
    """
    middle = (n_points / 2) ** 0.5
    return sorted({min(24, max(4, round(middle * factor))) for factor in (0.7, 1.0, 1.3)})
