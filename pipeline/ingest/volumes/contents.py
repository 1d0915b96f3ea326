"""Volumes of several reports whose list of contents names them: where each of the listed ones begins."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from pipeline.ingest.lines.forms import RE_MARKER, Lines, inked_lines, is_closed, n_ink
from pipeline.ingest.particulars.title_forms import (
    MAX_BROKEN,
    MAX_TITLE,
    MIN_WHOLE,
    RE_DOC_NUMBER,
    RE_SUBTITLE,
    is_complete,
    is_organisation,
)
from pipeline.ingest.volumes.listing import RE_BRACKETED, RE_FOREWORD, entries_of, key_of, tells_author
from pipeline.ingest.volumes.restarts import RE_PRIZE, is_signature

RE_CONTENTS = re.compile(
    r"^[^\w\n]*(?:(?P<issue>本[ \u3000]*[期册刊书辑])?[ \u3000]*(?:目[ \u3000]*[录錄次][ \u3000]*树?|要[ \u3000]*目)|篇[ \u3000]*目"
    r"|(?:卷[ \u3000]*内[ \u3000]*)?文[ \u3000]*件[ \u3000]*目[ \u3000]*[录錄])[^\w\n]*$",
    re.MULTILINE,
)
"""The head of a list of contents."""
MAX_BEFORE = 6_000
"""Characters before the list, at most: cover, imprint, an editor's foreword."""
MIN_CHARS = 60
"""Shortest report of several, in characters; a table of contents has less between its lines."""
MIN_PART = 3
"""Entries from which a list tells by itself that it is one of reports, of which a file may hold only some."""
MIN_UNNAMED = 400
"""Shortest report above the first that the list names, in characters: one whose title stands otherwise in the list."""
MIN_PIECE = 300
"""Shortest report of two that an issue of a serial lists, in characters; what is shorter is a note."""
MAX_FOREWORD = 120
"""Characters above the first report of a volume in which that stands."""
_REST = re.compile(r"(?:编者?|编辑)?后记|编后[语记]?|附录|跋|(?:工作)?(?:简讯|动态|快讯)(?:[一二三四五六七八九十]则)?")
"""What follows the last report of a volume and is none."""
_FIRST = re.compile("(?:卷首|刊首|开篇)语|编者的话|发刊词")
"""The column of an issue's own article, above its title in the list."""
_VOLUME = re.compile(r"第[一二三四五六七八九十\d]{1,3}辑")
"""A column of a book of several pieces, in its list of contents."""
_BYLINE = re.compile(r"\s*(?:本文)?(?:作者|撰稿人?|执笔人?|文)\s*[:：/／]\s*\S")
"""A label before who wrote a report, below its title."""
MAX_OFFICE = 12
"""Characters of an office before a title that the list gives without it, at most."""
_BETWEEN = re.compile(r"[^\w\n]*(?:之?[一二三四五六七八九十\d]{1,3})?[^\w\n]*")
"""A rule or a bare number above a report."""
_PART = re.compile(r"\W*之[一二三四五六七八九十]{1,2}\W*")
"""The number of a volume's part above its title."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A report that a list of contents names: where the marks above its title begin, and where its title does.

    One that `is_rest` is no report but an issue's own article (卷首语) or the end of the volume (后记).
    """

    start: int
    title_start: int
    is_rest: bool = False


def has_contents(text: str) -> bool:
    r"""Whether a list of contents stands in the first pages of a text.

    Examples
    --------
    >>> has_contents("调研成果汇编\n目　录\n石桥镇党建调研报告……1"), has_contents("石桥镇党建调研报告")
    (True, False)
    """
    return RE_CONTENTS.search(text, 0, MAX_BEFORE) is not None


def listed_reports(text: str) -> list[Listed]:
    r"""The reports of a volume that its list of contents names, in order; empty if the text is no such volume.

    A list of the headings of one report does not count: half of what recurs below the list, or of a longer list, has to be a
    title by its form.

    Parameters
    ----------
    text : str
        A text whose characters are in order; its lines may be broken.

    Examples
    --------
    >>> body = "\n" + "全镇有党支部九个。" * 9 + "\n"
    >>> listed = "目录\n甲镇党建工作调研报告……1\n乙镇流动党员情况的调查……9\n\n"
    >>> volume = listed + "甲镇党建工作\n调研报告" + body + "乙镇流动党员情况的调查" + body
    >>> [volume[one.title_start :][:5] for one in listed_reports(volume)]
    ['甲镇党建工', '乙镇流动党']
    >>> listed_reports("目录\n一、基本情况……1\n二、存在问题……9\n一、基本情况" + body + "二、存在问题" + body)
    []
    """
    head = RE_CONTENTS.search(text, 0, MAX_BEFORE)
    if not head:
        return []
    lines = inked_lines(text, head.end())
    entries, columns, end = entries_of(lines)
    found = list(_found(lines[end:], entries, columns | _heads(lines[end:])))
    reports = [one for one, _ in found if not one.is_rest]
    n_signed = sum(tells_author(line) for _, line in lines[:end])
    is_signed = len(reports) > 1 and 2 * n_signed >= len(entries)
    is_serial = head["issue"] or any(_VOLUME.match(column) for column in columns)
    is_issue = is_serial and 2 * len(found) >= len(entries) and _n_long(text, [one for one, _ in found]) > 1
    if not reports or not (is_signed or is_issue or _is_volume(entries, [is_title for _, is_title in found])):
        return []
    above = text[lines[end][0] : reports[0].start]
    if n_ink(above) >= MIN_UNNAMED and not _is_foreword(above):
        if len(reports) == 1:
            return []
        reports = [Listed(lines[end][0], lines[end][0]), *reports]
    ends = [*(one.start for one in reports[1:]), len(text)]
    is_long = [n_ink(text[one.title_start : end]) >= MIN_CHARS for one, end in zip(reports, ends, strict=True)]
    if not all(is_long[:-1] or is_long):
        return []
    rests = [one for one, _ in found if one.is_rest]
    return [*reports[:-1], replace(reports[-1], is_rest=not is_long[-1]), *rests]


