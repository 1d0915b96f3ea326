"""Every rule of cleaning has a name for people, and cases that show what it does and what it leaves alone."""

import ast
import tomllib
from collections import Counter
from pathlib import Path

from pipeline import lexicon
from pipeline.ingest.clean import clean_text
from pipeline.settings import CleanOptions

ROOT = Path(__file__).parents[2]
RULES = {row["rule"]: row for row in lexicon.rows("edit_rules.csv")}
CASES = ("characters", "mirrors", "unwrap", "wrapping", "articles")


def literals():
    """All strings in the rooms of ingest that look like the name of a rule."""
    for path in sorted((ROOT / "pipeline" / "ingest").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and not node.value[-1:].isspace():
                first, _, rest = node.value.partition("_")
                if first in {"fix", "drop", "join", "to"} and rest.replace("_", "").isalpha():
                    yield node.value


def cases():
    """All cases of cleaning."""
    for name in CASES:
        yield from tomllib.loads((ROOT / "tests" / "cases" / f"{name}.toml").read_text("utf-8"))["case"]


def test_every_rule_has_a_name_and_every_name_a_rule():
    assert {rule for rule in literals() if rule in RULES} == set(RULES)

    for row in RULES.values():
        assert all(row[column] for column in ("name", "description", "english", "source"))
        assert len(row["name"]) <= 10


def test_every_rule_has_a_case_that_shows_it_and_texts_that_stay():
    fired, still = Counter(), 0
    for case in cases():
        parts = clean_text(case["original"], options=CleanOptions())
        fired.update(rule for part in parts for edit in part.edits for rule in edit.rule.split("+"))
        still += case["original"].strip("\n") == "\n".join(case["expected"]).strip("\n")
    assert sorted(set(RULES) - set(fired)) == []
    assert still >= 8, "cases whose text must stay as it is"
