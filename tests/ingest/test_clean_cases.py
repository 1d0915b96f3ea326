"""Cases of cleaning as data: damage that is repaired, wrapping that is dropped, and text that must stay as it is."""

import tomllib
from pathlib import Path

import pytest

from pipeline.ingest.clean import clean_text
from pipeline.ingest.edits import restore
from pipeline.settings import CleanOptions

CASES = Path(__file__).parents[1] / "cases"


def load(name):
    """The cases of a file as test parameters."""
    for case in tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))["case"]:
        marks = [pytest.mark.xfail(reason=case["xfail"], strict=True)] if "xfail" in case else []
        yield pytest.param(case, id=f"{name}: {case['label']}", marks=marks)


@pytest.mark.parametrize(
    "case", [c for name in ("characters", "mirrors", "unwrap", "wrapping", "articles") for c in load(name)]
)
def test_case(case):
    original = case["original"]
    parts = clean_text(original, options=CleanOptions())
    assert [part.text for part in parts] == [text.strip("\n") for text in case["expected"]]
    end = 0
    for part in parts:
        assert part.source_start == end
        end = part.source_end
        assert restore(part.text, part.edits) == original[part.source_start : part.source_end]
    assert not parts or end == len(original)
