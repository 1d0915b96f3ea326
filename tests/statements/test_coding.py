"""Codes of points: by themselves, among siblings, beside what answers them; and confidences that are borne out."""

import numpy as np
import pytest

from pipeline import lexicon
from pipeline.settings import CodeOptions
from pipeline.statements.classifier import calibrated, grams_of, packed, shipped_classifier, text_scores, unpacked
from pipeline.statements.codebook import code_point
from pipeline.statements.context import chances_in_context
from pipeline.statements.schemes import own_codebook

CASES = [
    ("问题", "远程教育设备常年不开机", "信息化"),
    ("问题", "外出务工党员一年见不着几回", "流动党员"),
    ("问题", "党务和业务各唱各的调", "党建业务融合"),
    ("原因", "绩效考核不看支部工作", "制度考核"),
    ("对策", "为每个支部配一名专职副书记", "党务队伍"),
    ("对策", "盘活闲置校舍，让集体有收入", "经费阵地"),
    ("对策", "在快递站点建立联合党支部", "组织设置覆盖"),
]


@pytest.mark.parametrize(("side", "headline", "code"), CASES)
def test_plain_headlines_get_their_code(side, headline, code):
    first = code_point(headline, "", side=side)[0]
    assert first.code == code
    assert first.rank == 1 and 0 < first.confidence < 1
    assert all(word in headline for word in first.deciding) and first.deciding


CODES = tuple(row["code"] for row in lexicon.rows("codebook.csv"))


def test_what_says_nothing_is_unsure_and_has_a_second_guess():
    coded = code_point("Ω", "", side="问题", options=CodeOptions(min_confidence=0.99))
    assert coded[0].code == "其他"
    assert coded[1].code != "其他" and coded[1].rank == 2


def test_the_body_decides_where_the_headline_is_a_nickname():
    bodies = ("党员外出务工后失去联系，组织关系不转。", "活动室是租来的，没有经费买桌椅。")
    first, second = (code_point("“断线”", body, side="问题")[0].code for body in bodies)
    assert (first, second) == ("流动党员", "经费阵地")


def test_siblings_push_apart_and_measures_do_not():
    scores = np.array([[1.0, 0.9, 0.0], [1.0, 0.2, 0.0]])
    assert chances_in_context(scores, ["问题", "问题"], []).argmax(axis=1).tolist() == [1, 0]
    assert chances_in_context(scores, ["对策", "对策"], []).argmax(axis=1).tolist() == [0, 0]


def test_a_likely_partner_settles_a_doubt_and_an_unlikely_one_does_not():
    scores = np.array([[2.0, 0.0], [0.5, 0.6]])
    sides = ["问题", "对策"]
    assert chances_in_context(scores, sides, [(0, 1, 0.9)]).argmax(axis=1).tolist() == [0, 0]
    assert chances_in_context(scores, sides, [(0, 1, 0.05)]).argmax(axis=1).tolist() == [0, 1]


def test_packing_keeps_scores():
    grams, weights = ["换届", "经费"], np.array([[1.0, -0.5], [-1.0, 0.7]])
    small = unpacked(packed(["甲", "乙"], grams, np.ones(2), weights, np.zeros(2)))
    assert np.allclose(text_scores(["换届"], small), [[1.0, -0.5]], atol=0.01)
    assert np.allclose(text_scores(["无关", ""], small), 0)


def test_calibration_keeps_the_order_and_sums_to_one():
    for chances in (np.array([0.9, 0.06, 0.04]), np.array([0.4, 0.35, 0.25])):
        changed = calibrated(chances, shipped_classifier())
        assert changed.sum() == pytest.approx(1) and changed.argmax() == chances.argmax()


def test_shipped_classifier_knows_the_codebook():
    assert shipped_classifier().codes == own_codebook().codes == CODES


@pytest.mark.parametrize(("name", "what"), [("codes", "编码"), ("links", "配对")])
def test_calibration_curves_ship_and_are_close(name, what):
    rows = lexicon.rows(f"calibration_{name}.csv")
    n = sum(int(row["n"]) for row in rows)
    error = sum(int(r["n"]) / n * abs(float(r["confidence"]) - float(r["accuracy"])) for r in rows)
    assert [(row["what"], row["bin"]) for row in rows] == [(what, str(i)) for i in range(1, 6)]
    assert all(row["source"] for row in rows) and error <= 0.06


def test_numbers_are_one_character():
    assert grams_of("12名") == grams_of("7名") == ["0", "名", "0名"]


@pytest.mark.parametrize(("name", "least"), [("headlines", 5_000), ("statements", 4_900)])
def test_coded_texts_are_many_and_never_contradict_each_other(name, least):
    rows = lexicon.rows(f"coded_{name}.csv")
    assert len(rows) >= least
    assert {row["code"] for row in rows} == set(CODES)
    assert len({(row["headline"], row["side"]) for row in rows}) == len(rows)
    assert all(row["source"] for row in rows)
