"""When the page, table or volume around a report is from."""

import re
from datetime import UTC, datetime

from pipeline.ingest.particulars.dates import MAX_NUMBER, RE_DATE, YEAR, year_of
from pipeline.ingest.particulars.front_matter import Clue, FrontMatter

_VOLUME = re.compile("汇编|选编|文集|文选|论文集|丛书|选集|年度")
_LISTED = re.compile(r"\s*(?:[•·●■◆▪►▶○]|[上下]一?[篇条页][:：]|上传)")
"""How a line begins that names another text, or whoever put this one there."""
_EDITED = re.compile(r"(?:编印|主办|编辑部|[^主责]编|[\u4e00-\u9fff]印)\s*$")
"""How a line of a cover ends that says who edited or printed the volume."""
_LOOKED_AT = re.compile(
    r"今天是|现在是|当前(?:时间|日期)|北京时间|注册|登录|快照|打印(?:时间|日期|于|人)|天气|生成日期|导出|合并|同步|缓存|cached|最后(?:修改|保存|编辑)|[Ee]xport|备份|准印证"
    r"|星期[一二三四五六日天]\s*(?:农历|欢迎)|^\s*\d{4}/\d{1,2}/\d{1,2}(?:\s(?:[上下]午\s?)?\d{1,2}:\d\d)?\s{3}"
)
"""What says when a page was looked at or printed, or when a member joined."""
_UPLOADED = re.compile("上传|^(?:created|clipped|updated)|(?:收藏|剪藏|创建|保存)(?:时间|日期|于)")
_WEEKDAY = re.compile("(?:星期|周)[一二三四五六日天]\\s*$")
"""How the head of a newspaper's page ends, and what pages show of the day on which they are looked at."""
_CELL = re.compile(
    rf"(?:^|[,，\t\"'（(])\s*{YEAR}[-/.](?:0?[1-9]|1[0-2])\s*(?=[,，\t\"']|[）)]?\.(?:docx?|wps|pdf|txt)\b)"
)
"""A month in a cell of a table, or before the end of a file's name."""
_FILE = re.compile(
    r"(?<!\d)(?P<year>20[0-3]\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)[^\s，。]{0,12}\.(?:docx?|wps|pdf|txt)\b"
)
"""A day in a file's name."""
_DRAFT = re.compile(r"稿\s*[（(]?(?P<year>20[0-3]\d)(?:0[1-9]|1[0-2])(?:[0-2]\d|3[01])(?!\d)")
"""A day behind the kind of a draft, in a running head."""
_ISSUE = re.compile(r"^\W*(?:出版)?年份?[、,，·]?卷?[(（]?期?[)）]?\W*(?P<year>(?:19|20)\d\d)\s*[,，(（年]")
"""How a database tells the issue of a journal (【年,卷(期)】2014,(5))."""
_RUNNING = re.compile(r"[\u4e00-\u9fff]{2,12}\s*(?P<year>20[0-3]\d)\s*[·・•]\s*\d{1,2}\s*(?:总第\s?\d+\s?期)?$")
"""A journal and its issue in a running head (党建研究 2014·5)."""
_NAMED = re.compile(r"(?:汇编|选编|文集|文选|论文集|丛书|选集|年鉴)\s*[（(](?P<year>(?:19|20)\d\d)[)）]\W*$")
"""The year behind the name of a volume (调研报告汇编（2008）)."""
_STAMP = re.compile(r"(?:^|[,\t])\s*[\"']?(?P<seconds>1[0-9]{9})[\"']?\s*(?=[,\t)])")
"""A time in a cell of a table, in seconds since 1970."""
_ENGLISH = re.compile(r"\b\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]* (?P<year>20\d\d)\b")
"""A day as feeds and mails write it."""
_SIGNED = re.compile(r"[（(]?\s*(?:作者|执笔|撰稿|课题组|调研组|供稿)")
"""How a line begins that says who wrote a text, and when."""
MAX_PLACE = 6
"""Characters beside the date on a cover, where it names a place."""


def paged(front: FrontMatter) -> Clue | None:
    r"""The date that the page around the report carries, in its wrapping, as a bare line under the title or in a table's cell.

    What says when the page was looked at tells nothing, and when a reader put the text there comes last (`uploaded`).

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> heads = ("2006年8月22日 星期二", "4117,'南溪市委',1505959800,318,'")
    >>> [paged(front_matter("社区党建研究\n社区是末梢。", dropped=[head])).value for head in heads]
    [2006, 2017]
    """
    lines = [line for line in (*front.byline, *front.dropped) if not _UPLOADED.search(line)]
    for line in sorted(lines, key=lambda line: bool(_WEEKDAY.search(line))):
        if found := _page_date(line):
            return Clue("year", year_of(found), "page date", line.strip()[:80], 0.5)
    for line in lines:
        if found := _ISSUE.search(line):
            return Clue("year", year_of(found), "page date", line.strip()[:80], 0.5)
        if _SIGNED.match(line) and (found := RE_DATE.search(line)) and found["month"]:
            return Clue("year", year_of(found), "page date", line.strip()[:80], 0.5)
        if (
            found := _CELL.search(line)
            or _FILE.search(line)
            or _ENGLISH.search(line)
            or _DRAFT.search(line)
            or _RUNNING.search(line)
        ):
            return Clue("year", year_of(found), "page date", line.strip()[:80], 0.5)
        if found := _STAMP.search(line):
            year = datetime.fromtimestamp(int(found["seconds"]), UTC).year
            return Clue("year", year, "page date", line.strip()[:80], 0.4)
    return None


def uploaded(front: FrontMatter) -> Clue | None:
    """The day on which a reader put the text into a collection of documents; None if none is told."""
    for line in front.dropped:
        if found := _UPLOADED.search(line) and _page_date(line):
            return Clue("year", year_of(found), "page date", line.strip()[:80], 0.3)
    return None


def _page_date(line: str) -> re.Match[str] | None:
    """The day in a line of a page; None if there is none or it says when the page was looked at."""
    found = RE_DATE.search(line[:200])
    is_day = found and len(line) <= 120 and (found["day"] or found["day2"]) and not _LOOKED_AT.search(line)
    return found if is_day else None


def collected(front: FrontMatter) -> Clue | None:
    r"""The year of the volume that a report stands in, by its name or the date on its cover; None if there is none.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> collected(front_matter("社区党建研究\n社区是末梢。", dropped=["——2005年度成果汇编", "二○○六年一月"])).value
    2005
    """
    short = [
        line
        for line in front.dropped
        if len(line) <= MAX_NUMBER and not (_LOOKED_AT.search(line) or _LISTED.match(line))
    ]
    dated = [(line, found) for line in short if (found := RE_DATE.search(line) or _NAMED.search(line))]
    named = [(line, found) for line, found in dated if _VOLUME.search(line)]
    alone = [
        (line, found)
        for line, found in dated
        if len("".join(line.split())) - len(found[0]) <= MAX_PLACE or _EDITED.search(line.replace(found[0], ""))
    ]
    for line, found in named or alone:
        return Clue("year", year_of(found), "volume", line.strip(), 0.6)
    return None


def is_dated(line: str) -> bool:
    """Whether a line tells a day, a month or a time.

    Examples
    --------
    >>> [is_dated(line) for line in ("2019-05-06", "Wed, 21 Jul 2021 15:08:00 +0800", "党员320名")]
    [True, True, False]
    """
    return any(pattern.search(line) for pattern in (RE_DATE, _ENGLISH, _STAMP, _ISSUE, _NAMED))
