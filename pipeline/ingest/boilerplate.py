"""The wrapping of a page around a report: menus, particulars, introductions, teasers of other reports, notices."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines import RE_ADDRESS, RE_MARKER, RE_SENTENCE, is_heading
from pipeline.ingest.titles import bare

MAX_LINE = 160
"""Longest line of wrapping that is tried as a whole, in characters; introductions may be longer."""
HEAD_LINES = 60
"""Lines before the report, at most; 31 pages of provinces' governments have up to 29."""
FOOT_LINES = 60
"""Lines after the report that are tried, at most."""
MIN_BODY = 40
"""Length from which a line with a sentence is the report's own."""
MAX_COPIES = 6
"""Lines before the report that repeat others, at most: a title stands in the browser's title, above and in the path."""
RE_ISO = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[\sT]*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{0,2})?秒?)?|\d{4}年\d{1,2}月\d{1,2}日\s*\d{1,2}[:：时]\d{1,2}\S{0,6}"
)
"""A date as pages print it; reports write 2019年5月."""
RE_MEETING = re.compile(r"\s*(?:地点|主持人?|参加(?:人员|单位)?|出席(?:人员)?|列席|记录人?|缺席)\s*[:：]")
RE_FURTHER = re.compile(r"[\s|/　](?:来源|作者|编辑|点击|浏览|阅读|投稿人|发布者)[^:：]{0,4}[:：]")
"""A second particular on a line."""
RE_FOREIGN = re.compile(r"[A-Za-z]{3,}")
RE_CHINESE = re.compile(r"[\u4e00-\u9fff]")
RE_TOKENS = re.compile(r"[\s|│｜>»›·•/、\[\]【】()（）-]+")


@dataclass(frozen=True, slots=True)
class Dropped:
    """A line of wrapping: what kind it is, the value of a particular (else empty), and the line verbatim."""

    kind: str
    value: str
    line: str

    @property
    def is_metadata(self) -> bool:
        """Whether it is a particular of the page (time, source, author …)."""
        return self.kind.startswith("field:")


def dropped_lines(text: str, fixes: Iterable[Fix]) -> list[Dropped]:
    """The stretches of a text that fixes drop as wrapping."""
    stretches = [text[fix.start : fix.end].strip() for fix in fixes if fix.rule.startswith("drop_wrapping")]
    return [Dropped(*(particular(line) or ("wrapping", "")), line) for line in stretches if line]


def particular(line: str) -> tuple[str, str] | None:
    """Kind and value of a line of particulars (``来源：…``); None if it is none.

    Examples
    --------
    >>> particular("发布时间：2020-05-06 10:30"), particular("来源于实践的九条经验。")
    (('field:time', '2020-05-06 10:30'), None)
    """
    found = _field_pattern().match(line[:MAX_LINE])
    if not found or len(line) > MAX_LINE or "。" in line:
        return None
    kind = next(name for name, value in found.groupdict().items() if value is not None)
    value = line[found.end() :].strip(" 　】]）)")
    return kind.replace("_", ":", 1), value


def drop_lines(text: str) -> list[Fix]:
    """Nothing in place of the lines around a report that are not the report.

    Examples
    --------
    >>> text = "首页 > 文章中心 > 正文\\n石桥镇党建调研报告\\n来源：网络\\n一、现状\\n上一篇：主题党日活动"
    >>> [text[fix.start : fix.end] for fix in drop_lines(text)]
    ['首页 > 文章中心 > 正文\\n', '来源：网络\\n', '上一篇：主题党日活动']
    """
    lines = _lines(text)
    contents = [line for _, line in lines]
    wrong = _head(contents) | _anywhere(contents)
    rest = _rest(contents, wrong)
    wrong |= set(range(rest, len(lines))) | _foot(contents[:rest], wrong)
    return [Fix(lines[i][0], min(_end(lines, i, text), len(text)), "", "drop_wrapping") for i in sorted(wrong)]


def _end(lines: Sequence[tuple[int, str]], i: int, text: str) -> int:
    """Where a line ends, its line end included."""
    return lines[i][0] + len(lines[i][1]) + 1


