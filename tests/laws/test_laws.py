"""The laws of the design (section 4), on a small corpus, the sample and, where it is there, further real text."""

import shutil
from collections import Counter
from itertools import pairwise
from pathlib import Path

import pandas as pd
import pytest

from pipeline import engine, store, tables
from pipeline.ingest.clean import documents as clean_documents
from pipeline.ingest.edits import Edit, restore
from pipeline.parts import Frames
from pipeline.project import find_project
from pipeline.run import analyze
from pipeline.settings import Settings
from pipeline.stages import CORPUS, LOCAL
from pipeline.values import SIDES
from tests.corpus import report


def tree(outputs: Path) -> dict[str, str]:
    """Every file that law 6 is about, with its digest."""
    return {
        path.relative_to(outputs).as_posix(): store.digest(path.read_bytes())
        for path in sorted(outputs.rglob("*"))
        if path.is_file() and ".state" not in path.parts and path.name != "run.json"
    }


@pytest.fixture(scope="module", params=["small", "sample"])
def run(request):
    return request.getfixturevalue(request.param)


@pytest.fixture(scope="module")
def frames(run) -> Frames:
    return {name: store.read_table(run.project.outputs, name) for name in tables.SCHEMAS}


def test_law_1_every_edit_can_be_undone(frames):
    decoded = dict(zip(frames["decoded"]["source_id"], frames["decoded"]["text"], strict=True))
    ends: dict[str, int] = {}
    for row in tables.records(frames["documents"]):
        source = decoded[row["source_id"]]
        edits = [Edit(**(edit | {"alternatives": tuple(edit["alternatives"] or ())})) for edit in row["edits"]]
        assert restore(row["text"], edits) == source[row["source_start"] : row["source_end"]]
        assert all(row["text"][e.start : e.end] == e.after for e in edits)
        assert all(left.end <= right.start for left, right in pairwise(edits))
        assert row["source_start"] == ends.get(row["source_id"], 0), "slices tile the decoded text"
        ends[row["source_id"]] = row["source_end"]
    assert ends and all(end == len(decoded[name]) for name, end in ends.items())


def test_law_2_cleaning_a_clean_text_changes_nothing(frames):
    rows = [
        {"source_id": f"{i}.txt", "n_bytes": 1, "text": row["text"], "pages": [], "status": "ok"}
        for i, row in enumerate(tables.records(frames["documents"]))
    ]
    again, *_ = clean_documents(
        tables.frame("decoded", rows),
        pd.DataFrame(columns=["id", "key", "value"], dtype="str"),
        options=Settings().clean,
    )
    assert len(again) == len(rows)
    by_source = {row["source_id"]: row for row in tables.records(again)}
    for row in rows:
        assert by_source[row["source_id"]]["text"] == row["text"]
        assert by_source[row["source_id"]]["edits"] == []


@pytest.mark.parametrize("stage", [stage for stage in LOCAL if "documents" in stage.inputs], ids=lambda s: s.name)
def test_law_3_stages_are_document_local(frames, stage):
    inputs = tuple(frames[name] for name in stage.inputs)
    options = getattr(Settings(), stage.options)
    whole = stage.function()(*inputs, options=options)
    names = frames["documents"]["doc_id"].tolist()
    parts = []
    for chosen in (names[::3], names[1::3], names[2::3]):
        some = tuple(table[table["doc_id"].isin(chosen)].reset_index(drop=True) for table in inputs)
        parts.append(stage.function()(*some, options=options))
    shuffled = tuple(table.sample(frac=1, random_state=5).reset_index(drop=True) for table in inputs)
    mixed = stage.function()(*shuffled, options=options)
    empty = stage.function()(*(table.iloc[:0] for table in inputs), options=options)
    for i, name in enumerate([*stage.outputs, "notices"]):
        together = pd.concat([part[i] for part in parts], ignore_index=True)
        for other in (together, mixed[i]):
            pd.testing.assert_frame_equal(_sorted(other), _sorted(whole[i]))
        assert len(empty[i]) == 0
        assert list(empty[i].dtypes.astype(str)) == list(tables.frame(name).dtypes.astype(str))


def _sorted(table: pd.DataFrame) -> pd.DataFrame:
    """Rows in the order of all their columns but those of lists."""
    keys = [column for column in table if table[column].dtype != object]
    return table.sort_values(keys, kind="stable").reset_index(drop=True)


