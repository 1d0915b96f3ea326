"""Rows of tables for tests of the stages that see the whole corpus."""

from typing import Any

import pandas as pd

from pipeline import tables

Row = dict[str, Any]


def document(doc_id: str, text: str = "文", **more: Any) -> Row:
    """A row of `documents`."""
    row = {"doc_id": doc_id, "source_id": doc_id.rpartition("#")[0], "script": "简体", "text": text, "text_sha256": "0"}
    row |= {"n_chars": len(text), "source_start": 0, "source_end": len(text), "edits": [], "findings": []}
    return row | {"damage": 0.0, "parse_coverage": 1.0} | more


def point(doc_id: str, start: int, end: int, role: str = "问题", **more: Any) -> Row:
    """A row of `statements` that spans text[start:end]."""
    row = {"statement_id": f"{doc_id}/p{start}", "doc_id": doc_id, "section_id": f"{doc_id}/s", "role": role}
    row |= {"headline": "", "start": start, "end": end, "headline_start": start, "headline_end": end}
    return row | {"explicit": True, "confidence": 0.9} | more


def linked(one: Row, other: Row, methods: tuple[str, ...] = ("ordinal",), kind: str = "问题→对策") -> Row:
    """A row of `links` between two rows of `statements`."""
    ends = {"from_id": one["statement_id"], "to_id": other["statement_id"]}
    link_id = f"{ends['from_id']}>{ends['to_id']}/{kind}"
    stands = bool(set(methods) - {"code", "secondary code"})
    scores = {"score": 0.9, "score_without_codes": 0.9 if stands else 0.1}
    return {"link_id": link_id, "doc_id": one["doc_id"], "kind": kind, "methods": list(methods)} | scores | ends


def alone(rows: list[Row]) -> list[Row]:
    """Rows of `clusters` in which every document and point is by itself."""
    documents = dict.fromkeys(row["doc_id"] for row in rows)
    found = [{"doc_id": name, "cluster_id": name, "size": 1} for name in documents]
    names = [(row["doc_id"], row["statement_id"]) for row in rows if "statement_id" in row]
    return found + [{"doc_id": d, "statement_id": p, "cluster_id": p, "size": 1} for d, p in names]


def shuffled(*frames: pd.DataFrame, seed: int = 3) -> list[pd.DataFrame]:
    """The same tables with their rows in another order."""
    return [frame.sample(frac=1, random_state=seed).reset_index(drop=True) for frame in frames]


def check_declared(name: str, table: pd.DataFrame) -> None:
    """Fail unless a frame has the dtypes and no null beyond what the table declares."""
    pd.testing.assert_series_equal(table.dtypes, tables.frame(name).dtypes)
    tables.to_arrow(name, table)
