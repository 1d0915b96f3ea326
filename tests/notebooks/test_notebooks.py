"""Every notebook runs top to bottom, its cells are short, and it holds no logic of its own."""

import ast
from pathlib import Path

import jupytext
import pytest
from nbclient import NotebookClient

SOURCES = sorted((Path(__file__).parents[2] / "notebooks").glob("*.py"))


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_notebook_runs_top_to_bottom(source, sample, monkeypatch, tmp_path):
    monkeypatch.setenv("WENDUI_OUTPUTS", str(sample.project.outputs))
    notebook = jupytext.read(source)
    NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(tmp_path)}}).execute()
    cells = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert all(cell.execution_count for cell in cells)
    assert sum(bool(cell.outputs) for cell in cells) >= len(cells) - 1


@pytest.mark.parametrize("source", SOURCES, ids=lambda p: p.stem)
def test_notebook_is_thin(source):
    for cell in jupytext.read(source).cells:
        if cell.cell_type == "code":
            assert len(cell.source.splitlines()) <= 10
            nodes = list(ast.walk(ast.parse(cell.source)))
            assert not any(isinstance(node, (ast.FunctionDef, ast.For, ast.While)) for node in nodes)


def test_there_are_notebooks():
    assert len(SOURCES) >= 2
