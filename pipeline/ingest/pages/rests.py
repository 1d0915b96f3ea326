"""What stands on a page below a report: teasers of others, neighbours, licence notes; and whether the report goes on there."""

import re
from collections.abc import Container, Iterator, Sequence
from itertools import islice, pairwise

from pipeline.ingest.lines.forms import first_body, is_body, is_closed, is_heading, value_of
from pipeline.ingest.pages.line_model import shipped_lines
from pipeline.ingest.pages.wrapping import MAX_LINE, pattern
from pipeline.ingest.particulars.title_forms import MIN_WHOLE, is_title, is_whole
from pipeline.ingest.volumes.marks import RE_PART, mark_number

MIN_REPORT = 400
"""Shortest report behind another, in characters from its first heading on; a teaser is shorter."""
MIN_PARAGRAPH = 80
"""Shortest paragraph that shows that the report goes on, in characters."""
MIN_SENTENCES, MIN_SENTENCE, MIN_TOLD = 3, 25, 120
"""Lines of sentences that show the same where nothing is numbered, the shortest of them, and characters of all; below the ends of
270 pages stand one or two."""
MAX_JOINED = 400
"""Clauses joined to one line, in characters."""
_LINK = re.compile(r"[【\[]?(?:延伸|相关|推荐|拓展|扩展)(?:阅读|文章|推荐|链接)[】\]]?\s*[:：]?\s*[^\s:：]{6,}")
"""A link to another report within one."""
_BULLETED = re.compile(r"[▸▶►·•▪◆■●○→>›»]\s*[^。；\n]{4,60}")
"""An entry of a list of links."""
_SIGNS = re.compile(r"^[^\w【\[《（(<>»]+\s*|\s*[^\w】\]》）)>»:：]+$")
_BOXED = re.compile(r"[【\[](.+)[】\]]")
"""A label in brackets."""
_SIGNED = "--"
"""What stands above a mail's signature (RFC 3676)."""
MAX_SIGNED, MAX_SIGNATURE = 40, 6
"""Longest line of a mail's signature, in characters, and lines of one, at most."""
MAX_LABEL = 16
"""Longest label of links that a sign may stand before, in characters."""
MAX_LINKS = 10
"""Links of a box inside a report, at most."""
MAX_NEAR = 150
"""Lines before and behind a box in which the report's numbers and sentences are looked for."""
_NUMERAL = r"([一二三四五六七八九十]{1,2}|\d{1,2})"
_STYLES = tuple(
    re.compile(style.replace("N", _NUMERAL))
    for style in (
        "N、",
        r"N[.．](?!\d)",
        r"N[ \u3000]+(?=[\u4e00-\u9fff])",
        r"\d{1,2}[.．]N[ \u3000]*(?=[\u4e00-\u9fff])",
        "[（(]N[）)]",
        "第N(?:部分|章|节)",
        "第N[，,、]",
        "N是",
    )
)
"""How items are numbered; the same style counts on after a box inside a report, and from one in another report."""


def rest_of_page(lines: Sequence[str], wrong: set[int], least: int = 0) -> int:
    """The first line of what follows a report.

    Parameters
    ----------
    lines : sequence of str
        The lines of a page that are not blank.
    wrong : set of int
        Those that are known not to be the report's. Lines of that form after which the report goes on, or another one
        begins, are added.
    least : int
        A line up to which the report is known to go on.

    Returns
    -------
    int
        The number of lines if nothing follows it.

    Examples
    --------
    >>> rest_of_page(["一、现状", "全镇有支部九个。", "上一篇：主题党日活动", "二月份值班表"], set())
    2
    """
    for i in range(first_body(lines, wrong, default=1), len(lines)):
        if i in wrong:
            continue
        if _is_signed(lines, i, wrong):
            return i
        if len(lines[i]) <= 4 * MAX_LINE and _begins_rest(lines[i]):
            before, after = lines[max(i - MAX_NEAR, 0) : i], lines[i + 1 : i + 1 + MAX_NEAR]
            goes_on = i < least or _goes_on(before, after) or _is_link(lines[i], after[:1]) or _reads_on(after)
            following = (
                i + 1 + _n_links(lines[i + 1 : i + 1 + MAX_LINKS])
                if goes_on
                else _next_report(lines, i + 1, {0, *map(mark_number, lines[:i])})
            )
            if not following:
                return i
            wrong |= set(range(i, following))
    return len(lines)


