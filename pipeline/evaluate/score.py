"""Outputs against gold: precision, recall and F1 of everything that people annotated, with intervals over documents."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import adjusted_rand_score, cohen_kappa_score

from pipeline import store, tables
from pipeline.evaluate.gold import GoldFile, Report, matched, read_gold, similarity
from pipeline.evaluate.texts import restoration_counts, text_counts
from pipeline.values import SIDES, LinkKind

Row = dict[str, Any]
Counts = dict[str, tuple[int, int, int]]
"""Measure → (right, gold, found)."""

N_BOOTSTRAP, SEED = 1_000, 20_240_703
SIDE_NAMES = dict(zip(SIDES, ("problems", "causes", "measures"), strict=True))


@dataclass(frozen=True)
class Measure:
    """A measure over all documents: F1 (or accuracy, where gold and found are the same) and its interval."""

    name: str
    value: float
    low: float
    high: float
    right: int
    gold: int
    found: int

    def __str__(self) -> str:
        """A line for the console."""
        counts = f"({self.right} right, {self.gold} gold, {self.found} found)"
        return f"{self.name:22s} {self.value:.3f} [{self.low:.3f}, {self.high:.3f}] {counts}"


@dataclass(frozen=True)
class Coded:
    """The codes that gold and Wendui gave to the points that match."""

    side: str
    gold: str
    found: str
    second: str | None


def score(outputs: Path, gold: Sequence[GoldFile]) -> list[Measure]:
    """All measures of a run against gold.

    Parameters
    ----------
    outputs : Path
        A folder with results.
    gold : sequence of GoldFile
        From `pipeline.evaluate.gold.read_gold`.

    Returns
    -------
    list of Measure
        Intervals: 95 %, bootstrap over annotated reports. Code measures (κ, ARI, top-2 accuracy) are on matched points.
    """
    found = Found(outputs)
    counted, codes = [], []
    for entry in gold:
        documents = found.documents_of(entry.file)
        counted.append({"documents": (min(len(documents), len(entry.reports)), len(entry.reports), len(documents))})
        if entry.clean is not None:
            counted.append({"restoration": restoration_counts(documents, entry.clean)})
        for i, report in enumerate(entry.reports):
            counts, coded = _score_report(report, found, documents[i] if i < len(documents) else None)
            counted.append(counts)
            codes.append(coded)
    names = dict.fromkeys(name for counts in counted for name in counts)
    measures = [measure(name, [counts.get(name, (0, 0, 0)) for counts in counted]) for name in names]
    return measures + list(code_measures(codes))


def score_lines(outputs: Path, gold: Sequence[Path]) -> list[str]:
    """The measures as lines for the console."""
    return [str(measure) for measure in score(outputs, read_gold(gold))]


class Found:
    """The tables of a run that are scored, by document; `outputs` is a folder with results."""

    def __init__(self, outputs: Path) -> None:
        """Read what is scored."""
        self.documents = tables.records(store.read_table(outputs, "documents").drop(columns="edits"))
        self.sections = _by_document(outputs, "sections")
        self.statements = _by_document(outputs, "statements")
        self.links = _by_document(outputs, "links")
        codes = tables.records(store.read_table(outputs, "codes"))
        self.codes = {(row["statement_id"], row["rank"]): row["code"] for row in codes if row["scheme"] == "wendui"}

    def documents_of(self, file: str) -> list[Row]:
        """The documents of a file, by its name or else by its stem, in order."""
        exact = [row for row in self.documents if row["source_id"] == file]
        return exact or [row for row in self.documents if Path(row["source_id"]).stem == Path(file).stem]


def _by_document(outputs: Path, name: str) -> dict[str, list[Row]]:
    """Rows of a table by document."""
    grouped: dict[str, list[Row]] = {}
    for row in tables.records(store.read_table(outputs, name)):
        grouped.setdefault(row["doc_id"], []).append(row)
    return grouped


def _score_report(gold: Report, found: Found, document: Row | None) -> tuple[Counts, list[Coded]]:
    """The counts of one report, and the codes of its matched points."""
    name = document["doc_id"] if document else ""
    counts: Counts = text_counts(gold, document) | _section_counts(gold, found.sections.get(name, []))
    points = [p for p in found.statements.get(name, []) if p["parent_id"] is None and p["role"] in SIDES]

    def alike(one: Sequence[Any], other: Row) -> float:
        """Similarity of points; another role is no match."""
        return similarity(one[1], other["headline"]) if one[0] == other["role"] else 0.0

    pairs = matched(gold["statements"], points, key=alike)
    counts |= _point_counts(gold, points, pairs) | _link_counts(gold, points, pairs, found.links.get(name, []))
    coded = []
    for i, j in pairs:
        first, second = (found.codes.get((points[j]["statement_id"], rank)) for rank in (1, 2))
        coded.append(Coded(gold["statements"][i][0], gold["statements"][i][2], first or "其他", second))
    return counts, coded


def _section_counts(gold: Report, sections: list[Row]) -> Counts:
    """Headings, their levels and their roles."""
    mine = sorted((row for row in sections if row["heading"]), key=lambda row: row["start"])
    pairs = matched([heading for heading, _, _ in gold["sections"]], [row["heading"] for row in mine])
    levels = [gold["sections"][i][2] == mine[j]["level"] for i, j in pairs]
    roles = [mine[j]["role"] == gold["sections"][i][1] for i, j in pairs]
    return {
        "headings": (len(pairs), len(gold["sections"]), len(mine)),
        "levels": (sum(levels), len(levels), len(levels)),
        "roles": (sum(roles), len(roles), sum(mine[j]["role"] is not None for _, j in pairs)),
    }


def _point_counts(gold: Report, points: list[Row], pairs: list[tuple[int, int]]) -> Counts:
    """Points in all, by side, explicit, implicit, and the explicit flag."""
    wanted = gold["statements"]
    implicit = {i for i, row in enumerate(wanted) if row[4]}
    flags = [bool(points[j]["explicit"]) != (i in implicit) for i, j in pairs]
    n_implicit = sum(i in implicit for i, _ in pairs)
    counts = {
        "statements": (len(pairs), len(wanted), len(points)),
        "statements_explicit": (len(pairs) - n_implicit, len(wanted) - len(implicit), len(points) - n_implicit),
        "implicit_recall": (n_implicit, len(implicit), len(implicit)),
        "explicit_flag": (sum(flags), len(flags), len(flags)),
    }
    for side, name in SIDE_NAMES.items():
        right = sum(wanted[i][0] == side for i, _ in pairs)
        counts[name] = (right, sum(row[0] == side for row in wanted), sum(p["role"] == side for p in points))
    return counts


def _link_counts(gold: Report, points: list[Row], pairs: list[tuple[int, int]], links: list[Row]) -> Counts:
    """Links 问题→对策 between points that match."""
    of_gold: dict[str, Any] = {points[j]["statement_id"]: i for i, j in pairs}
    mine = {
        (of_gold.get(row["from_id"], row["from_id"]), of_gold.get(row["to_id"], row["to_id"]))
        for row in links
        if row["kind"] == LinkKind.PROBLEM_MEASURE
    }
    wanted = {tuple(pair) for pair in gold["pairs"]}
    return {"links": (len(mine & wanted), len(wanted), len(mine))}


def _f1(counts: NDArray[np.int64]) -> NDArray[np.float64]:
    """F1 of counts (…, 3): right, gold, found; nothing to find and nothing found is 1."""
    total = counts[..., 1] + counts[..., 2]
    return np.where(total > 0, 2 * counts[..., 0] / np.maximum(total, 1), 1.0)


def measure(name: str, counts: Sequence[tuple[int, int, int]]) -> Measure:
    """A measure over documents with its bootstrap interval."""
    table = np.array(counts, dtype=np.int64)
    table = table[table[:, 1:].sum(axis=1) > 0] if table[:, 1:].any() else table
    draws = np.random.default_rng(SEED).integers(len(table), size=(N_BOOTSTRAP, len(table)))
    low, high = np.quantile(_f1(table[draws].sum(axis=1)), [0.025, 0.975])
    right, gold, found = (int(n) for n in table.sum(axis=0))
    return Measure(name, float(_f1(table.sum(axis=0))), float(low), float(high), right, gold, found)


def code_measures(codes: Sequence[Sequence[Coded]]) -> Iterator[Measure]:
    """κ, ARI and top-2 accuracy of the codes of each side; `codes` holds the coded points of each report."""
    for side, name in SIDE_NAMES.items():
        reports = [[item for item in report if item.side == side] for report in codes]
        reports = [report for report in reports if report]
        if reports:
            for kind, of in (("kappa", _kappa), ("ari", _ari), ("top2", _top2)):
                yield _code_measure(f"codes_{kind}_{name}", reports, of)


def _code_measure(name: str, reports: Sequence[Sequence[Coded]], of: Any) -> Measure:
    """One measure of codes with its bootstrap interval."""
    rng, all_ = np.random.default_rng(SEED), [item for report in reports for item in report]
    draws = (rng.integers(len(reports), size=len(reports)) for _ in range(N_BOOTSTRAP // 5))
    values = [of([item for i in draw for item in reports[i]]) for draw in draws]
    low, high = np.nanquantile(values, [0.025, 0.975])
    right = sum(item.gold == item.found for item in all_)
    return Measure(name, of(all_), float(low), float(high), right, len(all_), len(all_))


def _kappa(items: Iterable[Coded]) -> float:
    """Cohen's κ of the primary codes."""
    pairs = [(item.gold, item.found) for item in items]
    return float(cohen_kappa_score(*zip(*pairs, strict=True))) if len(set(pairs)) > 1 else 1.0


def _ari(items: Iterable[Coded]) -> float:
    """Adjusted Rand index of the primary codes."""
    return float(adjusted_rand_score(*zip(*((item.gold, item.found) for item in items), strict=True)))


def _top2(items: Sequence[Coded]) -> float:
    """Share of points whose gold code is the primary or the second one."""
    return sum(item.gold in (item.found, item.second) for item in items) / len(items)
