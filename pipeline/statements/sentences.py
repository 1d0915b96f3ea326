"""Sentences and clauses of a stretch of text, as spans; never a copy, never longer than a bound."""

import re
from collections.abc import Iterator

Span = tuple[int, int]

MAX_SENTENCE = 600
"""A longer run without a full stop is cut: no sentence of the sample reports or of the work reports reaches it."""

_DOT = r"(?<![\u4e00-\u9fff”）\")%％])\.|\.(?![\u4e00-\u9fff“（\"\s]|$)"
"""A dot that is no full stop: not between Chinese characters (3.5, 1.明确)."""
RE_SENTENCE = re.compile(rf"(?:[^。！？!?\n.]|{_DOT}){{1,600}}(?:[。！？!?.]+[”’」』）)]*)?")
RE_PART = re.compile(rf"(?:[^。！？!?；;\n.]|{_DOT}){{1,600}}[。！？!?；;.]*[”’」』）)]*")
# A comma in quotation marks or brackets ends no clause; an opening mark without its other half is a sign like others.
RE_CLAUSE = re.compile(r"(?:“[^”\n]{0,60}”|（[^）\n]{0,60}）|《[^》\n]{0,60}》|[^，,；;：:。！？!?\n]){1,200}")
_RE_PLAIN_SENTENCE = re.compile(r"[^。！？!?\n.]{1,600}(?:[。！？!?.]+[”’」』）)]*)?")
_RE_PLAIN_PART = re.compile(r"[^。！？!?；;\n.]{1,600}[。！？!?；;.]*[”’」』）)]*")
_PLAIN = {RE_SENTENCE: _RE_PLAIN_SENTENCE, RE_PART: _RE_PLAIN_PART}
"""What finds the same, faster, where there is no dot."""
RE_BLANK = re.compile(r"[\s　]*")
RE_CLOSING = re.compile("[\\s　”’」』）)]*")


def sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences with their closing marks, within a stretch; a new line ends a sentence too.

    Examples
    --------
    >>> text = "支部少开会。书记常缺席！"
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['支部少开会。', '书记常缺席！']
    >>> text = '开好"组织日".到会率由3.5%升到18.6%.各村都好.'
    >>> [text[a:b] for a, b in sentences(text, 0, len(text))]
    ['开好"组织日".', '到会率由3.5%升到18.6%.', '各村都好.']
    """
    return _by_line(RE_SENTENCE, text, start, end)


def parts(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences that also end at a semicolon."""
    return _by_line(RE_PART, text, start, end)


def clauses(text: str, start: int, end: int) -> Iterator[Span]:
    """Stretches between commas, colons and stops, without them; quotations and brackets stay whole.

    Examples
    --------
    >>> text = "“开了会，没议事”是常态，记录也不全。"
    >>> [text[a:b] for a, b in clauses(text, 0, len(text))]
    ['“开了会，没议事”是常态', '记录也不全']
    """
    return _spans(RE_CLAUSE, text, start, end)


def paragraphs(text: str, start: int, end: int) -> Iterator[Span]:
    """The lines of a stretch, without their line ends; blank ones are left out."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        if text[start:stop].strip():
            yield start, stop
        start = stop + 1


def sentence_around(text: str, at: int, *, start: int, end: int, stops: str = "。！？\n") -> Span:
    """The sentence that holds a place, within a stretch and the bound; `stops` end it."""
    low, high = max(start, at - MAX_SENTENCE), min(end, at + MAX_SENTENCE)
    first = max(text.rfind(mark, low, at) for mark in stops)
    marks = (text.find(mark, at, high) for mark in stops)
    last = min((found for found in marks if found >= 0), default=high)
    return (first + 1 if first >= 0 else low), (last + 1 if last < high and text[last] != "\n" else last)


def skip_blank(text: str, at: int, end: int, *, closing: bool = False) -> int:
    """The first place at or after one that is no blank, nor a mark that closes what went before, if so wished."""
    found = (RE_CLOSING if closing else RE_BLANK).match(text, at, end)
    return found.end() if found else at


def _by_line(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    """Matches of a pattern that ends at new lines, without blanks at either side."""
    while start < end:
        stop = text.find("\n", start, end)
        stop = end if stop < 0 else stop
        has_dot = text.find(".", start, stop) >= 0
        yield from _spans(pattern if has_dot else _PLAIN[pattern], text, start, stop)
        start = stop + 1


def _spans(pattern: re.Pattern[str], text: str, start: int, end: int) -> Iterator[Span]:
    """Matches of a pattern without blanks at either side; empty ones are left out."""
    for found in pattern.finditer(text, start, end):
        a, b = found.span()
        while a < b and text[a].isspace():
            a += 1
        while b > a and text[b - 1].isspace():
            b -= 1
        if a < b:
            yield a, b
