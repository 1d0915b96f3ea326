"""Titles that were broken over lines, joined again."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER
from pipeline.ingest.lines.layout import Line, joint, lines_of
from pipeline.ingest.particulars.title_forms import is_complete, spread_joined, words
from pipeline.ingest.particulars.titles import is_couplet, title_block

RE_BLANKS = re.compile(r"[ \u3000]+")
MAX_NARROW = 4
"""Longest line of a title in a narrow cell, in characters."""
MAX_READ = 4000
"""Characters of a text that a title is looked for in."""
_SUBTITLE = re.compile(
    r"^[ \t\u3000]*(?P<label>【?副(?:标题|题)】?(?:[（(][^）)\n]{1,8}[）)])?[ \u3000]*[：:][ \u3000]*)"
    r"(?P<dashes>[—–─-]{0,2}) ?(?=[^\n。]{4,60}$)",
    re.MULTILINE,
)
"""A field that names a subtitle."""


def join_title(text: str) -> list[Fix]:
    r"""A title in one line, where it was broken over several.

    Examples
    --------
    >>> len(join_title("机关\n党支\n部建\n设情\n况\n全县有机关党支部三十个。"))
    4
    """
    lines = lines_of(text[:MAX_READ])[:40]
    if len(lines) < 2:
        return []
    narrow = _narrow(lines)
    if narrow:
        return [joint(text, a, b, "join_title") for a, b in pairwise(lines[:narrow])]
    block = title_block([line.text for line in lines[:16]])
    if block is None:
        return []
    title, subtitle = lines[block.start : block.below], lines[block.below : block.end]
    if is_couplet([line.text for line in title]):
        return [Fix(title[0].end, title[1].start, " ", "join_title")]
    broken = (*pairwise(title), *pairwise(subtitle))
    return [*(joint(text, a, b, "join_title") for a, b in broken), *_spread(title)]


def show_subtitle(text: str) -> list[Fix]:
    r"""Dashes in place of the label of a field that names the subtitle.

    Examples
    --------
    >>> text = "标题：把灯点亮\n副标题：石桥镇党建调研报告\n作者：李明"
    >>> [(text[fix.start : fix.end], fix.after) for fix in show_subtitle(text)]
    [('副标题：', '——')]
    """
    found = _SUBTITLE.search(text, 0, MAX_READ)
    return [Fix(found.start("label"), found.end("dashes"), "——", "drop_wrapping_label")] if found else []


def _spread(title: Sequence[Line]) -> list[Fix]:
    """Nothing in place of the blanks between all characters of a title's line (调 研 报 告)."""
    lines = (line for line in title if spread_joined(line.text) != line.text)
    return [fix for line in lines for fix in blanks_dropped(line.start, line.text)]


def blanks_dropped(start: int, line: str) -> Iterator[Fix]:
    """Nothing in place of the blanks within a title's line that begins at a place of a text.

    Examples
    --------
    >>> [(fix.start, fix.end) for fix in blanks_dropped(10, " 报  告")]
    [(12, 14)]
    """
    first = start + len(line) - len(line.lstrip())
    for found in RE_BLANKS.finditer(line.strip()):
        yield Fix(first + found.start(), first + found.end(), "", "join_title")


def _narrow(lines: Sequence[Line]) -> int:
    """How many first lines are pieces of a title in a narrow cell; 0 if they are not."""
    n, whole, title = 0, 0, ""
    for line in lines:
        if not _is_piece(line.text):
            break
        n, title = n + 1, title + line.text
        whole = n if is_complete(title) else whole
    # What follows the longest whole title is an author's name.
    if not whole and any(line.text.isdigit() for line in lines[:n]):
        return 0
    return whole or n if n >= 3 and (whole >= 3 or 6 <= len(title) <= 60) else 0


def _is_piece(line: str) -> bool:
    """Whether a line is short enough for a narrow cell and no sentence, number or heading."""
    if len(line) > MAX_NARROW or line[-1] in "。：:；" or line in words("not_title"):
        return False
    return not RE_MARKER.match(line)
