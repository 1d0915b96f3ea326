"""How probable each role is for a sentence, by its hashed n-grams of characters and words: a linear model in arrays."""

import re
import zlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import Any

import numpy as np
import rjieba
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.values import Role

ROLES = tuple(Role)
"""The columns of the model."""
BITS = 16
"""n-grams are hashed into 2 ** BITS buckets: a model of some 300 kB."""
MAX_READ = 120
"""Characters of a sentence that are read: what follows is detail."""
FLOOR = 0.005
"""The least chance of a role in a sentence, so that no single sentence rules a role out."""

_DIGITS = re.compile(r"\d+")
_MARKS = re.compile(r"[^\w%]+")
Arrays = Mapping[str, NDArray[Any]]


def buckets(sentence: str) -> list[int]:
    """The buckets of a sentence's n-grams, sorted, each once: 1 to 3 characters, 1 and 2 words, and how it begins.

    Examples
    --------
    >>> buckets("支部") == buckets("支部。") and len(buckets("支部"))
    5
    """
    plain = _MARKS.sub(" ", _DIGITS.sub("0", sentence[:MAX_READ])).strip()
    words = [word for word in rjieba.cut(plain) if word != " "]
    return sorted({zlib.crc32(gram.encode()) & ((1 << BITS) - 1) for gram in _grams(plain, words)})


def _grams(plain: str, words: list[str]) -> Iterator[str]:
    """The n-grams; the kinds are told apart by a prefix."""
    for size in (1, 2, 3):
        yield from (f"{size}{plain[at : at + size]}" for at in range(len(plain) - size + 1))
    yield from (f"w{word}" for word in words)
    yield from (f"v{one}_{other}" for one, other in pairwise(words))
    yield f"^{plain[:2]}"


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
        scores = np.array([self._scores(sentence) for sentence in sentences], dtype=np.float64)
        scores = scores.reshape(len(sentences), len(ROLES))
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
        return chances

    def mean(self, sentences: Sequence[str]) -> dict[Role, float]:
        """Mean chance of each role over some sentences; empty if there are none."""
        if not sentences:
            return {}
        return dict(zip(ROLES, self.probabilities(sentences).mean(axis=0).tolist(), strict=True))

    def log_mean(self, sentences: Sequence[str]) -> dict[Role, float]:
        """Mean log chance of each role over some sentences, none of them below a floor; empty if there are none."""
        if not sentences:
            return {}
        means = np.log(np.maximum(self.probabilities(sentences), FLOOR)).mean(axis=0)
        return dict(zip(ROLES, means.tolist(), strict=True))

    def _scores(self, sentence: str) -> NDArray[np.float32]:
        """Log odds of the roles; the n-grams weigh less the more there are."""
        found = buckets(sentence)
        scores: NDArray[np.float32] = self.bias + self.weights[found].sum(axis=0) / np.float32(
            max(1, len(found)) ** 0.5
        )
        return scores


def model_of(arrays: Arrays) -> RoleModel:
    """The model of some arrays, as `pipeline.sections.rolelearning` gives them."""
    return RoleModel(
        arrays["weights"].astype(np.float32) * np.float32(arrays["scale"]), arrays["bias"].astype(np.float32)
    )


@cache
def shipped() -> RoleModel:
    """The model that ships with the package."""
    return model_of(lexicon.arrays("roles.npz"))
