"""The scorer measures what it says, and agrees with the one that outsiders use."""

import json
import re
import subprocess
import sys

import pytest

from pipeline.evaluate.gold import matched, read_gold, same_title, similarity
from pipeline.evaluate.score import score
from pipeline.settings import SettingsError
from tests.corpus import EXAMPLE

GOLD = [
    {
        "file": "青石镇.txt",
        "reports": [
            {
                "title": "青石镇机关党建工作调研报告",
                "year": 2018,
                "org_type": "街道乡镇",
                "sections": [
                    ["一、基本情况", "现状", 1],
                    ["二、存在的主要问题", "问题", 1],
                    ["（一）组织生活不规范", "问题", 2],
                    ["（二）党务干部兼职多", "问题", 2],
                    ["三、对策建议", "对策", 1],
                    ["（一）规范组织生活", "对策", 2],
                    ["（二）配齐党务干部", "对策", 2],
                ],
                "statements": [
                    ["问题", "两个支部一年没有开过党员大会", "组织生活", "一、基本情况", True],
                    ["问题", "组织生活不规范", "组织生活", "", False],
                    ["问题", "党务干部兼职多", "党务队伍", "", False],
                    ["原因", "编制多年未增", "党务队伍", "", False],
                    ["对策", "规范组织生活", "组织生活", "", False],
                    ["对策", "配齐党务干部", "党务队伍", "", False],
                ],
                "pairs": [[1, 4], [0, 4], [2, 5]],
                "must_contain": ["每季度检查一次支部记录"],
                "must_not_contain": ["相关文章"],
            }
        ],
    }
]


@pytest.fixture
def gold(tmp_path):
    path = tmp_path / "gold.json"
    path.write_text(json.dumps(GOLD, ensure_ascii=False), "utf-8")
    return path


def test_the_worked_example_scores_full_marks(small, gold):
    measures = {m.name: m for m in score(small.project.outputs, read_gold([gold]))}
    for name in (
        "documents",
        "headings",
        "levels",
        "roles",
        "statements",
        "explicit_flag",
        "text_checks",
        "metadata_year",
    ):
        assert measures[name].value == 1.0, str(measures[name])
    assert measures["links"].value == 1.0, str(measures["links"])


def test_a_gold_claim_that_is_not_found_costs_recall(small, gold, tmp_path):
    changed = json.loads(gold.read_text("utf-8"))
    changed[0]["reports"][0]["statements"].append(["问题", "完全没有写到的另一件事", "其他", "", False])
    worse = tmp_path / "worse.json"
    worse.write_text(json.dumps(changed, ensure_ascii=False), "utf-8")
    measures = {m.name: m for m in score(small.project.outputs, read_gold([worse]))}
    assert measures["statements"].value == pytest.approx(12 / 13)
    assert measures["statements"].gold == 7


def test_matching_is_best_first_and_one_to_one():
    assert matched(["规范组织生活", "组织生活"], ["组织生活", "规范组织生活"]) == [(1, 0), (0, 1)]
    assert matched(["规范组织生活"], ["别的事情"]) == []


def test_similarity_ignores_numbering_and_width():
    assert similarity("（一）组织生活,不规范", "1.组织生活，不规范。") == 1.0
    assert similarity("配齐党务干部", "配齐党务干部和专职副书记") == 0.95
    assert similarity("", "甲") == 0.0
    assert same_title("某镇党建调研报告", "某镇党建调研报告——以三个村为例")


def test_a_file_that_is_no_gold_is_refused(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('[{"a": 1}]', "utf-8")
    with pytest.raises(SettingsError, match=re.escape("x.json")):
        read_gold([path])


def test_agrees_with_the_scorer_of_outsiders(sample, extra):
    gold = sample.project.root.parent / "gold" / "dev.json"
    command = [sys.executable, extra / "gold" / "score.py", sample.project.outputs, gold, "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)
    ours = {m.name: m.value for m in score(sample.project.outputs, read_gold([gold]))}
    for name, value in theirs.items():
        if name in ours:
            assert ours[name] == pytest.approx(value, abs=1e-4), name


def test_example_is_the_text_of_the_gold():
    assert all(row[1] in EXAMPLE for row in GOLD[0]["reports"][0]["statements"])
