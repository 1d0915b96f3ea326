"""Which type of organisation a report studies, and which organisation wrote it."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from functools import cache

from pipeline import lexicon
from pipeline.ingest.particulars.front_matter import Clue, FrontMatter
from pipeline.ingest.particulars.title_forms import is_organisation

TITLE, CASE, SUBTITLE, SPEAKER, BYLINE, ISSUER, OPENING, BODY = 3.0, 5.0, 2.0, 2.0, 0.8, 0.4, 0.5, 0.4
"""What a word's weight is multiplied by, by where it stands. Set on 60 invented titles (tests/cases/org_types.toml)."""
MIN_SCORE, MIN_LEAD, MIN_LEAD_UNTITLED = 3.0, 1.25, 1.5
"""Least score, and least ratio to the next type's score (the last one: where no title tells), to name a type."""
PLACE = 0.4
"""What the weight of 镇, 村 … in a title is multiplied by where a later word tells more. Set on the same titles."""
N_OPENING = 700
"""Characters of the first paragraphs, where a report says who was surveyed."""

_TITLED = frozenset(["title", "case", "subtitle", "issuer", "speaker"])
_CASE = re.compile(r"以(?!.{0,3}为)([^，,。；;\n]{2,40}?)为(?:例|个案|样本|视角)")
_ISSUER = re.compile(r"(?:中共)?([^，,。《》]{2,30}?)关于")
_AUTHOR = re.compile(r"(?:作者单位|作者|单位|撰稿|执笔|报送单位|课题单位)\s*[:：]\s*(\S.{1,40})")
_SPOKEN = re.compile("述职|讲话|发言|党课|致辞|汇报|第一责任人|整改|自查")
_SPEAKER = re.compile(
    r"(?P<of>\S{2,30}?)(?:党委|党工委|工作委员会|委员会|党总支|党支部|党组|总支|支部)(?:(?:第一)?(?:副)?书记|$|[\s　（])"
)
"""Who speaks of his own organisation: 枫桥铺镇党委书记, 中共枫桥铺镇委员会."""
_PARTY_SENTENCE = re.compile(r"[^。！？\n]*(?:党|支部)[^。！？\n]*")
_DATE_PART = re.compile(r"[（(]?\s*[\d×XxⅩ*〇零○一二三四五六七八九十]{2,4}\s*年.{0,12}$")
_LABELS = re.compile(r"^(?:[^:：]{1,8}[:：])?(?:(?:19|20)\d\d年度?)?")
"""What stands before a name: a label, a year."""
_NAME_PARTS = re.compile(r"[（）()\s　,，、;；]+")


def org_type_clue(front: FrontMatter) -> Clue | None:
    r"""The type of the organisation studied; None if the words of the text do not tell it apart.

    The title and ``以…为例`` decide if their words speak for one type; else the first paragraphs count too, and least
    what stands further on.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> org_type_clue(front_matter("柳溪县人民医院临床党支部建设调研报告\n全院有党支部九个。")).value
    '医院'
    """
    told: list[_Told] = []
    for basis, text, factor in _places(front):
        told += [
            (org_type, weight * factor, basis, term) for org_type, weight, term in _weighed(text, basis in _TITLED)
        ]
    by_title = [one for one in told if one[2] in _TITLED]
    return _settled(by_title, MIN_LEAD) or _settled(told, MIN_LEAD if by_title else MIN_LEAD_UNTITLED)


_Told = tuple[str, float, str, str]
"""Type, score, where it stands, and the term that speaks for it."""


def _settled(told: Sequence[_Told], lead: float) -> Clue | None:
    """The type that terms speak for; None if their score is too low or another type's too near."""
    scores: dict[str, float] = defaultdict(float)
    for org_type, score, _, _ in told:
        scores[org_type] += score
    ranked = sorted(((score, org_type) for org_type, score in scores.items()), reverse=True)
    if not ranked:
        return None
    (score, best), second = ranked[0], ranked[1][0] if len(ranked) > 1 else 0.0
    if score < MIN_SCORE or score < lead * second:
        return None
    _, basis, term = max((value, basis, term) for org_type, value, basis, term in told if org_type == best)
    return Clue("org_type", best, basis, term, round(score / (score + second), 2))


