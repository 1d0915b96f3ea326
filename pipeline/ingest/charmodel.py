"""A character model: how probable a character is after the two before it.

Counts of character n-grams up to 3 that occur in several files, smoothed by absolute discounting (Ney, Essen and Kneser,
1994) and mixed with the n-grams of the document at hand, whose own phrases recur in it (Kuhn and De Mori, 1990).
"""

from collections.abc import Set
from dataclasses import dataclass, field
from functools import cache, lru_cache
from heapq import nlargest
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.ingest.ngrams import BITS, Arrays, added, codes_of, counted
from pipeline.settings import LearnedFile
from pipeline.store.learned import learned_arrays

DISCOUNT = 0.75
"""Usual value of the discount; 0.6 and 0.9 changed no result on the held-out mirrors."""
N_GLYPHS = 8000
"""Characters that share what the discount leaves of the unigrams: about those of 通用规范汉字表."""
SHARE_OF_DOCUMENT = 0.3
"""Weight of the document's own n-grams; 0.2 to 0.4 were equally good on the held-out mirrors."""
SHARE_OF_UNSEEN = 0.01
N_SEEN, N_FREQUENT = 8, 4
"""Characters that are tried after another: those most often seen there, and some that are frequent anywhere."""
SMALL = 48
"""Characters that are few enough to try them all."""
_NONE: set[int] = set()


@dataclass(frozen=True, eq=False)
class CharModel:
    """Smoothed probabilities out of counts.

    Attributes
    ----------
    p1, p2, p3 : dict
        Probability by key: of a character; of one after one; of one after two.
    rest1, rest2 : dict
        What is left for characters not seen after a character, or after two.
    unseen : float
        Probability of a character that was never seen.
    followers : dict
        The characters seen after a character.
    """

    p1: dict[int, float]
    p2: dict[int, float]
    p3: dict[int, float]
    rest1: dict[int, float]
    rest2: dict[int, float]
    unseen: float
    followers: dict[int, set[int]]
    _likely: dict[tuple[int, int], list[tuple[float, int]]] = field(default_factory=dict)
    _frequent: dict[int, frozenset[int]] = field(default_factory=dict)

    def probability(self, first: int, second: int, third: int) -> float:
        """Probability of `third` after `first` and `second`, all folded code points."""
        context = first << BITS | second
        seen = self.p3.get(context << BITS | third)
        if seen is not None:
            return seen
        shorter = self.p2.get(second << BITS | third)
        if shorter is None:
            shorter = self.rest1.get(second, 1.0) * self.p1.get(third, self.unseen)
        return self.rest2.get(context, 1.0) * shorter

    def likely(self, code: int, pool: Set[int], name: int) -> list[tuple[float, int]]:
        """The most probable characters of a pool after one, rated: seen ones, some frequent ones; `name` is the pool's own."""
        known = self._likely.get((code, name))
        if known is None:
            known = self._likely[code, name] = self._rated(code, pool, name)
        return known

    def _rated(self, code: int, pool: Set[int], name: int) -> list[tuple[float, int]]:
        """The same, not known yet."""
        if name not in self._frequent:
            few = len(pool) <= SMALL
            usual = (
                sorted(pool) if few else nlargest(N_FREQUENT, sorted(pool), key=lambda after: self.p1.get(after, 0.0))
            )
            self._frequent[name] = frozenset(usual)
        key = code << BITS
        seen = nlargest(N_SEEN, sorted(self.followers.get(code, _NONE) & pool), key=lambda after: self.p2[key | after])
        return [(log(self.probability(0, code, after)), after) for after in sorted(self._frequent[name].union(seen))]


@cache
def shipped_model() -> CharModel:
    """The model out of the counts that the lexicon holds."""
    return model_of(lexicon.arrays("char_ngrams.npz"))


@lru_cache(maxsize=2)
def learned_model(file: LearnedFile) -> CharModel:
    """The model out of the shipped counts and those of the user's own documents."""
    return model_of(added(lexicon.arrays("char_ngrams.npz"), dict(learned_arrays(file))))