def test_law_3_corpus_level_stages_do_not_see_row_order(frames):
    for stage in CORPUS:
        inputs = tuple(frames[name] for name in stage.inputs)
        shuffled = tuple(table.sample(frac=1, random_state=3).reset_index(drop=True) for table in inputs)
        options = getattr(Settings(), stage.options)
        for one, other in zip(
            stage.function()(*inputs, options=options), stage.function()(*shuffled, options=options), strict=True
        ):
            pd.testing.assert_frame_equal(one, other)


def test_law_4_sections_nest_and_partition(frames):
    texts = dict(zip(frames["documents"]["doc_id"], frames["documents"]["text"], strict=True))
    for doc_id, rows in frames["sections"].groupby("doc_id"):
        sections = {row["section_id"]: row for row in tables.records(rows)}
        root = sections[f"{doc_id}/s"]
        assert (root["start"], root["end"], root["level"], root["heading"]) == (0, len(texts[doc_id]), 0, "")
        for row in sections.values():
            if row["level"]:
                parent = sections[row["parent_id"]]
                assert parent["start"] <= row["start"] < row["body_start"] <= row["end"] <= parent["end"]
                assert parent["level"] < row["level"]
                assert texts[doc_id][row["start"] :].startswith(row["heading"])
                assert row["section_id"] == f"{doc_id}/s{row['start']}"
                assert row["heading"].startswith(row["marker"] or "")
        starts = sorted((row["start"], -row["end"]) for row in sections.values())
        covered = [end - start for start, end in _own_bodies(list(sections.values()))]
        assert sum(covered) == len(texts[doc_id])
        assert len(set(starts)) == len(starts)
    assert set(frames["sections"]["doc_id"]) == set(texts)


def _own_bodies(sections: list[dict]) -> list[tuple[int, int]]:
    """The stretches that belong to a section and none of its children, headings included."""
    pieces = []
    for row in sections:
        children = sorted((c["start"], c["end"]) for c in sections if c["parent_id"] == row["section_id"])
        at = row["start"]
        for start, end in children:
            assert at <= start, "children overlap"
            pieces.append((at, start))
            at = end
        pieces.append((at, row["end"]))
    return pieces


def test_law_4_points_are_what_they_say(frames):
    texts = dict(zip(frames["documents"]["doc_id"], frames["documents"]["text"], strict=True))
    sections = {row["section_id"]: row for row in tables.records(frames["sections"])}
    by_document = frames["sections"].groupby("doc_id")
    points = {row["statement_id"]: row for row in tables.records(frames["statements"])}
    assert len(points) == len(frames["statements"])
    last: dict[str, int] = {}
    for row in points.values():
        text = texts[row["doc_id"]]
        assert text[row["headline_start"] : row["headline_end"]] == row["headline"] != ""
        assert row["start"] <= row["headline_start"] < row["headline_end"] <= row["end"]
        assert row["statement_id"] == f"{row['doc_id']}/p{row['headline_start']}"
        around = by_document.get_group(row["doc_id"])
        around = around[(around["start"] <= row["headline_start"]) & (row["headline_start"] < around["end"])]
        assert around.sort_values("level").iloc[-1]["section_id"] == row["section_id"]
        assert row["end"] <= sections[row["section_id"]]["end"] or sections[row["section_id"]]["role"] == row["role"]
        if row["parent_id"] is None:
            assert row["start"] >= last.get(row["doc_id"], 0), "points do not overlap"
            last[row["doc_id"]] = row["end"]
        else:
            parent = points[row["parent_id"]]
            assert parent["parent_id"] is None and parent["role"] == row["role"]
            assert parent["start"] <= row["start"] and row["end"] <= parent["end"]


def test_law_4_later_tables_are_about_points(frames):
    points = frames["statements"][frames["statements"]["parent_id"].isna()]
    sided = set(points["statement_id"][points["role"].isin(SIDES)])
    assert set(frames["tokens"]["statement_id"]) == set(points["statement_id"])
    assert set(frames["codes"]["statement_id"]) <= sided
    assert set(frames["links"]["from_id"]) | set(frames["links"]["to_id"]) <= sided
    assert set(frames["statement_themes"]["statement_id"]) <= sided
    primary = frames["statement_themes"][frames["statement_themes"]["primary"]]
    assert not primary.duplicated(["statement_id", "scheme"]).any()
    document = dict(zip(points["statement_id"], points["doc_id"], strict=True))
    for row in tables.records(frames["links"]):
        assert document[row["from_id"]] == document[row["to_id"]] == row["doc_id"]


