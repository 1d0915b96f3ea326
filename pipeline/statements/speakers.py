"""Points in what people said at a meeting: one paragraph a speaker, a complaint and a wish in it."""

import re
from collections.abc import Iterator

from pipeline.statements.bodies import Region, body_points
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
RE_POST = re.compile(
    r"[^，,。；：“”\n]{0,22}(?:书记|主任|院长|校长|局长|科长|处长|所长|站长|站员|场长|队长|组长|班长|店长|经理|会长|秘书长|委员|干事|科员|职员|专员|党员|队员|教师|老师|医师|医生|护士|护士长"
    r"|民警|法官|工程师|研究员|教授|农户|村民|居民|职工|工人|骑手|司机|学员|代表)[^，,。；：“”\n]{0,5}[：:]"
)
"""Who speaks, by post and name, without brackets (骨科支部书记许某：)."""
RE_SAID = re.compile(
    r"[^，,。；：“”\n]{0,22}(?:书记|主任|院长|校长|局长|科长|处长|所长|站长|队长|组长|经理|委员|党员|教师|老师|医师|医生|护士长|村民|居民|职工|代表)[^，,。；：“”\n]{0,8}?"
    r"(?:谈到|提到|反映|坦言|直言|认为|说得?[^，,。；：\n]{0,4}|讲得?[^，,。；：\n]{0,6})[，,：:]"
)
"""How minutes tell what somebody said (支部书记文×说，…)."""
RE_COLON = re.compile("[：:]")
MAX_OPENING = 64
"""How far a colon stands from the start of a paragraph at most, if it is that of a speaker, and some."""
RE_ASKER = re.compile(r"(?:记者|采访者|笔者|主持人|编者|问)[：:]")
RE_LABEL = re.compile(r"[\u4e00-\u9fff×某]{1,6}[：:]")
"""Who asks in an interview, and who answers."""
RE_PREFACE = re.compile(
    r"我(?:先|只|也|就|再)?(?:来)?(?:说|讲|补充|提|谈)[^，,。；]{0,8}[。，,]|老?[^，,。；]{1,4}(?:讲|说)的(?:是|都)"
)
"""How speakers begin, before they say what they have to say."""
MIN_POSTS = 3
"""Paragraphs that posts open, to be speeches."""
RE_CLEAR = re.compile(
    r"(?:我的?(?:感觉|看法|印象|意见)是|说句(?:不好听|实在|心里|公道)的?话?|不瞒[您你]说?|说实话|(?:头一|第[一二三]|再一|还有一|最后一)[桩件个条样点])[，,：:]|[^，,。；\n]{0,12}(?:[清楚道承认]|看|说)[，,]"
)
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
MAX_PREFACE = 24
"""Signs of a sentence with which a speaker begins."""
BIDS = 0.2
"""Chance of a measure from which a sentence with a modal word asks for something."""
SPOKEN = 0.68
"""Confidence of a claim in speech that only its words mark."""


def speaker_paragraphs(text: str, start: int, end: int, *, answers: bool = False) -> list[tuple[Span, int]]:
    r"""Paragraphs that a named speaker opens, with the place where the speech starts; none unless there are two.

    With `answers`, those of an interview too: in a section of problems its series go on from answer to answer.

    Examples
    --------
    >>> text = "甲××（护士长）：人手紧。\n乙××（司机）：没意见。"
    >>> [text[at:b] for (a, b), at in speaker_paragraphs(text, 0, len(text))]
    ['人手紧。', '没意见。']
    """
    lines = list(paragraphs(text, start, end))
    opened = [(a, b) for a, b in lines if RE_COLON.search(text, a, min(b, a + MAX_OPENING))]
    if any(RE_ASKER.match(text, a, b) for a, b in opened):
        labelled = [((a, b), m.end()) for a, b in opened if (m := RE_LABEL.match(text, a, b))] if answers else []
        return [one for one in labelled if not RE_ASKER.match(text, *one[0])]
    named = [((a, b), m.end()) for a, b in opened if (m := RE_NAMED.match(text, a, b))]
    for forms, asked in (((RE_NAMED, RE_POST), opened), ((RE_SAID,), lines)):
        found = [((a, b), m.end()) for a, b in asked for form in forms if (m := form.match(text, a, b))]
        if len(found) >= MIN_POSTS and len(found) > len(named):
            return list(dict(found).items())
    return named if len(named) >= 2 else []


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
    if region.role in {Role.CAUSE, Role.MEASURE}:
        yield from body_points(text, Region(*speech, region.role), region.role)
        return
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
    graded = [(standing_strength(text[a:b]), (a, b)) for a, b in spans if not _is_preface(text[a:b])]
    best = None if opened else _first_complaint(text, graded)
    for grade, (a, b) in graded:
        hedge = RE_HEDGE.search(text[a:b])
        if (a, b) == best or (grade >= STRONG and hedge):
            lead = RE_CLEAR.match(text, a, b)
            inside = contrast_inside().search(text, a, b)
            first = inside.end() if inside else a + hedge.end() - 2 if hedge else lead.end() if lead else a
            basis = Basis(Role.PROBLEM, SPOKEN, explicit=region.role == Role.PROBLEM)
            yield from from_sentence(text, first, _claim_in(text, first, b), basis)


def _is_preface(words: str) -> bool:
    """Whether a sentence only leads to what a speaker has to say, or refuses to say it."""
    return bool(RE_REFUSED.search(words)) or (len(words) <= MAX_PREFACE and bool(RE_PREFACE.match(words)))


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
        if soft or (RE_WISH.search(text[a:b]) and leaning(text[a:b]).measure >= BIDS):
            basis = Basis(Role.MEASURE, SPOKEN, explicit=False, cue=soft["cue"] if soft else None)
            yield from from_sentence(text, a, (soft.end() if soft else a, b), basis)
            return
