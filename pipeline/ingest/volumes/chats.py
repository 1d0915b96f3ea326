"""The reports that were pasted into a chat, each in one message or in several of the same sender."""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from pipeline.ingest.articles import Article
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER, inked_lines, is_closed, n_ink
from pipeline.ingest.particulars.title_forms import is_title, is_whole

RULE = "drop_wrapping"
MIN_MESSAGES = 4
"""Messages of a chat, at least."""
MIN_REPORT, MIN_MORE = 200, 60
"""Characters of a report, and of what stands below its title in its first message or in one that goes on with it, at least."""
MIN_NAME = 6
"""Characters of a report's title, at least."""
MAX_ABOVE = 3
"""Lines of a message but blank ones among which a title stands."""
_SENDER = re.compile(
    r"^(?:\d{4}-\d{1,2}-\d{1,2} +\d{1,2}:\d{2}:\d{2} +(?P<who>\S[^\n]{0,24})"
    r"|(?:楼主|沙发|板凳|地板|\d{1,4}[ ]?[#楼])[ \u3000]+(?P<poster>[^\s:：]{1,20})[^\n]{0,60}\n"
    r"[^\n]{0,12}发表于[ :：\u3000]{0,3}\d{4}-\d{1,2}-\d{1,2} +\d{1,2}:\d{2}[^\n]{0,60}"
    r"|(?P<name>[^\s\d][^\n:：，。]{0,23}?)(?:[ \u3000]+\d{4}-\d{1,2}-\d{1,2})?[ \u3000]{1,4}\d{1,2}:\d{2}(?::\d{2})?)[ \r]*\n",
    re.MULTILINE,
)
"""Who sent a message and when, on a line of its own above it; in a forum on two, the number of the post before them."""


class _Message(NamedTuple):
    """A message: who sent it, where that is told, and where its text begins and ends."""

    sender: str
    head: int
    start: int
    end: int


def chats(text: str) -> list[Article]:
    r"""The reports of a chat into which several were pasted; empty for other texts.

    A report begins on a line of a message that has the form of a title, above more text; further messages of its sender go on
    with it, but for one that begins with a whole title.

    Parameters
    ----------
    text : str
        A text as decoded.

    Returns
    -------
    list of Article
        They tile the text; what else was said is dropped by their changes.

    Examples
    --------
    >>> body = "\n" + "全镇有党支部九个，党员三百名，活动排不开。" * 20 + "\n"
    >>> chat = "小满  09:12\n谁有？\n老秦  09:31\n石桥镇党建调研报告" + body + "小满  09:35\n谢谢！\n老周  09:40\n场所为何有屋无人" + body
    >>> [chat[part.start :][:8] for part in chats(chat)]
    ['小满  09:1', '老周  09:4']
    """
    messages = _messages(text)
    if len(messages) < MIN_MESSAGES or len({message.sender for message in messages}) < 2:
        return []
    reports = [report for report in _reports(text, messages) if _n_ink(text, report) >= MIN_REPORT]
    if len(reports) < 2:
        return []
    begins = [0, *(report[0].head for report in reports[1:])]
    return [
        Article(begin, end, tuple(_fixes(report, begin, end)))
        for report, begin, end in zip(reports, begins, [*begins[1:], len(text)], strict=True)
    ]


def _messages(text: str) -> list[_Message]:
    """The messages of a chat, in order."""
    heads = list(_SENDER.finditer(text))
    ends = [*(head.start() for head in heads), len(text)][1:]
    return [
        _Message(head["who"] or head["poster"] or head["name"], head.start(), head.end(), end)
        for head, end in zip(heads, ends, strict=True)
    ]


def _reports(text: str, messages: Sequence[_Message]) -> list[list[_Message]]:
    """The messages that begin with a title, each with those that go on with it."""
    found: list[list[_Message]] = []
    for message in messages:
        own = next((report for report in reversed(found) if report[0].sender == message.sender), None)
        begun = _begun(text, message, is_whole if own else is_title)
        if begun is not None:
            found.append([begun])
        elif own and n_ink(text[message.start : message.end]) >= MIN_MORE:
            own.append(message)
    return found


def _begun(text: str, message: _Message, is_named: Callable[[str], bool]) -> _Message | None:
    """A message from the title on that stands on one of its first lines, above the report's text; None if there is none.

    A whole title goes first: what stands above one may have the form of a title too.
    """
    found = list[tuple[bool, int]]()
    told = text[message.start : message.end]
    for at, title in inked_lines(told)[:MAX_ABOVE]:
        is_begun = len(title) >= MIN_NAME and is_named(title) and not (is_closed(title) or RE_MARKER.match(title))
        if is_begun and n_ink(told[at + len(title) :]) >= MIN_MORE:
            found.append((not is_whole(title), message.start + at))
    return message._replace(start=min(found)[1]) if found else None


def _n_ink(text: str, report: Sequence[_Message]) -> int:
    """Number of characters of a report but blanks."""
    return sum(n_ink(text[message.start : message.end]) for message in report)


def _fixes(report: Sequence[_Message], begin: int, end: int) -> list[Fix]:
    """The changes that leave a report of a stretch of a chat, in the coordinates of its part."""
    edges = [begin, *(place for message in report for place in (message.start, message.end)), end]
    gaps = zip(edges[::2], edges[1::2], strict=True)
    return [Fix(left - begin, right - begin, "", RULE) for left, right in gaps if left < right]
