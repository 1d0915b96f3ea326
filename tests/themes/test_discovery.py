"""What is fitted on, and what comes of it."""

import numpy as np
import pytest

from pipeline import tables
from pipeline.settings import ThemeOptions
from pipeline.themes.discovery import discover, one_copy_each
from tests.rows import alone
from tests.themes.planted import WORDS, planted, rows_of

OPTIONS = ThemeOptions(n_refits=2, n_terms=6)


def frames(terms, **more):
    statements, tokens = rows_of(terms, **more)
    return tables.frame("tokens", tokens), tables.frame("clusters", alone(statements))


def test_planted_themes_come_largest_first():
    terms, truth = planted(120)
    kept = [i for i in range(120) if truth[i] != 2 or i % 3]
    found = discover(*frames([terms[i] for i in kept]), options=OPTIONS)
    assert len(found.themes) == 4
    sizes = np.bincount(found.weights.argmax(axis=1))
    assert (np.diff(sizes) <= 0).all() and sizes[-1] == 20
    assert {term for term, _ in found.themes[3].terms} <= set(WORDS[2])
    for theme in found.themes:
        weights = [weight for _, weight in theme.terms]
        assert weights == sorted(weights, reverse=True) and min(weights) > 0
        assert -1 <= theme.coherence <= 1 and 0 <= theme.stability <= 1


def copied(statements, tokens, doc_id):
    """The rows with a further copy of a document, whose id comes first, and the clusters of both."""
    mine = [row for row in tokens if row["doc_id"] == doc_id]
    again = [
        row | {"doc_id": "!.txt#1", "statement_id": row["statement_id"].replace(doc_id, "!.txt#1")} for row in mine
    ]
    clusters = alone([*statements, *again])
    for row in clusters:
        if row["doc_id"] in (doc_id, "!.txt#1"):
            row |= {"cluster_id": row["cluster_id"].replace(doc_id, "!.txt#1"), "size": 2}
    return tables.frame("tokens", [*tokens, *again]), tables.frame("clusters", clusters)


def test_a_copy_changes_nothing():
    terms, _ = planted(60)
    terms[1] = terms[0]
    statements, tokens = rows_of(terms)
    before = discover(tables.frame("tokens", tokens), tables.frame("clusters", alone(statements)), options=OPTIONS)
    after = discover(*copied(statements, tokens, "00.txt#1"), options=OPTIONS)
    assert after.themes == before.themes
    assert np.array_equal(after.weights[:60], before.weights)
    assert np.array_equal(after.weights[60:], before.weights[:4])


def test_one_copy_a_cluster_in_the_order_of_digests():
    terms = [["党员"], ["经费", "阵地"], ["党员"], ["经费", "投入"]]
    statements, tokens = rows_of(terms, per_document=1)
    clusters = alone(statements)
    for row in clusters:
        if row.get("statement_id") in ("01.txt#1/p0", "03.txt#1/p0"):
            row |= {"cluster_id": "01.txt#1/p0", "size": 2}
    found = one_copy_each(tables.frame("tokens", tokens), tables.frame("clusters", clusters))
    assert ["党员"] in found and len(found) == 2
    backwards = one_copy_each(tables.frame("tokens", tokens[::-1]), tables.frame("clusters", clusters[::-1]))
    assert backwards == found


@pytest.mark.parametrize("n_points", [0, 1, 29])
def test_too_few_points_have_no_themes(n_points):
    assert discover(*frames(planted(n_points)[0]), options=OPTIONS) is None


def test_many_copies_of_one_point_have_no_themes():
    assert discover(*frames([["党员", "经费"]] * 80), options=OPTIONS) is None


def test_points_that_share_no_term_have_no_themes():
    assert discover(*frames([[f"词{i}", f"语{i}"] for i in range(80)]), options=OPTIONS) is None


def test_more_themes_than_points_are_cut_down():
    found = discover(*frames(planted(36)[0]), options=ThemeOptions(n_themes=90, n_refits=1))
    assert 2 <= len(found.themes) <= 36
    assert np.isfinite(found.weights).all() and all(np.isfinite(t.coherence) for t in found.themes)
