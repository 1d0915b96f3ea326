"""The records of exported tables, forms and feeds as the places of their fields: CSV, TSV, SQL, JSON, RSS, tagged lines."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from pipeline.ingest.particulars.title_forms import RE_SUBTITLE

MAX_NAME = 24
"""Longest name of a field, in characters."""
N_HEADS = 8
"""Lines among which the names of a sheet's columns stand."""
MAX_FIELDS = 100
"""Fields of a record whose statement does not name them, at most."""
MIN_FIELDS = 3
"""Fields of a record, at least."""
RE_TITLE = re.compile(
    r"(?!sub)(?:[a-z]{1,10}_)?(?:doc|article)?(?:title|subject|biao_?ti|ti_?mu|ti_?ming)|(?:文章|材料|报告|论文|成果|课题|调研|信息|稿件|公文)?(?:标题|题名|题目|名称|篇名)",
    re.IGNORECASE,
)
"""The name of a field that holds a title, in Chinese, English or pinyin."""
_BODY = re.compile("正文|全文|内容|zheng_?wen|quan_?wen|nei_?rong|summary|description|content|body|text", re.IGNORECASE)
"""A field of a library's export or a feed after which all is the text of its record; it has labels of its own (【摘要】)."""
_COLUMN = re.compile(
    r"[(,]\s*[`\"\[]?([A-Za-z_]\w{0,40})[`\"\]]?\s+(?:\w*int|n?(?:var)?char|\w*text|date\w*|time\w*|decimal|float|double)\b"
)
"""The name of a column where a table is made."""
MAX_TABLE = 4_000
"""Characters that the making of a table takes, at most."""
_INSERT = re.compile(r"INSERT\s+INTO\s+[^\s(]{1,80}\s*(?:\((?P<names>[^)]{1,2000})\))?\s*VALUES\s*", re.IGNORECASE)
_ROW = re.compile(r"\s*,?\s*\(")
_ROW_END = re.compile(r"\)\s*[,;]\s*(?:\n|\Z)")
_SHEET_ROW_END = re.compile(r'\n(?="?\d{1,12}"?,)')
"""How a row ends in which a mark within a value was not doubled."""
_TAG = re.compile(
    r"^(?:<(?P<tag>[A-Za-z_]{2,24})>=|【(?P<label>[\u4e00-\u9fff]{2,6})】[ \t\u3000]*"
    r"|(?:[\[【(（]\d{1,4}[\]】)）]\s?|[A-Za-z]{2,24}-)?(?P<plain>[\u4e00-\u9fff]{2,6}|[A-Za-z]{3,14})[:：](?!//)[ \t\u3000]*)",
    re.MULTILINE,
)
_BETWEEN = re.compile(
    r"\s*(?:<REC>|[-=*]{5,}|\{[^{}\n]{0,40}\}|记录\s?\d+\s?/\s?\d+|(?:[-=*]{5,}\s*)?[\[【(（]\d{1,4}[\]】)）][^\n]{0,200}"
    r"(?:\n(?:[A-Za-z]{2,24}-)?[\u4e00-\u9fff]{2,6}[:：][^\n]{0,200}){0,4})\s*\Z"
)
"""What stands between two records."""
MAX_FORM = 30
"""Lines of a form up to the report's text, at most."""
MIN_LABELLED = 3
"""Lines of a form that name their cells, at least."""
MAX_LIKE = 4_000
"""Characters of a text in which a form names the report's cell."""
_FORM_LIKE = re.compile(r"(?:正[ \u3000]*文|全[ \u3000]*文|报告)(?:[（(][^（）()\n]{1,16}[)）])?[|\s:：]|填表说明[：:]")
"""What all forms have."""
_NOTE = r"(?:[（(][^（）()\n]{1,16}[)）])?"
_FORM_LINE = re.compile(
    rf"[|\s]*(?P<label>[\u4e00-\u9fff](?:[ \u3000]*[\u4e00-\u9fff]){{1,9}}{_NOTE})(?:[ \u3000]*[\t|:：]\s*|[ \u3000]{{2,}})"
)
"""A line of a form: what it names, and what stands between that and its cell."""
_FORM_CELL = re.compile(r"[^\t|\n]*")
"""What a cell of a form says; it may be nothing."""
_FORM_TITLE = re.compile(
    "(?:最终)?(?:成果|课题|论文|报告|调研|材料|作品)(?:名称|题目|题名|标题)|题目|(?:调研|研究|申报)(?:课题|成果)"
)
_FORM_BODY = re.compile(
    r"[|\s]*(?:(?:成果|报告|论文|材料|申报)[ \u3000]*(?:正文|全文)|正[ \u3000]*文|(?:调研|研究)报告|填表说明[：:][^|\n]*正文[^|\n]*)"
    rf"{_NOTE}[|\s:：]*(?P<quote>\"?)"
)
"""What names the cell of a form that holds the report's text."""
_PAIR = re.compile(r'"(?P<name>[\w\u4e00-\u9fff]{2,24})"\s*:\s*"(?P<value>[^"\\]*(?:\\.[^"\\]*)*)"')
"""A name and what it says in JSON."""
_ITEM = re.compile(r"<(?:item|entry)\b[^<>]{0,200}>", re.IGNORECASE)
_ELEMENT = re.compile(
    r"<(?P<name>title|description|summary|content(?::encoded)?)\b[^<>]{0,200}>(?:\s*<!\[CDATA\[)?", re.IGNORECASE
)
"""How an item of a feed begins, and in it what holds its title or text."""


