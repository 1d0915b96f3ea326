"""Claims in plain paragraphs of a section: the sentence that leads each, or the sentences that claim among others."""

import re
from collections.abc import Iterator

from pipeline.statements.claims import problem_strength, standing_strength
from pipeline.statements.cues import announced_count, announced_role, is_announcement
from pipeline.statements.drafts import Basis, Draft, from_sentence
from pipeline.statements.leanings import leaning
from pipeline.statements.measures import measure_strength
from pipeline.statements.sentences import Span, clauses, parts, sentences
from pipeline.values import SIDES, Role

BLOCK, LEAD, SENTENCE = 0.96, 0.95, 0.62
"""Confidence by kind of evidence, the role given (development split of the sample: .96 of blocks, all of 18 leads, .46
of 24 single sentences were right; drawn together)."""
PLAIN = 1.0
"""What a sentence in a 问题 or 原因 section weighs by its place alone."""
RUN_IN = 44
"""Longest sentence that is taken for a run-in heading; the annotated ones have at most 41 signs."""
SHORT_LEAD = 24
MIN_HEADS = 3
"""Paragraphs that all start with a short sentence, for these to be claims whatever their words."""

RE_SIDE_NOTE = re.compile(
    r"同志们|各位|希望|谢谢|让我们|最后[，,]|新的一年|责任(?:人|单位|领导|部门)|完成时[限间]|牵头单位|整改时限"
    r"|以上|特此|综上|总之|此次|本次|注：|附[:：件]"
)
"""How sentences begin that close a report or name who answers for a measure."""
RE_DETAIL = re.compile(
    r"“[^”\n]{0,60}”(?:[，,。]|是)|[这那它其]|例如|比如|如[：，]|有[的一些]|某|据|以[^，。]{2,12}为例"
    r"|近[年几一二两三四五]|问起|问到|问及|问卷|访谈|调研|座谈|\d|[一二三四五六七八九十百两]+[名个位家所]"
    r"|去年|今年|上半年|于是|结果|因此|所以|其中|甚至|更有|同时也"
)
"""How sentences begin that give an instance, a figure or a consequence of what was claimed before."""
RE_OPINION = re.compile(r"(?:有|约)?\d[\d.]*[%％]的[^，,。；\n]{1,12}?(?:认为|反映|表示|觉得|感到|承认|反感|不)")
"""What a share of those asked said: a claim in a section of problems or causes, whatever the words."""
RE_MUST = re.compile("(?:应当?|要|须|必须|建议|希望|请|可以?)(?![求素点闻])")
RE_ADDS = re.compile("再者|再则|此外|另外|还有|二来|同时")
"""How a part of a sentence begins that adds another claim."""
UNLIKE = 0.45
"""Chance of a fault below which a sentence tells something else (two dozen reports by other hands)."""
RE_COLON = re.compile("[：:]")
MIN_PARTS = 3
"""Parts between semicolons that are a list whatever their words."""
RE_DENIED = re.compile(
    r"(?:这[个种]?[^，,。；]{0,8}|[并]?)不(?:成立|这么看|同意|尽然|作依据)|没有这回事|站不住脚|并不成立|绝迹|不能成立|[不并]非[^，,。；]{0,20}(?:所致|造成|使然)"
    r"|不必另立|没有发现|未发现|(?:曾|原)(?:以为|设想|担心)|是多余的|已不复存在|成了(?:老黄历|历史)"
)
"""What is told only to be denied (至于…的说法，并不成立)."""
RE_SEMICOLON = re.compile("[；;]")
RE_NUMBER = re.compile(r"[一二三四五六七八九十两几](?:个|条|点|处|件|项|方面|类|种|样|桩)")
RE_FIGURE = re.compile(r"\d+")


def leads_of(text: str, heads: dict[Span, Span], role: Role) -> dict[Span, Draft]:
    """Claims that lead paragraphs ahead of a series; where most have one, the others' first sentences are claims too.

    Parameters
    ----------
    text : str
    heads : dict of span to span
        Paragraph → what stands in it before its series.
    role : Role
    """
    found: dict[Span, Draft] = {}
    for is_lenient in (False, True):
        for line, head in heads.items():
            if line in found or (is_lenient and 2 * len(found) < len(heads)):
                continue
            for lead in _lead(text, head, role, is_lenient=is_lenient):
                found[line] = lead
    return found


