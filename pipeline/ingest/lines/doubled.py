"""Numbers of headings and items that a word processor wrote twice when it saved a file as text (一、一、基本情况)."""

import re

from pipeline.ingest.edits import Fix

_NUMBER = r"[一二三四五六七八九十]{1,3}、|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]"
RE_DOUBLED = re.compile(rf"^[ \t\u3000]*(?P<once>{_NUMBER})[ \t\u3000]*(?P<twice>(?P=once))", re.M)
RE_DECIMAL = re.compile(r"^[ \t\u3000]*(\d{1,2})[.．](?!\1[.．])\d{1,2}", re.M)
"""A number of two levels (1.2): where there are such, 1.1. is one too."""
MIN_DOUBLED = 2
"""Lines with a doubled number that a text has at least."""


def drop_doubled(text: str) -> list[Fix]:
    r"""Nothing in place of the second copy of numbers that stand twice.

    Examples
    --------
    >>> [fix.start for fix in drop_doubled("一、一、现状\n支部九个。\n二、二、对策\n加。")]
    [2, 15]
    >>> drop_doubled("1.1.现状\n支部九个。\n1.2.对策\n2.2.保障\n加。")
    []
    """
    found = list(RE_DOUBLED.finditer(text))
    if len(found) < MIN_DOUBLED:
        return []
    if RE_DECIMAL.search(text):
        found = [one for one in found if not one["once"][0].isdigit()]
    return [Fix(one.start("twice"), one.end("twice"), "", "drop_doubled_number") for one in found]
