"""The researcher's hand: what a correction does, when it is stale, and that nothing overwrites it."""

import shutil

import pandas as pd
import pytest

from pipeline import store
from pipeline.project import find_project
from pipeline.run import analyze
from pipeline.settings import SettingsError
from pipeline.stages import LOCAL
from tests.corpus import EXAMPLE

HEAD = "doc_id,text_sha256,kind,action,start,end,quote,other_start,value\n"


@pytest.fixture
def corrected(small, tmp_path):
    """A function that analyses a copy of the small corpus with some corrections."""

    def run(rows):
        corpus, outputs = tmp_path / "corpus", tmp_path / "out"
        if not corpus.exists():
            shutil.copytree(small.project.root, corpus)
            shutil.copytree(small.project.outputs, outputs)
        (corpus / "corrections.csv").write_text(HEAD + rows, "utf-8")
        result = analyze(find_project(corpus, outputs=outputs), strict=True)
        return result, {
            name: store.read_table(outputs, name)
            for name in ("documents", "sections", "statements", "codes", "links", "notices")
        }

    return run


def digest_of(small):
    documents = store.read_table(small.project.outputs, "documents")
    return documents.set_index("doc_id").loc["青石镇.txt#1", "text_sha256"]


def test_fields_of_the_document(corrected):
    _, tables = corrected("青石镇.txt#1,,year,change,,,,,2011\n青石镇.txt#1,,org_type,reject,,,,,\n")
    row = tables["documents"].set_index("doc_id").loc["青石镇.txt#1"]
    assert row["year"] == 2011
    assert pd.isna(row["org_type"])


def test_a_role_a_point_a_code_and_a_link(corrected, small):
    sha = digest_of(small)
    at = EXAMPLE.index("配齐党务干部。建议")
    rows = f"青石镇.txt#1,{sha},role,change,{EXAMPLE.index('一、基本')},,,,背景\n"
    rows += f"青石镇.txt#1,{sha},point,reject,70,,,,\n"
    rows += f"青石镇.txt#1,{sha},code,change,{at},,,,wendui:干部人才\n"
    rows += f"青石镇.txt#1,{sha},link,add,99,,,{at},问题→对策\n"
    result, tables = corrected(rows)
    sections = tables["sections"].set_index("section_id")
    assert sections.loc["青石镇.txt#1/s44", ["role", "role_basis"]].tolist() == ["背景", "correction"]
    assert "青石镇.txt#1/p70" not in set(tables["statements"]["statement_id"])
    codes = tables["codes"][tables["codes"]["statement_id"] == f"青石镇.txt#1/p{at}"]
    assert codes[codes["rank"] == 1]["code"].tolist() == ["干部人才"]
    links = tables["links"][(tables["links"]["from_id"] == "青石镇.txt#1/p99")]
    assert f"青石镇.txt#1/p{at}" in set(links["to_id"])
    assert sum(done.marker.corrected for done in result.done) == 4


def test_a_new_point_takes_its_place_without_overlap(corrected, small):
    start = EXAMPLE.index("支部书记都有业务分工")
    row = f"青石镇.txt#1,{digest_of(small)},point,add,{start},{start + 10},,,问题\n"
    _, tables = corrected(row)
    points = tables["statements"][tables["statements"]["doc_id"] == "青石镇.txt#1"]
    points = points[points["parent_id"].isna()].sort_values("start")
    new = points[points["headline_start"] == start].iloc[0]
    assert new["headline"] == EXAMPLE[start : start + 10]
    assert (points["end"].to_numpy()[:-1] <= points["start"].to_numpy()[1:]).all()


def test_another_digest_is_found_again_by_a_quote_that_occurs_once(corrected):
    rows = "青石镇.txt#1,old,point,reject,1,2,两个支部一年没有开过党员大会,,\n"
    rows += "青石镇.txt#1,old,point,reject,1,2,支部,,\n"
    _, tables = corrected(rows)
    assert "青石镇.txt#1/p70" not in set(tables["statements"]["statement_id"])
    stale = tables["notices"][tables["notices"]["reason"] == "E-CORRECTION-STALE"]
    assert len(stale) == 1
    assert "支部" in stale["detail"].iloc[0]


def test_only_the_stages_concerned_run_again(corrected, small):
    result, _ = corrected(f"青石镇.txt#1,{digest_of(small)},code,change,99,,,,wendui:责任落实\n")
    local = {stage.name for stage in LOCAL}
    renewed = {(done.part, done.stage) for done in result.done if done.is_new and done.stage in local}
    own, control = (store.part_of(name, result.settings.parts) for name in ("青石镇.txt", "corrections.csv"))
    assert own != control
    # corrections.csv is a new file: it has a row of its own in `decoded`, which `documents` reads
    assert renewed == {(own, "codes"), (own, "links"), (control, "decoded"), (control, "documents")}


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ("青石镇.txt#1,,colour,change,,,,,x\n", "kind"),
        ("青石镇.txt#1,,role,change,4,,,,问提\n", "value"),
        ("青石镇.txt#1,,role,alter,4,,,,问题\n", "action"),
        (",,role,change,4,,,,问题\n", "doc_id"),
        ("青石镇.txt#1,,role,change,four,,,,问题\n", "start"),
    ],
)
def test_a_bad_row_is_refused_with_its_line(corrected, row, said):
    with pytest.raises(SettingsError, match=said) as error:
        corrected(row)
    assert "line 2" in str(error.value)
