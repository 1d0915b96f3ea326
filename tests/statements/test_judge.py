"""The judge of claims: trees as they were fitted, units and wordings, and what it may not do."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.sections.outline import parse_outline
from pipeline.sections.roles import assign_roles
from pipeline.settings import OutlineOptions, PointOptions
from pipeline.statements.judge import judged_drafts
from pipeline.statements.opinions import shipped_judge
from pipeline.statements.outline import Outline
from pipeline.statements.outlined import draft_points
from pipeline.statements.phrasing import shipped_choice
from pipeline.statements.points import extract_points
from pipeline.statements.sheets import N_TRAITS, sheet_of, shipped_claims, shipped_clauses
from pipeline.statements.surroundings import N_SURROUNDINGS
from pipeline.statements.units import units_of
from pipeline.statements.wordings import wordings
from pipeline.trees import forest_of
from tests.train.forests import arrays_of

TEXTS = (
    "石桥乡支部调查\n一、家底\n全乡支部十二个，党员三百零六名。不过，山上三个支部两年没有开过一次会。\n二、短处\n书记年纪偏大，"
    "平均五十八岁。\n党课照着稿子念，台下睡倒一片。\n三、缘由\n说到底，是乡里考核只看台账。\n四、打算\n一是把党课开到茶园里。二是由乡里每年补两名副书记。",
    "鹤岭公司党委述职\n这一年，党委办成三件事，解决了会议室不足的难题。\n存在的问题主要有两个方面。一是班组学习抓得松。二是青年党员发展得慢。"
    "\n下一步，我们将把学习排进班前会。",
)


def sheet(text):
    """The units of a text with what rules found in them."""
    found = parse_outline(text, options=OutlineOptions())
    outline = Outline(text, assign_roles(text, found, options=OutlineOptions()))
    return sheet_of(outline, draft_points(outline, options=PointOptions()))


@pytest.mark.parametrize("n_classes", [2, 4])
def test_trees_say_what_the_fitted_machine_says(n_classes):
    rng = np.random.default_rng(n_classes)
    rows = rng.normal(size=(600, 7)).astype(np.float32)
    rows[:, 3] = np.round(rows[:, 3])
    classes = (np.abs(rows[:, 0] + rows[:, 3]) * 1.3).astype(int) % n_classes
    machine = HistGradientBoostingClassifier(max_iter=20, max_leaf_nodes=16, random_state=0).fit(rows, classes)
    forest = forest_of(arrays_of(machine))
    fresh = rng.normal(size=(300, 7)).astype(np.float32)
    expected = machine.predict_proba(fresh)
    found = forest.chances(fresh) if n_classes > 2 else 1 / (1 + np.exp(-forest.log_odds(fresh)[0]))
    assert np.abs(found - (expected if n_classes > 2 else expected[:, 1])).max() < 1e-6


def test_the_shipped_trees_fit_what_is_seen():
    judge = shipped_judge()
    assert judge.first.feature.max() < N_TRAITS <= judge.second.feature.max() < N_TRAITS + N_SURROUNDINGS
    assert sheet(TEXTS[0]).traits.shape[1] == N_TRAITS
    assert {len(one.bias) for one in (judge.first, judge.second, shipped_claims(), shipped_clauses())} == {4}
    assert len(shipped_choice().bias) == 1


def test_a_report_is_judged_alike_alone_and_among_others():
    sheets = [sheet(text) for text in TEXTS]
    together = judged_drafts(sheets, least=0.35)
    assert together == [judged_drafts([one], least=0.35)[0] for one in sheets]
    assert judged_drafts([], least=0.35) == []


def test_words_alone_tell_claims_of_each_side():
    said = ["2019年全乡有支部十二个", "党员教育管理流于形式", "由于考核只看台账", "建立健全支部考核办法"]
    assert shipped_claims().probabilities(said).argmax(axis=1).tolist() == [0, 1, 2, 3]


def test_units_are_in_order_and_apart():
    for text in TEXTS:
        units = units_of(sheet(text).outline)
        assert all(one.end <= other.start for one, other in pairwise(units))
        assert all(text[unit.start : unit.end].strip() for unit in units)


def test_claims_in_plain_words_are_found():
    told = [(str(p.role), p.headline) for p in extract(TEXTS[0]) if p.parent is None]
    assert ("问题", "山上三个支部两年没有开过一次会") in told
    assert {role for role, _ in told} == {"问题", "原因", "对策"}
    assert not any("支部十二个" in words for _, words in told)


class Doubt:
    """A judge to whom every unit is as likely a problem as told, and else claims nothing."""

    def __init__(self, problem):
        self.row = [0.98 - problem, problem, 0.01, 0.01]

    def chances(self, sheets):
        """The same for each unit."""
        return [np.tile(self.row, (len(one.units), 1)) for one in sheets]


@pytest.mark.parametrize(("problem", "n_claims"), [(0.15, 2), (0.03, 0)])
def test_a_section_of_problems_holds_one_unless_none_is_likely(problem, n_claims):
    """Where no unit is surely a claim: a section each, none above, none of other sides, and what announces is none."""
    text = "石桥乡支部调查\n一、存在问题\n问题有以下几个方面。\n（一）学习方面\n山上听不到课。\n（二）场所方面\n院里没有灯。\n二、今后打算\n镇里装灯。"
    found = assign_roles(text, parse_outline(text, options=OutlineOptions()), options=OutlineOptions())
    (told,) = judged_drafts([sheet_of(Outline(text, found), [])], least=0.35, judge=Doubt(problem))
    assert [claim.role for claim in told] == ["问题"] * n_claims


class Sure:
    """A judge to whom every sentence of a body is a claim of one class."""

    def __init__(self, kind):
        self.kind = kind

    def chances(self, sheets):
        """A body's sentences are sure claims; headings are none."""
        rows = np.eye(4)
        return [rows[[0 if unit.is_heading else self.kind for unit in one.units]] for one in sheets]


@pytest.mark.parametrize(
    ("role", "kind", "is_explicit"),
    [("问题", 2, True), ("原因", 1, True), ("问题", 3, False), ("现状", 2, False), ("现状", 1, False)],
)
def test_causes_among_problems_are_explicit_like_problems_among_causes(role, kind, is_explicit):
    text = "石桥乡支部走访\n一、村里的支部\n山上听不到课。"
    body = parse_outline(text, options=OutlineOptions())
    sections = [body[0], replace(body[1], role=role)]
    (told,) = judged_drafts([sheet_of(Outline(text, sections), [])], least=0.35, judge=Sure(kind))
    assert [claim.explicit for claim in told] == [is_explicit]


def test_what_only_announces_or_is_solved_is_no_claim():
    told = [p.headline for p in extract(TEXTS[1])]
    assert "班组学习抓得松" in told
    assert not any("存在的问题" in words or "难题" in words for words in told)


def extract(text):
    """The points of a text."""
    found = assign_roles(text, parse_outline(text, options=OutlineOptions()), options=OutlineOptions())
    return extract_points(text, found, options=PointOptions())


def test_a_wording_may_begin_behind_its_lead_in():
    text = "说到底，根子在材料不对路，没人看。"
    told = {text[one.start : one.end] for one in wordings(text, 0, len(text))}
    assert {"材料不对路", "根子在材料不对路，没人看", "说到底"} <= told


def test_rules_alone_can_be_had():
    text = TEXTS[0]
    found = assign_roles(text, parse_outline(text, options=OutlineOptions()), options=OutlineOptions())
    rules = extract_points(text, found, options=PointOptions(judged=False))
    assert [p.confidence for p in rules] != [p.confidence for p in extract(text)]
