"""Which characters may follow a character, by what must be known of their bytes: candidates for bytes that were lost."""

from dataclasses import dataclass, field
from functools import cache
from math import log

from pipeline.ingest import gbk
from pipeline.ingest.gbk import Item
from pipeline.ingest.mirror.charmodel import CharModel
from pipeline.ingest.mirror.mirrors import foreignness
from pipeline.ingest.mirror.ngrams import BITS, Followers

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
def _members() -> dict[Class, list[tuple[int, Item]]]:
    """The characters of every class that a mirror may hold, each with its folded code point."""
    found: dict[Class, list[tuple[int, Item]]] = {}
    for item in gbk.common_glyphs():
        code = gbk.folded(item[2])
        for one in _classes(item):
            found.setdefault(one, []).append((code, item))
    return found


Members = dict[int, list[Candidate]]
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
            (weights[after] + bound - frequency, after, shown, item, weights[after])
            for after in members.keys() & weights.keys()
            for bound, _, shown, item, frequency in members[after]
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
    members : dict of int to list of Candidate
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
    _classes: dict[Class, list[Candidate]] = field(default_factory=dict)
    _before: dict[str, list[Candidate]] = field(default_factory=dict)

    def pool(self, wanted: Class, leads: frozenset[int] | None = None) -> Pool:
        """The characters of a class, with any lead byte or one of some."""
        known = self._pools.get((wanted, leads))
        if known is None:
            ranked = self._ranked(wanted)
            if leads is not None:
                ranked = [one for one in ranked if one[3][0] in leads]
            members: Members = {}
            for one in ranked:
                members.setdefault(one[1], []).append(one)
            usual = [] if wanted == DROPPING else ranked[:N_USUAL]
            known = self._pools[wanted, leads] = Pool(members, Following(members, self.followers), usual)
        return known

    def _ranked(self, wanted: Class) -> list[Candidate]:
        """The characters of a class, the most frequent first."""
        known = self._classes.get(wanted)
        if known is None:
            weights = self.weights
            known = [
                (weights[code] + foreignness(item[2]), code, ord(item[2]), item, weights[code])
                for code, item in _members().get(wanted, ())
            ]
            known.sort(reverse=True)
            self._classes[wanted] = known
        return known

    def cut_before(self, glyph: str) -> list[Candidate]:
        """The characters that end with the first byte of a mark and were seen before a character."""
        known = self._before.get(glyph)
        if known is None:
            after, pairs = gbk.folded(glyph), self.model.p2
            known = [one for one in self._ranked(gbk.MARK_LEAD) if one[1] << BITS | after in pairs]
            self._before[glyph] = known
        return known


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
