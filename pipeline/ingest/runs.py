"""Damaged runs of a gloss mirror: a beam search for the bytes that were there.

The mirror is a function of the true text, so every reading that the search proposes damages into what is shown; the most
probable one is taken. A hypothesis holds the true bytes up to a token: complete characters and, where the run is shifted,
one pending lead byte.
"""

from collections.abc import Iterable

from pipeline.ingest import gbk
from pipeline.ingest.gbk import Kind, Token
from pipeline.ingest.hypotheses import ALIGNED, BARE, Hypothesis, candidates, pruned
from pipeline.ingest.search import Search, Width
from pipeline.ingest.steps import DROPS, STEPS, Drop

CALM = 3
"""Undamaged characters after which a run is over: as many as see its last one in their context, and one more."""
NARROW = Width(beam=6, within=10.0, lost=8, is_dropped=False)
WIDE = Width(beam=6, within=10.0, lost=12, is_dropped=True)
REACH = 7.0
"""How far (log probability) a hypothesis with dropped pairs may be below the best of those without."""
LONGEST = 20.0
"""The same where there is none without: below the best before the token."""


def read_run(search: Search, tokens: Iterable[Token], context: str) -> list[tuple[float, list[str]]]:
    """The most probable texts of a run, read until it is over.

    Parameters
    ----------
    search : Search
        What the document tells.
    tokens : iterable of Token
        From the first character before the run on; it is read no further than needed.
    context : str
        The two characters before.

    Returns
    -------
    list of (float, list of str)
        The texts that fit best, one a token, each with its log probability; the most probable first. Empty if nothing fits.
    """
    before, code = (gbk.folded(glyph) for glyph in context)
    beam = [Hypothesis(0.0, context[-1], 0, ALIGNED, False, BARE, before, code, None)]
    calm = 0
    for token in tokens:
        drop = DROPS.get(token.kind) if search.width.is_dropped else None
        beam = _after(search, beam, token, drop)
        if len(beam) > 1:
            beam = pruned(beam, search.width.beam, search.width.within)
        elif not beam:
            return []
        if token.kind in (Kind.CUT, Kind.LOST) or any(one.pending for one in beam):
            calm = 0
        elif token.kind is not Kind.GLOSS:
            calm += 1
        if calm >= CALM:
            break
    return candidates(beam)


def _after(search: Search, beam: list[Hypothesis], token: Token, drop: Drop | None) -> list[Hypothesis]:
    """The hypotheses after one more token."""
    step = STEPS[token.kind]
    after: list[Hypothesis] = [new for one in beam for new in step(search, one, token)]
    pending = [one for one in beam if one.pending > 0] if drop else []
    if drop and pending:
        floor = max((one.score for one in after), default=beam[0].score - LONGEST) - REACH
        for one in pending:
            more = list(drop(search, one, token, floor))
            floor = max([floor, *(new.score - REACH for new in more)])
            after += more
    return after
