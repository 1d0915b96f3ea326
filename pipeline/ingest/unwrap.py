"""Lines that were broken where no paragraph ends, joined again."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import (
    OPENERS,
    RE_ADDRESS,
    RE_BLOCK,
    RE_ITEM,
    RE_LABEL,
    RE_MARKER,
    RE_SENTENCE,
    RE_SIGNED,
    RE_TURN,
    STARTS_NO_LINE,
    dangles,
    is_closed,
    is_heading,
    is_prose,
    opens,
    splits_word,
)
from pipeline.ingest.lines.layout import Layout, Line, joint, layout_of, lines_of
from pipeline.ingest.particulars.title_forms import RE_SUBTITLE, is_complete, is_organisation, is_title, is_whole

MIN_SPLIT = 2
"""Line breaks inside words from which all others that no mark explains are taken for damage."""
N_SAMPLE = 300
"""Line breaks that are looked at for it."""
MIN_LABELS = 2
"""Times that a label stands alone on a line, to be one."""
RE_GAP = re.compile(r"\S[ \u3000]{3,}\S")
"""What parts the buttons of a page."""
RE_BARE_MARKER = re.compile(
    r"(?:[一二三四五六七八九十]{1,3}[、．.]|[(（][一二三四五六七八九十\d]{1,3}[)）]|第[一二三四五六七八九十]{1,3}(?:章|部分)|\d{1,2}[、．.])"
)
RE_OPEN_NUMBER = re.compile(r"\d[.．]?$")
RE_AMOUNT = re.compile(r"\d{1,4}(?:[.．]\d{1,4})?\s?[%％‰万亿元倍分点岁个次名人年月天户家项件吨亩]")
RE_UNIT = re.compile(r"[%％‰万亿元倍个次名岁户家项件吨亩](?!、)")
"""What a number is of, at the beginning of a line."""
RE_LATER_ITEM = re.compile(r"(?:[二三四五六七八九]是|第[二三四五六七八九][，,]|其[二三四五]|其次|再次)")
RE_NUMERAL = re.compile(r"([一二三四五六七八九十]{1,2})、")
RE_BEFORE_ONE = re.compile(r"[不之单唯统专划如归合逐同某每任第个]$")
"""What makes a word with 一 (不一、单一、之一、五个一), also where no dictionary has it."""
RE_NUMERALS = re.compile(r"[一二三四五六七八九十]{1,2}(?:、[一二三四五六七八九十]{1,2})+(?![、是])")
"""Numerals in a row (每逢三、六、九): no heading's marker."""
RE_PART = re.compile(
    r"[【\[（(]?(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3})[】\]）)]?(?:\s*[:：].{0,60})?"
    r"|[\u4e00-\u9fff]{2,20}(?:报告|范文|材料|总结|方案|讲话)[\d一二三四五六七八九十]{1,2}"
)
"""The mark of one of several reports (篇一：…, 调研报告2)."""
RE_ASIDE = re.compile(r"[（(][^（）()]{4,}[）)]")
"""A line in brackets from its beginning to its end."""
_CELLS = re.compile(r"\S(?: {8,}|\u3000{4,})\S")
"""What parts the name of a serial from its issue on one line, or cells."""
_NAMES = re.compile(
    r"(?:[\u4e00-\u9fff] ?){2,4}(?:[ \u3000]{2,}[\u4e00-\u9fff](?:[ \u3000]{0,2}[\u4e00-\u9fff]){1,3}){1,4}"
)
"""Names of persons with wide blanks between them, as below a title."""


def join_wrapped(text: str) -> list[Fix]:
    r"""Paragraphs in one line, where all lines were wrapped at one width."""
    lines = lines_of(text)
    layout = layout_of(text)
    if not layout.width:
        return []
    layout = replace(layout, has_items=_has_items(lines, layout))
    fixes, paragraph = [], ""
    for a, b in pairwise(lines):
        paragraph = _grown(paragraph, a.text)
        if layout.is_full_before(a, b) and _goes_on(paragraph, a, b, layout):
            fixes.append(joint(text, a, b, "join_wrapped"))
        else:
            paragraph = ""
    return fixes


