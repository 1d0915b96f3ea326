"""Where points stand among others: their place in a list, the issue or block that they share, what they refer to."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from pipeline.statements.reports import Row
from pipeline.statements.wording import bigrams
from pipeline.values import Role

Codes = tuple[tuple[str, float], ...]

RE_REFERENCE = re.compile(
    r"(?:针对|围绕|对照|聚焦|着眼|为解决|破解|解决)(.{4,40}?)(?:的?(?:问题|现象|短板|难题|情况|实际)|[，,。；;])"
)
REFERENCE_REACH = 200
"""Code points of a measure in which it may name the problem that it answers; such words open it."""

MIN_SHARED, MIN_SHARED_SHARE = 3, 0.4
"""Character pairs, and share of the shorter wording's pairs, that make two wordings the same problem."""


@dataclass(frozen=True, slots=True)
class Claim:
    """A point as the scorer of links sees it.

    Attributes
    ----------
    line : int
        Paragraph in which the headline starts, from 0.
    group : str
        What it is counted in: the section around its own heading, or the section that it stands in.
    ordinal, n_siblings : int
        Its place among the points of its role in its group, from 1; and how many those are.
    place, n_all : int
        The same among all points of its role in the report.
    own : tuple of int
        Span of the section that it heads; (0, 0) if it heads none.
    block : str
        The deepest section around it that holds both 问题 and 对策 next to others that do; empty if there is none.
    codes : tuple of (str, float)
        Its codes with their confidences, the primary one first.
    answered : tuple of frozenset
        Character pairs of each problem that its opening says it is about.
    """

    statement_id: str
    role: str
    headline: str
    body: str
    start: int
    line: int
    cue: str | None
    explicit: bool
    group: str
    ordinal: int
    n_siblings: int
    place: int
    n_all: int
    own: tuple[int, int]
    block: str
    codes: Codes
    answered: tuple[frozenset[str], ...]


def claims_of(
    points: Sequence[Row], text: str, outline: Mapping[str, Row], code_of: Mapping[str, Codes]
) -> list[Claim]:
    """The points of a report, as rows in order, as claims.

    Parameters
    ----------
    points : sequence of dict
        Rows of `statements` of the three sides.
    text : str
        The report.
    outline : mapping
        section_id → row of `sections`.
    code_of : mapping
        statement_id → codes with their confidences.

    Returns
    -------
    list of Claim
    """
    groups = [_group(point, outline) for point in points]
    blocks = _blocks(points, outline)
    totals = Counter((group, point["role"]) for point, (group, _) in zip(points, groups, strict=True))
    roles = Counter(point["role"] for point in points)
    seen, places = Counter[tuple[str, str]](), Counter[str]()
    claims, line, last = [], 0, 0
    for point, (group, own), block in zip(points, groups, blocks, strict=True):
        role, name, body = point["role"], point["statement_id"], text[point["headline_end"] : point["end"]]
        seen[group, role] += 1
        places[role] += 1
        line, last = line + text.count("\n", last, point["headline_start"]), point["headline_start"]
        claims.append(
            Claim(
                statement_id=name,
                role=role,
                headline=point["headline"],
                body=body,
                start=point["start"],
                line=line,
                cue=point["cue"],
                explicit=point["explicit"],
                group=group,
                ordinal=seen[group, role],
                n_siblings=totals[group, role],
                place=places[role],
                n_all=roles[role],
                own=own,
                block=block,
                codes=code_of.get(name, ()),
                answered=_answered(point["headline"] + body[:REFERENCE_REACH]) if role == Role.MEASURE else (),
            )
        )
    return claims


def nth_of_as_many(one: Claim, other: Claim) -> float:
    """How far two points stand at the same place of parallel lists.

    Returns
    -------
    float
        1 where both are the n-th of as many, in two sections or in the whole report; .5 where only the place agrees.
    """
    if one.place == other.place and one.n_all == other.n_all > 1:
        return 1.0
    if one.group == other.group or one.ordinal != other.ordinal or min(one.n_siblings, other.n_siblings) < 2:
        return 0.0
    return 1.0 if one.n_siblings == other.n_siblings else 0.5


