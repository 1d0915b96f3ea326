"""Whole pages, files and compilations keep all of their reports, and not much else, at the rates below."""

import pytest

from tests.damage.messy_pages import FOLDER, measured
from tests.damage.stress import cleaned

MAX_LOST = 0.003
"""Share of the reports' characters that may be gone: what stands on one line with dirt."""
LEAST_LINES = {"Q": 0.70, "R": 0.85}
MOST_EXTRA = {"Q": 0.14, "R": 0.105}
"""Whole lines that are right (F1), and characters that are not the reports' next to those that are, of each series. Q has mails,
chats and exports of databases too."""
LEAST_TITLES = {"Q": 0.55, "R": 0.77}


@pytest.mark.slow
@pytest.mark.parametrize("series", ["Q", "R"])
def test_messy_files_keep_their_reports(series):
    sums = measured(series)
    assert sums.n_files >= 20
    assert sums.lost <= MAX_LOST, sums.told()
    assert sums.lines >= LEAST_LINES[series], sums.told()
    assert sums.extra <= MOST_EXTRA[series], sums.told()
    assert sums.titles >= LEAST_TITLES[series], sums.told()


@pytest.mark.parametrize("path", sorted((FOLDER / "raw").glob("*.txt")), ids=lambda path: path.stem)
def test_every_change_can_be_undone_and_is_made_once(path):
    assert cleaned(path.read_text("utf-8"))  # which asserts the two laws
