"""How probable each role is for a sentence: the columns of the model, and the one that ships."""

from functools import cache

from pipeline import lexicon
from pipeline.sections.grams import GramModel, model_of
from pipeline.values import Role

ROLES = tuple(Role)
"""The columns of the model."""
FLOOR = 0.005
"""The least chance of a role in a sentence, so that no single sentence rules a role out."""


@cache
def shipped() -> GramModel:
    """The model that ships with the package; ``make train-roles`` fits it again."""
    return model_of(lexicon.arrays("roles.npz"))
