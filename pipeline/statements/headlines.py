"""The headline of a point: the claim clause of a sentence, without marker, cue or lead-in, verbatim."""

import re

from pipeline.statements.claims import problem_strength
from pipeline.statements.sentences import Span, clauses, skip_blank

SHORT = 8
"""A clause below this length rarely makes a claim alone; gold headlines of the examples have a median of 14."""
WHOLE = 36
"""A sentence of two clauses up to this length is a headline by itself, as a run-in heading is."""
LONG = 40
CLEAR = 2
"""Strength of words from which a later clause is the claim."""

RE_JOINT = re.compile(
    r"(?:但是?|然而|不过|可是|只是|却|而且|并且|此外|另外|同时|与此同时|其次|最后|还有(?![的些人])|再就是|再次|首先|因此|所以|为此|对此|具体来说|具体讲"
    r"|我觉得|我认为|我看|我想|我感到|大家认为|大家反映|说实话|实话说|应该说|可以说|总的看|总体看|总体上看|总体来看|一般来说|比如|譬如|当然|主要是(?=[^，,。；\n]{4})|主要(?:表现|体现|反映)(?:在|为)|具体(?:表现|体现)(?:在|为)|表现(?:在|为))[，,：:]?"
)
RE_LEAD = re.compile(
    r"[^，,。；：:\n]{0,8}(?:一[层条点样件桩个][^，,。；：:\n]{0,8}|看出了?毛病|毛病|意思|话)[：:]|[^，,。；\n]{0,12}连着的，是|"
    r"(?:美中不足|(?:令人|让人)?(?:遗憾|惋惜|担忧|忧虑|揪心)|可惜|要说|[需应]要?(?:指出|看到|说明|提醒)|值得(?:注意|警惕|一提))的是[，,：:]|"
    r"[^。；：:\n]{0,40}(?:问题|不足|差距|短板|困难|表现|原因)(?:主要)?(?:[有是在为]|如下|包括|体现在|表现在|反映在|表现为){0,2}[：:]"
    r"|(?:从[^，,。；\n]{1,16}(?:看|说|讲|来看|来说)|(?:调研|座谈|走访|访谈|检查|抽查|问卷|调查|数据|统计|台账|记录|深谈)[^，,。；\n]{0,8}(?:发现|显示|反映|表明|提到|谈到|讲到|说到|提出)|[^，,。；\n]{0,8}(?:清楚|知道|坦言|反映|认为|来看|来说|来讲)|[^，,。；\n]{0,20}(?:看到|认识到|意识到|感到|发现|的同时|指出|强调))[，,：:]"
)
RE_ABOUT = re.compile(
    r"(?:关于|针对|对照|围绕)“?(?P<claim>[^，,。；\n]{3,40}?)”?(?:方面|上)?的?(?:突出|主要|具体)?(?:问题|现象|情况)(?=$|[。：:\n])",
    re.MULTILINE,
)
"""An issue as rectification reports name it (关于学习不深入的问题)."""
RE_SHORT_TOPIC = re.compile(r"[^，,。；：:“”\n]{1,8}(?:层面|方面|维度|环节|上|中)[：:]")
RE_ADVERBIAL = re.compile(
    r"^(?:为了|为|通过|针对|对于|围绕|结合|按照|根据|依据|随着|由于|面对|借助|依托|本着|立足|坚持|以[^，]{1,12}为)|(?:时|之时|中|之中|下|后|以后|之后|前|之前|以前|之际|期间|基础上|过程中|方面|来说|而言|来看|起|里|上|条件下|同时)$"
)
RE_VERB_IN_ADVERBIAL = re.compile(r"[配建设立给做办开上]|提供|落实|创造|保障|搭建")


