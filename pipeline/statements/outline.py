"""A text with its section tree, and what stands side by side in it: labels that repeat, topics, claims."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from pipeline.sections.outline import Section
from pipeline.statements.claims import problem_strength
from pipeline.statements.enumerations import top_series
from pipeline.statements.headwords import measure_openers, names_its_role
from pipeline.values import SIDES, Role

MIN_REPEATED, MIN_PARALLEL, MAX_TOPIC = 2, 2, 5
"""How often a label of blocks comes up; how many topics stand side by side, and how long each is."""
MAX_NAME = 10
"""Length of a heading that may be a bare name (450 reports: sixteen groups of such headings, none of them claims)."""
RE_APART = re.compile("[，,：:“”—]")
RE_PARTY_WORK = re.compile("支部|党员|党建|党组织|党委|党总支|组织生活|党课|党务|党群")
MIN_DENSITY = 2.0
"""Such words per 1,000 characters; the sample reports have 5.3 and more, government work reports 0.64 and less."""


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
            if not names_its_role(self.words(index)):
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
    def repeated(self) -> frozenset[str]:
        """Heading words that come up again and again: labels of its own for blocks (看得见的)."""
        counts = Counter(self.words(index) for index in range(1, len(self.sections)))
        return frozenset(words for words, n in counts.items() if n >= MIN_REPEATED)

    @cached_property
    def parallel_topics(self) -> frozenset[int]:
        """Short sections side by side that end alike and say nothing wrong (时间脱嵌, 人员脱嵌): topics, not claims."""
        found: list[int] = []
        for below in self.children:
            words = [self.words(index) for index in below]
            alike = len({word[-2:] for word in words}) == 1 and len(set(words)) == len(words)
            if len(words) >= MIN_PARALLEL and alike and all(len(word) <= MAX_TOPIC for word in words):
                found += [index for index, word in zip(below, words, strict=True) if not problem_strength(word)]
        return frozenset(found)

    @cached_property
    def bare_topics(self) -> frozenset[int]:
        """Short sections side by side that say neither a fault nor an act and mostly hold several points each."""
        found: list[int] = []
        for below in self.children:
            words = [self.words(index) for index in below if self.sections[index].role in SIDES]
            is_bare = len(words) == len(below) >= MIN_PARALLEL and all(_is_bare_name(word) for word in words)
            if is_bare and 2 * sum(self._holds_several(index) for index in below) >= len(below):
                found += below
        return frozenset(found)

    def _holds_several(self, index: int) -> bool:
        """Whether sections, a series or several paragraphs stand under a heading."""
        start, end = self.body(index)
        lines = self.text[start:end].strip().count("\n") + 1
        return len(self.children[index]) >= 2 or lines >= 2 or bool(top_series(self.text, start, end))

    @cached_property
    def is_on_party_work(self) -> bool:
        """Whether the text is about the Party's own work, of which faults told in passing are looked for."""
        return len(RE_PARTY_WORK.findall(self.text)) >= MIN_DENSITY * len(self.text) / 1000

    @cached_property
    def n_sentences(self) -> int:
        """About how many sentences the text has."""
        return sum(self.text.count(mark) for mark in "。！？；;\n")

    def words(self, index: int) -> str:
        """A heading without its marker."""
        section = self.sections[index]
        return section.heading[len(section.marker or "") :].strip(" 　：:。【】〔〕[]")

    def above(self, index: int) -> Iterator[int]:
        """The sections that a section stands in, the nearest first, the whole text last."""
        parent = self.sections[index].parent
        while parent is not None:
            yield parent
            parent = self.sections[parent].parent

    def body(self, index: int) -> tuple[int, int]:
        """The text under a heading before its first child."""
        section = self.sections[index]
        below = self.children[index]
        return section.body_start, self.sections[below[0]].start if below else section.end


def _is_bare_name(words: str) -> bool:
    """Whether a heading is a few words without a fault, an act, or a mark between them."""
    is_plain = len(words) <= MAX_NAME and not RE_APART.search(words)
    return is_plain and not problem_strength(words) and not words.startswith(measure_openers())
