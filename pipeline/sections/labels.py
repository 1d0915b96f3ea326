"""Labels that open a paragraph, or a sentence in it, and say what follows on the line: `怎么破：` `整改措施：`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.sections.cues import heading_cues, names
from pipeline.values import Role

MIN_COVERAGE, MIN_WEIGHT = 0.99, 2.0
"""Share of a label that must be cues or fillers, and their weight: a label says nothing else."""
_LABEL = re.compile(
    r"(?:^|(?<=[。！？；]))[ \t\u3000【\[〔（(●◆■·*—-]*(?P<words>[\u4e00-\u9fff]{2,10})[】\]〕）)]?[：:][ \t\u3000]*(?=[^\s：:])",
    re.MULTILINE,
)
_COLON = re.compile("[：:]")


@dataclass(frozen=True, slots=True)
class InlineLabel:
    """A label at the start of a paragraph, or of a sentence in it.

    Attributes
    ----------
    start, body_start : int
        Code points: the paragraph or sentence, and the text behind the label.
    words : str
    role : Role or None
        What the label says that follows; None for a record such as 责任人.
    is_within : bool
        Whether it stands within a paragraph; then what it says ends with the paragraph.
    """

    start: int
    body_start: int
    words: str
    role: Role | None
    is_within: bool = False


def inline_labels(text: str, start: int, end: int) -> Iterator[InlineLabel]:
    r"""Labels that open paragraphs or sentences of a stretch, in order.

    Examples
    --------
    >>> text = "村里会少。\n怎么破：一月一会。\n责任人：老周"
    >>> [(label.words, label.role and str(label.role)) for label in inline_labels(text, 0, len(text))]
    [('怎么破', '对策'), ('责任人', None)]
    """
    for line in _lines_with_colons(text, start, end):
        for found in _LABEL.finditer(text, *line):
            if label := _label(found, is_within=start < found.start() and text[found.start() - 1] != "\n"):
                yield label


def _lines_with_colons(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The lines of a stretch that may hold a label."""
    while colon := _COLON.search(text, start, end):
        stop = text.find("\n", colon.end(), end)
        stop = end if stop < 0 else stop
        yield max(text.rfind("\n", start, colon.start()) + 1, start), stop
        start = stop + 1


def _label(found: re.Match[str], *, is_within: bool) -> InlineLabel | None:
    """The label that opens a line or sentence; None if its words name no single role and are no record."""
    words = found["words"]
    if words in names("not_heading"):
        return InlineLabel(found.start(), found.end(), words, None, is_within)
    cues = heading_cues(words)
    if cues is None or cues.coverage < MIN_COVERAGE or cues.weight < MIN_WEIGHT or len(cues.roles) > 1:
        return None
    return InlineLabel(found.start(), found.end(), words, cues.roles[0], is_within)
