"""The lines of a page above a report's text: menus, paths, particulars, lists of contents, letters, further copies of its title."""

import re
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.lines.forms import RE_MARKER, first_body, is_body, is_closed, is_row
from pipeline.ingest.pages.enclosed import enclosed_report
from pipeline.ingest.pages.lists import contents_below, is_contents, listed_below, ranked
from pipeline.ingest.pages.named import named_above
from pipeline.ingest.pages.own import (
    HEAD_LINES,
    is_broken_title,
    is_like,
    is_own,
    is_subtitled,
    title_place,
)
from pipeline.ingest.pages.title_spans import TitleSpan
from pipeline.ingest.pages.told_items import told_items
from pipeline.ingest.pages.wrapping import RE_ISO, is_menu, is_strip, matches, particular
from pipeline.ingest.particulars.title_forms import MAX_BROKEN, RE_ENUMERATED, bare, is_title, is_whole, subject
from pipeline.ingest.volumes.marks import RE_PART

_SPACED = re.compile(r"(?:\S[ \u3000]){12}")
"""How a line of a text begins in which a scan set all characters apart."""
MAX_COPIES = 6
"""Lines before the report that repeat others, at most: a title stands in the browser's title, above and in the path."""
MAX_VALUE = 60
"""Longest value of a particular, in characters."""
_MEETING = re.compile(r"\s*(?:地点|主持人?|参加(?:人员|单位)?|出席(?:人员)?|列席|记录人?|缺席)\s*[:：]")
_FURTHER = re.compile(r"[\s|/　](?:来源|作者|编辑|点击|浏览|阅读|投稿人|发布者)[^:：]{0,4}[:：]")
"""A second particular on a line."""
_FOREIGN = re.compile(r"[A-Za-z]{3,}")
_TOLD = re.compile("[。；]|[，,]$")
"""What running text has in most of its lines, also where they are narrow."""
_BEGUN = re.compile(
    r"[^\w\n]*(?:正文开始|(?:以下|下面)(?:是|为)?(?:报告)?(?:正文|原文|全文)|(?:正文|原文|全文)如下)[^\w\n]*"
)
"""What a page sets right before a text."""
_OFFERED = re.compile(
    "小编.{0,20}(?:整理|收集|搜集|准备|带来|推荐)|供(?:大家|您|各位)(?:参考|借鉴)|欢迎(?:大家)?(?:阅读|下载|收藏)"
)
"""What a page says that offers a report; a list of contents may stand below it."""
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_EDITOR = re.compile(r"[〔【\[（(]?\s*编\s*者\s*按\s*[〕】\]）)]?\s*[：:]?")
"""An editor's note above a report on a page or in a serial."""
_REPORTERS = re.compile(
    r"[□■●◎◆\s]{0,3}(?:本[报刊网台]|特约|见习|实习|学生|全媒体)(?:首席|特约|见习|实习|驻\S{1,4})?(?:记者|通讯员|评论员|撰稿人)[^。；\n]{2,40}"
)
"""Who wrote an article for a paper: 本报记者 方雯 通讯员 鲁志坚."""
_ANNEX = re.compile(r"附\s?件?\s?[\d一二三四五六七八九十]{0,2}\s?[:：]?")
"""What stands above a paper that was annexed to another."""
_VALUED = ("field:source", "field:author", "field:time", "field:count", "field:record", "field:publisher")
MAX_LETTER = 30, 300
"""Lines of a letter or a post before the report that it brings, at most, and characters of those that are not a page's by their form."""


