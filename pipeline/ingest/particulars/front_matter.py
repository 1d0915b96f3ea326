"""The parts of a report that its particulars are mined from: title, byline, opening, closing, dropped wrapping."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from pipeline.ingest.particulars.announced import announced_title
from pipeline.ingest.particulars.title_forms import RE_ENUMERATED, words
from pipeline.ingest.particulars.titles import TitleBlock, title_block

HEAD, TAIL = 3_000, 800
"""Characters looked at from the beginning and the end of a text; all evidence of 9 annotated reports is there."""
OPENING = 1_000
"""Characters that are looked at for what a report speaks of."""
MAX_BYLINE = 60
"""Longest line of a byline or signature, in characters."""


@dataclass(frozen=True, slots=True)
class Clue:
    """A value mined for a field of `documents`, what it rests on, the words that show it, and how sure it is."""

    field: str
    value: str | int
    basis: str
    quote: str
    confidence: float

    def row(self) -> dict[str, str | float]:
        """As an item of ``documents.findings``."""
        return {"field": self.field, "basis": self.basis, "quote": self.quote, "confidence": self.confidence}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """Where a report says what it is.

    Attributes
    ----------
    title : str
        The title, empty if there is none; `subtitle` likewise.
    title_basis : str
        ``title line``, ``page wrapping`` or empty.
    lead : tuple of str
        Lines above the title.
    byline : tuple of str
        Short lines between the title and the first paragraph.
    opening : str
        The first paragraphs.
    closing : tuple of str
        Short lines at the end (signature, date).
    dropped : tuple of str
        Lines that cleaning took for wrapping.
    source_id : str
        The file's path below the corpus root.
    text : str
        The whole text.
    """

    title: str
    subtitle: str
    title_basis: str
    lead: tuple[str, ...]
    byline: tuple[str, ...]
    opening: str
    closing: tuple[str, ...]
    dropped: tuple[str, ...]
    source_id: str
    text: str


def front_matter(text: str, *, dropped: Sequence[str] = (), source_id: str = "") -> FrontMatter:
    r"""The parts of a text that say what it is.

    Parameters
    ----------
    text : str
        A cleaned text, one paragraph a line.
    dropped : sequence of str
        Stretches that cleaning took away as wrapping.
    source_id : str
        The file's path below the corpus root.

    Returns
    -------
    FrontMatter

    Examples
    --------
    >>> front_matter("柳溪县社区党建调研报告\n（2019年5月）\n全县有社区九个，党员两千名。").byline
    ('（2019年5月）',)
    """
    lines = [line for line in text[:HEAD].split("\n") if line.strip()]
    wrapping = tuple(line for line in chain.from_iterable(part.split("\n") for part in dropped) if line.strip())
    block = title_block(lines[:16])
    announced = None if block else announced_title((*lines[:3], *wrapping), "".join(lines)[:OPENING])
    title, subtitle, basis = _titled(block, announced)
    start, end = (block.start, block.end) if block else (0, 0)
    n_byline = _n_byline(lines[end : end + 16])
    return FrontMatter(
        title=title,
        subtitle=subtitle,
        title_basis=basis,
        lead=tuple(lines[:start]),
        byline=tuple(lines[end : end + n_byline]),
        opening="\n".join(lines[end + n_byline :]),
        closing=_closing(text[-TAIL:] if len(text) > HEAD + TAIL else text[HEAD:] or text),
        dropped=wrapping[:200],
        source_id=source_id,
        text=text,
    )


def _titled(block: TitleBlock | None, announced: str | None) -> tuple[str, str, str]:
    """Title, subtitle and basis from a title block, else from what the wrapping announces."""
    if block:
        return block.title, block.subtitle, "title line"
    return (announced, "", "page wrapping") if announced else ("", "", "")


def _n_byline(lines: Sequence[str]) -> int:
    """How many lines after the title are short and no sentences, headings or addresses."""
    for i, line in enumerate(lines):
        is_prose = len(line) > MAX_BYLINE or line.rstrip().endswith(("。", "；", "："))
        if is_prose or RE_ENUMERATED.match(line) or line.startswith(words("address")):
            return i
    return len(lines) if len(lines) < 4 else 4


def _closing(tail: str) -> tuple[str, ...]:
    """The last lines that are short and no sentences."""
    lines = [line.strip() for line in tail.split("\n")[-10:]]
    return tuple(line for line in lines if 0 < len(line) <= MAX_BYLINE and line[-1] not in "。；，：.;,:")
