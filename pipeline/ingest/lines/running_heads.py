"""Running heads of converted pages: short lines that recur beside page numbers or in the middle of sentences."""

import re
from collections import Counter, defaultdict
from collections.abc import Container, Iterable, Sequence, Set

from pipeline.ingest.lines.forms import (
    CLOSERS,
    OPENERS,
    RE_MARKER,
    dangles,
    is_closed,
    is_heading,
    is_prose,
    is_row,
    splits_word,
)
from pipeline.ingest.particulars.title_forms import RE_DATE_ONLY, RE_SUBTITLE, is_gapped, is_title, is_whole
from pipeline.ingest.particulars.titles import ends_title

RE_ISSUE = re.compile(r"[^。，；！？]{2,24}[（(]?第\s?\d{1,4}\s?期[）)]?")
"""A running head that names an issue: 内部交流材料 第2期."""
MAX_HEAD = 40
"""Longest running head, in characters."""
RE_HEAD_PAGE = re.compile(r"^\s*\d{1,3}\s{2,}(?=\S)|(?<=\S)\s{2,}\d{1,3}\s*$|(?<=\S)\s{1,4}‹[\d#]{1,3}›\s*$")
"""The page number before or behind a running head, with a gap between them, or a slide's in its brackets."""
_N_OF_N = r"第\s?\d{1,4}\s?页(?:[\s,，/]{0,3}共\s?\d{1,4}\s?页)?"
RE_PAGED = re.compile(rf"[ \t\u3000]{{2,}}{_N_OF_N}\s*$|^\s*{_N_OF_N}[ \t\u3000]{{2,}}(?=\S)")
"""The same with words, beside a running head of any length."""
RE_PRINTED = re.compile(
    r"\s*(?:https?|file)://\S{4,200}(?:\s{2,}\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\s+\d{1,3}\s?/\s?\d{1,3})?\s*"
)
"""The foot of a page that a browser printed: its address, and the day or the page."""
_LEADERS = re.compile(r"(?:…{2}|[.．·]{4}).*\d\S?\s*$")
"""What leads to a page number in a list of contents."""
RE_GAP = re.compile(r"[ \t\u3000]{4,}")
"""What parts the two halves of a running head."""
MAX_PAGED = 120
"""Longest running head with such a number, in characters."""
RE_COUNTED = re.compile(r"\s*\d{1,3}、[^。；，]{4,}$")
"""A running head with the number of its page before it, as viewers of documents show it."""
MIN_REPEATS = 3
"""A running head stands on at least so many pages."""
MIN_NEAR = 0.25
"""Share of a running head's lines beside a page number or between two halves of a word; block labels have none."""


def running_heads(lines: Sequence[str], numbers: Set[int]) -> set[int]:
    """The lines that are running heads; other ones beside those that are found first are found too.

    Parameters
    ----------
    lines : sequence of str
        Those of a text that are not blank.
    numbers : set of int
        Which of them are page numbers.

    Examples
    --------
    >>> page = ["全镇党员共有三百", "- 3 -", "江畔学刊", "二十名。", "书记管", "- 4 -", "江畔学刊", "三件事。"]
    >>> sorted(running_heads(page, {1, 5})), running_heads(page[:4], {1})
    ([2, 6], set())
    """
    heads = _recurring(lines, numbers)
    return heads | _recurring(lines, numbers | heads) if heads else heads


