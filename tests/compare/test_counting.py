"""Weights of points under the three ways of counting."""

import numpy as np
import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from pipeline import tables
from pipeline.compare.counting import sums, units, weights
from pipeline.values import Counting
from tests.rows import point

POINTS = tables.frame(
    "statements",
    [point("a#1", 0, 1), point("a#1", 2, 3), point("a#1", 4, 5, "对策"), point("b#1", 0, 1), point("c#1", 0, 1)],
)
CLUSTERS = tables.frame(
    "clusters",
    [
        {"doc_id": "a#1", "cluster_id": "a#1", "size": 2},
        {"doc_id": "b#1", "cluster_id": "a#1", "size": 2},
        {"doc_id": "c#1", "cluster_id": "c#1", "size": 1},
        {"doc_id": "a#1", "statement_id": "a#1/p0", "cluster_id": "a#1/p0", "size": 3},
        {"doc_id": "b#1", "statement_id": "b#1/p0", "cluster_id": "a#1/p0", "size": 3},
        {"doc_id": "c#1", "statement_id": "c#1/p0", "cluster_id": "a#1/p0", "size": 3},
    ],
)


def test_raw_counts_every_point_once():
    assert weights(POINTS, CLUSTERS, counting=Counting.RAW).tolist() == [1.0] * 5


def test_dedup_divides_by_the_size_of_the_cluster():
    assert weights(POINTS, CLUSTERS, counting=Counting.DEDUP).tolist() == [1 / 3, 1.0, 1.0, 1 / 3, 1 / 3]


def test_vote_gives_a_document_cluster_one_vote_a_side():
    assert weights(POINTS, CLUSTERS, counting=Counting.VOTE).tolist() == [1 / 3, 1 / 3, 1.0, 1 / 3, 1.0]


def test_units_are_documents_or_their_clusters():
    assert units(POINTS, CLUSTERS, counting=Counting.RAW).unit.tolist() == [0, 0, 0, 1, 2]
    assert units(POINTS, CLUSTERS, counting=Counting.DEDUP).unit.tolist() == [0, 0, 0, 0, 1]
    assert units(POINTS, CLUSTERS, counting=Counting.VOTE).unit.tolist() == [0, 0, 0, 0, 1]


@given(st.lists(st.tuples(st.sampled_from("abcde"), st.sampled_from(["问题", "对策"])), min_size=1, max_size=40))
def test_votes_of_a_side_add_up_to_the_documents_that_have_it(pairs):
    rows = [{"statement_id": f"{d}/p{i}", "doc_id": d, "role": role} for i, (d, role) in enumerate(pairs)]
    points = pd.DataFrame(rows)
    found = pd.Series(weights(points, tables.frame("clusters"), counting=Counting.VOTE))
    for role, votes in found.groupby(points["role"]):
        assert np.isclose(votes.sum(), points["doc_id"][points["role"] == role].nunique())


def test_sums_leave_out_what_is_nowhere():
    values, rows = np.array([1.0, 2.0, 4.0, 8.0]), np.array([0, 1, -1, 1])
    assert sums(values, (rows, 3)).tolist() == [1.0, 10.0, 0.0]
    assert sums(np.zeros(0), (np.zeros(0, dtype=int), 2)).tolist() == [0.0, 0.0]
