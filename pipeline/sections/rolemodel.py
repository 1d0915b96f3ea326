"""How probable each role is for a sentence: the columns of the model, the one that ships, and the one learnt in its place."""

from collections.abc import Sequence
from functools import cache, lru_cache

from pipeline import lexicon
from pipeline.grams import GramModel, model_of
from pipeline.settings import LearnedFile
from pipeline.store.learned import learned_arrays, learned_as
from pipeline.values import Role

ROLES = tuple(Role)
"""The columns of the model."""
FLOOR = 0.005
"""The least chance of a role in a sentence, so that no single sentence rules a role out."""


@cache
def shipped() -> GramModel:
    """The model that ships with the package; ``make train-roles`` fits it again."""
    return model_of(lexicon.arrays("roles.npz"))


def role_model(learned: Sequence[LearnedFile]) -> GramModel:
    """The model that `wendui learn` refined from the user's corpus, if that is among what was learned; else the shipped one.

    Parameters
    ----------
    learned : sequence of LearnedFile
        Of a stage's options.
    """
    file = learned_as("roles", learned)
    return _refined(file) if file else shipped()


@lru_cache(maxsize=2)
def _refined(file: LearnedFile) -> GramModel:
    """The model of a learned file."""
    return model_of(learned_arrays(file))
