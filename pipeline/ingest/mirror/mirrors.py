"""What the glosses of a document tell: whether a mirror wrote them, and which characters it glossed."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import log
from typing import NamedTuple

from pipeline.ingest import gbk
from pipeline.ingest.glyphs.rarities import CLASSES, Rarity, rarities_of
from pipeline.ingest.glyphs.script import naive_simplified, naive_traditional, simplified_only, traditional_only

MIN_GLOSSES = 2
"""Glosses of traditional characters that a mirror shows at least; one alone may explain a reading."""
MAX_OTHER_SHARE = 0.2
"""Glosses of other characters, next to those of traditional ones: a mirror has none, a reader for learners most."""
MIN_FOLLOWED = 1 / 3
"""Share of glosses that Chinese text follows at once; in lists of readings a mark or nothing follows."""
MIN_CONSISTENCY = 0.5
"""Share of the occurrences of glossed characters that are glossed; a mirror glosses all, an explanation the first."""
UNNATURAL = -8.0
"""Log probability of a simplified character that the mirror should have converted, where the document has it nowhere, and of a
wide letter or sign; with -5, 4 of 171 wrong characters of held-out mirrors of short reports were more."""
FIRST_RARE = 0xD8
"""First byte of the characters of level 2 in GB 2312."""
UNUSUAL = -2.0
"""The same of a variant that few tables of conversion have, and of a character that only some of them convert."""
VARIANT = -6.0
RE_WIDE = re.compile("[Ａ-Ｚａ-ｚ０-９＃-＇＊-／＜-＠［-～]")
ODD_KINDS = frozenset(["So", "Sm", "Lm", "Co", "Cn"])
_READING = "[a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɡ]{1,6}"
RE_GLOSS = re.compile(rf"\(({_READING})\)")
RE_GLOSSED = re.compile(rf".\({_READING}\)")
RE_TONED = re.compile(rf"[{CLASSES[Rarity.TONED]}][a-zɡ]{{0,3}}\)")
RE_CUT = re.compile(r"[?\ufffd]\(?[a-zɡü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ][a-zɡ]{0,3}\)")
RE_DAMAGE = re.compile(rf"{RE_CUT.pattern}|[?\ufffd](?=[;?:,!)])|\ufffd")
BROKEN = 12
"""Characters after a lost byte that tell nothing of the document; 19 runs of 20 are shorter."""
RE_AFTER_DAMAGE = re.compile(f"(?:{RE_DAMAGE.pattern})[^\n]{{0,{BROKEN}}}")
RE_FOLLOWED = re.compile(f"{RE_GLOSS.pattern}(?=[\u4e00-\u9fff])")


@dataclass(frozen=True, slots=True)
class Mirror:
    """What the glosses of a document tell about the mirror.

    Attributes
    ----------
    lines : tuple of (int, str)
        The lines that were mirrored, each with its offset.
    sound : str
        What of them is not damaged, without glosses.
    n_glossed, n_glyphs : Counter
        How often each character stands there with its gloss, and at all.
    """

    lines: tuple[tuple[int, str], ...]
    sound: str
    n_glossed: Counter[str]
    n_glyphs: Counter[str]


def mirror_of(text: str) -> Mirror | None:
    """The mirror that a text went through, or None."""
    if not rarities_of(text) & Rarity.TONED or RE_TONED.search(text) is None:
        return None
    lines, start = [], 0
    for line in text.split("\n"):
        lines.append((start, line))
        start += len(line) + 1
    if _is_mirror(whole := _seen_in(lines), text):
        return whole
    lines = [one for one in lines if RE_TONED.search(one[1]) and _is_mirror(_seen_in([one]), one[1])]
    return _seen_in(lines) if lines else None


def _seen_in(lines: list[tuple[int, str]]) -> Mirror:
    """What the glosses of some lines tell, each with its offset, if a mirror wrote them."""
    sound = RE_AFTER_DAMAGE.sub("\n", "\n".join([line for _, line in lines]))
    glossed = Counter[str]()
    for pair, n in Counter(RE_GLOSSED.findall(sound)).items():
        if gbk.is_reading(pair[2:-1], pair[0]):
            glossed[pair[0]] += n
    plain = RE_GLOSS.sub("", sound)
    return Mirror(tuple(lines), plain, glossed, Counter(plain))


def _is_mirror(mirror: Mirror, text: str) -> bool:
    """Whether a mirror wrote the glosses of a text: see the thresholds."""
    traditional = traditional_only() & mirror.n_glossed.keys()
    n_cut = len(RE_CUT.findall(text))
    n_plain = sum(map(mirror.n_glossed.__getitem__, traditional))
    n_other = mirror.n_glossed.total() - n_plain
    if n_plain + n_cut < MIN_GLOSSES or n_other > MAX_OTHER_SHARE * (n_plain + n_cut):
        return False
    n_followed = len(RE_FOLLOWED.findall(text)) + n_cut
    n_glyphs = sum(map(mirror.n_glyphs.__getitem__, traditional))
    return n_followed >= MIN_FOLLOWED * (n_plain + n_cut) and n_plain >= MIN_CONSISTENCY * n_glyphs


class Standing(NamedTuple):
    """Log probabilities of a character's standing with and without its gloss.

    Attributes
    ----------
    plain, glossed : float
        Without and with its gloss.
    across : float
        Without gloss, of two bytes that belong to two characters.
    split : float
        What a gloss within the character adds to `plain`: it came first where the character could not be glossed any more.
    """

    plain: float
    glossed: float
    across: float
    split: float


class Table(dict[str, Standing]):
    """How each character stands in a document, from how often it has its gloss there; filled as it is asked for."""

    def __init__(self, mirror: Mirror) -> None:
        """Take the share of traditional characters, common and rare ones, for those that the document does not show."""
        super().__init__(_never_glossed())
        n_known, n_glossed = Counter[bool](), Counter[bool]()
        glossable = gbk.glossable()
        for glyph in mirror.n_glyphs:
            if glyph in glossable:
                is_common = _is_common(glyph)
                n_known[is_common] += 1
                n_glossed[is_common] += glyph in mirror.n_glossed
            elif foreignness(glyph):
                self[glyph] = _NEVER
        self._share = {kind: (n_glossed[kind] + 1) / (n_known[kind] + 2) for kind in (True, False)}
        self._unmet = {kind: _standing(share) for kind, share in self._share.items()}
        self._mirror = mirror

    def __missing__(self, glyph: str) -> Standing:
        """How a character stands, with two occurrences' weight on the share of all; it is kept."""
        n_glyphs = self._mirror.n_glyphs.get(glyph, 0)
        if glyph not in gbk.glossable():
            standing = _NEVER if n_glyphs else _never(glyph)
        elif n_glyphs:
            n_glossed = self._mirror.n_glossed.get(glyph, 0)
            standing = _standing((n_glossed + 2 * self._share[_is_common(glyph)]) / (n_glyphs + 2))
        else:
            standing = self._unmet[_is_common(glyph)]
            if foreign := foreignness(glyph):
                plain, glossed, across, split = standing
                standing = Standing(plain + foreign, glossed + foreign, across, split)
        self[glyph] = standing
        return standing


