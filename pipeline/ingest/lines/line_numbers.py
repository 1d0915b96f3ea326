"""Numbers before the lines of a draft that Word or an editor counted (``   7  前提下发挥作用？``)."""

import re
from itertools import pairwise
from re import Match

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import inked_lines

RE_NUMBERED = re.compile(r"^[ \t]*(\d{1,4})([ \t\u3000]{2,}|\t)(?=\S)(.*)$", re.M)
MIN_NUMBERED, MIN_SHARE = 10, 0.6
"""Lines with numbers at least, and their share of those that are not blank; a table or a list is part of a text."""
MIN_SENTENCES, MIN_CUT = 0.2, 0.5
"""Share of the lines that have the end of a sentence in them, which rows and titles have not, and of those that a sentence goes on
behind, which items have not."""
MAX_LEFT = 3
"""Numbers between two lines that may be left out: lines that are blank are counted too."""
_SIGNS = ("1  ", "1\t", "1 \t", "1 \u3000", "1\u3000")
"""One of these stands before the first line at least."""
_ENDS = "。！？；：…”）.!?;:"


def drop_line_numbers(text: str) -> list[Fix]:
    r"""Nothing in place of the numbers before lines, and of the blanks that all of them have behind them.

    Examples
    --------
    >>> words = "公司在境外有项目三十九个，分布在十七个国家，支部建在那里。组织生活怎样过，我们作了一次专题的调研和"
    >>> text = "\n".join(f"{n:4}  {words[n : n + 24]}" for n in range(1, 13))
    >>> fixes = drop_line_numbers(text)
    >>> len(fixes), text[fixes[8].start : fixes[8].end]
    (12, '   9  ')
    >>> drop_line_numbers("\n".join(f"{n}  支部每月开一次会。" for n in range(1, 13)))
    []
    """
    if not any(sign in text for sign in _SIGNS):
        return []
    found = list(RE_NUMBERED.finditer(text))
    n_lines = len(inked_lines(text))
    if len(found) < max(MIN_NUMBERED, MIN_SHARE * n_lines) or not _is_count(found):
        return []
    lines = [one[3].rstrip() for one in found]
    n_sentences, n_cut = sum("。" in line for line in lines), sum(line[-1] not in _ENDS for line in lines)
    if n_sentences < MIN_SENTENCES * len(lines) or n_cut < MIN_CUT * len(lines):
        return []
    shared = min(len(one[2]) for one in found)
    return [Fix(one.start(), one.end(1) + shared, "", "drop_line_number") for one in found]


def _is_count(found: list[Match[str]]) -> bool:
    """Whether the numbers go up by little from line to line, or start anew at 1 on a page."""
    numbers = [int(one[1]) for one in found]
    return all(0 < after - before <= MAX_LEFT or after == 1 for before, after in pairwise(numbers))
