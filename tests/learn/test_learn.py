"""What is learned from a corpus, where it is kept, and what changes by it."""

import json
from dataclasses import asdict

import numpy as np
import pytest

from pipeline import lexicon, store
from pipeline.learn import LEARNERS, learn
from pipeline.project import find_project
from pipeline.run import analyze
from pipeline.sections.outline import Section
from pipeline.sections.rolemodel import ROLES, role_model, shipped
from pipeline.settings import PointOptions, Settings, SettingsError
from pipeline.stages import LOCAL, stage_key
from pipeline.statements.points import extract_points
from pipeline.statements.relatives import relations
from pipeline.store.learned import READERS, learned_arrays, learned_as, learned_files, with_learned, write_learned
from pipeline.values import Role
from tests.corpus import report

WRAPPING = "清溪文苑伴您每天进步一点点"


def known():
    """The names of all that stages read of what was learned."""
    return {name for names in READERS.values() for name in names}


def arrays_of(project, name):
    """What was learned under a name."""
    return learned_arrays(learned_as(name, learned_files(project.control)))


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
    assert {learner.__name__ for learner in LEARNERS} == known()
    assert set(account["learned"]) == known() - {"words"}  # seven reports have too few
    assert account["wrapping"] == [WRAPPING] and account["n_documents"] == 7
    assert {f"{name}.npz" for name in account["learned"]} == set(first) - {"learned.json"}


def test_characters_are_counted_in_two_files_or_more(project):
    (project.root / "7.txt").write_text("只此一篇有囍字的调研报告\n本篇讲的是别处没有的囍囍囍。\n", "utf-8")
    learn(project)
    counts = arrays_of(project, "characters")
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
    assert np.size(arrays_of(find_project(tmp_path), "wrapping")["lines"]) == 0


def test_roles_are_refined_and_only_what_reads_them_is_done_again(project):
    learn(project)
    before = analyze(project, strict=True)
    model = role_model(learned_files(project.control))
    said = ["理论学习流于形式"]
    problem = ROLES.index(Role.PROBLEM)
    assert model.probabilities(said)[0, problem] > shipped().probabilities(said)[0, problem]
    assert role_model([]) is shipped()
    refined = arrays_of(project, "roles")
    turned = np.roll(refined["weights"], 1, axis=1)
    learned = {file.name: learned_arrays(file) for file in learned_files(project.control)} | {
        "roles": {**refined, "weights": turned}
    }
    write_learned(project.control[0], learned, {})
    sections = store.read_table(project.outputs, "sections")
    after = analyze(project, strict=True)
    keys = [{(done.stage, done.part): done.marker.key for done in run.done} for run in (before, after)]
    changed = {stage for stage, part in keys[0] if keys[0][stage, part] != keys[1][stage, part]}
    assert {"sections", "statements"} <= changed and not changed & {"decoded", "documents"}
    roled = store.read_table(project.outputs, "sections")
    assert sections["heading"].equals(roled["heading"]) and not sections["confidence"].equals(roled["confidence"])


def test_words_are_learned_of_a_larger_corpus_and_only_coding_reads_them(tmp_path):
    (tmp_path / "corpus").mkdir()
    said = [f"{row['headline']}。{row['body']}\n" for row in lexicon.rows("coded_statements.csv")]
    for i in range(2):
        (tmp_path / "corpus" / f"{i}.txt").write_text("某地党建工作调研报告\n" + "".join(said[i::2]), "utf-8")
    project = find_project(tmp_path)
    assert "words" in learn(project).names
    files = learned_files(project.control)
    pairs = [{(phrase, word) for phrase, word, _ in relations(learned)} for learned in ((), files)]
    assert pairs[0] < pairs[1]
    settings = with_learned(Settings(), [file for file in files if file.name == "words"])
    keys = [{stage.name: stage_key(stage, one, {}) for stage in LOCAL} for one in (Settings(), settings)]
    assert {name for name in keys[0] if keys[0][name] != keys[1][name]} == {"codes"}


def test_the_judge_of_claims_reads_the_refined_model(project):
    learn(project)
    text, files = report(1), learned_files(project.control)
    root = [Section(0, len(text), 0, 0, None, "", None)]
    found = [extract_points(text, root, options=PointOptions(learned=learned)) for learned in ((), files)]
    assert [p.confidence for p in found[0]] != [p.confidence for p in found[1]]


def test_a_corpus_without_plain_headings_keeps_no_roles_and_drops_what_was_kept_of_them(project):
    folder = learn(project).folder
    assert (folder / "roles.npz").exists()
    for path in project.root.glob("*.txt"):
        path.write_text("某镇来信\n今年雨水多，茶园的路修好了。\n", "utf-8")
    assert learn(project).names == ("characters", "wrapping")
    assert not (folder / "roles.npz").exists()
    assert [file.name for file in learned_files(project.control)] == ["characters", "wrapping"]
    analyze(project, strict=True)