class Field(NamedTuple):
    """A field of a record: its name, its place in the text, and the mark that is doubled or escaped in it (empty: none)."""

    name: str
    start: int
    end: int
    quote: str = ""


class _Values(NamedTuple):
    """How values stand in a row: what one looks like, the mark around it, and the mark behind it."""

    value: re.Pattern[str]
    quote: str
    mark: str


_SHEETS = {
    ",": _Values(re.compile(r'"(?P<quoted>[^"]*(?:""[^"]*)*)(?:"|\Z)|(?P<plain>[^,"\n]*)'), '"', ","),
    "\t": _Values(re.compile(r'"(?P<quoted>[^"\t]*(?:""[^"\t]*)*)"(?=[\t\n]|\Z)|(?P<plain>[^\t\n]*)'), '"', "\t"),
}
"""The values of a sheet by what parts them; the last one of a file may be cut off."""
_STATEMENT = _Values(
    re.compile(r"\s*'(?P<quoted>[^'\\]*(?:(?:\\.|'')[^'\\]*)*)(?:'|\Z)\s*|\s*(?P<plain>[^,()']*)", re.DOTALL), "'", ","
)


def read_records(text: str) -> Iterator[list[Field]]:
    r"""The records of a text that is an exported table or a feed; none of other texts.

    Examples
    --------
    >>> text = "编号\t标题\t正文\n1\t石桥镇党建调研\t全镇有党支部九个。\n"
    >>> [[text[field.start : field.end] for field in record] for record in read_records(text)]
    [['1', '石桥镇党建调研', '全镇有党支部九个。']]
    """
    for read in (_sheet_records, _sql_records, _json_records, _feed_records, _form_records, _tagged_records):
        yield from read(text)


def _values(text: str, at: int, names: Sequence[str], form: _Values) -> tuple[list[Field], int]:
    """The values from a place on, as fields of the names in turn, and the place behind the last one."""
    fields: list[Field] = []
    while found := form.value.match(text, at):
        kind = "plain" if found["quoted"] is None else "quoted"
        if len(fields) < len(names):
            fields.append(Field(names[len(fields)], *found.span(kind), form.quote if kind == "quoted" else ""))
        at = found.end()
        if text[at : at + 1] != form.mark:
            break
        at += 1
    return fields, at


def _reaching(text: str, fields: list[Field], row_end: re.Pattern[str]) -> tuple[list[Field], int]:
    """A row whose last value was cut off by a mark within it, up to the row's end, and where that is."""
    found = row_end.search(text, fields[-1].end)
    end = found.start() if found else len(text)
    return [*fields[:-1], fields[-1]._replace(end=end)], end


def _sheet_records(text: str) -> Iterator[list[Field]]:
    """The records of values parted by commas or tabs below a line of names of which one is that of a title."""
    at, names, mark = 0, list[str](), ","
    for line in text.split("\n", N_HEADS)[:N_HEADS]:
        mark = "\t" if line.count("\t") > line.count(",") else ","
        cells = [cell.strip('\ufeff" \r') for cell in line.split(mark)]
        at += len(line) + 1
        is_head = len(cells) >= MIN_FIELDS and all(len(cell) <= MAX_NAME for cell in cells)
        if is_head and any(map(RE_TITLE.fullmatch, cells)):
            names = cells
            break
    while names and at < len(text):
        fields, at = _values(text, at, names, _SHEETS[mark])
        if fields[-1].quote and len(fields) < len(names):
            fields, at = _reaching(text, fields, _SHEET_ROW_END)
        at = (text.find("\n", at) + 1) or len(text)
        if len(fields) == len(names) or (fields[-1].quote and mark == ","):
            yield fields


