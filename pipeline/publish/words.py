"""What things are called in front of people: methods of links, tables of comparisons, rules of cleaning."""

import unicodedata
from collections.abc import Iterable

from pipeline import lexicon
from pipeline.publish.fonts import glyphs

METHODS = {
    "same issue": "同一议题下",
    "same block": "同一区块",
    "same paragraph": "同一段落",
    "ordinal": "序次对应",
    "parallel wording": "措辞平行",
    "code": "主编码相同",
    "secondary code": "次编码相关",
    "reference": "明文指向",
    "cue": "引导词",
}
"""The kinds of evidence of links."""


LINE_END = "⏎"
"""What stands for a line break."""


def methods_in_words(methods: Iterable[str]) -> str:
    """The evidence of a link for people; a kind without a name of its own keeps its English one.

    Examples
    --------
    >>> methods_in_words(["ordinal", "code"])
    '序次对应、主编码相同'
    """
    return "、".join(METHODS.get(name, name) for name in methods)


def rule_in_words(rule: str) -> str:
    """The name of a rule of cleaning, or of several that met at one place; one without a name keeps its own.

    Examples
    --------
    >>> rule_in_words("to_simplified+no_such_rule")
    '繁体转简体＋no_such_rule'
    """
    names = {row["rule"]: row["name"] for row in lexicon.rows("edit_rules.csv")}
    return "＋".join(names.get(part, part) for part in rule.split("+"))


def visible(text: str, length: int = 60) -> str:
    r"""A text on one line, in which every character can be told: what is unseen, or looks like another, by its number.

    A text longer than `length` is cut in the middle.

    Examples
    --------
    >>> visible("党\u200b建\n务"), visible("\u2f00"), visible("務")
    ('党〈U+200B〉建⏎务', '〈U+2F00〉', '務〈U+52D9〉')
    """
    flat = text.replace("\n", LINE_END)
    flat = flat if len(flat) <= length else f"{flat[: length // 2]}…{flat[-length // 2 :]}"
    return "".join(_told(char, is_alone=len(text) <= 2) for char in flat)


def _told(char: str, *, is_alone: bool) -> str:
    """A character, with its number if it is alone and rare, or its number if it is none that people read."""
    if ord(char) in glyphs() or char == LINE_END:
        return char
    number = f"〈U+{ord(char):04X}〉"
    if unicodedata.category(char) == "Lo":
        return f"{char}{number}" if is_alone else char
    return number
