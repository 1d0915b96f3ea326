"""Comparisons: how often each theme is mentioned in each group of documents, and what each cell rests on."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import tables
from pipeline.compare.cells import cell_name
from pipeline.compare.counting import Units, unit_totals, weigh
from pipeline.compare.significance import adjusted, permutation_p
from pipeline.settings import CompareOptions
from pipeline.shares import intervals, share
from pipeline.values import DISCOVERED, SIDES, Counting

WHOLE, UNKNOWN = "全部", "未知"
"""The group of all documents, and of those whose value is not known."""


@dataclass(frozen=True)
class Block:
    """What one table of one scheme and side is counted from.

    Attributes
    ----------
    rows : list of str
        The rows: themes, or the side itself.
    row_of : array of int, shape (n_points,)
        Row of each point, −1: in none.
    is_base : array of bool, shape (n_points,)
        Points of the denominator.
    """

    table: str
    side: str
    scheme: str | None
    rows: list[str]
    row_of: NDArray[np.intp]
    is_base: NDArray[np.bool_]


def comparisons(  # noqa: PLR0913 — the tables that cells are counted from
    documents: pd.DataFrame,
    statements: pd.DataFrame,
    metadata: pd.DataFrame,
    clusters: pd.DataFrame,
    statement_themes: pd.DataFrame,
    *,
    options: CompareOptions,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every cell of every comparison, and the points that it rests on.

    Parameters
    ----------
    documents, statements, metadata, clusters, statement_themes : DataFrame
        The tables of these names, in any order.
    options : CompareOptions

    Returns
    -------
    comparisons, evidence : DataFrame
        Tables `sides` (share of a side among all points), `codes` (of a code among the points of its side) and
        `themes` (of a discovered theme), by the whole corpus, by `options.by` and by every column of `metadata`.
    """
    documents = tables.in_document_order(documents)
    points = statements[statements["parent_id"].isna() & statements["role"].isin(SIDES)]
    points = points[points["doc_id"].isin(documents["doc_id"])].sort_values("statement_id")
    points = tables.in_document_order(points)
    groupings = _groupings(documents, metadata, options)
    cells: list[dict[str, Any]] = []
    evidence: list[dict[str, Any]] = []
    for block in _blocks(points, statement_themes):
        for by, group_of in groupings.items():
            groups = points["doc_id"].map(group_of).astype(object)
            evidence += _evidence(block, by, groups, points)
            for counting in Counting:
                units = weigh(points, clusters, counting=counting)
                cells += _cells(block, by, groups.to_numpy(), counting, units, points, options)
    table = pd.DataFrame(cells, columns=tables.SCHEMAS["comparisons"].names)
    for _, rows in table.groupby(["table", "by", "counting"], sort=True):
        table.loc[rows.index, "q"] = adjusted(rows["p"].to_numpy(dtype=float))
    return tables.frame("comparisons", tables.records(table)), tables.frame("evidence", evidence)


def _groupings(documents: pd.DataFrame, metadata: pd.DataFrame, options: CompareOptions) -> dict[str, dict[str, str]]:
    """Variable → document → group; a document without a value is in the group 未知."""
    names = documents["doc_id"].tolist()
    found = {WHOLE: dict.fromkeys(names, WHOLE)}
    for column in options.by:
        values = documents[column].tolist()
        found[column] = {n: UNKNOWN if pd.isna(v) else str(v) for n, v in zip(names, values, strict=True)}
    for key, rows in metadata.sort_values(["key", "doc_id"]).groupby("key", sort=True):
        found[str(key)] = dict.fromkeys(names, UNKNOWN) | dict(zip(rows["doc_id"], rows["value"], strict=True))
    return found


