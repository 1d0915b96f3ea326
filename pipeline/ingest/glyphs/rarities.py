"""Which rare kinds of characters a text has, told for all kinds at one look: most texts have nothing of what a pass looks for."""

import re
from enum import IntFlag
from functools import cache, lru_cache

import numpy as np
from numpy.typing import NDArray


class Rarity(IntFlag):
    """Kinds of characters; a text has those of all of its characters."""

    NONE = 0
    LINE_END = 1
    UNSEEN = 2
    SPACE = 4
    RADICAL = 8
    TONED = 16
    NOT_GB2312 = 32
    ALL = 63


CLASSES = {
    Rarity.LINE_END: "\r\v\f\x85\u2028\u2029",
    Rarity.UNSEEN: (
        "\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e"
        "\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff"
    ),
    Rarity.SPACE: "\u00a0\u1680\u2000-\u200a\u202f\u205f",
    Rarity.RADICAL: "\u2e80-\u2ef3\u2f00-\u2fd5",
    Rarity.TONED: "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ",
}
"""Classes of regular expressions: ends of lines and pages; C0 and C1 controls (Unicode Cc), default-ignorable code points, lone
surrogates and non-characters; blanks that are no plain ones; radicals; letters of pinyin with their tone."""

FIRST_SURROGATE, LAST_SURROGATE = 0xD800, 0xDFFF


@lru_cache(maxsize=1)
def rarities_of(text: str) -> Rarity:
    r"""The kinds of characters that a text has; all of them if it has a character above the BMP.

    Parameters
    ----------
    text : str

    Returns
    -------
    Rarity

    Examples
    --------
    >>> rarities_of("支部\r\n党员")
    <Rarity.LINE_END: 1>
    >>> rarities_of("漷县(huǒ)") & Rarity.TONED
    <Rarity.TONED: 16>
    """
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    return Rarity(int(np.bitwise_or.reduce(_table()[codes], initial=0)))


def rare_characters(text: str, rarity: Rarity) -> list[str]:
    """The characters of one kind that a text has, each once.

    Parameters
    ----------
    text : str
    rarity : Rarity

    Returns
    -------
    list of str
        In order of their code points.

    Examples
    --------
    >>> rare_characters("漷县的喆同志，喆", Rarity.NOT_GB2312)
    ['喆', '漷']
    """
    if not rarities_of(text) & rarity:
        return []
    codes = np.frombuffer(text.encode("utf-16-le", "surrogatepass"), dtype=np.uint16)
    units = np.unique(codes[_table()[codes] & np.uint8(rarity) != 0])
    if ((units >= FIRST_SURROGATE) & (units <= LAST_SURROGATE)).any():
        return sorted(glyph for glyph in set(text) if glyph > "\uffff" or _table()[ord(glyph)] & rarity)
    return [chr(unit) for unit in units.tolist()]


@cache
def _table() -> NDArray[np.uint8]:
    """The kinds of every code unit of UTF-16; a surrogate is of all kinds."""
    bmp = "".join(map(chr, range(0x10000)))
    covered = bmp.encode("gb2312", "ignore").decode("gb2312") + "—"  # GB 2312's dash, which Python reads as U+2015
    table = np.full(0x10000, Rarity.NOT_GB2312, dtype=np.uint8)
    table[np.frombuffer(covered.encode("utf-16-le"), dtype=np.uint16)] = Rarity.NONE
    for kind, characters in CLASSES.items():
        for found in re.finditer(f"[{characters}]+", bmp):
            table[found.start() : found.end()] |= np.uint8(kind)
    table[FIRST_SURROGATE : LAST_SURROGATE + 1] = Rarity.ALL
    return table
