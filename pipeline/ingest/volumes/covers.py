"""What stands above reports of a volume or beside those of a table and tells when they are from."""

from collections.abc import Iterable

from pipeline.ingest.edits import Fix
from pipeline.ingest.pages.wrapping import Dropped
from pipeline.ingest.particulars.dates import RE_DATE

MAX_DATED = 80
"""Longest line that is looked at, in characters."""


def dated_lines(text: str, fixes: Iterable[Fix]) -> tuple[Dropped, ...]:
    r"""The lines with a date, of the stretches of a text that fixes drop.

    Examples
    --------
    >>> text = "石桥市成果汇编\n二〇〇七年十一月\n石桥镇党建调研报告"
    >>> [line.line for line in dated_lines(text, [Fix(0, 17, "", "drop_announcement")])]
    ['二〇〇七年十一月']
    """
    lines = (line.strip() for fix in fixes for line in text[fix.start : fix.end].split("\n"))
    return tuple(Dropped("announcement", "", line) for line in lines if len(line) <= MAX_DATED and RE_DATE.search(line))
