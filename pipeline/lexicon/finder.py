"""Expressions in texts: all of a list in one sweep, leftmost, the longest first, not overlapping."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

GAP = "…"
"""Stands for a few signs in an expression (以…为指导)."""
FEW = r"[^，,。；：！？\n]{0,10}?"
"""What it stands for, as a pattern: up to ten signs of a clause."""
_BITS = 16
_OPEN = ("", GAP, "(")
"""What follows the first glyph where the second is not fixed."""
_ONE, _OTHER, _LAST = np.uint32(0x9E3779B1), np.uint32(0x85EBCA6B), np.uint32(32 - _BITS)


@dataclass(frozen=True)
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
        glyphs = _glyphs(text + "\n")
        places: list[int] = np.flatnonzero(self.alone[_folded(glyphs[:-1])] | self.pairs[_hashed(glyphs)]).tolist()
        return places


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


def _folded(glyphs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Glyphs as places of a table."""
    return glyphs & np.uint32((1 << _BITS) - 1)


def _hashed(glyphs: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Each glyph with the next one as a place of a table."""
    return ((glyphs[:-1] * _ONE) ^ (glyphs[1:] * _OTHER)) >> _LAST
