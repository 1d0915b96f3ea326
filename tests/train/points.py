"""``make train-points``: fit the judge of claims, what words alone tell it, and the choice of a claim's words anew on the
annotated reports of the sample (all but its test split and the validation set), and measure, with what has not seen the report
at hand, how far confidences can be trusted. The models that the judge looks through are cross-fitted too. The same bytes each
time.
"""

import random
from bisect import bisect_right
from dataclasses import dataclass, replace

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

from pipeline.evaluate.gold import matched, similarity
from pipeline.sections.grams import model_of
from pipeline.sections.judgement import field_of
from pipeline.sections.outline import parse_outline
from pipeline.sections.rolelearning import fit_grams
from pipeline.sections.roles import POINT_BASIS, assign_roles
from pipeline.statements.judge import claim_of, judged_drafts
from pipeline.statements.outline import Outline
from pipeline.statements.outlined import draft_points
from pipeline.statements.sheets import Sheet, plain_sheet, with_claims
from pipeline.statements.spans import place
from pipeline.statements.wordings import case_of, traits_of_cases
from pipeline.trees import N_LEAVES, forest_of
from pipeline.values import SIDES, Role
from tests.train.calibrating import CURVE, MAPPED, curves, mapping, rewritten
from tests.train.field import known_of
from tests.train.outlined import Annotated, annotated, as_annotated, labelled
from tests.train.roles import GOLD, LEXICON, N_FOLDS, SETTINGS, fitted_fields, fitted_models, reports_of

JUDGE = {"max_iter": 60, "learning_rate": 0.14, "max_leaf_nodes": 12, "min_samples_leaf": 15, "max_features": 0.3}
CHOICE = {"max_iter": 60, "learning_rate": 0.14, "max_leaf_nodes": 10, "min_samples_leaf": 25, "max_features": 0.5}
"""Cross-fitted F1 of points, 390 further reports: 80 trees of 12 leaves of at least 30 units .856, 120 of at least 15 .859; claims
with several clauses that are cut right .924 (by the rules .890)."""
N_FORESTS = 3
PENALTY = 5.0
STRENGTH = 10.0
"""Inverse strength of the penalty of what words alone tell (cross-fitted log loss of a unit: 1 .62, 3 .57, 10 .56)."""
KNOWN, SHORT = 0.3, 0.3
"""Weight of further reports that the rules were made on early, and of reports that were cut short; the sample's dev reports,
whose annotation two coders agreed on, count as much as fresh ones."""
MIN_TOPS = 3
"""Top sections from which a report is learnt from cut short too: a run of one to three of its sections alone."""
EXACT = 2.0
"""What a wording gains that begins and ends as annotated."""
RULED = "F"
"""How the names of the further reports begin that rules were made on early."""


@dataclass(frozen=True)
class Seen:
    """A report as the judge sees it: its sheet, the class of each unit, its weight, and its claims' wordings."""

    sheet: Sheet
    classes: np.ndarray
    weight: float
    wordings: np.ndarray
    is_right: np.ndarray


def seen_of(report, learnt, *, weight):
    """An annotated report through models that have not seen it."""
    model, field = learnt
    sections = assign_roles(report.text, report.sections, options=SETTINGS.outline, model=model, field=field)
    outline = Outline(report.text, sections)
    sheet = plain_sheet(outline, draft_points(outline, options=SETTINGS.points), model)
    classes, wordings, is_right = np.zeros(len(sheet.units), dtype=int), [], []
    starts = [unit.start for unit in sheet.units]
    for role, headline, at in placed_claims(report):
        n = bisect_right(starts, at) - 1
        if n < 0 or at >= sheet.units[n].end or classes[n]:
            continue
        classes[n] = 1 + SIDES.index(role)
        if not sheet.units[n].is_heading and (case := wording_case(sheet, n, Role(role))):
            wordings.append(traits_of_cases([(report.text, [case])], model=model))
            is_right.append(right_wording(report.text, case, headline, at))
    rows = np.vstack(wordings) if wordings else np.zeros((0, 0), dtype=np.float32)
    return Seen(sheet, classes, weight, rows, np.concatenate(is_right) if is_right else np.zeros(0))


def wording_case(sheet, n, role):
    """The possible wordings of a claim, if there are several."""
    claim = claim_of(sheet, n, role)
    if claim is None:
        return None
    unit = sheet.units[n]
    case = case_of(sheet.outline.text, (unit.start, unit.end), claim)
    return case if len(case.found) > 1 else None


def right_wording(text, case, headline, at):
    """Which wording is the annotated claim: 1 for the one that is, or is most like it, else 0."""
    scores = [
        similarity(headline, text[one.start : one.end]) + EXACT * (one.start == at) * (one.end == at + len(headline))
        for one in case.found
    ]
    right = np.zeros(len(scores))
    right[int(np.argmax(scores))] = 1
    return right


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


def arrays_of(machine):
    """The trees of a fitted machine as `pipeline.trees` takes them."""
    trees = [tree.nodes for turn in machine._predictors for tree in turn]
    rows, values = [], np.zeros((len(trees), N_LEAVES), dtype=np.float32)
    for number, nodes in enumerate(trees):
        leaves = 0

        def walk(at, number=number, nodes=nodes):
            """The leaves below a node, a bit each; notes what the node rules out."""
            nonlocal leaves
            node = nodes[at]
            if node["is_leaf"]:
                values[number, leaves] = node["value"]
                leaves += 1
                return 1 << (leaves - 1)
            left, right = walk(int(node["left"])), walk(int(node["right"]))
            rows.append((int(node["feature_idx"]), below(node["num_threshold"]), number, 0xFFFF & ~left))
            return left | right

        walk(0)
    feature, threshold, tree, kept = zip(*rows, strict=True)
    return {
        "feature": np.array(feature, dtype=np.int16),
        "threshold": np.array(threshold, dtype=np.float32),
        "tree": np.array(tree, dtype=np.int16),
        "kept": np.array(kept, dtype=np.uint16),
        "value": values,
        "bias": np.ravel(machine._baseline_prediction).astype(float),
    }


