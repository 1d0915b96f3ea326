"""A report as the judge of claims reads it: its units, what rules found in each, and what each shows."""

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache, cached_property
from itertools import accumulate

import numpy as np

from pipeline import lexicon
from pipeline.grams import GramModel, Grams, model_of, sentence_buckets
from pipeline.sections.rolemodel import shipped
from pipeline.statements.cohesion import N_COHESION, cohesion
from pipeline.statements.drafts import Draft
from pipeline.statements.outline import Outline
from pipeline.statements.sentences import Span, clauses
from pipeline.statements.traits import N_CLAIM, N_CLAUSE, N_PLAIN, Table, claim_traits, clause_traits, traits_of
from pipeline.statements.units import Unit, units_of
from pipeline.values import SIDES

N_TRAITS = N_PLAIN + N_COHESION + N_CLAIM + N_CLAUSE
"""Columns of `Sheet.traits`."""


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
    clauses : GramModel or None
        Of clauses, by which traits were told too; None on a plain sheet.
    """

    outline: Outline
    units: list[Unit]
    drafts: list[list[Draft]]
    others: list[Draft]
    traits: Table
    model: GramModel
    grams: Grams
    clauses: GramModel | None = None

    @cached_property
    def heads(self) -> dict[int, int]:
        """The section of each heading → its place among the units."""
        return {unit.section: n for n, unit in enumerate(self.units) if unit.is_heading}

    def within(self, section: int) -> slice:
        """The places of the units of a section, of its heading and of all below it."""
        starts, place = self._starts, self.outline.sections[section]
        return slice(bisect_left(starts, place.start), bisect_left(starts, place.end))

    @cached_property
    def _starts(self) -> list[int]:
        """Where each unit starts."""
        return [unit.start for unit in self.units]


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
    return with_claims(plain_sheet(outline, drafts, model or shipped()), shipped_claims(), shipped_clauses())


@cache
def shipped_claims() -> GramModel:
    """The model that ships of what a unit claims by its words alone; ``make train-points`` fits it again."""
    return model_of(lexicon.arrays("claims.npz"))


@cache
def shipped_clauses() -> GramModel:
    """The model that ships of which clauses are claims or parts of them; ``make train-points`` fits it again."""
    return model_of(lexicon.arrays("clauses.npz"))


def with_claims(sheet: Sheet, claims: GramModel, parts: GramModel) -> Sheet:
    """A sheet whose traits end with what the words of each unit, of its neighbours and of its clauses claim."""
    pieces = clauses_of(sheet.outline.text, sheet.units)
    told = parts.probabilities([sheet.outline.text[a:b] for mine in pieces for a, b in mine])
    starts = [0, *accumulate(map(len, pieces))][: len(pieces)]
    by_words = [claim_traits(claims.of(sheet.grams)), clause_traits(told, starts)]
    return replace(sheet, traits=np.hstack([sheet.traits, *by_words]), clauses=parts)


def clauses_of(text: str, units: Sequence[Unit]) -> list[list[Span]]:
    """The clauses of each unit; a unit without any is one."""
    return [list(clauses(text, unit.start, unit.end)) or [(unit.start, unit.end)] for unit in units]


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
    traits = np.hstack([traits_of(outline, units, inside, model.of(grams)), cohesion(outline, units)])
    return Sheet(outline, units, inside, others, traits, model, grams)
