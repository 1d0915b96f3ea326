"""Points: what a report says is wrong, why, and what to do, each with its span; and the table of statements."""

from collections.abc import Sequence
from dataclasses import dataclass

import pandas as pd

from pipeline import tables
from pipeline.sections.outline import Section
from pipeline.sections.rolemodel import role_model
from pipeline.sections.roles import POINT_BASIS, calibrated
from pipeline.settings import PointOptions
from pipeline.statements.judge import judged_drafts
from pipeline.statements.measures import UNSTATED, Particulars, particulars
from pipeline.statements.outline import Outline
from pipeline.statements.outlined import draft_points
from pipeline.statements.sheets import sheet_of
from pipeline.statements.spans import Placed, place
from pipeline.values import Role, RoleBasis


@dataclass(frozen=True, slots=True)
class Point:
    """A point, or a sub-point if `parent` is set; offsets are code points of the text.

    Attributes
    ----------
    role : Role
    headline : str
        The claim, verbatim.
    start, end, headline_start, headline_end : int
    explicit : bool
        In a section of its role, or opened by a cue of it.
    confidence : float
    section : int
        Index of the deepest section that holds the headline.
    parent : int or None
        Index of the point that a sub-point belongs to.
    cue : str or None
        The words that opened it.
    particulars : Particulars
        Actor, modality, kind and deadline of a 对策; all None for other roles.
    """

    role: Role
    headline: str
    start: int
    end: int
    headline_start: int
    headline_end: int
    explicit: bool
    confidence: float
    section: int
    parent: int | None = None
    cue: str | None = None
    particulars: Particulars = UNSTATED


def extract_points(
    text: str, sections: Sequence[Section], *, options: PointOptions, genre: str | None = None
) -> list[Point]:
    r"""Points and sub-points of a text, in document order.

    Parameters
    ----------
    text : str
    sections : sequence of Section
        The section tree in document order, the root first, with roles.
    options : PointOptions
    genre : str, optional
        文种 of the document; tells advice from orders where the words do not.

    Returns
    -------
    list of Point
        Points do not overlap; sub-points follow the point that they lie in.

    Examples
    --------
    >>> text = "某乡党建札记\n全乡支部九个，但三个支部活动不经常。究其原因，是书记常年在外。"
    >>> root = Section(0, len(text), 0, 0, None, "", None)
    >>> [(str(p.role), p.headline) for p in extract_points(text, [root], options=PointOptions())]
    [('问题', '三个支部活动不经常'), ('原因', '书记常年在外')]
    """
    outline = Outline(text, list(sections))
    return _judged([outline], [genre], options)[0]


MAX_UNITS = 20_000
"""A longer text is left to the rules; the longest public report has 1,700 sentences."""


def _judged(outlines: Sequence[Outline], genres: Sequence[str | None], options: PointOptions) -> list[list[Point]]:
    """The points of some reports; the judge reads all of them at once.

    The judge and the choice of words read the model refined from the user's corpus; the rules keep to the shipped one,
    by which their bounds were set.
    """
    ruled = [draft_points(outline, options=options) for outline in outlines]
    read = [n for n, outline in enumerate(outlines) if options.judged and outline.n_sentences <= MAX_UNITS]
    model = role_model(options.learned)
    sheets = [sheet_of(outlines[n], ruled[n], model=model) for n in read]
    for n, drafts in zip(read, judged_drafts(sheets, least=options.min_implicit_confidence), strict=True):
        ruled[n] = drafts
    return [
        [_point(outline, one, genre) for one in place(outline.text, outline.sections, mine)]
        for outline, genre, mine in zip(outlines, genres, ruled, strict=True)
    ]


def _point(outline: Outline, placed: Placed, genre: str | None) -> Point:
    """A placed draft with its headline and, for a 对策, its particulars."""
    draft = placed.draft
    stated = UNSTATED
    if draft.role == Role.MEASURE:
        headings = " ".join(_headings(outline, placed.section, draft.head_start))
        stated = particulars(outline.text, (draft.start, placed.end), headings, genre)
    return Point(
        role=draft.role,
        headline=outline.text[draft.head_start : draft.head_end],
        start=draft.start,
        end=placed.end,
        headline_start=draft.head_start,
        headline_end=draft.head_end,
        explicit=draft.explicit,
        confidence=round(min(draft.confidence, _trust(outline, placed)), 3),
        section=placed.section,
        parent=placed.parent,
        cue=draft.cue,
        particulars=stated,
    )


