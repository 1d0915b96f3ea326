"""Notes at the foot of pages of a converted PDF, between two halves of a sentence."""

import re
from collections.abc import Collection, Sequence

from pipeline.ingest.lines.forms import is_closed, is_heading

MAX_NOTES = 8
"""Lines of notes on a page, at most."""
MAX_NOTE = 120
"""Longest of them, in characters."""
MAX_HEADING = 20
"""Longest heading of items, in characters; a broken line of text may begin with a number and is longer."""
_NOTE = re.compile(r"\s*[①-⑳]\s*\S")
_LABEL = re.compile(r"\s*[〔\[［【]?(?:收稿日期|基金项目|作者简介|作者单位|通讯作者|项目来源)[〕\]］】]?\s*[:：]")
"""What stands at the foot of a journal article's first page."""
_RULE = re.compile(r"[\s—–―─_-]{4,}")


def page_notes(lines: Sequence[str], pages: Collection[int]) -> set[int]:
    """The lines of notes right above the end of a page, where they stand below a rule or inside a sentence.

    Parameters
    ----------
    lines : sequence of str
        Those of a text that are not blank.
    pages : collection of int
        Which of them are page numbers and running heads.

    Examples
    --------
    >>> sorted(page_notes(["党员占三成，", "① 数据来自问卷。", "- 1 -", "其余是群众。"], {2}))
    [1]
    >>> sorted(page_notes(["要做好三件事。", "① 建好支部。", "- 1 -", "② 管好党员。"], {2}))
    []
    >>> sorted(page_notes(["(3) 突出的困难", "① 人手紧。", "- 1 -", "② 材料难。"], {2}))
    []
    """
    notes: set[int] = set()
    for page in pages:
        if page - 1 in pages or not page:
            continue
        ruled = _below_rule(lines, page)
        notes.update(ruled or _inside_sentence(lines, page, pages))
    return notes


def _below_rule(lines: Sequence[str], page: int) -> set[int]:
    """A rule above the end of a page and what stands below it, if that begins as a note does."""
    above = range(page - 1, max(page - 2 - MAX_NOTES, 0), -1)
    rule = next((i for i in above if _RULE.fullmatch(lines[i])), page)
    is_note = rule + 1 < page and (_NOTE.match(lines[rule + 1]) or _LABEL.match(lines[rule + 1]))
    return set(range(rule, page)) if is_note else set()


def _inside_sentence(lines: Sequence[str], page: int, pages: Collection[int]) -> set[int]:
    """Notes above the end of a page, below a sentence that they cut."""
    above = range(page - 1, max(page - 1 - MAX_NOTES, 0), -1)
    place = next((i for i in above if i in pages or len(lines[i]) > MAX_NOTE), above.stop)
    first = next((i for i in range(place + 1, page) if _NOTE.match(lines[i])), None)
    if first is None or first - 1 in pages:
        return set()
    above_notes = lines[first - 1].strip()
    has_items = lines[first].strip().startswith("①") and is_heading(above_notes) and len(above_notes) <= MAX_HEADING
    return set() if is_closed(above_notes) or has_items else set(range(first, page))
