"""Who answers whom: nothing is flagged where links are shuffled, and planted mismatches are found."""

import numpy as np
import pandas as pd
import pytest

from pipeline import tables
from pipeline.compare.groups import comparisons
from pipeline.compare.response import standing
from pipeline.settings import CompareOptions
from tests.compare.test_groups import assigned
from tests.rows import alone, check_declared, document, linked, point

OPTIONS = CompareOptions(by=("org_type",), n_bootstrap=40, n_permutations=999)
CODES = [f"码{i:02d}" for i in range(12)]
IGNORED, IDLE, GENERIC = CODES[:3], CODES[3:6], CODES[6:8]
"""Codes that are raised and not answered; whose measures answer nothing; whose measures are attached to everything."""
TABLES = ("unanswered", "unmatched", "coverage", "matrix")


def reports(*, is_planted, seed=1, n=60):
    """Frames of reports whose links follow codes only if something is planted; else any measure answers any problem."""
    random = np.random.default_rng(seed)
    documents, points, given, links = [], [], [], []
    for i in range(n):
        name = f"{i:03d}.txt#1"
        documents.append(document(name, org_type="国企" if i % 2 else "高校"))
        sides = {side: random.choice(CODES, size=6, replace=False).tolist() for side in ("问题", "对策")}
        rows = {
            side: [point(name, 10 * k + (0 if side == "问题" else 500), 0, side) for k in range(6)] for side in sides
        }
        for side, codes in sides.items():
            points += rows[side]
            given += [assigned(row, code) for row, code in zip(rows[side], codes, strict=True)]
        for a, b in np.ndindex(6, 6):
            asked, answer = sides["问题"][a], sides["对策"][b]
            odds = 0.15
            if is_planted:
                odds = 0 if asked in IGNORED or answer in IDLE else 0.9 if answer in GENERIC else 0.15
            if random.random() < odds:
                links.append(linked(rows["问题"][a], rows["对策"][b]))
    frames = {"documents": documents, "statements": points, "metadata": [], "clusters": alone(points)}
    frames |= {"statement_themes": given, "links": links}
    return {name: tables.frame(name, rows) for name, rows in frames.items()}


def compared(frames):
    found, evidence = comparisons(**frames, options=OPTIONS)
    check_declared("comparisons", found)
    return found[(found["counting"] == "raw")], evidence


@pytest.fixture(scope="module")
def planted():
    return compared(reports(is_planted=True))


def flagged(cells, table, sign):
    rows = cells[(cells["table"] == table) & (cells["by"] == "全部") & (cells["q"] < 0.05)]
    return {row.rpartition("/")[2] for row in rows["row"][rows["effect"] * sign > 0]}


def test_planted_mismatches_are_found(planted):
    cells, _ = planted
    found = [
        *(flagged(cells, "unanswered", 1) & set(IGNORED)),
        *(flagged(cells, "unmatched", 1) & set(IDLE)),
        *(flagged(cells, "coverage", 1) & set(GENERIC)),
    ]
    assert len(found) >= 0.8 * len(IGNORED + IDLE + GENERIC)


def test_links_without_code_evidence_give_the_same_tables_beside(planted):
    cells, _ = planted
    for table in TABLES:
        one, other = (cells[cells["table"] == name] for name in (table, f"{table}_without_codes"))
        assert len(one) == len(other)
        assert one["share"].tolist() == pytest.approx(other["share"].tolist(), nan_ok=True), (
            "no link rests on codes here"
        )


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_shuffled_links_flag_nothing(seed):
    frames = reports(is_planted=True, seed=seed)
    frames["links"] = shuffled_within_documents(frames, seed)
    cells, _ = compared(frames)
    tested = cells[cells["table"].isin(TABLES) & cells["q"].notna()]
    assert len(tested) > 100
    assert (tested["q"] < 0.05).mean() <= 0.05


def shuffled_within_documents(frames, seed):
    """The same links, with the points of each side exchanged within every document."""
    random = np.random.default_rng(seed)
    statements, links = frames["statements"], frames["links"]
    other = {}
    for _, rows in statements.groupby(["doc_id", "role"]):
        names = rows["statement_id"].tolist()
        other |= dict(zip(names, random.permutation(names).tolist(), strict=True))
    return links.assign(from_id=links["from_id"].map(other), to_id=links["to_id"].map(other))


def test_shuffled_documents_flag_few_differences_between_groups():
    frames = reports(is_planted=False, seed=5)
    cells, _ = compared(frames)
    tested = cells[cells["table"].isin(["sides", "codes", "response"]) & cells["q"].notna()]
    assert len(tested) > 50
    assert (tested["q"] < 0.05).mean() <= 0.05


def test_every_cell_rests_on_its_points(planted):
    cells, evidence = planted
    counts = evidence.groupby("cell_id").size()
    for row in tables.records(cells):
        assert counts.get(row["cell_id"].rpartition("/")[0], 0) == row["n_points"]
    assert not evidence.duplicated().any()
    known = cells[cells["share_low"].notna()]
    assert ((known["share_low"] <= known["share_high"]) & known["share"].between(0, 1)).all()


def test_an_answer_by_codes_alone_does_not_stand_without_them():
    one, other = point("a#1", 0, 1), point("a#1", 2, 3, "对策")
    rows = [linked(one, other, ("code", "secondary code")), linked(one, other, ("ordinal", "code"))]
    rows += [linked(one, other, kind="问题→原因")]
    links = tables.frame("links", rows)
    assert len(standing(links, use_codes=True)) == 2
    assert standing(links, use_codes=False)["methods"].tolist() == [["ordinal", "code"]]
    assert standing(links.iloc[:0], use_codes=False).columns.tolist() == links.columns.tolist()


def test_a_rate_of_two_reports_by_hand():
    """Two reports of two 问题 each; code 甲 is answered in neither, 乙 in both: chance would give one half each."""
    points, given, links = [], [], []
    for name in ("a#1", "b#1"):
        rows = [point(name, 0, 1), point(name, 2, 3), point(name, 4, 5, "对策")]
        points += rows
        given += [assigned(rows[0], "甲"), assigned(rows[1], "乙"), assigned(rows[2], "丙")]
        links += [linked(rows[1], rows[2])]
    frames = {"documents": [document("a#1"), document("b#1")], "statements": points, "metadata": []}
    frames |= {"clusters": alone(points), "statement_themes": given, "links": links}
    cells, _ = compared({name: tables.frame(name, rows) for name, rows in frames.items()})
    cells = cells.set_index("cell_id")
    left = cells.loc["unanswered/全部/全部/问题%2Fwendui%2F甲/raw"]
    assert (left["share"], left["effect"], left["n_points"]) == (1.0, 0.5, 2)
    assert left["p"] == pytest.approx(0.5, abs=0.08), "both of one kind: two of four equally likely outcomes"
    assert cells.loc["coverage/全部/全部/对策%2Fwendui%2F丙/raw", "share"] == 0.5
    assert pd.isna(cells.loc["coverage/全部/全部/对策%2Fwendui%2F丙/raw", "p"]), "nothing can change places"
    assert cells.loc["response/全部/全部/未获回应的问题/raw", "share"] == 0.5
    pair = cells.loc["matrix/全部/全部/问题%2Fwendui%2F乙→对策%2Fwendui%2F丙/raw"]
    assert (pair["share"], pair["n_votes"], pair["n_points"], pair["n_documents"]) == (1.0, 2.0, 4, 2)
