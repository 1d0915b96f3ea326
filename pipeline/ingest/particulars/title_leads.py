"""What may stand above a title: marks, dates, numbers, fields, letterheads, the names of serials and collections."""

import re

from pipeline.ingest.particulars.title_forms import (
    MAX_LEADING,
    MAX_MARKING,
    RE_COLUMN,
    RE_DATE_ONLY,
    RE_DOC_NUMBER,
    is_complete,
    is_field,
    is_fragment,
    is_gapped,
    is_organisation,
    is_title,
    is_whole,
    organisation_ends,
    subject,
    words,
)

MIN_HALF = 10
"""Shortest first half of a title that only its length joins to the second, and title below another line, in characters."""
_RED_HEAD = re.compile(r"\W*[\u4e00-\u9fff（）()]{4,36}文\s*件(?:[（(][一二三四五六七八九十\d]{1,3}[）)])?\W*")
"""The head of an official paper (GB/T 9704)."""
_COLLECTION = (
    r"(?:汇编|选编|选集|文选|文集|报告[选集]|成果[选集]|(?:调研|优秀|研究)成果|(?:课题|项目)(?:结[题项]|研究|调研|最终|成果){1,2}(?:报告|成果))"
    r"(?:[（(].{1,16}[）)]|[\s\u3000]*之[一二三四五六七八九十]{1,2})?"
)
"""How the names of collections end, and of papers that the result of a project goes under."""
_OF_SOMEBODY = ("关于", "——", "落实", "贯彻", "履行", "执行", "开展", "抓")  # go on from an organisation's name
RE_PUBLISHED = re.compile(
    rf"(?:网|在线|博客|论坛|文库|频道|学报|丛书.{{0,4}}|{_COLLECTION}|简报|内参|参阅|参考|要情|通讯|快报|日报|创建)$"
)
"""How the names of sites and serials end."""
RE_COLLECTED = re.compile(rf"{_COLLECTION}$")
_NAMED = re.compile(rf"第[一二三四五六七八九十\d]{{1,3}}[章编辑]|(?:{RE_COLUMN.pattern}|【[\u4e00-\u9fff]{{2,10}}】)$")
"""The chapter of a volume, or the column of a paper, that a report stands in."""
_ANNEX = re.compile(
    r"附件?\s?[\d一二三四五六七八九十]{0,2}\s?[:：]?|[◎●◆■★☆]?\s*[\u4e00-\u9fff]{0,16}(?:报告|成果|文章|材料|发言)之[一二三四五六七八九十]{1,2}(?:[（(][^（）()]{2,12}[）)])?"
    r"|.{0,20}系列(?:调查|调研|报道|报告|访谈|述评|谈|之)(?:之?[一二三四五六七八九十]{1,3}|[（(][一二三四五六七八九十\d]{1,3}[)）])"
)
"""The mark of an annex, or of one of several reports or of a series."""
_POST = re.compile(r"\S{0,20}(?:书记|主任|校长|院长|[部局处科镇乡县区市]长|主席|委员|教授|讲师|研究员)[\s　]+\S{2,4}")
"""A person with a post, as above a signed article."""
_SERIAL = re.compile(
    r"[（(]?(?:总)?第\s*\d+\s*期(?!\S{0,16}(?:班|学员)).{0,30}|.{2,30}(?:编|编印|主办|印)[\s　]+\S{0,4}年.{0,12}"
)
"""Issue, editor and date below the name of a serial; no course of a school (第36期中青班)."""
_ABOVE = re.compile(r"来自.{2,30}的\S{0,4}(?:报告|调查|调研|报道|思考|实践|探索|启示)")
"""What stands above a title in papers: where it is from (来自港区一线的报告)."""
_DRAFT = re.compile(r"[（(【\[]?(?:征求意见|讨论|送审|送阅|审议|修改|校对|汇报|初|草|代拟)[案稿][）)】\]]?")
"""How finished a paper is, above its title."""


def is_lead(line: str, following: str) -> bool:
    """Whether a line may stand before a title: a mark, a date, a number, a field, a letterhead.

    Parameters
    ----------
    line : str
    following : str
        The line below it; empty if there is none.

    Examples
    --------
    >>> is_lead("2019年5月", "社区党建调研报告"), is_lead("社区党建调研报告", "一、现状")
    (True, False)
    """
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
        or (_NAMED.match(joined) and is_title(following))
    ):
        return not is_complete(line)
    if len(line) <= 3 and not is_fragment(following):
        return True
    is_above = (
        (_ABOVE.fullmatch(line) is not None or (len(line) > MAX_LEADING // 2 and line.endswith("——")))
        and is_title(following)
        and len(following.strip()) >= MIN_HALF
    )
    is_named = RE_PUBLISHED.search(line) is not None and (is_whole(following) or RE_COLLECTED.search(line) is not None)
    is_begun = is_whole(following) or following.startswith("关于")
    is_sheet = is_begun and is_complete(line) and is_organisation(subject(line))
    return is_above or _is_letterhead(line, following) or ((is_named or is_sheet) and is_title(following))


def _is_letterhead(line: str, following: str) -> bool:
    """Whether a line names the issuing organisation above a title that is whole without it."""
    if not is_organisation(line) or following.lstrip().startswith(_OF_SOMEBODY):
        return False
    is_proper = line.endswith(organisation_ends(True)) or line.startswith("中共")
    return is_proper and is_title(following) and is_complete(following)