def _is_foreword(text: str) -> bool:
    """Whether what stands above the first report that is listed is the volume's foreword and no report with headings."""
    has_headings = any(RE_MARKER.match(line.strip()) for line in text.split("\n"))
    return RE_FOREWORD.search(text, 0, MAX_FOREWORD) is not None and not has_headings


def _n_long(text: str, found: Sequence[Listed]) -> int:
    """How many pieces of an issue are long enough for a report."""
    places = [*(one.title_start for one in found), len(text)]
    return sum(n_ink(text[start:end]) >= MIN_PIECE for start, end in pairwise(places))


def _heads(lines: Lines) -> set[str]:
    """The running heads of a volume: short lines that stand again and again, as titles without blanks."""
    times = Counter(line for _, line in lines if len(line) <= MAX_TITLE)
    return {key_of(line) for line, n in times.items() if n >= MIN_PART and not is_closed(line)}


def _is_volume(entries: Sequence[tuple[str, ...]], found: Sequence[bool]) -> bool:
    """Whether a list names reports: half of the entries are titles; or half stand again, half of these as titles; or two do."""
    n_named = sum(_is_named(keys[-1]) for keys in entries)
    is_part = len(entries) >= MIN_PART and 2 * n_named >= len(entries)
    is_listed = len(found) >= 2 and 2 * len(found) >= len(entries) and 2 * sum(found) >= len(found)
    return is_part or is_listed or sum(found) >= 2


def _is_named(title: str) -> bool:
    """Whether a title without blanks is one by its form."""
    return len(title) >= MIN_WHOLE and is_complete(title)


def _found(lines: Lines, entries: Sequence[tuple[str, ...]], columns: set[str]) -> Iterator[tuple[Listed, bool]]:
    """The entries that stand again as lines, in order, and whether each is a title by its form."""
    places = {
        key: n
        for n, keys in reversed(list(enumerate(entries)))
        for one in keys
        for key in (RE_BRACKETED.sub("", one), one)
    }
    following = 0
    for i in range(len(lines)):
        n, n_lines = _named(lines, i, places)
        if n < following or (n_lines > 1 and _named(lines, i + 1, places)[0] == n):
            continue
        start, following = _above(lines, i, columns), n + 1
        below = lines[i + n_lines][1] if i + n_lines < len(lines) else ""
        is_rest = bool(_REST.fullmatch(entries[n][0]) or _FIRST.match(entries[n][-1]))
        is_part = any(_PART.fullmatch(line) for _, line in lines[start:i])
        is_signed = is_signature(below) or is_organisation(below) or _BYLINE.match(below) is not None
        is_headed = is_part or is_signed or RE_SUBTITLE.match(below) is not None
        yield Listed(lines[start][0], lines[i][0], is_rest), _is_named(entries[n][-1]) or is_headed


def _named(lines: Lines, i: int, places: dict[str, int]) -> tuple[int, int]:
    """The number of the entry that stands again in a line or that and the next ones, and how many they are; -1 if none."""
    joined = ""
    for n_lines in range(1, MAX_BROKEN + 1):
        if i + n_lines > len(lines) or len(joined) > MAX_TITLE:
            break
        joined += key_of(lines[i + n_lines - 1][1]) if n_lines == 1 else "".join(lines[i + n_lines - 1][1].split())
        starts = range(2, min(MAX_OFFICE, len(joined) - MIN_WHOLE))
        behind = (joined[at:] for at in starts if joined[at:] in places and is_organisation(joined[:at]))
        if (named := joined if joined in places else next(behind, None)) is not None:
            return places[named], n_lines
    return -1, 0


def _above(lines: Lines, i: int, columns: set[str]) -> int:
    """The first of the rules, numbers, prizes and names of columns that stand right above a line."""
    while i and (
        _BETWEEN.fullmatch(lines[i - 1][1])
        or RE_DOC_NUMBER.fullmatch(lines[i - 1][1])
        or RE_PRIZE.fullmatch(lines[i - 1][1])
        or key_of(lines[i - 1][1]) in columns
    ):
        i -= 1
    return i
