"""The title of a report: which of its first lines it is, and where it ends when it is broken over several."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon

MAX_TITLE = 70
"""Longest title, in characters; the longest of 96 real reports looked at has 56."""
MAX_LEAD = 10
"""Lines (marks, dates, names of organisations) that may stand before a title."""

RE_ENUMERATED = re.compile(
    r"\s*(?:[一二三四五六七八九十]{1,3}[、.．]|[(（〔][一二三四五六七八九十\d]{1,3}[)）〕]"
    r"|第[一二三四五六七八九十]{1,3}[章节部]|\d{1,2}[、.．](?!\d)|[①-⑳⑴-⒇㈠-㈩])"
)
RE_SUBTITLE = re.compile(r"\s*(?:[—―–－─]+|-{2,})\s*")
RE_DATE_ONLY = re.compile(
    r"[\s（(【\[]*[\d〇零○一二三四五六七八九十×XxⅩ*]{2,4}\s*[年./-]\s*[\d〇零○一二三四五六七八九十×XxⅩ*]{0,3}\s*[月./-]?"
    r"\s*[\d一二三四五六七八九十×XxⅩ*]{0,3}\s*日?(?:\s*\d{1,2}[:：时]\d{1,2}\S{0,4})?[\s）)】\]]*"
)
_ARTICLE_MARK = re.compile(
    r"\s*(?:[【\[（(]?(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3})[】\]）)]?\s*[:：、.]?|\[标题\])\s*"
)
_SITE = re.compile(r"\s*[-_—|–]\s*[^-_—|–\s]{2,12}(?:网|文库|文档|之家|资料库)$")
_TRAIL = re.compile(r"(?:[（(][^（）()]{1,12}[)）]|[\d一二三四五六七八九十]{1,2}\s*篇?|精选|[》”\"])\s*$")
_DOC_NUMBER = re.compile(
    r"[^。]{0,16}(?:[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*第?\s*\d+\s*号|第\s*[\d×一二三四五六七八九十]+\s*期)"
)
_PROSE = re.compile(r"\s*(?:为了?(?!什么)|根据|按照|近年来|近期|近日|一年来|自\S{1,12}以来|\d{4}年来)\S*[，,]")
_ANNEX = re.compile(r"附件?\s?[\d一二三四五六七八九十]{0,2}\s?[:：]?")
_POST = re.compile(r"\S{0,20}(?:书记|主任|校长|院长|[部局处科镇乡县区市]长|主席|委员|教授|讲师|研究员)[\s　]+\S{2,4}")
"""A person with a post, as above a signed article."""
_SERIAL = re.compile(r"[（(]?(?:总)?第\s*\d+\s*期.{0,30}|.{2,30}(?:编|编印|主办|印)[\s　]+\S{0,4}年.{0,12}")
"""Issue, editor and date below the name of a serial."""
RE_SPREAD = re.compile(r"[^\s\d](?:[ \u3000]{1,3}[^\s\d]){2,}")
"""Characters one blank apart, as titles are set (调 研 报 告)."""
_DANGLING = re.compile(r"(?:[的和与及、在对以为把将暨]|关于|加强|推进|[“《（(])$")
_ANNOUNCED = (
    re.compile(
        r"下面是\S{0,10}?(?:整理|收集|带来|分享|推荐|搜集)(?:好)?的?(?:关于)?[《“]?([^，,。》”\n]{5,70})[》”]?[，,。]"
    ),
    re.compile(r"【([^】\n]{5,70})】\s*(?:相关|延伸|推荐)"),
    re.compile(r"导语[:：]\s*([^，,。\n]{5,70}?)一文"),
)


@dataclass(frozen=True, slots=True)
class TitleBlock:
    """A title, its subtitle (empty if there is none), and the lines ``[start, end)`` that both take up."""

    title: str
    subtitle: str
    start: int
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
    start = _first_title_line(lines)
    if start is None:
        return None
    end = start + 1 + _n_continuing(bare(lines[start]), [spread_joined(line) for line in lines[start + 1 : start + 6]])
    title = _join(bare(line) for line in lines[start:end])
    subtitle = ""
    if end < len(lines) and (dash := RE_SUBTITLE.match(lines[end])):
        subtitle, end = lines[end][dash.end() :].strip(), end + 1
    return TitleBlock(title, subtitle, start, end)


def announced_title(dropped: Iterable[str]) -> str | None:
    """The title that a web page's wrapping announces (``下面是小编整理的…``); None if it does not.

    Examples
    --------
    >>> announced_title(["下面是小编为大家整理的柳溪县社区党建调研报告,供大家参考。"])
    '柳溪县社区党建调研报告'
    """
    for line in dropped:
        found = next(filter(None, (pattern.search(line[:400]) for pattern in _ANNOUNCED)), None)
        if found and is_complete(found[1]):
            return bare(found[1])
    return None


def bare(line: str) -> str:
    """A title line without the marks of a collection, a site's name and the 《》 around the whole of it."""
    line = _SITE.sub("", _ARTICLE_MARK.sub("", line.strip(), count=1)).strip()
    line = spread_joined(line)
    if line.startswith("《") and line.endswith("》") and line.count("《") == 1:
        line = line[1:-1]
    return line


