"""What a sentence does by its words alone, where neither a heading nor a cue says it."""

from dataclasses import dataclass
from functools import lru_cache

from pipeline.sections.rolemodel import ROLES, shipped
from pipeline.values import Role


@dataclass(frozen=True, slots=True)
class Leaning:
    """Chances that a sentence tells a fault (问题 or 原因), or a measure; the rest is any other role."""

    fault: float
    measure: float


@lru_cache(maxsize=4096)
def leaning(words: str) -> Leaning:
    """How a sentence leans.

    Examples
    --------
    >>> leaning("三个支部去年一次会也没开过。").fault > 0.5
    True
    >>> leaning("由县委组织部牵头建立专兼职教师库。").measure > 0.5
    True
    """
    row = shipped().probabilities([words])[0]
    chances = dict(zip(ROLES, row.tolist(), strict=True))
    return Leaning(chances[Role.PROBLEM] + chances[Role.CAUSE], chances[Role.MEASURE])
