"""What each kind of correction does to the rows of its table; every function tells whether it found its place."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from pipeline.values import DISCOVERED, LinkKind, Role, RoleBasis

Row = dict[str, Any]


@dataclass(frozen=True)
class Correction:
    """One row of the researcher's file, its offsets anchored in the document's present text."""

    doc_id: str
    kind: str
    action: str
    start: int
    end: int
    other_start: int
    value: str


@dataclass(frozen=True)
class Place:
    """The document that a correction is about: its text, and its sections where they are known."""

    text: str
    sections: list[Row]


def correct_document(rows: list[Row], it: Correction, _place: Place) -> bool:
    """Set a field of a document."""
    for row in rows:
        if row["doc_id"] == it.doc_id:
            row[it.kind] = None if it.action == "reject" else int(it.value) if it.kind == "year" else it.value
            return True
    return False


def correct_section(rows: list[Row], it: Correction, _place: Place) -> bool:
    """Set the role of the section whose heading starts there."""
    for row in rows:
        if row["doc_id"] == it.doc_id and row["start"] == it.start and row["level"]:
            role = None if it.action == "reject" else Role(it.value)
            row |= {"role": role, "role_basis": RoleBasis.CORRECTION, "confidence": 1.0}
            return True
    return False


def correct_point(rows: list[Row], it: Correction, place: Place) -> bool:
    """Add, change or remove a point; a new one takes its place without overlap."""
    mine = [row for row in rows if row["doc_id"] == it.doc_id]
    old = next((row for row in mine if row["headline_start"] == it.start and row["parent_id"] is None), None)
    if it.action == "add":
        return old is None and _add_point(rows, mine, it, place)
    if old is None:
        return False
    family = [row for row in mine if row is old or row["parent_id"] == old["statement_id"]]
    for row in family:
        if it.action == "change":
            row |= {"role": Role(it.value), "confidence": 1.0}
        else:
            rows.remove(row)
    return True


def _add_point(rows: list[Row], mine: list[Row], it: Correction, place: Place) -> bool:
    """A new point from its headline to the end of its paragraph or the next point; the one before it ends there."""
    text = place.text
    line_end = text.find("\n", it.end)
    end = min([r["start"] for r in mine if r["start"] > it.start] + [line_end if line_end >= 0 else len(text)])
    if end < it.end:
        return False
    for row in mine:
        if row["start"] < it.start < row["end"]:
            if row["headline_end"] > it.start:
                return False
            row["end"] = it.start
    around = [s for s in place.sections if s["start"] <= it.start < s["end"]]
    point: Row = {"doc_id": it.doc_id, "section_id": max(around, key=lambda s: s["level"])["section_id"]}
    point |= {"statement_id": f"{it.doc_id}/p{it.start}", "role": Role(it.value), "explicit": True, "confidence": 1.0}
    point |= {"headline": text[it.start : it.end], "headline_start": it.start, "headline_end": it.end}
    point |= {"start": it.start, "end": end}
    rows.append(point)
    return True


def correct_code(rows: list[Row], it: Correction, _place: Place) -> bool:
    """Make a code a point's primary one, or take it away."""
    point, (scheme, _, code) = f"{it.doc_id}/p{it.start}", it.value.partition(":")
    mine = [row for row in rows if row["statement_id"] == point and row["scheme"] == scheme]
    if not mine or scheme == DISCOVERED:
        return False
    kept = [row for row in mine if row["code"] != code]
    for row in mine:
        rows.remove(row)
    if it.action != "reject":
        known = {
            "code": code,
            "label": None,
            "parent": None,
            "definition": None,
            "confidence": 1.0,
            "deciding": ["corrections"],
        }
        kept.insert(0, mine[0] | known)
    rows += [row | {"rank": rank} for rank, row in enumerate(kept, 1)]
    return True


def correct_link(rows: list[Row], it: Correction, _place: Place) -> bool:
    """Add or take away the link between two points."""
    kind = LinkKind(it.value or LinkKind.PROBLEM_MEASURE)
    ends = {"from_id": f"{it.doc_id}/p{it.start}", "to_id": f"{it.doc_id}/p{it.other_start}"}
    old = [row for row in rows if row["kind"] == kind and all(row[key] == end for key, end in ends.items())]
    for row in old:
        rows.remove(row)
    if it.action == "reject":
        return bool(old)
    name = {"link_id": f"{ends['from_id']}>{ends['to_id']}/{kind}", "doc_id": it.doc_id, "kind": kind}
    rows.append(name | ends | {"methods": ["corrections"], "score": 1.0, "score_without_codes": 1.0})
    return True


APPLY: dict[str, Callable[[list[Row], Correction, Place], bool]] = {
    "documents": correct_document,
    "sections": correct_section,
    "statements": correct_point,
    "codes": correct_code,
    "links": correct_link,
}
