"""Where a shifted run lost a pair of bytes that GBK has no character for: the characters that can have had it."""

from collections.abc import Iterable, Iterator
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline.ingest import gbk
from pipeline.ingest.gbk import Item
from pipeline.ingest.script import traditional_only

Items = tuple[Item, ...]


class Drops:
    """Sequences of two or three characters whose bytes, read shifted, make unmapped pairs alone.

    Parameters
    ----------
    grams : iterable of ndarray of int, shape (n, 2) or (n, 3)
        Folded code points that were seen together.
    """

    def __init__(self, grams: Iterable[NDArray[np.int64]]) -> None:
        """Keep what can have lost a pair, by its first and its last byte."""
        self._by_ends: dict[tuple[int, int], list[Items]] = {}
        self._by_lead: dict[int, list[tuple[int, Items]]] = {}
        self._by_reading: dict[tuple[int, str], list[Items]] = {}
        for found in grams:
            for items in _sequences(found):
                self._by_ends.setdefault((items[0][0], items[-1][1]), []).append(items)

    def read_so(self, lead: int, pinyin: str) -> list[Items]:
        """The sequences that begin with the byte and end with a traditional character that is read so."""
        key = (lead, pinyin)
        if key not in self._by_reading:
            found = (items for _, items in self.begun(lead) if items[-1][2] in traditional_only())
            self._by_reading[key] = [items for items in found if pinyin in gbk.readings(items[-1][2])]
        return self._by_reading[key]

    def begun(self, lead: int) -> list[tuple[int, Items]]:
        """The sequences that begin with the byte, each with its first character, folded."""
        if not self._by_lead:
            for (first, _), found in self._by_ends.items():
                self._by_lead.setdefault(first, []).extend((gbk.folded(items[0][2]), items) for items in found)
        return self._by_lead.get(lead, [])

    def between(self, lead: int, trail: int) -> list[Items]:
        """The sequences that begin with the one byte and end with the other."""
        return self._by_ends.get((lead, trail), [])


def _sequences(grams: NDArray[np.int64]) -> Iterator[Items]:
    """The characters of n-grams, in every form that they have, where each makes an unmapped pair with the next."""
    is_possible = np.ones(len(grams), dtype=bool)
    for one, two in zip(grams.T, grams.T[1:], strict=False):
        leads, trails = _bytes_of_forms()[two, 0], _bytes_of_forms()[one, 1]
        is_possible &= _is_unmapped()[trails[:, :, None], leads[:, None, :]].any(axis=(1, 2))
    forms, unmapped = _forms(), [gbk.unmapped_with(first) for first in range(256)]
    for first, *rest in grams[is_possible].tolist():
        found: list[Items] = [(item,) for item in forms.get(first, ())]
        for code in rest:
            found = [
                (*items, item) for items in found for item in forms.get(code, ()) if item[0] in unmapped[items[-1][1]]
            ]
        yield from found


@cache
def _forms() -> gbk.Pool:
    """The forms of a character, by folded code point; full-width letters and digits left out."""
    return gbk.pool_of(item for item in gbk.common_glyphs() if gbk.folded(item[2]) not in (ord("0"), ord("a")))


@cache
def _bytes_of_forms() -> NDArray[np.uint8]:
    """Lead and trail bytes of all forms of a character, by folded code point; 0 where there is none."""
    n_forms = max(map(len, _forms().values()))
    table = np.zeros((0x10000, 2, n_forms), dtype=np.uint8)
    for code, items in _forms().items():
        table[code, :, : len(items)] = np.array([item[:2] for item in items]).T
    return table


@cache
def _is_unmapped() -> NDArray[np.bool_]:
    """Whether GBK has no character for two bytes, shape (256, 256)."""
    table = np.zeros((256, 256), dtype=bool)
    for first in gbk.LEADS:
        table[first, sorted(gbk.unmapped_with(first))] = True
    return table