def page_head(lines: Sequence[str], anywhere: set[int]) -> tuple[set[int], int]:
    """Lines before the report's text that are wrapping, with further copies of a line that stands there; a title that is found below
    sentences of the page's, else 0.

    Parameters
    ----------
    lines : sequence of str
        The lines of a page that are not blank.
    anywhere : set of int
        Those that are wrapping wherever they stand.

    Examples
    --------
    >>> sorted(page_head(["首页 > 正文", "石桥镇党建调研报告", "来源：网络", "石桥镇党建调研报告", "一、现状"], set())[0])
    [0, 1, 2]
    """
    copies: set[int] = set()
    kept: dict[str, int] = {}
    end = min(len(lines), HEAD_LINES)
    wrong = {i for i in anywhere if i < end}
    wrong |= ranked(lines[:end]) - told_items(lines[:end], wrong)
    for i, line in enumerate(lines[:end]):
        if is_contents(line):
            wrong |= {i, *contents_below(lines, i + 1)}
        elif i in wrong or _is_head(lines, i, wrong) or (wrong and _is_noted(line)):
            wrong.add(i)
        elif is_body(line) and not _ANNEX.fullmatch(line):
            end = i
            wrong |= listed_below(lines, i) if _OFFERED.search(line) else set()
            break
        elif (
            len(line) >= 6
            and not is_row(line)
            and not RE_PART.fullmatch(line)
            and (first := kept.setdefault(bare(line), i)) != i
        ):
            copies.add(first if bare(line) == line != lines[first] else i)
    if enclosed := enclosed_report(lines):
        return wrong | {i for i in range(enclosed) if not is_own(lines[i])}, enclosed
    place = title_place(lines[:end], wrong) if wrong else None
    copies -= set(range(place[0], place[1] + 1)) if place else set()
    start, below = title_line(lines, wrong) if wrong else (0, 0)
    wrong |= _above(lines, wrong, start)
    return wrong | (copies if len(copies) <= MAX_COPIES else set()) | _foreign(lines, wrong), below


def above_title(lines: Sequence[str], wrong: set[int], title: TitleSpan | None = None) -> set[int]:
    """Lines above a report's title that are not the report's, where some of them are known to be the page's.

    Parameters
    ----------
    lines : sequence of str
        The lines of a page that are not blank.
    wrong : set of int
        Those that are known to be the page's.
    title : TitleSpan, optional
        What was chosen as the title; what rules take for it by default.

    Examples
    --------
    >>> page = ["发件人: 小杜", "各社区：", "现转发报告，请收。", "石桥镇党建调研报告", "一、基本情况"]
    >>> sorted(above_title(page, {0})), above_title(page, set())
    ([0, 1, 2], set())
    """
    if not wrong:
        return set()
    return _above(lines, wrong, title.first if title else title_line(lines, wrong)[0])


def _above(lines: Sequence[str], wrong: set[int], start: int) -> set[int]:
    """Lines above the one at which a title begins that are not the report's: all where some of them are known to be the page's,
    else those that show the title beside a site's name.
    """
    n_told = sum(len(line) for i, line in enumerate(lines[:start]) if i not in wrong and _TOLD.search(line))
    is_page = min(wrong, default=start) < start and n_told <= MAX_LETTER[1]
    if is_page and not any(_is_headed(heading, line) for heading, line in pairwise(lines[:start])):
        return {i for i in range(start) if not is_own(lines[i])}
    is_named = bool(wrong) and start in named_above(lines[: start + 1], wrong)
    return {i for i in range(start) if is_named and lines[start] in lines[i] and lines[i] != lines[start]}


def _is_headed(heading: str, line: str) -> bool:
    """Whether a sentence stands below a numbered heading, as in a report, and no further entry of a list."""
    is_heading = RE_ENUMERATED.match(heading) is not None and not is_closed(heading)
    return is_heading and is_body(line) and is_closed(line) and not RE_ENUMERATED.match(line)


def title_line(lines: Sequence[str], wrong: set[int]) -> tuple[int, int]:
    """The first line of the title in the head of a page; and of one below a few sentences, of who sent the report or of the page.

    Each is 0 if none is found there.

    Examples
    --------
    >>> title_line(["首页 > 正文", "—— 正文开始 ——", "一步之外的距离", "石桥学院宿舍党建调研报告", "一、现状"], {0})
    (2, 0)
    >>> letter = ["发件人: 小杜", "现转发县委组织部的报告，请收，并于本月二十五日以前把你们的意见报到办公室组织科。"]
    >>> title_line([*letter, "石桥镇党建调研报告"], {0}), title_line(letter, {0})
    ((2, 2), (0, 0))
    """
    end = first_body(lines[:HEAD_LINES], wrong)
    place = title_place(lines[:end], wrong)
    below = _title_below(lines, wrong, end, place)
    start = below or (place[0] if place else 0)
    begun = next((i + 1 for i in range(start) if _BEGUN.fullmatch(lines[i])), start)
    return (begun if begun < start and is_title(lines[begun]) else start), below


