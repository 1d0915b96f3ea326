"""Which characters may follow a character, by what must be known of their bytes: candidates for bytes that were lost."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache
from math import log

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest import gbk
from pipeline.ingest.charmodel import CharModel
from pipeline.ingest.gbk import Item
from pipeline.ingest.ngrams import BITS

N_SEEN = 24
"""Characters of a class that are tried after another, of those that were seen after it: the most probable ones. With 8 instead,
8 runs of 1,000 more have no reading that is right among those that are compared; with 60, as many as with 24."""
N_USUAL = 48
"""Frequent characters that are tried after one that they were not seen after: half of those with one lead byte."""

Class = int | str
"""What is known of a character: its trail byte, or what the functions below give, or its reading (traditional ones alone)."""
ANY = 0x300
"""The class of all characters."""
DROPPING = 0x301
"""The class of characters whose trail byte can begin an unmapped pair."""
Candidate = tuple[float, int, int, Item]
"""A character: log probability, folded code point, code point, with its bytes."""


def led_by(first: int) -> Class:
    """The class of characters with a lead byte."""
    return 0x100 | first


def dropping(first: int) -> Class:
    """The class of those whose trail byte can begin an unmapped pair, too."""
    return 0x200 | first


def _classes(item: Item) -> tuple[Class, ...]:
    """All classes of a character."""
    first, second, glyph = item
    found: list[Class] = [second, led_by(first), ANY]
    if gbk.unmapped_with(second):
        found += [DROPPING, dropping(first)]
    return (*found, *(sorted(gbk.readings(glyph)) if gbk.is_traditional(glyph) else ()))


@cache
def _members() -> dict[Class, dict[int, list[Item]]]:
    """The characters of every class that a mirror may hold, by folded code point."""
    found: dict[Class, dict[int, list[Item]]] = {}
    for item in gbk.common_glyphs():
        code = gbk.folded(item[2])
        for one in _classes(item):
            found.setdefault(one, {}).setdefault(code, []).append(item)
    return found


@dataclass(frozen=True, eq=False)
class Pairs:
    """Pairs of characters, each with its probability (log): folded code points, arrays of one length.

    Sorted by the first character; for each the most probable first.
    """

    first: NDArray[np.int64]
    second: NDArray[np.int64]
    weight: NDArray[np.float64]

    def ending(self, codes: Iterable[int]) -> "Pairs":
        """Those whose second character is one of some, at most `N_SEEN` of each first one."""
        is_wanted = np.zeros(1 << BITS, dtype=bool)
        is_wanted[list(codes)] = True
        found = np.flatnonzero(is_wanted[self.second])
        first = self.first[found]
        kept = np.ones(len(found), dtype=bool)
        kept[N_SEEN:] = first[N_SEEN:] != first[:-N_SEEN]
        return Pairs(first[kept], self.second[found[kept]], self.weight[found[kept]])


class Following(dict[int, list[Candidate]]):
    """Some characters that were seen after each character, by its folded code point; filled as it is asked for."""

    def __init__(self, members: dict[int, list[Item]], pairs: Pairs) -> None:
        """Take the characters by folded code point, and pairs that end with them."""
        super().__init__()
        found = pairs.ending(members)
        self._members, self._first = members, found.first.tolist()
        self._second, self._weight = found.second.tolist(), found.weight.tolist()

    def __missing__(self, code: int) -> list[Candidate]:
        """Those after one character, the most probable first; they are kept."""
        found = self[code] = list[Candidate]()
        for place in range(bisect_left(self._first, code), bisect_right(self._first, code)):
            weight, after = self._weight[place], self._second[place]
            if len(found) < N_SEEN:
                found += [(weight, after, ord(item[2]), item) for item in self._members[after]]
        return found


@dataclass(frozen=True, eq=False)
class Pool:
    """The characters of a class.

    Attributes
    ----------
    name : int or str
        The class.
    members : dict of int to list of Item
        The characters by folded code point.
    following : Following
        Those that were seen after each character.
    frequent : list of Candidate
        All of them, the most frequent anywhere first; none if they are tried only where they were seen.
    """

    name: Class
    members: dict[int, list[Item]]
    following: Following
    frequent: list[Candidate]
    _usual: dict[frozenset[int] | None, list[Candidate]] = field(default_factory=dict)

    def usual(self, leads: frozenset[int] | None = None) -> list[Candidate]:
        """Candidates where none was seen: the most frequent of those with one of some lead bytes."""
        known = self._usual.get(leads)
        if known is None:
            found = [one for one in self.frequent if leads is None or one[3][0] in leads]
            known = self._usual[leads] = found[:N_USUAL]
        return known


@dataclass(frozen=True, eq=False)
class Candidates:
    """Candidates by a character model, found out as they are asked for.

    Attributes
    ----------
    model : CharModel
    pairs : Pairs
        All pairs of characters that the model knows.
    """

    model: CharModel
    pairs: Pairs
    _pools: dict[Class, Pool] = field(default_factory=dict)
    _rest: dict[int, float] = field(default_factory=dict)
    _before: dict[tuple[Class, str], list[Item]] = field(default_factory=dict)

    def pool(self, wanted: Class) -> Pool:
        """The characters of a class."""
        known = self._pools.get(wanted)
        if known is None:
            members = _members().get(wanted, {})
            frequent = [] if wanted == DROPPING else self._frequent(members)
            known = self._pools[wanted] = Pool(wanted, members, Following(members, self.pairs), frequent)
        return known

    def before(self, pool: Pool, glyph: str) -> list[Item]:
        """The characters of a pool that were seen before one."""
        known = self._before.get((pool.name, glyph))
        if known is None:
            code, p2 = gbk.folded(glyph), self.model.p2
            known = [item for one, items in pool.members.items() if one << BITS | code in p2 for item in items]
            self._before[pool.name, glyph] = known
        return known

    def _frequent(self, members: dict[int, list[Item]]) -> list[Candidate]:
        """The characters of a class, the most frequent first."""
        p1, unseen = self.model.p1, self.model.unseen
        rated = [
            (log(p1.get(code, unseen)), code, ord(item[2]), item) for code, items in members.items() for item in items
        ]
        return sorted(rated, reverse=True)

    def rest(self, code: int) -> float:
        """What is left (log) for characters that were not seen after one."""
        known = self._rest.get(code)
        if known is None:
            known = self._rest[code] = log(self.model.rest1.get(code, 1.0))
        return known


@cache
def candidates_by(model: CharModel) -> Candidates:
    """The candidates by a model."""
    n = len(model.p2)
    keys = np.fromiter(model.p2.keys(), dtype=np.int64, count=n)
    weight = np.log(np.fromiter(model.p2.values(), dtype=np.float64, count=n))
    order = np.lexsort((-keys, -weight, keys >> BITS))
    keys, weight = keys[order], weight[order]
    return Candidates(model, Pairs(keys >> BITS, keys & 0xFFFF, weight))
