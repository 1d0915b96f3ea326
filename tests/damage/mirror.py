"""Gloss mirrors made from clean text: naive traditional characters, pinyin glosses, byte-level replacements (DAMAGE 1)."""

import random
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import accumulate

from pypinyin.constants import PINYIN_DICT
from zhconv_rs import zhconv

from pipeline.ingest.mirror.mirrors import FIRST_RARE

PUNCTUATION = dict(zip("；？：，（）！", ";?:,()!", strict=True))
TABLES = {"all": {"share": 1.0, "only_common": False}, "as seen": {"share": 0.37, "only_common": True}}
"""Options of `mirror_runs` for tables of glosses: of all traditional characters, and like that of the one real page that we know,
where 37 % of the traditional characters have a gloss and no run is damaged as only a rare character can."""
MARKS = dict(enumerate(PUNCTUATION.values(), 2))
"""Control bytes that stand for replaced punctuation until decoding, so that what came from where is known."""


@dataclass(frozen=True, slots=True)
class Run:
    """A damaged run: ``damaged[start:end]`` stands for ``true[true_start:true_end]``."""

    start: int
    end: int
    true_start: int
    true_end: int


@dataclass(frozen=True, slots=True)
class Mirrored:
    """A mirrored text, the naive traditional text without glosses that it hides, and where it is damaged.

    `boundaries` are the offsets in both texts where whole characters of both begin, sorted.
    """

    damaged: str
    true: str
    runs: tuple[Run, ...]
    boundaries: tuple[tuple[int, int], ...]


def mirror(text: str, *, seed: int) -> str:
    """A text as a gloss mirror would show it."""
    return mirror_runs(text, seed=seed).damaged


def mirror_runs(text: str, *, seed: int, share: float = 1.0, only_common: bool = False) -> Mirrored:
    """A text as a gloss mirror would show it, with its damaged runs.

    Parameters
    ----------
    text : str
        Clean text; characters outside GBK are left out.
    seed : int
        Fixes the order of the table of replacements, and its choice.
    share : float
        Share of the traditional characters that the mirror's table has.
    only_common : bool
        The table has none but those whose simplified form is on level 1 of GB 2312.

    Returns
    -------
    Mirrored
    """
    rng = random.Random(seed)
    text = re.sub(r"[\0-\x08\x0b-\x1f\x7f]", "", text)
    true = text.encode("gbk", "ignore").decode("gbk").translate(naive_traditional())
    known = _common_traditional() if only_common else frozenset(naive_traditional().values())
    glosses = [glyph for glyph in sorted(set(naive_traditional().values())) if rng.random() < share and glyph in known]
    keys = [(glyph.encode("gbk"), _mark(index)) for index, glyph in enumerate(glosses)]
    table = [(before, before + mark) for before, mark in keys]
    table += [(glyph.encode("gbk"), bytes([index])) for index, glyph in enumerate(PUNCTUATION, 2)]
    rng.shuffle(table)
    data = true.encode("gbk")
    for before, after in table:
        data = data.replace(before, after)
    return _decoded(data, true, glosses)


@cache
def naive_traditional() -> dict[int, str]:
    """The traditional character of every character of GB 2312 that has another one, one for one."""
    glyphs = [glyph for glyph in map(chr, range(0x4E00, 0xA000)) if glyph.encode("gb2312", "ignore")]
    after = zhconv("\n".join(glyphs), "zh-hant").split("\n")
    pairs = zip(glyphs, after, strict=True)
    return {ord(old): new for old, new in pairs if old != new and new.encode("gbk", "ignore")}


@cache
def _common_traditional() -> frozenset[str]:
    """The traditional characters whose simplified form is on level 1 of GB 2312."""
    return frozenset(new for old, new in naive_traditional().items() if chr(old).encode("gb2312")[0] < FIRST_RARE)


def _mark(index: int) -> bytes:
    """Four control bytes that stand for the gloss of the index-th character of the table."""
    return bytes([1, *(0x10 + (index >> shift & 0xF) for shift in (8, 4, 0))])


def _gloss(glyph: str) -> str:
    """The first reading of a character."""
    return PINYIN_DICT[ord(glyph)].split(",")[0]


def _units(data: bytes, glosses: list[str]) -> Iterator[tuple[str, int]]:
    """What a tolerant decoder shows, unit by unit, each with the number of true bytes that it took.

    An unmapped pair is dropped; a lead byte without a trail byte becomes ``?`` and swallows a ``(`` right after it but
    nothing else; the byte 80, which is no lead byte, becomes ``?`` and swallows nothing.
    """
    at, swallows = 0, False
    while at < len(data):
        byte = data[at]
        if byte < 9:
            index = int("".join(f"{value - 0x10:x}" for value in data[at + 1 : at + 4]), 16) if byte == 1 else 0
            shown = f"({_gloss(glosses[index])})" if byte == 1 else MARKS[byte]
            yield shown[1:] if swallows and shown[0] == "(" else shown, 0 if byte == 1 else 2
            at, swallows = at + (4 if byte == 1 else 1), False
        elif byte < 0x80:
            yield chr(byte), 1
            at, swallows = at + 1, False
        elif 0x80 < byte < 0xFF and at + 1 < len(data) and data[at + 1] >= 0x40:
            shown = data[at : at + 2].decode("gbk", "replace")
            yield shown if len(shown) == 1 else "", 2
            at, swallows = at + 2, False
        else:
            yield "?", 1
            at, swallows = at + 1, byte > 0x80


def _decoded(data: bytes, true: str, glosses: list[str]) -> Mirrored:
    """The mirror as decoded, with its runs: what was shown between two boundaries of true characters but not as they are."""
    sizes = (1 if glyph < "\x80" else 2 for glyph in true)
    boundaries = {offset: index for index, offset in enumerate(accumulate(sizes, initial=0))}
    shown, runs, both, start, at, taken = [], [], [], None, 0, 0
    for piece, n_bytes in _units(data, glosses):
        if taken in boundaries:
            both.append((at, boundaries[taken]))
        if start is None and taken in boundaries and taken + n_bytes not in boundaries:
            start = (at, boundaries[taken])
        if runs and runs[-1].end == at and piece.endswith(")") and piece[:1] not in ("(", ")"):
            runs[-1] = replace(runs[-1], end=at + len(piece))  # the rest of a gloss that lost its bracket
        shown.append(piece)
        at, taken = at + len(piece), taken + n_bytes
        if start is not None and taken in boundaries:
            runs.append(Run(start[0], at, start[1], boundaries[taken]))
            start = None
    both.append((at, len(true)))
    return Mirrored("".join(shown), true, tuple(runs), tuple(both))
