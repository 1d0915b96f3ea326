"""What `make train-points` fits for the words of claims: the choice among their possible wordings."""

from dataclasses import dataclass

import numpy as np

from pipeline.evaluate.gold import similarity
from pipeline.statements.judge import claim_of
from pipeline.statements.wordings import Case, case_of
from pipeline.statements.wordingtraits import Readers, traits_of_cases
from pipeline.values import Role
from tests.train.forests import fitted

CHOICE = {"max_iter": 60, "learning_rate": 0.14, "max_leaf_nodes": 10, "min_samples_leaf": 25, "max_features": 0.5}
"""Claims of 742 annotated reports with several wordings whose words are found, cross-fitted: without what clauses are by
their words .904, with it .929, and with 120 trees .930."""
EXACT = 2.0
"""What a wording gains that begins and ends as annotated."""


@dataclass(frozen=True)
class Told:
    """A claim in its unit: its possible wordings, and which is right."""

    case: Case
    is_right: np.ndarray


def told_claim(sheet, n, role, headline, at):
    """The annotated claim of a unit, or None if it has but one wording."""
    claim = claim_of(sheet, n, Role(role))
    if claim is None:
        return None
    unit, text = sheet.units[n], sheet.outline.text
    case = case_of(text, (unit.start, unit.end), claim)
    if len(case.found) < 2:
        return None
    return Told(case, right_wording(text, case, headline, at))


def right_wording(text, case, headline, at):
    """Which wording is the annotated claim: 1 for the one that is, or is most like it, else 0."""
    scores = [
        similarity(headline, text[one.start : one.end]) + EXACT * (one.start == at) * (one.end == at + len(headline))
        for one in case.found
    ]
    right = np.zeros(len(scores))
    right[int(np.argmax(scores))] = 1
    return right


def wording_rows(seen):
    """What each possible wording of each report shows, by the models that its sheet was read with, and which are right."""
    for one in seen:
        readers, cases = Readers(one.sheet.model, one.sheet.clauses), [told.case for told in one.told]
        rows = traits_of_cases([(one.sheet.outline.text, cases)], readers=readers) if cases else None
        yield rows, [told.is_right for told in one.told]


def fitted_choice(rows):
    """The arrays of the choice among wordings, fitted on those of some reports."""
    told = [(seen, right) for seen, right in rows if seen is not None]
    right = np.concatenate([one for _, several in told for one in several])
    return fitted(np.vstack([seen for seen, _ in told]), right, None, CHOICE)
