"""How strongly words claim that something is wrong, and what takes that force away: negation, solved, hypothetical."""

import re
from functools import cache, lru_cache

from pipeline import lexicon
from pipeline.lexicon.finder import alternatives
from pipeline.sections.content import family_places

RE_DUTY = re.compile(r"(?:要|应|应当|必须|须|不得|不能|严禁|确保|力争|争取|防止|避免|杜绝|做到)$")
RE_EMPTY = re.compile("不容忽视|不可忽视|亟[待需]解决|有待解决|需要解决|突出|明显|薄弱")
"""What may be said of problems without saying which."""
RE_IF = re.compile(
    r"(?:没有|离开|缺乏|缺少|如果|若是|倘若|假如|一旦)[^，,。；]{1,24}[，,][^。；]{0,16}?"
    r"(?:就(?:难以|不可能|无法|不能|不会|会|谈不上|必然)|不可能|谈何|无从谈起|必然会|势必会)"
)
"""What would be, were something wanting (没有制度，就不可能…): no fault told."""
RE_STOP = re.compile(r"[。！？；;\n]")


@cache
def _problem_pattern() -> re.Pattern[str]:
    """All problem cues as one pattern, by first sign, longest first."""
    return re.compile(alternatives(row["cue"] for row in lexicon.rows("problem_cues.csv")))


@cache
def _weights() -> dict[str, int]:
    """Problem cue → weight."""
    return {row["cue"]: int(row["weight"]) for row in lexicon.rows("problem_cues.csv")}


@cache
def _shield(use: str) -> re.Pattern[str]:
    """The words that take a problem word's force, of one use."""
    return re.compile(alternatives(row["cue"] for row in lexicon.rows("problem_shields.csv") if row["use"] == use))


_TROUBLE = (
    r"(?:[老新]?问题|[老新]?矛盾|[老新]?挑战|不足|困难|差距|缺点|短板|弱项|(?:薄弱)?环节|风险|隐患|现象|失误|毛病)"
)
RE_GENERIC = re.compile(
    rf"(?:存在|面临|遇到|有)(?P<between>[\u4e00-\u9fff]{{0,12}}?){_TROUBLE}(?:[和与、及]?(?:一些|许多|不少)?{_TROUBLE}){{0,4}}"
    rf"|{_TROUBLE}(?:[和与、及]?{_TROUBLE}){{0,3}}(?:仍|还|依|也|都)?[然旧]?(?:不少|很多|较多|并存|不容忽视|不可忽视)"
)
"""A phrase that only says that there are problems; the problems come after it."""


def is_bare(words: str) -> bool:
    """Whether words say no more than that problems exist.

    Examples
    --------
    >>> is_bare("工作中还存在不少问题和不足"), is_bare("普遍存在服务不到位的问题")
    (True, False)
    """
    found = RE_GENERIC.search(words)
    if found is None or problem_strength(RE_GENERIC.sub("", words)):
        return False
    return problem_strength(RE_EMPTY.sub("", found["between"] or "")) == 0


@lru_cache(maxsize=4096)
def problem_strength(words: str) -> int:
    """Sum of the weights of problem cues in some words, each cue once; shields are not looked at.

    Examples
    --------
    >>> problem_strength("支部活动单调，党员不愿来") >= 4
    True
    >>> problem_strength("全年开展活动十二次")
    0
    """
    cues = {found[0] for found in _problem_pattern().finditer(words)}
    weights = _weights()
    return sum(weights[cue] for cue in cues) + 2 * bool(family_places(words))


def _stands(sentence: str, at: int) -> bool:
    """Whether the cue at a place is free of shields in its clause, of duty words and of quotation marks."""
    cut = max(sentence.rfind(mark, 0, at) for mark in "，,；;：:")
    before = sentence[cut + 1 : at]
    if _shield("before").search(before) or RE_DUTY.search(before):
        return False
    return sentence.count("“", 0, at) <= sentence.count("”", 0, at)


def standing_strength(sentence: str) -> int:
    """Like `problem_strength`, but of cues that are not negated, solved, hypothetical, forbidden or about the study.

    Examples
    --------
    >>> standing_strength("有效解决了活动流于形式的问题"), standing_strength("活动流于形式") > 0
    (0, True)
    """
    if RE_IF.search(sentence) or _shield("after").search(sentence) or _shield("study").search(sentence):
        return 0
    weights = _weights()
    cues = {f[0] for f in _problem_pattern().finditer(sentence) if _stands(sentence, f.start())}
    family = any(_stands(sentence, at) for at in family_places(sentence))
    return sum(weights[cue] for cue in cues) + 2 * family


def is_handled(sentence: str, at: int) -> bool:
    """Whether the word at a place is what some clause solves, forbids or denies."""
    return not _stands(sentence, at)