def claim(text: str, start: int, end: int, *, negative: bool) -> Span:
    """The claim clause of a sentence.

    Parameters
    ----------
    text : str
    start, end : int
        The sentence or item without its marker.
    negative : bool
        Whether something wrong is claimed: then the headline reaches to the clause that says so.

    Returns
    -------
    tuple of int
        Start and end of the headline; equal if there is none.

    Examples
    --------
    >>> text = "但从台账看，三个支部换届拖了两年，一直没人过问。"
    >>> a, b = claim(text, 0, len(text), negative=True)
    >>> text[a:b]
    '三个支部换届拖了两年，一直没人过问'
    """
    start = _skip_lead(text, start, end)
    spans = []
    for span in clauses(text, start, end):
        spans.append(span)
        if span[1] >= end or text[span[1]] not in "，," or span[1] - start > LONG:
            break
    if not spans:
        return start, start
    if len(spans) <= 2 and spans[-1][1] - start <= WHOLE:
        return start, spans[-1][1]
    return start, spans[_last_clause(text, spans, start, negative)][1]


def later_fault(text: str, start: int, end: int) -> Span | None:
    """The clauses of a sentence told in passing that say what is wrong, where the first three do not; else None.

    Examples
    --------
    >>> text = "支委二十三个，最年轻的四十七，老支书们想歇，村里却挑不出接手的人。"
    >>> a, b = later_fault(text, 0, len(text))
    >>> text[a:b]
    '村里却挑不出接手的人'
    """
    spans = list(clauses(text, start, min(end, start + 3 * LONG)))
    if problem_strength(text[start : spans[min(2, len(spans) - 1)][1]]):
        return None
    at = next((n for n, (a, b) in enumerate(spans) if n > 2 and problem_strength(text[a:b]) >= CLEAR), None)
    if at is None:
        return None
    first = at if spans[at][1] - spans[at][0] >= SHORT else at - 1
    return spans[first][0], spans[at][1]


def _last_clause(text: str, spans: list[Span], start: int, negative: bool) -> int:
    """Index of the clause that closes the claim."""
    at = 0
    while at + 1 < len(spans) and spans[at][1] - start < LONG:
        a, b = spans[at]
        words = text[a:b]
        unfinished = b - start < SHORT or (bool(RE_ADVERBIAL.search(words)) and not _is_measure(words))
        if not unfinished and not (negative and at < 2 and not problem_strength(text[start:b])):
            break
        at += 1
    return at if spans[at][1] - start <= 2 * LONG else 0


def _is_measure(words: str) -> bool:
    """Whether a clause that begins like an adverbial has its own verb (为每个支部配一名书记)."""
    return bool(re.match(r"[为对在]", words)) and bool(RE_VERB_IN_ADVERBIAL.search(words[2:]))


def _skip_lead(text: str, start: int, end: int) -> int:
    """Where the words start after joints (但, 此外) and lead-ins (从…看，)."""
    start = skip_blank(text, start, end)
    for _ in range(3):
        found = (
            RE_LEAD.match(text, start, end)
            or RE_JOINT.match(text, start, end)
            or RE_SHORT_TOPIC.match(text, start, end)
        )
        if not found or found.end() >= end:
            break
        start = skip_blank(text, found.end(), end)
    return start


def whole(text: str, start: int, end: int) -> Span:
    """A sentence as a headline: without joints before it and stops behind it."""
    start = _skip_lead(text, start, end)
    while end > start and text[end - 1] in "。！？；;，,：:. 　":
        end -= 1
    return start, end


def heading_claim(text: str, start: int, end: int) -> Span:
    """The claim in a heading without its marker: what follows 机制层面：, else all of it.

    Examples
    --------
    >>> text = "机制层面：推行积分管理"
    >>> a, b = heading_claim(text, 0, len(text))
    >>> text[a:b]
    '推行积分管理'
    """
    start = skip_blank(text, start, end)
    while end > start and (text[end - 1].isspace() or text[end - 1] in "。：:；;."):
        end -= 1
    if about := RE_ABOUT.match(text, start, end):
        return about.span("claim")
    topic = RE_SHORT_TOPIC.match(text, start, end)
    return (skip_blank(text, topic.end(), end), end) if topic and topic.end() < end else (start, end)
