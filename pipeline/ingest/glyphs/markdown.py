"""Markdown of clipped pages: headings, links, pictures, bold type and escapes are taken for what they show."""

import re
from collections.abc import Iterator

from pipeline.ingest.edits import Fix, unmarked

RULE = "drop_markup"
MIN_MARKS = 3
"""Headings, links, pictures and lines in bold type from which a text counts as Markdown."""
_HINTS = ("](", "]{", "[/", "\n#", "\n**", "\n| ")
"""What a text has some of that has marks of Markdown, if it does not begin with one."""
_TARGET = r"\((?:https?:|/|#|\.{0,2}/|javascript:|mailto:|data:)(?:[^()\s\\]|\\.|\([^()\s]{0,40}\)){0,400}(?:[ \t]+\"[^\"\n]{0,80}\")?\)"
"""An address in brackets behind what a link shows."""
_TRAITS = r"\{[.#A-Za-z][^{}\n]{0,120}\}"
"""What a converter of Word files writes behind what it marks: {.mark}, {#_Toc167302 .anchor}, {width="0.69in"}."""
_PICTURE = re.compile(
    rf"!\[\[[^\]\n]{{1,120}}\]\]|!\[[^\]\n]{{0,80}}\](?:{_TARGET}|\([\w./%-]{{1,120}}\.(?i:png|jpe?g|gif|bmp|[ew]mf|svg)\))(?:{_TRAITS})?"
)
_ANCHOR = re.compile(rf"\[\]{_TRAITS}")
_SPAN = re.compile(rf"\[(?P<shown>[^\[\]\n]{{1,200}})\]{_TRAITS}")
_LINK = re.compile(rf"\[(?P<shown>[^\[\]\n]{{0,120}})\]{_TARGET}")
_HEADING = re.compile(r"^#{1,6}[ \t]+(?=\S)", re.MULTILINE)
_NAMED = re.compile(rf"(?<=\S)[ \t]+{_TRAITS}[ \t]*$", re.MULTILINE)
"""What a converter writes behind a heading."""
_BOLD = re.compile(r"^[#> \t\u3000]*(?P<mark>\*\*)(?P<shown>[^*\n]{4,80})(?P=mark)[ \t\u3000]*$", re.MULTILINE)
"""A line in bold type; within lines, `**` is what stands for a name that was struck out (**区, **项)."""
_RUN_IN = re.compile(
    r"^[> \t\u3000]*(?P<mark>\*\*)(?P<shown>"
    r"(?:[（(]?[一二三四五六七八九十\d]{1,3}[）)、.．]|[一二三四五六七八九十]是|第[一二三四五六七八九十][，,、])[^*\n]{2,80}|[^*\n]{2,40}[。：:])\*\*(?=[^\s*])",
    re.MULTILINE,
)
"""A heading in bold type with a number, or a full stop, before the text on its line."""
_STRUCK = "[区县市省镇乡村街社局委办厅处科院校所项个名人户元万亿年月日号路]"
"""What stands behind a name or a number that was struck out (**区): no bold type begins and is followed by it."""
_INLINE = (
    re.compile(
        rf"(?P<mark>\*\*)(?P<shown>(?!{_STRUCK}|\s)[^*\n]{{1,80}}(?<!\s)|{_STRUCK}[^*\n]{{1,80}}(?=\*\*(?!{_STRUCK})))\*\*(?!\*)"
    ),
    re.compile(r"(?<!=)(?P<mark>==)(?P<shown>[^=\s][^=\n]{0,200})==(?!=)"),
    re.compile(r"(?P<mark>\[\[(?:[^\[\]|\n]{1,60}\|)?)(?P<shown>[^\[\]|\n]{1,60})\]\]"),
    re.compile(r"^(?P<mark>\*)(?P<shown>[^*\s][^*\n]{3,80})\*[ \t]*$", re.MULTILINE),
)
"""Bold type, colours, links between notes and italics; only where headings show that the text is Markdown."""
_ROW = re.compile(r"^[ \t]*\|[^\n]{1,2000}\|[ \t]*$", re.MULTILINE)
_LONE_CELL = re.compile(r"^[ \t]*(?P<mark>\|[ \t]*)(?P<shown>[^|\s][^|\n]{3,3000}?)[ \t]*\|[ \t]*$", re.MULTILINE)
"""A row that is one cell: a form that holds a report's text."""
_CELL_ENDS = re.compile(r"[ \t]*\|[ \t]*")
_BULLET = re.compile(r"^[ \t]{0,8}[-*+][ \t]+(?:\[[ xX]\][ \t]+)?(?=[^\s*+-])", re.MULTILINE)
_REMARK = re.compile(
    r"^[ \t]{0,8}[-*+][ \t]+\[[ xX]\][ \t]+[^\n]*\n|[ \t]\^[a-z0-9]{4,8}$|%%[^%\n]{1,400}%%\n?|<!--[^<>]{1,400}-->\n?",
    re.MULTILINE,
)
"""A remark that is not shown, a thing to do, the name of a block."""
_CALLOUT = re.compile(r"^>[ \t]*\[![A-Za-z]{2,12}\][^\n]*\n(?:>[^\n]*\n)*", re.MULTILINE)
"""A box with a remark of who clipped the page."""
_ESCAPE = re.compile(r"\\(?=[\\`*_{}\[\]()#+\-.!>~|%&$@^<'\"])")
_FORUM = re.compile(
    r"\[(?P<close>/)?(?i:b|i|u|s|size|font|color|backcolor|align|left|center|right|indent|p|url|quote|list|table|tr|td|float)"
    r"(?:=[^\[\]\n]{0,60})?\]"
)
"""A mark of a forum's posts: [b], [size=3], [/b]."""
_NOTE = re.compile(r"^\[\^[\w-]{1,12}\]:[^\n]*(?:\n[ \t]{2,}\S[^\n]*)*\n?|\[\^[\w-]{1,12}\]", re.MULTILINE)
"""A note at the foot, and the mark in the text that refers to it."""
_ROW_RULE = re.compile(r"^[ \t]*\|?(?:[ \t]*:?-{3,}:?[ \t]*\|){1,20}[ \t]*:?-*:?[ \t]*\n", re.MULTILINE)
_HEAD = re.compile(r"\A\s{0,4}---\n(?:(?:[A-Za-z_-]{1,20}:|[ \t]*-[ \t])[^\n]{0,400}\n){1,20}---\n")
"""Particulars at the head of a clipped page."""


