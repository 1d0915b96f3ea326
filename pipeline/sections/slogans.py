"""The roles of sections whose headings are slogans: by their sentences, one another, their place and the title."""

import math
import re
from collections import defaultdict
from dataclasses import dataclass, field
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.sections.cues import is_action
from pipeline.values import Role

SHARPNESS, UNSEEN, TITLE = 2.0, 0.1, 0.5
"""How fast votes become sure; the vote of a role that nothing speaks for; what a title's words weigh. Set by hand on
the sample reports."""
POOLED, SURE = 0.3, 0.7
"""What the mean of the siblings adds to the votes of each; chance above which a slogan differs from its like."""
MAX_CONFIDENCE = 0.9
SMOOTHING, ORDER = 0.5, 0.5
"""What is added to each count of a pair of roles; the power that dampens how they follow each other, as votes and
places of a section say part of the same."""
TOLD = 0.4
"""Below such votes in all sections, none of them named, their order says nothing."""
FAULTLESS, UNASKED = 0.45, 0.1
"""Below such votes for 问题 in all sections a report tells of no fault; odds of 对策 in it, as nothing asks for any."""
PLACE = 0.75
"""The power that dampens what form and place say: the model tells part of the same."""
_COUNTED = re.compile(r"第?[^\W\d]{0,3}?[一二三四五六七八九十\d]+(?:[\W月年、]|$)")
SHORT = 300
"""Glyphs of a last section that is hardly more than a closing word."""
RARE = {
    Role.ANNEX: 0.0,
    Role.GOAL: 0.5,
    Role.MEANING: 0.5,
    Role.EXPERIENCE: 0.5,
    Role.CLOSING: 0.3,
    Role.BACKGROUND: 0.7,
}
"""Roles that sections seldom have without a heading that says so."""


@dataclass(frozen=True, slots=True)
class Sibling:
    """A section among its siblings.

    Attributes
    ----------
    is_open, is_answered : bool
        Whether it is to be judged; whether it is a problem that is shown and answered below.
    named : Role or None
        The role that its heading or its subsections tell.
    votes : dict
        Role → what its sentences say for it, on average.
    length : int
        Glyphs.
    words : str
        Its heading without the marker.
    faults : float
        What expressions of its sentences alone say for 问题.
    told : dict
        Role → the mean log chance of it by the role model over its sentences and heading.
    """

    is_open: bool
    is_answered: bool
    named: Role | None
    votes: dict[Role, float]
    length: int
    words: str
    faults: float = 0.0
    told: dict[Role, float] = field(default_factory=dict)


def judged_together(siblings: list[Sibling], *, title: str) -> dict[int, tuple[Role, float]]:
    """The roles of sibling sections that their headings do not tell.

    The score of a role is a power of (its votes + a share of the siblings' mean + a constant), times what the role
    model tells and the odds of the section's place and of the title; the confidence is its share of all scores.

    Parameters
    ----------
    siblings : list of Sibling
        In order, those that are not to be judged included.
    title : str
        Title of the document.

    Returns
    -------
    dict
        Place among the siblings → (role, confidence in [0, 1]).

    Examples
    --------
    >>> first = Sibling(True, False, None, {Role.PRACTICE: 0.8}, 400, "把课堂搬到车间")
    >>> second = Sibling(True, False, None, {Role.PRACTICE: 0.5, Role.MEASURE: 0.4}, 400, "把难题交给党员")
    >>> judged = judged_together([first, second], title="支部先进事迹材料")
    >>> [str(role) for role, confidence in judged.values()]
    ['做法', '做法']
    """
    open_ones = [place for place, sibling in enumerate(siblings) if sibling.is_open]
    pooled: dict[Role, float] = defaultdict(float)
    for place in open_ones:
        for role, value in siblings[place].votes.items():
            pooled[role] += value / len(open_ones)
    words = [siblings[place].words for place in open_ones]
    share = POOLED if len(open_ones) > 1 else 0.0
    by_title = title_odds(title)
    named = {sibling.named for sibling in siblings}
    is_flawless = not named & {Role.PROBLEM, Role.CAUSE, Role.MEASURE} and max(s.faults for s in siblings) < FAULTLESS
    if is_flawless and Role.MEASURE not in by_title:
        by_title[Role.MEASURE] = UNASKED
    chances = {}
    for place in open_ones:
        odds, votes = _place_odds(siblings, place), siblings[place].votes
        sums = {role: (votes.get(role, 0.0) + share * pooled[role] + UNSEEN) ** SHARPNESS for role in Role}
        model = {role: math.exp(siblings[place].told.get(role, 0.0)) for role in Role}
        scores = {role: sums[role] * model[role] * odds[role] * by_title.get(role, 1.0) for role in Role}
        chances[place] = {role: score / sum(scores.values()) for role, score in scores.items()}
    told = max((vote for place in open_ones for vote in siblings[place].votes.values()), default=0.0)
    if told >= TOLD or named - {None}:
        chances = _in_order(siblings, chances)
    return _alike(chances) if len(words) > 1 and _is_parallel(words) else {p: _best(c) for p, c in chances.items()}