def _title_below(lines: Sequence[str], wrong: set[int], end: int, place: tuple[int, int] | None) -> int:
    """The line of a title below a few sentences, from the line on that ends the head with the title at a place; 0 if there is none."""
    again = named_above(lines[: end + MAX_LETTER[0]], wrong)
    n_chars = 0
    for i in range(end, min(end + MAX_LETTER[0], len(lines))):
        if RE_ENUMERATED.match(lines[i]) or n_chars > MAX_LETTER[1]:
            break
        is_run_on = i > 0 and all(_SPACED.match(line) for line in lines[i - 1 : i + 1])
        is_named = i not in wrong and not is_run_on and is_whole(lines[i]) and subject(lines[i]) != bare(lines[i])
        is_named = is_named or (is_subtitled(lines, i, wrong) and not is_title(lines[i - 1]))
        if i in again or (is_named and (not place or is_like(lines[i], lines[place[1]]))):
            start = next((j for j in again if i <= j <= i + MAX_BROKEN), i)
            while start - 1 >= end and start - 1 not in wrong and _is_first_part(lines[start - 1], lines[start]):
                start -= 1
            return start
        n_chars += len(lines[i]) if i not in wrong else 0
    return 0


def _is_first_part(line: str, following: str) -> bool:
    """Whether a line above a title below other text is its beginning: it has no colon, as what announces a title has."""
    return is_broken_title(line, following) and not ("：" in line or ":" in line)


def _is_head(lines: Sequence[str], i: int, wrong: set[int]) -> bool:
    """Whether a line before the report is a page's own."""
    line = lines[i]
    if particular(line):
        return is_particular(lines, i)
    is_page = matches(line, "head") or is_menu(line) or is_strip(line)
    return is_page or _is_value(lines, i, wrong) or (i > 0 and RE_ISO.fullmatch(line) is not None)


def is_particular(lines: Sequence[str], i: int) -> bool:
    """Whether a line is a particular of the page; the time and place of a meeting are the report's.

    Examples
    --------
    >>> is_particular(["来源：网络"], 0), is_particular(["时间：5月3日", "地点：镇政府"], 0)
    (True, False)
    """
    found = particular(lines[i])
    if not found or len(found[1]) > MAX_VALUE:
        return False
    if found[0] == "field:title":
        return found[1] in lines[i + 1 : i + 12] or found[1] in lines[max(0, i - 12) : i]
    if lines[i].startswith(("时间", "日期")) and not _FURTHER.search(found[1]):
        return not any(_MEETING.match(line) for line in lines[max(0, i - 3) : i + 4])
    return True


def _is_noted(line: str) -> bool:
    """Whether a line is an editor's note or names a paper's reporters, as below a headline; a report may have such lines too."""
    return (_EDITOR.match(line) is not None and is_closed(line)) or _REPORTERS.fullmatch(line) is not None


def _is_value(lines: Sequence[str], i: int, wrong: set[int]) -> bool:
    """Whether a line is the value of a particular whose label stands alone on the line before."""
    if not i or i - 1 not in wrong or len(lines[i]) > 20 or RE_MARKER.match(lines[i]):
        return False
    found = particular(lines[i - 1])
    return found is not None and not found[1] and found[0] in _VALUED


def _foreign(lines: Sequence[str], wrong: set[int]) -> set[int]:
    """Lines in another language before the first Chinese one."""
    found = set()
    for i, line in enumerate(lines[:10]):
        if i not in wrong and _CHINESE.search(line):
            break
        found.add(i)
    has_chinese = len(found) < min(len(lines), 10)
    return {i for i in found if has_chinese and _FOREIGN.search(lines[i])}
