"""``make train-points``: fit the judge of claims, what words alone tell it, and the choice of a claim's words anew on the
annotated reports of the sample (all but its test split and the validation set), and measure, with what has not seen the report
at hand, how far confidences can be trusted. The models that the judge looks through are cross-fitted too, and so are the first
opinions that its second ones look at. The same bytes each time on machines of one kind.
"""

import random
from bisect import bisect_right
from dataclasses import dataclass, replace

import numpy as np

from pipeline.evaluate.gold import matched, similarity
from pipeline.grams import model_of
from pipeline.sections.judgement import shipped_field
from pipeline.sections.outline import parse_outline
from pipeline.sections.rolelearning import fit_grams
from pipeline.sections.rolemodel import shipped
from pipeline.sections.roles import POINT_BASIS, assign_roles
from pipeline.statements.judge import judged_drafts
from pipeline.statements.opinions import Judge
from pipeline.statements.outline import Outline
from pipeline.statements.outlined import draft_points
from pipeline.statements.sheets import Sheet, clauses_of, plain_sheet, with_claims
from pipeline.statements.spans import place
from pipeline.statements.surroundings import surroundings
from pipeline.trees import forest_of
from pipeline.values import SIDES
from tests.train.calibrating import CURVE, MAPPED, curves, mapping, rewritten
from tests.train.field import known_of
from tests.train.forests import fitted
from tests.train.outlined import Annotated, annotated, as_annotated, labelled
from tests.train.roles import GOLD, LEXICON, N_FOLDS, SETTINGS, fitted_fields, fitted_models, reports_of
from tests.train.wordings import Told, fitted_choice, told_claim, wording_rows

JUDGE = {"max_iter": 60, "learning_rate": 0.14, "max_leaf_nodes": 16, "min_samples_leaf": 15, "max_features": 0.3}
"""Cross-fitted F1 of points, 390 further reports: 80 trees of 12 leaves of at least 30 units .856, 120 of at least 15 .859; claims
with several clauses that are cut right .924 (by the rules .890)."""
BY_UNIT, BY_CLAUSE, TOLERANCE = 10.0, 3.0, 1e-4
"""Inverse strength of the penalty of what the words of units and of clauses tell, and the gradient at which their fits stop (742
reports, log loss of what was not seen: units 3 .466, 10 .458; clauses 1 .437, 3 .422, 10 .440; stopped at 1e-3 .470 and .448)."""
KNOWN, SHORT = 0.3, 0.3
"""Weight of further reports that the rules were made on early, and of reports that were cut short; the sample's dev reports,
whose annotation two coders agreed on, count as much as fresh ones."""
MIN_TOPS = 3
"""Top sections from which a report is learnt from cut short too: a run of one to three of its sections alone."""
RULED = "F"
"""How the names of the further reports begin that rules were made on early."""


@dataclass(frozen=True)
class Seen:
    """A report as the judge sees it: its sheet, the class of each unit, its weight, where in units claims stand, and their wordings."""

    sheet: Sheet
    classes: np.ndarray
    weight: float
    spans: dict[int, tuple[int, int]]
    told: list[Told]


def seen_of(report, learnt, *, weight):
    """An annotated report through models that have not seen it."""
    model, field = learnt
    sections = assign_roles(report.text, report.sections, options=SETTINGS.outline, model=model, field=field)
    outline = Outline(report.text, sections)
    sheet = plain_sheet(outline, draft_points(outline, options=SETTINGS.points), model)
    classes, spans, told = np.zeros(len(sheet.units), dtype=int), {}, []
    starts = [unit.start for unit in sheet.units]
    for role, headline, at in placed_claims(report):
        n = bisect_right(starts, at) - 1
        if n < 0 or at >= sheet.units[n].end or classes[n]:
            continue
        classes[n] = 1 + SIDES.index(role)
        spans[n] = at, at + len(headline)
        if not sheet.units[n].is_heading and (claim := told_claim(sheet, n, role, headline, at)):
            told.append(claim)
    return Seen(sheet, classes, weight, spans, told)