def author_clue(front: FrontMatter) -> Clue | None:
    """The organisation that wrote the report: from byline, signature, letterhead or ``X关于…`` in the title."""
    for basis, lines in (("byline", front.byline), ("signature", front.closing), ("letterhead", front.lead)):
        for line in lines:
            if name := _organisation_in(line):
                return Clue("author_org", name, basis, line.strip(), 0.8)
    for line in (*front.byline, *front.dropped):
        if (found := _AUTHOR.search(line[:200])) and (name := _organisation_in(found[1])):
            return Clue("author_org", name, "field", line.strip()[:80], 0.7)
    found = _ISSUER.match(front.title)
    if found and is_organisation(issuer := _LABELS.sub("", found[0].removesuffix("关于"))):
        return Clue("author_org", issuer, "title", front.title, 0.7)
    return None


def _places(front: FrontMatter) -> Iterator[tuple[str, str, float]]:
    """Where words are looked for: (basis, text, factor)."""
    title, issuer = front.title, _ISSUER.match(front.title)
    if issuer and is_organisation(issuer[0].removesuffix("关于")):
        yield "issuer", issuer[1], TITLE / 2
        title = title[issuer.end() :]
    for line in (title, front.subtitle, front.opening[:N_OPENING]):
        if case := _CASE.search(line):
            yield "case", case[1], CASE if len(line) < N_OPENING else TITLE
            break
    yield "title", title, TITLE
    yield "subtitle", front.subtitle, SUBTITLE
    if _SPOKEN.search(front.title) and (speaker := next(filter(None, map(_SPEAKER.search, front.byline)), None)):
        yield "speaker", speaker["of"], SPEAKER
    yield "byline", "\n".join(front.byline[:4]), BYLINE
    # Only sentences about the Party's work: a report on industry or schools does not study their organisations.
    yield "opening", "".join(_PARTY_SENTENCE.findall(front.opening[:N_OPENING])), OPENING
    yield "body", "".join(_PARTY_SENTENCE.findall(front.opening[N_OPENING:])), BODY


def _weighed(text: str, titled: bool) -> Iterator[tuple[str, float, str]]:
    """Types that the words of a text speak for, with weight: (org_type, weight, term)."""
    found = [term for term in _pattern().findall(text) if _vocabulary()[term][0]]
    for term, n in Counter(found).items():
        org_type, weight = _vocabulary()[term]
        if len(term) == 1:
            # Of 镇 and 村 in a title the last is what the report is about; those before say where that is.
            weight *= (1.0 if term == found[-1] else PLACE) if titled else 0.0
        yield org_type, weight if titled else weight * math.log2(1 + n) / 2, term


def _organisation_in(line: str) -> str | None:
    """The name of an organisation in a line that is little else; None if there is none."""
    for part in _NAME_PARTS.split(_DATE_PART.sub("", line.strip(" 　（）()"))):
        if is_organisation(name := _LABELS.sub("", part)):
            return name
    return None


@cache
def _vocabulary() -> dict[str, tuple[str, float]]:
    """Term → (org_type or empty, weight)."""
    return {row["term"]: (row["org_type"], float(row["weight"])) for row in lexicon.rows("org_types.csv")}


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern of all terms, longest first, grouped by first character so that a search skips quickly."""
    by_first: dict[str, list[str]] = {}
    for term in sorted(_vocabulary(), key=lambda term: (-len(term), term)):
        by_first.setdefault(term[0], []).append(re.escape(term[1:]))
    return re.compile("|".join(f"{re.escape(first)}(?:{'|'.join(rest)})" for first, rest in sorted(by_first.items())))
