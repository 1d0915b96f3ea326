"""What the report says of the work itself: what was read, what cleaning changed, what confidences are worth."""

import random
from collections.abc import Callable, Iterable, Mapping
from typing import Any

import pandas as pd

from pipeline import lexicon, tables
from pipeline.publish.words import rule_in_words, visible
from pipeline.values import SIDES, LinkKind, Status

Row = dict[str, Any]
Read = Callable[[str], pd.DataFrame]

N_EXAMPLES, N_AROUND = 10, 12
"""Edits shown of each rule, and characters of text shown on each side of one."""


def counts(read: Read) -> Row:
    """What was read and found, in numbers."""
    sources, documents, statements, links = (read(name) for name in ("sources", "documents", "statements", "links"))
    points = statements[statements["parent_id"].isna()]
    pairs = links[links["kind"] == LinkKind.PROBLEM_MEASURE]
    ids = {side: set(points["statement_id"][points["role"] == side]) for side in SIDES}
    return {
        "sources": len(sources),
        **{status: int((sources["status"] == status).sum()) for status in Status},
        "documents": len(documents),
        "characters": int(documents["n_chars"].sum()),
        "points": {side: len(ids[side]) for side in SIDES},
        "links": len(pairs),
        "unanswered": len(ids[SIDES[0]] - set(pairs["from_id"])),
        "unmatched": len(ids[SIDES[2]] - set(pairs["to_id"])),
        "years": sorted({int(year) for year in documents["year"].dropna()}),
    }


def rules(read: Read) -> list[Row]:
    """清洗说明: how often each rule changed the text and in how many documents, with examples drawn by a fixed seed.

    An edit in which several rules met counts for each of them.
    """
    found: dict[str, list[Row]] = {}
    for document in tables.records(read("documents")[["doc_id", "edits"]]):
        for edit in document["edits"]:
            for rule in edit["rule"].split("+"):
                found.setdefault(rule, []).append(edit | {"doc_id": document["doc_id"]})
    texts = dict(zip(read("documents")["doc_id"], read("documents")["text"], strict=True))
    said = {row["rule"]: row["description"] for row in lexicon.rows("edit_rules.csv")}
    listed = []
    for rule, edits in sorted(found.items(), key=lambda item: (-len(item[1]), item[0])):
        drawn = random.Random(rule).sample(edits, min(N_EXAMPLES, len(edits)))
        chosen = [_example(edit, texts[edit["doc_id"]]) for edit in drawn]
        row = {"rule": rule, "name": rule_in_words(rule), "note": said.get(rule, ""), "n": len(edits)}
        row |= {"n_documents": len({edit["doc_id"] for edit in edits}), "examples": chosen}
        listed.append(row)
    return listed


def _example(edit: Row, text: str) -> Row:
    """An edit with what it changed in a form that can be read, and with the text around it."""
    shown = {side: visible(edit[side]) for side in ("before", "after")}
    around = {"left": text[max(0, edit["start"] - N_AROUND) : edit["start"]], "right": text[edit["end"] :][:N_AROUND]}
    return edit | shown | {side: visible(words) for side, words in around.items()}


def calibrations(rows: Iterable[Mapping[str, str]]) -> list[Row]:
    """How often what is said with some confidence is right, as measured on the annotated sample.

    Parameters
    ----------
    rows : iterable of mapping
        Rows of the lexicon's ``calibration*.csv``: what, n, confidence, accuracy.

    Returns
    -------
    list of dict
        One a thing that has a confidence: ``what``, ``bins`` (n, confidence, accuracy), ``n``, and ``error``, the
        expected calibration error Σ n·|accuracy − confidence| / Σ n (Naeini, Cooper & Hauskrecht, 2015).

    Examples
    --------
    >>> rows = [{"what": "角色", "n": "4", "confidence": "0.5", "accuracy": "0.75"}]
    >>> [(curve["what"], curve["n"], curve["error"]) for curve in calibrations(rows)]
    [('角色', 4, 0.25)]
    """
    found: dict[str, list[Row]] = {}
    for row in rows:
        measured = {"n": int(row["n"]), "confidence": float(row["confidence"]), "accuracy": float(row["accuracy"])}
        found.setdefault(row["what"], []).append(measured)
    curves = []
    for what, bins in sorted(found.items()):
        total = sum(row["n"] for row in bins)
        gap = sum(row["n"] * abs(row["accuracy"] - row["confidence"]) for row in bins)
        bins.sort(key=lambda row: row["confidence"])
        curves.append({"what": what, "bins": bins, "n": total, "error": gap / total if total else 0.0})
    return curves
