"""Headings that are known by their names: 摘要, 结语, 参考文献, 附件."""

import re
from functools import cache

from pipeline.sections.candidates import Candidate, Lines
from pipeline.sections.cues import names

NAMED = 2.5
"""Log odds of a named heading, set by hand on the sample reports."""
MAX_NAME, MAX_ANNEX = 16, 40
"""Glyphs of a name with its brackets and blanks; of the line that names an annex (附件：活动日程安排表)."""
_LEFT_OUT = re.compile("[（(]略[）)]$")
_ANNEX_LIST = re.compile(r"[：:]\s*(?:1|１|一|《)")


def named_candidates(text: str, lines: Lines) -> list[Candidate]:
    """Candidates of named headings, in order."""
    starts, ends = lines.starts, lines.ends
    found = (_named(text, starts[at], ends[at]) for at in range(1, len(starts)))
    return [candidate for candidate in found if candidate]


def _named(text: str, start: int, end: int) -> Candidate | None:
    """A named heading that opens a line (摘要：…), alone or before a colon, its glyphs perhaps apart (摘　要)."""
    found = _name_pattern().match(text, start, min(end, start + MAX_NAME))
    if found is None or (found.lastgroup == "alone" and text[found.end() : end].strip("】]〕 \u3000")):
        return None
    return _candidate(text, (start, end), found.end(), "annex" if found.lastgroup == "annex" else "named")


@cache
def _name_pattern() -> re.Pattern[str]:
    """The names of headings, longest first, in brackets perhaps, with blanks between glyphs; the group is their use."""
    uses = (
        (use, "|".join(r"[ \u3000]*".join(map(re.escape, name)) for name in names(use)))
        for use in ("named", "annex", "alone")
    )
    return re.compile(r"[【\[〔 \u3000]*(?:" + "|".join(f"(?P<{use}>{terms})" for use, terms in uses) + ")")


def _candidate(text: str, line: tuple[int, int], end: int, use: str) -> Candidate | None:
    """The candidate of a named heading whose name ends at an offset; None if it goes on otherwise."""
    start, line_end = line
    while end < line_end and (text[end] in "】]〕" or (use == "annex" and text[end].isdigit())):
        end += 1
    rest = text[end : min(line_end, end + MAX_ANNEX)].lstrip()
    is_set_off = text[end - 1] in "】]〕" or (text[end : end + 1] in " \u3000" and use == "named")
    if rest and not is_set_off and (rest[0] not in "：:" or _ANNEX_LIST.match(rest)):
        return None
    heading_end, body = end, end if rest else line_end
    if use == "annex" and rest and line_end - start <= MAX_ANNEX:
        heading_end = body = line_end
    if use == "annex" and (line_end >= len(text.rstrip()) or _LEFT_OUT.search(text, start, line_end)):
        return None
    while body < len(text) and text[body] in " \t\u3000\n：:":
        body += 1
    return Candidate(start, heading_end, body, use, (), 0, NAMED, "line" if body > line_end else "colon", None)
