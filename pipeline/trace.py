"""From a number back to its sentences: cell, theme, point, link or figure → places in the source."""

import bisect
import re
from collections.abc import Callable, Mapping
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.publish.figures import PLANS, figure_name

RE_SENTENCE_END = re.compile(r"[。！？!?；;\n]")
COLUMNS = ["statement_id", "doc_id", "source_id", "title", "role", "headline", "sentence", "start", "end"] + [
    "source_start",
    "source_end",
    "page",
]

Read = Callable[[str], pd.DataFrame]


def trace(read: Read, name: str) -> pd.DataFrame:
    """The sentences that something rests on.

    Parameters
    ----------
    read : callable
        Table name → frame.
    name : str
        A cell_id (with or without its counting, or the start of several), theme_id, statement_id, link_id, section_id,
        doc_id, or a figure's name or number.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`: one row a point, with its first sentence; for a whole document, its first line, and no
        point; start and end count code points of documents.text, source_start and source_end of decoded.text, page is
        1-based (null without pages). Empty for a cell that counts nothing.

    Raises
    ------
    KeyError
        If nothing has that id.
    """
    for rows in (_of_point, _of_link, _of_theme, _of_cell, _of_document, _of_figure):
        found = rows(read, name)
        if found is not None:
            return located(read, found)
    raise KeyError(f"没有编号为 {name} 的单元格、主题、条目、关联、文献或图 / nothing has the id {name!r}")


def cited(found: pd.DataFrame) -> list[str]:
    """Traced sentences for a console: one line a row (file, page, place, point, sentence), and a line of totals."""
    lines = []
    for row in tables.records(found):
        page = f" 第 {row['page']} 页" if row["page"] is not None else ""
        point = f"〔{row['statement_id']}〕{row['role']}" if row["statement_id"] else "文献"
        lines.append(f"{row['source_id']}{page} {row['source_start']}:{row['source_end']}{point}：{row['sentence']}")
    return [*lines, f"共 {len(found)} 条，出自 {found['doc_id'].nunique()} 篇 / {len(found)} points"]


def located(read: Read, statements: pd.DataFrame) -> pd.DataFrame:
    """Points with their first sentence and their places in the cleaned text, the decoded file and its pages."""
    names = set(statements["doc_id"])
    documents = {row["doc_id"]: row for row in tables.records(read("documents")) if row["doc_id"] in names}
    sources = {row["source_id"] for row in documents.values()}
    pages = {row["source_id"]: row["pages"] for row in tables.records(read("decoded")) if row["source_id"] in sources}
    maps = {name: SourceMap(row) for name, row in documents.items()}
    rows = []
    for point in tables.records(statements):
        document = documents[point["doc_id"]]
        start, end = sentence_span(document["text"], point["headline_start"])
        place = maps[point["doc_id"]].span(start, end)
        page = _page(pages[document["source_id"]], place[0])
        row = {key: point[key] for key in ("statement_id", "doc_id", "role", "headline")}
        row |= {"source_id": document["source_id"], "title": document["title"], "start": start, "end": end}
        row |= {"sentence": document["text"][start:end], "source_start": place[0], "source_end": place[1], "page": page}
        rows.append(row)
    return pd.DataFrame(rows, columns=COLUMNS).astype({"page": "Int64"})


def sentence_span(text: str, at: int) -> tuple[int, int]:
    """The sentence around a place, with its final punctuation.

    Examples
    --------
    >>> text = "会开了。但两个支部没有到会。散会"
    >>> text[slice(*sentence_span(text, 6))]
    '但两个支部没有到会。'
    """
    start = max((text.rfind(mark, 0, at) for mark in "。！？!?；;\n"), default=-1) + 1
    found = RE_SENTENCE_END.search(text, at)
    end = len(text) if found is None else found.start() if found[0] == "\n" else found.end()
    return start, end


class SourceMap:
    """Places of a cleaned text in the decoded file.

    Parameters
    ----------
    document : mapping
        A row of `documents`.
    """

    def __init__(self, document: Mapping[str, Any]) -> None:
        """Add up how far each edit moved what follows it."""
        self._ends: list[int] = [0]
        self._shifts: list[int] = [document["source_start"]]
        for edit in document["edits"]:
            shift = self._shifts[-1] + len(edit["before"]) - (edit["end"] - edit["start"])
            self._ends.append(edit["end"])
            self._shifts.append(shift)

    def span(self, start: int, end: int) -> tuple[int, int]:
        """A half-open span of the text as a span of decoded.text."""
        return self.place(start), self.place(end - 1) + 1 if end > start else self.place(start)

    def place(self, at: int) -> int:
        """A place of the text as a place of decoded.text; inside a replaced stretch it is approximate."""
        return at + self._shifts[bisect.bisect_right(self._ends, at) - 1]


def _page(pages: list[dict[str, int]], at: int) -> int | None:
    """The 1-based page that holds a place."""
    return next((i for i, page in enumerate(pages, 1) if page["start"] <= at < page["end"]), None)


def _chosen(read: Read, names: set[str]) -> pd.DataFrame:
    """The statements of some ids."""
    statements = read("statements")
    return statements[statements["statement_id"].isin(names)]


def _whole(read: Read, names: set[str]) -> pd.DataFrame:
    """Rows that stand for whole documents: no point, at the first character."""
    rows = [{"doc_id": name, "headline_start": 0} for name in read("documents")["doc_id"] if name in names]
    return pd.DataFrame(rows, columns=["statement_id", "doc_id", "role", "headline", "headline_start"])


def _of_point(read: Read, name: str) -> pd.DataFrame | None:
    """A point itself."""
    found = _chosen(read, {name})
    return found if len(found) else None


def _of_link(read: Read, name: str) -> pd.DataFrame | None:
    """Both ends of a link."""
    links = read("links")
    found = links[links["link_id"] == name]
    return _chosen(read, {*found["from_id"], *found["to_id"]}) if len(found) else None


def _of_theme(read: Read, name: str) -> pd.DataFrame | None:
    """The points whose theme it is."""
    if not (read("themes")["theme_id"] == name).any():
        return None
    found = read("statement_themes")
    return _chosen(read, set(found["statement_id"][(found["theme_id"] == name) & found["primary"]]))


def _of_cell(read: Read, name: str) -> pd.DataFrame | None:
    """The points (or whole documents) of a cell's numerator; for the start of a cell_id, of all such cells."""
    cells = read("comparisons")["cell_id"]
    if not ((cells == name) | cells.str.startswith(f"{name}/")).any():
        return None
    evidence = read("evidence")
    names = {name, name.rpartition("/")[0]} if (cells == name).any() else {name}
    found = evidence[evidence["cell_id"].isin(names) | evidence["cell_id"].str.startswith(f"{name}/")]
    whole = set(found["doc_id"][found["statement_id"].isna()])
    return pd.concat([_chosen(read, set(found["statement_id"].dropna())), _whole(read, whole)], ignore_index=True)


def _of_document(read: Read, name: str) -> pd.DataFrame | None:
    """All points of a document or of a section."""
    statements = read("statements")
    found = statements[(statements["doc_id"] == name) | (statements["section_id"] == name)]
    known = name in set(read("documents")["doc_id"]) or name in set(read("sections")["section_id"])
    return found if known else None


def _of_figure(read: Read, name: str) -> pd.DataFrame | None:
    """The points of a figure's cells; the documents, where a figure counts documents or their text."""
    found = figure_name(name)
    if found is None:
        return None
    cells = PLANS[found].cells
    of_cells = _of_cell(read, cells) if cells else None
    return _whole(read, set(read("documents")["doc_id"])) if of_cells is None else of_cells
