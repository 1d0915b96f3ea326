"""The three tables of themes."""

import os
import subprocess
import sys

import pandas as pd
import pytest

from pipeline import tables
from pipeline.settings import ThemeOptions
from pipeline.themes.assignment import themes
from tests.rows import alone, check_declared, point, shuffled
from tests.themes.planted import planted, rows_of

OPTIONS = ThemeOptions(n_refits=2, n_terms=6, n_bootstrap=200)
INPUTS = ("statements", "tokens", "codes", "clusters")


def coded(name, code, rank=1, confidence=0.8, scheme="wendui"):
    """A row of `codes`."""
    row = {"statement_id": name, "doc_id": name.rpartition("/")[0], "scheme": scheme, "code": code, "rank": rank}
    return row | {"confidence": confidence, "deciding": []}


def corpus():
    """Frames of 20 documents with 80 points 问题 of four themes, one without a known term, and four points 对策."""
    terms, _ = planted(80)
    terms[79] = ["孤例"]
    statements, tokens = rows_of(terms)
    few, few_tokens = rows_of(planted(4)[0], side="对策")
    for row in (*few, *few_tokens):
        row["statement_id"] += "0"
    statements += few
    names = [row["statement_id"] for row in statements]
    codes = [coded(name, "经费阵地" if i % 3 else "甲/乙", confidence=i / 100) for i, name in enumerate(names[:20])]
    codes += [coded(names[0], "理论学习", rank=2, confidence=0.1), coded(names[0], "一", scheme="own")]
    frames = [statements, tokens + few_tokens, codes, alone(statements)]
    return [tables.frame(name, rows) for name, rows in zip(INPUTS, frames, strict=True)]


@pytest.fixture(scope="module")
def made():
    return themes(*corpus(), options=OPTIONS)


def test_the_tables_are_as_declared(made):
    for name, table in zip(("themes", "theme_terms", "statement_themes"), made, strict=True):
        check_declared(name, table)
    assert made[0]["theme_id"].is_unique
    assert not made[2].duplicated(["statement_id", "theme_id"]).any()


def test_codes_are_themes(made):
    rows = made[0].set_index("theme_id")
    theme = rows.loc["问题/wendui/甲/乙"]
    assert theme["label"] == "甲/乙" and theme["n_statements"] == 7 and theme["share"] == pytest.approx(7 / 80)
    assert theme["share_low"] < theme["share"] < theme["share_high"]
    assert theme[["coherence", "stability", "parent_id"]].isna().all() and theme["terms"] == []
    assert theme["exemplar_ids"] == [corpus()[0]["statement_id"][i] for i in (18, 15, 12)], "the surest ones"
    second = rows.loc["问题/wendui/理论学习"]
    assert (second["n_statements"], second["n_documents"], second["share"], second["exemplar_ids"]) == (0, 0, 0.0, [])
    assert rows.loc["问题/own/一", "label"] == "一"


def test_discovered_themes(made):
    found, terms, _ = made
    rows = found[found["scheme"] == "discovered"]
    assert rows["theme_id"].tolist() == [f"问题/discovered/{k:02d}" for k in range(1, len(rows) + 1)]
    assert len(rows) == 4 and rows["n_statements"].sum() == 79
    assert rows[["coherence", "stability", "share_low", "share_high"]].notna().all(axis=None)
    for row in tables.records(rows):
        mine = terms[terms["theme_id"] == row["theme_id"]]
        assert mine["term"].tolist() == row["terms"] and mine["rank"].tolist() == [*range(1, len(mine) + 1)]
        assert row["label"] and len(row["exemplar_ids"]) == 3


def test_a_side_with_few_points_has_no_discovered_theme(made):
    assert set(made[0]["side"][made[0]["scheme"] == "discovered"]) == {"问题"}


def test_points_have_one_primary_theme_or_no_row(made):
    weights = made[2][made[2]["scheme"] == "discovered"]
    points = corpus()[0]
    assert set(weights["statement_id"]) == set(points["statement_id"][:79])
    assert (weights.groupby("statement_id")["primary"].sum() == 1).all()
    best = weights.loc[weights.groupby("statement_id")["weight"].idxmax()]
    assert best["primary"].all() and weights["weight"].between(0, 1).all()
    both = made[2][(made[2]["statement_id"] == points["statement_id"][0]) & (made[2]["scheme"] == "wendui")]
    assert both[["theme_id", "primary"]].values.tolist() == [
        ["问题/wendui/甲/乙", True],
        ["问题/wendui/理论学习", False],
    ]


def test_row_order_does_not_matter(made):
    for mixed, table in zip(themes(*shuffled(*corpus()), options=OPTIONS), made, strict=True):
        pd.testing.assert_frame_equal(mixed, table)


def test_sub_points_and_points_of_other_roles_have_no_theme():
    rows = [point("a#1", 0, 9, "做法"), point("a#1", 10, 19), point("a#1", 12, 15, parent_id="a#1/p10")]
    inputs = [tables.frame("statements", rows), tables.frame("tokens")]
    inputs += [tables.frame("codes", [coded(row["statement_id"], "其他") for row in rows])]
    _, _, weights = themes(*inputs, tables.frame("clusters", alone(rows)), options=OPTIONS)
    assert weights["statement_id"].tolist() == ["a#1/p10"]


def test_empty_in_empty_out():
    made = themes(*(tables.frame(name) for name in INPUTS), options=OPTIONS)
    for name, table in zip(("themes", "theme_terms", "statement_themes"), made, strict=True):
        assert table.empty
        check_declared(name, table)


SCRIPT = """
import hashlib
from dataclasses import replace
from tests.themes.test_assignment import OPTIONS, corpus
from pipeline.themes.assignment import themes
for model in ("nmf", "lda"):
    made = themes(*corpus(), options=replace(OPTIONS, model=model, n_refits=1))
    print(hashlib.sha256("".join(table.to_json(double_precision=15) for table in made).encode()).hexdigest())
"""


@pytest.mark.slow
def test_hash_seed_and_threads_change_nothing():
    outputs = set()
    for i in (1, 2):
        more = {"PYTHONHASHSEED": str(i), "OMP_NUM_THREADS": str(i), "OPENBLAS_NUM_THREADS": str(i)}
        done = subprocess.run([sys.executable, "-c", SCRIPT], env=os.environ | more, capture_output=True, check=True)
        outputs.add(done.stdout)
    assert len(outputs) == 1 and len(outputs.pop().split()) == 2
