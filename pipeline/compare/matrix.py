"""问题编码 × 对策编码: which codes of 对策 answer which codes of 问题, against chance within documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from pipeline.compare.cells import WHOLE, cell_name
from pipeline.compare.counting import Units, sums
from pipeline.compare.exchange import Shuffle, exchange_p
from pipeline.compare.response import Rate
from pipeline.settings import CompareOptions
from pipeline.shares import Array, Places, generator, intervals, share
from pipeline.values import Role

MATRIX = "matrix"
"""The table; its rows are named by the theme_ids of both codes, joined by `ARROW`."""

ARROW = "→"


@dataclass(frozen=True)
class Answers:
    """Links between coded points: one entry a link.

    Attributes
    ----------
    table, scheme : str
    asked, given : list of str
        Codes of 问题 and of 对策, as theme_ids.
    problem, measure : array of int, shape (n_links,)
        Index of each end among the points.
    row, column : array of int, shape (n_links,)
        Code of each end.
    code_of : array of int, shape (n_points,)
        Code of every 对策; -1: none, or another side.
    """

    table: str
    scheme: str
    asked: list[str]
    given: list[str]
    problem: Places
    measure: Places
    row: Places
    column: Places
    code_of: Places


def answers(points: pd.DataFrame, pairs: pd.DataFrame, rates: Sequence[Rate], *, table: str) -> Answers:
    """The links whose both ends have a code.

    Parameters
    ----------
    points : DataFrame
    pairs : DataFrame
        Links 问题→对策.
    rates : sequence of Rate
        One of the side 问题 and one of the side 对策, of one codebook.
    table : str
    """
    ask = next(rate for rate in rates if rate.side == Role.PROBLEM)
    give = next(rate for rate in rates if rate.side == Role.MEASURE)
    place = {name: i for i, name in enumerate(points["statement_id"])}
    ends = [(place[a], place[b]) for a, b in zip(pairs["from_id"], pairs["to_id"], strict=True)]
    kept = np.array([(a, b) for a, b in ends if ask.row_of[a] >= 0 and give.row_of[b] >= 0], dtype=np.intp)
    problem, measure = kept.reshape(-1, 2).T
    columns = ask.row_of[problem], give.row_of[measure]
    return Answers(table, ask.scheme, ask.rows, give.rows, problem, measure, *columns, give.row_of)


def matrix_cells(
    found: Answers, weighed: Sequence[Units], shuffle: Shuffle, *, options: CompareOptions
) -> Iterator[dict[str, Any]]:
    """The cells of the matrix in the whole corpus, as rows of `comparisons` without q.

    Yields
    ------
    dict
        A row for every pair of codes that is linked, or could be within a document. ``share`` is that of the 对策 code
        among the links of the 问题 code, n_votes the weight of the links, n_points the points at both ends.
    """
    for units in weighed:
        for m in range(len(found.given)):
            yield from _column(found, units, shuffle, m, options)


def _column(
    found: Answers, units: Units, shuffle: Shuffle, m: int, options: CompareOptions
) -> Iterator[dict[str, Any]]:
    """The cells of one code of 对策."""
    n, weight = len(found.asked), units.weight[found.problem]
    places = np.full(len(found.code_of), -1, dtype=np.intp)
    places[shuffle.points] = np.arange(len(shuffle.points))
    shape = n, len(shuffle.points)
    counted = csr_matrix((weight, (found.row, places[found.measure])), shape=shape)
    value = (found.code_of[shuffle.points] == m).astype(float)
    random = generator(options.seed, found.table, found.scheme, found.given[m])  # the same for all ways of counting
    expected, p = exchange_p(counted, value, shuffle, options=options, random=random)
    is_here = found.column == m
    linked = sums(weight * is_here, (found.row, n))
    total = sums(weight, (found.row, n))
    low, high = _intervals(found, units, is_here, options)
    shares, effect = share(linked, total), share(linked - expected, total)
    for r in np.flatnonzero((linked > 0) | (expected > 1e-9)):
        ends = np.flatnonzero(is_here & (found.row == r))
        yield _named(found, int(r), m, units.counting) | {
            "n_points": len(set(found.problem[ends])) + len(set(found.measure[ends])),
            "n_documents": len(set(shuffle.document_of[places[found.measure[ends]]])), "n_votes": float(linked[r]),
            "share": float(shares[r]), "share_low": float(low[r]), "share_high": float(high[r]),
            "effect": float(effect[r]), "p": float(p[r]),
        }  # fmt: skip


def _named(found: Answers, r: int, m: int, counting: str) -> dict[str, Any]:
    """The columns that say which cell it is."""
    row = f"{found.asked[r]}{ARROW}{found.given[m]}"
    cell_id = cell_name(found.table, WHOLE, WHOLE, row, counting)
    named = {"cell_id": cell_id, "table": found.table, "by": WHOLE, "group": WHOLE, "row": row}
    return named | {"side": "问题", "scheme": found.scheme, "theme_id": found.asked[r], "counting": counting}


def _intervals(found: Answers, units: Units, is_here: Array, options: CompareOptions) -> tuple[Array, Array]:
    """Bootstrap intervals of a column's shares over documents."""
    names, unit = np.unique(units.unit[found.problem], return_inverse=True)
    places, weight = ((unit, len(names)), (found.row, len(found.asked))), units.weight[found.problem]
    random = generator(options.seed, found.table, found.scheme, "bootstrap", units.counting)
    return intervals(
        sums(weight * is_here, *places), sums(weight, *places), n_bootstrap=options.n_bootstrap, random=random
    )


def matrix_evidence(found: Answers, points: pd.DataFrame) -> Iterator[dict[str, Any]]:
    """Both ends of the links of each cell."""
    names, documents = points["statement_id"].tolist(), points["doc_id"].tolist()
    ends = {
        (int(r), int(m), int(end))
        for r, m, *both in zip(found.row, found.column, found.problem, found.measure, strict=True)
        for end in both
    }
    for r, m, end in sorted(ends):
        row = f"{found.asked[r]}{ARROW}{found.given[m]}"
        cell_id = cell_name(found.table, WHOLE, WHOLE, row)
        yield {"cell_id": cell_id, "statement_id": names[end], "doc_id": documents[end]}
