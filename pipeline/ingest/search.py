"""What a search for lost bytes weighs and proposes: how probable one character more is, and which characters may be next."""

from collections.abc import Callable
from dataclasses import dataclass, field
from heapq import nlargest
from operator import itemgetter

from pipeline.ingest import gbk
from pipeline.ingest.charmodel import DocumentModel
from pipeline.ingest.gbk import Item, Pool
from pipeline.ingest.hypotheses import ALIGNED, Hypothesis, Piece
from pipeline.ingest.mirrors import Table

MAX_BETWEEN = 2
"""Characters between two pairs that were dropped that are tried."""


NEAR = 5.0
"""How far (log probability) below the best characters with dropped pairs others are kept."""
LEAST = 2.0
"""What a character more costs (log probability) at least."""
BOOST = 2.5
"""How much (log probability) the character before the last one is taken to add at most."""
NOTHING = 0
"""In place of the code of a character that does not count."""
Chain = tuple[float, int, int, tuple[Item, ...]]
"""Characters that stand for one token: log probability, the last two folded, all of them."""

_score = itemgetter(0)


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a search is: hypotheses kept, how far below the best, candidates for lost bytes, whether pairs were dropped."""

    beam: int
    within: float
    lost: int
    is_dropped: bool


@dataclass(frozen=True, slots=True)
class Search:
    """What a search in one document goes by.

    Attributes
    ----------
    model : DocumentModel
    table : Table
        Which characters have glosses.
    width : Width
    """

    model: DocumentModel
    table: Table
    width: Width
    _known: dict[tuple[int, int], list[tuple[float, Item]]] = field(default_factory=dict)

    def completed(self, hypothesis: Hypothesis, item: Item, piece: Piece | None, pending: int = ALIGNED) -> Hypothesis:
        """The hypothesis with one character more, which no gloss follows as yet, and the byte `pending` after it."""
        first, second, glyph = item
        score, _, last, _, is_split, is_glossed, before, code, _, rivals = hypothesis
        after = gbk.folded(glyph)
        score += self.model.score(before, code, after) + self.table.plain(glyph)
        if last >= 0x81 and first >= 0x81:
            if is_split:
                score += self.table.glossed(gbk.glyph_of(last, first))
            elif not is_glossed:
                score += self.table.across(gbk.glyph_of(last, first))
        return Hypothesis(score, glyph, second or first, pending, False, False, code, after, piece, rivals)

    def worst(self, context: str, text: str) -> float:
        """Log probability of the least probable character of a text."""
        before, code = (gbk.folded(glyph) for glyph in context)
        worst = 0.0
        for glyph in text:
            after = gbk.folded(glyph)
            worst = min(worst, self.model.score(before, code, after))
            before, code = code, after
        return worst

    def likely(self, hypothesis: Hypothesis, pool: Pool, n: int) -> list[Item]:
        """The most probable next characters of a pool: of those that were seen after the last one, and some frequent ones."""
        before, code, score, plain = hypothesis.before, hypothesis.code, self.model.score, self.table.plain
        items = [item for _, item in self._after(code, pool)]
        if len(items) <= n:
            return items
        return nlargest(n, items, key=lambda item: score(before, code, gbk.folded(item[2])) + plain(item[2]))

    def _after(self, code: int, pool: Pool) -> list[tuple[float, Item]]:
        """The characters of a pool that are the most probable after one, whatever stands before it, and how probable each is."""
        key = (code, id(pool))
        known = self._known.get(key)
        if known is None:
            own = self.model.own_followers(code) & pool.keys()
            rated = [one for one in self.model.model.likely(code, pool.keys(), id(pool)) if one[1] not in own]
            rated += [(self.model.score(NOTHING, code, after), after) for after in own]
            rated.sort(reverse=True)
            known = self._known[key] = [(probability, item) for probability, after in rated for item in pool[after]]
        return known

    def past_drop(
        self, hypothesis: Hypothesis, finals: Callable[[int], Pool], floor: float, pending: int = ALIGNED
    ) -> list[Hypothesis]:
        """The hypothesis with two characters or more, the pairs of whose bytes, read shifted, were dropped.

        `finals` gives the candidates for the last one by the trail byte before it. They stand for one token; the byte
        `pending` follows them.
        """
        begun: list[Chain] = []
        for probability, item in self._after(hypothesis.code, gbk.before_drop(hypothesis.pending)):
            if hypothesis.score + probability + BOOST < floor:
                break
            one = self.completed(hypothesis, item, None)
            if one.score > floor:
                begun.append((one.score, one.before, one.code, (item,)))
        piece, rivals = hypothesis.piece, hypothesis.rivals
        after: list[Hypothesis] = []
        for score, before, code, items in self._chains(begun, finals, floor):
            text, last = "".join([item[2] for item in items]), items[-1]
            after.append(
                Hypothesis(score, last[2], last[1], pending, False, False, before, code, Piece(text, piece), rivals)
            )
        return after

    def _chains(self, begun: list[Chain], finals: Callable[[int], Pool], floor: float) -> list[Chain]:
        """Chains that were begun with their last characters, and some between; none far below the best."""
        found: list[Chain] = []
        for n_between in range(MAX_BETWEEN + 1):
            begun.sort(key=_score, reverse=True)
            for chain in begun:
                more = self._longer(chain, finals(chain[3][-1][1]), floor)
                if more:
                    found += more
                    floor = max(floor, max(more)[0] - NEAR)
            if n_between < MAX_BETWEEN:
                begun = [
                    one
                    for chain in begun
                    for one in self._longer(chain, gbk.between_drops(chain[3][-1][1]), floor + LEAST)
                ]
        return [chain for chain in found if chain[0] > floor]

    def _longer(self, chain: Chain, pool: Pool, floor: float) -> list[Chain]:
        """A chain with one character more."""
        score, before, code, items = chain
        get, plain = self.model.score, self.table.plain
        longer: list[Chain] = []
        for probability, item in self._after(code, pool):
            if score + probability + BOOST < floor:
                break
            after = gbk.folded(item[2])
            total = score + get(before, code, after) + plain(item[2])
            if total > floor:
                longer.append((total, code, after, (*items, item)))
        return longer
