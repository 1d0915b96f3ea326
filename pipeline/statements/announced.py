"""Lists that a sentence announces without numbering its items: parts behind a colon, sentences behind a full stop."""

import re
from collections.abc import Iterator

from pipeline.statements.bodies import Region
from pipeline.statements.claims import problem_strength
from pipeline.statements.cues import advises, announced_role
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import top_series
from pipeline.statements.leanings import leaning
from pipeline.statements.prose import MIN_PARTS, RE_SIDE_NOTE
from pipeline.statements.sentences import Span, paragraphs, parts, sentences
from pipeline.values import SIDES, Role

LISTED, TOLD = 0.94, 0.75
"""Confidence of a part behind a colon, as of what a cue opens, and of a sentence of a list."""
LEANS = 0.5
"""Chance of a measure from which a sentence behind an announcement of measures is one."""
RE_LISTS = re.compile(
    r"(?:^|(?<=[。！？\n]))(?P<lead>[^。；;！？：:\n]{4,80})[：:](?P<list>[^。！？\n]{10,400})", re.MULTILINE
)
"""A sentence that goes on behind a colon."""
RE_COLON = re.compile("[：:]")
RE_MAINLY = re.compile("(?:主要|具体|集中|大体|归结起来|归拢起来)(?:就?是|有|表现为)$")
"""How a sentence ends ahead of the colon that leads to what its section is about."""
RE_PROMISES = re.compile(
    r"(?:出|提|有|说|讲|定|想|议|谈|理)(?:了|下来|下|出|好了|好)?(?:这么|这样|如下|以下|下面)?"
    r"(?:[几两二三四五六七八九十]|\d)+(?:个|条|点|件|步|项|招|方面)[^，,。；：\n]{0,8}(?=[，,。：:；])"
)
"""How a sentence promises a number of things (出几个主意, 定下来几条)."""
RE_BEHEST = re.compile(r"^[^。；]{0,24}?(?:[，,]|^|一律|应当?|必须)(?:先|再|要|把|由|让|请|给|将|改由)(?![求素点闻])")
RE_LEAVES = re.compile(r"至于|也有|有人|这些|想不|不敢|当然|其实")
"""How a sentence begins that leaves the list."""


def listed_points(text: str, region: Region) -> Iterator[Draft]:
    """Points of lists without numbers that a sentence announces as a side.

    Examples
    --------
    >>> text = "我出几个主意，供参考。先派人去请能人。名单一律贴到屋场。这些话不一定对。"
    >>> [text[d.head_start : d.head_end] for d in listed_points(text, Region(0, len(text), None))]
    ['先派人去请能人', '名单一律贴到屋场']
    """
    yield from _behind_colons(text, region)
    for line in paragraphs(text, region.start, region.end):
        promise = RE_PROMISES.search(text, *line)
        if promise and region.role != Role.MEASURE:
            yield from _promised(text, line, promise.end())


def _behind_colons(text: str, region: Region) -> Iterator[Draft]:
    """Parts between semicolons behind a colon that a sentence announces as a side (还有不少差距：…；…；…)."""
    lines = (line for line in paragraphs(text, region.start, region.end) if RE_COLON.search(text, *line))
    for found in (found for line in lines for found in RE_LISTS.finditer(text, *line)):
        role = announced_role(found["lead"]) or (region.role if RE_MAINLY.search(found["lead"]) else None)
        pieces = list(parts(text, *found.span("list")))
        is_side = role in SIDES and (role != Role.MEASURE or advises(found["lead"]))
        if not is_side or role is None or len(pieces) < 2 or top_series(text, *found.span("list")):
            continue
        n_faults = sum(problem_strength(text[a:b]) > 0 for a, b in pieces)
        for start, end in pieces:
            if role != Role.PROBLEM or n_faults * 2 > len(pieces) >= MIN_PARTS or problem_strength(text[start:end]):
                yield from from_sentence(text, start, (start, end), Basis(role, LISTED))


def _promised(text: str, line: Span, at: int) -> Iterator[Draft]:
    """Measures in the sentences of a paragraph behind the one that promises them."""
    first = next((span for span in sentences(text, *line) if span[0] <= at <= span[1]), None)
    if first is None:
        return
    colon = text.find("：", *first)
    lead = text[first[0] : colon if colon >= 0 else first[1]]
    rest = colon + 1 if colon >= 0 else first[1]
    if announced_role(lead) != Role.MEASURE or not advises(lead) or top_series(text, rest, line[1]):
        return
    for start, end in sentences(text, rest, line[1]):
        words = text[start:end]
        if RE_LEAVES.match(words) or RE_SIDE_NOTE.match(words):
            return
        if RE_BEHEST.search(words) or leaning(words).measure >= LEANS:
            for a, b in parts(text, start, end):
                yield from from_sentence(text, a, (a, b), Basis(Role.MEASURE, TOLD))
