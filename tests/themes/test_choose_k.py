"""The number of themes."""

import pytest

from pipeline.settings import ThemeOptions
from pipeline.themes import choose_k
from pipeline.themes.choose_k import candidate_numbers, choose_n_themes
from tests.themes.planted import planted
from tests.themes.test_models import counts_of

OPTIONS = ThemeOptions(n_refits=3, n_terms=6)


def test_the_planted_number_is_chosen():
    assert choose_n_themes(counts_of(planted(200)[0]), options=OPTIONS) == 4


def test_a_number_that_is_set_is_kept_as_far_as_the_points_allow():
    counts = counts_of(planted(20)[0])
    assert choose_n_themes(counts, options=ThemeOptions(n_themes=7)) == 7
    assert choose_n_themes(counts, options=ThemeOptions(n_themes=500)) == 20


@pytest.mark.parametrize("n_points", [2, 5, 29, 30, 60, 500, 100_000])
def test_candidates_leave_points_to_every_theme(n_points):
    numbers = candidate_numbers(n_points, 1_000)
    assert numbers and max(numbers) <= max(2, min(30, n_points / 15)) and min(numbers) >= 2


def test_there_are_no_two_themes_in_one_point_or_term():
    assert candidate_numbers(1, 50) == candidate_numbers(50, 1) == []


def test_large_corpora_choose_on_a_sample(monkeypatch):
    counts = counts_of(planted(240)[0])
    monkeypatch.setattr(choose_k, "MAX_POINTS", 120)
    sizes = []
    score = choose_k._score

    def watched(some, n_themes, options):
        sizes.append(some.shape[0])
        return score(some, n_themes, options)

    monkeypatch.setattr(choose_k, "_score", watched)
    assert choose_n_themes(counts, options=OPTIONS) == 4
    assert set(sizes) == {120}
