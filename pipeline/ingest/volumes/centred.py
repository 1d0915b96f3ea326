"""Reports of a typed file each of which begins with a title and names in the middle of the page, far from the margin."""

import re

from pipeline.ingest.articles import Article
from pipeline.ingest.lines.forms import RE_MARKER, is_closed
from pipeline.ingest.particulars.title_forms import RE_DATE_ONLY, RE_SUBTITLE, is_organisation, is_title
from pipeline.ingest.volumes.restarts import is_signature
from pipeline.ingest.volumes.stretches import Stretch, between, holds_report

MIN_INDENT = 10
"""Columns before a line in the middle of the page, at least; a paragraph begins behind four."""
_TABLE = re.compile(r"[表图]\s?[\d一二三四五六七八九十]")
"""The name of a table or a figure."""
MIN_TITLE = 6
"""Characters of a title, at least."""


def centred(text: str) -> list[Article]:
    r"""The reports of a text whose titles stand far from the margin above a subtitle or names; empty for other texts.

    Examples
    --------
    >>> body = "\n" + "　　全镇有支部九个，党员三百名，活动排不开。\n" * 20
    >>> typed = "　" * 8 + "把灯关早一点\n" + "　" * 9 + "石桥镇党委　李明" + body
    >>> [(part.start, part.end) for part in centred(typed * 2)], centred(typed.replace("　" * 8, "　　") * 2)
    ([(0, 493), (493, 986)], [])
    """
    heads: list[tuple[int, int]] = []
    block: list[tuple[int, str]] = []
    at = 0
    for line in text.split("\n"):
        if _indent(line) >= MIN_INDENT:
            block.append((at, line.strip()))
        elif line.strip():
            heads += _title_of(block)
            block = []
        at += len(line) + 1
    stops = [*(head for head, _ in heads[1:]), len(text)]
    stretches = [Stretch(head, start, stop) for (head, start), stop in zip(heads, stops, strict=True)] if heads else []
    return between(text, stretches) if all(holds_report(text, one.start, one.stop) for one in stretches) else []


def _indent(line: str) -> int:
    """How many columns of blanks a line begins with; an ideographic one takes two. -1 if there is nothing else on it."""
    blanks = line[: len(line) - len(line.lstrip())]
    return -1 if len(blanks) == len(line) else len(blanks) + blanks.count("\u3000") + 3 * blanks.count("\t")


def _title_of(block: list[tuple[int, str]]) -> list[tuple[int, int]]:
    """Where the title of a block of lines in the middle of a page stands, twice; empty if no names or subtitle stand below it."""
    for i, (start, line) in enumerate(block[:-1]):
        is_signed = is_organisation(line) or (is_signature(line) and len(line.split()) > 1)
        is_named = len(line) >= MIN_TITLE and is_title(line) and not is_closed(line)
        if not is_named or is_signed or RE_DATE_ONLY.fullmatch(line) or RE_MARKER.match(line) or _TABLE.match(line):
            continue
        below = [other for _, other in block[i + 1 :]]
        is_headed = RE_SUBTITLE.match(below[0]) or is_signature(below[-1]) or is_organisation(below[-1])
        return [(start, start)] if is_headed else []
    return []
