"""When a report was written and the year that it speaks from."""

import re
from datetime import date
from functools import cache
from itertools import islice

from pipeline import lexicon
from pipeline.ingest.front_matter import Clue, FrontMatter

_YEAR = r"(?P<year>(?:[1１][9９]|[2２][0０])\d{2}|[一二][九〇零○ＯO0][〇零○ＯO0一二三四五六七八九]{2})"
_DAY_PART = r"(?:[\d]{1,2}|[一二三四五六七八九十]{1,3})"
RE_DATE = re.compile(
    rf"(?<![\d.]){_YEAR}\s?(?:年度?\s?(?:(?P<month>{_DAY_PART})\s?月(?:\s?(?P<day>{_DAY_PART})\s?[日号])?)?"
    rf"|[-./](?P<month2>\d{{1,2}})[-./](?P<day2>\d{{1,2}})(?!\d))"
)
"""A year, with month and day where they are given: 2019年5月, 二〇一九年五月六日, 2019-05-06."""
RE_FILE_YEAR = re.compile(r"(?<![0-9A-Za-z])((?:19|20)\d\d)(?:年|(?=[01]\d[0-3]\d(?!\d))|(?![0-9A-Za-z]))")
_CLAUSE = re.compile(r"[^。；;！!？?\n]+")
_SURVEY = re.compile(r"调研|走访|座谈|问卷|访谈|摸底|考察|调查|蹲点")
_OCCASION = re.compile(r"以来|以后|之后|印发|出台|颁布|发布|会议|成立")
_PLANNED = re.compile(
    r"(?:(?<!截)(?<!止)[到至]|力争|争取|确保|计划|预计|将[于在]|迎接|结合|面向|展望|拟)[^，,。；]{0,4}$"
)
_PLANNED_AFTER = re.compile(r"\s?(?:年\s?)?(?:底前|年底前|前|以前|换届|末前|规划|目标|之前)")
_PLAN_WORDS = re.compile(r"力争|争取|计划|将于|将在|预计|拟|打算|规划|目标|下一步|今后|未来|展望|到时")
_SINCE = re.compile(r"(?:以来|起|开始|至今|后|之后|成立|建成|创办|组建|始建|出生|颁布|印发|出台|下发)")
_AS_OF = re.compile(r"(?:截至|截止到?|至)\S{0,4}$")
MAX_YEARS = 2_000
"""Years of a text that are looked at; real reports name at most 300."""
_UNITS = "名|个|人|次|%|％|万|亿|家|项|份|场|期|篇|条|起|户|件|节|堂|元"
_COUNTED = re.compile(rf"[^，,。；]{{0,30}}?\d+(?:\.\d+)?\s*(?:余|多)?(?:{_UNITS})")
_QUOTED = re.compile(r"《[^《》\n]{0,80}》|[〔\[［【(（]\s*(?:19|20)\d\d\s*[〕\]］】)）]\s*第?\s*\d+\s*号")
_REFERENCE = re.compile(r"\[[JMDNCR](?:/OL)?\]|［[JMDNC]］|参考文献")
_DIGITS = str.maketrans("〇零○ＯO一二三四五六七八九０１２３４５６７８９", "00000123456789" + "0123456789")


def written(front: FrontMatter) -> Clue | None:
    r"""The year (and the date in its quote) that a byline, subtitle or signature carries; None if none does.

    Examples
    --------
    >>> from pipeline.ingest.front_matter import front_matter
    >>> written(front_matter("柳溪县社区党建调研报告\n（2019年5月）\n全县有社区九个，党员两千名。")).value
    2019
    """
    places = (("byline", front.byline), ("byline", (front.subtitle,)), ("byline", front.lead))
    for basis, lines in (*places, ("signature", tuple(reversed(front.closing)))):
        for line in lines:
            found = RE_DATE.search(line)
            if found and not found["month2"] and _is_dating(line, found):
                return Clue("year", _year(found), basis, line.strip(), 0.95)
    return None


def year_clue(front: FrontMatter) -> Clue | None:
    """The year that a report speaks from, by the best evidence there is; None if there is none.

    In this order: its written date, its title, when it was surveyed, the file's name, the page's date, the latest year
    that it reports on as finished work.
    """
    ways = (written, _titled_year, _surveyed, _filed, _paged, _reported)
    return next(filter(None, (way(front) for way in ways)), None)


def date_clue(front: FrontMatter, year: Clue | None) -> Clue | None:
    """The full date that the year rests on; None if the day is not known."""
    if year is None or year.basis not in {"byline", "signature", "page date"}:
        return None
    for found in RE_DATE.finditer(year.quote):
        if iso := _iso(found):
            return Clue("date", iso, year.basis, year.quote, year.confidence)
    return None


