"""What is seen of each title that the head of a page may have: its words, its place, and what the report speaks of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest.lines.forms import RE_MARKER, RE_SIGNED, is_body, is_closed, is_heading, runs_on
from pipeline.ingest.pages.line_model import MAX_READ, odds_of
from pipeline.ingest.pages.title_spans import KINDS, TitleSpan, folded, head_of, title_spans
from pipeline.ingest.pages.wrapping import RE_ISO, particular
from pipeline.ingest.particulars.announced import pairs_of, share_of
from pipeline.ingest.particulars.title_forms import (
    RE_ENUMERATED,
    RE_SUBTITLE,
    is_complete,
    is_field,
    is_fragment,
    is_organisation,
    is_title,
    is_whole,
    subject,
    words,
)

ABSENT = -9.0
"""What stands for something that a title has not."""
MAX_OPENING, MAX_TEXT = 1_500, 6_000
"""Characters of the report's beginning, and of the page, that are looked at for what a title says."""
_SITE = re.compile("网|论坛|博客|频道|专栏|首页|下载|文库|期|版")
_LATIN = re.compile(r"[A-Za-z]{3,}")
_TITLED = re.compile(
    r"\s*\W{0,2}(?:文件|文档|文章|论文|报告|课题|成果|作品|材料)?(?:标\s*题|主\s*题|题\s*目|题\s*名|篇\s*名|名\s*称|Title|Subject)[^\s:：]{0,6}[:：\]】\s]",
    re.IGNORECASE,
)
"""A field that holds a title."""
_LEADERS = re.compile(r"(?:[.．…·・]{3}|\t)[\s.．…·・]*\d{0,4}$")
"""How an entry of a list of contents ends."""
_STRUCK = re.compile(r"[×＊*○]{1,4}(?=[\u4e00-\u9fff])")
"""Marks for a name that was struck out."""
_SENTENCE = re.compile("[。；！!？?]")
_STOP = "。；，：:.;,"
_SIGN = re.compile(r"\W")


@dataclass(frozen=True, slots=True)
class Head:
    """The head of a page, and what is looked at of each of its lines.

    Attributes
    ----------
    lines : sequence of str
    first_body, first_told : int
        The first line that can only be a report's, and the first of its sentences.
    odds : list of float
        Log odds that each line is the page's.
    bodies, wholes, fields : list of bool
        Whether each line can only be a report's, is a whole title, is a particular of the page.
    opening, text : str
        The report's beginning and the page's, folded.
    opening_pairs, text_pairs : set of str
        The pairs of characters that they have.
    """

    lines: Sequence[str]
    first_body: int
    first_told: int
    odds: list[float]
    bodies: list[bool]
    wholes: list[bool]
    fields: list[bool]
    opening: str
    text: str
    opening_pairs: set[str]
    text_pairs: set[str]


def read_head(lines: Sequence[str]) -> Head:
    """What is looked at of the head of a page."""
    head = head_of(lines)
    begin = next((i for i, line in enumerate(lines) if _is_told(line)), len(lines))
    told = next((i for i, line in enumerate(lines) if "。" in line or (_is_told(line) and not is_heading(line))), begin)
    opening = folded("".join(lines[begin : begin + 60])[: 2 * MAX_OPENING])[:MAX_OPENING]
    text = folded("".join(lines[:200])[: 2 * MAX_TEXT])[:MAX_TEXT]
    return Head(
        head,
        begin,
        told,
        odds_of([line[:MAX_READ] for line in head]),
        [_is_told(line) for line in head],
        [is_whole(line) for line in head],
        [particular(line) is not None for line in head],
        opening,
        text,
        pairs_of(opening),
        pairs_of(text),
    )


def _is_told(line: str) -> bool:
    """Whether a line can only be a report's, and is no entry of a list of contents."""
    return is_body(line) and not _LEADERS.search(line)


def title_choices(head: Head) -> tuple[list[list[TitleSpan]], NDArray[np.float32]]:
    """The titles that the head of a page may have, each with its copies, and what is seen of them.

    Returns
    -------
    list of list of TitleSpan
        In order of their first copies.
    ndarray of float32, shape (n_titles, n_traits)
    """
    copies: dict[str, list[TitleSpan]] = {}
    for span in title_spans(head.lines):
        if key := folded(span.text):
            copies.setdefault(key, []).append(span)
    keys = list(copies)
    stand = {key: shown(copies[key], head) for key in keys}
    abouts = {key: subject(stand[key].text) for key in keys}
    told = {key: share_of(pairs_of(folded(about)), head.opening_pairs) for key, about in abouts.items()}
    best = max(told.values(), default=0.0)
    lines = [key for key in keys if any(span.is_line for span in copies[key])]
    rows = [
        _of_words(key, stand[key].text, abouts[key], head)
        + [told[key], told[key] - best, _held(key, lines), _holds(key, lines)]
        + _of_place(stand[key], head)
        + _of_copies(copies[key], head)
        for key in keys
    ]
    return list(copies.values()), np.array(rows, dtype=np.float32).reshape(len(rows), len(rows[0]) if rows else 0)


