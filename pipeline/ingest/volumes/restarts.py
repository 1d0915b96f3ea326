"""Reports that follow one another without a mark: title lines after which the numbering of headings begins anew."""

import re
from itertools import pairwise

from pipeline import lexicon
from pipeline.ingest.lines.forms import RE_MARKER, RE_SIGNED, Lines, inked_lines, is_closed, is_prose, runs_on, value_of
from pipeline.ingest.particulars.title_forms import is_complete, is_field, is_fragment, is_organisation, is_title

MAX_LEAD = 12
"""Lines between a title and its first heading, at most."""
MIN_EVIDENCE = 4
"""Points of evidence from which a line is the title of another report; set on pairs of the sample's reports."""
MAX_TITLE = 70
_TOP = re.compile(r"([一二三四五六七八九]|十[一二三四五六七八九]?|二十)、")
_COLLECTION = re.compile(r"[\d一二两三四五六七八九十]+\s*篇|精选|大全(?!局)|合集|[汇选]编|文[集选]|选集")
_SUBJECT = re.compile(r"党|支部|组织|干部|基层|机关")
_SUBTITLED = re.compile(r"[—–―]{1,2}.{0,40}(?:为例|为个案|调研|调查|观察|思考|为样本|札记|报告|研究)$")
_PART = re.compile(r"第[一二三四五六七八九十]{1,3}(?:部分|章|编)")
_NAMES = re.compile(r"[\u4e00-\u9fff]{2,4}(?:[\s　、]+[\u4e00-\u9fff]{2,4}){1,3}")
"""Names of persons with blanks between them."""
MAX_BYLINE = 40
"""Longest byline, in characters."""
RE_PRIZE = re.compile(r"[^\w\n]*[特一二三优秀](?:\s*[等秀])?\s*奖[^\w\n]*")
"""The prize that the reports below were given."""
_RULE = re.compile(rf"[-—–_=*＊·.…~～\s]{{3,}}|{RE_PRIZE.pattern}")
"""A line of marks between two texts, or a prize."""


def title_lines(text: str) -> list[tuple[int, int, int]]:
    r"""Start and end of the title lines of reports that follow one another, behind where the prizes above them begin.

    Empty if the text is one report.

    A title has the form of one and stands above a heading 一、 that 二、 follows; words of a document's kind, a place
    and date below or above it, and a first paragraph speak for it. Every new beginning of the numbering needs one.

    Examples
    --------
    >>> opening = "全镇有支部九个，党员三百名，分布在十四个村，今年三月调研组走访了其中六个，访谈党员五十名。"
    >>> body = f"\n{opening}\n一、问题\n少。\n二、对策\n加。\n"
    >>> title_lines("甲镇党建调研报告" + body + "乙镇党建工作总结" + body)
    [(0, 0, 8), (71, 71, 79)]
    >>> title_lines("甲镇党建调研报告" + body + "对策建议" + body)
    []
    """
    lines = inked_lines(text)
    begins = _begins(lines)
    if len(begins) < 2 or (begins[0] > MAX_LEAD and not _COLLECTION.search(lines[0][1])):
        return []
    titles = [_first(lines, begins[0]), *(_title_before(lines, i, lines[0][1]) for i in begins[1:])]
    return [] if -1 in titles else [_place(lines, i) for i in titles]


def _place(lines: Lines, i: int) -> tuple[int, int, int]:
    """Where a title line begins and ends, behind the beginning of the prize above it."""
    start, line = lines[i]
    is_given = i > 0 and RE_PRIZE.fullmatch(lines[i - 1][1]) is not None
    return (lines[i - 1][0] if is_given else start, start, start + len(line))


def _begins(lines: Lines) -> list[int]:
    """Headings 一、 that 二、 follows as the next of their kind; not those of an annex or a numbered part."""
    numbers = [(i, value_of(found[1])) for i, (_, line) in enumerate(lines) if (found := _TOP.match(line))]
    begins = [i for (i, n), (_, following) in pairwise(numbers) if n == 1 and following == 2]
    return [i for i in begins if not any(line.startswith("附") for _, line in lines[max(0, i - 3) : i])]


