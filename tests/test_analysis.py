"""What a notebook talks to."""

import pandas as pd
import pytest

from pipeline import load, tables
from pipeline.compare.cells import cell_name
from pipeline.publish.figures import PLANS
from pipeline.publish.words import rule_in_words
from pipeline.trace import SourceMap, cited


@pytest.fixture(scope="module")
def a(sample):
    return load(sample.project.outputs)


def test_every_table_is_a_frame_of_your_own(a):
    for name in tables.SCHEMAS:
        assert list(getattr(a, name).columns) == tables.SCHEMAS[name].names
    a.documents.loc[:, "title"] = "改了"
    assert not (a.documents["title"] == "改了").any()
    with pytest.raises(AttributeError, match="documents"):
        _ = a.document


def test_no_results_is_said_at_once(tmp_path):
    with pytest.raises(FileNotFoundError, match="wendui analyze"):
        load(tmp_path)


def test_kwic_finds_every_occurrence_in_its_context(a):
    found = a.kwic("党员", window=5)
    assert len(found) == sum(text.count("党员") for text in a.documents["text"])
    texts = dict(zip(a.documents["doc_id"], a.documents["text"], strict=True))
    for row in found.head(50).itertuples():
        line = row.left + row.keyword + row.right
        assert line in texts[row.doc_id]
        assert len(row.left) <= 5
    with pytest.raises(ValueError, match="空"):
        a.kwic("")


def test_compare_puts_groups_beside_the_whole(a):
    table = a.compare(by="org_type")
    assert "全部" in table.columns
    assert table["全部"].sum() <= 1 + 1e-9
    assert set(table.columns) - {"全部"} <= set(a.documents["org_type"].dropna()) | {"未知"}
    with pytest.raises(KeyError, match="org_type"):
        a.compare(by="颜色")


def test_every_number_leads_to_its_sentences(a):
    cells = a.comparisons[(a.comparisons["n_points"] > 0) & (a.comparisons["counting"] == "raw")]
    texts = dict(zip(a.documents["doc_id"], a.documents["text"], strict=True))
    decoded = dict(zip(a.decoded["source_id"], a.decoded["text"], strict=True))
    edited = {row["doc_id"] for row in tables.records(a.documents) if row["edits"]}
    for cell in cells.iloc[:: max(1, len(cells) // 40)].itertuples():
        found = a.trace(cell.cell_id)
        assert len(found) == cell.n_points
        assert found["doc_id"].nunique() == cell.n_documents
        for row in found.itertuples():
            assert texts[row.doc_id][row.start : row.end] == row.sentence
            if row.doc_id not in edited:
                assert decoded[row.source_id][row.source_start : row.source_end] == row.sentence
    for theme in a.themes.itertuples():
        assert len(a.trace(theme.theme_id)) == theme.n_statements
    with pytest.raises(KeyError, match="没有编号"):
        a.trace("没有这个")


def test_every_cell_and_every_figure_can_be_traced(a):
    cells = a.comparisons
    for cell in cells.groupby("table", sort=True).head(3).itertuples():
        found = a.trace(cell.cell_id)
        assert len(found) == cell.n_points
    empty = cells[(cells["n_points"] == 0)].iloc[0]
    assert a.trace(empty["cell_id"]).empty
    for name in PLANS:
        found = a.trace(name)
        assert len(found)
        assert found["sentence"].str.len().gt(0).all()
    assert a.trace("01")["doc_id"].tolist() == a.documents["doc_id"].tolist()
    assert cited(a.trace("01"))[-1].startswith(f"共 {len(a.documents)} 条")


def test_the_ledger_has_every_problem_and_every_measure(a):
    rows, points = a.ledger(), a.statements[a.statements["parent_id"].isna()]
    for role, column in (("问题", "问题编号"), ("对策", "对策编号")):
        assert set(rows[column].dropna()) == set(points["statement_id"][points["role"] == role])
    assert (rows["状态"] == "已回应").sum() == (a.links["kind"] == "问题→对策").sum()
    texts = dict(zip(a.documents["doc_id"], a.documents["text"], strict=True))
    for row in rows.dropna(subset=["问题位置"]).head(40).itertuples():
        start, end = map(int, row.问题位置.split(":"))
        assert texts[row.文献][start:end] == row.问题
    firm = set(a.links_without_codes()["link_id"])
    assert 0 < len(firm) <= len(a.links)
    pairs = a.links[a.links["kind"] == "问题→对策"]
    assert (rows["不计编码仍成立"] == "是").sum() == pairs["link_id"].isin(firm).sum()
    assert set(a.mismatches()["单元格"]) <= set(a.comparisons["cell_id"])


def test_places_in_the_source_are_right_behind_edits():
    edits = [
        {"start": 2, "end": 2, "before": "（shí）", "after": ""},
        {"start": 4, "end": 6, "before": "務\n", "after": "务务"},
    ]
    places = SourceMap({"source_start": 10, "edits": edits})
    assert [places.place(at) for at in (0, 1, 2, 3, 6, 7)] == [10, 11, 17, 18, 21, 22]


def test_cell_names_are_unique_whatever_is_in_them():
    assert cell_name("a/b", "c") != cell_name("a", "b/c")
    assert cell_name("a%2Fb", "c") != cell_name("a/b", "c")


def test_quotes_are_sentences_with_their_source(a):
    code = a.show_themes("问题", scheme="wendui")["编号"].iloc[0].rpartition("/")[2]
    found = a.quotes(code=code)
    assert len(found)
    assert found["citation"].str.contains("《").all()
    org = a.documents["org_type"].dropna().iloc[0]
    some = a.quotes(org_type=org)
    kept = set(a.documents["doc_id"][a.documents["org_type"] == org])
    assert set(some["doc_id"]) <= kept
    assert a.quotes(org_type="没有这一类").empty


def test_show_has_offsets_and_digest_for_corrections(a):
    row = tables.records(a.documents)[0]
    view = a.show(row["doc_id"])
    shown = str(view)
    assert row["text_sha256"] in shown
    points = a.statements[a.statements["doc_id"] == row["doc_id"]]
    for point in points.itertuples():
        assert f"{point.headline_start}:{point.headline_end}" in shown
        assert point.headline in shown
    assert view._repr_html_().startswith("<pre>")
    for link in a.links[a.links["doc_id"] == row["doc_id"]].itertuples():
        heads = a.statements.set_index("statement_id")["headline"]
        beside = [line.partition(" │ ")[2] for line in shown.splitlines()]
        assert any(line.lstrip().startswith("→") and heads[link.to_id] in line for line in beside)
    edited = next(d for d in tables.records(a.documents) if d["edits"])
    edit = edited["edits"][0]
    assert f"{edit['start']}:{edit['end']} {rule_in_words(edit['rule'])}" in str(a.show(edited["doc_id"]))
    with pytest.raises(KeyError, match=row["doc_id"].split(".")[0][:1]):
        a.show(row["doc_id"].replace("#1", "x#1"))


def test_show_themes_is_sorted_and_bounded(a):
    table = a.show_themes("问题", scheme="wendui")
    assert table["提及率"].is_monotonic_decreasing
    assert ((table["下限"] <= table["提及率"]) & (table["提及率"] <= table["上限"])).all()
    assert isinstance(a.show_themes("原因"), pd.DataFrame)
