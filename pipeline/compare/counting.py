"""How points are weighed: each 1, by the size of their cluster, or one vote a document cluster."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.shares import Array, Places
from pipeline.values import Counting


@dataclass(frozen=True)
class Units:
    """What each point weighs, and which unit of resampling (document, or cluster of documents) it belongs to.

    Attributes
    ----------
    counting : Counting
    unit : array of int, shape (n_points,)
        Index of the point's unit, in the order of the units' names.
    weight : array of float, shape (n_points,)
        What the point counts.
    """

    counting: Counting
    unit: Places
    weight: Array


def weights(statements: pd.DataFrame, clusters: pd.DataFrame, *, counting: Counting) -> Array:
    """The weight of every point, shape ``(n_points,)``.

    Parameters
    ----------
    statements : DataFrame
        Points with columns statement_id, doc_id, role.
    clusters : DataFrame
        The table `clusters`; what has no row in it is a cluster of its own.
    counting : Counting
        `raw`: 1; `dedup`: 1 / size of the point's cluster; `vote`: 1 / points of its side in its document cluster, so
        that every document cluster has one vote a side.

    Examples
    --------
    >>> from pipeline import tables
    >>> points = pd.DataFrame({"statement_id": ["甲#1/p0", "甲#1/p9"], "doc_id": "甲#1", "role": "问题"})
    >>> weights(points, tables.frame("clusters"), counting=Counting.VOTE).tolist()
    [0.5, 0.5]
    """
    if counting == Counting.RAW:
        return np.ones(len(statements))
    if counting == Counting.DEDUP:
        size_of = dict(zip(clusters["statement_id"], clusters["size"], strict=True))
        return np.array([1.0 / size_of.get(name, 1) for name in statements["statement_id"]], dtype=float)
    voters = pd.Series(cluster_names(statements, clusters))
    roles = statements["role"].reset_index(drop=True)
    sizes = roles.groupby([voters, roles]).transform("size")
    return 1.0 / sizes.to_numpy(dtype=float)


def units(statements: pd.DataFrame, clusters: pd.DataFrame, *, counting: Counting) -> Units:
    """The weights of points, and the documents (`raw`) or document clusters (`dedup`, `vote`) that are resampled."""
    names = statements["doc_id"].tolist() if counting == Counting.RAW else cluster_names(statements, clusters)
    unit = pd.factorize(np.array(names, dtype=object), sort=True)[0].astype(np.intp)
    return Units(counting, unit, weights(statements, clusters, counting=counting))


def cluster_names(statements: pd.DataFrame, clusters: pd.DataFrame) -> list[str]:
    """The document cluster of each point."""
    documents = clusters[clusters["statement_id"].isna()]
    cluster_of = dict(zip(documents["doc_id"], documents["cluster_id"], strict=True))
    return [cluster_of.get(name, name) for name in statements["doc_id"]]


def sums(values: Array, *places: tuple[NDArray[np.intp], int]) -> Array:
    """Sums of values by one or two indices, each given with its number of values; −1 is left out.

    Examples
    --------
    >>> sums(np.array([1.0, 2.0, 4.0]), (np.array([0, 0, 1]), 2), (np.array([0, -1, 0]), 1)).tolist()
    [[1.0], [4.0]]
    """
    kept = np.all([index >= 0 for index, _ in places], axis=0)
    shape = tuple(n for _, n in places)
    flat = np.ravel_multi_index(tuple(index[kept] for index, _ in places), shape)
    return np.bincount(flat, weights=values[kept], minlength=int(np.prod(shape))).reshape(shape).astype(float)
