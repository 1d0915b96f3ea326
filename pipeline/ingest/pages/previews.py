"""Previews: the title of a report and its first words that a page shows on one line above the report."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate

from pipeline.ingest.lines.forms import is_closed

N_LINES, N_BELOW = 20, 40
"""Lines at the head of a page that may be previews, and lines below them in which the report begins."""
MIN_PREVIEW, MAX_BETWEEN = 40, 150
"""Characters of a preview at least, and at most between it and the report: what is further below may be another one, copied from it."""
_CUT = re.compile(r"(?:…|\.{3,}|[（(\[【]?(?:展开|查看|阅读|显示)).*$|[。.·]$")
"""How a preview ends where it is cut off."""


def previews(lines: Sequence[str]) -> set[int]:
    """Lines whose words follow again below them, over the end of a title's line.

    Parameters
    ----------
    lines : sequence of str
        The lines of a page that are not blank.

    Examples
    --------
    >>> begun = "随着城镇化步伐加快和用工制度改革的深入，外出党员日益增多，组织生活难开。"
    >>> previews(["资源描述：", "石桥镇党建调研报告" + begun[:33] + "…（展开）", "石桥镇", "党建调研报告", begun, "一、现状"])
    {1}
    >>> previews(["石桥镇党建调研报告", begun, "一、现状"])
    set()
    """
    bare = ["".join(line.split()) for line in lines[:N_BELOW]]
    text, found = "".join(bare), set[int]()
    ends = [*accumulate(map(len, bare))]
    for i, line in enumerate(bare[:N_LINES]):
        key = _CUT.sub("", line)
        place = text.find(key, ends[i], ends[i] + MAX_BETWEEN + len(key)) if len(key) >= MIN_PREVIEW else -1
        if place >= 0 and (n := bisect_right(ends, place)) and ends[n] < place + len(key) and not is_closed(bare[n]):
            found.add(i)
    return found
