"""The entries of a blog, one below the other on a page: each is a report of its own if it is long enough."""

from itertools import pairwise

from pipeline.ingest.articles import Article
from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import n_ink
from pipeline.ingest.pages.wrapping import MAX_LINE, RE_ENTRY

MIN_ENTRY = 500
"""Characters of an entry that may be a report, at least; the others are diaries and notices."""


def entries(text: str) -> list[Article]:
    r"""The reports of a page with several entries that are long enough; empty for other texts.

    Parameters
    ----------
    text : str
        A text as decoded.

    Returns
    -------
    list of Article
        They tile the text; shorter entries are dropped by their changes.

    Examples
    --------
    >>> body = "\n" + "全镇有支部九个，活动排不开。" * 40 + "\n"
    >>> page = f"老周的博客\n石桥镇党建调研 (2010-05-12 20:16:33){body}柿子树 (2010-05-13 08:00:01)\n结果了。\n"
    >>> page += "村里的事 (2010-05-14 09:00:00)"
    >>> [(part.start, len(part.fixes)) for part in entries(page + body)], entries(page)
    ([(0, 1), (628, 0)], [])
    """
    if ":" not in text:
        return []
    starts, at = [0], 0
    for line in text.split("\n"):
        if len(line) <= MAX_LINE and ":" in line and RE_ENTRY.fullmatch(line.strip()):
            starts.append(at)
        at += len(line) + 1
    parts = list(pairwise([*starts, len(text)]))[1:]
    reports = [part for part in parts if n_ink(text[slice(*part)]) >= MIN_ENTRY]
    if len(reports) < 2:
        return []
    begins = [0, *(start for start, _ in reports[1:])]
    found = []
    for begin, end, (_, stop) in zip(begins, [*begins[1:], len(text)], reports, strict=True):
        rest = (Fix(stop - begin, end - begin, "", "drop_wrapping"),) if stop < end else ()
        found.append(Article(begin, end, rest))
    return found
