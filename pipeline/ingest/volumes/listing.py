"""The entries of a volume's list of contents."""

import re

from pipeline.ingest.lines.forms import RE_SENTENCE, Lines, is_closed
from pipeline.ingest.particulars.title_forms import (
    MAX_TITLE,
    MIN_WHOLE,
    RE_SUBTITLE,
    bare,
    organisation_ends,
    spread_joined,
)

MAX_ENTRIES = 200
"""Lines of a list, at most."""
_ITEM = re.compile(
    r"[\s│┃]*(?:[├└┣┗]─*|\d{1,2}\s?[.、．](?!\d)|[（(]\d{1,2}[）)]|之[一二三四五六七八九十]{1,2}[ \u3000]|[^\w\s“‘《【\[（(—])?\s*"
)
"""A number or mark before an entry, or before the title of the report itself."""
_HEADING = re.compile(
    r"[一二三四五六七八九十]{1,3}、|[（(][一二三四五六七八九十]{1,3}[）)]|第[一二三四五六七八九十]{1,3}[章节编]"
)
"""How an entry begins that is a heading in one report."""
_CHAPTER = re.compile(r"\s*第[一二三四五六七八九十]{1,3}(?:部[分份]|[辑卷])")
"""How a line of a list begins that names a part of a volume or of one report, and no report."""
_PAGED = re.compile(r"\s*(?:[.．·・﹒]{3}|…|\s[（(]?\d).*$|[（(]\d{1,4}[）)]$|[ \u3000\t]{2,}\S{2,14}$")
"""What follows a title in a list: dots or blanks, an author, a page."""
MAX_SPREAD = 6
"""Characters between two wide gaps in a line whose characters a scan set apart, at most."""
_CELLS = re.compile(r"[ \u3000\t]{2,}")
RE_BRACKETED = re.compile(r"[（(][^（）()]{1,16}[）)]$")
_DOTS = r"[ \u3000\t.．·・…﹒]"
_SIGNED = re.compile(
    rf"(?P<dots>{_DOTS}{{1,60}})(?P<who>[\u4e00-\u9fff][\u4e00-\u9fff、 \u3000]{{1,24}}){_DOTS}*[（(]?(?:\d{{1,4}}|缺)[）)]?$"
)
"""Who wrote a report, between dots or blanks and the page."""
RE_FOREWORD = re.compile(
    r"^\s*[【\[（(]?(?:前[ \u3000]*言|序[ \u3000]*言?|编者(?:的话|按)|写在前面(?:的话)?|(?:出版|编辑|编写)?说[ \u3000]*明|卷首语"
    r"|导[ \u3000]*[读语言])[】\]）)]?\s*(?:\n|[:：])",
    re.MULTILINE,
)
"""How a volume's foreword begins."""


def entries_of(lines: Lines) -> tuple[list[tuple[str, ...]], set[str], int]:
    """The entries of a list of contents, the names of its columns, and how many lines it takes up.

    Each entry is what its title may be without blanks: the line that tells its page, or that and the one above it.

    Parameters
    ----------
    lines : sequence of tuple of int and str
        The lines below the list's head that are not blank, each with its place.

    Examples
    --------
    >>> entries_of([(0, "第一辑　农村"), (8, "甲镇党建调研报告……1"), (21, "乙镇党建调研报告……9"), (34, "甲镇党建调研报告")])
    ([('甲镇党建调研报告', '第一辑农村甲镇党建调研报告'), ('乙镇党建调研报告',)], {'第一辑农村'}, 3)
    """
    titles: dict[str, tuple[str, ...]] = {}
    chapters: set[str] = set()
    end, n_paged, last = 0, 0, ""
    for n, (_, line) in enumerate(lines[:MAX_ENTRIES], 1):
        title, is_paged = key_of(line), _PAGED.search(line) is not None
        is_again = any(known.startswith(title) for known in titles) and len(title) >= 4
        is_told = is_closed(line) and line[-1] not in "？！?!"  # titles ask and call
        is_prose = not is_paged and (len(line) > MAX_TITLE or is_told or RE_SENTENCE.search(line))
        if is_again or is_prose or _HEADING.match(line) or not (any(map(str.isalnum, title)) or is_paged):
            break
        end = n
        above = last if last and not titles[last] else ""
        if is_paged and above and _tells_more(line, title, above):
            title = above  # what the line above names has its page, its date, its author or its subtitle here
        titles[title] = (title, *([above + title] if above not in ("", title) else [])) if is_paged else ()
        chapters |= {title} if _CHAPTER.match(line) or RE_FOREWORD.match(f"{title}\n") else set()
        n_paged, last = n if is_paged else n_paged, title
    if n_paged and len([keys for keys in titles.values() if keys]) > 1:
        end = n_paged  # what stands below the last page is the first report's
    entries = [keys for title, keys in titles.items() if keys and title not in chapters]
    entries = entries or [(title,) for title in titles if title not in chapters]
    return entries, set(titles) - {key for keys in entries for key in keys}, end


def _tells_more(line: str, title: str, above: str) -> bool:
    """Whether a line, of which `title` is what is no page, tells more of the report that the line above it names."""
    ends = organisation_ends(False)
    is_author = title.endswith(ends) and len(above) >= MIN_WHOLE and not (above.endswith(ends) or _CHAPTER.match(above))
    return not title or is_author or bool(RE_BRACKETED.fullmatch(title) or RE_SUBTITLE.match(line))


def key_of(line: str) -> str:
    """A line as a title without blanks: no number or mark before it, no author or page behind it.

    Examples
    --------
    >>> key_of("★ 石桥镇党建 调研报告………… 12")
    '石桥镇党建调研报告'
    """
    line = _PAGED.sub("", line[_ITEM.match(line).end() :])  # type: ignore[union-attr]
    longest = max(_CELLS.split(line.strip()), key=len)
    is_spread = spread_joined(line) != line or len(longest) <= MAX_SPREAD
    return "".join(bare(line if is_spread else longest).split()).strip("【】[]<>〈〉")


def tells_author(line: str) -> bool:
    """Whether an entry names who wrote what it lists, as no list of one report's headings does.

    Examples
    --------
    >>> tells_author("石桥镇党建调研报告…………县委组织部（12）"), tells_author("一、基本情况…………12")
    (True, False)
    """
    found = _SIGNED.search(line)
    who = "".join(found["who"].split()) if found else ""
    return who.endswith(organisation_ends(False)) or (
        2 <= len(who) <= 3 and found is not None and found["dots"].strip() != ""
    )
