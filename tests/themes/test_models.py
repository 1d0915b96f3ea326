"""Topic models: what they find, and how points are folded in."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.sparse import csr_matrix
from sklearn.metrics import adjusted_rand_score

from pipeline.themes import models
from pipeline.themes.models import PHI, fit, fold_in, term_counts
from tests.themes.planted import planted

PHI_TOY = np.array([[0.5, 0.5, 0.0, 0.0], [0.0, 0.2, 0.8, 0.0]])


def counts_of(terms):
    names = sorted({term for point in terms for term in point})
    return term_counts(terms, {name: i for i, name in enumerate(names)})


@pytest.mark.parametrize("model", sorted(PHI))
def test_planted_themes_are_found(model):
    terms, truth = planted(160)
    found = fit(counts_of(terms), model=model, n_themes=4, seed=1)
    assert found.phi.shape[0] == found.theta.shape[1] == 4
    assert found.phi.sum(axis=1) == pytest.approx(1) and found.theta.sum(axis=1) == pytest.approx(1)
    assert adjusted_rand_score(truth, found.theta.argmax(axis=1)) > 0.95


@pytest.mark.parametrize("model", sorted(PHI))
def test_a_seed_gives_the_same_model_again(model):
    counts = counts_of(planted(60)[0])
    one, other = (fit(counts, model=model, n_themes=3, seed=5) for _ in range(2))
    assert (one.phi == other.phi).all() and (one.theta == other.theta).all()


@pytest.mark.parametrize("model", sorted(PHI))
def test_identical_points_and_more_themes_than_points_give_no_nan(model):
    for terms, k in (([["党员", "经费"]] * 3, 2), ([["党员"], ["经费"], ["阵地"]], 3)):
        found = fit(counts_of(terms), model=model, n_themes=k, seed=1)
        assert np.isfinite(found.phi).all() and np.isfinite(found.theta).all()


def test_points_without_a_term_of_any_theme_are_unassigned():
    theta = fold_in(csr_matrix([[0, 0, 0, 3], [0, 0, 0, 0], [1, 0, 0, 5]]), PHI_TOY)
    assert theta.round(6).tolist() == [[0, 0], [0, 0], [1, 0]]


def test_fold_in_is_the_maximum_of_the_likelihood():
    row = np.array([[3, 4, 2, 0]])
    theta = fold_in(csr_matrix(row), PHI_TOY, n_iterations=500)[0]
    grid = np.linspace(0, 1, 2001)[1:-1]
    likelihood = [(row[0, :3] * np.log(np.array([t, 1 - t]) @ PHI_TOY[:, :3])).sum() for t in grid]
    assert theta[0] == pytest.approx(grid[int(np.argmax(likelihood))], abs=1e-3)


@given(st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=1, max_size=12))
def test_each_point_is_folded_in_by_itself(rows):
    together = fold_in(csr_matrix(rows), PHI_TOY)
    single = np.concatenate([fold_in(csr_matrix([row]), PHI_TOY) for row in rows])
    assert np.abs(together - single).max() < 1e-12
    total = together.sum(axis=1)
    assert np.isclose(total, 1).sum() + (total == 0).sum() == len(rows)


def test_large_corpora_are_folded_in_by_blocks(monkeypatch):
    counts = counts_of(planted(50)[0])
    phi = PHI["nmf"](counts, n_themes=4, seed=1)
    whole = fold_in(counts, phi)
    monkeypatch.setattr(models, "N_FOLDED", 7)
    assert np.abs(fold_in(counts, phi) - whole).max() < 1e-12
    assert fold_in(counts[:0], phi).shape == (0, 4)


def test_terms_are_counted_by_the_vocabulary():
    found = term_counts([["党员", "党员", "生僻"], []], {"党员": 0, "经费": 1})
    assert found.toarray().tolist() == [[2, 0], [0, 0]]
    assert term_counts([], {"党员": 0}).shape == (0, 1)
