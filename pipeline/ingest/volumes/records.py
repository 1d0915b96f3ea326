"""Reports in the fields of a database's or a sheet's records: CSV, SQL, tagged exports of sites and of libraries."""

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.ingest.articles import Article
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER
from pipeline.ingest.particulars.title_forms import is_whole

RULE = "drop_fields"
MIN_BODY = 100
"""Chinese characters in a field that holds a report, at least."""
MAX_NAME = 24
"""Longest name of a field, in characters."""
OPENING = 2_000
"""Characters of a report in which its title is looked for."""
N_NAME, N_FIRST = 12, 6
"""Characters of a title that are looked for, and lines at a report's beginning in which they are."""
N_HEADS = 8
"""Lines among which the names of a sheet's columns stand."""
MAX_FIELDS = 100
"""Fields of a record whose statement does not name them, at most."""
MIN_FIELDS = 3
"""Fields of a record, at least."""
_TITLE = re.compile(
    r"(?:doc|article)?_?(?:title|subject)|(?:文章|材料|报告|论文|成果|课题|调研)?(?:标题|题名|题目|名称|篇名)",
    re.IGNORECASE,
)
_BODY = re.compile("正文|全文|内容|summary|description|content|body|text", re.IGNORECASE)
"""A field of a library's export or a feed after which all is the text of its record; it has labels of its own (【摘要】)."""
_PIECE = re.compile(r"[（(_\s]*[一二三四五六上中下续\d]{1,2}[）)]?$")
"""The number of a piece behind the name of a field."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CELL = re.compile(r'"(?P<quoted>[^"]*(?:""[^"]*)*)(?:"|\Z)|(?P<plain>[^,"\n]*)')
"""A value of a sheet; the last one of a file may be cut off."""
_INSERT = re.compile(r"INSERT\s+INTO\s+[^\s(]{1,80}\s*(?:\((?P<names>[^)]{1,2000})\))?\s*VALUES\s*", re.IGNORECASE)
_ROW = re.compile(r"\s*,?\s*\(")
_ROW_END = re.compile(r"\)\s*[,;]\s*(?:\n|\Z)")
_SHEET_ROW_END = re.compile(r'\n(?="?\d{1,12}"?,)')
"""How a row ends in which a mark within a value was not doubled."""
_VALUE = re.compile(r"\s*'(?P<quoted>[^'\\]*(?:(?:\\.|'')[^'\\]*)*)(?:'|\Z)\s*|\s*(?P<plain>[^,()']*)", re.DOTALL)
_TAG = re.compile(
    r"^(?:<(?P<tag>[A-Za-z_]{2,24})>=|【(?P<label>[\u4e00-\u9fff]{2,6})】[ \t\u3000]*"
    r"|(?:[A-Za-z]{2,24}-)?(?P<plain>[\u4e00-\u9fff]{2,6}|[A-Za-z]{3,14})[:：](?!//)[ \t\u3000]*)",
    re.MULTILINE,
)
_BETWEEN = re.compile(
    r"\s*(?:<REC>|\{[^{}\n]{0,40}\}|记录\s?\d+\s?/\s?\d+|(?:[-=*]{5,}\s*)?[\[【(（]\d{1,4}[\]】)）][^\n]{0,200}"
    r"(?:\n(?:[A-Za-z]{2,24}-)?[\u4e00-\u9fff]{2,6}[:：][^\n]{0,200}){0,4})\s*\Z"
)
"""What stands between two records."""
_MARKS = {'"': re.compile('""'), "'": re.compile(r"''|\\(?=['\"\\])"), "": re.compile("(?!)")}
"""Marks that are doubled or escaped within a mark, of which the first goes."""
_LINE_END = re.compile(r"\n|\\[rn]|</?(?:p|br|div|h\d)\b[^<>]{0,400}>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{1,400}>|\s|\\[rnt]")


class Field(NamedTuple):
    """A field of a record: its name, its place in the text, and the mark that is doubled or escaped in it (empty: none)."""

    name: str
    start: int
    end: int
    quote: str = ""


def records(text: str) -> list[Article]:
    r"""The reports in the records of an exported table; empty for other texts.

    Each is the longest field of its record, below the field that names it where the report does not begin with it. A table
    of which most is no report is left as it is.

    Parameters
    ----------
    text : str
        A text as decoded.

    Returns
    -------
    list of Article
        They tile the text; what is no report of it is dropped by their changes.

    Examples
    --------
    >>> body = "一、问题\n" + "全镇有党支部九个，活动排不开。" * 9
    >>> text = f'编号,标题,正文\n1,石桥镇党建调研报告,"{body}"\n2,通知,开会。\n'
    >>> part, = records(text)
    >>> [text[fix.start : fix.end] for fix in part.fixes]
    ['编号,标题,正文\n1,', ',"', '"\n2,通知,开会。\n']
    >>> records("标题,作者,日期\n" + body), records("【名称】石桥镇\n【现状】" + body + "\n【问题】" + body)
    ([], [])
    """
    readers = (_sheet_records, _sql_records, _tagged_records)
    found = [record for read in readers for fields in read(text) if (record := _report(text, fields))]
    n_kept = sum(_n_chinese(text, body) for _, *bodies in found for body in bodies)
    if not found or 2 * n_kept < len(_CHINESE.findall(text)):
        return []
    starts = [0, *(first.start for first, *_ in found[1:])]
    ends = [*starts[1:], len(text)]
    return [
        Article(start, end, tuple(_fixes(text, start, end, record)))
        for start, end, record in zip(starts, ends, found, strict=True)
    ]


def _report(text: str, fields: Iterable[Field]) -> list[Field] | None:
    """The field that a report begins with (its title, or its text) and its text, in as many fields as it was set in; None if a
    record holds no report.
    """
    fields = list(fields)
    body = max(fields, key=lambda field: field.end - field.start, default=None)
    if body is None or _n_chinese(text, body) < MIN_BODY:
        return None
    bodies = [field for field in fields if field is body or _is_piece(field, body)]
    titles = (field for field in fields if field.start < bodies[0].start and _is_title(text, field))
    title = next(titles, bodies[0])
    name = _bare(text[title.start : title.end])
    is_named = title is bodies[0] or _is_named(name, text[bodies[0].start : bodies[0].end][:OPENING])
    return [bodies[0] if is_named else title, *bodies]


def _is_piece(field: Field, body: Field) -> bool:
    """Whether a field holds another piece of the text that stands in one: 正文(一), 正文(二)."""
    stems = [_PIECE.sub("", one.name) for one in (field, body)]
    return field.name != body.name and stems[0] != "" and stems[0] == stems[1] and field.start < field.end


def _is_named(title: str, opening: str) -> bool:
    """Whether a report begins with its title, or has it on a line of its own at its beginning."""
    name = title[:N_NAME]
    first = [line for line in map(_bare, _LINE_END.split(opening)) if line][:N_FIRST]
    own = (line for line in first if name in line and "。" not in line and not RE_MARKER.match(line))
    return _bare(opening).startswith(name) or any(True for _ in own)


def _is_title(text: str, field: Field) -> bool:
    """Whether a field is its record's title: by its name, or by its form if it has none."""
    if not field.name:
        return is_whole(text[field.start : field.end])
    return _TITLE.fullmatch(field.name) is not None and field.start < field.end


