"""What can be seen of the units of a report that tells whether they claim: words, place, neighbours, what the rules found."""

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.sections.rolemodel import ROLES
from pipeline.statements.claims import problem_strength, standing_strength
from pipeline.statements.cues import announced_role, is_announcement
from pipeline.statements.drafts import Draft
from pipeline.statements.enumerations import RE_MARK, find_marks
from pipeline.statements.outline import Outline
from pipeline.statements.prose import RE_DETAIL
from pipeline.statements.units import Unit
from pipeline.values import SIDES, Role

Table = NDArray[np.float32]

N_PLAIN, N_CLAIM, N_CLAUSE = 80, 3 * (1 + len(SIDES)), 2 * (1 + len(SIDES))
"""Columns of `traits_of`, of `claim_traits` and of `clause_traits`."""
FAINT = 1e-3
"""Least chance of a role that counts."""
FAINTEST = 1e-4
"""The same of a claim."""
ABSENT = -9.0
"""In place of the log chances of a unit that is not there."""
NOTHING = -1.0
"""In place of what a unit has not."""
MARKS = tuple(RE_MARK.groupindex)
"""Kinds of marks that open items, as `enumerations` names them."""
SIDE_COLUMNS = tuple(ROLES.index(Role(side)) for side in SIDES)
N_FIRST = 2
"""Sentences of a paragraph that are told apart by number; the later ones are alike."""

RE_DONE = re.compile("了|已|曾|过去|先后|累计|共|去年|今年|近年")
RE_WILL = re.compile("要|应|须|将|拟|建议|打算|力争|请|不妨|可以|宜|明年|今后|下一步")
RE_WHY = re.compile("因为|由于|根子|原因|缘于|源于|症结|病根|归根|说到底|在于|怕|使然|所致")
RE_BUT = re.compile("但|不过|然而|可是|只是|遗憾|美中不足|仍|还")
RE_FIGURE = re.compile(r"\d+")
OPENING = 12
"""Glyphs of a unit in which a contrast is looked for."""


def traits_of(
    outline: Outline, units: Sequence[Unit], drafts: Sequence[Sequence[Draft]], chances: NDArray[np.float64]
) -> Table:
    """What each unit of a report shows, but for what its words claim.

    Parameters
    ----------
    outline : Outline
    units : sequence of Unit
        In order.
    drafts : sequence of sequence of Draft
        The claims that rules found in each.
    chances : ndarray, shape (n_units, n_roles)
        Of the roles of each.

    Returns
    -------
    ndarray of float32, shape (n_units, n_traits)
        Columns: the log chances of the roles in it and in its neighbours; its section; what rules found in it and around
        it; its form and place; its words; and the means of some of these over the others of its slot.
    """
    if not units:
        return np.zeros((0, N_PLAIN), dtype=np.float32)
    text = outline.text
    told = np.log(np.maximum(chances, FAINT)).astype(np.float32)
    sides = told[:, SIDE_COLUMNS]
    edge = np.full((1, len(SIDES)), ABSENT, dtype=np.float32)
    found = np.array([_found(mine) for mine in drafts], dtype=np.float32).reshape(len(units), -1)
    words = np.array([_words(text, unit) for unit in units], dtype=np.float32).reshape(len(units), -1)
    before = np.vstack([np.zeros((1, 2), dtype=np.float32), words[:-1, :2]])
    marks = [_mark(text, unit) for unit in units]
    places = np.array(list(_places(outline, units, found, marks)), dtype=np.float32).reshape(len(units), -1)
    by_section = np.array([_section(outline, at) for at in range(len(outline.sections))], dtype=np.float32)
    sections = by_section[[unit.section for unit in units]]
    shared = np.hstack([sides, found[:, :3], words[:, 2:7]])
    around = [np.vstack([edge, sides[:-1]]), np.vstack([sides[1:], edge])]
    return np.hstack(
        [told, *around, sections, found, places, words, before, _over_slots(outline, units, marks, shared)]
    )


def claim_traits(chances: NDArray[np.float64]) -> Table:
    """The log chances that a unit, the one before and the one after claim nothing, or something of each side.

    Parameters
    ----------
    chances : ndarray, shape (n_units, 1 + n_sides)

    Returns
    -------
    ndarray of float32, shape (n_units, 3 * (1 + n_sides))
    """
    told = np.log(np.maximum(chances, FAINTEST)).astype(np.float32)
    edge = np.full((min(1, len(told)), told.shape[1]), ABSENT, dtype=np.float32)
    return np.hstack([told, np.vstack([edge, told[:-1]]), np.vstack([told[1:], edge])])


def clause_traits(chances: NDArray[np.float64], starts: Sequence[int]) -> Table:
    """What the clauses of each unit are by their words: how surely some one is a claim of each side, or none; and the first.

    Parameters
    ----------
    chances : ndarray, shape (n_clauses, 1 + n_sides)
        Of the clauses of all units, in order: that they are no part of a claim, or part of one of each side.
    starts : sequence of int
        The first clause of each unit; each has one.

    Returns
    -------
    ndarray of float32, shape (n_units, N_CLAUSE)
        The highest log chance of each side, the lowest of none, and those of the first clause.

    Examples
    --------
    >>> told = np.array([[0.9, 0.1, 0.0, 0.0], [0.2, 0.8, 0.0, 0.0], [1.0, 0.0, 0.0, 0.0]])
    >>> np.exp(clause_traits(told, [0, 2])[:, [0, 3, 4]]).astype(float).round(1).tolist()
    [[0.8, 0.2, 0.9], [0.0, 1.0, 1.0]]
    """
    if not len(starts):
        return np.zeros((0, N_CLAUSE), dtype=np.float32)
    told = np.log(np.maximum(chances, FAINTEST)).astype(np.float32)
    most, least = np.maximum.reduceat(told[:, 1:], starts), np.minimum.reduceat(told[:, :1], starts)
    return np.hstack([most, least, told[np.asarray(starts)]])


