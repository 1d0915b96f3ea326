"""Short sentences that open paragraphs again and again, as labels in each item do (已答的。 没答好的。)."""

import re
from collections import Counter

from pipeline.sections.candidates import Candidate, Lines

MIN_TIMES, MIN_WORDS, MIN_BODY = 3, 2, 12
"""Times that a label comes up; labels that do; glyphs of the paragraph behind one."""
RECURRING, RECURRING_RANK = 2.0, 5
"""Log odds of such a label, set by hand on the sample reports, and its rank, that of a short line."""
_LEAD = re.compile(r"(?P<words>[\u4e00-\u9fff]{2,8})。(?=[^\s。])")


def recurring_candidates(text: str, lines: Lines) -> list[Candidate]:
    r"""Candidates of labels that open paragraphs under several items, in order.

    A label that comes up once counts where the paragraph before opens with one and it ends as they do.

    Examples
    --------
    >>> from pipeline.sections.candidates import lines_of
    >>> item = "答了的。会开了四次，人也到了不少，记得也全。\n没答的。议定的事没有人去办，年底也没人问。\n"
    >>> text = "问卷\n" + 3 * item
    >>> [text[c.start : c.heading_end] for c in recurring_candidates(text, lines_of(text))][:3]
    ['答了的', '没答的', '答了的']
    """
    leads = [_lead(text, start, end) for start, end in zip(lines.starts, lines.ends, strict=True)]
    counts = Counter(words for words in leads if words)
    often = {words for words, count in counts.items() if count >= MIN_TIMES}
    if len(often) < MIN_WORDS:
        return []
    endings = {words[-1] for words in often} if len({words[-1] for words in often}) == 1 else set()
    found: list[Candidate] = []
    for at, words in enumerate(leads):
        is_beside = at > 0 and words != "" and leads[at - 1] in often and words[-1] in endings
        if words in often or is_beside:
            start = lines.starts[at]
            end = start + len(words)
            found.append(Candidate(start, end, end + 1, "label", (), RECURRING_RANK, RECURRING, "run_in", None))
    return found


def _lead(text: str, start: int, end: int) -> str:
    """The short sentence that a paragraph opens with; empty if there is none."""
    found = _LEAD.match(text, start, end)
    return found["words"] if found and end - found.end() >= MIN_BODY else ""
