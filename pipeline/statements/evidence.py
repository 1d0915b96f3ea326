"""What speaks for a code: the phrases of a codebook, and words that are used as they are."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from pipeline.statements.terms import Wordlist, build_wordlist, find_words

Vector = NDArray[np.float64]

LENGTH_POWER, SHARING_POWER = 0.3, 0.3
"""A phrase speaks louder the longer it is and lower the more codes share it (annotated sample: .3, .6 and 1 alike)."""

LOUDEST = 3.0
"""Most that a relative takes of what its phrase adds to a code: that of a long phrase of ours."""

Relation = tuple[str, str, float]
"""A phrase, a word that is used as it is, and the cosine of the two."""


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
    relatives : Wordlist
        Words that are related to phrases and are none themselves.
    leanings : dict
        Such a word → what it adds to each code, shape ``(n_codes,)``.
    """

    scheme: str
    codes: tuple[str, ...]
    wordlist: Wordlist
    votes: dict[str, Vector]
    relatives: Wordlist
    leanings: dict[str, Vector]


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
    return Codebook(scheme, codes, build_wordlist(weights), votes, build_wordlist(()), {})


def with_relatives(book: Codebook, relations: Iterable[Relation]) -> Codebook:
    """A codebook with words that are related to its phrases: each adds what they add, times the cosines.

    Parameters
    ----------
    book : Codebook
    relations : iterable of (phrase, word, cosine)
        Those of phrases that the codebook has not count nothing, nor do words that are its phrases.

    Examples
    --------
    >>> book = build_codebook("own", [("阵地", "活动室", 1.0)])
    >>> book = with_relatives(book, [("活动室", "桌椅", 0.8), ("活动室", "活动室", 1.0)])
    >>> relatives_of("活动室没有桌椅", book)
    ['桌椅']
    """
    leanings: dict[str, Vector] = defaultdict(lambda: np.zeros(len(book.codes)))
    for phrase, word, cosine in relations:
        if phrase in book.votes and word not in book.votes:
            leanings[word] = leanings[word] + cosine * np.minimum(book.votes[phrase], LOUDEST)
    return replace(book, relatives=build_wordlist(leanings), leanings=dict(leanings))


def relatives_of(text: str, book: Codebook) -> list[str]:
    """The words of a text that are related to phrases of a codebook, each once, in the order of their first places."""
    return _found(text, book.relatives)


def relative_scores(words: Iterable[str], book: Codebook) -> Vector:
    """What some related words add up to for each code, shape ``(n_codes,)``."""
    return _total(words, book.leanings, book)


def phrases_of(text: str, book: Codebook) -> list[str]:
    """The phrases of a codebook that a text holds, each once, in the order of their first places."""
    return _found(text, book.wordlist)


def phrase_scores(phrases: Iterable[str], book: Codebook) -> Vector:
    """What some phrases add up to for each code, shape ``(n_codes,)``."""
    return _total(phrases, book.votes, book)


def _found(text: str, wordlist: Wordlist) -> list[str]:
    """The words of a list that a text holds, each once, in the order of their first places."""
    return list(dict.fromkeys(text[start:end] for start, end in find_words(text, wordlist)))


def _total(words: Iterable[str], votes: Mapping[str, Vector], book: Codebook) -> Vector:
    """What some words add up to for each code, shape ``(n_codes,)``."""
    total = np.zeros(len(book.codes))
    for word in words:
        total += votes[word]
    return total


def _vote(phrase: str, by_code: dict[str, float], codes: tuple[str, ...]) -> Vector:
    """What a phrase adds to each code."""
    scale = len(phrase) ** LENGTH_POWER / len(by_code) ** SHARING_POWER
    return np.array([by_code.get(code, 0.0) * scale for code in codes])
