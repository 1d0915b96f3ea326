"""Atomic files, parts, markers and the lock."""

import os
import subprocess
import sys

import pandas as pd
import pytest

from pipeline import store, tables
from pipeline.settings import SettingsError
from pipeline.store import provenance

ROWS = [{"doc_id": "甲.txt#1", "key": "县", "value": "=1+1"}, {"doc_id": "甲.txt#2", "key": "县", "value": "乙\u3000"}]


def test_a_part_comes_back_as_it_was(tmp_path):
    frame = tables.frame("metadata", ROWS)
    store.write_part(tmp_path, "metadata", 3, frame)
    pd.testing.assert_frame_equal(store.read_part(tmp_path, "metadata", 3), frame)


def test_same_rows_same_bytes(tmp_path):
    frame = tables.frame("metadata", ROWS)
    one = store.write_part(tmp_path / "a", "metadata", 0, frame)
    other = store.write_part(tmp_path / "b", "metadata", 0, frame)
    assert one == other


def test_documents_are_in_order_of_their_numbers():
    rows = [{"doc_id": f"甲.txt#{n}", "key": "k", "value": str(n)} for n in (10, 9, 2, 1)]
    assert tables.in_document_order(tables.frame("metadata", rows))["value"].tolist() == ["1", "2", "9", "10"]


@pytest.mark.parametrize("kind", ["enospc", "eio"])
def test_a_write_that_fails_leaves_the_old_file(tmp_path, monkeypatch, kind):
    path = tmp_path / "a.txt"
    store.atomic_write(path, b"old")
    monkeypatch.setattr(store, "_n_writes", 0)
    monkeypatch.setenv("PIPELINE_FAULT", f"write:1:{kind}")
    with pytest.raises(OSError, match="PIPELINE_FAULT"):
        store.atomic_write(path, b"new")
    assert path.read_bytes() == b"old"
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_a_torn_marker_counts_as_none(tmp_path):
    store.write_marker(tmp_path, "sections", 1, store.Marker(key="k", outputs={}))
    assert store.read_marker(tmp_path, "sections", 1).key == "k"
    path = next((tmp_path / ".state").rglob("*.json"))
    path.write_text(path.read_text("utf-8")[:10], "utf-8")
    assert store.read_marker(tmp_path, "sections", 1) is None


def test_a_second_run_is_refused_and_told_by_whom(tmp_path):
    code = (
        "import sys; from pathlib import Path; from pipeline import store\n"
        f"with store.locked(Path({str(tmp_path)!r})): print('in', flush=True); sys.stdin.read()"
    )
    holder = subprocess.Popen([sys.executable, "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout.readline() == "in\n"
        with pytest.raises(SettingsError, match=str(holder.pid)), store.locked(tmp_path):
            pass
    finally:
        holder.kill()
        holder.wait()
    with store.locked(tmp_path):
        assert (tmp_path / ".state" / "owner").read_text("utf-8") == str(os.getpid())


def test_the_code_of_a_stage_is_all_that_it_imports():
    modules = provenance.imported_modules("pipeline.sections.roles")
    assert {"pipeline.sections.roles", "pipeline.sections.outline", "pipeline.lexicon", "pipeline.tables"} <= set(
        modules
    )
    assert not any(name.startswith(("pipeline.publish", "pipeline.statements", "pipeline.themes")) for name in modules)
    assert provenance.code_digest("pipeline.sections.roles") != provenance.code_digest("pipeline.statements.points")


def test_a_null_where_none_may_be_is_refused():
    frame = tables.frame("metadata", ROWS)
    frame.loc[0, "key"] = None
    with pytest.raises(ValueError, match=r"metadata\.key"):
        tables.to_arrow("metadata", frame)


def test_an_unknown_column_is_refused():
    with pytest.raises(KeyError, match="no column"):
        tables.frame("metadata", [{"doc_id": "a", "kye": "b"}])