def _grown(paragraph: str, line: str) -> str:
    """A paragraph with one more line; of a long one only the beginning and the end, which is all that is looked at."""
    paragraph += line
    return paragraph if len(paragraph) <= 2_000 else paragraph[:500] + paragraph[-1_000:]


def _has_items(lines: Sequence[Line], layout: Layout) -> bool:
    """Whether items of an enumeration (二是 …) begin paragraphs: some follow a line that is not full."""
    return any(RE_LATER_ITEM.match(b.text) and not layout.is_full(a) for a, b in pairwise(lines))


def _goes_on(paragraph: str, a: Line, b: Line, layout: Layout) -> bool:
    """Whether a paragraph whose last line is full goes on in the next line."""
    if b.text[0] in STARTS_NO_LINE or splits_word(a.text, b.text) or (a.text[-1].isdigit() and b.text[0].isdigit()):
        return True
    is_amount = RE_AMOUNT.match(b.text) and not is_closed(a.text)
    is_item = RE_MARKER.match(b.text) and not is_amount and not _is_list_repair(paragraph, b.text)
    is_cells = _CELLS.search(a.text) is not None and a.text == paragraph
    is_apart = RE_ASIDE.fullmatch(paragraph) or ((is_cells or RE_SUBTITLE.match(b.text)) and not is_prose(paragraph))
    if is_item or is_apart or layout.begins(b) or RE_BLOCK.fullmatch(b.text) or RE_PART.fullmatch(b.text):
        return False
    if is_closed(a.text):
        # A short line without a mark is a heading: the last line of a paragraph ends a sentence.
        is_last = layout.is_full(b) or is_closed(b.text) or b.text[-1] in "；;"
        return is_last and not _begins_paragraph(paragraph, b.text, layout)
    if is_heading(paragraph):
        return dangles(a.text) or not layout.is_full(b)
    is_headed = not is_prose(paragraph) and not dangles(a.text) and is_complete(paragraph)
    is_name = is_organisation(b.text) or _NAMES.fullmatch(b.text) is not None
    return not is_headed or not (layout.is_full(b) or is_closed(b.text) or is_name)


def _begins_paragraph(paragraph: str, line: str, layout: Layout) -> bool:
    """Whether a line after a full one that ends a sentence has the form of a paragraph's beginning."""
    if RE_SIGNED.match(line) or RE_TURN.match(line) or RE_ADDRESS.match(line):
        return True
    if RE_LABEL.match(line):
        return len(line) <= 10 or RE_LABEL.match(paragraph) is not None or "：" not in line[:8]
    return layout.has_items and RE_ITEM.match(line) is not None


RE_SUBTITLED = re.compile("[？！?!]?[—–-]{2}")
"""What parts a title from its subtitle on one line."""


def join_broken(text: str) -> list[Fix]:
    r"""Sentences in one line, where single line breaks cut them.

    Examples
    --------
    >>> len(join_broken("一、问题\n有的支部存在内容单\n一、形式单\n一、方法单一的局面，要改。\n二、对策"))
    2
    >>> join_broken("一、基本情况\n全县有党员三百名\n二、主要做法")
    []
    """
    lines = lines_of(text)
    suspects = [
        i for i, (a, b) in enumerate(pairwise(lines)) if a.text[-1] not in "。！？" or b.text[0] in STARTS_NO_LINE
    ]
    if not suspects:
        return []
    layout = replace(layout_of(text), is_broken=_n_split(lines, suspects) >= MIN_SPLIT, labels=_labels(lines))
    fixes, paragraph, joined = [], "", -1
    for i in suspects:
        if i == 0 and _is_title_apart(*lines[:2]):
            continue
        paragraph = _grown(paragraph if joined == i - 1 else "", lines[i].text)
        if _is_broken(paragraph, lines[i], lines[i + 1], layout):
            fixes.append(joint(text, lines[i], lines[i + 1], "join_broken"))
            joined = i
    return fixes


def _is_title_apart(line: Line, following: Line) -> bool:
    """Whether a text's first line is its title: it has a subtitle, or the form of a title that no word carries on."""
    if RE_SUBTITLED.search(line.text) and is_whole(line.text):
        return True
    is_carried = dangles(line.text) or splits_word(line.text, following.text) or line.text[-1] in "，、,；;"
    return is_title(line.text) and is_prose(following.text) and is_closed(following.text) and not is_carried


