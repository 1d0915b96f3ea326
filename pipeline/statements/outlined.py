"""All points of a document, section by section: headings that claim, bodies that hold claims, claims in passing."""

import re
from collections.abc import Iterator
from dataclasses import replace

from pipeline.sections.labels import inline_labels
from pipeline.settings import PointOptions
from pipeline.statements.bodies import Region, body_points, nested, series_points
from pipeline.statements.causes import told_causes
from pipeline.statements.cued import cued_points
from pipeline.statements.drafts import Basis, Draft, from_heading, from_sentence
from pipeline.statements.enumerations import NUMBERED_WORDS, find_series
from pipeline.statements.headings import lead_instead, makes_claim
from pipeline.statements.headwords import is_label
from pipeline.statements.implicit import implicit_problems
from pipeline.statements.narrative import told_points
from pipeline.statements.outline import Outline
from pipeline.statements.scenes import is_scene, names_scene
from pipeline.statements.sentences import Span, skip_blank
from pipeline.statements.speakers import speaker_paragraphs, spoken_points
from pipeline.statements.surmised import surmised_points
from pipeline.statements.wishes import wished_points
from pipeline.values import SIDES, Role

ROWS = frozenset([*SIDES, Role.PRACTICE, Role.RESULT, Role.EXPERIENCE])
"""Roles that have points."""
SILENT = frozenset([Role.CLOSING, Role.ANNEX, Role.MEANING, Role.GOAL])
"""Roles in whose sections nothing is told in passing that would be a finding."""
ORDERED = frozenset([Role.ANNEX, Role.GOAL])
"""Those of them in which modal words order, and wish nothing."""
RE_ORDINAL = re.compile("[ 　]*(?:第一|首先|其一|一是|头一)")
RE_EVERY = re.compile("整改|措施")
"""Labels under which every sentence is a measure; under others (对策) what follows a leading sentence is detail."""
HEADING = 0.98
"""Confidence of a heading that claims, its role given (development split of the sample: 246 points, .98 right)."""
MAX_PREAMBLE = 1_200
"""A longer text before the first heading is no preamble; the longest of the annotated reports has 510 signs."""


def draft_points(outline: Outline, *, options: PointOptions) -> list[Draft]:
    """Drafts of all points and sub-points of a document, in any order."""
    drafts: list[Draft] = []
    claimed: dict[int, Role] = {}
    for index, section in enumerate(outline.sections):
        if spanning := _spanning(outline, index):
            claimed[index] = Role(str(section.role))
            drafts += spanning
            continue
        under = _claim_above(outline, index, claimed)
        role = section.role
        is_open = bool(index) and role in ROWS and not names_scene(outline, index)
        if is_open and role and (makes_claim(outline, index) or lead_instead(outline, index)):
            claimed[index] = role
            drafts += _heading_drafts(outline, index, role, sub=under == role)
        drafts += _body_drafts(outline, index, claimed.get(index) or (under if under == role else None), options)
    return drafts


def _spanning(outline: Outline, index: int) -> list[Draft]:
    """Items of a series at line starts (第一，… 第二，…) that have headings of their own below them ((1) … (2) …)."""
    section = outline.sections[index]
    if index == 0 or section.role not in SIDES or not outline.children[index]:
        return []
    if not RE_ORDINAL.match(outline.text, section.body_start, outline.body(index)[1]):
        return []
    region = Region(section.body_start, section.end, section.role)
    first = outline.sections[outline.children[index][0]].start
    for series in find_series(outline.text, region.start, region.end):
        at_lines = all(outline.text[item.start - 1] == "\n" for item in series.items)
        if at_lines and series.kind in NUMBERED_WORDS and series.items[0].start < first < series.items[-1].start:
            return series_points(outline.text, series, region)
    return []


def _claim_above(outline: Outline, index: int, claimed: dict[int, Role]) -> Role | None:
    """The role of the nearest section above whose heading is a point."""
    return next((claimed[above] for above in outline.above(index) if above in claimed), None)


def _heading_drafts(outline: Outline, index: int, role: Role, *, sub: bool) -> Iterator[Draft]:
    """The heading as a point, or as a sub-point of the point above it."""
    section = outline.sections[index]
    lead = lead_instead(outline, index)
    if lead and not sub:
        yield from from_sentence(outline.text, section.start, lead, Basis(role, HEADING, whole=True))
        return
    start = skip_blank(outline.text, section.start + len(section.marker or ""), section.end)
    words = (start, section.start + len(section.heading))
    yield from from_heading(outline.text, section.start, words, Basis(role, HEADING, sub=sub))


