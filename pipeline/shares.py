"""Shares and their bootstrap intervals."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def share(numerator: Any, denominator: Any) -> Array:
    """Numerator over denominator, NaN where there is nothing to share."""
    above, below = np.asarray(numerator, dtype=float), np.asarray(denominator, dtype=float)
    return np.asarray(np.divide(above, below, out=np.full(above.shape, np.nan), where=below > 0))


def intervals(numerators: Array, denominators: Array, *, n_bootstrap: int, seed: Sequence[int]) -> tuple[Array, Array]:
    """95 % percentile intervals of shares by bootstrap over units, their number fixed (Efron, 1979).

    Parameters
    ----------
    numerators : array, shape (n_units, n_rows)
    denominators : array, shape (n_units,)
        Weight of all points of the side in each unit.
    n_bootstrap : int
        Number of resamples.
    seed : sequence of int
        Seed of the generator.

    Returns
    -------
    low, high : array, shape (n_rows,)
    """
    n = len(denominators)
    rng = np.random.default_rng(list(seed))
    times = rng.multinomial(n, np.full(n, 1 / n), size=n_bootstrap).astype(float)
    drawn = share(times @ numerators, (times @ denominators)[:, None] * np.ones(numerators.shape[1]))
    with np.errstate(invalid="ignore"):
        low, high = np.nanquantile(drawn, [0.025, 0.975], axis=0)
    return low, high
