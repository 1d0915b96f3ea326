"""Which headings claim something (and are points) and which only name a role or a topic (and hold points)."""

import re
from dataclasses import dataclass
from functools import cache, cached_property

from pipeline import lexicon
from pipeline.sections.cues import heading_cues
from pipeline.sections.outline import Section
from pipeline.statements.claims import alternatives, problem_strength
from pipeline.statements.cues import is_announcement
from pipeline.statements.enumerations import top_series
from pipeline.statements.headlines import RE_ABOUT
from pipeline.statements.sentences import Span, sentences
from pipeline.values import SIDES, Role

RE_QUESTION = re.compile(
    r"(?!.*(哪里|哪儿|谁|什么).*\1)(?:.*[？?]$|.*(?:怎[么样]|为什么|为何|为啥|如何|何在|何处|哪[些儿里]|是什么|[了有要缺差](?:什么|啥)$|几何$))"
)
"""A question; what it asks twice is none (改革到哪里，支部就建到哪里)."""
RE_NAMED = re.compile(
    "(?:短板|痛点|堵点|难点|问题|病症|症状|开方|药方|处方|对策|建议|良方|破题|支招|病因|病根)[：:](?=.{4})"
)
"""A name of a role and, behind a colon, a claim."""
NAMES_ROLE, MIN_WEIGHT = 0.99, 2.0
"""Share of a heading that must be cues of roles and their fillers, and their weight, for it to claim nothing."""
RE_TOPIC_OF = re.compile("的[^的]{0,4}(?:环节|方面|领域|层面)$")
RE_TOPIC_NOUN = re.compile(r"(?:的?(?:问题|原因|表现|因素|情况|现状|现象|分析))$")
RE_PARTY_WORK = re.compile("支部|党员|党建|党组织|党委|党总支|组织生活|党课|党务|党群")
MIN_DENSITY = 2.0
"""Such words per 1,000 characters; the sample reports have 5.3 and more, government work reports 0.64 and less."""
RE_SLACK = re.compile(r"[\s　，,、。：:；;（）()“”《》\d×年]|20\d\d|[一二三四五六七八九十两几]+[个条点项件]?")
RE_PLURAL = re.compile(r"^(?:几[点个条项]|若干|三点|五点|两点|四点)")


@dataclass(frozen=True)
class Outline:
    """A text with its section tree."""

    text: str
    sections: list[Section]

    @cached_property
    def children(self) -> list[list[int]]:
        """Indices of each section's children, in order."""
        below: list[list[int]] = [[] for _ in self.sections]
        for index, section in enumerate(self.sections):
            if section.parent is not None:
                below[section.parent].append(index)
        return below

    @cached_property
    def n_claims(self) -> dict[tuple[int | None, Role | None], int]:
        """How many sections of a role with a heading of their own words stand under one parent."""
        counts: dict[tuple[int | None, Role | None], int] = {}
        for index, section in enumerate(self.sections):
            if not _names_its_role(self.words(index)):
                key = (section.parent, section.role)
                counts[key] = counts.get(key, 0) + 1
        return counts

    @cached_property
    def n_open(self) -> dict[tuple[int | None, Role | None], int]:
        """How many sections of a role under one parent hold sections of that role."""
        counts: dict[tuple[int | None, Role | None], int] = {}
        for index, section in enumerate(self.sections):
            if sum(self.sections[child].role == section.role for child in self.children[index]) >= 2:
                key = (section.parent, section.role)
                counts[key] = counts.get(key, 0) + 1
        return counts

    @cached_property
    def is_on_party_work(self) -> bool:
        """Whether the text is about the Party's own work, of which faults told in passing are looked for."""
        return len(RE_PARTY_WORK.findall(self.text)) >= MIN_DENSITY * len(self.text) / 1000

    def words(self, index: int) -> str:
        """A heading without its marker."""
        section = self.sections[index]
        return section.heading[len(section.marker or "") :].strip(" 　：:。【】〔〕[]")

    def body(self, index: int) -> tuple[int, int]:
        """The text under a heading before its first child."""
        section = self.sections[index]
        below = self.children[index]
        return section.body_start, self.sections[below[0]].start if below else section.end


@cache
def _words(use: str) -> re.Pattern[str]:
    """The heading words of one use."""
    return re.compile(alternatives(row["word"] for row in lexicon.rows("heading_topics.csv") if row["use"] == use))


