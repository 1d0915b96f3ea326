"""Which characters may follow a character, by what must be known of their bytes: candidates for bytes that were lost."""

from dataclasses import dataclass, field
from functools import cache
from heapq import nlargest
from math import log

from pipeline.ingest import gbk
from pipeline.ingest.charmodel import CharModel
from pipeline.ingest.gbk import Item
from pipeline.ingest.mirrors import habit_of
from pipeline.ingest.ngrams import BITS, Followers

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
Candidate = tuple[float, int, int, Item, float]
"""A character: log probability where the document has it nowhere else, folded code point, code point, with its bytes; log
probability where the document has it."""


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


Members = dict[int, list[Item]]
"""Characters by folded code point."""


class Following(dict[int, list[Candidate]]):
    """Some characters that were seen after each character, by its folded code point; filled as it is asked for."""

    def __init__(self, members: Members, followers: Followers[float]) -> None:
        """Take the characters, and what was seen after each character, with its probability (log)."""
        super().__init__()
        self._members, self._followers = members, followers

    def __missing__(self, code: int) -> list[Candidate]:
        """Those after one character, the most probable first; they are kept."""
        members, weights = self._members, self._followers[code]
        found = [
            (weights[after] + habit_of(item[2]).foreign, after, ord(item[2]), item, weights[after])
            for after in members.keys() & weights.keys()
            for item in members[after]
        ]
        found.sort(reverse=True)
        del found[N_SEEN:]
        self[code] = found
        return found


@dataclass(frozen=True, eq=False)
class Pool:
    """The characters of a class, with one of some lead bytes.

    Attributes
    ----------
    members : dict of int to list of Item
        The characters by folded code point.
    following : Following
        Those that were seen after each character.
    usual : list of Candidate
        The most frequent of them anywhere, the most frequent first; none if they are tried only where they were seen.
    """

    members: Members
    following: Following
    usual: list[Candidate]


@dataclass(frozen=True, eq=False)
class Candidates:
    """Candidates by a character model, found out as they are asked for.

    Attributes
    ----------
    model : CharModel
    followers : Followers
        What was seen after each character, with its probability (log).
    weights : dict of int to float
        Log probability of each character.
    rest : dict of int to float
        What is left (log) for characters that were not seen after each character.
    """

    model: CharModel
    followers: Followers[float]
    weights: "_Logs"
    rest: "_Logs"
    _pools: dict[tuple[Class, frozenset[int] | None], Pool] = field(default_factory=dict)
    _before: dict[str, list[Item]] = field(default_factory=dict)

    def pool(self, wanted: Class, leads: frozenset[int] | None = None) -> Pool:
        """The characters of a class, with any lead byte or one of some."""
        known = self._pools.get((wanted, leads))
        if known is None:
            members = _members().get(wanted, {})
            if leads is not None:
                members = {
                    code: kept for code, items in members.items() if (kept := [i for i in items if i[0] in leads])
                }
            usual = [] if wanted == DROPPING else self._usual(members)
            known = self._pools[wanted, leads] = Pool(members, Following(members, self.followers), usual)
        return known

    def cut_before(self, glyph: str) -> list[Item]:
        """The characters that end with the first byte of a mark and were seen before a character."""
        known = self._before.get(glyph)
        if known is None:
            code, members = gbk.folded(glyph), self.pool(gbk.MARK_LEAD).members
            found = [items for one, items in members.items() if one << BITS | code in self.model.p2]
            known = self._before[glyph] = [item for items in found for item in items]
        return known

    def _usual(self, members: Members) -> list[Candidate]:
        """The most frequent characters of a class, the most frequent first."""
        weights = self.weights
        rated = [
            (weights[code] + habit_of(item[2]).foreign, code, ord(item[2]), item, weights[code])
            for code, items in members.items()
            for item in items
        ]
        return nlargest(N_USUAL, rated)


class _Logs(dict[int, float]):
    """Logarithms of what each character has."""

    def __init__(self, values: dict[int, float], other: float) -> None:
        """Take what each has, and what a character has that was never seen."""
        super().__init__({code: log(value) for code, value in values.items()})
        self._other = log(other)

    def __missing__(self, code: int) -> float:
        """That of a character that was never seen."""
        return self._other


@cache
def candidates_by(model: CharModel) -> Candidates:
    """The candidates by a model."""
    followers = Followers({pair: log(share) for pair, share in sorted(model.p2.items())})
    return Candidates(model, followers, _Logs(model.p1, model.unseen), _Logs(model.rest1, 1.0))
