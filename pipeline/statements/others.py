"""Points that come from elsewhere, as the tables that coding and linking take."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pandas as pd

from pipeline import tables
from pipeline.settings import SettingsError
from pipeline.values import SIDES

COLUMNS = ("statement_id", "doc_id", "role", "headline", "body")
"""What a row of other people's points says; the order of rows is that of the document. The body may be empty."""

Row = dict[str, object]


def tables_of_others(rows: Iterable[Mapping[str, str]]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """Points of other people as tables: a text of each document is made of its headlines and bodies.

    Parameters
    ----------
    rows : iterable of mapping
        With the keys of `COLUMNS`.

    Returns
    -------
    documents, sections, statements : DataFrame
        Sections are the documents' roots alone.

    Raises
    ------
    SettingsError
        If a role is none of the three sides, or an id stands twice.

    Examples
    --------
    >>> row = {"statement_id": "1", "doc_id": "甲", "role": "问题", "headline": "会议少", "body": "全年两次。"}
    >>> documents, _, points = tables_of_others([row])
    >>> documents["text"][0].strip(), points["headline"][0]
    ('会议少。全年两次。', '会议少')
    """
    by_document: dict[str, list[Mapping[str, str]]] = defaultdict(list)
    seen: set[str] = set()
    for n, row in enumerate(rows, 1):
        _check(row, seen, n)
        by_document[row["doc_id"]].append(row)
    texts, points = {}, []
    for doc_id, mine in by_document.items():
        texts[doc_id], found = _laid_out(doc_id, mine)
        points += found
    roots = [_root(doc_id, text) for doc_id, text in texts.items()]
    documents = pd.DataFrame({"doc_id": pd.Series(list(texts), dtype="str"), "text": list(texts.values())})
    return documents, tables.frame("sections", roots), tables.frame("statements", points)


def _check(row: Mapping[str, str], seen: set[str], n: int) -> None:
    """Raise on a role that is no side and on an id that was seen before."""
    if row["role"] not in SIDES:
        allowed = "、".join(SIDES)
        raise SettingsError(f"第 {n} 行：role 应为 {allowed} / row {n}: role must be one of these: {row['role']!r}")
    if row["statement_id"] in seen:
        raise SettingsError(
            f"第 {n} 行：statement_id 重复 / row {n}: statement_id stands twice: {row['statement_id']!r}"
        )
    seen.add(row["statement_id"])


def _laid_out(doc_id: str, rows: Iterable[Mapping[str, str]]) -> tuple[str, list[Row]]:
    """The text made of some points, a paragraph each, and their rows of the table of statements."""
    pieces, points, start = [], [], 0
    for row in rows:
        head, body = row["headline"], row["body"] or ""
        between = "。" if body[:1].isalnum() else ""
        pieces.append(f"{head}{between}{body}\n")
        end = start + len(pieces[-1])
        name = {"statement_id": row["statement_id"], "doc_id": doc_id, "section_id": f"{doc_id}/s", "role": row["role"]}
        span = {"start": start, "end": end - 1, "headline_start": start, "headline_end": start + len(head)}
        points.append(name | span | {"headline": head, "explicit": True, "confidence": 1.0})
        start = end
    return "".join(pieces), points


def _root(doc_id: str, text: str) -> Row:
    """The one section of a document."""
    span = {"start": 0, "end": len(text), "body_start": 0}
    return {"section_id": f"{doc_id}/s", "doc_id": doc_id, "level": 0, "heading": "", "confidence": 1.0} | span
