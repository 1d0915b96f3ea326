"""Glosses of a mirror that a hard wrap cut: the page was folded at a fixed width after the glosses had been put in."""

import re

from pipeline.ingest.edits import Fix
from pipeline.ingest.mirror.mirrors import RE_GLOSS

MIN_GLOSSES = 8
"""Whole glosses that a text has at least to be a mirror; a text that explains readings is not folded inside of them."""
_LETTER = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɡ]"
RE_FOLD = re.compile(rf"\n(?:\(|{_LETTER}{{0,6}}\))")
"""A cheap sign of one: what stands after every line break that a gloss has or follows."""
RE_INSIDE = re.compile(rf"(?<=[(?]){_LETTER}{{0,6}}(?P<fold>\n+){_LETTER}{{0,6}}\)")
RE_BEFORE = re.compile(rf"(?<=[\u4e00-\u9fff])(?P<fold>\n+)\({_LETTER}{{0,6}}\n?{_LETTER}{{0,6}}\)")


def join_cut_glosses(text: str) -> list[Fix]:
    r"""Nothing in place of line breaks inside a gloss, or between a character and its gloss.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Fix
        Sorted, not overlapping; empty if the text has few whole glosses.

    Examples
    --------
    >>> folded = "落實(shí)黨(dǎng)建責(zé)任,開(kāi)展檢(jiǎn)查,會(huì)議(yì)進(jìn)行熱(r\nè)烈,兩(liǎng)家機\n(jī)關"
    >>> [folded[fix.start - 2 : fix.end + 2] for fix in join_cut_glosses(folded)]
    ['(r\nè)', '家機\n(j']
    """
    if RE_FOLD.search(text) is None or sum(1 for _ in RE_GLOSS.finditer(text)) < MIN_GLOSSES:
        return []
    found = {match.span("fold") for pattern in (RE_INSIDE, RE_BEFORE) for match in pattern.finditer(text)}
    return [Fix(start, end, "", "join_cut_gloss") for start, end in sorted(found)]
