"""The best consistent tree over candidates: which of them are headings, and at what depth."""

from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.sections.candidates import Candidate

MAX_STATES, MAX_STEPS = 48, 200_000
"""Open outlines kept at each candidate (more changed nothing on the sample), and in all: long texts keep fewer."""
CONTINUES, TWICE, JUMP, LEAP, RESTART, BACKWARDS = 1.0, -1.5, -1.5, -2.5, -2.2, -4.0
"""What it is worth, in log odds, that a count goes on by one, stays, skips one, skips more, starts anew, goes back."""
NEW_LIST, LATE_LIST, UPSIDE_DOWN, OTHER_FORM, WRONG_PREFIX, SAME_SHAPE = -0.9, -2.5, -3.0, -1.8, -4.0, 0.3
"""A list starts at 1; starts later; is of a higher form than the list around it; goes on in another form; 3.1 under 2;
ends as its sibling does."""
RISE, BELOW, RETURN = -0.8, 0.8, 0.8
"""A short line rises a level; goes below one that opens a list; ends such a list by naming a role."""
OPENS, PLAIN_RANK = 3, 5
"""Ranks of short lines (`pipeline.sections.unnumbered`): others go below it; it names no role."""
_UNNUMBERED = frozenset(["named", "annex", "label", "bare"])

Outline = tuple[int, ...]
"""The headings that are open at a place, from the top down, by their place among the candidates."""


@dataclass(slots=True)
class _Path:
    """The best way to an open outline: its worth, the candidate accepted last, and the way before."""

    worth: float
    outline: Outline
    before: "_Path | None"


def best_tree(candidates: list[Candidate]) -> list[tuple[int, int]]:
    """The headings of the best tree.

    Every candidate is either passed over, which is worth nothing, or accepted at a depth, which is worth its score and
    what its number says beside the numbers of its siblings. Viterbi's algorithm over open outlines finds the
    best sum; it is exact while no more than `MAX_STATES` outlines are open.

    Parameters
    ----------
    candidates : list of Candidate
        In order of their starts.

    Returns
    -------
    list of tuple
        (place among the candidates, level from 1) of each heading, in order.

    References
    ----------
    Viterbi, A. (1967). Error bounds for convolutional codes and an asymptotically optimum decoding algorithm.
    """
    bound = max(1, min(MAX_STATES, MAX_STEPS // max(1, len(candidates))))
    paths: dict[Outline, _Path] = {(): _Path(0.0, (), None)}
    for at, candidate in enumerate(candidates):
        reached = dict(paths)
        for path in paths.values():
            for depth, worth in _placements(candidates, path.outline, candidate):
                outline = (*path.outline[:depth], at)
                total = path.worth + candidate.score + worth
                if outline not in reached or total > reached[outline].worth:
                    reached[outline] = _Path(total, outline, path)
        kept = sorted(reached.values(), key=lambda path: (-path.worth, path.outline))[:bound]
        paths = {path.outline: path for path in kept}
    return _accepted(max(paths.values(), key=lambda path: path.worth))


def _accepted(path: _Path) -> list[tuple[int, int]]:
    """The headings along a path, in order."""
    headings: list[tuple[int, int]] = []
    step: _Path | None = path
    while step is not None and step.outline:
        headings.append((step.outline[-1], len(step.outline)))
        step = step.before
    return headings[::-1]


def _placements(candidates: list[Candidate], outline: Outline, new: Candidate) -> Iterator[tuple[int, float]]:
    """Depths at which a candidate may be put into an open outline, with what each is worth."""
    if outline and new.start < candidates[outline[-1]].body_start:
        return
    if new.family in ("named", "annex"):
        yield 0, 0.0
        return
    open_ones = [candidates[at] for at in outline]
    while open_ones and open_ones[-1].family == "named":
        open_ones.pop()
    depth = next((i for i in range(len(open_ones) - 1, -1, -1) if open_ones[i].family == new.family), None)
    if new.family in _UNNUMBERED:
        yield from _unnumbered(open_ones, new, depth)
        return
    if depth is not None:
        yield depth, _counted(open_ones[depth], new) + _prefix(open_ones[:depth], new)
    else:
        yield len(open_ones), _opened(open_ones, new) + _prefix(open_ones, new)
        for i, other in enumerate(open_ones):
            if other.path and new.rank <= other.rank:
                goes_on = len(new.path) == len(other.path) and new.path[-1] == other.path[-1] + 1
                yield i, OTHER_FORM + (0.8 if goes_on else NEW_LIST if new.path[-1] == 1 else LATE_LIST)


def _unnumbered(open_ones: list[Candidate], new: Candidate, depth: int | None) -> Iterator[tuple[int, float]]:
    """Depths of a label or short line: beside its like, below what is open, or at the top."""
    if depth is None:
        yield len(open_ones), 0.0
    else:
        yield depth, 0.3
    if new.family != "bare" or not open_ones:
        return
    if depth is not None and depth + 1 == len(open_ones) and open_ones[depth].rank == OPENS:
        yield depth + 1, BELOW
    if depth is None:
        yield 0, RISE
    elif depth > 0:
        yield depth - 1, RISE if new.rank == PLAIN_RANK or open_ones[depth - 1].family != "bare" else RETURN


def _counted(last: Candidate, new: Candidate) -> float:
    """What the number of a candidate says behind that of the sibling before it."""
    step, worth = new.path[-1] - last.path[-1], SAME_SHAPE if new.shape == last.shape else 0.0
    if step == 1:
        return worth + CONTINUES
    if step == 0:
        return worth + TWICE
    if step > 1:
        return worth + (JUMP if step == 2 else LEAP)
    return worth + (RESTART if new.path[-1] == 1 else BACKWARDS)


def _opened(open_ones: list[Candidate], new: Candidate) -> float:
    """What it says that a candidate opens a list below the open headings."""
    worth = NEW_LIST if new.path[-1] == 1 else LATE_LIST - 0.2 * min(10, new.path[-1])
    numbered = [other for other in open_ones if other.path]
    return worth + (UPSIDE_DOWN if numbered and new.rank < numbered[-1].rank else 0.0)


def _prefix(parents: list[Candidate], new: Candidate) -> float:
    """What the first steps of 3.1 say below the heading that they should name."""
    if len(new.path) == 1:
        return 0.0
    parent = parents[-1].path if parents else ()
    return CONTINUES if parent[-1:] == new.path[-2:-1] else WRONG_PREFIX