def _lead(text: str, head: Span, role: Role, *, is_lenient: bool) -> list[Draft]:
    """The claim in the first sentence ahead of a series; none if that only announces."""
    whole = [span for span in sentences(text, *head) if text[span[1] - 1] in "。！？”"]
    first = whole[0] if whole else None
    if first is None or RE_SIDE_NOTE.match(text, first[0]) or RE_NUMBER.search(text, *whole[-1]):
        return []
    words = text[first[0] : first[1]]
    if is_announcement(words) or announced_role(words) or not (makes_point(words, role) or is_lenient):
        return []
    return from_sentence(text, first[0], first, Basis(role, LEAD))


def headed_points(text: str, lines: list[Span], role: Role) -> list[Draft]:
    r"""Points of paragraphs that each open with a short sentence of their own, in place of a heading; else none.

    Paragraphs that only announce what follows, or close the section, are no part of it.

    Examples
    --------
    >>> text = "有三件事。\n会少。全年开了两次。\n人散。谁也找不到谁。\n账乱。三年没有对过。"
    >>> from pipeline.statements.sentences import paragraphs
    >>> lines = list(paragraphs(text, 0, len(text)))
    >>> [text[d.head_start : d.head_end] for d in headed_points(text, lines, Role.PROBLEM)]
    ['会少', '人散', '账乱']
    """
    found: list[Draft] = []
    n_plain = 0
    for start, end in lines:
        first = next(sentences(text, start, end), None)
        if first is None or RE_SIDE_NOTE.match(text, start) or RE_DETAIL.match(text, start):
            continue
        words = text[first[0] : first[1]]
        if is_announcement(words) or (not found and not runs_in(text, first, end)):
            continue
        if not runs_in(text, first, end):
            n_plain += 1
            continue
        found += from_sentence(text, start, first, Basis(role, LEAD, whole=True))
    return found if len(found) >= MIN_HEADS and n_plain <= 1 else []


def block_points(text: str, line: Span, role: Role, *, lead_only: bool = False) -> Iterator[Draft]:
    """Every measure of a 整改措施 block, between semicolons or full stops, whole; or its leading sentence only."""
    first = next(sentences(text, *line), line)
    if lead_only and not RE_SEMICOLON.search(text, *first):
        line = first
    for start, end in parts(text, *line):
        words = text[start:end]
        if end - start < 6 or RE_SIDE_NOTE.match(words) or words.endswith(("：", ":")):
            continue
        yield from from_sentence(text, start, (start, end), Basis(role, BLOCK, whole=True))


def plain_points(text: str, lines: list[Span], role: Role) -> list[Draft]:
    """Points of paragraphs without a series: their leads if there are several, else single sentences.

    Examples
    --------
    >>> text = "宗旨意识淡薄，心思不在群众身上。制度空转，签到就算完事。"
    >>> [text[d.head_start : d.head_end] for d in plain_points(text, [(0, len(text))], Role.CAUSE)]
    ['宗旨意识淡薄，心思不在群众身上', '制度空转，签到就算完事']
    """
    leads: list[tuple[bool, Draft]] = []
    n_heads = 0
    for start, end in lines:
        first = next(sentences(text, start, end), None)
        if first is None or RE_SIDE_NOTE.match(text, start) or is_announcement(text[first[0] : first[1]]):
            continue
        is_claim = makes_point(text[first[0] : first[1]], role)
        n_heads += runs_in(text, first, end)
        basis = Basis(role, LEAD, whole=runs_in(text, first, end))
        leads += [(is_claim, draft) for draft in from_sentence(text, start, first, basis)]
    n_claims = sum(is_claim for is_claim, _ in leads)
    if role in SIDES and MIN_HEADS <= n_heads == len(leads) == len(lines):
        return [draft for _, draft in leads]
    if n_claims >= 2:
        return [draft for is_claim, draft in leads if is_claim or (2 * n_claims > len(leads) and role in SIDES)]
    if role not in SIDES:
        return []
    return [draft for line in lines for draft in _sentence_points(text, line, role)]


