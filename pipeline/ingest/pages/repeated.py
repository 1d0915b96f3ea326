"""Lines that recur in many sources and are no part of a report: found in clean documents, dropped from others."""

import re
from collections import defaultdict
from collections.abc import Collection, Iterable

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER

MIN_SOURCES = 5
"""Sources that a line recurs in at least; a group of colleagues rarely signs more reports of one corpus."""
EDGE = 8
"""Lines at the beginning and end of a document where wrapping is left; what a site adds takes 3 to 6 of them."""
LENGTHS = range(5, 81)
"""Lengths of a line, in characters; shorter ones are headings (存在问题), longer ones paragraphs."""
RULE = "drop_wrapping_learned"
_RE_OWN = re.compile(
    r"[。：:；;，,、]$|^(?:附件?|摘要|关键词|参考文献)|^[\d年月日〇○零一二三四五六七八九十./\s-]+$"
    r"|(?:委|部|局|办|院|校|会|组|府|厅|处|科|室|站|区|县|市|省|镇|乡|村|街道|支部|公司|中心|集团|同志们?)[）)]?$"
)
"""What a report's own lines are, however many have them: sentences, labels, dates, signatures, salutations."""
_RE_CHINESE = re.compile("[\u4e00-\u9fff]")


def recurring_lines(documents: Iterable[tuple[str, str, str]]) -> list[str]:
    r"""The lines of wrapping that clean documents still have.

    A line counts that stands near the beginning or end of documents of `MIN_SOURCES` sources or more, is the title of
    none, and is neither a heading nor a sentence, a date or a signature; nor may it stand elsewhere in any document.

    Parameters
    ----------
    documents : iterable of (str, str, str)
        source_id, title and text of each.

    Returns
    -------
    list of str
        Sorted.

    Examples
    --------
    >>> page = "{0}镇党建调研\n一、现状\n{0}镇有支部九个。\n关注公众号可获取全文"
    >>> recurring_lines((f"{name}.txt", f"{name}镇党建调研", page.format(name)) for name in "东西南北中")
    ['关注公众号可获取全文']
    """
    sources: dict[str, set[str]] = defaultdict(set)
    own: set[str] = set()
    for source_id, title, text in documents:
        lines = text.split("\n")
        inner = lines[EDGE:-EDGE]
        own.update((lines[0], title, *inner))
        for line in {*lines[1:EDGE], *lines[-EDGE:]}:
            if _may_be_wrapping(line):
                sources[line].add(source_id)
    return sorted(line for line, found in sources.items() if len(found) >= MIN_SOURCES and line not in own)


def drop_repeated(text: str, lines: Collection[str]) -> list[Fix]:
    r"""Nothing in place of learned lines near the beginning and end of a text.

    Examples
    --------
    >>> text = "东镇党建调研\n一、现状\n关注公众号可获取全文"
    >>> [text[fix.start : fix.end] for fix in drop_repeated(text, {"关注公众号可获取全文"})]
    ['\n关注公众号可获取全文']
    """
    if not lines:
        return []
    spans, at = [], 0
    for line in text.split("\n"):
        if line and not line.isspace():
            spans.append((at, at + len(line)))
        at += len(line) + 1
    edge = dict.fromkeys([*spans[1:EDGE], *spans[max(1, len(spans) - EDGE) :]])
    return [Fix(start - 1, end, "", RULE) for start, end in edge if text[start:end].strip() in lines]


def _may_be_wrapping(line: str) -> bool:
    """Whether a line has the form of wrapping."""
    if len(line) not in LENGTHS or RE_MARKER.match(line) or _RE_OWN.search(line):
        return False
    return len(_RE_CHINESE.findall(line)) >= len(line) / 3