def placed_claims(report):
    """Role, words and place of each annotated claim that is found."""
    for role, headline, _, nearest, *_ in report.gold["statements"]:
        at = report.text.find(headline)
        if at >= 0 and nearest and report.text.count(headline) > 1:
            at = report.text.find(headline, max(report.text.find(nearest), 0))
        if at >= 0:
            yield role, headline, at


def cut_short(report, n):
    """The report with a run of its top sections alone, or None if it has too few."""
    rng = random.Random(n)
    tops = [section for section in report.sections[1:] if section.level == 1]
    if len(tops) < MIN_TOPS:
        return None
    size = min(rng.choice((1, 1, 2, 2, 3)), len(tops) - 1)
    first = rng.randrange(len(tops) - size + 1)
    start, end = tops[first].start, tops[first + size - 1].end
    text = report.text.split("\n", 1)[0] + "\n" + report.text[start:end].rstrip("\n")
    inside = {(role, headline) for role, headline, at in placed_claims(report) if start <= at < end}
    kept = [row for row in report.gold["statements"] if (row[0], row[1]) in inside]
    return Annotated(text, report.gold | {"statements": kept}, parse_outline(text, options=SETTINGS.outline))


def fitted_judge(seen, beside=None):
    """The arrays of the first forest of a judge, or with what stands around the units, of the second."""
    weights = np.concatenate([np.full(len(one.classes), one.weight) for one in seen])
    rows = np.vstack([one.sheet.traits for one in seen])
    if beside is not None:
        rows = np.hstack([rows, np.vstack(beside)])
    return fitted(rows, np.concatenate([one.classes for one in seen]), weights, JUDGE)


def without(fold, several):
    """What is not of a fold, of lists by report, in one list."""
    return [one for n, mine in enumerate(several) if n % N_FOLDS != fold for one in mine]


def first_opinions(seen):
    """For each fold the first forest of a judge that has not seen it, and for each report what stands around its units, as one
    of them tells.
    """
    firsts = [forest_of(fitted_judge(without(fold, seen))) for fold in range(N_FOLDS)]
    beside = [
        [surroundings(one.sheet, firsts[n % N_FOLDS].chances(one.sheet.traits)) for one in several]
        for n, several in enumerate(seen)
    ]
    return firsts, beside


def claim_rows(seen):
    """The words of each unit of reports, its class, and the weight of the report."""
    for one in seen:
        text = one.sheet.outline.text
        for unit, label in zip(one.sheet.units, one.classes, strict=True):
            yield text[unit.start : unit.end], int(label), one.weight


def clause_rows(seen):
    """The words of each clause of the units of reports, the class of the claim that it is mostly part of, and the weight."""
    for one in seen:
        text = one.sheet.outline.text
        for n, clauses in enumerate(clauses_of(text, one.sheet.units)):
            start, end = one.spans.get(n, (0, 0))
            for a, b in clauses:
                is_part = 2 * (min(b, end) - max(a, start)) > b - a
                yield text[a:b], int(one.classes[n]) if is_part else 0, one.weight


def fitted_words(rows_of, seen, strength):
    """The arrays of a model of words fitted on whole reports, and for each fold a model that has not seen its reports."""

    def fit(fold):
        """The arrays of a model that has not seen a fold; of all reports for None."""
        kept = (several[0] for n, several in enumerate(seen) if fold is None or n % N_FOLDS != fold)
        return fit_grams(list(rows_of(kept)), 1 + len(SIDES), strength=strength, tolerance=TOLERANCE)

    return fit(None), [model_of(fit(fold)) for fold in range(N_FOLDS)]