def _n_links(lines: Sequence[str]) -> int:
    """How many lines below the label of a box are its links: entries of a list, or titles up to the next numbered line."""
    n_listed = next((n for n, line in enumerate(lines) if not _BULLETED.fullmatch(line)), len(lines))
    n_titles = next((n for n, line in enumerate(lines) if len(line) < MIN_WHOLE or not is_title(line)), 0)
    following = "".join(lines[n_titles : n_titles + 1])
    return max(n_listed, n_titles if any(style.match(following) for style in _STYLES) else 0)


def _reads_on(after: Sequence[str]) -> bool:
    """Whether sentences enough follow a line that seem to be a report's, without the title of another one among or before them.

    The teaser of another report shows its title and one paragraph or two.
    """
    told: list[str] = []
    for title, line in pairwise(("", *_clauses_joined(after))):
        if is_whole(line):
            told.clear()
        elif len(line) >= MIN_SENTENCE and line[-1] in "。！？；”" and not (is_whole(title) and not told):
            told.append(line)
            if len(told) >= MIN_SENTENCES and sum(map(len, told)) >= MIN_TOLD and _seem_told(told):
                return True
    return False


def _clauses_joined(lines: Sequence[str]) -> Iterator[str]:
    """Lines, with those that end within a sentence joined to the next ones: some pages set every clause on a line of its own."""
    joined = ""
    for line in lines:
        joined += line
        if line[-1] not in "，、" or len(joined) > MAX_JOINED:
            yield joined
            joined = ""


def _seem_told(lines: list[str]) -> bool:
    """Whether most of some lines of sentences seem to be a report's."""
    return 2 * int((shipped_lines().odds(lines) < 0).sum()) > len(lines)


def _begins_rest(line: str) -> bool:
    """Whether a line opens what follows a report; a sign may stand before or behind its words."""
    if pattern("rest").fullmatch(line):
        return True
    bare = _SIGNS.sub("", _BOXED.sub(r"\1", line)) if len(line) <= 2 * MAX_LABEL else ""
    return 0 < len(bare) < len(line) and len(bare) <= MAX_LABEL and pattern("rest").fullmatch(bare) is not None


def _is_signed(lines: Sequence[str], i: int, wrong: Container[int]) -> bool:
    """Whether a line is the mark above a mail's signature: a few short lines without a sentence, up to the end."""
    if lines[i] != _SIGNED:
        return False
    below = [*islice((lines[j] for j in range(i + 1, len(lines)) if j not in wrong), MAX_SIGNATURE + 1)]
    return len(below) <= MAX_SIGNATURE and all(len(line) <= MAX_SIGNED and not is_closed(line) for line in below)


def _is_link(line: str, following: Sequence[str]) -> bool:
    """Whether a line names another report in passing: it says which, and a whole paragraph follows it and not that report."""
    return _LINK.match(line) is not None and any(len(one) >= MIN_PARAGRAPH and one[-1] in "。”" for one in following)


def _next_report(lines: Sequence[str], start: int, numbers: Container[int]) -> int:
    """Where another whole report begins behind a report, 0 if none does.

    It is at a mark of parts, one that counts on from the `numbers` of those before, or at a title above 一、 and 二、.
    """
    marked = (
        i
        for i in range(start, len(lines))
        if (RE_PART.fullmatch(lines[i]) or (mark_number(lines[i]) > 1 and mark_number(lines[i]) - 1 in numbers))
        and any(map(is_body, lines[i + 1 : i + 4]))
    )
    if found := next(marked, 0):
        return found
    tops = [i for i in range(start, len(lines)) if lines[i].startswith(("一、", "二、")) and is_heading(lines[i])]
    if [lines[i][0] for i in tops[:2]] != ["一", "二"]:
        return 0
    n_chars = sum(map(len, lines[tops[0] :]))
    titles = [i for i in range(start, tops[0]) if is_whole(lines[i])]
    return titles[-1] if titles and n_chars >= MIN_REPORT else 0


def _goes_on(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the report's own numbering goes on after a line."""
    for style in _STYLES:
        last = next((found[1] for line in reversed(before) if (found := style.match(line))), None)
        following = next((found[1] for line in after if (found := style.match(line))), None)
        if last and following and value_of(following) == value_of(last) + 1:
            return True
    return False
