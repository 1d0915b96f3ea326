"""Topic models behind one small interface: terms of points in, weights of terms and of points out."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from gensim.corpora import Dictionary
from gensim.models import LdaModel
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.decomposition import NMF
from sklearn.feature_extraction.text import TfidfTransformer

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Model:
    """A fitted model.

    Attributes
    ----------
    terms : array, shape (n_themes, n_terms)
        Weight of each term in each theme; a row sums to 1.
    weigh : callable
        Counts of terms, shape (n_points, n_terms) → weights of themes, shape (n_points, n_themes); a row sums to 1, or
        is all 0 where a point has no known term.
    """

    terms: Array
    weigh: Callable[[csr_matrix], Array]


def fit_nmf(counts: csr_matrix, *, n_themes: int, seed: int) -> Model:
    """Non-negative matrix factorisation of tf-idf (Lee & Seung, 1999; scikit-learn).

    Parameters
    ----------
    counts : sparse matrix, shape (n_points, n_terms)
    n_themes, seed : int
    """
    weighting = TfidfTransformer(sublinear_tf=True).fit(counts)
    model = NMF(n_themes, init="nndsvda", random_state=seed, max_iter=2000, tol=1e-3)
    model.fit(weighting.transform(counts))

    def weigh(more: csr_matrix) -> Array:
        """Weights of themes for counts of terms."""
        return _shares(model.transform(weighting.transform(more)))

    return Model(_shares(model.components_), weigh)


def fit_lda(counts: csr_matrix, *, n_themes: int, seed: int) -> Model:
    """Latent Dirichlet allocation (Blei, Ng & Jordan, 2003; gensim), one thread, ten passes."""
    words = Dictionary.from_corpus(_bags(counts), id2word={i: str(i) for i in range(counts.shape[1])})
    model = LdaModel(
        _bags(counts), num_topics=n_themes, id2word=words, passes=10, iterations=100, random_state=seed,
        alpha="asymmetric", eta="auto", dtype=np.float64, eval_every=None,
    )  # fmt: skip
    terms = model.get_topics()

    def weigh(more: csr_matrix) -> Array:
        """Weights by expectation–maximisation on the fitted terms: gensim's own inference differs from call to call."""
        return fold_in(more, terms)

    return Model(_shares(terms), weigh)


FITTERS: dict[str, Callable[..., Model]] = {"nmf": fit_nmf, "lda": fit_lda}
"""The models that settings.toml can choose."""


def fold_in(counts: csr_matrix, terms: Array, *, n_iterations: int = 30) -> Array:
    """Weights of themes that explain counts best with the themes' terms fixed (Hofmann, 1999), by 30 EM steps."""
    counts = csr_matrix(counts, dtype=float)
    theta = np.full((counts.shape[0], terms.shape[0]), 1.0 / terms.shape[0])
    rows, columns = counts.nonzero()
    for _ in range(n_iterations):
        expected = np.einsum("ij,ji->i", theta[rows], terms[:, columns]) + 1e-300
        ratio = csr_matrix((counts.data / expected, (rows, columns)), shape=counts.shape)
        theta = _shares(theta * (ratio @ terms.T))
    theta[np.diff(counts.indptr) == 0] = 0.0
    return theta


def _bags(counts: csr_matrix) -> list[list[tuple[int, float]]]:
    """Counts as gensim's bags of words."""
    return [
        list(zip(row.indices.tolist(), row.data.tolist(), strict=True))
        for row in (counts[i] for i in range(counts.shape[0]))
    ]


def _shares(weights: Array) -> Array:
    """Rows scaled to sum 1; a row of zeros stays."""
    sums = weights.sum(axis=1, keepdims=True)
    return np.asarray(np.divide(weights, sums, out=np.zeros_like(weights, dtype=float), where=sums > 0))


def term_counts(documents: Sequence[Sequence[str]], vocabulary: dict[str, int]) -> csr_matrix:
    """How often each term of a vocabulary occurs in each point, shape ``(n_points, n_terms)``."""
    pairs = [(i, vocabulary[term]) for i, terms in enumerate(documents) for term in terms if term in vocabulary]
    rows, columns = (np.array(side, dtype=np.intp) for side in (zip(*pairs, strict=True) if pairs else ((), ())))
    return csr_matrix((np.ones(len(pairs)), (rows, columns)), shape=(len(documents), len(vocabulary)))
