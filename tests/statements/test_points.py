"""Points of short reports whose outline is given, and what holds of any text."""

import tomllib
from pathlib import Path

import pytest

from pipeline.sections.outline import Section, parse_outline
from pipeline.sections.roles import assign_roles
from pipeline.settings import OutlineOptions, PointOptions
from pipeline.statements.points import extract_points
from pipeline.values import Role

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
        sections.append(Section(at, len(text), body, level, marker, heading, parent, Role(role) if role else None))
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
    points = extract_points(text, given_outline(text, case.get("sections")), options=PointOptions())
    found = [[str(p.role), p.headline, p.explicit] for p in points if p.parent is None]
    assert found == case["expected"]
