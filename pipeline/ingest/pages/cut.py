"""Whether lines are a page's own or its report's: a fitted model of their words and form, and the best cut of a page by it."""

import re
from collections.abc import Collection, Sequence
from math import exp, inf, log1p

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.lines.forms import RE_MARKER, first_body, is_closed
from pipeline.ingest.pages.line_model import MAX_READ, odds_of
from pipeline.ingest.pages.own import HEAD_LINES, RE_HOLDER, is_own, is_subtitled, own_lines
from pipeline.ingest.pages.told_items import told_items
from pipeline.ingest.pages.wrapping import without_site
from pipeline.ingest.particulars.title_forms import (
    MIN_WHOLE,
    RE_SUBTITLE,
    is_complete,
    is_fragment,
    is_organisation,
    is_title,
    is_whole,
)

PARAGRAPH, PLAIN, KNOWN = -8.0, -4.0, 3.0
"""Log odds that a line is the page's: of a paragraph; of running text far from lines that are the page's; of what rules know."""
ENTER, LEAVE, BEGIN = 3.5, 2.0, 1.0
"""What it costs (log odds) to go over from the report to the page and back, and to begin with the page."""
DOUBT = 0.5
"""What the log odds of each line are lowered by: to lose a line of a report is worse than to keep one of a page."""
MIN_ALONE = 0.8
"""Least chance of a page's line between lines of the report where rules know none: a report's items look like a page's (what is
judged so in 1,170 messy files is the page's but for two lines; options and items without marks of reports written to try it: up to .78)."""
CLEAR = 1.0
"""Log odds from which a line with the form of a title is the page's: those of others' reports have it too."""
EDGE = -0.1
"""Largest log odds of a line that is a page's only between others of it."""
MAX_PARTING = 5
"""Lines of the page between a title and its subtitle, at most."""
MIN_SHORT, MAX_SHORT = 4, 30
"""Characters of a title's end that is said again, and lines below the title, at most."""
MAX_BYLINES = 3
"""Lines between a title and its report's text, at most."""
TABLE = -1.5
"""Log odds that a row of a table is the page's, at most."""
MIN_CELLS, MIN_ROWS = 4, 3
"""Cells of a row, and rows side by side, from which they are a report's table."""
NEAR = 3
"""Running text is judged at most so many lines from one that seems to be the page's."""
MIN_TOLD = 60
"""Shortest line of several sentences that no page's lines around it make the page's, in characters."""
ENDS = "。！？"
"""How sentences end."""
RE_PLAIN = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、])[\u4e00-\u9fff，。；：、“”]{3,}"
    r"|[\u4e00-\u9fff，。；：、“”‘’（）《》！？\d%％—…·,.;:()\s-]{18,}"
)
"""Numbered headings and running text: nothing but Chinese characters, figures and marks."""
RE_CELL = re.compile(r"[ \u3000]*[\t│┃|｜][ \u3000]*|[ \u3000]{2,}")
"""What stands between the cells of a table's row."""
RE_NOTE = re.compile(r"[\[［【]\d{1,3}[\]］】](?!\s*[\[［【])|[①-⑳]")
RE_NAMED = re.compile(
    r"(?:0\d\s+)?(?:现状|问题|难题|不足|原因|成因|对策|建议|做法|成效|经验|启示|起因|发现|思考)[^\s，。：:]{0,4}[:：][^，。；\s][^。；\n]{3,24}"
)
"""A heading that says what it is about: 问题：热心能撑多久."""
RE_WORD = re.compile(r"[^\W\d_]")
RE_FIGURE = re.compile(r"[\d.,]+[%％]?")


