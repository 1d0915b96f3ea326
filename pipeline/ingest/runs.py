"""Damaged runs of a gloss mirror: a beam search for the bytes that were there.

The mirror is a function of the true text, so every reading that the search proposes damages into what is shown; the most
probable one is taken. A hypothesis holds the true bytes up to a token: complete characters and, where the run is shifted,
one pending lead byte.
"""

from collections.abc import Iterable

from pipeline.ingest import gbk
from pipeline.ingest.gbk import Kind, Token
from pipeline.ingest.hypotheses import ALIGNED, Found, Hypothesis, found, pruned
from pipeline.ingest.search import Search, Width
from pipeline.ingest.steps import STEPS

CALM = 3
"""Undamaged characters after which a run is over: as many as see its last one in their context, and one more."""
NARROW = Width(beam=6, within=10.0, lost=8, dropped=0)
WIDE = Width(beam=5, within=10.0, lost=12, dropped=3)
POOR = -11.5
"""Log probability of a character below which a narrow search is done again widely."""


def read_run(search: Search, tokens: Iterable[Token], context: str) -> Found | None:
    """The most probable text of a run, read until it is over.

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
    Found or None
        None if nothing fits.
    """
    before, code = (gbk.folded(glyph) for glyph in context)
    beam = [Hypothesis(0.0, context[-1], 0, ALIGNED, False, False, before, code, None)]
    calm, width = 0, search.width
    for token in tokens:
        step = STEPS[token.kind]
        beam = pruned((after for one in beam for after in step(search, one, token)), width.beam, width.within)
        if not beam:
            return None
        if token.kind in (Kind.CUT, Kind.LOST) or any(one.pending for one in beam):
            calm = 0
        elif token.kind is not Kind.GLOSS:
            calm += 1
        if calm >= CALM:
            break
    return found(beam)
