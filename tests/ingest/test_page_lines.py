"""The best cut of a page is the best of all cuts, its chances are those of all cuts, and what is left is not cut again."""

import random
from itertools import pairwise, product
from math import exp

import pytest

from pipeline.ingest.pages.cut import BEGIN, ENTER, LEAVE, _best_cut, _chances, page_lines
from pipeline.ingest.pages.line_model import buckets_of, shipped_lines
from tests.damage.messy_pages import FOLDER


def score(odds, cut):
    """The sum of a cut: the log odds of its lines less what its stretches cost."""
    switches = sum(ENTER if b else LEAVE for a, b in pairwise(cut) if a != b)
    return sum(value for value, is_page in zip(odds, cut, strict=True) if is_page) - switches - (BEGIN if cut[0] else 0)


@pytest.mark.parametrize("seed", range(20))
def test_the_cut_is_the_best_of_all(seed):
    draw = random.Random(seed)
    odds = [draw.uniform(-4, 5) for _ in range(9)]
    cuts = {cut: score(odds, cut) for cut in product((False, True), repeat=len(odds))}
    best = max(cuts, key=cuts.__getitem__)
    assert _best_cut(odds) == [i for i, is_page in enumerate(best) if is_page]
    total = sum(map(exp, cuts.values()))
    for i, chance in enumerate(_chances(odds)):
        assert chance == pytest.approx(sum(exp(cuts[cut]) for cut in cuts if cut[i]) / total, abs=0.03)


@pytest.mark.parametrize("seed", range(20))
def test_what_is_left_is_not_cut_again(seed):
    draw = random.Random(seed)
    odds = [draw.uniform(-5, 5) for _ in range(200)]
    cut = set(_best_cut(odds))
    assert cut
    assert _best_cut([value for i, value in enumerate(odds) if i not in cut]) == []


def test_a_page_with_nothing_odd_is_left():
    lines = [
        "石桥镇党建调研报告",
        "（2019年5月）",
        "一、现状",
        "全镇有支部九个，党员三百名。",
        "有人值班",
        "石桥镇党委",
    ]
    assert page_lines(lines, known=()) == {}


def test_lines_are_judged_alike_alone_and_together():
    path = sorted((FOLDER / "raw").glob("*.txt"))[0]
    lines = [line.strip() for line in path.read_text("utf-8").split("\n") if line.strip()]
    together = shipped_lines().odds(lines)
    assert together == pytest.approx([shipped_lines().odds([line])[0] for line in lines])
    assert len(shipped_lines().odds([])) == 0


def test_width_case_and_figures_do_not_count():
    found, starts = buckets_of(["ＶＩＰ 下载　第３页", "vip 下载 第8页"])
    assert (found[: starts[1]] == found[starts[1] :]).all()
