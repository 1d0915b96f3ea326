"""The lines of a page around a report: menus, particulars, tables of contents, teasers of other reports, notices."""

import re
from collections.abc import Sequence

from pipeline.ingest.articles import articles
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER, RE_SIGNED, is_closed
from pipeline.ingest.lines.title_lines import blanks_dropped
from pipeline.ingest.pages.boxes import boxes
from pipeline.ingest.pages.cut import before_site, page_lines
from pipeline.ingest.pages.heads import MAX_VALUE, above_title, is_particular, page_head
from pipeline.ingest.pages.own import HEAD_LINES
from pipeline.ingest.pages.previews import previews
from pipeline.ingest.pages.rests import rest_of_page
from pipeline.ingest.pages.title_choice import ChosenTitle, chosen_title
from pipeline.ingest.pages.title_spans import TitleSpan
from pipeline.ingest.pages.turns import page_turns
from pipeline.ingest.pages.wrapping import (
    MAX_LINE,
    RE_NAMED_SITE,
    RE_SITE,
    is_menu,
    is_strip,
    matches,
    pattern,
    title_told,
    without_site,
)
from pipeline.ingest.particulars.title_forms import is_title, without_column
from pipeline.ingest.particulars.titles import is_kind
from pipeline.ingest.volumes.marks import mark_number

FOOT_LINES = 60
"""Lines after the report that are tried, at most."""
MAX_UNKNOWN, MAX_TOKEN = 4, 20
"""Unknown lines below one of the page's at its end, at most, and their length in characters."""
MAX_SHORT = 30
"""Lines below a title, at most, on which it may stand again in short (政府工作报告)."""
MIN_FOREIGN = 24
"""Shortest line in another language that is a page's or a translator's, in characters."""
_FOREIGN = re.compile(r"(?![\[［(（]\d)(?=(?:[^A-Za-z]*[A-Za-z]){16})[^\u2e80-\u9fff\uff01-\uffef]+")
"""A line in another language, but for a reference with its number."""
_LEADING = re.compile(r"(?:[.．]{6}|…{3}|[·・]{6})")
_REMARK = re.compile(
    r"\s*[（(](?!转|图|全文|附|上|下|[^（()）]*(?:长|慎|组图|原创|转载|原文))[\u4e00-\u9fff]{1,8}[）)]"
)
"""What an author may have set behind a title (修订稿), as a site would not (转载, 长文慎入)."""
MIN_SUBTITLE = 6
"""Characters of a subtitle with its dashes, at least."""
_RARE = re.compile(r"[A-Za-z_]{3}|[.．…·・]{3}|[点单]击|已有\s?\d|[👉☞➡→👇]")
"""What lines have that are of the kind ``line:rare``."""


