"""Shares and bootstrap intervals."""

import numpy as np
import pytest

from pipeline import shares
from pipeline.shares import drawn_totals, generator, intervals, share


def test_share_of_nothing_is_unknown():
    assert np.isnan(share(0.0, 0.0)) and share(1.0, 4.0) == 0.25


def test_generators_differ_by_name_and_seed_only():
    first = generator(1, "a", "b").random()
    assert generator(1, "a", "b").random() == first
    assert (
        len({first, generator(1, "ab").random(), generator(1, "ab", "").random(), generator(2, "a", "b").random()}) == 4
    )


def test_drawn_totals_are_sums_of_the_slices():
    totals = np.array([[1.0, 10.0], [2.0, 20.0], [4.0, 40.0]])
    found = drawn_totals(np.array([[0, 1, 1], [2, 2, 0]]), np.array([0, 1, 1, 3]), totals)
    assert found[..., 0].tolist() == [[1.0, 0.0, 4.0], [4.0, 0.0, 5.0]]
    assert found[..., 1].tolist() == [[10.0, 0.0, 40.0], [40.0, 0.0, 50.0]]


def test_intervals_are_those_of_the_binomial_where_every_unit_has_one_point():
    hits = np.array([1.0] * 30 + [0.0] * 70)[:, None]
    low, high = intervals(hits, np.ones(100), n_bootstrap=4_000, random=generator(1, "x"))
    assert low[0] == pytest.approx(0.21, abs=0.011) and high[0] == pytest.approx(0.39, abs=0.011)


def test_intervals_are_wider_where_points_come_in_clumps():
    clumps, spread = np.array([10.0] * 3 + [0.0] * 7)[:, None], np.full((10, 1), 3.0)
    wide, narrow = (intervals(x, np.full(10, 10.0), n_bootstrap=500, random=generator(1)) for x in (clumps, spread))
    assert wide[1][0] - wide[0][0] > 0.4 and narrow[1][0] == narrow[0][0] == pytest.approx(0.3)


@pytest.mark.parametrize("n_units", [0, 1])
def test_one_document_has_no_interval(n_units):
    low, high = intervals(np.ones((n_units, 2)), np.ones(n_units), n_bootstrap=100, random=generator(1))
    assert np.isnan(low).all() and np.isnan(high).all() and low.shape == (2,)


def test_large_corpora_are_drawn_in_batches(monkeypatch):
    monkeypatch.setattr(shares, "MAX_DRAWN", 70)
    assert sum(shares.batches(100, n_units=30)) == 100 and max(shares.batches(100, n_units=30)) == 2
    assert list(shares.batches(3, n_units=500)) == [1, 1, 1]
    hits = np.array([1.0, 0.0] * 15)[:, None]
    low, high = intervals(hits, np.ones(30), n_bootstrap=500, random=generator(1))
    assert 0.2 < low[0] < 0.45 and 0.55 < high[0] < 0.8
