"""Characters whose bytes, read shifted, made pairs that GBK lacks: a tolerant decoder dropped them, and a search finds them."""

from operator import itemgetter

from pipeline.ingest import gbk
from pipeline.ingest.candidates import DROPPING, Class, Pool, dropping
from pipeline.ingest.gbk import Item
from pipeline.ingest.hypotheses import AFTER, ALIGNED, BARE, Hypothesis, Piece
from pipeline.ingest.ngrams import BITS
from pipeline.ingest.search import Search, Weights

MAX_BETWEEN = 2
"""Characters between two pairs that were dropped that are tried."""
NEAR = 7.0
"""How far (log probability) below the best characters with dropped pairs others are kept."""
LEAST = 4.0
"""What a character more costs (log probability) at least."""
LONGER = 1.0
"""What a character more adds (log probability): texts that a model has not seen cost it more than it expects."""
N_TRIED = 8
"""Chains that characters between are tried after, the most probable ones; of 366 that proved right, two were behind the fourth."""

Chain = tuple[float, int, int, tuple[Item, ...]]
"""Characters that stand for one token: log probability, the last two folded, all of them."""

_score = itemgetter(0)


def past_drop(
    search: Search, hypothesis: Hypothesis, wanted: Class, floor: float, pending: int = ALIGNED
) -> list[Hypothesis]:
    """The hypothesis with two characters or more, the pairs of whose bytes, read shifted, were dropped.

    The last one is of the class `wanted`. They stand for one token; the byte `pending` follows them.
    """
    begun = _begun(search, hypothesis, floor)
    piece, rivals = hypothesis.piece, hypothesis.rivals
    after: list[Hypothesis] = []
    for score, before, code, items in _chains(search.weights, begun, wanted, floor) if begun else ():
        text, last = "".join([item[2] for item in items]), items[-1]
        after.append(
            Hypothesis(score, last[2], last[1], pending, False, BARE, before, code, Piece(text, piece), rivals)
        )
    return after


def _begun(search: Search, hypothesis: Hypothesis, floor: float) -> list[Chain]:
    """Chains of one character, which the pending byte begins."""
    score, _, last, pending, is_split, gloss, before, code, _, _ = hypothesis
    if last >= 0x81 and (is_split or gloss != AFTER):
        score += search.between(last, pending, is_split=is_split)
    pool = search.weights.candidates.pool(dropping(pending))
    begun = _longer(search.weights, (score, before, code, ()), pool, floor + LEAST)
    if not is_split:
        return begun
    split = search.weights.table.split
    return [(score + split(items[0][2]), before, code, items) for score, before, code, items in begun]


def _chains(weights: Weights, begun: list[Chain], wanted: Class, floor: float) -> list[Chain]:
    """Chains that were begun with their last characters, and some between; none far below the best."""
    found: list[Chain] = []
    last, between = weights.candidates.pool(wanted), weights.candidates.pool(DROPPING)
    for n_between in range(MAX_BETWEEN + 1):
        begun.sort(key=_score, reverse=True)
        for chain in begun:
            more = _longer(weights, chain, last, floor)
            if more:
                found += more
                floor = max(floor, max(more)[0] - NEAR)
        if n_between < MAX_BETWEEN:
            least = floor + LEAST
            begun = [
                one
                for chain in begun[:N_TRIED]
                if chain[0] > least + LEAST
                for one in _longer(weights, chain, between, least)
            ]
    return [chain for chain in found if chain[0] > floor]


def _longer(weights: Weights, chain: Chain, pool: Pool, floor: float) -> list[Chain]:
    """A chain with one character more, which makes an unmapped pair with the one before it, if there is one."""
    score, before, code, items = chain
    context = (before << BITS | code) << BITS
    leads, score = (gbk.unmapped_with(items[-1][1]), score + LONGER) if items else (None, score)
    more = weights.above(floor - score, context, pool, leads)
    return [(score + weight, code, gbk.folded(item[2]), (*items, item)) for weight, item in more] if more else []
