"""The title of a report: which of its first lines it is, and where it ends when it is broken over several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.ingest.lines.forms import RE_SIGNED, runs_on
from pipeline.ingest.particulars.title_forms import (
    MAX_LEADING,
    MAX_TITLE,
    RE_ENUMERATED,
    RE_SUBTITLE,
    bare,
    is_complete,
    is_fragment,
    is_motto,
    is_organisation,
    is_title,
    is_whole,
    joined,
    organisation_ends,
    spread_joined,
    words,
)
from pipeline.ingest.particulars.title_leads import MIN_HALF, RE_COLLECTED, RE_PUBLISHED, is_lead

MAX_LEAD = 10
"""Lines (marks, dates, names of organisations) that may stand before a title."""
MAX_KIND = 6
"""Longest name of a kind of text, in characters."""
_DANGLING = re.compile(r"(?:[的和与及、在对以为把将暨]|关于|加强|推进|[“《（(])$")
_LINKING, _LINKED = re.compile("[的和与及、对暨]$"), re.compile("[的之及]")
"""How a line of a title ends that the next one takes up in any case, and how one begins that takes up the line before."""
_ASKING = re.compile("怎[样么]|如何|是")  # make 的 the end of a title: 是怎样转起来的
_COLONS = ("：", ":")
_CALLS = "！!"
"""How the first half of a title ends that the second explains."""
_THEMES = ("情况", "困境", "出路", "对策", "路径", "做法", "经验", "启示")
"""How a title ends that the kind of text may follow."""
_HALF = re.compile("[\u4e00-\u9fff]{5,12}")
"""A half of a title of two lines (织网建格进楼门 / 党旗插到最难处)."""
_PERIOD = re.compile(r"[（(](?:19|20)\d\d\s?年?[-—–~～至]{1,2}(?:19|20)\d\d\s?年?[）)]")
_ASKED = re.compile("为何|为什么|如何|怎[么样]|难在哪|何以|[？?]$|的(?:几个|若干)问题$")
"""What a line asks of what the line above it names, and how it ends where it looks at that."""
_MOTTO = re.compile("[^：:]{4,}[：:][^：:]{5,}|[^，]{2,}，[^，]*(?:怎[么样]|如何|为何|什么|谁)[^，]*")
"""A title that says something before and behind its colon, or that asks; what is whole below it is its subtitle."""


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """A title, its subtitle (empty if there is none): lines ``[start, below)`` and ``[below, end)``."""

    title: str
    subtitle: str
    start: int
    below: int
    end: int


def title_block(lines: Sequence[str]) -> TitleBlock | None:
    """The title among the first lines of a text, joined where it is broken over lines.

    Parameters
    ----------
    lines : sequence of str
        The first lines, one a paragraph.

    Returns
    -------
    TitleBlock or None
        None if the text starts without a title.

    Examples
    --------
    >>> title_block(["关于柳溪县机关党", "支部建设情况的调研报告", "柳溪县有机关党支部三十个。"]).title
    '关于柳溪县机关党支部建设情况的调研报告'
    >>> title_block(["一、基本情况", "全县有党员两千名。"]) is None
    True
    """
    cover = _cover_end(lines)
    start = _first_title_line(lines[cover:])
    if start is None:
        return None
    start += cover
    end = start + 1 + _n_continuing(bare(lines[start]), [spread_joined(line) for line in lines[start + 1 : start + 6]])
    parts = [bare(line) for line in lines[start:end]]
    title = " ".join(parts) if is_couplet(parts) else joined(parts)
    subtitle, n_lines = _subtitle(lines[end : end + 3])
    return TitleBlock(title, subtitle, start, end, end + n_lines)


def _cover_end(lines: Sequence[str]) -> int:
    """The line behind a collection's name above a title; 0 if there is none."""
    ends = (i for i in range(min(len(lines), MAX_LEAD) - 1) if RE_COLLECTED.search(lines[i]) and is_title(lines[i + 1]))
    return max(ends, default=-1) + 1


def _subtitle(lines: Sequence[str]) -> tuple[str, int]:
    """The subtitle that lines begin with and how many it takes up: more than one where it is complete only with the next ones."""
    dash = RE_SUBTITLE.match(lines[0]) if lines else None
    if not dash:
        return "", 0
    subtitle = lines[0][dash.end() :].strip()
    is_linked = len(lines) > 1 and _LINKED.match(lines[1]) is not None and is_complete(lines[1])
    n_more = 1 if is_linked else 0 if is_complete(subtitle) else _n_continuing(subtitle, lines[1:])
    return joined([subtitle, *lines[1 : n_more + 1]]), n_more + 1


def _first_title_line(lines: Sequence[str]) -> int | None:
    """The place of the first line that can be a title, if only marks, dates and names stand before it; a whole one goes first."""
    first = None
    for i, line in enumerate(lines[:MAX_LEAD]):
        following = lines[i + 1] if i + 1 < len(lines) else ""
        if _is_call(line, following):
            return i
        if is_title(line) and not is_lead(line, following):
            first = i
            break
        if not is_lead(line, following):
            break
    if first is not None and (
        is_whole(lines[first])
        or _n_continuing(bare(lines[first]), lines[first + 1 : first + 6])
        or any(RE_SUBTITLE.match(line) for line in lines[first + 1 : first + 2])
    ):
        return first
    whole = next((i for i in _head_lines(lines) if _stands_alone(lines, i)), None)
    if whole is None:
        is_halved = first is None and len(lines) > 1 and lines[0].endswith(_COLONS) and is_motto(lines[0])
        return 0 if is_halved and is_title(lines[1]) else first
    if whole == 0 or whole - 1 == first:
        return first if first is not None and _is_first_half(lines[first], lines[whole]) else whole
    above = lines[whole - 1]
    is_above = is_title(above) and not is_whole(above) and not is_lead(above, lines[whole])
    return whole - 1 if is_above or is_motto(above) else whole


