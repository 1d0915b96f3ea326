"""What a reviewed copy has written out in brackets: of changes, what was put in stays; marks of remarks ([批注1]) go."""

import re
from collections.abc import Iterable, Iterator

from pipeline.ingest.edits import Fix, unmarked

RULE = "fix_change"
MIN_CHANGES = 2
"""Changes that a reviewed copy shows at least."""
_RE_CHANGE = re.compile(
    r"(?P<open>[〔\[［【{<＜])\s?(?:(?P<out>删除?|删去|删掉|原为)|增加?|新增|插入|添加|改为|补)\s?[:：]\s?(?P<shown>[^〔〕\[\]［］【】{}<>＜＞\n]{0,400})[〕\]］】}>＞]"
)
_RE_SIGNED = re.compile(r"[\[{](?P<sign>-{1,2}|\+{1,2})(?P<shown>[^\[\]{}]{0,600}?)(?P=sign)[\]}]")
"""A change between signs, as programs that compare texts show it: [-…-] was taken out, {+…+} put in."""

_RE_REMARK = re.compile(r"批注\s*(?P<mark>[\[［][A-Za-z\u4e00-\u9fff]{0,6}\d{1,3}[\]］])\s*[:：]")
"""The mark of a remark, where the remark is told: 批注 [hl1]: …."""


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
    >>> text = "我市[-非公有制企业-][+民营企业+]有[-九-]{+十+}家。"
    >>> applied(text, accept_changes(text))
    '我市民营企业有十家。'
    >>> text = "占27%[hl2]。另见[5]。\n批注 [hl2]: 已核"
    >>> [text[fix.start : fix.end] for fix in accept_changes(text)]
    ['[hl2]']
    """
    return _changes(text) or _signed(text) or sorted(_marks(text))


def _changes(text: str) -> list[Fix]:
    """The changes that were written out."""
    if "删" not in text and "原为" not in text:
        return []
    found = list(_RE_CHANGE.finditer(text))
    n_out = sum(one["out"] is not None for one in found)
    if len(found) < MIN_CHANGES or not n_out:
        return []
    return list(_accepted((one, one["out"] is not None) for one in found))


def _signed(text: str) -> list[Fix]:
    """The changes that stand between signs, where a text has some of either kind."""
    found = list(_RE_SIGNED.finditer(text)) if "-]" in text or "-}" in text else []
    n_out = sum(one["sign"][0] == "-" for one in found)
    if not 0 < n_out < len(found):
        return []
    return list(_accepted((one, one["sign"][0] == "-") for one in found))


def _accepted(changes: Iterable[tuple[re.Match[str], bool]]) -> Iterator[Fix]:
    """Nothing in place of what was taken out, and of the marks about what was put in; each change with whether it is the former."""
    for found, is_out in changes:
        yield from [Fix(found.start(), found.end(), "", RULE)] if is_out else unmarked(found, RULE)


def _marks(text: str) -> Iterator[Fix]:
    """The marks in the text of the remarks that are told."""
    told = list(_RE_REMARK.finditer(text)) if "批注" in text else []
    starts = {found.start("mark") for found in told}
    for mark in {found["mark"] for found in told}:
        for found in re.finditer(re.escape(mark), text):
            if found.start() not in starts:
                yield Fix(found.start(), found.end(), "", RULE)
