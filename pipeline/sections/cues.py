"""What the words of a heading say about the role of its section."""

import re
from dataclasses import dataclass, replace
from functools import cache

from pipeline import lexicon
from pipeline.lexicon.finder import alternatives
from pipeline.values import Role

_BREAK = re.compile(r"[：:，,；;？?！!。]|——|—|[ \t\u3000]+")
"""Between the clauses of a heading."""
_JOINT = re.compile(r"以及|及其|[、和与及暨跟]|同时")
"""Between cues that stand side by side (问题及对策); without it the first one qualifies the second (问题的根源)."""
_APART = re.compile(r"^(\S)[ \t\u3000]+(\S)$")
"""A heading of two glyphs that are set apart (摘　要)."""
_SILENT = re.compile(r"[“”‘’\"'（）()《》〈〉【】〔〕\[\]\d]")
WHOLE = 0.99
"""Share of a clause that is cues and fillers if it is nothing else, but for rounding."""
_NEIGHBOURS, MAX_READ = 8, 80
"""Glyphs between two cues of one phrase, at most; glyphs of a heading that are read."""


@dataclass(frozen=True, slots=True)
class HeadingCues:
    """The roles that a heading names.

    Attributes
    ----------
    roles : tuple of Role
        In order; several if it joins them (现状和问题).
    weight : float
        How surely, 0 to 3.
    coverage : float
        Share of the heading's glyphs that are cues or fillers: 1.0 for 存在的主要问题.
    is_clause, is_last : bool
        Whether the clause is nothing else (做法：三张桌子), and whether it ends with the cue (支部涣散的原因).
    """

    roles: tuple[Role, ...]
    weight: float
    coverage: float
    is_clause: bool = False
    is_last: bool = False


@dataclass(frozen=True, slots=True)
class _Hit:
    """A cue in a clause, and whether it may be the clause's last."""

    start: int
    end: int
    role: Role
    weight: float
    is_last: bool


@cache
def heading_cues(heading: str) -> HeadingCues | None:
    """The roles that a heading (without its marker) names; None if it names none.

    Examples
    --------
    >>> heading_cues("产生上述问题的主要原因").roles
    (<Role.CAUSE: '原因'>,)
    >>> [str(role) for role in heading_cues("现状和存在的主要问题").roles]
    ['现状', '问题']
    >>> heading_cues("坚持问题导向，改进作风") is heading_cues("补齐短板") is None
    True
    """
    clauses = [clause for clause in _BREAK.split(_APART.sub(r"\1\2", heading[:MAX_READ])) if clause]
    found = [(cues.weight, -at, cues) for at, clause in enumerate(clauses) if (cues := _clause_cues(clause))]
    if not found:
        return None
    _, at, best = max(found, key=lambda entry: entry[:2])
    share = len(clauses[-at]) / sum(map(len, clauses))
    return replace(best, coverage=best.coverage * share)


def is_action(heading: str) -> bool:
    """Whether a heading (without its marker) is a slogan of action: it opens with a verb of doing.

    Examples
    --------
    >>> is_action("着力加强队伍建设"), is_action("队伍力量薄弱")
    (True, False)
    """
    return _verb_pattern().match(heading.lstrip("“‘ \u3000")) is not None


@cache
def _clause_cues(clause: str) -> HeadingCues | None:
    """The cues of one clause."""
    plain = _SILENT.sub("", clause)
    matches = list(_cue_pattern().finditer(plain))
    kept: list[_Hit] = []
    for at, match in enumerate(matches):
        role, weight, place = _cues()[match[0]]
        is_last = place == "any" or _tail_pattern().fullmatch(plain, match.end()) is not None
        is_joined = at + 1 < len(matches) and matches[at + 1].start() - match.end() <= _NEIGHBOURS
        if role is None or not (is_last or is_joined):
            continue
        if role is Role.PROBLEM and _is_shielded(plain, match.start()):
            continue
        if place == "any" or not _is_object(plain, match.start()):
            kept.append(_Hit(match.start(), match.end(), role, weight, is_last))
    while kept and not kept[-1].is_last:
        kept.pop()
    return _joined(plain, kept) if kept else None


