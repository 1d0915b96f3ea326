"""What may be a report's title in the head of a page: lines, lines joined, and stretches of lines between marks that part them."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from pipeline.ingest.lines.forms import is_body
from pipeline.ingest.pages.own import is_own
from pipeline.ingest.pages.wrapping import particular
from pipeline.ingest.particulars.title_forms import (
    MAX_LINE,
    MAX_TITLE,
    RE_COLUMN,
    RE_COUNTED,
    RE_DATE_ONLY,
    bare,
    is_complete,
    spread_joined,
)
from pipeline.ingest.volumes.record_fields import RE_TITLE

MAX_HEAD, MAX_TOLD = 90, 500
"""Lines in which a title is looked for at most, and characters of running text before the last of them."""
MIN_SPAN, MAX_SEARCHED = 4, 400
"""Shortest title, in characters, and the longest line of which stretches are looked at."""
MAX_MARKS = 16
"""Marks of a line that are looked at: half of them from its beginning, half up to its end."""
MAX_PART = 60
"""Longest part of a title that was broken over lines, in characters."""
KINDS = ("whole", "bare", "numbered", "quoted", "boxed", "labelled", "path", "inner", "joined")
"""What a stretch is: a line, a line without a site's marks or a number, in 《》, in 【】, behind a colon or a bracket, the step of a
path, any other between marks that ends as titles do, lines joined."""
_MARK = re.compile(
    r"\s*(?:[|｜»›>→_丨:：【】\[\]（）()《》〈〉“”\"，,、；;<]|[\u3000\t]+| +|[-–—]+|\.(?:docx?|pdf|txt|wps)\b|\d{4}-\d.*$)\s*"
)
"""What parts a title from other things on its line."""
_CELL = re.compile(r"[^\t| \u3000](?:[^\t|]*[^\t| \u3000])?")
"""What a cell of a form says."""
_PATH = re.compile("[>»›→]")
"""What parts the steps of a path, and stands in no title."""
_TOLD = re.compile("[。；]|[^，]{16}，.*，")
"""What no more than a label of a title has: it stands in a sentence."""
_NUMBER = re.compile(
    r"(?:调研|考察|专题)?(?:成果|报告|课题|篇|附件|之|例文|范文|第|专题)之?\s*[一二三四五六七八九十\d]{1,3}\s*[篇章部分、:：.．\s]*"
)
"""The number of one of several reports before its title."""
_CLOSING = {"》": "《", "】": "【", "〉": "〈", "）": "（", ")": "(", "]": "["}
"""Brackets that close, and what they close."""
_LOOSE = frozenset(" \t\u3000|｜，,、;；:：>»›_丨=＝*＊#~～━─▲▼△▽●○◆◇■□★☆※◎📄📝📌📖")
"""Marks that no title begins or ends with."""
_STEPS = frozenset("|｜»›>→_丨")
_EDGES = frozenset([*_STEPS, "-", "–", "—", ""])


@dataclass(frozen=True, slots=True)
class TitleSpan:
    """A stretch of the head of a page.

    Attributes
    ----------
    text : str
        What it says.
    first, last : int
        Its lines.
    start, end : int
        Where it begins on the first and ends on the last, in characters.
    kind : str
        One of `KINDS`.
    """

    text: str
    first: int
    last: int
    start: int
    end: int
    kind: str

    @property
    def is_line(self) -> bool:
        """Whether it is a whole line but for a site's marks."""
        return self.kind in ("whole", "bare")

    @property
    def fills(self) -> bool:
        """Whether it fills its lines, or is what a title broken over them says."""
        return self.is_line or self.kind == "joined"


def folded(text: str) -> str:
    """The letters, signs and figures of a text, without differences of width and case.

    Examples
    --------
    >>> folded("党建 Ｐ1 —— 调研")
    '党建p1调研'
    """
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text)).lower()


def head_of(lines: Sequence[str]) -> Sequence[str]:
    """The lines in which a title may stand: up to some running text."""
    n_told = 0
    for i, line in enumerate(lines[:MAX_HEAD]):
        n_told += len(line) if is_body(line) else 0
        if n_told > MAX_TOLD:
            return lines[: i + 1]
    return lines[:MAX_HEAD]


def title_spans(head: Sequence[str]) -> list[TitleSpan]:
    """All stretches of the head of a page that may be its report's title.

    Parameters
    ----------
    head : sequence of str
        Lines without blanks around them.

    Examples
    --------
    >>> [(span.text, span.kind) for span in title_spans(["[转载]石桥镇党建调研报告（长文）"])][2:]
    [('[转载]石桥镇党建调研报告', 'inner'), ('石桥镇党建调研报告', 'inner')]
    """
    found: list[TitleSpan] = []
    for i, line in enumerate(head):
        if len(line) <= MAX_SEARCHED and not RE_COUNTED.match(line):
            found += _in_line(line, i)
            found += _joined(head, i)
            found += _continued(head, i)
            found += _celled(line, i)
    return found