_NEVER = Standing(0.0, UNNATURAL, 0.0, 0.0)
"""How a character of the document stands that has no gloss in any."""


def _never(glyph: str) -> Standing:
    """How one stands that the document has nowhere else."""
    foreign = foreignness(glyph)
    return Standing(foreign, UNNATURAL, 0.0, 0.0) if foreign else _NEVER


@cache
def _never_glossed() -> dict[str, Standing]:
    """All that have no gloss in any document, as if it had them nowhere else."""
    return {glyph: _never(glyph) for _, _, glyph in gbk.common_glyphs() if glyph not in gbk.glossable()}


def _standing(share: float) -> Standing:
    """How a character stands that has its gloss so often."""
    share = min(max(share, 0.005), 0.995)
    bare = log(1 - share)
    return Standing(bare, log(share), bare, log((2 - share) / 2) - bare)


@cache
def foreignness(glyph: str) -> float:
    """Log probability of a character that a document has nowhere else, by what a naive conversion writes; '' is none."""
    if not glyph:
        return 0.0
    if glyph in simplified_only():
        return UNNATURAL
    if glyph in traditional_only() and glyph not in _naive_forms():
        return VARIANT
    if RE_WIDE.match(glyph) or unicodedata.category(glyph) in ODD_KINDS:
        return UNNATURAL
    return UNUSUAL if ord(glyph) in naive_traditional() else 0.0


@cache
def _is_common(glyph: str) -> bool:
    """Whether GB 2312 has the simplified form of a character on level 1, with the characters that most tables have."""
    code = glyph.translate(naive_simplified()).encode("gb2312", "ignore")
    return bool(code) and code[0] < FIRST_RARE


@cache
def _naive_forms() -> frozenset[str]:
    """All characters that a naive conversion writes for others."""
    return frozenset(naive_traditional().values())
