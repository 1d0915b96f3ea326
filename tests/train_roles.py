"""``make train-roles``: fit the role model anew on the development split of the sample, count how roles follow each other,
and measure, with models that have not seen the report at hand, how far confidences can be trusted. The same bytes each time.
"""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd

from pipeline import tables
from pipeline.evaluate.gold import Report, matched, read_gold, similarity
from pipeline.ingest.clean import documents
from pipeline.sections.outline import Section, parse_outline
from pipeline.sections.rolelearning import Example, fit_shipped
from pipeline.sections.rolemodel import RoleModel, model_of
from pipeline.sections.roles import assign_roles
from pipeline.settings import Settings
from pipeline.statements.points import extract_points
from pipeline.statements.sentences import sentences
from pipeline.values import SIDES, Role

ROOT = Path(__file__).parents[1]
GOLD, LEXICON = ROOT / "corpus" / "sample" / "gold", ROOT / "pipeline" / "lexicon"
N_FOLDS, N_BINS = 5, 5
SETTINGS = Settings()


@dataclass(frozen=True)
class Annotated:
    """A clean text, its annotation and its sections."""

    text: str
    gold: Report
    sections: list[Section]

    def pairs(self) -> dict[int, int]:
        """Place of a section → place of its heading in the annotation."""
        headings = [section.heading for section in self.sections[1:]]
        return {j + 1: i for i, j in matched([row[0] for row in self.gold["sections"]], headings)}


def annotated() -> list[Annotated]:
    """The reports of the development split."""
    files = read_gold([GOLD / "dev.json"])
    found = []
    for file in sorted(files, key=lambda file: file.file):
        name = Path(file.file).stem + ".txt"
        text = (GOLD / "clean" / name).read_text("utf-8")
        row = {"source_id": name, "n_bytes": 1, "text": text, "pages": [], "status": "ok"}
        user = pd.DataFrame(columns=["id", "key", "value"], dtype="str")
        made, *_ = documents(tables.frame("decoded", [row]), user, options=SETTINGS.clean)
        for clean, gold in zip(made["text"].tolist(), file.reports, strict=False):
            found.append(Annotated(clean, gold, parse_outline(clean, options=SETTINGS.outline)))
    return found


def labelled(report: Annotated) -> Iterator[Example]:
    """Sentences with the role of the point that they hold, else of their section; and headings of the three sides."""
    points, pairs = report.gold["statements"], report.pairs()
    for at, section in enumerate(report.sections):
        role = report.gold["sections"][pairs[at]][1] if at in pairs else None
        below = [child.start for child in report.sections if child.parent == at]
        for start, end in sentences(report.text, section.body_start, min([*below, section.end])):
            words = report.text[start:end]
            told = next((point[0] for point in points if point[1] in words), role)
            if told and len(words) >= 4:
                yield words, Role(told), 1.0
        if role in SIDES:
            yield section.heading[len(section.marker or "") :].strip(), Role(role), 0.5


def trusted(report: Annotated, model: RoleModel) -> dict[str, list[tuple[float, bool]]]:
    """(confidence, right) of the report's roles and points."""
    sections = assign_roles(report.text, report.sections, options=SETTINGS.outline, model=model)
    wanted = report.gold["sections"]
    roles = [
        (sections[at].confidence, sections[at].role == wanted[i][1])
        for at, i in report.pairs().items()
        if sections[at].role
    ]
    found = extract_points(report.text, sections, options=SETTINGS.points)
    points = [point for point in found if point.parent is None and point.role in SIDES]

    def alike(one: list, other: object) -> float:
        """Similarity of points; another role is no match."""
        return similarity(one[1], other.headline) if one[0] == other.role else 0.0

    right = {j for _, j in matched(report.gold["statements"], points, key=alike)}
    return {"role": roles, "point": [(point.confidence, j in right) for j, point in enumerate(points)]}


NAMES = {"role": "功能", "point": "条目"}
"""What a confidence is about, in front of people."""


def curve(kind: str, pairs: list[tuple[float, bool]]) -> Iterator[dict[str, str]]:
    """Rows of the curve of one kind: equal-mass bins, what was foretold and what was right."""
    for number, part in enumerate(np.array_split(np.array(sorted(pairs), dtype=float), N_BINS), 1):
        foretold, right = part.mean(axis=0)
        yield {
            "what": NAMES[kind],
            "bin": str(number),
            "n": str(len(part)),
            "confidence": f"{foretold:.3f}",
            "accuracy": f"{right:.3f}",
            "source": "corpus/sample/gold/dev.json",
        }


def write_csv(name: str, comment: str, rows: list[dict[str, str]]) -> None:
    """A table of the lexicon."""
    out = io.StringIO()
    writer = csv.DictWriter(out, list(rows[0]), lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    (LEXICON / name).write_text(f"# {comment}\n{out.getvalue()}", "utf-8")


def write_order(reports: list[Annotated]) -> None:
    """How often top sections of two roles follow each other."""
    counts: Counter[tuple[str, str]] = Counter()
    for report in reports:
        top = [role for _, role, level in report.gold["sections"] if level == 1]
        counts.update(pairwise(["始", *top, "终"]) if top else [])
    rows = [
        {"before": one, "after": other, "n": str(n), "source": "corpus/sample/gold/dev.json"}
        for (one, other), n in sorted(counts.items())
    ]
    write_csv(
        "role_order.csv", "How often a top section of one role follows another; 始 and 终: edges of a report.", rows
    )


def main() -> None:
    """Write ``roles.npz``, ``role_order.csv`` and ``calibration.csv``."""
    reports = annotated()
    examples = [list(labelled(report)) for report in reports]
    write_order(reports)
    np.savez_compressed(LEXICON / "roles.npz", **fit_shipped(one for part in examples for one in part))
    found: dict[str, list[tuple[float, bool]]] = {"role": [], "point": []}
    for fold in range(N_FOLDS):
        seen = [one for at, part in enumerate(examples) if at % N_FOLDS != fold for one in part]
        model = model_of(fit_shipped(seen))
        for report in reports[fold::N_FOLDS]:
            for kind, pairs in trusted(report, model).items():
                found[kind] += pairs
    rows = [row for kind, pairs in found.items() for row in curve(kind, pairs)]
    write_csv(
        "calibration.csv", "How far confidences can be trusted: equal-mass bins, cross-fitted on the sample.", rows
    )


if __name__ == "__main__":
    main()
