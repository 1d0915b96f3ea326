"""What `make train-codes` fits: the classifier of codes, its calibration, the weights of links; whole or cross-fitted."""

from dataclasses import replace

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.svm import LinearSVC

from pipeline import lexicon
from pipeline.statements.classifier import calibrated, grams_of, packed, shipped_classifier, unpacked
from pipeline.statements.codebook import BODY_LENGTH
from tests.train.annotated import CODES

N_FOLDS = 5
COST = 1.0
"""C of the support vector machines (cross-fitted κ of 问题 / 对策: .2 .77 / .66, .5 .80 / .68, 1 .79 / .70)."""
LINK_COST = 1.0
FURTHER = 0.1
"""Weight of a further report where confidences of codes are calibrated: they are many, and harder than most."""
MIN_TEXTS = 2
"""N-grams of one text alone are left out: they say nothing of another."""


def training_rows(reports):
    """(text, code) of what the lexicon holds and of some reports: headlines, and the words that follow them."""
    rows = [(row["headline"], row["code"]) for row in lexicon.rows("coded_headlines.csv")]
    said = [(row["headline"], row["body"], row["code"]) for row in lexicon.rows("coded_statements.csv")]
    for report in reports:
        said += [(*one.texts[:2], code) for one, code in zip(report.said, report.codes, strict=True)]
    rows += [(headline, code) for headline, _, code in said]
    return rows + [(body[:BODY_LENGTH], code) for _, body, code in said if any(map(str.isalnum, body))]


def trained(reports):
    """A classifier of the lexicon's rows and of some reports, as arrays to be stored."""
    rows = training_rows(reports)
    vectorizer = TfidfVectorizer(analyzer=grams_of, sublinear_tf=True, min_df=MIN_TEXTS)
    counts = vectorizer.fit_transform([text for text, _ in rows])
    machine = LinearSVC(C=COST, random_state=0, tol=1e-4, max_iter=20_000)
    machine.fit(counts, [CODES.index(code) for _, code in rows])
    assert list(machine.classes_) == list(range(len(CODES)))
    return packed(CODES, vectorizer.get_feature_names_out(), vectorizer.idf_, machine.coef_.T, machine.intercept_)


def cross_fitted(reports):
    """The chances of each report by a classifier that saw nothing of it."""
    found = [None] * len(reports)
    for fold in range(N_FOLDS):
        classifier = unpacked(trained([report for n, report in enumerate(reports) if n % N_FOLDS != fold]))
        for n in range(fold, len(reports), N_FOLDS):
            found[n] = reports[n].chances(classifier)
    return found


def platt(reports, chances):
    """Intercept and slope of the log odds of the likeliest code; the sample counts most, for on it calibration is measured."""
    rows = [row for likely in chances for row in likely]
    weights = [1.0 if report.is_sample else FURTHER for report in reports for _ in report.code_numbers]
    right = [row.argmax() == code for row, code in zip(rows, (c for r in reports for c in r.code_numbers), strict=True)]
    odds = np.clip([row.max() for row in rows], 1e-6, 1 - 1e-6)
    machine = LogisticRegression(C=1e6).fit(np.log(odds / (1 - odds))[:, None], right, sample_weight=weights)
    return float(machine.intercept_[0]), float(machine.coef_[0, 0])


def calibrated_by(chances, classifier):
    """The chances of a report calibrated."""
    return np.array([calibrated(row, classifier) for row in chances])


def borne_out(reports, chances):
    """The chances calibrated, each report by the others."""
    changed = [None] * len(reports)
    for fold in range(N_FOLDS):
        train = [n for n in range(len(reports)) if n % N_FOLDS != fold]
        pair = platt([reports[n] for n in train], [chances[n] for n in train])
        scale = replace(shipped_classifier(), calibration=pair)
        for n in range(fold, len(reports), N_FOLDS):
            changed[n] = calibrated_by(chances[n], scale)
    return changed


def fitted_links(table, names):
    """The bias and the weights of some kinds of evidence."""
    return LogisticRegression(C=LINK_COST, max_iter=1_000).fit(table.values(names), table.truth)