def drop_lines(text: str, *, is_page: bool = False) -> list[Fix]:
    r"""Nothing in place of the lines around a report that are not the report.

    Parameters
    ----------
    text : str
    is_page : bool
        Whether it is known to be a page's, or a part of a file with several reports; else only lines of a page's can tell.

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
    anywhere = _anywhere(contents) | boxes(contents) | previews(contents)
    wrong, title = page_head(contents, anywhere)
    wrong |= anywhere
    turns = page_turns(contents, wrong)
    wrong |= turns
    rest = rest_of_page(contents, wrong, max(turns, default=0))
    wrong |= set(range(rest, len(lines))) | _foot(contents[:rest], wrong)
    judged = page_lines(contents, wrong, title=title)
    chosen = None if before_site(contents, wrong) else _chosen(contents, wrong | judged.keys(), is_page=is_page)
    if chosen:
        span = chosen.span
        wrong = (wrong | chosen.repeated) - set(range(span.first, span.last + 1))
        judged = {i: sure for i, sure in judged.items() if i not in wrong and not _is_titles(contents, i, span)}
    wrong |= above_title(contents, wrong | judged.keys(), chosen and chosen.span) - judged.keys()
    fixes = [_fix(text, *lines[i], "drop_wrapping") for i in wrong]
    fixes += [_fix(text, *lines[i], "drop_wrapping_judged", round(sure, 3)) for i, sure in judged.items()]
    is_line = chosen is None or (span.first == span.last and contents[span.first] == span.text)
    shown = _labels(text, lines, wrong | judged.keys(), is_page=is_page) if is_line else _beside(lines, span)
    return sorted(fixes) + shown


def _fix(text: str, start: int, line: str, rule: str, sure: float = 1.0) -> Fix:
    """The change that takes a line away, its line end included."""
    return Fix(start, min(start + len(line) + 1, len(text)), "", rule, sure)


def _chosen(lines: Sequence[str], wrong: set[int], *, is_page: bool) -> ChosenTitle | None:
    """The title of the one report on a page; None if rules tell it, there are several, or nothing shows that it is a page."""
    title = chosen_title(lines, wrong) if wrong or is_page else None
    is_one = title and not articles("\n".join(line for i, line in enumerate(lines) if i not in wrong))
    return title if is_one else None


def _is_titles(lines: Sequence[str], i: int, title: TitleSpan) -> bool:
    """Whether a line is the title's, or the same title again in short right below it."""
    return title.first <= i <= title.last or (
        title.last < i <= title.last + MAX_SHORT and title.text.endswith(lines[i])
    )


def _beside(lines: Sequence[tuple[int, str]], title: TitleSpan) -> list[Fix]:
    """Nothing in place of what stands beside a title on its lines, nor of the line ends within it."""
    first, last = lines[title.first], lines[title.last]
    if mark_number(first[1]):
        return []
    begin = first[0] + len(first[1]) - len(first[1].lstrip()) + title.start
    end = last[0] + len(last[1]) - len(last[1].lstrip()) + title.end
    stop = last[0] + len(last[1].rstrip())
    rest = last[1][end - last[0] : stop - last[0]]
    is_half = rest in ("：", ":") and any(is_title(line.strip()) for _, line in lines[title.last + 1 : title.last + 2])
    end = stop if is_half else end + _n_own(rest)
    shown = ((first[0], begin), (end, stop))
    fixes = [Fix(*span, "", "drop_wrapping_label") for span in shown if span[0] < span[1]]
    between = ((lines[i - 1], lines[i]) for i in range(title.first + 1, title.last + 1))
    kinds = (one for one in lines[title.first + 1 : title.last + 1] if is_kind(one[1]))
    fixes += [fix for one in kinds for fix in blanks_dropped(*one)]
    return fixes + [
        Fix(above[0] + len(above[1].rstrip()), below[0] + len(below[1]) - len(below[1].lstrip()), "", "join_title")
        for above, below in between
    ]


def _n_own(rest: str) -> int:
    """How much of what stands behind a title on its line is an author's remark or the subtitle, and no site's name, in characters."""
    if _REMARK.fullmatch(rest):
        return len(rest)
    subtitle = RE_SITE.sub("", rest)
    is_own = subtitle.startswith(("——", "──")) and len(subtitle) >= MIN_SUBTITLE and not RE_NAMED_SITE.search(subtitle)
    return len(subtitle) if is_own else 0


def _labels(text: str, lines: Sequence[tuple[int, str]], wrong: set[int], *, is_page: bool) -> list[Fix]:
    """Nothing in place of what a page shows before and behind a title (标题：…, 【调研思考】…) that is the report's first line."""
    first = next((i for i in range(min(len(lines), HEAD_LINES)) if i not in wrong), None)
    if first is None:
        return []
    start, line = lines[first]
    title = title_told(line.strip()) or (without_column(line) or without_site(line) if wrong or is_page else "")
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
    foreign = {i for i, line in enumerate(lines) if len(line) >= MIN_FOREIGN and _FOREIGN.fullmatch(line)}
    found |= foreign if len(lines) - len(foreign) >= len(foreign) else set()
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
