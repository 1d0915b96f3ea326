"""What the sentences of a section say about its role, where its heading does not say it."""

import re
from bisect import bisect_right
from collections.abc import Sequence
from functools import cache
from itertools import accumulate, islice

import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.lexicon.finder import GAP, Finder, Sieve, alternatives, finder_of, sieve_of
from pipeline.values import Role

Floats = NDArray[np.float64]

N_READ = 4_000
"""Glyphs of a section that are read; the rest of a long one says the same."""
MAX_SENTENCE_VOTE = 3.0
"""What one sentence may say for a role at most, so that a list of measures does not outweigh ten problems."""
MIN_SENTENCE = 4
"""Glyphs of a sentence that says something."""
N_SENTENCES = 16
"""Sentences of a section that the role model reads."""
_NUMERALS = "一二两三四五六七八九十几0123456789０１２３４５６７８９"
COUNTED = rf"(?:以下|如下|下面|[{_NUMERALS}]{{1,2}}(?:个方面|个|条|点|处|层|副|样|件|项|方面))"
"""How many items follow, or that some do."""
_RE_COUNTED = re.compile(COUNTED)
N_LEAD = 160
"""Glyphs of a first paragraph that may announce what follows."""
WEIGHTS = {1: 0.4, 2: 1.2, 3: 2.0}
"""What one expression of a weight says; set by hand on the sample reports."""
SHIELDED = 0.25
"""What problems count that a sentence does away with."""
STOP = "。"
"""No expression goes beyond it."""

RE_FAMILY = re.compile(
    r"(?<![离少免忘丢])(?<!进一)(?<!不得)[\u4e00-\u9fff]不(?:上|下|到|起|了|着|住|出|进|清|齐|拢|通|成|动|来|全|透|满)(?![断])"
    r"|各[\u4e00-\u9fff]{1,2}各的|越[\u4e00-\u9fff]{1,6}越[少小远难淡差窄低冷散松稀弱慢老]|一[\u4e00-\u9fff]比一[\u4e00-\u9fff](?:老|少|差|弱|难|低)"
    r"|重[\u4e00-\u9fff]{1,5}[、，]?轻[\u4e00-\u9fff]{1,5}|太[窄散小低少粗慢弱薄紧松远浅虚]|偏[了窄粗薄旧虚浅看]|有[\u4e00-\u9fff]{1,3}[，、]?[无没少缺][\u4e00-\u9fff]"
    r"|(?:只|仅)[有占为剩够]?(?:\d|[一二三四五六七八九十两几]|百分之)|(?:还|仅|才)(?:不到|不足|不过|\d)|比较(?:空|虚|散|弱|差|少|单一)|没[有人能把去办几多]|还不如|[\u4e00-\u9fff](?![减降缩最更不较])[\u4e00-\u9fff][窄低差弱薄浅慢旧散](?=[，、。；,;]|$)|欠[深细实严妥佳]"
)
"""Families of complement and contrast, so that the lexicon need not list every verb (开不起来, 各吹各的, 越开越少)."""
_FAMILY_SIGNS = (
    *("不[上下到起了着住出进清齐拢通成动来全透满]", "各.{1,2}各的", "越", "一.比一", "重.{1,6}轻"),
    *("太[窄散小低少粗慢弱薄紧松远浅虚]", "偏[了窄粗薄旧虚浅看]", "有.{1,4}[无没少缺]", *"只仅还才"),
    *("比较[空虚散弱差少单]", "没[有人能把去办几多]", "欠[深细实严妥佳]"),
    *(f"{weak}(?![^，、。；,;])" for weak in "窄低差弱薄浅慢旧散"),
)
_RE_FAMILY_SIGNS = re.compile("|".join(_FAMILY_SIGNS))
"""Without one of these there is none of `RE_FAMILY`; they are found faster."""
_COLUMNS = {role: column for column, role in enumerate(Role)}
_FAULT = _COLUMNS[Role.PROBLEM]
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
    spans = map(re.Match.span, _SENTENCE.finditer(text, start, min(end, start + N_READ)))
    return [(first, last) for first, last in spans if last - first >= MIN_SENTENCE]


