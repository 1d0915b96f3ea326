"""A document for reading: its text line by line, with headings, claims and edits marked, and the points beside it."""

import bisect
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup, escape

from pipeline.publish.words import rule_in_words, visible

Row = dict[str, Any]


@dataclass(frozen=True)
class Line:
    """One line of a text.

    Attributes
    ----------
    start : int
        Where it starts in documents.text, in code points.
    text : Markup
        Its text with what was found in it marked.
    role : str or None
        What the section does that it stands in.
    section : dict or None
        The section whose heading starts in it (the first, if there are several).
    points : list of dict
        The points and sub-points whose headlines start in it.
    """

    start: int
    text: Markup
    role: str | None
    section: Row | None
    points: list[Row]


@dataclass(frozen=True)
class _Mark:
    """A stretch of text and what is said of it: a class, and attributes as HTML."""

    start: int
    end: int
    kind: str
    more: str = ""


def lines(document: Row, sections: list[Row], statements: list[Row]) -> list[Line]:
    """The lines of a document, each with what starts in it.

    Parameters
    ----------
    document : dict
        A row of `documents`.
    sections, statements : list of dict
        Its rows of these tables.

    Returns
    -------
    list of Line
        Their starts and the lengths of their lines give back the text.
    """
    text = document["text"]
    starts = [0, *(at + 1 for at, char in enumerate(text) if char == "\n")]
    ends = [at - 1 for at in starts[1:]] + [len(text)]
    headed = [row for row in sections if row["level"]]
    points = _by_line(statements, starts, "headline_start")
    heads = _by_line(headed, starts, "start")
    marks = _by_place([*_headings(headed), *_claims(statements), *_edits(document["edits"])], starts, ends)
    order = sorted(sections, key=lambda row: (row["start"], row["level"]))
    bounds = [row["start"] for row in order]
    found = []
    for i, (start, end) in enumerate(zip(starts, ends, strict=True)):
        around = order[bisect.bisect_right(bounds, max(start, end - 1)) - 1] if order else None
        role = around["role"] if around else None
        section = heads[i][0] if heads[i] else None
        found.append(Line(start, marked(text, start, end, marks[i]), role, section, points[i]))
    return found


def marked(text: str, start: int, end: int, marks: list[_Mark]) -> Markup:
    """A stretch of text as HTML, cut where a mark begins or ends; a mark without length stands between characters."""
    cuts = sorted({start, end, *(at for mark in marks for at in (mark.start, mark.end) if start < at < end)})
    pieces: list[str] = []
    empty = defaultdict[int, list[_Mark]](list)
    for mark in marks:
        if mark.start == mark.end:
            empty[mark.start].append(mark)
    for left, right in zip(cuts, [*cuts[1:], end], strict=True):
        pieces += [f'<i class="e d"{mark.more}></i>' for mark in empty[left]]
        if left < right:
            here = [mark for mark in marks if mark.start <= left and right <= mark.end and mark.start < mark.end]
            pieces.append(_wrapped(str(escape(text[left:right])), here))
    return Markup("".join(pieces))  # every piece is escaped or ours


def _wrapped(piece: str, marks: list[_Mark]) -> str:
    """A piece of text inside an element that carries all that is said of it."""
    if not marks:
        return piece
    kinds = " ".join(dict.fromkeys(mark.kind for mark in marks))
    return f'<i class="{kinds}"{"".join(mark.more for mark in marks)}>{piece}</i>'


def _headings(sections: list[Row]) -> Iterator[_Mark]:
    """Where headings stand."""
    for row in sections:
        yield _Mark(row["start"], row["start"] + len(row["heading"]), "h")


def _claims(statements: list[Row]) -> Iterator[_Mark]:
    """Where headlines of points stand."""
    for row in statements:
        kind = f"c c-{row['role']}" + (" s" if row["parent_id"] else "")
        yield _Mark(row["headline_start"], row["headline_end"], kind)


def _edits(edits: list[Row]) -> Iterator[_Mark]:
    """Where cleaning changed something, with what it was, by which rule, and how sure."""
    for edit in edits:
        said = {"r": rule_in_words(edit["rule"]), "b": visible(edit["before"]), "a": visible(edit["after"])}
        if edit["confidence"] < 1:
            said["k"] = f"{edit['confidence']:.2f}"
        said["at"] = f"{edit['start']}:{edit['end']}"
        more = ' tabindex="-1"' + "".join(f' data-{key}="{escape(value)}"' for key, value in said.items())
        yield _Mark(edit["start"], edit["end"], "e", more)


def _by_line(rows: list[Row], starts: list[int], column: str) -> dict[int, list[Row]]:
    """Rows by the line in which they start."""
    found = defaultdict[int, list[Row]](list)
    for row in sorted(rows, key=lambda row: (row[column], row["end"])):
        found[bisect.bisect_right(starts, row[column]) - 1].append(row)
    return found


def _by_place(marks: list[_Mark], starts: list[int], ends: list[int]) -> dict[int, list[_Mark]]:
    """Marks by the lines that they touch; one without length belongs to one line."""
    found = defaultdict[int, list[_Mark]](list)
    for mark in marks:
        first = bisect.bisect_right(starts, mark.start) - 1
        last = bisect.bisect_right(starts, max(mark.start, mark.end - 1)) - 1
        for i in range(first, last + 1):
            if mark.start == mark.end or mark.start < ends[i]:
                found[i].append(mark)
    return found
