"""The lexicon of wrapping: every row keeps its hands off its counter-example, and pages of many kinds lose all that is theirs."""

import random
import re
import time
from functools import partial

import pytest

from pipeline import lexicon
from pipeline.ingest.clean import clean_text
from pipeline.ingest.pages.wrapping import particular, pattern
from pipeline.settings import CleanOptions
from tests.damage.families import add_page
from tests.damage.pages import HEADS, TAILS
from tests.growth import grows_linearly

ROWS = lexicon.rows("wrapping.csv")
REPORT = """石桥镇流动党员教育管理情况的调研报告
全镇有流动党员八十二名，分布在九个省份，今年三月调研组走访了其中六个村，访谈党员五十名。
一、存在的问题
（一）联系不上。外出党员多，党费靠家人代交，组织关系转接慢，学习材料寄不到手里。
二、对策建议
（一）在务工集中的地方建流动支部，每季度通一次电话，建立台账，由镇组织委员负责。
"""


@pytest.mark.parametrize("row", [row for row in ROWS if row["counter_example"]], ids=lambda row: row["counter_example"])
def test_counter_examples_are_no_wrapping(row):
    text = row["counter_example"]
    if row["kind"].startswith("field:"):
        assert particular(text) is None or text.rstrip("。") == text
    elif row["kind"].startswith("opening"):
        assert re.match(row["pattern"], text) is None
    else:
        assert re.fullmatch(row["pattern"], text) is None


def test_every_row_has_a_source():
    assert all(row["source"] for row in ROWS)


@pytest.mark.parametrize("seed", range(60))
def test_a_page_loses_its_wrapping_and_nothing_of_the_report(seed):
    page = add_page(REPORT, random.Random(seed))
    assert len(page) > len(REPORT) + 20
    assert [part.text for part in clean_text(page, options=CleanOptions())] == [REPORT.strip()]


def test_pages_are_of_many_kinds():
    drawn = {
        name for seed in range(60) for name in HEADS if HEADS[name][0][:6] in add_page(REPORT, random.Random(seed))
    }
    assert len(drawn) >= len(HEADS) - 2
    assert len(TAILS) >= 10


HOSTILE = [
    *("1" * 170, "1 " * 85, "[1]" * 56, "a | " * 42, "阅读   " * 30, "【打印】   " * 20, "." * 170, "…" * 170),
    *("Vol " * 42, "上一页 " * 42, "2019年" * 30, "★" * 170, "»x" * 80, "> " * 85, "─ " * 85, "第 1 卷 " * 25),
]


@pytest.mark.parametrize("line", HOSTILE, ids=lambda line: line[:6])
def test_no_pattern_goes_wild(line):
    started = time.process_time()
    for kind in {row["kind"] for row in ROWS if not row["kind"].startswith("field")}:
        for text in (line, f"{line}完。"):
            pattern(kind).fullmatch(text)
            pattern(kind).search(text)
    assert time.process_time() - started < 2  # a wild one takes minutes


HOSTILE_TEXTS = [
    *("— 1 —\n2\n" * 20_000, "<script>" * 40_000, "一、一、" * 60_000, "> " * 200_000),
    *("石桥镇党建调研报告（2）\n" * 20_000, "【标题】石桥\n【作者】某\n【正文】文\n" * 8_000),
    *("大家都在看\n▸ 链接甲乙丙丁\n" * 9_000, "====== 猜你喜欢 ======\n一\n" * 6_000, "# 甲\n**乙" * 20_000),
    *(
        "大家都在看\n石桥镇有党员三百名，其中六成在外务工，以往支部不管。\n" * 2_500,
        "学院有教工、\n党支部\n9个、学生\n" * 9_000,
    ),
    *("早晨五点四十分，石桥监区的门还没有开，　　个支部里按月开会的只有九个\n" * 4_000, "〔删：甲〔增：" * 20_000),
    *("a,标题,正文\n" + '1,"石桥,"' * 30_000, "目录\n石桥镇党建调研报告……1\n" * 6_000, "[a](http://x\n" * 20_000),
    *("一、甲乙丙（续）\n" * 12_000, "全镇有支部九个。\n--\n甲\n" * 6_000),
    "".join(f"{n % 9 + 1} 石桥镇的灯和河\n" for n in range(12_000)),
    "".join(f"{n:5}  全镇有支部九个，活动排不开。学习常常走\n" for n in range(1, 8_000)),
    "各支部情况如下：\n· 第一支部\n" * 9_000,
    "石桥镇党委\n2020年5月6日\n在大会上的讲话\n（2020年5月7日）\n全镇有支部九个。\n" * 3_000,
]


@pytest.mark.parametrize("text", HOSTILE_TEXTS, ids=lambda text: text[:8])
def test_hostile_texts_end(text):
    assert grows_linearly(partial(clean_text, options=CleanOptions()), text)
