"""``make train-codes``: the classifier of codes, the calibration of its confidences and the weights of links.

From the coded headlines of the lexicon and the annotated sample (dev). Everything is written into the lexicon; the same
inputs and versions give the same bytes. Figures are cross-fitted: no report is judged by what was learnt from it.
"""

import csv
import io
import sys
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import cohen_kappa_score
from sklearn.svm import LinearSVC

from pipeline import lexicon, tables
from pipeline.evaluate.given import given_points
from pipeline.evaluate.gold import read_gold
from pipeline.evaluate.score import Found
from pipeline.settings import LinkOptions
from pipeline.statements import pairing
from pipeline.statements.classifier import Classifier, calibrated, grams_of, packed, unpacked
from pipeline.statements.codebook import MAX_BODY, own_scores, report_chances
from pipeline.statements.others import tables_of_others
from pipeline.statements.pairing import CODE_EVIDENCE, candidates, kinds_of_evidence
from pipeline.statements.siblings import claims_of
from pipeline.statements.wording import word_vectors
from pipeline.values import LinkKind

ROOT = Path(__file__).parents[2]
LEXICON = ROOT / "pipeline" / "lexicon"
GOLD = ROOT / "corpus" / "sample" / "gold" / "dev.json"
N_FOLDS, N_BINS = 5, 5
COST = 1.0
"""C of the support vector machines (cross-fitted κ of 问题 / 对策: .2 .77 / .66, .5 .80 / .68, 1 .79 / .70)."""
LINK_COST = 1.0

CODES = tuple(row["code"] for row in lexicon.rows("codebook.csv"))
HELD_FIXED = tuple(row["evidence"] for row in lexicon.rows("link_weights.csv") if row["source"] == "own")


def coded_headlines():
    """The headlines of the lexicon with their codes."""
    return [(row["headline"], row["code"]) for row in lexicon.rows("coded_headlines.csv")]


def fitted(rows):
    """A classifier of (headline, code) rows, as arrays to be stored."""
    vectorizer = TfidfVectorizer(analyzer=grams_of, sublinear_tf=True)
    counts = vectorizer.fit_transform([headline for headline, _ in rows])
    machine = LinearSVC(C=COST, random_state=0, tol=1e-6, max_iter=20_000)
    machine.fit(counts, [CODES.index(code) for _, code in rows])
    assert list(machine.classes_) == list(range(len(CODES)))
    names = vectorizer.get_feature_names_out()
    return packed(CODES, names, vectorizer.idf_, machine.coef_.T, machine.intercept_)


class Report:
    """An annotated report: its points as claims, their texts, codes and links."""

    def __init__(self, given):
        documents, sections, points = tables_of_others(given.rows)
        text = documents["text"].iloc[0] if len(documents) else ""
        outline = {row["section_id"]: row for row in tables.records(sections)}
        self.rows = given.rows
        self.claims = claims_of(tables.records(points), text, outline, {})
        self.texts = [(claim.headline, claim.body[:MAX_BODY], "") for claim in self.claims]
        numbers = [int(row["statement_id"].rpartition("/g")[2]) for row in given.rows]
        self.codes = [given.report["statements"][n][2] for n in numbers]
        place = {n: i for i, n in enumerate(numbers)}
        self.links = {(place[i], place[j]) for i, j in given.report["pairs"]}

    def chances(self, classifier):
        """The probability of each code of each point."""
        return report_chances(np.array([own_scores(one, classifier) for one in self.texts]), self.claims)

    def coded(self, chances):
        """The claims with their two likeliest codes and calibrated confidences."""
        best = np.argsort(-chances, axis=1, kind="stable")[:, :2]
        ranked = [tuple((CODES[k], float(row[k])) for k in two) for row, two in zip(chances, best, strict=True)]
        return [replace(claim, codes=codes) for claim, codes in zip(self.claims, ranked, strict=True)]


def reports_of(outputs, gold):
    """The annotated reports with points, from a run over them."""
    return [Report(given) for given in given_points(read_gold([gold]), Found(outputs)) if given.rows]


def cross_fitted(reports):
    """The chances of each report by a classifier that saw no headline of it."""
    found = [None] * len(reports)
    for fold in range(N_FOLDS):
        rows = [pair for n, r in enumerate(reports) if n % N_FOLDS != fold for pair in headlines_of(r)]
        classifier = unpacked(fitted(coded_headlines() + rows))
        for n, report in enumerate(reports):
            if n % N_FOLDS == fold:
                found[n] = report.chances(classifier)
    return found


def headlines_of(report):
    """A report's headlines with their codes."""
    return [(text[0], code) for text, code in zip(report.texts, report.codes, strict=True)]


def agreement(reports, chances):
    """Lines with κ and top-2 accuracy of each side."""
    by_side = defaultdict(list)
    for report, likely in zip(reports, chances, strict=True):
        for claim, code, row in zip(report.claims, report.codes, likely, strict=True):
            best = np.argsort(-row, kind="stable")[:2]
            by_side[claim.role].append((code, CODES[best[0]], CODES[best[1]]))
    for side, rows in sorted(by_side.items()):
        gold, first, _ = zip(*rows, strict=True)
        top = np.mean([code in two for code, *two in rows])
        yield f"codes {side}: kappa {cohen_kappa_score(gold, first):.3f}, top-2 {top:.3f} ({len(rows)} points)"


def platt(reports, chances):
    """Intercept and slope of the log odds of the likeliest code."""
    rows = [row for likely in chances for row in likely]
    right = [CODES[row.argmax()] == code for row, code in zip(rows, (c for r in reports for c in r.codes), strict=True)]
    odds = np.clip([row.max() for row in rows], 1e-6, 1 - 1e-6)
    machine = LogisticRegression(C=1e6).fit(np.log(odds / (1 - odds))[:, None], right)
    return float(machine.intercept_[0]), float(machine.coef_[0, 0])


