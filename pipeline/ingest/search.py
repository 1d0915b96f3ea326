"""What a search for lost bytes weighs and proposes: how probable one character more is, and which characters may be next."""

from collections import defaultdict
from dataclasses import dataclass
from math import log

from pipeline.ingest import gbk
from pipeline.ingest.candidates import Candidate, Class, Pool, candidates_by
from pipeline.ingest.charmodel import DocumentModel
from pipeline.ingest.gbk import Item
from pipeline.ingest.hypotheses import AFTER, ALIGNED, BARE, WITHIN, Hypothesis, Piece
from pipeline.ingest.mirrors import Table
from pipeline.ingest.ngrams import BITS

NOTHING = 0xFFFF
"""A code point that no text has."""
NO_BMP = 0xFFFD
"""In place of the code point of a character that the character model does not count."""
BOOST = 2.5
"""How much (log probability) the character before the last one is taken to add at most."""


class Weights(dict[int, float]):
    """Log probability of a character without gloss after two others, by one number: two folded code points and its own.

    Filled as it is asked for, since a plain lookup is what a search does most.
    """

    def __init__(self, model: DocumentModel, table: Table) -> None:
        """Take what the document tells: its own n-grams and its table of glossed characters."""
        super().__init__()
        self.model, self.table = model, table
        self.candidates = candidates_by(model.model)
        self._rest: dict[int, float] = {}
        self._known: defaultdict[Class, dict[int, list[Candidate]]] = defaultdict(dict)
        self._seen, self._own_seen = model.model.p3, model.trigrams()

    def __missing__(self, key: int) -> float:
        """The log probability, which is kept."""
        glyph = chr(key & 0xFFFF)
        score = self.model.score(key >> 2 * BITS, key >> BITS & 0xFFFF, gbk.folded(glyph))
        weight = self[key] = score + self.table.plain(glyph)
        return weight

    def _left(self, context: int) -> float:
        """What is left (log) for characters that were not seen after two others."""
        known = self._rest.get(context)
        if known is None:
            first, second, model = context >> 2 * BITS, context >> BITS & 0xFFFF, self.model
            left = model.mixed(model.model.rest2.get(context >> BITS, 1.0), first, second, NOTHING)
            known = self._rest[context] = log(left)
        return known

    def _own(self, code: int, pool: Pool) -> list[Candidate]:
        """The characters of a pool that were seen after one in the document, the most probable after that one first."""
        known = self._known[pool.name]
        own = known.get(code)
        if own is None:
            pair, members = code << BITS, pool.members
            wanted = members.keys() & self.model.own_followers(code)
            own = [
                (self[pair | ord(item[2])], after, ord(item[2]), item) for after in wanted for item in members[after]
            ]
            own.sort(reverse=True)
            known[code] = own
        return own

    def above(self, floor: float, context: int, pool: Pool, leads: frozenset[int] | None) -> list[tuple[float, Item]]:
        """The characters of a pool, with one of some lead bytes, whose weight after two others is above a floor.

        Not all of them: of those that were never seen after the last one, the most frequent.
        """
        found: list[tuple[float, Item]] = []
        seen, own_seen, least = self._seen, self._own_seen, floor - BOOST
        for probability, after, glyph, item in self._own(context >> BITS & 0xFFFF, pool):
            if probability < least:
                break
            is_possible = probability > floor or (context | after) in own_seen or (context | after) in seen
            if is_possible and (leads is None or item[0] in leads) and (weight := self[context | glyph]) > floor:
                found.append((weight, item))
        self._add_unmet(found, floor, context, pool, leads)
        return found

    def _add_unmet(
        self, found: list[tuple[float, Item]], floor: float, context: int, pool: Pool, leads: frozenset[int] | None
    ) -> None:
        """Add those of `above` that the document has not after the last character."""
        code, plain = context >> BITS & 0xFFFF, self.table.plain
        seen, own, left = self._seen, self.model.own_followers(code), self._left(context)
        least, lowest = floor - BOOST, floor - left
        for probability, after, glyph, item in pool.following[code]:
            if probability < least:
                break
            if (leads is None or item[0] in leads) and after not in own:
                if (context | after) in seen:
                    weight = self[context | glyph]
                else:
                    weight = probability + left + plain(item[2]) if probability > lowest else floor
                if weight > floor:
                    found.append((weight, item))
        left += self.candidates.rest(code)
        for probability, after, _, item in pool.usual(leads):
            if probability + left < floor:
                break
            if after not in own and (code << BITS | after) not in self.model.model.p2:
                weight = probability + left + plain(item[2])
                if weight > floor:
                    found.append((weight, item))


