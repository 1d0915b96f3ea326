"""The cells of a comparison: names, counts, shares with intervals, and differences from the rest."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline.compare.counting import Units, sums
from pipeline.compare.significance import effects, permutation_p
from pipeline.settings import CompareOptions
from pipeline.shares import Array, Places, generator, intervals, share

WHOLE, UNKNOWN = "全部", "未知"
"""The group of all documents, and of those whose value is not known."""

_RESERVED = re.compile("[%/#]")


@dataclass(frozen=True)
class Block:
    """The rows that are counted together: those of one table, scheme and side.

    Attributes
    ----------
    table : str
    side, scheme : str or None
        None for the table of sides, whose rows are the sides.
    rows : list of str
    row_of : array of int, shape (n_points,)
        Row of each point, −1: in none.
    is_base : array of bool, shape (n_points,)
        Points of the denominator.
    """

    table: str
    side: str | None
    scheme: str | None
    rows: list[str]
    row_of: Places
    is_base: NDArray[np.bool_]


@dataclass(frozen=True)
class Grouping:
    """What is compared by.

    Attributes
    ----------
    by : str
        The variable.
    names : list of str
        Its groups, sorted.
    group_of : array of int, shape (n_points,)
        Group of each point.
    document_of : array of int, shape (n_points,)
        Document of each point.
    """

    by: str
    names: list[str]
    group_of: Places
    document_of: Places


def cell_name(*parts: str) -> str:
    """A cell_id from its parts, each percent-encoded, so that different parts never give one name.

    Examples
    --------
    >>> cell_name("codes", "org_type", "街道乡镇", "问题/wendui/组织生活", "raw")
    'codes/org_type/街道乡镇/问题%2Fwendui%2F组织生活/raw'
    """
    return "/".join(_RESERVED.sub(lambda found: quote(found[0], safe=""), part) for part in parts)


def cells(block: Block, grouping: Grouping, units: Units, *, options: CompareOptions) -> Iterator[dict[str, Any]]:
    """The cells of a block by one variable and one way of counting, as rows of `comparisons` without q.

    Parameters
    ----------
    block : Block
    grouping : Grouping
    units : Units
        Weights of the points, and what is resampled.
    options : CompareOptions

    Yields
    ------
    dict
        A row for every row of the block in every group that has a point of the denominator.
    """
    group_of = np.where(block.is_base, grouping.group_of, -1)
    row_of, n_groups, n_rows = np.where(block.is_base, block.row_of, -1), len(grouping.names), len(block.rows)
    totals = np.column_stack(
        [
            sums(units.weight, (group_of, n_groups), (row_of, n_rows)),
            sums(units.weight, (group_of, n_groups)),
        ]
    )
    shares, effect = share(totals[:, :-1], totals[:, -1:]), effects(totals)
    p = _p_values(block, grouping, units, options)
    n_points = sums(np.ones(len(row_of)), (group_of, n_groups), (row_of, n_rows))
    n_documents = _n_documents(grouping.document_of, group_of, row_of, shape=(n_groups, n_rows))
    for g in np.flatnonzero(totals[:, -1] > 0):
        low, high = _intervals(block, grouping, units, options, int(g))
        for r, row in enumerate(block.rows):
            yield _named(block, grouping.by, grouping.names[g], row, units.counting) | {
                "n_points": int(n_points[g, r]), "n_documents": int(n_documents[g, r]),
                "n_votes": float(totals[g, r]), "share": float(shares[g, r]),
                "share_low": float(low[r]), "share_high": float(high[r]),
                "effect": float(effect[g, r]), "p": float(p[g, r]),
            }  # fmt: skip


def evidence_rows(block: Block, grouping: Grouping, points: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """The points of each cell's numerator, as rows of `evidence`."""
    kept = np.flatnonzero(block.is_base & (block.row_of >= 0))
    groups, rows = grouping.group_of[kept], block.row_of[kept]
    names = {
        (g, r): cell_name(block.table, grouping.by, grouping.names[g], block.rows[r])
        for g, r in set(zip(groups.tolist(), rows.tolist(), strict=True))
    }
    statements, documents = points["statement_id"].tolist(), points["doc_id"].tolist()
    for i in np.lexsort((kept, rows, groups)).tolist():
        point = int(kept[i])
        name = names[int(groups[i]), int(rows[i])]
        yield {"cell_id": name, "statement_id": statements[point], "doc_id": documents[point]}


def _named(block: Block, by: str, group: str, row: str, counting: str) -> dict[str, Any]:
    """The columns that say which cell it is."""
    return {
        "cell_id": cell_name(block.table, by, group, row, counting), "table": block.table, "by": by, "group": group,
        "row": row, "side": block.side or row, "scheme": block.scheme, "theme_id": row if block.scheme else None,
        "counting": counting,
    }  # fmt: skip


def _random(block: Block, by: str, group: str, units: Units, options: CompareOptions) -> np.random.Generator:
    """Random numbers of one group of one block."""
    return generator(options.seed, block.table, block.side or "", block.scheme or "", by, group, units.counting)


def _n_documents(document_of: Places, group_of: Places, row_of: Places, *, shape: tuple[int, int]) -> Array:
    """Documents with a point of each row in each group."""
    kept = row_of >= 0
    distinct = np.unique(np.column_stack([group_of[kept], row_of[kept], document_of[kept]]), axis=0)
    return sums(np.ones(len(distinct)), (distinct[:, 0], shape[0]), (distinct[:, 1], shape[1]))


def _unit_totals(block: Block, units: Units, is_inside: NDArray[np.bool_]) -> tuple[Places, Array]:
    """The units of some points, and the weight of each row and of all points in each unit."""
    names, unit = np.unique(units.unit[is_inside], return_inverse=True)
    weight, row_of, n = units.weight[is_inside], block.row_of[is_inside], len(names)
    return names, np.column_stack([sums(weight, (unit, n), (row_of, len(block.rows))), sums(weight, (unit, n))])


def _intervals(
    block: Block, grouping: Grouping, units: Units, options: CompareOptions, group: int
) -> tuple[Array, Array]:
    """The bootstrap intervals of the shares in one group."""
    _, totals = _unit_totals(block, units, block.is_base & (grouping.group_of == group))
    random = _random(block, grouping.by, grouping.names[group], units, options)
    return intervals(totals[:, :-1], totals[:, -1], n_bootstrap=options.n_bootstrap, random=random)


def _p_values(block: Block, grouping: Grouping, units: Units, options: CompareOptions) -> Array:
    """The p-values of the effects; a cluster whose documents are in several groups counts in its first one's."""
    found = np.full((len(grouping.names), len(block.rows)), np.nan)
    names, totals = _unit_totals(block, units, block.is_base)
    labels = grouping.group_of[block.is_base][np.unique(units.unit[block.is_base], return_index=True)[1]]
    present, label = np.unique(labels, return_inverse=True)
    if len(names) > 1 and len(present) > 1:
        random = _random(block, grouping.by, "", units, options)
        found[present] = permutation_p(totals, label, n_permutations=options.n_permutations, random=random)
    return found
