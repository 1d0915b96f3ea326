"""The title of a report that does not show it, from the page around it: an introduction, a field, a path, the browser's title."""

import re
from collections.abc import Iterator, Sequence
from operator import add

from pipeline.ingest.pages.wrapping import particular
from pipeline.ingest.particulars.title_forms import bare, is_complete, is_title, is_whole, subject

_ANNOUNCED = (
    re.compile(
        r"下面是\S{0,10}?(?:整理|收集|带来|分享|推荐|搜集)(?:好)?的?(?:关于)?[《“]?([^，,。》”\n]{5,70})[》”]?[，,。]"
    ),
    re.compile(r"【([^】\n]{5,70})】\s*(?:相关|延伸|推荐)"),
    re.compile(r"导语[:：]\s*([^，,。\n]{5,70}?)一文"),
)
_PARTS = re.compile(r"\s*(?:[|｜»›>→_]|\s[-–—]+\s|-(?=[^-]{2,12}$))\s*|[ \u3000\t]{2,}")
"""What stands between the parts of a path or of a browser's title."""
_COUNTED = re.compile(r"[（(](?:\d{1,2}|[上下完])[）)]$")
"""The number of a post or page behind a title."""
MIN_TOLD = 0.5
"""Least share of the pairs of characters of a title's subject that its report's opening has; teasers of others have few."""
MIN_TOLD_OF_LABELLED = 0.25
"""The same of a title that a field names, where no other field names another."""
MIN_LABELLED = 6
"""Shortest such title, in characters."""
MAX_TOLD = 200
"""Dropped lines that are looked at."""


def announced_title(dropped: Sequence[str], opening: str) -> str | None:
    """The title that a page's own lines give a report; None if they do not.

    Parameters
    ----------
    dropped : sequence of str
        Lines of the page.
    opening : str
        The first paragraphs of the report; what a path or a field names has to be what they speak of.

    Examples
    --------
    >>> announced_title(["下面是小编为大家整理的柳溪县社区党建调研报告,供大家参考。"], "")
    '柳溪县社区党建调研报告'
    >>> announced_title(["标  题: [转载]关于柳溪县社区党建的调研报告(1)"], "柳溪县有社区九个，社区党建有专人抓。")
    '关于柳溪县社区党建的调研报告'
    >>> announced_title(['title: "让党小组转起来"'], "说到党小组，大家少有话说。")
    '让党小组转起来'
    >>> announced_title(["首页 > 调研 > 石桥镇流动党员调研报告"], "柳溪县有社区九个。") is None
    True
    """
    for line in dropped:
        found = next(filter(None, (pattern.search(line[:400]) for pattern in _ANNOUNCED)), None)
        if found and is_complete(found[1]):
            return bare(found[1])
    told = (title for line in dropped[:MAX_TOLD] for title in _named(line))
    whole = next((title for title in told if _told_share(subject(title), opening) >= MIN_TOLD), None)
    return whole or _labelled(dropped, opening)


def _labelled(dropped: Sequence[str], opening: str) -> str | None:
    """The only title that a field names, which need not end as titles do."""
    fields = {said.strip("\"'") for line in dropped[:MAX_TOLD] if (said := _field(line)) is not None}
    title = bare(fields.pop()) if len(fields) == 1 else ""
    is_told = len(title) >= MIN_LABELLED and is_title(title) and _told_share(title, opening) >= MIN_TOLD_OF_LABELLED
    return title if is_told else None


def _field(line: str) -> str | None:
    """What a field that names a title says behind its colon; None if a line is no such field."""
    found = particular(line)
    is_title_field = found is not None and found[0] == "field:title"
    return line.partition("：" if "：" in line else ":")[2].strip() if is_title_field else None


def _named(line: str) -> Iterator[str]:
    """The titles in a field, a path or a browser's title."""
    said = _field(line)
    whole = line if said is None else said
    for part in _PARTS.split(whole[:MAX_TOLD]):
        title = _COUNTED.sub("", bare(part.lstrip("-–— ")))
        if is_whole(title) and subject(title) != title:
            yield title


def _told_share(subject_: str, opening: str) -> float:
    """How much an opening speaks of a subject: the share of its pairs of characters that it has."""
    pairs = pairs_of(subject_)
    return sum(pair in opening for pair in pairs) / len(pairs) if pairs else 0.0


def pairs_of(text: str) -> set[str]:
    """The pairs of characters that stand side by side in a text.

    Examples
    --------
    >>> sorted(pairs_of("党建"))
    ['党建']
    """
    return set(map(add, text, text[1:]))


def share_of(pairs: set[str], others: set[str]) -> float:
    """The share of some pairs of characters that are among others.

    Examples
    --------
    >>> share_of(pairs_of("支部党建"), pairs_of("党建"))
    0.3333333333333333
    """
    return len(pairs & others) / max(len(pairs), 1)
