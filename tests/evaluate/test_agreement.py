"""Agreement of two coders, on annotations whose agreement is known by hand."""

import json

import pytest

from pipeline.evaluate.agreement import agreement
from pipeline.settings import SettingsError

REPORT = {
    "title": "甲报告",
    "year": 2019,
    "org_type": "高校",
    "genre": "论文",
    "region": "江苏",
    "sections": [["一、现状", "现状", 1], ["二、存在的问题", "问题", 1], ["三、对策", "对策", 1]],
    "statements": [
        ["问题", "组织生活不规范", "组织生活", "二、存在的问题", False],
        ["问题", "活动经费没有着落", "经费阵地", "二、存在的问题", False],
        ["对策", "每季度检查一次支部记录", "组织生活", "三、对策", False],
        ["对策", "把活动经费列入预算", "经费阵地", "三、对策", False],
    ],
    "pairs": [[0, 2], [1, 3]],
}


@pytest.fixture
def measured(tmp_path):
    """What the agreement is between REPORT and a changed copy of it."""

    def measure(change):
        other = json.loads(json.dumps(REPORT))
        change(other)
        paths = []
        for name, report in (("a", REPORT), ("b", other)):
            path = tmp_path / f"{name}.json"
            path.write_text(json.dumps([{"file": f"S01.{name}", "reports": [report]}], ensure_ascii=False), "utf-8")
            paths.append([path])
        return {item.name: item for item in agreement(*paths)}

    return measure


def test_the_same_annotation_agrees_wholly(measured):
    assert {item.value for item in measured(lambda report: None).values()} == {1.0}


def test_another_code_lowers_kappa_as_cohen_defines_it(measured):
    found = measured(lambda report: report["statements"][0].__setitem__(2, "支部规范化"))
    # three of four agree; chance: first coder ½ 组织生活 ½ 经费阵地, second ¼ 组织生活 ½ 经费阵地 ¼ 支部规范化 → .375
    assert found["kappa_codes"].value == pytest.approx((0.75 - 0.375) / (1 - 0.375))
    assert found["f1_statements"].value == 1.0


def test_a_point_that_only_one_found_lowers_f1_and_takes_its_pair_along(measured):
    found = measured(lambda report: (report["statements"].pop(), report["pairs"].pop()))
    assert found["f1_statements"].value == pytest.approx(6 / 7)
    assert found["f1_pairs"].value == pytest.approx(2 / 3)


def test_pairs_are_compared_by_the_points_they_join(measured):
    found = measured(lambda report: report.__setitem__("pairs", [[0, 3], [1, 3]]))
    assert found["f1_pairs"].value == pytest.approx(1 / 2)


def test_another_role_is_no_match(measured):
    found = measured(lambda report: report["statements"][0].__setitem__(0, "原因"))
    assert found["f1_statements"].value == pytest.approx(3 / 4)


def test_coders_without_a_document_in_common_are_told_so(tmp_path):
    for name in "ab":
        (tmp_path / f"{name}.json").write_text(json.dumps([{"file": f"{name}.txt", "reports": [REPORT]}]), "utf-8")
    with pytest.raises(SettingsError, match="没有共同的文献"):
        agreement([tmp_path / "a.json"], [tmp_path / "b.json"])
