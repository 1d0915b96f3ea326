"""How well gloss mirrors are undone: mirrored texts of a folder against the same texts undamaged.

``python -m tests.damage.measure REPORTS FOLDER [--share 1.0] [--only-common] [--every 4]`` prints the rates. The characters are counted anew
(`tests.train.characters`, from the reports below ``REPORTS`` and our own texts) without the texts that are measured; they
are compared as `clean` would leave them, with width of punctuation folded.
"""

import argparse
import time
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from pathlib import Path

import numpy as np

from pipeline.ingest import glosses
from pipeline.ingest.edits import Fix, Revision
from pipeline.ingest.glyphs.script import to_simplified
from pipeline.ingest.mirror import charmodel, ngrams, readings
from tests.damage.mirror import Mirrored, Run, mirror_runs
from tests.train.characters import counts

WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass
class Rates:
    """Sums over texts."""

    n_chars: int = 0
    n_wrong: int = 0
    n_runs: int = 0
    n_exact: int = 0
    n_certain: int = 0
    n_certain_exact: int = 0
    n_bytes: int = 0
    seconds: float = 0.0
    not_idempotent: int = 0
    wrong: list[tuple[str, str, str, float]] = field(default_factory=list)

    def lines(self) -> list[str]:
        """The rates in words."""
        return [
            f"characters {self.n_chars}, wrong {self.n_wrong} = {100 * self.n_wrong / max(self.n_chars, 1):.4f} %",
            f"runs {self.n_runs}, exact {self.n_exact} = {100 * self.n_exact / max(self.n_runs, 1):.2f} %",
            f"certain {self.n_certain} = {100 * self.n_certain / max(self.n_runs, 1):.1f} % of runs, "
            f"right {self.n_certain_exact} = {100 * self.n_certain_exact / max(self.n_certain, 1):.2f} %",
            f"{self.n_bytes / 1e6 / max(self.seconds, 1e-9):.2f} MB/s of mirror, texts not at rest {self.not_idempotent}",
        ]


def unseen(known: ngrams.Arrays, texts: Sequence[str]) -> ngrams.Arrays:
    """Counts without what texts added to them; n-grams that are not left are left out."""
    own = ngrams.count_ngrams(texts, min_files=1)
    glyphs, wanted = own["glyphs"].tolist(), known["glyphs"].tolist()
    place = {glyph: i for i, glyph in enumerate(wanted)}
    left = dict(known)
    for size in (2, 3):
        seen = dict(zip(map(tuple, own[f"grams{size}"].tolist()), own[f"n{size}"].tolist(), strict=True))
        taken = {tuple(place.get(glyphs[i], -1) for i in gram): n for gram, n in seen.items()}
        grams = known[f"grams{size}"]
        n = known[f"n{size}"].astype(np.int64) - np.array([taken.get(gram, 0) for gram in map(tuple, grams.tolist())])
        left[f"grams{size}"], left[f"n{size}"] = grams[n > 0], n[n > 0]
    return left


def measure(mirrored: Mirrored, rates: Rates) -> None:
    """Undo a mirrored text, and add to the rates."""
    started = time.process_time()
    fixes = glosses.fix_glosses(mirrored.damaged)
    rates.seconds += time.process_time() - started
    rates.n_bytes += len(mirrored.damaged.encode())
    restored = _applied(mirrored.damaged, fixes)
    rates.not_idempotent += glosses.fix_glosses(restored) != []
    after, wanted = _simplified(restored), _simplified(mirrored.true)
    rates.n_chars += len(wanted)
    for one, two in zip(after.split("\n"), wanted.split("\n"), strict=True):
        rates.n_wrong += _n_wrong(one, two)
    for run in mirrored.runs:
        _compare(mirrored, run, fixes, rates)


def _compare(mirrored: Mirrored, run: Run, fixes: Sequence[Fix], rates: Rates) -> None:
    """Compare one run with what was made of it."""
    inside = [fix for fix in fixes if fix.start < run.end and fix.end > run.start]
    start = min([run.start, *(fix.start for fix in inside)])
    end = max([run.end, *(fix.end for fix in inside)])
    first = mirrored.boundaries[bisect_right(mirrored.boundaries, (start, len(mirrored.true))) - 1]
    last = mirrored.boundaries[bisect_left(mirrored.boundaries, (end, 0))]
    within = [_moved(fix, -first[0]) for fix in fixes if first[0] <= fix.start and fix.end <= last[0]]
    made = _applied(mirrored.damaged[first[0] : last[0]], within)
    wanted = mirrored.true[first[1] : last[1]]
    is_exact = _folded(made) == _folded(wanted)
    repairs = [fix for fix in inside if fix.rule != "drop_gloss"]
    is_certain = bool(repairs) and all(fix.confidence == 1 for fix in repairs)
    rates.n_runs += 1
    rates.n_exact += is_exact
    rates.n_certain += is_certain
    rates.n_certain_exact += is_certain and is_exact
    if not is_exact:
        confidence = min((fix.confidence for fix in repairs), default=-1.0)
        shown = mirrored.damaged[max(start - 6, 0) : end + 4]
        rates.wrong.append((shown, made, wanted, confidence))


def _n_wrong(one: str, two: str) -> int:
    """Characters to replace, insert or delete between two lines (an upper bound of the edit distance)."""
    if one == two:
        return 0
    codes = SequenceMatcher(None, one, two, autojunk=False).get_opcodes()
    return sum(max(i2 - i1, j2 - j1) for tag, i1, i2, j1, j2 in codes if tag != "equal")


def _moved(fix: Fix, by: int) -> Fix:
    """A fix in other coordinates."""
    return Fix(fix.start + by, fix.end + by, fix.after, fix.rule)


def _applied(text: str, fixes: Sequence[Fix]) -> str:
    """A text with fixes applied."""
    revision = Revision(text)
    revision.apply(fixes)
    return revision.text


def _simplified(text: str) -> str:
    """A text in simplified characters, width folded."""
    return _folded(_applied(text, to_simplified(text)))


def _folded(text: str) -> str:
    """A text with the width of punctuation folded."""
    return text.translate(WIDTH)


def main() -> None:
    """Measure texts of a folder with a model that has not seen any of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--only-common", action="store_true", help="a table without rare characters")
    parser.add_argument("--every", type=int, default=4, help="measure every n-th text")
    parser.add_argument("--wrong", type=int, default=0, help="wrong runs to show")
    options = parser.parse_args()
    held_out = sorted(options.folder.rglob("*.txt"))[:: options.every]
    model = charmodel.model_of(counts(options.reports, without=held_out))
    readings.shipped_model = lambda: model  # type: ignore[assignment]
    rates = Rates()
    for seed, path in enumerate(held_out):
        for text in path.read_text("utf-8").split("\f\n"):
            measure(mirror_runs(text, seed=seed, share=options.share, only_common=options.only_common), rates)
    print("\n".join(rates.lines()))
    for wrong in rates.wrong[: options.wrong]:
        print(wrong)


if __name__ == "__main__":
    main()
