"""The linear classifier of coded headlines: character n-grams of a text, one weight for each code."""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array

from pipeline import lexicon

Vector = NDArray[np.float64]

RE_MARKS = re.compile(r"[\W_]+")
RE_DIGITS = re.compile(r"\d+(?:\.\d+)?")

N_LONGEST = 3
"""Longest n-gram in characters (annotated sample, κ of 问题 / 对策 across reports: 3 .79 / .68, 4 .75 / .67)."""

GLYPH_BITS = 21
"""Bits of a code point: three of them fit into a number."""


@dataclass(frozen=True)
class Classifier:
    """What was learnt from coded headlines.

    Attributes
    ----------
    codes : tuple of str
    place : dict
        N-gram → its row.
    rarity : ndarray of float64, shape ``(n_grams,)``
        Inverse document frequency.
    weights : ndarray of float32, shape ``(n_grams, n_codes)``
    bias : ndarray of float64, shape ``(n_codes,)``
    keys, rows : ndarray of int64, shape ``(n_grams,)``
        The n-grams as numbers, sorted, and the row of each.
    calibration : tuple of float
        Intercept and slope by which log odds of the likeliest code become those that are borne out (Platt 1999).
    """

    codes: tuple[str, ...]
    place: dict[str, int]
    rarity: Vector
    weights: NDArray[np.float32]
    bias: Vector
    keys: NDArray[np.int64]
    rows: NDArray[np.int64]
    calibration: tuple[float, float] = (0.0, 1.0)


def grams_of(text: str) -> list[str]:
    """The character n-grams of a text within its marks, with repeats; any number is one character.

    Examples
    --------
    >>> grams_of("换届，12年")
    ['换', '届', '换届', '0', '年', '0年']
    """
    pieces = RE_MARKS.split(RE_DIGITS.sub("0", text))
    return [piece[i : i + n] for piece in pieces for n in range(1, N_LONGEST + 1) for i in range(len(piece) - n + 1)]


def text_scores(texts: Sequence[str], classifier: Classifier) -> Vector:
    """The margin of each code for some texts: positive speaks for it; the bias alone where no n-gram is known.

    Parameters
    ----------
    texts : sequence of str
    classifier : Classifier

    Returns
    -------
    ndarray of float64, shape ``(n_texts, n_codes)``

    References
    ----------
    tf-idf with 1 + log tf, scaled to length 1 (Salton and Buckley 1988), then a linear support vector machine a code
    (Fan et al. 2008).
    """
    owners, keys = _keys_of(texts)
    at = np.minimum(np.searchsorted(classifier.keys, keys), len(classifier.keys) - 1)
    is_known = classifier.keys[at] == keys
    found, counts = np.unique(owners[is_known] * len(classifier.keys) + at[is_known], return_counts=True)
    owner, gram = np.divmod(found, len(classifier.keys))
    rows = classifier.rows[gram]
    values = (1 + np.log(counts)) * classifier.rarity[rows]
    values /= np.sqrt(np.bincount(owner, values**2, minlength=len(texts)))[owner]
    vectors = csr_array((values, (owner, rows)), shape=(len(texts), len(classifier.rows)))
    scores: Vector = vectors @ classifier.weights + classifier.bias
    return scores


def leading_grams(text: str, code: str, classifier: Classifier, *, n: int = 2) -> list[str]:
    """The n-grams of at least two characters that speak most for a code, overlapping ones once."""
    rows, values = _vector(text, classifier)
    k = classifier.codes.index(code)
    votes = dict(zip(rows, values * classifier.weights[rows, k], strict=True)) if rows else {}
    known = {gram: votes[classifier.place[gram]] for gram in grams_of(text) if gram in classifier.place}
    best: list[str] = []
    for gram, vote in sorted(known.items(), key=lambda item: (-item[1], -len(item[0]), item[0])):
        if vote > 0 and len(gram) > 1 and len(best) < n and not any(gram in one or one in gram for one in best):
            best.append(gram)
    return best


@cache
def shipped_classifier() -> Classifier:
    """The classifier of the lexicon; ``make train-codes`` makes it again."""
    return unpacked(lexicon.arrays("code_weights.npz"))


