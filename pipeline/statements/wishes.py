"""Measures told in passing: what a sentence of another section says should be done (不妨…, …都应当…, 宜由…)."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from pipeline.lexicon.finder import sieve_of
from pipeline.statements.bodies import Region
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.leanings import leaning
from pipeline.statements.measures import RE_DONE
from pipeline.statements.sentences import paragraphs, sentences
from pipeline.values import Role

WISHED = 0.62
"""Confidence of a measure that only its modal word marks."""
LEANS = 0.15
"""Chance of a measure from which a sentence with such a word is one (sixty reports by other hands)."""
RE_SHOULD = re.compile(
    r"不妨|何不|不如(?=[把让由先放请给将改叫交])|最好(?!的|地|成|在)|(?:[都也还更至先次们部]|(?<=[一-龥]))应当(?!说|看到|承认|指出|肯定|认识|是|注意|引起|明白)"
    r"|宜(?=[由在将把以尽先按会])|[还都也]?应(?=[把由将让给尽])|(?<![所何足])可以(?=[把请由让给每])|[还也都]得(?=[把由给让])|该(?=[把由给让先])"
)
"""Words that bid softly."""
RE_REPORTED = re.compile(
    r"(?:^|(?<=[。！？；\n，,：:”]))(?:[他她]们?|大家|有人|不少[^，,。；\n]{1,6})(?:都|也|还)?"
    r"(?P<cue>希望|盼着?|巴望|主张|觉得应[当该]|认为应[当该])(?:能|上[级面头]能)?[，,：:]?(?=[^。；\n]{0,24}(?:[把让由给按请将]|能))",
    re.MULTILINE,
)
"""How minutes tell what somebody wishes."""
_SIGNS = "不妨|何不|不如|最好|应[当把由将让给尽]|宜[由在将把以尽先按会]|可以|得[把由给让]|该[把由给让先]|希望|盼|巴望|主张|觉得|认为"
BIDS = sieve_of(_SIGNS.split("|"))
"""A sentence without one of these bids nothing."""
RE_AGAINST = re.compile(
    r"[？?]$|哪里[^。；]*哪里|不(?:清楚|知道|晓得|明白)[^。；]*(?:可以|应当?)|应[由将][^，,。；]{2,14}的|应当(?:谨慎|慎重)|[就便才]应当|(?:本|原|早|理|似乎?)(?:来|先|该|来就)?应|应当[^，。；]{0,12}却|按[^，。；]{1,12}应当|(?:规定|要求|章程|条例)[^，。；]{0,12}应当"
    r"|认为[^，。；]{0,4}不|[^，,。；]{0,10}(?:曾|有人说|当时|那时|过去|原先)|“[^”]*(?:应当|不妨|可以)[^”]*”"
)
"""A question, a duty by the rules or one neglected, what others once thought."""
RE_LEAD = re.compile(
    r"(?:[^，,。；：\n]{0,14}(?:提一句|插一句|表个态|说一句|一件事[^，,。；：\n]{0,6}|看|说|想|言|论|觉得|认为)[，,：:])+|(?:再|先|还)说[^，,。；\n]{1,6}[，,]|至于[^，,。；\n]{1,8}[，,]"
)
"""What stands ahead of such a measure and is no part of it."""


def wished_points(text: str, region: Region) -> Iterator[Draft]:
    """Measures that modal words betray in a section of another role.

    Examples
    --------
    >>> text = "试点办了三期，反响不错。问题簿不妨每学期印一本，发到各支部。"
    >>> [text[d.head_start : d.head_end] for d in wished_points(text, Region(0, len(text), Role.RESULT))]
    ['问题簿不妨每学期印一本，发到各支部']
    """
    bids = BIDS.inside(text, region.start, region.end)
    for line in paragraphs(text, region.start, region.end):
        if _any_in(bids, *line):
            for start, end in sentences(text, *line):
                yield from _wished(text, start, end) if _any_in(bids, start, end) else ()


def _any_in(places: Sequence[int], start: int, end: int) -> bool:
    """Whether some of the places, which are in order, are in a stretch."""
    return bisect_left(places, start) < bisect_left(places, end)


def _wished(text: str, start: int, end: int) -> Iterator[Draft]:
    """The measure that a sentence bids, if it does."""
    if told := RE_REPORTED.search(text, start, end):
        basis = Basis(Role.MEASURE, WISHED, explicit=False, cue=told["cue"])
        yield from from_sentence(text, told.start("cue"), (told.end(), end), basis)
        return
    found = RE_SHOULD.search(text, start, end)
    if not found or RE_DONE.search(text, start, end) or RE_AGAINST.search(text, start, end):
        return
    first = _subject(text, start, found.start())
    if leaning(text[first:end]).measure >= LEANS:
        yield from from_sentence(text, first, (first, end), Basis(Role.MEASURE, WISHED, explicit=False))


def _subject(text: str, start: int, at: int) -> int:
    """Where the clause starts that holds a modal word, with its subject, behind what leads to it."""
    first = max((text.rfind(mark, start, at) for mark in "；："), default=-1) + 1 or start
    lead = RE_LEAD.match(text, first, at)
    first = lead.end() if lead else first
    comma = text.rfind("，", first, at)
    return comma + 1 if comma >= 0 else first
