"""What speaks for a code: the phrases of a codebook, and the character n-grams of headlines that were coded by hand."""

import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from pipeline.statements.terms import Wordlist, build_wordlist, find_words

Vector = NDArray[np.float64]
RE_MARKS = re.compile(r"[^\w]+")

LENGTH_POWER, SHARING_POWER = 0.3, 0.3
"""A phrase speaks louder the longer it is and lower the more codes share it (annotated sample: .3, .6 and 1 alike)."""

SMOOTHING = 0.1
"""Counts added to those of an n-gram (annotated sample: .1 before .3 and 1)."""

N_LONGEST = 3
"""Longest n-gram of coded headlines, in characters."""


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
    grams : dict
        N-gram of coded headlines → log ratio of its rate inside and outside each code, shape ``(n_codes,)``.
    """

    scheme: str
    codes: tuple[str, ...]
    wordlist: Wordlist
    votes: dict[str, Vector]
    grams: dict[str, Vector] = field(default_factory=dict)


def build_codebook(
    scheme: str, phrases: Iterable[tuple[str, str, float]], *, coded: Iterable[tuple[str, str]] = ()
) -> Codebook:
    """A codebook from its phrases and, where there are any, headlines coded by hand.

    Parameters
    ----------
    scheme : str
    phrases : iterable of (code, phrase, weight)
    coded : iterable of (headline, code)
        Headlines of a code without a phrase are left out.

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
    codes = tuple(dict.fromkeys(code for votes in weights.values() for code in votes))
    votes = {phrase: _vote(phrase, by_code, codes) for phrase, by_code in weights.items()}
    headlines = [(headline, code) for headline, code in coded if code in codes]
    return Codebook(scheme, codes, build_wordlist(weights), votes, _gram_weights(headlines, codes))


def phrases_of(text: str, book: Codebook) -> list[str]:
    """The phrases of a codebook that a text holds, each once, in the order of their first places."""
    return list(dict.fromkeys(text[start:end] for start, end in find_words(text, book.wordlist)))


def phrase_scores(phrases: Iterable[str], book: Codebook) -> Vector:
    """What some phrases add up to for each code, shape ``(n_codes,)``."""
    total = np.zeros(len(book.codes))
    for phrase in phrases:
        total += book.votes[phrase]
    return total


def gram_scores(headline: str, book: Codebook) -> Vector:
    """What a headline's n-grams add up to for each code, scaled by the square root of their number."""
    total = np.zeros(len(book.codes))
    grams = [gram for gram in _grams(headline) if gram in book.grams]
    for gram in grams:
        total += book.grams[gram]
    return total / math.sqrt(len(grams) or 1)


def leading_grams(headline: str, code: str, *, book: Codebook, n: int = 2) -> list[str]:
    """The n-grams of at least two characters that speak most for a code, overlapping ones once."""
    k = book.codes.index(code)
    known = [gram for gram in _grams(headline) if len(gram) > 1 and gram in book.grams]
    best: list[str] = []
    for gram in sorted(known, key=lambda gram: (-book.grams[gram][k], -len(gram), gram)):
        if len(best) < n and not any(gram in other or other in gram for other in best):
            best.append(gram)
    return best


def _vote(phrase: str, by_code: dict[str, float], codes: tuple[str, ...]) -> Vector:
    """What a phrase adds to each code."""
    scale = len(phrase) ** LENGTH_POWER / len(by_code) ** SHARING_POWER
    return np.array([by_code.get(code, 0.0) * scale for code in codes])


def _grams(text: str) -> list[str]:
    """The distinct n-grams of a text within its marks, in order."""
    pieces = RE_MARKS.split(text)
    return list(
        dict.fromkeys(
            piece[i : i + n] for piece in pieces for n in range(1, N_LONGEST + 1) for i in range(len(piece) - n + 1)
        )
    )


def _gram_weights(coded: list[tuple[str, str]], codes: tuple[str, ...]) -> dict[str, Vector]:
    """The log ratio of an n-gram's smoothed rate inside each code and outside it (one against the rest)."""
    place = {code: k for k, code in enumerate(codes)}
    inside: dict[str, Vector] = {}
    for headline, code in coded:
        for gram in _grams(headline):
            inside.setdefault(gram, np.zeros(len(codes)))[place[code]] += 1
    counts = Counter(code for _, code in coded)
    size = np.array([float(counts[code]) for code in codes])
    rest = len(coded) - size
    return {
        gram: np.log((n + SMOOTHING) / (size + 2 * SMOOTHING))
        - np.log((n.sum() - n + SMOOTHING) / (rest + 2 * SMOOTHING))
        for gram, n in inside.items()
    }