def _in_line(line: str, i: int) -> Iterator[TitleSpan]:
    """The stretches of a line, each once, the line itself first."""
    seen: set[str] = set()
    for left, right, kind in (*_whole(line), *_between_marks(line)):
        start, end = _trimmed(line, left, right)
        text = spread_joined(line[start:end])
        is_sized = MIN_SPAN <= len(text) <= MAX_TITLE and not _PATH.search(text)
        if is_sized and text not in seen and (kind == "whole" or _is_balanced(text)):
            seen.add(text)
            yield TitleSpan(text, i, i, start, end, kind)
            if (number := _NUMBER.match(text)) and len(text) - number.end() >= MIN_SPAN:
                seen.add(rest := text[number.end() :])
                yield TitleSpan(rest, i, i, end - len(rest), end, "numbered")


def _trimmed(line: str, start: int, end: int) -> tuple[int, int]:
    """A stretch without the marks at its edges that open or close nothing in it."""
    while start < end and (line[start] in _LOOSE or line[start] in _CLOSING):
        start += 1
    while start < end and (line[end - 1] in _LOOSE or _is_unmatched(line[start:end])):
        end -= 1
    return start, end


def _is_balanced(text: str) -> bool:
    """Whether all brackets of a stretch are opened and closed in it."""
    return all(text.count(close) == text.count(opening) for close, opening in _CLOSING.items())


def _is_unmatched(text: str) -> bool:
    """Whether a stretch ends with a bracket that is not opened in it, or with one that opens."""
    last = text[-1]
    return last in _CLOSING.values() or (last in _CLOSING and _CLOSING[last] not in text)


def _whole(line: str) -> Iterator[tuple[int, int, str]]:
    """A line as a whole, and without a site's marks."""
    if len(line) > MAX_LINE or is_body(line):
        return
    yield 0, len(line), "whole"
    title = bare(line)
    if (at := line.find(title)) >= 0:
        yield at, at + len(title), "bare"


def _between_marks(line: str) -> Iterator[tuple[int, int, str]]:
    """The stretches of a line between marks that may be a title."""
    marks = list(_MARK.finditer(line))
    if len(marks) > MAX_MARKS:
        marks = marks[: MAX_MARKS // 2] + marks[-MAX_MARKS // 2 :]
    starts = [(0, "")] + [(mark.end(), mark[0].strip() or " ") for mark in marks]
    ends = [(mark.start(), mark[0].strip() or " ") for mark in marks] + [(len(line), "")]
    for start, before in starts if marks else ():
        for end, after in ends:
            if not MIN_SPAN <= end - start <= MAX_TITLE or _TOLD.search(line[:start] + line[end:]):
                continue
            if kind := _kind(before, after, is_last=end == len(line)):
                yield start, end, kind
            elif is_complete(line[start:end]):
                yield start, end, "inner"


def _kind(before: str, after: str, *, is_last: bool) -> str:
    """What a stretch between two marks is; empty if only its words can tell."""
    if before[:1] in "《〈" and after[:1] in "》〉" and before and after:
        return "quoted"
    if before[:1] in "【[" and after[:1] in "】]" and before and after:
        return "boxed"
    if before[:1] in ":：】]" and before and is_last:
        return "labelled"
    is_step = (before in _STEPS or not before) and after[:1] in _EDGES
    return "path" if is_step and (before or after) else ""


def _joined(head: Sequence[str], i: int) -> Iterator[TitleSpan]:
    """A line with the next ones, as far as they may be parts of one title."""
    text = spread_joined(head[i])
    is_above = is_own(head[i]) or RE_DATE_ONLY.fullmatch(head[i]) or RE_COLUMN.fullmatch("".join(head[i].split()))
    if is_above or not folded(text):
        return
    for last in range(i + 1, min(i + 4, len(head))):
        if len(head[last - 1]) > MAX_PART or len(head[last]) > MAX_PART or particular(head[last]):
            return
        following = spread_joined(head[last])
        if following == text:
            return
        text += following
        title = bare(text)
        if len(title) > MAX_TITLE:
            return
        start = max(head[i].find(title[: min(len(title), 4)]), 0)
        yield TitleSpan(title, i, last, start, len(head[last]), "joined")


def _continued(head: Sequence[str], i: int) -> Iterator[TitleSpan]:
    """What a field that holds a title says, with the next line where it is complete only with that."""
    told = particular(head[i])
    following = "".join(head[i + 1 : i + 2])
    if not told or told[0] != "field:title" or is_complete(told[1]) or not is_complete(following):
        return
    if particular(following) is None and len(title := told[1] + following) <= MAX_TITLE:
        yield TitleSpan(title, i, i + 1, head[i].rindex(told[1]), len(following), "joined")


def _celled(line: str, i: int) -> Iterator[TitleSpan]:
    """What the cell of a form behind one that names a title says."""
    if "\t" not in line and "|" not in line:
        return
    cells = list(_CELL.finditer(line))
    for name, value in pairwise(cells):
        if RE_TITLE.fullmatch("".join(name[0].split())) and MIN_SPAN <= len(value[0]) <= MAX_TITLE:
            yield TitleSpan(value[0], i, i, *value.span(), "labelled")