def calibrated(chances: Vector, classifier: Classifier) -> Vector:
    """The probabilities of a point's codes with that of the likeliest calibrated, the others in proportion.

    Parameters
    ----------
    chances : ndarray, shape ``(n_codes,)``
    classifier : Classifier

    Returns
    -------
    ndarray, shape ``(n_codes,)``
        Sums to 1; the likeliest code stays the likeliest.
    """
    best = int(np.argmax(chances))
    chance = min(max(float(chances[best]), 1e-6), 1 - 1e-6)
    intercept, slope = classifier.calibration
    borne_out = 1 / (1 + math.exp(-intercept - slope * math.log(chance / (1 - chance))))
    changed: Vector = chances * ((1 - borne_out) / (1 - chance))
    changed[best] = borne_out
    return changed


def packed(
    codes: Sequence[str], grams: Iterable[str], rarity: Vector, weights: Vector, bias: Vector
) -> dict[str, NDArray[Any]]:
    """A classifier as arrays to be stored: weights as bytes with a scale a code.

    Parameters
    ----------
    codes, grams : sequence of str
    rarity : ndarray, shape ``(n_grams,)``
    weights : ndarray, shape ``(n_grams, n_codes)``
    bias : ndarray, shape ``(n_codes,)``

    Returns
    -------
    dict
        Name → array.
    """
    scale = np.abs(weights).max(axis=0) / 127
    return {
        "codes": np.array(list(codes)),
        "grams": np.frombuffer("\n".join(grams).encode(), dtype=np.uint8),
        "rarity": rarity.astype(np.float16),
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": scale,
        "bias": bias,
    }


def unpacked(arrays: Mapping[str, NDArray[Any]]) -> Classifier:
    """The classifier that `packed` made arrays of; an array `calibration` (intercept, slope) may stand beside them."""
    grams = arrays["grams"].tobytes().decode().split("\n")
    weights = (arrays["weights"] * arrays["scale"]).astype(np.float32)
    place = {gram: i for i, gram in enumerate(grams)}
    rarity = arrays["rarity"].astype(np.float64)
    intercept, slope = (float(value) for value in arrays.get("calibration", (0.0, 1.0)))
    codes, bias = tuple(arrays["codes"].tolist()), arrays["bias"].astype(np.float64)
    keys = np.array([_key(gram) for gram in grams], dtype=np.int64)
    rows = np.argsort(keys, kind="stable")
    return Classifier(codes, place, rarity, weights, bias, keys[rows], rows, (intercept, slope))


def _keys_of(texts: Sequence[str]) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The n-grams of some texts as (number of the text, key); those that hold a mark have keys that no gram has."""
    plain = [RE_MARKS.sub(" ", RE_DIGITS.sub("0", text)) + " " for text in texts]
    glyphs = _glyphs("".join(plain))
    owners = np.repeat(np.arange(len(plain)), [len(text) for text in plain])
    keys, all_keys = glyphs, [glyphs]
    for n in range(2, N_LONGEST + 1):
        keys = (keys[:-1] << GLYPH_BITS) + glyphs[n - 1 :]
        all_keys.append(keys)
    return np.concatenate([owners[: len(one)] for one in all_keys]), np.concatenate(all_keys)


def _glyphs(text: str) -> NDArray[np.int64]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.int64)


def _key(gram: str) -> int:
    """The key of an n-gram: its code points in one number."""
    return functools.reduce(lambda key, glyph: (key << GLYPH_BITS) + ord(glyph), gram, 0)


def _vector(text: str, classifier: Classifier) -> tuple[list[int], Vector]:
    """A text's known n-grams as rows and tf-idf values of length 1."""
    place, rarity = classifier.place, classifier.rarity
    known = [row for row in map(place.get, grams_of(text)) if row is not None]
    counts = Counter(known)
    rows = list(counts)
    values = (1 + np.log(np.array(list(counts.values()), dtype=np.float64))) * rarity[rows]
    return rows, values / (math.sqrt(float(values @ values)) or 1.0)
