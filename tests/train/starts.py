"""``make train-starts``: fit anew the model of the lines with which the reports of a file begin, ``lexicon/report_starts.npz``.

It learns from the messy files (``tests/damage/messy``) of all series but the last one without rules made after it (`HELD`), from clean
texts of the sample's further reports, each by itself, and from several of them one after another, set in many ways. Printed is in how
many files with several reports, and with one, it finds as many as there are, by a model that has not seen the series. The same
bytes each time.
"""

import json
import random
import re
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import numpy as np

from pipeline.ingest.lines.forms import RE_MARKER
from pipeline.ingest.pages.title_spans import folded
from pipeline.ingest.volumes.fitted_starts import chosen
from pipeline.ingest.volumes.layout import Layout, layout_of, may_start
from pipeline.ingest.volumes.start_traits import start_traits
from pipeline.trees import forest_of
from tests.damage.messy_pages import FOLDER, series_of
from tests.train.forests import fitted

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "corpus" / "sample" / "further" / "clean"
HELD = "W"
"""The series that nothing is made after."""
N_FOLDS = 5
OPTIONS = {
    "max_iter": 150,
    "learning_rate": 0.07,
    "max_leaf_nodes": 15,
    "min_samples_leaf": 10,
    "max_features": 0.4,
    "early_stopping": False,
}
SEVERAL = 3.0
"""Weight of files with several reports."""
MIN_TOLD = 30
"""Shortest line by which a report is known in its file, in characters, and how much of it is looked for."""
SHOWN = 8
MAX_HEAD = 26
"""Lines of a report's head, at most."""
N_JOINED, N_LONG, UNNUMBERED = 400, 500, 0.3
"""Files made of two to five clean texts one after another, and of two to 16 that go on below one title, as long reports do; share of
the others whose headings lose their numbers."""
INDENTS, WIDTHS = ("", "\u3000\u3000", "    "), (0, 0, 28, 34, 38, 44)
GAPS = ("\n", "\n\n", "\n\n\n", "\n\f")
"""How such files are set: indents of paragraphs, characters of a line (0: a paragraph a line), what stands between texts."""
MATTERS = (
    "关于群众生活问题",
    "今后五年的目标和任务",
    "过去五年的回顾",
    "执行情况",
    "主要措施",
    "结束语",
    "几点说明",
    "关于下一步工作",
    "队伍建设迈出新步伐",
    "目前的形势和我们的任务",
    "加强作风建设",
    "把改革引向深入",
)
"""Headings in the midst of long reports."""
SERIES_OF_CLEAN = "clean"


class File(NamedTuple):
    """What is seen of the lines of a file with which reports may begin, which of them do, and its series."""

    name: str
    layout: Layout
    places: list[int]
    rows: np.ndarray
    begins: np.ndarray
    n_reports: int
    series: str

    @property
    def is_known(self):
        """Whether a line is known with which each report begins."""
        return self.n_reports == 1 or int(self.begins.sum()) == self.n_reports


def read_file(path):
    """A messy file."""
    reports = json.loads((FOLDER / "truth" / f"{path.stem}.json").read_text("utf-8"))["reports"]
    layout = layout_of(path.read_text("utf-8"))
    places = may_start(layout)
    starts = set(start_lines(layout, reports))
    begins = np.array([place in starts for place in places], dtype=int)
    return File(path.stem, layout, places, start_traits(layout, places), begins, len(reports), series_of(path.stem))


def start_lines(layout, reports):
    """The first line of each report's title, of those that are found."""
    after = 0
    for report in reports:
        first, *rest = report["text"].split("\n")
        told = next(
            (line for line in rest if len(line) > MIN_TOLD and not line.startswith("——")), rest[-1] if rest else first
        )
        body = _place(layout, folded(told)[:SHOWN], after)
        if body is None:
            continue
        keys = folded(report["title"]), folded(first)
        above = range(body, max(after - 1, body - MAX_HEAD), -1)
        start = next((i for i in above if any(_shows(layout.key(i), key) for key in keys)), None)
        if start is not None:
            yield start
        after = body


