"""Which words of a unit are the claim: a fitted choice among its possible wordings."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache

from pipeline import lexicon
from pipeline.statements.drafts import Draft
from pipeline.statements.sentences import Span
from pipeline.statements.wordings import Case, case_of
from pipeline.statements.wordingtraits import Readers, traits_of_cases
from pipeline.trees import Forest, forest_of


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
    odds = iter((choice or shipped_choice()).log_odds(rows)[0].tolist())
    return [[_chosen(case, odds) for case in mine] for mine in cases]


def _chosen(case: Case, odds: Iterator[float]) -> Draft:
    """A claim in its likeliest wording; takes as many odds as it has wordings, if there are several."""
    if len(case.found) < 2:
        return case.claim
    best = max([(next(odds), -n) for n in range(len(case.found))])
    words = case.found[-best[1]]
    return replace(case.claim, head_start=words.start, head_end=words.end)
