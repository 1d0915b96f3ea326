"""The report: one HTML file that opens offline and lets every number be followed to its sentences."""

import base64
import hashlib
import random
from collections.abc import Callable, Mapping
from importlib import resources
from typing import Any

import pandas as pd
from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from pipeline import tables
from pipeline.publish.abilities import abilities
from pipeline.publish.export import failures
from pipeline.publish.figures import PLANS, draw_figure
from pipeline.publish.fonts import subset_url
from pipeline.values import DISCOVERED, SIDES, LinkKind, Status

Row = dict[str, Any]
Read = Callable[[str], pd.DataFrame]

N_EXAMPLES = 10
"""Edits shown of each rule."""

N_LISTED = 400
"""Points listed under a theme; the rest is in the table `statement_themes`."""


def report(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """The report of a run: ``report.html`` → bytes.

    Parameters
    ----------
    frames : mapping
        Every table of the run.
    """
    read = frames.__getitem__
    folder = resources.files("pipeline.publish") / "templates"
    style, script = ((folder / name).read_text("utf-8") for name in ("report.css", "report.js"))
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    template = environment.from_string((folder / "report.html").read_text("utf-8"))
    figures = [draw_figure(name, read) for name in PLANS]
    page = template.render(
        style=Markup("{{ STYLE }}"),
        script=Markup(script),
        style_hash="{{ STYLE_HASH }}",
        script_hash=_hash(script),
        counts=_counts(read),
        n_listed=N_LISTED,
        abilities=abilities(read),
        figures=[(figure, Markup(figure.svg()), figure.data.astype(object)) for figure in figures],
        sides=[(side, _theme_rows(read, side)) for side in SIDES],
        documents=_document_rows(read),
        rules=_rule_rows(read),
        failures=failures(frames).astype(object).fillna("").to_dict("records"),
    )
    style = style.replace("FONT_URL", subset_url(set(page)))
    page = page.replace("{{ STYLE_HASH }}", _hash(style), 1).replace("{{ STYLE }}", style, 1)
    return {"report.html": page.encode()}


def _hash(source: str) -> str:
    """The digest by which the page's own policy admits its script and style."""
    return "sha256-" + base64.b64encode(hashlib.sha256(source.encode()).digest()).decode()


def _counts(read: Read) -> Row:
    """What was read, in numbers."""
    sources, documents, statements = read("sources"), read("documents"), read("statements")
    points = statements[statements["parent_id"].isna()]
    links = read("links")
    answered = set(links["from_id"][links["kind"] == LinkKind.PROBLEM_MEASURE])
    problems = points["statement_id"][points["role"] == "问题"]
    return {
        "sources": len(sources),
        **{status: int((sources["status"] == status).sum()) for status in Status},
        "documents": len(documents),
        "characters": int(documents["n_chars"].sum()),
        "points": {side: int((points["role"] == side).sum()) for side in SIDES},
        "links": int((links["kind"] == LinkKind.PROBLEM_MEASURE).sum()),
        "unanswered": len(set(problems) - answered),
        "years": sorted({int(year) for year in documents["year"].dropna()}),
    }


def _theme_rows(read: Read, side: str) -> list[Row]:
    """The themes of a side with their points: codes first, then discovered themes."""
    themes = read("themes")
    themes = themes[themes["side"] == side].sort_values(["scheme", "share", "theme_id"], ascending=[True, False, True])
    assigned = read("statement_themes")
    assigned = assigned[assigned["primary"] & (assigned["side"] == side)]
    heads = dict(zip(read("statements")["statement_id"], read("statements")["headline"], strict=True))
    members = assigned.groupby("theme_id")["statement_id"].agg(list).to_dict()
    return [
        row
        | {
            "found": row["scheme"] == DISCOVERED,
            "points": [(i, heads.get(i, i)) for i in members.get(row["theme_id"], [])],
        }
        for row in tables.records(themes)
    ]


def _document_rows(read: Read) -> list[Row]:
    """Every document with its outline, points and links."""
    documents = tables.records(read("documents").drop(columns=["text", "edits", "findings"]))
    codes = read("codes")
    first = codes[(codes["scheme"] == "wendui") & (codes["rank"] == 1)]
    code_of = dict(zip(first["statement_id"], first["code"], strict=True))
    statements = tables.records(read("statements"))
    heads = {row["statement_id"]: row["headline"] for row in statements}
    for row in statements:
        row["code"] = code_of.get(row["statement_id"])
    links = tables.records(read("links"))
    for row in links:
        row |= {"from": heads.get(row["from_id"], ""), "to": heads.get(row["to_id"], "")}
    parts = {"sections": tables.records(read("sections")), "statements": statements, "links": links}
    grouped = {name: _by_document(rows) for name, rows in parts.items()}
    return [row | {name: grouped[name].get(row["doc_id"], []) for name in parts} for row in documents]


def _by_document(rows: list[Row]) -> dict[str, list[Row]]:
    """Rows grouped by document."""
    grouped: dict[str, list[Row]] = {}
    for row in rows:
        grouped.setdefault(row["doc_id"], []).append(row)
    return grouped


def _rule_rows(read: Read) -> list[Row]:
    """清洗说明: how often each rule changed the text, with examples drawn by a fixed seed."""
    found: dict[str, list[Row]] = {}
    for document in tables.records(read("documents")[["doc_id", "edits"]]):
        for edit in document["edits"]:
            found.setdefault(edit["rule"], []).append(edit | {"doc_id": document["doc_id"]})
    rng = random.Random(0)
    return [
        {"rule": rule, "n": len(edits), "examples": rng.sample(edits, min(N_EXAMPLES, len(edits)))}
        for rule, edits in sorted(found.items())
    ]
