"""What a search for lost bytes weighs and proposes: how probable one character more is, and which characters may be next."""

from dataclasses import dataclass
from heapq import nlargest
from math import inf, log
from operator import itemgetter

from pipeline.ingest import gbk
from pipeline.ingest.gbk import Item
from pipeline.ingest.mirror.candidates import Candidate, Class, Pool, candidates_by
from pipeline.ingest.mirror.charmodel import DocumentModel
from pipeline.ingest.mirror.hypotheses import AFTER, ALIGNED, BARE, WITHIN, Hypothesis, Piece
from pipeline.ingest.mirror.mirrors import UNNATURAL, Table
from pipeline.ingest.mirror.ngrams import BITS, gram_of

NOTHING = 0xFFFF
"""A code point that no text has."""
NO_BMP = 0xFFFD
"""In place of the code point of a character that the character model does not count."""
BOOST = 2.5
"""How much (log probability) the character before the last one is taken to add at most."""
N_FIRST, FAR = 3, 12.0
"""How far (log probability) characters may be below the best of the first ones, where the most probable ones are wanted; 20 was as
good on held-out mirrors."""
Weighted = tuple[float, Item]
"""A character with its weight after two others."""

_weight = itemgetter(0)


class Weights(dict[int, float]):
    """Log probability of a character without gloss after two others, by one number: two folded code points and its own.

    Filled as it is asked for, since a plain lookup is what a search does most.
    """

    def __init__(self, model: DocumentModel, table: Table) -> None:
        """Take what the document tells: its own n-grams and its table of glossed characters."""
        super().__init__()
        self.model, self.table = model, table
        self.candidates = candidates_by(model.model)
        self._left = _Left(model)
        self._known = model.model.p3

    def __missing__(self, key: int) -> float:
        """The log probability, which is kept."""
        shown = key & 0xFFFF
        glyph = chr(shown)
        weight = self[key] = self.model.score(key ^ shown | gbk.folded(glyph)) + self.table[glyph].plain
        return weight

    def above(self, floor: float, context: int, pool: Pool) -> list[Weighted]:
        """The characters of a pool whose weight after two others is above a floor.

        Not all of them: of those that the document has not after the last one, the most probable ones, and of those that
        were never seen after it, the most frequent.
        """
        code = context >> BITS & 0xFFFF
        following, usual = pool.following[code], pool.usual
        found = self._own(floor, context, pool)
        if following and following[0][0] >= floor - BOOST:
            found += self._seen(floor, context, following)
        if usual and usual[0][0] + self.candidates.rest[code] > floor:
            found += self._unmet(floor, context, usual)
        return found

    def near(self, context: int, pool: Pool) -> list[Weighted]:
        """The same, none of them far below the best."""
        following = pool.following[context >> BITS & 0xFFFF]
        floor = max([self[context | one[2]] for one in following[:N_FIRST]]) - FAR if following else -inf
        return self.above(floor, context, pool)

    def _own(self, floor: float, context: int, pool: Pool) -> list[Weighted]:
        """Those of `above` that the document has after the last character."""
        own, members = self.model.followers[context >> BITS & 0xFFFF], pool.members
        if not own or members.keys().isdisjoint(own):
            return []
        both = [one for after in sorted(members.keys() & own.keys()) for one in members[after]]
        return [(weight, one[3]) for one in both if (weight := self[context | one[2]]) > floor]

    def _seen(self, floor: float, context: int, following: list[Candidate]) -> list[Weighted]:
        """Those that were seen after the last character, but not in the document."""
        found: list[Weighted] = []
        least, known, own = floor - BOOST, self._known, self.model.followers[context >> BITS & 0xFFFF]
        for bound, after, glyph, item, probability in following:
            if bound < least:
                break
            if after in own:
                continue
            if context | after in known:
                weight = self[context | glyph]
            elif bound > floor:
                weight = probability + self._left[context] + self.table[item[2]].plain
            else:
                continue
            if weight > floor:
                found.append((weight, item))
        return found

    def _unmet(self, floor: float, context: int, usual: list[Candidate]) -> list[Weighted]:
        """Those that were never seen after the last character."""
        found: list[Weighted] = []
        code, table, candidates = context >> BITS & 0xFFFF, self.table, self.candidates
        own, seen = self.model.followers[code], candidates.followers[code]
        left = self._left[context] + candidates.rest[code]
        for bound, after, _, item, probability in usual:
            if bound + left < floor:
                break
            if after not in own and after not in seen and (weight := probability + left + table[item[2]].plain) > floor:
                found.append((weight, item))
        return found


