"""The codebook is complete, its faults are found, and a researcher's own stands beside it."""

import subprocess
import sys

import pytest

from pipeline import lexicon
from pipeline.evaluate.codebooks import check_lines
from pipeline.settings import SettingsError
from pipeline.statements.codebook import code_point
from pipeline.statements.codebook_check import Fault, codebook_faults

SEEDS = [("队伍", "书记", 1.0), ("队伍", "专干", 1.0), ("阵地", "活动室", 1.0), ("作风", "书记", 1.0)]
LAYOUT = {"政治", "思想", "组织", "作风", "纪律", "制度", "其他"}


def test_every_code_says_what_it_is():
    rows = lexicon.rows("codebook.csv")
    assert len(rows) == 24 and {row["parent"] for row in rows} == LAYOUT
    for row in rows:
        assert all(row[name] for name in ("display", "definition", "include", "exclude", "boundary", "source")), row
        assert len(row["examples"].split("；")) >= 2


def test_examples_of_the_codebook_get_its_code():
    rows = [row for row in lexicon.rows("codebook.csv") if row["code"] != "其他"]
    pairs = [(example, row["code"]) for row in rows for example in row["examples"].split("；")[:1]]
    right = [code_point(example, "", side="问题")[0].code == code for example, code in pairs]
    assert sum(right) >= 0.85 * len(right)


def test_faults_are_found_and_a_sound_codebook_has_none():
    found = codebook_faults(SEEDS, [("书记兼职", ""), ("路没修好", "")])
    assert {one.fault for one in found} == set(Fault)
    assert codebook_faults(SEEDS[:1], [("书记兼职", "")]) == []


def test_check_names_what_is_wrong(small, tmp_path):
    (tmp_path / "codebook.csv").write_text("code,phrase\n队伍,党务干部\n阵地,飞碟\n", "utf-8")
    lines = check_lines(small.project.outputs, tmp_path)
    assert any("词从未出现：飞碟（阵地）" in line for line in lines)
    assert any("编码没有条目：阵地" in line for line in lines)
    with pytest.raises(SettingsError, match="codebook"):
        check_lines(small.project.outputs, tmp_path / "别处")


def test_the_command_checks_ours(small):
    command = [sys.executable, "-m", "pipeline", "codebook", "check", "--outputs", str(small.project.outputs)]
    result = subprocess.run(command, capture_output=True, encoding="utf-8", check=True)
    assert result.stdout.startswith("wendui：")
