"""Changes of a reviewed copy that were written out in brackets: what was put in stays, what was taken out goes."""

import re

from pipeline.ingest.edits import Fix, unmarked

RULE = "fix_change"
MIN_CHANGES = 2
"""Changes that a reviewed copy shows at least."""
_RE_CHANGE = re.compile(
    r"(?P<open>[〔\[［【{<＜])\s?(?:(?P<out>删除?|删去|删掉|原为)|增加?|新增|插入|添加|改为|补)\s?[:：]\s?(?P<shown>[^〔〕\[\]［］【】{}<>＜＞\n]{0,400})[〕\]］】}>＞]"
)


def accept_changes(text: str) -> list[Fix]:
    r"""Nothing in place of what was taken out, and of the marks about what was put in, where both are told.

    Examples
    --------
    >>> text = "用〔删：一个月左右〕〔增：三十四天〕时间，下到五个作业区。"
    >>> from pipeline.ingest.edits import applied
    >>> applied(text, accept_changes(text))
    '用三十四天时间，下到五个作业区。'
    >>> accept_changes("〔增：编制三名〕，见附表。〔增：经费九万元〕")
    []
    """
    if "删" not in text and "原为" not in text:
        return []
    found = list(_RE_CHANGE.finditer(text))
    n_out = sum(one["out"] is not None for one in found)
    if len(found) < MIN_CHANGES or not n_out:
        return []
    fixes: list[Fix] = []
    for one in found:
        fixes += [Fix(one.start(), one.end(), "", RULE)] if one["out"] else unmarked(one, RULE)
    return fixes
