"""The year that a report speaks from, by the best evidence that its text has."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline import lexicon
from pipeline.ingest.lines.forms import value_of
from pipeline.ingest.particulars.dates import RE_DATE, RE_FILE_YEAR, issued, noted, written, year_of
from pipeline.ingest.particulars.front_matter import Clue, FrontMatter
from pipeline.ingest.particulars.mentions import (
    LINK,
    OCCASION,
    PLAN_WORDS,
    earliest_year,
    is_cited,
    is_landmark,
    is_planned,
    is_since,
    period_end,
)
from pipeline.ingest.particulars.page_dates import collected, paged, uploaded
from pipeline.ingest.particulars.told_years import latest_year, reported

_CLAUSE = re.compile(r"[^。；;！!？?\n]+")
_SURVEY = re.compile(
    r"调研|走访|座谈|问卷|访谈|摸底|考察|调查|蹲点|实地|驻村|跟班|追踪|[走跑][了遍完][\d一二三四五六七八九十百余多全所]{1,6}[^，。]{0,3}[村乡镇县区户家校站所寨]"
)
_ACCOUNT = re.compile(r"(?P<year>20[0-9]{2}|19[0-9]{2})\s?年度?[^，。：]{0,16}(?:述职|总结|对照检查|自查)")
"""A title of a report on a year's work."""
_BEGUN = re.compile(r"(?:[初中末底]|[上中下]旬)?起[，,]")
"""How a sentence goes on after the month in which a survey began."""
_TEAM = re.compile("(?:成立|组成|组建)[^，。]{0,12}(?:组|专班|工作队)")
"""What is done before a survey, and is no occasion that it follows."""
_SEASON = re.compile(r"[初末底春夏秋冬]|[上下]半年|第?[一二三四1-4]季度")
_PLAN = re.compile("规划|计划|方案|行动|纲要")
_PERIOD = re.compile(rf"(?P<first>(?:19|20)\d\d)\s?年?\s?{LINK}\s?(?:19|20)\d\d")
_WORKED = re.compile(r"[，,].{0,40}?(?:领导下|指导下|支持下|坚持|认真|完成|围绕|紧扣|深入|扎实|履行|履职)")
"""How a report of a year's work opens."""
_THIS_YEAR = re.compile(r"(?:今年|本年|当前|时值|正值|适逢|恰逢|欣逢)[^。！？\n]{0,40}")
_ANNIVERSARY = re.compile(
    r"(?P<what>[\u4e00-\u9fff]{2,12}?)(?:成立|胜利|发表|建校)?\s?(?P<n>\d{2,3}|[一二三四五六七八九]?十[一二三四五六七八九]?|百)\s?周?年"
)
_GLOSSED = re.compile(r"(?P<word>今年|本年度?|去年|上年)\s?[（(]\s?(?P<year>(?:19|20)\d\d)\s?年?度?\s?[）)]")
_IS_YEAR_OF = re.compile(r"(?P<year>(?:19|20)\d\d)年是[^。！？\n]{0,40}(?:之年|周年|关键一年)")
_AFTER = {"去年": 1, "上年": 1}
"""How many years after a year named so a text speaks."""


def year_clue(front: FrontMatter) -> Clue | None:
    r"""The year that a report speaks from; None if nothing tells.

    In this order: the year whose work it reports on by its title, its written date, what a note on it tells, the issue that it
    was printed in, its title, when it was surveyed, what it calls this year, the date that it opens with, the file's name, the
    page's date, the volume that it stands in, the latest year of which it tells, the day on which a reader put it up.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> year_clue(front_matter("社区党建调研报告\n2019年11月至次年1月，课题组走访了九个社区。")).value
    2020
    """
    ways = (
        _annual,
        written,
        noted,
        issued,
        _titled,
        _surveyed,
        _this_year,
        _opened,
        _filed,
        paged,
        collected,
        reported,
        uploaded,
    )
    return next(filter(None, (way(front) for way in ways)), None)


def _annual(front: FrontMatter) -> Clue | None:
    """The year whose work a report by its title or subtitle accounts for, though it be written in the next."""
    for line in (front.title, front.subtitle):
        if found := _ACCOUNT.search(line):
            return Clue("year", int(found["year"]), "title", found[0], 0.9)
    return None


