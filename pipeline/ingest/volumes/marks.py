"""Lines that open one of several reports in a file: a number before or behind a title, a rule with a number."""

import re
from dataclasses import dataclass

from pipeline.ingest.lines.forms import RE_MARKER, is_closed, value_of
from pipeline.ingest.particulars.title_forms import is_complete, is_title, is_whole

_NUMBER = r"[一二三四五六七八九十]{1,3}|\d{1,2}"
RE_PART = re.compile(
    rf"[【\[（(<◎●◆■★☆]?\s*(?:第\s?(?P<a>{_NUMBER})\s?篇(?!章)|篇\s?(?P<b>{_NUMBER})(?!章)|(?:范文|例文|范例|报告|材料|文件)\s?(?P<c>{_NUMBER})"
    rf"|(?<=[【\[])(?:成果|文章|作品|发言|交流)\s?(?P<d>{_NUMBER})(?=[】\]])"
    rf"|(?:[\u4e00-\u9fff]{{0,8}}(?:报告|成果|文章|材料)之|(?:调研)?成果)\s?(?P<e>{_NUMBER})(?:[（(](?:书面|口头|会议|交流|续)[^（）()]{{0,8}}[）)])?(?=[\s\u3000:：】\]）)]|$)"
    rf"|(?<=[【\[])[\u4e00-\u9fff·]{{2,14}}[】\]]\s?[（(]\s?(?P<f>{_NUMBER})\s?(?=[）)]$))\s*[】\]）)>]?"
    r"\s*[:：、.．]?\s*(?P<title>[^。]{0,60})"
)
"""A line that opens one of several reports: 篇一：…, 【篇二】, 第3篇 …, 调研报告之二：…, 【成果展播】（四）."""
RE_TITLED = re.compile(
    rf"(?P<title>(?=(?:[^\u4e00-\u9fff]*[\u4e00-\u9fff]){{4}})[^。，；\d【\[]{{4,50}}?)(?:\s*[（(【]?\s*(?:范文|篇|第)?\s*(?P<n>{_NUMBER})\s*篇?\s*[）)】]?)[:：]?"
)
"""A title with a number at its end: 基层调研报告1, …范文第1篇, …（三）."""
_TOLD = re.compile(
    r"(?P<stem>[^。，；：:\d【\[]{4,30}(?:范文|例文|材料|报告))[ \u3000]{0,2}[第篇]?\s?"
    rf"(?P<n>{_NUMBER})\s*(?:篇?[:：]|篇[\s\u3000])\s*(?P<title>[^。]{{0,60}})"
)
"""A title with a number and a colon behind it, and its own title: 基层调研报告范文1：…."""
_COUNTED = re.compile(rf"{_TOLD.pattern}|.{{0,5}}(?:之|成果|文件)\s?(?:{_NUMBER})[\s\u3000:：]")
"""What a line has that may open a report without 篇 and without a number at its end."""
_HEADED = re.compile(
    rf"\s*(?:[【\[]\s*(?:第\s?)?篇?\s?(?P<n>{_NUMBER})\s?篇?\s*[】\]]|(?:范[文例]|例文|篇|第(?=[^。]{{1,3}}篇))\s?(?P<m>{_NUMBER})篇?\s*[:：\s])\s*"
    r"(?P<title>[^\s。]{6,60})(?P<blanks>[ \u3000]+)(?=\S{30})"
)
"""The mark of a part, its title and its text on one line."""
_FIRST = frozenset("【[范例篇第")
"""How such a line begins."""
RULES = " \t\u3000=＝*＊#~～_-—■◆●★☆━─"
"""What may stand on either side of such a line: blanks, rules."""
RE_RULED = re.compile(
    rf"(?P<rule>[=＝*＊#~～])(?P=rule){{5,}}\s*(?:\d{{1,2}}[-－–])?(?P<n>{_NUMBER})\s*(?P=rule){{6,}}"
)
"""A number between two rules, as collectors of files set it between them."""
MAX_MARK = 70
"""Longest line that opens a report, in characters."""
_ASKED = re.compile(rf"[【\[（(]?\s*(?:第\s?)?篇?\s?(?:{_NUMBER})\s?篇?(?=[】\]）)\s:：])[^。！？!?]{{4,60}}[？?！!]")
"""A part whose title asks or calls: 【篇二】怎么破？."""
_LAST = frozenset("0123456789一二三四五六七八九十)）】]:：")


