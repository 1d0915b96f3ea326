"""What the glosses of a document tell: whether a mirror wrote them, and which characters it glossed."""

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from math import exp, log

from pipeline.ingest import gbk
from pipeline.ingest.rarities import CLASSES, Rarity, rarities_of
from pipeline.ingest.script import naive_simplified, naive_traditional, simplified_only, traditional_only

MIN_GLOSSES = 2
"""Glosses of traditional characters that a mirror shows at least; one alone may explain a reading."""
MAX_OTHER_SHARE = 0.2
"""Glosses of other characters, next to those of traditional ones: a mirror has none, a reader for learners most."""
MIN_FOLLOWED = 1 / 3
"""Share of glosses that Chinese text follows at once; in lists of readings a mark or nothing follows."""
MIN_CONSISTENCY = 0.5
"""Share of the occurrences of glossed characters that are glossed; a mirror glosses all, an explanation the first."""
UNNATURAL = -5.0
"""Log probability of a simplified character that the mirror should have converted, where the document has it nowhere."""
FIRST_RARE = 0xD8
"""First byte of the characters of level 2 in GB 2312."""
UNUSUAL = -2.0
"""The same of a variant that few tables of conversion have, and of a character that only some of them convert."""
VARIANT = -6.0
RE_WIDE = re.compile("[Ａ-Ｚａ-ｚ０-９＃-＇＊-／＜-＠［-～]")
ODD_KINDS = frozenset(["So", "Sm", "Lm", "Co", "Cn"])
RE_GLOSS = re.compile(r"\(([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜüêńňǹḿɡ]{1,6})\)")
RE_TONED = re.compile(rf"[{CLASSES[Rarity.TONED]}][a-zɡ]{{0,3}}\)")
RE_CUT = re.compile(r"[?\ufffd]\(?[a-zɡü]{0,4}[āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ][a-zɡ]{0,3}\)")
RE_DAMAGE = re.compile(rf"{RE_CUT.pattern}|[?\ufffd](?=[;?:,!)])|\ufffd")
BROKEN = 12
"""Characters after a lost byte that tell nothing of the document; 19 runs of 20 are shorter."""
RE_AFTER_DAMAGE = re.compile(f"(?:{RE_DAMAGE.pattern})[^\n]{{0,{BROKEN}}}")
RE_GLOSSED = re.compile(f"(.){RE_GLOSS.pattern}")
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
    if not _is_mirrored(text):
        lines = [(start, line) for start, line in lines if RE_TONED.search(line) and _is_mirrored(line)]
    if not lines:
        return None
    sound = RE_AFTER_DAMAGE.sub("\n", "\n".join(line for _, line in lines))
    plain = RE_GLOSS.sub("", sound)
    return Mirror(tuple(lines), plain, _glossed_glyphs(sound), Counter(plain))


def _glossed_glyphs(text: str) -> Counter[str]:
    """How often each character is followed by a reading of it."""
    glossed = Counter[str]()
    for (glyph, pinyin), n in Counter(RE_GLOSSED.findall(text)).items():
        if gbk.is_reading(pinyin, glyph):
            glossed[glyph] += n
    return glossed


def _is_mirrored(text: str) -> bool:
    """Whether the glosses of a text are a mirror's: see the thresholds."""
    glossed = _glossed_glyphs(text)
    traditional = {glyph: n for glyph, n in glossed.items() if glyph in traditional_only()}
    n_cut = len(RE_CUT.findall(text))
    n_plain = sum(traditional.values())
    n_other = glossed.total() - n_plain
    if n_plain + n_cut < MIN_GLOSSES or n_other > MAX_OTHER_SHARE * (n_plain + n_cut):
        return False
    n_followed = len(RE_FOLLOWED.findall(text)) + n_cut
    n_glyphs = sum(map(Counter(text).__getitem__, traditional))
    return n_followed >= MIN_FOLLOWED * (n_plain + n_cut) and n_plain >= MIN_CONSISTENCY * n_glyphs


class Table:
    """Log probabilities of a character's standing with and without its gloss, from how often it did."""

    def __init__(self, mirror: Mirror) -> None:
        """Take the share of traditional characters, common and rare ones, for those that the document does not show."""
        self._share = {}
        for is_common in (True, False):
            known = [glyph for glyph in mirror.n_glyphs if glyph in gbk.glossable() and _is_common(glyph) == is_common]
            n_glossed = sum(glyph in mirror.n_glossed for glyph in known)
            self._share[is_common] = (n_glossed + 1) / (len(known) + 2)
        self._mirror = mirror
        self._known: dict[str, tuple[float, float, float]] = {}

    def plain(self, glyph: str) -> float:
        """Log probability without gloss."""
        return (self._known.get(glyph) or self._learnt(glyph))[0]

    def glossed(self, glyph: str) -> float:
        """Log probability with gloss."""
        return (self._known.get(glyph) or self._learnt(glyph))[1]

    def across(self, glyph: str) -> float:
        """Log probability without gloss, of two bytes that belong to two characters."""
        return (self._known.get(glyph) or self._learnt(glyph))[2]

    def split(self, glyph: str) -> float:
        """What a gloss within a character adds to `plain`: it came first where the character could not be glossed any more."""
        if glyph not in gbk.glossable():
            return 0.0
        bare = (self._known.get(glyph) or self._learnt(glyph))[2]
        return log((1 + exp(bare)) / 2) - bare

    def _learnt(self, glyph: str) -> tuple[float, float, float]:
        """All three, with two occurrences' weight on the share of all."""
        n_glyphs, n_glossed = self._mirror.n_glyphs[glyph], self._mirror.n_glossed[glyph]
        foreign = _foreignness(glyph) if glyph and not n_glyphs else 0.0
        if glyph in gbk.glossable():
            share = (n_glossed + 2 * self._share[_is_common(glyph)]) / (n_glyphs + 2)
            share = min(max(share, 0.005), 0.995)
            known = log(1 - share) + foreign, log(share) + foreign, log(1 - share)
        else:
            known = foreign, UNNATURAL, 0.0
        self._known[glyph] = known
        return known


@cache
def _foreignness(glyph: str) -> float:
    """Log probability of a character that the document has nowhere else, by what a naive conversion writes."""
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
