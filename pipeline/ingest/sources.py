"""The account of every file found: what became of it, in one row."""

from collections import defaultdict
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.values import Reason, Status

Row = dict[str, Any]


def sources(files: pd.DataFrame, decoded: pd.DataFrame, documents: pd.DataFrame, notices: pd.DataFrame) -> pd.DataFrame:
    """The `sources` table: a row for every file found, its worst status first to be told.

    Parameters
    ----------
    files : DataFrame
        Every file found (`pipeline.ingest.read.files_frame`).
    decoded, documents, notices : DataFrame
        The tables of these names.

    Returns
    -------
    DataFrame
        `failed` if no document survived, `partial` if some did or any notice is partial, else `skipped` or `ok`.
    """
    read = {row["source_id"]: row for row in tables.records(decoded.drop(columns="pages"))}
    said: dict[str, list[Row]] = defaultdict(list)
    for notice in tables.records(notices):
        said[notice["source_id"]].append(notice)
    n_documents = documents["source_id"].value_counts().to_dict()
    rows = []
    for found in tables.records(files):
        name = found["source_id"]
        row = read.get(name, {"status": Status.FAILED, "reason": Reason.INTERNAL, "text": None})
        status, reason = _verdict(row, said[name], n_documents.get(name, 0))
        kept = {key: row.get(key) for key in ("media_type", "encoding")}
        counts = {"n_documents": n_documents.get(name, 0), "n_bytes": found["n_bytes"]}
        n_chars = None if row["text"] is None else len(row["text"])
        rows.append(
            {"source_id": name, "sha256": found["sha256"], "n_chars": n_chars, "status": status, "reason": reason}
            | kept
            | counts
        )
    return tables.in_document_order(tables.frame("sources", rows))


def _verdict(row: Row, notices: list[Row], n_documents: int) -> tuple[str, str | None]:
    """A file's status and its reason: the worst of reading, of its notices and of what became of its documents."""
    if row["status"] in (Status.SKIPPED, Status.FAILED):
        return row["status"], row["reason"]
    failed = [n for n in notices if n["status"] == Status.FAILED]
    n_survivors = n_documents - len({n["doc_id"] for n in failed if n["doc_id"]})
    if n_survivors <= 0:
        skipped = [n for n in notices if n["status"] == Status.SKIPPED]
        worst = (failed or skipped or [{"status": Status.FAILED, "reason": Reason.INTERNAL}])[0]
        return worst["status"], worst["reason"]
    partial = failed + [n for n in notices if n["status"] == Status.PARTIAL]
    if partial or row["status"] == Status.PARTIAL:
        return Status.PARTIAL, partial[0]["reason"] if partial else row["reason"]
    return Status.OK, None
