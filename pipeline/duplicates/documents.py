"""Near-identical documents, and clusters of documents and of points that are copies of one another."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import tables
from pipeline.settings import DuplicateOptions

RE_UNFOLDED = re.compile(r"[\W_]+")
N_SLOTS, N_BANDS = 252, 84
"""One-permutation MinHash with 84 bands of 3: a pair with J ≥ .8 is missed with probability (1 − .8³)^84 < 10⁻²⁶."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_EMPTY = np.uint64(2**64 - 1)


def folded(text: str) -> str:
    """A text without width, punctuation and blanks, for telling copies.

    Examples
    --------
    >>> folded("（一）组织生活 不规范。")
    '一组织生活不规范'
    """
    return RE_UNFOLDED.sub("", unicodedata.normalize("NFKC", text)).lower()


def shingles(text: str, *, size: int) -> NDArray[np.uint64]:
    """The distinct character n-grams of a text as sorted 64-bit numbers, shape ``(n_shingles,)``.

    Up to 3 characters fit exactly; longer ones are mixed, so that equal numbers mean equal n-grams but for one in 2⁶⁴.
    """
    points = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.uint64)
    if len(points) < size:
        points = np.pad(points, (0, size - len(points)))
    mixed = np.zeros(len(points) - size + 1, dtype=np.uint64)
    for i in range(size):
        mixed = (mixed ^ points[i : len(points) - size + 1 + i]) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def jaccard(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """Shared shingles over all shingles of two sorted arrays, in [0, 1]."""
    n_shared = len(np.intersect1d(one, other, assume_unique=True))
    return n_shared / (len(one) + len(other) - n_shared)


def duplicates(
    documents: pd.DataFrame, statements: pd.DataFrame, *, options: DuplicateOptions
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Pairs of near-identical documents, and the cluster of every document and point.

    Parameters
    ----------
    documents, statements : DataFrame
        The tables of these names, in any order.
    options : DuplicateOptions

    Returns
    -------
    duplicates, clusters : DataFrame
        A pair has the exact Jaccard index of the folded texts' shingles. Points of one role with the same folded
        headline and text in different documents are one cluster.
    """
    documents = tables.in_document_order(documents)
    names, texts = documents["doc_id"].tolist(), documents["text"].tolist()
    grams = [shingles(folded(text), size=options.shingle) for text in texts]
    rows = []
    for i, j in sorted(_candidates(grams)):
        similarity = jaccard(grams[i], grams[j])
        if similarity >= options.min_similarity:
            row = {"kind": "document", "doc_id": names[i], "start": 0, "end": len(texts[i]), "other_id": names[j]}
            rows.append(row | {"other_start": 0, "other_end": len(texts[j]), "similarity": similarity})
    found = _clusters(names, [(row["doc_id"], row["other_id"]) for row in rows])
    clusters = [{"doc_id": name, "cluster_id": cluster, "size": size} for name, (cluster, size) in found.items()]
    clusters += _point_clusters(statements, dict(zip(names, texts, strict=True)))
    return tables.frame("duplicates", rows), tables.frame("clusters", clusters)


def _candidates(grams: list[NDArray[np.uint64]]) -> set[tuple[int, int]]:
    """Pairs of documents that share a band of their signatures."""
    buckets: dict[tuple[int, bytes], list[int]] = defaultdict(list)
    for i, document in enumerate(grams):
        signature = _signature(document)
        for band, values in enumerate(np.split(signature, N_BANDS)):
            buckets[band, values.tobytes()].append(i)
    return {pair for members in buckets.values() if len(members) > 1 for pair in combinations(members, 2)}


def _signature(grams: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One-permutation MinHash, shape ``(N_SLOTS,)``: the least shingle of a slot; an empty slot takes the next one's."""
    slots = (grams >> np.uint64(33)) % np.uint64(N_SLOTS)
    signature = np.full(N_SLOTS, _EMPTY)
    np.minimum.at(signature, slots.astype(np.intp), grams)
    filled = np.flatnonzero(signature != _EMPTY)
    at = np.searchsorted(filled, np.arange(N_SLOTS)) % len(filled)
    return signature[filled[at]]


def _clusters(names: list[str], pairs: Iterable[tuple[str, str]]) -> dict[str, tuple[str, int]]:
    """Name → smallest name of its connected component, and the component's size."""
    parent = {name: name for name in names}

    def root(name: str) -> str:
        """The representative of a name's component."""
        while parent[name] != name:
            parent[name] = parent[parent[name]]
            name = parent[name]
        return name

    for one, other in pairs:
        low, high = sorted((root(one), root(other)))
        parent[high] = low
    members: dict[str, list[str]] = defaultdict(list)
    for name in names:
        members[root(name)].append(name)
    return {name: (min(members[root(name)]), len(members[root(name)])) for name in names}


def _point_clusters(statements: pd.DataFrame, texts: dict[str, str]) -> Iterator[dict[str, object]]:
    """A row for every point: copies across documents share a cluster, all else is a cluster of one."""
    points = tables.in_document_order(statements[statements["parent_id"].isna()])
    points = points[points["doc_id"].isin(texts)]
    groups: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    rows = points[["statement_id", "doc_id", "role", "start", "end"]].itertuples(index=False, name=None)
    keys = {}
    for name, doc_id, role, start, end in rows:
        keys[name] = (role, folded(texts[doc_id][start:end]))
        groups[keys[name]].append((name, doc_id))
    for name, doc_id in points[["statement_id", "doc_id"]].itertuples(index=False, name=None):
        mates = groups[keys[name]]
        are_copies = len({place for _, place in mates}) > 1
        cluster = min(mate for mate, _ in mates) if are_copies else name
        yield {"doc_id": doc_id, "statement_id": name, "cluster_id": cluster, "size": len(mates) if are_copies else 1}