def _in_order(siblings: list[Sibling], chances: dict[int, dict[Role, float]]) -> dict[int, dict[Role, float]]:
    """The chances given those of the siblings and how roles usually follow each other (forward and backward sums)."""
    roles = list(Role)
    own = np.ones((len(siblings), len(roles)))
    for place, sibling in enumerate(siblings):
        if place in chances:
            own[place] = [chances[place][role] for role in roles]
        elif sibling.named:
            own[place] = [float(role is sibling.named) for role in roles]
    first, between, last = _order()
    ahead, behind = np.zeros_like(own), np.zeros_like(own)
    ahead[0], behind[-1] = first * own[0], last
    for place in range(1, len(siblings)):
        ahead[place] = _scaled(ahead[place - 1] @ between * own[place])
    for place in range(len(siblings) - 2, -1, -1):
        behind[place] = _scaled(between @ (own[place + 1] * behind[place + 1]))
    joint = ahead * behind
    joint /= joint.sum(axis=1, keepdims=True)
    return {place: dict(zip(roles, joint[place].tolist(), strict=True)) for place in chances}


def _scaled(row: NDArray[np.float64]) -> NDArray[np.float64]:
    """A row that sums to 1."""
    scaled: NDArray[np.float64] = row / row.sum()
    return scaled


@cache
def _order() -> tuple[NDArray[np.float64], NDArray[np.float64], NDArray[np.float64]]:
    """How probable a role is at the start, after another, and at the end, dampened by a power."""
    names = ["始", *Role, "终"]
    counts = np.full((len(names), len(names)), SMOOTHING)
    for row in lexicon.rows("role_order.csv"):
        counts[names.index(row["before"]), names.index(row["after"])] += float(row["n"])
    chances = (counts / counts.sum(axis=1, keepdims=True)) ** ORDER
    return chances[0, 1:-1], chances[1:-1, 1:-1], chances[1:-1, -1]


def _best(chances: dict[Role, float]) -> tuple[Role, float]:
    """The likeliest role and its confidence."""
    best = max(chances, key=lambda role: chances[role])
    return best, min(MAX_CONFIDENCE, chances[best])


def _alike(chances: dict[int, dict[Role, float]]) -> dict[int, tuple[Role, float]]:
    """One role for slogans of one form, the likeliest over all of them; one that is surely another keeps its own."""
    mean = {role: sum(chance[role] for chance in chances.values()) / len(chances) for role in Role}
    shared = _best(mean)
    own = {place: _best(chance) for place, chance in chances.items()}
    return {
        place: best if best[1] > SURE else (shared[0], max(shared[1], chances[place][shared[0]]))
        for place, best in own.items()
    }


def _is_parallel(headings: list[str]) -> bool:
    """Whether headings are slogans of one form: they start with the same glyph, or all with a verb of action.

    What is merely counted (镜头一, 镜头二; 3月18日) has the form of a number.
    """
    if any(_COUNTED.match(heading) for heading in headings):
        return False
    return len({heading[:1] for heading in headings}) == 1 or all(map(is_action, headings))


def _place_odds(siblings: list[Sibling], place: int) -> dict[Role, float]:
    """What form and place of a section say: factors on its scores, set by hand on the sample reports."""
    before = {sibling.named for sibling in siblings[:place]} - {None}
    after = {sibling.named for sibling in siblings[place + 1 :]} - {None}
    named, sibling = before | after, siblings[place]
    is_last, acts = not after - {Role.ANNEX} and place + 1 + len(after) >= len(siblings), is_action(sibling.words)
    problems = {Role.PROBLEM, Role.MEASURE, Role.CAUSE}
    rules = [
        (place == 0 and after, {Role.BACKGROUND: 2.0, Role.SITUATION: 2.0}),
        (place == 0 and Role.PROBLEM in after, {Role.SITUATION: 1.5, Role.PRACTICE: 0.7}),
        (is_last and Role.MEASURE in before, {Role.CLOSING: 3.0}),
        (is_last and before and sibling.length < SHORT, {Role.CLOSING: 4.0}),
        (Role.MEASURE in after and Role.PROBLEM not in named, {Role.PROBLEM: 2.5}),
        (Role.PROBLEM in before and Role.MEASURE in after and Role.CAUSE not in named, {Role.CAUSE: 5.0}),
        (Role.PROBLEM in before and Role.MEASURE not in named, {Role.MEASURE: 2.0}),
        (Role.PROBLEM in after - before and place > 0, {Role.PRACTICE: 1.5}),
        (Role.PROBLEM in after - before, {Role.MEASURE: 0.5}),
        (not named & problems, {Role.PRACTICE: 1.7}),
        (Role.MEASURE in before and acts, {Role.MEASURE: 2.0, Role.CLOSING: 0.2}),
        (place > 0 and siblings[place - 1].is_answered, {Role.PROBLEM: 3.0}),
        (acts, {Role.PROBLEM: 0.3, Role.CAUSE: 0.3, Role.SITUATION: 0.5, Role.RESULT: 0.5}),
    ]
    odds = {role: RARE.get(role, 1.0) for role in Role}
    for holds, factors in rules:
        for role, factor in factors.items() if holds else ():
            odds[role] *= factor
    return {role: odd**PLACE for role, odd in odds.items()}


def title_odds(title: str) -> dict[Role, float]:
    """What a title says: a factor by its last word that names a kind of text."""
    rows = lexicon.rows("title_roles.csv")
    found = [(title.rfind(row["term"]) + len(row["term"]), len(row["term"]), at) for at, row in enumerate(rows)]
    found = [entry for entry in found if rows[entry[2]]["term"] in title]
    if not found:
        return {}
    row = rows[max(found)[2]]
    return {Role(row["role"]): math.exp(TITLE * float(row["weight"]))}
