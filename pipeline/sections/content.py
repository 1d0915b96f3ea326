"""What the sentences of a section say about its role, where its heading does not say it."""

import re
from collections import defaultdict
from functools import cache
from itertools import islice

from pipeline import lexicon
from pipeline.values import Role

N_READ = 4_000
"""Glyphs of a section that are read; the rest of a long one says the same."""
MAX_SENTENCE_VOTE = 3.0
"""What one sentence may say for a role at most, so that a list of measures does not outweigh ten problems."""
MIN_SENTENCE = 4
"""Glyphs of a sentence that says something."""
N_SENTENCES = 16
"""Sentences of a section that the role model reads."""
COUNTED = r"(?:以下|如下|下面|[一二两三四五六七八九十几\d]{1,2}(?:个方面|个|条|点|处|层|副|样|件|项|方面))"
"""How many items follow, or that some do."""
RE_COUNTED = re.compile(COUNTED)
N_LEAD = 160
"""Glyphs of a first paragraph that may announce what follows."""
WEIGHTS = {1: 0.4, 2: 1.2, 3: 2.0}
"""What one expression of a weight says; set by hand on the sample reports."""

RE_FAMILY = re.compile(
    r"(?<![离少免忘丢])(?<!进一)(?<!不得)[\u4e00-\u9fff]不(?:上|下|到|起|了|着|住|出|进|清|齐|拢|通|成|动|来|全|透|满)(?![断])"
    r"|各[\u4e00-\u9fff]{1,2}各的|越[\u4e00-\u9fff]{1,6}越[少小远难淡差窄低冷散松稀弱慢老]|一[\u4e00-\u9fff]比一[\u4e00-\u9fff](?:老|少|差|弱|难|低)"
    r"|重[\u4e00-\u9fff]{1,5}[、，]?轻[\u4e00-\u9fff]{1,5}|太[窄散小低少粗慢弱薄紧松远浅虚]|偏[了窄粗薄旧虚浅看]|有[\u4e00-\u9fff]{1,3}[，、]?[无没少缺][\u4e00-\u9fff]"
    r"|(?:只|仅)[有占为剩够]?(?:\d|[一二三四五六七八九十两几]|百分之)|(?:还|仅|才)(?:不到|不足|不过|\d)|比较(?:空|虚|散|弱|差|少|单一)|没[有人能把去办几多]|还不如|[\u4e00-\u9fff](?![减降缩最更不较])[\u4e00-\u9fff][窄低差弱薄浅慢旧散](?=[，、。；,;]|$)|欠[深细实严妥佳]"
)
"""Families of complement and contrast, so that the lexicon need not list every verb (开不起来, 各吹各的, 越开越少)."""
_ANNOUNCED = frozenset([Role.PROBLEM, Role.CAUSE, Role.MEASURE, Role.PRACTICE, Role.RESULT, Role.EXPERIENCE])
_SENTENCE = re.compile(r"[^。！？!?；;\n]+")


def first_sentences(text: str) -> list[str]:
    """The first sentences of a text, no more than tell its role."""
    found = (sentence[0].strip() for sentence in _SENTENCE.finditer(text[:N_READ]))
    return list(islice((sentence for sentence in found if len(sentence) >= 4), N_SENTENCES))


def spans_of(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Where the sentences of a span start and end, those of 4 glyphs and more, up to `N_READ` glyphs.

    Examples
    --------
    >>> spans_of("支部九个。党员百名。", 0, 10)
    [(0, 4), (5, 9)]
    """
    found = _SENTENCE.finditer(text, start, min(end, start + N_READ))
    return [one.span() for one in found if one.end() - one.start() >= MIN_SENTENCE]


def sentence_votes(sentence: str) -> dict[Role, float]:
    """What one sentence says for each role, at most `MAX_SENTENCE_VOTE` each."""
    return {role: min(vote, MAX_SENTENCE_VOTE) for role, vote in _sentence_votes(sentence).items()}


def announced_roles(body: str) -> set[Role]:
    """The roles that the first paragraph under a heading announces.

    Examples
    --------
    >>> announced_roles("走访下来，大家讲得最多的毛病有这么四条：")
    {<Role.PROBLEM: '问题'>}
    """
    lead = body[: body.find("\n") if "\n" in body else len(body)][:N_LEAD]
    if not RE_COUNTED.search(lead):
        return set()
    terms = [found[1] or found[2] for found in _announcements().finditer(lead)]
    return {role for term in terms if (role := _topics()[term]) is not None}


def _sentence_votes(sentence: str) -> dict[Role, float]:
    """What one sentence says for each role; problems that it does away with count a quarter."""
    votes: dict[Role, float] = defaultdict(float)
    for found in _pattern().finditer(sentence):
        role, weight = _cues()[found[0]] if found[0] in _cues() else _open_cue(found[0])
        if role is not None:
            votes[role] += weight
    if RE_FAMILY.search(sentence):
        votes[Role.PROBLEM] += WEIGHTS[2]
    if Role.PROBLEM in votes and _shields().search(sentence):
        votes[Role.PROBLEM] *= 0.25
    return votes


@cache
def _cues() -> dict[str, tuple[Role | None, float]]:
    """Expression → (role or None, vote)."""
    cues: dict[str, tuple[Role | None, float]] = {}
    for row in lexicon.rows("problem_cues.csv"):
        cues[row["cue"]] = (Role.PROBLEM, WEIGHTS[int(float(row["weight"]))])
    for row in lexicon.rows("section_cues.csv"):
        cues[row["cue"]] = (Role(row["role"]), WEIGHTS[int(row["weight"])]) if row["role"] else (None, 0.0)
    return cues


@cache
def _open_cue(found: str) -> tuple[Role | None, float]:
    """The entry of an expression with a gap (以…为指导) as it was found."""
    for cue, entry in _cues().items():
        first, gap, last = cue.partition("…")
        if gap and found.startswith(first) and found.endswith(last):
            return entry
    return None, 0.0


@cache
def _pattern() -> re.Pattern[str]:
    """All expressions, longest first, grouped by their first glyph so that a search skips quickly."""
    by_first: dict[str, list[str]] = {}
    for cue in sorted(_cues(), key=lambda cue: (-len(cue), cue)):
        by_first.setdefault(cue[0], []).append(re.escape(cue[1:]).replace("…", "[^，。；]{0,10}?"))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items())))


@cache
def _topics() -> dict[str, Role | None]:
    """Cues of headings that also announce in prose."""
    rows = lexicon.rows("role_cues.csv")
    return {row["cue"]: Role(row["role"]) for row in rows if row["role"] in _ANNOUNCED and float(row["weight"]) >= 2}


@cache
def _announcements() -> re.Pattern[str]:
    """A cue and a number of items, either first (问题有三个, 三点建议, 建议如下)."""
    cues = "|".join(map(re.escape, sorted(_topics(), key=lambda cue: (-len(cue), cue))))
    return re.compile(f"({cues})[^。；！？]{{0,16}}?{COUNTED}|{COUNTED}[^，。；！？的]{{0,6}}?({cues})(?!的)")


@cache
def _shields() -> re.Pattern[str]:
    """Expressions that take the force of a problem word."""
    terms = {row["cue"] for row in lexicon.rows("problem_shields.csv") if row["use"] in ("before", "after")}
    by_first: dict[str, list[str]] = {}
    for term in sorted(terms, key=lambda term: (-len(term), term)):
        by_first.setdefault(term[0], []).append(re.escape(term[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items())))
