"""Files and notes that a program put into one file, one after another, each below a line with its name."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from pipeline.ingest.articles import Article
from pipeline.ingest.lines.forms import RE_MARKER, Lines, inked_lines, is_closed
from pipeline.ingest.pages.wrapping import MAX_LINE, particular
from pipeline.ingest.particulars.title_forms import is_title, is_whole
from pipeline.ingest.volumes.copied import RE_FURTHER
from pipeline.ingest.volumes.marks import mark_number
from pipeline.ingest.volumes.stretches import Stretch, between, holds_report

_FILE = re.compile(
    r"(?P<mark>[^\w\s《（(【\[“\"]{1,40})?[ \u3000]*"
    r"(?:[\[【（(]\d{1,3}(?:\s?[/／]\s?\d{1,3})?[\]】）)][ \u3000]*)?"
    r"(?P<label>[【\[]?(?:(?i:file(?:name)?|path)|文件名?称?|(?:文件)?路径|来源文件)[】\]]?)?[ \u3000]*[:：]?[ \u3000]*"
    r"(?P<name>(?:[A-Za-z]:)?(?:[^\s，。；:：|]|，(?=[^（）()\n]{1,16}[）)])){1,80}"
    r"(?: [^\s，。；:：|]{1,40}){0,3}\.(?i:txt|docx?|wps|pdf|md|html?|rtf))"
    r"(?:[ \u3000]+[a-z]{2,10}=\S{1,20}|[ \u3000]*[（(][^（）()\n]{1,24}[）)]){0,4}[ \u3000]*(?P<end>[^\w\s]{0,40})"
)
"""The name of a file between marks (==> 远程教育.txt <==) or behind a label."""
_LABELLED = re.compile(r"[\u4e00-\u9fffA-Za-z]{2,8}\s?[:：]")
_AGAIN = re.compile(rf"[:：]\s?(?:[Rr][Ee]|回复|答复)\s?[:：]|{RE_FURTHER.pattern}")
"""A title that was told before: of an answer, or of a report's further page."""
_RULE = re.compile(r"[-—–_=＝*＊·.…~～#\s]{3,}")
_TOLD = re.compile(
    r"[【\[]?(?:修改|创建|保存|下载|采集|抓取|文件)?(?:时间|日期|大小|来源|类型|作者|编码)(?:[】\]]|\s?[:：])\s?.{1,80}"
)
"""What is told of a file below its name."""
_CUT = re.compile(r"([=＝*＊#~～—–─━-])\1{9,}")
"""A long rule, as collectors set it above each report."""
MAX_NOTES, MAX_NOTE = 7, 60
"""Lines below a rule within which a title begins, and characters of those above it, which number the report or say where it is from."""
MAX_LABELS = 8
"""Lines in which the labels of a note, or what is told of a file, stand."""


def joined(text: str) -> list[Article]:
    r"""The reports among the files or notes of a file that several were put into; empty for other texts.

    The lines above them have one form: the name of a file between marks or behind a label, a title's label with more labelled
    lines below it (标题：…, 创建时间：…), a long rule above a title, or a note between two of them.

    Parameters
    ----------
    text : str
        A text as decoded.

    Returns
    -------
    list of Article
        They tile the text; what is no report, and the names of files, are dropped by their changes.

    Examples
    --------
    >>> body = "\n" + "全镇有支部九个，党员三百名，活动排不开。" * 20 + "\n"
    >>> files = f"==> 甲.txt <==\n石桥镇调研{body}==> 待办.txt <==\n买票。\n==> 乙.txt <==\n清溪镇调研{body}"
    >>> [(part.start, [files[part.start :][fix.start : fix.end] for fix in part.fixes]) for part in joined(files)]
    [(0, ['==> 甲.txt <==\n', '==> 待办.txt <==\n买票。\n']), (440, ['==> 乙.txt <==\n'])]
    >>> joined("附件：甲.docx\n附件：乙.docx" + body)
    []
    """
    by_form = (_stretches(text, heads) for heads in _heads(inked_lines(text)))
    return max((between(text, stretches) for stretches in by_form), key=len, default=[])


