"""Points of short reports whose outline is given, and what holds of any text."""

import tomllib
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from pipeline.sections.outline import Section, parse_outline
from pipeline.sections.roles import assign_roles
from pipeline.settings import OutlineOptions, PointOptions
from pipeline.statements.points import extract_points
from pipeline.values import Role, RoleBasis
from tests.growth import grows_linearly

RULES = PointOptions(min_implicit_confidence=0.5, judged=False)
"""The rules alone: what a case shows is what some rule is for."""
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "points.toml").read_text("utf-8"))["case"]
PARAMS = [
    pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * case.get("xfail", False))
    for case in CASES
]


def given_outline(text, rows):
    """The section tree that a case states; without rows, the one that the text itself gives."""
    if rows is None:
        found = parse_outline(text, options=OutlineOptions())
        return assign_roles(text, found, options=OutlineOptions())
    sections, at = [Section(0, len(text), 0, 0, None, "", None)], 0
    for heading, role, level in rows:
        at = text.index(heading, at)
        marker = next((mark for mark in MARKS if heading.startswith(mark)), None)
        body = at + len(heading)
        while body < len(text) and text[body] in "。：:？ \n":
            body += 1
        parent = max(i for i, one in enumerate(sections) if one.level < level and (one.end > at))
        for one in range(1, len(sections)):
            if sections[one].level >= level and sections[one].end == len(text):
                sections[one] = replace_end(sections[one], at)
        parent = max(i for i, one in enumerate(sections) if one.level < level and one.end == len(text))
        told = (Role(role), RoleBasis.HEADING, 0.95) if role else ()
        sections.append(Section(at, len(text), body, level, marker, heading, parent, *told))
        at = body
    return sections


def replace_end(section, end):
    """The section with another end."""
    fields = {name: getattr(section, name) for name in section.__dataclass_fields__} | {"end": end}
    return Section(**fields)


MARKS = (
    [f"（{n}）" for n in "一二三四五六七八九十"]
    + [f"{n}、" for n in "一二三四五六七八九十"]
    + [f"{n}{mark}" for n in range(1, 10) for mark in ("．", ".", "、")]
    + [f"问题{n}：" for n in "一二三四五六七八九十"]
)


@pytest.mark.parametrize("case", PARAMS)
def test_points(case):
    text = case["original"].strip("\n")
    points = extract_points(text, given_outline(text, case.get("sections")), options=RULES)
    found = [[str(p.role), p.headline, p.explicit] for p in points if p.parent is None]
    assert found == case["expected"]


PIECES = [
    "一、存在的问题\n",
    "二、对策建议\n",
    "（一）",
    "一是",
    "二是",
    "第一，",
    "有的",
    "究其原因，",
    "建议",
    "但",
    "整改措施：",
] + ["怎么办？", "支部活动单调", "不够", "应当检查", "。", "；", "，", "：", "“", "”", ".", "\n", " ", "三个方面"]


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=50))
def test_points_of_any_text_obey_the_laws(pieces):
    text = "".join(pieces)
    sections = given_outline(text, None)
    points = extract_points(text, sections, options=PointOptions())
    last = 0
    for point in points:
        assert text[point.headline_start : point.headline_end] == point.headline != ""
        assert point.start <= point.headline_start < point.headline_end <= point.end
        assert 0 < point.confidence <= 1
        home = sections[point.section]
        assert home.start <= point.headline_start < home.end or (home.start, home.end) == (0, len(text))
        if point.parent is None:
            assert point.start >= last
            last = point.end
        else:
            around = points[point.parent]
            assert around.parent is None and around.role == point.role
            assert around.start <= point.start and point.end <= around.end


@pytest.mark.parametrize(
    "text",
    [
        "但支部活动不够。" * 10_000,
        "一、存在的问题\n" + "一是甲不够。" * 60_000,
        "甲" * 1_000_000,
        "，" * 500_000,
        "有的" * 200_000,
    ]
    + [
        "一、问题\n" + "甲不够；" * 100_000,
        "建议：" * 150_000,
        "怎么办？" * 100_000,
        "“" * 300_000,
        "问题有三个：" * 15_000,
    ],
    ids=range(10),
)
def test_hostile_text_takes_linear_time(text):
    assert grows_linearly(_points_of, text)


def _points_of(text):
    """The points of a text that is one section."""
    return extract_points(text, [Section(0, len(text), 0, 0, None, "", None)], options=PointOptions())


def test_a_point_is_no_surer_than_the_role_of_its_section():
    text = "一、存在的问题\n一是学习不深。二是活动不多。"
    sure, unsure = (
        [
            Section(0, len(text), 0, 0, None, "", None),
            Section(0, len(text), 8, 1, "一、", "一、存在的问题", 0, Role.PROBLEM, None, confidence),
        ]
        for confidence in (1.0, 0.6)
    )
    first, second = (extract_points(text, tree, options=PointOptions())[0].confidence for tree in (sure, unsure))
    assert first > second


REVIEW = frozenset([Role.PRACTICE, Role.RESULT, Role.GOAL])


def test_work_reports_tell_hardly_a_problem_where_they_tell_of_work(extra):
    """At most one 问题 per 10,000 characters of 做法, 成效 and 目标; these hold most of the text of the provinces' reports."""
    n_problems = n_review = n_provinces = n_review_provinces = 0
    for path in sorted((extra / "gov").rglob("*.txt")):
        text = path.read_text("utf-8")
        sections = given_outline(text, None)
        own = [one.end - one.start for one in sections]
        for one in sections[1:]:
            own[one.parent] -= one.end - one.start
        review = sum(n for n, one in zip(own, sections, strict=True) if one.role in REVIEW)
        points = extract_points(text, sections, options=PointOptions())
        n_problems += sum(p.role == Role.PROBLEM and sections[p.section].role in REVIEW for p in points)
        n_review += review
        if path.parent.name.startswith("provinces"):
            n_provinces += len(text)
            n_review_provinces += review
    assert n_problems <= n_review / 10_000
    assert n_review_provinces >= 0.6 * n_provinces


def test_a_scene_in_a_surmised_section_is_no_claim():
    """Where only the text tells the role, a day's heading is no problem and each paragraph gives its clearest fault."""
    day = "3月11日　晴　柏树营业所"
    fault = "支部三年没有开过一次会，党员不知道书记是谁。"
    text = f"{day}\n早上六点坐班车进山，街口的包子铺刚刚揭锅。{fault}"
    sections = [
        Section(0, len(text), 0, 0, None, "", None),
        Section(0, len(text), len(day) + 1, 1, None, day, 0, Role.PROBLEM, RoleBasis.CONTENT, 0.8),
    ]
    points = extract_points(text, sections, options=PointOptions())
    assert [(p.role, p.headline) for p in points] == [(Role.PROBLEM, fault[:-1])]
