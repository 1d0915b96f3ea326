"""Running heads that hold the title of the report: with the author, the issue or the page beside it."""

import re
from collections.abc import Iterator, Sequence

from pipeline.ingest.particulars.title_forms import MAX_BROKEN, is_title, is_whole, spread_joined

N_HEAD = 40
"""Lines among which the title stands, at most."""
MAX_MORE = 24
"""Characters beside the title in a running head, at most."""
_CLOSED = frozenset("。；！？，、")
"""How no running head ends."""
_BESIDE = re.compile(
    r"(?:第?\d{1,3}[期卷]|\d{1,4}|(?:[\u4e00-\u9fff]{1,4}[，,、]?){1,3}(?:，?等)?[：:]|\d{4}年(?:第\d{1,2}期)?|[·•|/—-])+"
)
"""What stands beside a title in a running head: issue, page, authors, year."""


def title_heads(lines: Sequence[str]) -> set[int]:
    """The lines below a report's title that hold all of it and an author, an issue or a page.

    Parameters
    ----------
    lines : sequence of str
        Those of a text that are not blank.

    Examples
    --------
    >>> page = ["城市社区大党委制的", "优化路径", "社区是末梢。", "第 3 期    方知渚：城市社区大党委制的优化路径   59"]
    >>> title_heads([*page, "附件：城市社区大党委制的优化路径"])
    {3}
    >>> title_heads([*page[:3], "城市路径：", "58"])
    set()
    """
    titles = dict(_titles(lines[:N_HEAD]))
    heads: set[int] = set()
    for title, end in titles.items():
        first, last, longest = title[0], title[-1], 2 * (len(title) + MAX_MORE)
        for i, line in enumerate(lines[end:], end):
            if len(line) <= longest and first in line and last in line and line[-1] not in _CLOSED:
                joined = "".join(line.split())
                beside = joined.replace(title, "", 1)
                is_told = title in joined and len(beside) <= MAX_MORE and not beside.startswith("附")
                if is_told and _BESIDE.fullmatch(beside):
                    heads.add(i)
    return heads


def _titles(lines: Sequence[str]) -> Iterator[tuple[str, int]]:
    """The whole titles among lines without blanks, and where each ends."""
    for i, line in enumerate(lines):
        if is_title(line.strip()):
            for n in range(1, MAX_BROKEN + 1):
                title = "".join(spread_joined(part.strip()) for part in lines[i : i + n])
                if is_whole(title):
                    yield "".join(title.split()), i + n
                    break
