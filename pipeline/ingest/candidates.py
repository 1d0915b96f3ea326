"""Which characters may follow a character, by what must be known of their bytes: candidates for bytes that were lost."""

from dataclasses import dataclass, field
from functools import cache
from math import log

from pipeline.ingest import gbk
from pipeline.ingest.charmodel import CharModel
from pipeline.ingest.gbk import Item
from pipeline.ingest.ngrams import BITS

N_SEEN = 8
"""Characters of a class that are tried after another, of those that were seen after it: the most probable ones."""
N_USUAL = 4
"""Frequent characters that are tried after one that they were not seen after."""
SMALL = 48
"""Characters that are few enough to try them all."""

Class = int | str
"""What is known of a character: its trail byte, or what the functions below give, or its reading (traditional ones alone)."""
ANY = 0x300
"""The class of all characters."""
DROPPING = 0x301
"""The class of characters whose trail byte can begin an unmapped pair."""
Candidate = tuple[float, int, int, Item]
"""A character: log probability, folded code point, code point, with its bytes."""
Following = dict[int, list[Candidate]]
"""The characters of a class that were seen after one, by its folded code point; the most probable first."""

_NO_MEMBER: dict[int, list[Item]] = {}


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


def members(wanted: Class) -> dict[int, list[Item]]:
    """The characters of a class that a mirror may hold, by folded code point."""
    return _members().get(wanted, _NO_MEMBER)


@cache
def _members() -> dict[Class, dict[int, list[Item]]]:
    """The characters of every class."""
    found: dict[Class, dict[int, list[Item]]] = {}
    for item in gbk.common_glyphs():
        for one in _classes(item):
            found.setdefault(one, {}).setdefault(gbk.folded(item[2]), []).append(item)
    return found


@dataclass(frozen=True, eq=False)
class Candidates:
    """Candidates by a character model, found out as they are asked for.

    Attributes
    ----------
    model : CharModel
    before : dict
        The characters that each character was seen after.
    """

    model: CharModel
    before: dict[int, list[int]]
    _following: dict[Class, Following] = field(default_factory=dict)
    _usual: dict[tuple[Class, frozenset[int] | None], list[Candidate]] = field(default_factory=dict)
    _rest: dict[int, float] = field(default_factory=dict)

    def following(self, wanted: Class) -> Following:
        """The characters of a class that were seen after each character."""
        known = self._following.get(wanted)
        if known is None:
            known, p2 = {}, self.model.p2
            rated = [
                (p2[code << BITS | after], code, item)
                for after, items in members(wanted).items()
                for item in items
                for code in self.before.get(after, ())
            ]
            rated.sort(reverse=True)
            for probability, code, item in rated:
                if len(found := known.setdefault(code, [])) < N_SEEN:
                    found.append((log(probability), gbk.folded(item[2]), ord(item[2]), item))
            self._following[wanted] = known
        return known

    def usual(self, wanted: Class, leads: frozenset[int] | None = None) -> list[Candidate]:
        """The characters of a class that are the most frequent anywhere, of those with one of some lead bytes; the first first."""
        known = self._usual.get((wanted, leads))
        if known is None:
            p1, unseen = self.model.p1, self.model.unseen
            rated = [
                (log(p1.get(code, unseen)), code, ord(item[2]), item)
                for code, items in members(wanted).items()
                for item in items
                if leads is None or item[0] in leads
            ]
            rated.sort(reverse=True)
            known = self._usual[wanted, leads] = rated if len(rated) <= SMALL else rated[:N_USUAL]
        return known

    def rest(self, code: int) -> float:
        """What is left (log) for characters that were not seen after one."""
        known = self._rest.get(code)
        if known is None:
            known = self._rest[code] = log(self.model.rest1.get(code, 1.0))
        return known


@cache
def candidates_by(model: CharModel) -> Candidates:
    """The candidates by a model."""
    before: dict[int, list[int]] = {}
    for key in model.p2:
        before.setdefault(key & 0xFFFF, []).append(key >> BITS)
    return Candidates(model, before)
