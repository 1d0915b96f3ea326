"""What stands between the two parts of a text that a newspaper or a magazine goes on with on another page."""

import re

from pipeline.ingest.edits import Fix

MAX_BETWEEN = 600
"""Characters between the two parts, at most: what is longer may be another report."""
_PAGE = r"\s?第?\s?[\d一二三四五六七八九十]{1,3}\s?[版页]"
_ONWARD = re.compile(rf"\s*[（(【\[▲►→]?\s?下转{_PAGE}[^。\n]{{0,8}}?[）)】\]]?[ \t\u3000]*(?=\n)")
_BACK = re.compile(
    rf"^[ \t\u3000]*[（(【\[▲►→]?\s?上接{_PAGE}[^）)】。\n]{{0,12}}?(?:[）)】\]]|(?=\n))\s*", re.MULTILINE
)


def drop_between(text: str) -> list[Fix]:
    r"""Nothing in place of what stands between the parts of a text, its marks included, but for the line end behind them.

    Examples
    --------
    >>> paper = "会议开了九次，\n（下转第三版）\n农贸市场开业\n（上接第一版）\n人到不齐。"
    >>> [(paper[: fix.start], fix.after, paper[fix.end :]) for fix in drop_between(paper)]
    [('会议开了九次，', '\n', '人到不齐。')]
    >>> drop_between("（下转第三版）\n农贸市场开业"), drop_between("（上接第一版）\n人到不齐。")
    ([], [])
    """
    fixes: list[Fix] = []
    for onward in _ONWARD.finditer(text) if "下转" in text else ():
        back = _BACK.search(text, onward.end())
        if back and back.start() - onward.end() <= MAX_BETWEEN and not (fixes and fixes[-1].end > onward.start()):
            fixes.append(Fix(onward.start(), back.end(), "\n" * ("\n" in back[0]), "drop_wrapping"))
    return fixes
