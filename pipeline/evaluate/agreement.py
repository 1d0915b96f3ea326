"""How far two coders agree on the same documents: κ of roles and codes, F1 of headings, points and pairs."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sklearn.metrics import cohen_kappa_score

from pipeline.evaluate.gold import Report, alike_points, matched, read_gold
from pipeline.settings import SettingsError
from pipeline.values import SIDES


@dataclass(frozen=True)
class Agreement:
    """One measure of agreement between two coders.

    Attributes
    ----------
    name : str
        What was compared.
    value : float
        Cohen's κ for labels (``kappa_…``), F1 for what was found (``f1_…``), share of equal values else.
    n : int
        Items compared: matched items for labels, items of the first coder for F1.
    """

    name: str
    value: float
    n: int

    def __str__(self) -> str:
        """A line for the console."""
        return f"{self.name:24s} {self.value:.3f} (n = {self.n})"


def agreement(first: Sequence[Path], second: Sequence[Path]) -> list[Agreement]:
    """The agreement of two coders over the reports that both annotated.

    Headings, points and pairs are matched as in scoring: greedy, best first, similarity at least .8, a point only with
    one of its own role. Roles and codes are compared on what matches; the F1 says how much does.

    Parameters
    ----------
    first, second : sequence of Path
        Gold files of either coder.

    Returns
    -------
    list of Agreement

    Raises
    ------
    SettingsError
        If a file is no gold file, or the coders share no document.

    References
    ----------
    Cohen, J. (1960). A coefficient of agreement for nominal scales. Educational and Psychological Measurement 20(1).
    """
    mine, theirs = ({Path(e.file).stem: e.reports for e in read_gold(paths)} for paths in (first, second))
    both = [
        pair for file in sorted(mine.keys() & theirs.keys()) for pair in zip(mine[file], theirs[file], strict=False)
    ]
    if not both:
        raise SettingsError("两位编码者没有共同的文献 / the coders have no document in common")
    tally = _Tally()
    for one, other in both:
        tally.add(one, other)
    return tally.measures()


class _Tally:
    """Counts and label pairs over reports."""

    def __init__(self) -> None:
        """Nothing compared yet."""
        self.labels: dict[str, list[tuple[str, str]]] = {}
        self.found: dict[str, list[tuple[int, int, int]]] = {}

    def add(self, one: Report, other: Report) -> None:
        """Compare two annotations of a report."""
        headings = matched([row[0] for row in one["sections"]], [row[0] for row in other["sections"]])
        self.found.setdefault("headings", []).append((len(headings), len(one["sections"]), len(other["sections"])))
        for i, j in headings:
            mine, theirs = one["sections"][i], other["sections"][j]
            self._label("roles", mine[1], theirs[1])
            self._label("levels", mine[2], theirs[2])
        points = matched(one["statements"], other["statements"], key=alike_points)
        self.found.setdefault("statements", []).append((len(points), len(one["statements"]), len(other["statements"])))
        for i, j in points:
            mine, theirs = one["statements"][i], other["statements"][j]
            self._label(f"codes_{mine[0]}", mine[2], theirs[2])
            self._label("codes", mine[2], theirs[2])
            self._label("implicit", mine[4], theirs[4])
        self._pairs(one, other, dict(points))
        for name in ("year", "org_type", "genre", "region"):
            self._label(name, one.get(name), other.get(name))

    def _pairs(self, one: Report, other: Report, points: dict[int, int]) -> None:
        """Compare the pairs of 问题 and 对策, by the points that match."""
        mine = {(points.get(i, -1 - i), points.get(j, -1 - j)) for i, j in one["pairs"]}
        theirs = {(i, j) for i, j in other["pairs"]}
        self.found.setdefault("pairs", []).append((len(mine & theirs), len(mine), len(theirs)))

    def _label(self, name: str, mine: Any, theirs: Any) -> None:
        """Keep two labels of the same item."""
        self.labels.setdefault(name, []).append((str(mine), str(theirs)))

    def measures(self) -> list[Agreement]:
        """All measures."""
        rows = []
        for name, counts in self.found.items():
            both, mine, theirs = (sum(column) for column in zip(*counts, strict=True))
            rows.append(Agreement(f"f1_{name}", 2 * both / (mine + theirs) if mine + theirs else 1.0, mine))
        sides = [f"codes_{side}" for side in SIDES]
        for name in ("roles", "levels", "codes", *sides, "implicit", "year", "org_type", "genre", "region"):
            pairs = self.labels.get(name, [])
            if pairs:
                rows.append(Agreement(f"kappa_{name}", _kappa(pairs), len(pairs)))
        return rows


def _kappa(pairs: Sequence[tuple[str, str]]) -> float:
    """Cohen's κ; 1 where both coders used one and the same label throughout."""
    if len({label for pair in pairs for label in pair}) == 1:
        return 1.0
    return float(cohen_kappa_score(*zip(*pairs, strict=True)))