def shown(copies: Sequence[TitleSpan], head: Head) -> TitleSpan:
    """The copy of a title that stands for it: the last above the report, else the first below.

    One that fills its lines goes first, and one with marks for a name that was struck out, which a file's name or a path leaves out.
    """
    lines = [span for span in copies if span.fills] or copies
    lines = [span for span in lines if _STRUCK.search(span.text)] or lines
    above = [span for span in lines if span.first <= head.first_told]
    return above[-1] if above else lines[0]


def _held(key: str, lines: Sequence[str]) -> float:
    """How many other lines hold a title."""
    return float(sum(key in line and key != line for line in lines))


def _holds(key: str, lines: Sequence[str]) -> float:
    """How many other lines a title holds."""
    return float(sum(len(line) >= 8 and line in key and key != line for line in lines))


def _of_words(key: str, text: str, about: str, head: Head) -> list[float]:
    """What the words of a title say; `about` is what it is about."""
    return [
        len(key),
        is_complete(text),
        text.startswith(words("title_open")),
        len(about) - len(text),
        share_of(pairs_of(key), head.text_pairs),
        any(char.isdigit() for char in text),
        text.count("，") + text.count(","),
        text[-1] in _STOP,
        _SENTENCE.search(text) is not None,
        "：" in text or ":" in text,
        is_organisation(text),
        _SITE.search(text) is not None,
        _LATIN.search(text) is not None,
        is_fragment(text),
        is_title(text),
        is_whole(text),
        RE_MARKER.match(text) is not None,
        RE_ENUMERATED.match(text) is not None,
        is_field(text),
        particular(text) is not None,
        is_closed(text),
        len(_SIGN.findall(text)),
        head.text.count(key),
        key in head.opening,
    ]


def _of_place(span: TitleSpan, head: Head) -> list[float]:
    """Where a title stands, what stands beside it on its lines, and on the lines around."""
    i, j, lines = span.first, span.last, head.lines
    above, below = (lines[i - 1] if i else ""), (lines[j + 1] if j + 1 < len(lines) else "")
    near = range(max(0, i - 3), min(len(lines), j + 4))
    before, after = lines[i][: span.start].strip(), lines[j][span.end :].strip()
    is_joined = j > i
    return [
        i,
        head.first_body - i,
        i / len(lines),
        head.fields[j + 1] if j + 1 < len(lines) else ABSENT,
        head.bodies[j + 1] if j + 1 < len(lines) else ABSENT,
        head.odds[j + 1] if j + 1 < len(lines) else ABSENT,
        head.odds[i - 1] if i else ABSENT,
        head.odds[i],
        head.bodies[i],
        RE_SUBTITLE.match(below) is not None,
        RE_ISO.match(below) is not None,
        RE_SIGNED.fullmatch(below) is not None,
        len(below),
        len(above),
        sum(head.wholes[at] for at in near if not i <= at <= j),
        any(head.wholes[:i]),
        len(before),
        len(after),
        is_organisation(before),
        _SITE.search(before) is not None,
        is_complete(before) if before else ABSENT,
        _SITE.search(after) is not None,
        is_whole(lines[i]),
        _TITLED.match(lines[i]) is not None,
        j - i,
        is_complete(lines[i]) if is_joined else ABSENT,
        is_complete(lines[j]) if is_joined else ABSENT,
        is_whole(lines[j]) if is_joined else ABSENT,
        lines[j].startswith(words("title_open")) if is_joined else ABSENT,
        runs_on(lines[i], lines[i + 1]) if is_joined else ABSENT,
        is_organisation(lines[i]) if is_joined else ABSENT,
        len(lines[i]) if is_joined else ABSENT,
        len(lines[j]) if is_joined else ABSENT,
    ]


def _of_copies(copies: Sequence[TitleSpan], head: Head) -> list[float]:
    """How often a title stands there, and as what."""
    places = {span.first for span in copies}
    kinds = {span.kind for span in copies}
    return [
        len(places),
        len({span.first for span in copies if span.is_line}),
        min(head.odds[i] for i in places),
        any(_TITLED.match(head.lines[i]) for i in places),
        *(kind in kinds for kind in KINDS),
    ]
