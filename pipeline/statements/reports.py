"""The points of each report, in the order in which they stand."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.values import SIDES

Row = dict[str, Any]

POINT = (
    "statement_id",
    "doc_id",
    "section_id",
    "role",
    "headline",
    "start",
    "end",
    "headline_start",
    "headline_end",
    "cue",
    "explicit",
)
"""The columns of points that are looked at."""


def reports_of(statements: pd.DataFrame, columns: Sequence[str]) -> dict[str, list[Row]]:
    """The points of the three sides of each report, as rows in the order in which they stand, whatever the frame's.

    Parameters
    ----------
    statements : DataFrame
    columns : sequence of str
        What is wanted of each point; ``doc_id`` among them.

    Returns
    -------
    dict
        doc_id → its points; documents in order, those without points left out.
    """
    points = statements[statements["parent_id"].isna() & statements["role"].isin(SIDES)]
    points = tables.in_document_order(points.sort_values(["headline_start", "statement_id"], kind="stable"))
    reports: dict[str, list[Row]] = {}
    for point in tables.records(points[list(columns)]):
        reports.setdefault(point["doc_id"], []).append(point)
    return reports