def sentence_votes(sentences: Sequence[str]) -> Floats:
    """What each of some sentences says for each role, at most `MAX_SENTENCE_VOTE`, shape (n_sentences, n_roles).

    Examples
    --------
    >>> votes = sentence_votes(["支部活动流于形式", "支部九个"])
    >>> votes[:, tuple(Role).index(Role.PROBLEM)] > 0
    array([ True, False])
    """
    joined = STOP.join(sentences)
    starts = np.cumsum([0, *(len(sentence) + 1 for sentence in sentences)])
    found = _finder().found(joined)
    owners = np.searchsorted(starts, np.array([at for at, _ in found], dtype=np.int64), side="right") - 1
    cues, shape = _cues(), (len(sentences), len(Role))
    told = np.array([cues[words] if words in cues else _open_cue(words) for _, words in found]).reshape(-1, 2)
    cells = owners * len(Role) + told[:, 0].astype(np.int64)
    votes = np.bincount(cells, weights=told[:, 1], minlength=len(sentences) * len(Role)).reshape(shape)
    hinted = [at for at in _family_sieve().places(joined) if _RE_FAMILY_SIGNS.match(joined, at)]
    for owner in sorted(set((np.searchsorted(starts, np.array(hinted, dtype=np.int64), side="right") - 1).tolist())):
        if RE_FAMILY.search(sentences[owner]):
            votes[owner, _FAULT] += WEIGHTS[2]
    for owner in np.flatnonzero(votes[:, _FAULT]).tolist():
        if _shields().search(sentences[owner]):  # what is done away with
            votes[owner, _FAULT] *= SHIELDED
    return np.minimum(votes, MAX_SENTENCE_VOTE)


def family_places(words: str) -> list[int]:
    """Where some words have one of `RE_FAMILY`.

    Examples
    --------
    >>> family_places("会开不起来"), family_places("支部九个")
    ([1], [])
    """
    return [found.start() for found in RE_FAMILY.finditer(words)] if _RE_FAMILY_SIGNS.search(words) else []


def announced_roles(bodies: Sequence[str]) -> list[set[Role]]:
    """The roles that the first paragraph under each heading announces.

    Examples
    --------
    >>> announced_roles(["走访下来，大家讲得最多的毛病有这么四条：", "支部九个。"])
    [{<Role.PROBLEM: '问题'>}, set()]
    """
    leads = [body.partition("\n")[0][:N_LEAD] for body in bodies]
    joined, starts = STOP.join(leads), [0, *accumulate(len(lead) + 1 for lead in leads)]
    counted = [at for at in _counted_sieve().places(joined) if _RE_COUNTED.match(joined, at)]
    owners = {bisect_right(starts, at) - 1 for at in counted}
    topics = (at for at in _topic_sieve().places(joined) if bisect_right(starts, at) - 1 in owners)
    roles: list[set[Role]] = [set() for _ in leads]
    end = 0
    for at in sorted({*counted, *topics}):
        if at >= end and (found := _announcements().match(joined, at)):
            end = found.end()
            roles[bisect_right(starts, at) - 1].add(_topics()[found[1] or found[2]])
    return roles


@cache
def _cues() -> dict[str, tuple[int, float]]:
    """Expression → (column of its role, vote); 0 for one that only keeps others from being read in it."""
    cues: dict[str, tuple[int, float]] = {}
    for row in lexicon.rows("problem_cues.csv"):
        cues[row["cue"]] = (_FAULT, WEIGHTS[int(float(row["weight"]))])
    for row in lexicon.rows("section_cues.csv"):
        cues[row["cue"]] = (_COLUMNS[Role(row["role"])], WEIGHTS[int(row["weight"])]) if row["role"] else (_FAULT, 0.0)
    return cues


def _open_cue(found: str) -> tuple[int, float]:
    """The entry of an expression with a gap (以…为指导) as it was found."""
    fitting = (first + GAP + last for first, last in _open_cues() if found.startswith(first) and found.endswith(last))
    return _cues()[next(fitting)]


@cache
def _open_cues() -> tuple[tuple[str, str], ...]:
    """The expressions with a gap: what stands before it, and behind it."""
    return tuple((first, last) for first, gap, last in (cue.partition(GAP) for cue in _cues()) if gap)


@cache
def _finder() -> Finder:
    """All expressions."""
    return finder_of(_cues())


@cache
def _topics() -> dict[str, Role]:
    """Cues of headings that also announce in prose."""
    rows = lexicon.rows("role_cues.csv")
    return {row["cue"]: Role(row["role"]) for row in rows if row["role"] in _ANNOUNCED and float(row["weight"]) >= 2}


@cache
def _family_sieve() -> Sieve:
    """Where one of the signs may stand."""
    return sieve_of(_FAMILY_SIGNS)


@cache
def _counted_sieve() -> Sieve:
    """Where a number of items may stand."""
    return sieve_of(["以下", "如下", "下面", *(f"{numeral}[个条点处层副样件项方{_NUMERALS}]" for numeral in _NUMERALS)])


@cache
def _topic_sieve() -> Sieve:
    """Where such a cue may stand."""
    return sieve_of(_topics())


@cache
def _announcements() -> re.Pattern[str]:
    """A cue and a number of items, either first (问题有三个, 三点建议, 建议如下)."""
    cues = alternatives(_topics())
    return re.compile(f"({cues})[^。；！？]{{0,16}}?{COUNTED}|{COUNTED}[^，。；！？的]{{0,6}}?({cues})(?!的)")


@cache
def _shields() -> re.Pattern[str]:
    """Expressions that take the force of a problem word."""
    rows = lexicon.rows("problem_shields.csv")
    return re.compile(alternatives(row["cue"] for row in rows if row["use"] in ("before", "after")))
