"""Law 9: README names every command, setting and table, and nothing that does not exist."""

import re
from dataclasses import fields, is_dataclass
from pathlib import Path

import pytest

from pipeline import tables
from pipeline.__main__ import app
from pipeline.publish.figures import PLANS
from pipeline.settings import CONTROL_FILES, Settings

ROOT = Path(__file__).parents[2]
READMES = ["README.md", "README.zh-CN.md"]
FROM_CONTROL_FILES = {"dictionary", "stop_words", "synonyms", "codebook", "entries", "learned"}


def settings_of(kind, prefix=""):
    """Every setting as it is written in settings.toml."""
    for item in fields(kind):
        value = getattr(kind, item.name)
        if is_dataclass(value):
            yield from settings_of(value, f"{item.name}.")
        elif item.name not in FROM_CONTROL_FILES:
            yield f"{prefix}{item.name}"


@pytest.mark.parametrize("name", READMES)
def test_readme_names_every_command_setting_and_table(name):
    text = (ROOT / name).read_text("utf-8")
    commands = {command.name or command.callback.__name__ for command in app.registered_commands}
    assert {m for m in re.findall(r"`wendui (\w+)", text) if m.isascii()} == commands
    assert set(re.findall(r"^\| `([a-z_]+(?:\.[a-z_0-9]+)?)` = ", text, re.MULTILINE)) == set(settings_of(Settings()))
    assert set(re.findall(r"^\| `([a-z_]+)` \|", text, re.MULTILINE)) == set(tables.SCHEMAS)


@pytest.mark.parametrize("name", READMES)
def test_readme_names_nothing_that_does_not_exist(name):
    text = (ROOT / name).read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):.*##", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    listed = re.search(r"`(setup analyze [a-z -]+)`", text)[1].split()
    assert set(listed) == targets - {"help"}
    assert set(re.findall(r"(?:`|^)make ([a-z-]+)", text, re.MULTILINE)) <= targets
    for path in re.findall(r"\]\(([^)#:]+)\)", text) + re.findall(
        r"`((?:notebooks|tests|pipeline|corpus)/[^`*<>]+)`", text
    ):
        assert (ROOT / path).exists(), path
    for figure in re.findall(r'figure\("([^"]+)"\)', text):
        assert figure in PLANS
    for control in CONTROL_FILES:
        stem, _, ending = control.partition(".")
        assert re.search(rf"{re.escape(stem)}\.[a-z|]*{ending}", text), control


def test_both_readmes_have_the_same_settings_and_figures():
    rows = [
        re.findall(r"^\| `[a-z_.0-9]+` = `[^`]*`", (ROOT / name).read_text("utf-8"), re.MULTILINE) for name in READMES
    ]
    assert rows[0] == rows[1]
