"""Points in what people said at a meeting: one paragraph a speaker, a complaint and a wish in it."""

import re
from collections.abc import Iterator

from pipeline.statements.bodies import Region
from pipeline.statements.claims import standing_strength
from pipeline.statements.cued import cued_points
from pipeline.statements.cues import opener
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.headlines import later_fault
from pipeline.statements.implicit import contrast_inside
from pipeline.statements.leanings import leaning
from pipeline.statements.openings import CUED
from pipeline.statements.sentences import Span, paragraphs, sentences
from pipeline.values import Role

RE_NAMED = re.compile(r"[\u4e00-\u9fff×xX*某]{2,12}[（(][^）)\n]{1,40}[）)](?:同志)?[：:]")
RE_CLEAR = re.compile(r"[^，,。；\n]{0,12}(?:[清楚道承认]|看|说)[，,]")
RE_HEDGE = re.compile(r"(?:^|[，,])(?:有的|有些|个别|部分|一些)")
RE_REASON = re.compile(r"不是[^，,。]{1,12}[，,](?:而|就)?是(?=没)")
RE_WISH = re.compile(
    r"^(?:让|把|给|由|请)|不如|(?<![应活])该(?=[请把让给由])|应当|应该|(?<![主重需只想不必])[要须](?![求素点闻不])|必须"
)
STRONG = 3
"""Strength of words (`standing_strength`) for a further complaint."""
FIRST = ((2, 0.3), (1, 0.5), (0, 0.85))
"""Strength of words and chance of a fault for the first complaint: the plainer the words, the surer the leaning."""
RE_REFUSED = re.compile("不接|不同意|没有怨言|倒苦水|说句|不承认|提个醒|这个帽子|没有意见")
"""What a speaker refuses to say, or says of the saying."""
SPOKEN = 0.68
"""Confidence of a claim in speech that only its words mark."""


def speaker_paragraphs(text: str, start: int, end: int) -> list[tuple[Span, int]]:
    r"""Paragraphs that a named speaker opens, with the place where the speech starts; none unless there are two.

    Examples
    --------
    >>> text = "甲××（护士长）：人手紧。\n乙××（司机）：没意见。"
    >>> [text[at:b] for (a, b), at in speaker_paragraphs(text, 0, len(text))]
    ['人手紧。', '没意见。']
    """
    found = [((a, b), m.end()) for a, b in paragraphs(text, start, end) if (m := RE_NAMED.match(text, a, b))]
    return found if len(found) >= 2 else []


def spoken_points(text: str, speech: Span, region: Region) -> Iterator[Draft]:
    """Complaints, reasons and wishes of one speaker.

    Parameters
    ----------
    text : str
    speech : tuple of int
        What was said.
    region : Region
        With the role of the section around: complaints in a 问题 section are explicit.
    """
    here = Region(*speech, Role.PROBLEM)
    cued = cued_points(text, here)
    spans = list(sentences(text, *speech))
    opened = list(_opened(text, speech))
    yield from cued
    taken = [draft.head_start for draft in (*cued, *opened)]
    first_wish = min((draft.start for draft in cued if draft.role == Role.MEASURE), default=speech[1])
    free = [span for span in spans if not any(span[0] <= at < span[1] for at in taken)]
    complaints = opened + list(
        _complaints(text, [span for span in free if span[0] < first_wish], region, opened=bool(opened))
    )
    yield from complaints
    yield from _reasons(text, speech)
    if first_wish == speech[1]:
        after = max((draft.head_end for draft in complaints), default=speech[0])
        yield from _wish(text, [span for span in free if span[0] >= after])


def _opened(text: str, speech: Span) -> Iterator[Draft]:
    """Complaints that a cue opens (最难的是…)."""
    for found in opener(Role.PROBLEM).finditer(text, *speech):
        words = next(sentences(text, found.end(), speech[1]), None)
        yield from from_sentence(text, found.start("cue"), words, Basis(Role.PROBLEM, CUED, cue=found["cue"]))


def _complaints(text: str, spans: list[Span], region: Region, *, opened: bool) -> Iterator[Draft]:
    """The first sentence that says plainly what is wrong, and others that open with 有的."""
    graded = [(standing_strength(text[a:b]), (a, b)) for a, b in spans if not RE_REFUSED.search(text[a:b])]
    best = None if opened else _first_complaint(text, graded)
    for grade, (a, b) in graded:
        hedge = RE_HEDGE.search(text[a:b])
        if (a, b) == best or (grade >= STRONG and hedge):
            lead = RE_CLEAR.match(text, a, b)
            inside = contrast_inside().search(text, a, b)
            first = inside.end() if inside else a + hedge.end() - 2 if hedge else lead.end() if lead else a
            basis = Basis(Role.PROBLEM, SPOKEN, explicit=region.role == Role.PROBLEM)
            yield from from_sentence(text, first, _claim_in(text, first, b), basis)


def _claim_in(text: str, start: int, end: int) -> Span:
    """The clauses late in a sentence that tell the fault, if they lean to it more than those before; else all of it."""
    later = later_fault(text, start, end)
    if later is None or leaning(text[later[0] : later[1]]).fault <= leaning(text[start : later[0]]).fault:
        return start, end
    return later


def _first_complaint(text: str, graded: list[tuple[int, Span]]) -> Span | None:
    """The first sentence that says plainly what is wrong, in words or by its leaning."""
    for strength, chance in FIRST:
        for grade, (a, b) in graded:
            if grade >= strength and leaning(text[a:b]).fault >= chance:
                return a, b
    return None


def _reasons(text: str, speech: Span) -> Iterator[Draft]:
    """Reasons told as a correction (不是不想学，是没人教)."""
    for found in RE_REASON.finditer(text, *speech):
        words = next(sentences(text, found.end(), speech[1]), None)
        yield from from_sentence(text, found.end(), words, Basis(Role.CAUSE, SPOKEN, explicit=False))


def _wish(text: str, spans: list[Span]) -> Iterator[Draft]:
    """The first sentence that asks for something without a cue of its own."""
    for a, b in spans:
        soft = opener(Role.MEASURE, "soft").match(text, a, b)
        if soft or RE_WISH.search(text[a:b]):
            basis = Basis(Role.MEASURE, SPOKEN, explicit=False, cue=soft["cue"] if soft else None)
            yield from from_sentence(text, a, (soft.end() if soft else a, b), basis)
            return
