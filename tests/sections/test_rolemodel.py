"""The role model of sentences: its arrays, its chances, and what it learns."""

import io
import zipfile
from itertools import pairwise

import numpy as np
import pytest

from pipeline import lexicon, tables
from pipeline.grams import BITS, model_of, sentence_buckets
from pipeline.sections.rolelearning import explicit_examples, fit_roles, learn_roles, refined
from pipeline.sections.rolemodel import ROLES, shipped
from pipeline.values import Role


def told(model, sentence):
    """The chance of each role for a sentence."""
    return dict(zip(ROLES, model.probabilities([sentence])[0], strict=True))


EXAMPLES = [
    ("支部活动单调，党员不愿参加", Role.PROBLEM, 1.0),
    ("书记兼职过多，学习流于形式", Role.PROBLEM, 1.0),
    ("应当健全支部考核办法", Role.MEASURE, 1.0),
    ("建议配备专职书记，落实活动经费", Role.MEASURE, 1.0),
]


def test_chances_are_chances():
    chances = shipped().probabilities(["支部活动单调。", "", "建议每月检查一次。"])
    assert chances.shape == (3, len(ROLES))
    assert np.allclose(chances.sum(axis=1), 1) and (chances >= 0).all()
    assert shipped().probabilities([]).shape == (0, len(ROLES))


def test_the_shipped_model_knows_the_three_sides():
    plain = {
        Role.PROBLEM: "有的支部组织生活走过场，党员教育内容单调，缺乏吸引力。",
        Role.MEASURE: "应当建立健全支部考核制度，由镇党委每季度检查一次。",
        Role.BACKGROUND: "课题组采取问卷调查、座谈走访等方式，发放问卷四百份。",
    }
    for role, sentence in plain.items():
        chances = told(shipped(), sentence)
        assert max(chances, key=chances.get) == role


def test_arrays_are_plain_and_small():
    arrays = lexicon.arrays("roles.npz")
    assert {name: array.dtype.kind for name, array in arrays.items()} == {"weights": "i", "scale": "f", "bias": "f"}
    assert arrays["weights"].shape == (1 << BITS, len(ROLES))
    packed = io.BytesIO()
    np.savez_compressed(packed, **arrays)
    assert len(packed.getvalue()) < 600_000
    assert zipfile.ZipFile(io.BytesIO(packed.getvalue())).testzip() is None


def test_fitting_is_repeatable_and_separates_its_examples():
    one, other = fit_roles(EXAMPLES, strength=10.0), fit_roles(EXAMPLES, strength=10.0)
    assert all(np.array_equal(one[name], other[name]) for name in one)
    model = model_of(one)
    for sentence, role, _ in EXAMPLES:
        chances = told(model, sentence)
        assert max(chances, key=chances.get) == role
        assert chances[Role.ANNEX] < 1e-6, "a role without examples is never told"
    with pytest.raises(ValueError, match="class"):
        fit_roles(EXAMPLES[:2])


def test_digits_and_marks_do_not_matter():
    found, starts = sentence_buckets(["2019年，支部有12个。", "2020年;支部有7个", "支部", "党员"])
    one, other, third, fourth = (found[start:end].tolist() for start, end in pairwise(starts))
    assert one == other != third != fourth


def test_sentences_do_not_see_each_other():
    said = ["支部九个。", "", "、", "党\n员", "学习走过场，记录靠补", "一"]
    found, starts = sentence_buckets(said)
    for at, sentence in enumerate(said):
        assert sentence_buckets([sentence])[0].tolist() == found[starts[at] : starts[at + 1]].tolist()
        alone = shipped().probabilities([sentence])[0]
        assert np.array_equal(alone, shipped().probabilities(said)[at])


def test_learning_takes_headings_that_say_what_they_do_and_keeps_what_ships():
    text = "报告\n一、存在的问题\n甲支部活动单调。乙支部活动单调，内容老套。\n二、对策建议\n应当每月检查。应当每季讲评。\n三、往前走\n再说。"
    documents = tables.frame("documents", [])
    documents.loc[0, ["doc_id", "text"]] = ["甲#1", text]
    at = [text.index(mark) for mark in ("一、", "二、", "三、")]
    rows = [
        {
            "section_id": f"甲#1/s{start}",
            "doc_id": "甲#1",
            "parent_id": None,
            "level": 1,
            "marker": text[start : start + 2],
        }
        | {"heading": "", "role": role, "role_basis": basis, "confidence": 0.97, "start": start}
        | {"end": end, "body_start": text.index("\n", start) + 1}
        for start, end, role, basis in zip(
            at, [*at[1:], len(text)], ["问题", "对策", "经验"], ["heading", "heading", "content"], strict=True
        )
    ]
    sections = tables.frame("sections", rows)
    assert list(explicit_examples(documents, sections)) == [
        ("甲支部活动单调", Role.PROBLEM, 0.5),
        ("乙支部活动单调，内容老套", Role.PROBLEM, 0.5),
        ("应当每月检查", Role.MEASURE, 0.5),
        ("应当每季讲评", Role.MEASURE, 0.5),
    ]
    learnt = model_of(learn_roles(documents, sections))
    assert told(learnt, "甲支部活动单调")[Role.PROBLEM] > told(shipped(), "甲支部活动单调")[Role.PROBLEM]
    assert learnt.bias[ROLES.index(Role.EXPERIENCE)] == pytest.approx(
        shipped().bias[ROLES.index(Role.EXPERIENCE)], abs=1e-3
    )
    assert learn_roles(documents, sections.iloc[:1]) is None


def test_the_more_examples_the_further_a_refined_model_goes_and_what_they_do_not_touch_stays():
    one = fit_roles(EXAMPLES, strength=10.0)
    strange = "茶山雨水把路面冲垮"
    chances = [
        told(model_of(refined(one, [(strange, Role.MEASURE, 0.5), ("宽窄", Role.PROBLEM, 0.5)] * n)), strange)
        for n in (1, 20)
    ]
    before = told(model_of(one), strange)[Role.MEASURE]
    assert before < chances[0][Role.MEASURE] < chances[1][Role.MEASURE]
    same, other = model_of(one), model_of(refined(one, [(strange, Role.MEASURE, 0.5), ("宽窄", Role.PROBLEM, 0.5)]))
    untouched = ["两岸"]
    assert np.allclose(same.probabilities(untouched), other.probabilities(untouched), atol=0.02)
    assert np.array_equal(same.bias, other.bias)
