"""The sums over the tree of sections are those over all ways to give roles."""

import itertools

import numpy as np
import pytest

from pipeline.sections.kinship import Kinship, role_sums

CHILDREN = [[1, 4, 5], [2, 3], [], [], [], [6], []]
N_ROLES = 3


def kinship_of(seed):
    random = np.random.default_rng(seed)
    shapes = [(2, N_ROLES), (2, N_ROLES), (2, N_ROLES, N_ROLES), (N_ROLES, N_ROLES)]
    return Kinship(*(random.normal(size=shape) for shape in shapes)), random.normal(size=(len(CHILDREN), N_ROLES))


def log_factor(roles, kinship, scores):
    """Log of the product of all factors of one way to give roles."""
    total = sum(scores[at, roles[at]] for at in range(1, len(CHILDREN)))
    for parent, group in enumerate(CHILDREN):
        kind = 0 if parent == 0 else 1
        if group:
            total += kinship.first[kind, roles[group[0]]] + kinship.last[kind, roles[group[-1]]]
        total += sum(kinship.after[kind, roles[a], roles[b]] for a, b in itertools.pairwise(group))
        total += sum(kinship.inside[roles[parent], roles[at]] for at in group if parent)
    return total


@pytest.mark.parametrize("seed", [0, 1])
def test_sums_are_those_over_all_ways(seed):
    kinship, scores = kinship_of(seed)
    total, alone = 0.0, np.zeros_like(scores)
    beside, within = np.zeros((2, N_ROLES, N_ROLES))
    for rest in itertools.product(range(N_ROLES), repeat=len(CHILDREN) - 1):
        roles = (0, *rest)
        weight = np.exp(log_factor(roles, kinship, scores))
        total += weight
        for at in range(1, len(CHILDREN)):
            alone[at, roles[at]] += weight
        beside[roles[2], roles[3]] += weight
        within[roles[1], roles[2]] += weight
    sums = role_sums(scores, CHILDREN, kinship, pairs=True)
    assert sums.log_total == pytest.approx(np.log(total))
    assert np.allclose(sums.alone, alone / total)
    assert np.allclose(sums.beside[3], beside / total) and np.allclose(sums.within[2], within / total)


def test_far_scores_do_not_overflow():
    kinship, scores = kinship_of(0)
    scores[3] = [4e3, -4e3, 0.0]
    sums = role_sums(scores, CHILDREN, kinship)
    assert np.isfinite(sums.alone).all() and sums.alone[3].argmax() == 0
    assert np.allclose(sums.alone[1:].sum(axis=1), 1.0)


def test_no_sections_no_sums():
    kinship, scores = kinship_of(0)
    assert role_sums(scores[:1], [[]], kinship).log_total == 0.0
