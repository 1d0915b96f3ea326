"""Where a heading ends and its body starts: at the line's end, a full stop, a colon or a blank."""

import re

MAX_HEADING, MAX_SENTENCE, MAX_RUN_IN, MAX_LABEL = 100, 60, 45, 30
"""Glyphs of any heading, of one that ends with a full stop inside its paragraph, of one with a colon in it, of one that
ends with a colon; the longest of each kind in the sample reports and government work reports, rounded up."""
MIN_PROSE, MAX_SECOND, MIN_CLAUSE = 60, 18, 12
"""Glyphs behind a blank that are prose whatever they end with; that may be a heading's second half; glyphs
between a colon and the paragraph's only full stop that are the body."""

_STOP = re.compile(r"[。！？!?]|(?<=[\u4e00-\u9fff”）)])\.(?=[\u4e00-\u9fff“（(]|\s|$)")
_COLON = re.compile(r"[：:]")
_SERIES = re.compile(
    r"\s*(?:[一二三四五六七八九十]是|[一二三]要|首先|其一|第一[，,、]|[（(]?1[）).．、]|①|⑴|有的|一方面)"
)
_SEMICOLON = re.compile(r"[；;]")
_BLANK = re.compile(r"[ \t\u3000]+")


def heading_extent(text: str, start: int, line_end: int) -> tuple[int, int, str]:
    """Where a heading ends whose words start at an offset, where its body starts, and its shape.

    Examples
    --------
    >>> heading_extent("学习不深。一是读得少。", 0, 11)
    (4, 5, 'run_in')
    >>> heading_extent("传压：责任到人", 0, 7)
    (7, 7, 'line')
    """
    window = min(line_end, start + MAX_HEADING)
    stop = _first_stop(text, start, window)
    body = _after(text, line_end, line_end)
    if soft := _soft_end(text, start, line_end, stop):
        end, mark, shape = soft
        return (end, body, "line") if mark >= line_end else (end, _after(text, mark, line_end), shape)
    if stop is None:
        if line_end > window:
            return window, window, "long"
        return (line_end, body, "line") if text[line_end - 1] not in "，,、" else (line_end - 1, body, "list")
    end = stop + 1 if text[stop] in "？?！!" else stop
    if stop + 1 >= line_end:
        return end, body, "line" if end > stop else "sentence"
    return end, _after(text, stop + 1, line_end), "run_in" if stop - start <= MAX_SENTENCE else "long"


def _soft_end(text: str, start: int, line_end: int, stop: int | None) -> tuple[int, int, str] | None:
    """The end of a heading at a colon, a blank or a semicolon, the mark's end, and the shape; None if there is none."""
    blank = _blank_cut(text, start, line_end, stop)
    colon = _colon_cut(text, start, blank[0] if blank else stop, line_end)
    if colon is not None and not (blank and blank[0] < colon):
        return colon, colon + 1, "colon"
    if blank:
        return blank[0], blank[1], "blank"
    limit = min(line_end, start + MAX_HEADING) if stop is None else stop
    semicolon = _SEMICOLON.search(text, start, limit)
    return (semicolon.start(), min(semicolon.end(), line_end - 1), "list") if semicolon else None


def _first_stop(text: str, start: int, window: int) -> int | None:
    """The first full stop that is not inside a quotation, unless that is never closed; None if there is none."""
    stops = [found.start() for found in _STOP.finditer(text, start, window)]
    outside = [stop for stop in stops if text.count("“", start, stop) <= text.count("”", start, stop)]
    if outside:
        return outside[0]
    is_unclosed = text.count("“", start, window) > text.count("”", start, window)
    return stops[0] if stops and is_unclosed else None


def _colon_cut(text: str, start: int, stop: int | None, line_end: int) -> int | None:
    """Where a colon ends the heading: before a series, a long sentence or the line's end; None if it does not."""
    end = line_end if stop is None else stop
    found = _COLON.search(text, start + 1, min(end, start + MAX_LABEL + 1))
    if found is None:
        return None
    colon = found.start()
    if colon + 1 >= line_end or _SERIES.match(text, colon + 1, line_end):
        return colon
    semicolon = _SEMICOLON.search(text, colon, min(end, start + MAX_HEADING))
    if semicolon or end - start > MAX_RUN_IN:
        return colon
    is_alone = stop is not None and stop + 1 >= line_end
    return colon if is_alone and end - colon > MIN_CLAUSE else None


def _blank_cut(text: str, start: int, line_end: int, stop: int | None) -> tuple[int, int] | None:
    """Where a blank ends the heading, and where its body starts: behind it prose must follow."""
    found = _BLANK.search(text, start, min(line_end, start + MAX_RUN_IN))
    if found is None or found.start() - start < 3 or (stop is not None and stop < found.start()):
        return None
    rest = line_end - found.end()
    is_sentence = text[line_end - 1] in "。；：" and rest > 2 * (found.start() - start)
    second = MAX_HEADING if stop is None else stop - found.end()
    is_second_half = second <= min(MAX_SECOND, 1.6 * (found.start() - start)) and not _SERIES.match(text, found.end())
    return (found.start(), found.end()) if (rest > MIN_PROSE or is_sentence) and not is_second_half else None


def _after(text: str, offset: int, line_end: int) -> int:
    """The first offset from here on that is not blank, into the next line if this one ends."""
    while offset < len(text) and text[offset] in " \t\u3000\n" and offset <= line_end + 4:
        offset += 1
    return offset
