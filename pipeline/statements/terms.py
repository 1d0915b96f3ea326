"""Known wordings in texts: party terms and set phrases, found by matching strings, not by segmentation."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon

Span = tuple[int, int]


@dataclass(frozen=True)
class Wordlist:
    """Words, ready to be found in texts.

    Attributes
    ----------
    words : frozenset of str
    singles : frozenset of str
        Those of one character.
    lengths : dict
        First two characters → lengths of the longer words that begin with them, longest first.
    """

    words: frozenset[str]
    singles: frozenset[str]
    lengths: dict[str, tuple[int, ...]]


def build_wordlist(words: Iterable[str]) -> Wordlist:
    """A word list to be found in texts; empty words are left out."""
    kept = frozenset(word for word in words if word)
    lengths: dict[str, set[int]] = defaultdict(set)
    for word in kept:
        if len(word) > 1:
            lengths[word[:2]].add(len(word))
    singles = frozenset(word for word in kept if len(word) == 1)
    return Wordlist(kept, singles, {head: tuple(sorted(found, reverse=True)) for head, found in lengths.items()})


def find_words(text: str, wordlist: Wordlist) -> list[Span]:
    """Where words of a list stand in a text: leftmost, longest, not overlapping.

    Time is linear in the text: at each place one look-up, and one for every length of word that begins so.

    Parameters
    ----------
    text : str
    wordlist : Wordlist

    Returns
    -------
    list of (start, end)
        Code points, half-open, in order.

    Examples
    --------
    >>> find_words("机关党委换届，党委重视", build_wordlist(["党委", "机关党委"]))
    [(0, 4), (7, 9)]
    """
    words, lengths, singles = wordlist.words, wordlist.lengths, wordlist.singles
    found, i, n = [], 0, len(text)
    while i < n:
        end = i + 1
        for length in lengths.get(text[i : i + 2], ()):
            if text[i : i + length] in words:
                end = i + length
                break
        if end > i + 1 or text[i] in singles:
            found.append((i, end))
        i = end
    return found


def party_terms(text: str) -> list[tuple[int, int, str]]:
    """The party terms of a text, each with what it is counted as.

    A segmenter cannot give these counts: a term with “” 《》 or 、 is never one token, others drown in longer ones.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (start, end, canonical)
        Leftmost, longest, not overlapping; code points, half-open.

    Examples
    --------
    >>> [term for _, _, term in party_terms("支书不会组织“三会一课”，主题党日照本宣科")]
    ['党支部书记', '三会一课', '主题党日']
    """
    canonical = _canonical_terms()
    return [(start, end, canonical[text[start:end]]) for start, end in find_words(text, _party_wordlist())]


def set_phrases(text: str) -> list[tuple[int, int, str]]:
    """The formulaic expressions (程式化表述) of a text: start, end and the expression.

    Examples
    --------
    >>> [phrase for _, _, phrase in set_phrases("要高度重视，压实责任，确保落到实处")]
    ['高度重视', '压实责任', '落到实处']
    """
    return [(start, end, text[start:end]) for start, end in find_words(text, _set_phrase_wordlist())]


def dictionary_terms() -> tuple[str, ...]:
    """The party terms that a segmenter may keep whole: without marks and of a length in `SHORT`."""
    return tuple(sorted(term for term in _canonical_terms() if term.isalnum() and len(term) in SHORT))


SHORT = range(2, 6)
"""Lengths of terms that are segmented whole: longer ones (党支部标准化规范化建设) hide what themes are made of."""


@cache
def _canonical_terms() -> dict[str, str]:
    """Party term → what it is counted as."""
    return {row["term"]: row["canonical"] for row in lexicon.rows("party_terms.csv")}


@cache
def _party_wordlist() -> Wordlist:
    """The party terms, ready to be found."""
    return build_wordlist(_canonical_terms())


@cache
def _set_phrase_wordlist() -> Wordlist:
    """The formulaic expressions, ready to be found."""
    return build_wordlist(lexicon.words("set_phrases.txt"))
