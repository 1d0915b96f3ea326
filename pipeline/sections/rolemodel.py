"""How probable each role is for a sentence, by its hashed n-grams of characters and words: a linear model in arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.sections.grams import sentence_buckets
from pipeline.values import Role

ROLES = tuple(Role)
"""The columns of the model."""
FLOOR = 0.005
"""The least chance of a role in a sentence, so that no single sentence rules a role out."""

Arrays = Mapping[str, NDArray[Any]]


@dataclass(frozen=True, slots=True)
class RoleModel:
    """A fitted model.

    Attributes
    ----------
    weights : ndarray of float32, shape (2 ** BITS, n_roles)
    bias : ndarray of float32, shape (n_roles,)
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """Chances of the roles for each sentence, shape (n_sentences, n_roles); rows sum to 1."""
        found, starts = sentence_buckets(sentences)
        sizes = np.diff(starts)
        scores = np.zeros((len(sizes), len(ROLES)), dtype=np.float64)
        if len(found):
            sums = np.add.reduceat(self.weights.take(found, axis=0), starts[:-1][sizes > 0], axis=0)
            scores[sizes > 0] = sums / np.sqrt(sizes[sizes > 0], dtype=np.float32)[:, None]
        scores += self.bias
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
        return chances

    def mean(self, sentences: Sequence[str]) -> dict[Role, float]:
        """Mean chance of each role over some sentences; empty if there are none."""
        if not sentences:
            return {}
        return dict(zip(ROLES, self.probabilities(sentences).mean(axis=0).tolist(), strict=True))


def model_of(arrays: Arrays) -> RoleModel:
    """The model of some arrays, as `pipeline.sections.rolelearning` gives them."""
    return RoleModel(
        arrays["weights"].astype(np.float32) * np.float32(arrays["scale"]), arrays["bias"].astype(np.float32)
    )


@cache
def shipped() -> RoleModel:
    """The model that ships with the package."""
    return model_of(lexicon.arrays("roles.npz"))
