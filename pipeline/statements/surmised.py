"""Problems among scenes and talk, in a section that no heading calls one: each sentence must tell a fault."""

from pipeline.statements.bodies import Region, body_points
from pipeline.statements.claims import standing_strength
from pipeline.statements.cues import is_announcement
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import top_series
from pipeline.statements.headlines import later_fault
from pipeline.statements.leanings import leaning
from pipeline.statements.prose import RE_DENIED, RE_SIDE_NOTE, SENTENCE
from pipeline.statements.sentences import paragraphs, parts, sentences
from pipeline.values import Role

LEANS, SURE = 0.6, 0.8
"""Chance of a fault from which a sentence with a word for one tells it, and one without (three dozen reports by other
hands)."""
CLEAR = 2
"""Strength of words that name a fault."""


def surmised_points(text: str, region: Region, role: Role) -> list[Draft]:
    """Points of a stretch whose role is only surmised: its series, else the clearest fault of each paragraph.

    Examples
    --------
    >>> text = "早上六点坐班车进山。支部三年没有开过一次会，党员不知道书记是谁。"
    >>> region = Region(0, len(text), Role.PROBLEM)
    >>> [text[d.head_start : d.head_end] for d in surmised_points(text, region, Role.PROBLEM)]
    ['支部三年没有开过一次会，党员不知道书记是谁']
    """
    if top_series(text, region.start, region.end):
        return body_points(text, region, role)
    found: list[Draft] = []
    for line in paragraphs(text, region.start, region.end):
        told = [
            (weight, span)
            for one in sentences(text, *line)
            for span in parts(text, *one)
            if (weight := _weight(text[span[0] : span[1]])) > 0
        ]
        if told:
            _, (start, end) = max(told, key=lambda pair: pair[0])
            found += from_sentence(text, start, later_fault(text, start, end) or (start, end), Basis(role, SENTENCE))
    return found


def _weight(words: str) -> float:
    """How clearly a sentence tells a fault; 0 for one that tells none."""
    if RE_DENIED.search(words) or RE_SIDE_NOTE.match(words) or is_announcement(words):
        return 0.0
    strength, chance = standing_strength(words), leaning(words).fault
    is_told = chance >= (LEANS if strength >= CLEAR else SURE)
    return chance + 0.1 * min(strength, CLEAR + 1) if is_told else 0.0
