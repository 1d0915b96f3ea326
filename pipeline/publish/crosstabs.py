"""The cross tables of the report: which 对策 codes answer which 问题 codes, and shares by group, cell by cell."""

from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.compare.cells import WHOLE
from pipeline.compare.ledger import MAX_Q
from pipeline.compare.matrix import ARROW, MATRIX
from pipeline.values import DISCOVERED, LinkKind

Row = dict[str, Any]
Read = Callable[[str], pd.DataFrame]

OWN, OTHER = "wendui", "其他"
N_COLUMNS, N_YEARS, N_ROWS = 8, 30, 30
"""Groups, years and rows of a table that can still be read; the rest is in ``comparison/``."""

NAMES = {"org_type": "组织类型", "year": "年份", "genre": "文种", "region": "地区"}
"""Variables in front of people; a researcher's own column keeps its name."""


def matrix(read: Read) -> Row | None:
    """问题编码 × 对策编码 with the pairs of every cell; None if no two coded points are linked.

    Returns
    -------
    dict or None
        ``columns``: 对策 codes; ``rows``: a 问题 code and its cells (None, or n, share, mark, q, cell and pairs), both
        in the order of their links; ``most``: the largest n.
    """
    cells = read("comparisons")
    cells = cells[(cells["table"] == MATRIX) & (cells["counting"] == "raw") & (cells["n_points"] > 0)]
    cells = cells[cells["scheme"] == OWN]
    if cells.empty:
        return None
    pairs, own = _pairs(read), read("themes")[read("themes")["scheme"] == OWN]
    labels = {name.rpartition("/")[2]: label for name, label in zip(own["theme_id"], own["label"], strict=True)}
    found = {}
    for row in tables.records(cells):
        asked, given = (name.rpartition("/")[2] for name in row["row"].split(ARROW))
        found[asked, given] = _cell(row) | {
            "given": labels.get(given, given),
            "n": int(row["n_votes"]),
            "pairs": pairs[asked, given],
        }
    weight: Counter[str] = Counter()
    for (asked, given), cell in found.items():
        weight.update({asked: cell["n"]})
        weight.update({given: cell["n"]})
    order = sorted(weight, key=lambda code: (code == OTHER, -weight[code], code))
    columns = [code for code in order if any(code == given for _, given in found)]
    rows = [
        {"label": labels.get(asked, asked), "cells": [found.get((asked, given)) for given in columns]}
        for asked in order
        if any(asked == code for code, _ in found)
    ]
    return {
        "columns": [labels.get(code, code) for code in columns],
        "rows": rows,
        "most": max(cell["n"] for cell in found.values()),
    }


def _pairs(read: Read) -> dict[tuple[str, str], list[Row]]:
    """The linked points of every pair of codes."""
    codes, statements = read("codes"), read("statements")
    first = codes[(codes["scheme"] == OWN) & (codes["rank"] == 1)]
    code_of = dict(zip(first["statement_id"], first["code"], strict=True))
    heads = dict(zip(statements["statement_id"], statements["headline"], strict=True))
    links = read("links")
    found: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for link in tables.records(links[links["kind"] == LinkKind.PROBLEM_MEASURE]):
        ends = link["from_id"], link["to_id"]
        if all(end in code_of for end in ends):
            shown = {"from_id": ends[0], "from": heads[ends[0]], "to_id": ends[1], "to": heads[ends[1]]}
            found[code_of[ends[0]], code_of[ends[1]]].append(shown | {"score": link["score"]})
    return found


def comparisons(read: Read) -> list[Row]:
    """One table a variable and side: shares of codes (rows) in the largest groups (columns), the whole corpus first.

    Returns
    -------
    list of dict
        ``by``, ``side``, ``columns`` (groups), ``rows`` (label and cells), ``n_more`` (groups left out).
    """
    cells = read("comparisons")
    cells = cells[(cells["table"] == "codes") & (cells["counting"] == "raw") & (cells["scheme"] == OWN)]
    labels = dict(zip(read("themes")["theme_id"], read("themes")["label"], strict=True))
    found = []
    for by in [name for name in dict.fromkeys(cells["by"]) if name != WHOLE]:
        for side in ("问题", "对策"):
            mine = cells[cells["by"].isin([by, WHOLE]) & (cells["side"] == side)]
            if mine["group"].nunique() > 2:
                found.append(_table(mine, NAMES.get(by, by), side, labels))
    return found


def _table(cells: pd.DataFrame, by: str, side: str, labels: dict[str, str]) -> Row:
    """A table of shares."""
    sizes = cells[cells["by"] != WHOLE].groupby("group")["n_points"].sum().sort_values(ascending=False, kind="stable")
    kept = sorted(sizes.index[: N_YEARS if by == NAMES["year"] else N_COLUMNS])
    of_group = {(row["group"], row["row"]): _cell(row) for row in tables.records(cells)}
    whole = cells[cells["by"] == WHOLE]
    whole = whole.assign(last=whole["row"].str.endswith(f"/{OTHER}"))
    whole = whole.sort_values(["last", "share", "row"], ascending=[True, False, True])
    rows = [
        {"label": labels.get(name, name), "cells": [of_group.get((group, name)) for group in [WHOLE, *kept]]}
        for name in whole["row"][:N_ROWS]
    ]
    return {"by": by, "side": side, "columns": [WHOLE, *kept], "rows": rows, "n_more": len(sizes) - len(kept)}


def _cell(row: Row) -> Row:
    """A cell for people: its share, how it differs, and what to ask `trace` for."""
    is_sure = row["q"] is not None and row["q"] <= MAX_Q
    mark = ("↑" if row["effect"] > 0 else "↓") if is_sure else ""
    kept = {key: row[key] for key in ("share", "share_low", "share_high", "n_points", "n_documents", "p", "q")}
    return kept | {"mark": mark, "cell": row["cell_id"].rpartition("/")[0]}


def themes(read: Read, side: str) -> list[Row]:
    """The themes of a side with their points: codes first, then discovered themes, the largest first."""
    found = read("themes")
    found = found[found["side"] == side].assign(last=found["scheme"] == DISCOVERED)
    found = found.sort_values(["last", "scheme", "share", "theme_id"], ascending=[True, True, False, True])
    assigned = read("statement_themes")
    assigned = assigned[assigned["primary"] & (assigned["side"] == side)]
    heads = dict(zip(read("statements")["statement_id"], read("statements")["headline"], strict=True))
    members = assigned.groupby("theme_id")["statement_id"].agg(list).to_dict()
    return [
        row
        | {
            "found": row["scheme"] == DISCOVERED,
            "points": [(name, heads.get(name, name)) for name in members.get(row["theme_id"], [])],
        }
        for row in tables.records(found.drop(columns="last"))
    ]
