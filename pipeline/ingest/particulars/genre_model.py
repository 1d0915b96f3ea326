"""How probable each 文种 is by the words of a title and of what follows it: for texts in which nothing names it."""

from functools import cache

from pipeline import lexicon
from pipeline.grams import MAX_READ, GramModel, model_of
from pipeline.ingest.particulars.front_matter import FrontMatter
from pipeline.values import Genre

GENRES = tuple(Genre)
"""The columns of the model."""


def start_of(front: FrontMatter) -> str:
    r"""What the model reads of a text: title, subtitle and the beginning of the first paragraphs.

    Examples
    --------
    >>> from pipeline.ingest.particulars.front_matter import front_matter
    >>> start_of(front_matter("柳家圩村党建调研\n（2019年5月）\n全村党员九十名，分三个小组。"))
    '柳家圩村党建调研 全村党员九十名，分三个小组。'
    """
    return " ".join(" ".join((front.title, front.subtitle, front.opening[:MAX_READ])).split())[:MAX_READ]


@cache
def shipped_genres() -> GramModel:
    """The model that ships with the package; ``make train-genres`` fits it again."""
    return model_of(lexicon.arrays("genres.npz"))
