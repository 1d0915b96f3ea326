"""Sections that no heading calls faults, and whose headings tell none: days of a diary, scenes, names of ideas."""

from pipeline.statements.claims import problem_strength
from pipeline.statements.headwords import is_empty
from pipeline.statements.leanings import leaning
from pipeline.statements.outline import Outline
from pipeline.values import Role, RoleBasis

LOOKED_AT, UNLIKE = 200, 0.5
"""Signs of a body looked at, and the chance of a fault below which they tell none (36 reports by other hands: of 15
headings of faults none is below, of 19 others 13)."""


def is_surmised(outline: Outline, index: int) -> bool:
    """Whether a section has its role, or the one above it has that role, from what the text is like."""
    section = outline.sections[index]
    if section.role_basis == RoleBasis.POSITION and section.parent is not None:
        return outline.sections[section.parent].role == section.role and is_surmised(outline, section.parent)
    return section.role_basis == RoleBasis.CONTENT


def names_scene(outline: Outline, index: int) -> bool:
    """Whether neither a heading in a surmised section of faults nor what follows it tells one (凌晨四点的交接)."""
    section = outline.sections[index]
    if section.role not in {Role.PROBLEM, Role.CAUSE} or not is_surmised(outline, index):
        return False
    if problem_strength(outline.words(index)):
        return False
    body = outline.text[section.body_start : min(section.end, section.body_start + LOOKED_AT)]
    return bool(body.strip()) and leaning(body).fault < UNLIKE


def is_scene(outline: Outline, index: int) -> bool:
    """Whether a surmised section of problems is a day of a diary, a figure or a scene, not a claim or its name."""
    if outline.sections[index].role != Role.PROBLEM or not is_surmised(outline, index):
        return False
    return is_empty(outline.words(index)) or names_scene(outline, index)