def _n_split(lines: Sequence[Line], suspects: Sequence[int]) -> int:
    """Number of line breaks that stand inside a word of running text."""
    pairs = [(lines[i].text, lines[i + 1].text) for i in suspects[:N_SAMPLE]]
    return sum(is_prose(a) and not is_heading(a) and splits_word(a, b) for a, b in pairs)


def _labels(lines: Sequence[Line]) -> frozenset[str]:
    """Labels that stand alone on several lines (症象：): none of them goes on with a sentence."""
    counts = Counter(line.text for line in lines if RE_BLOCK.fullmatch(line.text))
    return frozenset(label for label, count in counts.items() if count >= MIN_LABELS)


def _is_repeated_by(heading: str, line: str) -> bool:
    """Whether a line begins with the words of the numbered heading above it (2.1 北山村⏎北山村有党员九名)."""
    words = heading.rsplit(maxsplit=1)[-1]
    return len(words) >= 2 and is_heading(heading) and words != heading and line.startswith(words)


def _is_broken(paragraph: str, a: Line, b: Line, layout: Layout) -> bool:
    """Whether a line break stands inside a sentence."""
    cannot_begin = b.text[0] in STARTS_NO_LINE and not RE_MARKER.match(b.text)
    if cannot_begin or a.text[-1] in OPENERS or RE_BARE_MARKER.fullmatch(a.text) or _cuts_number(paragraph, b.text):
        return True
    if is_closed(paragraph) or RE_PART.fullmatch(b.text):
        return False
    if RE_MARKER.match(b.text):
        return _is_list_repair(paragraph, b.text)
    if a.text[-1] in "，、," or (opens(paragraph) and len(b.text) > 1):
        return is_heading(paragraph) or not RE_SIGNED.fullmatch(b.text)
    if a.text[-1] in "；;" or RE_SIGNED.fullmatch(b.text) or RE_ADDRESS.match(b.text) or _NAMES.fullmatch(b.text):
        return False
    is_below = b.text in layout.labels or _is_repeated_by(a.text, b.text)
    return not is_below and _is_unfinished(paragraph, a, b, layout)


def _cuts_number(paragraph: str, line: str) -> bool:
    """Whether running text ends in a number that goes on as an amount (提高到6⏎1.5%, 跌了3.⏎5元)."""
    is_open = RE_OPEN_NUMBER.search(paragraph[-6:]) is not None and RE_AMOUNT.match(line) is not None
    is_open = is_open or (paragraph[-1].isdigit() and RE_UNIT.match(line) is not None)
    return is_open and is_prose(paragraph) and not is_heading(paragraph)


def _is_unfinished(paragraph: str, a: Line, b: Line, layout: Layout) -> bool:
    """Whether a line that ends without a mark is a sentence that the next line takes up."""
    is_split = splits_word(a.text, b.text)
    if is_heading(paragraph) or not is_prose(paragraph):
        return is_split and _ends_inside(a.text) and not RE_GAP.search(b.text)
    if is_split or dangles(a.text) or _is_close(b, layout):
        return True
    if layout.begins(b) or not (is_prose(b.text) and is_closed(b.text)):
        return False
    return layout.is_broken or RE_SENTENCE.search(paragraph) is not None


def _is_close(line: Line, layout: Layout) -> bool:
    """Whether a line stands close below another in a text whose paragraphs have blank lines between them."""
    return layout.by_gap and not line.n_blank and not line.is_indented and not is_heading(line.text)


def _ends_inside(line: str) -> bool:
    """Whether a line's last character alone is left of a word (``…党员教育管`` of 管理)."""
    return len(line) > 2 and not splits_word(line[:-1], line[-1])


def _is_list_repair(paragraph: str, line: str) -> bool:
    """Whether ``一、`` at the beginning of a line is the end of a word that list repair cut off (单一、五个一)."""
    found = RE_NUMERAL.match(line)
    if not found or is_closed(paragraph) or paragraph.endswith("如下"):
        return False
    if line[0] == "一" and is_prose(paragraph) and RE_BEFORE_ONE.search(paragraph):
        return True
    return opens(paragraph) != "" or splits_word(paragraph, line) or RE_NUMERALS.match(line) is not None
