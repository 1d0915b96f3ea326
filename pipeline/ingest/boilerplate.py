"""The lines of a page around a report: menus, particulars, tables of contents, teasers of other reports, notices."""

import re
from collections import Counter
from collections.abc import Sequence

from pipeline.ingest.articles import RE_PART
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines import RE_MARKER, RE_SIGNED, is_body, is_closed
from pipeline.ingest.own_lines import HEAD_LINES, is_own, title_place
from pipeline.ingest.page_lines import page_lines
from pipeline.ingest.page_rests import rest_of_page
from pipeline.ingest.page_turns import page_turns
from pipeline.ingest.title_forms import bare
from pipeline.ingest.wrapping import MAX_LINE, RE_ISO, is_menu, is_strip, matches, particular, pattern

FOOT_LINES = 60
"""Lines after the report that are tried, at most."""
MAX_UNKNOWN, MAX_TOKEN = 4, 20
"""Unknown lines below one of the page's at its end, at most, and their length in characters."""
MAX_COPIES = 6
"""Lines before the report that repeat others, at most: a title stands in the browser's title, above and in the path."""
MAX_VALUE = 60
"""Longest value of a particular, in characters."""
_MEETING = re.compile(r"\s*(?:地点|主持人?|参加(?:人员|单位)?|出席(?:人员)?|列席|记录人?|缺席)\s*[:：]")
_FURTHER = re.compile(r"[\s|/　](?:来源|作者|编辑|点击|浏览|阅读|投稿人|发布者)[^:：]{0,4}[:：]")
"""A second particular on a line."""
_LEADING = re.compile(r"(?:[.．]{6}|…{3}|[·・]{6})")
_RARE = re.compile(r"[A-Za-z_]{3}|[.．…·・]{3}")
"""What lines have that are of the kind ``line:rare``."""
_FOREIGN = re.compile(r"[A-Za-z]{3,}")
_CHINESE = re.compile(r"[\u4e00-\u9fff]")
_CONTENTS = re.compile(r"(?:本文|文章)?目\s*[录次]\s*[:：]?")
_LEADERS = re.compile(r"[\s.．…·・]*\d{0,3}$")
"""Dots and a page number behind a line of a table of contents."""
_PAGED = re.compile(r"[\s.．…·・][（(]?\d{1,3}[）)]?$|未定义书签|PAGEREF|TOC \\")
"""The end of a line of a table of contents that gives its page."""
_VALUED = ("field:source", "field:author", "field:time", "field:count", "field:record", "field:publisher")


def drop_lines(text: str) -> list[Fix]:
    r"""Nothing in place of the lines around a report that are not the report.

    Examples
    --------
    >>> text = "首页 > 文章中心 > 正文\n石桥镇党建调研报告\n来源：网络\n一、现状\n上一篇：主题党日活动"
    >>> [text[fix.start : fix.end] for fix in drop_lines(text)]
    ['首页 > 文章中心 > 正文\n', '来源：网络\n', '上一篇：主题党日活动']
    """
    lines, at = [], 0
    for line in text.split("\n"):
        if line and not line.isspace():
            lines.append((at, line))
        at += len(line) + 1
    contents = [line.strip() for _, line in lines]
    wrong = _head(contents) | _anywhere(contents)
    turns = page_turns(contents, wrong)
    wrong |= turns
    rest = rest_of_page(contents, wrong, max(turns, default=0))
    wrong |= set(range(rest, len(lines))) | _foot(contents[:rest], wrong)
    fixes = [_fix(text, *lines[i], "drop_wrapping") for i in wrong]
    judged = page_lines(contents, wrong)
    fixes += [_fix(text, *lines[i], "drop_wrapping_judged", round(sure, 3)) for i, sure in judged.items()]
    return sorted(fixes) + _labels(text, lines, wrong | judged.keys())


def _fix(text: str, start: int, line: str, rule: str, sure: float = 1.0) -> Fix:
    """The change that takes a line away, its line end included."""
    return Fix(start, min(start + len(line) + 1, len(text)), "", rule, sure)


def _labels(text: str, lines: Sequence[tuple[int, str]], wrong: set[int]) -> list[Fix]:
    """Nothing in place of the label of a title (标题：…) that is the first line of the report."""
    first = next((i for i in range(min(len(lines), HEAD_LINES)) if i not in wrong), None)
    if first is None or not (found := particular(lines[first][1].strip())):
        return []
    start, line = lines[first]
    is_title = found[0] == "field:title" and found[1] != ""
    return [Fix(start, start + line.rindex(found[1]), "", "drop_wrapping_label")] if is_title else []


