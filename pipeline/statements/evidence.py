"""What speaks for a code: the phrases of a codebook."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.statements.terms import Wordlist, build_wordlist, find_words

Vector = NDArray[np.float64]

LENGTH_POWER, SHARING_POWER = 0.3, 0.3
"""A phrase speaks louder the longer it is and lower the more codes share it (annotated sample: .3, .6 and 1 alike)."""


@dataclass(frozen=True)
class Codebook:
    """A codebook, ready to be found in texts.

    Attributes
    ----------
    scheme : str
    codes : tuple of str
    wordlist : Wordlist
        Its phrases, ready to be found.
    votes : dict
        Phrase → what it adds to each code, shape ``(n_codes,)``.
    """

    scheme: str
    codes: tuple[str, ...]
    wordlist: Wordlist
    votes: dict[str, Vector]


def build_codebook(scheme: str, phrases: Iterable[tuple[str, str, float]], *, codes: tuple[str, ...] = ()) -> Codebook:
    """A codebook from its phrases.

    Parameters
    ----------
    scheme : str
    phrases : iterable of (code, phrase, weight)
    codes : tuple of str, optional
        All its codes in order; those of the phrases if left out.

    Returns
    -------
    Codebook

    Examples
    --------
    >>> book = build_codebook("own", [("队伍", "书记", 1.0), ("阵地", "活动室", 1.0)])
    >>> book.codes, phrases_of("活动室没有桌椅", book)
    (('队伍', '阵地'), ['活动室'])
    """
    weights: dict[str, dict[str, float]] = defaultdict(dict)
    for code, phrase, weight in phrases:
        weights[phrase][code] = weight
    codes = codes or tuple(dict.fromkeys(code for votes in weights.values() for code in votes))
    votes = {phrase: _vote(phrase, by_code, codes) for phrase, by_code in weights.items()}
    return Codebook(scheme, codes, build_wordlist(weights), votes)


def phrases_of(text: str, book: Codebook) -> list[str]:
    """The phrases of a codebook that a text holds, each once, in the order of their first places."""
    return list(dict.fromkeys(text[start:end] for start, end in find_words(text, book.wordlist)))


def phrase_scores(phrases: Iterable[str], book: Codebook) -> Vector:
    """What some phrases add up to for each code, shape ``(n_codes,)``."""
    total = np.zeros(len(book.codes))
    for phrase in phrases:
        total += book.votes[phrase]
    return total


def _vote(phrase: str, by_code: dict[str, float], codes: tuple[str, ...]) -> Vector:
    """What a phrase adds to each code."""
    scale = len(phrase) ** LENGTH_POWER / len(by_code) ** SHARING_POWER
    return np.array([by_code.get(code, 0.0) * scale for code in codes])
