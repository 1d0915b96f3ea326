"""供需错位: all cells that say which 问题 find an answer and which 对策 give one, with and without code evidence."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd

from pipeline.compare.cells import Block, Grouping, evidence_rows
from pipeline.compare.counting import Units
from pipeline.compare.exchange import shuffle_of
from pipeline.compare.matrix import MATRIX, answers, matrix_cells, matrix_evidence
from pipeline.compare.response import (
    COVERAGE,
    RESPONSE,
    UNANSWERED,
    UNMATCHED,
    WITHOUT_CODES,
    Rate,
    rate_cells,
    standing,
    values,
)
from pipeline.settings import CompareOptions
from pipeline.shares import Places
from pipeline.values import Role

SIDE_OF = {UNANSWERED: Role.PROBLEM, UNMATCHED: Role.MEASURE, COVERAGE: Role.MEASURE}
"""Whose points each table averages over."""

ROW_OF = {UNANSWERED: "未获回应的问题", UNMATCHED: "无对应问题的对策"}
"""The rows of the table of both sides as a whole."""

Row = dict[str, Any]


@dataclass(frozen=True)
class Field:
    """What is compared: the points, the variables, the ways of counting, and each point's cluster of documents."""

    points: pd.DataFrame
    groupings: Sequence[Grouping]
    weighed: Sequence[Units]
    clusters: Sequence[str]


def response_blocks(points: pd.DataFrame, links: pd.DataFrame) -> Iterator[Block]:
    """The share of 问题 without an answer, and of 对策 that answer nothing, whatever their code, as blocks to count."""
    for suffix, pairs in _evidence_kinds(links):
        worth = values(points, pairs)
        for table, row in ROW_OF.items():
            side = SIDE_OF[table]
            is_base = (points["role"] == side).to_numpy()
            row_of = np.where(is_base & (worth[table] > 0), 0, -1)
            yield Block(RESPONSE + suffix, str(side), None, [row], row_of.astype(np.intp), is_base)


def answering(
    field: Field, links: pd.DataFrame, blocks: Sequence[Block], *, options: CompareOptions
) -> tuple[list[Row], list[Row]]:
    """The rates of every code, and the matrix 问题编码 × 对策编码.

    Parameters
    ----------
    field : Field
    links : DataFrame
        The table `links`.
    blocks : sequence of Block
        Codes of the points: those of the table ``codes`` are used.
    options : CompareOptions

    Returns
    -------
    cells, evidence : list of dict
        Rows of `comparisons` (without q) and of `evidence`.
    """
    cells: list[Row] = []
    evidence: list[Row] = []
    documents = np.asarray(pd.factorize(field.points["doc_id"])[0], dtype=np.intp)
    clusters = np.asarray(pd.factorize(np.array(field.clusters, dtype=object))[0], dtype=np.intp)
    for suffix, pairs in _evidence_kinds(links):
        for scheme in sorted({block.scheme for block in blocks if block.table == "codes" and block.scheme}):
            coded = {block.side: block for block in blocks if block.table == "codes" and block.scheme == scheme}
            rates = list(_rates(field.points, pairs, coded, suffix))
            for rate in rates:
                shuffle = shuffle_of(rate.row_of >= 0, documents, clusters)
                cells += rate_cells(rate, field.groupings, field.weighed, shuffle, options=options)
                evidence += _rate_evidence(rate, field)
            if {rate.side for rate in rates} == {Role.PROBLEM, Role.MEASURE}:
                found = answers(field.points, pairs, rates, table=MATRIX + suffix)
                shuffle = shuffle_of(found.code_of >= 0, documents, clusters)
                cells += matrix_cells(found, field.weighed, shuffle, options=options)
                evidence += matrix_evidence(found, field.points)
    return cells, evidence


def _evidence_kinds(links: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """How the names of tables end, and the links that they count."""
    yield "", standing(links, use_codes=True)
    yield WITHOUT_CODES, standing(links, use_codes=False)


def _rates(points: pd.DataFrame, pairs: pd.DataFrame, coded: dict[str | None, Block], suffix: str) -> Iterator[Rate]:
    """The rates of a codebook's codes on the sides that have any."""
    worth = values(points, pairs)
    for table, side in SIDE_OF.items():
        block = coded.get(side)
        if block is not None and block.scheme:
            row_of: Places = np.where(block.is_base, block.row_of, -1).astype(np.intp)
            yield Rate(table + suffix, str(side), block.scheme, block.rows, row_of, worth[table])


def _rate_evidence(rate: Rate, field: Field) -> Iterator[Row]:
    """The points of each cell whose value is not 0."""
    row_of = np.where(rate.value > 0, rate.row_of, -1).astype(np.intp)
    block = Block(rate.table, rate.side, rate.scheme, rate.rows, row_of, rate.row_of >= 0)
    for grouping in field.groupings:
        yield from evidence_rows(block, grouping, field.points)
