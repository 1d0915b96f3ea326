"""A report as the judge of claims reads it: its units, what rules found in each, and what each shows."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from pipeline import lexicon
from pipeline.sections.grams import GramModel, Grams, model_of, sentence_buckets
from pipeline.sections.rolemodel import shipped
from pipeline.statements.drafts import Draft
from pipeline.statements.outline import Outline
from pipeline.statements.traits import Table, claim_traits, traits_of
from pipeline.statements.units import Unit, units_of
from pipeline.values import SIDES


@dataclass(frozen=True)
class Sheet:
    """The units of a report, ready to be judged.

    Attributes
    ----------
    outline : Outline
    units : list of Unit
    drafts : list of list of Draft
        The claims that rules found in each.
    others : list of Draft
        Claims that rules found in no unit, or of roles that are not judged.
    traits : ndarray of float32, shape (n_units, n_traits)
    model : GramModel
        Of sentences, by which the traits were told.
    grams : tuple of ndarray
        The n-grams of the units.
    """

    outline: Outline
    units: list[Unit]
    drafts: list[list[Draft]]
    others: list[Draft]
    traits: Table
    model: GramModel
    grams: Grams


def sheet_of(outline: Outline, drafts: Sequence[Draft], *, model: GramModel | None = None) -> Sheet:
    """The units of a report with what each shows.

    Parameters
    ----------
    outline : Outline
    drafts : sequence of Draft
        The claims that rules found, in any order.
    model : GramModel, optional
        Of the roles of sentences; the shipped one by default.
    """
    return with_claims(plain_sheet(outline, drafts, model or shipped()), shipped_claims())


@cache
def shipped_claims() -> GramModel:
    """The model that ships of what a unit claims by its words alone; ``make train-points`` fits it again."""
    return model_of(lexicon.arrays("claims.npz"))


def with_claims(sheet: Sheet, claims: GramModel) -> Sheet:
    """A sheet whose traits end with what the words of each unit and of its neighbours claim."""
    return replace(sheet, traits=np.hstack([sheet.traits, claim_traits(claims.of(sheet.grams))]))


def plain_sheet(outline: Outline, drafts: Sequence[Draft], model: GramModel) -> Sheet:
    """The units of a report with what each shows but for what its words claim.

    Parameters
    ----------
    outline : Outline
    drafts : sequence of Draft
        The claims that rules found, in any order.
    model : GramModel
        Of the roles of sentences.
    """
    judged = sorted(
        (draft for draft in drafts if draft.role in SIDES), key=lambda draft: (draft.head_start, draft.start)
    )
    units = units_of(outline, judged)
    starts = [unit.start for unit in units]
    inside: list[list[Draft]] = [[] for _ in units]
    others = [draft for draft in drafts if draft.role not in SIDES]
    for draft in judged:
        at = bisect_right(starts, draft.head_start) - 1
        if at >= 0 and draft.head_start < units[at].end:
            inside[at].append(draft)
        else:
            others.append(draft)
    grams = sentence_buckets([outline.text[unit.start : unit.end] for unit in units])
    traits = traits_of(outline, units, inside, model.of(grams))
    return Sheet(outline, units, inside, others, traits, model, grams)