def _n_chinese(text: str, field: Field) -> int:
    """Number of Chinese characters in a field."""
    return len(_CHINESE.findall(text, field.start, field.end))


def _bare(text: str) -> str:
    """A text without markup, entities and blanks."""
    return _MARKUP.sub("", html.unescape(text))


def _fixes(text: str, start: int, end: int, record: Sequence[Field]) -> Iterator[Fix]:
    """The changes that leave a record's title and text, in the coordinates of its part."""
    first, *bodies = record
    kept = list(dict.fromkeys((first, *bodies)))
    edges = [(start, first.start), *((one.end, other.start) for one, other in pairwise(kept)), (kept[-1].end, end)]
    for n, (left, right) in enumerate(edges):
        if left < right:
            yield Fix(left - start, right - start, "\n" if n == 1 and first is not bodies[0] else "", RULE)
    for field in kept:
        for found in _MARKS[field.quote].finditer(text, field.start, field.end):
            yield Fix(found.start() - start, found.start() - start + 1, "", RULE)


def _values(text: str, at: int, names: Sequence[str], pattern: re.Pattern[str], quote: str) -> tuple[list[Field], int]:
    """The values from a place on that commas part, as fields of the names in turn, and the place behind the last one."""
    fields: list[Field] = []
    while found := pattern.match(text, at):
        kind = "plain" if found["quoted"] is None else "quoted"
        if len(fields) < len(names):
            fields.append(Field(names[len(fields)], *found.span(kind), quote if kind == "quoted" else ""))
        at = found.end()
        if text[at : at + 1] != ",":
            break
        at += 1
    return fields, at


