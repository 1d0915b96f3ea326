"""What the role model is fitted on: sentences of sections whose headings say plainly what they do."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_matrix
from scipy.special import log_softmax
from sklearn.linear_model import LogisticRegression

from pipeline import lexicon, tables
from pipeline.grams import BITS, Grams, model_of, sentence_buckets
from pipeline.sections.content import first_sentences
from pipeline.sections.rolemodel import ROLES
from pipeline.values import Role, RoleBasis

Example = tuple[str, Role, float]
Floats = NDArray[np.float64]

SURE = 0.95
"""Confidence from which a heading's role labels the sentences under it."""
STRENGTH = 10.0
"""Inverse strength of the penalty (sample, cross-fitted log loss of a sentence: 3 → 1.63, 10 → 1.58)."""
EVEN = 0.5
"""Power by which frequent roles are made rarer: most sentences of reports are 问题 and 对策, most sections are not
(sample, cross-fitted, all headings hidden: roles .86 → .88, fully evened .91 but .03 less with headings shown)."""
REFINING = 3.0
"""How freely a corpus moves the weights of the shipped model: the variance that they are thought to have around it
(model of the own sentences alone, refined by the explicit sections of every other annotated report, log loss of those of
the others: not at all 1.73, 1 → 1.46, 3 → 1.27, a mean with a model of the corpus alone 1.31; and of own sentences held
out: not at all 1.39, 1 → 1.41, 3 → 1.44, such a mean 1.49; by 100 examples 3 → 1.67, such a mean 1.68)."""
TRUST = 0.5
"""Weight of an example that no person labelled."""
MOST = 40_000
"""About as many examples of a corpus are learnt from, evenly taken: of more, fitting would take long and tell little."""


def fit_roles(
    examples: Iterable[tuple[str, Role, float]], *, strength: float = 1.0, seed: int = 0
) -> dict[str, NDArray[Any]]:
    """The arrays of a role model fitted on sentences; frequent roles are made rarer.

    A multinomial logistic regression with an L2 penalty; weights are kept as whole numbers up to 127 and a scale.

    Parameters
    ----------
    examples : iterable of (sentence, role, weight)
        The weight is the trust in the label, in (0, 1].
    strength : float
        Inverse strength of the penalty.
    seed : int
        Of the solver.

    Returns
    -------
    dict of str to ndarray
        ``weights`` (2 ** BITS, n_roles), int8; ``scale``; ``bias`` (n_roles,). A role without examples is never told.

    Raises
    ------
    ValueError
        If the examples have less than two roles.
    """
    rows = [(sentence, ROLES.index(role), weight) for sentence, role, weight in examples]
    found = fit_grams(rows, len(ROLES), strength=strength, seed=seed)
    classes = sorted({role for _, role, _ in rows})
    found["bias"][classes] = np.round(found["bias"][classes] - EVEN * _shares(rows), 3)
    return found


def fit_grams(
    rows: Sequence[tuple[str, int, float]],
    n_classes: int,
    *,
    strength: float,
    seed: int = 0,
    tolerance: float = 1e-3,
) -> dict[str, NDArray[Any]]:
    """The arrays of a model of classes fitted on sentences, as `pipeline.grams.model_of` takes them.

    Parameters
    ----------
    rows : sequence of (sentence, class, weight)
    n_classes : int
    strength : float
        Inverse strength of the penalty.
    seed : int
        Of the solver.
    tolerance : float
        Gradient at which the solver stops; how far it gets up to 1e-3 differs by machine.

    Returns
    -------
    dict of str to ndarray
        ``weights`` (2 ** BITS, n_classes), int8; ``scale``; ``bias``. A class without examples is never told.

    Raises
    ------
    ValueError
        If the examples have less than two classes.
    """
    table = bucket_table(sentence_buckets([sentence for sentence, _, _ in rows]))
    fitted = LogisticRegression(C=strength, max_iter=600, tol=tolerance, random_state=seed, solver="lbfgs")
    fitted.fit(table, [label for _, label, _ in rows], sample_weight=[weight for _, _, weight in rows])
    weights = np.zeros((1 << BITS, n_classes))
    bias = np.full(n_classes, -30.0, dtype=np.float32)
    halves = np.array([[-0.5], [0.5]]) if len(fitted.classes_) == 2 else np.eye(len(fitted.classes_))
    weights[:, fitted.classes_] = (halves @ fitted.coef_).T
    bias[fitted.classes_] = halves @ fitted.intercept_
    return packed_weights(weights) | {"bias": bias}


def bucket_table(grams: Grams, *, bits: int = BITS) -> csr_matrix:
    """The buckets of sentences as a matrix, shape (n_sentences, 2 ** bits), each row of length 1."""
    found, starts = grams
    values = np.repeat(1.0 / np.sqrt(np.maximum(np.diff(starts), 1)), np.diff(starts))
    return csr_matrix((values, found, starts), shape=(len(starts) - 1, 1 << bits), dtype=np.float64)


