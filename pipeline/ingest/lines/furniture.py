"""Page furniture of converted PDFs and Word files: page numbers and running heads between the lines of a report."""

import re
from bisect import bisect
from collections.abc import Container, Sequence

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import (
    RE_BLOCK,
    is_closed,
    is_heading,
    is_prose,
    runs_on,
)
from pipeline.ingest.lines.notes import page_notes
from pipeline.ingest.lines.running_heads import MIN_REPEATS, RE_ISSUE, is_within, running_heads
from pipeline.ingest.lines.title_heads import title_heads

RE_PAGE = re.compile(
    r"(?:[-—–－―~·•（(\s]{0,4}(?:第\s?\d{1,4}\s?页|\d{1,4}\s?/\s?\d{1,4}|[Pp]age\s?\d{1,4}(?:\s?of\s?\d{1,4})?)"
    r"(?:[\s,，/]{0,3}(?:共|总)\s?\d{1,4}\s?页)?[-—–－―~·•）)\s]{0,4}|[-—–－―~·•|一丨]{1,2}\s{0,3}[\dlIOo〇]{1,4}\s{0,3}[-—–－―~·•|一丨]{1,2}"
    r"|[-—–－―]\s?(?:PAGE|Page)\s?\d{0,4}\s?[-—–－―]|[-—–－―·•]\s?[一二三四五六七八九十]{1,3}\s?[-—–－―·•])"
)
"""A page number with words or dashes around it."""
RE_SLIDE = re.compile(r"[-=—\s]{0,8}(?:幻灯片|[Ss]lide|SLIDE)\s?\d{1,3}[-=—\s]{0,8}")
"""The number of a slide; what stands beside it is no running head."""
RE_CONTINUED = re.compile(r"\s*(\S.{1,38}?)\s*[（(]续(?:表|前|上页|\d{1,2}|[一二三四五六七八九])?[)）]\s*")
"""What a page or a slide shows again at its top: 二、存在问题（续）."""
RE_NUMBER = re.compile(r"\d{1,3}")
MAX_PAGE_LINE = 24
"""Longest line that is a page number, in characters."""
RE_ROMAN = re.compile(r"[ivx]{1,5}|[IVX]{1,4}|Ⅰ|Ⅱ|Ⅲ|Ⅳ")
"""The page number of a preface or a table of contents; it counts where other lines are page numbers."""
MIN_CUT = 20
"""Shortest line that a page's end may have cut; a shorter one that no word carries on is a heading without a mark."""


def drop_furniture(text: str) -> list[Fix]:
    r"""Nothing in place of page numbers and running heads.

    Examples
    --------
    >>> [fix.rule for fix in drop_furniture("全镇党员共有三百\n- 3 -\n二十名。")]
    ['drop_page_number']
    """
    lines = _lines(text)
    contents = [line for _, line in lines]
    numbers = _page_numbers(contents) | _issue_pages(contents)
    heads = running_heads(contents, numbers)
    if numbers or heads:
        heads |= title_heads(contents)
    notes = page_notes(contents, numbers | heads)
    rules = dict.fromkeys(notes, "drop_footnote") | dict.fromkeys(heads, "drop_running_head")
    rules |= dict.fromkeys(numbers, "drop_page_number")
    slides = {i for i, line in enumerate(contents) if len(line) <= MAX_PAGE_LINE and RE_SLIDE.fullmatch(line)}
    rules |= dict.fromkeys(slides, "drop_page_number") | dict.fromkeys(_continued(contents), "drop_running_head")
    fixes: list[Fix] = []
    for i, (start, line) in enumerate(lines):
        if rule := rules.get(i):
            fixes.append(Fix(start, min(start + len(line) + 1, len(text)), "", rule))
        elif i and fixes and i - 1 in rules and i - 1 not in slides:
            fixes += _joint(text, lines, i, rules)
    return fixes