def _heads(lines: Lines) -> list[list[tuple[int, int]]]:
    """Where the heads of one form begin and where what they head does, for each form; one that stands again heads nothing new."""
    by_form, boxes = defaultdict[str, dict[str, tuple[int, int]]](dict), list[tuple[int, int]]()
    for i, ((at, line), (_, following)) in enumerate(pairwise(lines)):
        if len(line) > MAX_LINE:
            continue
        if "." in line and (found := _FILE.fullmatch(line)) and (found["mark"] or found["label"]):
            by_form[f"{found['mark']} {found['label']} {found['end']}"].setdefault(
                line, (_above(lines, i), _behind(lines, i))
            )
        elif _CUT.fullmatch(line):
            by_form[line].setdefault(str(at), (at, _titled(lines, i)))
            boxes += [(at, start)] if (start := _boxed(lines, i)) is not None else []
        elif _LABELLED.match(following) and not _AGAIN.search(line) and _labels_title(line):
            by_form["title"].setdefault(line, (at, _below(lines, i)))
    told = [[head for head in heads.values() if head[1] >= 0] for heads in by_form.values()]
    told += [boxes] if all(start >= 0 for _, start in boxes) else []
    return [heads for heads in told if len(heads) > 1]


def _titled(lines: Lines, i: int) -> int:
    """Where the whole title begins that stands below the rule in line i and short notes on where it is from; -1 if none does."""
    for at, line in lines[i + 1 : i + MAX_NOTES]:
        if is_whole(line) and not mark_number(line):
            return at
        is_text = (is_closed(line) or RE_MARKER.match(line)) and not line.endswith(("：", ":"))
        if "://" not in line and (is_text or mark_number(line) or len(line) > MAX_NOTE):
            return -1
    return -1


def _boxed(lines: Lines, i: int) -> int | None:
    """Where the title begins that stands below a note between two rules, of which line i is the first; -1 if none does, None if
    there are no such two.
    """
    end = next((n for n in (i + 2, i + 3) if n + 1 < len(lines) and lines[n][1] == lines[i][1]), 0)
    if not end or any(len(note) > MAX_NOTE for _, note in lines[i + 1 : end]):
        return None
    at, line = lines[end + 1]
    return at if is_title(line) and not (is_closed(line) or RE_MARKER.match(line)) else -1


def _labels_title(line: str) -> bool:
    """Whether a line labels a title."""
    told = particular(line)
    return told is not None and told[0] == "field:title"


def _above(lines: Lines, i: int) -> int:
    """Where a head begins whose name stands in line i: at the rule above it, if there is one."""
    return lines[i - 1][0] if i and _RULE.fullmatch(lines[i - 1][1]) else lines[i][0]


def _behind(lines: Lines, i: int) -> int:
    """Where a file begins whose name stands in line i: below rules and what else is told of it."""
    following = lines[i + 1 : i + MAX_LABELS]
    return next((at for at, line in following if not (_RULE.fullmatch(line) or _TOLD.fullmatch(line))), lines[i][0])


def _below(lines: Lines, i: int) -> int:
    """Where a report begins with a title of its own below the labelled lines from line i on; if none does, where they begin."""
    below = next(((at, line) for at, line in lines[i : i + MAX_LABELS] if not _LABELLED.match(line)), lines[i])
    return (below if is_whole(below[1]) else lines[i])[0]


def _stretches(text: str, heads: Sequence[tuple[int, int]]) -> list[Stretch]:
    """The reports among what stands below heads, of which is told where they begin and where what they head does."""
    ends = [*(head for head, _ in heads[1:]), len(text)]
    found = [Stretch(head, start, end) for (head, start), end in zip(heads, ends, strict=True)]
    return [one for one in found if holds_report(text, one.start, one.stop)]
