"""Near-identical documents, and clusters of documents and points."""

import random

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline import tables
from pipeline.duplicates.documents import MAX_MATES, duplicates, folded, jaccard, shingles, similar_pairs
from pipeline.settings import DuplicateOptions
from tests.rows import check_declared, document, point, shuffled

OPTIONS = DuplicateOptions()
ALPHABET = [chr(0x4E00 + i) for i in range(800)]


def prose(seed: int, length: int = 400) -> str:
    """Characters without meaning, the same for the same seed."""
    return "".join(random.Random(seed).choices(ALPHABET, k=length))


def run(documents, statements=()):
    return duplicates(tables.frame("documents", documents), tables.frame("statements", statements), options=OPTIONS)


def test_folding_drops_width_case_punctuation_and_blanks():
    assert folded("ＡＢＣ（１） 党员，\n活动。") == "abc1党员活动"


@given(st.text(st.sampled_from("党员活动"), max_size=40), st.text(st.sampled_from("党员活动"), max_size=40))
def test_jaccard_is_that_of_the_sets_of_shingles(one, other):
    def grams(text):
        return {text[i : i + 5] for i in range(max(1, len(text) - 4))} if text else set()

    both = grams(one) | grams(other)
    found = [shingles(text, size=5) for text in (one, other)]
    assert [len(array) for array in found] == [len(grams(one)), len(grams(other))]
    if both:
        assert jaccard(*found) == pytest.approx(len(grams(one) & grams(other)) / len(both))


def test_pairs_have_the_exact_similarity_and_whole_spans():
    text = prose(1)
    edited = text[:200] + "改" + text[201:]
    pairs, _ = run([document("甲.txt#1", text), document("乙.txt#1", edited), document("丙.txt#1", prose(2))])
    assert pairs[["kind", "doc_id", "other_id"]].values.tolist() == [["document", "乙.txt#1", "甲.txt#1"]]
    assert pairs[["start", "end", "other_start", "other_end"]].values.tolist() == [[0, 400, 0, 400]]
    assert pairs["similarity"].tolist() == [pytest.approx(391 / 401)]
    check_declared("duplicates", pairs)


def test_every_pair_that_brute_force_finds_is_found():
    texts = []
    for i in range(60):
        text, choice = prose(i), random.Random(i)
        texts.append(text)
        texts.append("".join("改" if choice.random() < 0.025 * (i % 4) else c for c in text))
    grams = [shingles(text, size=5) for text in texts]
    truth = {
        (i, j)
        for i in range(len(texts))
        for j in range(i + 1, len(texts))
        if jaccard(grams[i], grams[j]) >= OPTIONS.min_similarity
    }
    assert 15 <= len(truth) < 60
    assert {(i, j) for i, j, _ in similar_pairs(texts, size=5, least=0.8)} == truth


def test_clusters_join_what_pairs_connect_and_list_everything():
    text = prose(1)
    near = prose(7, 35) + text[35:]
    far = near[:-35] + prose(8, 35)
    rows = [document(f"{name}.txt#1", body) for name, body in zip("cab", (text, near, far), strict=True)]
    pairs, clusters = run([*rows, document("d.txt#1", prose(9))])
    assert len(pairs) == 2, "the two ends are not a pair"
    assert clusters.set_index("doc_id")["cluster_id"].to_dict() == {
        "a.txt#1": "a.txt#1",
        "b.txt#1": "a.txt#1",
        "c.txt#1": "a.txt#1",
        "d.txt#1": "d.txt#1",
    }
    assert clusters["size"].tolist() == [3, 3, 3, 1]
    assert clusters["statement_id"].isna().all()
    check_declared("clusters", clusters)


def test_many_copies_give_bounded_pairs_and_one_cluster():
    n = 4 * MAX_MATES
    pairs, clusters = run([document(f"{i:03d}.txt#1", prose(1)) for i in range(n)])
    assert len(pairs) == sum(min(i, MAX_MATES) for i in range(n))
    assert set(clusters["cluster_id"]) == {"000.txt#1"} and set(clusters["size"]) == {n}
    few, _ = run([document(f"{i}.txt#1", prose(1)) for i in range(9)])
    assert len(few) == 9 * 8 / 2


@pytest.mark.parametrize("text", ["", "。，！", " "])
def test_texts_without_a_character_are_no_copies(text):
    pairs, clusters = run([document("a.txt#1", text), document("b.txt#1", text)])
    assert pairs.empty and clusters["size"].tolist() == [1, 1]


def test_short_texts_are_copies_only_of_themselves():
    pairs, _ = run([document("a.txt#1", "党员"), document("b.txt#1", "党 员。"), document("c.txt#1", "党务")])
    assert pairs[["doc_id", "other_id", "similarity"]].values.tolist() == [["a.txt#1", "b.txt#1", 1.0]]


def test_points_of_one_role_with_the_same_words_in_two_documents_are_one_cluster():
    texts = {"a.txt#1": "（一）流动党员管理薄弱。其他。", "b.txt#1": "1.流动党员管理薄弱！其他；"}
    rows = [
        point("a.txt#1", 3, 12),
        point("a.txt#1", 12, 15),
        point("b.txt#1", 2, 11),
        point("b.txt#1", 11, 14, "对策"),
    ]
    _, clusters = run([document(name, text) for name, text in texts.items()], rows)
    points = clusters[clusters["statement_id"].notna()].set_index("statement_id")
    assert points["cluster_id"].to_dict() == {
        "a.txt#1/p3": "a.txt#1/p3",
        "b.txt#1/p2": "a.txt#1/p3",
        "a.txt#1/p12": "a.txt#1/p12",
        "b.txt#1/p11": "b.txt#1/p11",
    }
    assert points["size"].to_dict()["b.txt#1/p2"] == 2


def test_a_point_said_twice_in_one_document_only_is_no_copy():
    rows = [point("a.txt#1", 0, 4), point("a.txt#1", 4, 8)]
    _, clusters = run([document("a.txt#1", "经费不足经费不足")], rows)
    assert clusters["size"].tolist() == [1, 1, 1]


def test_sub_points_have_no_row_and_points_of_other_roles_have():
    rows = [point("a.txt#1", 0, 4, "做法"), point("a.txt#1", 1, 3, "做法", parent_id="a.txt#1/p0")]
    _, clusters = run([document("a.txt#1", "建立台账")], rows)
    assert clusters["statement_id"].dropna().tolist() == ["a.txt#1/p0"]


def test_row_order_does_not_matter():
    texts = [prose(i % 4, 60) for i in range(12)]
    documents = tables.frame("documents", [document(f"{i}.txt#1", text) for i, text in enumerate(texts)])
    rows = [point(f"{i}.txt#1", start, start + 20) for i in range(12) for start in (0, 20)]
    statements = tables.frame("statements", rows)
    whole = duplicates(documents, statements, options=OPTIONS)
    assert len(whole[0]) == 4 * 3
    for mixed, table in zip(duplicates(*shuffled(documents, statements), options=OPTIONS), whole, strict=True):
        pd.testing.assert_frame_equal(mixed, table)


def test_empty_in_empty_out():
    pairs, clusters = run([])
    assert pairs.empty and clusters.empty
    check_declared("duplicates", pairs)
    check_declared("clusters", clusters)
