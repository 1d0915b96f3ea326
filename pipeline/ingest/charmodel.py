"""A character model: how probable a character is after the two before it.

Counts of character n-grams up to 3 that occur in several files, smoothed by absolute discounting (Ney, Essen and Kneser,
1994) and mixed with the n-grams of the document at hand, whose own phrases recur in it (Kuhn and De Mori, 1990).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from math import log
from typing import Any

import jieba
import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.ingest.script import naive_simplified

Arrays = dict[str, NDArray[Any]]

MIN_FILES = 5
"""An n-gram is kept if at least so many files have it: no sentence of a single source can be read off the counts."""
DISCOUNT = 0.75
"""Usual value of the discount; 0.6 and 0.9 changed no result on the held-out mirrors."""
N_GLYPHS = 8000
"""Characters that share what the discount leaves of the unigrams: about those of 通用规范汉字表."""
SHARE_OF_DOCUMENT = 0.3
"""Weight of the document's own n-grams; 0.2 to 0.4 were equally good on the held-out mirrors."""
SHARE_OF_UNSEEN = 0.01
MIN_WORD = 20
"""Rarer words of the dictionary are names and misprints as often as words."""
WORDS_PER_COUNT = 250
"""Scales the dictionary to about a tenth of the reports."""
_BITS = 16


@cache
def folding() -> dict[int, str]:
    """How characters are folded before counting, for `str.translate`: 繁 to 简, digits to 0, letters to a, width to ASCII."""
    folded = dict(naive_simplified())
    for code in range(0x21, 0x7F):
        glyph = chr(code)
        after = "0" if glyph.isdigit() else "a" if glyph.isalpha() else glyph
        folded[code] = folded[code + 0xFEE0] = after
    return folded


def count_ngrams(texts: Iterable[str], *, words: Mapping[str, int] | None = None, min_files: int = MIN_FILES) -> Arrays:
    """Counts of the character n-grams up to 3 that occur in at least `min_files` texts, and of those within words.

    Parameters
    ----------
    texts : iterable of str
        One a file.
    words : mapping of str to int
        Words of a dictionary, each with the times that it counts.
    min_files : int
        n-grams of fewer files are left out.

    Returns
    -------
    dict of str to ndarray
        ``glyphs`` (code points, uint16, sorted); ``n1`` their counts; ``grams2`` (n, 2) and ``grams3`` (n, 3) indices into
        `glyphs`, sorted, with counts ``n2``, ``n3``.

    Examples
    --------
    >>> counts = count_ngrams(["党建工作", "党建引领"], min_files=2)
    >>> "".join(map(chr, counts["glyphs"])), counts["n2"].tolist()
    ('\\n党建', [2, 2])
    """
    totals: dict[int, dict[int, tuple[int, int]]] = {1: {}, 2: {}, 3: {}}
    for text in texts:
        for size, total in totals.items():
            for key, n_text in _counted(_codes(text), size):
                n, files = total.get(key, (0, 0))
                total[key] = (n + n_text, files + 1)
    counts = {
        size: {key: n for key, (n, files) in total.items() if files >= min_files} for size, total in totals.items()
    }
    for word, n_word in (words or {}).items():
        for size, total in counts.items():
            for key, n in _counted(_codes(word)[1:-1], size):
                total[key] = total.get(key, 0) + n * n_word
    return _arrays(counts)


def _arrays(counts: dict[int, dict[int, int]]) -> Arrays:
    """Counts by key and size as arrays."""
    kept = {
        size: (np.array(sorted(found), dtype=np.int64), [found[key] for key in sorted(found)])
        for size, found in counts.items()
    }
    glyphs = kept[1][0].astype(np.uint16)
    arrays: Arrays = {"glyphs": glyphs, "n1": np.array(kept[1][1], dtype=np.uint32)}
    for size in (2, 3):
        keys, n = kept[size]
        columns = [np.searchsorted(glyphs, keys >> _BITS * shift & 0xFFFF) for shift in range(size - 1, -1, -1)]
        arrays[f"grams{size}"] = np.stack(columns, axis=1).astype(np.uint16)
        arrays[f"n{size}"] = np.array(n, dtype=np.uint32)
    return arrays


@dataclass(frozen=True)
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

    def probability(self, first: int, second: int, third: int) -> float:
        """Probability of `third` after `first` and `second`, all folded code points."""
        context = first << _BITS | second
        seen = self.p3.get(context << _BITS | third)
        if seen is not None:
            return seen
        shorter = self.p2.get(second << _BITS | third)
        if shorter is None:
            shorter = self.rest1.get(second, 1.0) * self.p1.get(third, self.unseen)
        return self.rest2.get(context, 1.0) * shorter


