"""What stands above reports of a volume or beside those of a table and tells when they are from."""

import re
from collections.abc import Iterable

from pipeline.ingest.edits import Fix
from pipeline.ingest.pages.wrapping import Dropped
from pipeline.ingest.particulars.dates import RE_DATE
from pipeline.ingest.particulars.front_matter import front_matter
from pipeline.ingest.particulars.page_dates import MAX_PLACE, is_dated
from pipeline.ingest.particulars.years import year_clue

MAX_DATED = 80
"""Longest line that is looked at, in characters."""


_COVER = re.compile(
    r"汇编|选编|文集|文选|论文|年会|第\s*[\d一二三四五六七八九十百]+\s*[期辑卷]|编印|主[编办]|编辑部|办公室|研究室|[组宣]\S部|[党工]委"
    r"|党[组校]|简报|内参|参阅|通讯|快报|要情|^\W*\S{4}年度?\W*$"
)
"""What stands beside a date on the cover or the masthead of a volume or serial, and not beside the day of a page."""


def cover_lines(dropped: Iterable[Dropped]) -> tuple[Dropped, ...]:
    """Of the lines that were dropped around several reports, those that tell when the volume or the issue of a serial is from.

    Examples
    --------
    >>> lines = [Dropped("wrapping", "", line) for line in ("2011年度优秀调研成果汇编", "发布时间：2020-10-19")]
    >>> [line.line for line in cover_lines([*lines, Dropped("wrapping", "", "2012年3月   云岫")])]
    ['2011年度优秀调研成果汇编', '2012年3月   云岫']
    """
    found = (line for line in dropped if len(line.line) <= MAX_DATED and not line.is_metadata)
    dated = ((line.line, date) for line in found if (date := RE_DATE.search(line.line)))
    covers = (line for line, date in dated if _COVER.search(line) or _is_month(line, date))
    return tuple(Dropped("announcement", "", line) for line in dict.fromkeys(covers))


def _is_month(line: str, date: re.Match[str]) -> bool:
    """Whether a line is nothing but a month, and a place beside it."""
    is_day = date["day"] or date["day2"]
    return bool(date["month"]) and not is_day and len("".join(line.split())) - len(date[0]) <= MAX_PLACE


def dated_lines(text: str, fixes: Iterable[Fix]) -> tuple[Dropped, ...]:
    r"""The lines with a date, of the stretches of a text that fixes drop.

    Examples
    --------
    >>> text = "石桥市成果汇编\n二〇〇七年十一月\n石桥镇党建调研报告"
    >>> [line.line for line in dated_lines(text, [Fix(0, 17, "", "drop_announcement")])]
    ['二〇〇七年十一月']
    """
    lines = (line.strip() for fix in fixes for line in text[fix.start : fix.end].split("\n"))
    return tuple(Dropped("announcement", "", line) for line in lines if len(line) <= MAX_DATED and is_dated(line))


def tells_year(text: str, dropped: Iterable[Dropped]) -> bool:
    r"""Whether a report tells the year that it speaks from, in its text or in the particulars that were dropped around it.

    Examples
    --------
    >>> tells_year("石桥镇党建调研报告\n2019年5月，调研组走访了九个村。", []), tells_year("石桥镇党建调研报告\n全镇有支部九个。", [])
    (True, False)
    """
    particulars = [line.line for line in dropped if line.is_metadata]
    return year_clue(front_matter(text, dropped=particulars)) is not None
