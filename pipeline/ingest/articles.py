"""Several reports in one file: where each begins, and what announces them."""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER, RE_SENTENCE, is_closed, value_of
from pipeline.ingest.particulars.title_forms import is_complete, is_whole
from pipeline.ingest.volumes.contents import MIN_CHARS, listed_reports
from pipeline.ingest.volumes.restarts import title_lines

_NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
RE_PART = re.compile(
    rf"[【\[（(<◎●◆■★☆]?\s*(?:第\s?(?P<a>{_NUMBER})\s?篇(?!章)|篇\s?(?P<b>{_NUMBER})(?!章)|(?:范文|例文|报告|材料|文件)\s?(?P<c>{_NUMBER})"
    rf"|(?<=[【\[])(?:成果|文章|作品|发言|交流)\s?(?P<d>{_NUMBER})(?=[】\]])"
    rf"|(?:(?:调研|调查|考察|专题)?(?:报告|成果|文章|材料)之|(?:调研)?成果)\s?(?P<e>{_NUMBER})(?=[\s\u3000:：】\]）)]|$))\s*[】\]）)>]?"
    r"\s*[:：、.．]?\s*(?P<title>[^。]{0,60})"
)
"""A line that opens one of several reports: 篇一：…, 【篇二】, 第3篇 …, 调研报告之二：…."""
RE_TITLED = re.compile(
    rf"(?P<title>(?=(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){{4}})[^。，；\d【\[]{{4,50}}?)(?:\s*[（(【]?\s*(?:范文|篇|第)?\s*(?P<n>{_NUMBER})\s*篇?\s*[）)】]?)[:：]?"
)
"""A title with a number at its end: 基层调研报告1, …范文第1篇, …（三）."""
_TOLD = re.compile(
    rf"(?P<stem>[^。，；：:\d【\[]{{4,30}}(?:范文|例文|材料|报告))[第篇]?\s?(?P<n>{_NUMBER})\s*(?:篇?[:：]|篇[\s\u3000])\s*(?P<title>[^。]{{0,60}})"
)
"""A title with a number and a colon behind it, and its own title: 基层调研报告范文1：…."""
_COUNTED = re.compile(rf"{_TOLD.pattern}|.{{0,5}}(?:之|成果|文件)\s?(?:{_NUMBER})[\s\u3000:：]")
"""What a line has that may open a report without 篇 and without a number at its end."""
_HEADED = re.compile(
    rf"\s*[【\[]\s*(?:第\s?)?篇?\s?(?P<n>{_NUMBER})\s?篇?\s*[】\]]\s*(?P<title>[^\s。]{{6,60}})(?P<blanks>[ \u3000]+)(?=\S{{30}})"
)
"""The mark of a part, its title and its text on one line."""
RULES = " \t\u3000=＝*＊#~～_-—"
"""What may stand on either side of such a line: blanks, rules."""
RE_RULED = re.compile(rf"(?P<rule>[=＝*＊#~～])(?P=rule){{5,}}\s*(?P<n>{_NUMBER})\s*(?P=rule){{6,}}")
"""A number between two rules, as collectors of files set it between them."""
MAX_MARK = 70
"""Longest line that opens a report, in characters."""
_ASKED = re.compile(rf"[【\[（(]?\s*(?:第\s?)?篇?\s?(?:{_NUMBER})\s?篇?(?=[】\]）)\s:：])[^。！？!?]{{4,60}}[？?！!]")
"""A part whose title asks or calls: 【篇二】怎么破？."""
_LAST = frozenset("0123456789一二三四五六七八九十)）】]:：")


@dataclass(frozen=True, slots=True)
class Article:
    """One of several reports: its place in the text, and the changes (in its own coordinates) that open it."""

    start: int
    end: int
    fixes: tuple[Fix, ...]


@dataclass(frozen=True, slots=True)
class _Mark:
    """A line that opens a report; its title starts at `title_start` (its end: none), some marks and blanks stand behind it."""

    start: int
    end: int
    number: int
    title_start: int
    stem: str
    is_part: bool = False
    n_behind: int = 0
    n_blanks: int = 0


