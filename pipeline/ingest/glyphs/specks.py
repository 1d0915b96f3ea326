"""Specks of a scan that were read as marks between Chinese characters."""

import re

from pipeline.ingest.edits import Fix

MIN_SPECKS = 4
"""Marks that no Chinese text has from which a text counts as scanned with specks."""
_CHINESE = "[\u4e00-\u9fff，。、；：！？“”《》（）]"
_SPECK = re.compile(rf"(?<={_CHINESE})[ \t]?[`^~|'\\¨´¸ˇ˙]{{1,2}}[ \t]?(?={_CHINESE})")
"""One between two Chinese characters or marks."""
_POINT = re.compile("(?<=[\u4e00-\u9fff])[.][ \t]?(?=[\u4e00-\u9fff，。；])")
"""A point there, which is a speck only beside others."""
_SURE = re.compile(rf"(?<={_CHINESE})[`^¨´¸ˇ˙](?={_CHINESE})")


def drop_specks(text: str) -> list[Fix]:
    r"""Nothing in place of specks, in a text that has several.

    Examples
    --------
    >>> text = "支部开会雷打不动`，逢五必开^，栽了八.回，活了一回。`群众看见账上红字平了，^第一次信了支部。"
    >>> from pipeline.ingest.edits import applied
    >>> applied(text, drop_specks(text))
    '支部开会雷打不动，逢五必开，栽了八回，活了一回。群众看见账上红字平了，第一次信了支部。'
    >>> drop_specks("党员3~5名，组长|副组长各一。")
    []
    """
    if "`" not in text and "^" not in text:
        return []
    if len(_SURE.findall(text)) < MIN_SPECKS:
        return []
    found = [*_SPECK.finditer(text), *_POINT.finditer(text)]
    return [Fix(one.start(), one.end(), "", "drop_speck") for one in sorted(found, key=re.Match.start)]
