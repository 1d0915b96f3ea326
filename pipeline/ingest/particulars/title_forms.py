"""What a line is by its form: a title, a part of one, a field, the name of an organisation."""

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from pipeline import lexicon

MAX_TITLE = 70
"""Longest title, in characters; the longest of 96 real reports looked at has 56."""
MAX_BROKEN = 3
"""Lines over which a title is looked for, at most."""
MAX_CLAUSES = 4
"""Commas in a title, at most; 968 annotated reports have up to 3."""
MIN_WHOLE = 8
"""Shortest whole title, in characters; shorter ones name columns (党建研究)."""
MAX_LINE = 2 * MAX_TITLE
"""Longest line that can hold a title, with blanks between its characters or a site's name behind it."""
MAX_LEADING = 30
"""Longest line before a title that may end a sentence, or is the title's first half, in characters."""
MAX_MARKING = 20
"""Longest line of a marking, with the number of the copy, in characters that are not blank."""
MIN_MOTTO = 6
"""Shortest half of a title before a colon, in characters."""
RE_COUNTED = re.compile(
    r"\d{1,2}(?:\.\d{1,2}){0,3}[ \u3000]+(?![个名项年月日天条份位家所座支张封次期])(?=[\u4e00-\u9fff“])"
)
"""How a heading, or a line of a table of contents, begins on the pages of wikis (2.1 师傅)."""
RE_ENUMERATED = re.compile(
    rf"\s*(?:{RE_COUNTED.pattern}"
    r"|[一二三四五六七八九十]{1,3}[、.．]|[(（〔][一二三四五六七八九十\d]{1,3}[)）〕]"
    r"|第[一二三四五六七八九十]{1,3}[章节部]|\d{1,2}[、.．](?!\d)|0\d\s(?=\S)|[①-⑳⑴-⒇㈠-㈩])"
)
RE_SUBTITLE = re.compile(r"\s*(?:[—―–－─]+|-{2,})\s*")
RE_DATE_ONLY = re.compile(
    r"[\s（(【\[]*[\d〇零○一二三四五六七八九十×XxⅩ*]{2,4}\s*[年./-]\s*[\d〇零○一二三四五六七八九十×XxⅩ*]{0,3}\s*[月./-]?"
    r"\s*[\d一二三四五六七八九十×XxⅩ*]{0,3}\s*日?(?:\s*\d{1,2}[:：时]\d{1,2}\S{0,4})?[\s）)】\]]*"
)
_ARTICLE_MARK = re.compile(
    r"\s*(?:[【\[（(]?(?:第[一二三四五六七八九十\d]{1,3}篇|篇[一二三四五六七八九十\d]{1,3})[】\]）)]?\s*[:：、.]?|\[标题\])\s*"
)
_SITE = re.compile(
    r"\s*[-_—|–]\s*[^-_—|–\s]{2,12}(?:网|文库|文档|之家|资料库)$|\.(?:docx?|pdf|txt|wps|rtf)$|\[复制链接\]$"
    r"|\s*[（(【](?:(?:精选|通用|推荐|优秀|最新|热门|必备|完整)[版篇]?|全文(?:完整|阅读)?|欢迎(?:交流|讨论)|[^（()）]{0,8}(?:拍砖|勿喷|轻拍|指正|指教|赐教)[^（()）]{0,4})[）)】]$"
)
_COLUMNS = "(?:园地|视窗|专区|论坛|之窗|天地|纵横|频道|广角|前沿)"
"""How the names of columns end."""
_COLUMN = re.compile(
    r"\s*(?:【(?:原创|转载|推荐|调研|调研报告|范文[一二三四五六七八九十\d]{0,2}|[^】\n]{2,4}(?:观察|视点|论坛|之窗|园地|在线|专栏|聚焦|动态))】"
    r"|\[(?:原创|转载|推荐|调研|调研报告|经验交流|经验材料|旧稿|旧文|存稿|存底)\]|\A[\u4e00-\u9fff]{2,8}\s*[|｜丨]\s*(?=\S{6})"
    rf"|(?:[\u4e00-\u9fff]{{2,16}}网[ \u3000]+)?[\u4e00-\u9fff]{{2,6}}{_COLUMNS}\s*[・·|｜:：—-]+\s*(?=\S{{8}}))\s*"
)
"""The column of a site or forum before a title."""
RE_COLUMN = re.compile(rf"[\u4e00-\u9fff]{{2,6}}(?:{_COLUMNS}|专栏)")
"""The name of a column on a line of its own, without blanks."""
_BAR = re.compile("[|｜丨]")
_SHOWN = re.compile(r"[【\[](?!篇|第|[^】\]\n]{0,4}[\d一二三四五六七八九十][】\]])[^】\]\n]{2,6}[】\]]\s*(?=\S{6})")
"""Any name in brackets before a title, which on a page is its column's; elsewhere it may be the title's."""
_FOOTNOTE = re.compile(r"(?<=\w)\s*[*＊†‡①]$")
"""The mark of a footnote behind a title."""
_TRAIL = re.compile(r"(?:[（(][^（）()]{1,12}[)）]|[\d一二三四五六七八九十]{1,2}\s*篇?|精选|[》”\"])\s*$")
_TRAILED = ("）", ")", "篇", "选", "》", "”", '"', *"一二三四五六七八九十")
"""The last characters of what `_TRAIL` takes, but for figures."""
_LABEL = re.compile(r"\s*[【\[［〔]([^】\]］〕]{2,10})[】\]］〕]")
"""A label in brackets at the beginning of a line."""
RE_DOC_NUMBER = re.compile(
    r"[^。]{0,16}(?:[〔\[（(【]\s*(?:19|20)\d\d\s*[〕\]）)】]\s*第?\s*\d*\s*号|第\s*[\d×一二三四五六七八九十]+\s*期)"
)
_PROSE = re.compile(r"\s*(?:为了?(?!什么)|根据|按照|近年来|近期|近日|一年来|自\S{1,12}以来|\d{4}年来)\S*[，,]")
_NO_TITLE = re.compile(
    r"[●◆■▲★◇○□※◎☆△▼▶►☞•]|\d{1,4}[ \u3000]{2,}\S|[\[［]\d|【[^】]{2,14}】(?:\s?[（(][\d一二三四五六七八九十]{1,3}[）)])?$|[^>»›]*\s?[>»›]\s"
)
"""How a column's name, a path, a reference, an item or a running head with its page begins."""
_GAP = re.compile(r"\S(?:\t| {5}|[\u3000 ]{3}\u3000)\s*\S")
"""What parts the cells of a letterhead or a menu."""
_GAPS = re.compile(r"\s.+\s")
"""Blanks between the entries of a menu (论坛 导读 排行榜)."""
_SPREAD = "[“‘《（]?[^\\s\\d“”‘’《》（）](?:[”’》）、，：《“]+[^\\s\\d“”‘’《》（）]?)?"
RE_SPREAD = re.compile(rf"{_SPREAD}(?:[ \u3000]{{1,4}}{_SPREAD}){{2,}}")
"""Characters a blank or more apart, as titles are set (调 研 报 告); a mark may lie between two."""


