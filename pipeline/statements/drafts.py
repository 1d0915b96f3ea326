"""A point before its span is known."""

import re
from dataclasses import dataclass

from pipeline.statements.headlines import claim, heading_claim, later_fault, whole
from pipeline.statements.sentences import Span
from pipeline.values import Role

RE_ADVICE = re.compile(
    r"(?:因此|为此|对此|所以|同时|此外)?[，,]?(?P<cue>(?:我们?|特|还|也|再)?建议)(?![和与、等书类案：:])[，,]?"
)
NEGATIVE = frozenset([Role.PROBLEM])


@dataclass(frozen=True, slots=True)
class Draft:
    """A claim found: where it starts (marker or cue), its headline, and why it is a point.

    Attributes
    ----------
    role : Role
    start, head_start, head_end : int
        Code points.
    explicit : bool
        In a section of its role, or opened by a cue of it.
    confidence : float
    cue : str or None
        The words that opened it.
    sub : bool
        A detail of the point around it.
    """

    role: Role
    start: int
    head_start: int
    head_end: int
    explicit: bool
    confidence: float
    cue: str | None = None
    sub: bool = False


@dataclass(frozen=True, slots=True)
class Basis:
    """Why a sentence is a point."""

    role: Role
    confidence: float
    explicit: bool = True
    cue: str | None = None
    sub: bool = False
    whole: bool = False
    """The headline is the whole sentence, as under a block label or in a run-in heading."""


def from_sentence(text: str, start: int, words: Span | None, basis: Basis) -> list[Draft]:
    """The draft of a sentence whose words stand at `words`, as a list; empty if nothing is left of it."""
    if words is None:
        return []
    advice = RE_ADVICE.match(text, *words) if basis.role == Role.MEASURE else None
    rest = (advice.end() if advice else words[0], words[1])
    a, b = whole(text, *rest) if basis.whole else claim(text, *rest, negative=basis.role in NEGATIVE)
    if basis.role == Role.PROBLEM and not basis.explicit and not basis.whole:
        a, b = later_fault(text, *rest) or (a, b)
    if a >= b:
        return []
    cue = basis.cue or (advice["cue"] if advice else None)
    return [Draft(basis.role, start, a, b, basis.explicit, basis.confidence, cue, basis.sub)]


def from_heading(text: str, start: int, words: Span, basis: Basis) -> list[Draft]:
    """The draft of a heading, as a list; empty if the heading has no words."""
    a, b = heading_claim(text, *words)
    if a >= b:
        return []
    return [Draft(basis.role, start, a, b, basis.explicit, basis.confidence, basis.cue, basis.sub)]
