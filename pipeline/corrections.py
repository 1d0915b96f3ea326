"""The researcher's hand: rows of ``corrections.csv`` applied right after the stage that they concern."""

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pandas as pd

from pipeline import tables
from pipeline.amendments import APPLY, Correction, Place, Row
from pipeline.settings import SettingsError, find_control
from pipeline.values import Genre, LinkKind, OrgType, Reason, Role, Status

COLUMNS = ["doc_id", "text_sha256", "kind", "action", "start", "end", "quote", "other_start", "value"]
WHOLE_DOCUMENT = ("title", "year", "org_type", "genre")
TABLE_OF = {**dict.fromkeys(WHOLE_DOCUMENT, "documents"), "role": "sections", "point": "statements"} | {
    "code": "codes",
    "link": "links",
}
ACTIONS = ("add", "change", "reject")
_VALUES: dict[str, tuple[str, ...]] = {
    "role": tuple(Role),
    "point": tuple(Role),
    "genre": tuple(Genre),
    "org_type": tuple(OrgType),
    "link": ("", *LinkKind),
}


def load_corrections(folders: Sequence[Path]) -> pd.DataFrame:
    """The researcher's corrections, all cells as text; empty if there is no file.

    Parameters
    ----------
    folders : sequence of Path
        Where ``corrections.csv`` or ``corrections.xlsx`` is looked for.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`.

    Raises
    ------
    SettingsError
        If a column is missing, or a kind or action is none of the known ones; names the line.
    """
    path = find_control("corrections.csv", folders) or find_control("corrections.xlsx", folders)
    records = _records(path) if path else []
    for line, record in enumerate(records, 2):
        _check(record, f"{path} 第 {line} 行 / line {line}")
    return pd.DataFrame([{c: r.get(c, "") for c in COLUMNS} for r in records], columns=COLUMNS, dtype="str")


def _records(path: Path) -> list[dict[str, str]]:
    """The rows of a CSV (UTF-8) or of an Excel file's first sheet."""
    if path.suffix == ".csv":
        return [dict(row) for row in csv.DictReader(io.StringIO(path.read_text("utf-8-sig")))]
    rows = openpyxl.load_workbook(path, read_only=True, data_only=True).worksheets[0].iter_rows(values_only=True)
    head = [str(cell) for cell in next(rows, ())]
    return [dict(zip(head, ("" if cell is None else str(cell) for cell in row), strict=False)) for row in rows]


def _check(record: dict[str, str], place: str) -> None:
    """Raise if a row names no document, or a kind or action that there is not."""
    if not record.get("doc_id"):
        raise SettingsError(f"{place}：缺 doc_id / doc_id is missing")
    kind = record.get("kind", "")
    for column, allowed in (("kind", tuple(TABLE_OF)), ("action", ACTIONS), ("value", _VALUES.get(kind, ()))):
        if allowed and record.get(column) not in allowed and (column != "value" or record["action"] != "reject"):
            raise SettingsError(f"{place}：{column}={record.get(column)!r}，可用：{'、'.join(allowed)} / not allowed")
    for column in ("start", "end", "other_start"):
        if not (record.get(column) or "0").isdigit():
            raise SettingsError(f"{place}：{column}={record[column]!r} 应为整数 / must be a whole number")
    if kind == "year" and record["action"] != "reject" and not record["value"].isdigit():
        raise SettingsError(f"{place}：year 的 value 应为整数 / must be a whole number")


def corrected(
    name: str,
    table: pd.DataFrame,
    corrections: pd.DataFrame,
    *,
    documents: pd.DataFrame,
    sections: pd.DataFrame | None = None,
) -> "Corrected":
    """A table with the researcher's corrections of its kinds applied.

    Parameters
    ----------
    name : str
        The table: documents, sections, statements, codes or links.
    table : DataFrame
        As the stage made it.
    corrections : DataFrame
        Rows of `load_corrections`; those of other kinds or documents are passed over.
    documents : DataFrame
        The documents, for their texts and digests.
    sections : DataFrame, optional
        Their sections, for where a new point stands.

    Returns
    -------
    Corrected
    """
    mine = corrections[corrections["kind"].map(TABLE_OF).eq(name)]
    if mine.empty:
        return Corrected(table, tables.frame("notices"), 0)
    outline = tables.records(sections) if sections is not None else []
    texts = {
        d: (t, s) for d, t, s in zip(documents["doc_id"], documents["text"], documents["text_sha256"], strict=True)
    }
    rows, stale, n_applied = tables.records(table), [], 0
    for record in tables.records(mine):
        if record["doc_id"] not in texts:
            continue
        found = _anchored(record, *texts[record["doc_id"]])
        place = Place(texts[record["doc_id"]][0], [row for row in outline if row["doc_id"] == record["doc_id"]])
        if found and APPLY[name](rows, found, place):
            n_applied += 1
        else:
            stale.append(_stale_notice(record, name))
    if not n_applied:
        return Corrected(table, tables.frame("notices", stale), 0)
    order = {doc_id: i for i, doc_id in enumerate(documents["doc_id"])}
    rows.sort(key=lambda row: (order[row["doc_id"]], row.get("start", 0)))
    return Corrected(tables.frame(name, rows), tables.frame("notices", stale), n_applied)


@dataclass(frozen=True)
class Corrected:
    """A corrected table, the notices of stale rows, and how many rows were applied."""

    table: pd.DataFrame
    notices: pd.DataFrame
    n_applied: int


def _anchored(record: Row, text: str, sha256: str) -> Correction | None:
    """A correction with offsets that hold in the present text; None if it is stale."""
    start, end, other = (int(record[c]) if record[c] else -1 for c in ("start", "end", "other_start"))
    if record["kind"] not in WHOLE_DOCUMENT and record["text_sha256"] != sha256:
        quotes = record["quote"].split("→") if record["kind"] == "link" else [record["quote"]]
        if any(not quote or text.count(quote) != 1 for quote in quotes) or (record["kind"] == "link") != (
            len(quotes) > 1
        ):
            return None
        start, other = text.index(quotes[0]), text.index(quotes[-1])
        end = start + len(quotes[0])
    return Correction(record["doc_id"], record["kind"], record["action"], start, end, other, record["value"])


def _stale_notice(record: Row, stage: str) -> Row:
    """What is said of a correction that no longer fits."""
    detail = (
        f"更正未应用：{record['kind']} {record['quote'] or record['start']}，原文已变或该处无此项 / stale correction"
    )
    return {
        "source_id": record["doc_id"].rpartition("#")[0],
        "doc_id": record["doc_id"],
        "stage": stage,
        "status": Status.OK,
        "reason": Reason.CORRECTION_STALE,
        "detail": detail,
    }
