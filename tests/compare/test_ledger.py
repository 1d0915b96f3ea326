"""The ledger: every pair, what stays without the other, and where the two miss each other."""

import pandas as pd
import pytest

from pipeline import tables
from pipeline.compare.groups import comparisons
from pipeline.compare.ledger import ANSWERED, COLUMNS, FOUND, IDLE, OPEN, ledger, mismatches
from tests.compare.test_answering import GENERIC, IGNORED, OPTIONS, reports
from tests.compare.test_answering import IDLE as IDLE_CODES
from tests.rows import document, linked, point


def rows_of(*frames):
    """A reader of tables: those given, all others empty."""
    found = dict(frames)
    return lambda name: tables.frame(name, found.get(name, []))


def coded(row, code):
    """A row of `codes` for a point."""
    named = {"statement_id": row["statement_id"], "doc_id": row["doc_id"], "scheme": "wendui", "code": code}
    return named | {"rank": 1, "confidence": 0.9, "deciding": []}


@pytest.fixture
def small():
    problem = point("a#1", 0, 5, headline="活动经费紧")
    open_one = point("a#1", 6, 9, headline="台账乱")
    cause = point("a#1", 10, 14, "原因", headline="预算没有单列")
    late = point("a#1", 30, 36, "对策", headline="按季拨付经费", actor="镇党委", deadline="2020年底前")
    first = point("a#1", 20, 26, "对策", headline="列支专项经费")
    idle = point("a#1", 40, 44, "对策", headline="加强领导")
    part = point("a#1", 41, 43, "对策", headline="领导", parent_id=idle["statement_id"])
    links = [linked(problem, late, ("code",)), linked(problem, first), linked(problem, cause, kind="问题→原因")]
    points = [idle, part, late, first, cause, open_one, problem]
    codes = [coded(problem, "经费阵地"), coded(late, "经费阵地"), coded(idle, "责任落实")]
    return rows_of(("documents", [document("a#1")]), ("statements", points), ("links", links), ("codes", codes))


def test_a_row_a_pair_and_a_row_for_what_stays_alone(small):
    rows = ledger(small)
    assert rows.columns.tolist() == COLUMNS
    assert rows["状态"].tolist() == [ANSWERED, ANSWERED, OPEN, IDLE]
    assert rows["问题"].tolist()[:3] == ["活动经费紧", "活动经费紧", "台账乱"]
    assert rows["对策"].tolist()[:2] == ["列支专项经费", "按季拨付经费"], "in order of the text"
    pair = rows.iloc[1]
    assert (pair["原因"], pair["责任主体"], pair["时限"]) == ("预算没有单列", "镇党委", "2020年底前")
    assert (pair["问题编码"], pair["对策编码"], pair["文献"]) == ("经费阵地", "经费阵地", "a#1")
    assert (pair["问题位置"], pair["对策位置"], pair["证据"], pair["置信度"]) == ("0:5", "30:36", "code", 0.9)
    assert rows["不计编码仍成立"].tolist()[:2] == ["是", "否"]
    assert rows["对策"].tolist()[3] == "加强领导"
    assert pd.isna(rows["问题"].iloc[3])


def test_nothing_gives_an_empty_ledger():
    rows = ledger(rows_of())
    assert rows.empty
    assert rows.columns.tolist() == COLUMNS
    assert mismatches(rows_of()).empty


def test_mismatches_name_the_planted_codes_and_their_cells():
    frames = reports(is_planted=True)
    cells, _ = comparisons(**frames, options=OPTIONS)
    found = mismatches(lambda name: cells if name == "comparisons" else tables.frame(name))
    sure = found[(found["判断"] == FOUND) & (found["比较"] == "全部")]
    named = {(row.类型, row.编码.rpartition("/")[2]) for row in sure.itertuples()}
    planted = {("常提少应", code) for code in IGNORED} | {("有策无题", code) for code in IDLE_CODES}
    planted |= {("泛化对策", code) for code in GENERIC}
    assert len(named & planted) >= 0.8 * len(planted)
    assert set(found["单元格"]) <= set(cells["cell_id"])
    assert (found["比率"] > found["同篇随机期望"]).all()
    assert found["不计编码q"].notna().all()
