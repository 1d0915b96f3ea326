"""How well points are coded and linked when people give the points: gold points go in, bodies from the documents."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline import tables
from pipeline.evaluate.gold import GoldFile, Report, read_gold, similarity
from pipeline.evaluate.others import codes_of_others, links_of_others
from pipeline.evaluate.score import Coded, Found, Measure, code_measures, measure
from pipeline.settings import Settings
from pipeline.values import LinkKind

MAX_BODY = 600
"""Code points of a body at most; what a point is about is said early."""


@dataclass(frozen=True)
class Given:
    """The points of an annotated report as other people would hand them in."""

    report: Report
    rows: list[dict[str, str]]
    """In document order; the id ends with the point's number in the annotation."""


def given_points(gold: Sequence[GoldFile], found: Found) -> list[Given]:
    """The annotated points of every report, with bodies from the texts of a run.

    Parameters
    ----------
    gold : sequence of GoldFile
    found : Found
        Tables of a run over the annotated files.

    Returns
    -------
    list of Given
        A body runs to the next point or heading; it is empty where the headline is not found.
    """
    reports = []
    for entry in gold:
        documents = found.documents_of(entry.file)
        for i, report in enumerate(entry.reports):
            document = documents[i] if i < len(documents) else None
            name = f"{entry.file}#{i + 1}"
            text = document["text"] if document else ""
            starts = [s["start"] for s in found.sections.get(document["doc_id"] if document else "", [])]
            reports.append(Given(report, points_in(report["statements"], text, starts, name)))
    return reports


def score_given(outputs: Path, gold: Sequence[GoldFile]) -> list[Measure]:
    """Codes and links of annotated points against the annotation.

    Parameters
    ----------
    outputs : Path
        A folder with results: the documents' texts are taken from it.
    gold : sequence of GoldFile

    Returns
    -------
    list of Measure
        κ, ARI and top-2 accuracy of each side, and F1 of the links 问题→对策.
    """
    reports = given_points(gold, Found(outputs))
    rows = [row for report in reports for row in report.rows]
    settings = Settings()
    codes = {(r["statement_id"], r["rank"]): r["code"] for r in _ours(codes_of_others(rows, settings=settings))}
    pairs: dict[str, set[tuple[int, int]]] = {}
    for link in tables.records(links_of_others(rows, settings=settings)):
        if link["kind"] == LinkKind.PROBLEM_MEASURE:
            pairs.setdefault(link["doc_id"], set()).add((_number(link["from_id"]), _number(link["to_id"])))
    coded = [[_coded(row, report, codes) for row in report.rows] for report in reports]
    counts = [_link_counts(report, pairs) for report in reports]
    return [measure("links", counts), *code_measures(coded)]


def given_lines(outputs: Path, gold: Sequence[Path]) -> list[str]:
    """The measures as lines for the console."""
    return [str(one) for one in score_given(outputs, read_gold(gold))]


def points_in(statements: Sequence[Any], text: str, starts: Sequence[int], name: str) -> list[dict[str, str]]:
    """The annotated points of a report as rows of other people's points.

    Parameters
    ----------
    statements : sequence
        Its annotated statements: role, headline, code, …
    text : str
        The report.
    starts : sequence of int
        Where its headings start.
    name : str
        Its doc_id.

    Returns
    -------
    list of dict
        In document order, with the keys of `COLUMNS`; the id ends with the place in `statements`.
    """
    places = [_place(row[1], text) for row in statements]
    stops = sorted({*starts, *(start for start, _ in places), len(text)})
    rows = []
    for i in sorted(range(len(statements)), key=lambda i: (places[i][0] < 0, places[i][0], i)):
        start, end = places[i]
        stop = next((stop for stop in stops if stop >= end > 0), end)
        body = text[end : min(stop, end + MAX_BODY)] if start >= 0 else ""
        role, headline = statements[i][:2]
        rows.append({"statement_id": f"{name}/g{i}", "doc_id": name, "role": role, "headline": headline, "body": body})
    return rows


def _place(headline: str, text: str) -> tuple[int, int]:
    """Where a headline stands in a text, or the line most like it; (-1, 0) if none is."""
    start = text.find(headline)
    if start >= 0:
        return start, start + len(headline)
    at = 0
    for line in text.split("\n"):
        if similarity(headline, line[: len(headline) + 8]) >= 0.8:
            return at, min(at + len(headline), at + len(line))
        at += len(line) + 1
    return -1, 0


def _ours(codes: Any) -> list[dict[str, Any]]:
    """The rows of our own codebook."""
    return [row for row in tables.records(codes) if row["scheme"] == "wendui"]


def _number(statement_id: str) -> int:
    """A point's number in the annotation."""
    return int(statement_id.rpartition("/g")[2])


def _coded(row: dict[str, str], report: Given, codes: dict[tuple[str, int], str]) -> Coded:
    """The codes that the annotation and Wendui give to a point."""
    first, second = (codes.get((row["statement_id"], rank)) for rank in (1, 2))
    return Coded(row["role"], report.report["statements"][_number(row["statement_id"])][2], first or "其他", second)


def _link_counts(report: Given, pairs: dict[str, set[tuple[int, int]]]) -> tuple[int, int, int]:
    """Links 问题→对策 right, annotated and found."""
    mine = pairs.get(report.rows[0]["doc_id"], set()) if report.rows else set()
    wanted = {(i, j) for i, j in report.report["pairs"]}
    return (len(mine & wanted), len(wanted), len(mine))