def _trust(outline: Outline, placed: Placed) -> float:
    """Confidence of the role that an explicit point takes from its section; 1 where it takes none, or none is known."""
    section = outline.sections[placed.section]
    is_taken = placed.draft.explicit and section.role == placed.draft.role
    return section.confidence if is_taken and section.confidence else 1.0


def _headings(outline: Outline, index: int, before: int) -> list[str]:
    """The headings above a place, outermost first, without one that is the point itself."""
    around = [outline.sections[at] for at in (index, *outline.above(index))]
    return [
        one.heading
        for one in reversed(around)
        if one.heading and not one.start <= before < one.start + len(one.heading)
    ]


def statements(
    documents: pd.DataFrame, sections: pd.DataFrame, *, options: PointOptions
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The table of statements and the notices.

    Parameters
    ----------
    documents : DataFrame
        Table `documents`.
    sections : DataFrame
        Table `sections`; a document without rows there is read as if it had no headings.
    options : PointOptions

    Returns
    -------
    tuple of DataFrame
        Tables `statements`, in document order, and `notices`, which is empty.
    """
    by_document: dict[str, list[dict[str, object]]] = {}
    for row in tables.records(sections):
        by_document.setdefault(row["doc_id"], []).append(row)
    found = tables.records(tables.in_document_order(documents[["doc_id", "source_id", "genre", "text"]]))
    trees = [_tree(row["text"], by_document.get(row["doc_id"], []), row["doc_id"]) for row in found]
    outlines = [Outline(row["text"], tree) for row, (_, tree) in zip(found, trees, strict=True)]
    rows: list[dict[str, object]] = []
    for row, (ids, _), points in zip(
        found, trees, _judged(outlines, [row["genre"] for row in found], options), strict=True
    ):
        rows += [_row(row["doc_id"], points, point, ids) for point in points]
    return tables.frame("statements", rows), tables.frame("notices")


def _tree(text: str, rows: list[dict[str, object]], doc_id: str) -> tuple[list[str], list[Section]]:
    """Ids and sections of a document from its rows of the table, parents as indices."""
    if not rows:
        return [f"{doc_id}/s"], [Section(0, len(text), 0, 0, None, "", None)]
    rows = sorted(rows, key=lambda row: (row["start"], row["level"]))
    ids = [str(row["section_id"]) for row in rows]
    index = {name: n for n, name in enumerate(ids)}
    return ids, [_section(row, index) for row in rows]


def _section(row: dict[str, object], index: dict[str, int]) -> Section:
    """One row of the table of sections as the value that the text functions take."""
    parent = row["parent_id"]
    return Section(
        start=int(row["start"]),  # type: ignore[call-overload]
        end=int(row["end"]),  # type: ignore[call-overload]
        body_start=int(row["body_start"]),  # type: ignore[call-overload]
        level=int(row["level"]),  # type: ignore[call-overload]
        marker=str(row["marker"]) if row["marker"] else None,
        heading=str(row["heading"] or ""),
        parent=index[str(parent)] if parent else None,
        role=Role(str(row["role"])) if row["role"] else None,
        role_basis=RoleBasis(str(row["role_basis"])) if row["role_basis"] else None,
        confidence=float(row["confidence"] or 0),  # type: ignore[arg-type]
    )


def _row(doc_id: str, points: list[Point], point: Point, ids: list[str]) -> dict[str, object]:
    """One row of the table of statements."""
    said = point.particulars
    return {
        "statement_id": f"{doc_id}/p{point.headline_start}",
        "doc_id": doc_id,
        "section_id": ids[point.section],
        "parent_id": None if point.parent is None else f"{doc_id}/p{points[point.parent].headline_start}",
        "role": point.role,
        "headline": point.headline,
        "start": point.start,
        "end": point.end,
        "headline_start": point.headline_start,
        "headline_end": point.headline_end,
        "explicit": point.explicit,
        "confidence": round(calibrated(point.confidence, POINT_BASIS), 3),
        "cue": point.cue,
        "actor": said.actor,
        "modality": said.modality,
        "kind": said.kind,
        "deadline": said.deadline,
    }
