"""Reports in the fields of a database's or a sheet's records: CSV, SQL, JSON, tagged exports of sites and of libraries."""

import html
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.ingest.articles import Article
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER
from pipeline.ingest.particulars.title_forms import is_whole
from pipeline.ingest.volumes.record_fields import RE_TITLE, Field, read_records

RULE = "drop_fields"
MIN_BODY = 100
"""Chinese characters in a field that holds a report, at least."""
OPENING = 2_000
"""Characters of a report in which its title is looked for."""
N_NAME, N_FIRST = 12, 6
"""Characters of a title that are looked for, and lines at a report's beginning in which they are."""
_PIECE = re.compile(r"[（(_\s]*[一二三四五六上中下续\d]{1,2}[）)]?$")
"""The number of a piece behind the name of a field."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_MARKS = {
    '"': re.compile('""'),
    "\\": re.compile(r"\\(?=[\"/\\])"),
    "'": re.compile(r"''|\\(?=['\"\\])"),
    "": re.compile("(?!)"),
}
"""Marks that are doubled or escaped within a mark, of which the first goes."""
_LINE_END = re.compile(r"\n|\\[rn]|</?(?:p|br|div|h\d)\b[^<>]{0,400}>", re.IGNORECASE)
_MARKUP = re.compile(r"<[^<>]{1,400}>|\s|\\[rnt]")


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
    found = [(fields[0].start, record) for fields in read_records(text) if (record := _report(text, fields))]
    n_kept = sum(_n_chinese(text, body) for _, (_, *bodies) in found for body in bodies)
    if not found or 2 * n_kept < len(_CHINESE.findall(text)):
        return []
    starts = [0, *(start for start, _ in found[1:])]
    ends = [*starts[1:], len(text)]
    return [
        Article(start, end, tuple(_fixes(text, start, end, record)))
        for start, end, (_, record) in zip(starts, ends, found, strict=True)
    ]


def _report(text: str, fields: Sequence[Field]) -> list[Field] | None:
    """The field that a report begins with (its title, or its text) and its text, in as many fields as it was set in; None if a
    record holds no report.
    """
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
    return RE_TITLE.fullmatch(field.name) is not None and field.start < field.end


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