def clean_files():
    """Clean texts, each by itself, several of them one after another, and several that go on below the title of the first."""
    texts = [path.read_text("utf-8").strip("\n") for path in sorted(TEXTS.glob("*.txt"))]
    texts = [text for text in texts if "\f" not in text]
    rng = random.Random(0)
    for n, text in enumerate(texts):
        yield _set([_unnumbered(text)] if rng.random() < UNNUMBERED else [text], rng, f"clean {n}")
    for n in range(N_JOINED):
        several = rng.sample(texts, rng.choice((2, 2, 3, 3, 4, 5)))
        yield _set(
            [_unnumbered(text) for text in several] if rng.random() < UNNUMBERED else several, rng, f"joined {n}"
        )
    for n in range(N_LONG):
        first, *further = (_unnumbered(text) for text in rng.sample(texts, rng.choice((2, 3, 4, 8, 16))))
        below = [text.partition("\n")[2] for text in further]
        heads = [""] * len(below) if n % 2 else [f"{rng.choice(MATTERS)}\n" for _ in below]
        yield _set(
            ["\n".join([first, *(head + text for head, text in zip(heads, below, strict=True))])], rng, f"long {n}"
        )


def _unnumbered(text):
    """A text whose headings have no numbers."""
    title, *rest = text.split("\n")
    return "\n".join(
        [title, *(line if line.endswith("。") else RE_MARKER.sub("", line, count=1).lstrip() for line in rest)]
    )


def _set(texts, rng, name):
    """Clean texts set in one way, one after another, as a file."""
    indent, width, gap = rng.choice(INDENTS), rng.choice(WIDTHS), rng.choice(GAPS)
    margin, is_halved = rng.choice(("", "", "\u3000" * 4, "\u3000" * 7, " " * 16)), rng.random() < 0.3
    blank = rng.choice(("\n", "\n", "\n\n"))
    titles, parts = set(), []
    for text in texts:
        title, *rest = text.split("\n")
        halves = [title[: len(title) // 2], title[len(title) // 2 :]] if is_halved and len(title) > 15 else [title]
        below = [line for paragraph in rest for line in _wrapped(indent + paragraph, width)]
        titles.add(sum(map(len, parts)) + len(margin))
        parts.append(
            "\n".join(margin + half for half in halves) + "\n" * rng.choice((1, 1, 2)) + blank.join(below) + gap
        )
    layout = layout_of("".join(parts))
    places = may_start(layout)
    begins = np.array([layout.lines[i][0] in titles for i in places], dtype=int)
    rows = start_traits(layout, places)
    return File(name, layout, places, rows, begins, len(texts), f"{SERIES_OF_CLEAN} {rng.randrange(N_FOLDS)}")


def _wrapped(paragraph, width):
    """A paragraph in lines of some characters."""
    return re.findall(f".{{1,{width}}}", paragraph) if width else [paragraph]


def _place(layout, words, after):
    """The line that holds the beginning of a report's text, or whose end does."""
    lines = range(after, len(layout.lines))
    return next((i for i in lines if words in layout.key(i) + (layout.key(i + 1) if i + 1 in lines else "")), None)


def _shows(line, title):
    """Whether a line is a title or its beginning, or holds it among little else."""
    is_beginning = len(line) >= 2 and title.startswith(line)
    return is_beginning or (len(title) > 4 and title in line and len(line) < len(title) + MIN_TOLD)


def fit(files):
    """The arrays of a model fitted on files."""
    known = [one for one in files if len(one.places) and one.is_known]
    weights = np.concatenate([np.full(len(one.places), SEVERAL if one.n_reports > 1 else 1.0) for one in known])
    rows, begins = np.vstack([one.rows for one in known]), np.concatenate([one.begins for one in known])
    return fitted(rows, begins, weights, OPTIONS)


def n_found(file, forest):
    """How many reports a model finds in a file."""
    if not file.places:
        return 1
    return max(1, len(chosen(file.layout, file.places, forest.log_odds(file.rows)[0].tolist())))


def all_files() -> Iterator[File]:
    """The files that are learnt from."""
    yield from (read_file(path) for path in sorted((FOLDER / "raw").glob("*.txt")) if series_of(path.stem) != HELD)
    yield from clean_files()


def main():
    """Write the model, and print what models find that have not seen the series."""
    files = list(all_files())
    np.savez_compressed(ROOT / "pipeline" / "lexicon" / "report_starts.npz", **fit(files))
    series = sorted({one.series for one in files})
    found = []
    for fold in range(N_FOLDS):
        held = series[fold::N_FOLDS]
        forest = forest_of(fit([one for one in files if one.series not in held]))
        found += [(one, n_found(one, forest)) for one in files if one.series in held]
    for kind, is_clean in (("messy files", False), ("clean texts", True)):
        mine = [(one.n_reports, n) for one, n in found if one.series.startswith(SERIES_OF_CLEAN) == is_clean]
        several, single = [k == n for k, n in mine if k > 1], [n > 1 for k, n in mine if k == 1]
        print(
            f"{kind}: {sum(several)} of {len(several)} with several reports, {sum(single)} of {len(single)} with one taken for more"
        )


if __name__ == "__main__":
    main()
