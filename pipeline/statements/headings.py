"""Which headings claim something (and are points) and which only name a role or a topic (and hold points)."""

import re
from functools import cache

from pipeline import lexicon
from pipeline.lexicon.finder import alternatives
from pipeline.statements.claims import problem_strength
from pipeline.statements.cues import announced_count, is_announcement
from pipeline.statements.enumerations import top_series
from pipeline.statements.headlines import RE_ABOUT
from pipeline.statements.headwords import (
    RE_QUESTION,
    ends_in_role,
    is_empty,
    is_generic,
    is_label,
    is_topic,
    measure_openers,
    names_its_role,
)
from pipeline.statements.measures import measure_strength
from pipeline.statements.outline import Outline
from pipeline.statements.sentences import Span, sentences
from pipeline.values import SIDES, Role

RE_NAMED = re.compile(
    "(?:短板|痛点|堵点|难点|问题|病症|症状|开方|药方|处方|对策|建议|良方|破题|支招|病因|病根)[：:](?=.{4})"
)
"""A name of a role and, behind a colon, a claim."""
RE_TOPIC_NOUN = re.compile(r"(?:的?(?:问题|原因|表现|因素|情况|现状|现象|分析))$")
MIN_COUNTED = 3
"""Points from which a heading that counts them only announces them."""
RE_TELLS = re.compile(
    r"[^，,。；]{2,6}[：:]|不(?:能|要|是|妨)|[这那它其]|例如|比如|有[的一些人]|[^，,。；]{0,6}(?:[年月天日周]|个多月)[里来间内]?[，,]|\d|[一二三四五六七八九十百两]+[名个位家所]"
)
"""How a first sentence begins that gives a record, an instance or a reservation, not the claim."""
RE_NAMES = re.compile("[：:·]|^[「“《『【]")
"""A heading that gives a claim behind its topic, or a name, is no figure of speech."""


def makes_claim(outline: Outline, index: int) -> bool:
    """Whether a section's heading is a point itself; else the points stand under it.

    The evidence is the wording, then the structure: sections of one role side by side are claims, a lone section of
    its role that holds several others, or a series, only names the role.
    """
    section, words = outline.sections[index], outline.words(index)
    if is_empty(words) or is_generic(words) or is_label(words) or is_topic(words) or words in outline.repeated:
        return False
    if index in outline.parallel_topics or index in outline.bare_topics:
        return False
    if (
        _counts_its_items(outline, index)
        or RE_QUESTION.match(words)
        or (words.endswith("的") and not problem_strength(words))
    ):
        return False
    return bool(RE_NAMED.match(words) and not section.marker) or _claims_in_place(outline, index)


def _counts_its_items(outline: Outline, index: int) -> bool:
    """Whether a heading says how many points stand under it (请各位带五样东西回去): as many as a series there has."""
    count = announced_count(outline.words(index))
    if not count or count < MIN_COUNTED:
        return False
    return any(len(series.items) == count for series in top_series(outline.text, *outline.body(index)))


def _claims_in_place(outline: Outline, index: int) -> bool:
    """Whether a heading with words of its own claims, by the section around it and those beside it."""
    section, words = outline.sections[index], outline.words(index)
    parent = outline.sections[section.parent] if section.parent is not None else None
    if parent is not None and parent.level > 0 and parent.role == section.role:
        return not _names_topic(words, section.role)
    if (about := RE_ABOUT.match(words)) and section.role == Role.PROBLEM and problem_strength(about["claim"]):
        return True
    if ends_in_role(words) and not _claims_with_ending(words, section.role):
        return False
    return _stands_for_itself(outline, index)


def _stands_for_itself(outline: Outline, index: int) -> bool:
    """Whether a top heading of its role is a claim among others, not the title of what stands under it."""
    section = outline.sections[index]
    below = outline.children[index]
    own = [i for i in below if outline.sections[i].role == section.role and not is_label(outline.words(i))]
    n_claims = outline.n_claims.get((section.parent, section.role), 0)
    if len(own) >= 2 and outline.n_open.get((section.parent, section.role), 0) * 2 <= n_claims:
        return False
    if n_claims >= 3 or len(own) >= 2 or below:
        return n_claims >= 3 or len(own) < 2
    if names_its_role(outline.words(index)):
        return False
    return n_claims >= 2 or not (_holds_points(outline, index) or _is_mere_name(outline, index))


def _claims_with_ending(words: str, role: Role | None) -> bool:
    """Whether a heading that ends in a role word still makes a claim (完善考核办法, 存在重形式的问题)."""
    if role == Role.MEASURE:
        return words.startswith(measure_openers())
    return role in {Role.PROBLEM, Role.CAUSE} and problem_strength(words[:-2]) >= 3


def _names_topic(words: str, role: Role | None) -> bool:
    """Whether a heading under one of its own role names a topic only (思想认识问题); a measure's never does."""
    noun = RE_TOPIC_NOUN.search(words)
    return role != Role.MEASURE and bool(noun) and problem_strength(words[: noun.start()]) == 0 if noun else False


def _holds_points(outline: Outline, index: int) -> bool:
    """Whether the body under a lone heading holds several points of its own."""
    start, end = outline.body(index)
    return bool(top_series(outline.text, start, end)) or outline.text.count("\n", start, end - 1) >= 2


def _is_mere_name(outline: Outline, index: int) -> bool:
    """Whether a lone heading says nothing of its role in plain words (下一班船), so that its body must."""
    words, role = outline.words(index), outline.sections[index].role
    if role == Role.MEASURE:
        return measure_strength(words) <= 0 and not _nouns().search(words)
    return role in {Role.PROBLEM, Role.CAUSE} and not problem_strength(words)


@cache
def _nouns() -> re.Pattern[str]:
    """Nouns of party work and of organisations."""
    return re.compile(alternatives(lexicon.words("party_nouns.txt")))


def lead_instead(outline: Outline, index: int) -> Span | None:
    """The sentence that makes the claim under a heading that makes none in plain words; None for any other heading.

    Such a heading is a question under a heading of its role (网站为什么没人看？), or a figure of speech: it has no
    number and names nothing of party work (锣敲在上头，鼓哑在下头), while its first sentence is short.
    """
    section, words = outline.sections[index], outline.words(index)
    parent = outline.sections[section.parent] if section.parent is not None else None
    is_question = bool(RE_QUESTION.match(words)) and parent is not None and parent.role == section.role
    is_figure = not section.marker and not _nouns().search(words) and _is_among_claims(outline, index)
    is_figure = is_figure and not RE_NAMES.search(words)
    if not (is_question or is_figure) or section.role not in SIDES or outline.children[index]:
        return None
    start, end = outline.body(index)
    first = next(sentences(outline.text, start, end), None)
    if first is None or first[1] - first[0] > MAX_LEAD or first[1] >= end - 1:
        return None
    lead = outline.text[first[0] : first[1]]
    return None if is_announcement(lead) or RE_TELLS.match(lead) else first


def _is_among_claims(outline: Outline, index: int) -> bool:
    """Whether a heading of words of its own stands beside others of its role; a lone one names its role, however."""
    section, words = outline.sections[index], outline.words(index)
    if is_empty(words) or names_its_role(words) or words in outline.repeated or index in outline.parallel_topics:
        return False
    return outline.n_claims.get((section.parent, section.role), 0) >= 2


MAX_LEAD = 40
"""A longer first sentence tells, it does not claim."""
