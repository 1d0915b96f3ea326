"""One report of a file as cleaning leaves it, and how the reports of a file tile its text."""

import re
from dataclasses import dataclass, replace

from pipeline.ingest.boilerplate import is_page_only
from pipeline.ingest.edits import Edit, Revision, restore
from pipeline.ingest.glosses import damaged_spans
from pipeline.ingest.glyphs.script import script_of
from pipeline.ingest.pages.wrapping import Dropped

RE_LETTER = re.compile(r"[^\W_]")
MAX_PAGE = 400
"""Longest page that is looked at for being no report at all, in characters."""


@dataclass(frozen=True, slots=True)
class Cleaned:
    """One report of a file.

    Attributes
    ----------
    text : str
        The cleaned text: NFC, one paragraph a line, no blank lines.
    source_start, source_end : int
        Where it stands in the decoded text, in code points.
    edits : list of Edit
        What was changed, in coordinates of `text`.
    script : str
        The script that it was found in.
    damage : float
        Share of its characters that could not be restored.
    dropped : tuple of Dropped
        Lines of wrapping that were dropped, the page's particulars among them.
    """

    text: str
    source_start: int
    source_end: int
    edits: list[Edit]
    script: str
    damage: float
    dropped: tuple[Dropped, ...]


def cleaned(revision: Revision, offset: int, dropped: tuple[Dropped, ...]) -> Cleaned:
    """A revised text as a report; without text if nothing but marks is left."""
    text, edits = revision.text, revision.edits()
    if not RE_LETTER.search(text) or (len(text) <= MAX_PAGE and is_page_only(text)):
        text, edits = "", [Edit(0, 0, revision.source, "", "drop_wrapping")]
    end = offset + len(revision.source)
    return Cleaned(text, offset, end, edits, _script(text, edits), _damage(text), dropped)


def _script(text: str, edits: list[Edit]) -> str:
    """The script that a text was found in: of the text as it is but for its conversion."""
    return script_of(restore(text, (edit for edit in edits if "to_simplified" in edit.rule)))


def _damage(text: str) -> float:
    """Share of a text's characters that could not be restored."""
    return sum(end - start for start, end in damaged_spans(text)) / len(text) if text else 0.0


def tiled(parts: list[Cleaned], text: str) -> list[Cleaned]:
    """Parts that have text; one without goes to the next one's beginning, else to the last one's end."""
    kept: list[Cleaned] = []
    start = 0
    for part in (part for part in parts if part.text):
        lost = [Edit(0, 0, text[start : part.source_start], "", "drop_wrapping")] if start < part.source_start else []
        kept.append(replace(part, source_start=start, edits=[*lost, *part.edits]))
        start = part.source_end
    if kept and start < len(text):
        last = kept.pop()
        n = len(last.text)
        edits = [*last.edits, Edit(n, n, text[start:], "", "drop_wrapping")]
        kept.append(replace(last, source_end=len(text), edits=edits))
    return kept
