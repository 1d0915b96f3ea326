"""The report that a notice sends or minutes have annexed: they stand above it, with number, addressees, date, a list of annexes."""

import re
from collections.abc import Sequence
from itertools import accumulate

from pipeline.ingest.pages.own import HEAD_LINES
from pipeline.ingest.particulars.title_forms import MAX_BROKEN, bare, is_whole

_STUDY = "(?:报告|调研|调查|纪要|汇报|总结|研究|分析|思考)"
_ENCLOSED = re.compile(
    rf"(?:印发|转发|批转|下发|报送|上报|呈报|呈送|刊发)(?:的|了)?《(?P<title>[^《》]{{4,70}}{_STUDY})》"
    rf"|现将《(?P<sent>[^《》]{{4,70}}{_STUDY})》"
)
"""A report that a notice sends: 关于印发《…调研报告》的通知; a notice that sends a plan or rules is one with them."""
_MINUTES = re.compile("会议纪要|会议记录")
N_MINUTES = 6
"""Lines in which minutes say that they are."""
_ANNEX = re.compile(r"附件?[1一]?[:：]?")
"""A line above an annex."""
MAX_NOTICE = 1_200
"""Characters of a notice above the report that it sends, at most."""


def enclosed_report(lines: Sequence[str]) -> int:
    """The first line of the title of a report that a notice above it sends by name, or that minutes name and have annexed; 0 if
    there is none.

    Parameters
    ----------
    lines : sequence of str
        The lines of a text that are not blank; a title may stand on several.

    Examples
    --------
    >>> notice = ["关于印发《石桥镇党建情况的调研报告》的通知", "各村党支部：", "请认真研究。", "附件"]
    >>> enclosed_report([*notice, "石桥镇党建情况的", "调研报告", "一、现状"]), enclosed_report(notice)
    (4, 0)
    >>> minutes = ["党委会议纪要", "一、会议听取了《石桥镇党建情况的调研报告》。", "附件"]
    >>> enclosed_report([*minutes, "石桥镇党建情况的", "调研报告", "全镇有支部九个。"]), enclosed_report(minutes)
    (3, 0)
    """
    if not any("《" in line or "附" in line for line in lines[:HEAD_LINES]):
        return 0
    head = ["".join(line.split()) for line in lines[:HEAD_LINES]]
    for sent in _ENCLOSED.finditer("".join(head)):
        title = sent["title"] or sent["sent"]
        for i, start in enumerate(accumulate(map(len, head[:-1])), 1):
            is_below = sent.end() <= start <= MAX_NOTICE and title[:2] == head[i][:2]
            if is_below and any(bare(one) == title for one in accumulate(head[i : i + MAX_BROKEN])):
                return i
    return _annexed(head)


def _annexed(head: Sequence[str]) -> int:
    """The first line of the title of a report that minutes name and have annexed; 0 if there is none."""
    if not _MINUTES.search("".join(head[:N_MINUTES])):
        return 0
    for i, above in enumerate(accumulate(head[:-1]), 1):
        if _ANNEX.fullmatch(head[i - 1]) and len(above) <= MAX_NOTICE and any("。" in line for line in head[i:]):
            titles = [bare(one) for one in accumulate(head[i : i + MAX_BROKEN])]
            if any(is_whole(title) and above.find(title) >= len(head[0]) for title in titles):
                return i
    return 0
