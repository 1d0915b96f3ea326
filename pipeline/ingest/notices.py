"""What is to be reported of a file that no report is left of, and of a report that could not be restored."""

from pipeline.values import Reason, Status

STAGE = "documents"
MAX_DAMAGE = 0.01
"""Share of lost characters above which a report is only part of itself (FAULTS contract 2)."""
_EMPTY = "文件里没有文字 / the file has no text"
_BOILERPLATE = "只有网站栏目、下载提示等，没有报告正文 / nothing but a page's wrapping, no report"

Notice = dict[str, str | None]


def nothing_left(source_id: str, *, is_empty: bool) -> Notice:
    """The notice about a file that no report is left of: it was empty, or nothing but a page.

    Examples
    --------
    >>> str(nothing_left("a.txt", is_empty=True)["status"])
    'skipped'
    """
    reason, detail = (Reason.EMPTY, _EMPTY) if is_empty else (Reason.BOILERPLATE, _BOILERPLATE)
    row = {"source_id": source_id, "doc_id": None, "stage": STAGE, "status": Status.SKIPPED}
    return row | {"reason": reason, "detail": detail}


def damaged(damage: float, source_id: str, doc_id: str) -> list[Notice]:
    """A notice about a report of which more than a hundredth could not be restored.

    Examples
    --------
    >>> damaged(0.002, "a.txt", "a.txt#1"), len(damaged(0.02, "a.txt", "a.txt#1"))
    ([], 1)
    """
    if damage <= MAX_DAMAGE:
        return []
    detail = f"有 {damage:.1%} 的文字损坏后无法复原 / {damage:.1%} of the characters could not be restored"
    row: Notice = {"source_id": source_id, "doc_id": doc_id, "stage": STAGE, "status": Status.PARTIAL}
    return [row | {"reason": Reason.DAMAGED, "detail": detail}]
