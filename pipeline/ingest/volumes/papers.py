"""The reports on a page of a newspaper or in a bulletin, one below the other, each under its headline and its writers' names."""

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from pipeline.ingest.articles import Article
from pipeline.ingest.lines.forms import RE_MARKER, inked_lines, is_closed
from pipeline.ingest.pages.wrapping import RE_NAMED_SITE, is_menu
from pipeline.ingest.particulars.title_forms import is_organisation, is_title
from pipeline.ingest.volumes.copied import RE_FURTHER
from pipeline.ingest.volumes.stretches import Stretch, between, holds_report

MIN_HEADLINE, MAX_HEADLINE, MAX_BYLINE = 6, 44, 44
"""Characters of a headline and of its writers' names."""
_NAME = r"[\u4e00-\u9fff](?:[ \u3000]?[\u4e00-\u9fff·]){1,3}"
_BYLINE = re.compile(
    rf"[□■○●◎△▲◇◆☆★◉▢]\s*\S.{{1,30}}"
    rf"|[（(【]?\s*(?:本[报刊网台])?\s?(?:特约|首席|见习|实习)?(?:记者|通讯员|评论员|作者|撰文|执笔)\s?[:：/／\s]?\s*\S.{{1,36}}"
    rf"|(?:完成|报送|选送|供稿|作者|课题|申报|执笔)(?:单位|组)\s?[:：]\s*\S.{{1,36}}"
    rf"|[文图]\s?[/／]\s?\S.{{1,24}}|{_NAME}(?:[ \u3000]{{1,4}}{_NAME}){{1,3}}"
    rf"|[（(]?[\u4e00-\u9fff]{{3,24}}(?:委|组|部|局|办|校|院|处|室|中心)[ \u3000]{{1,4}}{_NAME}(?:[ \u3000]{{1,4}}{_NAME}){{0,2}}[）)]?"
    r"|[\u4e00-\u9fff]{2,16}(?:公司|集团|党委|党组|学院|大学|医院|党校)[\u4e00-\u9fff]{1,6}[部处科室组办]"
    r"|[\u4e00-\u9fff]{2,16}[委组部局办校院处室][ \u3000]{1,4}[\u4e00-\u9fff]{2,12}[委组部局办校院处室]"
)
"""A line that names who wrote a report: □ names, 本报记者 …, names side by side, an organisation and names or another one."""
_QUOTE = re.compile("[“”]")
"""Marks in the names of organisations (“瀚云”轮党支部)."""
_PAGE = re.compile(r"\W{0,3}\d{0,4}\W{0,3}")
"""The number of a page, or nothing."""
_BESIDE = re.compile(
    r"(?:短波|简讯|短讯|快讯|一句话新闻|图片新闻|新闻集锦|信息速递|今日导读|相关链接|新闻链接|遗失声明|启事|广告|征稿启事|版面导航|上一版|下一版|下转第\S{1,4}版)"
    r"\s*[:：]?"
)
"""What else such a page has."""
_NO_HEADLINE = re.compile(r"^\d{4}[年/.-]|\d:\d\d|小组$|^第\s?\d")
"""What a line of particulars, of a page's head or of a letterhead has."""


class _Headline(NamedTuple):
    """Where a headline's head begins (the number of a page above it), where it does, and where what stands below its writers' names
    does; the last is no report's if it is 0.
    """

    head: int
    start: int
    below: int


def papers(text: str) -> list[Article]:
    r"""The reports of a page with several headlines, each above its writers' names; empty for other texts.

    Parameters
    ----------
    text : str
        A text as decoded.

    Returns
    -------
    list of Article
        They tile the text; what stands above the first headline, and short news between reports, are dropped by their changes.

    Examples
    --------
    >>> body = "全镇有党支部九个，党员三百名，活动排不开。" * 20 + "\n\n"
    >>> page = f"安江日报　党建周刊\n\n把党课开到心坎上\n本报记者　黎川\n{body}短波\n岭下镇种树。\n\n合作社党建怎么抓\n"
    >>> page += f"□ 孙立洲　葛倩\n{body}"
    >>> [page[part.start :][:4] for part in papers(page)]
    ['安江日报', '合作社党']
    >>> papers(f"把党课开到心坎上\n本报记者　黎川\n{body}") + papers(f"{body}把党课开到心坎上\n{body}")
    []
    """
    heads = list(_headlines(text))
    if sum(head.below > 0 for head in heads) < 2:
        return []
    ends = [*(head.head for head in heads[1:]), len(text)]
    return between(
        text,
        [
            Stretch(head.head, head.start, end)
            for head, end in zip(heads, ends, strict=True)
            if head.below and holds_report(text, head.below, end)
        ],
    )


def _headlines(text: str) -> Iterator[_Headline]:
    """The headlines of a text, and the names of what else stands between reports."""
    lines = inked_lines(text)
    ends = [0, *(start + len(line) for start, line in lines)]
    for i, (start, line) in enumerate(lines):
        if _BESIDE.fullmatch(line):
            yield _Headline(start, start, 0)
        elif MIN_HEADLINE <= len(line) <= MAX_HEADLINE and (
            below := _below([line for _, line in lines[i + 1 : i + 4]])
        ):
            above = lines[i - 1][1] if i else ""
            is_numbered = _PAGE.fullmatch(above) is not None
            is_apart = text.count("\n", ends[i], start) > 1 or is_closed(above) or is_numbered
            if is_apart and i + 1 + below < len(lines) and _is_headline(line):
                yield _Headline(lines[i - 1][0] if i and is_numbered else start, start, lines[i + 1 + below][0])


def _is_headline(line: str) -> bool:
    """Whether a line has the form of a headline."""
    is_other = (
        RE_MARKER.match(line)
        or RE_FURTHER.search(line)
        or _BYLINE.fullmatch(line)
        or _NO_HEADLINE.search(line)
        or RE_NAMED_SITE.search(line)
        or is_organisation(line)
    )
    return not is_other and is_title(line)


def _below(lines: Sequence[str]) -> int:
    """How many lines below a headline are its subtitle and its writers' names; 0 if nobody is named."""
    for n, line in enumerate(lines, 1):
        if len(line) <= MAX_BYLINE and _is_byline(line):
            return n
        if n > 1 or is_closed(line) or RE_MARKER.match(line):
            return 0
    return 0


def _is_byline(line: str) -> bool:
    """Whether a line names who wrote a report, and is no row of a page's menu."""
    is_named = _BYLINE.fullmatch(line) is not None or (is_organisation(line) and _QUOTE.sub("", line).isalpha())
    return is_named and not is_menu(line)