def packed_weights(weights: Floats) -> dict[str, NDArray[Any]]:
    """Weights as whole numbers up to 127, and their scale."""
    scale = float(np.abs(weights).max()) / 127 or 1.0
    return {"weights": np.round(weights / scale).astype(np.int8), "scale": np.array(scale, dtype=np.float32)}


def _shares(rows: list[tuple[str, int, float]]) -> NDArray[np.float64]:
    """Log share of each role that has rows, in order, by their weights and around the mean."""
    sums = np.zeros(len(ROLES))
    for _, role, weight in rows:
        sums[role] += weight
    shares = np.log(sums[sums > 0])
    around: NDArray[np.float64] = shares - shares.mean()
    return around


def explicit_examples(documents: pd.DataFrame, sections: pd.DataFrame) -> Iterator[Example]:
    """The sentences right under headings that say surely what their sections do.

    Parameters
    ----------
    documents, sections : pandas.DataFrame
        The tables of these names.
    """
    texts = {row["doc_id"]: row["text"] for row in tables.records(documents[["doc_id", "text"]])}
    for row in tables.records(sections):
        if row["role_basis"] == RoleBasis.HEADING and row["confidence"] >= SURE and row["doc_id"] in texts:
            body = texts[row["doc_id"]][row["body_start"] : row["end"]]
            yield from ((sentence, Role(row["role"]), TRUST) for sentence in first_sentences(body))


def learn_roles(documents: pd.DataFrame, sections: pd.DataFrame) -> dict[str, NDArray[Any]] | None:
    """The arrays of a role model for a corpus: the shipped one, refined by the explicit sections.

    Parameters
    ----------
    documents, sections : pandas.DataFrame
        The tables of these names.

    Returns
    -------
    dict of str to ndarray or None
        As `pipeline.grams.model_of` takes them; None if the corpus has less than two roles to learn from.
    """
    examples = sorted(explicit_examples(documents, sections))
    examples = examples[:: 1 + len(examples) // MOST]
    if len({role for _, role, _ in examples}) < 2:
        return None
    return refined(lexicon.arrays("roles.npz"), examples)


def refined(arrays: Mapping[str, NDArray[Any]], examples: Sequence[Example]) -> dict[str, NDArray[Any]]:
    """The arrays of a model whose weights go from those of another as far as examples call for; the bias stays.

    The most probable weights of a multinomial logistic regression, given normal ones around those of the other model:
    few examples move them little. Frequent roles are made rarer.

    Parameters
    ----------
    arrays : mapping
        Of the other model, as `pipeline.grams.model_of` takes them.
    examples : sequence of (sentence, role, weight)

    Returns
    -------
    dict of str to ndarray
        Of the same shapes.

    References
    ----------
    Chelba and Acero (2006), Adaptation of maximum entropy capitalizer: little data can help a lot.
    """
    model = model_of(arrays)
    grams = sentence_buckets([sentence for sentence, _, _ in examples])
    labels = np.array([ROLES.index(role) for _, role, _ in examples])
    trust = np.array([weight for *_, weight in examples])
    sums = np.bincount(labels, trust, minlength=len(ROLES))
    trust *= (sums[labels] / sums[sums > 0].mean()) ** -EVEN
    used = np.unique(grams[0])
    moved = _moves(bucket_table(grams)[:, used], np.log(model.of(grams)), labels, trust)
    weights = model.weights.astype(np.float64)
    weights[used] += moved
    return packed_weights(weights) | {"bias": model.bias}


def _moves(table: csr_matrix, told: Floats, labels: NDArray[np.int64], trust: Floats) -> Floats:
    """What is added to the weights of each n-gram, shape (n_grams, n_roles); `told` are log chances without it."""
    shape, rows, turned = (table.shape[1], told.shape[1]), np.arange(len(labels)), table.T.tocsr()

    def loss(moved: Floats) -> tuple[float, Floats]:
        """The negative log probability of moves, and its slope."""
        logs = log_softmax(told + table @ moved.reshape(shape), axis=1)
        misses = np.exp(logs)
        misses[rows, labels] -= 1.0
        slope = (turned @ (misses * trust[:, None])).ravel() + moved / REFINING
        return float(moved @ moved / (2 * REFINING) - trust @ logs[rows, labels]), slope

    start = np.zeros(shape[0] * shape[1])
    found = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": 60, "ftol": 1e-6})
    moves: Floats = found.x.reshape(shape)
    return moves


def fit_shipped(examples: Iterable[Example], *, seed: int = 0) -> dict[str, NDArray[Any]]:
    """The arrays of the model that ships: fitted on sentences that people labelled."""
    return fit_roles(list(examples), strength=STRENGTH, seed=seed)
