"""Expressions in texts: all of a list in one sweep, leftmost, the longest first, not overlapping."""

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

GAP = "…"
"""Stands for a few signs in an expression (以…为指导)."""
FEW = r"[^，,。；：！？\n]{0,10}?"
"""What it stands for, as a pattern: up to ten signs of a clause."""
_BITS = 16
_OPEN = ("", GAP, "(", ".")
"""What follows the first glyph where the second is not fixed."""
_RE_CLASS = re.compile(r"\[[^\]]+\]|.")
"""A glyph, or a class of them."""
_ONE, _OTHER, _LAST = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(32 - _BITS)


@dataclass(frozen=True, eq=False)
class Sieve:
    """Where some patterns may match, told by their first two glyphs: elsewhere nothing need be tried.

    Attributes
    ----------
    alone, pairs : ndarray of bool, shape (2 ** 16,)
        The first glyphs of patterns of which only the first is fixed, and the first pairs of the others, hashed.
    """

    alone: NDArray[np.bool_]
    pairs: NDArray[np.bool_]

    def places(self, text: str) -> list[int]:
        """Where a pattern may match in a text, and a few places more, in order."""
        folded, hashed = _keys(text)
        places: list[int] = np.flatnonzero(self.alone.take(folded) | self.pairs.take(hashed)).tolist()
        return places

    def inside(self, text: str, start: int, end: int) -> list[int]:
        """The same for a stretch of a text of which more stretches will be asked."""
        places = _kept(self, text)
        return places[bisect_left(places, start) : bisect_left(places, end)]


def sieve_of(patterns: Iterable[str]) -> Sieve:
    """The sieve of some patterns, each of which begins with a glyph, perhaps followed by a glyph or a class of them.

    Examples
    --------
    >>> sieve_of(["不[够足]", "仍"]).places("力度不够，不少人仍观望")
    [2, 8]
    """
    sieve = Sieve(np.zeros(1 << _BITS, dtype=np.bool_), np.zeros(1 << _BITS, dtype=np.bool_))
    for pattern in patterns:
        seconds = pattern[2 : pattern.index("]")] if pattern[1:2] == "[" else pattern[1:2]
        if seconds in _OPEN:
            sieve.alone[_folded(_glyphs(pattern[0]))] = True
        for second in seconds:
            sieve.pairs[_hashed(_glyphs(pattern[0] + second))] = True
    return sieve


@lru_cache(maxsize=8)
def _kept(sieve: Sieve, text: str) -> list[int]:
    """The places of a text."""
    return sieve.places(text)


@dataclass(frozen=True)
class WordLists:
    """Lists of short words, ready to be looked for in many texts at once: a bit for each word.

    Attributes
    ----------
    bits : ndarray of uint64, shape (3, 2 ** 16)
        The words that a glyph fits as their first, second, and third one; a word of fewer glyphs is fitted by any more.
    lists : ndarray of uint64, shape (n_lists,)
        The words of each list.
    """

    bits: NDArray[np.uint64]
    lists: NDArray[np.uint64]

    def held(self, texts: Sequence[str]) -> NDArray[np.bool_]:
        """Which lists each text has a word of, shape (n_texts, n_lists)."""
        glyphs = np.minimum(_glyphs("\n".join([*texts, "\n\n"])), np.uint32((1 << _BITS) - 1))
        first, second, third = (bits.take(glyphs) for bits in self.bits)
        starts = np.cumsum([0, *(len(text) + 1 for text in texts)])[:-1]
        found = np.bitwise_or.reduceat(first[:-2] & second[1:-1] & third[2:], starts)
        held: NDArray[np.bool_] = (found[:, None] & self.lists) != 0
        return held


def word_lists(lists: Iterable[Iterable[str]]) -> WordLists:
    """Some lists of words, no more than 64 words in all, of up to three glyphs or classes of glyphs each.

    Examples
    --------
    >>> word_lists([["支部", "[一二]成"], ["书记"]]).held(["支部", "二成书记", ""]).tolist()
    [[True, False], [True, True], [False, False]]
    """
    bits = np.zeros((3, 1 << _BITS), dtype=np.uint64)
    sums, word = [], np.uint64(1)
    for words in lists:
        sums.append(np.uint64(0))
        for one in words:
            fitting = [[ord(glyph) for glyph in fits.strip("[]")] for fits in _RE_CLASS.findall(one)]
            for place, row in enumerate(bits):
                row[fitting[place] if place < len(fitting) else slice(None)] |= word
            sums[-1] |= word
            word = word << np.uint64(1)
    return WordLists(bits, np.array(sums))


@dataclass(frozen=True)
class Finder:
    """Expressions, ready to be found.

    Attributes
    ----------
    by_first : dict of str to re.Pattern
        First glyph → the expressions that begin with it, longest first.
    sieve : Sieve
        Where one may start.
    """

    by_first: dict[str, re.Pattern[str]]
    sieve: Sieve

    def found(self, text: str) -> list[tuple[int, str]]:
        """Where expressions start in a text, and their words there, in order.

        Examples
        --------
        >>> finder_of(["作风", "作风不实", "以…为本"]).found("作风不实，以民为本")
        [(0, '作风不实'), (5, '以民为本')]
        """
        found: list[tuple[int, str]] = []
        end = 0
        for at in self.sieve.places(text):
            if at >= end and (pattern := self.by_first.get(text[at])) and (match := pattern.match(text, at)):
                end = match.end()
                found.append((at, match[0]))
        return found


def finder_of(expressions: Iterable[str]) -> Finder:
    """The finder of some expressions, which are words in which `GAP` may stand for a few signs."""
    known = set(expressions)
    return Finder({first: re.compile(pattern) for first, pattern in _grouped(known).items()}, sieve_of(known))


def alternatives(expressions: Iterable[str]) -> str:
    """Expressions as one alternation, longest first, grouped by first glyph so that a search skips quickly.

    Examples
    --------
    >>> alternatives(["作风", "作风不实", "会风"])
    '会(?:风)|作(?:风不实|风)'
    """
    return "|".join(pattern for _, pattern in sorted(_grouped(expressions).items()))


def _grouped(expressions: Iterable[str]) -> dict[str, str]:
    """First glyph → the pattern of the expressions that begin with it, longest first."""
    by_first: dict[str, list[str]] = {}
    for words in sorted(set(expressions), key=lambda words: (-len(words), words)):
        by_first.setdefault(words[0], []).append(re.escape(words[1:]).replace(GAP, FEW))
    return {first: f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in by_first.items()}


def _glyphs(text: str) -> NDArray[np.uint32]:
    """The code points of a text."""
    return np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32)


@lru_cache(maxsize=2)
def _keys(text: str) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
    """The glyphs of a text, and each with the next one, as places of tables; several sieves ask for those of one text."""
    glyphs = _glyphs(text + "\n")
    return _folded(glyphs[:-1]), _hashed(glyphs)


def _folded(glyphs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Glyphs as places of a table."""
    return glyphs & np.uint32((1 << _BITS) - 1)


def _hashed(glyphs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Each glyph with the next one as a place of a table."""
    return ((glyphs[:-1] * _ONE) ^ (glyphs[1:] * _OTHER)) >> _LAST
