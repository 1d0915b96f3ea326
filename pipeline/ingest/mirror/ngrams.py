"""Counts of character n-grams up to 3: those that the lexicon ships, and those of the user's own texts.

The shipped ones, ``char_ngrams.npz``, come from public reports of Chinese governments and party congresses, the sample's
invented reports but those of its test part, the lexicon's invented headlines, sentences and terms, and jieba's dictionary
(MIT licence).
"""

from bisect import bisect_left
from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

import jieba
import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.ingest.glyphs.script import naive_simplified

Arrays = dict[str, NDArray[Any]]
Value = TypeVar("Value")

MIN_FILES = 5
"""An n-gram of others' texts is kept if at least so many files have it: no sentence of a single source can be read off."""
MIN_WORD = 20
"""Rarer words of the dictionary are names and misprints as often as words."""
WORDS_PER_COUNT = 250
"""Scales the dictionary to about a tenth of the reports."""
SIZES = (1, 2, 3)
Totals = dict[int, tuple[int, int]]
"""n-grams as numbers, each with the times that it occurs and the texts that have it."""
BITS = 16
"""Bits that a character of the BMP takes in the key of an n-gram."""


def gram_of(first: int, second: int, third: int) -> int:
    """The key of a sequence of three characters, by their folded code points.

    Examples
    --------
    >>> gram_of(1, 2, 3) == 1 << 2 * BITS | 2 << BITS | 3
    True
    """
    return (first << BITS | second) << BITS | third


class Followers(dict[int, dict[int, Value]]):
    """What was seen after each character, with a value; filled as it is asked for.

    Examples
    --------
    >>> followers = Followers({1 << BITS | 2: 0.5, 1 << BITS | 7: 0.25, 2 << BITS | 1: 1.0})
    >>> followers[1], followers[3]
    ({2: 0.5, 7: 0.25}, {})
    """

    def __init__(self, pairs: Mapping[int, Value]) -> None:
        """Take values by pairs of characters as one number each, sorted."""
        super().__init__()
        self._pairs, self._values = list(pairs), list(pairs.values())

    def __missing__(self, code: int) -> dict[int, Value]:
        """Those after one character, which are kept."""
        pairs, first = self._pairs, code << BITS
        start = bisect_left(pairs, first)
        end = bisect_left(pairs, first + (1 << BITS), start)
        after = [pair - first for pair in pairs[start:end]]
        found = self[code] = dict(zip(after, self._values[start:end], strict=True))
        return found


@cache
def folding() -> dict[int, str]:
    """How characters are folded before counting, for `str.translate`: 繁 to 简, digits to 0, letters to a, width to ASCII."""
    folded = dict(naive_simplified())
    for code in range(0x21, 0x7F):
        glyph = chr(code)
        after = "0" if glyph.isdigit() else "a" if glyph.isalpha() else glyph
        folded[code] = folded[code + 0xFEE0] = after
    return folded


def count_ngrams(
    texts: Iterable[str],
    *,
    own: Iterable[str] = (),
    words: Mapping[str, int] | None = None,
    min_files: int = MIN_FILES,
) -> Arrays:
    r"""Counts of the character n-grams up to 3 that occur in at least `min_files` texts, and of those within words.

    Parameters
    ----------
    texts : iterable of str
        One a file.
    own : iterable of str
        Texts that may be known to the letter: their n-grams are kept, however rare.
    words : mapping of str to int
        Words of a dictionary, each with the times that it counts.
    min_files : int
        n-grams of fewer files are left out.

    Returns
    -------
    dict of str to ndarray
        ``glyphs`` (code points, uint16, sorted); ``n1`` their counts; ``grams2`` (n, 2) and ``grams3`` (n, 3) indices into
        `glyphs`, sorted, with counts ``n2``, ``n3``.

    Examples
    --------
    >>> counts = count_ngrams(["党建工作", "党建引领"], min_files=2)
    >>> "".join(map(chr, counts["glyphs"])), counts["n2"].tolist()
    ('\n党建', [2, 2])
    """
    others, ours = _totals(texts), _totals(own)
    counts = {size: _kept(others[size], ours[size], min_files) for size in SIZES}
    for word, n_word in (words or {}).items():
        for size, kept in counts.items():
            for key, n in counted(codes_of(word)[1:-1], size).items():
                kept[key] = kept.get(key, 0) + n * n_word
    return _arrays(counts)


def _totals(texts: Iterable[str]) -> dict[int, Totals]:
    """The n-grams of texts by size, each with the times that it occurs and the texts that have it."""
    totals: dict[int, Totals] = {size: {} for size in SIZES}
    for text in texts:
        for size, total in totals.items():
            for key, n_text in counted(codes_of(text), size).items():
                n, files = total.get(key, (0, 0))
                total[key] = (n + n_text, files + 1)
    return totals


def _kept(others: Totals, ours: Totals, min_files: int) -> dict[int, int]:
    """Counts of the n-grams of enough files; of the rest, what our own texts have of them."""
    kept = {key: n for key, (n, _) in ours.items()}
    for key, (n, files) in others.items():
        n_own, own_files = ours.get(key, (0, 0))
        if files + own_files >= min_files:
            kept[key] = n + n_own
    return kept


