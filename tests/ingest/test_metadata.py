"""What reports say of themselves, and the researcher's own file."""

import tomllib
from pathlib import Path

import openpyxl
import pytest

from pipeline.ingest.clean import clean_text
from pipeline.ingest.metadata import (
    Description,
    describe,
    load_user_metadata,
    overridden,
    own_columns,
    unknown_ids,
    user_metadata,
    user_values,
)
from pipeline.ingest.particulars.titles import title_block
from pipeline.settings import CleanOptions, SettingsError
from pipeline.values import Genre, OrgType

CASES = Path(__file__).parents[1] / "cases"


def cases(name):
    """The cases of a file, as pytest parameters."""
    rows = tomllib.loads((CASES / name).read_text("utf-8"))["case"]
    return [pytest.param(row, id=row["label"]) for row in rows]


@pytest.mark.parametrize("case", cases("titles.toml"))
def test_title(case):
    assert (describe(case["original"]).title or "") == case["expected"]


@pytest.mark.parametrize("case", cases("years.toml"))
def test_year_and_date(case):
    dropped = tuple(case.get("dropped", ()))
    it = describe(case["original"], dropped=dropped, source_id=case.get("source_id", ""))
    assert (it.year or 0, it.date or "") == (case["expected"], case.get("date", ""))


@pytest.mark.parametrize("case", cases("org_types.toml"))
def test_org_type(case):
    assert (describe(case["original"]).org_type or "") == case["expected"]


@pytest.mark.parametrize("case", cases("particulars.toml"))
def test_particulars(case):
    it = describe(case["original"])
    assert {field: getattr(it, field) or "" for field in case["expected"]} == case["expected"]


def test_findings_say_what_a_value_rests_on():
    it = describe("柳溪县社区党建调研报告\n（2019年5月）\n全县有社区九个。")
    bases = {row["field"]: (row["basis"], row["quote"]) for row in it.row()["findings"]}
    assert bases["year"] == ("byline", "（2019年5月）")
    assert bases["org_type"][1] in "柳溪县社区党建调研报告"
    filled = {field for field, value in vars(it).items() if value and field != "findings"}
    assert set(bases) == filled


def test_title_of_a_notes_head_that_ends_as_any_line():
    head = '---\ntitle: "把{}当“正经事”"\nslug: note\ntags: [党建]\n---\n\n'
    body = "说到党小组，大家少有话说。公司有党小组长一百二十六名，多是班组长兼任。\n\n## 谁在当\n\n问过的四十名里，三十名是班长。\n"
    titles = []
    for subject in ("党小组长", "消防演习"):
        (it,) = clean_text(head.format(subject) + body, options=CleanOptions())
        titles.append(describe(it.text, dropped=tuple(one.line for one in it.dropped)).title)
    assert titles == ["把党小组长当“正经事”", None]  # the second is about something else


def test_empty_text_has_no_particulars():
    assert describe("") == Description()


def test_announced_title_stands_in_for_a_missing_one():
    wrapping = ("下面是小编为大家整理的2021年柳溪县社区党建调研报告,供大家参考。",)
    it = describe("近年来，社区党建不断加强，取得了新的进展。", dropped=wrapping)
    assert (it.title, it.year) == ("2021年柳溪县社区党建调研报告", 2021)


def test_hostile_text_is_linear():
    assert describe("一、" * 500_000).title is None
    assert title_block(["的" * 1_000_000]) is None
    assert describe("2016年" * 300_000).year in {None, 2016}


def test_vocabularies_are_closed():
    from pipeline import lexicon

    assert {row["org_type"] for row in lexicon.rows("org_types.csv")} <= {*OrgType, ""}
    assert {row["genre"] for row in lexicon.rows("genres.csv")} <= set(Genre)
    for name in ("org_types.csv", "genres.csv", "regions.csv", "eras.csv", "front_matter.csv"):
        assert all(row["source"] for row in lexicon.rows(name))