def _lines(text: str) -> list[tuple[int, str]]:
    """Start and content of every line that is not blank."""
    lines, at = [], 0
    for line in text.split("\n"):
        if line and not line.isspace():
            lines.append((at, line))
        at += len(line) + 1
    return lines


def _head(lines: Sequence[str]) -> set[int]:
    """Lines before the report's text that are wrapping, and further copies of a line that stands there."""
    wrong: set[int] = set()
    copies: set[int] = set()
    kept: dict[str, int] = {}
    for i, line in enumerate(lines[:HEAD_LINES]):
        text = line.strip()
        if _is_wrapping(text, "head") or _is_particular(lines, i) or _is_value(lines, i, wrong):
            wrong.add(i)
        elif RE_ISO.fullmatch(text) and i:
            wrong.add(i)
        elif _is_body(text):
            break
        elif len(text) >= 6 and kept.setdefault(bare(text), i) != i:
            copies.add(i)
    return wrong | (copies if len(copies) <= MAX_COPIES else set()) | _foreign(lines, wrong)


def _is_body(line: str) -> bool:
    """Whether a line can only be the report's: a heading, an address, a sentence of some length."""
    is_sentence = len(line) >= MIN_BODY and (line[-1] in "。；：" or RE_SENTENCE.search(line) is not None)
    return is_sentence or is_heading(line) or RE_ADDRESS.match(line) is not None


def _is_particular(lines: Sequence[str], i: int) -> bool:
    """Whether a line is a particular of the page; the time and place of a meeting are the report's."""
    found = particular(lines[i].strip())
    if not found or len(found[1]) > 60:
        return False
    if lines[i].strip().startswith(("时间", "日期")) and not RE_FURTHER.search(found[1]):
        return not any(RE_MEETING.match(line) for line in lines[max(0, i - 3) : i + 4])
    return True


def _is_value(lines: Sequence[str], i: int, wrong: set[int]) -> bool:
    """Whether a line is the value of a particular whose label stands alone on the line before."""
    if not i or i - 1 not in wrong or len(lines[i].strip()) > 20 or RE_MARKER.match(lines[i].strip()):
        return False
    found = particular(lines[i - 1].strip())
    return (
        found is not None and not found[1] and found[0] in ("field:source", "field:author", "field:time", "field:count")
    )


def _foreign(lines: Sequence[str], wrong: set[int]) -> set[int]:
    """Lines in another language before the first Chinese one."""
    found = set()
    for i, line in enumerate(lines[:10]):
        if i not in wrong and RE_CHINESE.search(line):
            break
        found.add(i)
    has_chinese = len(found) < min(len(lines), 10)
    return {i for i in found if has_chinese and RE_FOREIGN.search(lines[i])}


def _anywhere(lines: Sequence[str]) -> set[int]:
    """Lines that are wrapping wherever they stand."""
    pattern = _pattern("line")
    return {i for i, line in enumerate(lines) if len(line) <= MAX_LINE and pattern.fullmatch(line.strip())}


def _rest(lines: Sequence[str], wrong: set[int]) -> int:
    """The first line of what follows the report (teasers, neighbours, licence notes), the number of lines if none.

    A line of that form after which the report goes on is added to `wrong`.
    """
    pattern = _pattern("rest")
    first = next((i for i, line in enumerate(lines) if i not in wrong and _is_body(line.strip())), 1)
    for i in range(first, len(lines)):
        line = lines[i].strip()
        if len(line) <= 4 * MAX_LINE and pattern.fullmatch(line):
            if not _goes_on(lines[:i], lines[i + 1 :]):
                return i
            wrong.add(i)
    return len(lines)


