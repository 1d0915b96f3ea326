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
CARRIED, MAX_BACK = 0.3, 6
"""A count goes on below the next short line, ① to ③ below the one, ④ and ⑤ below the other; headings
that may be between."""
TWIN = 0.5
"""A number of another name and the same count goes beside its twin: 问题之一, 对策之一, 问题之二, 对策之二."""
RISE, BELOW, RETURN, BESIDE, LATE_BELOW = -0.8, 0.8, 0.8, 0.3, -1.2
"""A short line rises a level; goes below one that opens a list; ends such a list by naming a role; goes beside its like
or right behind its parent; goes below a series or behind labels, with text between."""
CLOSES = 0.0
"""A short line that names a role rises from below a block label."""
OPENS, CUED_RANK, PLAIN_RANK = 3, 4, 5
"""Ranks of short lines (`pipeline.sections.unnumbered`): others go below it; it names a role; it does neither."""
_PLAIN = frozenset(["named", "annex", "label", "bare"])
"""Families without a number that are no series either."""

Outline = tuple[int, ...]
"""The headings that are open at a place, from the top down, by their place among the candidates."""
Headings = tuple[Candidate, ...]


@dataclass(slots=True)
class _Path:
    """The best way to an open outline: its worth, the way before, and the headings below which another one may go."""

    worth: float
    outline: Outline
    before: "_Path | None"
    open_ones: Headings


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
    paths: dict[Outline, _Path] = {(): _Path(0.0, (), None, ())}
    carried = _carried(candidates)
    for at, candidate in enumerate(candidates):
        reached = dict(paths)
        for path in paths.values():
            if path.outline and candidate.start < candidates[path.outline[-1]].body_start:
                continue
            for depth, worth in _placements(path, candidate, carried[at]):
                outline = path.outline[:depth] + (at,)
                total = path.worth + candidate.score + worth
                if outline not in reached or total > reached[outline].worth:
                    below = () if candidate.family == "named" else (*path.open_ones[:depth], candidate)
                    reached[outline] = _Path(total, outline, path, below)
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


def _carried(candidates: list[Candidate]) -> list[int]:
    """The last candidate of the same family, by its place, if a number goes on from it by one; else -1."""
    last: dict[str, int] = {}
    found = []
    for at, candidate in enumerate(candidates):
        before = last.get(candidate.family, -1)
        goes_on = before >= 0 and len(candidate.path) == 1 and candidate.path[0] == candidates[before].path[-1] + 1
        found.append(before if goes_on else -1)
        if candidate.path:
            last[candidate.family] = at
    return found


def _is_carried(path: _Path, before: int) -> bool:
    """Whether a candidate is among the headings accepted last, and closed since."""
    if before in path.outline:
        return False
    step: _Path | None = path
    for _ in range(MAX_BACK):
        if step is None or not step.outline or step.outline[-1] <= before:
            break
        step = step.before
    return step is not None and step.outline[-1:] == (before,)


def _placements(path: _Path, new: Candidate, before: int) -> list[tuple[int, float]]:
    """Depths at which a candidate may be put below the open headings, with what each is worth."""
    if new.family in ("named", "annex"):
        return [(0, 0.0)]
    open_ones = path.open_ones
    depth = len(open_ones) - 1
    while depth >= 0 and open_ones[depth].family != new.family:
        depth -= 1
    if not new.path:
        return list(_unnumbered(open_ones, new, depth if depth >= 0 else None))
    if depth >= 0:
        return [(depth, _counted(open_ones[depth], new) + _prefix(open_ones[:depth], new))]
    is_carried = before >= 0 and open_ones != () and not open_ones[-1].path and _is_carried(path, before)
    found = [(len(open_ones), _opened(open_ones, new, is_carried) + _prefix(open_ones, new))]
    for i, other in enumerate(open_ones):
        if other.path and new.rank <= other.rank:
            goes_on = len(new.path) == len(other.path) and new.path[-1] == other.path[-1] + 1
            worth = OTHER_FORM + (0.8 if goes_on else NEW_LIST if new.path[-1] == 1 else LATE_LIST)
            found.append((i, TWIN if _is_twin(other, new) else worth))
    return found


def _is_twin(other: Candidate, new: Candidate) -> bool:
    """Whether two headings number by name and take turns: the same count, or the first name once more."""
    is_named = new.family.endswith("_number") and other.family.endswith("_number")
    if not is_named or "之" not in f"{other.marker}" or "之" not in f"{new.marker}":
        return False
    return new.path[-1] - other.path[-1] in (0, 1)


def _unnumbered(open_ones: Headings, new: Candidate, depth: int | None) -> Iterator[tuple[int, float]]:
    """Depths of a label or short line: beside its like, below what is open, or at the top."""
    above = [other for other in open_ones if other.family != "label"]
    if depth is not None:
        yield depth, BESIDE
    elif new.family == "label":
        yield len(open_ones), 0.0
    else:
        yield len(above), _below(open_ones, above, new)
    if new.family == "label" or not open_ones:
        return
    if depth is None:
        names_role = new.rank <= CUED_RANK and open_ones[-1].family == "label"
        yield 0, CLOSES if names_role else RISE
        return
    if depth + 1 == len(open_ones) and open_ones[depth].rank == OPENS and new.family == "bare":
        yield depth + 1, BELOW
    if depth > 0:
        yield depth - 1, RISE if new.rank == PLAIN_RANK or open_ones[depth - 1].family != "bare" else RETURN


def _below(open_ones: Headings, above: list[Candidate], new: Candidate) -> float:
    """What it is worth that a short line goes below the open headings that are no labels."""
    if not above or above[-1].body_start == new.start:
        return BESIDE
    last = above[-1].family
    is_series = last.startswith("counted") if above[-1].path else last not in _PLAIN
    return LATE_BELOW if is_series or len(above) < len(open_ones) else 0.0


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


def _opened(open_ones: Headings, new: Candidate, is_carried: bool) -> float:
    """What it says that a candidate opens a list below the open headings."""
    worth = NEW_LIST if new.path[-1] == 1 else LATE_LIST - 0.2 * min(10, new.path[-1])
    if is_carried:
        worth = CARRIED
    numbered = [other for other in open_ones if other.path]
    return worth + (UPSIDE_DOWN if numbered and new.rank < numbered[-1].rank else 0.0)


def _prefix(parents: Headings, new: Candidate) -> float:
    """What the first steps of 3.1 say below the heading that they should name."""
    if len(new.path) == 1:
        return 0.0
    parent = parents[-1].path if parents else ()
    return CONTINUES if parent[-1:] == new.path[-2:-1] else WRONG_PREFIX
