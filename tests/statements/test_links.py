"""Links: by order, wording, alternation and codes, each alone; with and without codes; none where nothing speaks."""

import pytest

from pipeline.settings import LinkOptions, Settings
from pipeline.statements.codebook import codes
from pipeline.statements.links import links
from pipeline.statements.others import tables_of_others
from pipeline.statements.pairing import CODE_EVIDENCE, kinds_of_evidence


def linked(points, **options):
    """The pairs (headline, headline) → row of the links of some (role, headline, body) points."""
    names = ("role", "headline", "body")
    rows = [{"statement_id": str(n), "doc_id": "甲"} | dict(zip(names, p, strict=True)) for n, p in enumerate(points)]
    frames = tables_of_others(rows)
    coded, _ = codes(*frames, options=Settings().codes)
    found, _ = links(*frames, coded, options=LinkOptions(**options))
    heads = {row["statement_id"]: row["headline"] for row in rows}
    return {(heads[row.from_id], heads[row.to_id]): row for row in found.itertuples()}


PARALLEL = [
    ("问题", "党务干部配备不足", ""),
    ("问题", "三会一课流于形式", ""),
    ("问题", "活动经费没有着落", ""),
    ("对策", "规范三会一课", ""),
    ("对策", "落实活动经费", ""),
]


def test_parallel_lists_are_linked_and_the_unanswered_stays_so():
    found = linked(PARALLEL)
    assert set(found) == {("三会一课流于形式", "规范三会一课"), ("活动经费没有着落", "落实活动经费")}
    assert all(0.4 <= row.score <= 1 for row in found.values())


def test_links_can_be_had_without_codes():
    found = linked(PARALLEL, use_codes=False)
    assert ("三会一课流于形式", "规范三会一课") in found
    assert not any(set(row.methods) & CODE_EVIDENCE for row in found.values())
    assert all(row.score == row.score_without_codes for row in found.values())


def test_what_follows_each_problem_answers_it():
    points = [
        ("问题", "窗口互不衔接", "老人要跑三个地方。"),
        ("对策", "一件事一次办完", "后台流转。"),
        ("对策", "设帮办员", ""),
        ("问题", "账目公布太晚", ""),
        ("对策", "按季上墙", ""),
    ]
    found = linked(points)
    expected = {("窗口互不衔接", "一件事一次办完"), ("窗口互不衔接", "设帮办员"), ("账目公布太晚", "按季上墙")}
    assert set(found) == expected
    assert all("directly after" in row.methods for row in found.values())


def test_a_measure_that_has_nothing_to_do_with_a_problem_answers_none():
    points = [("问题", "换届超期", ""), ("问题", "党费收缴不及时", ""), ("对策", "修好村口的桥", "")]
    assert linked(points) == {}


def test_one_measure_may_answer_two_problems():
    points = [
        ("问题", "书记兼职过多", "党务干部都是兼职。"),
        ("问题", "党务干部不懂党务", "党务干部没有培训。"),
        ("问题", "集体经济薄弱", ""),
        ("对策", "选优配强党务干部并加强培训", "减少党务干部兼职。"),
        ("对策", "发展壮大集体经济", ""),
    ]
    found = linked(points)
    assert ("党务干部不懂党务", "选优配强党务干部并加强培训") in found
    assert ("集体经济薄弱", "发展壮大集体经济") in found
    assert ("集体经济薄弱", "选优配强党务干部并加强培训") not in found


@pytest.mark.parametrize("name", ["directly after", "ordinal", "parallel wording", "reference", "cue", "code"])
def test_kinds_of_evidence_are_named(name):
    assert name in kinds_of_evidence()