def _titled(front: FrontMatter) -> Clue | None:
    """The last year that the title or subtitle names, unless it is one to come; of a plan's period, the first."""
    for line in (front.title, front.subtitle):
        if _PLAN.search(line) and (period := _PERIOD.search(line)):
            return Clue("year", int(period["first"]), "title", line[: period.end()], 0.8)
        years = [found for found in RE_DATE.finditer(line) if not is_planned(line, found)]
        if years:
            return Clue("year", year_of(years[-1]), "title", years[-1][0], 0.9)
        if year := next(_named_years(line), None):
            return Clue("year", year, "title", line, 0.75)
    return None


def _surveyed(front: FrontMatter) -> Clue | None:
    """The year in the first sentence of the opening that says when the survey was made; of a period, its end."""
    for clause in _CLAUSE.finditer(front.opening[:1_500]):
        text = clause[0]
        if not _SURVEY.search(text):
            continue
        for found in RE_DATE.finditer(text):
            is_begun = is_landmark(text, found) and not (found["month"] and _BEGUN.match(text, found.end()))
            is_event = is_begun or is_planned(text, found) or is_cited(text, found)
            reach = 80 if found["month"] or _SEASON.match(text, found.end()) else 25
            survey = _SURVEY.search(text[: found.end() + reach], found.end())
            between = _TEAM.sub("", text[found.end() : survey.start()].removesuffix("召开")) if survey else ""
            if survey and not (is_event or OCCASION.search(between) or "将" in between):
                return Clue("year", period_end(text, found), "survey period", clause[0].strip()[:80], 0.85)
    return None


def _this_year(front: FrontMatter) -> Clue | None:
    """The year that the text calls this year: 今年（2019年）, or by an anniversary, a plan or a congress."""
    if glossed := _GLOSSED.search(front.text):
        value = int(glossed["year"]) + _AFTER.get(glossed["word"], 0)
        return Clue("year", value, "this year", glossed[0], 0.8)
    if is_year := _IS_YEAR_OF.search(front.opening):
        return Clue("year", int(is_year["year"]), "this year", is_year[0], 0.7)
    for found in _THIS_YEAR.finditer(front.opening):
        if year := next(_named_years(found[0]), None):
            return Clue("year", year, "this year", found[0], 0.75)
    return None


def _named_years(text: str) -> Iterator[int]:
    """Years that a text names by an event: 建党九十周年, 十三五的收官之年, 党的十九大召开之年."""
    for row in lexicon.rows("year_names.csv"):
        if row["kind"] == "year" and row["term"] in text:
            yield int(row["year"])
    for found in _ANNIVERSARY.finditer(text):
        base = next((year for term, year in _founded() if found["what"].endswith(term)), None)
        if base:
            yield base + (100 if found["n"] == "百" else value_of(found["n"]))


@cache
def _founded() -> tuple[tuple[str, int], ...]:
    """What anniversaries are counted from."""
    return tuple((row["term"], int(row["year"])) for row in lexicon.rows("year_names.csv") if row["kind"] == "founded")


def _opened(front: FrontMatter) -> Clue | None:
    """The year that one of the first two paragraphs opens with: with a month, or if no later year is reported on."""
    for paragraph in front.opening.split("\n")[:2]:
        line = paragraph.lstrip("\u3000 ")
        found = RE_DATE.match(line)
        clause = line.partition("。")[0]
        if not found or PLAN_WORDS.search(clause) or is_since(line, found):
            continue
        if OCCASION.search(clause) and not found["day"]:
            continue
        year = period_end(line, found)
        is_worked = _WORKED.match(line, found.end()) and year >= max(latest_year(front.text), earliest_year(front.text))
        if found["month"] or is_worked:
            return Clue("year", year, "opening date", clause.strip()[:80], 0.6 if found["month"] else 0.5)
    return None


def _filed(front: FrontMatter) -> Clue | None:
    """The year in the file's name, else in the nearest of its folders."""
    for name in reversed(front.source_id.split("/")):
        if found := RE_FILE_YEAR.search(name):
            return Clue("year", int(found[1]), "file name", name, 0.6)
    return None
