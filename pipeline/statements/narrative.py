"""Points of a text without headings, or without sections of any side: cues open them, contrast betrays them."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from functools import partial

from pipeline.statements.bodies import Region
from pipeline.statements.claims import standing_strength
from pipeline.statements.cued import cued_points
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.implicit import implicit_problems
from pipeline.statements.leanings import leaning
from pipeline.statements.prose import RE_DENIED, RE_DETAIL
from pipeline.statements.sentences import paragraphs, parts, sentences
from pipeline.values import Role

RE_BEHEST = re.compile(
    r"^(?:[^，,。；]{0,12}(?:一律|应当|应该|必须|务必|也该|还该|该(?![校院村镇县市区乡局所项])|(?<![主重需只想不必])要(?![求素点闻]))|把|给|让|由|对|建|设|开|请)"
)
RE_PROPOSES = re.compile(
    r"(?:依?我们?看|要我们?说|我们?[想说觉认感][得为到]?|大[家伙]儿?都?(?:提出|主张|说)"
    r"|(?:座谈)?会上(?:有人)?(?:提出|主张)|(?:有人|书记们|同志们)[都也]?(?:提出|主张)|办法是|法子是|出路是)"
    r"[，,：:]?(?=[^，,。；]{0,16}(?:得|该|应|要|不如|最好|可以|让|把|给|每))"
)
"""How somebody proposes something in plain speech."""
RE_SPEAKER = re.compile(r"[^，,。；\n]{1,8}[：:]")
LEANS, SURE = 0.9, 0.97
"""Chance of a fault from which a sentence with a weak word, and one with none, tells one."""
PLAIN_FAULT = 4
"""Strength of words from which a sentence without a contrast names a fault."""
TOLD = 0.68
"""Confidence of what only words betray, or of a measure that goes on from one that a cue opened."""


def told_points(text: str, region: Region, *, min_confidence: float, apart: bool = True) -> list[Draft]:
    """Points of a stretch without sections.

    Parameters
    ----------
    text : str
    region : Region
    min_confidence : float
        `PointOptions.min_implicit_confidence`.
    apart : bool
        Whether the stretch is one among sections, or is about other things than party work; in a letter or a talk
        on party work that has no heading at all, sentences tell faults by their leaning too.

    Examples
    --------
    >>> text = "镇上支部不少。但三个支部长期不活动。建议镇里派人指导。把台账也理一理。"
    >>> drafts = told_points(text, Region(0, len(text), None), min_confidence=0.5)
    >>> [(str(d.role), text[d.head_start : d.head_end]) for d in drafts]
    [('问题', '三个支部长期不活动'), ('对策', '镇里派人指导'), ('对策', '把台账也理一理')]
    """
    found = cued_points(text, region)
    found += implicit_problems(text, region, min_confidence=min_confidence)
    for more in (partial(_plain, apart=apart), _going_on):
        found.sort(key=lambda draft: draft.start)
        starts = [draft.start for draft in found]
        found += [
            draft
            for a, b in paragraphs(text, region.start, region.end)
            for draft in more(text, (a, b), found[max(0, bisect_left(starts, a) - 1) : bisect_left(starts, b)])
        ]
    return sorted(found, key=lambda draft: draft.start)


def _plain(text: str, line: tuple[int, int], found: list[Draft], *, apart: bool) -> Iterator[Draft]:
    """Faults that a sentence names in strong words, and proposals that it opens (我看，得…), beside what cues found."""
    at = 0
    for start, end in sentences(text, *line):
        while at < len(found) and found[at].head_end <= start:
            at += 1
        if at < len(found) and found[at].start < end:
            continue
        if proposal := RE_PROPOSES.match(text, start, end):
            basis = Basis(Role.MEASURE, TOLD, explicit=False)
            for a, b in parts(text, proposal.end(), end):
                yield from from_sentence(text, a, (a, b), basis)
        elif _tells_fault(text[start:end], apart=apart):
            yield from from_sentence(text, start, (start, end), Basis(Role.PROBLEM, TOLD, explicit=False))


def _tells_fault(words: str, *, apart: bool) -> bool:
    """Whether a sentence without a cue tells a fault: in strong words, or in weaker ones that lean the same way."""
    if RE_DETAIL.match(words) or RE_DENIED.search(words) or words.endswith(("？", "?")) or RE_SPEAKER.match(words):
        return False
    strength = standing_strength(words)
    if strength >= PLAIN_FAULT or apart:
        return strength >= PLAIN_FAULT
    return leaning(words).fault >= (LEANS if strength else SURE)


def _going_on(text: str, line: tuple[int, int], found: list[Draft]) -> Iterator[Draft]:
    """Measures in the sentences after one that a cue opened, within its paragraph."""
    opened = min((d.head_end for d in found if d.role == Role.MEASURE and line[0] <= d.start < line[1]), default=None)
    if opened is None:
        return
    for start, end in sentences(text, opened, line[1]):
        if start > opened and RE_BEHEST.search(text[start:end]):
            yield from from_sentence(text, start, (start, end), Basis(Role.MEASURE, TOLD, explicit=False))