@dataclass(frozen=True, slots=True)
class Search:
    """What a search in one document goes by: the weights of characters."""

    weights: Weights

    def completed(self, hypothesis: Hypothesis, item: Item, piece: Piece | None, pending: int = ALIGNED) -> Hypothesis:
        """The hypothesis with one character more, which no gloss follows as yet, and the byte `pending` after it."""
        first, second, glyph = item
        score, _, last, _, is_split, gloss, before, code, _, rivals = hypothesis
        shown = ord(glyph)
        score += self.weights[(before << BITS | code) << BITS | (shown if shown <= 0xFFFF else NO_BMP)]
        if last >= 0x81 and first >= 0x81 and (is_split or gloss != AFTER):
            score += self.between(last, first, is_split=is_split)
        met = BARE
        if is_split:
            score, met = score + self.weights.table.split(glyph), WITHIN
        return Hypothesis(score, glyph, second or first, pending, False, met, code, gbk.folded(glyph), piece, rivals)

    def between(self, last: int, first: int, *, is_split: bool) -> float:
        """Log probability of there being a gloss, or none, between the first and the second byte of a character."""
        across = gbk.glyph_of(last, first)
        return self.weights.table.glossed(across) if is_split else self.weights.table.across(across)

    def worst(self, context: str, text: str) -> float:
        """Log probability of the least probable character of a text, after the two characters of its context."""
        score, folded = self.weights.model.score, [gbk.folded(glyph) for glyph in context + text]
        return min((score(*gram) for gram in zip(folded, folded[1:], folded[2:], strict=False)), default=0.0)

    def likely(self, hypothesis: Hypothesis, wanted: Class, n: int) -> list[Item]:
        """The most probable next characters of a class: of those that were seen after the last one, and some frequent ones."""
        return _best(self._rated(hypothesis, self._proposed(hypothesis, wanted)), n)

    def cut_by_mark(self, hypothesis: Hypothesis, ahead: str, n: int) -> list[Item]:
        """The most probable next characters whose second byte was taken for the first one of a mark.

        If the character `ahead` may come after, as many with it, of those that were seen before it, too.
        """
        weights = self.weights
        found, split = self._proposed(hypothesis, gbk.MARK_LEAD), weights.table.split
        if not ahead:
            return _best({item: weight + split(item[2]) for item, weight in self._rated(hypothesis, found).items()}, n)
        found += weights.candidates.before(weights.candidates.pool(gbk.MARK_LEAD), ahead)
        rated = {item: weight + split(item[2]) for item, weight in self._rated(hypothesis, found).items()}
        score, code, after = weights.model.score, hypothesis.code, gbk.folded(ahead)
        both = {item: weight + score(code, gbk.folded(item[2]), after) for item, weight in rated.items()}
        return list(dict.fromkeys([*_best(rated, n), *_best(both, n)]))

    def _proposed(self, hypothesis: Hypothesis, wanted: Class) -> list[Item]:
        """Characters of a class that were seen after the last one of a hypothesis, and some frequent ones."""
        pool, code = self.weights.candidates.pool(wanted), hypothesis.code
        own = pool.members.keys() & self.weights.model.own_followers(code)
        found = [item for after in sorted(own) for item in pool.members[after]]
        return [*found, *(one[3] for one in (*pool.following[code], *pool.usual()))]

    def _rated(self, hypothesis: Hypothesis, items: list[Item]) -> dict[Item, float]:
        """Characters with the weight that they have after a hypothesis."""
        context, weights = (hypothesis.before << BITS | hypothesis.code) << BITS, self.weights
        return {item: weights[context | ord(item[2])] for item in items}


def _best(rated: dict[Item, float], n: int) -> list[Item]:
    """The characters of most weight."""
    return sorted(rated, key=rated.__getitem__, reverse=True)[:n]