@dataclass(frozen=True, slots=True)
class Mark:
    """A line that opens a report; its title starts at `title_start` (its end: none), some marks and blanks stand behind it."""

    start: int
    end: int
    number: int
    title_start: int
    stem: str
    is_part: bool = False
    n_behind: int = 0
    n_blanks: int = 0


def mark_number(line: str) -> int:
    """The number of a line that may open a report among others; 0 if it has no such form.

    Examples
    --------
    >>> mark_number("基层调研报告（三）"), mark_number("篇一：石桥镇党建调研报告"), mark_number("三、对策建议")
    (3, 1, 0)
    """
    mark = mark_of(line, 0)
    return mark.number if mark else 0


def mark_of(line: str, at: int) -> Mark | None:
    """A line as the opening of a report, if it has the form of one."""
    kept, first = line.strip(RULES), line.lstrip()[:1]
    headed = _HEADED.match(line) if first in _FIRST else None
    is_told = headed and (headed["m"] or "篇" in line[: headed.start("title")]) and is_complete(headed["title"])
    if headed and (len(headed["blanks"]) > 1 or is_told):
        start, end = at + headed.start("title"), at + headed.end("title")
        return Mark(
            at, end, value_of(headed["n"] or headed["m"]), start, "headed", is_part=True, n_blanks=len(headed["blanks"])
        )
    if first in RULES and (ruled := RE_RULED.fullmatch(line.strip())):
        return Mark(at, at + len(line), value_of(ruled["n"]), at + len(line), "rule", is_part=True)
    is_sentence = kept.endswith("。") and "篇" not in kept
    is_long = not is_sentence and len(kept) > MAX_MARK and not _TOLD.match(kept, 0, MAX_MARK)
    if len(kept) < 2 or is_sentence or is_long or not ("篇" in kept or kept[-1] in _LAST or _COUNTED.match(kept)):
        return None
    if is_closed(kept) and kept[-1] not in ":：" and not ("篇" in kept and _ASKED.match(kept)):
        return None
    if (found := RE_PART.fullmatch(kept)) and not _is_chapter(found):
        number = next(filter(None, (found[name] for name in "abcdef")))
        start = at + line.index(kept) + found.start("title")
        stem = "part" + re.sub(r"\d|[一二三四五六七八九十]", "", kept[:3])
        n_behind = len(line.rstrip()) - line.index(kept) - len(kept) if found["title"] else 0
        n_behind += kept[0] in "【[" and kept[-1] in "】]" and kept.count(kept[-1]) == 1 and bool(found["title"])
        return Mark(
            at, at + len(line), value_of(number), start, stem, "篇" in kept or bool(found["e"] or found["f"]), n_behind
        )
    return None if RE_MARKER.match(kept) else _numbered(line, kept, at)


def _numbered(line: str, kept: str, at: int) -> Mark | None:
    """A title with a number behind it, and its own title behind that or on the next line, as the opening of a report."""
    told = _TOLD.fullmatch(kept)
    is_like = is_title if told and "篇" in kept[told.end("stem") : told.start("title")] else is_whole
    if told and (not told["title"] or is_like(told["title"])):
        start = at + line.index(kept) + told.start("title") if told["title"] else at + len(line)
        return Mark(at, at + len(line), value_of(told["n"]), start, told["stem"], is_part=True)
    found = RE_TITLED.fullmatch(kept)
    is_part = "篇" in kept or any(word in kept for word in ("范文", "例文", "范例"))
    return found and Mark(at, at + len(line), value_of(found["n"]), at, found["title"], is_part)


def _is_chapter(found: re.Match[str]) -> bool:
    """Whether 第一篇 opens a part of one text: words without a colon before them that are no title."""
    has_colon = any(mark in found[0][: found.start("title") - found.start()] for mark in ":：】")
    is_worded = found["title"] != "" and found["title"][0] not in "（("
    return bool(found["a"]) and is_worded and not has_colon and not is_complete(found["title"])
