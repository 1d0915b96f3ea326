"""Problems told in passing, in sections of another role: found by contrast, hedge and predicate together."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline.lexicon.finder import Sieve, sieve_of
from pipeline.statements.bodies import Region
from pipeline.statements.claims import is_bare, problem_strength, standing_strength
from pipeline.statements.cues import cue_words, cues_of, is_announcement
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.sentences import MAX_SENTENCE, Span, sentence_around, skip_blank
from pipeline.values import Role

RE_YIELDING = r"可(?![以能见持靠行操供燃再是])"
"""可 as a contrast, not as in 可以, 可能."""
RE_PLAN = re.compile(r"(?:要|必须|应|应当|务必|我们要|将|今后|下一步|力争|确保|坚持|至于)")
RE_PREDICATE = re.compile(r"[，,]?[还也仍没不很难都就总常往用落执做抓]")
"""A contrast that goes on like this has no subject of its own; the hedged one before it is shared."""
_PARTY = re.compile("支部|党员|党建|党组织|党委|党的建设")
RE_SERIES = re.compile(
    r"(?=[：:，,](?:主要)?(?:一是|首先|主要是|主要表现|具体表现|其一|第一|（一）|[一二三四五六七八九十]是))"
)
"""Where a sentence goes on with a series, whose items are points by themselves."""
RE_NOMINAL = re.compile(r"(?:存在|面临|暴露)的[^，,。；有是]{0,8}(?:问题|不足|困难|短板|差距|挑战|薄弱环节)[。；;]?$")
"""What ends like this names problems as the object of a study or a plan; it does not tell one."""
RE_CLAUSE_END = re.compile(r"[，,：:；;]")

CONTRAST, HEDGE = 2.0, 1.0
"""What a contrast or a strong word, and a hedged subject, add to the strength of the words."""
FLOOR = {Role.BACKGROUND: 6.0, Role.PRACTICE: 4.0, Role.RESULT: 4.0, Role.EXPERIENCE: 4.0, Role.MEASURE: 5.0}
"""Evidence needed by the role of the section around; set on work reports, where a false 问题 is dear."""
USUAL, MAX_CONFIDENCE = 3.0, 0.9
"""Evidence needed elsewhere; confidence at most (development split of the sample: 29 points, .93 right, drawn down)."""


OPENING, ANYWHERE = ("目前", "虽然", "尽管"), ("大多", "多是", "少有")
"""More words that are worth a look where they open a clause, and anywhere."""
_BLANKS = " 　"
_RE_CLAUSE_START = rf"(?:^|(?<=[。！？；;，,\n]))[{_BLANKS}]*"


@cache
def _trigger() -> re.Pattern[str]:
    """Where it is worth to look: words of contrast and hedges that open a clause, and strong words anywhere."""
    opening = f"{cue_words('contrast')}|{RE_YIELDING}|{cue_words('hedge')}|{'|'.join(OPENING)}"
    anywhere = f"{cue_words('strong')}|{'|'.join(ANYWHERE)}"
    return re.compile(rf"{_RE_CLAUSE_START}(?:{opening})|{anywhere}", re.MULTILINE)


@cache
def _sieve() -> Sieve:
    """Where such words may stand."""
    cues = (cue for use in ("contrast", "hedge", "strong") for cue in cues_of(use))
    return sieve_of([*cues, RE_YIELDING, *OPENING, *ANYWHERE])


@cache
def _opening(use: str) -> re.Pattern[str]:
    """Words of a use at the start of a sentence."""
    more = f"|{RE_YIELDING}" if use == "contrast" else ""
    return re.compile(rf"(?P<cue>{cue_words(use)}{more})[，,]?")


@cache
def _strong() -> re.Pattern[str]:
    """Words that say by themselves that something is wanting."""
    return re.compile(cue_words("strong"))


@cache
def contrast_inside() -> re.Pattern[str]:
    """A contrast at the start of a later clause."""
    return re.compile(rf"[，,；;](?P<cue>{cue_words('contrast')}|{RE_YIELDING})")


def implicit_problems(text: str, region: Region, *, min_confidence: float, apart: bool = False) -> Iterator[Draft]:
    """Problems in a stretch that is no section of theirs.

    Parameters
    ----------
    text : str
    region : Region
        With the role of the section around, or none.
    min_confidence : float
        `PointOptions.min_implicit_confidence`.
    apart : bool
        Whether the text is about other things than party work: then a sentence must speak of the Party itself.

    Examples
    --------
    >>> text = "全乡有支部九个。但三个支部活动开展不经常。"
    >>> drafts = implicit_problems(text, Region(0, len(text), Role.SITUATION), min_confidence=0.5)
    >>> [text[d.head_start : d.head_end] for d in drafts]
    ['三个支部活动开展不经常']
    """
    done = region.start
    for after in _triggers(text, region.start, region.end):
        if after <= done:
            continue
        start, end = sentence_around(text, after - 1, start=region.start, end=region.end, stops="。！？；;\n")
        start = max(start, done)
        done = max(end, after)
        if not apart or _PARTY.search(text, start, end):
            yield from _told(text, (skip_blank(text, start, end, closing=True), end), region, min_confidence)


def _triggers(text: str, start: int, end: int) -> Iterator[int]:
    """Where the words end at which it is worth to look in a stretch, from left to right."""
    for at in _sieve().inside(text, start, end):
        first = at
        while first > start and text[first - 1] in _BLANKS:
            first -= 1
        found = at >= start and (_trigger().match(text, first, end) or _trigger().match(text, at, end))
        if found:
            start = found.end()
            yield start


def _told(text: str, sentence: Span, region: Region, min_confidence: float) -> list[Draft]:
    """The problem that a sentence tells, if the evidence is enough where it stands."""
    cue, start, first = _contrast(text, *sentence)
    words = RE_SERIES.split(text[first : sentence[1]], maxsplit=1)[0]
    strength = float(min(standing_strength(words), 5))
    if (
        not strength
        or RE_PLAN.match(words)
        or RE_NOMINAL.search(words)
        or is_announcement(words)
        or is_bare(_first_clauses(words))
    ):
        return []
    hedged, strong = bool(_opening("hedge").match(words)), bool(_strong().search(words))
    evidence = strength + CONTRAST * (bool(cue) or strong) + HEDGE * hedged
    floor = FLOOR.get(region.role, USUAL) if region.role else USUAL
    confidence = min(MAX_CONFIDENCE, 0.45 + 0.06 * evidence)
    if not (cue or hedged or strong) or evidence < floor or confidence < min_confidence:
        return []
    return from_sentence(text, start, (first, sentence[1]), Basis(Role.PROBLEM, confidence, explicit=False, cue=cue))


def _first_clauses(words: str) -> str:
    """The first clauses of a sentence, where its claim stands."""
    return "，".join(RE_CLAUSE_END.split(words)[:2])


def _contrast(text: str, start: int, end: int) -> tuple[str | None, int, int]:
    """The contrast that opens the claim: its word, where the point starts, and where the words after it start."""
    opening = _opening("contrast").match(text, start, end)
    if opening:
        return opening["cue"], start, opening.end()
    inside = contrast_inside().search(text, start, min(end, start + MAX_SENTENCE))
    if inside is None:
        return None, start, start
    is_shared = _opening("hedge").match(text, start) and RE_PREDICATE.match(text, inside.end())
    if is_shared or problem_strength(text[start : inside.start()]):
        return inside["cue"], start, start
    first = skip_blank(text, inside.end(), end)
    return inside["cue"], inside.start("cue"), first + (text[first : first + 1] in {"，", ","})
