"""Several reports in one file: where each begins, and what announces them."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from math import inf

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER, RE_SENTENCE
from pipeline.ingest.particulars.title_forms import is_title, is_whole
from pipeline.ingest.volumes.contents import MIN_CHARS, listed_reports
from pipeline.ingest.volumes.marks import Mark, mark_of
from pipeline.ingest.volumes.restarts import title_lines


@dataclass(frozen=True, slots=True)
class Article:
    """One of several reports: its place in the text, and the changes (in its own coordinates) that open it."""

    start: int
    end: int
    fixes: tuple[Fix, ...]


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
    if len(marks) < 2:
        marks = [Mark(start, end, n, title, "") for n, (start, title, end) in enumerate(title_lines(text), 1)]
    ends = [*(mark.start for mark in marks[1:]), len(text)]
    if len(marks) < 2 or any(end - mark.end < MIN_CHARS for mark, end in zip(marks, ends, strict=True)):
        return []
    starts = [0, *(mark.start for mark in marks[1:])]
    openings: list[tuple[Fix, ...]] = []
    if is_report(text[: marks[0].start]):
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


def _apart(marks: Sequence[Mark]) -> list[Mark]:
    """Marks but for those of a table of contents: another one follows right behind each of them."""
    following = [*(mark.start for mark in marks[1:]), inf]
    return [mark for mark, start in zip(marks, following, strict=False) if start - mark.end >= MIN_CHARS]


def _marks(text: str) -> list[Mark]:
    """Lines that may open a report."""
    found, at, lines = list[tuple[Mark, str]](), 0, text.split("\n")
    for line, following in zip(lines, [*lines[1:], ""], strict=True):
        if mark := mark_of(line, at):
            found.append((mark, following))
        at += len(line) + 1
    stems = Counter(mark.stem for mark, _ in found)
    names = Counter(text[mark.title_start : mark.end] for mark, _ in found if mark.is_part)
    shaped = Counter(mark.stem for mark, line in found if is_title(line))
    wholes = {mark.stem for mark, line in found if mark.title_start == mark.start and is_whole(line)}
    titled = {stem for stem in wholes if shaped[stem] == stems[stem]}
    untitled = [
        not mark.n_blanks
        and (mark.is_part or stems[mark.stem] > 1)
        and (
            is_whole(line) or (is_title(line) and (mark.stem in titled or names[text[mark.title_start : mark.end]] > 1))
        )
        for mark, line in found
    ]
    return [replace(mark, title_start=mark.end) if no else mark for (mark, _), no in zip(found, untitled, strict=True)]


def _chain(marks: Sequence[Mark]) -> list[Mark]:
    """The longest run of marks of one form that count up from one, with those of another form that count on and say that they are
    parts; if there is none, one of parts that counts up from any number: an excerpt of a volume.
    """
    run = _longest(marks, lambda mark: mark.number == 1)
    return run if len(run) > 1 else max(run, _longest(marks, lambda mark: mark.is_part), key=len)


def _longest(marks: Sequence[Mark], is_first: Callable[[Mark], bool]) -> list[Mark]:
    """The longest run of marks of one form that count up from a first one, and those of another form that count on."""
    best: list[Mark] = []
    for stem in dict.fromkeys(mark.stem for mark in marks):
        run: list[Mark] = []
        for mark in marks:
            if mark.stem == stem and (mark.number == run[-1].number + 1 if run else is_first(mark)):
                run.append(mark)
        best = max(best, run, key=len)
    for mark in marks:
        if best and mark.start > best[-1].start and mark.is_part and mark.number == best[-1].number + 1:
            best.append(mark)
    return best


def is_report(text: str) -> bool:
    """Whether what stands before the first mark is a report of its own and not an announcement."""
    n_headings = sum(RE_MARKER.match(line) is not None for line in text.split("\n"))
    n_sentences = len(RE_SENTENCE.findall(text))
    return len(text) > 600 and (n_headings >= 2 or n_sentences >= 12)


def _opening(mark: Mark, start: int) -> tuple[Fix, ...]:
    """The change that drops what stands before a report's title."""
    end = mark.title_start if mark.title_start < mark.end else mark.end + 1
    before = (Fix(0, end - start, "", "drop_announcement"),) if end > start else ()
    if mark.n_blanks:
        return (*before, Fix(mark.end - start, mark.end - start + mark.n_blanks, "\n", "fix_paragraph"))
    if not mark.n_behind or end > mark.end:
        return before
    return (*before, Fix(mark.end - start - mark.n_behind, mark.end - start, "", "drop_announcement"))
