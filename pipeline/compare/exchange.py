"""The null of the ledger: points of a side change places within their document, and nothing else changes."""

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix

from pipeline.compare.counting import sums
from pipeline.settings import CompareOptions
from pipeline.shares import Array, Places, batches, share

FINER, MAX_FINER = 10, 20_000
"""Exchanges for every permutation that the options ask for, up to so many points: hundreds of cells are corrected
together, and p of at least 1 / 1,000 could never pass (277 cells in the sample corpus: the least possible q would be
.07); with more points it would take minutes."""


@dataclass(frozen=True)
class Shuffle:
    """Ways to exchange points of one side within each document; near-identical documents are shuffled alike.

    Attributes
    ----------
    points : array of int
        The points that are exchanged, documents together.
    document_of : array of int
        Document of each of them, from 0, ascending.
    slot_of : array of int
        Cluster and rank within the document: points in one slot always move together.
    """

    points: Places
    document_of: Places
    slot_of: Places

    def orders(self, n_draws: int, random: np.random.Generator) -> Places:
        """Orders of the points, shape ``(n_draws, n_points)``, each an exchange within documents."""
        keys = random.random((n_draws, int(self.slot_of.max(initial=-1)) + 1))
        return np.argsort(self.document_of + keys[:, self.slot_of], axis=1, kind="stable")

    def n_draws(self, options: CompareOptions) -> int:
        """How many exchanges to draw."""
        return options.n_permutations * (FINER if len(self.points) <= MAX_FINER else 1)

    def means(self, value: Array) -> Array:
        """The mean of a value over each point's document: what an exchange gives on average."""
        n = int(self.document_of.max(initial=-1)) + 1
        mean = share(sums(value, (self.document_of, n)), sums(np.ones(len(value)), (self.document_of, n)))
        return np.asarray(mean[self.document_of])


def shuffle_of(is_inside: NDArray[np.bool_], document_of: Places, cluster_of: Places) -> Shuffle:
    """The exchanges of some points, given each point's document and cluster of documents."""
    chosen = np.flatnonzero(is_inside)
    document = np.unique(document_of[chosen], return_inverse=True)[1]
    ranks = pd.Series(document).groupby(document).cumcount().to_numpy()
    slots = np.unique(np.column_stack([cluster_of[chosen], ranks]), axis=0, return_inverse=True)[1]
    return Shuffle(chosen, document.astype(np.intp), slots.reshape(-1).astype(np.intp))


def exchange_p(
    counted: csr_matrix, value: Array, shuffle: Shuffle, *, options: CompareOptions, random: np.random.Generator
) -> tuple[Array, Array]:
    """What exchanges within documents give on average, and the two-sided p of what is seen.

    Parameters
    ----------
    counted : csr_matrix, shape (n_cells, n_points)
        Weight of each point of the shuffle in each cell.
    value : array, shape (n_points,)
    shuffle : Shuffle
    options : CompareOptions
    random : numpy.random.Generator

    Returns
    -------
    expected, p : array, shape (n_cells,)
        p is ``(1 + hits) / (1 + n)`` (Phipson & Smyth, 2010); NaN where no exchange changes anything.
    """
    expected = np.asarray(counted @ shuffle.means(value))
    seen = np.abs(counted @ value - expected)
    hits, widest = np.zeros(len(seen)), np.zeros(len(seen))
    n_draws = shuffle.n_draws(options)
    for size in batches(n_draws, n_units=max(counted.shape)):
        moved = np.abs(counted @ value[shuffle.orders(size, random)].T - expected[:, None])
        hits += (moved >= seen[:, None] - 1e-9).sum(axis=1)
        widest = np.maximum(widest, moved.max(axis=1, initial=0.0))
    return expected, np.where(widest > 1e-9, (1 + hits) / (1 + n_draws), np.nan)
