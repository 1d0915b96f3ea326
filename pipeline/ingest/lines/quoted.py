"""Marks before the lines of a text that was quoted in a mail (``> 一、基本情况``)."""

import re

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import inked_lines

RE_QUOTED = re.compile(r"^(?:[>＞][ \t]?)+", re.M)
MIN_QUOTED, MIN_SHARE = 5, 0.5
"""Lines with marks at least, and their share of those that are not blank; a menu or a breadcrumb has single ones."""


def drop_quote_marks(text: str) -> list[Fix]:
    r"""Nothing in place of the marks of a quoted text.

    Examples
    --------
    >>> text = "收到\n> 一、现状\n> 支部九个。\n>\n> > 二、对策\n> > 加人。\n> > 加钱。"
    >>> [text[fix.start : fix.end] for fix in drop_quote_marks(text)]
    ['> ', '> ', '>', '> > ', '> > ', '> > ']
    >>> drop_quote_marks("首页\n> 党建\n一、现状\n支部九个。")
    []
    """
    if ">" not in text and "＞" not in text:
        return []
    found = list(RE_QUOTED.finditer(text))
    n_lines = len(inked_lines(text))
    if len(found) < MIN_QUOTED or len(found) < MIN_SHARE * n_lines:
        return []
    return [Fix(one.start(), one.end(), "", "drop_quote_mark") for one in found]