def _body_drafts(outline: Outline, index: int, claim: Role | None, options: PointOptions) -> list[Draft]:
    """Points in a section's own body; `claim` is the role of the point that the body belongs to, if any."""
    section = outline.sections[index]
    words = outline.words(index)
    is_lead = not RE_EVERY.search(words)
    region = Region(*outline.body(index), section.role, block=_is_block(outline, index), lead_only=is_lead)
    if region.start >= region.end or (_is_preamble(outline, index) and region.end - region.start < MAX_PREAMBLE):
        return []
    own, labelled = _split_by_labels(outline.text, region)
    found = [draft for part in own for draft in _own_drafts(outline, index, part, claim, options)]
    for part in labelled:
        if part.role == claim or (part.role == section.role and claim is None and _has_own_children(outline, index)):
            found += nested(outline.text, part)
        elif part.role in ROWS:
            found += body_points(outline.text, part, part.role) or body_points(
                outline.text, replace(part, block=True), part.role
            )
    return found


def _split_by_labels(text: str, region: Region) -> tuple[list[Region], list[Region]]:
    """What stands outside the parts with a label (整改措施：…), and these parts but records: one within a paragraph ends with
    it, others with the next label.
    """
    labels = list(inline_labels(text, region.start, region.end))
    if not any(label.role in SIDES and label.role != region.role for label in labels):
        return [region], []
    edges = [*(label.start for label in labels[1:]), region.end]
    parts, spans = [], []
    for label, edge in zip(labels, edges, strict=True):
        line = text.find("\n", label.start, edge) if label.is_within else -1
        end = edge if line < 0 else line
        spans.append((label.start, end))
        role = Role.MEASURE if region.role == Role.PROBLEM and "整改" in label.words else label.role
        is_block = role == Role.MEASURE and is_label(label.words)
        is_lead = not RE_EVERY.search(label.words)
        parts += [Region(label.body_start, end, role, block=is_block, lead_only=is_lead)] if role else []
    return [replace(region, start=start, end=end) for start, end in _between(spans, region)], parts


def _own_drafts(outline: Outline, index: int, region: Region, claim: Role | None, options: PointOptions) -> list[Draft]:
    """Points in a stretch of a section's own body."""
    section, text = outline.sections[index], outline.text
    speakers = speaker_paragraphs(text, region.start, region.end, answers=region.role in {Role.CAUSE, Role.MEASURE})
    if speakers and section.role is not None:
        return [draft for (_, end), at in speakers for draft in spoken_points(text, (at, end), region)]
    if section.role is None:
        apart = len(outline.sections) > 1 or not outline.is_on_party_work
        found = [draft for (_, end), at in speakers for draft in spoken_points(text, (at, end), region)]
        for start, end in _between([span for span, _ in speakers], region):
            part = replace(region, start=start, end=end)
            found += told_points(text, part, min_confidence=options.min_implicit_confidence, apart=apart)
        return found
    found = cued_points(text, region) if section.role not in SILENT else []
    found += wished_points(text, region) if section.role in SILENT - ORDERED else []
    if claim:
        found += nested(text, region)
    elif section.role in ROWS and not _has_own_children(outline, index):
        told = surmised_points if is_scene(outline, index) else body_points
        found += told(text, region, Role(section.role))
        found += told_causes(text, region) if section.role == Role.CAUSE else []
    if section.role not in SILENT and section.role not in {Role.PROBLEM, Role.CAUSE, claim and Role.MEASURE}:
        apart = not outline.is_on_party_work
        found += implicit_problems(text, region, min_confidence=options.min_implicit_confidence, apart=apart)
    return found


def _between(spans: list[Span], region: Region) -> Iterator[Span]:
    """The stretches of a region outside some spans, in order."""
    at = region.start
    for start, end in [*spans, (region.end, region.end)]:
        if at < start:
            yield at, start
        at = end


def _is_preamble(outline: Outline, index: int) -> bool:
    """Whether a section is the text before the first heading: it says how the study was done."""
    return index == 0 and len(outline.sections) > 1


def _has_own_children(outline: Outline, index: int) -> bool:
    """Whether sections of the same role stand under one; then its own body introduces them."""
    return any(outline.sections[child].role == outline.sections[index].role for child in outline.children[index])


def _is_block(outline: Outline, index: int) -> bool:
    """Whether a section is a block of measures under the problem that it answers."""
    section = outline.sections[index]
    parent = outline.sections[section.parent] if section.parent is not None else None
    return (
        section.role == Role.MEASURE
        and parent is not None
        and parent.role == Role.PROBLEM
        and (is_label(outline.words(index)) or outline.words(index) in outline.repeated)
    )
