"""The latest year of which a report tells: as finished work with figures, or as a time in which something happened."""

import re
from collections.abc import Iterable, Iterator
from itertools import islice

from pipeline.ingest.particulars.dates import RE_DATE, year_of
from pipeline.ingest.particulars.front_matter import Clue, FrontMatter
from pipeline.ingest.particulars.mentions import (
    MAX_YEARS,
    OCCASION,
    PLAN_WORDS,
    earliest_year,
    is_cited,
    is_landmark,
    is_planned,
    sentence_around,
)

_AS_OF = re.compile(
    r"(?:截至|截止到?|至)\S{0,4}$|近[一两二三四五六七八九十]年来?[（(](?:\d{4}年?(?:-+|—+|－|~|～|至|到))?$"
)
_DONE = re.compile(r"[，,][^。！？\n]{0,60}了")
"""How finished work goes on after the year at the head of a sentence."""
_AHEAD = re.compile(rf"{PLAN_WORDS.pattern}|(?<![主重需])要(?!求)|应当?(?![用对])|须|将(?!近)|确保|建议|年底前|内完成")
"""Words of a sentence that may speak of a year to come."""
_UNITS = "名|个|人|次|%|％|万|亿|家|项|份|场|期|篇|条|起|户|件|节|堂|元"
_COUNTED = re.compile(rf"[^，,。；]{{0,30}}?\d+(?:\.\d+)?\s*(?:余|多)?(?:{_UNITS})")


def reported(front: FrontMatter) -> Clue | None:
    r"""The latest year that a text reports figures of, or a later one of which it tells.

    Where there are figures of a year, whatever happened after it counts too, since the report is later still.

    Returns
    -------
    Clue or None
        None if no year is told, or the text uses words of a later time.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> reported(front_matter("某乡札记\n2018年有党员93名。2019年春节，支部开了一次会。")).value
    2019
    """
    text, mentioned = front.text, list(_mentioned(front.text))
    figures = [one for one in mentioned if _is_reporting(text, one[0]) and not PLAN_WORDS.search(one[1])]
    past = [one for one in mentioned if not _AHEAD.search(one[1]) and (figures or _is_told(text, *one))]
    best = _latest(figures, "reported work", 0.4)
    later = _latest(past, "told event", 0.35)
    if later and (best is None or int(later.value) > int(best.value)):
        best = later
    return best if best and earliest_year(text) <= int(best.value) else None


def _latest(mentioned: Iterable[tuple[re.Match[str], str]], basis: str, confidence: float) -> Clue | None:
    """The latest of some years, the first time that it is mentioned."""
    found = max(mentioned, key=lambda one: year_of(one[0]), default=None)
    return Clue("year", year_of(found[0]), basis, found[1][:80], confidence) if found else None


def latest_year(text: str) -> int:
    """The latest year that a text names, but for years to come; 0 if it names none."""
    years = islice(RE_DATE.finditer(text), MAX_YEARS)
    return max((year_of(found) for found in years if not is_planned(text, found)), default=0)


def _mentioned(text: str) -> Iterator[tuple[re.Match[str], str]]:
    """The years of a text that are neither planned nor cited, each with its sentence."""
    for found in islice(RE_DATE.finditer(text), MAX_YEARS):
        if not is_planned(text, found) and not is_cited(text, found):
            yield found, sentence_around(text, found)


def _is_reporting(text: str, found: re.Match[str]) -> bool:
    """Whether a year is followed by a figure of that year, or stands after 截至; not one that something began in."""
    before, after = text[max(0, found.start() - 14) : found.start()], text[found.end() : found.end() + 60]
    if is_landmark(text, found):
        return False
    is_done = before[-1:] in ("", "。", "\n") and _DONE.match(after) and not OCCASION.search(after.partition("。")[0])
    return bool(is_done or _AS_OF.search(before) or _COUNTED.match(after))


def _is_told(text: str, found: re.Match[str], sentence: str) -> bool:
    """Whether a text tells of a year by more than a founding, a meeting, a document or a comparison."""
    return not OCCASION.search(sentence) and not is_landmark(text, found)
