"""Notes at the foot of pages of a converted PDF, between two halves of a sentence."""

import re
from collections.abc import Collection, Sequence

from pipeline.ingest.lines import is_closed

MAX_NOTES = 8
"""Lines of notes on a page, at most."""
MAX_NOTE = 120
"""Longest of them, in characters."""
_NOTE = re.compile(r"\s*[①-⑳]\s*\S")
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
    """
    notes: set[int] = set()
    for page in pages:
        if page - 1 in pages or not page:
            continue
        above = range(page - 1, max(page - 1 - MAX_NOTES, 0), -1)
        place = next(
            (i for i in above if i in pages or len(lines[i]) > MAX_NOTE or _RULE.fullmatch(lines[i])), above.stop
        )
        first = next((i for i in range(place + 1, page) if _NOTE.match(lines[i])), None)
        if first is None or first - 1 in pages:
            continue
        has_rule = _RULE.fullmatch(lines[first - 1]) is not None
        if has_rule or not is_closed(lines[first - 1].rstrip()):
            notes.update(range(first - has_rule, page))
    return notes
