"""What a search for lost bytes weighs and proposes: how probable one character more is, and which characters may be next."""

from dataclasses import dataclass
from math import log

from pipeline.ingest import gbk
from pipeline.ingest.candidates import Class, Pool, candidates_by, classes_of
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


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a search is: hypotheses kept, how far below the best, candidates for lost bytes, whether pairs were dropped."""

    beam: int
    within: float
    lost: int
    is_dropped: bool


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
        self._classes: dict[int, frozenset[Class]] = {}
        self._seen, self._own_seen = model.model.p3, model.trigrams()

    def __missing__(self, key: int) -> float:
        """The log probability, which is kept."""
        glyph = chr(key & 0xFFFF)
        score = self.model.score(key >> 2 * BITS, key >> BITS & 0xFFFF, gbk.folded(glyph))
        weight = self[key] = score + self.table.plain(glyph)
        return weight

    def _own_classes(self, code: int) -> frozenset[Class]:
        """The classes of the characters that were seen after one in the document."""
        known = self._classes.get(code)
        if known is None:
            known = self._classes[code] = classes_of(self.model.own_followers(code))
        return known

    def _left(self, context: int) -> float:
        """What is left (log) for characters that were not seen after two others."""
        known = self._rest.get(context)
        if known is None:
            score = self.model.score(context >> 2 * BITS, context >> BITS & 0xFFFF, NOTHING)
            known = self._rest[context] = score - log(self.model.model.unseen)
        return known

    def above(self, floor: float, context: int, pool: Pool, leads: frozenset[int] | None) -> list[tuple[float, Item]]:
        """The characters of a pool, with one of some lead bytes, whose weight after two others is above a floor.

        Not all of them: of those that were never seen after the last one, the most frequent.
        """
        code, least, seen = context >> BITS & 0xFFFF, floor - BOOST, self._seen
        pair, own = code << BITS, self.model.own_followers(code)
        found: list[tuple[float, Item]] = []
        for after in sorted(pool.members.keys() & own) if pool.name in self._own_classes(code) else ():
            for item in pool.members[after]:
                probability, gram, shown = self[pair | ord(item[2])], context | after, context | ord(item[2])
                is_possible = probability > floor or (probability > least and (gram in self._own_seen or gram in seen))
                if is_possible and (leads is None or item[0] in leads) and (weight := self[shown]) > floor:
                    found.append((weight, item))
        for probability, after, glyph, item in pool.following.get(code, ()):
            if probability < least:
                break
            is_possible = (probability > floor or (context | after) in seen) and after not in own
            if is_possible and (leads is None or item[0] in leads) and (weight := self[context | glyph]) > floor:
                found.append((weight, item))
        usual = pool.usual(leads)
        if usual and usual[0][0] + self.candidates.rest(code) > floor:
            least = floor - self._left(context)
            for probability, after, glyph, item in usual:
                if probability < least:
                    break
                is_new = after not in own and (pair | after) not in self.model.model.p2
                if is_new and (weight := self[context | glyph]) > floor:
                    found.append((weight, item))
        return found


@dataclass(frozen=True, slots=True)
class Search:
    """What a search in one document goes by: the weights of characters, and how wide it is."""

    weights: Weights
    width: Width

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
        weights, code = self.weights, hypothesis.code
        context = (hypothesis.before << BITS | code) << BITS
        pool, own = weights.candidates.pool(wanted), weights.model.own_followers(code)
        found = [item for after in sorted(pool.members.keys() & own) for item in pool.members[after]]
        found += [one[3] for one in (*pool.following.get(code, ()), *pool.usual())]
        rated = {item: weights[context | ord(item[2])] for item in found}
        return sorted(rated, key=rated.__getitem__, reverse=True)[:n]
