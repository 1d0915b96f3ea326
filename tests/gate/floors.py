"""The floors of the gate, and how they move: ``python -m tests.gate.floors OUTPUTS``.

OUTPUTS holds a run over the sample corpus; the further reports that were not learnt from are run besides. Floors are raised to what it reaches, rounded down to .01; a floor is lowered
only with ``--lower SPLIT.MEASURE --reason "…"``, and the reason stays in the file.
"""

import argparse
import math
import tomllib
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.score import Measure, score
from tests.gate.unseen import run_unseen, unseen_gold

PATH = Path(__file__).parent / "floors.toml"
GOLD = Path(__file__).parents[2] / "corpus" / "sample" / "gold"
SPLITS = ("dev", "test", "unseen")
HEAD = """# The floors of the quality gate: a run over the sample corpus (dev, test), or over the further reports that points, codes and
# links have learnt nothing from (unseen), may not score below them. Written by tests/gate/floors.py:
# raised with every gain; to lower one takes a flag and a reason, which stays under [lowered].
"""


def floors() -> dict[str, Any]:
    """The floors as they stand."""
    return tomllib.loads(PATH.read_text("utf-8"))


def measured(outputs: Path, split: str) -> dict[str, Measure]:
    """The measures of a run against a split of the sample's gold, or against the further reports that were not learnt from."""
    gold = unseen_gold() if split == "unseen" else read_gold([GOLD / f"{split}.json"])
    return {measure.name: measure for measure in score(outputs, gold)}


def all_measured(outputs: Path, folder: Path) -> dict[str, dict[str, Measure]]:
    """The measures of every split; the reports that were not learnt from are run below a folder that is empty."""
    runs = dict.fromkeys(SPLITS, outputs) | {"unseen": run_unseen(folder)}
    return {split: measured(run, split) for split, run in runs.items()}


def rounded(value: float) -> float:
    """A value rounded down to .01."""
    return math.floor(value * 100 + 1e-9) / 100


def moved(old: dict[str, Any], found: dict[str, dict[str, float]], lower: dict[str, str]) -> dict[str, Any]:
    """The floors after a run.

    Parameters
    ----------
    old : dict
        Split → measure → floor, and ``lowered``: ``split.measure`` → reason.
    found : dict
        Split → measure → value.
    lower : dict
        ``split.measure`` → reason, for floors that may go down.

    Raises
    ------
    SystemExit
        If a value is below its floor and may not be.
    """
    new: dict[str, Any] = {split: {} for split in SPLITS} | {"lowered": {**old.get("lowered", {}), **lower}}
    for split in SPLITS:
        for name, value in sorted(found.get(split, {}).items()):
            before = old.get(split, {}).get(name, 0.0)
            if value < before and f"{split}.{name}" not in lower:
                raise SystemExit(f"{split}.{name}: {value:.3f} < {before}; --lower {split}.{name} --reason …")
            new[split][name] = rounded(value) if f"{split}.{name}" in lower else max(before, rounded(value))
    return new


def main() -> None:
    """Move the floors."""
    parser = argparse.ArgumentParser()
    parser.add_argument("outputs", type=Path)
    parser.add_argument("--lower", action="append", default=[])
    parser.add_argument("--reason", default="")
    given = parser.parse_args()
    if given.lower and len(given.reason) < 20:
        raise SystemExit("--lower needs a --reason")
    with TemporaryDirectory() as folder:
        measures = all_measured(given.outputs, Path(folder))
    found = {split: {name: measure.value for name, measure in one.items()} for split, one in measures.items()}
    new = moved(floors(), found, dict.fromkeys(given.lower, given.reason))
    lines = [HEAD]
    for section in (*SPLITS, "lowered"):
        rows = (f'"{k}" = "{v}"' if section == "lowered" else f"{k} = {v}" for k, v in new[section].items())
        lines += [f"[{section}]", *rows, ""]
    PATH.write_text("\n".join(lines), "utf-8")


if __name__ == "__main__":
    main()
