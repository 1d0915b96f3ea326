"""How points are weighed, and the shares that come of it with their bootstrap intervals."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.values import Counting

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Units:
    """Which unit (document, or cluster of documents) each point belongs to, and what a point weighs.

    Attributes
    ----------
    unit : array of int, shape (n_points,)
        Index of the point's unit.
    weight : array of float, shape (n_points,)
        What the point counts.
    names : list of str
        The units, by index.
    """

    unit: NDArray[np.intp]
    weight: Array
    names: list[str]


def weigh(points: pd.DataFrame, clusters: pd.DataFrame, *, counting: Counting) -> Units:
    """The weight of every point.

    Parameters
    ----------
    points : DataFrame
        Points with columns statement_id, doc_id, role.
    clusters : DataFrame
        The table `clusters`.
    counting : Counting
        `raw`: 1 each; `dedup`: 1 / size of the point's cluster; `vote`: each document cluster has one vote a side,
        shared equally by its points of that side.

    Returns
    -------
    Units
        Units are documents for `raw`, document clusters else.
    """
    is_document = clusters["statement_id"].isna()
    cluster_of = dict(zip(clusters["doc_id"][is_document], clusters["cluster_id"][is_document], strict=True))
    size_of = dict(zip(clusters["statement_id"], clusters["size"], strict=True))
    unit_names = points["doc_id"] if counting == Counting.RAW else points["doc_id"].map(cluster_of)
    codes, names = pd.factorize(unit_names, sort=True)
    if counting == Counting.RAW:
        weight = np.ones(len(points))
    elif counting == Counting.DEDUP:
        weight = 1.0 / points["statement_id"].map(size_of).to_numpy(dtype=float)
    else:
        sizes = points.groupby([codes, points["role"].to_numpy()])["statement_id"].transform("size")
        weight = 1.0 / sizes.to_numpy(dtype=float)
    return Units(codes.astype(np.intp), weight, [str(name) for name in names])


def unit_totals(units: Units, rows: NDArray[np.intp], *, n_rows: int) -> Array:
    """Weight by unit and row, shape ``(n_units, n_rows)``; `rows` is −1 where a point is in none."""
    totals = np.zeros((len(units.names), n_rows))
    kept = rows >= 0
    np.add.at(totals, (units.unit[kept], rows[kept]), units.weight[kept])
    return totals