def _recurring(lines: Sequence[str], numbers: Iterable[int]) -> set[int]:
    """Which short lines recur beside page numbers or in the middle of sentences."""
    places: dict[str, list[int]] = defaultdict(list)
    paged: dict[str, list[int]] = defaultdict(list)
    pages = set(numbers)
    counts = Counter(line for line in lines if MAX_HEAD < len(line) <= MAX_PAGED)
    for i, line in enumerate(lines):
        is_counted = RE_COUNTED.match(line) is not None
        if "页" in line and len(line) <= MAX_PAGED and RE_PAGED.search(line):
            paged[_key(RE_PAGED.sub("", line))].append(i)
        elif "://" in line and RE_PRINTED.fullmatch(line):
            paged[_key(line)].append(i)
        if (
            i in pages
            or is_row(line)
            or not (4 <= len(line) <= MAX_HEAD or counts[line] >= MIN_REPEATS or _is_parted(line))
            or (_is_own(line.strip()) and not is_counted)
            or is_within(lines, i)
            or _names_entry(lines, i)
        ):
            continue
        places[_key(RE_HEAD_PAGE.sub("", line))].append(i)
    heads = {i for same in paged.values() if len(same) > 1 for i in same}
    beside = {j for i in pages for j in (i - 1, i + 1) if 0 <= j < len(lines)} - pages
    heads |= {j for j in beside if len(lines[j]) <= MAX_PAGED and RE_ISSUE.fullmatch(" ".join(lines[j].split()))}
    for same in places.values():
        least = MIN_REPEATS if not pages or RE_COUNTED.match(lines[same[0]]) else 2
        if len(same) >= least and sum(_breaks_in(lines, i, pages) for i in same) >= MIN_NEAR * len(same):
            heads |= set(same) - _titles_among(lines, same, pages)
    return heads


def _is_parted(line: str) -> bool:
    """Whether a wide gap parts a line into two halves, as the head of a page has a column's name and the serial's."""
    return (
        MAX_HEAD < len(line) <= MAX_PAGED
        and len("".join(line.split())) <= MAX_HEAD
        and len(RE_GAP.split(line.strip())) == 2
    )


def _key(line: str) -> str:
    """A line without blanks and with all figures alike."""
    return re.sub(r"\d+", "0", "".join(line.split()))


def _titles_among(lines: Sequence[str], same: Sequence[int], pages: Container[int]) -> set[int]:
    """Which copies of a running head are a report's title: what completes or explains it follows, or the first one is whole and
    stands in no sentence, or ends the title above it.
    """
    found = set()
    for n, i in enumerate(same):
        if is_gapped(lines[i].strip()):
            continue
        title, following = ("".join("".join(lines[j : j + 1]).split()) for j in (i, i + 1))
        before = next((lines[j].rstrip() for j in range(i - 1, -1, -1) if j not in pages), "")
        is_apart = n == 0 and not (is_prose(before) and not is_closed(before))
        is_followed = is_title(title) and not is_whole(title) and is_whole(title + following)
        is_ending = n == 0 and is_title(before.strip()) and ends_title(before.strip(), title)
        if (
            (is_apart and is_whole(title))
            or is_followed
            or is_ending
            or (is_title(title) and RE_SUBTITLE.match(following))
        ):
            found.add(i)
    return found


def _is_own(line: str) -> bool:
    """Whether a short line is the report's: a heading, a sentence, a label, a date."""
    is_own = not line or RE_MARKER.match(line) is not None or is_closed(line) or line[-1] in "；;，,、"
    return is_own or RE_DATE_ONLY.fullmatch(line) is not None


def _breaks_in(lines: Sequence[str], i: int, pages: set[int]) -> bool:
    """Whether a line stands beside a page number, or between two parts of a sentence."""
    if i - 1 in pages or i + 1 in pages or RE_HEAD_PAGE.search(lines[i]):
        return True
    if not 0 < i < len(lines) - 1:
        return False
    before, after = lines[i - 1].rstrip(), lines[i + 1].lstrip()
    if not is_prose(before) or is_closed(before) or is_heading(before) or before[-1] in "；;":
        return False
    is_open = before[-1] in "，、," or dangles(before) or before[-1].isdigit() or after[:1].isdigit()
    return splits_word(before, after) or (is_open and RE_MARKER.match(after) is None)


def _names_entry(lines: Sequence[str], i: int) -> bool:
    """Whether a line names what a list of contents tells the page of on the next line."""
    return i + 1 < len(lines) and _LEADERS.search(lines[i + 1]) is not None and _LEADERS.search(lines[i]) is None


def is_within(lines: Sequence[str], i: int) -> bool:
    """Whether a line stands between brackets that were broken off (a note's number)."""
    before = lines[i - 1].rstrip()[-1:] if i else ""
    after = lines[i + 1].lstrip()[:1] if i + 1 < len(lines) else ""
    return (before != "" and before in OPENERS) or (after != "" and after in CLOSERS + "、.．")
