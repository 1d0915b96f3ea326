"""Comparison cells and their evidence."""

from dataclasses import replace
from urllib.parse import unquote

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline import tables
from pipeline.compare.groups import comparisons
from pipeline.settings import CompareOptions, SettingsError
from pipeline.values import SIDES
from tests.rows import alone, check_declared, document, linked, point, shuffled

OPTIONS = CompareOptions(n_bootstrap=60, n_permutations=60)
INPUTS = ("documents", "statements", "metadata", "clusters", "statement_themes", "links")


def assigned(row, code, scheme="wendui"):
    """A row of `statement_themes` for a point."""
    side = row["role"]
    kept = {"statement_id": row["statement_id"], "scheme": scheme, "side": side, "theme_id": f"{side}/{scheme}/{code}"}
    return kept | {"weight": 1.0, "primary": True}


def corpus():
    """Frames of nine reports: townships lack funds, firms lack learning; the last two are copies, one code is missing."""
    documents, points, given, links = [], [], [], []
    for i in range(9):
        name, is_town = f"{i}.txt#1", i < 5
        documents.append(document(name, org_type="街道乡镇" if is_town else "国企", year=2019 + i % 2))
        rows = [point(name, start, start + 5, side) for start, side in ((0, "问题"), (5, "问题"), (10, "对策"))]
        points += rows
        given += [assigned(rows[0], "经费阵地" if is_town else "理论学习"), assigned(rows[0], "01", "discovered")]
        given += [assigned(rows[1], "党务队伍")] if i != 3 else []
        given += [assigned(rows[2], "制度考核")]
        links += [linked(rows[1], rows[2])] if i % 2 else []
    documents[8]["org_type"] = None
    clusters = alone(points)
    for row in clusters:
        if row["doc_id"] in ("7.txt#1", "8.txt#1"):
            row |= {"cluster_id": row["cluster_id"].replace("8.txt", "7.txt"), "size": 2}
    metadata = [{"doc_id": "0.txt#1", "key": "县/区", "value": "甲"}]
    rows = (documents, points, metadata, clusters, given, links)
    return [tables.frame(n, r) for n, r in zip(INPUTS, rows, strict=True)]


@pytest.fixture(scope="module")
def cells():
    found, _ = comparisons(*corpus(), options=OPTIONS)
    return found.set_index("cell_id")


def test_the_tables_are_as_declared_and_ids_are_unique():
    found, evidence = comparisons(*corpus(), options=OPTIONS)
    check_declared("comparisons", found)
    check_declared("evidence", evidence)
    assert found["cell_id"].is_unique and not evidence.duplicated().any()


def test_a_cell_of_the_codes(cells):
    cell = cells.loc["codes/org_type/街道乡镇/问题%2Fwendui%2F经费阵地/raw"]
    assert (cell["n_points"], cell["n_documents"], cell["n_votes"], cell["share"]) == (5, 5, 5.0, 0.5)
    assert (cell["table"], cell["by"], cell["group"]) == ("codes", "org_type", "街道乡镇")
    assert cell["row"] == cell["theme_id"] == "问题/wendui/经费阵地" and cell["scheme"] == "wendui"
    assert cell["effect"] == 0.5 and cell["share_low"] == cell["share_high"] == 0.5
    assert cell["p"] < 0.1 and cell["q"] >= cell["p"]


def test_unassigned_points_stay_in_the_denominator(cells):
    assert cells.loc["codes/org_type/街道乡镇/问题%2Fwendui%2F党务队伍/raw", "share"] == 0.4


def test_ways_of_counting(cells):
    shares = {way: cells.loc[f"codes/全部/全部/问题%2Fwendui%2F理论学习/{way}"] for way in ("raw", "dedup", "vote")}
    assert [row["n_points"] for row in shares.values()] == [4, 4, 4]
    assert [row["n_votes"] for row in shares.values()] == [4.0, 3.0, 1.5]
    assert [row["share"] for row in shares.values()] == pytest.approx([4 / 18, 3 / 16, 1.5 / 8])


def test_sides_are_shares_of_all_points(cells):
    rows = cells[(cells["table"] == "sides") & (cells["by"] == "全部") & (cells["counting"] == "raw")]
    assert rows["row"].tolist() == list(SIDES) and rows["side"].tolist() == list(SIDES)
    assert rows["share"].tolist() == pytest.approx([2 / 3, 0, 1 / 3])
    assert rows[["scheme", "theme_id"]].isna().all(axis=None)


def test_the_whole_corpus_is_not_tested_against_nothing(cells):
    whole = cells[(cells["by"] == "全部") & cells["table"].isin(["sides", "codes", "themes", "response"])]
    assert len(whole) and whole[["effect", "p", "q"]].isna().all(axis=None)


def test_documents_without_a_value_are_a_group(cells):
    assert set(cells["group"][cells["by"] == "org_type"]) == {"街道乡镇", "国企", "未知"}
    assert set(cells["group"][cells["by"] == "region"]) == {"未知"}
    assert set(cells["group"][cells["by"] == "县/区"]) == {"甲", "未知"}
    assert "codes/县%2F区/甲/问题%2Fwendui%2F经费阵地/raw" in cells.index