def test_law_5_files_found_are_accounted_for(run, frames):
    counts = Counter(frames["sources"]["status"])
    assert sum(counts[status] for status in ("ok", "partial", "skipped", "failed")) == len(frames["sources"])
    found = {p for p in run.project.root.rglob("*") if p.is_file() and run.project.outputs not in p.parents}
    assert len(frames["sources"]) == len(found)
    assert frames["sources"]["n_documents"].sum() == len(frames["documents"])
    bad = frames["sources"][frames["sources"]["status"] != "ok"]
    assert bad["reason"].notna().all()
    assert frames["sources"][frames["sources"]["status"] == "ok"]["reason"].isna().all()


def test_law_6_same_bytes_with_two_processes_and_afresh(small, tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(small.project.root, corpus)
    analyze(find_project(corpus, outputs=tmp_path / "out"), workers=2)
    assert tree(tmp_path / "out") == tree(small.project.outputs)


def test_incremental_equals_fresh(small, tmp_path):
    corpus, outputs = tmp_path / "corpus", tmp_path / "out"
    shutil.copytree(small.project.root, corpus)
    late = corpus / "报告1 终稿.txt"
    kept = late.read_bytes()
    late.unlink()
    project = find_project(corpus, outputs=outputs)
    analyze(project)
    late.write_bytes(kept)
    again = analyze(project)
    assert tree(outputs) == tree(small.project.outputs)
    local = {stage.name for stage in LOCAL}
    renewed = {done.part for done in again.done if done.stage in local and done.is_new}
    assert renewed == {store.part_of("报告1 终稿.txt", again.settings.parts)}
    assert analyze(project).n_new == 0, "nothing is computed the second time"


def test_damaged_output_is_found_and_made_again(small, tmp_path):
    outputs = tmp_path / "out"
    shutil.copytree(small.project.outputs, outputs)
    victim = next(path for path in sorted((outputs / "tables" / "statements").glob("*.parquet")))
    data = bytearray(victim.read_bytes())
    data[len(data) // 2] ^= 1
    victim.write_bytes(bytes(data))
    run = analyze(find_project(small.project.root, outputs=outputs))
    assert any(victim.name in name for done in run.done for name in done.damaged)
    assert tree(outputs) == tree(small.project.outputs)


def test_fewer_parts_leave_no_old_rows(small, tmp_path):
    corpus = tmp_path / "corpus"
    shutil.copytree(small.project.root, corpus)
    project = find_project(corpus, outputs=tmp_path / "out")
    analyze(project)
    (corpus / "settings.toml").write_text("parts = 3\n", "utf-8")
    analyze(project)
    assert len(list((tmp_path / "out" / "tables" / "sections").glob("*.parquet"))) == 3
    one, other = (store.read_table(out, "sections") for out in (tmp_path / "out", small.project.outputs))
    pd.testing.assert_frame_equal(one, other)


def test_a_bug_fails_one_document_only():
    documents = tables.frame(
        "documents",
        [
            {"doc_id": f"{i}.txt#1", "source_id": f"{i}.txt", "script": "简体", "text": report(i), "text_sha256": "0"}
            | {
                "n_chars": 1,
                "source_start": 0,
                "source_end": 1,
                "edits": [],
                "damage": 0.0,
                "parse_coverage": 1.0,
                "findings": [],
            }
            for i in range(5)
        ],
    )

    def stumbling(table, *, options):
        """A stage with a bug on one document."""
        if (table["doc_id"] == "3.txt#1").any():
            raise ZeroDivisionError("bug")
        rows = [{"doc_id": name, "key": "k", "value": "v"} for name in table["doc_id"]]
        return tables.frame("metadata", rows), tables.frame("notices")

    made, notices = engine.run_stage(stumbling, (documents,), options=None, unit="doc_id", strict=False)
    assert made["doc_id"].tolist() == ["0.txt#1", "1.txt#1", "2.txt#1", "4.txt#1"]
    assert notices[["doc_id", "status", "reason"]].values.tolist() == [["3.txt#1", "failed", "E-INTERNAL"]]
    with pytest.raises(ZeroDivisionError):
        engine.run_stage(stumbling, (documents,), options=None, unit="doc_id", strict=True)
