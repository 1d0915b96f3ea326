"""Traits of sections that fit several roles: where they stand, the form of their headings, the tone of their sentences."""

import numpy as np

from pipeline.sections.cues import is_action
from pipeline.sections.kinship import Floats
from pipeline.sections.reading import Sums
from pipeline.sections.report import Report, is_answered
from pipeline.sections.rolemodel import ROLES
from pipeline.sections.titles import title_odds
from pipeline.values import Role

ASKING = ("何", "怎", "哪", "什么", "吗", "谁")
"""Glyphs and words of questions."""
FLAWLESS = -1
"""The trait of a report that tells of no fault and asks for nothing."""
MIN_VOTES, MIN_TOLD, MIN_TOLD_IN_ONE = 0.45, 0.3, 0.4
"""Below such votes for 问题 in all sections, and such a chance of 问题 and 原因 in its sentences, and in those of each section, a
report tells of no fault (sample reports)."""
MIDDLING, MAX_WORDS = 5.0, 30
"""Log of the glyphs of a middling section; glyphs of a heading beyond which it is merely long."""


def traits_of(report: Report, whole: Sums) -> Floats:
    """The traits of each section, shape (n_sections, n_traits).

    Parameters
    ----------
    report : Report
    whole : Sums
        What is read under each heading, the subsections included.
    """
    tones = [whole.means("tones"), np.log(np.maximum(whole.counts, 1))]
    return np.column_stack([_places(report), _forms(report), *tones, *_neighbours(report), _moods(report, whole)])


def _places(report: Report) -> Floats:
    """Where the sections stand: a constant, depth, place among the siblings, sizes."""
    rows = np.zeros((len(report.sections), 14))
    total = max(1, len(report.text))
    for parent, group in enumerate(report.children):
        is_top, last = parent == 0, len(group) - 1
        for place, at in enumerate(group):
            section = report.sections[at]
            size = section.end - section.start
            bulk = np.log(max(1, size)) - MIDDLING
            rows[at, :8] = [1.0, is_top, section.level >= 3, place == 0, place == last, place / max(1, last)] + [
                place == 0 and is_top,
                place == last and is_top,
            ]
            rows[at, 8:11] = [bulk, is_top * bulk, np.log(len(group))]
            rows[at, 11:] = [size / total, section.start / total, bool(report.children[at])]
    return rows


def _forms(report: Report) -> Floats:
    """The form of the headings."""
    parallel = _parallel(report)
    rows = [
        [
            words.endswith(("？", "?")),
            any(asked in words for asked in ASKING),
            is_action(words),
            "——" in words,
            any(mark in words for mark in "：:"),
            any(mark in words for mark in "，,"),
            min(len(words), MAX_WORDS) / 10,
            words.startswith("“"),
            parallel[at],
            is_answered(report, at),
        ]
        for at, words in enumerate(report.words)
    ]
    return np.array(rows, dtype=float)


def _parallel(report: Report) -> list[bool]:
    """Whether the heading of each section has the form of its siblings: the same first glyph."""
    found = [False] * len(report.sections)
    for group in report.children:
        heads = [report.words[at][:1] for at in group]
        for at, head in zip(group, heads, strict=True):
            found[at] = len(group) > 1 and heads.count(head) > len(group) / 2
    return found


def _neighbours(report: Report) -> Floats:
    """The roles that siblings before and behind a section name."""
    named = report.named()
    rows = np.zeros((2, len(report.sections), len(ROLES)))
    for group in report.children:
        for place, at in enumerate(group):
            for side, others in enumerate((group[:place], group[place + 1 :])):
                rows[side, at, [named[other] for other in others if named[other] >= 0]] = 1.0
    return rows


def _moods(report: Report, whole: Sums) -> Floats:
    """Whether the report names faults, whether it names measures, and whether it tells of neither by any heading.

    What tells of no fault and asks for nothing, but is no plan by its title, tells what was done.
    """
    named = {ROLES[role] for role in report.named() if role >= 0}
    top = report.children[0]
    votes = whole.means("votes")[top, ROLES.index(Role.PROBLEM)]
    told = whole.means("chances")[:, [ROLES.index(Role.PROBLEM), ROLES.index(Role.CAUSE)]].sum(axis=1)
    is_faultless = told[0] < MIN_TOLD and (told[top] < MIN_TOLD_IN_ONE).all() and (votes < MIN_VOTES).all()
    is_silent = not named & {Role.PROBLEM, Role.CAUSE, Role.MEASURE} and is_faultless
    is_flawless = is_silent and not {Role.MEASURE, Role.GOAL} & set(title_odds(report.title()))
    moods = np.array([bool(named & {Role.PROBLEM, Role.CAUSE}), Role.MEASURE in named, is_flawless], dtype=float)
    return np.tile(moods, (len(report.sections), 1))
