"""Headings, levels and spans of the outline."""

import tomllib
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sections.outline import bounded_outline, parse_outline
from pipeline.settings import OutlineOptions
from tests.corpus import EXAMPLE
from tests.growth import grows_linearly

OPTIONS = OutlineOptions()
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "outline.toml").read_text("utf-8"))["case"]
PARAMS = [
    pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * case.get("xfail", False))
    for case in CASES
]


@pytest.mark.parametrize("case", PARAMS)
def test_headings_and_levels(case):
    found = parse_outline(case["original"].strip("\n"), options=OPTIONS)
    assert [f"{section.level} {section.heading}" for section in found[1:]] == case["expected"]


def test_the_worked_example_to_the_last_offset():
    assert len(EXAMPLE.rstrip("\n")) == 239
    found = parse_outline(EXAMPLE.rstrip("\n"), options=OPTIONS)
    rows = [(s.start, s.end, s.body_start, s.level, s.marker, s.heading, s.parent) for s in found]
    assert rows == [
        (0, 239, 0, 0, None, "", None),
        (44, 86, 51, 1, "一、", "一、基本情况", 0),
        (86, 170, 96, 1, "二、", "二、存在的主要问题", 0),
        (96, 134, 107, 2, "（一）", "（一）组织生活不规范", 2),
        (134, 170, 145, 2, "（二）", "（二）党务干部兼职多", 2),
        (170, 239, 177, 1, "三、", "三、对策建议", 0),
        (177, 205, 187, 2, "（一）", "（一）规范组织生活", 5),
        (205, 239, 215, 2, "（二）", "（二）配齐党务干部", 5),
    ]


def assert_tree(text, found):
    """Spans nest, own bodies partition the text, headings are what stands there."""
    assert (found[0].start, found[0].end, found[0].level, found[0].parent) == (0, len(text), 0, None)
    for at, section in enumerate(found[1:], 1):
        parent = found[section.parent]
        assert section.parent < at and section.level == parent.level + 1
        assert parent.body_start <= section.start < section.body_start <= section.end <= parent.end
        assert text.startswith(section.heading, section.start) and section.heading
    covered = []
    for at, section in enumerate(found):
        inner = [child for child in found if child.parent == at]
        edges = [section.start, *(edge for child in inner for edge in (child.start, child.end)), section.end]
        assert edges == sorted(edges)
        covered += list(zip(edges[::2], edges[1::2], strict=True))
    covered = sorted(span for span in covered if span[0] < span[1])
    assert sum(end - start for start, end in covered) == len(text)


@pytest.mark.parametrize("case", PARAMS)
def test_spans_partition_the_text(case):
    text = case["original"].strip("\n")
    assert_tree(text, parse_outline(text, options=OPTIONS))


PIECES = [
    "镜头一　",
    "第二站——",
    "3月1日　晴",
    "▲",
    "【案由】",
    "甲、",
    "A．",
    "12公里",
    "一、",
    "二、",
    "（一）",
    "1.",
    "1.1",
    "①",
    "第一部分",
    "问题",
    "整改措施：",
    "结语",
    "附件",
    "摘要：",
    "单",
    "支部",
    "不够",
    "。",
    "，",
    "；",
    "：",
    "？",
    "“",
    "”",
    " ",
    "\n",
    "\n",
]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_text_gives_a_tree(pieces):
    text = "".join(pieces)
    assert_tree(text, parse_outline(text, options=OPTIONS))


@pytest.mark.parametrize("text", ["", "\n", " ", "一、", "（一）", "一、\n二、\n三、"])
def test_hardly_any_text(text):
    assert [section.heading for section in parse_outline(text, options=OPTIONS)] == [""]


@pytest.mark.parametrize(
    "text",
    [
        "一、" * 500_000,
        "一 " * 20 + "!",
        "一、\n" * 100_000,
        "一、问题\n" * 60_000,
        "（一）" * 100_000,
        "（一" * 100_000,
        "1" * 500_000,
        "“" * 200_000 + "一、问题。",
    ]
    + ["一、" + "甲" * 2_000_000, "一、甲 " * 100_000, "。1.甲。" * 100_000, "整改措施：\n" * 50_000]
    + [
        "题\n镜头一　甲\n正文。\n" * 15_000,
        "▲甲乙\n" * 60_000,
        "3月1日　晴\n正文。\n" * 15_000,
        "甲乙丙\n丁戊。\n" * 40_000,
    ]
    + ["".join(f"第{n}站——甲\n正文{n}。\n丁{n}\n" for n in range(1, 20_000)), "一" * 400_000, "【甲】乙。\n" * 50_000],
    ids=range(19),
)
def test_hostile_text_takes_linear_time(text):
    assert grows_linearly(partial(parse_outline, options=OPTIONS), text)


def test_too_many_numerals_leave_line_starts_only():
    text = "调研报告\n一、情况\n" + "第一、第二、第三、" * 3_000 + "。二、不在行首。正文在这里。\n二、问题\n会议太多。"
    found, is_bounded = bounded_outline(text, options=OPTIONS)
    assert is_bounded
    assert [section.heading for section in found[1:]] == ["一、情况", "二、问题"]
    assert not bounded_outline(EXAMPLE, options=OPTIONS)[1]
