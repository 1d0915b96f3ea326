"""Causes in a section of theirs whose words tell no fault: under facets, after a count, in a short block."""

import re
from collections.abc import Iterator

from pipeline.statements.bodies import Region
from pipeline.statements.cues import announced_count, is_announcement
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.enumerations import top_series
from pipeline.statements.prose import RE_DENIED, RE_DETAIL, RE_SIDE_NOTE
from pipeline.statements.sentences import Span, paragraphs, parts, sentences
from pipeline.values import Role

FACET, COUNTED, BLOCK = 0.9, 0.8, 0.8
"""Confidence of a cause under a facet, of one of as many as announced, and of a part of a short block."""
MAX_BLOCK, MIN_FACETS = 120, 2
"""Signs of a block that is nothing but causes; facets that make a series."""
RE_FACET = re.compile(
    r"(?:再|又)?从[^，,。；：\n]{1,10}(?:来?看|来?说|来?讲|而言|上)[，,：:]|[往朝][^，,。；：\n]{1,8}[看说找][，,：:]"
    r"|(?:首?先|再|又|也|次|末了|最后|还[要得]?|接着)(?:看|说|讲|问|切)[^，,。；：\n]{1,8}[，,。：:]"
    r"|(?:(?:面上|表面|底下|里头|上头|压[得在]|更深|最深|最里|最底|往下|第[一二三四五])[^，,。；：\n]{0,4}|还有|再有|另有)[一那][层头面][，,：:](?:就?是)?"
    r"|(?:对|在)[^，,。；：\n]{1,8}(?:来说|而言|这[头边面层])[，,：:]"
)
"""How a sentence opens that looks at one side of the matter; the cause follows."""
RE_HELD = re.compile(
    r"(?:也|还)?有[^，,。；\n]{0,6}(?:人|者|同志|意见|说法)|至于|不是|并非|这[是也些]|说[^，,。；\n]{1,12}[，,]这|[一两几][位名个]"
)
"""How a sentence begins that tells what others hold, what is no cause, or an instance."""
RE_JOINT = re.compile(r"(?:同时|此外|另外|再者|其次|再加上|加上)[，,]?")


def told_causes(text: str, region: Region) -> Iterator[Draft]:
    """Causes in the body of a section of causes that its plan tells apart, whatever their words.

    Examples
    --------
    >>> text = "往上头看，公司评支部只看台账。往旁边看，书记全都兼着队长，误点要扣钱。"
    >>> [text[d.head_start : d.head_end] for d in told_causes(text, Region(0, len(text), Role.CAUSE))]
    ['公司评支部只看台账', '书记全都兼着队长，误点要扣钱']
    """
    lines = list(paragraphs(text, region.start, region.end))
    if len(lines) == 1 and lines[0][1] - lines[0][0] <= MAX_BLOCK and len(list(sentences(text, *lines[0]))) == 1:
        for a, b in parts(text, *lines[0]):
            yield from from_sentence(text, a, (a, b), Basis(Role.CAUSE, BLOCK))
        return
    plain = [line for line in lines if all(series.kind == "some" for series in top_series(text, *line))]
    yield from _by_facets(text, plain)
    for line in plain:
        yield from _counted(text, line)


def _by_facets(text: str, lines: list[Span]) -> Iterator[Draft]:
    """The clause behind each facet of a series; a facet that is a sentence of its own opens the next one."""
    found: list[tuple[int, Span]] = []
    for end, a, b in [(stop, *piece) for start, stop in lines for piece in parts(text, start, stop)]:
        facet = RE_FACET.match(text, a, b)
        if facet is None:
            continue
        last = facet.end()
        words = (last, b) if last < b else next(sentences(text, b, min(end, b + MAX_BLOCK)), None)
        if words and not RE_HELD.match(text, *words):
            found.append((a, words))
    for start, words in found if len(found) >= MIN_FACETS else []:
        yield from from_sentence(text, start, words, Basis(Role.CAUSE, FACET))


def _counted(text: str, line: Span) -> Iterator[Draft]:
    """The sentences behind one that announces so many, if there are as many that neither illustrate nor deny."""
    spans = list(sentences(text, *line))
    for n, (a, b) in enumerate(spans[:2]):
        wanted = announced_count(text[a:b]) if is_announcement(text[a:b]) else None
        if not wanted or wanted < MIN_FACETS:
            continue
        told = [span for span in spans[n + 1 :] if not _is_aside(text[span[0] : span[1]])]
        if len(told) == wanted:
            for start, end in told:
                joint = RE_JOINT.match(text, start, end)
                yield from from_sentence(
                    text, start, (joint.end() if joint else start, end), Basis(Role.CAUSE, COUNTED)
                )
        return


def _is_aside(words: str) -> bool:
    """Whether a sentence illustrates, denies, or closes the list."""
    return bool(RE_HELD.match(words) or RE_DENIED.search(words) or RE_SIDE_NOTE.match(words) or RE_DETAIL.match(words))
