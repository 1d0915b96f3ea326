"""The 文种 of a text and the marks of confidentiality or draft that it carries."""

import re
from collections.abc import Iterator
from functools import cache

from pipeline import lexicon
from pipeline.ingest.particulars.front_matter import Clue, FrontMatter
from pipeline.ingest.particulars.genre_model import GENRES, shipped_genres, start_of
from pipeline.ingest.particulars.title_forms import MAX_MARKING, words
from pipeline.values import Genre

N_OPENING = 1_000
"""Characters of the first paragraphs in which a text announces what follows."""
MIN_CHANCE = 0.5
"""Least chance of a 文种 that is surmised (a quarter of what is told so is wrong); below it nothing is said."""
MIN_READ = 50
"""Characters of title and opening from which a 文种 is surmised: fewer say too little."""
_COLLECTION = re.compile(r"[\d一二两三四五六七八九十]+\s*篇|精选|大全(?!局)|第[\d一二三四五六七八九十]+篇")
_ABSTRACT = re.compile(r"^[\s　【\[［]*(?:内容)?(?:摘\s*要|提要)[】\]］]?\s*[:：\s]", re.MULTILINE)
_KEYWORDS = re.compile(r"^[\s　【\[［]*关\s*键\s*[词字][】\]］]?\s*[:：\s]", re.MULTILINE)
_MEETING = re.compile(
    r"^[\s　]*(?:时间|会议时间)\s*[:：].*\n(?:.*\n){0,3}?[\s　]*(?:地点|会议地点|主持人?|参加人员|出席)\s*[:：]",
    re.MULTILINE,
)
_TRAIL = re.compile(r"(?:[（(][^（）()]{1,16}[)）]|[\d一二三四五六七八九十]{1,2}|[》”\"。！!])\s*$")

_OTHER = re.compile(
    r"(?:写给|致).{0,20}的(?:一封|公开)?信|^“[^“”\n]*”$|^[“\"][^“”\"\n]{4,}[”\"](?=\n)|(?:[—–―]{1,2}|\n)(?:专?访|对话)[^谈问][^\n]{2,}|^内参[：:]|^编者按"
)
"""A letter, words of somebody, an interview, a note of a paper's editors."""
_PLANS = re.compile(r"(?<=总结)[和与及暨].*$")
"""What a title adds to a year's work: 和2017年工作安排."""


def genre_clue(front: FrontMatter) -> Clue | None:
    r"""The 文种; None if nothing tells.

    What `named_genre` finds; else what a fitted model takes title and opening for, if that is likelier than all others
    together; else an address to listeners, a survey.
    Reports of a government or committee to its assembly (政府工作报告) are ``其他``.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> genre_clue(front_matter("2018年度抓基层党建述职报告\n各位领导：")).value
    '述职'
    >>> genre_clue(front_matter("村党组织的嵌入困境与调适\n——来自内蒙古的观察\n摘要：村是基础。\n关键词：村")).value
    '论文'
    """
    return named_genre(front) or _surmised(front) or next(_hints(front), None)


def named_genre(front: FrontMatter) -> Clue | None:
    """The 文种 that the text names or has the form of; None if it does not.

    In this order: a kind of document that title or subtitle names (the last one); the form of a letter or an interview;
    abstract and keywords; particulars of a meeting; how the title speaks of its subject, but for a survey under the title of a
    paper; what the opening announces.
    """
    return next(_clues(front), None)


def _surmised(front: FrontMatter) -> Clue | None:
    """The 文种 that the words of title and opening make likelier than not."""
    start = start_of(front)
    if len(start) < MIN_READ:
        return None
    (chances,) = shipped_genres().probabilities([start])
    best = int(chances.argmax())
    if chances[best] < MIN_CHANCE:
        return None
    return Clue("genre", GENRES[best].value, "model", front.title or start[:40], round(float(chances[best]), 2))


