"""Names for discovered themes, from the terms that set each apart."""

from collections.abc import Sequence

import numpy as np

from pipeline.themes.models import Array

LAMBDA = 0.6
"""How much a term's weight counts against its lift: the value that readers did best with (Sievert & Shirley, 2014)."""

N_WORDS = 3
JOINER = "·"


def labels(phi: Array, shares: Array, vocabulary: Sequence[str]) -> list[str]:
    """A label of up to three terms for each theme, no two the same.

    The terms are the most relevant ones, ``λ log φ + (1 − λ) log(φ / p(term))``, among the theme's twenty strongest;
    a term that is part of a chosen one, or holds one, is passed over.

    Parameters
    ----------
    phi : array, shape (n_themes, n_terms)
    shares : array, shape (n_themes,)
        Share of each theme, which weigh p(term) = Σ share · φ.
    vocabulary : sequence of str

    Returns
    -------
    list of str

    Examples
    --------
    >>> phi = np.array([[0.4, 0.3, 0.2, 0.1], [0.4, 0.0, 0.1, 0.5]])
    >>> labels(phi, np.array([0.5, 0.5]), ["党员", "组织生活", "生活", "经费"])
    ['组织生活·党员·经费', '经费·党员·生活']
    """
    overall = shares @ phi
    found: list[str] = []
    for row in phi:
        strongest = [int(i) for i in np.argsort(-row, kind="stable")[:20] if row[i] > 0]
        relevance = {i: np.log(row[i]) - (1 - LAMBDA) * np.log(max(overall[i], 1e-12)) for i in strongest}
        ranked = sorted(strongest, key=lambda i: (-round(float(relevance[i]), 9), i))
        found.append(_label([vocabulary[i] for i in ranked], found))
    return found


def _label(terms: Sequence[str], taken: Sequence[str]) -> str:
    """The first terms that are not part of one another; one more where that label is taken."""
    chosen: list[str] = []
    for term in terms:
        if not any(term in other or other in term for other in chosen):
            chosen.append(term)
        label = JOINER.join(chosen)
        if len(chosen) >= N_WORDS and label not in taken:
            return label
    return JOINER.join(chosen)
