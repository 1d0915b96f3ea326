"""Lines about a title that are the report's whatever a page around it shows: the title, its subtitle, bylines, markings."""

import re
from collections.abc import Sequence, Set
from itertools import accumulate, pairwise

from pipeline.ingest.lines.forms import RE_INNER_MARK, RE_SIGNED, first_body, opens, runs_on
from pipeline.ingest.pages.named import named_above
from pipeline.ingest.pages.wrapping import RE_ISO, particular, title_told
from pipeline.ingest.particulars.announced import pairs_of
from pipeline.ingest.particulars.title_forms import (
    MAX_BROKEN,
    MIN_WHOLE,
    RE_ENUMERATED,
    RE_SUBTITLE,
    bare,
    is_complete,
    is_motto,
    is_title,
    is_whole,
    spread_joined,
    subject,
    words,
)
from pipeline.ingest.volumes.marks import RE_PART, RE_RULED, mark_number

HEAD_LINES = 60
"""Lines before the report, at most; 31 pages of provinces' governments have up to 29."""
MIN_NAME = 6
"""Shortest title that only its place tells, in characters."""
MAX_BETWEEN = 6
"""Lines from a title to the date of its page, at most, the date's included."""
_DELIVERED = re.compile(r"[（(]?\d{4}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日[\s,，]*在.{2,40}(?:会议|大会|会)上")
"""When and in what meeting a report was given."""
_ADDRESSED = re.compile(r"各.{2,60}[：:]")
"""Whom a notice is sent to: what it encloses has a title of its own below."""
_SITE_SIGN = re.compile(r"[|｜»›>→_#@:：]|\d{4}-\d")
"""What no beginning of a title has: separators of sites, labels, times of day, dates in figures."""
RE_HOLDER = re.compile(
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
    is_mark = RE_PART.fullmatch(line) or RE_RULED.fullmatch(line)
    return line.startswith(words("marking")) or bool(is_mark or _DELIVERED.match(line))


def title_place(lines: Sequence[str], wrong: Set[int]) -> tuple[int, int] | None:
    """The first and the last line of a report's title in the head of a page; None if none stands there.

    It is the last copy of the first whole title; a like one below more of the page's lines, where a site has put another one
    above the page's particulars; else what stands right above the particulars.

    Parameters
    ----------
    lines : sequence of str
        The head of a page.
    wrong : set of int
        Which of them are the page's.

    Examples
    --------
    >>> page = ["石桥镇党建调研报告范文", "来源：网络", "石桥镇党建调研报告", "镇党委"]
    >>> title_place(page, {1}), title_place(["手机版", "桃花溪畔话支部", "来源：网络"], {0, 2}), title_place(["手机版"], {0})
    ((2, 2), (1, 1), None)
    """
    lines = [spread_joined(line) for line in lines]
    ends = {i: n for i in range(len(lines)) if i not in wrong and (n := _n_lines(lines, i, wrong))}
    again = named_above(lines, wrong) if wrong else []
    if not ends:
        return (again[-1], again[-1]) if again else _above_particulars(lines, wrong)
    titles = {i: bare("".join(lines[i : i + n])) for i, n in ends.items()}
    first = titles[min(titles)]
    start = max(i for i, title in titles.items() if title == first)
    named = {i for i in titles if title_told(lines[i])}
    ending = (i for i in range(start, len(lines)) if i not in wrong and _ends_head(lines[i]))
    sent = next(ending, len(lines))
    below = (i for i in titles if start < i < sent and not (wrong | named).isdisjoint(range(start, i)))
    start = next((i for i in below if is_like(titles[i], first)), start)
    if again and again[-1] > start and start not in again:
        return again[-1], again[-1]
    end = start + ends[start] - 1
    while start - 1 not in wrong and start and is_broken_title(lines[start - 1], lines[start]):
        start -= 1
    return start, end


def _ends_head(line: str) -> bool:
    """Whether a title below a line is another one: the line says whom a notice is sent to, or is a numbered heading."""
    return _ADDRESSED.fullmatch(line) is not None or RE_ENUMERATED.match(line) is not None


def _n_lines(lines: Sequence[str], i: int, wrong: Set[int]) -> int:
    """How many lines from one on are a whole title, or one by the subtitle below it; 0 if they are none."""
    if is_whole(lines[i]) or is_subtitled(lines, i, wrong):
        is_quoted = lines[i].startswith("《") and i > 0 and lines[i - 1].endswith(("：", ":"))
        return int(not is_quoted)
    following = "".join(lines[i + 1 : i + 2])
    is_rest = (
        is_complete(following) and len(following) < MIN_WHOLE <= len(lines[i]) and not RE_INNER_MARK.search(lines[i])
    )
    is_open = is_rest or opens(lines[i]) or runs_on(lines[i], following)
    if not is_title(lines[i]) or not is_open or _repeats(lines[i], following):
        return 0
    joined = accumulate(lines[i : i + MAX_BROKEN])
    return next((n for n, title in enumerate(joined, 1) if i + n - 1 not in wrong and is_whole(title)), 0)


def _repeats(line: str, following: str) -> bool:
    """Whether a line says the whole of the next one, as a browser's title does, and does not go on in it."""
    return len(following) >= MIN_WHOLE and following in line


def is_subtitled(lines: Sequence[str], i: int, wrong: Set[int]) -> bool:
    """Whether a line has the form of a title and a subtitle below it that ends as titles do.

    Examples
    --------
    >>> is_subtitled(["一百零一张卷子", "——离退休党员组织生活调查", "今年九月。"], 0, set())
    True
    """
    if i in wrong:
        return False
    following = lines[i + 1] if i + 1 < len(lines) and i + 1 not in wrong else ""
    return RE_SUBTITLE.match(following) is not None and is_complete(following) and is_title(lines[i])


def is_like(one: str, other: str) -> bool:
    """Whether what two titles are about shares half of the pairs of characters that the shorter one has.

    Examples
    --------
    >>> is_like("石桥镇党建调研报告（原创）", "关于石桥镇党建的调研报告"), is_like("石桥镇党建调研报告", "主题党日活动方案")
    (True, False)
    """
    pairs = [pairs_of(subject(title)) for title in (one, other)]
    return 2 * len(pairs[0] & pairs[1]) >= min(map(len, pairs))


def _above_particulars(lines: Sequence[str], wrong: Set[int]) -> tuple[int, int] | None:
    """The first longer line that is not the page's, if it has the form of a title and only names stand between it and a date."""
    first = next((i for i in range(len(lines)) if i not in wrong and len(lines[i]) >= MIN_NAME), len(lines))
    below = range(first + 1, min(first + 1 + MAX_BETWEEN, len(lines)))
    dated = next((i for i in below if i in wrong and _is_dated(lines[i])), None)
    if dated is None or any(i not in wrong and len(lines[i]) >= MIN_NAME for i in range(first + 1, dated)):
        return None
    return (first, first) if is_title(lines[first]) and not _SITE_SIGN.search(lines[first].replace("：", "")) else None


def _is_dated(line: str) -> bool:
    """Whether a line tells when or from where a page has its text."""
    found = particular(line)
    return RE_ISO.match(line) is not None or (found is not None and found[0] in ("field:time", "field:source"))


def is_broken_title(line: str, following: str) -> bool:
    """Whether a line may be the beginning of a title that ends on the next one, or stand above or be its subtitle.

    Examples
    --------
    >>> is_broken_title("关于教育实践活动", "整改落实情况的报告"), is_broken_title("来源：网络", "整改落实情况的报告")
    (True, False)
    """
    if RE_SUBTITLE.match(line) or RE_SUBTITLE.match(following):
        return RE_SUBTITLE.match(line) is not None or is_title(line)
    if is_motto(line):
        return True
    if (
        not is_title(line)
        or is_whole(line)
        or _repeats(line, following)
        or _SITE_SIGN.search(line.replace("：", ""))
        or particular(line)
    ):
        return False
    return len(line) >= MIN_WHOLE or runs_on(line, following) or opens(line) != ""


def own_lines(lines: Sequence[str], wrong: Set[int]) -> set[int]:
    """Lines that are a report's: marks of parts, markings; its title, with subtitle, and who gave it when, up to its text.

    Parameters
    ----------
    lines : sequence of str
        Those of a text that are not blank.
    wrong : set of int
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
    begins = [0, *(i + 1 for i in marks if i in own)]
    for begin, following in pairwise((*begins, len(lines))):
        head = lines[begin : min(begin + HEAD_LINES, following)]
        within = {i for i in range(len(head)) if begin + i in wrong}
        own.update(begin + i for i in _own_in_head(head[: first_body(head, within)], within))
    return own


def _own_in_head(head: Sequence[str], wrong: Set[int]) -> set[int]:
    """Lines before a report's text that are its: its title, as a field too, with subtitle, and who gave it when."""
    own = {i for i, line in enumerate(head) if title_told(line)}
    place = title_place(head, wrong)
    if not place:
        return own
    start, end = place
    end += end + 1 < len(head) and RE_SUBTITLE.match(head[end + 1]) is not None
    own.update(range(start, end + 1))
    return own | {
        i
        for i in range(end + 1, len(head))
        if i not in wrong and (RE_SIGNED.fullmatch(head[i]) or RE_HOLDER.fullmatch(head[i]))
    }
