"""``make train-roles``: fit the role model anew on the development split of the sample, count how roles follow each other,
and measure, with models that have not seen the report at hand, how far confidences can be trusted. The same bytes each time.
"""

import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.linear_model import LogisticRegression

from pipeline import lexicon, tables
from pipeline.evaluate.gold import Report, matched, read_gold, similarity
from pipeline.ingest.clean import documents
from pipeline.sections.judgement import judgements
from pipeline.sections.outline import Section, parse_outline
from pipeline.sections.rolelearning import Example, fit_shipped
from pipeline.sections.rolemodel import RoleModel, model_of
from pipeline.sections.roles import POINT_BASIS, assign_roles
from pipeline.settings import Settings
from pipeline.statements.points import extract_points
from pipeline.statements.sentences import sentences
from pipeline.values import SIDES, Role

ROOT = Path(__file__).parents[1]
GOLD, LEXICON = ROOT / "corpus" / "sample" / "gold", ROOT / "pipeline" / "lexicon"
FURTHER, LAST = ROOT / "corpus" / "sample" / "further", "F24"
"""Reports that no rule was made on; those behind the last one are held back to validate."""
UNSEEN = (1.0, 1.5)
"""Weight of the further reports where roles, and points, are calibrated: the rules were made on dev."""
KNOTS = (0.3, 0.5, 0.65, 0.8, 0.9, 0.95, 0.98)
LEAP = 0.2
"""No score is mapped further above itself: where none was seen, the curve knows nothing."""
MARKER = re.compile(
    r"第?[（(〈]?(?:[一二三四五六七八九十百]+|\d+(?:\.\d+)*)(?:[部分章节条]+|[）)〉、.．]+)\s*|[①-⑳㈠-㈩⑴-⒇]"
)
MAPPED = "How often a score is right, by what a role rests on, and of points: logistic curves, straight lines between."
CURVE = "How far confidences can be trusted: equal-mass bins, dev cross-fitted and test together."
Pair = tuple[float, bool]
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


def annotated(gold: Path, texts: Path, *, last: str = "") -> list[Annotated]:
    """The reports of a file of annotations, up to one; `texts` holds their clean texts."""
    found = []
    for file in sorted(read_gold([gold]), key=lambda file: file.file):
        name = Path(file.file).stem
        if last and name > last:
            continue
        row = {"source_id": name, "n_bytes": 1, "text": (texts / f"{name}.txt").read_text("utf-8"), "pages": []}
        user = pd.DataFrame(columns=["id", "key", "value"], dtype="str")
        made, *_ = documents(tables.frame("decoded", [row | {"status": "ok"}]), user, options=SETTINGS.clean)
        for clean, report in zip(made["text"].tolist(), file.reports, strict=False):
            found.append(Annotated(clean, report, parse_outline(clean, options=SETTINGS.outline)))
    return found


def written() -> list[Example]:
    """The sentences and headings that were written for the model; 其他 is none of its roles."""
    rows = lexicon.rows("role_sentences.csv")
    return [(row["sentence"], Role(row["role"]), 1.0) for row in rows if row["role"] != "其他"]


def as_annotated(report: Annotated) -> Annotated:
    """The report with its sections at the headings of the annotation, also those that the outline does not find."""
    places, after = [], 0
    for heading, role, level in report.gold["sections"]:
        if (start := report.text.find(heading, after)) >= 0:
            after = start + len(heading)
            places.append((start, after, heading, role, level))
    sections = [Section(0, len(report.text), 0, 0, None, "", None)]
    for at, (start, body, heading, role, level) in enumerate(places):
        end = next((other[0] for other in places[at + 1 :] if other[4] <= level), len(report.text))
        parent = next((n for n in range(at, 0, -1) if sections[n].level < level), 0)
        sections.append(Section(start, end, body, level, _marker(heading), heading, parent, role and Role(role)))
    return Annotated(report.text, report.gold, sections)


def _marker(heading: str) -> str | None:
    """The number of a heading."""
    found = MARKER.match(heading)
    return found[0] if found else None


def labelled(report: Annotated) -> Iterator[Example]:
    """Sentences with the role of the point that they hold, else of their section; and headings."""
    points, sections = report.gold["statements"], as_annotated(report).sections
    for at, section in enumerate(sections):
        below = [child.start for child in sections if child.parent == at]
        for start, end in sentences(report.text, section.body_start, min([*below, section.end])):
            words = report.text[start:end]
            told = next((point[0] for point in points if point[1] in words), section.role)
            if told and len(words) >= 4:
                yield words, Role(told), 1.0
        if section.role:
            yield section.heading[len(section.marker or "") :].strip(), section.role, 0.5


def judged_roles(report: Annotated, model: RoleModel) -> Iterator[tuple[str, float, bool]]:
    """Basis, score before it is mapped, and whether it is right, of the report's roles."""
    wanted, scores = report.gold["sections"], judgements(report.text, report.sections, model=model)
    for at, i in report.pairs().items():
        if scored := scores[at]:
            yield scored.basis, scored.confidence, scored.role == wanted[i][1]