def _joint(text: str, lines: Sequence[tuple[int, str]], i: int, dropped: Container[int]) -> list[Fix]:
    """The change that joins the line after page furniture to the sentence before it, if that was left open."""
    before = next((j for j in range(i - 1, -1, -1) if j not in dropped), None)
    if before is None or not lines[i][1].strip():
        return []
    left, right = lines[before][1].rstrip(), lines[i][1].lstrip()
    if (
        is_closed(left)
        or left[-1] in "；;"
        or not is_prose(left)
        or is_heading(left)
        or is_heading(right)
        or RE_BLOCK.fullmatch(right)
    ):
        return []
    is_cut = runs_on(left, right) or left[-1].isdigit() or right[0].isdigit()
    if len(left) < MIN_CUT and not is_cut:
        return []
    end = lines[before][0] + len(left)
    return [Fix(end, lines[before][0] + len(lines[before][1]) + 1, "", "join_pages"), *_indent(lines[i])]


def _indent(line: tuple[int, str]) -> list[Fix]:
    """The change that takes a line's indent away."""
    start, text = line
    n = len(text) - len(text.lstrip())
    return [Fix(start, start + n, "", "join_pages")] if n else []


def _continued(lines: Sequence[str]) -> set[int]:
    """The lines that say one above them again and that it goes on."""
    marked = {i: again[1] for i, line in enumerate(lines) if "续" in line and (again := RE_CONTINUED.fullmatch(line))}
    first = {line.strip(): i for i, line in reversed([*enumerate(lines)])} if marked else {}
    return {i for i, words in marked.items() if first.get(words, i) < i}


def _issue_pages(lines: Sequence[str]) -> set[int]:
    """Bare numbers and running heads that name an issue, where one stands beside the other."""
    pages = set()
    for i, line in enumerate(lines):
        if len(line) <= MAX_PAGE_LINE and RE_NUMBER.fullmatch(line.strip()):
            beside = [j for j in (i - 1, i + 1) if 0 <= j < len(lines) and RE_ISSUE.fullmatch(lines[j].strip())]
            pages |= {i, *beside} if beside else set()
    return pages


def _lines(text: str) -> list[tuple[int, str]]:
    """Start and content of every line that is not blank, blanks around it left out of the content only."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line and not line.isspace():
            lines.append((at, line))
        at += len(line) + 1
    return lines


def _page_numbers(lines: Sequence[str]) -> set[int]:
    """Which lines are page numbers: by their form, or bare numbers that count up through the text."""
    formed: dict[int, int] = {}
    bare: list[tuple[int, int]] = []
    roman: set[int] = set()
    for i, line in enumerate(lines):
        if len(line) > MAX_PAGE_LINE and len(line.strip()) > MAX_PAGE_LINE:
            continue
        text = line.strip()
        if RE_PAGE.fullmatch(text):
            number = RE_NUMBER.search(text)
            formed[i] = int(number[0]) if number else 0
        elif RE_NUMBER.fullmatch(text) and not is_within(lines, i):
            bare.append((i, int(text)))
        elif RE_ROMAN.fullmatch(text):
            roman.add(i)
    counted = _counting_up(bare, len(lines)) | _between(bare, formed)
    return {*formed} | counted | (roman if formed or counted else set())


def _between(bare: Sequence[tuple[int, int]], formed: dict[int, int]) -> set[int]:
    """Bare numbers that follow on the page number before them and go before the next one, of those with marks around them."""
    places = sorted(formed)
    found = set()
    for i, number in bare if places else ():
        at = bisect(places, i)
        before = formed[places[at - 1]] if at else 0
        after = formed[places[at]] if at < len(places) else before + 2
        if before < number <= before + 2 and number < max(after, before + 2):
            found.add(i)
    return found


def _counting_up(bare: Sequence[tuple[int, int]], n_lines: int) -> set[int]:
    """Bare numbers that are pages: at least three that count up by one, some lines apart."""
    run: list[tuple[int, int]] = []
    best: list[tuple[int, int]] = []
    for i, number in bare:
        if run and number == run[-1][1] + 1 and i > run[-1][0] + 2:
            run.append((i, number))
        else:
            run = [(i, number)]
        best = max(best, run, key=len)
    is_counted = len(best) >= MIN_REPEATS or (len(best) == 2 and best[0][1] == 1 and n_lines > 10)
    return {i for i, _ in best} if is_counted else set()