def added(one: Arrays, other: Arrays) -> Arrays:
    """The sum of two counts.

    Examples
    --------
    >>> one, other = (count_ngrams([text], min_files=1) for text in ("党建", "党建引领"))
    >>> both = added(one, other)
    >>> "".join(map(chr, both["glyphs"])).strip(), both["n1"].tolist()[1:]
    ('党建引领', [2, 2, 1, 1])
    """
    counts: dict[int, dict[int, int]] = {size: {} for size in SIZES}
    for arrays in (one, other):
        glyphs = arrays["glyphs"].astype(np.int64)
        columns = {1: glyphs[:, None], 2: glyphs[arrays["grams2"]], 3: glyphs[arrays["grams3"]]}
        for size, found in columns.items():
            keys = np.zeros(len(found), dtype=np.int64)
            for column in found.T:
                keys = keys << BITS | column
            for key, n in zip(keys.tolist(), arrays[f"n{size}"].tolist(), strict=True):
                counts[size][key] = counts[size].get(key, 0) + n
    return _arrays(counts)


def _arrays(counts: dict[int, dict[int, int]]) -> Arrays:
    """Counts by key and size as arrays."""
    kept = {
        size: (np.array(sorted(found), dtype=np.int64), [found[key] for key in sorted(found)])
        for size, found in counts.items()
    }
    glyphs = kept[1][0].astype(np.uint16)
    arrays: Arrays = {"glyphs": glyphs, "n1": np.array(kept[1][1], dtype=np.uint32)}
    for size in (2, 3):
        keys, n = kept[size]
        columns = [np.searchsorted(glyphs, keys >> BITS * shift & 0xFFFF) for shift in range(size - 1, -1, -1)]
        arrays[f"grams{size}"] = np.stack(columns, axis=1).astype(np.uint16)
        arrays[f"n{size}"] = np.array(n, dtype=np.uint32)
    return arrays


def packed(counts: Arrays) -> Arrays:
    """Counts in half the space: instead of all but the last character of each n-gram, how many n-grams begin with it.

    Examples
    --------
    >>> counts = count_ngrams(["党建工作", "党建引领"], min_files=1)
    >>> all((unpacked(packed(counts))[name] == array).all() for name, array in counts.items())
    True
    """
    small = {name: counts[name] for name in ("glyphs", "n1", "n2", "n3")}
    grams2, grams3 = (counts[name].astype(np.int64) for name in ("grams2", "grams3"))
    begun = np.searchsorted(grams2[:, 0] << BITS | grams2[:, 1], grams3[:, 0] << BITS | grams3[:, 1])
    firsts = {"1": (grams2[:, 0], len(counts["glyphs"])), "2": (begun, len(grams2))}
    for name, (first, n) in firsts.items():
        small[f"n_after{name}"] = np.bincount(first, minlength=n).astype(np.uint16)
    return small | {"after1": counts["grams2"][:, 1], "after2": counts["grams3"][:, 2]}


def unpacked(small: Arrays) -> Arrays:
    """Counts as `count_ngrams` gives them out of `packed` ones."""
    counts = {name: small[name] for name in ("glyphs", "n1", "n2", "n3")}
    firsts = np.arange(len(small["glyphs"]), dtype=np.uint16)[:, None]
    for size, name in ((2, "1"), (3, "2")):
        firsts = np.column_stack([firsts.repeat(small[f"n_after{name}"], axis=0), small[f"after{name}"]])
        counts[f"grams{size}"] = firsts
    return counts


@cache
def shipped_counts() -> Arrays:
    """The counts that the lexicon holds."""
    return unpacked(lexicon.arrays("char_ngrams.npz"))


def codes_of(text: str) -> NDArray[np.int64]:
    """The folded code points of a text between line breaks, those above the BMP left out."""
    folded = f"\n{text.strip()}\n".translate(folding())
    codes = np.frombuffer(folded.encode("utf-32-le", "replace"), dtype=np.uint32).astype(np.int64)
    return codes[codes <= 0xFFFF]


def _keys(codes: NDArray[np.int64], size: int) -> NDArray[np.int64]:
    """The n-grams of a sequence of code points, each as one number."""
    keys = np.zeros(max(len(codes) - size + 1, 0), dtype=np.int64)
    for offset in range(size):
        keys = keys << BITS | codes[offset : offset + len(keys)]
    return keys


def counted(codes: NDArray[np.int64], size: int) -> dict[int, int]:
    """The n-grams of a sequence of code points, each as one number, sorted, and how often each occurs."""
    keys, counts = np.unique(_keys(codes, size), return_counts=True)
    return dict(zip(keys.tolist(), counts.tolist(), strict=True))


def dictionary_words() -> dict[str, int]:
    """The words of jieba's dictionary (MIT licence) as `count_ngrams` counts them: 1 for every 250 occurrences begun."""
    with jieba.get_dict_file() as file:
        lines = (line.decode("utf-8").split() for line in file)
        rows = ((fields[0], int(fields[1])) for fields in lines)
        return {word: -(-n // WORDS_PER_COUNT) for word, n in rows if len(word) > 1 and n >= MIN_WORD}
