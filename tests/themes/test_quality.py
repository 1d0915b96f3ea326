"""Coherence and stability of themes."""

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from pipeline.settings import ThemeOptions
from pipeline.themes.models import PHI
from pipeline.themes.quality import coherence, leading_terms, split_half_stability
from tests.themes.planted import planted
from tests.themes.test_models import counts_of

COUNTS = csr_matrix([[1, 1, 0, 0], [2, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]])


def test_leading_terms_are_in_order_and_have_weight():
    phi = np.array([[0.3, 0.3, 0.0, 0.4], [1.0, 0.0, 0.0, 0.0]])
    assert leading_terms(phi, n=3) == [[3, 0, 1], [0]]


def test_coherence_of_terms_that_always_and_never_meet():
    assert coherence(COUNTS, [[0, 1], [2, 3], [0], []]) == pytest.approx([1.0, -1.0, 0.0, 0.0])


def test_coherence_of_a_worked_example():
    counts = csr_matrix([[1, 1], [1, 0], [0, 1], [1, 1], [0, 0]])
    joint, alone = 2 / 5, 3 / 5
    assert coherence(counts, [[0, 1]]) == pytest.approx([np.log(joint / alone**2) / -np.log(joint)])
    assert coherence(csr_matrix([[1, 1], [1, 1]]), [[0, 1]]) == [1.0]


def test_planted_themes_are_stable_and_noise_is_not():
    options = ThemeOptions(n_refits=3, n_terms=6)
    counts = counts_of(planted(200)[0])
    random = np.random.default_rng(1)
    noise = csr_matrix(random.poisson(0.15, size=(200, 60)).astype(float))
    found = []
    for matrix in (counts, noise):
        leading = leading_terms(PHI["nmf"](matrix, n_themes=4, seed=1), n=6)
        found.append(np.mean(split_half_stability(matrix, leading, model="nmf", options=options)))
    assert found[0] > 0.6 and found[1] < 0.35


def test_without_refits_stability_is_unknown():
    options = ThemeOptions(n_refits=0)
    assert np.isnan(split_half_stability(COUNTS, [[0, 1]], model="nmf", options=options)).all()
