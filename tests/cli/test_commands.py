"""The command line on a fresh corpus: what it writes, prints and returns."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pandas as pd
import pytest

from tests.corpus import EXAMPLE, report, write_small_corpus

ROOT = Path(__file__).parents[2]


def wendui(*arguments, cwd=ROOT, **environment):
    """A run of the command line in a process of its own."""
    env = os.environ | {"PYTHONPATH": str(ROOT), "PYTHONIOENCODING": "utf-8"} | environment
    command = [sys.executable, "-m", "pipeline", *map(str, arguments)]
    return subprocess.run(
        command, cwd=cwd, env=env, capture_output=True, encoding="utf-8", errors="replace", check=False
    )


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    home = tmp_path_factory.mktemp("我的 课题")
    write_small_corpus(home / "corpus")
    result = wendui("analyze", home)
    assert result.returncode == 0, result.stderr
    return home, result


def test_analyze_says_what_was_read_and_where_to_look(project):
    home, result = project
    assert "report.html" in result.stdout
    assert "坏.docx" in result.stdout
    assert "E-" in result.stdout
    for name in ("report.html", "run.json", "failures.csv", "comparison/cells.csv", "figures/03_problem_codes.svg"):
        assert (home / "outputs" / name).stat().st_size > 0
    account = json.loads((home / "outputs" / "run.json").read_text("utf-8"))
    assert account["stages"]["statements"]["rows_out"] > 0
    assert account["seeds"]["themes"] == account["settings"]["themes"]["seed"]


def test_second_run_computes_nothing(project):
    home, _ = project
    assert "新算 0 项" in wendui("analyze", home).stdout


def test_own_metadata_overrides_and_can_be_compared_by(project):
    home, _ = project
    documents = pd.read_parquet(home / "outputs" / "tables" / "documents").set_index("doc_id")
    assert documents.loc["青石镇.txt#1", "year"] == 2018
    cells = pd.read_parquet(home / "outputs" / "tables" / "comparisons")
    assert {"甲县", "乙县"} <= set(cells["group"][cells["by"] == "县"])


def test_show_and_trace_lead_to_the_sentence(project):
    home, _ = project
    shown = wendui("show", "青石镇.txt", "--outputs", home / "outputs")
    assert "组织生活不规范" in shown.stdout
    assert "OUTLINE" in shown.stdout
    traced = wendui("trace", "青石镇.txt#1/p70", "--outputs", home / "outputs")
    assert "但两个支部一年没有开过党员大会。" in traced.stdout
    lost = wendui("trace", "没有这个", "--outputs", home / "outputs")
    assert lost.returncode == 2
    assert "没有编号为" in lost.stderr


def test_every_cell_can_be_traced(project):
    home, _ = project
    cells = pd.read_parquet(home / "outputs" / "tables" / "comparisons")
    cell = cells[(cells["n_points"] > 0) & (cells["counting"] == "raw")].iloc[0]
    traced = wendui("trace", cell["cell_id"], "--outputs", home / "outputs")
    assert f"共 {cell['n_points']} 条" in traced.stdout


def test_export_guards_formulas_and_opens_in_excel(project, tmp_path):
    home, _ = project
    result = wendui(
        "export", "documents", "statements", "--format", "xlsx", "--outputs", home / "outputs", "--to", tmp_path
    )
    assert result.returncode == 0, result.stderr
    back = pd.read_excel(tmp_path / "statements.xlsx")
    assert len(back) == len(pd.read_parquet(home / "outputs" / "tables" / "statements"))
    wrong = wendui("export", "statement", "--outputs", home / "outputs")
    assert wrong.returncode == 2
    assert "statements" in wrong.stderr


def test_figures_and_report_can_be_made_again(project):
    home, _ = project
    before = (home / "outputs" / "report.html").read_bytes()
    (home / "outputs" / "report.html").unlink()
    assert wendui("report", "--outputs", home / "outputs").returncode == 0
    assert (home / "outputs" / "report.html").read_bytes() == before
    assert wendui("figures", "--outputs", home / "outputs").returncode == 0


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ("part = 4", "parts"),
        ("[themes]\nsed = 1", "seed"),
        ('parts = "many"', "parts"),
        ("parts = ", "TOML"),
        ("[themes]\nmodel = 'hdp'", "model"),
    ],
)
def test_a_bad_setting_is_refused_with_its_place(tmp_path, settings, said):
    (tmp_path / "corpus").mkdir()
    (tmp_path / "corpus" / "a.txt").write_text(EXAMPLE, "utf-8")
    (tmp_path / "corpus" / "settings.toml").write_text(settings, "utf-8")
    result = wendui("analyze", tmp_path)
    assert result.returncode == 2
    assert said in result.stderr
    assert "settings.toml" in result.stderr
    assert "line" in result.stderr


def test_exit_codes(tmp_path):
    assert wendui("analyze", tmp_path / "none").returncode == 2
    assert wendui("analyse").returncode == 2
    empty = tmp_path / "empty"
    empty.mkdir()
    (empty / "a.txt").write_bytes(b"")
    assert wendui("analyze", empty, "--outputs", tmp_path / "o1").returncode == 3
    bad = tmp_path / "bad"
    bad.mkdir()
    (bad / "a.txt").write_text(report(1), "utf-8")
    (bad / "b.docx").write_bytes(b"PK\x03\x04 not a zip")
    assert wendui("analyze", bad, "--outputs", tmp_path / "o2").returncode == 4
    assert wendui("analyze", bad, "--outputs", tmp_path / "no" / "where").returncode == 2


def test_outputs_must_not_lead_out_of_the_project(tmp_path):
    home, elsewhere = tmp_path / "home", tmp_path / "elsewhere"
    (home / "corpus").mkdir(parents=True)
    elsewhere.mkdir()
    (home / "corpus" / "a.txt").write_text(EXAMPLE, "utf-8")
    (home / "outputs").symlink_to(elsewhere)
    result = wendui("analyze", home)
    assert result.returncode == 2
    assert not list(elsewhere.iterdir())


def test_a_console_without_chinese_never_raises(project):
    home, _ = project
    result = wendui("show", "青石镇.txt", "--outputs", home / "outputs", PYTHONIOENCODING="ascii")
    assert result.returncode == 0
    assert "\\u" in result.stdout
    assert wendui("--help", PYTHONIOENCODING="ascii").returncode == 0


def test_init_makes_a_project(tmp_path):
    assert wendui("init", tmp_path / "新课题").returncode == 0
    assert (tmp_path / "新课题" / "corpus").is_dir()
    assert (tmp_path / "新课题" / "outputs").is_dir()
