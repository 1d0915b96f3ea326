"""Effects, permutation tests and their correction."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.compare.significance import adjusted, effects, permutation_p
from pipeline.shares import drawn_totals, generator


def test_effect_is_the_share_less_the_share_elsewhere():
    totals = np.array([[3.0, 4.0], [1.0, 4.0], [0.0, 2.0]])
    assert effects(totals)[:, 0].tolist() == pytest.approx([3 / 4 - 1 / 6, 1 / 4 - 3 / 6, 0 - 4 / 8])


def test_there_is_no_effect_without_a_rest():
    assert np.isnan(effects(np.array([[1.0, 3.0]]))).all()
    assert np.isnan(effects(np.array([[1.0, 3.0], [0.0, 0.0]]))).all()


def test_permutation_p_is_near_the_exact_one():
    totals = np.array([[2.0, 2.0], [1.0, 2.0], [2.0, 3.0], [0.0, 2.0], [0.0, 1.0], [1.0, 4.0], [0.0, 3.0]])
    labels = np.array([0, 0, 0, 1, 1, 1, 1])
    bounds = np.array([0, 3, 7])
    orders = np.array(list(permutations(range(7))))
    every = np.abs(effects(drawn_totals(orders, bounds, totals)))[:, 0, 0]
    exact = (every >= every[0] - 1e-12).mean()
    found = permutation_p(totals, labels, n_permutations=4_000, random=generator(1))
    assert 0.02 < exact < 0.2
    assert found[0, 0] == pytest.approx(exact, abs=0.02)
    assert found[1, 0] == found[0, 0], "two groups are one test"


def test_a_clear_difference_is_found_and_none_where_none_is():
    rows = np.array([[1.0, 1.0]] * 12 + [[0.0, 1.0]] * 12)
    labels = np.repeat([0, 1], 12)
    assert (permutation_p(rows, labels, n_permutations=999, random=generator(1)) == 0.001).all()
    mixed = np.array([[1.0, 1.0], [0.0, 1.0]] * 12)
    assert (permutation_p(mixed, labels, n_permutations=999, random=generator(1)) == 1.0).all()


def test_p_values_are_uniform_where_groups_are_random():
    random = np.random.default_rng(4)
    found = []
    for i in range(120):
        base = random.integers(1, 8, size=40).astype(float)
        rows = np.column_stack([random.binomial(base.astype(int), 0.3).astype(float), base])
        found.append(permutation_p(rows, random.permutation(40) % 4, n_permutations=199, random=generator(i))[0, 0])
    assert 0.01 <= np.mean(np.array(found) <= 0.1) <= 0.2
    assert 0.4 <= np.mean(found) <= 0.6


@given(st.lists(st.floats(0, 1) | st.just(float("nan")), max_size=30))
def test_q_is_not_below_p_and_keeps_its_order(values):
    p = np.array(values, dtype=float)
    q = adjusted(p)
    known = ~np.isnan(p)
    assert (np.isnan(q) == ~known).all()
    assert (q[known] >= p[known]).all() and (q[known] <= 1).all()
    assert (np.diff(q[known][np.argsort(p[known], kind="stable")]) >= 0).all()


def test_q_of_a_worked_example():
    p = np.array([0.01, 0.02, 0.03, 0.04, 0.05])
    assert adjusted(p) == pytest.approx([0.05] * 5)
    assert adjusted(np.array([0.5, 0.001])) == pytest.approx([0.5, 0.002])
