"""What a search for lost bytes weighs and proposes: how probable one character more is, and which characters may be next."""

from dataclasses import dataclass

from pipeline.ingest import gbk
from pipeline.ingest.candidates import DROPPING, Class, candidates_by, members
from pipeline.ingest.charmodel import DocumentModel
from pipeline.ingest.gbk import Item
from pipeline.ingest.hypotheses import AFTER, ALIGNED, BARE, WITHIN, Hypothesis, Piece
from pipeline.ingest.mirrors import Table
from pipeline.ingest.ngrams import BITS

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
        self._seen, self._own_seen = model.model.p3, model.trigrams()

    def __missing__(self, key: int) -> float:
        """The log probability, which is kept."""
        glyph = chr(key & 0xFFFF)
        score = self.model.score(key >> 2 * BITS, key >> BITS & 0xFFFF, gbk.folded(glyph))
        weight = self[key] = score + self.table.plain(glyph)
        return weight

    def may_follow(self, floor: float, code: int, wanted: Class) -> bool:
        """Whether a character of a class may be above a floor after one, whatever stands before it."""
        if not members(wanted).keys().isdisjoint(self.model.own_followers(code)):
            return True
        seen = self.candidates.following(wanted).get(code)
        if seen is not None and seen[0][0] + BOOST > floor:
            return True
        usual = self.candidates.usual(wanted)
        return bool(usual) and usual[0][0] + self.candidates.rest(code) > floor

    def own_following(self, code: int, wanted: Class) -> list[Item]:
        """The characters of a class that were seen after one in the document."""
        found = members(wanted)
        return [item for after in sorted(found.keys() & self.model.own_followers(code)) for item in found[after]]

    def above(
        self, floor: float, context: int, wanted: Class, leads: frozenset[int] | None
    ) -> list[tuple[float, Item]]:
        """The characters of a class, with one of some lead bytes, whose weight after two others is above a floor.

        Not all of them: of those that were never seen after the last one, the most frequent.
        """
        code = context >> BITS & 0xFFFF
        pair, own, seen = code << BITS, self.model.own_followers(code), self._seen
        found: list[tuple[float, Item]] = []
        for item in self.own_following(code, wanted):
            after, shown = gbk.folded(item[2]), ord(item[2])
            is_possible = (context | after) in self._own_seen or (context | after) in seen or self[pair | shown] > floor
            if is_possible and (leads is None or item[0] in leads) and (weight := self[context | shown]) > floor:
                found.append((weight, item))
        least = floor - BOOST
        for probability, after, shown, item in self.candidates.following(wanted).get(code, ()):
            if probability < least:
                break
            is_possible = (probability > floor or (context | after) in seen) and after not in own
            if is_possible and (leads is None or item[0] in leads) and (weight := self[context | shown]) > floor:
                found.append((weight, item))
        if wanted != DROPPING:
            least = floor - self.candidates.rest(code)
            for probability, after, shown, item in self.candidates.usual(wanted, leads):
                if probability < least:
                    break
                is_new = after not in own and (pair | after) not in self.model.model.p2
                if is_new and (weight := self[context | shown]) > floor:
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
        """Log probability of the least probable character of a text."""
        score, folded = self.weights.model.score, [gbk.folded(glyph) for glyph in context + text]
        return min((score(*gram) for gram in zip(folded, folded[1:], folded[2:], strict=False)), default=0.0)

    def likely(self, hypothesis: Hypothesis, wanted: Class, n: int) -> list[Item]:
        """The most probable next characters of a class: of those that were seen after the last one, and some frequent ones."""
        weights, code = self.weights, hypothesis.code
        context = (hypothesis.before << BITS | code) << BITS
        found = weights.own_following(code, wanted)
        found += [one[3] for one in weights.candidates.following(wanted).get(code, ())]
        found += [one[3] for one in weights.candidates.usual(wanted)]
        rated = {item: weights[context | ord(item[2])] for item in found}
        return sorted(rated, key=rated.__getitem__, reverse=True)[:n]
