"""Damaged runs of a gloss mirror: a beam search for the bytes that were there.

The mirror is a function of the true text, so every reading that the search proposes damages into what is shown; the most
probable one is taken. A hypothesis holds the true bytes up to a token: complete characters and, where the run is shifted,
one pending lead byte.
"""

from collections.abc import Iterable
from math import inf

from pipeline.ingest import gbk
from pipeline.ingest.gbk import Kind, Token, Tokens
from pipeline.ingest.mirror.hypotheses import ALIGNED, BARE, BEFORE_MARK, Hypothesis, pruned
from pipeline.ingest.mirror.search import Search
from pipeline.ingest.mirror.steps import DROPS, STEPS, Drop

CALM = 2
"""Undamaged characters after which a run is over: as many as see its last one in their context."""
N_KEPT = 32
"""Hypotheses that are kept after a token; with 16 within 7 of the best, 5 of 4,505 runs more were wrong on held-out mirrors."""
WITHIN = 9.0
"""How far (log probability) they may be below the best; with 64 within 12, two of 145 wrong characters less."""
N_OPEN, WITHIN_OPEN = 48, 16.0
"""The same before the character is read that a mark begins, which tells what the lost byte before the mark was."""
REACH = 7.0
"""How far (log probability) a hypothesis with dropped pairs may be below the best of those without."""
LONGEST = 20.0
"""The same where there is none without: below the best before the token."""

DOUBTED = 9.0
"""What a token and the two after it cost (log probability) at least where dropped pairs are looked for before it: 7.5 was as
good, 11 had a run in 3,000 more wrong."""
N_BEST, NEAR_BEST = 32, 12.0
"""Hypotheses after which dropped pairs are looked for at most, and how far (log probability) they may be below the best: with the
eight within 7, four of 152 wrong characters of held-out mirrors were more."""
N_SEEING = 3
"""Tokens that a dropped pair shows in: its own and two that see it in their context."""

Beam = list[Hypothesis]


def read_run(search: Search, tokens: Tokens, context: str) -> list[Beam]:
    """The most probable hypotheses of a run, as if no pairs had been dropped.

    Parameters
    ----------
    search : Search
        What the document tells.
    tokens : Tokens
        From the first character before the run on; they are read no further than needed.
    context : str
        The two characters before.

    Returns
    -------
    list of list of Hypothesis
        Those before the first token, after it, and after each of the next until the run is over, the most probable ones
        first; the last list is empty if nothing fits.
    """
    before, code = (gbk.folded(glyph) for glyph in context)
    begun = Hypothesis(0.0, context[-1], 0, ALIGNED, False, BARE, before, code, None)
    return _read(search, tokens.since(0), [[begun]], None)


def doubted(beams: list[Beam]) -> list[int]:
    """The tokens that `read_run` finds so improbable, with those after them, that pairs may have been dropped before them."""
    best = [beam[0].score if beam else -inf for beam in beams]
    best += best[-1:] * N_SEEING
    return [
        index
        for index, beam in enumerate(beams[:-1])
        if best[index] - best[index + N_SEEING] > DOUBTED and any(one.pending > 0 for one in beam)
    ]


def read_past_drops(search: Search, tokens: Tokens, beams: list[Beam], places: list[int]) -> list[Beam]:
    """What `read_run` gives, with dropped pairs.

    Parameters
    ----------
    search : Search
    tokens : Tokens
        Those of `read_run`.
    beams : list of list of Hypothesis
        What `read_run` gave.
    places : list of int
        The tokens before which pairs may have been dropped; where they were before one, they may have been before those too
        that `read_run` did not read.
    """
    sound = frozenset(range(len(beams) - 1)) - {*places}
    for place in places:
        beam, after = beams[place : place + 2]
        token = tokens[place]
        if (drop := DROPS.get(token.kind)) and (more := _past_drop(search, beam, token, drop, after)):
            return _read(search, tokens.since(place + 1), [*beams[: place + 1], _kept(beam, after + more)], sound)
    return beams


def _past_drop(search: Search, beam: Beam, token: Token, drop: Drop, after: Beam) -> Beam:
    """The hypotheses after one more token before which pairs were dropped; none far below the best of those `after` it without."""
    floor = max([one.score for one in after], default=beam[0].score - LONGEST) - REACH
    found: Beam = []
    for one in [one for one in beam if one.pending > 0 and one.score > beam[0].score - NEAR_BEST][:N_BEST]:
        more = drop(search, one, token, floor)
        floor = max([floor, *(new.score - REACH for new in more)])
        found += more
    return found


def _read(search: Search, tokens: Iterable[Token], beams: list[Beam], sound: frozenset[int] | None) -> list[Beam]:
    """Hypotheses after more tokens, until nothing fits or the run is over; no pairs were dropped before `sound` ones (None: all)."""
    calm = 0
    for index, token in enumerate(tokens, len(beams) - 1):
        kind = token.kind
        beam = _after(search, beams[-1], token, None if sound is None or index in sound else DROPS.get(kind))
        if len(beam) > 1:
            beam = _kept(beams[-1], beam)
        beams.append(beam)
        if kind in (Kind.CUT, Kind.LOST) or {one.pending for one in beam} != {ALIGNED}:
            calm = 0
        elif kind is not Kind.GLOSS:
            calm += 1
        if calm >= CALM or not beam:
            break
    return beams


def _kept(before: Beam, after: Beam) -> Beam:
    """The most probable hypotheses after a token; more of them before the character is read that a mark begins."""
    is_open = BEFORE_MARK in [one.pending for one in (*before, *after)]
    return pruned(after, *((N_OPEN, WITHIN_OPEN) if is_open else (N_KEPT, WITHIN)))


def _after(search: Search, beam: Beam, token: Token, drop: Drop | None) -> Beam:
    """The hypotheses after one more token."""
    step = STEPS[token.kind]
    after = (
        step(search, beam[0], token) if len(beam) == 1 else [new for one in beam for new in step(search, one, token)]
    )
    return after + _past_drop(search, beam, token, drop, after) if drop else after
