"""Whole pages, files and compilations keep all of their reports, and not much else, at the rates below."""

import pytest

from tests.damage.messy_pages import FOLDER, SERIES, measured
from tests.damage.stress import cleaned

MAX_LOST, MAX_LOST_OF = 0.0025, {"AU": 0.018, "J": 0.0042}
"""Share of the reports' characters that may be gone: what stands on one line with dirt; of J, a table too that stands between columns
and that its editor moved to where the text speaks of it; of AU, the end of an article that its journal printed behind another (上接第18页)."""
MIN_YEARS, MIN_YEARS_OF = 0.86, {"AW": 0.84}
"""Share of the reports whose year is right at least, of each series; of AW, some are told by a collector's note or a feed alone."""
RATES = {
    "0": (0.89, 0.023, 0.95),
    "1": (0.92, 0.024, 0.85),
    "2": (0.91, 0.039, 0.99),
    "3": (0.8, 0.105, 0.87),
    "4": (0.9, 0.019, 0.93),
    "5": (0.9, 0.029, 0.96),
    "6": (0.92, 0.021, 0.96),
    "7": (0.83, 0.035, 0.92),
    "8": (0.91, 0.02, 0.95),
    "9": (0.91, 0.033, 0.92),
    "A": (0.97, 0.005, 0.99),
    "AA": (0.93, 0.012, 0.96),
    "AB": (0.94, 0.009, 0.96),
    "AC": (0.94, 0.013, 0.89),
    "AD": (0.93, 0.019, 0.96),
    "AE": (0.84, 0.045, 0.92),
    "AF": (0.92, 0.018, 0.99),
    "AG": (0.93, 0.015, 0.96),
    "AH": (0.91, 0.013, 0.99),
    "AI": (0.93, 0.023, 0.96),
    "AJ": (0.89, 0.017, 0.99),
    "AK": (0.93, 0.011, 0.99),
    "AL": (0.93, 0.011, 0.99),
    "AM": (0.92, 0.024, 0.89),
    "AN": (0.91, 0.023, 0.96),
    "AO": (0.93, 0.013, 0.99),
    "AP": (0.88, 0.026, 0.93),
    "AQ": (0.97, 0.014, 0.99),
    "AR": (0.85, 0.028, 0.99),
    "AS": (0.86, 0.032, 0.96),
    "AT": (0.98, 0.009, 0.96),
    "AU": (0.84, 0.05, 0.99),
    "AV": (0.91, 0.02, 0.82),
    "AW": (0.85, 0.045, 0.7),
    "AX": (0.94, 0.017, 0.99),
    "AY": (0.92, 0.015, 0.92),
    "B": (0.9, 0.019, 0.99),
    "C": (0.98, 0.011, 0.99),
    "D": (0.95, 0.014, 0.95),
    "E": (0.89, 0.027, 0.96),
    "F": (0.87, 0.053, 0.77),
    "G": (0.81, 0.068, 0.72),
    "H": (0.83, 0.037, 0.88),
    "I": (0.79, 0.198, 0.84),
    "J": (0.8, 0.066, 0.88),
    "K": (0.86, 0.03, 0.89),
    "L": (0.92, 0.024, 0.85),
    "M": (0.86, 0.025, 0.9),
    "N": (0.95, 0.014, 0.84),
    "O": (0.81, 0.039, 0.92),
    "P": (0.81, 0.047, 0.96),
    "Q": (0.81, 0.03, 0.88),
    "R": (0.94, 0.016, 0.99),
    "S": (0.83, 0.03, 0.92),
    "T": (0.91, 0.019, 0.91),
    "U": (0.82, 0.024, 0.99),
    "V": (0.87, 0.029, 0.95),
    "W": (0.87, 0.017, 0.91),
    "X": (0.8, 0.03, 0.84),
    "Y": (0.88, 0.026, 0.96),
    "Z": (0.9, 0.024, 0.99),
}
"""Of each series: whole lines that are right (F1) at least, characters that are not the reports' next to those that are at most, titles
at least. At first sight 59 of 109 titles of E to H were right, when there was no choice of titles; of I and S, by one that had not seen them,
43 of 53, and 20 of 27 of series 1 (by rules alone 36 and 16); of 2 to 5, where several reports in a file were mostly not told apart, 85 of
117; of 6 to 9, 92 of 113; of 0, 44 of 63; of AA to AG, 158 of 192; of AH to AK, 95 of 109, where six of these 253
counted though their ends were cut off; of AL and AM, 45 of 55; of AN to AP, 59 of 88; of AQ to AS, 72 of 93; of AT
and AU, 50 of 59; of AV and AW, 32 of 60; of AX and AY, 44 of 65 by rules alone, 60 by a model of reports' beginnings that had seen neither."""


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
    assert sums.years >= MIN_YEARS_OF.get(series, MIN_YEARS), sums.told()


@pytest.mark.parametrize("path", sorted((FOLDER / "raw").glob("*.txt")), ids=lambda path: path.stem)
def test_every_change_can_be_undone_and_is_made_once(path):
    assert cleaned(path.read_text("utf-8"))  # which asserts the two laws
