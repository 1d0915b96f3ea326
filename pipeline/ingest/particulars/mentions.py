"""How a text mentions a year: as one to come, in a citation, as part of a period, or as one whose events it tells."""

import re
from functools import cache

from pipeline import lexicon
from pipeline.ingest.particulars.dates import RE_DATE, year_of

MAX_YEARS = 2_000
"""Years of a text that are looked at; real reports name at most 300."""
MAX_REFERENCE = 200
"""Characters of a line of references; longer lines are prose."""
_PLANNED = re.compile(
    r"(?:(?<!截)(?<!止)[到至]|力争|争取|确保|计划|预计|将[于在]|迎接|结合|面向|展望|拟)[^，,。；]{0,4}$"
)
_PLANNED_AFTER = re.compile(r"\s?(?:年\s?)?(?:底前|年底前|前|以前|换届|末前|规划|目标|之前)")
_SINCE = re.compile(r"(?:以来|以后|起|开始|至今|后|之后|成立|建成|创办|组建|始建|出生|颁布|印发|出台|下发)")
_QUOTED = re.compile(
    r"《[^《》\n]{0,80}》|[〔\[［【(（]\s*(?:19|20)\d\d\s*[〕\]］】)）]\s*第?\s*\d+\s*号|[（(][^（()）\n]{0,12}(?:19|20)\d\d[）)]"
)
_REFERENCE = re.compile(
    r"[\[［][JMDNCR](?:/OL)?[\]］]|(?:19|20)\d\d\s?年?\s?(?:第\s?\d+\s?期|[（(]\s?\d+\s?[）)]|[:：]\s?\d|年?版)|^\s*(?:参考文献|注释?[:：]|[①-⑳]|[\[［]\d)"
)
OCCASION = re.compile(
    r"以来|以后|之后|印发|出台|颁布|发布|会议|成立|召开|提出|强调|指出|启动|闭幕|开幕|通过|合并|撤并|改制|划归|出生|参加工作|入党|退伍|毕业|当选|建成|创办|组建"
)
"""Words by which a sentence names an occasion of the year, not the time of the report."""
PLAN_WORDS = re.compile(r"力争|争取|计划|将于|将在|预计|拟|打算|规划|目标|下一步|今后|未来|展望|到时")
_COMPARED = re.compile(r"(?:比|较|与|同|相比于)$")
LINK = "(?:—+|--?|－|–|~|～|至|到)"
"""What links the two ends of a period."""
_RANGE = re.compile(rf"(?:[初末底]|[春夏秋冬]季?)?\s?{LINK}\s?(?P<next>次年|翌年|第二年)?")
_BEGUN = re.compile(rf"(?:19|20)\d\d\s?年?\s?(?:\d{{1,2}}月\s?)?{LINK}\s?$")
"""A year and what links it with the end of its period."""


def is_planned(text: str, found: re.Match[str]) -> bool:
    """Whether a year is one that something is planned for.

    Parameters
    ----------
    text : str
    found : re.Match
        A date in it, by `RE_DATE`.

    Examples
    --------
    >>> [is_planned(text, RE_DATE.search(text)) for text in ("力争到2025年全覆盖", "自2019年至2020年", "截至2019年底")]
    [True, False, False]
    """
    before, after = text[max(0, found.start() - 24) : found.start()], text[found.end() : found.end() + 6]
    if after.startswith(("结束", "为止", "止")) or _BEGUN.search(before):
        return False
    return bool(_PLANNED.search(before[-8:]) or _PLANNED_AFTER.match(after) or after.startswith(("以来", "远景")))


def is_cited(text: str, found: re.Match[str]) -> bool:
    """Whether a year stands in the title or number of a document, or in a reference.

    Examples
    --------
    >>> lines = ("《2014年工作要点》下发", "林某（2017）认为", "［1］林某．论基层［J］．党校论坛，2017（3）．", "2017年有党员九名")
    >>> [is_cited(line, next(RE_DATE.finditer(line), None) or re.search("2017", line)) for line in lines]
    [True, True, True, False]
    """
    first = text.rfind("\n", 0, found.start()) + 1
    last = text.find("\n", found.end())
    line = text[first : last if last >= 0 else len(text)]
    if len(line) <= MAX_REFERENCE and _REFERENCE.search(line):
        return True
    around = text[max(0, found.start() - 80) : found.end() + 80]
    at = min(found.start(), 80)
    return any(quote.start() <= at < quote.end() for quote in _QUOTED.finditer(around))


def is_since(text: str, found: re.Match[str]) -> bool:
    """Whether something began or happened in a year: 2019年以来, 2019年成立."""
    return bool(_SINCE.match(text, found.end()))


def is_landmark(text: str, found: re.Match[str]) -> bool:
    """Whether something began or happened in a year, or another is compared with it: 2019年以来, 比2019年增加."""
    is_compared = _COMPARED.search(text, max(0, found.start() - 4), found.start())
    return bool(is_compared) or is_since(text, found)


def period_end(text: str, found: re.Match[str]) -> int:
    """The year in which a period ends that begins with a date; the date's own year if it is no period.

    Examples
    --------
    >>> text = "2019年11月至次年1月"
    >>> period_end(text, RE_DATE.search(text))
    2020
    """
    if not (link := _RANGE.match(text, found.end())):
        return year_of(found)
    if link["next"]:
        return year_of(found) + 1
    end = RE_DATE.match(text, link.end())
    return max(year_of(end), year_of(found)) if end else year_of(found)


def sentence_around(text: str, found: re.Match[str]) -> str:
    """The sentence around a match, up to 60 characters either side."""
    before = re.split(r"[。；;！？\n]", text[max(0, found.start() - 60) : found.start()])[-1]
    after = re.split(r"[。；;！？\n]", text[found.end() : found.end() + 60], maxsplit=1)[0]
    return f"{before}{found[0]}{after}".strip()


def earliest_year(text: str) -> int:
    """The earliest year in which a text with such words can have been written."""
    return max((year for term, year in _eras() if term in text), default=0)


@cache
def _eras() -> tuple[tuple[str, int], ...]:
    """Rows (term, earliest year) of the lexicon."""
    return tuple((row["term"], int(row["year"])) for row in lexicon.rows("eras.csv"))
