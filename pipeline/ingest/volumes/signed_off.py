"""Documents put together in one file, each signed and dated at its end, with the title of the next right below."""

import re

from pipeline.ingest.articles import Article
from pipeline.ingest.lines.forms import RE_ADDRESS, RE_MARKER, Lines, inked_lines, is_closed
from pipeline.ingest.particulars.title_forms import (
    RE_DATE_ONLY,
    is_complete,
    is_field,
    is_organisation,
    is_title,
    is_whole,
)
from pipeline.ingest.volumes.restarts import is_signature
from pipeline.ingest.volumes.stretches import cuts_at, headed

_NOTE = re.compile(r"[（(【\[][^（）()\n]{4,40}[）)】\]]")
MAX_HEAD = 3
"""Lines below a title in which a day, an office, a name or an address stands."""


def signed_off(text: str) -> list[Article]:
    r"""The reports of a text each of which but the last ends with its office and its day, above the head of the next; else empty.

    Examples
    --------
    >>> body = "\n" + "全镇有支部九个，党员三百名，活动排不开。\n" * 20
    >>> report = "石桥镇党建工作自查报告" + body + "中共石桥镇委员会\n2020年11月20日\n"
    >>> speech = "在村党组织书记座谈会上的讲话\n（2021年3月12日）\n同志们：" + body
    >>> [(part.start, part.end) for part in signed_off(report + speech)], signed_off(report + "附件：九个支部的名单" + body)
    ([(0, 453), (453, 906)], [])
    """
    lines = inked_lines(text)
    starts = [0, *(i for i in range(3, len(lines) - 1) if _is_signed(lines, i) and _is_head(lines, i))]
    if len(starts) < 2:
        return []
    places = cuts_at(text, lines, starts)[:-1]
    return headed(text, [(place, place) for place in places])


def _is_signed(lines: Lines, i: int) -> bool:
    """Whether an office and a day stand right above a line, or above a collector's note in brackets on what follows."""
    end = i - 1 if _NOTE.fullmatch(lines[i - 1][1]) else i
    office, day = lines[end - 2][1], lines[end - 1][1]
    return RE_DATE_ONLY.fullmatch(day) is not None and (is_organisation(office) or is_signature(office))


def _is_head(lines: Lines, i: int) -> bool:
    """Whether a line is a title with the head of a document below it."""
    line, below = lines[i][1], [line for _, line in lines[i + 1 : i + 1 + MAX_HEAD]]
    if not is_title(line) or is_closed(line) or is_field(line) or is_organisation(line) or is_signature(line):
        return False
    if RE_MARKER.match(line) or line.startswith("附"):
        return False
    is_broken = not is_complete(line) and len(below) > 1 and is_complete(below[0]) and is_whole(line + below[0])
    first = below[1] if is_broken else below[0]
    is_opened = RE_DATE_ONLY.fullmatch(first) or is_organisation(first) or is_signature(first)
    return bool(is_opened) or (is_complete(line) and any(RE_ADDRESS.fullmatch(one) for one in below))
