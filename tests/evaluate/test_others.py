"""Points that come from elsewhere are coded and linked as our own are, and gold points can be scored so."""

import json
import subprocess
import sys

import pandas as pd
import pytest

from pipeline import tables
from pipeline.evaluate.given import given_points, score_given
from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.others import code_file, codes_of_others, link_file, links_of_others, read_others
from pipeline.evaluate.score import Found
from pipeline.settings import Settings, SettingsError
from pipeline.statements.others import tables_of_others
from tests.evaluate.test_score import GOLD

HEAD = "statement_id,doc_id,role,headline,body\n"
ROWS = (
    "a,甲,问题,党务干部配备不足,全镇只有一人\n"
    "b,甲,问题,三会一课流于形式,\n"
    "c,甲,对策,配齐配强党务干部,\n"
    "d,甲,对策,规范三会一课,\n"
    "e,乙,问题,活动室没有桌椅,\n"
)


@pytest.fixture
def source(tmp_path):
    path = tmp_path / "条目.csv"
    path.write_text(HEAD + ROWS, "utf-8")
    return path


def test_codes_and_links_have_the_columns_of_our_tables(source, tmp_path):
    assert code_file(source, tmp_path / "codes.csv") >= 5
    assert link_file(source, tmp_path / "links.csv") >= 2
    codes = pd.read_csv(tmp_path / "codes.csv", encoding="utf-8-sig")
    assert list(codes.columns) == list(tables.frame("codes").columns)
    first = codes[codes["rank"] == 1].set_index("statement_id")["code"].to_dict()
    assert first == {"a": "党务队伍", "b": "组织生活", "c": "党务队伍", "d": "组织生活", "e": "经费阵地"}
    links = pd.read_csv(tmp_path / "links.csv", encoding="utf-8-sig")
    assert set(zip(links["from_id"], links["to_id"], strict=True)) == {("a", "c"), ("b", "d")}


def test_other_documents_change_nothing(source):
    rows = read_others(source)
    mine = [row for row in rows if row["doc_id"] == "甲"]
    whole = codes_of_others(rows, settings=Settings())
    alone = codes_of_others(mine, settings=Settings())
    pd.testing.assert_frame_equal(whole[whole["doc_id"] == "甲"].reset_index(drop=True), alone)
    assert len(links_of_others(mine, settings=Settings())) == len(links_of_others(rows, settings=Settings()))


def test_spans_are_the_words(source):
    documents, sections, points = tables_of_others(read_others(source))
    text = dict(zip(documents["doc_id"], documents["text"], strict=True))
    for row in tables.records(points):
        assert text[row["doc_id"]][row["headline_start"] : row["headline_end"]] == row["headline"]
    assert len(sections) == 2


@pytest.mark.parametrize("bad", ["a,甲,问题,又一条,\n", "z,甲,建议,角色不对,\n"])
def test_a_bad_row_is_named(source, bad):
    source.write_text(HEAD + ROWS + bad, "utf-8")
    with pytest.raises(SettingsError, match="第 6 行"):
        tables_of_others(read_others(source))


def test_a_lacking_column_is_named(source):
    source.write_text("statement_id,doc_id\n1,甲\n", "utf-8")
    with pytest.raises(SettingsError, match="role、headline"):
        read_others(source)


def test_gb18030_is_read(source):
    source.write_bytes((HEAD + ROWS).encode("gb18030"))
    assert read_others(source)[0]["headline"] == "党务干部配备不足"


def test_gold_points_get_their_bodies_and_are_scored(small, tmp_path):
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(GOLD, ensure_ascii=False), "utf-8")
    (report,) = given_points(read_gold([path]), Found(small.project.outputs))
    bodies = {row["headline"]: row["body"] for row in report.rows}
    assert bodies["规范组织生活"].startswith("。镇党委应当")
    assert "配齐" not in bodies["规范组织生活"]
    measures = {m.name: m for m in score_given(small.project.outputs, read_gold([path]))}
    assert measures["links"].gold == 3
    assert measures["codes_kappa_measures"].gold == 2


def test_the_command_line_says_how_many(source, tmp_path):
    target = tmp_path / "out.csv"
    command = [sys.executable, "-m", "pipeline", "code", str(source), str(target)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert str(target) in result.stdout and target.stat().st_size > 100
