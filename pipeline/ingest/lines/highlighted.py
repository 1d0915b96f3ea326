"""Words that a search engine highlighted and that stand on lines of their own since the page was copied, in their sentences again."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER, STARTS_NO_LINE, dangles, is_closed, is_prose
from pipeline.ingest.lines.layout import Line, joint, lines_of

MIN_TIMES, MIN_MORE = 3, 2
"""Times that a word stands alone within sentences for it to be highlighted, and another one beside it."""
RE_ALONE = re.compile(r"^[ \u3000]*([\u4e00-\u9fff]{2,6})[ \u3000]*$", re.MULTILINE)
"""A word on a line of its own."""
_PLAIN = "[^，、。！？；：“”—]"
RE_PIECE = re.compile(rf"\d{_PLAIN}{{0,12}}[，、]{_PLAIN}{{1,12}}|{_PLAIN}{{1,10}}、{_PLAIN}{{1,10}}")
"""A piece of a sentence, from one word to the next."""
Run = tuple[int, int]
"""First and last line of a run: words on lines of their own and what stands between them."""


def join_highlighted(text: str) -> list[Fix]:
    r"""Sentences in one line that a page shows in pieces, each before or after one of a few words.

    Examples
    --------
    >>> line = "学院有教工\n党支部\n9个、学生\n党支部\n14个、离退休\n党支部\n2个，党员783人，都能按期开会。"
    >>> len(join_highlighted(line))
    6
    >>> join_highlighted("甲村\n党支部\n12人\n乙村\n党支部\n9人\n丙村\n党支部\n11人")
    []
    """
    times = Counter(RE_ALONE.findall(text))
    if max(times.values(), default=0) < MIN_TIMES:
        return []
    lines = lines_of(text)
    words = {word for word, n in times.items() if n >= MIN_MORE}
    within = Counter(lines[i].text for run in _runs(lines, words) for i in _inside(lines, run, words))
    if max(within.values(), default=0) < MIN_TIMES:
        return []
    shown = {word for word, n in within.items() if n >= MIN_MORE}
    places = sorted({i for run in _runs(lines, shown) for i in range(*run)})
    return [joint(text, lines[i], lines[i + 1], "join_highlighted") for i in places]


def _runs(lines: Sequence[Line], words: set[str]) -> Iterator[Run]:
    """The runs of lines that belong together if some words were highlighted."""
    first = 0
    for i in range(1, len(lines) + 1):
        if i == len(lines) or not _belongs(lines[i - 1], lines[i], words):
            if i - first > 1:
                yield first, i - 1
            first = i


def _belongs(a: Line, b: Line, words: set[str]) -> bool:
    """Whether two lines are parts of a sentence: one is a highlighted word, and no sentence ends or begins between them."""
    if b.text[0] in STARTS_NO_LINE:
        return a.text in words
    if is_closed(a.text) or RE_MARKER.match(b.text) or b.is_indented or (a.n_blank and b.n_blank):
        return False
    return a.text in words or b.text in words


def _inside(lines: Sequence[Line], run: Run, words: set[str]) -> list[int]:
    """The words of a run of running text beside which something was cut off: they can only stand within sentences."""
    first, last = run
    if not any(is_prose(line.text) for line in lines[first : last + 1] if line.text not in words):
        return []
    within = [line.text for line in lines[first : last + 1]]
    return [
        first + n
        for n, line in enumerate(within)
        if line in words
        and (any(map(_ends_cut, within[max(n - 1, 0) : n])) or any(map(_begins_cut, within[n + 1 : n + 2])))
    ]


def _ends_cut(line: str) -> bool:
    """Whether a line ends as none does that was not cut off."""
    return line[-1] in "，、," or dangles(line) or RE_PIECE.fullmatch(line) is not None


def _begins_cut(line: str) -> bool:
    """Whether a line begins as none does that was not cut off, or is a piece of a sentence."""
    return line[0] in STARTS_NO_LINE or RE_PIECE.fullmatch(line) is not None
