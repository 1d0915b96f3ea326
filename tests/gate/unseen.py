"""The further annotated reports that points, codes and links have learnt nothing from, by kind: ``python -m tests.gate.unseen``.

They stand for more of what is written than the sample's test split, and no model has seen how their points are annotated. A
run over their clean texts is scored like one over the sample.
"""

import shutil
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from pipeline.evaluate.gold import GoldFile, read_gold
from pipeline.evaluate.score import score
from pipeline.project import find_project
from pipeline.run import analyze
from tests.train.annotated import is_validation

FURTHER = Path(__file__).parents[2] / "corpus" / "sample" / "further"
KINDS = {
    "最平常的调研报告": ("L", "M", "W", "X", "Y"),
    "各种写法": ("V",),
    "单位与城乡的常见报告": tuple(f"Z{n}" for n in range(33, 65)),
    "层级深的长报告": tuple(f"Z{n}" for n in range(65, 81)),
    "讲话": tuple(f"T{n}" for n in range(65, 81)),
    "座谈与访谈": tuple(f"T{n}" for n in range(81, 97)),
    "没有标题": tuple(f"U{n}" for n in range(65, 81)),
    "少有标题的文章": tuple(f"U{n}" for n in range(81, 97)),
    "不明说问题": tuple(f"Z{n}" for n in range(81, 97)),
}
"""Kinds of reports, and how the names of their files begin."""
SHOWN = (
    "headings",
    "roles",
    "statements",
    "problems",
    "causes",
    "measures",
    "implicit_recall",
    "links",
    "metadata_year",
    "metadata_org_type",
)


def unseen_gold(begin: tuple[str, ...] = ("",)) -> list[GoldFile]:
    """The annotation of the reports that were not learnt from and whose names begin in one of some ways."""
    return [entry for entry in _unseen() if entry.file.startswith(begin)]


@cache
def _unseen() -> tuple[GoldFile, ...]:
    """The annotation of all of them, read once."""
    return tuple(entry for entry in read_gold([FURTHER / "gold.json"]) if is_validation(entry.file))


def run_unseen(folder: Path) -> Path:
    """The results of a run over the clean texts of these reports, below a folder that is empty."""
    corpus, outputs = folder / "corpus", folder / "outputs"
    corpus.mkdir()
    for entry in unseen_gold():
        shutil.copy(FURTHER / "clean" / entry.file, corpus)
    analyze(find_project(corpus, outputs=outputs), strict=True)
    return outputs


def main() -> None:
    """Print the measures of each kind."""
    with TemporaryDirectory() as folder:
        outputs = run_unseen(Path(folder))
        for kind, begin in (KINDS | {"全部": ("",)}).items():
            gold = unseen_gold(begin)
            found = {measure.name: measure.value for measure in score(outputs, gold)}
            print(f"{kind}（{len(gold)}）", *(f"{name} {found[name]:.3f}" for name in SHOWN))


if __name__ == "__main__":
    main()