def relative_nearness(one: Claim, other: Claim) -> float:
    """How near two points stand to each other in the lists of their roles: 1 at the same share of the list, 0 from a
    quarter of it on (annotated sample: a quarter before a half and a tenth).
    """
    apart = abs((one.place - 0.5) / one.n_all - (other.place - 0.5) / other.n_all)
    return max(0.0, 1 - 4 * apart)


def leaders(claims: Sequence[Claim], ones: Sequence[int], others: Sequence[int]) -> dict[int, int]:
    """Where two roles alternate, the point of the one role that each of the other follows; empty where they do not.

    Parameters
    ----------
    claims : sequence of Claim
        The points of a report in order.
    ones, others : sequence of int
        Places of the points of the two roles.

    Returns
    -------
    dict
        Place of a point of the other role → place of the last one before it.
    """
    followed: dict[int, int] = {}
    mine, n_runs, last = set(ones), 0, -1
    for place in sorted((*ones, *others)):
        if place in mine:
            last = place
        elif last >= 0:
            n_runs += last not in followed.values()
            followed[place] = last
    return followed if n_runs > 1 else {}


def same_issue(one: Claim, other: Claim, issues: Sequence[tuple[int, int]] = ()) -> bool:
    """Whether the other point stands in the section that the one heads, or both stand in one of some sections."""
    spans = (one.own, *issues)
    return any(
        start < end and start <= min(one.start, other.start) and max(one.start, other.start) < end
        for start, end in spans
    )


def same_block(one: Claim, other: Claim) -> bool:
    """Whether two points share a section in which 问题 and 对策 alternate with other such sections."""
    return one.block == other.block != ""


def refers(one: Claim, other: Claim) -> bool:
    """Whether a measure says that it answers a problem in words of the problem's headline."""
    if not other.answered:
        return False
    words = bigrams(one.headline)
    return any(
        len(words & said) >= max(MIN_SHARED, MIN_SHARED_SHARE * min(len(words), len(said))) for said in other.answered
    )


def _group(point: Row, outline: Mapping[str, Row]) -> tuple[str, tuple[int, int]]:
    """What a point is counted in, and the span of the section that it heads."""
    section = outline[point["section_id"]]
    if section["level"] > 0 and section["start"] == point["start"]:
        return section["parent_id"] or "", (section["start"], section["end"])
    return section["section_id"], (0, 0)


def _blocks(points: Sequence[Row], outline: Mapping[str, Row]) -> list[str]:
    """The deepest section around each point that holds both 问题 and 对策 and has a sibling that does too."""
    around = [_ancestors(point["section_id"], outline) for point in points]
    roles: dict[str, set[str]] = {}
    for point, names in zip(points, around, strict=True):
        for name in names:
            roles.setdefault(name, set()).add(point["role"])
    mixed = [
        name for name, held in roles.items() if {Role.PROBLEM, Role.MEASURE} <= held and outline[name]["level"] > 0
    ]
    siblings = Counter(outline[name]["parent_id"] for name in mixed)
    blocks = {name for name in mixed if siblings[outline[name]["parent_id"]] > 1}
    return [next((name for name in names if name in blocks), "") for names in around]


def _ancestors(section_id: str, outline: Mapping[str, Row]) -> list[str]:
    """A section and those around it, the deepest first."""
    names, name = [], section_id
    while name:
        names.append(name)
        name = outline[name]["parent_id"] or ""
    return names


def _answered(opening: str) -> tuple[frozenset[str], ...]:
    """The character pairs of each problem that a measure's opening says it is about."""
    return tuple(frozenset(bigrams(found[1])) for found in RE_REFERENCE.finditer(opening))
