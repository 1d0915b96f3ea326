"""What is thought of the units around a unit: before and after it, beside it, above it and below it.

A unit is judged twice: first by itself, then beside what was first thought of the others. A paragraph has one claim more often
than two, and headings side by side are alike.
"""

import numpy as np
from numpy.typing import NDArray

from pipeline.statements.sheets import Sheet
from pipeline.values import SIDES

Table = NDArray[np.float32]
Chances = NDArray[np.float64]
Places = NDArray[np.int64]

N_CLASSES = 1 + len(SIDES)
REACH = 3
"""Units before and after whose chances are shown (742 annotated reports, cross-fitted F1 of points: by one opinion .883, by two
.890, by three .885)."""
N_SURROUNDINGS = (1 + 2 * REACH) * N_CLASSES + 2 * N_CLASSES + 2 * len(SIDES) + 4 * N_CLASSES + len(SIDES)
"""Columns of `surroundings`."""
ABSENT = -1.0
"""In place of the chances of what is not there."""


def surroundings(sheet: Sheet, chances: Chances) -> Table:
    r"""The chances of each unit and of those around it.

    Parameters
    ----------
    sheet : Sheet
    chances : ndarray, shape (n_units, 1 + n_sides)
        What was first thought of each: that it claims nothing, or something of each side.

    Returns
    -------
    ndarray of float32, shape (n_units, N_SURROUNDINGS)
        The chances of the unit, and of the three before and after it; the means and the highest of those beside it, how many
        of them are likelier claims of each side, and the claims expected before it among them; the chances of the heading of
        its section, and of the one above that; the sums and the highest of those below a heading; the claims of the report.
        Beside a heading stand the headings of its parent section, beside another unit those of its section's own body.

    References
    ----------
    A second classifier over the first one's opinions of the neighbours (Tu 2008, Auto-context; Cohen and Carvalho 2005,
    Stacked sequential learning).

    Examples
    --------
    >>> from pipeline.sections.outline import Section
    >>> from pipeline.statements.outline import Outline
    >>> from pipeline.statements.sheets import sheet_of
    >>> text = "某乡党建札记\n支部会少；记录也缺。"
    >>> sheet = sheet_of(Outline(text, [Section(0, len(text), 0, 0, None, "", None)]), [])
    >>> found = surroundings(sheet, np.array([[0.2, 0.8, 0.0, 0.0], [0.7, 0.3, 0.0, 0.0]]))
    >>> found.shape == (2, N_SURROUNDINGS), found[:, 28:32].astype(float).round(1).tolist()
    (True, [[0.7, 0.3, 0.0, 0.0], [0.2, 0.8, 0.0, 0.0]])
    """
    if not len(chances):
        return np.zeros((0, N_SURROUNDINGS), dtype=np.float32)
    columns = [chances, *_near(chances), *_beside(_groups(sheet), chances)]
    columns += [*_above(sheet, chances), *_below(sheet, chances)]
    columns.append(np.tile(chances[:, 1:].sum(axis=0), (len(chances), 1)))
    return np.hstack(columns).astype(np.float32)


def _near(chances: Chances) -> list[Chances]:
    """The chances of the units before and after each."""
    edge = np.full((REACH, N_CLASSES), ABSENT)
    padded = np.vstack([edge, chances, edge])
    return [padded[REACH + by : REACH + by + len(chances)] for by in range(-REACH, REACH + 1) if by]


def _groups(sheet: Sheet) -> Places:
    """A number for each unit that it shares with those beside it."""
    sections = sheet.outline.sections
    of_units = [(unit.is_heading, sections[unit.section].parent or 0, unit.section) for unit in sheet.units]
    keys = [-1 - parent if is_heading else section for is_heading, parent, section in of_units]
    return np.unique(np.array(keys, dtype=np.int64), return_inverse=True)[1].astype(np.int64)


def _beside(groups: Places, chances: Chances) -> list[Chances]:
    """The means and the highest of the other units of each one's group, how many of them are likelier, and the sums before it."""
    n = len(groups)
    sizes = np.bincount(groups)
    starts, size = np.cumsum(sizes) - sizes, sizes[groups]
    order = np.argsort(groups, kind="stable")
    sums = np.add.reduceat(chances[order], starts, axis=0)
    running = np.vstack([np.zeros((1, N_CLASSES)), np.cumsum(chances[order], axis=0)])
    came = np.empty((n, N_CLASSES))
    came[order] = running[:-1] - np.repeat(running[starts], sizes, axis=0)
    highest, likelier = np.empty((n, N_CLASSES)), np.empty((n, N_CLASSES))
    for column in range(N_CLASSES):
        keys = 2.0 * groups - chances[:, column]
        ranked = np.sort(keys)
        likelier[:, column] = np.searchsorted(ranked, keys) - starts[groups]
        best = np.minimum(starts[groups] + (likelier[:, column] == 0), n - 1)
        highest[:, column] = 2.0 * groups - ranked[best]
    means = (sums[groups] - chances) / np.maximum(size - 1, 1)[:, None]
    means[size == 1] = highest[size == 1] = ABSENT
    return [means, highest, likelier[:, 1:], came[:, 1:]]


def _above(sheet: Sheet, chances: Chances) -> list[Chances]:
    """The chances of the heading of each unit's section, and of the heading above that."""
    sections, heads = sheet.outline.sections, sheet.heads
    mine = [heads.get(unit.section, -1) for unit in sheet.units]
    over = [heads.get(sections[unit.section].parent or 0, -1) for unit in sheet.units]
    padded = np.vstack([chances, np.full((1, N_CLASSES), ABSENT)])
    return [padded[mine], padded[over]]


def _below(sheet: Sheet, chances: Chances) -> list[Chances]:
    """The sums and the highest of what stands below each heading, to the end of its section; nothing is below other units."""
    sums, highest = np.zeros_like(chances), np.full_like(chances, ABSENT)
    running = np.vstack([np.zeros((1, N_CLASSES)), np.cumsum(chances, axis=0)])
    for section, n in sheet.heads.items():
        stop = sheet.within(section).stop
        if stop > n + 1:
            sums[n] = running[stop] - running[n + 1]
            highest[n] = chances[n + 1 : stop].max(axis=0)
    return [sums, highest]