def borne_out(reports, chances):
    """The chances calibrated, each report by the others."""
    changed = [None] * len(reports)
    for fold in range(N_FOLDS):
        train = [n for n in range(len(reports)) if n % N_FOLDS != fold]
        pair = platt([reports[n] for n in train], [chances[n] for n in train])
        scale = Classifier(CODES, {}, np.zeros(0), np.zeros((0, 0)), np.zeros(0), pair)
        for n in range(fold, len(reports), N_FOLDS):
            changed[n] = np.array([calibrated(row, scale) for row in chances[n]])
    return changed


def calibration(reports, chances):
    """Rows of the calibration curve: equal-mass bins of confidence; and the expected calibration error."""
    pairs = sorted(
        (float(row.max()), CODES[row.argmax()] == code)
        for report, likely in zip(reports, chances, strict=True)
        for code, row in zip(report.codes, likely, strict=True)
    )
    rows, error = [], 0.0
    for part in np.array_split(np.arange(len(pairs)), N_BINS):
        confidence = float(np.mean([pairs[i][0] for i in part]))
        accuracy = float(np.mean([pairs[i][1] for i in part]))
        rows.append((len(part), f"{confidence:.3f}", f"{accuracy:.3f}"))
        error += len(part) / len(pairs) * abs(confidence - accuracy)
    return rows, error


def link_table(reports, chances):
    """Evidence, truth and report of each candidate 问题→对策; codes cross-fitted, or none."""
    evidence, truth, where = [], [], []
    for n, report in enumerate(reports):
        vectors = word_vectors([(claim.headline, claim.body) for claim in report.claims])
        claims = report.claims if chances is None else report.coded(chances[n])
        for pair in candidates(claims, vectors, LinkKind.PROBLEM_MEASURE):
            evidence.append(pair.evidence)
            truth.append((pair.one, pair.other) in report.links)
            where.append(n)
    return evidence, np.array(truth), np.array(where)


def fitted_links(evidence, truth, names):
    """The bias and the weights of some kinds of evidence."""
    machine = LogisticRegression(C=LINK_COST, max_iter=1_000)
    machine.fit([[row.get(name, 0.0) for name in names] for row in evidence], truth)
    return machine


def link_f1(evidence, truth, where, names, n_gold):
    """F1 of links, each report judged by weights of the others."""
    x = np.array([[row.get(name, 0.0) for name in names] for row in evidence])
    found = np.zeros(len(truth), dtype=bool)
    for fold in range(N_FOLDS):
        train = where % N_FOLDS != fold
        machine = LogisticRegression(C=LINK_COST, max_iter=1_000).fit(x[train], truth[train])
        found[~train] = machine.predict_proba(x[~train])[:, 1] >= LinkOptions().min_score
    return 2 * (found & truth).sum() / (n_gold + found.sum())


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


def write_links(column, evidence, truth, names):
    """Fit one column of link_weights.csv and write the file; it is read anew from then on."""
    machine = fitted_links(evidence, truth, names)
    weights = dict(zip(names, machine.coef_[0], strict=True))
    rows = list(link_rows(column, weights, float(machine.intercept_[0])))
    head = ("evidence", "with_codes", "without_codes", "source")
    (LEXICON / "link_weights.csv").write_text(csv_text(head, rows, LINK_COMMENT), "utf-8")
    lexicon.rows.cache_clear()
    pairing.weights_of_evidence.cache_clear()


BIAS_OFFSETS = {LinkKind.PROBLEM_MEASURE: 0.0, LinkKind.PROBLEM_CAUSE: -1.0, LinkKind.CAUSE_MEASURE: -1.5}
"""The other kinds of links have no annotation: their biases are lower, so that a shared code does not carry them alone."""


def main():
    """Train, say how good it is across reports, write the lexicon: what comes later uses what was fitted before."""
    reports = reports_of(Path(sys.argv[1]), GOLD)
    n_gold = sum(len(report.links) for report in reports)
    names = [name for name in kinds_of_evidence() if name not in HELD_FIXED]
    free = [name for name in names if name not in CODE_EVIDENCE]
    evidence, truth, where = link_table(reports, None)
    lines = [f"links without codes: F1 {link_f1(evidence, truth, where, free, n_gold):.3f} ({n_gold} pairs)"]
    write_links("without_codes", evidence, truth, free)
    raw = cross_fitted(reports)
    chances = borne_out(reports, raw)
    curve, error = calibration(reports, chances)
    evidence, truth, where = link_table(reports, chances)
    lines.append(f"links: F1 {link_f1(evidence, truth, where, names, n_gold):.3f}")
    lines += [*agreement(reports, chances), f"expected calibration error {error:.3f}"]
    write_links("with_codes", evidence, truth, names)
    everything = [pair for report in reports for pair in headlines_of(report)]
    model = fitted(coded_headlines() + everything) | {"calibration": np.array(platt(reports, raw))}
    np.savez_compressed(LEXICON / "code_weights.npz", **model)
    comment = [
        "How far confidences are borne out: bins of equal size. By make train-codes, from coded_headlines.csv and the",
        "annotated sample, each report judged by what was learnt from the others. " + "; ".join(lines) + ".",
    ]
    head = ("n_points", "confidence", "accuracy")
    (LEXICON / "code_calibration.csv").write_text(csv_text(head, curve, comment), "utf-8")
    print("\n".join(lines))


LINK_COMMENT = [
    "Log odds of links; the first three rows are biases. fitted: by make train-codes on annotated 问题→对策 pairs.",
    "own: no annotated pair has it; set so that these outweigh order and wording, and a cue carries a link by itself.",
]

if __name__ == "__main__":
    main()