def articles(text: str) -> list[Article]:
    r"""The reports of a text that holds several; empty if it holds one.

    Parameters
    ----------
    text : str
        A text whose lines are in order.

    Returns
    -------
    list of Article
        They tile the text. The first one's changes drop what only announces them all.

    Examples
    --------
    >>> body = "\n一、现状\n" + "全镇有党支部九个。" * 12 + "\n"
    >>> found = articles("篇一：甲镇党建调研报告" + body + "篇二：乙镇党建调研报告" + body)
    >>> [(article.start, article.end, len(article.fixes)) for article in found]
    [(0, 126, 1), (126, 252, 1)]
    """
    marks = _chain(_apart(_marks(text)))
    if len(marks) < 2 and (found := _listed(text)):
        return found
    marks = marks or [_Mark(*place, n, place[0], "") for n, place in enumerate(title_lines(text), 1)]
    ends = [*(mark.start for mark in marks[1:]), len(text)]
    if len(marks) < 2 or any(end - mark.end < MIN_CHARS for mark, end in zip(marks, ends, strict=True)):
        return []
    starts = [0, *(mark.start for mark in marks[1:])]
    openings: list[tuple[Fix, ...]] = []
    if _is_report(text[: marks[0].start]):
        starts, ends = [0, marks[0].start, *starts[1:]], [marks[0].start, *ends]
        openings = [()]
    openings += [_opening(mark, start) for mark, start in zip(marks, starts[-len(marks) :], strict=True)]
    return [Article(*place) for place in zip(starts, ends, openings, strict=True)]


def volume(text: str) -> list[Article]:
    """The reports of a volume that only its list of contents tells apart; asked before that list is dropped.

    Parameters
    ----------
    text : str
        A text whose characters are in order; its lines may be broken.

    Returns
    -------
    list of Article
        As `articles`.
    """
    return [] if len(_chain(_apart(_marks(text)))) > 1 else _listed(text)


def _listed(text: str) -> list[Article]:
    """The reports that a list of contents names, without what stands above and between them and behind the last one."""
    found = listed_reports(text)
    if not found:
        return []
    reports = [one for one in found if not one.is_rest]
    starts = [0, *(one.start for one in reports[1:])]
    made = []
    for one, start, end in zip(reports, starts, [*starts[1:], len(text)], strict=True):
        rests = [rest.start for rest in found if rest.is_rest and one.start < rest.start < end]
        dropped = [(start, one.title_start), *((rest, end) for rest in rests[:1])]
        fixes = [Fix(left - start, right - start, "", "drop_announcement") for left, right in dropped if left < right]
        made.append(Article(start, end, tuple(fixes)))
    return made


def _apart(marks: Sequence[_Mark]) -> list[_Mark]:
    """Marks but for those of a table of contents: another one follows right behind each of them."""
    following = [*(mark.start for mark in marks[1:]), inf]
    return [mark for mark, start in zip(marks, following, strict=False) if start - mark.end >= MIN_CHARS]


def _marks(text: str) -> list[_Mark]:
    """Lines that may open a report."""
    found, at, lines = list[tuple[_Mark, str]](), 0, text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if mark := _mark(line, at):
            found.append((mark, following))
        at += len(line) + 1
    stems = Counter(mark.stem for mark, _ in found)
    untitled = [not mark.n_blanks and (mark.is_part or stems[mark.stem] > 1) and is_whole(line) for mark, line in found]
    return [replace(mark, title_start=mark.end) if no else mark for (mark, _), no in zip(found, untitled, strict=True)]


def mark_number(line: str) -> int:
    """The number of a line that may open a report among others; 0 if it has no such form.

    Examples
    --------
    >>> mark_number("基层调研报告（三）"), mark_number("篇一：石桥镇党建调研报告"), mark_number("三、对策建议")
    (3, 1, 0)
    """
    mark = _mark(line, 0)
    return mark.number if mark else 0