def _reaching(text: str, fields: list[Field], row_end: re.Pattern[str]) -> tuple[list[Field], int]:
    """A row whose last value was cut off by a mark within it, up to the row's end, and where that is."""
    found = row_end.search(text, fields[-1].end)
    end = found.start() if found else len(text)
    return [*fields[:-1], fields[-1]._replace(end=end)], end


def _sheet_records(text: str) -> Iterator[list[Field]]:
    """The records of comma-separated values below a line of names of which one is that of a title."""
    at, names = 0, list[str]()
    for line in text.split("\n", N_HEADS)[:N_HEADS]:
        cells = [cell.strip('\ufeff" \r') for cell in line.split(",")]
        at += len(line) + 1
        is_head = len(cells) >= MIN_FIELDS and all(len(cell) <= MAX_NAME for cell in cells)
        if is_head and any(map(_TITLE.fullmatch, cells)):
            names = cells
            break
    while names and at < len(text):
        fields, at = _values(text, at, names, _CELL, '"')
        if fields[-1].quote and len(fields) < len(names):
            fields, at = _reaching(text, fields, _SHEET_ROW_END)
        at = (text.find("\n", at) + 1) or len(text)
        if len(fields) == len(names) or fields[-1].quote:
            yield fields


def _sql_records(text: str) -> Iterator[list[Field]]:
    """The records that statements of SQL insert."""
    for statement in _INSERT.finditer(text):
        told = statement["names"]
        names = [name.strip("`'\" ") for name in told.split(",")] if told else [""] * MAX_FIELDS
        at = statement.end()
        while opening := _ROW.match(text, at):
            fields, at = _values(text, opening.end(), names, _VALUE, "'")
            if fields[-1].quote and text[at : at + 1] != ")":
                fields, at = _reaching(text, fields, _ROW_END)
            at += 1
            if not told or len(fields) == len(names) or fields[-1].quote:
                yield fields


def _tagged_records(text: str) -> Iterator[list[Field]]:
    """The records whose fields stand behind tags at the beginnings of lines, one of them a title's."""
    tags = list(_TAG.finditer(text))
    names = [(tag["tag"] or tag["label"] or tag["plain"]).replace("題", "题").replace("標", "标") for tag in tags]
    if len({*names}) < MIN_FIELDS or not any(map(_TITLE.fullmatch, names)):
        return
    named = next(name for name in names if _TITLE.fullmatch(name))
    starts = [i for i, name in enumerate(names) if name == named]
    for first, last in pairwise([*starts, len(tags)]):
        within = list(zip(tags[first:last], names[first:last], strict=True))
        end = tags[last].start() if last < len(tags) else len(text)
        body = next((i for i, (_, name) in enumerate(within) if _BODY.fullmatch(name)), len(within))
        if body == len(within) and not within[0][0]["tag"]:
            continue  # labels of a report's own sections
        kept = within[: body + 1]
        ends = [*(tag.start() for tag, _ in (kept if body < len(within) else within)[1:]), end]
        yield [_tagged(text, name, tag.end(), stop) for (tag, name), stop in zip(kept, ends, strict=True)]


def _tagged(text: str, name: str, start: int, end: int) -> Field:
    """A field between two tags, without what stands between two records."""
    return Field(name, start, start + len(_BETWEEN.sub("", text[start:end]).rstrip()))
