"""Characters whose bytes, read shifted, made pairs that GBK lacks: a tolerant decoder dropped them, and a search finds them."""

from operator import itemgetter

from pipeline.ingest import gbk
from pipeline.ingest.gbk import Item
from pipeline.ingest.mirror.candidates import DROPPING, Class, dropping
from pipeline.ingest.mirror.hypotheses import AFTER, ALIGNED, BARE, Hypothesis
from pipeline.ingest.mirror.ngrams import BITS
from pipeline.ingest.mirror.search import Search, Weights

MAX_BETWEEN = 2
"""Characters between two pairs that were dropped that are tried."""
NEAR = 6.5
"""How far (log probability) below the best characters with dropped pairs others are kept; with 5, 6 of 7,800 runs more were wrong."""
LEAST, LEAST_LAST = 4.0, 5.0
"""What a character more costs (log probability) at least, and the last one where it is looked for; 3 was as good on held-out mirrors."""
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
        text, (_, last, glyph) = "".join([item[2] for item in items]), items[-1]
        values = (score, glyph, last, pending, False, BARE, before, code, (text, piece), rivals)
        after.append(tuple.__new__(Hypothesis, values))
    return after


def _begun(search: Search, hypothesis: Hypothesis, floor: float) -> list[Chain]:
    """Chains of one character, which the pending byte begins."""
    score, _, last, pending, is_split, gloss, _, code, _, _ = hypothesis
    if last >= 0x81 and (is_split or gloss != AFTER):
        score += search.between(last, pending, is_split=is_split)
    weights, table = search.weights, search.weights.table
    found = weights.above(floor + LEAST - score, hypothesis.context, weights.candidates.pool(dropping(pending)))
    if is_split:
        found = [(weight + table[item[2]].split, item) for weight, item in found]
    return [(score + weight, code, gbk.folded(item[2]), (item,)) for weight, item in found]


def _chains(weights: Weights, begun: list[Chain], wanted: Class, floor: float) -> list[Chain]:
    """Chains that were begun with their last characters, and some between; none far below the best."""
    found: list[Chain] = []
    for n_between in range(MAX_BETWEEN + 1):
        begun.sort(key=_score, reverse=True)
        for chain in begun:
            if chain[0] < floor + LEAST_LAST:
                break
            more = _longer(weights, chain, wanted, floor)
            if more:
                found += more
                floor = max(floor, max(more)[0] - NEAR)
        if n_between < MAX_BETWEEN:
            least = floor + LEAST
            begun = [
                one
                for chain in begun[:N_TRIED]
                if chain[0] > least + LEAST
                for one in _longer(weights, chain, DROPPING, least)
            ]
    return [chain for chain in found if chain[0] > floor]


def _longer(weights: Weights, chain: Chain, wanted: Class, floor: float) -> list[Chain]:
    """A chain with one character more of a class, which makes an unmapped pair with the one before it."""
    score, before, code, items = chain
    pool = weights.candidates.pool(wanted, gbk.unmapped_with(items[-1][1]))
    if not pool.members:
        return []
    score += LONGER
    more = weights.above(floor - score, (before << BITS | code) << BITS, pool)
    return [(score + weight, code, gbk.folded(item[2]), (*items, item)) for weight, item in more]