def _section(outline: Outline, index: int) -> list[float]:
    """The role of a section, how sure it is, its level and children."""
    section = outline.sections[index]
    own = [float(section.role == role) for role in ROLES]
    return [*own, section.confidence, section.level, len(outline.children[index])]


def _found(drafts: Sequence[Draft]) -> list[float]:
    """How sure rules are of a claim of each side, and of what kind it is."""
    if not drafts:
        return [0.0] * (len(SIDES) + 3)
    tops = [draft for draft in drafts if not draft.sub]
    sure = [max((draft.confidence for draft in tops if draft.role == side), default=0.0) for side in SIDES]
    has_sub, has_cue = len(tops) < len(drafts), any(draft.cue for draft in tops)
    return [*sure, float(has_sub), float(any(draft.explicit for draft in tops)), float(has_cue)]


def _words(text: str, unit: Unit) -> list[float]:
    """What the words of a unit say; first whether they announce something, and of which role."""
    words = text[unit.start : unit.end]
    role = announced_role(words)
    strength = problem_strength(words)
    return [
        float(is_announcement(words)),
        float(ROLES.index(role) + 1 if role else 0),
        strength,
        unit.end - unit.start,
        len(RE_WILL.findall(words)),
        len(RE_DONE.findall(words)),
        float(bool(RE_DETAIL.match(words))),
        standing_strength(words) if strength else 0,
        len(RE_WHY.findall(words)),
        len(RE_BUT.findall(words[:OPENING])),
        len(RE_FIGURE.findall(words)),
    ]


def _places(outline: Outline, units: Sequence[Unit], found: Table, marks: Sequence[float]) -> Iterator[list[float]]:
    """Form and place of each unit: in its sentence, paragraph, body and report, and the claims found in that body."""
    bodies: dict[int, list[int]] = defaultdict(list)
    heads: dict[int, bool] = {}
    is_claim = found[:, :3].max(axis=1) > 0
    for n, unit in enumerate(units):
        if unit.is_heading:
            heads[unit.section] = bool(is_claim[n])
        else:
            bodies[unit.section].append(n)
    n_lines = {index: len({units[n].nth_paragraph for n in body}) for index, body in bodies.items()}
    n_claims = {index: int(is_claim[body].sum()) for index, body in bodies.items()}
    n_kinds: dict[tuple[int, int], int] = {}
    for unit, mark in zip(units, marks, strict=True):
        index, whole = unit.section, (unit.start / len(outline.text), float(len(outline.sections)))
        size = (len(bodies[index]), n_claims.get(index, 0))
        if unit.is_heading:
            section = outline.sections[index]
            yield [1.0, 0.0, *size, *whole, *[NOTHING] * 7, NOTHING - 1, section.end - section.body_start]
            continue
        start, end = unit.paragraph
        if unit.paragraph not in n_kinds:
            n_kinds[unit.paragraph] = len({one.lastgroup for one in find_marks(outline.text, start, end)})
        in_line = (unit.nth_paragraph, unit.nth_sentence, unit.nth_part, unit.n_parts, n_lines[index], end - start)
        yield [
            0.0,
            float(heads.get(index, False)),
            *size,
            *whole,
            *in_line,
            n_kinds[unit.paragraph],
            mark,
            end - unit.end,
        ]


def _mark(text: str, unit: Unit) -> float:
    """The kind of mark that a unit opens with."""
    mark = RE_MARK.match(text, unit.start, unit.end)
    return float(MARKS.index(str(mark.lastgroup))) if mark else NOTHING


def _over_slots(outline: Outline, units: Sequence[Unit], marks: Sequence[float], shared: Table) -> Table:
    """Means of some columns over the others of each unit's slot, the number of those, and its rank among them.

    A slot holds what stands alike: the headings below one section, or the first sentences of paragraphs of one body, the
    second ones, the later ones, each by the kind of its mark.
    """
    slots: dict[tuple[float, ...], int] = {}
    mine = np.zeros(len(units), dtype=np.int64)
    for n, unit in enumerate(units):
        parent = outline.sections[unit.section].parent or 0
        listed = (unit.section, min(unit.nth_sentence, N_FIRST), marks[n])
        mine[n] = slots.setdefault((NOTHING, parent) if unit.is_heading else listed, len(slots))
    order, sizes = np.argsort(mine, kind="stable"), np.bincount(mine)
    starts = np.cumsum(sizes) - sizes
    totals = np.add.reduceat(shared[order], starts, axis=0, dtype=np.float64)
    size, rank = sizes[mine], np.empty(len(units))
    rank[order] = np.arange(len(units)) - np.repeat(starts, sizes)
    means = (totals[mine] - shared) / np.maximum(size - 1, 1)[:, None]
    means[size == 1] = ABSENT
    return np.column_stack([means, size, rank]).astype(np.float32)
