"""Names of themes."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from pipeline.themes.labels import labels

NAMES = ["支部", "党员", "经费", "阵地", "场所", "流动党员", "外出", "务工"]


def test_what_all_themes_share_does_not_lead_a_label():
    phi = np.array([[3, 0, 2, 2, 2, 0, 0, 0], [3, 0, 0, 0, 0, 2, 2, 2]]) / 9
    found = labels(phi, np.array([0.5, 0.5]), NAMES)
    assert found == ["经费·阵地·场所", "流动党员·外出·务工"]


def test_a_part_of_a_chosen_term_is_passed_over():
    phi = np.array([[0.0, 0.3, 0.1, 0.0, 0.0, 0.4, 0.2, 0.0]])
    assert labels(phi, np.array([1.0]), NAMES) == ["流动党员·外出·经费"]


def test_two_themes_of_the_same_first_terms_have_two_labels():
    phi = np.array([[0.0, 0.0, 0.4, 0.3, 0.2, 0.0, 0.1, 0.0], [0.0, 0.0, 0.4, 0.3, 0.2, 0.0, 0.0, 0.1]])
    assert labels(phi, np.array([0.9, 0.1]), NAMES)[0] == "经费·阵地·场所"
    assert len(set(labels(phi, np.array([0.5, 0.5]), NAMES))) == 2


@given(st.lists(st.lists(st.integers(0, 3), min_size=8, max_size=8).filter(any), min_size=1, max_size=5))
def test_every_theme_has_a_label_of_its_own_terms(rows):
    phi = np.array(rows) / np.array(rows).sum(axis=1, keepdims=True)
    for row, label in zip(phi, labels(phi, np.full(len(rows), 1 / len(rows)), NAMES), strict=True):
        parts = label.split("·")
        assert parts and {NAMES.index(part) for part in parts} <= set(np.flatnonzero(row))
