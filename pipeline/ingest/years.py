"""The year that a report speaks from, by the best evidence that its text has."""

import re
from collections.abc import Iterator
from functools import cache
from itertools import islice

from pipeline import lexicon
from pipeline.ingest.dates import RE_DATE, RE_FILE_YEAR, paged, written, year_of
from pipeline.ingest.front_matter import Clue, FrontMatter
from pipeline.ingest.lines import value_of

_CLAUSE = re.compile(r"[^。；;！!？?\n]+")
_SURVEY = re.compile(r"调研|走访|座谈|问卷|访谈|摸底|考察|调查|蹲点|实地|驻村|跟班|追踪")
_WORKED = re.compile(r"[，,].{0,40}?(?:领导下|指导下|支持下|坚持|认真|完成|围绕|紧扣|深入|扎实|履行|履职)")
"""How a report of a year's work opens."""
_OCCASION = re.compile(
    r"以来|以后|之后|印发|出台|颁布|发布|会议|成立|召开|提出|强调|指出|启动|闭幕|开幕|通过|合并|撤并|改制|划归|出生|参加工作|入党|退伍|毕业|当选|建成|创办|组建"
)
_PLANNED = re.compile(
    r"(?:(?<!截)(?<!止)[到至]|力争|争取|确保|计划|预计|将[于在]|迎接|结合|面向|展望|拟)[^，,。；]{0,4}$"
)
_PLANNED_AFTER = re.compile(r"\s?(?:年\s?)?(?:底前|年底前|前|以前|换届|末前|规划|目标|之前)")
_PLAN_WORDS = re.compile(r"力争|争取|计划|将于|将在|预计|拟|打算|规划|目标|下一步|今后|未来|展望|到时")
_SINCE = re.compile(r"(?:以来|起|开始|至今|后|之后|成立|建成|创办|组建|始建|出生|颁布|印发|出台|下发)")
_AS_OF = re.compile(
    r"(?:截至|截止到?|至)\S{0,4}$|近[一两二三四五六七八九十]年来?[（(](?:\d{4}年?(?:-+|—+|－|~|～|至|到))?$"
)
_DONE = re.compile(r"[，,][^。！？\n]{0,60}了")
"""How finished work goes on after the year at the head of a sentence."""
_COMPARED = re.compile(r"(?:比|较|与|同|相比于)$")
MAX_YEARS = 2_000
"""Years of a text that are looked at; real reports name at most 300."""
_UNITS = "名|个|人|次|%|％|万|亿|家|项|份|场|期|篇|条|起|户|件|节|堂|元"
_COUNTED = re.compile(rf"[^，,。；]{{0,30}}?\d+(?:\.\d+)?\s*(?:余|多)?(?:{_UNITS})")
_QUOTED = re.compile(r"《[^《》\n]{0,80}》|[〔\[［【(（]\s*(?:19|20)\d\d\s*[〕\]］】)）]\s*第?\s*\d+\s*号")
_RANGE = re.compile(r"\s?(?:—+|--?|－|–|~|～|至|到)\s?(?P<next>次年|翌年|第二年)?")
"""What links the two ends of a period."""
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

    In this order: its written date, its title, when it was surveyed, what it calls this year, the month that it opens
    with, the file's name, the page's date, the latest year that it reports on as finished work.

    Examples
    --------
    >>> from pipeline.ingest.front_matter import front_matter
    >>> year_clue(front_matter("社区党建调研报告\n2019年11月至次年1月，课题组走访了九个社区。")).value
    2020
    """
    ways = (written, _titled, _surveyed, _this_year, _opened, _filed, paged, _reported)
    return next(filter(None, (way(front) for way in ways)), None)


def _titled(front: FrontMatter) -> Clue | None:
    """The last year that the title or subtitle names, unless it is one to come."""
    for line in (front.title, front.subtitle):
        years = [found for found in RE_DATE.finditer(line) if not _is_planned(line, found)]
        if years:
            return Clue("year", year_of(years[-1]), "title", years[-1][0], 0.9)
    return None


def _is_planned(text: str, found: re.Match[str]) -> bool:
    """Whether a year is one that something is planned for."""
    before, after = text[max(0, found.start() - 8) : found.start()], text[found.end() : found.end() + 6]
    if after.startswith(("结束", "为止", "止")):
        return False
    return bool(_PLANNED.search(before) or _PLANNED_AFTER.match(after) or after.startswith(("以来", "远景")))


def _surveyed(front: FrontMatter) -> Clue | None:
    """The year in the first sentence of the opening that says when the survey was made; of a period, its end."""
    for clause in _CLAUSE.finditer(front.opening[:1_500]):
        text = _QUOTED.sub(_blank, clause[0])
        if not _SURVEY.search(text):
            continue
        for found in RE_DATE.finditer(text):
            is_event = _SINCE.match(text[found.end() :]) or _is_planned(text, found)
            reach = 80 if found["month"] else 25
            survey = _SURVEY.search(text[: found.end() + reach], found.end())
            if survey and not is_event and not _OCCASION.search(text[found.end() : survey.start()]):
                return Clue("year", _period_end(text, found), "survey period", clause[0].strip()[:80], 0.85)
    return None


def _period_end(text: str, found: re.Match[str]) -> int:
    """The year in which a period ends that begins with a date; the date's own year if it is no period."""
    if not (link := _RANGE.match(text, found.end())):
        return year_of(found)
    if link["next"]:
        return year_of(found) + 1
    end = RE_DATE.match(text, link.end())
    return max(year_of(end), year_of(found)) if end else year_of(found)


