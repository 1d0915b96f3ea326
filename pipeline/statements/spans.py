"""From drafts to points: where each ends, which lies inside which, and what falls out."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.sections.outline import Section
from pipeline.statements.drafts import Draft
from pipeline.values import Role


@dataclass(frozen=True, slots=True)
class Placed:
    """A draft with its end, its section and, for a sub-point, its point."""

    draft: Draft
    end: int
    section: int
    parent: int | None = None


def place(text: str, sections: Sequence[Section], drafts: Sequence[Draft]) -> list[Placed]:
    """Points and sub-points in document order, with spans that obey the laws of DESIGN.md section 2.

    A point ends at the first of: the next point, the next section of another role, the end of its section, and
    outside a section of its own role the end of its paragraph. A sub-point that would not lie inside a point of its
    role is dropped.
    """
    starts = [section.start for section in sections]
    tops = _distinct([draft for draft in drafts if not draft.sub])
    subs = _distinct([draft for draft in drafts if draft.sub])
    placed: list[Placed] = []
    for n, draft in enumerate(tops):
        home = deepest(sections, starts, draft.head_start)
        start = max(draft.start, sections[home].start)
        end = _end(text, sections, starts, draft, home)
        if n + 1 < len(tops):
            end = min(end, tops[n + 1].start)
        if draft.head_end <= end and start <= draft.head_start:
            placed.append(Placed(_moved(draft, start), end, home))
    return _with_subs(text, (sections, starts), placed, subs)


def deepest(sections: Sequence[Section], starts: list[int], at: int) -> int:
    """Index of the deepest section that holds a place."""
    index = bisect_right(starts, at) - 1
    while sections[index].end <= at and sections[index].parent is not None:
        index = sections[index].parent or 0
    return index


def _distinct(drafts: Sequence[Draft]) -> list[Draft]:
    """Drafts in order, none starting inside another's headline; the surer of two that collide stays."""
    kept: list[Draft] = []
    for draft in sorted(drafts, key=lambda draft: (draft.start, draft.head_start, -draft.confidence)):
        while kept and draft.start < kept[-1].head_end and draft.confidence > kept[-1].confidence:
            kept.pop()
        if not kept or draft.start >= kept[-1].head_end:
            kept.append(draft)
    return kept


def _end(text: str, sections: Sequence[Section], starts: list[int], draft: Draft, home: int) -> int:
    """Where a point would end if no other followed."""
    section = sections[home]
    end = section.end
    if section.role != draft.role:
        line = text.find("\n", draft.head_end, end)
        return line if line >= 0 else end
    index = bisect_right(starts, draft.head_start)
    while index < len(sections) and sections[index].start < end:
        if sections[index].role not in {draft.role, None}:
            return sections[index].start
        index += 1
    return end


def _moved(draft: Draft, start: int) -> Draft:
    """The draft with another start."""
    if start == draft.start:
        return draft
    return Draft(
        draft.role, start, draft.head_start, draft.head_end, draft.explicit, draft.confidence, draft.cue, draft.sub
    )


def _with_subs(
    text: str, tree: tuple[Sequence[Section], list[int]], tops: list[Placed], subs: list[Draft]
) -> list[Placed]:
    """Points with their sub-points, in document order."""
    rows: list[Placed] = []
    at = 0
    for top in tops:
        own = len(rows)
        rows.append(top)
        while at < len(subs) and subs[at].start < top.draft.start:
            at += 1
        first = at
        while at < len(subs) and subs[at].start < top.end:
            at += 1
        inside = [sub for sub in subs[first:at] if _fits(sub, top)]
        for n, sub in enumerate(inside):
            home = deepest(*tree, sub.head_start)
            end = min(top.end, inside[n + 1].start if n + 1 < len(inside) else top.end)
            end = min(end, _end(text, *tree, sub, home))
            if sub.head_end <= end:
                rows.append(Placed(sub, end, home, own))
    return rows


def _fits(sub: Draft, top: Placed) -> bool:
    """Whether a sub-point lies inside a point of its role, after its headline."""
    role: Role = top.draft.role
    return sub.role == role and sub.start >= top.draft.head_end and sub.head_end <= top.end