def scored_points(report, sheet, judge, choice):
    """Confidence of each point of a report, and whether it is annotated."""
    least = SETTINGS.points.min_implicit_confidence
    (drafts,) = judged_drafts([sheet], least=least, judge=judge, choice=choice)
    outline = sheet.outline
    points = [
        one for one in place(outline.text, outline.sections, drafts) if one.parent is None and one.draft.role in SIDES
    ]

    def alike(one, other):
        """Similarity of points; another role is no match."""
        words = outline.text[other.draft.head_start : other.draft.head_end]
        return similarity(one[1], words) if one[0] == other.draft.role else 0.0

    right = {j for _, j in matched(report.gold["statements"], points, key=alike)}
    return [(one.draft.confidence, j in right) for j, one in enumerate(points)], len(right)


def weight_of(report):
    """How much a report counts: the rules know some."""
    return KNOWN if report.name.startswith(RULED) else 1.0


def seen_reports(reports, learnt, weights):
    """Each report as the judge sees it, whole and, if it has sections enough, cut short."""
    for n, (report, models, weight) in enumerate(zip(reports, learnt, weights, strict=True)):
        short = cut_short(report, n)
        yield [
            seen_of(report, models, weight=weight),
            *([seen_of(short, models, weight=SHORT * weight)] if short else []),
        ]


def main():
    """Write ``claims.npz``, ``clauses.npz``, ``first_points.npz``, ``points.npz``, ``wordings.npz``, and the rows of points in
    the tables of calibration.
    """
    dev, further = reports_of(validation=False)
    reports = dev + further
    _, models = fitted_models([list(labelled(report)) for report in reports])
    known = [known_of(as_annotated(report), model) for report, model in zip(reports, models, strict=True)]
    _, fields = fitted_fields(known)
    weights = [weight_of(report) for report in reports]
    plain = list(seen_reports(reports, list(zip(models, fields, strict=True)), weights))
    claims, by_unit = fitted_words(claim_rows, plain, BY_UNIT)
    clauses, by_clause = fitted_words(clause_rows, plain, BY_CLAUSE)
    seen = [
        [replace(one, sheet=with_claims(one.sheet, by_unit[n % N_FOLDS], by_clause[n % N_FOLDS])) for one in several]
        for n, several in enumerate(plain)
    ]
    wordings = list(wording_rows(several[0] for several in seen))
    firsts, beside = first_opinions(seen)
    every = without(None, seen)
    first, second, choice = fitted_judge(every), fitted_judge(every, without(None, beside)), fitted_choice(wordings)
    tables = {"claims": claims, "clauses": clauses, "first_points": first, "points": second, "wordings": choice}
    for name, arrays in tables.items():
        np.savez_compressed(LEXICON / f"{name}.npz", **arrays)
    pairs, shown, n_found = [], [], np.zeros(3, dtype=int)
    for fold in range(N_FOLDS):
        again = forest_of(fitted_judge(without(fold, seen), without(fold, beside)))
        others = [rows for n, rows in enumerate(wordings) if n % N_FOLDS != fold]
        learnt = Judge(firsts[fold], again), forest_of(fitted_choice(others))
        for n in range(fold, len(reports), N_FOLDS):
            found, n_right = scored_points(reports[n], seen[n][0].sheet, *learnt)
            pairs += [(score, right, weights[n]) for score, right in found]
            shown += found if n < len(dev) else []
            if n >= len(dev) and weights[n] == 1:
                n_found += [n_right, len(found), len(reports[n].gold["statements"])]
    print(f"points of the further reports, cross-fitted: F1 {2 * n_found[0] / (n_found[1] + n_found[2]):.3f}")
    last = shipped(), shipped_field()
    for report in annotated(GOLD / "test.json", GOLD / "clean"):
        sheet = with_claims(seen_of(report, last, weight=1.0).sheet, model_of(claims), model_of(clauses))
        shown += scored_points(report, sheet, Judge(forest_of(first), forest_of(second)), forest_of(choice))[0]
    rows = mapping(POINT_BASIS, sorted(pairs))
    rewritten("role_calibration.csv", MAPPED, "basis", rows)
    rewritten("calibration.csv", CURVE, "what", curves({POINT_BASIS: shown}, rows))


if __name__ == "__main__":
    main()
