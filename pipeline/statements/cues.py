"""What opens a point or announces a series of points: cues of a role, from the lexicon."""

import re
from functools import cache

from pipeline import lexicon
from pipeline.lexicon.finder import alternatives
from pipeline.statements.claims import is_handled
from pipeline.values import Role

_N = r"(?:[二三四五六七八九十两几]|[2-9]|1\d)"
RE_COUNT = re.compile(
    rf"{_N}(?:个?方面|点|条|处|层|样|步|招|道|笔|则|件事?|句话|桩|[个项][。：:]?$|[个项类种大道步](?:$|[^，,。；：:\n]{{0,4}}"
    r"(?:问题|原因|不足|短板|弱项|环节|关系|难题|建议|层面|差距|因素|表现|工作|任务|“)))"
    r"[^，,。；：:\n]{0,8}[。：:，,]?$|(?:以下|如下|下面|下列)[^。\n]{0,16}[。：:]?$|[：:]$"
)
COUNT_REACH = 32
"""How far from the end of a sentence `RE_COUNT` may start at most, and some."""
RE_EXISTS = re.compile(
    r"存在|[有是][这如]?[二三四五六七八九十两几]|[大集]致|集中|还有|仍有|仍然|看到|面临|暴露|查找|检视|不足|差距|短板|缺点|薄弱|表现|突出(?:的)?问题|主要问题|问题主要"
)
RE_ADVISES = re.compile(
    r"建议|对策|下一步|今后|往后|明年|打算|拟|将|设想|想法|提出|请求|主意|[步着]棋|(?:怎么|如何)(?:办|动手|做)|接着|接下来"
    r"|当务之急|[几\d]条意见|意见[。：:]?$|想好|拍板|定[了下]"
)


@cache
def opener(role: Role, use: str = "opener") -> re.Pattern[str]:
    """The words after which a claim of a role follows, at the start of a clause."""
    words = [row["cue"] for row in lexicon.rows("point_cues.csv") if row["use"] == use and row["role"] == role]
    speaker = r"(?:[他她](?:们|俩)?|大家|有人|几位[^，,。]{1,4}|同志们)?" if role == Role.MEASURE else ""
    return re.compile(
        rf"(?:^|(?<=[。！？；;\n，,：:”]))[ 　]*{speaker}(?P<cue>{alternatives(words)})[，,：:]?(?:是|在于)?[，,：:]?",
        re.MULTILINE,
    )


def cues_of(use: str) -> list[str]:
    """All cues of a use."""
    return [row["cue"] for row in lexicon.rows("point_cues.csv") if row["use"] == use]


def cue_words(use: str) -> str:
    """All cues of a use as one alternation."""
    return f"(?:{alternatives(cues_of(use))})"


@cache
def _announcers() -> re.Pattern[str]:
    """All words by which a series is announced."""
    return re.compile(alternatives(cues_of("announce")))


@cache
def _announced_roles() -> dict[str, Role]:
    """Announcing word → role of what follows."""
    return {row["cue"]: Role(row["role"]) for row in lexicon.rows("point_cues.csv") if row["use"] == "announce"}


def announced_role(sentence: str) -> Role | None:
    """The role of the series that a sentence announces; None if it announces none, or only what is to be solved.

    Examples
    --------
    >>> announced_role("产生这些问题的原因主要有：")
    <Role.CAUSE: '原因'>
    >>> announced_role("着力解决三个难题：") is None
    True
    """
    found = list(_announcers().finditer(sentence))
    if not found:
        return None
    role = _announced_roles()[found[-1][0]]
    if role == Role.PROBLEM and (is_handled(sentence, found[-1].start()) or not RE_EXISTS.search(sentence)):
        return None
    return role


def advises(sentence: str) -> bool:
    """Whether a sentence speaks of what is to be done, not of what was done."""
    return bool(RE_ADVISES.search(sentence))


def is_announcement(sentence: str) -> bool:
    """Whether a sentence only says that something follows.

    Examples
    --------
    >>> is_announcement("主要表现在五个方面。")
    True
    >>> is_announcement("支部会开得少。")
    False
    """
    return sentence.endswith(("？", "?")) or bool(RE_COUNT.search(sentence, max(0, len(sentence) - COUNT_REACH)))


def announced_count(sentence: str) -> int | None:
    """How many points a sentence announces, where it says so (病根有三处)."""
    found = re.search(r"([一二三四五六七八九十两]|\d{1,2})(?:个|条|点|处|件|项|方面|类|桩|样)", sentence)
    if not found:
        return None
    word = found[1]
    return int(word) if word.isdigit() else "一二三四五六七八九十".find(word.replace("两", "二")) + 1
