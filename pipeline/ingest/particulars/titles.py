"""The title of a report: which of its first lines it is, and where it ends when it is broken over several."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.ingest.lines.forms import runs_on
from pipeline.ingest.particulars.title_forms import (
    MAX_LEADING,
    MAX_MARKING,
    MAX_TITLE,
    RE_COLUMN,
    RE_DATE_ONLY,
    RE_DOC_NUMBER,
    RE_ENUMERATED,
    RE_SUBTITLE,
    bare,
    is_complete,
    is_field,
    is_fragment,
    is_gapped,
    is_motto,
    is_organisation,
    is_title,
    is_whole,
    joined,
    organisation_ends,
    spread_joined,
    subject,
    words,
)

MAX_LEAD = 10
"""Lines (marks, dates, names of organisations) that may stand before a title."""
MIN_HALF = 10
"""Shortest first half of a title that only its length joins to the second, and title below another line, in characters."""
_RED_HEAD = re.compile(r"[\u4e00-\u9fff（）()]{4,36}文\s*件")
"""The head of an official paper (GB/T 9704)."""
_COLLECTION = (
    r"(?:汇编|选编|选集|文选|文集|报告[选集]|成果[选集]|(?:调研|优秀|研究)成果)"
    r"(?:[（(].{1,16}[）)]|[\s\u3000]*之[一二三四五六七八九十]{1,2})?"
)
"""How the names of collections end."""
_OF_SOMEBODY = ("关于", "——", "落实", "贯彻", "履行", "执行", "开展", "抓")  # go on from an organisation's name
_PUBLISHED = re.compile(
    rf"(?:网|在线|博客|论坛|文库|频道|学报|丛书.{{0,4}}|{_COLLECTION}|简报|内参|参阅|参考|要情|通讯|快报|日报|创建"
    r"|(?:课题|项目)(?:结[题项]|研究|调研|最终|成果){1,2}(?:报告|成果))$"
)
"""How the names of sites and serials end, and of papers that the result of a project goes under."""
_COLLECTED = re.compile(rf"{_COLLECTION}$")
_CHAPTER = re.compile(r"第[一二三四五六七八九十\d]{1,3}[章编辑]")
"""The chapter of a volume that a report stands in."""
_ANNEX = re.compile(
    r"附件?\s?[\d一二三四五六七八九十]{0,2}\s?[:：]?|[◎●◆■★☆]?\s*(?:调研|调查|考察|专题)?(?:报告|成果|文章|材料)之[一二三四五六七八九十]{1,2}"
)
"""The mark of an annex, or of one of several reports."""
_POST = re.compile(r"\S{0,20}(?:书记|主任|校长|院长|[部局处科镇乡县区市]长|主席|委员|教授|讲师|研究员)[\s　]+\S{2,4}")
"""A person with a post, as above a signed article."""
_SERIAL = re.compile(r"[（(]?(?:总)?第\s*\d+\s*期.{0,30}|.{2,30}(?:编|编印|主办|印)[\s　]+\S{0,4}年.{0,12}")
"""Issue, editor and date below the name of a serial."""
_DANGLING = re.compile(r"(?:[的和与及、在对以为把将暨]|关于|加强|推进|[“《（(])$")
_LINKING, _LINKED = re.compile("[的和与及、对暨]$"), re.compile("[的之及]")
"""How a line of a title ends that the next one takes up in any case, and how one begins that takes up the line before."""
_ASKING = re.compile("怎[样么]|如何|是")  # make 的 the end of a title: 是怎样转起来的
_ABOVE = re.compile(r"来自.{2,30}的\S{0,4}(?:报告|调查|调研|报道|思考|实践|探索|启示)")
"""What stands above a title in papers: where it is from (来自港区一线的报告)."""
_MOTTO = re.compile("[^：:]{4,}[：:][^：:]{5,}|[^，]{2,}，[^，]*(?:怎[么样]|如何|为何|什么|谁)[^，]*")
"""A title that says something before and behind its colon, or that asks; what is whole below it is its subtitle."""
_DRAFT = re.compile(r"[（(【\[]?(?:征求意见|讨论|送审|送阅|审议|修改|校对|汇报|初|草|代拟)[案稿][）)】\]]?")
"""How finished a paper is, above its title."""


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
    title = joined(bare(line) for line in lines[start:end])
    subtitle, n_lines = _subtitle(lines[end : end + 3])
    return TitleBlock(title, subtitle, start, end, end + n_lines)


def _cover_end(lines: Sequence[str]) -> int:
    """The line behind a collection's name above a title; 0 if there is none."""
    ends = (i for i in range(min(len(lines), MAX_LEAD) - 1) if _COLLECTED.search(lines[i]) and is_title(lines[i + 1]))
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
        if is_title(line) and not _is_lead(line, following):
            first = i
            break
        if not _is_lead(line, following):
            break
    if first is not None and (
        is_whole(lines[first])
        or _n_continuing(bare(lines[first]), lines[first + 1 : first + 6])
        or any(RE_SUBTITLE.match(line) for line in lines[first + 1 : first + 2])
    ):
        return first
    whole = next((i for i in _head_lines(lines) if _stands_alone(lines, i)), None)
    if whole is None:
        return first
    if whole == 0 or whole - 1 == first:
        return first if first is not None and _is_first_half(lines[first], lines[whole]) else whole
    above = lines[whole - 1]
    is_above = is_title(above) and not is_whole(above) and not _is_lead(above, lines[whole])
    return whole - 1 if is_above or is_motto(above) else whole