def _blocks(points: pd.DataFrame, statement_themes: pd.DataFrame) -> Iterator[Block]:
    """The tables: sides, then every scheme and side."""
    everything = np.ones(len(points), dtype=bool)
    roles = points["role"].to_numpy()
    for side in SIDES:
        row_of = np.where(roles == side, 0, -1).astype(np.intp)
        yield Block("sides", side, None, [side], row_of, everything)
    primary = statement_themes[statement_themes["primary"]].sort_values(["scheme", "side", "theme_id", "statement_id"])
    for (scheme, side), rows in primary.groupby(["scheme", "side"], sort=True):
        names = sorted(set(rows["theme_id"]))
        index = {name: i for i, name in enumerate(names)}
        row_of_point = {p: index[t] for p, t in zip(rows["statement_id"], rows["theme_id"], strict=True)}
        chosen = np.array([row_of_point.get(p, -1) for p in points["statement_id"]], dtype=np.intp)
        table = "themes" if scheme == DISCOVERED else "codes"
        yield Block(table, str(side), str(scheme), names, chosen, roles == side)


def _cells(  # noqa: PLR0913, PLR0917 — everything that one block's cells depend on
    block: Block, by: str, groups: Any, counting: Counting, units: Units, points: pd.DataFrame, options: CompareOptions
) -> Iterator[dict[str, Any]]:
    """The cells of a block by one variable and one way of counting."""
    names = sorted(set(groups[block.is_base]))
    if not names:
        return
    label_of_unit = _labels(units, groups, names)
    whole = unit_totals(units, np.where(block.is_base, block.row_of, -1), n_rows=len(block.rows))
    base = unit_totals(units, np.where(block.is_base, 0, -1).astype(np.intp), n_rows=1)[:, 0]
    seed = _seed(options.seed, block, by, counting)
    known = label_of_unit >= 0
    tested = permutation_p(
        whole[known],
        base[known],
        label_of_unit[known],
        n_permutations=options.n_permutations if by != WHOLE else 0,
        seed=seed,
    )
    for g, group in enumerate(names):
        inside = block.is_base & (groups == group)
        mine = unit_totals(units, np.where(inside, block.row_of, -1), n_rows=len(block.rows))
        total = unit_totals(units, np.where(inside, 0, -1).astype(np.intp), n_rows=1)[:, 0]
        used = total > 0
        low, high = intervals(mine[used], total[used], n_bootstrap=options.n_bootstrap, seed=[*seed, g])
        shares, rest = mine.sum(0) / total.sum(), base.sum() - total.sum()
        elsewhere = share(whole.sum(0) - mine.sum(0), np.full(len(block.rows), rest))
        for r, row in enumerate(block.rows):
            members = points[inside & (block.row_of == r)]
            yield {
                "cell_id": cell_name(block.table, by, group, row, counting),
                "table": block.table, "by": by, "group": group, "row": row, "side": block.side, "scheme": block.scheme,
                "theme_id": None if block.scheme is None else row, "counting": counting,
                "n_points": len(members), "n_documents": members["doc_id"].nunique(), "n_votes": mine[:, r].sum(),
                "share": shares[r], "share_low": low[r], "share_high": high[r],
                "effect": shares[r] - elsewhere[r], "p": tested[g, r] if by != WHOLE else None, "q": None,
            }  # fmt: skip


def _labels(units: Units, groups: Any, names: list[str]) -> NDArray[np.intp]:
    """The group of each unit: that of its first point; −1 for a unit whose group has no point of the base."""
    index = {name: i for i, name in enumerate(names)}
    labels = np.full(len(units.names), -1, dtype=np.intp)
    for unit, group in zip(units.unit[::-1], groups[::-1], strict=True):
        labels[unit] = index.get(group, -1)
    return labels


def _seed(seed: int, block: Block, by: str, counting: str) -> list[int]:
    """A seed of the block's own, so that no cell depends on which other tables there are."""
    name = "/".join((block.table, block.side, block.scheme or "", by, counting))
    return [seed, *np.frombuffer(hashlib.sha256(name.encode()).digest()[:16], dtype="<u4").tolist()]


def _evidence(block: Block, by: str, groups: Any, points: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The points of each cell's numerator."""
    kept = block.is_base & (block.row_of >= 0)
    rows = zip(groups[kept], block.row_of[kept], points["statement_id"][kept], points["doc_id"][kept], strict=True)
    for group, row, statement_id, doc_id in sorted(rows, key=lambda item: (item[0], item[1])):
        yield {
            "cell_id": cell_name(block.table, by, group, block.rows[row]),
            "statement_id": statement_id,
            "doc_id": doc_id,
        }
