"""Lists in the head of a page: its report's table of contents, other reports by their rank."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.ingest.lines.forms import RE_MARKER, is_closed
from pipeline.ingest.pages.own import HEAD_LINES
from pipeline.ingest.pages.wrapping import MAX_LINE
from pipeline.ingest.particulars.title_forms import is_whole
from pipeline.ingest.volumes.contents import RE_CONTENTS

MIN_RANKED, MIN_NAMED = 3, 6
"""Reports that a page lists by rank, at least, and characters of their names."""
MAX_NAMED = 60
"""Characters of their names, at most."""
MIN_CELLS = 3
"""Cells behind a number from which a line is the row of a table."""
_CELLS = re.compile(r"\s+")
_FOLDED = re.compile(r"[\[【](?:隐藏|显示|收起|展开)[\]】]")
"""What folds a table of contents, beside its head or between that and its first line."""
_CONTENTS = re.compile(rf"(?:(?:本[文页]|文章)?目\s*[录次]|本[文页]内容|页面内容)\s*[:：]?\s*(?:{_FOLDED.pattern})?")
_COUNTED = re.compile(r"\d{1,2}(?:\.\d{1,2}){0,3}[.、]?\s+")
"""The number of a line of a table of contents, which the heading itself may not have."""
_LEADERS = re.compile(r"[\s.．…·・]*\d{0,3}$")
"""Dots and a page number behind a line of a table of contents."""
_PAGED = re.compile(r"[\s.．…·・][（(]?\d{1,3}[）)]?$|未定义书签|PAGEREF|TOC \\")
"""The end of a line of a table of contents that gives its page."""


def is_contents(line: str) -> bool:
    """Whether a line is the head of a table of contents.

    Examples
    --------
    >>> is_contents("目　录"), is_contents("目录管理办法")
    (True, False)
    """
    return _CONTENTS.fullmatch(line) is not None or RE_CONTENTS.fullmatch(line) is not None


def ranked(lines: Sequence[str]) -> set[int]:
    """Other reports that a page lists by rank, one right below the other; rows of a table are none, nor what stands below a sentence, a
    heading or a title.

    Examples
    --------
    >>> sorted(ranked(["热文", "1 支部书记要过好三关", "2 石桥镇党建调研报告", "3 组织生活会材料怎么写"]))
    [1, 2, 3]
    >>> ranked(["1 第一支部 党员9名 书记李明", "2 第二支部 党员7名 书记王芳", "3 第三支部 党员8名 书记赵云"])
    set()
    >>> ranked(["一、现状", "1 支部书记换得勤", "2 记录本常年空着", "3 会开得没有名堂"])
    set()
    """
    found: set[int] = set()
    for i in range(len(lines)):
        n, above = 0, lines[i - 1] if i else ""
        if i - 1 not in found and (is_closed(above) or RE_MARKER.match(above) or is_whole(above)):
            continue
        while i + n < len(lines) and _is_rank(lines[i + n], n + 1):
            n += 1
        found |= set(range(i, i + n)) if n >= MIN_RANKED else set()
    return found


def _is_rank(line: str, number: int) -> bool:
    """Whether a line is the name of another report behind its rank."""
    rank, _, name = line.partition(" ")
    is_name = rank == str(number) and MIN_NAMED <= len(name) <= MAX_NAMED and not is_closed(name)
    return is_name and len(_CELLS.split(name.strip())) < MIN_CELLS


def listed_below(lines: Sequence[str], i: int) -> set[int]:
    """A list of contents right below what a page says that offers a report, and its head.

    Examples
    --------
    >>> page = ["下面是小编整理的报告，供参考。", "目录", "甲镇党建", "乙镇党建", "正文开始。", "甲镇党建", "九个。", "乙镇党建"]
    >>> sorted(listed_below(page, 0))
    [1, 2, 3]
    """
    head = next((j for j in range(i + 1, min(i + 4, len(lines))) if _CONTENTS.fullmatch(lines[j])), 0)
    entries = contents_below(lines, head + 1) if head else set()
    return {head, *entries} if entries else set()


def contents_below(lines: Sequence[str], start: int) -> set[int]:
    """Lines of a table of contents: those that stand again further on or end in a page's number, up to the first other one.

    Examples
    --------
    >>> sorted(contents_below(["一、现状……1", "二、问题……3", "一、现状"], 0))
    [0, 1]
    """
    end = first = start + int(start < len(lines) and _FOLDED.fullmatch(lines[start]) is not None)
    later = Counter(lines[start : start + 2_000])
    while end < len(lines) and end < start + HEAD_LINES:
        entry = _LEADERS.sub("", lines[end])
        name = _COUNTED.sub("", entry)
        is_again = entry != "" and (later[entry] - (entry == lines[end]) >= 1 or (name != entry and later[name] >= 1))
        is_paged = len(lines[end]) <= MAX_LINE and _PAGED.search(lines[end]) is not None
        if not (is_again or is_paged) or (lines[end] in lines[:end] and not is_paged):
            break
        end += 1
    return set(range(start, end)) if end - first >= 2 else set()