def _blank(found: re.Match[str]) -> str:
    """As many blanks as a match has characters."""
    return " " * len(found[0])


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
        if not found or _OCCASION.search(clause) or _PLAN_WORDS.search(clause) or _SINCE.match(line, found.end()):
            continue
        year = _period_end(line, found)
        is_worked = _WORKED.match(line, found.end()) and year >= max(
            _latest_year(front.text), _earliest_year(front.text)
        )
        if found["month"] or is_worked:
            return Clue("year", year, "opening date", clause.strip()[:80], 0.6 if found["month"] else 0.5)
    return None


def _latest_year(text: str) -> int:
    """The latest year that a text names, but for years to come; 0 if it names none."""
    years = (found for found in islice(RE_DATE.finditer(text), MAX_YEARS))
    return max((year_of(found) for found in years if not _is_planned(text, found)), default=0)


def _filed(front: FrontMatter) -> Clue | None:
    """The year in the file's name, else in the nearest of its folders."""
    for name in reversed(front.source_id.split("/")):
        if found := RE_FILE_YEAR.search(name):
            return Clue("year", int(found[1]), "file name", name, 0.6)
    return None


def _reported(front: FrontMatter) -> Clue | None:
    """The latest year that the text reports figures of; None if the text uses words of a later time."""
    best: Clue | None = None
    for found in islice(RE_DATE.finditer(front.text), MAX_YEARS):
        if best is None or year_of(found) > int(best.value):
            clause = _clause_around(front.text, found)
            if _is_reporting(front.text, found) and not _PLAN_WORDS.search(clause):
                best = Clue("year", year_of(found), "reported work", clause[:80], 0.4)
    return best if best and _earliest_year(front.text) <= int(best.value) else None


def _is_reporting(text: str, found: re.Match[str]) -> bool:
    """Whether a year is followed by a figure of that year, or stands after 截至; not one that something began in."""
    before, after = text[max(0, found.start() - 14) : found.start()], text[found.end() : found.end() + 60]
    if _SINCE.match(after) or _is_planned(text, found) or _is_quoted(text, found) or _COMPARED.search(before):
        return False
    is_done = before[-1:] in ("", "。", "\n") and _DONE.match(after) and not _OCCASION.search(after.partition("。")[0])
    return bool(is_done or _AS_OF.search(before) or _COUNTED.match(after))


def _is_quoted(text: str, found: re.Match[str]) -> bool:
    """Whether a year stands in the title or number of a document that the text cites."""
    around = text[max(0, found.start() - 80) : found.end() + 80]
    at = min(found.start(), 80)
    return any(quote.start() <= at < quote.end() for quote in _QUOTED.finditer(around))


def _clause_around(text: str, found: re.Match[str]) -> str:
    """The sentence around a match, up to 60 characters either side."""
    before = re.split(r"[。；;！？\n]", text[max(0, found.start() - 60) : found.start()])[-1]
    after = re.split(r"[。；;！？\n]", text[found.end() : found.end() + 60], maxsplit=1)[0]
    return f"{before}{found[0]}{after}".strip()


def _earliest_year(text: str) -> int:
    """The earliest year in which a text with such words can have been written."""
    return max((year for term, year in _eras() if term in text), default=0)


@cache
def _eras() -> tuple[tuple[str, int], ...]:
    """Rows (term, earliest year) of the lexicon."""
    return tuple((row["term"], int(row["year"])) for row in lexicon.rows("eras.csv"))
