"""Reports of a typed file each of which begins with a title and names in the middle of the page, far from the margin."""

import re
from collections.abc import Sequence
from itertools import groupby

from pipeline.ingest.articles import Article
from pipeline.ingest.lines.forms import RE_MARKER, is_closed
from pipeline.ingest.lines.layout import Line, lines_of
from pipeline.ingest.particulars.title_forms import RE_DATE_ONLY, RE_SUBTITLE, is_organisation, is_title
from pipeline.ingest.volumes.restarts import is_signature
from pipeline.ingest.volumes.stretches import headed

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
    blocks = [
        (is_far, list(block)) for is_far, block in groupby(lines_of(text), lambda line: line.indent >= MIN_INDENT)
    ]
    titles = [title for is_far, block in blocks[:-1] if is_far and (title := _title_of(block))]
    starts = [text.rfind("\n", 0, title.start) + 1 for title in titles]
    return headed(text, [(start, start) for start in starts])


def _title_of(block: Sequence[Line]) -> Line | None:
    """The title of a block of lines in the middle of a page; None if no names or subtitle stand below it."""
    lines = [line.text for line in block]
    for i, line in enumerate(lines[:-1]):
        is_signed = is_organisation(line) or (is_signature(line) and len(line.split()) > 1)
        is_named = len(line) >= MIN_TITLE and is_title(line) and not is_closed(line)
        if not is_named or is_signed or RE_DATE_ONLY.fullmatch(line) or RE_MARKER.match(line) or _TABLE.match(line):
            continue
        is_headed = RE_SUBTITLE.match(lines[i + 1]) or is_signature(lines[-1]) or is_organisation(lines[-1])
        return block[i] if is_headed else None
    return None
