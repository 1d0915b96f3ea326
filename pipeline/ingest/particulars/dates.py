"""Dates as reports write them, and when a report was written."""

import re
from datetime import date

from pipeline.ingest.lines.forms import DIGITS, ZERO, value_of
from pipeline.ingest.particulars.front_matter import Clue, FrontMatter
from pipeline.ingest.particulars.title_forms import RE_ENUMERATED

YEAR = rf"(?P<year>(?:[1１][9９]|[2２][0０])[\d]{{2}}|[一二]\s?[九{ZERO}](?:\s?[{ZERO}一二三四五六七八九]){{2}})"
_DAY_PART = r"(?:[\d]{1,2}|[一二三四五六七八九十]{1,3})"
RE_DATE = re.compile(
    rf"(?<![\d.]){YEAR}\s?(?:年度?\s?(?:(?P<month>{_DAY_PART})\s?月(?:份|\s?(?P<day>{_DAY_PART})\s?[日号])?)?"
    rf"|[-./](?P<month2>0?[1-9]|1[0-2])(?:[-./](?P<day2>\d{{1,2}})(?!\d)|(?![\d.%％万亿元个名])(?<=\.\d|\d\d)))"
)
"""A year, with month and day where they are given: 2019年5月, 二〇一九年五月六日, 2019-05-06."""
RE_FILE_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)(?:年|(?=[01]\d[0-3]\d(?!\d))|(?![0-9A-Za-z]))")
_REFERENCE = re.compile(r"\[[JMDNCR](?:/OL)?\]|［[JMDNC]］|参考文献")
_CITING = re.compile(r"\s*\d{1,2}\s?[.．、]\s?[^《》，。]{2,24}[:：.．，,]\s?《")
"""How an entry of a list of references begins that has no mark of its kind."""
_NOTED = ("注", "[", "［", "附", *"①②③④⑤⑥⑦⑧⑨⑩")
"""How lines of references and notes begin."""
_ENDING = re.compile(rf"[。！）)】\s]\s*[（(]?(?P<date>{YEAR}\s?年[^。，；\n]{{1,12}}[日月号])[）)]?\s*$")
"""A date behind the last sentence."""
_ISSUE = re.compile(
    rf"{YEAR}\s?年?\s?[〕\]］）)]?[\s/>›»·]{{0,4}}(?:总)?第\s?[\d一二三四五六七八九十]{{1,4}}\s?[期号辑]"
)
"""The number of an issue: 2013年第9期, 〔2018〕第9期."""
_ALONE = re.compile(r"[\W_]*(?:[春夏秋冬]季?|[初末底]|[上下]半年|[初定]?稿|写|于)?[\W_]*")
"""What may stand beside a year that is there for itself."""
_LABELLED = re.compile(r"[\s　]*[\u4e00-\u9fff]{0,4}(?:时间|日期)[:：]")
_NOTE = re.compile(
    r"本文[系为是]|(?:原载|载于|刊于|完稿|定稿|成稿|写于|记于|作于)|[根依]据[^。；\n]{0,40}整理|(?:数据|材料|情况)截[至止]"
)
"""How an author or editor tells of what a text came from."""
N_HEAD, N_TAIL = 10, 4
"""Lines at the head and at the end in which such notes stand."""
NOTES = 1_500
"""Characters at either end in which they are looked for."""
_MASTHEAD = re.compile(
    r"第\s?[\d一二三四五六七八九十]{1,4}\s?[期卷辑]|总第|Vol\s?\.|^[^\d]{2,16}[〔\[（(]?(?:19|20)\d\d[〕\])）]?\s?\d{1,4}\s?号"
)
"""What the head of a serial or the number of a paper has."""
_NUMBERED = re.compile(rf"[\s　]*[\u4e00-\u9fff]{{2,10}}[〔\[（(]{YEAR}[〕\])）]\s?第?\d{{1,4}}\s?号")
"""The number of a paper: 云组研〔2008〕11号."""
_RUNNING = re.compile(
    rf"\s*(?:\d{{1,4}}\s+)?[\u4e00-\u9fff]{{2,12}}\s+{YEAR}\s?[·．.]\s?\d{{1,2}}(?:\s+\d{{1,4}})?\s*$"
)
"""The running head of a journal: 支部先锋 2012·7."""
_JOURNAL = re.compile(
    rf"(?:文章编号\s?[:：][^（(]{{2,14}}[（(]|(?:出版|收稿)日期\s?[:：]\s?|(?=\d{{4}}\s?[,，]\s?Vol)){YEAR}"
)
"""What the head of a paper in a journal tells: 文章编号：1009-0312（2015）03-0057-03; 2020, Vol. 42."""
_IMPRINT = re.compile(r"(?:编|编印|编辑部|汇编组)[\s　]+[（(]?[\d一二]")
"""Who put a volume together, before the day on which it was."""
MAX_MASTHEAD = 80
"""Characters of a line that holds the head of a serial or the number of a paper."""
MAX_NUMBER = 40
"""Characters of a line that numbers an issue."""


