"""The role of each section, and the table of sections."""

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np
import pandas as pd

from pipeline import lexicon, tables
from pipeline.grams import GramModel
from pipeline.sections.judgement import Judgement, RoleField, judgements
from pipeline.sections.outline import Section, bounded_outline
from pipeline.sections.rolemodel import role_model
from pipeline.settings import OutlineOptions
from pipeline.values import Reason, Status

POINT_BASIS = "条目"
"""The rows of ``role_calibration.csv`` about points."""


def assign_roles(
    text: str,
    sections: list[Section],
    *,
    options: OutlineOptions,
    model: GramModel | None = None,
    field: RoleField | None = None,
) -> list[Section]:
    r"""The sections of a text with what each does in the report.

    A role comes from the heading's own words, else from the section around it (basis ``position``), else from what the
    sentences under it are; a role that is less sure than `options.min_role_confidence` stays None.

    Parameters
    ----------
    text : str
        Text of the document.
    sections : list of Section
        As `parse_outline` gives them, the root first.
    options : OutlineOptions
    model, field : optional
        Of sentences, and of sections; by default those of the options, refined from the user's corpus or shipped.

    Returns
    -------
    list of Section
        The same sections, with role, basis and confidence in [0, 1].

    Examples
    --------
    >>> from pipeline.sections.outline import parse_outline
    >>> text = "临湖镇党建调研\n一、家底\n支部九个。\n二、短板\n（一）学得浅。只念文件。"
    >>> options = OutlineOptions()
    >>> found = assign_roles(text, parse_outline(text, options=options), options=options)
    >>> [(s.heading, str(s.role)) for s in found[1:]]
    [('一、家底', '现状'), ('二、短板', '问题'), ('（一）学得浅', '问题')]
    """
    judged = judgements(text, sections, model=model or role_model(options.learned), field=field)
    return [_with_role(section, judgement, options) for section, judgement in zip(sections, judged, strict=True)]


def _with_role(section: Section, judgement: Judgement | None, options: OutlineOptions) -> Section:
    """The section with its role, if that is sure enough."""
    if judgement is None:
        return section
    confidence = calibrated(judgement.confidence, judgement.basis)
    if confidence < options.min_role_confidence:
        return section
    return replace(section, role=judgement.role, role_basis=judgement.basis, confidence=round(confidence, 3))


def calibrated(score: float, basis: str) -> float:
    """How often roles of a basis (or points) are right that have a score, by straight lines between measured places.

    Examples
    --------
    >>> calibrated(0.0, "heading") < calibrated(0.8, "heading") < 1
    True
    """
    return float(np.interp(score, *_curve(basis)))


@cache
def _curve(basis: str) -> tuple[list[float], list[float]]:
    """The measured places of a basis: scores, and how often roles were right there."""
    rows = [row for row in lexicon.rows("role_calibration.csv") if row["basis"] == basis]
    return [float(row["score"]) for row in rows], [float(row["right"]) for row in rows]


def sections(documents: pd.DataFrame, *, options: OutlineOptions) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The sections of documents, and notices about documents that had too many candidates.

    Parameters
    ----------
    documents : pandas.DataFrame
        Table ``documents``.
    options : OutlineOptions

    Returns
    -------
    tuple of pandas.DataFrame
        Tables ``sections`` and ``notices``.
    """
    rows: list[dict[str, Any]] = []
    notices: list[dict[str, Any]] = []
    documents = tables.in_document_order(documents)
    columns = (documents[name].tolist() for name in ("doc_id", "source_id", "text"))
    for doc_id, source_id, text in zip(*columns, strict=True):
        found, is_bounded = bounded_outline(text, options=options)
        rows.extend(_rows(doc_id, assign_roles(text, found, options=options)))
        if is_bounded:
            notices.append(_notice(doc_id, source_id))
    return tables.frame("sections", rows), tables.frame("notices", notices)


def _rows(doc_id: str, found: list[Section]) -> Iterator[dict[str, Any]]:
    """Rows of the table for the sections of one document."""
    ids = [f"{doc_id}/s{section.start}" if section.parent is not None else f"{doc_id}/s" for section in found]
    for section_id, s in zip(ids, found, strict=True):
        yield {
            "section_id": section_id,
            "doc_id": doc_id,
            "parent_id": None if s.parent is None else ids[s.parent],
            "level": s.level,
            "marker": s.marker,
            "heading": s.heading,
            "role": None if s.role is None else s.role.value,
            "role_basis": None if s.role_basis is None else s.role_basis.value,
            "confidence": s.confidence,
            "start": s.start,
            "end": s.end,
            "body_start": s.body_start,
        }


def _notice(doc_id: str, source_id: str) -> dict[str, Any]:
    """The notice about a document in which only line starts were searched for headings."""
    detail = "编号过多，只在行首找标题；请核对原文 / too many numerals: only line starts were searched for headings"
    return {
        "source_id": source_id,
        "doc_id": doc_id,
        "stage": "sections",
        "status": Status.PARTIAL.value,
        "reason": Reason.OUTLINE_LIMIT.value,
        "detail": detail,
    }
