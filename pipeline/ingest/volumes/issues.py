"""Issues of a bulletin bound into one file: each begins with the bulletin's name and its number."""

import re
from itertools import pairwise

from pipeline.ingest.articles import Article
from pipeline.ingest.lines.forms import Lines, inked_lines
from pipeline.ingest.volumes.stretches import MAX_ABOVE, cuts_at, head_starts, holds_report

MAX_NAME = 24
"""Longest name of a bulletin, in characters."""
N_SAME = 4
"""First characters of a bulletin's name that all its issues show."""
_ISSUE = re.compile(
    r"(?P<name>[\u4e00-\u9fff《》]{2,20})?[（(【]?(?:(?:19|20)\d\d年)?总?第(?P<number>\d{1,4})期(?:[（(]总第?\d{1,4}期[)）])?[)）】]?"
)
"""The number of an issue, with the bulletin's name before it or above; blanks left out."""
_NAME = re.compile(r"[\u4e00-\u9fff《》“”·]{3,}")


def issues(text: str) -> list[Article]:
    r"""The issues of a text that holds several of a bulletin, in the order of their numbers; empty for other texts.

    Examples
    --------
    >>> body = "\n" + "全镇有支部九个，党员三百名，活动排不开。" * 20 + "\n"
    >>> bound = "石 桥 党 建 简 报\n第 12 期\n甲镇调研报告" + body + "石 桥 党 建 简 报\n第 13 期\n乙镇调研报告" + body
    >>> [(part.start, part.end) for part in issues(bound)], issues(bound.replace("13", "12"))
    ([(0, 427), (427, 854)], [])
    """
    lines = inked_lines(text) if "期" in text else []
    numbers: dict[int, int] = {}
    for i, (_, line) in enumerate(lines):
        if "期" in line and (found := _number(line)) and (place := _name_place(lines, i, found)) >= 0:
            numbers.setdefault(place, int(found["number"]))
    names = {"".join(lines[place][1].split())[:N_SAME] for place in numbers}
    if len(numbers) < 2 or len(names) > 1 or any(b <= a for a, b in pairwise(numbers.values())):
        return []
    cuts = cuts_at(text, lines, head_starts(lines, [*numbers]))
    are_reports = all(holds_report(text, start, end) for start, end in pairwise(cuts))
    return [Article(start, end, ()) for start, end in pairwise(cuts)] if are_reports else []


def _number(line: str) -> re.Match[str] | None:
    """The number of an issue that a line tells and nothing else."""
    joined = "".join(line.split()) if len(line) <= 4 * MAX_NAME else ""
    return _ISSUE.fullmatch(joined)


def _name_place(lines: Lines, i: int, found: re.Match[str]) -> int:
    """The line with the name of the bulletin whose number stands in line i; -1 if there is none."""
    if found["name"]:
        return i
    above = range(i - 1, max(i - 1 - MAX_ABOVE, -1), -1)
    joined = {j: "".join(lines[j][1].split()) for j in above}
    return next((j for j, name in joined.items() if len(name) <= MAX_NAME and _NAME.fullmatch(name)), -1)