def written(front: FrontMatter) -> Clue | None:
    r"""The year (and the date in its quote) that a byline, subtitle or signature carries; None if none does.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> written(front_matter("柳溪县社区党建调研报告\n（2019年5月）\n全县有社区九个，党员两千名。")).value
    2019
    """
    places = (("byline", front.byline), ("byline", (front.subtitle,)), ("byline", front.lead))
    for basis, lines in (*places, ("signature", tuple(reversed(front.closing)))):
        for line in lines:
            found = RE_DATE.search(line)
            if found and (not found["month2"] or "." in found[0]) and _is_dating(line, found):
                return Clue("year", year_of(found), basis, line.strip(), 0.95)
    last = front.text[-200:].rpartition("\n")[2]
    if ended := _ENDING.search(last):
        return Clue("year", year_of(ended), "signature", ended["date"], 0.9)
    return None


def noted(front: FrontMatter) -> Clue | None:
    r"""The year of the issue that a report was printed in, of the meeting that it records, or of a note on where it came from.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> texts = ("井下三班倒\n支部会难开。\n（原载《矿区党建》2013年第9期）", "支部会记录\n时间：2022年8月26日晚\n人到齐了。")
    >>> [noted(front_matter(text)).value for text in texts]
    [2013, 2022]
    """
    lines = [line for line in front.text[:NOTES].split("\n") if line.strip()][:N_HEAD]
    last = [line for line in front.text[-NOTES:].split("\n") if line.strip()][-N_TAIL:]
    for line in dict.fromkeys([*lines, *last]):
        if _is_reference(line):
            continue
        if found := len(line) <= MAX_NUMBER and _ISSUE.search(line):
            return Clue("year", year_of(found), "issue", line.strip(), 0.85)
        if _LABELLED.match(line) and (found := RE_DATE.search(line[:MAX_NUMBER])):
            return Clue("year", year_of(found), "field", line.strip()[:80], 0.85)
        for note in re.findall(r"[^。；\n]+", line):
            years = [year_of(found) for found in RE_DATE.finditer(note)] if _NOTE.search(note) else []
            if years:
                return Clue("year", max(years), "note", note.strip()[:80], 0.8)
    return None


def issued(front: FrontMatter) -> Clue | None:
    r"""The year of the issue or of the paper's number that stands in a head which cleaning dropped; None if none does.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> issued(front_matter("城市社区党建研究\n社区是末梢。", dropped=["临江学刊　2011年第4期"])).value
    2011
    """
    for line in front.dropped:
        is_head = len(line) <= MAX_MASTHEAD and _MASTHEAD.search(line)
        found = (
            _NUMBERED.match(line)
            or _RUNNING.match(line)
            or _JOURNAL.search(line)
            or (is_head and (_ISSUE.search(line) or RE_DATE.search(line)))
        )
        if found and not _is_reference(line):
            return Clue("year", year_of(found), "issue", line.strip()[:80], 0.8)
    return None


def date_clue(front: FrontMatter, year: Clue | None) -> Clue | None:
    """The full date that the year rests on; None if the day is not known."""
    if year is None or year.basis not in {"byline", "signature", "page date"}:
        return None
    for found in RE_DATE.finditer(str(year.quote)):
        if iso := _iso(found):
            return Clue("date", iso, year.basis, year.quote, year.confidence)
    return None


def year_of(found: re.Match[str]) -> int:
    """The year of a date as a number.

    Examples
    --------
    >>> year_of(RE_DATE.search("二○一九年五月"))
    2019
    """
    return int("".join(found["year"].split()).translate(DIGITS))


def _iso(found: re.Match[str]) -> str | None:
    """A date in ISO 8601; None if its day is not known or there is no such day."""
    month, day = found["month"] or found["month2"], found["day"] or found["day2"]
    if not month or not day:
        return None
    try:
        return date(year_of(found), value_of(month), value_of(day)).isoformat()
    except ValueError:
        return None


def _is_reference(line: str) -> bool:
    """Whether a line cites another text or explains one."""
    return bool(_REFERENCE.search(line) or _CITING.match(line)) or line.lstrip().startswith(_NOTED)


def _is_dating(line: str, found: re.Match[str]) -> bool:
    """Whether a short line is there for its date: little else in it, or a time and place of delivery."""
    if _is_reference(line) or RE_ENUMERATED.match(line) or _IMPRINT.search(line):
        return False
    rest = len(line.strip()) - len(found[0])
    has_month = bool(found["month"] or found["month2"])
    return rest <= 30 if has_month else bool(_ALONE.fullmatch(line.replace(found[0], "", 1)))
