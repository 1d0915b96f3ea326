"""What speaks for the roles of sections: evidence and traits have the shapes that the shipped field weighs."""

import numpy as np
import pytest

from pipeline import lexicon
from pipeline.sections.cues import heading_cues
from pipeline.sections.evidence import CUE_ABOVE, CUE_ALONE
from pipeline.sections.judgement import judgements, observed
from pipeline.sections.outline import parse_outline
from pipeline.sections.report import report_of
from pipeline.sections.rolemodel import ROLES, shipped
from pipeline.settings import OutlineOptions
from pipeline.values import Role

OPTIONS = OutlineOptions()
TEXT = "南坡支部调研\n一、存在的问题\n（一）会开得少。去年只开过两回。\n（二）人聚不齐。\n二、对策建议\n应当每月开一次会，由书记主持。"


def report():
    return report_of(TEXT, parse_outline(TEXT, options=OPTIONS))


def test_shapes_are_those_of_the_shipped_field():
    evidence, traits = observed(report(), shipped())
    arrays = lexicon.arrays("section_roles.npz")
    assert evidence.shape == (5, *arrays["evidence"].shape)
    assert traits.shape == (5, len(arrays["plain"])) and arrays["plain"].shape[1] == len(ROLES)
    assert np.isfinite(evidence).all() and np.isfinite(traits).all()
    assert {array.dtype.kind for array in arrays.values()} == {"f"}


def test_a_heading_speaks_for_itself_and_for_what_is_inside():
    evidence, _ = observed(report(), shipped())
    problem, measure = ROLES.index(Role.PROBLEM), ROLES.index(Role.MEASURE)
    assert evidence[1, CUE_ALONE, problem] > 0 < evidence[4, CUE_ALONE, measure]
    assert evidence[2, CUE_ALONE, problem] == 0 < evidence[2, CUE_ABOVE, problem]
    assert evidence[4, CUE_ABOVE].tolist() == [0.0] * len(ROLES)


def test_an_issue_that_is_answered_below_is_a_problem_however_long_the_answer():
    text = (
        "园区走访\n一、门难进\n（一）表现\n铁门常锁。\n（二）对策\n" + "应当每天开门，由值班党员守着，并公布电话。" * 6
    )
    found = judgements(text, parse_outline(text, options=OPTIONS))
    assert [judged and judged.role for judged in found] == [None, Role.PROBLEM, Role.PROBLEM, Role.MEASURE]


def test_many_alike_items_count_as_some():
    items = "".join(f"（{mark}）开好第{mark}场会。\n" for mark in "一二三四五六七八九")
    text = f"支部总结\n一、主要做法\n{items}二、存在的问题\n人少。"
    damping = report_of(text, parse_outline(text, options=OPTIONS)).damping()
    assert damping[1] == damping[-1] == 1.0 and 0 < damping[2] < 1.0


@pytest.mark.parametrize(
    ("heading", "is_clause", "is_last"),
    [("做法：三张桌子", True, True), ("支部涣散的原因", False, True), ("主要问题", True, True), ("摘　要", True, True)],
)
def test_where_a_cue_stands(heading, is_clause, is_last):
    cues = heading_cues(heading)
    assert cues is not None and (cues.is_clause, cues.is_last) == (is_clause, is_last)


def test_nothing_to_judge_by_is_no_role():
    text = "山中笔记\n一、路\n弯。\n二、桥\n石头的。"
    assert judgements(text, parse_outline(text, options=OPTIONS))[1:] == [None, None]
    assert judgements("一句话。", parse_outline("一句话。", options=OPTIONS)) == [None]
