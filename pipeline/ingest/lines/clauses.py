"""Paragraphs that were cut after every semicolon, joined again."""

import re
from collections.abc import Iterator, Sequence

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER, RE_SENTENCE
from pipeline.ingest.lines.layout import Line, joint, lines_of

MIN_CUT = 4
"""Lines that end with a semicolon from which, if there are none inside lines, all of them were cut."""


def join_clauses(text: str) -> list[Fix]:
    r"""Paragraphs in one line, where they were cut after every semicolon.

    A list whose items stand on lines of their own stays: it follows a colon, or the text has semicolons inside lines.

    Examples
    --------
    >>> len(join_clauses("一、问题\n支部少。有的没有阵地；\n有的没有经费；\n有的没有书记。要设法解决。"))
    2
    """
    if "；\n" not in text and ";\n" not in text and not re.search(r"[；;]\s", text):
        return []
    lines = lines_of(text)
    n_cut = sum(line.text[-1] in "；;" for line in lines)
    n_inner = text.count("；") + text.count(";") - n_cut
    if not n_cut or n_inner > 0.25 * n_cut:
        return []
    groups = list(_clause_groups(lines))
    cut = [pair for pair in groups if _is_cut_paragraph(lines, *pair)]
    if not n_inner and (cut or n_cut >= MIN_CUT):
        cut = [(a, b) for a, b in groups if cut or lines[a - 1].text[-1] not in "：:"] if len(groups) > 1 else cut
    return [joint(text, lines[i], lines[i + 1], "join_clauses") for a, b in cut for i in range(a, b)]


def _clause_groups(lines: Sequence[Line]) -> Iterator[tuple[int, int]]:
    """First and last line of every run of lines that a semicolon links."""
    first: int | None = None
    for i, line in enumerate(lines):
        goes_on = line.text[-1] in "；;" and i + 1 < len(lines) and not RE_MARKER.match(lines[i + 1].text)
        if goes_on and first is None:
            first = i
        elif not goes_on and first is not None:
            yield first, i
            first = None


def _is_cut_paragraph(lines: Sequence[Line], first: int, last: int) -> bool:
    """Whether lines between semicolons have sentences inside, as the clauses of a cut paragraph do and items do not."""
    return any(RE_SENTENCE.search(lines[i].text) for i in range(first, last + 1)) or bool(
        RE_MARKER.match(lines[first].text)
    )
