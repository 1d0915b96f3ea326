"""Points in running text under a heading that only names their role: series, leads of paragraphs, single sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.statements.claims import problem_strength
from pipeline.statements.cues import advises, announced_role
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import Series, top_series
from pipeline.statements.headwords import is_topic
from pipeline.statements.prose import (
    LEAD,
    RE_DENIED,
    RE_SIDE_NOTE,
    SENTENCE,
    block_points,
    headed_points,
    leads_of,
    makes_point,
    plain_points,
    runs_in,
)
from pipeline.statements.sentences import MAX_SENTENCE, Span, paragraphs, parts, sentence_around, sentences
from pipeline.values import SIDES, Role

SERIES = 0.97
"""Confidence of an item of a series, its role given (development split of the sample: 139 points, .98 right)."""
EXTRA = frozenset(["此外", "另外"])
"""Markers that add something, which need not be of the series' role."""
MARKED = frozenset(["some", "topic", "num", "paren", "cn", "ring", "half"])
"""Kinds of series whose markers are no words, or belong to the headline: they are no cue."""

RE_TOPIC_LEAD = re.compile(r"(?:从[^，,。；\n]{2,16}(?:看|说|讲|来看|来说)|在?[^，,。；\n]{2,12}(?:方面|上))[，,：:]")
RE_ADDS = re.compile("除此之外|此外|另外|除上述|除以上|还有|具体到|同时")
"""How a paragraph begins that goes on with what a series began."""
RE_BEHEST = re.compile(r"^[^。；]{0,16}[，,]?(?:要|须|应|把|由|将|对)(?![求素点闻])")
RE_STOP = re.compile(r"[。！？]")
RE_THERE_ARE = re.compile(r"存在[^，,。；：:]*(?:问题|不足|困难|差距|短板|环节|矛盾)")
"""What a sentence in another section must say to announce problems: that there are some (存在以下问题)."""


@dataclass(frozen=True, slots=True)
class Region:
    """A stretch of text under one heading, with the role of its section, and whether it is a block of measures.

    In a block with `lead_only` (对策 below an issue, but not 整改措施) what follows a leading sentence is detail.
    """

    start: int
    end: int
    role: Role | None
    block: bool = False
    lead_only: bool = False


def body_points(text: str, region: Region, role: Role) -> list[Draft]:
    """Points of a stretch that stands under a heading naming their role.

    Series at line starts win; else each paragraph gives its leading claim, its series, or its sentences.

    Examples
    --------
    >>> text = "一是会议少。二是记录缺，无人补。"
    >>> drafts = body_points(text, Region(0, len(text), Role.PROBLEM), Role.PROBLEM)
    >>> [text[d.head_start : d.head_end] for d in drafts]
    ['会议少', '记录缺，无人补']
    """
    by_line = [s for s in top_series(text, region.start, region.end) if _at_line_starts(text, s, region.start)]
    if by_line:
        listed_points = [draft for series in by_line for draft in series_points(text, series, region)]
        return listed_points + _added(text, by_line[-1].items[-1].start, region, role)
    lines = list(paragraphs(text, region.start, region.end))
    if role in SIDES and not region.block and (headed := headed_points(text, lines, role)):
        return headed
    listed = {line: many for line in lines if (many := top_series(text, *line))}
    plain = [line for line in lines if line not in listed]
    heads = {line: (line[0], many[0].items[0].start) for line, many in listed.items()}
    leads = leads_of(text, heads, role) if len(lines) > 1 else {}
    found: list[Draft] = []
    for line, many in listed.items():
        part = replace(region, start=line[0], end=line[1])
        if line in leads:
            found.append(leads[line])
        else:
            found += [draft for series in many for draft in series_points(text, series, part)]
    if region.block:
        return found + [d for line in plain for d in block_points(text, line, role, lead_only=region.lead_only)]
    if not found or any(draft.confidence == LEAD for draft in found):
        found += plain_points(text, plain, role)
    return sorted(found, key=lambda draft: draft.start)


def _added(text: str, last: int, region: Region, role: Role) -> list[Draft]:
    """Claims in a paragraph behind the last item of a series that says that it adds some (除此之外，还有几件急事)."""
    found: list[Draft] = []
    for line in paragraphs(text, last, region.end):
        if line[0] == last or not RE_ADDS.match(text, *line):
            continue
        part = replace(region, start=line[0], end=line[1])
        listed = [draft for one in top_series(text, *line) for draft in series_points(text, one, part)]
        found += listed or plain_points(text, [line], role)
    return found