class _Left(dict[int, float]):
    """What is left (log) for characters that were not seen after two others, by the key of a weight; filled as it is asked for."""

    def __init__(self, model: DocumentModel) -> None:
        """Take what the document tells."""
        super().__init__()
        self._model = model

    def __missing__(self, context: int) -> float:
        """What is left, which is kept."""
        rest = self._model.model.rest2.get(context >> BITS, 1.0)
        left = self[context] = log(self._model.mixed(rest, context | NOTHING))
        return left


@dataclass(frozen=True, slots=True)
class Search:
    """What a search in one document goes by: the weights of characters."""

    weights: Weights

    def completed(self, hypothesis: Hypothesis, item: Item, piece: Piece | None, pending: int = ALIGNED) -> Hypothesis:
        """The hypothesis with one character more, which no gloss follows as yet, and the byte `pending` after it."""
        shown = ord(item[2])
        key = (hypothesis[6] << BITS | hypothesis[7]) << BITS | (shown if shown <= 0xFFFF else NO_BMP)
        return self.weighted(hypothesis, (self.weights[key], item), piece, pending)

    def weighted(
        self, hypothesis: Hypothesis, one: Weighted, piece: Piece | None, pending: int = ALIGNED
    ) -> Hypothesis:
        """The same, of a character with its weight after the hypothesis."""
        weight, (first, second, glyph) = one
        score, _, last, _, is_split, gloss, _, code, _, rivals = hypothesis
        score += weight
        if last >= 0x81 and first >= 0x81 and (is_split or gloss != AFTER):
            score += self.between(last, first, is_split=is_split)
        met = BARE
        if is_split:
            score, met = score + self.weights.table[glyph].split, WITHIN
        values = (score, glyph, second or first, pending, False, met, code, gbk.folded(glyph), piece, rivals)
        return tuple.__new__(Hypothesis, values)

    def between(self, last: int, first: int, *, is_split: bool) -> float:
        """Log probability of there being a gloss, or none, between the first and the second byte of a character."""
        across = gbk.glyph_of(last, first)
        if across not in gbk.glossable():
            return UNNATURAL if is_split else 0.0
        standing = self.weights.table[across]
        return standing.glossed if is_split else standing.across

    def worst(self, context: str, text: str) -> float:
        """Log probability of the least probable character of a text, after the two characters of its context."""
        score, folded = self.weights.model.score, [gbk.folded(glyph) for glyph in context + text]
        return min((score(gram_of(*gram)) for gram in zip(folded, folded[1:], folded[2:], strict=False)), default=0.0)

    def likely(self, hypothesis: Hypothesis, wanted: Class, n: int) -> list[Weighted]:
        """The most probable next characters of a class: of those that were seen after the last one, and some frequent ones."""
        found = self.weights.near(hypothesis.context, self.weights.candidates.pool(wanted))
        return nlargest(n, found, key=_weight)

    def cut_by_mark(self, hypothesis: Hypothesis, ahead: str, n: int) -> list[Weighted]:
        """The most probable next characters whose second byte was taken for the first one of a mark.

        If the character `ahead` may come after, as many with it, of those that were seen before it, too.
        """
        weights, context, table = self.weights, hypothesis.context, self.weights.table
        found = weights.near(context, weights.candidates.pool(gbk.MARK_LEAD))
        rated = {one: one[0] + table[one[1][2]].split for one in found}
        best = nlargest(n, rated, key=rated.__getitem__)
        if not ahead:
            return best
        more = [(weights[context | one[2]], one[3]) for one in weights.candidates.cut_before(ahead)]
        rated |= {one: one[0] + table[one[1][2]].split for one in more}
        score, code, after = weights.model.score, hypothesis.code, gbk.folded(ahead)
        both = {one: by + score(gram_of(code, gbk.folded(one[1][2]), after)) for one, by in rated.items()}
        return list(dict.fromkeys([*best, *nlargest(n, both, key=both.__getitem__)]))
