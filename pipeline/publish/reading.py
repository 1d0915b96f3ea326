"""The documents of the report: each with its outline, its text with points and links beside it, and its edits."""

from collections.abc import Callable
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.publish.pages import lines
from pipeline.publish.words import methods_in_words

Row = dict[str, Any]
Read = Callable[[str], pd.DataFrame]

MAX_SHOWN = 2_500_000
"""Characters of text in one report: with marks some 15 MB, which a browser opens in seconds. Documents beyond are
listed with their points, and read with ``wendui show``."""

MAX_LENGTH = 200_000
"""Characters of one document in the report."""

OWN = "wendui"


def documents(read: Read) -> list[Row]:
    """Every document with what was found in it.

    Returns
    -------
    list of dict
        Columns of `documents` without text and edits; ``sections``; ``lines`` (None where the report has no room);
        ``statements``, each with code, correction and ``links`` (kind, score, evidence, other end, direction).
    """
    frames = {name: _by_document(read(name)) for name in ("sections", "statements", "links", "codes")}
    room, found = MAX_SHOWN, []
    for document in tables.records(read("documents")):
        parts = {name: rows.get(document["doc_id"], []) for name, rows in frames.items()}
        points = _points(document, parts)
        is_shown = document["n_chars"] <= min(room, MAX_LENGTH)
        room -= document["n_chars"] if is_shown else 0
        shown = lines(document, parts["sections"], points) if is_shown else None
        kept = {key: value for key, value in document.items() if key not in ("text", "edits", "findings")}
        kept |= {"n_edits": len(document["edits"]), "sections": parts["sections"], "statements": points}
        found.append(kept | {"lines": shown})
    return found


def _points(document: Row, parts: dict[str, list[Row]]) -> list[Row]:
    """The points of a document with code, links and the row by which to correct them."""
    first = [row for row in parts["codes"] if row["scheme"] == OWN and row["rank"] == 1]
    code_of = {row["statement_id"]: row["code"] for row in first}
    points = {row["statement_id"]: row for row in parts["statements"]}
    for name, row in points.items():
        row |= {"code": code_of.get(name), "links": [], "correction": _correction(document, row)}
    for link in parts["links"]:
        said = {"kind": link["kind"], "score": link["score"], "evidence": methods_in_words(link["methods"])}
        for here, there, is_out in ((link["from_id"], link["to_id"], True), (link["to_id"], link["from_id"], False)):
            if here in points and there in points:
                other = {"other": there, "role": points[there]["role"], "headline": points[there]["headline"]}
                points[here]["links"].append(said | other | {"is_out": is_out})
    return list(points.values())


def _correction(document: Row, point: Row) -> str:
    """A row of corrections.csv that would reject a point; change the action to do something else."""
    quote = point["headline"].replace('"', '""')
    quote = f'"{quote}"' if set(quote) & set(',"') else quote
    place = f"{point['headline_start']},{point['headline_end']}"
    return f"{document['doc_id']},{document['text_sha256']},point,reject,{place},{quote},,"


def _by_document(frame: pd.DataFrame) -> dict[str, list[Row]]:
    """Rows grouped by document."""
    grouped: dict[str, list[Row]] = {}
    for row in tables.records(frame):
        grouped.setdefault(row["doc_id"], []).append(row)
    return grouped
