"""What a search for lost bytes weighs and proposes: how probable one character more is, and which characters may be next."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from heapq import nlargest

from pipeline.ingest import gbk
from pipeline.ingest.charmodel import DocumentModel
from pipeline.ingest.drops import Drops, Items
from pipeline.ingest.gbk import Item, Pool
from pipeline.ingest.hypotheses import ALIGNED, Hypothesis, Piece
from pipeline.ingest.mirrors import Table

SMALL = 24
"""Candidates that are few enough to try them all."""
N_FREQUENT = 6
"""Candidates that are tried although they were never seen after the character before."""
_AFTER_NOTHING = -1
"""In place of the code of a character before, for the most frequent characters of a pool."""


@dataclass(frozen=True, slots=True)
class Width:
    """How wide a search is: hypotheses kept, how far below the best, candidates for lost bytes and for unseen dropped pairs."""

    beam: int
    within: float
    lost: int
    dropped: int


@dataclass(frozen=True, slots=True)
class Search:
    """What a search in one document goes by.

    Attributes
    ----------
    model : DocumentModel
    table : Table
        Which characters have glosses.
    drops : tuple of Drops
        Pairs of characters that were seen, and may have lost a pair of bytes between them.
    width : Width
    """

    model: DocumentModel
    table: Table
    drops: tuple[Drops, ...]
    width: Width
    _known: dict[tuple[int, int], list[Item]] = field(default_factory=dict)

    def completed(self, hypothesis: Hypothesis, item: Item, piece: Piece | None, pending: int = ALIGNED) -> Hypothesis:
        """The hypothesis with one character more, which no gloss follows as yet, and the byte `pending` after it."""
        first, second, glyph = item
        score, _, last, _, is_split, is_glossed, before, code, _, margin, rival = hypothesis
        after = gbk.folded(glyph)
        score += self.model.score(before, code, after) + self.table.plain(glyph)
        if last >= 0x81 and first >= 0x81:
            if is_split:
                score += self.table.glossed(gbk.glyph_of(last, first))
            elif not is_glossed:
                score += self.table.across(gbk.glyph_of(last, first))
        return Hypothesis(score, glyph, second or first, pending, False, False, code, after, piece, margin, rival)

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
        if len(pool) <= SMALL:
            items = [item for found in pool.values() for item in found]
        else:
            items = self._seen(code, pool)
        if len(items) <= n:
            return items
        return nlargest(n, items, key=lambda item: score(before, code, gbk.folded(item[2])) + plain(item[2]))

    def _seen(self, code: int, pool: Pool) -> list[Item]:
        """Characters of a pool that were seen after one, and its most frequent ones."""
        key = (code, id(pool))
        known = self._known.get(key)
        if known is None:
            codes = self.model.followers(code) & pool.keys() | self._frequent(pool)
            known = self._known[key] = [item for after in sorted(codes) for item in pool[after]]
        return known

    def _frequent(self, pool: Pool) -> set[int]:
        """The most frequent characters of a pool."""
        key = (_AFTER_NOTHING, id(pool))
        known = self._known.get(key)
        if known is None:
            codes = nlargest(N_FREQUENT, pool, key=self.model.frequency)
            known = self._known[key] = [item for code in codes for item in pool[code]]
        return {gbk.folded(item[2]) for item in known}

    def past_drop(self, hypothesis: Hypothesis, trail: int, pending: int = ALIGNED) -> Iterator[Hypothesis]:
        """Where unmapped pairs were dropped: the hypothesis with two or three characters more, the last with that trail byte."""
        for drops in self.drops:
            for items in drops.between(hypothesis.pending, trail):
                yield self._with_all(hypothesis, items, pending)
        if self.width.dropped:
            yield from self.past_unseen(hypothesis, lambda byte: gbk.past_drop(byte, trail), pending)

    def past_unseen(
        self, hypothesis: Hypothesis, finals: Callable[[int], Pool], pending: int = ALIGNED
    ) -> Iterator[Hypothesis]:
        """The same with pairs that were never seen; `finals` gives candidates for the last by the trail byte before it."""
        n = self.width.dropped
        for item in self.likely(hypothesis, gbk.before_drop(hypothesis.pending), n):
            one = self.completed(hypothesis, item, None)
            for final in self.likely(one, finals(item[1]), n):
                yield self.completed(one, final, Piece(item[2] + final[2], hypothesis.piece), pending)
            for middle in self.likely(one, gbk.between_drops(item[1]), n // 2):
                two = self.completed(one, middle, None)
                for final in self.likely(two, finals(middle[1]), n // 2):
                    text = item[2] + middle[2] + final[2]
                    yield self.completed(two, final, Piece(text, hypothesis.piece), pending)

    def past_drop_and_lost(self, hypothesis: Hypothesis) -> Iterator[Hypothesis]:
        """The same, the last one without a trail byte that is known."""
        before, code, score = hypothesis.before, hypothesis.code, self.model.score

        def probability(items: Items) -> float:
            """Log probability of the first two characters of a sequence."""
            one, two = gbk.folded(items[0][2]), gbk.folded(items[1][2])
            return score(before, code, one) + score(code, one, two)

        followers = self.model.followers(code)
        for drops in self.drops:
            seen = [items for after, items in drops.begun(hypothesis.pending) if after in followers]
            for items in nlargest(self.width.lost, seen, key=probability):
                yield self._with_all(hypothesis, items, ALIGNED)
        if self.width.dropped:
            yield from self.past_unseen(hypothesis, gbk.begun_past_drop)

    def read_past_drop(self, hypothesis: Hypothesis, pinyin: str) -> Iterator[Hypothesis]:
        """The same, the last one read in a certain way."""
        for drops in self.drops:
            for items in drops.read_so(hypothesis.pending, pinyin):
                yield self._with_all(hypothesis, items, ALIGNED)
        if self.width.dropped:
            yield from self.past_unseen(hypothesis, lambda byte: gbk.read_past_drop(byte, pinyin))

    def _with_all(self, hypothesis: Hypothesis, items: Iterable[Item], pending: int) -> Hypothesis:
        """The hypothesis with several characters more, which stand for one token."""
        piece, text = hypothesis.piece, ""
        for item in items:
            text += item[2]
            hypothesis = self.completed(hypothesis, item, Piece(text, piece), pending)
        return hypothesis
