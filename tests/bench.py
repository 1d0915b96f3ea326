"""``make bench``: CPU seconds per MB of UTF-8 and peak memory of each stage, beside jieba on the same text in the same run.

The row ``engines`` says how far rjieba and jieba agree on the terms of that text. The rows ``mirrored`` are about gloss
mirrors of the sample's further clean texts, with glosses of all traditional characters and like a real page's: cleaning them,
and jieba on the same text.

Each stage runs in a process of its own, on the tables of a run over the corpus. Imports, lexicons and models are loaded
before the clock starts, by running the stage on a few reports of the sample, which use what is loaded or compiled at first need;
jieba's dictionary likewise. CPU time is the process's own.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from collections import Counter
from multiprocessing import get_context
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import store
from pipeline.ingest.clean import clean_text
from pipeline.ingest.metadata import load_user_metadata
from pipeline.ingest.read import files_frame, find_files
from pipeline.project import find_project
from pipeline.run import analyze
from pipeline.settings import CleanOptions, TokenOptions, load_settings
from pipeline.stages import CORPUS, LOCAL
from pipeline.statements.tokens import segment_terms
from tests.damage.mirror import TABLES, mirror_runs

ROOT = Path(__file__).parents[1]
WARM = ("S01.txt", "S02.docx", "S03.txt", "S04.txt")
"""Reports that each stage runs on before it is timed."""
ROUNDS = 3
"""Times that jieba and each stage up to the links are measured, in turn; told is the least of each: a busy machine adds."""


def peak() -> float:
    """The largest memory of this process so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def inputs_of(stage: Any, root: Path, outputs: Path) -> tuple[tuple[pd.DataFrame, ...], Any]:
    """The tables that a stage reads of a run over a corpus, and its options."""
    project = find_project(root, outputs=outputs)
    special = {"files": lambda: files_frame(find_files(root)), "user": lambda: load_user_metadata(project.control)}
    found = tuple(special[table]() if table in special else store.read_table(outputs, table) for table in stage.inputs)
    return found, getattr(load_settings(project.control), stage.options)


def measure(name: str, root: Path, outputs: Path, example: Path) -> tuple[float, float]:
    """CPU seconds of a stage over all documents, and by how many MB its process grew."""
    stage = next(stage for stage in (*LOCAL, *CORPUS) if stage.name == name)
    inputs, options = inputs_of(stage, example, example / "outputs")
    stage.function()(*inputs, options=options)
    inputs, options = inputs_of(stage, root, outputs)
    before, started = peak(), time.process_time()
    stage.function()(*inputs, options=options)
    return time.process_time() - started, peak() - before


def measure_jieba(root: Path, outputs: Path) -> tuple[float, float]:
    """CPU seconds of jieba's own segmentation of the same text."""
    import jieba

    texts = store.read_table(outputs, "documents")["text"].tolist()
    jieba.setLogLevel(60)
    jieba.lcut("预热词典")
    before, started = peak(), time.process_time()
    for text in texts:
        jieba.lcut(text)
    return time.process_time() - started, peak() - before


def agreement(outputs: Path) -> tuple[int, int, int]:
    """Terms that rjieba finds in the texts, that jieba finds, and those that both find, document by document."""
    n_fast = n_slow = n_both = 0
    for text in store.read_table(outputs, "documents")["text"]:
        fast, slow = (Counter(segment_terms(text, options=TokenOptions(engine=name))) for name in ("rjieba", "jieba"))
        n_fast, n_slow, n_both = n_fast + fast.total(), n_slow + slow.total(), n_both + (fast & slow).total()
    return n_fast, n_slow, n_both


def mirrors(table: str) -> list[str]:
    """The sample's further clean texts as a gloss mirror with a table of `TABLES` shows them."""
    paths = sorted((ROOT / "corpus" / "sample" / "further" / "clean").glob("*.txt"))
    return [mirror_runs(path.read_text("utf-8"), seed=seed, **TABLES[table]).damaged for seed, path in enumerate(paths)]