def _is_shielded(plain: str, start: int) -> bool:
    """Whether a verb does away with the problem at an offset (解决…难题); 要解决的问题 is one still."""
    shield = _shield_pattern().search(plain, 0, start)
    return shield is not None and plain[shield.end() : start] != "的"


def _is_object(plain: str, start: int) -> bool:
    """Whether the cue at an offset is what a clause acts on (明确目标), not what it is about (提升能力的路径)."""
    verb = _verb_pattern().match(plain)
    if verb is None or verb.end() > start or _qualified_pattern().search(plain, 0, start):
        return False
    return verb.end() < start or verb["verb"] not in names("noun_verb")


def _joined(plain: str, hits: list[_Hit]) -> HeadingCues:
    """Cues of a clause as roles: of a cue and the one that it qualifies only the latter counts."""
    chosen: list[_Hit] = []
    for hit in hits:
        if chosen:
            between = plain[chosen[-1].end : hit.start]
            if not _JOINT.search(between) and len(between) <= _NEIGHBOURS:
                if chosen[-1].role is Role.MEASURE and hit.role is Role.PRACTICE:
                    continue  # 下一步主要工作 is work to come
                chosen.pop()
        chosen.append(hit)
    roles = tuple(dict.fromkeys(hit.role for hit in chosen))
    weight = max(hit.weight for hit in chosen)
    covered = sum(hit.end - hit.start for hit in hits)
    edges = zip([0, *(hit.end for hit in hits)], [*(hit.start for hit in hits), len(plain)], strict=True)
    outside = "".join(plain[start:end] for start, end in edges)
    fillers = sum(len(found) for found in _filler_pattern().findall(outside))
    coverage, ends = min(1.0, (covered + fillers) / max(1, len(plain))), hits[-1].end
    is_last = _tail_pattern().fullmatch(plain, ends) is not None
    return HeadingCues(roles, weight, coverage, coverage >= WHOLE, is_last)


@cache
def _cues() -> dict[str, tuple[Role | None, float, str]]:
    """Cue → (role or None, weight, place)."""
    rows = lexicon.rows("role_cues.csv")
    return {
        row["cue"]: (Role(row["role"]) if row["role"] else None, float(row["weight"]), row["place"]) for row in rows
    }


@cache
def names(use: str) -> tuple[str, ...]:
    """Terms of ``heading_names.csv`` with a use, longest first."""
    terms = [row["term"] for row in lexicon.rows("heading_names.csv") if row["use"] == use]
    return tuple(sorted(dict.fromkeys(terms), key=lambda term: (-len(term), term)))


@cache
def _cue_pattern() -> re.Pattern[str]:
    """All cues, longest first."""
    return re.compile(alternatives(_cues()))


@cache
def _filler_pattern() -> re.Pattern[str]:
    """All fillers, longest first."""
    return re.compile("|".join(map(re.escape, names("filler"))))


@cache
def _tail_pattern() -> re.Pattern[str]:
    """What may stand between a cue and the end of its clause: up to four fillers."""
    return re.compile(f"(?:{_filler_pattern().pattern}){{0,4}}")


@cache
def _qualified_pattern() -> re.Pattern[str]:
    """What a noun is about, ahead of it: 的, and a number or adjective perhaps."""
    return re.compile(f"的(?:{_filler_pattern().pattern}){{0,2}}$")


@cache
def _shield_pattern() -> re.Pattern[str]:
    """Verbs that do away with a problem."""
    return re.compile("|".join(map(re.escape, names("shield"))))


@cache
def _verb_pattern() -> re.Pattern[str]:
    """A verb of action, adverbs perhaps ahead of it."""
    adverbs = "|".join(map(re.escape, names("adverb")))
    verbs = "|".join(map(re.escape, sorted(names("verb") + names("noun_verb"), key=len, reverse=True)))
    return re.compile(f"(?:{adverbs}){{0,2}}(?P<verb>{verbs})")
