"""The parts of the report: the matrix and its pairs, comparisons, rules of cleaning, calibration."""

import pytest

from pipeline import lexicon, load
from pipeline.compare.ledger import ANSWERED
from pipeline.publish import account, crosstabs
from pipeline.publish.abilities import abilities
from pipeline.publish.words import rule_in_words


@pytest.fixture(scope="module")
def a(sample):
    return load(sample.project.outputs)


@pytest.fixture(scope="module")
def read(a):
    return lambda name: getattr(a, name)


def test_every_cell_of_the_matrix_opens_its_pairs(a, read):
    found = crosstabs.matrix(read)
    rows = a.ledger()
    pairs = rows[(rows["状态"] == ANSWERED) & rows["问题编码"].notna() & rows["对策编码"].notna()]
    cells = [cell for row in found["rows"] for cell in row["cells"] if cell]
    assert sum(cell["n"] for cell in cells) == len(pairs) == sum(len(cell["pairs"]) for cell in cells)
    for cell in cells[:20]:
        assert cell["n"] == len(cell["pairs"])
        ends = {pair[end] for pair in cell["pairs"] for end in ("from_id", "to_id")}
        assert set(a.trace(cell["cell"])["statement_id"]) == ends


def test_the_definition_of_a_code_is_shown_with_its_theme(read, sample):
    page = (sample.project.outputs / "report.html").read_text("utf-8")
    told = [row for side in ("问题", "对策") for row in crosstabs.themes(read, side) if row["scheme"] == "wendui"]
    assert told
    assert all(row["definition"] and row["definition"] in page for row in told)


def test_no_links_no_matrix(read, a):
    cells = a.comparisons
    assert (
        crosstabs.matrix(lambda name: cells[cells["table"] == "sides"] if name == "comparisons" else read(name)) is None
    )


def test_comparisons_show_the_numbers_of_the_table(a, read):
    shares = dict(zip(a.comparisons["cell_id"], a.comparisons["share"], strict=True))
    found = crosstabs.comparisons(read)
    assert {"组织类型", "文种"} <= {table["by"] for table in found}
    for table in found:
        assert len(table["columns"]) <= (crosstabs.N_YEARS if table["by"] == "年份" else crosstabs.N_COLUMNS) + 1
        for row in table["rows"]:
            for cell in filter(None, row["cells"]):
                assert cell["share"] == shares[f"{cell['cell']}/raw"]


def test_rules_are_counted_and_ten_examples_are_the_same_every_time(a, read):
    found = account.rules(read)
    assert found == account.rules(read)
    edits = [edit for edits in a.documents["edits"] for edit in edits]
    for rule in found:
        assert rule["n"] == sum(rule["rule"] in edit["rule"].split("+") for edit in edits)
        assert len(rule["examples"]) == min(10, rule["n"])
    assert sum(rule["n"] for rule in found) >= len(edits)


def test_every_rule_of_cleaning_has_a_name(read):
    named = {row["rule"] for row in lexicon.rows("edit_rules.csv")}
    assert {rule["rule"] for rule in account.rules(read)} <= named
    assert rule_in_words("to_simplified+未知") == "繁体转简体＋未知"


def test_calibration_is_measured_in_bins():
    rows = [
        {"what": "角色", "bin": "2", "n": "30", "confidence": "0.9", "accuracy": "0.8"},
        {"what": "角色", "bin": "1", "n": "10", "confidence": "0.5", "accuracy": "0.7"},
        {"what": "编码", "bin": "1", "n": "5", "confidence": "0.4", "accuracy": "0.4"},
    ]
    found = {curve["what"]: curve for curve in account.calibrations(rows)}
    assert [bin_["confidence"] for bin_ in found["角色"]["bins"]] == [0.5, 0.9]
    assert found["角色"]["error"] == pytest.approx((30 * 0.1 + 10 * 0.2) / 40)
    assert found["编码"]["error"] == 0
    assert account.calibrations([]) == []


def test_abilities_name_the_researchers_own_columns(a):
    own = a.metadata.iloc[:0]
    rows = [
        {"doc_id": name, "key": "领域", "value": "甲" if i % 2 else "乙"}
        for i, name in enumerate(a.documents["doc_id"])
    ]
    with_own = own.__class__(rows)
    found = {item.question: item for item in abilities(lambda n: with_own if n == "metadata" else getattr(a, n))}
    assert found["“领域”各组之间有何差异"].can
    without = {item.question for item in abilities(lambda n: own if n == "metadata" else getattr(a, n))}
    assert "“领域”各组之间有何差异" not in without