def _first(lines: Lines, begin: int) -> int:
    """The title line of the first report: the first line, or the one after an announcement of several; -1 if none."""
    if _COLLECTION.search(lines[0][1]):
        return _title_before(lines, begin, lines[0][1])
    above = [line for _, line in lines[1:begin]]
    # A short line right above 一、 is a heading without a number: such texts begin to count anew under each.
    has_plain_heading = bool(above) and len(above[-1]) <= 30 and not (is_closed(above[-1]) or _is_byline(above[-1]))
    return -1 if RE_MARKER.match(lines[0][1]) or is_closed(lines[0][1]) or has_plain_heading else 0


def _title_before(lines: Lines, i: int, first: str) -> int:
    """The line above a heading that has most evidence of being a title; -1 if none has enough."""
    best, place = MIN_EVIDENCE - 1, -1
    for j in range(i - 1, max(0, i - MAX_LEAD), -1):
        line = lines[j][1]
        if RE_MARKER.match(line) or _PART.match(line):
            break
        evidence = _evidence(lines, j, i, first)
        if evidence > best:
            best, place = evidence, j
    if place < 1:
        return place
    above, line = lines[place - 1][1], lines[place][1]
    return place - 1 if not is_closed(above) and (runs_on(above, line) or _is_half(above, line)) else place


def _evidence(lines: Lines, j: int, i: int, first: str) -> int:
    """Points of evidence that line j is the title of the report whose first heading is line i."""
    line, above, below = lines[j][1], lines[j - 1][1], [lines[k][1] for k in range(j + 1, i)]
    if below and (runs_on(line, below[0]) or _is_half(line, below[0])):
        line += below.pop(0)
    is_shaped = 6 <= len(line) <= MAX_TITLE and not is_closed(line) and line[-1] not in "；，、;,"
    if not is_shaped or is_field(line) or is_organisation(line) or is_signature(line) or above.startswith("附"):
        return 0
    is_apart, is_named = _RULE.fullmatch(above) is not None, _names_document(line)
    if not (is_named or is_apart or is_closed(above) or _is_byline(above) or _COLLECTION.search(above)):
        return 0
    kind = 2 if is_named else int(is_complete(line)) + 2 * bool(_SUBTITLED.search(line))
    is_opened = any(is_prose(one) for one in below)
    is_signed = 2 * any(_is_byline(one) for one in below[:3])
    is_like = line[-4:] == first[-4:]
    return kind + bool(_SUBJECT.search(line)) + is_opened + is_signed + is_like + _is_byline(above) + 2 * is_apart


def is_signature(line: str) -> bool:
    """Whether a line says who wrote a report, or when; none does that ends as titles do.

    Examples
    --------
    >>> is_signature("中共石桥镇党委　李明"), is_signature("离退休干部党支部建设的调查与思考")
    (True, False)
    """
    return RE_SIGNED.match(line) is not None and not is_complete(line)


def _is_half(line: str, following: str) -> bool:
    """Whether a line is the first half of a title whose second half ends as titles do."""
    is_second = is_fragment(following) and is_complete(following)
    return is_second and is_title(line) and not is_complete(line) and not _is_byline(line)


def _is_byline(line: str) -> bool:
    """Whether a line is a date, an organisation or both, in brackets or not, or several names of persons."""
    is_signed = RE_SIGNED.match(line) or _NAMES.fullmatch(line)
    return len(line) <= MAX_BYLINE and (is_signed is not None or is_organisation(line))


def _names_document(line: str) -> bool:
    """Whether a line ends with the name of a kind of document (调研报告, 总结, 讲话)."""
    return line.endswith(tuple(row["term"] for row in lexicon.rows("genres.csv") if row["place"] == "title"))
