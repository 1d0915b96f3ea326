"""Lines about a title that are the report's whatever a page around it shows: the title, its subtitle, bylines, markings."""

import re
from collections.abc import Collection, Sequence

from pipeline.ingest.articles import RE_PART, mark_number
from pipeline.ingest.lines import RE_SIGNED, first_body, opens, runs_on
from pipeline.ingest.title_forms import MIN_WHOLE, RE_SUBTITLE, bare, is_title, is_whole, words
from pipeline.ingest.wrapping import particular

HEAD_LINES = 60
"""Lines before the report, at most; 31 pages of provinces' governments have up to 29."""
_DELIVERED = re.compile(r"[（(]?\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[\s,，]*在.{2,40}(?:会议|大会|会)上")
"""When and in what meeting a report was given."""
_SITE_SIGN = re.compile(r"[|｜»›>→_#@:：]|\d{4}-\d")
"""What no beginning of a title has: separators of sites, labels, times of day, dates in figures."""
_HOLDER = re.compile(
    r"[（(]?[\u4e00-\u9fff]{0,16}(?:省长|市长|州长|县长|区长|镇长|乡长|主席|书记|局长|部长|厅长|主任|校长|院长|委员|教授|讲师|研究员)"
    r"[\s　:：]*[\u4e00-\u9fff·]{1,14}(?:[\s　][\u4e00-\u9fff]{1,4}){0,2}[）)]?"
)
"""Who gave a report, by office and name."""


def is_own(line: str) -> bool:
    """Whether a line before a title is the report's: a marking, where and when it was held, the mark of a part.

    Examples
    --------
    >>> is_own("内部资料　注意保存"), is_own("篇二：石桥镇党建调研报告"), is_own("首页 > 正文")
    (True, True, False)
    """
    return line.startswith(words("marking")) or bool(RE_PART.fullmatch(line) or _DELIVERED.match(line))


def title_place(lines: Sequence[str], wrong: Collection[int]) -> tuple[int, int]:
    """The first and the last line of the last copy of a report's title in the head of a page; zeros if none stands there.

    Parameters
    ----------
    lines : sequence of str
        The head of a page.
    wrong : collection of int
        Which of them are the page's.
    """
    titles = [bare(line) if i not in wrong and is_whole(line) else "" for i, line in enumerate(lines)]
    first = next(filter(None, titles), None)
    end = max((i for i, found in enumerate(titles) if found == first), default=0) if first else 0
    start = end
    while start - 1 not in wrong and start and _is_broken_title(lines[start - 1], lines[start]):
        start -= 1
    return start, end


def _is_broken_title(line: str, following: str) -> bool:
    """Whether a line may be the beginning of a title that ends on the next one, or stand above or be its subtitle."""
    if RE_SUBTITLE.match(line) or RE_SUBTITLE.match(following):
        return RE_SUBTITLE.match(line) is not None or is_title(line)
    if not is_title(line) or is_whole(line) or _SITE_SIGN.search(line):
        return False
    return len(line) >= MIN_WHOLE or runs_on(line, following) or opens(line) != ""


def own_lines(lines: Sequence[str], wrong: Collection[int]) -> set[int]:
    """Lines that are a report's: marks of parts, markings; its title, with subtitle, and who gave it when, up to its text.

    Parameters
    ----------
    lines : sequence of str
        Those of a text that are not blank.
    wrong : collection of int
        Which of them are known to be the page's.

    Examples
    --------
    >>> sorted(own_lines(["首页 > 正文", "石桥镇党建调研报告", "——以九个支部为例", "手机看新闻", "镇长 李明"], {0}))
    [1, 2, 4]
    """
    own = {i for i, line in enumerate(lines) if i not in wrong and is_own(line)}
    marks = {i: number for i, line in enumerate(lines) if (number := mark_number(line))}
    counted = {0, *marks.values()}
    own.update(i for i, number in marks.items() if i == 0 or number - 1 in counted)
    head = lines[: first_body(lines[:HEAD_LINES], wrong)]
    own.update(
        i for i, line in enumerate(head) if (found := particular(line)) and found[0] == "field:title" and found[1]
    )
    start, end = title_place(head, wrong)
    if not head or start in wrong or not is_whole(head[end]):
        return own
    end += end + 1 < len(head) and RE_SUBTITLE.match(head[end + 1]) is not None
    own.update(range(start, end + 1))
    for i in range(end + 1, len(head)):
        if i not in wrong and (RE_SIGNED.fullmatch(head[i]) or _HOLDER.fullmatch(head[i])):
            own.add(i)
    return own
