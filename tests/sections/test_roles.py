"""Roles of sections, and the table of sections."""

import tomllib
from pathlib import Path

import pytest

from pipeline import tables
from pipeline.sections.cues import heading_cues
from pipeline.sections.outline import parse_outline
from pipeline.sections.roles import assign_roles, sections
from pipeline.settings import OutlineOptions
from pipeline.values import Role, RoleBasis
from tests.corpus import EXAMPLE

OPTIONS = OutlineOptions()
CASES = tomllib.loads((Path(__file__).parents[1] / "cases" / "roles.toml").read_text("utf-8"))["case"]
PARAMS = [
    pytest.param(case, id=case["label"], marks=[pytest.mark.xfail(strict=True)] * case.get("xfail", False))
    for case in CASES
]


def roles_of(text, options=OPTIONS):
    return assign_roles(text, parse_outline(text, options=options), options=options)


@pytest.mark.parametrize("case", PARAMS)
def test_roles(case):
    found = roles_of(case["original"].strip("\n"))
    assert [f"{section.role or '?'} {section.heading}" for section in found[1:]] == case["expected"]


HEADINGS = [
    line.split(",")
    for line in (Path(__file__).parents[1] / "cases" / "heading_roles.csv").read_text("utf-8").splitlines()[2:]
]


@pytest.mark.parametrize(("heading", "role"), HEADINGS)
def test_a_heading_names_its_role(heading, role):
    cues = heading_cues(heading)
    assert cues is not None and Role(role) in cues.roles


@pytest.mark.parametrize(
    "heading",
    ["把党员组织起来", "强化问题导向", "健全完善工作机制", "谁来接班", "党员教育缺乏抓手", "让支部硬起来"]
    + ["解决实际问题", "书记带头上党课", "提升组织力"],
)
def test_a_slogan_names_none(heading):
    assert heading_cues(heading) is None


def test_the_worked_example():
    found = roles_of(EXAMPLE.rstrip("\n"))
    assert [section.role for section in found] == [
        None,
        *map(Role, ["现状", "问题", "问题", "问题", "对策", "对策", "对策"]),
    ]
    assert found[1].role_basis is RoleBasis.HEADING and found[3].role_basis is RoleBasis.POSITION
    assert found[0].role_basis is None and found[0].confidence == 0.0


def test_a_role_below_the_least_confidence_is_null():
    text = "报告\n一、办法\n每月应当开一次会。\n二、往深处走\n坚持下去。"
    assert roles_of(text, OutlineOptions(min_role_confidence=0.0))[2].role is not None
    assert roles_of(text, OutlineOptions(min_role_confidence=1.0))[1].role is None


def documents(*texts):
    names = list(tables.SCHEMAS["documents"].names)
    rows = []
    for number, text in enumerate(texts, 1):
        row = {
            "doc_id": f"甲.txt#{number}",
            "source_id": "甲.txt",
            "text": text,
            "text_sha256": "",
            "n_chars": len(text),
        }
        row |= {
            "script": "简体",
            "source_start": 0,
            "source_end": len(text),
            "edits": [],
            "damage": 0.0,
            "parse_coverage": 1.0,
        }
        rows.append({key: value for key, value in row.items() if key in names})
    return tables.frame("documents", rows)


def test_ids_and_parents():
    found, notices = sections(documents(EXAMPLE.rstrip("\n")), options=OPTIONS)
    ids = [section_id.removeprefix("甲.txt#1/") for section_id in found["section_id"]]
    assert ids == ["s", "s44", "s86", "s96", "s134", "s170", "s177", "s205"]
    parents = [row["parent_id"] and row["parent_id"].removeprefix("甲.txt#1/") for row in tables.records(found)]
    assert parents == [None, "s", "s", "s86", "s86", "s", "s170", "s170"]
    assert notices.empty and list(notices.columns) == tables.SCHEMAS["notices"].names


def test_too_many_numerals_are_reported():
    found, notices = sections(documents(EXAMPLE, "题\n" + "一、" * 6_000), options=OPTIONS)
    assert notices[["doc_id", "status", "reason"]].values.tolist() == [["甲.txt#2", "partial", "E-OUTLINE-LIMIT"]]
    assert found["doc_id"].value_counts().to_dict() == {"甲.txt#1": 8, "甲.txt#2": 1}


def test_nothing_in_nothing_out():
    found, notices = sections(documents(), options=OPTIONS)
    assert found.empty and found.dtypes.equals(tables.frame("sections").dtypes) and notices.empty


def test_documents_do_not_see_each_other():
    texts = [case["original"].strip("\n") for case in CASES]
    whole, _ = sections(documents(*texts), options=OPTIONS)
    for number, text in enumerate(texts, 1):
        alone, _ = sections(documents(text), options=OPTIONS)
        part = whole[whole["doc_id"] == f"甲.txt#{number}"]
        assert part["role"].fillna("").tolist() == alone["role"].fillna("").tolist()
        assert part["start"].tolist() == alone["start"].tolist()
