"""Strings without meaning that forums hide in their pages, so that a copy of the text is spoiled."""

import re
from itertools import pairwise

from pipeline.ingest.edits import Fix
from pipeline.ingest.glyphs.rarities import Rarity, rarities_of

MIN_JAMMERS = 3
"""Such strings in a text from which they are taken for what they are."""
MIN_GLYPHS, MIN_CHANGES = 6, 0.55
"""Shortest of them, in glyphs, and how often at least a glyph of theirs is of another kind than the one before it."""
MIN_MARKS = 2
"""Marks that each has at least."""
RE_RUN = re.compile(r"[!-~](?: ?[!-~]){5,60}")
"""A stretch of ASCII."""
RE_SENSE = re.compile(r"[A-Za-z]{4}|\d{3}|[=<>]\s?-?\.?\d")
"""What such a string has not: letters or digits in a row, a figure of statistics (p<.05)."""
RE_OWN = re.compile(r"\d+(?:\.\d+)?%?[.,;!?]?|[.,!?:)]")
"""What belongs to the sentence before such a string: its stop, an amount."""


def drop_jammers(text: str) -> list[Fix]:
    r"""Nothing in place of strings that mix letters, digits and marks without sense, where a text has several.

    Examples
    --------
    >>> text = "支部九个.4h,r)B7?!|2X\n党员三百名.9T6`!e0A$y#j\n会开了.;Z1k3V/p+w"
    >>> [text[fix.start : fix.end] for fix in drop_jammers(text)]
    ['4h,r)B7?!|2X', '9T6`!e0A$y#j', ';Z1k3V/p+w']
    >>> drop_jammers("编号PZ-E-07,2019；见[J].2017(4):31-38；邮箱abc@def.example；F(2,97)=4.3,p<.01；r=-.41,P<.05")
    []
    """
    if rarities_of(text) & Rarity.TONED:  # of a gloss mirror, whose damaged runs look like such strings
        return []
    found = [(run.start() + _n_own(run[0], text, run.start()), run.end()) for run in RE_RUN.finditer(text)]
    jammers = [place for place in found if _is_jammer(text[slice(*place)])]
    if len(jammers) < MIN_JAMMERS:
        return []
    return [Fix(start, end, "", "drop_jammer") for start, end in jammers]


def _n_own(run: str, text: str, start: int) -> int:
    """How many glyphs at the beginning of a stretch are the sentence's before it."""
    own = RE_OWN.match(run)
    return own.end() if own and start and not text[start - 1].isspace() else 0


def _is_jammer(run: str) -> bool:
    """Whether a stretch of ASCII changes its kind of glyph at nearly every one."""
    kinds = [_kind(glyph) for glyph in run if glyph != " "]
    if len(kinds) < MIN_GLYPHS or RE_SENSE.search(run) or not {"lower", "upper", "mark"} <= set(kinds):
        return False
    n_changes = sum(one != other for one, other in pairwise(kinds))
    return kinds.count("mark") >= MIN_MARKS and n_changes >= MIN_CHANGES * (len(kinds) - 1)


def _kind(glyph: str) -> str:
    """The kind of a glyph of ASCII."""
    if glyph.isdigit():
        return "digit"
    return "lower" if glyph.islower() else "upper" if glyph.isupper() else "mark"
