"""Shares, and their intervals by resampling whole units: documents, or clusters of documents."""

import hashlib
from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

Array = NDArray[np.float64]
Places = NDArray[np.intp]

MAX_DRAWN = 4_000_000
"""Units drawn at once: 32 MB of places, a bound of memory only."""


def share(numerator: Any, denominator: Any) -> Array:
    """Numerator over denominator, NaN where there is nothing to share; the two are broadcast.

    Examples
    --------
    >>> share([1.0, 2.0], 4.0).tolist(), share(1.0, 0.0).tolist()
    ([0.25, 0.5], nan)
    """
    above, below = np.broadcast_arrays(np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float))
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))


def generator(seed: int, *names: str) -> np.random.Generator:
    """Random numbers of their own for whatever has these names, so that no result depends on which others there are.

    Examples
    --------
    >>> bool(generator(1, "问题", "raw").random() == generator(1, "问题", "raw").random())
    True
    """
    digest = hashlib.sha256("\0".join(names).encode()).digest()[:16]
    return np.random.Generator(np.random.PCG64([seed, *np.frombuffer(digest, dtype="<u4").tolist()]))


def batches(n_draws: int, *, n_units: int) -> Iterator[int]:
    """Sizes of the batches in which to draw, each at most `MAX_DRAWN` units."""
    step = max(1, MAX_DRAWN // max(1, n_units))
    for start in range(0, n_draws, step):
        yield min(step, n_draws - start)


def drawn_totals(drawn: Places, bounds: Places, totals: Array) -> Array:
    """Sums of the units in each slice of each draw.

    Parameters
    ----------
    drawn : array of int, shape (n_draws, n_drawn)
        Units in the order in which they were drawn.
    bounds : array of int, shape (n_slices + 1,)
        Where the slices of a draw start and end.
    totals : array, shape (n_units, n_columns)

    Returns
    -------
    array, shape (n_draws, n_slices, n_columns)
    """
    n_draws, n_drawn = drawn.shape
    ends = (np.arange(n_draws)[:, None] * n_drawn + bounds[1:]).ravel()
    shape = (n_draws * (len(bounds) - 1), len(totals))
    chosen = csr_matrix((np.ones(drawn.size), drawn.ravel(), np.concatenate([[0], ends])), shape=shape)
    return np.asarray(chosen @ totals).reshape(n_draws, len(bounds) - 1, totals.shape[1])


def intervals(
    numerators: Array, denominators: Array, *, n_bootstrap: int, random: np.random.Generator
) -> tuple[Array, Array]:
    """95 % percentile intervals of shares by bootstrap over units, their number fixed (Efron & Tibshirani, 1993).

    Parameters
    ----------
    numerators : array, shape (n_units, n_rows)
    denominators : array, shape (n_units,) or (n_units, n_rows)
        Weight in each unit of all points that could be in the numerator, of all rows alike or of each row.
    n_bootstrap : int
        Number of resamples.
    random : numpy.random.Generator

    Returns
    -------
    low, high : array, shape (n_rows,)
        NaN where there are fewer than two units: one document says nothing about how documents differ. Resamples
        in which a row has no denominator say nothing about it.
    """
    n, n_rows = numerators.shape
    if n < 2 or not n_bootstrap:
        return np.full(n_rows, np.nan), np.full(n_rows, np.nan)
    totals, bounds = np.column_stack([numerators, denominators]), np.array([0, n], dtype=np.intp)
    sums = np.concatenate(
        [
            drawn_totals(random.integers(n, size=(size, n)), bounds, totals)[:, 0]
            for size in batches(n_bootstrap, n_units=n)
        ]
    )
    shares = share(sums[:, :n_rows], sums[:, n_rows:])
    known = ~np.isnan(shares).all(axis=0)
    low, high = np.full(n_rows, np.nan), np.full(n_rows, np.nan)
    low[known], high[known] = np.nanquantile(shares[:, known], [0.025, 0.975], axis=0)
    return low, high