def _is_call(line: str, following: str) -> bool:
    """Whether a line is a title that calls (支部跟着船台走！), by the subtitle below it."""
    called = line.rstrip(_CALLS)
    return called != line and RE_SUBTITLE.match(following) is not None and is_title(called)


def _is_first_half(line: str, following: str) -> bool:
    """Whether a line is the first of two about as long as each other that a title was set in."""
    first, second = bare(line), bare(following)
    is_named = first.endswith(organisation_ends(True)) or RE_PUBLISHED.search(first) is not None or is_complete(first)
    return not is_named and len(first) >= MIN_HALF and 2 * len(first) <= 3 * len(second) <= 5 * len(first)


def _stands_alone(lines: Sequence[str], i: int) -> bool:
    """Whether a line is a title by itself or by the subtitle below it, whatever stands above."""
    if is_whole(lines[i]):
        return not is_lead(lines[i], "")
    is_first = is_title(lines[i]) and not is_organisation(lines[i]) and not (i and is_title(lines[i - 1]))
    return is_first and is_complete(_subtitle(lines[i + 1 : i + 4])[0])


def _head_lines(lines: Sequence[str]) -> Iterator[int]:
    """Places of the lines before the first sentence or numbered heading."""
    for i, line in enumerate(lines[:MAX_LEAD]):
        if RE_ENUMERATED.match(line) or (len(line) > MAX_LEADING and line.rstrip().endswith(("。", "；", "："))):
            return
        yield i


def _n_continuing(title: str, following: Sequence[str]) -> int:
    """How many of the following lines belong to a title that its first line leaves open."""
    if is_complete(title) and not _DANGLING.search(title):
        return int(bool(following) and ends_title(title, following[0]))
    if following and title.endswith(_COLONS) and is_title(following[0]):
        return 1
    if len(following) > 1 and is_couplet([title, following[0]]) and RE_SIGNED.fullmatch(following[1].strip()):
        return 1
    if following and _MOTTO.fullmatch(title) and _is_subtitle_below(title, following[0]):
        return 0
    n_linked, is_plain = 0, not _ASKED.search(title)
    for i, line in enumerate(following):
        is_again = len(line.strip()) >= MIN_HALF and line.strip() in title
        if not is_fragment(line) or is_again or line.strip().endswith(organisation_ends(True)):
            break
        is_linked = n_linked == i and (_LINKED.match(line) or (_LINKING.search(title) and not _ASKING.search(title)))
        if len(title := joined([title, line.strip()])) > MAX_TITLE:
            break
        if is_complete(line) or _is_closed(title) or (i == 0 and is_plain and _ASKED.search(line)):
            return i + 1
        n_linked += bool(is_linked)
    return n_linked


def is_couplet(lines: Sequence[str]) -> bool:
    """Whether lines are the two halves of a title that are as long as each other and end on other characters.

    Examples
    --------
    >>> is_couplet(["织网建格进楼门", "党旗插到最难处"]), is_couplet(["石桥镇党建", "调研报告"])
    (True, False)
    """
    if len(lines) != 2 or len(lines[0]) != len(lines[1].strip()) or lines[0][-1] == lines[1].strip()[-1]:
        return False
    return all(_HALF.fullmatch(line.strip()) and not is_complete(line) for line in lines)


def is_kind(line: str) -> bool:
    """Whether a line is nothing but the kind of text that a title ends with.

    Examples
    --------
    >>> is_kind("调 研 报 告"), is_kind("石桥镇党建调研报告")
    (True, False)
    """
    kind = "".join(line.split())
    return len(kind) <= MAX_KIND and kind.endswith(words("title_end"))


def ends_title(title: str, line: str) -> bool:
    """Whether a line ends a title that might be whole without it: it goes on with 的, names the kind of text, or a plan's period.

    Examples
    --------
    >>> ends_title("石桥镇党建工作情况", "调研报告"), ends_title("石桥镇党建工作调研", "县委组织部")
    (True, False)
    """
    is_named = title.endswith(_THEMES) and is_kind(line)
    is_dated = title.endswith(("方案", "规划", "计划")) and _PERIOD.fullmatch(line.strip()) is not None
    return is_named or is_dated or (line.startswith("的") and is_whole(f"{title}{line}"))


def _is_subtitle_below(title: str, line: str) -> bool:
    """Whether a line is whole by itself and names a report, below a title that does not run on into it."""
    return (
        is_whole(line) and line.strip().endswith(("报告", "材料", "纪实", "汇报", "纪要")) and not runs_on(title, line)
    )


def _is_closed(title: str) -> bool:
    """Whether a joined title is complete although its last line alone is too short to tell (``情`` / ``况``)."""
    return len(title) >= 6 and is_complete(title)
