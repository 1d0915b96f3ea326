"""``make train-titles``: fit anew the choice of a report's title in the head of a page, ``lexicon/titles.npz``.

It learns from the messy files of all series but `UNSEEN` (``tests/damage/messy``) as they are when the page's lines are dropped, and from clean texts of the
sample's further reports, by themselves and under heads of pages (``tests/cases/page_heads.toml``). Printed is how many titles a choice finds that has not seen the series. The same bytes each time.
"""

import json
import re
import tomllib
import zlib
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.ingest import passes
from pipeline.ingest.boilerplate import drop_lines
from pipeline.ingest.clean import clean_text
from pipeline.ingest.pages.title_spans import folded
from pipeline.ingest.pages.title_traits import read_head, title_choices
from pipeline.settings import CleanOptions
from pipeline.trees import forest_of
from tests.damage.messy_pages import FOLDER, UNSEEN, series_of
from tests.train.forests import fitted

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "corpus" / "sample" / "further" / "clean"
HEADS = ROOT / "tests" / "cases" / "page_heads.toml"
N_UNDER = 6
"""Clean texts under each head of a page."""
N_FOLDS = 5
OPTIONS = {
    "max_iter": 150,
    "learning_rate": 0.08,
    "max_leaf_nodes": 15,
    "min_samples_leaf": 10,
    "max_features": 0.4,
    "early_stopping": False,
}
RE_SUBTITLE = re.compile("——|──|--")
MIN_SHOWN = 40
"""Length of a line by which a report is known again, in characters, and the part of it that is looked for."""
SHOWN = slice(10, 28)


class Page(NamedTuple):
    """What is seen of the titles that a page may have, which of them are its report's, and its series."""

    rows: np.ndarray
    is_title: np.ndarray
    series: str


def pages_of(raw, reports, series):
    """The pages of a file that hold one of its reports each, as they are when the page's lines are dropped first."""
    seen = []

    def noted(text):
        """Drop the page's lines, and keep what they are dropped of."""
        seen.append(text)
        return drop_lines(text)

    before, passes.LAYOUT = passes.LAYOUT, tuple(noted if step is drop_lines else step for step in passes.LAYOUT)
    try:
        clean_text(raw, options=CleanOptions())
    finally:
        passes.LAYOUT = before
    left = dict(enumerate(reports))
    for text in seen:
        held = [n for n, report in enumerate(reports) if _holds(folded(text), report["text"])]
        if len(held) == 1 and held[0] in left:
            yield page_of(text, left.pop(held[0])["title"], series)


def page_of(text, title, series):
    """A page and its report's title."""
    copies, rows = title_choices(read_head([line.strip() for line in text.split("\n") if line.strip()]))
    keys = {folded(title), folded(RE_SUBTITLE.split(title)[0])}
    return Page(rows, np.array([folded(mine[0].text) in keys for mine in copies]), series)


def _holds(page, text):
    """Whether a page holds most of a report."""
    lines = [key for line in text.split("\n") if len(key := folded(line)) > MIN_SHOWN]
    return 2 * sum(line[SHOWN] in page for line in lines) >= max(2, len(lines))


def all_pages():
    """The pages that are learnt from; every third clean text by itself."""
    for path in sorted((FOLDER / "raw").glob("*.txt")):
        if series_of(path.stem) not in UNSEEN:
            reports = json.loads((FOLDER / "truth" / f"{path.stem}.json").read_text("utf-8"))["reports"]
            yield from pages_of(path.read_text("utf-8"), reports, series_of(path.stem))
    texts = {path.stem: path.read_text("utf-8") for path in sorted(TEXTS.glob("*.txt"))}
    texts = {name: text for name, text in texts.items() if "\f" not in text}
    for name, text in texts.items():
        if zlib.crc32(name.encode()) % 3 == 0:
            yield page_of(text, text.split("\n")[0], "")
    for head in tomllib.loads(HEADS.read_text("utf-8"))["head"]:
        for name in sorted(texts, key=lambda name: zlib.crc32((head["label"] + name).encode()))[:N_UNDER]:
            title, body = texts[name].split("\n", 1)
            yield page_of(head["text"].format(title=title) + body, title, "")


def fit(pages):
    """The arrays of a choice fitted on pages."""
    known = [page for page in pages if page.is_title.any()]
    rows, right = np.concatenate([page.rows for page in known]), np.concatenate([page.is_title for page in known])
    return fitted(rows, right, None, OPTIONS)


def main():
    """Write the choice, and print what choices find that have not seen the series."""
    pages = list(all_pages())
    np.savez_compressed(ROOT / "pipeline" / "lexicon" / "titles.npz", **fit(pages))
    series = sorted({page.series for page in pages if page.series})
    for fold in range(N_FOLDS):
        held = series[fold::N_FOLDS]
        forest = forest_of(fit([page for page in pages if page.series not in held]))
        mine = [page for page in pages if page.series in held]
        n = sum(page.is_title[forest.log_odds(page.rows)[0].argmax()] for page in mine if len(page.rows))
        print(f"series {' '.join(held)}, not seen: {n} of {len(mine)} titles")


if __name__ == "__main__":
    main()
