"""Comparisons: how often each side and theme is mentioned in each group of documents, and what each cell rests on."""

from collections import defaultdict
from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import numpy as np
import pandas as pd

from pipeline import tables
from pipeline.compare.answering import Field, answering, response_blocks
from pipeline.compare.cells import UNKNOWN, WHOLE, Block, Grouping, cells, evidence_rows
from pipeline.compare.counting import cluster_names, units
from pipeline.compare.significance import adjusted
from pipeline.settings import CompareOptions, SettingsError
from pipeline.values import DISCOVERED, SIDES, Counting

COMPARABLE = ("org_type", "year", "genre", "region", "author_org", "script", "marking")
"""Columns of `documents` that `options.by` may name."""


def comparisons(  # noqa: PLR0913, PLR0917 — the tables that cells are counted from
    documents: pd.DataFrame,
    statements: pd.DataFrame,
    metadata: pd.DataFrame,
    clusters: pd.DataFrame,
    statement_themes: pd.DataFrame,
    links: pd.DataFrame,
    *,
    options: CompareOptions,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every cell of every comparison, and the points that it rests on.

    Parameters
    ----------
    documents, statements, metadata, clusters, statement_themes, links : DataFrame
        The tables of these names, in any order.
    options : CompareOptions

    Returns
    -------
    comparisons, evidence : DataFrame
        Tables `sides` (share of a side among all points), `codes` (of a code among the points of its side) and
        `themes` (of a discovered theme), by the whole corpus (全部), by `options.by` and by every column of `metadata`.
        Documents without a value are the group 未知. The share of unassigned points is what the rows leave to 1.
        The tables of who answers whom are those of `pipeline.compare.answering`.

    Raises
    ------
    SettingsError
        If `options.by` names what is neither comparable nor a column of `metadata`.
    """
    documents = tables.in_document_order(documents)
    points = _points(documents, statements)
    variables = _variables(documents, metadata, options)
    groupings = [_grouping(by, group_of, points) for by, group_of in variables.items()]
    weighed = [units(points, clusters, counting=counting) for counting in Counting]
    found: list[dict[str, Any]] = []
    evidence: list[dict[str, Any]] = []
    blocks = list(_blocks(points, statement_themes))
    for block in [*blocks, *response_blocks(points, links)]:
        for grouping in groupings:
            evidence += evidence_rows(block, grouping, points)
            for weights in weighed:
                found += cells(block, grouping, weights, options=options)
    field = Field(points, groupings, weighed, cluster_names(points, clusters))
    cells_of_answers, points_of_answers = answering(field, links, blocks, options=options)
    found += cells_of_answers
    evidence += points_of_answers
    _adjust(found)
    return tables.frame("comparisons", found), tables.frame("evidence", evidence)


def _points(documents: pd.DataFrame, statements: pd.DataFrame) -> pd.DataFrame:
    """The points of the three sides, in document order."""
    is_point = statements["parent_id"].isna() & statements["role"].isin(SIDES)
    points = statements[is_point & statements["doc_id"].isin(documents["doc_id"])]
    return tables.in_document_order(points.sort_values(["headline_start", "statement_id"], kind="stable"))


def _variables(documents: pd.DataFrame, metadata: pd.DataFrame, options: CompareOptions) -> dict[str, dict[str, str]]:
    """Variable → document → group; a document without a value is in the group 未知."""
    names = documents["doc_id"].tolist()
    found = {WHOLE: dict.fromkeys(names, WHOLE)}
    own = _own_columns(names, metadata)
    for column in options.by:
        if column in COMPARABLE:
            values = documents[column].tolist()
            found[column] = {n: UNKNOWN if pd.isna(v) else str(v) for n, v in zip(names, values, strict=True)}
        elif column not in own:
            near = (get_close_matches(column, [*COMPARABLE, *own], 1) or COMPARABLE)[0]
            allowed = "、".join(COMPARABLE)
            message = f"compare.by：不能按 {column!r} 比较，可用 {allowed} 或 metadata 的列，是否想写 {near}？"
            raise SettingsError(f"{message} / cannot compare by {column!r}, did you mean {near!r}?")
    for key, values_of in own.items():
        found[f"metadata:{key}" if key in found else key] = dict.fromkeys(names, UNKNOWN) | values_of
    return {by: groups for by, groups in found.items() if len(set(groups.values())) <= options.max_groups}


def _own_columns(names: list[str], metadata: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The researcher's columns: key → document → value."""
    known, found = set(names), defaultdict[str, dict[str, str]](dict)
    rows = zip(metadata["key"], metadata["doc_id"], metadata["value"], strict=True)
    for key, doc_id, value in sorted(row for row in rows if not pd.isna(row[2])):
        if doc_id in known and value:
            found[key][doc_id] = value
    return dict(found)


def _grouping(by: str, group_of: dict[str, str], points: pd.DataFrame) -> Grouping:
    """A variable over the points."""
    names = sorted(set(group_of.values()))
    index, documents = {name: i for i, name in enumerate(names)}, points["doc_id"].tolist()
    places = {name: i for i, name in enumerate(dict.fromkeys(documents))}
    group = np.array([index[group_of[name]] for name in documents], dtype=np.intp)
    return Grouping(by, names, group, np.array([places[name] for name in documents], dtype=np.intp))


def _blocks(points: pd.DataFrame, statement_themes: pd.DataFrame) -> Iterator[Block]:
    """The tables: sides, then every scheme and side."""
    roles = points["role"].to_numpy()
    place = {side: i for i, side in enumerate(SIDES)}
    row_of = np.array([place[role] for role in roles], dtype=np.intp)
    yield Block("sides", None, None, [str(side) for side in SIDES], row_of, np.ones(len(points), dtype=bool))
    primary = statement_themes[statement_themes["primary"]].sort_values(["scheme", "side", "theme_id", "statement_id"])
    for (scheme, side), rows in primary.groupby(["scheme", "side"], sort=True):
        names = sorted(set(rows["theme_id"]))
        index = {name: i for i, name in enumerate(names)}
        row_of_point = {p: index[t] for p, t in zip(rows["statement_id"], rows["theme_id"], strict=True)}
        chosen = np.array([row_of_point.get(p, -1) for p in points["statement_id"]], dtype=np.intp)
        table = "themes" if scheme == DISCOVERED else "codes"
        yield Block(table, str(side), str(scheme), names, chosen, roles == side)


def _adjust(rows: list[dict[str, Any]]) -> None:
    """Add q to cells: p corrected for the number of cells of its table, variable and way of counting."""
    families: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        families[row["table"], row["by"], row["counting"]].append(row)
    for family in families.values():
        for row, q in zip(family, adjusted(np.array([row["p"] for row in family])), strict=True):
            row["q"] = float(q)
