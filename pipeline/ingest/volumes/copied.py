"""Pages copied into one file one after another: each report has a head of the same form, with its title and its particulars."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.articles import Article
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER, Lines, inked_lines, is_closed
from pipeline.ingest.pages.wrapping import MAX_LINE, particular
from pipeline.ingest.particulars.title_forms import is_complete, is_field, is_title
from pipeline.ingest.volumes.restarts import is_signature
from pipeline.ingest.volumes.stretches import MAX_ABOVE, cuts_at, head_starts, holds_report

MIN_REPORT = 300
"""Characters of each of several reports, at least."""
_GAP = re.compile(r"[ \u3000\t|｜]{1,40}")
_RULE = re.compile(r"[^\w\n]*(?:第[一二三四五六七八九十\d]{1,3}[组期篇辑])?[^\w\n]*")
"""A rule between two reports, or the number of a group."""
RE_FURTHER = re.compile(r"[（(]\s?\d{1,2}\s?[）)]$")
"""What follows the title of a report on its further pages."""
_PRINTED = re.compile(
    r"\d{4}(?:年|[-/.])\d{1,2}(?:月|[-/.])\d{1,2}日?\s+\d{1,2}[:：]\d\d(?::\d\d)?[ \u3000]+(?=\S*[\u4e00-\u9fff])\S.*"
)
"""The day and the hour at which a paper put a report up, and its name."""
_DAY = re.compile(r"(?:19|20)\d\d[-/.]\d{1,2}[-/.]\d{1,2}")
_ADDRESS = re.compile(r"https?://[!-~]{4,200}")
"""Where a report was found, on a line of its own below its title."""
_COUNTED = re.compile("(?:点击|阅读|浏览|人气|评分|查看)[^。；\n]{0,12}\\d")
"""The day of a report on its page, and how often it was read."""
_COLUMN = re.compile(r"[■□◆◇●▲★]\s*[\u4e00-\u9fff]{2,8}[ \u3000]+(?=\S)")
"""The name of a column before a title."""
_HEADED = re.compile(r"[题目称名][ \u3000]*[\]】]?[:：]|(?i:title|subject)|(?:19|20)\d\d\s?(?:年|[-/.])\s?\d|://")
"""What the lines of all heads have: the label of a title, a day, or an address."""
_DATED = frozenset(["field:time", "field:source"])


def pages(text: str) -> list[Article]:
    r"""The reports of a text whose heads have the same labels; empty for other texts.

    A head is a line that labels a title (题目：…), or one of a page's particulars (日期：… 来源：…; 2013年3月14日 07:52 江岸日报)
    below a title. No two reports have the same title: the pages of one report show it again and again.

    Parameters
    ----------
    text : str
        A text as decoded.

    Returns
    -------
    list of Article
        They tile the text; rules and numbers above a title are dropped by their changes.

    Examples
    --------
    >>> body = "\n" + "全镇有支部九个，党员三百名，活动排不开。" * 20 + "\n"
    >>> copied = "石桥镇党建调研报告\n日期：2020-05-11 来源：甲" + body + "清溪镇党建调研报告\n日期：2020-05-12 来源：乙" + body
    >>> [(part.start, part.end) for part in pages(copied)], pages(copied.replace("清溪", "石桥"))
    ([(0, 430), (430, 860)], [])
    """
    lines = inked_lines(text)
    by_form = defaultdict[tuple[str, ...], list[tuple[int, int]]](list)
    for i, (_, line) in enumerate(lines):
        form = _form(line) if len(line) <= MAX_LINE and _HEADED.search(line) else ()
        if form and (place := _title_place(lines, i, form)) >= 0:
            by_form[form].append((place, i))
    return max((_parts(text, lines, heads) for heads in by_form.values()), key=len, default=[])


def _form(line: str) -> tuple[str, ...]:
    """The kinds of particulars of a line, if they are those of a head: a title, or a day and a source, with labels or without."""
    if (told := particular(line)) and told[0] == "field:title":
        return (told[0],) if is_complete(told[1]) and is_title(told[1]) else ()
    if _PRINTED.fullmatch(line):
        return ("printed",)
    if _COUNTED.search(line) and _DAY.search(line):
        return ("counted",)
    if _ADDRESS.fullmatch(line):
        return ("address",)
    words = _GAP.split(line)
    kinds = tuple(filter(None, map(_kind, words))) if len(words) > 1 else ()
    return kinds if {*kinds} >= _DATED else ()


def _kind(word: str) -> str:
    """The kind of particular that a word on a line tells, a day without a label too; empty if it tells none."""
    found = particular(word)
    return found[0] if found else "field:time" * bool(_DAY.fullmatch(word))


def _title_place(lines: Lines, i: int, form: tuple[str, ...]) -> int:
    """The line with the title of the head whose labels stand in line i; -1 if there is none."""
    if form == ("field:title",):
        return i
    for j in range(i - 1, max(i - MAX_ABOVE, 0) - 1, -1):
        line = _COLUMN.sub("", lines[j][1])
        if is_title(line) and not (is_field(line) or RE_MARKER.match(line) or is_closed(line) or is_signature(line)):
            return j
    return -1


def _parts(text: str, lines: Lines, heads: Sequence[tuple[int, int]]) -> list[Article]:
    """The reports whose heads stand at these places (title, labels), if each is long enough and has a title of its own."""
    titles = [lines[place][1] for place, _ in heads]
    if len(heads) < 2 or len({*titles}) < len(titles) or any(map(RE_FURTHER.search, titles)):
        return []
    cuts = cuts_at(text, lines, head_starts(lines, [place for place, _ in heads], _RULE))
    if not all(
        holds_report(text, lines[i][0], end, least=MIN_REPORT) for (_, i), end in zip(heads, cuts[1:], strict=True)
    ):
        return []
    return [
        Article(start, end, _unruled(lines, place, start))
        for (place, _), (start, end) in zip(heads, pairwise(cuts), strict=True)
    ]


def _unruled(lines: Lines, place: int, start: int) -> tuple[Fix, ...]:
    """The change that drops the rules, numbers of groups and a column's name right above a title, in the coordinates of the part."""
    (first,) = head_starts(lines, [place], _RULE)
    column = _COLUMN.match(lines[place][1])
    end = lines[place][0] + (column.end() if column else 0)
    return (Fix(lines[first][0] - start, end - start, "", "drop_announcement"),) if lines[first][0] < end else ()