def _is_first_half(line: str, following: str) -> bool:
    """Whether a line is the first of two about as long as each other that a title was set in."""
    first, second = bare(line), bare(following)
    is_named = first.endswith(organisation_ends(True)) or _PUBLISHED.search(first) is not None or is_complete(first)
    return not is_named and len(first) >= MIN_HALF and 2 * len(first) <= 3 * len(second) <= 5 * len(first)


def _stands_alone(lines: Sequence[str], i: int) -> bool:
    """Whether a line is a title by itself or by the subtitle below it, whatever stands above."""
    if is_whole(lines[i]):
        return not _is_lead(lines[i], "")
    is_first = is_title(lines[i]) and not is_organisation(lines[i]) and not (i and is_title(lines[i - 1]))
    return is_first and is_complete(_subtitle(lines[i + 1 : i + 4])[0])


def _head_lines(lines: Sequence[str]) -> Iterator[int]:
    """Places of the lines before the first sentence or numbered heading."""
    for i, line in enumerate(lines[:MAX_LEAD]):
        if RE_ENUMERATED.match(line) or (len(line) > MAX_LEADING and line.rstrip().endswith(("。", "；", "："))):
            return
        yield i


def _is_lead(line: str, following: str) -> bool:
    """Whether a line may stand before a title: a mark, a date, a number, a field, a letterhead."""
    line = line.strip()
    if line in words("not_title"):
        return len(line) <= 2 or line == "正文"
    joined = "".join(line.split())
    if (line.startswith(words("marking")) and len(joined) <= MAX_MARKING) or _RED_HEAD.fullmatch(joined):
        return True
    if RE_DATE_ONLY.fullmatch(line) or RE_DOC_NUMBER.fullmatch(line) or is_field(line):
        return not line.startswith(("摘要", "前言"))
    if (
        _ANNEX.fullmatch(line)
        or _POST.fullmatch(line)
        or _DRAFT.fullmatch(line)
        or _SERIAL.fullmatch(line)
        or _SERIAL.fullmatch(following.strip())
        or (is_gapped(line) and len(joined) <= MAX_LEADING)
        or ((_CHAPTER.match(joined) or RE_COLUMN.fullmatch(joined)) and is_title(following))
    ):
        return not is_complete(line)
    if len(line) <= 3 and not is_fragment(following):
        return True
    is_above = (
        (_ABOVE.fullmatch(line) is not None or (len(line) > MAX_LEADING // 2 and line.endswith("——")))
        and is_title(following)
        and len(following.strip()) >= MIN_HALF
    )
    is_named = _PUBLISHED.search(line) is not None and (is_whole(following) or _COLLECTED.search(line) is not None)
    is_begun = is_whole(following) or following.startswith("关于")
    is_sheet = is_begun and is_complete(line) and is_organisation(subject(line))
    return is_above or _is_letterhead(line, following) or ((is_named or is_sheet) and is_title(following))


def _is_letterhead(line: str, following: str) -> bool:
    """Whether a line names the issuing organisation above a title that is whole without it."""
    if not is_organisation(line) or following.lstrip().startswith(_OF_SOMEBODY):
        return False
    is_proper = line.endswith(organisation_ends(True)) or line.startswith("中共")
    return is_proper and is_title(following) and is_complete(following)


def _n_continuing(title: str, following: Sequence[str]) -> int:
    """How many of the following lines belong to a title that its first line leaves open."""
    if is_complete(title) and not _DANGLING.search(title):
        return 0
    if following and _MOTTO.fullmatch(title) and _is_subtitle_below(title, following[0]):
        return 0
    n_linked = 0
    for i, line in enumerate(following):
        if not is_fragment(line) or line.strip().endswith(organisation_ends(True)):
            break
        is_linked = n_linked == i and (_LINKED.match(line) or (_LINKING.search(title) and not _ASKING.search(title)))
        if len(title := joined([title, line.strip()])) > MAX_TITLE:
            break
        if is_complete(line) or _is_closed(title):
            return i + 1
        n_linked += bool(is_linked)
    return n_linked


def _is_subtitle_below(title: str, line: str) -> bool:
    """Whether a line is whole by itself and names a report, below a title that does not run on into it."""
    return (
        is_whole(line) and line.strip().endswith(("报告", "材料", "纪实", "汇报", "纪要")) and not runs_on(title, line)
    )


def _is_closed(title: str) -> bool:
    """Whether a joined title is complete although its last line alone is too short to tell (``情`` / ``况``)."""
    return len(title) >= 6 and is_complete(title)
