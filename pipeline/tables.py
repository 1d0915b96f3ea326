"""The tables of Wendui: every one declared once, as an Arrow schema with a sentence and a unit per column.

A table is handed out as a plain pandas frame: strings ``str``, floats with NaN, nullable integers ``Int64``, booleans
never null, lists as Python lists (of dicts, where the items have fields).
"""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
import pyarrow as pa

from pipeline.columns import DECLARED


def _schema(name: str) -> pa.Schema:
    """The declared columns of a table as an Arrow schema."""
    fields = [
        pa.field(column, kind, nullable=null, metadata={"description": meaning, "unit": unit})
        for column, kind, null, meaning, unit in DECLARED[name]
    ]
    return pa.schema(fields, metadata={"wendui_table": name})


SCHEMAS: dict[str, pa.Schema] = {name: _schema(name) for name in DECLARED}


def frame(name: str, rows: Iterable[Mapping[str, Any]] = ()) -> pd.DataFrame:
    """A table as a pandas frame with its declared columns and dtypes.

    Parameters
    ----------
    name : str
        A key of `SCHEMAS`.
    rows : iterable of mapping
        One mapping a row; a column that is absent is null.

    Returns
    -------
    pandas.DataFrame
        Shape ``(n_rows, n_columns of the table)``.

    Raises
    ------
    KeyError
        If `name` is no table, or a row has a column that the table lacks.

    Examples
    --------
    >>> frame("metadata", [{"doc_id": "青石镇.txt#1", "key": "县", "value": "甲"}]).shape
    (1, 3)
    """
    schema, rows = SCHEMAS[name], list(rows)
    unknown = {key for row in rows for key in row} - set(schema.names)
    if unknown:
        raise KeyError(f"table {name!r} has no column {sorted(unknown)}")
    return from_arrow(name, pa.Table.from_pylist([dict(row) for row in rows], schema=schema))


def to_arrow(name: str, table: pd.DataFrame) -> pa.Table:
    """A frame of a declared table as Arrow; raises `pyarrow.ArrowException` if it does not fit."""
    columns = [pa.array(_values(table[f.name]), type=f.type) for f in SCHEMAS[name]]
    result = pa.Table.from_arrays(columns, schema=SCHEMAS[name])
    for field, column in zip(result.schema, result.columns, strict=True):
        if not field.nullable and column.null_count:
            raise pa.ArrowInvalid(f"{name}.{field.name} may not be null")
    return result


def from_arrow(name: str, table: pa.Table) -> pd.DataFrame:
    """An Arrow table as the frame that Wendui hands out (dtypes: see the module)."""
    schema = SCHEMAS[name]
    return pd.DataFrame({f.name: _series(table.column(f.name), f) for f in schema}, columns=schema.names)


def _series(column: pa.ChunkedArray, field: pa.Field) -> "pd.Series[Any]":
    """One Arrow column as a pandas series of the declared dtype."""
    if pa.types.is_list(field.type):
        return pd.Series(column.to_pylist(), dtype=object)
    if pa.types.is_string(field.type):
        return pd.Series(column, dtype="str")
    if pa.types.is_int64(field.type):
        return pd.Series(column.to_pylist(), dtype="Int64" if field.nullable else "int64")
    if pa.types.is_boolean(field.type):
        return pd.Series(column.to_pylist(), dtype="bool")
    return pd.Series(column.to_pylist(), dtype="float64")


def _values(series: "pd.Series[Any]") -> list[Any]:
    """A series as Python values with None for every null."""
    return [None if is_null else value for value, is_null in zip(series.tolist(), series.isna().tolist(), strict=True)]


def records(table: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as dictionaries, with None for every null.

    Examples
    --------
    >>> records(frame("metadata", [{"doc_id": "青石镇.txt#1", "key": "县", "value": "甲"}]))
    [{'doc_id': '青石镇.txt#1', 'key': '县', 'value': '甲'}]
    """
    names = [str(name) for name in table]
    columns = [_values(table[name]) for name in names]
    return [dict(zip(names, row, strict=True)) for row in zip(*columns, strict=True)]


def in_document_order(table: pd.DataFrame) -> pd.DataFrame:
    """A frame with its documents in order: by source_id, then by number; rows of a document keep their order."""
    if table.empty or not {"doc_id", "source_id"} & set(table.columns):
        return table
    names = table["doc_id" if "doc_id" in table else "source_id"].tolist()
    files = table["source_id"].tolist() if "source_id" in table else names
    places = [_place(name, file) for name, file in zip(names, files, strict=True)]
    order = sorted(range(len(table)), key=places.__getitem__)
    return table.iloc[order].reset_index(drop=True)


def _place(name: Any, file: str) -> tuple[str, int]:
    """Where a row stands: by its document's file and number; what is about the file only comes first."""
    source_id, _, number = name.rpartition("#") if isinstance(name, str) else (file, "#", "0")
    return (source_id, int(number)) if number.isdigit() and source_id else (file, 0)
