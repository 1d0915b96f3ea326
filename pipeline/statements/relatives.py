"""Words that are used as the codebook's phrases are: those that ship, and those learnt from the user's corpus."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.settings import LearnedFile
from pipeline.statements.evidence import Relation
from pipeline.store.learned import learned_arrays, learned_as


def relations(learned: Sequence[LearnedFile]) -> tuple[Relation, ...]:
    """The relatives of phrases, each pair once with its greatest cosine, sorted.

    Parameters
    ----------
    learned : sequence of LearnedFile
        Of the options of coding; what it has of words joins the shipped ones (``make train-words`` learns those again).

    Returns
    -------
    tuple of (phrase, word, cosine)
    """
    found: dict[tuple[str, str], float] = {}
    file = learned_as("words", learned)
    for arrays in (lexicon.arrays("relatives.npz"), *([learned_arrays(file)] if file else [])):
        for phrase, word, cosine in _unpacked(arrays):
            found[phrase, word] = max(cosine, found.get((phrase, word), 0.0))
    return tuple((phrase, word, cosine) for (phrase, word), cosine in sorted(found.items()))


def _unpacked(arrays: Mapping[str, NDArray[Any]]) -> Iterator[Relation]:
    """The relations of some arrays: ``phrases``, ``words``, and ``cosines`` in hundredths."""
    columns = (arrays[name].tolist() for name in ("phrases", "words", "cosines"))
    yield from ((phrase, word, cosine / 100) for phrase, word, cosine in zip(*columns, strict=True))