def model_of(counts: Arrays) -> CharModel:
    """The model out of counts as `count_ngrams` gives them."""
    glyphs, n1 = counts["glyphs"].astype(np.int64), counts["n1"].astype(float)
    grams2, n2 = counts["grams2"].astype(np.int64), counts["n2"].astype(float)
    grams3, n3 = counts["grams3"].astype(np.int64), counts["n3"].astype(float)
    n_before = np.bincount(grams2[:, 1], minlength=len(glyphs))
    unseen = SHARE_OF_UNSEEN / N_GLYPHS
    p1 = (1 - SHARE_OF_UNSEEN) * (n_before + n1 / n1.sum()) / (n_before.sum() + 1) + unseen
    share2 = (n2 - DISCOUNT) / n1[grams2[:, 0]]
    rest1 = 1 - np.bincount(grams2[:, 0], weights=share2, minlength=len(glyphs))
    p2 = share2 + rest1[grams2[:, 0]] * p1[grams2[:, 1]]
    ids2 = grams2[:, 0] << BITS | grams2[:, 1]
    context = np.searchsorted(ids2, grams3[:, 0] << BITS | grams3[:, 1])
    suffix = np.searchsorted(ids2, grams3[:, 1] << BITS | grams3[:, 2])
    share3 = (n3 - DISCOUNT) / n2[context]
    rest2 = 1 - np.bincount(context, weights=share3, minlength=len(ids2))
    p3 = share3 + rest2[context] * p2[suffix]
    return CharModel(
        p1=_table(glyphs[:, None], p1),
        p2=_table(glyphs[grams2], p2),
        p3=_table(glyphs[grams3], p3),
        rest1=_table(glyphs[:, None], rest1),
        rest2=_table(glyphs[grams2], rest2),
        unseen=float(unseen),
        followers=_followers(glyphs[grams2]),
    )


@dataclass
class DocumentModel:
    """A model mixed with the n-grams of one document."""

    model: CharModel
    text: str
    _counts: dict[int, dict[int, int]] = field(init=False)
    _known: dict[int, float] = field(init=False, default_factory=dict)
    _own_followers: dict[int, set[int]] = field(init=False)

    def __post_init__(self) -> None:
        """Count the document's n-grams."""
        codes = codes_of(self.text)
        self._counts = {}
        for size in (1, 2, 3):
            self._counts[size] = dict(counted(codes, size))
        self._own_followers = {}
        for key in self._counts[2]:
            self._own_followers.setdefault(key >> BITS, set()).add(key & 0xFFFF)

    def own_followers(self, code: int) -> set[int]:
        """The characters seen after a character in the document."""
        return self._own_followers.get(code, _NONE)

    def trigrams(self) -> Set[int]:
        """The document's sequences of three characters, each as one number."""
        return self._counts[3].keys()

    def score(self, first: int, second: int, third: int) -> float:
        """Log probability of `third` after `first` and `second`, all folded code points."""
        key = (first << BITS | second) << BITS | third
        known = self._known.get(key)
        if known is None:
            shipped = self.model.probability(first, second, third)
            own = (
                self._own(first << BITS | second, second, third)
                if third in self._own_followers.get(second, _NONE)
                else 0.0
            )
            known = self._known[key] = log((1 - SHARE_OF_DOCUMENT) * shipped + SHARE_OF_DOCUMENT * own)
        return known

    def _own(self, context: int, second: int, third: int) -> float:
        """Probability by the document alone: trigrams and bigrams half and half, where the context was seen."""
        n1, n2, n3 = (self._counts[size] for size in (1, 2, 3))
        pair = n2.get(second << BITS | third, 0)
        if not pair:
            return 0.0
        shorter = pair / (n1[second] + 1)
        return 0.5 * n3.get(context << BITS | third, 0) / (n2.get(context, 0) + 1) + 0.5 * shorter


def _followers(grams: NDArray[np.int64]) -> dict[int, set[int]]:
    """The second characters of bigrams by their first."""
    followers: dict[int, set[int]] = {}
    for first, second in grams.tolist():
        followers.setdefault(first, set()).add(second)
    return followers


def _table(grams: NDArray[Any], values: NDArray[Any]) -> dict[int, float]:
    """Values by n-gram, each n-gram as one number."""
    keys = grams[:, 0]
    for column in range(1, grams.shape[1]):
        keys = keys << BITS | grams[:, column]
    return dict(zip(keys.tolist(), values.tolist(), strict=True))
