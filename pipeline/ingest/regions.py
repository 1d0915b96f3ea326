"""The province-level division that a report is about."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline import lexicon
from pipeline.ingest.front_matter import Clue, FrontMatter

_ELSEWHERE = re.compile(r"(?:赴|到|去|学习|借鉴|考察|参观|前往|来自|毕业于|籍贯|对口支援|援)[^，,。]{0,4}$")


def region_clue(front: FrontMatter) -> Clue | None:
    r"""The province-level division; None if no place is named, or places of several provinces are.

    A name in short (柳州, 浙江) counts in the title, byline and file name; further on only a name in full does.

    Examples
    --------
    >>> from pipeline.ingest.front_matter import front_matter
    >>> region_clue(front_matter("绍兴市社区党建调研报告\n全市有社区九十个。")).value
    '浙江省'
    """
    lines = (*front.byline, *front.closing, *front.lead)
    places = (
        ("title", f"{front.title}\n{front.subtitle}", True, 0.95),
        ("byline", "\n".join(lines), True, 0.9),
        ("opening", front.opening[:800], False, 0.7),
        ("page", "\n".join(line[:200] for line in front.dropped), False, 0.5),
        ("file name", front.source_id, True, 0.6),
    )
    for basis, text, in_short, confidence in places:
        named = dict(_named(text, in_short=in_short))
        if len(set(named.values())) == 1:
            name, province = next(iter(named.items()))
            return Clue("region", province, basis, name, confidence)
        if named and basis != "page":
            return None
    return None


def _named(text: str, *, in_short: bool) -> Iterator[tuple[str, str]]:
    """Places that a text names, with their province; those that were only visited are left out."""
    for found in _pattern(in_short).finditer(text):
        if not _ELSEWHERE.search(text[max(0, found.start() - 6) : found.start()]):
            yield found[0], _provinces(in_short)[found[0]]


@cache
def _provinces(in_short: bool) -> dict[str, str]:
    """Name of a place → province, with names in short where they are wanted."""
    rows = lexicon.rows("regions.csv")
    provinces = {row["name"]: row["province"] for row in rows}
    return provinces | {row["short"]: row["province"] for row in rows if in_short and row["short"]}


@cache
def _pattern(in_short: bool) -> re.Pattern[str]:
    """One pattern of all names, longest first."""
    by_first: dict[str, list[str]] = {}
    for name in sorted(_provinces(in_short), key=lambda name: (-len(name), name)):
        by_first.setdefault(name[0], []).append(re.escape(name[1:]))
    names = "|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items()))
    # 南京路街道 is no place in Jiangsu, and a newspaper is read everywhere.
    return re.compile(rf"(?:{names})(?![东西南北中]?[路街]|大道|日报|晚报)")
