"""One document as a page: its text with outline, points, links and edits beside it."""

import difflib
import html
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.publish.words import methods_in_words, rule_in_words, visible

LEFT = 44
"""Columns of the outline on a console; with the points beside it, a line fits into some 120."""

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
        blocks = {"文献 DOCUMENT": _facts(self), "提纲 OUTLINE │ 条目 POINTS": _outline_and_points(self)}
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


def _outline_and_points(view: DocumentView) -> list[str]:
    """Every section on the left, and on the right its points with what they are linked to."""
    mine: dict[str, list[Row]] = {}
    for row in view.statements:
        mine.setdefault(row["section_id"], []).append(row)
    lines = []
    for section in view.sections:
        right = [line for row in mine.get(section["section_id"], []) for line in _point(view, row)]
        left = _heading(section) if section["level"] else ["（标题与前言）"] if right else []
        lines += [f"{_padded(one)} │ {other}".rstrip() for one, other in zip_longest(left, right, fillvalue="")]
    return lines


def _heading(row: Row) -> list[str]:
    """A heading on as many lines as the left column needs, then its role, what that rests on, and its place."""
    indent = "  " * (row["level"] - 1)
    said = f"[{row['role'] or '—'}|{row['role_basis'] or '—'} {row['confidence']:.2f}] {row['start']}:{row['end']}"
    return [*(indent + part for part in _folded(row["heading"], LEFT - len(indent))), f"{indent}{said}"]


def _point(view: DocumentView, row: Row) -> list[str]:
    """A point or sub-point with code and offsets for corrections, and a line for every point that it is linked to."""
    indent, sign = ("  ", "└") if row["parent_id"] else ("", "●" if row["explicit"] else "○")
    extra = [f"{k}={row[k]}" for k in ("cue", "actor", "modality", "kind", "deadline") if row[k]]
    code = view.codes.get(row["statement_id"])
    place = f"{row['headline_start']}:{row['headline_end']}"
    tail = "  ".join(([f"〔{code}〕"] if code else []) + extra)
    heads = {other["statement_id"]: (other["role"], other["headline"]) for other in view.statements}
    linked = [("→", link, "to_id") for link in view.links if link["from_id"] == row["statement_id"]]
    linked += [("←", link, "from_id") for link in view.links if link["to_id"] == row["statement_id"]]
    others = [(arrow, link["score"], heads.get(link[end], ("", link[end]))) for arrow, link, end in linked]
    first = f"{indent}{sign} {row['role']} {row['headline']}  {place}  {tail}".rstrip()
    return [first, *(f"{indent}    {arrow} {role} {head}  {score:.2f}" for arrow, score, (role, head) in others)]


def _width(text: str) -> int:
    """Columns that a text takes on a console: a wide character takes two."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def _folded(text: str, width: int) -> list[str]:
    """A text in pieces of at most a width.

    Examples
    --------
    >>> _folded("一、存在的问题", 8)
    ['一、存在', '的问题']
    """
    pieces = [""]
    for char in text:
        if _width(pieces[-1] + char) > width:
            pieces.append("")
        pieces[-1] += char
    return pieces


def _padded(text: str) -> str:
    """A text filled up to the width of the left column."""
    return text + " " * (LEFT - _width(text))


def _links(view: DocumentView) -> list[str]:
    """One line a link: both headlines, its score and its evidence."""
    heads = {row["statement_id"]: row["headline"] for row in view.statements}
    return [
        f"{row['kind']} {row['score']:.2f}  {heads.get(row['from_id'], row['from_id'])} ⇒ "
        f"{heads.get(row['to_id'], row['to_id'])}  （{methods_in_words(row['methods'])}）"
        for row in view.links
    ]


def _edits(view: DocumentView) -> list[str]:
    """One line an edit: place, rule, before and after."""
    return [
        f"{row['start']}:{row['end']} {rule_in_words(row['rule'])}（{row['rule']}）  "
        f"「{visible(row['before'])}」→「{visible(row['after'])}」"
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
