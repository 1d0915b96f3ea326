"""A page's own words on the report's lines: introductions before its first sentence, last words, notes in between."""

import re
from collections.abc import Iterator

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import is_body
from pipeline.ingest.pages.wrapping import pattern

HEAD_CHARS, HEAD_LINES, TAIL_CHARS = 6_000, 60, 600
"""How far introductions and last words are looked for, in characters and lines."""
MAX_NOTE = 80
"""Longest note between the report's words, in characters."""
_NOTE = re.compile(
    "登录|登陆|下载|付费|会员|购买|注册|阅读原文|未定义书签|引用源|_TAG_|_x000D_|xiexiebang|本文来自|本文由"
)
_RARE_WORDS = (
    "★",
    "☆",
    "www",
    "w w",
    "批注",
    "本文来源",
    "本文摘",
    "本文转",
    "本文出",
    "网整理",
    "网原创",
    "网独家",
    "网首发",
)
_SHOWN = ("字号", "字体", "▌", "▍", "▎", "▋", "编辑", "带格式的", "[v.", "_GoBack", "SEQ ", "FORMAT")
"""What is shown beside titles and headings: bars of sizes, ornaments, marks of wikis and converters, codes of Word; they go before lines
are judged."""
_TIMED = re.compile(r"\d:\d\d:\d\d")
"""What the lines of a transcript have that tell when somebody spoke."""
_RARE_NOTE = re.compile(f"{_NOTE.pattern}|{'|'.join(_RARE_WORDS)}|w[ \u3000]+w")
"""Words of which every note has one; some are looked for only where a text has them."""
_SENTENCE_END = "。！!？?"


def drop_sentences(text: str) -> list[Fix]:
    """Nothing in place of a page's introduction, its last words and its notes.

    Examples
    --------
    >>> text = "下面是小编为大家整理的党建调研报告,供大家参考。全镇有党支部九个。(阅读全部内容需要登录)"
    >>> [text[fix.start : fix.end] for fix in drop_sentences(text)]
    ['下面是小编为大家整理的党建调研报告,供大家参考。', '(阅读全部内容需要登录)']
    """
    openings = list(_openings(text))
    reached = openings[-1].end if openings else 0
    return [*openings, *(fix for fix in (*_inline(text), *_closing(text)) if fix.start >= reached)]


def _openings(text: str) -> Iterator[Fix]:
    """The introductions at the beginning of the first lines."""
    at, is_after = 0, False
    for line in text[:HEAD_CHARS].split("\n")[:HEAD_LINES]:
        end = _introduction_end(line, is_after=is_after)
        is_after = end > 0 or (is_after and not line.strip())
        if end:
            end = end if line[end:].strip() else min(len(line) + 1, len(text) - at)
            yield Fix(at, at + end, "", "drop_wrapping_sentence")
        elif is_body(line.strip()):
            return
        at += len(line) + 1


def _introduction_end(line: str, *, is_after: bool) -> int:
    """Where an introduction ends that a line begins with; 0 if it has none. `is_after`: another stands before."""
    opening, following = pattern("opening"), pattern("opening:next")
    indent = len(line) - len(line.lstrip())
    found = opening.match(line, indent) or (following.match(line, indent) if is_after else None)
    while found and (more := following.match(line, found.end())):
        found = more
    return found.end() if found else 0


def _closing(text: str) -> Iterator[Fix]:
    """The page's own words at the end of the last lines."""
    start = max(text.rfind("\n") + 1, len(text) - TAIL_CHARS)
    line = text[start:]
    for found in pattern("closing").finditer(line):
        at = found.start()
        if not line[found.end() :].strip() and (at == 0 or line[at - 1] in _SENTENCE_END):
            yield Fix(start + at, len(text), "", "drop_wrapping_sentence")
            return


def drop_shown(text: str) -> list[Fix]:
    """Nothing in place of what a page shows behind a title and before headings.

    Examples
    --------
    >>> title = "石桥镇党建调研报告  [字号：大 中 小]"
    >>> [title[fix.start : fix.end] for fix in drop_shown(title)]
    ['  [字号：大 中 小]']
    """
    shown = [re.escape(word) for word in _SHOWN if word in text]
    shown += [_TIMED.pattern] if _TIMED.search(text) else []
    return list(_notes(text, re.compile("|".join(shown)), "shown")) if shown else []


def _inline(text: str) -> Iterator[Fix]:
    """Notes of a site between the report's words."""
    has_rare = any(word in text for word in _RARE_WORDS)
    return _notes(text, _RARE_NOTE if has_rare else _NOTE, "inline")


def _notes(text: str, words: re.Pattern[str], kind: str) -> Iterator[Fix]:
    """What the patterns of a kind find around some words that they have."""
    reached = 0
    for word in words.finditer(text):
        start, end = max(reached, word.start() - MAX_NOTE), word.end() + MAX_NOTE
        for found in pattern(kind).finditer(text, start, end):
            yield Fix(found.start(), found.end(), "", "drop_wrapping_note")
            reached = found.end()