def series_points(text: str, series: Series, region: Region, *, sub: bool = False) -> list[Draft]:
    """The items of a series as points of the role that is announced before it, else of its region."""
    role = _role_before(text, series.items[0].start, region)
    if role and series.kind == "some" and all(text[item.start - 1] in "，," for item in series.items):
        start, end = sentence_around(text, series.items[0].start, start=region.start, end=region.end)
        is_fault = role == Role.PROBLEM and (region.role == role or problem_strength(text[start:end]) > 0)
        return from_sentence(text, start, (start, end), Basis(role, SENTENCE, sub=sub)) if is_fault else []
    found: list[Draft] = []
    for n, item in enumerate(series.items if role else []):
        stop = series.items[n + 1].start if n + 1 < len(series.items) else region.end
        words = next(parts(text, item.body_start, stop), None)
        if words is None or role is None:
            continue
        if is_topic(text[words[0] : words[1]].rstrip("。：")):
            inner = replace(region, start=words[1], end=stop, role=role)
            found += [d for one in top_series(text, words[1], stop) for d in series_points(text, one, inner)]
        elif _belongs(text[words[0] : words[1]], role, region, is_extra=item.marker in EXTRA):
            cue = None if series.kind in MARKED else item.marker
            basis = Basis(role, SERIES, cue=cue, sub=sub, whole=runs_in(text, words, stop))
            found += from_sentence(text, item.start, words, basis)
        if role == region.role == Role.MEASURE and n + 1 == len(series.items):
            found += _behind(text, series, words)
        if series.kind == "some" and n + 1 == len(series.items):
            found += _going_on(text, words, role) if region.role == role else []
            found += _grouped(text, (words[1], stop), role)
    return found


def nested(text: str, region: Region) -> list[Draft]:
    """Series in the body of a point as its sub-points."""
    found: list[Draft] = []
    for series in top_series(text, region.start, region.end):
        if series.kind != "some":
            found += [d for d in series_points(text, series, region, sub=True) if d.role == region.role]
    return found


def _belongs(words: str, role: Role, region: Region, *, is_extra: bool) -> bool:
    """Whether an item is a point of the role: in its own section it is by its place, elsewhere by its words too."""
    if is_extra and role == region.role and role != Role.MEASURE:
        return not RE_DENIED.search(words) and not RE_SIDE_NOTE.match(words)
    if is_extra or (role != region.role and region.role not in {Role.PROBLEM, Role.SITUATION, None}):
        return makes_point(words, role)
    return region.role == Role.PROBLEM or not words.startswith(("有的", "有些")) or problem_strength(words) > 0


def _going_on(text: str, last: Span, role: Role) -> Iterator[Draft]:
    """Parts of a sentence behind its last 有的, parted by semicolons as the items are (有的…；有的…；学习…)."""
    if not text.startswith(("；", ";"), last[1] - 1):
        return
    line = text.find("\n", last[1], last[1] + MAX_SENTENCE)
    stop = line if line >= 0 else min(len(text), last[1] + MAX_SENTENCE)
    rest = next(sentences(text, last[1], stop), None)
    for start, end in parts(text, *rest) if rest else ():
        yield from from_sentence(text, start, (start, end), Basis(role, SENTENCE))


def _behind(text: str, series: Series, last: Span) -> Iterator[Draft]:
    """Measures in the sentences behind a series that was told within one sentence; behind others they are detail."""
    first = series.items[0].start
    line = text.find("\n", last[1], last[1] + MAX_SENTENCE)
    if re.search("[。！？\n]", text[first : last[1] - 1]) or text[last[1] - 1] not in "。！":
        return
    for start, end in sentences(text, last[1], line if line >= 0 else min(len(text), last[1] + MAX_SENTENCE)):
        pieces = list(parts(text, start, end))
        if not RE_SIDE_NOTE.match(text, start) and RE_BEHEST.search(text[start:end]):
            for a, b in pieces:
                yield from from_sentence(text, a, (a, b), Basis(Role.MEASURE, SENTENCE))


def _grouped(text: str, span: Span, role: Role) -> Iterator[Draft]:
    """Claims after a series of 有的 that go on under another topic (从…看，…；…)."""
    for start, end in sentences(text, *span):
        if "\n" in text[span[0] : start] or not RE_TOPIC_LEAD.match(text, start, end):
            return
        for a, b in parts(text, start, end):
            if problem_strength(text[a:b]):
                yield from from_sentence(text, a, (a, b), Basis(role, SENTENCE))


def _role_before(text: str, at: int, region: Region) -> Role | None:
    """The role that the sentence before a series announces, else the region's; None if it announces no side."""
    line = max(text.rfind("\n", region.start, at), region.start - 1) + 1
    before = text[max(line, at - 120) : at].strip()
    if not before and line > region.start:
        previous = text.rfind("\n", region.start, line - 1) + 1
        before = text[max(previous, region.start, line - 160) : line].strip()
    last = RE_STOP.split(before.rstrip("。"))[-1]
    announced = announced_role(last) if last else None
    if announced is None or announced == region.role:
        return region.role
    if announced not in SIDES:
        return None if region.role in {Role.PROBLEM, None} else region.role
    may_switch = {
        Role.MEASURE: advises(last) and region.role != Role.CAUSE,
        Role.PROBLEM: region.role not in {Role.CAUSE, Role.MEASURE} or bool(RE_THERE_ARE.search(last)),
        Role.CAUSE: region.role != Role.MEASURE,
    }
    return announced if may_switch[announced] else region.role


def _at_line_starts(text: str, series: Series, start: int) -> bool:
    """Whether most items of a series open a line."""
    n = sum(item.start == start or text[item.start - 1] == "\n" for item in series.items)
    return n >= 2 and n * 2 > len(series.items)
