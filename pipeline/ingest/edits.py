"""Edits: what cleaning changed, as spans that can be undone.

Every fix looks at a text and proposes `Fix` es in its coordinates; a `Revision` applies them one pass after another and
keeps one list of edits against the source, so that `restore` gives back every character.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import chain
from operator import itemgetter, le
from typing import NamedTuple

_place = itemgetter(0, 1)


class Fix(NamedTuple):
    """Replace ``text[start:end]`` by `after` because of `rule`; `alternatives` are other readings.

    Where there are very many, they are made by ``tuple.__new__``, which takes half the time of their own constructor.
    """

    start: int
    end: int
    after: str
    rule: str
    confidence: float = 1.0
    alternatives: tuple[str, ...] = ()


def unmarked(found: re.Match[str], rule: str, opening: str | int = 0) -> Iterator[Fix]:
    """Nothing in place of what a match has before its group ``shown``, from the group that opens it on, and behind it.

    Examples
    --------
    >>> import re
    >>> text = "【党员】"
    >>> applied(text, unmarked(re.fullmatch("【(?P<shown>.*)】", text), "drop_markup"))
    '党员'
    """
    yield Fix(found.start(opening), found.start("shown"), "", rule)
    yield Fix(found.end("shown"), found.end(), "", rule)


class Edit(NamedTuple):
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
        ordered = list(fixes)
        if not _is_disjoint(ordered):
            ordered.sort(key=_place)
            if not _is_disjoint(ordered):
                raise ValueError("fixes of one pass overlap")
        if ordered:
            composed = self._compose(ordered) if self._changes else filter(self._changes_source, ordered)
            self._changes, self.text = list(composed), applied(self.text, ordered)

    def edits(self) -> list[Edit]:
        """All changes so far, sorted, not overlapping, in coordinates of the present text."""
        edits, shift, source = [], 0, self.source
        for start, end, after, rule, confidence, alternatives in self._changes:
            at = start + shift
            values = (at, at + len(after), source[start:end], after, rule, confidence, alternatives)
            edits.append(tuple.__new__(Edit, values))
            shift += len(after) - (end - start)
        return edits

    def _changes_source(self, change: Fix) -> bool:
        """Whether a change differs from the source that it replaces."""
        return self.source[change[0] : change[1]] != change[2]

    def _compose(self, fixes: Sequence[Fix]) -> Iterator[Fix]:
        """Old changes and new fixes as one list of changes of the source, in order; what overlaps becomes one change."""
        old, n_old, n_fixes = self._changes, len(self._changes), len(fixes)
        i = j = shift = (
            0  # the first i changes and j fixes are done; behind them the text is ahead of the source by `shift`
        )
        while j < n_fixes:
            start, end = fixes[j][:2]
            is_met = False
            while i < n_old:
                change = old[i]
                first = change[0] + shift
                last = first + len(change[2])
                if last > start or first == last == end:
                    is_met = first < end or first == last == start == end
                    break
                shift = last - change[1]
                i += 1
                yield change
            if is_met:
                group = _group(old, fixes, (i, j), shift)
                after = applied(self.text[group.start : group.end], group.fixes, group.start)
                merged = _merged(group.start - shift, group.end - group.shift, after, [*group.changes, *group.fixes])
                i, j, shift = i + len(group.changes), j + len(group.fixes), group.shift
                if self._changes_source(merged):
                    yield merged
            else:
                yield tuple.__new__(Fix, (start - shift, end - shift, *fixes[j][2:]))
                j += 1
        yield from old[i:]


def _is_disjoint(fixes: Sequence[Fix]) -> bool:
    """Whether fixes are sorted and do not overlap."""
    return all(map(le, [fix[1] for fix in fixes], [fix[0] for fix in fixes[1:]]))


def applied(text: str, fixes: Iterable[Fix], offset: int = 0) -> str:
    """A text with fixes applied.

    Parameters
    ----------
    text : str
    fixes : iterable of Fix
        Sorted, not overlapping.
    offset : int
        Where their coordinates start in `text`.

    Returns
    -------
    str

    Examples
    --------
    >>> applied("落實(shí)任務", [Fix(2, 7, "", "drop_gloss")])
    '落實任務'
    """
    pieces, at = list[str](), 0
    for fix in fixes:
        pieces.append(text[at : fix[0] - offset])
        pieces.append(fix[2])
        at = fix[1] - offset
    pieces.append(text[at:])
    return "".join(pieces)


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
        start, end, before, *_ = edit
        pieces += [text[at:start], before]
        at = end
    return "".join([*pieces, text[at:]])


class _Group(NamedTuple):
    """Old changes and new fixes that overlap: their place in the present text, and how far it is ahead of the source there."""

    start: int
    end: int
    shift: int
    changes: list[Fix]
    fixes: list[Fix]


def _group(old: Sequence[Fix], fixes: Sequence[Fix], at: tuple[int, int], shift: int) -> _Group:
    """The old change and the new fix at two places of their lists, which overlap, and all that overlaps with them in turn."""
    i, j = at
    start = min(old[i].start + shift, fixes[j].start)
    end = fixes[j].end
    first, last = old[i].start + shift, old[i].start + shift + len(old[i].after)
    while first < end or first == last == end == start:
        end, shift, i = max(end, last), last - old[i].end, i + 1
        while j + 1 < len(fixes) and fixes[j + 1].start < end:
            j += 1
            end = max(end, fixes[j].end)
        if i == len(old):
            break
        first, last = old[i].start + shift, old[i].start + shift + len(old[i].after)
    return _Group(start, end, shift, list(old[at[0] : i]), list(fixes[at[1] : j + 1]))


def _merged(start: int, end: int, after: str, parts: Sequence[Fix]) -> Fix:
    """One change of the source out of several, with all their rules and the least of their confidences."""
    rules = dict.fromkeys(chain.from_iterable(part.rule.split("+") for part in parts))
    doubted = [part for part in parts if part.alternatives]
    alternatives = doubted[0].alternatives if len(doubted) == 1 and doubted[0] is parts[0] else ()
    return Fix(start, end, after, "+".join(rules), min(part.confidence for part in parts), alternatives)