def page_lines(lines: Sequence[str], known: Collection[int], title: int = 0) -> dict[int, float]:
    """The lines of a text that are more likely the page's than the report's.

    The best cut of the text into stretches of the one and of the other: the sum of the log odds of all lines that go to the
    page, less a fixed cost for each stretch of them. Cutting what is left again finds nothing more.

    Parameters
    ----------
    lines : sequence of str
        Those that are not blank, without blanks at their ends.
    known : collection of int
        Which of them rules know to be the page's.
    title : int
        The line that rules take for the report's title, below others; 0 if there is none.

    Returns
    -------
    dict of int to float
        Those besides the `known` ones, and how probable each is the page's, over all cuts of the text.

    Examples
    --------
    >>> page = ["石桥镇党建调研报告", "一、基本情况", "全镇有支部九个。", "沙发！占座等楼主更新", "已有 26 人点赞  我也要评论"]
    >>> sorted(page_lines(page, known=()))
    [3, 4]
    """
    odds = _judged(lines, known)
    if np.count_nonzero(odds > 0) <= len(known):
        return {}
    seeming = {i for i in np.flatnonzero(odds > CLEAR).tolist() if not is_own(lines[i])}
    held = seeming | set(known)
    seeming = {i for i in seeming if i in known or i + 1 in held or not is_subtitled(lines, i, frozenset())}
    own = own_lines(lines, seeming | set(known)) or _bare_title(lines, odds, known)
    for i in own or own_lines(lines, {i for i in seeming if not is_whole(lines[i])} | set(known)):
        odds[i] = PARAGRAPH
    for i in (*_over_subtitle(lines, known, held), *_in_short(lines, own), *before_site(lines, known)):
        odds[i] = PARAGRAPH
    if title and title not in known:
        odds[title] = PARAGRAPH
    values = odds.tolist()
    cut = [i for i in _best_cut(values) if i not in known]
    chances = _chances(values) if cut else []
    told = [] if known else [i for i, value in enumerate(values) if value <= PLAIN]
    inside = range(told[0], told[-1]) if told else range(0)
    return {i: chances[i] for i in cut if i not in inside or chances[i] >= MIN_ALONE}


def _over_subtitle(lines: Sequence[str], known: Collection[int], held: Collection[int]) -> list[int]:
    """The line above a subtitle that may be its title where the page's lines part the two."""
    for i, line in enumerate(lines[1:HEAD_LINES], 1):
        if i - 1 in held and i not in held and RE_SUBTITLE.match(line) and is_complete(line):
            above = (j for j in range(i - 1, max(i - 1 - MAX_PARTING, -1), -1) if j not in known and is_title(lines[j]))
            return list(above)[:1]
    return []


def before_site(lines: Sequence[str], known: Collection[int]) -> list[int]:
    """The first line, where it is a title before the name of a site that the page does not say again; else empty.

    Examples
    --------
    >>> page = ["一条南汀河，两岸两重天 - 石桥文库", "文档格式：DOC 页数：6", "芒弄在北岸，那蚌在南岸。"]
    >>> before_site(page, {1}), before_site([*page, "一条南汀河，两岸两重天"], {1})
    ([0], [])
    """
    title = without_site(lines[0]) if lines and 0 not in known else ""
    is_again = any(title in line for line in lines[1:HEAD_LINES])
    return [0] if not is_again and is_fragment(title) and len(title) >= MIN_WHOLE else []


def _in_short(lines: Sequence[str], own: Collection[int]) -> list[int]:
    """Lines below a title that say its end again (政府工作报告), as pages set it above the report."""
    return [
        i
        for title in own
        for i in range(title + 1, min(title + 1 + MAX_SHORT, len(lines)))
        if MIN_SHORT <= len(lines[i]) < len(lines[title]) and lines[title].endswith(lines[i])
    ]


def _bare_title(lines: Sequence[str], odds: NDArray[np.float64], known: Collection[int]) -> list[int]:
    """The line right above a report's text that may be its title and does not seem to be the page's, or stands alone there."""
    first = first_body(lines, set(np.flatnonzero(odds >= 0).tolist()), default=0)
    if first == 1 and 0 not in known and is_title(lines[0]):
        return [0]
    above = range(first - 1, max(first - 1 - MAX_BYLINES, -1), -1)
    return [i for i in above if odds[i] < -CLEAR and is_title(lines[i])][:1]


