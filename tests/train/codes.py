"""``make train-codes``: the classifier of codes, the calibration of its confidences and the weights of links.

From the coded headlines and statements of the lexicon and the annotated reports. Everything is written into the lexicon;
the same inputs and versions give the same bytes. Figures are cross-fitted, no report is judged by what was learnt from
it; of the validation set and the test split only sums are told.
"""

import csv
import io
from pathlib import Path

import numpy as np

from pipeline import lexicon
from pipeline.statements import pairing
from pipeline.statements.classifier import unpacked
from pipeline.statements.pairing import CODE_EVIDENCE, kinds_of_evidence
from pipeline.values import LinkKind
from tests.train.annotated import SAMPLE, reports_of, training_reports, validation_reports
from tests.train.fitting import borne_out, calibrated_by, cross_fitted, fitted_links, platt, trained
from tests.train.measures import agreement, by_threshold, calibration, link_f1, link_probabilities, link_table

LEXICON = Path(__file__).parents[2] / "pipeline" / "lexicon"
HELD_FIXED = tuple(row["evidence"] for row in lexicon.rows("link_weights.csv") if row["source"] == "own")
BIAS_OFFSETS = {LinkKind.PROBLEM_MEASURE: 0.0, LinkKind.PROBLEM_CAUSE: -1.0, LinkKind.CAUSE_MEASURE: -1.5}
"""The other kinds of links have no annotation: their biases are lower, so that a shared code does not carry them alone."""
LINK_COMMENT = [
    "Log odds of links; the first three rows are biases. fitted: by make train-codes on annotated 问题→对策 pairs.",
    "own: no annotated pair has it; set so that these outweigh order and wording, and a cue carries a link by itself.",
]
SOURCE = "corpus/sample: dev cross-fitted, test"


def csv_text(head, rows, comment):
    """A CSV of the lexicon."""
    buffer = io.StringIO()
    buffer.write("".join(f"# {line}\n" for line in comment))
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(head)
    writer.writerows(rows)
    return buffer.getvalue()


def link_rows(column, weights, bias):
    """The rows of link_weights.csv with one column fitted anew; biases of other kinds keep their distance."""
    for row in lexicon.rows("link_weights.csv"):
        name = row["evidence"]
        fresh = {}
        if name in BIAS_OFFSETS:
            fresh = {column: f"{bias + BIAS_OFFSETS[name]:.2f}"}
        elif row["source"] == "fitted":
            fresh = {column: f"{weights.get(name, 0.0):.2f}"}
        yield tuple((row | fresh).values())


def write_links(column, table, names):
    """Fit one column of link_weights.csv and write the file; it is read anew from then on."""
    machine = fitted_links(table, names)
    weights = dict(zip(names, machine.coef_[0], strict=True))
    rows = list(link_rows(column, weights, float(machine.intercept_[0])))
    head = ("evidence", "with_codes", "without_codes", "source")
    (LEXICON / "link_weights.csv").write_text(csv_text(head, rows, LINK_COMMENT), "utf-8")
    lexicon.rows.cache_clear()
    pairing.weights_of_evidence.cache_clear()


def write_calibration(name, what, pairs, says):
    """Write how far confidences are borne out; a line with the expected calibration error."""
    rows, error = calibration(pairs)
    lines = [f"How far confidences are borne out: bins of equal size. By make train-codes; {says}", f"ECE {error:.3f}."]
    head = ("what", "bin", "n", "confidence", "accuracy", "source")
    table = [(what, n, *row, SOURCE) for n, row in enumerate(rows, 1)]
    (LEXICON / f"calibration_{name}.csv").write_text(csv_text(head, table, lines), "utf-8")
    return f"calibration of {what}: ECE {error:.3f} ({len(pairs)} cases)"


def right_codes(reports, chances):
    """Confidence of each point's likeliest code, and whether it is right."""
    return [
        (float(row.max()), row.argmax() == code)
        for report, likely in zip(reports, chances, strict=True)
        for code, row in zip(report.code_numbers, likely, strict=True)
    ]


def sets_apart():
    """The reports that nothing is learnt from, by name."""
    return {"validation": validation_reports(), "test": reports_of(SAMPLE / "gold" / "test.json")}


def main():
    """Train, say how good it is across reports, write the lexicon: what comes later uses what was fitted before."""
    train = training_reports()
    dev = [report for report in train if report.is_sample]
    names = [name for name in kinds_of_evidence() if name not in HELD_FIXED]
    free = [name for name in names if name not in CODE_EVIDENCE]
    table = link_table(train, None)
    write_links("without_codes", table, free)
    lines = [f"links without codes: F1 {link_f1(table, free, train):.3f}"]
    raw = cross_fitted(train)
    chances = borne_out(train, raw)
    table = link_table(train, chances)
    write_links("with_codes", table, names)
    lines += [f"links: F1 {link_f1(table, names, train):.3f}", *agreement(train, chances, "dev and further")]
    lines.append(by_threshold(train, chances))
    mine = [(report, likely) for report, likely in zip(train, chances, strict=True) if report.is_sample]
    lines += agreement([report for report, _ in mine], [likely for _, likely in mine], "dev")
    model = trained(train) | {"calibration": np.array(platt(train, raw))}
    np.savez_compressed(LEXICON / "code_weights.npz", **model)
    codes = right_codes(dev, [likely for _, likely in mine])
    links = link_probabilities(table, names, [n for n, report in enumerate(train) if report.is_sample])
    for name, apart in sets_apart().items():
        classifier = unpacked(model)
        likely = [calibrated_by(report.chances(classifier), classifier) for report in apart]
        found = link_table(apart, likely)
        lines += [*agreement(apart, likely, name), f"{name} links: F1 {link_f1(found, names, apart, table):.3f}"]
        if name == "test":
            codes += right_codes(apart, likely)
            links += link_probabilities(found, names, None, table)
    lines.append(write_calibration("codes", "编码", codes, "confidence of the likeliest code."))
    lines.append(
        write_calibration("links", "配对", links, "probability of the links, those below the threshold left out.")
    )
    print("\n".join(lines))


if __name__ == "__main__":
    main()
