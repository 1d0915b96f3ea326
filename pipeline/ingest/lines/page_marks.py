"""Numbers of pages that a site put into the sentences of a document it shows as one paragraph (``党委领导下1、的院长负责制``)."""

import re
from itertools import pairwise

from pipeline.ingest.edits import Fix

RE_MARK = re.compile(r"(?<=[^\d\s.。；：;:！？!?\-])(\d{1,3})、(?=\S)")
"""A number behind which no item begins: nothing ends before it."""
MIN_MARKS = 4
"""Pages at least."""
MIN_PAGE = 30
"""Characters between two of them, at least; numbers of units stand closer (1、2、3号支部)."""
MIN_WAYS = 0.6
"""Share of the marks that stand behind characters of their own; numbers of items stand behind one word (附件1、 附件2、)."""


def drop_page_marks(text: str) -> list[Fix]:
    r"""Nothing in place of numbers that count pages from 1 in the middle of sentences.

    Examples
    --------
    >>> page = "全镇有支部九个，党员三百名，活动排不开，" * 3
    >>> cuts = "组织党员学习"
    >>> text = "".join(f"{page}{cuts[:n]}{n}、{cuts[n:]}。" for n in range(1, 6))
    >>> [text[fix.start : fix.end] for fix in drop_page_marks(text)]
    ['1、', '2、', '3、', '4、', '5、']
    >>> drop_page_marks("".join(f"{page}附件{n}、名单。" for n in range(1, 6)))
    []
    """
    if not all(f"{n}、" in text for n in range(1, MIN_MARKS + 1)):
        return []
    marks: list[re.Match[str]] = []
    for found in RE_MARK.finditer(text):
        if int(found[1]) == len(marks) + 1:
            marks.append(found)
    is_close = any(after.start() - before.end() < MIN_PAGE for before, after in pairwise(marks))
    if len(marks) < MIN_MARKS or is_close:
        return []
    ways = {text[mark.start() - 1] for mark in marks}
    if len(ways) < MIN_WAYS * len(marks):
        return []
    return [Fix(mark.start(), mark.end(), "", "drop_page_number") for mark in marks]
