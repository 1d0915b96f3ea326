"""问题编码 × 对策编码: which codes of 对策 answer which codes of 问题, against chance within documents."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix

from pipeline.compare.cells import WHOLE, cell_name
from pipeline.compare.counting import Units, sums
from pipeline.compare.exchange import Shuffle
from pipeline.compare.response import Rate
from pipeline.settings import CompareOptions
from pipeline.shares import Array, Places, batches, generator, intervals, share
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
    places = np.full(len(found.code_of), -1, dtype=np.intp)
    places[shuffle.points] = np.arange(len(shuffle.points))
    ends = places[found.measure]
    documents = shuffle.document_of[ends]
    for units in weighed:
        weight = units.weight[found.problem]
        linked = sums(weight, (found.row, len(found.asked)), (found.column, len(found.given)))
        total = linked.sum(axis=1, keepdims=True)
        expected, p = _exchanged(found, weight, shuffle, ends, options)
        shares, effect = share(linked, total), share(linked - expected, total)
        low, high = _intervals(found, units, options)
        for r, m in np.argwhere((linked > 0) | (expected > 1e-9)).tolist():
            here = np.flatnonzero((found.row == r) & (found.column == m))
            yield _named(found, r, m, units.counting) | {
                "n_points": len(set(found.problem[here])) + len(set(found.measure[here])),
                "n_documents": len(set(documents[here])), "n_votes": float(linked[r, m]),
                "share": float(shares[r, m]), "share_low": float(low[r, m]), "share_high": float(high[r, m]),
                "effect": float(effect[r, m]), "p": float(p[r, m]),
            }  # fmt: skip


def _exchanged(
    found: Answers, weight: Array, shuffle: Shuffle, ends: Places, options: CompareOptions
) -> tuple[Array, Array]:
    """What exchanges of 对策 within documents give on average, and the p of what is seen; shape (n_asked, n_given)."""
    shape, label = (len(found.asked), len(found.given)), found.code_of[shuffle.points]
    rows = csr_matrix((weight, (found.row, ends)), shape=(shape[0], len(label)))
    means = [shuffle.means((label == m).astype(float)) for m in range(shape[1])]
    expected = np.asarray(rows @ np.column_stack(means))
    n_cells, n_draws = shape[0] * shape[1], shuffle.n_draws(options)
    seen = np.abs(sums(weight, (found.row * shape[1] + found.column, n_cells)) - expected.ravel())
    hits, widest = np.zeros(n_cells), np.zeros(n_cells)
    random = generator(options.seed, found.table, found.scheme)
    for size in batches(n_draws, n_units=max(len(label), len(ends), n_cells)):
        columns = label[shuffle.orders(size, random)[:, ends]]
        flat = (np.arange(size)[:, None] * n_cells + found.row * shape[1] + columns).ravel()
        counts = np.bincount(flat, weights=np.tile(weight, size), minlength=size * n_cells).reshape(size, n_cells)
        moved = np.abs(counts - expected.ravel())
        hits += (moved >= seen - 1e-9).sum(axis=0)
        widest = np.maximum(widest, moved.max(axis=0, initial=0.0))
    p = np.where(widest > 1e-9, (1 + hits) / (1 + n_draws), np.nan)
    return expected, p.reshape(shape)


def _named(found: Answers, r: int, m: int, counting: str) -> dict[str, Any]:
    """The columns that say which cell it is."""
    row = f"{found.asked[r]}{ARROW}{found.given[m]}"
    cell_id = cell_name(found.table, WHOLE, WHOLE, row, counting)
    named = {"cell_id": cell_id, "table": found.table, "by": WHOLE, "group": WHOLE, "row": row}
    return named | {"side": "问题", "scheme": found.scheme, "theme_id": found.asked[r], "counting": counting}


def _intervals(found: Answers, units: Units, options: CompareOptions) -> tuple[Array, Array]:
    """Bootstrap intervals of the shares over documents, shape (n_asked, n_given), from the same resamples for all."""
    names, unit = np.unique(units.unit[found.problem], return_inverse=True)
    weight, (n, n_columns) = units.weight[found.problem], (len(found.asked), len(found.given))
    total = sums(weight, (unit, len(names)), (found.row, n))
    columns = []
    for m in range(n_columns):
        linked = sums(weight * (found.column == m), (unit, len(names)), (found.row, n))
        random = generator(options.seed, found.table, found.scheme, "bootstrap", units.counting)
        columns.append(intervals(linked, total, n_bootstrap=options.n_bootstrap, random=random))
    return np.column_stack([low for low, _ in columns]), np.column_stack([high for _, high in columns])


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
