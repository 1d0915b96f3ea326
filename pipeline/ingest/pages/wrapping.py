"""What a line of a page is by its form: a particular (来源：…), a strip of them, a menu, a known pattern."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.ingest.edits import Fix

MAX_LINE = 160
"""Longest line of wrapping that is tried as a whole, in characters; introductions may be longer."""
MAX_TOKEN = 12
"""Longest word of a strip or menu that is not known, in characters."""
RE_ISO = re.compile(
    r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}(?:[\sT]*\d{1,2}[:：时]\d{1,2}(?:[:：分]\d{0,2})?秒?)?"
    r"|\d{4}年\d{1,2}月\d{1,2}日\s*\d{1,2}[:：时]\d{1,2}\S{0,6}"
)
"""A date as pages print it; reports write 2019年5月."""
_TIME = re.compile(r"\d{1,2}[:：]\d{2}(?:[:：]\d{2})?")
_DAY = re.compile(r"\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}|年\d{1,2}月\d{1,2}日)")
_MOMENT = re.compile(rf"{_DAY.pattern}\d{{1,2}}[:：]\d{{2}}(?:[:：]\d{{2}})?")
"""A day and a time of day without a blank between."""
_LABEL = re.compile(
    r"[\s　【\[（(]*(?P<label>[^:：。，；【】\[\]]{1,16}?)[\s　】\]]*[:：]"
    r"|[\s　]*[【\[](?P<boxed>[^】\]:：]{1,10})[】\]](?=[^】\]]{1,60}$)"
    r"|[\s　]*(?P<cell>[\u4e00-\u9fff](?:[ 　]*[\u4e00-\u9fff]){1,7})[ 　]*(?:\t+|[ 　]{3,})(?=[^\s。]\S{0,60}$)"
    r"|[\s　]*(?P<spread>[\u4e00-\u9fff](?: [\u4e00-\u9fff]){2,7})　+(?=\S)"
)
_NOTED = re.compile(r"(?<=..)[（(][^（()）]{1,8}[）)]$")
"""What a form says of a field behind its name (必填)."""
_TOKENS = re.compile(r"[\s|│｜>»›·•/、\[\]【】()（）-]+")
_WORDS = re.compile(r"[\s|│｜]+")
_TITLE = r"(?P<title>[^，。；：:/\s·•▪◆■●○▶▸>›»\[](?:[^。；:/]*[^。；：:/\s])?)"
RE_ENTRY = re.compile(
    rf"(?:\[(?:原创|转载|转帖|转)\]\s*)?{_TITLE}\s*"
    r"[（(]\d{4}-\d{1,2}-\d{1,2}\s+\d{1,2}:\d\d:\d\d[）)](?:\s*\[?(?:转载|原创|置顶|推荐)\]?\s*[▼▽▾]?)?"
)
"""A title with date and time to the second behind it, as blogs show their entries."""
_TOPIC = re.compile(
    rf"{_TITLE}\s*\[复制链接\]"
    r"|\[(?:转帖|转贴|分享|讨论|交流|精华)\]\s*(?P<topic>[^。；]{4,60})"
)
"""A title among the marks of a forum."""

_OWN = re.compile(r"(?i:date|published)\s*:|title:")
"""The day or the title of a text among its particulars; when it was clipped tells of none."""
RE_SITE = re.compile(r"(?:\s+[-–—|｜]+\s*|\s*[_|｜]\s*)[^-–—_|｜]{2,16}(?:[_|｜-][^-–—_|｜]{2,16})*$")
"""What sites set behind a title or its subtitle: their columns and names."""
RE_NAMED_SITE = re.compile("(?:网站?|门户|文库|论坛|博客|频道|资料库|公众号|之家)$")
"""How the name of a site ends."""


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
    """The stretches of a text that fixes drop as wrapping, running heads, and day and title of a Markdown file's particulars."""
    told = [(fix.rule, text[fix.start : fix.end].strip()) for fix in fixes]
    stretches = [line for rule, line in told if rule.startswith(("drop_wrapping", "drop_running"))]
    heads = [lines.split("\n") for rule, lines in told if rule == "drop_markup" and lines.startswith("---\n")]
    stretches += [line for head in heads for line in head if _OWN.match(line)]
    return [Dropped(*(particular(line) or ("wrapping", "")), line) for line in stretches if line]


