"""Whole pages, files and compilations keep all of their reports, and not much else, at the rates below."""

import pytest

from tests.damage.messy_pages import FOLDER, SERIES, measured
from tests.damage.stress import cleaned

MAX_LOST, MAX_LOST_OF = 0.0025, {"J": 0.0037}
"""Share of the reports' characters that may be gone: what stands on one line with dirt; of J, a table too that stands between columns
and that its editor moved to where the text speaks of it."""
MIN_YEARS = 0.77
"""Share of the reports whose year is right at least, of each series."""
RATES = {
    "A": (0.97, 0.008, 0.95),
    "B": (0.89, 0.022, 0.95),
    "C": (0.97, 0.014, 0.95),
    "D": (0.94, 0.014, 0.95),
    "J": (0.79, 0.066, 0.80),
    "K": (0.86, 0.03, 0.85),
    "L": (0.91, 0.03, 0.77),
    "M": (0.86, 0.046, 0.93),
    "N": (0.94, 0.014, 0.92),
    "O": (0.79, 0.046, 0.92),
    "P": (0.8, 0.052, 0.96),
    "Q": (0.80, 0.032, 0.80),
    "R": (0.92, 0.033, 0.96),
    "T": (0.90, 0.028, 0.91),
    "U": (0.81, 0.033, 0.95),
    "V": (0.86, 0.032, 0.95),
    "W": (0.86, 0.02, 0.78),
    "X": (0.81, 0.038, 0.88),
    "Y": (0.85, 0.031, 0.84),
    "Z": (0.87, 0.033, 0.96),
}
"""Of each series: whole lines that are right (F1) at least, characters that are not the reports' next to those that are at most, titles
at least. Rules and the model of lines have never seen W."""


@pytest.mark.slow
@pytest.mark.parametrize("series", SERIES)
def test_messy_files_keep_their_reports(series):
    lines, extra, titles = RATES[series]
    sums = measured(series)
    assert sums.n_files >= 20
    assert sums.lost <= MAX_LOST_OF.get(series, MAX_LOST), sums.told()
    assert sums.lines >= lines, sums.told()
    assert sums.extra <= extra, sums.told()
    assert sums.titles >= titles, sums.told()
    assert sums.years >= MIN_YEARS, sums.told()


@pytest.mark.parametrize("path", sorted((FOLDER / "raw").glob("*.txt")), ids=lambda path: path.stem)
def test_every_change_can_be_undone_and_is_made_once(path):
    assert cleaned(path.read_text("utf-8"))  # which asserts the two laws
