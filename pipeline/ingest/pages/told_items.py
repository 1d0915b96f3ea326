"""Items that a line of the report announces: they are the report's, however like a page's lists they look."""

import re
from collections.abc import Collection, Sequence

_ANNOUNCES = re.compile(r"(?:如下|以下|下[列面表]|分别[是为]|包括|具体[是为])[^。！？：:]{0,16}[：:]$")
_ANNEX = re.compile(r"附[表件录]\s*[\d一二三四五六七八九十]{0,2}\s*[：:.．、]\s*[^。\s]{2,}")
"""How an annex is headed, below a report."""
_PAGES = re.compile("相关|推荐|小编|阅读|下载|链接|网友|文章|点击|栏目")
"""What pages announce."""
_ITEM = re.compile(r"(?P<number>\d{1,3})(?:[.．、]\s*|\s+)|(?P<mark>[^\w\s“‘《【\[（(—])\s*")
"""How an item begins."""
_OPTION = re.compile(r"([A-HＡ-Ｈ])\s?[.．、:：)）]\s*\S")
"""How an answer to a question begins that may be ticked."""
_NARROW = {code: code - 0xFEE0 for code in range(ord("Ａ"), ord("Ｈ") + 1)}
MIN_ITEMS, MAX_ITEMS = 2, 200
"""Items below a line that announces them, at least, and at most."""


def told_items(lines: Sequence[str], known: Collection[int]) -> set[int]:
    """The items right below lines that announce them (各支部情况如下：) or head an annex: they go on with one mark, or count from 1; and
    the answers of a questionnaire.

    Parameters
    ----------
    lines : sequence of str
        The lines of a page that are not blank.
    known : collection of int
        Which of them are known to be the page's.

    Examples
    --------
    >>> sorted(told_items(["走访的支部如下：", "· 第一支部", "· 第二支部", "附件：走访的人", "1 李明", "2 王芳"], ()))
    [1, 2, 4, 5]
    >>> told_items(["相关文章如下：", "· 党课讲稿", "· 述职报告"], ())
    set()
    >>> sorted(told_items(["会开得怎么样", "A.满意 35%", "B.一般 40%", "C.不满意 25%"], ()))
    [1, 2, 3]
    """
    found = _options(lines)
    for i, line in enumerate(lines):
        is_announced = line.endswith(("：", ":")) and _ANNOUNCES.search(line)
        is_annex = line.startswith("附") and _ANNEX.fullmatch(line)
        if i in known or not (is_announced or is_annex) or _PAGES.search(line):
            continue
        n = 0
        while i + 1 + n < len(lines) and n < MAX_ITEMS and i + 1 + n not in known and _is_next(lines, i + 1, n):
            n += 1
        found |= set(range(i + 1, i + 1 + n)) if n >= MIN_ITEMS else set()
    return found


def _is_next(lines: Sequence[str], first: int, n: int) -> bool:
    """Whether a line is the item of this number, from 0, below the line that announces them."""
    item, opening = _ITEM.match(lines[first + n]), _ITEM.match(lines[first])
    if not item or not opening:
        return False
    return int(item["number"]) == n + 1 if item["number"] else item["mark"] == opening["mark"]


def _options(lines: Sequence[str]) -> set[int]:
    """The answers to questions that are counted from A, one right below the other."""
    found: set[int] = set()
    for first in (i for i, line in enumerate(lines) if _letter(line) == "A"):
        n = 1
        while first + n < len(lines) and _letter(lines[first + n]) == chr(ord("A") + n):
            n += 1
        found |= set(range(first, first + n)) if n >= MIN_ITEMS else set()
    return found


def _letter(line: str) -> str:
    """The letter that an answer is counted by; empty for other lines."""
    found = _OPTION.match(line)
    return found[1].translate(_NARROW) if found else ""
