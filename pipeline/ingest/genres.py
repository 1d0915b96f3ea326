"""The 文种 of a text and the marks of confidentiality or draft that it carries."""

import re
from functools import cache

from pipeline import lexicon
from pipeline.ingest.front_matter import Clue, FrontMatter
from pipeline.ingest.titles import words
from pipeline.values import Genre

N_OPENING = 1_000
"""Characters of the first paragraphs in which a text announces what follows."""
_COLLECTION = re.compile(r"[\d一二三四五六七八九十]+\s*篇|精选|大全|第[\d一二三四五六七八九十]+篇")


def genre_clue(front: FrontMatter) -> Clue | None:
    r"""The 文种: from the title's last word that names one, else the subtitle, else what the opening announces.

    Reports of a government or committee to its assembly (政府工作报告, 代表大会上的报告) are ``其他``: neither
    studies nor speeches.

    Examples
    --------
    >>> from pipeline.ingest.front_matter import front_matter
    >>> genre_clue(front_matter("2018年度抓基层党建述职报告\n各位领导：")).value
    '述职'
    """
    if front.title and _COLLECTION.search(front.title):
        return Clue("genre", Genre.MODEL_TEXT.value, "title", front.title, 0.8)
    for basis, text, confidence in (("title", front.title, 0.95), ("subtitle", front.subtitle, 0.9)):
        if found := _last(text):
            return Clue("genre", _genres("title")[found], basis, found, confidence)
    opening = front.opening[:N_OPENING]
    for phrase, genre in _genres("opening").items():
        if phrase in opening or any(line.startswith(phrase) for line in front.byline):
            return Clue("genre", genre, "opening", phrase, 0.7)
    if any(line.startswith(words("address")) for line in opening.split("\n")[:2]):
        return Clue("genre", Genre.SPEECH.value, "address to listeners", opening[:20].strip(), 0.6)
    return None


def marking_clue(front: FrontMatter) -> Clue | None:
    """A mark of confidentiality or draft (秘密, 内部资料, 征求意见稿) around the title; None if there is none."""
    lines = (front.title, *front.lead, *front.byline, *front.closing, *front.dropped)
    for line in lines:
        text = line.strip("【】[]（）()★☆* 　")
        if len(text) > 80:
            continue
        for term in words("marking"):
            is_mark = (text.startswith(term) and len(text) <= 20) or f"（{term}）" in line or f"({term})" in line
            if is_mark or ("密级" in text and term in text):
                return Clue("marking", term, "marked line", line.strip(), 0.9)
    return None


def _last(title: str) -> str | None:
    """The word naming a 文种 that ends last in a title; of several that end there, the longest."""
    found = [(title.rfind(term) + len(term), len(term), term) for term in _genres("title") if term in title]
    return max(found)[2] if found else None


@cache
def _genres(place: str) -> dict[str, str]:
    """Word → 文种, of the words that count in the title or in the opening."""
    return {row["term"]: Genre(row["genre"]).value for row in lexicon.rows("genres.csv") if row["place"] == place}