def _sql_records(text: str) -> Iterator[list[Field]]:
    """The records that statements of SQL insert."""
    for statement in _INSERT.finditer(text):
        told = statement["names"]
        names = [name.strip("`'\" ") for name in told.split(",")] if told else _columns(text, statement.start())
        at = statement.end()
        while opening := _ROW.match(text, at):
            fields, at = _values(text, opening.end(), names, _STATEMENT)
            if fields[-1].quote and text[at : at + 1] != ")":
                fields, at = _reaching(text, fields, _ROW_END)
            at += 1
            if not told or len(fields) == len(names) or fields[-1].quote:
                yield fields


def _columns(text: str, end: int) -> list[str]:
    """The names of the columns of the table that was made last before a place; empty ones if none was."""
    start = text.rfind("CREATE TABLE", 0, end)
    found = _COLUMN.findall(text, start, min(end, start + MAX_TABLE)) if start >= 0 else []
    return found or [""] * MAX_FIELDS


def _json_records(text: str) -> Iterator[list[Field]]:
    """The records of an export in JSON, each from its title on."""
    if text.lstrip("\ufeff \r\n")[:1] not in ("{", "["):
        return
    fields = [Field(found["name"], *found.span("value"), "\\") for found in _PAIR.finditer(text)]
    starts = [i for i, field in enumerate(fields) if RE_TITLE.fullmatch(field.name)]
    for first, last in pairwise([*starts, len(fields)]):
        yield fields[first:last]


def _feed_records(text: str) -> Iterator[list[Field]]:
    """The items of a feed."""
    starts = [item.end() for item in _ITEM.finditer(text)]
    for start, end in pairwise([*starts, len(text)]):
        elements: dict[str, re.Match[str]] = {}
        for element in _ELEMENT.finditer(text, start, end):
            elements.setdefault(element["name"].lower(), element)
        yield [Field(name, element.end(), _closed(text, element, end)) for name, element in elements.items()]


def _form_records(text: str) -> Iterator[list[Field]]:
    """What a form tells of the one report that is set in it: its title and its text."""
    if not _FORM_LIKE.search(text, 0, MAX_LIKE):
        return
    title, n_labelled, at = None, 0, 0
    for line in text.split("\n", MAX_FORM)[:MAX_FORM]:
        body = _FORM_BODY.match(text, at, at + len(line))
        if title and body and n_labelled >= MIN_LABELLED and (body["quote"] or body.end() == at + len(line)):
            closing = text.find('"\n', body.end()) if body["quote"] else -1
            yield [title, Field("正文", body.end(), closing if closing >= 0 else len(text))]
            return
        if found := _FORM_LINE.match(text, at, at + len(line)):
            n_labelled += 1
            if not title and _FORM_TITLE.fullmatch("".join(found["label"].split())):
                title = Field("题名", *_FORM_CELL.match(text, found.end()).span())  # type: ignore[union-attr]
        elif title and RE_SUBTITLE.match(line) and text[title.end : at].isspace():
            title = title._replace(end=at + len(line))
        at += len(line) + 1


def _closed(text: str, element: re.Match[str], end: int) -> int:
    """Where the value of an element ends, its own closing mark and that of its data left out."""
    close = text.find(f"</{element['name']}>", element.end(), end)
    value = text[element.end() : close if close >= 0 else end].rstrip()
    return element.end() + len(value.removesuffix("]]>"))


def _tagged_records(text: str) -> Iterator[list[Field]]:
    """The records whose fields stand behind tags at the beginnings of lines, one of them a title's."""
    tags = list(_TAG.finditer(text))
    names = [(tag["tag"] or tag["label"] or tag["plain"]).replace("題", "题").replace("標", "标") for tag in tags]
    if len({*names}) < MIN_FIELDS or not any(map(RE_TITLE.fullmatch, names)):
        return
    named = next(name for name in names if RE_TITLE.fullmatch(name))
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
