"""Whether a group differs from the rest by more than chance: permutation test and Benjamini–Hochberg correction."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.shares import Array, share


def effects(numerators: Array, denominators: Array, labels: NDArray[np.intp], *, n_groups: int) -> Array:
    """Share in each group minus the share elsewhere.

    Parameters
    ----------
    numerators : array, shape (n_units, n_rows)
    denominators : array, shape (n_units,)
    labels : array of int, shape (n_units,)
        Group of each unit.

    Returns
    -------
    array, shape (n_groups, n_rows)
        NaN where the group or the rest is empty.
    """
    members = np.zeros((n_groups, len(labels)))
    members[labels, np.arange(len(labels))] = 1.0
    inside, base = members @ numerators, (members @ denominators)[:, None]
    ones = np.ones((1, numerators.shape[1]))
    return share(inside, base * ones) - share(numerators.sum(0) - inside, (denominators.sum() - base) * ones)


def permutation_p(
    numerators: Array, denominators: Array, labels: NDArray[np.intp], *, n_permutations: int, seed: Sequence[int]
) -> Array:
    """Two-sided p of the effects when groups are shuffled over units; ``(1 + hits) / (1 + n)`` (Phipson & Smyth, 2010).

    Returns
    -------
    array, shape (n_groups, n_rows)
        NaN where there is no effect to test.
    """
    n_groups = int(labels.max()) + 1 if len(labels) else 0
    seen = np.abs(effects(numerators, denominators, labels, n_groups=n_groups))
    hits = np.zeros_like(seen)
    rng = np.random.default_rng(list(seed))
    for _ in range(n_permutations):
        shuffled = effects(numerators, denominators, rng.permutation(labels), n_groups=n_groups)
        hits += np.abs(shuffled) >= seen - 1e-12
    return np.where(np.isnan(seen), np.nan, (1 + hits) / (1 + n_permutations))


def adjusted(p: Array) -> Array:
    """q-values of p-values, NaN left out (Benjamini & Hochberg, 1995).

    Examples
    --------
    >>> adjusted(np.array([0.01, 0.04, np.nan])).round(3).tolist()
    [0.02, 0.04, nan]
    """
    q = np.full(len(p), np.nan)
    known = np.flatnonzero(~np.isnan(p))
    order = known[np.argsort(p[known], kind="stable")]
    raised = p[order] * len(order) / np.arange(1, len(order) + 1)
    q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q