@cache
def shipped_model() -> CharModel:
    """The model out of the counts that the lexicon holds."""
    return model_of(lexicon.arrays("char_ngrams.npz"))


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
    ids2 = grams2[:, 0] << _BITS | grams2[:, 1]
    context = np.searchsorted(ids2, grams3[:, 0] << _BITS | grams3[:, 1])
    suffix = np.searchsorted(ids2, grams3[:, 1] << _BITS | grams3[:, 2])
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
    _followers: dict[int, set[int]] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        """Count the document's n-grams."""
        codes = _codes(self.text)
        self._counts = {}
        for size in (1, 2, 3):
            self._counts[size] = dict(_counted(codes, size))
        pairs = np.fromiter(self._counts[2], dtype=np.int64)
        self._own_followers = _followers(np.stack([pairs >> _BITS, pairs & 0xFFFF], axis=1))

    def followers(self, code: int) -> set[int]:
        """The characters seen after a character, in the document or before."""
        known = self._followers.get(code)
        if known is None:
            shipped, own = self.model.followers.get(code, set()), self._own_followers.get(code, set())
            known = self._followers[code] = shipped | own
        return known

    def frequency(self, code: int) -> float:
        """How frequent a character is, up to a factor."""
        return self.model.p1.get(code, self.model.unseen)

    def score(self, first: int, second: int, third: int) -> float:
        """Log probability of `third` after `first` and `second`, all folded code points."""
        key = (first << _BITS | second) << _BITS | third
        known = self._known.get(key)
        if known is None:
            own = self._own(first << _BITS | second, second, third)
            shipped = self.model.probability(first, second, third)
            known = self._known[key] = log((1 - SHARE_OF_DOCUMENT) * shipped + SHARE_OF_DOCUMENT * own)
        return known

    def _own(self, context: int, second: int, third: int) -> float:
        """Probability by the document alone: trigrams and bigrams half and half, where the context was seen."""
        n1, n2, n3 = (self._counts[size] for size in (1, 2, 3))
        pair = n2.get(second << _BITS | third, 0)
        if not pair:
            return 0.0
        shorter = pair / (n1[second] + 1)
        return 0.5 * n3.get(context << _BITS | third, 0) / (n2.get(context, 0) + 1) + 0.5 * shorter


def _codes(text: str) -> NDArray[np.int64]:
    """The folded code points of a text between line breaks, those above the BMP left out."""
    folded = f"\n{text.strip()}\n".translate(folding())
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    return codes[codes <= 0xFFFF]


def _keys(codes: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The n-grams of a sequence of code points, each as one number."""
    keys = np.zeros(max(len(codes) - size + 1, 0), dtype=np.int64)
    for offset in range(size):
        keys = keys << _BITS | codes[offset : offset + len(keys)]
    return keys


def _counted(codes: NDArray[np.int64], size: int) -> Iterator[tuple[int, int]]:
    """The n-grams of a sequence of code points, each as one number, and how often each occurs."""
    keys, counts = np.unique(_keys(codes, size), return_counts=True)
    return zip(keys.tolist(), counts.tolist(), strict=True)


def _followers(grams: NDArray[np.int64]) -> dict[int, set[int]]:
    """The second characters of bigrams by their first."""
    followers: dict[int, set[int]] = {}
    for first, second in grams.tolist():
        followers.setdefault(first, set()).add(second)
    return followers


def _table(grams: NDArray[np.int64], values: NDArray[np.float64]) -> dict[int, float]:
    """Values by n-gram, each n-gram as one number."""
    keys = grams[:, 0]
    for column in range(1, grams.shape[1]):
        keys = keys << _BITS | grams[:, column]
    return dict(zip(keys.tolist(), values.tolist(), strict=True))


def dictionary_words() -> dict[str, int]:
    """The words of jieba's dictionary (MIT licence) as `count_ngrams` counts them: 1 for every 250 occurrences begun."""
    with jieba.get_dict_file() as file:
        lines = (line.decode("utf-8").split() for line in file)
        rows = ((fields[0], int(fields[1])) for fields in lines)
        return {word: -(-n // WORDS_PER_COUNT) for word, n in rows if len(word) > 1 and n >= MIN_WORD}