def drop_markup(text: str) -> list[Fix]:
    r"""Nothing in place of the marks of Markdown, where a text has several.

    Examples
    --------
    >>> text = "# 石桥镇党建调研报告\n## 一、问题\n**党员数量少**\n[流动快](https://a.example/1)"
    >>> [text[fix.start : fix.end] for fix in drop_markup(text)]
    ['# ', '## ', '**', '**', '[', '](https://a.example/1)']
    >>> text = "# 调研\n## 一、问题\n## 二、对策\n1.**人少**，==**区缺**项==\n- 听。\n| 项 | 数 |\n|---|---|\n| 党员 | 九 |\n"
    >>> from pipeline.ingest.edits import applied
    >>> applied(text, drop_markup(text))
    '调研\n一、问题\n二、对策\n1.人少，**区缺**项\n听。\n项\t数\n党员\t九\n'
    >>> text = "# 调研 {#调研 .Title}\n## 一、问题 {#s1}\n## 二、对策\n走访{五十八}户。"
    >>> applied(text, drop_markup(text))
    '调研\n一、问题\n二、对策\n走访{五十八}户。'
    >>> text = "[]{#_Toc1 .anchor}一、问题\n[人少]{.mark}，占23.8\\%。\n[]{#_Toc2 .anchor}二、对策\n走访**58**户。\n"
    >>> applied(text, drop_markup(text))
    '一、问题\n人少，占23.8%。\n二、对策\n走访58户。\n'
    >>> applied("[b][size=3]问题[/size][/b]\n[color=red]少[/color][1]", drop_markup("[b][size=3]问题[/size][/b]\n[color=red]少[/color][1]"))
    '问题\n少[1]'
    >>> text = "**一、问题**\n**（一）人少。**缺。\n**（二）钱少。**缺。"
    >>> applied(text, drop_markup(text))
    '一、问题\n（一）人少。缺。\n（二）钱少。缺。'
    >>> drop_markup("文号[2018](5)号，#话题#不算，**区、**项也不算。")
    []
    """
    if not text.startswith(("#", "---")) and not any(sign in text for sign in _HINTS):
        return []
    n_sure = _count(text, _HEADING, _ANCHOR, _SPAN)
    n_marks = n_sure + _count(text, _LINK, _PICTURE, _BOLD, _RUN_IN) + MIN_MARKS * (_HEAD.match(text) is not None)
    marks = list(_marks(text)) if n_marks >= MIN_MARKS else []
    marks += _inside(text) if n_sure >= MIN_MARKS else []
    cells = list(_LONE_CELL.finditer(text)) if "\n| " in text else []
    marks += [fix for cell in cells for fix in unmarked(cell, RULE, "mark")] if len(cells) >= MIN_MARKS else []
    posted = list(_FORUM.finditer(text)) if "[/" in text else []
    if sum(found["close"] is not None for found in posted) >= MIN_MARKS:
        marks += [Fix(found.start(), found.end(), "", RULE) for found in posted]
    fixes, reached = [], 0
    for fix in sorted(marks):
        if fix.start >= reached:
            fixes.append(fix)
            reached = fix.end
    return fixes


def _count(text: str, *patterns: re.Pattern[str]) -> int:
    """How often a text has some marks."""
    return sum(1 for pattern in patterns for _ in pattern.finditer(text))


def _marks(text: str) -> Iterator[Fix]:
    """The changes of all marks, some of which may lie inside others."""
    for pattern in (_HEAD, _ROW_RULE, _PICTURE, _ANCHOR, _HEADING, _NAMED, _ESCAPE):
        for found in pattern.finditer(text):
            yield Fix(found.start(), found.end(), "", RULE)
    for pattern in (_LINK, _SPAN, _BOLD, _RUN_IN):
        for found in pattern.finditer(text):
            yield from unmarked(found, RULE, "mark" if "mark" in pattern.groupindex else 0)


def _inside(text: str) -> Iterator[Fix]:
    """The changes of the marks that a text with headings has within its lines, of its lists, and of its tables below the first one."""
    for pattern in (_CALLOUT, _REMARK, _NOTE, _BULLET):
        for found in pattern.finditer(text):
            yield Fix(found.start(), found.end(), "", RULE)
    for pattern in _INLINE:
        for found in pattern.finditer(text):
            yield from unmarked(found, RULE)
    first = _HEADING.search(text)
    for row in _ROW.finditer(text, first.start() if first else 0):
        if _ROW_RULE.match(f"{row[0]}\n"):
            continue
        for found in _CELL_ENDS.finditer(text, row.start(), row.end()):
            is_edge = found.start() == row.start() or found.end() == row.end()
            yield Fix(found.start(), found.end(), "" if is_edge else "\t", RULE)
