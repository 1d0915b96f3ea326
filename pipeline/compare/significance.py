"""Whether a group differs from the rest by more than chance: permutation test and Benjamini–Hochberg correction."""

import numpy as np

from pipeline.shares import Array, Places, batches, drawn_totals, share


def effects(totals: Array) -> Array:
    """Share in each group minus the share elsewhere.

    Parameters
    ----------
    totals : array, shape (..., n_groups, n_rows + 1)
        Weight of each row in each group; the last column is the weight of all its points.

    Returns
    -------
    array, shape (..., n_groups, n_rows)
        NaN where the group or the rest is empty.
    """
    rest = totals.sum(axis=-2, keepdims=True) - totals
    rest[..., -1] = np.where(rest[..., -1] > 1e-9, rest[..., -1], 0.0)
    return share(totals[..., :-1], totals[..., -1:]) - share(rest[..., :-1], rest[..., -1:])


def permutation_p(totals: Array, labels: Places, *, n_permutations: int, random: np.random.Generator) -> Array:
    """Two-sided p of the effects when whole units change groups; ``(1 + hits) / (1 + n)`` (Phipson & Smyth, 2010).

    Parameters
    ----------
    totals : array, shape (n_units, n_rows + 1)
        Weight of each row in each unit; the last column is the weight of all its points, more than 0.
    labels : array of int, shape (n_units,)
        Group of each unit.
    n_permutations : int
    random : numpy.random.Generator

    Returns
    -------
    array, shape (n_groups, n_rows)
        NaN where there is no effect to test.
    """
    n_units, n_groups = len(labels), int(labels.max()) + 1
    order = np.argsort(labels, kind="stable")
    bounds = np.concatenate([[0], np.cumsum(np.bincount(labels, minlength=n_groups))])
    seen = np.abs(effects(drawn_totals(order[None, :], bounds, totals)[0]))
    hits = np.zeros_like(seen)
    for size in batches(n_permutations, n_units=max(n_units, n_groups * totals.shape[1])):
        shuffled = random.permuted(np.tile(np.arange(n_units), (size, 1)), axis=1)
        hits += (np.abs(effects(drawn_totals(shuffled, bounds, totals))) >= seen - 1e-12).sum(axis=0)
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
    raised = p[order] * (len(order) / np.arange(1, len(order) + 1))
    q[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return q