def particular(line: str) -> tuple[str, str] | None:
    r"""Kind and value of a line of particulars (``来源：…``); None if it is none.

    Examples
    --------
    >>> particular("发布时间：2020-05-06 10:30"), particular("来源于实践的九条经验。")
    (('field:time', '2020-05-06 10:30'), None)
    >>> particular("索 引 号：014000/2023-00012")[0], particular("文　　号\t无"), particular("记者：会开得怎么样？")
    ('field:record', ('field:record', '无'), None)
    """
    if len(line) > MAX_LINE or "。" in line or not (found := _LABEL.match(line)):
        return None
    if found["boxed"] and RE_ENTRY.fullmatch(line):
        return None
    kind = _field_kind(_NOTED.sub("", "".join(next(filter(None, found.groups())).split())))
    is_asked = line.endswith(("？", "?")) and kind != "field:title"  # 记者：会开得怎么样？
    return (kind, line[found.end() :].strip(" 　】]）)")) if kind and not is_asked else None


def without_site(line: str) -> str:
    """A title without the name of a site behind it; empty if there is none.

    Examples
    --------
    >>> without_site("石桥镇党建调研报告 - 石桥文库"), without_site("石桥镇党建调研报告")
    ('石桥镇党建调研报告', '')
    """
    found = RE_SITE.search(line.rstrip())
    return line[: found.start()].strip() if found and RE_NAMED_SITE.search(found[0]) else ""


def title_told(line: str) -> str:
    """The title that a line of particulars tells, or that a blog or forum shows with its marks; empty if there is none.

    Examples
    --------
    >>> title_told("标　题：石桥镇党建调研报告"), title_told("来源：网络"), title_told("桃花溪畔话支部 (2014-05-21 09:33:47)")
    ('石桥镇党建调研报告', '', '桃花溪畔话支部')
    """
    if len(line) <= MAX_LINE and (entry := RE_ENTRY.fullmatch(line)):
        return entry["title"]
    if len(line) <= MAX_LINE and (topic := _TOPIC.fullmatch(line)):
        return topic["title"] or topic["topic"]
    found = particular(line)
    return found[1] if found and found[0] == "field:title" else ""


@cache
def _field_kind(label: str) -> str:
    """The kind of particular that a label names; empty if none."""
    rows = lexicon.rows("wrapping.csv")
    fields = (row for row in rows if row["kind"].startswith("field:"))
    return next((row["kind"] for row in fields if re.fullmatch(row["pattern"], label)), "")


def matches(line: str, kind: str) -> bool:
    """Whether a line as a whole has a pattern of a kind."""
    return len(line) <= MAX_LINE and pattern(kind).fullmatch(line) is not None


def is_menu(line: str) -> bool:
    """Whether a line is several words, most of them of site menus and none of them long.

    Examples
    --------
    >>> is_menu("首页 | 登录 | 联系我们"), is_menu("登录学习平台的党员有九成")
    (True, False)
    """
    words = [word for word in _TOKENS.split(line) if word] if len(line) <= MAX_LINE else []
    n_site = sum(word in _menu_words() for word in words)
    return n_site >= 2 and 2 * n_site >= len(words) and all(len(word) <= 8 for word in words)


def is_strip(line: str) -> bool:
    """Whether a line is a row of a page's particulars: dates with a time of day, labels with values, words of menus.

    Examples
    --------
    >>> is_strip("2023-05-06 09:12:33 | 阅读：1024"), is_strip("县委组织部　2019年5月")
    (True, False)
    """
    words = [word for word in _WORDS.split(line) if word] if len(line) <= MAX_LINE and "。" not in line else []
    if len(words) < 2:
        return False
    n_fields = sum(particular(word) is not None for word in words)
    has_time = any(_TIME.fullmatch(word) for word in words) and any(_DAY.fullmatch(word) for word in words)
    has_time |= any(_MOMENT.fullmatch(word) for word in words)
    known = [word for word in words if _is_known(word)]
    return (
        (n_fields > 0 or has_time)
        and 2 * len(known) >= len(words)
        and all(len(word) <= MAX_TOKEN for word in words if word not in known)
    )


def _is_known(word: str) -> bool:
    """Whether a word is a date, a time, a number, a label with its value, or of a site's menus."""
    is_number = _TIME.fullmatch(word) or _DAY.fullmatch(word) or _MOMENT.fullmatch(word) or word.isdigit()
    return bool(is_number) or word in _menu_words() or particular(word) is not None


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """All patterns of a kind as one."""
    return re.compile("|".join(row["pattern"] for row in lexicon.rows("wrapping.csv") if row["kind"] == kind))


@cache
def _menu_words() -> frozenset[str]:
    """The words of site menus."""
    return frozenset(row["pattern"] for row in lexicon.rows("wrapping.csv") if row["kind"] == "word")
