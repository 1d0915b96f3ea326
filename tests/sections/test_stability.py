"""Roles do not hang on what says nothing of them: who signed a report, whether its subtitle has a line of its own."""

import json
from pathlib import Path

import pytest

from pipeline.sections.outline import bounded_outline
from pipeline.sections.roles import assign_roles
from pipeline.settings import OutlineOptions
from tests.damage.messy_pages import FOLDER

TEXTS = sorted((Path(__file__).parents[2] / "corpus" / "sample" / "gold" / "clean").glob("*.txt"))
SIGNED = "\n中共云台县委组织部\n2008年5月"
MAX_CHANGED = 0.01
"""Share of headings, at most, whose role a signature changes."""


def roles_of(text):
    """The role of each heading of a text."""
    options = OutlineOptions()
    sections, _ = bounded_outline(text, options=options)
    return [(section.heading, section.role) for section in assign_roles(text, sections, options=options)]


def changed(text, other):
    """How many headings that two texts share have another role in the other one, and how many they share."""
    roles, others = dict(roles_of(text)), dict(roles_of(other))
    shared = roles.keys() & others.keys()
    return sum(roles[heading] != others[heading] for heading in shared), len(shared)


@pytest.mark.slow
def test_a_signature_changes_no_roles():
    texts = [path.read_text("utf-8").rstrip("\n") for path in TEXTS]
    counts = [changed(text, text + SIGNED) for text in texts]
    assert sum(n for n, _ in counts) <= MAX_CHANGED * sum(n for _, n in counts)


@pytest.mark.parametrize("name", ["J03", "X09", "X12"])
def test_an_editors_text_and_its_like_have_the_same_roles(name):
    report = json.loads((FOLDER / "truth" / f"{name}.json").read_text("utf-8"))["reports"][0]["text"]
    title, _, rest = report.partition("\n")
    like = title.replace("——", "\n——", 1) + "\n" + rest if "——" in title else report
    unsigned = like.rpartition("\n")[0] if like.endswith("）") else like
    assert changed(report, unsigned)[0] == 0
