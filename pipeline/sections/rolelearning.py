"""What the role model is fitted on: sentences of sections whose headings say plainly what they do."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from pipeline import lexicon, tables
from pipeline.sections.content import first_sentences
from pipeline.sections.grams import BITS, model_of, sentence_buckets
from pipeline.sections.rolemodel import ROLES
from pipeline.values import Role, RoleBasis

Example = tuple[str, Role, float]

SURE = 0.95
"""Confidence from which a heading's role labels the sentences under it."""
STRENGTH = 10.0
"""Inverse strength of the penalty (sample, cross-fitted log loss of a sentence: 3 → 1.63, 10 → 1.58)."""
EVEN = 0.5
"""Power by which frequent roles are made rarer: most sentences of reports are 问题 and 对策, most sections are not
(sample, cross-fitted, all headings hidden: roles .86 → .88, fully evened .91 but .03 less with headings shown)."""
OWN = 0.5
"""Share of the user's corpus in what is learnt; the rest is the shipped model."""
TRUST = 0.5
"""Weight of an example that no person labelled."""


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
    rows: Sequence[tuple[str, int, float]], n_classes: int, *, strength: float, seed: int = 0
) -> dict[str, NDArray[Any]]:
    """The arrays of a model of classes fitted on sentences, as `pipeline.sections.grams.model_of` takes them.

    Parameters
    ----------
    rows : sequence of (sentence, class, weight)
    n_classes : int
    strength : float
        Inverse strength of the penalty.
    seed : int
        Of the solver.

    Returns
    -------
    dict of str to ndarray
        ``weights`` (2 ** BITS, n_classes), int8; ``scale``; ``bias``. A class without examples is never told.

    Raises
    ------
    ValueError
        If the examples have less than two classes.
    """
    found, starts = sentence_buckets([sentence for sentence, _, _ in rows])
    values = np.repeat(1.0 / np.sqrt(np.maximum(np.diff(starts), 1)), np.diff(starts))
    table = csr_matrix((values, found, starts), shape=(len(rows), 1 << BITS), dtype=np.float64)
    fitted = LogisticRegression(C=strength, max_iter=300, tol=1e-3, random_state=seed, solver="lbfgs")
    fitted.fit(table, [label for _, label, _ in rows], sample_weight=[weight for _, _, weight in rows])
    weights = np.zeros((1 << BITS, n_classes))
    bias = np.full(n_classes, -30.0, dtype=np.float32)
    halves = np.array([[-0.5], [0.5]]) if len(fitted.classes_) == 2 else np.eye(len(fitted.classes_))
    weights[:, fitted.classes_] = (halves @ fitted.coef_).T
    bias[fitted.classes_] = halves @ fitted.intercept_
    scale = float(np.abs(weights).max()) / 127 or 1.0
    return {
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": np.array(scale, dtype=np.float32),
        "bias": bias,
    }


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


def learn_roles(documents: pd.DataFrame, sections: pd.DataFrame, *, seed: int = 0) -> dict[str, NDArray[Any]] | None:
    """The arrays of a role model for a corpus: half fitted on its explicit sections, half the shipped one.

    Parameters
    ----------
    documents, sections : pandas.DataFrame
        The tables of these names.
    seed : int

    Returns
    -------
    dict of str to ndarray or None
        As `pipeline.sections.grams.model_of` takes them; None if the corpus has less than two roles to learn from.
    """
    examples = sorted(explicit_examples(documents, sections))
    if len({role for _, role, _ in examples}) < 2:
        return None
    own = fit_roles(examples, strength=STRENGTH, seed=seed)
    return mixed(own, lexicon.arrays("roles.npz"), share=OWN)


def mixed(one: dict[str, NDArray[Any]], other: dict[str, NDArray[Any]], *, share: float) -> dict[str, NDArray[Any]]:
    """The arrays of the weighted mean of two models' log odds; a role that only one knows is as likely as there."""
    first, second = model_of(one), model_of(other)
    known = [model.bias > -20 for model in (first, second)]
    shares = np.where(known[0] & known[1], share, np.where(known[0], 1.0, 0.0)).astype(np.float32)
    weights = shares * first.weights + (1 - shares) * second.weights
    scale = float(np.abs(weights).max()) / 127 or 1.0
    return {
        "weights": np.round(weights / scale).astype(np.int8),
        "scale": np.array(scale, dtype=np.float32),
        "bias": (shares * first.bias + (1 - shares) * second.bias).astype(np.float32),
    }


def fit_shipped(examples: Iterable[Example], *, seed: int = 0) -> dict[str, NDArray[Any]]:
    """The arrays of the model that ships: fitted on sentences that people labelled."""
    return fit_roles(list(examples), strength=STRENGTH, seed=seed)
