"""Paragraphs that a page's copy runs together in one line, each with the indent that it had."""

import re

from pipeline.ingest.edits import Fix

MIN_LINE = 100
"""Shortest line that is looked at, in characters; menus are shorter."""
MIN_GAPS = 2
"""Indents within a line, at least."""
RE_GAP = re.compile(r"(?<=\S)(?:\u3000{2,}|[\u00a0 ]{4,})(?=\S)")
"""An indent within a line."""
_ENDS = frozenset("。！？；：…”）.!?;:)")


def fix_paragraphs(text: str) -> list[Fix]:
    r"""A line end for each indent within a line, where most of them follow the end of a sentence.

    Examples
    --------
    >>> line = "石桥镇调研报告　　" + "全镇有支部九个。" * 12 + "　　一、问题　　党员少，流动快。　　阵地小。"
    >>> [(fix.start, fix.after) for fix in fix_paragraphs(line)]
    [(7, '\n'), (105, '\n'), (111, '\n'), (121, '\n')]
    >>> fix_paragraphs("首页　　要闻　　动态　　" * 9)
    []
    """
    if "\u3000\u3000" not in text and "    " not in text:
        return []
    fixes, at = [], 0
    for line in text.split("\n"):
        if len(line) >= MIN_LINE:
            gaps = [found.span() for found in RE_GAP.finditer(line)]
            n_ended = sum(line[start - 1] in _ENDS for start, _ in gaps)
            if len(gaps) >= MIN_GAPS and 2 * n_ended >= len(gaps):
                fixes += [Fix(at + start, at + end, "\n", "fix_paragraph") for start, end in gaps]
        at += len(line) + 1
    return fixes
