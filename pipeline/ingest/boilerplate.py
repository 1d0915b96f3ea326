"""The lines of a page around a report: menus, particulars, tables of contents, teasers of other reports, notices."""

import re
from collections.abc import Sequence

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER, RE_SIGNED, is_closed
from pipeline.ingest.pages.boxes import boxes
from pipeline.ingest.pages.cut import page_lines
from pipeline.ingest.pages.heads import MAX_VALUE, above_title, is_particular, page_head
from pipeline.ingest.pages.own import HEAD_LINES
from pipeline.ingest.pages.rests import rest_of_page
from pipeline.ingest.pages.turns import page_turns
from pipeline.ingest.pages.wrapping import MAX_LINE, is_menu, is_strip, matches, pattern, title_told
from pipeline.ingest.particulars.title_forms import without_column

FOOT_LINES = 60
"""Lines after the report that are tried, at most."""
MAX_UNKNOWN, MAX_TOKEN = 4, 20
"""Unknown lines below one of the page's at its end, at most, and their length in characters."""
_LEADING = re.compile(r"(?:[.．]{6}|…{3}|[·・]{6})")
_RARE = re.compile(r"[A-Za-z_]{3}|[.．…·・]{3}|[点单]击|已有\s?\d|[👉☞➡→👇]")
"""What lines have that are of the kind ``line:rare``."""


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
    anywhere = _anywhere(contents) | boxes(contents)
    wrong, title = page_head(contents, anywhere)
    wrong |= anywhere
    turns = page_turns(contents, wrong)
    wrong |= turns
    rest = rest_of_page(contents, wrong, max(turns, default=0))
    wrong |= set(range(rest, len(lines))) | _foot(contents[:rest], wrong)
    judged = page_lines(contents, wrong, title=title)
    wrong |= above_title(contents, wrong | judged.keys()) - judged.keys()
    fixes = [_fix(text, *lines[i], "drop_wrapping") for i in wrong]
    fixes += [_fix(text, *lines[i], "drop_wrapping_judged", round(sure, 3)) for i, sure in judged.items()]
    return sorted(fixes) + _labels(text, lines, wrong | judged.keys())


def _fix(text: str, start: int, line: str, rule: str, sure: float = 1.0) -> Fix:
    """The change that takes a line away, its line end included."""
    return Fix(start, min(start + len(line) + 1, len(text)), "", rule, sure)


def _labels(text: str, lines: Sequence[tuple[int, str]], wrong: set[int]) -> list[Fix]:
    """Nothing in place of what a page shows before and behind a title (标题：…, 【调研思考】…) that is the report's first line."""
    first = next((i for i in range(min(len(lines), HEAD_LINES)) if i not in wrong), None)
    if first is None:
        return []
    start, line = lines[first]
    title = title_told(line.strip()) or (without_column(line) if wrong else "")
    if not title:
        return []
    begin = start + line.rindex(title)
    shown = ((start, begin), (begin + len(title), start + len(line.rstrip())))
    return [Fix(*span, "", "drop_wrapping_label") for span in shown if span[0] < span[1]]


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
        is_field = is_particular(lines, i) and len(line) <= MAX_VALUE
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
