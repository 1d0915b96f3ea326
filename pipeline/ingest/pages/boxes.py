"""Boxes that a page sets into a report, between two rules or in a frame: links, advertisements, teasers of other reports."""

import re
from collections.abc import Sequence

from pipeline.ingest.pages.wrapping import matches

MAX_LINES, MAX_CHARS = 16, 600
"""Lines and characters of such a box, at most."""
_RULE = "=＝*＊~～_#+—–─━═◇◆☆★·•-"
_LABELLED = re.compile(
    rf"(?P<mark>[{_RULE}])(?P=mark){{2,}}\s*(?P<label>[^\s{_RULE}][^\n{_RULE}]{{0,14}}?)\s*(?P=mark){{3,}}"
)
_FRAME = re.compile(r"(?P<label>[^\s┌╔┏╭]{0,12})\s*[┌╔┏╭][─═━╌┄\s]{3,}[┐╗┓╮]?")
_FRAME_END = re.compile(r"\s*[└╚┗╰][─═━╌┄\s]{3,}[┘╝┛╯]?")
_SIDES = "│║┃|｜ \t\u3000"
_ADVERTISED = re.compile(r"[【\[（(]?(?:广告|推广|赞助|合作推广|AD)[】\])）]?[:：]?")


def boxes(lines: Sequence[str]) -> set[int]:
    """The lines of the boxes whose label says that they are no part of the report.

    Parameters
    ----------
    lines : sequence of str
        Those of a text that are not blank.

    Examples
    --------
    >>> page = ["（五）担当不够。", "====== 猜你喜欢 ======", "《问题及对策》", "==========", "（六）会风拖沓。"]
    >>> sorted(boxes(page)), boxes(["====== 二、问题 ======", "九个支部", "==========="])
    ([1, 2, 3], set())
    """
    found: set[int] = set()
    for i, line in enumerate(lines):
        if i in found or len(line) > 2 * MAX_CHARS:
            continue
        if rule := _LABELLED.fullmatch(line):
            closing = re.compile(rf"{re.escape(rule['mark'])}{{5,}}")
            first = rule["label"]
        elif frame := _FRAME.fullmatch(line):
            closing, first = _FRAME_END, frame["label"] or "".join(lines[i + 1 : i + 2]).strip(_SIDES)
        else:
            continue
        end = next((j for j in range(i + 1, min(i + MAX_LINES, len(lines))) if closing.fullmatch(lines[j])), i)
        if _is_foreign(first) and end > i and sum(map(len, lines[i:end])) <= MAX_CHARS:
            found.update(range(i, end + 1))
    return found


def _is_foreign(label: str) -> bool:
    """Whether a label announces links or an advertisement."""
    return matches(label, "rest") or _ADVERTISED.match(label) is not None
