"""Which words of a unit are the claim: a fitted choice among its possible wordings."""

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from pipeline import lexicon
from pipeline.statements.drafts import Draft
from pipeline.statements.sentences import Span
from pipeline.statements.wordings import Case, case_of
from pipeline.statements.wordingtraits import Readers, traits_of_cases
from pipeline.trees import Forest, forest_of

SURE = 0.9
"""Chance from which the likeliest wording is chosen whatever else may be meant."""
SAME, MARGIN = 0.8, 0.1
"""Likeness from which two wordings are the same claim, and how much more probably than the likeliest wording another one must be the
same claim as the right one to be chosen."""
BEGINS, WITHIN = 0.95, 0.85
"""Likeness of a wording to one that it begins, and to one that it lies in, if that is not much longer."""
Floats = NDArray[np.float64]


@cache
def shipped_choice() -> Forest:
    """The choice that ships with the package; ``make train-points`` fits it again."""
    return forest_of(lexicon.arrays("wordings.npz"))


def worded(
    reports: Sequence[tuple[str, Sequence[tuple[Span, Draft]]]],
    *,
    readers: Readers,
    choice: Forest | None = None,
) -> list[list[Draft]]:
    """Claims with the likeliest words of their units as their headlines; the choice reads those of all reports at once.

    Parameters
    ----------
    reports : sequence of (str, sequence of ((start, end), Draft))
        The text of each report; the unit of each of its claims, and the claim with a first guess of its headline.
    readers : Readers
    choice : Forest, optional
        The shipped one by default.

    Returns
    -------
    list of list of Draft
        In the same order.
    """
    cases = [[case_of(text, unit, claim) for unit, claim in claims] for text, claims in reports]
    several = [[case for case in mine if len(case.found) > 1] for mine in cases]
    if not any(several):
        return [[claim for _, claim in claims] for _, claims in reports]
    rows = traits_of_cases([(text, mine) for (text, _), mine in zip(reports, several, strict=True)], readers=readers)
    odds = (choice or shipped_choice()).log_odds(rows)[0]
    ends = iter(np.cumsum([len(case.found) for mine in several for case in mine]).tolist())
    return [
        [_chosen(text, case, odds, next(ends)) if len(case.found) > 1 else case.claim for case in mine]
        for (text, _), mine in zip(reports, cases, strict=True)
    ]


def _chosen(text: str, case: Case, odds: Floats, end: int) -> Draft:
    """A claim in its likeliest wording, or in one that is far more probably the same claim as the right one.

    The odds of its wordings end at a place.
    """
    mine = odds[end - len(case.found) : end]
    chances = np.exp(mine - mine.max())
    chances /= chances.sum()
    likeliest = int(chances.argmax())
    if chances[likeliest] < SURE:
        same = (likeness(text, case) >= SAME) @ chances
        likeliest = int(same.argmax()) if same.max() > same[likeliest] + MARGIN else likeliest
    words = case.found[likeliest]
    return replace(case.claim, head_start=words.start, head_end=words.end)


def likeness(text: str, case: Case) -> Floats:
    """How alike the possible wordings of a claim are, each to each, close to what `pipeline.evaluate.gold.similarity` tells.

    All are stretches of one text, so that what two have in common is where they overlap; that is told for all pairs at once. What
    `similarity` drops as numbering at the beginning (三年一届) stays here: of 76,000 pairs in 20 annotated reports, .4 % are on
    the other side of `SAME`.

    Returns
    -------
    ndarray of float64, shape (n_wordings, n_wordings)

    Examples
    --------
    >>> from pipeline.statements.drafts import Basis, from_sentence
    >>> from pipeline.values import Role
    >>> text = "覆盖面还很有限，十一个支部管到的党员只有四百多名，占两成。"
    >>> claim, *_ = from_sentence(text, 0, (0, len(text)), Basis(Role.PROBLEM, 1.0))
    >>> case = case_of(text, (0, len(text)), claim)
    >>> [text[one.start : one.end] for one in case.found][:2], likeness(text, case)[0, :2].round(2).tolist()
    (['覆盖面还很有限', '覆盖面还很有限，十一个支部管到的党员只有四百多名'], [1.0, 0.47])
    """
    starts, ends = (np.array([getattr(one, name) for one in case.found]) for name in ("start", "end"))
    first, last = int(starts.min()), int(ends.max())
    told = np.cumsum([False, *(glyph.isalnum() for glyph in text[first:last])])
    starts, ends = told[starts - first], told[ends - first]
    sizes = ends - starts
    shared = np.minimum(ends[:, None], ends) - np.maximum(starts[:, None], starts)
    short, long = np.minimum(sizes[:, None], sizes), np.maximum(sizes[:, None], sizes)
    alike: Floats = 2 * np.maximum(shared, 0) / np.maximum(short + long, 1)
    is_within = (shared == short) & (long <= 2 * short + 6)
    alike[is_within & (short >= 6)] = WITHIN
    alike[is_within & (short >= 4) & (starts[:, None] == starts)] = BEGINS
    alike[(shared == short) & (shared == long)] = 1.0
    return alike
