"""A character model: how probable a character is after the two before it.

Counts of character n-grams up to 3, smoothed by absolute discounting with shorter n-grams counted by the characters that
they follow (Kneser and Ney, 1995; Chen and Goodman, 1999), and mixed with the n-grams of the document at hand, whose own
phrases recur in it (Kuhn and De Mori, 1990).
"""

from bisect import bisect
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.mirror.ngrams import BITS, Arrays, Followers, added, codes_of, counted, shipped_counts
from pipeline.settings import LearnedFile
from pipeline.store.learned import learned_arrays

PER_FOLLOWED = 2.5
"""Occurrences of a bigram after other characters, where the trigram was not kept, that stand for one character followed:
2.2 to 3 were equally good on 30 held-out reports."""
N_GLYPHS = 8000
"""Characters that share what the discount leaves of the unigrams: about those of 通用规范汉字表."""
OWN_TIMES = (2, 3, 6, 21)
OWN_SHARES = ((0.05, 0.09, 0.08, 0.10, 0.13), (0.17, 0.19, 0.20, 0.25, 0.43))
"""Weight of the document's own bigrams and trigrams, by how often it has the context: once, twice, 3 to 5, 6 to 20, more.
Fitted by expectation maximisation to 30 reports, each n-gram left out of its own document's counts once."""
SHARE_OF_UNSEEN = 0.01
MIN_DISCOUNT, MAX_DISCOUNT = 0.1, 0.95
"""Bounds of the discount, the upper one as a share of the count: counts of a few texts give none that hold."""
GLYPH, PAIR = (1 << BITS) - 1, (1 << 2 * BITS) - 1
"""What the last character, and the last two, take up in the key of an n-gram."""
Floats = NDArray[np.float64]


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
    """

    p1: dict[int, float]
    p2: dict[int, float]
    p3: dict[int, float]
    rest1: dict[int, float]
    rest2: dict[int, float]
    unseen: float

    def probability(self, gram: int) -> float:
        """Probability of the last of three characters after the other two, by the key of the sequence."""
        seen = self.p3.get(gram)
        if seen is not None:
            return seen
        shorter = self.p2.get(gram & PAIR)
        if shorter is None:
            shorter = self.rest1.get(gram >> BITS & GLYPH, 1.0) * self.p1.get(gram & GLYPH, self.unseen)
        return self.rest2.get(gram >> BITS, 1.0) * shorter


@cache
def shipped_model() -> CharModel:
    """The model out of the counts that the lexicon holds."""
    return model_of(shipped_counts())


@lru_cache(maxsize=2)
def learned_model(file: LearnedFile) -> CharModel:
    """The model out of the shipped counts and those of the user's own documents."""
    return model_of(added(shipped_counts(), dict(learned_arrays(file))))


def model_of(counts: Arrays) -> CharModel:
    """The model out of counts as `count_ngrams` gives them."""
    glyphs, n1 = counts["glyphs"].astype(np.int64), counts["n1"].astype(float)
    grams2, n2 = counts["grams2"].astype(np.int64), counts["n2"].astype(float)
    grams3, n3 = counts["grams3"].astype(np.int64), counts["n3"].astype(float)
    n_before = np.bincount(grams2[:, 1], minlength=len(glyphs))
    unseen = SHARE_OF_UNSEEN / N_GLYPHS
    p1 = (1 - SHARE_OF_UNSEEN) * (n_before + n1 / n1.sum()) / (n_before.sum() + 1) + unseen
    ids2 = grams2[:, 0] << BITS | grams2[:, 1]
    context = np.searchsorted(ids2, grams3[:, 0] << BITS | grams3[:, 1])
    suffix = np.searchsorted(ids2, grams3[:, 1] << BITS | grams3[:, 2])
    followed = _followed(n2, suffix, n3)
    share2, rest1 = _discounted(followed, grams2[:, 0], np.bincount(grams2[:, 0], followed, len(glyphs)).astype(float))
    p2 = share2 + rest1[grams2[:, 0]] * p1[grams2[:, 1]]
    share3, rest2 = _discounted(n3, context, n2)
    p3 = share3 + rest2[context] * p2[suffix]
    return CharModel(
        p1=_table(glyphs[:, None], p1),
        p2=_table(glyphs[grams2], p2),
        p3=_table(glyphs[grams3], p3),
        rest1=_table(glyphs[:, None], rest1),
        rest2=_table(glyphs[grams2], rest2),
        unseen=float(unseen),
    )


def _followed(n2: Floats, suffix: NDArray[np.int64], n3: Floats) -> Floats:
    """How many characters each bigram follows, about: those known, and others by what is left of its count; at least one."""
    left = n2 - np.bincount(suffix, n3, len(n2))
    return np.maximum(np.bincount(suffix, minlength=len(n2)) + np.maximum(left, 0) / PER_FOLLOWED, 1)


def _discounted(n: Floats, context: NDArray[np.int64], total: Floats) -> tuple[Floats, Floats]:
    """The share of each n-gram in its context less a discount, and what is left in each context.

    The discounts of n-grams that were counted once, twice and more often follow from how many there are (Chen and Goodman).
    """
    times = np.clip(np.rint(n).astype(np.int64), 1, 5)
    rare = np.maximum(np.bincount(times, minlength=6), 1)
    unit = rare[1] / (rare[1] + 2 * rare[2])
    discounts = [once - (once + 1) * unit * rare[once + 1] / rare[once] for once in (1, 2, 3)]
    taken = np.clip(np.array(discounts)[np.minimum(times, 3) - 1], MIN_DISCOUNT, MAX_DISCOUNT * n)
    share: Floats = (n - taken) / np.maximum(total, 1)[context]
    return share, 1 - np.bincount(context, share, len(total)).astype(float)


class DocumentModel:
    """A model mixed with the n-grams of one document.

    Attributes
    ----------
    model : CharModel
    followers : Followers
        How often each character was seen after each in the document.
    """

    def __init__(self, model: CharModel, text: str) -> None:
        """Count the document's n-grams."""
        codes = codes_of(text)
        self.model = model
        self._singles, self._pairs, self._triples = (counted(codes, size) for size in (1, 2, 3))
        self.followers = Followers(self._pairs)
        self._mixing = [
            {n: (1 - shares[bisect(OWN_TIMES, n)], shares[bisect(OWN_TIMES, n)] / n) for n in {*counts.values()}}
            for shares, counts in zip(OWN_SHARES, (self._singles, self._pairs), strict=True)
        ]

    def score(self, gram: int) -> float:
        """Log probability of the last of three characters after the other two, by the key of the sequence."""
        return log(self.mixed(self.model.probability(gram), gram))

    def mixed(self, probability: float, gram: int) -> float:
        """A probability of the last of three characters after the other two mixed with what the document has there."""
        n = self._singles.get(gram >> BITS & GLYPH)
        if n is None:
            return probability
        left, unit = self._mixing[0][n]
        probability = left * probability + unit * self._pairs.get(gram & PAIR, 0)
        n = self._pairs.get(gram >> BITS)
        if n is None:
            return probability
        left, unit = self._mixing[1][n]
        return left * probability + unit * self._triples.get(gram, 0)


def _table(grams: NDArray[Any], values: NDArray[Any]) -> dict[int, float]:
    """Values by n-gram, each n-gram as one number."""
    keys = grams[:, 0]
    for column in range(1, grams.shape[1]):
        keys = keys << BITS | grams[:, column]
    return dict(zip(keys.tolist(), values.tolist(), strict=True))
