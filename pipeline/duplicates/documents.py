"""Near-identical documents, and clusters of documents and of points that are copies of one another."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from pipeline import tables
from pipeline.settings import DuplicateOptions

RE_UNFOLDED = re.compile(r"[\W_]+")
N_SLOTS, N_BANDS = 252, 84
"""One-permutation MinHash with 84 bands of 3: a pair of long texts with J ≥ .8 is missed with probability
(1 − .8³)^84 < 10⁻²⁶."""

MAX_MATES = 32
"""In a bucket a document is paired with this many documents before it: 33 copies of one text give all their pairs,
10,000 copies give 320,000 instead of 50 million, and are still one cluster."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


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

    A text shorter than `size` is one shingle, an empty one has none. Two different n-grams have the same number with
    probability 2⁻⁶⁴.

    Examples
    --------
    >>> len(shingles("组织生活组织生活", size=5)), len(shingles("组织", size=5)), len(shingles("", size=5))
    (4, 1, 0)
    """
    points = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4").astype(np.uint64)
    if not len(points):
        return points
    points = np.pad(points, (0, max(0, size - len(points))))
    mixed = np.zeros(len(points) - size + 1, dtype=np.uint64)
    for i in range(size):
        mixed = (mixed ^ points[i : len(points) - size + 1 + i]) * _MULTIPLIER
        mixed ^= mixed >> np.uint64(29)
    return np.unique(mixed)


def jaccard(one: NDArray[np.uint64], other: NDArray[np.uint64]) -> float:
    """Shared shingles over all shingles of two sorted arrays, in [0, 1]."""
    merged = np.concatenate([one, other])
    merged.sort(kind="stable")  # merges two sorted runs in one pass: ten times np.intersect1d
    n_shared = int(np.count_nonzero(merged[1:] == merged[:-1]))
    return n_shared / (len(merged) - n_shared)


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
        A pair has the exact Jaccard index of the shingles of its folded texts (width, case, punctuation and blanks do
        not count). Documents that pairs connect are one cluster. Points of one role with the same folded text in
        different documents are one cluster.

    References
    ----------
    Li, Owen & Zhang (2012), One permutation hashing. Broder (1997), On the resemblance and containment of documents.
    """
    documents = tables.in_document_order(documents)
    names, texts = documents["doc_id"].tolist(), documents["text"].tolist()
    rows = []
    for i, j, similarity in similar_pairs(texts, size=options.shingle, least=options.min_similarity):
        row = {"kind": "document", "doc_id": names[i], "start": 0, "end": len(texts[i]), "other_id": names[j]}
        rows.append(row | {"other_start": 0, "other_end": len(texts[j]), "similarity": similarity})
    found = _clusters(names, [(row["doc_id"], row["other_id"]) for row in rows])
    clusters = [{"doc_id": name, "cluster_id": cluster, "size": size} for name, (cluster, size) in found.items()]
    clusters += _point_clusters(statements, dict(zip(names, texts, strict=True)))
    return tables.frame("duplicates", rows), tables.frame("clusters", clusters)


def similar_pairs(texts: Sequence[str], *, size: int, least: float) -> Iterator[tuple[int, int, float]]:
    """Places of texts whose folded shingles have a Jaccard index of at least `least`, and the index, in order.

    Examples
    --------
    >>> list(similar_pairs(["组织生活不规范。", "党务干部兼职多", "组织生活，不规范"], size=5, least=0.8))
    [(0, 2, 1.0)]
    """

    @lru_cache(maxsize=512)
    def grams(i: int) -> NDArray[np.uint64]:
        """The shingles of a text; only signatures are kept for all."""
        return shingles(folded(texts[i]), size=size)

    hashed = ((i, grams(i)) for i in range(len(texts)))
    signed = [(i, signature(found)) for i, found in hashed if len(found)]
    filled, signatures = (
        [i for i, _ in signed],
        np.array([row for _, row in signed], dtype=np.uint64).reshape(-1, N_SLOTS),
    )
    for left, right in candidates(signatures):
        i, j = filled[left], filled[right]
        similarity = jaccard(grams(i), grams(j))
        if similarity >= least:
            yield i, j, similarity


def signature(grams: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """One-permutation MinHash, shape ``(N_SLOTS,)``: each slot's least shingle, else that of the next filled slot."""
    slots = ((grams >> np.uint64(33)) % np.uint64(N_SLOTS)).astype(np.intp)
    by_slot = np.lexsort((grams, slots))
    filled, first = np.unique(slots[by_slot], return_index=True)
    at = np.searchsorted(filled, np.arange(N_SLOTS)) % len(filled)
    return grams[by_slot[first]][at]


def candidates(signatures: NDArray[np.uint64]) -> list[tuple[int, int]]:
    """Pairs of rows, left < right, that share a band, at most `MAX_MATES` places apart among all that share it.

    Parameters
    ----------
    signatures : array of uint64, shape (n_documents, N_SLOTS)
    """
    n = len(signatures)
    pairs = np.zeros(0, dtype=np.int64)
    for band in np.split(signatures, N_BANDS, axis=1):
        keys = band[:, 0]
        for column in band.T[1:]:
            keys = (keys * _MULTIPLIER) ^ column
        order = np.argsort(keys, kind="stable")
        ordered, found = keys[order], [pairs]
        for apart in range(1, min(MAX_MATES, n - 1) + 1):
            same = np.flatnonzero(ordered[apart:] == ordered[:-apart])
            if not len(same):
                break
            found.append(order[same].astype(np.int64) * n + order[same + apart])
        pairs = np.unique(np.concatenate(found))
    return list(zip((pairs // max(1, n)).tolist(), (pairs % max(1, n)).tolist(), strict=True))


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
    points = statements[statements["parent_id"].isna() & statements["doc_id"].isin(texts)]
    points = tables.in_document_order(points.sort_values(["headline_start", "statement_id"], kind="stable"))
    columns = ("statement_id", "doc_id", "role", "start", "end")
    rows = list(zip(*(points[column].tolist() for column in columns), strict=True))
    mates: dict[tuple[str, str], list[tuple[str, str]]] = defaultdict(list)
    keys = [(role, folded(texts[doc_id][start:end])) for _, doc_id, role, start, end in rows]
    for key, (name, doc_id, *_) in zip(keys, rows, strict=True):
        mates[key].append((name, doc_id))
    for key, (name, doc_id, *_) in zip(keys, rows, strict=True):
        are_copies = bool(key[1]) and len({place for _, place in mates[key]}) > 1
        members = [mate for mate, _ in mates[key]] if are_copies else [name]
        yield {"doc_id": doc_id, "statement_id": name, "cluster_id": min(members), "size": len(members)}
