"""What each section of a document does: judged at once over the tree, by what its heading and its sentences say."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.grams import GramModel
from pipeline.sections.evidence import evidence_of
from pipeline.sections.kinship import Floats, Kinship, role_sums
from pipeline.sections.outline import Section
from pipeline.sections.reading import read_report
from pipeline.sections.report import Report, has_remedy, is_talk, is_topical, report_of
from pipeline.sections.rolemodel import ROLES, shipped
from pipeline.sections.titles import title_odds
from pipeline.sections.traits import traits_of
from pipeline.values import Role, RoleBasis

MIN_TOLD = 9
"""Glyphs of a heading and its text with fewer of which a top section says nothing."""
TALK = 2.0
"""What it adds to 问题, in log odds, that several people speak under a heading that names no role (nine such sections of the further
reports, all 问题)."""


REMEDIED = 4.0
"""What it adds to 问题, in log odds, that a block below a heading says what is done about it (54 such sections of annotated reports,
all 问题)."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A role, what it rests on (heading, position, content) and how sure it is."""

    role: Role
    basis: RoleBasis
    confidence: float


@dataclass(frozen=True, slots=True)
class RoleField:
    """What evidence and traits weigh for each role, and how roles stand beside and in each other.

    Attributes
    ----------
    evidence : ndarray, shape (n_kinds, n_roles)
    plain : ndarray, shape (n_traits, n_roles)
    kinship : Kinship
    """

    evidence: Floats
    plain: Floats
    kinship: Kinship

    def scores(self, evidence: Floats, plain: Floats) -> Floats:
        """Log factors of each section's roles, shape (n_sections, n_roles)."""
        scores: Floats = (evidence * self.evidence).sum(axis=1) + plain @ self.plain
        return scores


def field_of(arrays: Mapping[str, NDArray[Any]]) -> RoleField:
    """The field of some arrays, as ``section_roles.npz`` holds them."""
    held = {name: array.astype(np.float64) for name, array in arrays.items()}
    kinship = Kinship(held["first"], held["last"], held["after"], held["inside"])
    return RoleField(held["evidence"], held["plain"], kinship)


@cache
def shipped_field() -> RoleField:
    """The field that ships with the package."""
    return field_of(lexicon.arrays("section_roles.npz"))


def observed(report: Report, model: GramModel) -> tuple[Floats, Floats]:
    """The evidence and the traits of the sections of a report, as `RoleField.scores` takes them."""
    headings, own, whole = read_report(report, model)
    damping = np.array(report.damping())
    evidence, traits = evidence_of(report, headings, own, whole), traits_of(report, whole)
    return evidence * damping[:, None, None], traits * damping[:, None]


def judgements(
    text: str, sections: Sequence[Section], *, model: GramModel | None = None, field: RoleField | None = None
) -> list[Judgement | None]:
    """The likeliest role of each section, in order; None for the root and where there is nothing to judge by.

    Parameters
    ----------
    text : str
    sections : sequence of Section
        The root first.
    model, field : optional
        Of sentences, and of sections; the shipped ones by default.
    """
    report = report_of(text, sections)
    if len(sections) < 2:
        return [None for _ in sections]
    field = field or shipped_field()
    scores = field.scores(*observed(report, model or shipped()))
    talks = [at for at in range(1, len(sections)) if report.cues[at] is None and is_talk(report, at)]
    scores[talks, ROLES.index(Role.PROBLEM)] += TALK
    scores[[at for at in range(1, len(sections)) if has_remedy(report, at)], ROLES.index(Role.PROBLEM)] += REMEDIED
    chances = role_sums(scores, report.children, field.kinship).alone
    if Role.GOAL in title_odds(report.title()):  # what is laid before an assembly to adopt is a goal
        chances[:, ROLES.index(Role.GOAL)] += chances[:, ROLES.index(Role.MEASURE)]
        chances[:, ROLES.index(Role.MEASURE)] = 0.0
    best, sure = [ROLES[at] for at in chances.argmax(axis=1).tolist()], chances.max(axis=1).tolist()
    return [
        Judgement(best[at], _basis(report, at, best), sure[at])
        if section.parent is not None and _tells(report, at)
        else None
        for at, section in enumerate(sections)
    ]


def _tells(report: Report, at: int) -> bool:
    """Whether there is anything to judge by: a cue, a section around it, or a few words."""
    section = report.sections[at]
    return (
        bool(section.parent or report.cues[at]) or len(report.words[at]) + section.end - section.body_start >= MIN_TOLD
    )


def _basis(report: Report, at: int, roles: list[Role]) -> RoleBasis:
    """What the role of a section rests on: its heading's words, the section around it, else its sentences."""
    cues, parent = report.cues[at], report.sections[at].parent
    if cues is not None and is_topical(cues) and roles[at] in cues.roles:
        return RoleBasis.HEADING
    return RoleBasis.POSITION if parent and roles[parent] is roles[at] else RoleBasis.CONTENT
