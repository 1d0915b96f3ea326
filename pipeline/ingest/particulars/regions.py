"""The province-level division that a report is about."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline import lexicon
from pipeline.ingest.lines.forms import splits_word
from pipeline.ingest.particulars.front_matter import Clue, FrontMatter

N_OPENING = 800
"""Characters of the first paragraphs in which a report says where it is."""
_ELSEWHERE = re.compile(
    r"(?:学(?:习|(?![校院生员者科会]))|看|借鉴|考察|参观|毕业于|籍贯|对口支援|援|外省|像|如)[^，,。\n]{0,4}$"
)
_VISITED = re.compile(r"(?:赴|到|去|前往)[^，,。\n]{0,4}$")
_SURVEYED = re.compile(
    r"(?![^。；\n]{0,20}(?:学习|取经|参观|考察|交流|培训|务工|打工|就业))[^。；\n]{0,20}(?:境内|调研|调查|走访|蹲点)"
)
_COMES_FROM = re.compile(r"来自[^，,。\n]{0,4}$")
_ELSEWHERE_AFTER = re.compile(
    r"(?:[东西南北中]?[路街]|大道|日报|晚报|大学|学院|经验|做法|模式|考察|视察|会议|会晤|[^，。\n]{0,6}(?:座谈会|代表团)|讲话|精神|奥运|世博|等地|等省|等市)"
)
"""What follows a place's name where something else is named: 南京路, 浙江大学, 浙江经验, 新疆工作座谈会."""


def region_clue(front: FrontMatter) -> Clue | None:
    r"""The province-level division in short; None if no place is named, or places of several provinces are.

    A town's name in short (柳州) counts in the title, byline and file name; further on only a province's does. The
    clue's quote is the place that was named.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> region_clue(front_matter("绍兴市社区党建调研报告\n全市有社区九十个。")).value
    '浙江'
    """
    lines = (*front.byline, *front.closing, *front.lead)
    places = (
        ("title", f"{front.title}\n{front.subtitle}", "all", 0.95),
        ("byline", "\n".join(lines), "all", 0.9),
        ("opening", front.opening[:N_OPENING], "province", 0.7),
        ("page", "\n".join(line[:200] for line in front.dropped), "", 0.5),
        ("file name", front.source_id, "all", 0.6),
    )
    for basis, text, in_short, confidence in places:
        named = dict(_named(text, in_short=in_short, titled=basis == "title"))
        if len(set(named.values())) == 1:
            name, province = next(iter(named.items()))
            return Clue("region", province, basis, name, confidence)
        if named and basis != "page":
            return None
    return None


def _named(text: str, *, in_short: str, titled: bool) -> Iterator[tuple[str, str]]:
    """Places that a text names, with their province; those that were only visited are left out."""
    for found in _pattern(in_short).finditer(text):
        before, after = text[max(0, found.start() - 8) : found.start()], text[found.end() : found.end() + 12]
        if _is_elsewhere(before, text[found.end() : found.end() + 30], titled=titled):
            continue
        if len(found[0]) > 2 or not (splits_word(before, found[0] + after) or splits_word(before + found[0], after)):
            yield found[0], _provinces(in_short)[found[0]]


def _is_elsewhere(before: str, after: str, *, titled: bool) -> bool:
    """Whether a place between two texts is one that people only went to, came from or speak of."""
    if _ELSEWHERE.search(before) or _ELSEWHERE_AFTER.match(after):
        return True
    if not titled and _COMES_FROM.search(before):
        return True
    return _VISITED.search(before) is not None and not _SURVEYED.match(after)


@cache
def _provinces(in_short: str) -> dict[str, str]:
    """Name of a place → province; with names in short of ``all`` places, of each ``province``, or of none."""
    rows = lexicon.rows("regions.csv")
    short = [row for row in rows if row["short"] and (in_short == "all" or row["level"] == in_short)]
    return {row["name"]: row["province"] for row in rows} | {row["short"]: row["province"] for row in short}


@cache
def _pattern(in_short: str) -> re.Pattern[str]:
    """One pattern of all names, longest first."""
    by_first: dict[str, list[str]] = {}
    for name in sorted(_provinces(in_short), key=lambda name: (-len(name), name)):
        by_first.setdefault(name[0], []).append(re.escape(name[1:]))
    names = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))
    return re.compile(names)
