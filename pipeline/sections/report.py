"""A text with its sections as roles are judged: their headings, what these name, and those right below each."""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from pipeline.sections.cues import HeadingCues, heading_cues
from pipeline.sections.labels import inline_labels
from pipeline.sections.outline import Section
from pipeline.sections.rolemodel import ROLES
from pipeline.values import Role

TOPICAL, MIN_OWN = 0.75, 2.0
"""Share of a heading that must be cues, and their weight, for it to stand for itself."""
DASHES = ("—", "―", "–", "－－", "--")
"""How a subtitle begins."""
SOME = 3
"""Items of a section that count fully (sample reports)."""
MAX_BLOCKS = 2
"""Blocks below an item, at most: what shows it, and what is done about it."""
MAX_LABEL = 8
"""Glyphs of a heading that returns under several sections and means the same under all of them."""

RE_VOICE = re.compile(
    r"(?:[^，,。；;：:“”\n（(]{2,16}(?:[（(][^）)\n]{1,40}[）)])?(?:同志)?[：:]|[^，,。；;：:“”\n]{2,24}(?:谈到|提到|反映|坦言|认为|说|讲)[，,：:])(?=.{20})"
)
"""A paragraph in which somebody speaks."""
MIN_VOICES = 3
"""Different voices in a section from which it is a talk."""


@dataclass(frozen=True, slots=True)
class Report:
    """A text with its sections, the root first.

    Attributes
    ----------
    text : str
    sections : sequence of Section
    words : list of str
        Their headings without markers.
    cues : list of HeadingCues or None
        What the headings name.
    children : list of list of int
        Places of the sections right below each.
    """

    text: str
    sections: Sequence[Section]
    words: list[str]
    cues: list[HeadingCues | None]
    children: list[list[int]]

    def title(self) -> str:
        """The title of the report, with the subtitle on the line below it."""
        title, below, *_ = [*self.text[: self.sections[1].start if self.sections[1:] else None].split("\n", 2), ""]
        return title + below if below.lstrip().startswith(DASHES) else title

    def own_span(self, at: int) -> tuple[int, int]:
        """The span of text right under a heading, up to the first section inside it."""
        section, below = self.sections[at], self.children[at]
        return section.body_start, max(section.body_start, self.sections[below[0]].start if below else section.end)

    def named(self) -> list[int]:
        """The role that each heading names for itself, as its place among the roles; -1 if none or several."""
        alone = [cues.roles if cues and is_topical(cues) and len(cues.roles) == 1 else () for cues in self.cues]
        return [ROLES.index(roles[0]) if roles else -1 for roles in alone]

    def damping(self) -> list[float]:
        """What each section's evidence counts: many items of one section say much the same, and count as some."""
        counts = [1.0] * len(self.sections)
        for group in self.children[1:]:
            for at in group:
                counts[at] = min(1.0, (SOME / len(group)) ** 0.5)
        return counts

    def twins(self) -> list[list[int]]:
        """Sections whose short headings return under several sections (看得见的, 怎么迈)."""
        places: dict[str, list[int]] = defaultdict(list)
        for at, section in enumerate(self.sections):
            if section.parent and len(self.words[at]) <= MAX_LABEL:
                places[self.words[at]].append(at)
        return [group for group in places.values() if len({self.sections[at].parent for at in group}) > 1]


def report_of(text: str, sections: Sequence[Section]) -> Report:
    """The report of a text and its sections, the root first."""
    words = [section.heading[len(section.marker or "") :].strip() for section in sections]
    children: list[list[int]] = [[] for _ in sections]
    for at, section in enumerate(sections):
        if section.parent is not None:
            children[section.parent].append(at)
    return Report(text, sections, words, [heading_cues(heading) for heading in words], children)


def is_topical(cues: HeadingCues | None) -> bool:
    """Whether a heading is little else than cues, so that it stands for itself."""
    return cues is not None and cues.coverage >= TOPICAL and cues.weight >= MIN_OWN


def is_answered(report: Report, at: int) -> bool:
    """Whether the sections or labels below an item show it and answer it (表现, 对策)."""
    below = [report.cues[child] for child in report.children[at]]
    if below:
        roles = {role for cues in below if cues and is_topical(cues) for role in cues.roles}
        return Role.MEASURE in roles and bool(roles & {Role.PROBLEM, Role.CAUSE})
    section = report.sections[at]
    return any(label.role is Role.MEASURE for label in inline_labels(report.text, section.body_start, section.end))


def has_remedy(report: Report, at: int) -> bool:
    """Whether a heading that names no role has nothing below it but a block that says what is done about it (整改措施), and one
    that shows it at most.
    """
    own, below = report.cues[at], report.children[at]
    if (own is not None and is_topical(own)) or not 0 < len(below) <= MAX_BLOCKS:
        return False
    labels = [report.cues[child] for child in below if len(report.words[child]) <= MAX_LABEL]
    return any(cues and is_topical(cues) and cues.roles == (Role.MEASURE,) for cues in labels)


def is_talk(report: Report, at: int) -> bool:
    """Whether several people speak in the paragraphs right under a heading, a paragraph each."""
    start, end = report.own_span(at)
    voices = filter(None, map(RE_VOICE.match, report.text[start:end].split("\n")))
    return len({voice[0] for voice in voices}) >= MIN_VOICES
