"""One document as a page: its text with outline, points, links and edits beside it."""

import difflib
import html
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from pipeline import tables

Row = dict[str, Any]
Read = Callable[[str], pd.DataFrame]


@dataclass(frozen=True)
class DocumentView:
    """A document and all that was found in it; prints as text, shows as HTML in a notebook."""

    document: Row
    sections: list[Row]
    statements: list[Row]
    codes: dict[str, str]
    links: list[Row]

    def __str__(self) -> str:
        """The page for a console."""
        blocks = {"文献 DOCUMENT": _facts(self), "提纲 OUTLINE": _outline(self), "条目 POINTS": _points(self)}
        blocks |= {"关联 LINKS": _links(self), "清洗 EDITS": _edits(self)}
        return "\n".join(
            line for head, lines in blocks.items() for line in (f"── {head} ──", *(lines or ["（无 none）"]), "")
        )

    def __repr__(self) -> str:
        """The same as text."""
        return str(self)

    def _repr_html_(self) -> str:
        """The page for a notebook."""
        return f"<pre>{html.escape(str(self))}</pre>"


def view_document(read: Read, doc_id: str) -> DocumentView:
    """A document by its id, or by its file name if the file holds one report.

    Parameters
    ----------
    read : callable
        Table name → frame.
    doc_id : str
        E.g. ``青石镇.txt#1``.

    Raises
    ------
    KeyError
        If there is no such document; the message names the nearest.
    """
    documents = {row["doc_id"]: row for row in tables.records(read("documents"))}
    name = doc_id if doc_id in documents else f"{doc_id}#1"
    if name not in documents:
        near = difflib.get_close_matches(doc_id, documents, 3, 0.3)
        raise KeyError(f"没有文献 {doc_id}；相近的：{'、'.join(near) or '无'} / no such document")

    def of(table: str) -> list[Row]:
        """The rows of a table about the document."""
        frame = read(table)
        return tables.records(frame[frame["doc_id"] == name])

    codes = {row["statement_id"]: row["code"] for row in of("codes") if row["rank"] == 1 and row["scheme"] == "wendui"}
    return DocumentView(documents[name], of("sections"), of("statements"), codes, of("links"))


def _facts(view: DocumentView) -> list[str]:
    """What is known of the document as a whole."""
    names = {"doc_id": "编号", "title": "标题", "date": "日期", "year": "年份", "genre": "文种", "org_type": "组织类型"}
    names |= {"author_org": "作者单位", "region": "地区", "script": "字体", "marking": "密级", "n_chars": "字数"}
    names |= {"damage": "残损率", "text_sha256": "正文摘要 sha256"}
    basis = {
        row["field"]: f"（依据 {row['basis']}：{_short(row['quote'] or '', 30)}）" for row in view.document["findings"]
    }
    return [f"{label}：{_shown(view.document[key])}{basis.get(key, '')}" for key, label in names.items()]


def _outline(view: DocumentView) -> list[str]:
    """One line a heading, indented by level, with its role and what that rests on."""
    return [
        f"{'  ' * row['level']}[{row['role'] or '—'}|{row['role_basis'] or '—'} {row['confidence']:.2f}] "
        f"{row['heading']}  {row['start']}:{row['end']}"
        for row in view.sections
        if row["level"]
    ]


def _points(view: DocumentView) -> list[str]:
    """One line a point or sub-point, with code and offsets for corrections."""
    lines = []
    for row in view.statements:
        indent, sign = ("    ", "└") if row["parent_id"] else ("", "●" if row["explicit"] else "○")
        extra = [f"{k}={row[k]}" for k in ("cue", "actor", "modality", "kind", "deadline") if row[k]]
        code = view.codes.get(row["statement_id"])
        place = f"{row['headline_start']}:{row['headline_end']}"
        tail = "  ".join(([f"〔{code}〕"] if code else []) + extra)
        lines.append(f"{indent}{sign} {row['role']} {row['headline']}  {place}  {tail}".rstrip())
    return lines


def _links(view: DocumentView) -> list[str]:
    """One line a link: both headlines, its score and its evidence."""
    heads = {row["statement_id"]: row["headline"] for row in view.statements}
    return [
        f"{row['kind']} {row['score']:.2f}  {heads.get(row['from_id'], row['from_id'])} ⇒ "
        f"{heads.get(row['to_id'], row['to_id'])}  （{'、'.join(row['methods'])}）"
        for row in view.links
    ]


def _edits(view: DocumentView) -> list[str]:
    """One line an edit: place, rule, before and after."""
    return [
        f"{row['start']}:{row['end']} {row['rule']}  「{_short(row['before'])}」→「{_short(row['after'])}」"
        + (f" 置信 {row['confidence']:.2f}" if row["confidence"] < 1 else "")
        for row in view.document["edits"]
    ]


def _short(text: str, length: int = 40) -> str:
    """A text on one line, cut in the middle if it is long."""
    flat = text.replace("\n", "⏎")
    return flat if len(flat) <= length else f"{flat[: length // 2]}…{flat[-length // 2 :]}"


def _shown(value: Any) -> str:
    """A value for people; null is a dash."""
    return "—" if value is None else f"{value:.4f}" if isinstance(value, float) else str(value)
