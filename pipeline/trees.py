"""Boosted regression trees as plain arrays: what a fitted model says, without the library that fitted it."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

N_LEAVES = 16
"""Leaves of a tree at most: a bit each."""
CHUNK = 512
"""Rows that are looked at together: what is left of all trees fits into the cache."""
Slots = tuple[NDArray[np.int16], NDArray[np.float32], NDArray[np.uint16]]
"""Column, threshold, and the leaves ruled out, of the first node of every tree, of the second, …, shape (n_slots, n_trees)."""


@dataclass(frozen=True)
class Forest:
    """Trees whose leaves add up to the log odds of some classes; trees take turns by class.

    Attributes
    ----------
    feature : ndarray of int16, shape (n_nodes,)
        Column that a node looks at; the nodes of all trees stand in one list, tree by tree.
    threshold : ndarray of float32, shape (n_nodes,)
        Rows with more than this cannot come to a leaf on the left of the node.
    tree : ndarray of int16, shape (n_nodes,)
    kept : ndarray of uint16, shape (n_nodes,)
        The leaves that remain for such rows: a bit each, the leftmost leaf the lowest.
    value : ndarray of float32, shape (n_trees, 16)
        What each leaf adds.
    bias : ndarray of float64, shape (n_classes,)
    """

    feature: NDArray[np.int16]
    threshold: NDArray[np.float32]
    tree: NDArray[np.int16]
    kept: NDArray[np.uint16]
    value: NDArray[np.float32]
    bias: NDArray[np.float64]

    def chances(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """Probability of each class for some rows.

        Parameters
        ----------
        rows : ndarray of float32, shape (n_rows, n_features)

        Returns
        -------
        ndarray of float64, shape (n_rows, n_classes)
            Rows sum to 1. What is said of a row does not depend on the others.

        References
        ----------
        Gradient boosting with multinomial deviance (Friedman 2001); leaves found by what every node rules out
        (QuickScorer, Lucchese et al. 2015).

        Examples
        --------
        >>> stump = Forest(
        ...     np.array([0]), np.array([0.5]), np.array([0]), np.array([0b10], dtype=np.uint16),
        ...     np.array([[0.0, 1.0] + [0.0] * 14, [0.0] * 16]), np.zeros(2),
        ... )
        >>> stump.chances(np.array([[0.0], [1.0]], dtype=np.float32)).round(2).tolist()
        [[0.5, 0.5], [0.73, 0.27]]
        """
        odds = self.log_odds(rows)
        raised = np.exp(odds - odds.max(axis=0))
        chances: NDArray[np.float64] = (raised / raised.sum(axis=0)).T
        return chances

    def log_odds(self, rows: NDArray[np.float32]) -> NDArray[np.float64]:
        """What the leaves add up to, shape (n_classes, n_rows); with a single class, the log odds of it."""
        columns, slots = np.ascontiguousarray(rows.T), self._slots
        odds = np.repeat(self.bias[:, None], len(rows), axis=1)
        for at in range(0, len(rows), CHUNK):
            added = self._added(np.ascontiguousarray(columns[:, at : at + CHUNK]), slots)
            for tree, values in enumerate(added):
                odds[tree % len(self.bias), at : at + CHUNK] += values
        return odds

    @cached_property
    def _slots(self) -> Slots:
        """The nodes, side by side; what a tree has not is a node that no row comes past."""
        sizes = np.bincount(self.tree, minlength=len(self.value))
        places = np.arange(len(self.tree)) - (np.cumsum(sizes) - sizes)[self.tree], self.tree
        shape = sizes.max(initial=0), len(sizes)
        feature, ruled_out = np.zeros(shape, dtype=np.int16), np.zeros(shape, dtype=np.uint16)
        threshold = np.full(shape, np.inf, dtype=np.float32)
        feature[places], threshold[places], ruled_out[places] = self.feature, self.threshold, ~self.kept
        return feature, threshold, ruled_out

    def _added(self, columns: NDArray[np.float32], slots: Slots) -> NDArray[np.float32]:
        """What each tree adds for some rows, given column by column, shape (n_trees, n_rows)."""
        lost = np.zeros((len(self.value), columns.shape[1]), dtype=np.uint16)
        for feature, threshold, ruled_out in zip(*slots, strict=True):
            lost |= (columns.take(feature, axis=0) > threshold[:, None]) * ruled_out[:, None]
        left = ~lost
        leaves = np.bitwise_count((left & -left) - np.uint16(1))  # the place of the lowest bit that is set
        added: NDArray[np.float32] = self.value.take(np.arange(len(left))[:, None] * N_LEAVES + leaves)
        return added


def forest_of(arrays: Mapping[str, NDArray[Any]]) -> Forest:
    """The forest of some arrays, named like its attributes."""
    return Forest(**{name: arrays[name] for name in ("feature", "threshold", "tree", "kept", "value", "bias")})