@cache
def _labels() -> frozenset[str]:
    """Labels of blocks under a point."""
    return frozenset(row["word"] for row in lexicon.rows("heading_topics.csv") if row["use"] == "label")


@cache
def _verbs() -> tuple[str, ...]:
    """Verbs of two signs that open a measure."""
    return tuple(word for word in lexicon.words("measure_verbs.txt") if len(word) > 1)


def is_label(words: str) -> bool:
    """Whether a heading is a block label such as 具体表现 or 整改措施."""
    return words in _labels()


def is_generic(words: str) -> bool:
    """Whether a heading is made of role words alone.

    Examples
    --------
    >>> is_generic("存在的主要问题及原因分析"), is_generic("党员教育抓得不紧")
    (True, False)
    """
    if len(RE_SLACK.sub("", _words("generic").sub("", words))) <= 1:
        return True
    cues = heading_cues(words)
    return cues is not None and cues.coverage >= NAMES_ROLE and cues.weight >= MIN_WEIGHT


def is_topic(words: str) -> bool:
    """Whether a heading names a topic whose children are the points (党员队伍方面)."""
    found = re.search(rf"(?:{_words('topic').pattern})(?:的?问题|的?原因)?$", words)
    if found is None or "：" in words:
        return False
    return RE_TOPIC_OF.search(words) is not None or problem_strength(words) == 0


def _names_its_role(words: str) -> bool:
    """Whether a heading says which role its section has, in whatever words."""
    return is_generic(words) or bool(_words("loose").search(words)) or bool(RE_QUESTION.match(words))


def _ends_in_role(words: str) -> bool:
    """Whether a heading ends in the name of a role (流动党员管理的难点)."""
    return bool(re.search(rf"(?:{_words('ending').pattern})$", words))


def makes_claim(outline: Outline, index: int) -> bool:
    """Whether a section's heading is a point itself; else the points stand under it.

    The evidence is the wording, then the structure: sections of one role side by side are claims, a lone section of
    its role that holds several others, or a series, only names the role.
    """
    section, words = outline.sections[index], outline.words(index)
    if not words or is_generic(words) or is_label(words) or is_topic(words) or RE_PLURAL.search(words):
        return False
    if RE_QUESTION.match(words) or (words.endswith("的") and not problem_strength(words)):
        return False
    return bool(RE_NAMED.match(words) and not section.marker) or _claims_in_place(outline, index)


def _claims_in_place(outline: Outline, index: int) -> bool:
    """Whether a heading with words of its own claims, by the section around it and those beside it."""
    section, words = outline.sections[index], outline.words(index)
    parent = outline.sections[section.parent] if section.parent is not None else None
    if parent is not None and parent.level > 0 and parent.role == section.role:
        return not _names_topic(words, section.role)
    if (about := RE_ABOUT.match(words)) and section.role == Role.PROBLEM and problem_strength(about["claim"]):
        return True
    if _ends_in_role(words) and not _claims_with_ending(words, section.role):
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
    if _names_its_role(outline.words(index)):
        return False
    return n_claims >= 2 or not _holds_points(outline, index)


def _claims_with_ending(words: str, role: Role | None) -> bool:
    """Whether a heading that ends in a role word still makes a claim (完善考核办法, 存在重形式的问题)."""
    if role == Role.MEASURE:
        return words.startswith(_verbs())
    return role in {Role.PROBLEM, Role.CAUSE} and problem_strength(words[:-2]) >= 3


def _names_topic(words: str, role: Role | None) -> bool:
    """Whether a heading under one of its own role names a topic only (思想认识问题); a measure's never does."""
    noun = RE_TOPIC_NOUN.search(words)
    return role != Role.MEASURE and bool(noun) and problem_strength(words[: noun.start()]) == 0 if noun else False


def _holds_points(outline: Outline, index: int) -> bool:
    """Whether the body under a lone heading holds several points of its own."""
    start, end = outline.body(index)
    return bool(top_series(outline.text, start, end)) or outline.text.count("\n", start, end - 1) >= 2


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
    is_figure = not section.marker and not _nouns().search(words) and not is_generic(words)
    if not (is_question or is_figure) or section.role not in SIDES or outline.children[index]:
        return None
    start, end = outline.body(index)
    first = next(sentences(outline.text, start, end), None)
    if first is None or first[1] - first[0] > MAX_LEAD or first[1] >= end - 1:
        return None
    return None if is_announcement(outline.text[first[0] : first[1]]) else first


MAX_LEAD = 40
"""A longer first sentence tells, it does not claim."""