def spread_joined(line: str) -> str:
    """A line without the blanks between all of its characters (调 研 报 告)."""
    return "".join(line.split()) if RE_SPREAD.fullmatch(line.strip()) else line


def is_complete(line: str) -> bool:
    """Whether a line ends (or opens) as only whole titles do: ``…调研报告（讨论稿）``, ``浅谈…``."""
    line = line.strip()
    for _ in range(3):
        line = _TRAIL.sub("", line)
    return line.endswith(words("title_end")) or line.startswith(words("title_open"))


def is_field(line: str) -> bool:
    """Whether a line is a labelled particular: ``时间：…``, ``摘要：…``."""
    label, colon, _ = line.lstrip("[【（( 　").replace(":", "：")[:12].partition("：")
    return bool(colon) and label.strip("】] 　") in words("field")


def is_organisation(line: str) -> bool:
    """Whether a line is the name of an organisation and no more."""
    line = line.strip("（）() 　")
    return 3 <= len(line) <= 40 and line.endswith(_organisation_ends(False)) and "关于" not in line and "的" not in line


@cache
def words(kind: str) -> tuple[str, ...]:
    """The terms of a kind in ``front_matter.csv``."""
    return tuple(row["term"] for row in lexicon.rows("front_matter.csv") if row["kind"] == kind)


@cache
def _organisation_ends(proper_only: bool) -> tuple[str, ...]:
    """Last words of names of organisations."""
    rows = lexicon.rows("organisation_names.csv")
    return tuple(row["term"] for row in rows if row["proper"] == "yes" or not proper_only)


def _first_title_line(lines: Sequence[str]) -> int | None:
    """The place of the first line that can be a title, if only marks, dates and names stand before it."""
    for i, line in enumerate(lines[:MAX_LEAD]):
        following = lines[i + 1] if i + 1 < len(lines) else ""
        if _is_title(line) and not _is_lead(line, following):
            return i
        if not _is_lead(line, following):
            return None
    return None


def _is_lead(line: str, following: str) -> bool:
    """Whether a line may stand before a title: a mark, a date, a number, a field, a letterhead."""
    line = line.strip()
    if line in words("not_title"):
        return len(line) <= 2 or line == "正文"
    if line.startswith(words("marking")) and len(line) <= 20:
        return True
    if RE_DATE_ONLY.fullmatch(line) or _DOC_NUMBER.fullmatch(line) or is_field(line):
        return not line.startswith(("摘要", "前言"))
    if (
        _ANNEX.fullmatch(line)
        or _POST.fullmatch(line)
        or _SERIAL.fullmatch(line)
        or _SERIAL.fullmatch(following.strip())
    ):
        return not is_complete(line)
    if len(line) <= 3 and not _is_fragment(following):
        return True
    return _is_letterhead(line, following)


def _is_letterhead(line: str, following: str) -> bool:
    """Whether a line names the issuing organisation above a title that is whole without it."""
    if not is_organisation(line) or following.lstrip().startswith(("关于", "——")):
        return False
    is_proper = line.endswith(_organisation_ends(True)) or line.startswith("中共")
    return is_proper and _is_title(following) and is_complete(following)


def _is_title(line: str) -> bool:
    """Whether a line has the form of a title or of the beginning of one."""
    title = bare(line)
    if not 2 <= len(title) <= MAX_TITLE or not _is_fragment(line) or title in words("not_title"):
        return False
    return is_complete(title) or not (_PROSE.match(title) or title.count("，") + title.count(",") > 2)


def _is_fragment(line: str) -> bool:
    """Whether a line can be part of a title: short, no sentence, no field, no number, no date, no address."""
    text = line.strip()
    if not text or len(text) > MAX_TITLE or text[-1] in "。；;，,：:…!！" or "。" in text or "://" in text:
        return False
    if RE_ENUMERATED.match(text) or RE_SUBTITLE.match(text) or RE_DATE_ONLY.fullmatch(text) or is_field(text):
        return False
    is_address = text.startswith(words("address")) or text.startswith("（") or text.startswith("(")
    return not is_address and any("\u4e00" <= char <= "\u9fff" for char in text)


def _n_continuing(title: str, following: Sequence[str]) -> int:
    """How many of the following lines belong to a title that its first line leaves open."""
    if is_complete(title) and not _DANGLING.search(title):
        return 0
    for i, line in enumerate(following):
        if not _is_fragment(line) or line.strip().endswith(_organisation_ends(True)):
            return 0
        if len(title := _join([title, line.strip()])) > MAX_TITLE:
            return 0
        if is_complete(line) or _is_closed(title):
            return i + 1
    return 0


def _is_closed(title: str) -> bool:
    """Whether a joined title is complete although its last line alone is too short to tell (``情`` / ``况``)."""
    return len(title) >= 6 and is_complete(title)


def _join(parts: Iterable[str]) -> str:
    """Parts of a broken title as one line; a blank only between letters of an alphabet."""
    title = ""
    for part in parts:
        gap = " " if title and title[-1].isascii() and part[:1].isascii() and title[-1].isalpha() else ""
        title += gap + part.strip()
    return title
