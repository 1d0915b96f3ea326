"""What stands behind a question: causes behind 为啥会这样？, measures behind 怎么办？."""

import re
from collections.abc import Iterator

from pipeline.statements.bodies import Region, body_points, series_points
from pipeline.statements.claims import problem_strength
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import top_series
from pipeline.statements.openings import CUED
from pipeline.statements.sentences import paragraphs, sentences
from pipeline.statements.whys import whys
from pipeline.values import Role

RE_SAYS = re.compile(r"[^，,。；：:？\n]{1,12}[：:]")
"""Who answers."""
RE_OF_FAULT = re.compile("[原病]因|根|症结|难|问题|毛病|局面|这样|如此|缘故|形成|造成|差")
"""What a question names that asks for the reason of a fault, not of anything."""
RE_ADDS = re.compile(r"[^，,。；\n]{0,4}(?:另|还有|再有|再加|加上|再说|再者|二来|其次|同时|也因|又因|也是|再一|还)")
"""How a sentence begins that adds one more reason."""
MAX_BEFORE = 80
"""Signs between a question and the series that answers it (依我看，头一条…)."""
RE_OF_EVIL = re.compile("会出现|会这样|会有|屡|总是|老是|还是|治不|改不|不[了好动起住断]")
"""What a question for the reason of a fault says, in a section of measures."""
RE_ASKS = re.compile(
    r"(?:^|(?<=[。！？；，：\n]))\s*(?P<cue>[^，,。；！？\n]{0,14}(?:(?P<why>为啥|为什么|为何|缘何|何以|咋回事|怎么回事"
    r"|[原病]因(?:何在|在哪里?|是什么)|(?:根子|症结|根源|病根)(?:何在|在哪里?)|什么缘故|怎么会|从哪里?来|从何而来|由何而来|怎么(?:形成|造成|来)的)"
    r"|(?:怎么办|咋办|如何是好|怎么弄|出路在哪里?|出路何在|怎么破|如何破[题解]|路怎么走|怎么走|怎么解决?|有什么(?:打算|办法|建议|对策)))"
    r"[^，,。；！？\n]{0,10})[？?]",
    re.MULTILINE,
)
"""A question that the rest of its paragraph answers, or the paragraph after it."""
_RE_MARK = re.compile("[？?]")


def _in_paragraph(text: str, cue: str, region: Region) -> Iterator[Draft]:
    """What answers a question in its own paragraph: the series there, else measures, or the first cause and added ones."""
    if region.role is None:
        return
    series = top_series(text, region.start, region.end)
    if series and series[0].kind != "some" and series[0].items[0].start <= region.start + MAX_BEFORE:
        yield from series_points(text, series[0], region)
        return
    spans = list(sentences(text, region.start, region.end))
    is_named = bool(spans) and any(True for _ in whys(text, *spans[0]))
    for n, (a, b) in enumerate(spans):
        is_more = RE_ADDS.match(text, a) or (not is_named and problem_strength(text[a:b]))
        if n and region.role == Role.CAUSE and not is_more:
            return
        yield from from_sentence(text, a, (a, b), Basis(region.role, CUED, cue=cue))


def answered_points(text: str, region: Region) -> Iterator[Draft]:
    r"""Points of the answers in a stretch: sentences in the question's paragraph, else the points of the next one.

    Examples
    --------
    >>> text = "记者：原因在哪里？\n周××：根子有两条。一条是考核只看单量，另一条是党务没人管。"
    >>> [text[d.head_start : d.head_end] for d in answered_points(text, Region(0, len(text), None))]
    ['考核只看单量', '党务没人管']
    """
    asked = (
        list(RE_ASKS.finditer(text, region.start, region.end))
        if _RE_MARK.search(text, region.start, region.end)
        else []
    )
    ends = [found.start() for found in asked[1:]] + [region.end]
    for found, end in zip(asked, ends, strict=False):
        role = Role.CAUSE if found["why"] else Role.MEASURE
        if region.role == Role.MEASURE and not (found["why"] and RE_OF_EVIL.search(found["cue"])):
            continue
        line = text.find("\n", found.end(), end)
        stop = line if line >= 0 else end
        if text[found.end() : stop].strip():
            yield from _in_paragraph(text, found["cue"], Region(found.end(), stop, role))
        elif not found["why"] or RE_OF_FAULT.search(found["cue"]):
            answer = next(paragraphs(text, stop, end), None)
            speaker = RE_SAYS.match(text, *answer) if answer else None
            if answer:
                first = speaker.end() if speaker else answer[0]
                yield from body_points(text, Region(first, answer[1], role), role)
