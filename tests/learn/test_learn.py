"""What is learned from a corpus, where it is kept, and what changes by it."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from pipeline import store
from pipeline.learn import LEARNERS, learn
from pipeline.project import find_project
from pipeline.run import analyze
from pipeline.settings import SettingsError
from pipeline.store.learned import learned_arrays, learned_files
from tests.corpus import report

WRAPPING = "清溪文苑伴您每天进步一点点"


@pytest.fixture
def project(tmp_path):
    """Six reports that end in the same line of wrapping, and a seventh without it."""
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for i in range(6):
        (corpus / f"{i}.txt").write_text(f"{report(i)}{WRAPPING}\n", "utf-8")
    (corpus / "6.txt").write_text(report(6), "utf-8")
    return find_project(tmp_path)


def texts(project):
    """The texts of all documents."""
    return store.read_table(project.outputs, "documents")["text"].tolist()


def test_analyze_says_when_learning_would_pay_and_what_was_learned_changes_the_next_run(project):
    before = analyze(project, strict=True)
    assert before.recurring == (WRAPPING,)
    assert sum(WRAPPING in text for text in texts(project)) == 6
    assert not (project.root / "learned").exists()
    assert learn(project).lines == (WRAPPING,)
    after = analyze(project, strict=True)
    assert not any(WRAPPING in text for text in texts(project))
    assert after.recurring == ()
    keys = [{(done.stage, done.part): done.marker.key for done in run.done} for run in (before, after)]
    assert all(keys[0][key] == keys[1][key] for key in keys[0] if key[0] == "decoded")
    assert all(keys[0][key] != keys[1][key] for key in keys[0] if key[0] == "documents")
    edits = [edit for found in store.read_table(project.outputs, "documents")["edits"] for edit in found]
    assert sum(edit["rule"].startswith("drop_wrapping_learned") for edit in edits) == 6


def test_learning_twice_gives_the_same_bytes(project):
    folder = learn(project).folder
    first = {path.name: path.read_bytes() for path in folder.iterdir()}
    learn(project)
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == first
    account = json.loads(first["learned.json"])
    assert set(account["learned"]) == {learner.__name__ for learner in LEARNERS}
    assert account["wrapping"] == [WRAPPING] and account["n_documents"] == 7
    assert {f"{name}.npz" for name in account["learned"]} == set(first) - {"learned.json"}


def test_characters_are_counted_in_two_files_or_more(project):
    (project.root / "7.txt").write_text("只此一篇有囍字的调研报告\n本篇讲的是别处没有的囍囍囍。\n", "utf-8")
    learn(project)
    counts = learned_arrays(learned_files(project.control)[0])
    glyphs = "".join(map(chr, counts["glyphs"]))
    assert "党" in glyphs and "囍" not in glyphs
    assert counts["n1"][glyphs.index("党")] >= 7


@pytest.mark.slow
def test_a_key_holds_the_digest_and_not_the_place(project, tmp_path):
    learn(project)
    first = analyze(project, strict=True)
    moved = tmp_path.with_name(f"{tmp_path.name} 搬家")
    tmp_path.rename(moved)
    again = analyze(find_project(moved), strict=True)
    assert asdict(first.settings.clean) != asdict(again.settings.clean)
    assert again.n_new == 0


def test_a_learned_file_that_is_gone_or_not_listed_is_an_error(project):
    folder = learn(project).folder
    (folder / "characters.npz").unlink()
    with pytest.raises(SettingsError, match="wendui learn"):
        analyze(project)
    (folder / "learned.json").write_text("[]", "utf-8")
    with pytest.raises(SettingsError, match="wendui learn"):
        analyze(project)


def test_headings_signatures_and_titles_that_recur_are_kept(tmp_path):
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for i in range(6):
        (corpus / f"{i}.txt").write_text(f"{report(i)}存在问题及对策\n中共远山县委组织部\n2019年5月6日\n", "utf-8")
    (corpus / "x.txt").write_text("存在问题及对策\n" + report(7).split("\n", 1)[1], "utf-8")
    learned = learn(find_project(tmp_path))
    assert learned.lines == ()
    assert np.size(learned_arrays(learned_files(find_project(tmp_path).control)[1])["lines"]) == 0