def measure_mirrors(table: str) -> tuple[float, float, float]:
    """MB of UTF-8 of the mirrors, CPU seconds of cleaning them, and of jieba's own segmentation of them."""
    import jieba

    jieba.setLogLevel(60)
    first, *texts = mirrors(table)
    clean_text(first, options=CleanOptions())
    jieba.lcut("预热词典")
    started = time.process_time()
    for text in texts:
        clean_text(text, options=CleanOptions())
    cleaned = time.process_time()
    for text in texts:
        jieba.lcut(text)
    return sum(len(text.encode()) for text in texts) / 1e6, cleaned - started, time.process_time() - cleaned


def corpus() -> Path:
    """The folder named on the command line, else the government reports of the further text, else the sample."""
    extra = os.environ.get("WENDUI_EXTRA_CORPUS")
    if len(sys.argv) > 1:
        return Path(sys.argv[1])
    return Path(extra) / "corpus" / "gov" if extra else ROOT / "corpus" / "sample" / "reports"


def main() -> None:
    """Print the table."""
    root = corpus()
    with tempfile.TemporaryDirectory() as folder, get_context("spawn").Pool(1, maxtasksperchild=1) as pool:
        outputs, example = Path(folder) / "outputs", Path(folder) / "example"
        example.mkdir()
        for name in WARM:
            shutil.copy(ROOT / "corpus" / "sample" / "reports" / name, example)
        analyze(find_project(example, outputs=example / "outputs"))
        analyze(find_project(root, outputs=outputs))
        texts = store.read_table(outputs, "documents")["text"]
        size = sum(len(text.encode()) for text in texts) / 1e6
        print(f"{root.name}: {len(texts)} documents, {size:.2f} MB of UTF-8; CPU seconds exclude imports and loading")
        asked = {"jieba": (measure_jieba, (root, outputs))}
        asked |= {stage.name: (measure, (stage.name, root, outputs, example)) for stage in LOCAL}
        found: dict[str, list[tuple[float, float]]] = {name: [] for name in asked}
        for _ in range(ROUNDS):
            for name, call in asked.items():
                found[name].append(pool.apply(*call))
        least = {name: min(rounds) for name, rounds in found.items()}
        later = {stage.name: pool.apply(measure, (stage.name, root, outputs, example)) for stage in CORPUS}
        for name, (seconds, memory) in (least | later).items():
            speed = f"{size / seconds:7.2f}" if seconds else "      –"
            print(f"{name:12s} {seconds / size:7.3f} s/MB  {speed} MB/s  +{memory:5.0f} MB")
        ratios = [sum(found[stage.name][n][0] for stage in LOCAL) / found["jieba"][n][0] for n in range(ROUNDS)]
        total = sum(least[stage.name][0] for stage in LOCAL)
        n_fast, n_slow, n_both = pool.apply(agreement, (outputs,))
        print(
            f"{'engines':12s} rjieba {n_fast} terms, jieba {n_slow}, {n_both} the same: F1 {2 * n_both / (n_fast + n_slow):.4f}"
        )
        for table in TABLES:
            mirrored, seconds, jieba_mirrored = pool.apply(measure_mirrors, (table,))
            print(
                f"{'mirrored':12s} {seconds / mirrored:7.3f} s/MB  {mirrored / seconds:7.2f} MB/s  ({mirrored:.2f} MB, glosses: {table})"
            )
            print(f"{'  jieba':12s} {jieba_mirrored / mirrored:7.3f} s/MB  {mirrored / jieba_mirrored:7.2f} MB/s")
        rounds = ", ".join(f"{ratio:.2f}" for ratio in ratios)
        print(
            f"read … link  {total / size:7.3f} s/MB = {total / least['jieba'][0]:.2f} × jieba (round by round {rounds})"
        )


if __name__ == "__main__":
    main()