def _sentence_points(text: str, line: Span, role: Role) -> list[Draft]:
    """Sentences of a paragraph that claim something of the role; as many as announced, where a number is."""
    wanted: int | None = None
    ranked: list[tuple[float, Draft]] = []
    for start, end in _faults(text, line, role):
        words = text[start:end]
        if is_announcement(words):
            wanted = wanted or announced_count(words)
            continue
        strength = _strength(words, role)
        if strength > 0 and not RE_SIDE_NOTE.match(words):
            ranked += [(strength, draft) for draft in from_sentence(text, start, (start, end), Basis(role, SENTENCE))]
    if not wanted and role != Role.MEASURE and any(strength > PLAIN for strength, _ in ranked):
        ranked = [pair for pair in ranked if pair[0] > PLAIN]
    if wanted and len(ranked) > wanted:
        floor = sorted((strength for strength, _ in ranked), reverse=True)[wanted - 1]
        ranked = [pair for pair in ranked if pair[0] >= floor][:wanted]
    return [draft for _, draft in ranked]


def _faults(text: str, line: Span, role: Role) -> Iterator[Span]:
    """The sentences of a paragraph; one whose parts between semicolons all name a fault is as many claims."""
    for start, end in sentences(text, *line):
        colon = RE_COLON.search(text, start, end)
        first = colon.end() if colon and is_announcement(text[start : colon.end()]) else start
        pieces = list(parts(text, first, end))
        is_list = first > start or len(pieces) >= MIN_PARTS
        alike = len(pieces) > 1 and (
            all(_is_like(text[a:b], role) for a, b in pieces)
            or all(RE_ADDS.match(text, a) for a, _ in pieces[1:])
            or (is_list and not any(RE_DETAIL.match(text, a) for a, _ in pieces[1:]))
        )
        yield from pieces if alike else [(start, end)]


def _is_like(words: str, role: Role) -> bool:
    """Whether a part between semicolons claims by itself: a fault, or what must be done (要…；要…)."""
    if role == Role.MEASURE:
        return bool(RE_MUST.match(words))
    return bool(problem_strength(words)) and not RE_DETAIL.match(words)


def _strength(words: str, role: Role) -> float:
    """How much a sentence looks like a claim of a role that opens, not like a detail."""
    opening = _opening(words)
    if RE_DENIED.search(words):
        return 0.0
    if RE_OPINION.match(words) and role != Role.MEASURE:
        return PLAIN + 1
    detail = 2.0 * bool(RE_DETAIL.match(words)) + 0.5 * len(RE_FIGURE.findall(opening))
    if role == Role.MEASURE:
        return measure_strength(words) - detail
    strength = problem_strength(opening)
    if not strength and leaning(words).fault < UNLIKE:
        return 0.0
    return PLAIN + strength - 1.5 * detail


def _opening(words: str) -> str:
    """The first clauses of a sentence, two if the first is short."""
    spans = [words[a:b] for a, b in clauses(words, 0, min(len(words), 80))]
    return "，".join(spans[: 1 if spans and len(spans[0]) >= 8 else 2])


def makes_point(words: str, role: Role) -> bool:
    """Whether a sentence by its words can be a point of a role."""
    if role == Role.MEASURE:
        return measure_strength(words) > 0
    if role in {Role.PROBLEM, Role.CAUSE}:
        is_short_fault = len(words) <= SHORT_LEAD and bool(problem_strength(words))
        return bool(RE_OPINION.match(words)) or is_short_fault or standing_strength(_opening(words)) > 0
    return len(words) <= SHORT_LEAD


def runs_in(text: str, words: Span, stop: int) -> bool:
    """Whether a short sentence heads what follows it in the same paragraph."""
    rest = text[words[1] : stop].split("\n", 1)[0].strip()
    return words[1] - words[0] <= RUN_IN and len(rest) > 6 and text[words[1] - 1] in "。！？"
