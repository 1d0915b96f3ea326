"""What a fitted judge thinks of each unit of a report: at first by itself, then beside what it thought of the others."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import accumulate

import numpy as np

from pipeline import lexicon
from pipeline.statements.sheets import Sheet
from pipeline.statements.surroundings import Chances, surroundings
from pipeline.trees import Forest, forest_of


@dataclass(frozen=True, slots=True)
class Judge:
    """What tells whether units claim something: at first each by itself, then beside what was first thought of the others.

    Attributes
    ----------
    first : Forest
        Looks at `Sheet.traits`.
    second : Forest
        Looks at these and at `surroundings`.
    """

    first: Forest
    second: Forest

    def chances(self, sheets: Sequence[Sheet]) -> list[Chances]:
        """The chances that each unit of some reports claims nothing, or something of each side.

        Returns
        -------
        list of ndarray, shape (n_units, 1 + n_sides)
            What is said of a report does not depend on the others.
        """
        rows = np.vstack([sheet.traits for sheet in sheets])
        around = zip(sheets, _parted(self.first.chances(rows), sheets), strict=True)
        beside = np.vstack([surroundings(sheet, chances) for sheet, chances in around])
        return _parted(self.second.chances(np.hstack([rows, beside])), sheets)


def _parted(chances: Chances, sheets: Sequence[Sheet]) -> list[Chances]:
    """The chances of the units of each report."""
    return np.split(chances, list(accumulate(len(sheet.units) for sheet in sheets))[:-1])


@cache
def shipped_judge() -> Judge:
    """The judge that ships with the package; ``make train-points`` fits it again."""
    return Judge(forest_of(lexicon.arrays("first_points.npz")), forest_of(lexicon.arrays("points.npz")))