def write(folder, text, encoding="utf-8-sig"):
    """A metadata.csv in a folder."""
    (folder / "metadata.csv").write_bytes(text.encode(encoding))
    return folder / "metadata.csv"


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-8", "gbk"])
def test_user_metadata_as_excel_saves_it(tmp_path, encoding):
    write(tmp_path, "source_id,year,课题组\n甲\\乙.txt,2015,第一组\n丙.txt,,第二组\n", encoding)
    values = user_values(load_user_metadata([tmp_path]))
    assert values == {"甲/乙.txt": {"year": "2015", "课题组": "第一组"}, "丙.txt": {"课题组": "第二组"}}


def test_user_metadata_from_xlsx(tmp_path):
    book = openpyxl.Workbook()
    for row in (["doc_id", "year", "得分"], ["甲.txt#1", 2015, 3.0], [None, None, None]):
        book.active.append(row)
    book.save(tmp_path / "metadata.xlsx")
    assert user_values(load_user_metadata([tmp_path])) == {"甲.txt#1": {"year": "2015", "得分": "3"}}


def test_no_user_metadata_is_an_empty_frame(tmp_path):
    frame = load_user_metadata([tmp_path])
    assert frame.empty
    assert list(frame.columns) == ["id", "key", "value"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("sourceid,year\n甲.txt,2015\n", "sourceid"),
        ("source_id,year\n甲.txt,2015\n甲.txt,2016\n", "第 2 行"),
        ("source_id,year\n,2015\n", "缺 source_id"),
        ("source_id,year\n甲.txt,去年\n", "四位年份"),
        ("source_id,date\n甲.txt,2015年\n", "2019-05-06"),
        ("source_id,org_type\n甲.txt,高等学校\n", "高校"),
    ],
)
def test_user_metadata_errors_name_the_line_and_the_cure(tmp_path, text, said):
    with pytest.raises(SettingsError, match=said):
        user_metadata(write(tmp_path, text))


def test_user_values_override_and_the_rest_is_kept_apart():
    mined = describe("柳溪县社区党建调研报告\n2019年5月3日\n全县有社区九个。")
    values = {"year": "2020", "org_type": "机关", "课题组": "第一组"}
    it = overridden(mined, values)
    assert (it.year, it.date, it.org_type, it.title) == (2020, None, "机关", mined.title)
    bases = {clue.field: clue.basis for clue in it.findings}
    assert bases["year"] == bases["org_type"] == "metadata.csv"
    assert "date" not in bases
    assert list(own_columns("甲.txt#1", values)) == [{"doc_id": "甲.txt#1", "key": "课题组", "value": "第一组"}]
    assert overridden(mined, {"课题组": "第一组"}) is mined


def test_unknown_ids_are_told(tmp_path):
    user = user_metadata(write(tmp_path, "source_id,组\n甲.txt,1\n没有.txt,2\n"))
    assert unknown_ids(user, ["甲.txt", "甲.txt#1"]) == ["没有.txt"]


COLLECTION = """党建调研报告三篇
发布时间：2020-10-19　来源：春芽文库
篇一：石桥镇党建调研报告
全镇有党支部九个，党员三百名，分布在十四个村和两个社区，今年三月调研组走访了其中六个村。
阵地面积小，活动排不开，年轻党员少，会议记录不全，学习常常走过场。
篇二：柳湾乡党建调研报告
全乡有党支部七个，党员二百名，分布在十一个村，{when}调研组走访了其中五个村。
外出党员多，联系不上，党费靠家人代交，组织关系转接慢。
"""


@pytest.mark.parametrize(
    ("when", "expected"),
    [("今年四月", [2020, 2020]), ("2018年四月", [None, 2018]), ("镇里2015年以来整顿过三个村，", [2020, 2020])],
)
def test_the_page_s_day_dates_its_reports_only_if_none_tells_its_own_year(when, expected):
    parts = clean_text(COLLECTION.format(when=when), options=CleanOptions())
    assert [describe(part.text, dropped=tuple(line.line for line in part.dropped)).year for part in parts] == expected