def _goes_on(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether the report's own numbering goes on after a line."""
    numbers = [found[0] for line in before if (found := re.match(r"\s*([一二三四五六七八九十]{1,2})、", line))]
    if not numbers or numbers[-1].strip()[:-1] not in _ORDER[:-1]:
        return False
    following = _ORDER[_ORDER.index(numbers[-1].strip()[:-1]) + 1] + "、"
    return any(line.lstrip().startswith(following) for line in after)


_ORDER = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五")


def _foot(lines: Sequence[str], wrong: set[int]) -> set[int]:
    """Lines of wrapping at the end, from the last one upwards until the report begins."""
    found: set[int] = set()
    for i in range(len(lines) - 1, max(-1, len(lines) - 1 - FOOT_LINES), -1):
        line = lines[i].strip()
        if _is_wrapping(line, "foot") or (_is_particular(lines, i) and len(line) <= 60):
            found.add(i)
        elif i not in wrong:
            break
    return found


def _is_wrapping(line: str, kind: str) -> bool:
    """Whether a line matches a pattern of a kind, or is a menu."""
    if len(line) > MAX_LINE:
        return False
    return _pattern(kind).fullmatch(line) is not None or _is_menu(line)


def _is_menu(line: str) -> bool:
    """Whether a line is several words, most of them of site menus and none of them long."""
    words = [word for word in RE_TOKENS.split(line) if word]
    n_site = sum(word in _menu_words() for word in words)
    return n_site >= 2 and 2 * n_site >= len(words) and all(len(word) <= 8 for word in words)


def is_page_only(text: str) -> bool:
    """Whether a short text is a page without a report: an error, a login form.

    Examples
    --------
    >>> is_page_only("404 Not Found\\n您访问的页面不存在")
    True
    """
    lines = [line.strip() for line in text.split("\n")]
    n = sum(_pattern("page").fullmatch(line) is not None for line in lines)
    return n > 0 and 2 * n >= len(lines)


def drop_sentences(text: str) -> list[Fix]:
    """Nothing in place of a page's introduction before the report's first words, its last words and notes in between."""
    return [*_openings(text), *_closing(text), *_inline(text)]


def _openings(text: str) -> Iterator[Fix]:
    """The introductions at the beginning of the first lines."""
    pattern, following = _pattern("opening"), _pattern("opening:next")
    at = 0
    is_after = False
    for line in text[:6000].split("\n")[:HEAD_LINES]:
        indent = len(line) - len(line.lstrip())
        found = pattern.match(line, indent) or (is_after and following.match(line, indent)) or None
        is_after = found is not None or (is_after and not line.strip())
        if found:
            end = found.end()
            while more := following.match(line, end):
                end = more.end()
            end = end if line[end:].strip() else min(len(line) + 1, len(text) - at)
            yield Fix(at, at + end, "", "drop_wrapping_sentence")
        elif _is_body(line.strip()):
            return
        at += len(line) + 1


def _closing(text: str) -> Iterator[Fix]:
    """The page's own words at the end of the last lines."""
    start = text.rfind("\n", max(0, len(text) - 600)) + 1
    line = text[start:]
    for found in _pattern("closing").finditer(line[-600:]):
        at = max(0, len(line) - 600) + found.start()
        is_last = not line[max(0, len(line) - 600) + found.end() :].strip()
        if is_last and (at == 0 or line[at - 1] in "。！!？"):
            yield Fix(start + at, len(text), "", "drop_wrapping_sentence")
            return


def _inline(text: str) -> Iterator[Fix]:
    """Notes of a site between the report's words."""
    if any(key in text for key in ("登录", "登陆", "下载", "付费", "会员", "购买", "注册")):
        for found in _pattern("inline").finditer(text):
            yield Fix(found.start(), found.end(), "", "drop_wrapping_note")


@cache
def _pattern(kind: str) -> re.Pattern[str]:
    """All patterns of a kind as one."""
    return re.compile("|".join(row["pattern"] for row in lexicon.rows("wrapping.csv") if row["kind"] == kind))


@cache
def _menu_words() -> frozenset[str]:
    """The words of site menus."""
    return frozenset(row["pattern"] for row in lexicon.rows("wrapping.csv") if row["kind"] == "word")


@cache
def _field_pattern() -> re.Pattern[str]:
    """A label of particulars and its colon, at the beginning of a line."""
    rows = [row for row in lexicon.rows("wrapping.csv") if row["kind"].startswith("field:")]
    groups: dict[str, list[str]] = {}
    for row in rows:
        groups.setdefault(row["kind"].replace(":", "_"), []).append(row["pattern"])
    labels = "|".join(f"(?P<{kind}>{'|'.join(patterns)})" for kind, patterns in groups.items())
    return re.compile(rf"[\s　【\[（(]*(?:{labels})\s*[:：]")
