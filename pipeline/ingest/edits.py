"""Edits: what cleaning changed, as spans that can be undone.

Every fix looks at a text and proposes `Fix` es in its coordinates; a `Revision` applies them one pass after another and
keeps one list of edits against the source, so that `restore` gives back every character.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate, chain, pairwise
from typing import NamedTuple


@dataclass(frozen=True, slots=True)
class Fix:
    """Replace ``text[start:end]`` by `after` because of `rule`; `alternatives` are other readings."""

    start: int
    end: int
    after: str
    rule: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edit:
    """A change in coordinates of the revised text: ``text[start:end] == after`` stands for `before`."""

    start: int
    end: int
    before: str
    after: str
    rule: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


@dataclass
class Revision:
    """A source text under revision.

    Attributes
    ----------
    source : str
        The text that is never changed.
    text : str
        The source with all changes so far.

    Examples
    --------
    >>> revision = Revision("落實(shí)任務(wù)")
    >>> revision.apply([Fix(2, 7, "", "drop_gloss"), Fix(9, 13, "", "drop_gloss")])
    >>> revision.apply([Fix(1, 2, "实", "to_simplified"), Fix(3, 4, "务", "to_simplified")])
    >>> revision.text
    '落实任务'
    >>> restore(revision.text, revision.edits()) == revision.source
    True
    """

    source: str
    text: str = field(init=False)
    _changes: list[Fix] = field(init=False, default_factory=list)

    def __post_init__(self) -> None:
        """Start with the source as it is."""
        self.text = self.source

    def apply(self, fixes: Iterable[Fix]) -> None:
        """Apply one pass of fixes, which must not overlap, in coordinates of the present text."""
        ordered = sorted(fixes, key=lambda fix: (fix.start, fix.end))
        if any(right.start < left.end for left, right in pairwise(ordered)):
            raise ValueError("fixes of one pass overlap")
        if ordered:
            composed = self._compose(ordered) if self._changes else filter(self._changes_source, ordered)
            self._changes, self.text = list(composed), _replaced(self.text, ordered)

    def edits(self) -> list[Edit]:
        """All changes so far, sorted, not overlapping, in coordinates of the present text."""
        edits, shift = [], 0
        for change in self._changes:
            start = change.start + shift
            before = self.source[change.start : change.end]
            evidence = (change.rule, change.confidence, change.alternatives)
            edits.append(Edit(start, start + len(change.after), before, change.after, *evidence))
            shift += len(change.after) - (change.end - change.start)
        return edits

    def _changes_source(self, change: Fix) -> bool:
        """Whether a change differs from the source that it replaces."""
        return self.source[change.start : change.end] != change.after

    def _compose(self, fixes: Sequence[Fix]) -> Iterator[Fix]:
        """Old changes and new fixes as one list of changes of the source; what overlaps becomes one change."""
        grown = [len(change.after) - (change.end - change.start) for change in self._changes]
        shifts = [0, *accumulate(grown)]
        ends = [change.end + shift for change, shift in zip(self._changes, shifts[1:], strict=True)]
        starts = [change.start + shift for change, shift in zip(self._changes, shifts, strict=False)]
        done = 0
        for met in _met(fixes, starts, ends):
            yield from self._changes[done : met.first]
            if met.first == met.last and len(met.fixes) == 1:
                fix, shift, done = met.fixes[0], shifts[met.first], met.last
                yield Fix(fix.start - shift, fix.end - shift, fix.after, fix.rule, fix.confidence, fix.alternatives)
                continue
            old = [(starts[i], ends[i], 0, i) for i in range(met.first, met.last)]
            new = [(fix.start, fix.end, 1, i) for i, fix in enumerate(met.fixes)]
            n_old = done = met.first
            for group in _groups(sorted(chain(old, new))):
                parts = [self._changes[i] for _, _, kind, i in group if kind == 0]
                shift, n_old = shifts[n_old], n_old + len(parts)
                pass_ = [met.fixes[i] for _, _, kind, i in group if kind == 1]
                start, end = group[0][0], max(item[1] for item in group)
                after = _replaced(self.text[start:end], pass_, start)
                change = _merged(start - shift, end - shifts[n_old], after, [*parts, *pass_])
                if self._changes_source(change):
                    yield change
            done = met.last
        yield from self._changes[done:]


def restore(text: str, edits: Iterable[Edit]) -> str:
    """The source of a revised text: every edit undone.

    Parameters
    ----------
    text : str
        The revised text.
    edits : iterable of Edit
        Sorted, not overlapping, in coordinates of `text`.

    Returns
    -------
    str
        The text before revision.
    """
    pieces, at = [], 0
    for edit in edits:
        pieces += [text[at : edit.start], edit.before]
        at = edit.end
    return "".join([*pieces, text[at:]])


class _Met(NamedTuple):
    """New fixes in a row, and the old changes ``[first:last]`` that one of them touches."""

    fixes: list[Fix]
    first: int
    last: int


def _met(fixes: Sequence[Fix], starts: list[int], ends: list[int]) -> Iterator[_Met]:
    """New fixes in order, those together that touch the same old changes, which begin and end at `starts` and `ends`."""
    near: list[Fix] = []
    first = last = 0
    for fix in fixes:
        low, high = bisect_left(ends, fix.start), bisect_right(starts, fix.end)
        if near and (low < last or near[-1].start == fix.start == fix.end):
            near.append(fix)
            last = max(last, high)
            continue
        if near:
            yield _Met(near, first, last)
        near, first, last = [fix], low, max(low, high)
    if near:
        yield _Met(near, first, last)


def _groups(items: Sequence[tuple[int, int, int, int]]) -> Iterator[list[tuple[int, int, int, int]]]:
    """Intervals in groups that overlap; two empty intervals at one place also go together."""
    group: list[tuple[int, int, int, int]] = []
    reach = -1
    for item in items:
        start, end = item[0], item[1]
        joins = start < reach or (start == end == reach and group and group[-1][0] == reach)
        if group and not joins:
            yield group
            group = []
        group.append(item)
        reach = max(reach, end) if joins else end
    if group:
        yield group


def _replaced(text: str, fixes: Iterable[Fix], offset: int = 0) -> str:
    """A text with fixes applied, whose coordinates start at `offset`."""
    pieces, at = [], 0
    for fix in fixes:
        pieces += [text[at : fix.start - offset], fix.after]
        at = fix.end - offset
    return "".join([*pieces, text[at:]])


def _merged(start: int, end: int, after: str, parts: Sequence[Fix]) -> Fix:
    """One change of the source out of several, with all their rules and the least of their confidences."""
    rules = dict.fromkeys(chain.from_iterable(part.rule.split("+") for part in parts))
    doubted = [part for part in parts if part.alternatives]
    alternatives = doubted[0].alternatives if len(doubted) == 1 and doubted[0] is parts[0] else ()
    return Fix(start, end, after, "+".join(rules), min(part.confidence for part in parts), alternatives)
