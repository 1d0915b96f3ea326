"""Labels that open a paragraph and say what it does, with text behind them on the line: `怎么破：` `整改措施：`."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.sections.cues import heading_cues, names
from pipeline.values import Role

MIN_COVERAGE, MIN_WEIGHT = 0.99, 2.0
"""Share of a label that must be cues or fillers, and their weight: a label says nothing else."""
_LABEL = re.compile(
    r"[ \t\u3000【\[〔（(●◆■·*—-]*(?P<words>[\u4e00-\u9fff]{2,10})[】\]〕）)]?[：:][ \t\u3000]*(?=[^\s：:])"
)


@dataclass(frozen=True, slots=True)
class InlineLabel:
    """A label at the start of a paragraph.

    Attributes
    ----------
    start, body_start : int
        Code points: the paragraph, and the text behind the label.
    words : str
    role : Role or None
        What the label says that follows; None for a record such as 责任人.
    """

    start: int
    body_start: int
    words: str
    role: Role | None


def inline_labels(text: str, start: int, end: int) -> Iterator[InlineLabel]:
    r"""Labels that open paragraphs of a stretch, in order.

    Examples
    --------
    >>> text = "村里会少。\n怎么破：一月一会。\n责任人：老周"
    >>> [(label.words, label.role and str(label.role)) for label in inline_labels(text, 0, len(text))]
    [('怎么破', '对策'), ('责任人', None)]
    """
    while start < end:
        found = _LABEL.match(text, start, end)
        if found and (label := _label(found)):
            yield label
        stop = text.find("\n", start, end)
        start = end if stop < 0 else stop + 1


def _label(found: re.Match[str]) -> InlineLabel | None:
    """The label at the start of a line; None if its words name no single role and are no record."""
    words = found["words"]
    if words in names("not_heading"):
        return InlineLabel(found.start(), found.end(), words, None)
    cues = heading_cues(words)
    if cues is None or cues.coverage < MIN_COVERAGE or cues.weight < MIN_WEIGHT or len(cues.roles) > 1:
        return None
    return InlineLabel(found.start(), found.end(), words, cues.roles[0])
