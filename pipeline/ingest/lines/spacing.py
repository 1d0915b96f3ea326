"""Blanks inside words, as some PDFs yield them."""

import re

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_MARKER, splits_word

RE_BLANK = re.compile(r"[ \u3000]{1,2}(?=[\u4e00-\u9fff，。；：、！？）”》（“《])")
RE_BEFORE = re.compile(r"[\u4e00-\u9fff，。；：、！？）”》]")
MIN_DAMAGED = 3
"""Blanks inside words from which a text counts as full of them."""
MIN_SHARE = 0.25
"""Least share of them among all blanks between ideographs: blanks at random places split a word in 4 of 10 cases."""
N_SAMPLE = 400
"""Blanks that are looked at as evidence."""


def join_spaced(text: str) -> list[Fix]:
    """Words in one piece, where blanks are strewn over the text.

    A blank that separates a heading from its text, parts of a title or the characters of a name stays.

    Examples
    --------
    >>> [fix.start for fix in join_spaced("全县基层党 组织的地 基固了，党 委的工作 实了。")]
    [5, 10, 16, 21]
    >>> join_spaced("一、统一思想 党建工作是一项系统工程。")
    []
    """
    found = [one for one in RE_BLANK.finditer(text) if one.start() and RE_BEFORE.match(text, one.start() - 1)]
    if len(found) < MIN_DAMAGED:
        return []
    sample = found[:N_SAMPLE]
    split = [one for one in sample if _is_split(text, one)]
    n_prose = sum(not _is_in_title(text, one) for one in sample)
    if len(split) < MIN_DAMAGED or len(split) < MIN_SHARE * n_prose:
        return []
    kind = max(" ", "\u3000", key=[one[0][0] for one in split].count)
    keeps = _keeps_separators(text, sample)
    wrong = (one for one in found if one[0][0] == kind and not (keeps and _is_after_heading(text, one)))
    return [Fix(one.start(), one.end(), "", "join_spaced") for one in wrong if not _is_in_title(text, one)]


def _is_split(text: str, blank: re.Match[str]) -> bool:
    """Whether a blank stands inside a word."""
    start, end = blank.span()
    return splits_word(text[max(0, start - 8) : start], text[end : end + 8])


def _keeps_separators(text: str, sample: list[re.Match[str]]) -> bool:
    """Whether blanks separate headings from their text: then most headings with text have one."""
    n_headings = sum(RE_MARKER.match(line) is not None and len(line) > 40 for line in text.split("\n"))
    n_separated = sum(_is_after_heading(text, one) and not _is_split(text, one) for one in sample)
    return n_separated >= 0.6 * n_headings > 0


def _is_after_heading(text: str, blank: re.Match[str]) -> bool:
    """Whether a blank stands between the words of a numbered heading and its text."""
    before, after = _line_around(text, blank)
    return RE_MARKER.match(before) is not None and not any(mark in before for mark in "。；，") and len(after) > 30


def _is_in_title(text: str, blank: re.Match[str]) -> bool:
    """Whether a blank stands between two halves of a title that have one length, or before a name at a line's end."""
    before, after = _line_around(text, blank)
    if _is_split(text, blank) or any(mark in before + after for mark in "。，；、"):
        return False
    half = re.split("[—（( ]", after)[0]
    is_name = len(after) <= 3 and before[-1:] in ("长", "记", "员", "任", "席", "师", "委", "授")
    return is_name or len(before) == len(half) >= 4


def _line_around(text: str, blank: re.Match[str]) -> tuple[str, str]:
    """What stands before and after a blank on its line, 80 characters at most."""
    start, end = blank.span()
    before = text[max(0, start - 80) : start].rpartition("\n")[2]
    return before, text[end : end + 80].partition("\n")[0]