@lru_cache(maxsize=4096)
def bare(line: str) -> str:
    """A title line without the marks of a collection, a site's name and the 《》 around the whole of it."""
    line = _SITE.sub("", _ARTICLE_MARK.sub("", _COLUMN.sub("", line.strip(), count=1), count=1)).strip()
    line = _FOOTNOTE.sub("", spread_joined(line))
    is_enclosed = any(line.startswith(a) and line.endswith(b) and line.count(a) == 1 for a, b in ("《》", "【】"))
    return line[1:-1] if is_enclosed and len(line) > MIN_WHOLE else line


def without_column(line: str) -> str:
    """The title behind the name of a site's column in brackets or before a bar; empty if there is none.

    Examples
    --------
    >>> without_column("【调研思考】石桥镇党建调研报告"), without_column("【讨论稿】石桥镇党建调研报告")
    ('石桥镇党建调研报告', '')
    """
    line = line.strip()
    found = (
        _COLUMN.match(line) or _SHOWN.match(line) if line[:1] in "【[" or " - " in line or _BAR.search(line) else None
    )
    title = line[found.end() :] if found and not found[0].strip(" 【】[]").startswith(words("marking")) else ""
    return title if is_title(title) else ""


def spread_joined(line: str) -> str:
    """A line without the blanks between all of its characters (调 研 报 告)."""
    joined = "".join(line.split())
    is_ending = len(joined) == 2 and len(line.strip()) > 2 and joined in words("title_end")
    return joined if is_ending or RE_SPREAD.fullmatch(line.strip()) else line


def is_gapped(line: str) -> bool:
    """Whether wide blanks part a line into cells, as in a letterhead or a menu.

    Examples
    --------
    >>> is_gapped("专题调研        江畔学刊"), is_gapped("调  研  报  告")
    (True, False)
    """
    return _GAP.search(line) is not None and spread_joined(line) == line


def is_complete(line: str) -> bool:
    """Whether a line ends (or opens) as only whole titles do: ``…调研报告（讨论稿）``, ``浅谈…``."""
    line = line.strip()
    for _ in range(3):
        last = line.rstrip()[-1:]
        if last not in _TRAILED and not last.isdecimal():
            break
        line = _TRAIL.sub("", line)
    return line.endswith(words("title_end")) or (line.startswith(words("title_open")) and not _GAPS.search(line))


