"""What is shown of the units around a unit, against the same worked out unit by unit."""

import numpy as np
import pytest

from pipeline.sections.outline import parse_outline
from pipeline.sections.roles import assign_roles
from pipeline.settings import OutlineOptions
from pipeline.statements.outline import Outline
from pipeline.statements.sheets import sheet_of
from pipeline.statements.surroundings import ABSENT, N_SURROUNDINGS, REACH, surroundings

TEXT = (
    "石桥乡支部调查\n一、短处\n（一）书记年纪偏大。平均五十八岁。没有人接。\n（二）党课没人听。台下睡倒一片；记录也缺。\n"
    "（三）经费不足。全年两百元。\n二、打算\n一是把党课开到茶园里。二是由乡里每年补两名副书记。三是添灯。"
)


@pytest.fixture(scope="module")
def sheet():
    found = assign_roles(TEXT, parse_outline(TEXT, options=OutlineOptions()), options=OutlineOptions())
    return sheet_of(Outline(TEXT, found), [])


@pytest.fixture(scope="module")
def chances(sheet):
    return np.random.default_rng(3).dirichlet(np.ones(4), size=len(sheet.units)).round(1)


def beside(sheet, n):
    """The other units beside one: headings of one parent, or the units of one body."""
    unit, sections = sheet.units[n], sheet.outline.sections

    def place(one):
        section = sections[one.section]
        return (True, section.parent or 0) if one.is_heading else (False, one.section)

    return [i for i, other in enumerate(sheet.units) if i != n and place(other) == place(unit)]


def test_each_column_is_what_it_says(sheet, chances):
    table = surroundings(sheet, chances)
    assert table.shape == (len(sheet.units), N_SURROUNDINGS)
    near = 4 * (1 + 2 * REACH)
    for n, unit in enumerate(sheet.units):
        others = beside(sheet, n)
        means, highest = table[n, near : near + 4], table[n, near + 4 : near + 8]
        likelier, came = table[n, near + 8 : near + 11], table[n, near + 11 : near + 14]
        if others:
            assert means == pytest.approx(chances[others].mean(axis=0), abs=1e-5)
            assert highest == pytest.approx(chances[others].max(axis=0), abs=1e-5)
        else:
            assert (means == ABSENT).all() and (highest == ABSENT).all()
        assert likelier.tolist() == (chances[others, 1:] > chances[n, 1:]).sum(axis=0).tolist()
        before = [i for i in others if i < n]
        assert came == pytest.approx(chances[before, 1:].sum(axis=0), abs=1e-5)
        above = sheet.heads.get(unit.section)
        assert table[n, near + 14 : near + 18] == pytest.approx(chances[above] if above is not None else ABSENT)
        below = list(range(n + 1, sheet.within(unit.section).stop)) if unit.is_heading else []
        sums, most = table[n, near + 22 : near + 26], table[n, near + 26 : near + 30]
        assert sums == pytest.approx(chances[below].sum(axis=0), abs=1e-5)
        assert most == pytest.approx(chances[below].max(axis=0) if below else ABSENT)
    assert table[:, -3:] == pytest.approx(np.tile(chances[:, 1:].sum(axis=0), (len(chances), 1)))


def test_a_report_without_units_shows_nothing(sheet):
    empty = sheet_of(Outline("札记", parse_outline("札记", options=OutlineOptions())), [])
    assert surroundings(empty, np.zeros((0, 4))).shape == (0, N_SURROUNDINGS)