def _clues(front: FrontMatter) -> Iterator[Clue]:
    """All that names the 文种, the surest first."""
    if front.title and _COLLECTION.search(front.title):
        yield Clue("genre", Genre.MODEL_TEXT.value, "title", front.title, 0.8)
    yield from _named(front, "title", 0.95)
    if found := _OTHER.search(f"{front.title}\n{front.subtitle}"):
        yield Clue("genre", Genre.OTHER.value, "title", found[0].strip(), 0.8)
    start = _first_paragraphs(front)
    if found := _ABSTRACT.search(start) or _KEYWORDS.search(start):
        yield Clue("genre", Genre.PAPER.value, "abstract", found[0].strip(), 0.85)
    if found := _MEETING.search(start):
        yield Clue("genre", Genre.MINUTES.value, "meeting", found[0].strip()[:40], 0.7)
    topics = list(_named(front, "topic", 0.8))
    if any(topic.value == Genre.PAPER for topic in topics):  # many a survey calls itself 思考 or 研究
        yield from _phrased(start, "survey", 0.6)
    yield from topics
    yield from _phrased(start, "opening", 0.7)


def _first_paragraphs(front: FrontMatter) -> str:
    """The byline and the beginning of the text."""
    return "\n".join((*front.byline, front.opening[:N_OPENING]))


def _hints(front: FrontMatter) -> Iterator[Clue]:
    """What speaks for a 文种 without naming it."""
    start = _first_paragraphs(front)
    if any(line.strip().startswith(words("address")) for line in start.split("\n")[:3]):
        yield Clue("genre", Genre.SPEECH.value, "address to listeners", start[:20].strip(), 0.6)
    yield from _phrased(start, "survey", 0.6)


def _named(front: FrontMatter, place: str, confidence: float) -> Iterator[Clue]:
    """The kind of document that the title, else the subtitle, names."""
    for basis, text in (("title", front.title), ("subtitle", front.subtitle)):
        for part in reversed(re.split(r"[—–―]{1,2}", text)) if place == "title" else re.split(r"[—–―]{1,2}", text):
            if found := _last(part, place):
                yield Clue("genre", _genres(place)[found], basis, found, confidence)


def _phrased(text: str, basis: str, confidence: float) -> Iterator[Clue]:
    """The kinds of document that phrases of the first paragraphs announce, the first phrase first."""
    found = [(text.index(phrase), phrase) for phrase in _genres(basis) if phrase in text]
    for _, phrase in sorted(found):
        yield Clue("genre", _genres(basis)[phrase], basis, phrase, confidence)


def marking_clue(front: FrontMatter) -> Clue | None:
    """A mark of confidentiality or draft (秘密, 内部资料, 征求意见稿) around the title; None if there is none."""
    lines = (front.title, *front.lead, *front.byline, *front.closing, *front.dropped)
    for line in lines:
        text = line.strip("【】[]（）()★☆* 　")
        if len(text) > 80:
            continue
        is_short = len("".join(text.split())) <= MAX_MARKING
        for term in words("marking"):
            is_mark = (text.startswith(term) and is_short) or f"（{term}）" in line or f"({term})" in line
            if is_mark or ("密级" in text and term in text):
                return Clue("marking", term, "marked line", line.strip(), 0.9)
    return None


def _last(title: str, place: str) -> str | None:
    """The word naming a 文种 that ends last in a title; of several that end there, the longest.

    A kind of document does not count if the title goes on to a subject (``述职评议工作的调研``), and ``其他`` only
    at the very end (``通知精神的宣讲`` is no 通知).
    """
    title = _PLANS.sub("", title)
    for _ in range(3):
        title = _TRAIL.sub("", title)
    found = sorted((title.rfind(term) + len(term), len(term), term) for term in _genres(place) if term in title)
    while found and found[-1][0] < len(title) and _genres(place)[found[-1][2]] == Genre.OTHER:
        found.pop()
    if not found or (place == "title" and found[-1][0] < _topic_end(title)):
        return None
    return found[-1][2]


def _topic_end(title: str) -> int:
    """Where the last word ends that speaks of the title's subject; 0 if there is none."""
    return max((title.rfind(term) + len(term) for term in _genres("topic") if term in title), default=0)


@cache
def _genres(place: str) -> dict[str, str]:
    """Word → 文种, of the words that count in a place."""
    return {row["term"]: Genre(row["genre"]).value for row in lexicon.rows("genres.csv") if row["place"] == place}