def subject(line: str) -> str:
    """A title without the words that only say of what kind it is.

    Examples
    --------
    >>> subject("石桥镇党建调研报告"), subject("关于石桥镇党建的调查与思考")
    ('石桥镇党建', '石桥镇党建的')
    """
    title = bare(line).removeprefix("关于")
    for _ in range(3):
        if not title.endswith(words("title_end")):
            return title.removesuffix("与")
        kind = max((end for end in words("title_end") if title.endswith(end)), key=len)
        title = title.removesuffix(kind).removesuffix("与")
    return title


def is_field(line: str) -> bool:
    """Whether a line is a labelled particular: ``时间：…``, ``摘要：…``, ``[关键词] …``."""
    if (label_in := _LABEL.match(line)) and "".join(label_in[1].split()) in words("field"):
        return True
    label, colon, _ = line.lstrip("[【（( 　").replace(":", "：")[:12].partition("：")
    return bool(colon) and label.strip("】] 　") in words("field")


def is_organisation(line: str) -> bool:
    """Whether a line is the name of an organisation and no more."""
    line = line.strip("（）() 　")
    return 3 <= len(line) <= 40 and line.endswith(organisation_ends(False)) and "关于" not in line and "的" not in line


@cache
def words(kind: str) -> tuple[str, ...]:
    """The terms of a kind in ``front_matter.csv``."""
    return tuple(row["term"] for row in lexicon.rows("front_matter.csv") if row["kind"] == kind)


@cache
def organisation_ends(proper_only: bool) -> tuple[str, ...]:
    """Last words of names of organisations."""
    rows = lexicon.rows("organisation_names.csv")
    return tuple(row["term"] for row in rows if row["proper"] == "yes" or not proper_only)


@lru_cache(maxsize=512)
def is_whole(line: str) -> bool:
    """Whether a line is a title from its beginning to its end.

    Examples
    --------
    >>> is_whole("柳溪县社区党建调研报告"), is_whole("党建研究"), is_whole("老槐树的博客")
    (True, False, False)
    """
    if len(line) > MAX_LINE:
        return False
    title = bare(line)
    return len(title) >= MIN_WHOLE and is_title(line) and is_complete(title)


def is_title(line: str) -> bool:
    """Whether a line has the form of a title or of the beginning of one."""
    if len(line) > MAX_LINE:
        return False
    title = bare(line)
    if not 2 <= len(title) <= MAX_TITLE or not is_fragment(line) or title in words("not_title"):
        return False
    n_clauses = title.count("，") + title.count(",")
    return n_clauses <= MAX_CLAUSES if is_complete(title) else n_clauses <= 2 and not _PROSE.match(title)


_NO_PART = re.compile("[;，,：:…!！]$|[。；]|://")


def is_fragment(line: str) -> bool:
    """Whether a line can be part of a title: short, no sentence, no field, no number, no date, no address."""
    text = line.strip()
    if not text or len(text) > MAX_TITLE or _NO_PART.search(text):
        return False
    if RE_ENUMERATED.match(text) or RE_SUBTITLE.match(text) or RE_DATE_ONLY.fullmatch(text) or is_field(text):
        return False
    if RE_DOC_NUMBER.fullmatch(text) or is_gapped(text):
        return False
    if _NO_TITLE.match(text) or text.startswith(("问：", "问:", "答：", "答:")) or len(set(text)) <= 2 < len(text) - 2:
        return False
    is_address = text.startswith(words("address")) or text[0] in "（(·"
    return not is_address and any("\u4e00" <= char <= "\u9fff" for char in text)


def is_motto(line: str) -> bool:
    """Whether a line is the first half of a title, up to its colon or comma.

    Examples
    --------
    >>> is_motto("从“数得着”到“立得住”："), is_motto("现将情况报告如下："), is_motto("各乡镇党委组织部：")
    (True, False, False)
    """
    motto = line.strip().rstrip("：:，,")
    is_short = MIN_MOTTO <= len(motto) <= MAX_LEADING and motto != line.strip()
    return is_short and is_title(motto) and not (motto.startswith("各") or motto.endswith(("如下", "下面", "同志")))


def joined(parts: Iterable[str]) -> str:
    """Parts of a broken title as one line; a blank only between letters of an alphabet.

    Examples
    --------
    >>> joined(["从数字", "看支部：GDP", "Plus"])
    '从数字看支部：GDP Plus'
    """
    title = ""
    for part in parts:
        gap = " " if title and title[-1].isascii() and part[:1].isascii() and title[-1].isalpha() else ""
        title += gap + part.strip()
    return title
