"""The n-grams of sentences, hashed into buckets, many sentences at once; a linear model of them in arrays."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import rjieba
from numpy.typing import NDArray

BITS = 16
"""n-grams are hashed into 2 ** BITS buckets: a model of some 300 kB."""
MAX_READ = 120
"""Characters of a sentence that are read: what follows is detail."""

_BASE = 0x9E3779B97F4A7C15
"""Odd, so that it has an inverse modulo 2 ** 64."""
_INVERSE = pow(_BASE, -1, 1 << 64)
_MIX, _PAIR = np.uint64(0xD6E8FEB86659FD93), np.uint64(0xC2B2AE3D27D4EB4F)
_SHIFT, _LAST = np.uint64(32), np.uint64(64 - BITS)
Hashes = NDArray[np.uint64]
Grams = tuple[NDArray[np.int64], NDArray[np.int64]]
"""Buckets of some sentences, and where each sentence starts among them, and the end."""


@dataclass(frozen=True, slots=True)
class GramModel:
    """How probable some classes are for a sentence by its n-grams: a fitted logistic model.

    Attributes
    ----------
    weights : ndarray of float32, shape (2 ** BITS, n_classes)
    bias : ndarray of float32, shape (n_classes,)
    """

    weights: NDArray[np.float32]
    bias: NDArray[np.float32]

    def probabilities(self, sentences: Sequence[str]) -> NDArray[np.float64]:
        """Chances of the classes for each sentence, shape (n_sentences, n_classes); rows sum to 1."""
        return self.of(sentence_buckets(sentences))

    def of(self, grams: Grams) -> NDArray[np.float64]:
        """The same for sentences whose buckets are known."""
        found, starts = grams
        sizes = np.diff(starts)
        scores = np.zeros((len(sizes), len(self.bias)), dtype=np.float64)
        if len(found):
            sums = np.add.reduceat(self.weights.take(found, axis=0), starts[:-1][sizes > 0], axis=0)
            scores[sizes > 0] = sums / np.sqrt(sizes[sizes > 0], dtype=np.float32)[:, None]
        scores += self.bias
        raised = np.exp(scores - scores.max(axis=1, keepdims=True))
        chances: NDArray[np.float64] = raised / raised.sum(axis=1, keepdims=True)
        return chances


def model_of(arrays: Mapping[str, NDArray[Any]]) -> GramModel:
    """The model of some arrays: ``weights`` as whole numbers, their ``scale``, and ``bias``."""
    return GramModel(
        arrays["weights"].astype(np.float32) * np.float32(arrays["scale"]), arrays["bias"].astype(np.float32)
    )


def sentence_buckets(sentences: Sequence[str]) -> Grams:
    """The buckets of the n-grams of sentences, each once a sentence: 1 to 3 characters, 1 and 2 words, and the beginning.

    An n-gram's hash is that of Karp and Rabin (1987), read off sums over all sentences; digits count as one, marks not.

    Parameters
    ----------
    sentences : sequence of str

    Returns
    -------
    tuple of ndarray of int
        Buckets, in order of sentences, then sorted; where each sentence starts, and the end, shape (n_sentences + 1,).

    Examples
    --------
    >>> found, starts = sentence_buckets(["支部", "支部。", "党员"])
    >>> starts.tolist(), bool((found[:5] == found[5:10]).all())
    ([0, 5, 10, 15], True)
    """
    glyphs = _plain("\n".join(sentence[:MAX_READ].replace("\n", " ") for sentence in sentences))
    breaks = np.flatnonzero(glyphs == ord("\n"))
    number = np.zeros(len(glyphs) + 1, dtype=np.int64)
    number[breaks + 1] = 1
    number = np.cumsum(number)
    starts, hashes = _grams(glyphs, number)
    width = np.uint32 if len(sentences) < 1 << BITS else np.uint64  # shorter keys are sorted faster
    keys: NDArray[Any] = np.sort((number << BITS).astype(width)[starts] | _mixed(hashes).astype(width))
    is_new = np.ones(len(keys), dtype=np.bool_)
    np.not_equal(keys[1:], keys[:-1], out=is_new[1:])
    keys = keys[is_new]
    bounds = np.searchsorted(keys, (np.arange(len(sentences) + 1) << BITS).astype(width))
    return (keys & ((1 << BITS) - 1)).astype(np.int64), bounds


def _plain(joined: str) -> NDArray[np.uint32]:
    """The glyphs of sentences, each with its new line: digits as one 0, marks as one blank, none at either end."""
    glyphs = np.frombuffer(f"\n{joined}\n".encode("utf-32-le"), dtype=np.uint32).copy()
    kinds = _kinds()[np.minimum(glyphs, len(_kinds()) - 1)]
    for at in np.flatnonzero(glyphs >= len(_kinds())).tolist():
        kinds[at] = _kind(chr(glyphs[at]))
    glyphs[kinds == DIGIT], glyphs[kinds == MARK] = ord("0"), ord(" ")
    is_kept = np.ones(len(glyphs), dtype=np.bool_)
    is_kept[1:] = (kinds[1:] == LETTER) | (kinds[1:] != kinds[:-1])
    glyphs = glyphs[is_kept]
    is_break = glyphs == ord("\n")
    is_edge = np.zeros(len(glyphs), dtype=np.bool_)
    is_edge[1:-1] = (glyphs[1:-1] == ord(" ")) & (is_break[:-2] | is_break[2:])
    is_edge[0] = True
    return glyphs[~is_edge]


LETTER, DIGIT, MARK = range(3)
"""Kinds of glyphs; new lines and % count as letters."""


def _kind(glyph: str) -> int:
    """The kind of a glyph."""
    if glyph.isdecimal():
        return DIGIT
    return LETTER if glyph.isalnum() or glyph in "_%\n" else MARK


@cache
def _kinds() -> NDArray[np.uint8]:
    """The kind of each glyph of the basic plane."""
    return np.array([_kind(chr(code)) for code in range(1 << 16)], dtype=np.uint8)


def _grams(glyphs: NDArray[np.uint32], number: NDArray[np.int64]) -> tuple[NDArray[np.int64], Hashes]:
    """Where all n-grams start, and their hashes; the kinds are told apart."""
    sums, inverses = _sums(glyphs)
    found: list[tuple[NDArray[np.int64], Hashes]] = []
    for size in (1, 2, 3):
        inside = number[:-size] == number[size:]
        grams = (sums[size:] - sums[:-size]) * inverses[: len(sums) - size]
        found.append((np.flatnonzero(inside), grams[inside] + np.uint64(size)))
    firsts = np.flatnonzero(np.diff(number, prepend=-1)[:-1])
    firsts = firsts[glyphs[firsts] != ord("\n")]
    ends = np.minimum(firsts + 2, np.searchsorted(number, number[firsts], side="right") - 1)
    found.append((firsts, (sums[ends] - sums[firsts]) * inverses[firsts] + np.uint64(7)))
    lengths = np.fromiter(map(len, rjieba.cut(glyphs[:-1].tobytes().decode("utf-32-le"))), dtype=np.int64)
    ends = np.cumsum(lengths)
    starts = ends - lengths
    is_word = (glyphs[starts] != ord(" ")) & (glyphs[starts] != ord("\n"))
    starts, ends = starts[is_word], ends[is_word]
    words = (sums[ends] - sums[starts]) * inverses[starts]
    found.append((starts, words + np.uint64(5)))
    is_pair = number[starts[:-1]] == number[starts[1:]]
    found.append((starts[:-1][is_pair], (words[:-1] * _PAIR + words[1:] + np.uint64(6))[is_pair]))
    return np.concatenate([at for at, _ in found]), np.concatenate([hashed for _, hashed in found])


def _sums(glyphs: NDArray[np.uint32]) -> tuple[Hashes, Hashes]:
    """Sums of glyphs times powers of the base up to each place, and the inverse powers, modulo 2 ** 64."""
    n = len(glyphs)
    powers = np.full(n, _BASE, dtype=np.uint64)
    inverses = np.full(n + 1, _INVERSE, dtype=np.uint64)
    powers[:1] = inverses[:1] = 1
    sums = np.zeros(n + 1, dtype=np.uint64)
    np.cumsum(glyphs.astype(np.uint64) * np.cumprod(powers), out=sums[1:])
    return sums, np.cumprod(inverses)


def _mixed(hashes: Hashes) -> Hashes:
    """Hashes as buckets, every bit of them counting."""
    mixed = (hashes ^ (hashes >> _SHIFT)) * _MIX
    return ((mixed ^ (mixed >> _SHIFT)) * _MIX) >> _LAST
