"""Specks of a scan that were read as marks between Chinese characters."""

import re

from pipeline.ingest.edits import Fix

MIN_SPECKS, MIN_KINDS = 4, 2
"""Marks that no Chinese text has from which a text counts as scanned with specks; one less if they are of so many kinds."""
MAX_POINTS = 0.3
"""Points between characters, next to full stops, in a text where they are specks, at most."""
_CHINESE = "[\u4e00-\u9fff，。、；：！？“”《》（）]"
_SPECK = re.compile(
    rf"(?<={_CHINESE})[ \t]?[`^~|'\\¨´¸ˇ˙]{{1,2}}[ \t]?(?={_CHINESE})|(?<=[，。、；])[ \t]?·[ \t]?(?=[\u4e00-\u9fff])"
)
"""One between two Chinese characters or marks."""
_POINT = re.compile("(?<=[\u4e00-\u9fff])[.][ \t]?(?=[\u4e00-\u9fff，。；])")
"""A point there, which is a speck only beside others."""
_SURE = re.compile(
    rf"[`^¨´¸ˇ˙](?<={_CHINESE}.)(?={_CHINESE})|[~'|](?<=[\u4e00-\u9fff，。].)(?=[\u4e00-\u9fff])|·(?<=[，。、；]·)(?=[\u4e00-\u9fff])"
)
_APART = re.compile(r"(?<=[\u4e00-\u9fff，。、；])[ \t]{1,3}[·|.'~^`](?=[\u4e00-\u9fff])")
"""One behind a blank, right before a character: specks where they are of several kinds; one kind may part a list."""
_SIGNS = ("`", "^", "~", "'", "|", *"¨´¸ˇ˙", "，·", "。·", "、·", "；·", " ·")
_APART_SIGNS = "·|.'~^`"
_NUMERAL = re.compile(r"\s*[一二三四五六七八九十]{1,3}")
"""A number at the beginning of a line, behind which a point stands."""


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
    has_sign = any(sign in text for sign in _SIGNS)
    sure = _SURE.findall(text) if has_sign else []
    apart = list(_APART.finditer(text)) if has_sign and any(f" {sign}" in text for sign in _APART_SIGNS) else []
    has_stops = sum("." in one[0] for one in apart) <= MAX_POINTS * text.count("。")
    apart = apart if has_stops and len({one[0].strip() for one in apart}) >= MIN_KINDS else []
    sure += [one[0].strip() for one in apart]
    if not sure:
        return []
    points = [one for one in _POINT.finditer(text) if not _NUMERAL.fullmatch(_line_before(text, one.start()))]
    points = points if len(points) <= max(MIN_KINDS, MAX_POINTS * text.count("。")) else []
    n_kinds = len({*sure, *(point[0] for point in points)})
    if len(sure) + len(points) < MIN_SPECKS - (n_kinds > MIN_KINDS):
        return []
    spans = {one.span() for one in (*_SPECK.finditer(text), *points)}
    taken = {place for start, end in spans for place in range(start, end)}
    spans |= {one.span() for one in apart if taken.isdisjoint(range(*one.span()))}
    return [Fix(start, end, "", "drop_speck") for start, end in sorted(spans)]


def _line_before(text: str, at: int) -> str:
    """What a line has before a place."""
    return text[max(text.rfind("\n", 0, at) + 1, at - 9) : at]
