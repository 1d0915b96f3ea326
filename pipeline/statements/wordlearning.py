"""Which words are used as phrases of a codebook are: learnt from the clauses of a corpus."""

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix, csr_matrix
from sklearn.decomposition import TruncatedSVD
from sklearn.feature_extraction.text import CountVectorizer

from pipeline.settings import TokenOptions
from pipeline.statements.tokens import segment_terms

RE_CLAUSE = re.compile(r"[，,、。；;：:！!？?\s]+")
"""Between clauses."""
MIN_CLAUSES = 5
"""Clauses that a word must stand in."""
N_DIMENSIONS = 100
"""Of the vectors of words; a corpus must have ten times as many words."""
SMOOTHING = 0.75
"""Power of the counts of contexts: rare ones are not overrated (Levy, Goldberg and Dagan 2015)."""
N_NEAREST, MIN_COSINE = 12, 0.6
"""Most relatives of a phrase, and their least cosine (annotated reports, cross-fitted, points coded right: .5 .753, .6 .754,
.7 .753, all alike)."""
N_AT_ONCE = 256
"""Phrases that are compared with all words at once, to bound memory."""

Floats = NDArray[np.float64]


def learn_words(texts: Iterable[str], phrases: Iterable[str], *, seed: int = 0) -> dict[str, NDArray[Any]] | None:
    """The words of a corpus that are related to phrases: their vectors point the same way.

    Parameters
    ----------
    texts : iterable of str
    phrases : iterable of str
        Of a codebook; one of several words points where these point together, so that they may be its
        relatives. Words that are phrases are none.
    seed : int
        Of the factorisation.

    Returns
    -------
    dict of str to ndarray or None
        ``phrases``, ``words``, and ``cosines`` in hundredths, a row a pair, sorted; None if the corpus has too few words.

    References
    ----------
    Levy, Goldberg and Dagan (2015), Improving distributional similarity with lessons learned from word embeddings:
    positive pointwise mutual information of words within clauses, factorised, singular values by their square roots.
    """
    table, words = _counts(texts)
    if len(words) < 10 * N_DIMENSIONS:
        return None
    vectors = _vectors(_information(table), seed)
    place = {word: n for n, word in enumerate(words)}
    known = sorted(set(phrases))
    told = ((phrase, _terms(phrase)) for phrase in known)
    parts = [(phrase, [place[term] for term in terms]) for phrase, terms in told if _is_told(phrase, terms, place)]
    is_phrase = np.isin(words, known)
    pairs = sorted(_nearest(parts, vectors, words, is_phrase))
    phrases_, words_, cosines = zip(*pairs, strict=True) if pairs else ((), (), ())
    return {
        "phrases": np.array(phrases_, dtype=np.str_),
        "words": np.array(words_, dtype=np.str_),
        "cosines": np.array(cosines, dtype=np.uint8),
    }


def _terms(text: str) -> list[str]:
    """The terms of a clause or phrase, party terms in their one form."""
    return segment_terms(text, options=TokenOptions())


def _is_told(phrase: str, terms: Sequence[str], place: dict[str, int]) -> bool:
    """Whether a phrase is made of its terms, known ones, and nothing else."""
    return "".join(terms) == phrase and all(term in place for term in terms)


def _counts(texts: Iterable[str]) -> tuple[csr_matrix, list[str]]:
    """Which words stand in which clause, shape (n_clauses, n_words), and the words, sorted."""
    clauses = (clause for text in texts for clause in RE_CLAUSE.split(text) if len(clause) > 1)
    vectorizer = CountVectorizer(analyzer=_terms, binary=True)
    try:
        table = vectorizer.fit_transform(clauses).astype(np.float64)
    except ValueError:  # there is no word at all
        return csr_matrix((0, 0)), []
    is_kept = np.asarray(table.sum(axis=0)).ravel() >= MIN_CLAUSES
    names = vectorizer.get_feature_names_out()[is_kept].tolist()
    return table[:, is_kept], names


def _information(table: csr_matrix) -> csr_matrix:
    """The positive pointwise mutual information of words that stand in one clause, shape (n_words, n_words)."""
    pairs = (table.T @ table).tocsr()
    pairs.setdiag(0)
    pairs.eliminate_zeros()
    sums = np.asarray(pairs.sum(axis=1)).ravel()
    context = sums**SMOOTHING
    found: coo_matrix = pairs.tocoo()
    values = np.log(found.data * context.sum() / (sums[found.row] * context[found.col]))
    is_more = values > 0
    shape = (len(sums), len(sums))
    return csr_matrix((values[is_more], (found.row[is_more], found.col[is_more])), shape=shape)


def _vectors(information: csr_matrix, seed: int) -> Floats:
    """The words as vectors of length 1, shape (n_words, N_DIMENSIONS)."""
    machine = TruncatedSVD(N_DIMENSIONS, random_state=seed)
    vectors = machine.fit_transform(information) / np.sqrt(np.maximum(machine.singular_values_, 1e-9))
    return _scaled(vectors)


def _scaled(vectors: Floats) -> Floats:
    """Vectors as ones of length 1."""
    scaled: Floats = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
    return scaled


def _nearest(
    parts: Sequence[tuple[str, list[int]]], vectors: Floats, words: Sequence[str], is_phrase: NDArray[np.bool_]
) -> Iterator[tuple[str, str, int]]:
    """The nearest words of each phrase with their cosines in hundredths."""
    for first in range(0, len(parts), N_AT_ONCE):
        some = parts[first : first + N_AT_ONCE]
        cosines = _scaled(np.array([vectors[mine].sum(axis=0) for _, mine in some])) @ vectors.T
        cosines[:, is_phrase] = -1.0
        for (phrase, _), row in zip(some, np.floor(cosines * 100 + 0.5).astype(int), strict=True):
            best = np.argsort(-row, kind="stable")[:N_NEAREST].tolist()
            yield from ((phrase, words[n], int(row[n])) for n in best if row[n] >= 100 * MIN_COSINE)