def _year(found: re.Match[str]) -> int:
    """The year of a date as a number."""
    return int(found["year"].translate(_DIGITS))


def _iso(found: re.Match[str]) -> str | None:
    """A date in ISO 8601; None if its day is not known or there is no such day."""
    month, day = found["month"] or found["month2"], found["day"] or found["day2"]
    if not month or not day:
        return None
    try:
        return date(_year(found), _number(month), _number(day)).isoformat()
    except ValueError:
        return None


def _number(numeral: str) -> int:
    """A day or month in digits or Chinese numerals: 十一 → 11.

    >>> _number("二十三"), _number("十"), _number("05")
    (23, 10, 5)
    """
    tens, ten, ones = numeral.translate(_DIGITS).partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(tens)


def _is_dating(line: str, found: re.Match[str]) -> bool:
    """Whether a short line is there for its date: little else in it, or a time and place of delivery."""
    if _REFERENCE.search(line) or line.lstrip().startswith(("注", "[", "［", "附", "①")):
        return False
    rest = len(line.strip()) - len(found[0])
    has_month = bool(found["month"] or found["month2"])
    return (rest <= 30 and has_month) or rest <= 4


def _titled_year(front: FrontMatter) -> Clue | None:
    """The last year that the title or subtitle names, unless it is one to come."""
    for line in (front.title, front.subtitle):
        years = [found for found in RE_DATE.finditer(line) if not _is_planned(line, found)]
        if years:
            return Clue("year", _year(years[-1]), "title", years[-1][0], 0.9)
    return None


def _is_planned(text: str, found: re.Match[str]) -> bool:
    """Whether a year is one that something is planned for."""
    before, after = text[max(0, found.start() - 8) : found.start()], text[found.end() : found.end() + 6]
    return bool(_PLANNED.search(before) or _PLANNED_AFTER.match(after) or after.startswith(("以来", "远景")))


def _surveyed(front: FrontMatter) -> Clue | None:
    """The year in the first sentence of the opening that says when the survey was made."""
    for clause in _CLAUSE.finditer(front.opening[:1_500]):
        text = _QUOTED.sub(_blank, clause[0])
        if not _SURVEY.search(text):
            continue
        for found in RE_DATE.finditer(text):
            is_event = _SINCE.match(text[found.end() :]) or _is_planned(text, found)
            reach = 80 if found["month"] else 25
            survey = _SURVEY.search(text[: found.end() + reach], found.end())
            if survey and not is_event and not _OCCASION.search(text[found.end() : survey.start()]):
                return Clue("year", _year(found), "survey period", clause[0].strip()[:80], 0.85)
    return None


def _blank(found: re.Match[str]) -> str:
    """As many blanks as a match has characters."""
    return " " * len(found[0])


def _filed(front: FrontMatter) -> Clue | None:
    """The year in the file's name, else in the nearest of its folders."""
    for name in reversed(front.source_id.split("/")):
        if found := RE_FILE_YEAR.search(name):
            return Clue("year", int(found[1]), "file name", name, 0.6)
    return None


def _paged(front: FrontMatter) -> Clue | None:
    """The date that the page around the report carries, in its wrapping or as a bare line under the title."""
    for line in (*front.byline, *front.dropped):
        found = RE_DATE.search(line[:200])
        if found and len(line) <= 120 and (found["day"] or found["day2"]):
            return Clue("year", _year(found), "page date", line.strip()[:80], 0.5)
    return None


def _reported(front: FrontMatter) -> Clue | None:
    """The latest year that the text reports figures of; None if the text uses words of a later time."""
    best: Clue | None = None
    for found in islice(RE_DATE.finditer(front.text), MAX_YEARS):
        if best is None or _year(found) > int(best.value):
            clause = _clause_around(front.text, found)
            if _is_reporting(front.text, found) and not _PLAN_WORDS.search(clause):
                best = Clue("year", _year(found), "reported work", clause[:80], 0.4)
    return best if best and _earliest_year(front.text) <= int(best.value) else None


def _is_reporting(text: str, found: re.Match[str]) -> bool:
    """Whether a year is followed by a figure of that year, or stands after 截至; not one that something began in."""
    before, after = text[max(0, found.start() - 10) : found.start()], text[found.end() : found.end() + 60]
    if _SINCE.match(after) or _is_planned(text, found) or _is_quoted(text, found):
        return False
    return bool(_AS_OF.search(before) or _COUNTED.match(after))


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
