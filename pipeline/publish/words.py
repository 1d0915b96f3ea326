"""What things are called in front of people: methods of links, tables of comparisons, rules of cleaning."""

from collections.abc import Iterable

from pipeline import lexicon

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