def below(threshold):
    """The largest number of single precision that is not above a threshold."""
    single = np.float32(threshold)
    return np.nextafter(single, np.float32(-np.inf)) if single > threshold else single


def fitted(rows, classes, weights, options):
    """The arrays of boosted trees: several forests, each of other draws, whose log odds are averaged."""
    forests = [
        arrays_of(
            HistGradientBoostingClassifier(l2_regularization=PENALTY, random_state=seed, **options).fit(
                rows, classes, sample_weight=weights
            )
        )
        for seed in range(N_FORESTS)
    ]
    n_trees = len(forests[0]["value"])
    several = {name: np.concatenate([forest[name] for forest in forests]) for name in ("feature", "threshold", "kept")}
    numbers = [forest["tree"] + n * n_trees for n, forest in enumerate(forests)]
    several["tree"] = np.concatenate(numbers).astype(np.int16)
    several["value"] = np.concatenate([forest["value"] for forest in forests]) / np.float32(N_FORESTS)
    several["bias"] = np.mean([forest["bias"] for forest in forests], axis=0)
    return several


def fitted_judge(seen):
    """The arrays of the judge."""
    weights = np.concatenate([np.full(len(one.classes), one.weight) for one in seen])
    return fitted(
        np.vstack([one.sheet.traits for one in seen]), np.concatenate([one.classes for one in seen]), weights, JUDGE
    )


def fitted_choice(seen):
    """The arrays of the choice among wordings."""
    told = [one for one in seen if len(one.wordings)]
    right = np.concatenate([one.is_right for one in told])
    return fitted(np.vstack([one.wordings for one in told]), right, None, CHOICE)


def claim_rows(seen):
    """The words of each unit of reports, its class, and the weight of the report."""
    for one in seen:
        text = one.sheet.outline.text
        for unit, label in zip(one.sheet.units, one.classes, strict=True):
            yield text[unit.start : unit.end], int(label), one.weight


def fitted_claims(seen):
    """The arrays of the model of what words alone claim, fitted on whole reports; all reports through models that have
    not seen them."""
    whole = fit_grams(list(claim_rows(one for one, *_ in seen)), 1 + len(SIDES), strength=STRENGTH)
    folds = [
        model_of(
            fit_grams(
                list(claim_rows(several[0] for n, several in enumerate(seen) if n % N_FOLDS != fold)),
                1 + len(SIDES),
                strength=STRENGTH,
            )
        )
        for fold in range(N_FOLDS)
    ]
    told = [
        [replace(one, sheet=with_claims(one.sheet, folds[n % N_FOLDS])) for one in several]
        for n, several in enumerate(seen)
    ]
    return whole, told


def scored_points(report, sheet, judge, choice):
    """Confidence of each point of a report, and whether it is annotated."""
    (drafts,) = judged_drafts([sheet], least=SETTINGS.points.min_implicit_confidence, judge=judge, choice=choice)
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
    """Write ``claims.npz``, ``points.npz``, ``wordings.npz``, and the rows of points in the tables of calibration."""
    dev, further = reports_of(validation=False)
    reports = dev + further
    whole, models = fitted_models([list(labelled(report)) for report in reports])
    known = [known_of(as_annotated(report), model) for report, model in zip(reports, models, strict=True)]
    field, fields = fitted_fields(known)
    weights = [weight_of(report) for report in reports]
    claims, seen = fitted_claims(list(seen_reports(reports, list(zip(models, fields, strict=True)), weights)))
    np.savez_compressed(LEXICON / "claims.npz", **claims)
    flat = [one for several in seen for one in several]
    judge, choice = fitted_judge(flat), fitted_choice(flat)
    np.savez_compressed(LEXICON / "points.npz", **judge)
    np.savez_compressed(LEXICON / "wordings.npz", **choice)
    pairs, shown, n_found = [], [], np.zeros(3, dtype=int)
    for fold in range(N_FOLDS):
        rest = [one for n, several in enumerate(seen) if n % N_FOLDS != fold for one in several]
        forests = forest_of(fitted_judge(rest)), forest_of(fitted_choice(rest))
        for n in range(fold, len(reports), N_FOLDS):
            found, n_right = scored_points(reports[n], seen[n][0].sheet, *forests)
            pairs += [(score, right, weights[n]) for score, right in found]
            shown += found if n < len(dev) else []
            if n >= len(dev) and weights[n] == 1:
                n_found += [n_right, len(found), len(reports[n].gold["statements"])]
    print(f"points of the further reports, cross-fitted: F1 {2 * n_found[0] / (n_found[1] + n_found[2]):.3f}")
    last = model_of(whole), field_of(field)
    for report in annotated(GOLD / "test.json", GOLD / "clean"):
        sheet = with_claims(seen_of(report, last, weight=1.0).sheet, model_of(claims))
        shown += scored_points(report, sheet, forest_of(judge), forest_of(choice))[0]
    rows = mapping(POINT_BASIS, sorted(pairs))
    rewritten("role_calibration.csv", MAPPED, "basis", rows)
    rewritten("calibration.csv", CURVE, "what", curves({POINT_BASIS: shown}, rows))


if __name__ == "__main__":
    main()