def _judged(lines: Sequence[str], known: Collection[int]) -> NDArray[np.float64]:
    """The log odds of lines; of running text only near lines that seem to be the page's."""
    odds = np.array([PARAGRAPH if len(line) > MAX_READ else PLAIN for line in lines])
    odds[list(known)] = KNOWN
    rest = {i for i, line in enumerate(lines) if len(line) <= MAX_READ and i not in known}
    asked = {i for i in rest if not RE_PLAIN.fullmatch(lines[i])}
    while asked:
        places = sorted(asked)
        odds[places] = np.array(odds_of([lines[i] for i in places])) - DOUBT
        for i in places:
            if odds[i] > 0:
                odds[i] = min(odds[i], _most(lines, i))
            elif len(lines[i]) >= MIN_TOLD and sum(map(lines[i].count, ENDS)) > 1:
                odds[i] = PARAGRAPH
        rest -= asked
        seeming = np.flatnonzero(odds > 0).tolist()
        asked = {i for at in seeming for i in range(at - NEAR, at + NEAR + 1)} & rest
    odds[list(told_items(lines, known))] = PARAGRAPH
    return odds


def _most(lines: Sequence[str], i: int) -> float:
    """The largest log odds of a line by its form, below zero where it is the report's at the edge of a page's lines.

    A note with its number, who holds an office, an organisation that signs and a heading that says what it is about are; marks
    without a word and rows of tables tell nothing.
    """
    is_signature = i > 0 and is_closed(lines[i - 1]) and is_organisation(lines[i])
    if is_signature or RE_NOTE.match(lines[i]) or RE_HOLDER.fullmatch(lines[i]) or RE_NAMED.match(lines[i]):
        return EDGE
    if _in_table(lines, i):
        return TABLE
    return 0.0 if not RE_WORD.search(lines[i]) or _is_row(lines, i) else inf


def _in_table(lines: Sequence[str], i: int) -> bool:
    """Whether a line is one of several rows, side by side, of as many cells as only tables of reports have."""
    n = len(RE_CELL.split(lines[i]))
    if n < MIN_CELLS:
        return False
    near = [len(RE_CELL.split(line)) == n for line in lines[max(i - MIN_ROWS + 1, 0) : i + MIN_ROWS]]
    return any(all(near[at : at + MIN_ROWS]) for at in range(len(near) - MIN_ROWS + 1))


def _is_row(lines: Sequence[str], i: int) -> bool:
    """Whether a line is a row of a table with figures: as many cells as a line beside it has, one of them a number."""
    cells = RE_CELL.split(lines[i])
    if len(cells) < 2 or RE_MARKER.match(lines[i]) or not any(RE_FIGURE.fullmatch(cell.strip()) for cell in cells[1:]):
        return False
    return any(len(RE_CELL.split(line)) == len(cells) for line in (*lines[max(i - 1, 0) : i], *lines[i + 1 : i + 2]))


def _best_cut(odds: Sequence[float]) -> list[int]:
    """The lines of the stretches that are the page's."""
    own, page = 0.0, -BEGIN
    entered: list[tuple[bool, bool]] = []  # whether each state was come to from the page's
    for value in odds:
        left, begun = page - LEAVE, own - ENTER
        entered.append((left > own, page >= begun))
        own, page = max(own, left), max(page, begun) + value
    found, is_page = [], page > own
    for i in range(len(odds) - 1, -1, -1):
        if is_page:
            found.append(i)
        is_page = entered[i][is_page]
    return found[::-1]


def _chances(odds: Sequence[float]) -> list[float]:
    """How probable each line is the page's, over all cuts, each as probable as its sum of log odds less its costs tells."""
    own, page = 0.0, -BEGIN
    before: list[float] = []
    for value in odds:
        own, page = _sum(own, page - LEAVE), _sum(page, own - ENTER) + value
        before.append(page)
    total, own, page = _sum(own, page), 0.0, 0.0
    chances = [0.0] * len(odds)
    for i in range(len(odds) - 1, -1, -1):
        chances[i] = exp(min(before[i] + page - total, 0.0))
        own, page = _sum(own, page + odds[i] - ENTER), _sum(own - LEAVE, page + odds[i])
    return chances


def _sum(one: float, other: float) -> float:
    """The logarithm of the sum of two numbers of which the logarithms are given."""
    return max(one, other) + log1p(exp(-abs(one - other)))
