"""What each section of a document does: its own words first, then the section around it, then its sentences."""

from collections import defaultdict
from dataclasses import dataclass

from pipeline.sections.content import problem_weight, role_votes
from pipeline.sections.cues import HeadingCues, heading_cues
from pipeline.sections.evidence import settled, unsettled, votes_of
from pipeline.sections.labels import inline_labels
from pipeline.sections.outline import Section
from pipeline.sections.rolemodel import RoleModel, shipped
from pipeline.sections.slogans import judged_together, title_odds
from pipeline.values import Role

TOPICAL, MIN_OWN = 0.75, 2.0
"""Share of a heading that must be cues, and their weight, for it to differ from the section around it."""
INHERITED, ANSWERED, APART, LATE = 0.97, 0.9, 0.75, 0.7
"""Confidence: left of the parent's in a child without words of its own; of an item shown and answered below; of a
child of a joined heading; of main work behind the problems."""
MAX_LABEL, SHARED, JOINT = 8, 0.5, 0.8
"""Glyphs of a heading that returns under several sections; least confidence of what all of them tell together; what its
usual role adds to a pair. Set by hand on the sample reports."""
LOOSE, FIRM = 0.35, 3.0
"""Share of a heading below which a cue of less than this weight is but a hint for what the sentences tell."""
UNSURE = 0.6
"""Confidence of a parent's role, told by content, below which the words of a child come first."""
MIN_APART, APART_RATIO = 0.8, 2.0
"""Votes, and their ratio to the next role's, for a child of a joined heading to take one of its roles."""
USUAL = {
    frozenset([Role.SITUATION, Role.PROBLEM]): Role.PROBLEM,
    frozenset([Role.PROBLEM, Role.CAUSE]): Role.PROBLEM,
    frozenset([Role.PRACTICE, Role.RESULT]): Role.PRACTICE,
    frozenset([Role.PRACTICE, Role.EXPERIENCE]): Role.PRACTICE,
    frozenset([Role.BACKGROUND, Role.MEANING]): Role.BACKGROUND,
}
"""Which role of a pair most of the text under it mostly has."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """A role, what it rests on (heading, position, content) and how sure it is."""

    role: Role
    basis: str
    confidence: float


@dataclass(frozen=True, slots=True)
class Report:
    """A text with its sections, for each of them those right below it and what its heading says, and the role model."""

    text: str
    sections: list[Section]
    children: list[list[int]]
    cues: list[HeadingCues | None]
    model: RoleModel


def judgements(text: str, sections: list[Section], *, model: RoleModel | None = None) -> list[Judgement | None]:
    """The judgement of each section, in order; None for the root, and where nothing tells."""
    report = _report(text, sections, model or shipped())
    found: list[Judgement | None] = [None] * len(sections)
    shared = _shared_labels(report)
    waiting: list[tuple[int, tuple[Role, ...]]] = [(0, ())]
    while waiting:
        parent, choices = waiting.pop()
        group = report.children[parent]
        for child in group:
            found[child] = shared.get(child) or _own(report, child, found[parent], choices)
        if found[parent] is None:
            _late_measures(report, group, found)
            _judge_rest(report, group, found)
        waiting.extend((child, _choices(report, child, found[child])) for child in group)
    if Role.GOAL in title_odds(_title(report)):
        return [_as_goal(judged) for judged in found]
    return found


def _as_goal(judged: Judgement | None) -> Judgement | None:
    """Work to come as a goal, as in a report that an assembly adopts."""
    if judged is None or judged.role is not Role.MEASURE:
        return judged
    return Judgement(Role.GOAL, judged.basis, judged.confidence)


def _title(report: Report) -> str:
    """The title of a report."""
    return report.text[: report.sections[1].start if report.sections[1:] else None].split("\n", 1)[0]


def _report(text: str, sections: list[Section], model: RoleModel) -> Report:
    """The report of a text and its sections."""
    children: list[list[int]] = [[] for _ in sections]
    for at, section in enumerate(sections):
        if section.parent is not None:
            children[section.parent].append(at)
    return Report(text, sections, children, [heading_cues(_words(section)) for section in sections], model)


def _words(section: Section) -> str:
    """The heading of a section without its marker."""
    return section.heading[len(section.marker or "") :].strip()


def _body(report: Report, at: int) -> str:
    """The text under a heading, its subsections included."""
    return report.text[report.sections[at].body_start : report.sections[at].end]


def _is_topical(cues: HeadingCues | None) -> bool:
    """Whether a heading is little else than cues, so that it stands for itself."""
    return cues is not None and cues.coverage >= TOPICAL and cues.weight >= MIN_OWN


def _own(report: Report, at: int, around: Judgement | None, choices: tuple[Role, ...]) -> Judgement | None:
    """What a section says by itself or takes from the one around it."""
    cues = report.cues[at]
    if not _is_topical(cues) and _is_answered(report, at):
        return Judgement(Role.PROBLEM, "content", ANSWERED)
    if cues and around is None and cues.coverage < LOOSE and cues.weight < FIRM:
        return None
    if cues and (around is None or _is_topical(cues) or set(cues.roles) & set(choices)):
        return _named(report, at, cues)
    if cues and around and around.basis == "content" and around.confidence < UNSURE:
        return _named(report, at, cues)
    if choices and around and (apart := _apart(report, at, choices)):
        return apart
    return None if around is None else Judgement(around.role, "position", around.confidence * INHERITED)


def _choices(report: Report, at: int, judged: Judgement | None) -> tuple[Role, ...]:
    """The roles that a heading joins, which its children may have apart."""
    cues = report.cues[at]
    return cues.roles if cues and judged and len(cues.roles) > 1 and judged.role in cues.roles else ()


def _is_answered(report: Report, at: int) -> bool:
    """Whether the sections or labels below an item show it, or ask about it, and then answer it (表现, 对策)."""
    below = [report.cues[child] for child in report.children[at]]
    roles = {role for cues in below if cues and _is_topical(cues) for role in cues.roles}
    section = report.sections[at]
    if not below:
        labels = inline_labels(report.text, section.body_start, section.end)
        roles = {label.role for label in labels if label.role}
        own = report.cues[at]
        roles |= set(own.roles) if own and not _is_topical(own) else set()
        roles |= {Role.PROBLEM} if section.heading.endswith(("？", "?")) or problem_weight(_words(section)) else set()
    return Role.MEASURE in roles and bool(roles & {Role.PROBLEM, Role.CAUSE})


def _named(report: Report, at: int, cues: HeadingCues) -> Judgement:
    """The judgement by the words of a heading; if it joins several roles, the one of most of its text."""
    confidence = min(0.97, 0.55 + 0.1 * cues.weight + 0.12 * cues.coverage)
    if len(cues.roles) == 1:
        return Judgement(cues.roles[0], "heading", confidence)
    lengths = _lengths(report, at, cues.roles)
    if any(role in lengths for role in cues.roles):
        return Judgement(max(cues.roles, key=lambda role: lengths.get(role, 0)), "content", 0.8 * confidence)
    votes = role_votes(_body(report, at))
    if usual := USUAL.get(frozenset(cues.roles)):
        votes[usual] = votes.get(usual, 0.0) + JOINT
    return Judgement(max(cues.roles, key=lambda role: votes.get(role, 0.0)), "heading", 0.85 * confidence)


def _lengths(report: Report, at: int, choices: tuple[Role, ...]) -> dict[Role, int]:
    """Glyphs below a section by the role that the headings right above them name, or that their sentences tell."""
    told = any(_is_topical(report.cues[child]) for child in report.children[at])
    lengths: dict[Role, int] = defaultdict(int)
    waiting = list(report.children[at])
    while waiting:
        child = waiting.pop()
        cues, section = report.cues[child], report.sections[child]
        if cues and _is_topical(cues) and len(cues.roles) == 1:
            lengths[cues.roles[0]] += section.end - section.start
        elif report.children[child]:
            waiting.extend(report.children[child])
        elif told and (role := _likelier(report, child, choices)):
            lengths[role] += section.end - section.start
    return lengths


def _likelier(report: Report, at: int, choices: tuple[Role, ...]) -> Role | None:
    """Which of some roles the sentences under a heading and its words tell best; None if they tell none."""
    votes = votes_of(_body(report, at), _words(report.sections[at]), report.model)
    best = max(choices, key=lambda role: votes.get(role, 0.0))
    return best if votes.get(best, 0.0) > 0 else None


def _apart(report: Report, at: int, choices: tuple[Role, ...]) -> Judgement | None:
    """Which of several roles that its parent joins a section has; None if its sentences do not tell clearly."""
    votes = votes_of(_body(report, at), _words(report.sections[at]), report.model)
    if set(choices) == {Role.PROBLEM, Role.CAUSE} and problem_weight(_words(report.sections[at])):
        return None  # a fault with its reason told below is a 问题 still
    ranked = sorted(((votes.get(role, 0.0), role) for role in choices), reverse=True)
    (best, role), (second, _) = ranked[:2]
    return Judgement(role, "content", APART) if best > MIN_APART and best > APART_RATIO * second else None


def _judge_rest(report: Report, group: list[int], found: list[Judgement | None]) -> None:
    """Judge, by content, the siblings whose headings name no role."""
    if all(found[at] for at in group):
        return
    siblings = []
    for at in group:
        judged, section = found[at], report.sections[at]
        is_answered = judged is not None and _is_answered(report, at)
        named = judged.role if judged and (judged.basis == "heading" or is_answered) else None
        siblings.append(
            settled(named, section.end - section.start, _words(section), is_answered=is_answered)
            if judged
            else unsettled(_body(report, at), _words(section), report.model, cues=report.cues[at])
        )
    for place, (role, confidence) in judged_together(siblings, title=_title(report)).items():
        found[group[place]] = Judgement(role, "content", confidence)


def _shared_labels(report: Report) -> dict[int, Judgement]:
    """The judgements of subsections whose headings return under several sections (看得见的, 怎么迈): judged as one."""
    places: dict[str, list[int]] = defaultdict(list)
    for at, section in enumerate(report.sections):
        if section.parent and len(_words(section)) <= MAX_LABEL:
            places[_words(section)].append(at)
    places = {words: group for words, group in places.items() if len({report.sections[at].parent for at in group}) > 1}
    if len(places) < 2:
        return {}
    siblings = []
    for words, group in places.items():
        bodies, cues = "\n".join(_body(report, at) for at in group), report.cues[group[0]]
        is_named = cues is not None and _is_topical(cues) and len(cues.roles) == 1
        siblings.append(
            settled(cues.roles[0], len(bodies), words) if cues and is_named else unsettled(bodies, words, report.model)
        )
    judged = judged_together(siblings, title="")
    sure = [(group, judged[place]) for place, group in enumerate(places.values()) if place in judged]
    return {
        at: Judgement(role, "content", sureness)
        for group, (role, sureness) in sure
        if sureness >= SHARED
        for at in group
    }


def _late_measures(report: Report, group: list[int], found: list[Judgement | None]) -> None:
    """What is called the main work behind the problems, where no section has measures, is work to come."""
    roles = [judged.role if (judged := found[at]) else None for at in group]
    if Role.MEASURE in roles or Role.PROBLEM not in roles:
        return
    for at, role in list(zip(group, roles, strict=True))[roles.index(Role.PROBLEM) :]:
        if role is Role.PRACTICE and (cues := report.cues[at]) and cues.roles == (Role.PRACTICE,):
            found[at] = Judgement(Role.MEASURE, "position", LATE)