def _mark(line: str, at: int) -> _Mark | None:
    """A line as the opening of a report, if it has the form of one."""
    kept = line.strip(RULES)
    headed = _HEADED.match(line)
    is_told = headed and "篇" in line[: headed.start("title")] and is_complete(headed["title"])
    if headed and (len(headed["blanks"]) > 1 or is_told):
        start, end = at + headed.start("title"), at + headed.end("title")
        return _Mark(at, end, value_of(headed["n"]), start, "headed", is_part=True, n_blanks=len(headed["blanks"]))
    if ruled := RE_RULED.fullmatch(line.strip()):
        return _Mark(at, at + len(line), value_of(ruled["n"]), at + len(line), "rule", is_part=True)
    is_long = len(kept) > MAX_MARK and not _TOLD.match(kept, 0, MAX_MARK)
    if len(kept) < 2 or is_long or not ("篇" in kept or kept[-1] in _LAST or _COUNTED.match(kept)):
        return None
    if is_closed(kept) and kept[-1] not in ":：" and not ("篇" in kept and _ASKED.match(kept)):
        return None
    if (found := RE_PART.fullmatch(kept)) and not _is_chapter(found):
        number = next(filter(None, (found[name] for name in "abcde")))
        start = at + line.index(kept) + found.start("title")
        stem = "part" + re.sub(r"\d|[一二三四五六七八九十]", "", kept[:3])
        n_behind = len(line.rstrip()) - line.index(kept) - len(kept) if found["title"] else 0
        n_behind += kept[0] in "【[" and kept[-1] in "】]" and kept.count(kept[-1]) == 1 and bool(found["title"])
        return _Mark(at, at + len(line), value_of(number), start, stem, "篇" in kept or bool(found["e"]), n_behind)
    return None if RE_MARKER.match(kept) else _numbered(line, kept, at)


def _numbered(line: str, kept: str, at: int) -> _Mark | None:
    """A title with a number behind it, and its own title behind that or on the next line, as the opening of a report."""
    if (told := _TOLD.fullmatch(kept)) and (not told["title"] or is_whole(told["title"])):
        start = at + line.index(kept) + told.start("title") if told["title"] else at + len(line)
        return _Mark(at, at + len(line), value_of(told["n"]), start, told["stem"], is_part=True)
    found = RE_TITLED.fullmatch(kept)
    is_part = "篇" in kept or "范文" in kept or "例文" in kept
    return found and _Mark(at, at + len(line), value_of(found["n"]), at, found["title"], is_part)


def _is_chapter(found: re.Match[str]) -> bool:
    """Whether 第一篇 opens a part of one text: words without a colon before them that are no title."""
    has_colon = any(mark in found[0][: found.start("title") - found.start()] for mark in ":：】")
    is_worded = found["title"] != "" and found["title"][0] not in "（("
    return bool(found["a"]) and is_worded and not has_colon and not is_complete(found["title"])


def _chain(marks: Sequence[_Mark]) -> list[_Mark]:
    """The longest run of marks of one form that count up from one, with those of another form that count on and say that they are
    parts; if there is none, one of parts that counts up from any number: an excerpt of a volume.
    """
    run = _longest(marks, lambda mark: mark.number == 1)
    return run if len(run) > 1 else max(run, _longest(marks, lambda mark: mark.is_part), key=len)


def _longest(marks: Sequence[_Mark], is_first: Callable[[_Mark], bool]) -> list[_Mark]:
    """The longest run of marks of one form that count up from a first one, and those of another form that count on."""
    best: list[_Mark] = []
    for stem in dict.fromkeys(mark.stem for mark in marks):
        run: list[_Mark] = []
        for mark in marks:
            if mark.stem == stem and (mark.number == run[-1].number + 1 if run else is_first(mark)):
                run.append(mark)
        best = max(best, run, key=len)
    for mark in marks:
        if best and mark.start > best[-1].start and mark.is_part and mark.number == best[-1].number + 1:
            best.append(mark)
    return best


def _is_report(text: str) -> bool:
    """Whether what stands before the first mark is a report of its own and not an announcement."""
    n_headings = sum(RE_MARKER.match(line) is not None for line in text.split("\n"))
    n_sentences = len(RE_SENTENCE.findall(text))
    return len(text) > 600 and (n_headings >= 2 or n_sentences >= 12)


def _opening(mark: _Mark, start: int) -> tuple[Fix, ...]:
    """The change that drops what stands before a report's title."""
    end = mark.title_start if mark.title_start < mark.end else mark.end + 1
    before = (Fix(0, end - start, "", "drop_announcement"),) if end > start else ()
    if mark.n_blanks:
        return (*before, Fix(mark.end - start, mark.end - start + mark.n_blanks, "\n", "fix_paragraph"))
    if not mark.n_behind or end > mark.end:
        return before
    return (*before, Fix(mark.end - start - mark.n_behind, mark.end - start, "", "drop_announcement"))