def _head(lines: Sequence[str]) -> set[int]:
    """Lines before the report's text that are wrapping, and further copies of a line that stands there."""
    wrong: set[int] = set()
    copies: set[int] = set()
    kept: dict[str, int] = {}
    end = min(len(lines), HEAD_LINES)
    for i, line in enumerate(lines[:end]):
        if _CONTENTS.fullmatch(line):
            wrong |= {i, *_contents(lines, i + 1)}
        elif i in wrong or _is_head(lines, i, wrong):
            wrong.add(i)
        elif is_body(line):
            end = i
            break
        elif len(line) >= 6 and not RE_PART.fullmatch(line) and kept.setdefault(bare(line), i) != i:
            copies.add(i)
    start, title = title_place(lines[:end], wrong) if wrong else (0, 0)
    before = {i for i in range(start) if not is_own(lines[i])} if min(wrong, default=start) < start else set()
    copies -= set(range(start, title + 1))
    return wrong | before | (copies if len(copies) <= MAX_COPIES else set()) | _foreign(lines, wrong)


def _is_head(lines: Sequence[str], i: int, wrong: set[int]) -> bool:
    """Whether a line before the report is a page's own."""
    line = lines[i]
    if particular(line):
        return _is_particular(lines, i)
    is_page = matches(line, "head") or is_menu(line) or is_strip(line)
    return is_page or _is_value(lines, i, wrong) or (i > 0 and RE_ISO.fullmatch(line) is not None)


def _contents(lines: Sequence[str], start: int) -> set[int]:
    """Lines of a table of contents: those that stand again further on or end in a page's number, up to the first other one."""
    end = start
    later = Counter(lines[start : start + 2_000])
    while end < len(lines) and end < start + HEAD_LINES:
        entry = _LEADERS.sub("", lines[end])
        is_again = entry != "" and later[entry] - (entry == lines[end]) >= 1
        if not is_again and not (len(lines[end]) <= MAX_LINE and _PAGED.search(lines[end])):
            break
        end += 1
    return set(range(start, end)) if end - start >= 2 else set()


def _is_particular(lines: Sequence[str], i: int) -> bool:
    """Whether a line is a particular of the page; the time and place of a meeting are the report's."""
    found = particular(lines[i])
    if not found or len(found[1]) > MAX_VALUE:
        return False
    if found[0] == "field:title":
        return found[1] in lines[i + 1 : i + 12] or found[1] in lines[max(0, i - 12) : i]
    if lines[i].startswith(("时间", "日期")) and not _FURTHER.search(found[1]):
        return not any(_MEETING.match(line) for line in lines[max(0, i - 3) : i + 4])
    return True


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


def _anywhere(lines: Sequence[str]) -> set[int]:
    """Lines that are wrapping wherever they stand, and entries of a table of contents whose leaders stand on the next line."""
    found = {
        i
        for i, line in enumerate(lines)
        if matches(line, "line") or (_RARE.search(line, 0, MAX_LINE) and matches(line, "line:rare"))
    }
    broken = {i - 1 for i in found if i and _LEADING.match(lines[i])}
    return found | {i for i in broken if len(lines[i]) <= MAX_VALUE and not is_closed(lines[i])}


def _foot(lines: Sequence[str], wrong: set[int]) -> set[int]:
    """Lines of wrapping at the end, from the last one upwards until the report begins, with a few unknown ones below them."""
    found: set[int] = set()
    unknown: set[int] = set()
    for i in range(len(lines) - 1, max(-1, len(lines) - 1 - FOOT_LINES), -1):
        line = lines[i]
        is_field = _is_particular(lines, i) and len(line) <= MAX_VALUE
        if matches(line, "foot") or is_menu(line) or is_strip(line):
            found |= {i, *unknown}
            unknown.clear()
        elif is_field and not unknown:
            found.add(i)
        elif i not in wrong:
            if len(unknown) == MAX_UNKNOWN or not _is_unknown(line):
                break
            unknown.add(i)
    return found


def _is_unknown(line: str) -> bool:
    """Whether a line at the end of a page is short, and neither a sentence, nor a heading, nor a signature."""
    is_own = is_closed(line) or RE_MARKER.match(line) or RE_SIGNED.match(line) or line.startswith("附")
    return len(line) <= MAX_TOKEN and not is_own


def is_page_only(text: str) -> bool:
    r"""Whether a short text is a page without a report: an error, a login form.

    Examples
    --------
    >>> is_page_only("404 Not Found\n您访问的页面不存在")
    True
    """
    lines = [line.strip() for line in text.split("\n")]
    n = sum(pattern("page").fullmatch(line) is not None for line in lines)
    return n > 0 and 2 * n >= len(lines)