def test_one_document_has_a_share_but_no_interval(cells):
    rows = cells[cells["group"] == "甲"]
    assert len(rows) and rows["share"].notna().all() and rows[["share_low", "share_high"]].isna().all(axis=None)


def test_evidence_is_the_numerator_of_every_cell():
    found, evidence = comparisons(*corpus(), options=OPTIONS)
    counts = evidence.groupby("cell_id").size()
    for row in tables.records(found):
        name = row["cell_id"].rpartition("/")[0]
        assert counts.get(name, 0) == row["n_points"]
        own = evidence[evidence["cell_id"] == name]
        assert own["doc_id"].nunique() == row["n_documents"]
        assert [unquote(part) for part in name.split("/")] == [row["table"], row["by"], row["group"], row["row"]]


def test_a_metadata_column_does_not_hide_one_of_ours():
    inputs = corpus()
    rows = [{"doc_id": "0.txt#1", "key": key, "value": "x"} for key in ("全部", "year")]
    inputs[2] = tables.frame("metadata", rows)
    found, _ = comparisons(*inputs, options=OPTIONS)
    assert {"全部", "year", "metadata:全部", "metadata:year"} <= set(found["by"])
    assert set(found["group"][found["by"] == "全部"]) == {"全部"}
    assert found["cell_id"].is_unique


def test_a_column_with_a_value_of_its_own_for_every_document_is_not_compared_by():
    inputs = corpus()
    inputs[2] = tables.frame("metadata", [{"doc_id": f"{i}.txt#1", "key": "备注", "value": str(i)} for i in range(9)])
    found, _ = comparisons(*inputs, options=replace(OPTIONS, max_groups=8))
    assert "备注" not in set(found["by"]) and "year" in set(found["by"])


def test_an_unknown_variable_is_refused_with_the_nearest_name():
    with pytest.raises(SettingsError, match="org_type"):
        comparisons(*corpus(), options=replace(OPTIONS, by=("orgtype",)))
    comparisons(*corpus(), options=replace(OPTIONS, by=("县/区",)))


def test_row_order_does_not_matter():
    inputs = corpus()
    for mixed, table in zip(
        comparisons(*shuffled(*inputs), options=OPTIONS), comparisons(*inputs, options=OPTIONS), strict=True
    ):
        pd.testing.assert_frame_equal(mixed, table)


def test_a_cell_does_not_depend_on_what_else_is_compared(cells):
    alone, _ = comparisons(*corpus(), options=replace(OPTIONS, by=("org_type",)))
    kept = alone["cell_id"].tolist()
    pd.testing.assert_frame_equal(alone.set_index("cell_id"), cells.loc[kept])
    assert len(kept) < len(cells)


def test_empty_in_empty_out():
    for inputs in ([tables.frame(name) for name in INPUTS], [corpus()[0], *(tables.frame(n) for n in INPUTS[1:])]):
        found, evidence = comparisons(*inputs, options=OPTIONS)
        assert found.empty and evidence.empty
        check_declared("comparisons", found)


POINT = st.tuples(st.integers(0, 5), st.sampled_from(SIDES), st.sampled_from(["甲", "乙", "丙", None]))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(POINT, min_size=1, max_size=30), st.lists(st.integers(0, 1), min_size=6, max_size=6))
def test_shares_sum_to_one_with_the_unassigned(drawn, towns):
    documents = [document(f"{i}.txt#1", org_type="国企" if town else None) for i, town in enumerate(towns)]
    points = [point(f"{doc}.txt#1", i * 5, i * 5 + 5, side) for i, (doc, side, _) in enumerate(drawn)]
    codes = [code or "无" for *_, code in drawn]
    everything = [assigned(row, code) for row, code in zip(points, codes, strict=True)]
    some = [row for row in everything if not row["theme_id"].endswith("无")]
    frames = [
        tables.frame(n, r) for n, r in zip(INPUTS, (documents, points, [], alone(points), everything, []), strict=True)
    ]
    options = CompareOptions(by=("org_type",), n_bootstrap=10, n_permutations=10)
    whole, _ = comparisons(*frames, options=options)
    keys = ["table", "scheme", "by", "group", "counting"]
    for _, rows in whole.groupby([*keys, "side"] if "side" in whole else keys, dropna=False):
        if rows["table"].iloc[0] == "codes":
            assert rows["share"].sum() == pytest.approx(1)
    sides = whole[whole["table"] == "sides"].groupby(["by", "group", "counting"])["share"].sum()
    assert sides.to_numpy() == pytest.approx(1)
    left, _ = comparisons(*frames[:4], tables.frame("statement_themes", some), frames[5], options=options)
    both = left.merge(whole, on="cell_id", suffixes=("", "_all"))
    assert len(both) == len(left)
    assert both["share"].to_numpy() == pytest.approx(both["share_all"].to_numpy()), "unassigned points still count"
    known = whole[whole["share_low"].notna()]
    assert ((known["share_low"] <= known["share_high"]) & (known["share_high"] <= 1 + 1e-12)).all()
