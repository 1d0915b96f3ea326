"""``make train-lines``: fit anew the model that tells a page's own lines from its report's, ``lexicon/page_lines.npz``.

It learns from the messy files (``tests/damage/messy``: what is left of a raw file, line by line) but `UNSEEN`, from lists of
single lines (``tests/damage/lines``), and from the clean texts of the sample's further reports, whole and wrapped as printed. All
of them were invented for this project. It is the mean of two fits: of `SERIES` alone, and of all files but for the page's lines
that are whole titles, which stand on pages and in reports alike. (The first leaves more of pages, the second takes plain titles
and signatures; of two series that neither had seen the second left 1.8 and 3.4 %, the first 2.3 and 3.9 %.) Printed is how well
it tells lines of files and texts that it has not learnt from. The same bytes each time.
"""

import json
import random
import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.linear_model import LogisticRegression

from pipeline.ingest.edits import Revision
from pipeline.ingest.pages.line_model import BITS, MAX_READ, LineModel, buckets_of, line_model_of
from pipeline.ingest.particulars.title_forms import is_whole
from pipeline.ingest.passes import CHARACTERS, SCRIPT
from pipeline.sections.rolelearning import bucket_table, packed_weights
from tests.damage.messy_pages import FOLDER, UNSEEN, folded, series_of

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "corpus" / "sample" / "further" / "clean"
LISTS = FOLDER.parent / "lines"
SERIES = frozenset("LMNQRTUVXYZ")
"""Series of messy files that the first fit learns from."""
N_FOLDS = 5
STRENGTH = 10.0
"""Inverse strength of the penalty."""
CLEAN, CLEAN_OF_ALL = 0.3, 0.6
"""Weight of a line of a clean text but its title, in the first fit and the second; there are ten and three times as many as others."""
MIN_FOUND = 6
"""Shortest stretch of a report that a line may share with it and be the page's, in characters."""
WIDTHS = (18, 44)
"""Characters of the lines of a text as printed."""

RE_NOTE = re.compile(r".*[\[［](?:[JMDNCR]|EB/OL)[\]］]|\W*(?:注释?|参考文献)(?:\W|$)|\W{0,2}[①-⑳]")
"""References and notes: some editors keep them, so that nothing is learnt from them."""


class Line(NamedTuple):
    """A line, whether it is the page's, whether a clean text's, the fold of its file, and the series (empty: of no file)."""

    text: str
    is_page: bool
    is_clean: bool
    fold: int
    series: str = ""


def messy_lines(name: str) -> Iterator[tuple[str, bool]]:
    """The lines of a messy file that are plainly the page's or the report's, and which."""
    reports = json.loads((FOLDER / "truth" / f"{name}.json").read_text("utf-8"))["reports"]
    optional = {_key(line) for report in reports for line in report.get("optional", ())}
    own = {_key(line) for report in reports for line in report["text"].split("\n")}
    whole = "".join(_key(report["text"]) for report in reports)
    for line in _decoded((FOLDER / "raw" / f"{name}.txt").read_text("utf-8")):
        key = _key(line)
        if not key or key in optional:
            continue
        if key in own or (len(key) >= MIN_FOUND and key in whole):
            yield line, False
        elif key not in whole and _shared(key, whole) < max(MIN_FOUND, 0.4 * len(key)):
            yield line, True


def _key(line: str) -> str:
    """The letters and figures of a line."""
    return re.sub(r"\W", "", folded(line))


def _shared(key: str, whole: str) -> int:
    """Length of the longest stretch that a line shares with a text."""
    return SequenceMatcher(None, key, whole, autojunk=False).find_longest_match().size


def _decoded(raw: str) -> list[str]:
    """The lines of a raw file, its characters repaired."""
    revision = Revision(raw)
    for step in (*CHARACTERS, *SCRIPT):
        revision.apply(step(revision.text))
    return [line.strip() for line in revision.text.split("\n") if line.strip()]


def clean_lines(text: str, seed: int) -> Iterator[str]:
    """The lines of a clean text, and of the same text as printed at some width."""
    yield from text.split("\n")
    width = random.Random(seed).randint(*WIDTHS)
    for line in text.split("\n"):
        yield from (line[at : at + width] for at in range(0, len(line), width) if len(line) > width)


def lines_of_all() -> Iterator[Line]:
    """All lines that are learnt from."""
    return (line for line in _lines() if not RE_NOTE.match(line.text))


def _lines() -> Iterator[Line]:
    """All lines at hand."""
    names = sorted(path.stem for path in (FOLDER / "raw").glob("*.txt") if series_of(path.stem) not in UNSEEN)
    random.Random(0).shuffle(names)
    for n, name in enumerate(names):
        yield from (Line(line, is_page, False, n % N_FOLDS, series_of(name)) for line, is_page in messy_lines(name))
    for n, path in enumerate(sorted(TEXTS.glob("*.txt"))):
        title, *lines = clean_lines(path.read_text("utf-8"), n)
        yield Line(title, False, False, n % N_FOLDS)
        yield from (Line(line, False, True, n % N_FOLDS) for line in lines if line.strip())
    for path in sorted(LISTS.glob("*.tsv")):
        for n, row in enumerate(path.read_text("utf-8").splitlines()):
            kind, _, line = row.split("\t", 2)
            yield Line(line.strip(), kind == "D", False, n % N_FOLDS)


def fitted_lines(lines: Iterable[Line]) -> dict[str, np.ndarray]:
    """The arrays of the mean of two models fitted on lines."""
    kept = [line for line in lines if len(line.text) <= MAX_READ]
    first = [line for line in kept if not line.series or line.series in SERIES]
    second = [line for line in kept if not (line.is_page and is_whole(line.text))]
    fits = [_fitted(first, CLEAN), _fitted(second, CLEAN_OF_ALL)]
    bias = np.mean([fit.intercept_[0] for fit in fits])
    weights = np.mean([fit.coef_[0] for fit in fits], axis=0)
    return packed_weights(weights) | {"bias": np.array(round(float(bias), 3), dtype=np.float32)}


def _fitted(lines: Sequence[Line], clean: float) -> LogisticRegression:
    """A model fitted on lines, those of clean texts with this weight."""
    shown = bucket_table(buckets_of([line.text for line in lines]), bits=BITS)
    weights = [clean if line.is_clean else 1.0 for line in lines]
    return LogisticRegression(C=STRENGTH, max_iter=500).fit(
        shown, [line.is_page for line in lines], sample_weight=weights
    )


def without(lines: Iterable[Line], fold: int) -> LineModel:
    """A model that has not seen a fold."""
    return line_model_of(fitted_lines(line for line in lines if line.fold != fold))


def main() -> None:
    """Write the model, and print what models tell that have not seen the lines."""
    lines = list(lines_of_all())
    np.savez_compressed(ROOT / "pipeline" / "lexicon" / "page_lines.npz", **fitted_lines(lines))
    rates = np.zeros((3, 2))
    for fold in range(N_FOLDS):
        held = [line for line in lines if line.fold == fold and len(line.text) <= MAX_READ]
        odds = without(lines, fold).odds([line.text for line in held])
        for line, is_page in zip(held, odds > 0, strict=True):
            kind = 0 if line.is_page else 2 if line.is_clean else 1
            rates[kind] += len(line.text) * np.array([is_page, 1])
    told = rates[:, 0] / rates[:, 1]
    print(
        f"of lines that the model has not seen are taken for the page's: of pages {told[0]:.1%}, of reports beside them "
        f"{told[1]:.2%}, of clean texts {told[2]:.3%} of the characters"
    )


if __name__ == "__main__":
    main()
