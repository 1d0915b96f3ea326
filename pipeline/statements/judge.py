"""Which units of a report claim something: a fitted judge weighs what rules found against all else that can be seen."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np
from numpy.typing import NDArray

from pipeline.statements.claims import is_bare
from pipeline.statements.cues import announced_role, is_announcement
from pipeline.statements.drafts import Basis, Draft, from_heading, from_sentence
from pipeline.statements.enumerations import RE_MARK
from pipeline.statements.opinions import Judge, shipped_judge
from pipeline.statements.phrasing import worded
from pipeline.statements.sentences import Span, skip_blank
from pipeline.statements.sheets import Sheet, shipped_clauses
from pipeline.statements.surroundings import Chances
from pipeline.statements.wordingtraits import Readers
from pipeline.trees import Forest
from pipeline.values import SIDES, Role

NONE = 0
"""Class of a unit that claims nothing; the sides follow."""
FAINT = 1e-4
"""Least chance that counts."""
LENIENCE, LENIENCE_OUTSIDE = 0.2, 0.3
"""What a claim may be less likely than none (450 annotated reports, cross-fitted F1 of points: 0 .860, .1 and .2 .861, .3 .859), and
outside the sections of the sides (742 reports: .2 .883 with .660 of the implicit claims found, .3 .882 with .670, .4 .881 with .683)."""

DROPPED, OVERRULED = 0.65, 0.2
"""Chance that a unit claims nothing from which what rules found in it is dropped, and how much likelier another side must
be (annotated reports, cross-fitted F1: dropped from .65 .863, from .8 .861, from .9 .857)."""
MIN_BESIDE, MIN_ALIKE, RULED, MOST = 3, 0.25, 2.0, 3.0
"""Headings side by side from which they are held to be alike, and how likely they are claims on average at least; what it counts (log
odds) that rules took a heading for a claim, and the most that one counts (702 annotated reports: cross-fitted F1 .891 with and
without; ordinary ones, not learnt from: .913 without, .933)."""
FOLDED = {Role.PROBLEM, Role.CAUSE}
"""Sections of the one hold the other too, and claims of either are explicit there (782 annotated reports: causes among problems 543 of 554,
problems among causes 12 of 12)."""
LIKELY = 0.05
"""Chance from which the likeliest unit of a section of a side without claims is one (742 annotated reports, cross-fitted F1: from
.05 .8793, from .1 .8788, never .877)."""


def judged_drafts(
    sheets: Sequence[Sheet],
    *,
    least: float,
    judge: Judge | None = None,
    choice: Forest | None = None,
) -> list[list[Draft]]:
    """The claims of some reports: those of the rules that stand, and those that rules missed.

    Parameters
    ----------
    sheets : sequence of Sheet
        Of one or more reports, by one model; what is found in one does not depend on the others.
    least : float
        `PointOptions.min_implicit_confidence`.
    judge : Judge, optional
        Of units; the shipped one by default.
    choice : Forest, optional
        Of a claim's words; the shipped one by default.

    Returns
    -------
    list of list of Draft
        A list for each report; the confidence of a claim is its probability.
    """
    if not sheets:
        return []
    chances = (judge or shipped_judge()).chances(sheets)
    found = [_claims(sheet, mine, least) for sheet, mine in zip(sheets, chances, strict=True)]
    told = [(sheet.outline.text, claims) for sheet, (_, claims) in zip(sheets, found, strict=True)]
    words = worded(told, readers=Readers(sheets[0].model, sheets[0].clauses or shipped_clauses()), choice=choice)
    return [rest + claims for (rest, _), claims in zip(found, words, strict=True)]


def _claims(sheet: Sheet, chances: Chances, least: float) -> tuple[list[Draft], list[tuple[Span, Draft]]]:
    """The claims of a report by the chances of its units; apart, with their units, those whose words are to be chosen."""
    text = sheet.outline.text
    judged = zip(_lenient(sheet, chances), sheet.drafts, sheet.units, strict=True)
    best = np.array([_best(*row, mine, text[unit.start : unit.end]) for row, mine, unit in judged], dtype=np.int64)
    odds = np.log(np.maximum(chances, FAINT))
    _alike(sheet, chances, odds, best)
    _settle(sheet, odds, best)
    _fill(sheet, chances, best)
    found = list(sheet.others)
    told: list[tuple[Span, Draft]] = []
    opened: dict[Role, Span] = {}
    for n, unit in enumerate(sheet.units):
        if best[n] == NONE:
            found += [replace(draft, sub=True) for draft in sheet.drafts[n]]
            continue
        role, chance = Role(SIDES[best[n] - 1]), float(chances[n, best[n]])
        claim = claim_of(sheet, n, role, goes_on=opened.get(role) == unit.paragraph)
        if claim is None or not (claim.explicit or chance >= least):
            continue
        if claim.explicit:
            opened[role] = unit.paragraph
        if unit.is_heading:
            found.append(replace(claim, confidence=chance))
        else:
            told.append(((unit.start, unit.end), replace(claim, confidence=chance)))
    return found, told


def _lenient(sheet: Sheet, chances: Chances) -> Iterator[tuple[Chances, int]]:
    """The chances of each unit, and its likeliest class if a claim may be somewhat less likely than none."""
    sections = sheet.outline.sections
    for row, unit in zip(chances, sheet.units, strict=True):
        lenient = row.copy()
        lenient[NONE] -= LENIENCE if sections[unit.section].role in SIDES else LENIENCE_OUTSIDE
        yield row, int(lenient.argmax())


def _best(chances: Chances, best: int, found: Sequence[Draft], words: str) -> int:
    """The class of a unit; what rules found stands unless the judge is clearly of another opinion."""
    tops = [draft for draft in found if not draft.sub]
    if tops:
        ruled = 1 + SIDES.index(max(tops, key=lambda draft: draft.confidence).role)
        if chances[best] < chances[ruled] + OVERRULED or (best == NONE and chances[NONE] < DROPPED):
            return ruled
    if best != NONE and not found and (is_announcement(words) or is_bare(words)):
        return NONE
    return best


def _is_announced(sheet: Sheet, n: int, role: Role) -> bool:
    """Whether a unit opens with a mark, or a sentence that announces its role stands right before it."""
    unit, before = sheet.units[n], sheet.units[n - 1] if n else None
    if RE_MARK.match(sheet.outline.text, unit.start, unit.end):
        return True
    return before is not None and announced_role(sheet.outline.text[before.start : before.end]) == role


def _alike(sheet: Sheet, chances: Chances, odds: Chances, best: NDArray[np.int64]) -> None:
    """Where rules took most headings side by side for claims of one side, these headings are claims together, or what stands below
    them is: by how much likelier the one is than the other, no heading counting more than `MOST`.

    Changes `best`. The deepest headings come first.
    """
    sections = sheet.outline.sections
    groups = [[sheet.heads[index] for index in children if index in sheet.heads] for children in sheet.outline.children]
    groups = [heads for heads in groups if len(heads) >= MIN_BESIDE]
    for heads in sorted(groups, key=lambda heads: -sections[sheet.units[heads[0]].section].level):
        for side, role in enumerate(SIDES, 1):
            ruled = [n for n in heads if any(draft.role == role and not draft.sub for draft in sheet.drafts[n])]
            if 3 * len(ruled) < 2 * len(heads) or chances[heads, side].mean() < MIN_ALIKE:
                continue
            below = {n: _below(sheet, best, n, side) for n in ruled}
            gains = [_gain(odds, n, below[n], side) + RULED for n in ruled]
            if sum(max(-MOST, min(MOST, gain)) for gain in gains) > 0:
                for n in ruled:
                    if best[n] in (NONE, side):
                        best[below[n]], best[n] = NONE, side


def _below(sheet: Sheet, best: NDArray[np.int64], n: int, side: int) -> NDArray[np.int64]:
    """The units below a heading that are claims of a side."""
    found: NDArray[np.int64] = n + 1 + np.flatnonzero(best[n + 1 : sheet.within(sheet.units[n].section).stop] == side)
    return found


def _gain(odds: Chances, n: int, below: NDArray[np.int64], side: int) -> float:
    """How much likelier (log odds) it is that a heading is a claim of a side than that what stands below it is."""
    as_head = odds[n, side] + odds[below, NONE].sum()
    return float(as_head - odds[n, NONE] - odds[below, side].sum())


def _settle(sheet: Sheet, odds: Chances, best: NDArray[np.int64]) -> None:
    """Where a heading and units below it are claims of one side, keep the likelier: the heading, or what stands below it.

    Changes `best`. The deepest headings come first.
    """
    heads = [n for n in sheet.heads.values() if best[n] != NONE]
    for n in sorted(heads, key=lambda n: -sheet.outline.sections[sheet.units[n].section].level):
        below = _below(sheet, best, n, int(best[n]))
        if len(below):
            best[below if _gain(odds, n, below, int(best[n])) >= 0 else n] = NONE


def _fill(sheet: Sheet, chances: Chances, best: NDArray[np.int64]) -> None:
    """Where a section of a side has no sections below it and holds no claim of its side, nor stands below one, its likeliest
    unit is the claim, if it is likely at all: such a section is not there for nothing.

    Changes `best`.
    """
    text = sheet.outline.text
    heads = {section: best[n] for section, n in sheet.heads.items()}
    for index, section in enumerate(sheet.outline.sections[1:], 1):
        if section.role not in SIDES or sheet.outline.children[index]:
            continue
        side = 1 + SIDES.index(section.role)
        inside = sheet.within(index)
        if (best[inside] == side).any() or any(heads.get(above) == side for above in sheet.outline.above(index)):
            continue
        units = [(n, text[unit.start : unit.end]) for n, unit in enumerate(sheet.units[inside], inside.start)]
        likely = [
            n for n, words in units if chances[n, side] >= LIKELY and not (is_announcement(words) or is_bare(words))
        ]
        if likely:
            best[max(likely, key=lambda n: float(chances[n, side]))] = side


def claim_of(sheet: Sheet, n: int, role: Role, *, goes_on: bool = False) -> Draft | None:
    """The claim of a unit that is judged to be of a role.

    Parameters
    ----------
    sheet : Sheet
    n : int
        Place of the unit.
    role : Role
    goes_on : bool
        Whether an explicit claim of the role stands before it in its paragraph.

    Returns
    -------
    Draft or None
        As the rules found it, else its leading words; None if nothing is left of it.
    """
    unit, text = sheet.units[n], sheet.outline.text
    section = sheet.outline.sections[unit.section]
    is_within = section.role == role or {section.role, role} == FOLDED
    is_explicit = is_within or goes_on or _is_announced(sheet, n, role)
    known = sorted(sheet.drafts[n], key=lambda draft: (draft.role != role, draft.sub))
    if known and known[0].role == role and not known[0].sub:
        return replace(known[0], explicit=known[0].explicit or is_within)
    if known:
        return replace(known[0], role=role, explicit=is_explicit or known[0].cue is not None, sub=False)
    basis = Basis(role, 1.0, explicit=is_explicit)
    if unit.is_heading:
        words = (skip_blank(text, unit.start, unit.end), unit.end)
        return next(iter(from_heading(text, section.start, words, basis)), None)
    return next(iter(from_sentence(text, unit.start, (unit.start, unit.end), basis)), None)