def judged_points(report: Annotated, model: RoleModel) -> Iterator[tuple[str, float, bool]]:
    """The same of the report's points."""
    sections = assign_roles(report.text, report.sections, options=SETTINGS.outline, model=model)
    found = extract_points(report.text, sections, options=SETTINGS.points)
    points = [point for point in found if point.parent is None and point.role in SIDES]

    def alike(one: list, other: object) -> float:
        """Similarity of points; another role is no match."""
        return similarity(one[1], other.headline) if one[0] == other.role else 0.0

    right = {j for _, j in matched(report.gold["statements"], points, key=alike)}
    yield from ((POINT_BASIS, point.confidence, j in right) for j, point in enumerate(points))


def mapping(kind: str, pairs: list[tuple[float, bool, float]]) -> list[dict[str, str]]:
    """How often a score is right, by a logistic curve of its log odds (Platt, 1999) read off at `KNOTS`."""
    scores, right, weights = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    curve = LogisticRegression(C=10.0).fit(logit(scores)[:, None], right, sample_weight=weights)
    slope = max(0.0, float(curve.coef_[0, 0]))
    rows = [(knot, 1 / (1 + np.exp(-slope * float(logit(np.array(knot))) - curve.intercept_[0]))) for knot in KNOTS]
    return [
        {
            "basis": kind,
            "score": f"{knot:g}",
            "right": f"{min(value, knot + LEAP):.3f}",
            "source": "dev, further F01-F24",
        }
        for knot, value in [(0.0, 0.0), *rows]
    ]


def logit(scores: np.ndarray) -> np.ndarray:
    """Log odds of scores, kept off their edges."""
    held = np.clip(scores, 0.02, 0.98)
    return np.log(held / (1 - held))


def curve(kind: str, pairs: list[Pair]) -> Iterator[dict[str, str]]:
    """Rows of the curve of one kind: equal-mass bins, what was foretold and what was right."""
    for number, part in enumerate(np.array_split(np.array(sorted(pairs), dtype=float), N_BINS), 1):
        foretold, right = part.mean(axis=0)
        row = {"what": kind, "bin": str(number), "n": str(len(part)), "confidence": f"{foretold:.3f}"}
        yield row | {"accuracy": f"{right:.3f}", "source": "corpus/sample/gold (dev cross-fitted, test)"}


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


def cross_fitted(examples: list[list[Example]]) -> Iterator[tuple[int, RoleModel]]:
    """Each report's place with a model that has not seen it."""
    for fold in range(N_FOLDS):
        seen = [one for at, part in enumerate(examples) if at % N_FOLDS != fold for one in part]
        model = model_of(fit_shipped([*seen, *written()]))
        yield from ((at, model) for at in range(fold, len(examples), N_FOLDS))


def main() -> None:
    """Write ``roles.npz``, ``role_order.csv``, ``role_calibration.csv`` and ``calibration.csv``."""
    dev = annotated(GOLD / "dev.json", GOLD / "clean")
    reports = dev + annotated(FURTHER / "gold.json", FURTHER / "clean", last=LAST)
    examples = [list(labelled(report)) for report in reports]
    write_order(dev)
    whole = fit_shipped([one for part in [*examples, written()] for one in part])
    np.savez_compressed(LEXICON / "roles.npz", **whole)
    models = dict(cross_fitted(examples))
    test = annotated(GOLD / "test.json", GOLD / "clean")
    shown: dict[str, list[Pair]] = defaultdict(list)
    rows: list[dict[str, str]] = []
    for judge, unseen in ((judged_roles, UNSEEN[0]), (judged_points, UNSEEN[1])):
        found = defaultdict(list)
        for at, report in enumerate(reports):
            for kind, score, right in judge(report, models[at]):
                found[kind].append((score, right, 1.0 if at < len(dev) else unseen))
                shown[kind] += [(score, right)] if at < len(dev) else []
        for report in test:
            for kind, score, right in judge(report, model_of(whole)):
                shown[kind].append((score, right))
        rows += [row for kind, pairs in sorted(found.items()) for row in mapping(kind, sorted(pairs))]
        write_csv("role_calibration.csv", MAPPED, rows)
        lexicon.rows.cache_clear()  # points rest on the roles as they are now mapped
    write_csv("calibration.csv", CURVE, curves(shown, rows))


def curves(shown: dict[str, list[Pair]], rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """The curves of roles and points with the scores mapped; roles below the threshold are null and do not count."""
    mapped: dict[str, list[Pair]] = {"功能": [], POINT_BASIS: []}
    for kind, pairs in sorted(shown.items()):
        knots = [(float(row["score"]), float(row["right"])) for row in rows if row["basis"] == kind]
        for score, right in pairs:
            value = float(np.interp(score, *zip(*knots, strict=True)))
            if kind == POINT_BASIS or value >= SETTINGS.outline.min_role_confidence:
                mapped[POINT_BASIS if kind == POINT_BASIS else "功能"].append((value, right))
    return [row for kind, pairs in mapped.items() for row in curve(kind, pairs)]


if __name__ == "__main__":
    main()
