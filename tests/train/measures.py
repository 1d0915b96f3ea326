"""How good codes and links are, where no report is judged by what was learnt from it."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
from sklearn.metrics import cohen_kappa_score

from pipeline.settings import LinkOptions
from pipeline.statements.pairing import candidates
from pipeline.statements.wording import word_vectors
from pipeline.values import LinkKind
from tests.train.annotated import CODES
from tests.train.fitting import N_FOLDS, fitted_links

N_BINS = 5
OTHER = CODES.index("其他")


@dataclass(frozen=True)
class LinkTable:
    """Evidence, truth and report number of each candidate 问题→对策."""

    evidence: list
    truth: np.ndarray
    where: np.ndarray

    def values(self, names):
        """The evidence as a matrix."""
        return np.array([[row.get(name, 0.0) for name in names] for row in self.evidence])

    def part(self, chosen):
        """Some of its rows."""
        return LinkTable([self.evidence[i] for i in np.flatnonzero(chosen)], self.truth[chosen], self.where[chosen])


def link_table(reports, chances):
    """The candidates of some reports; codes by these chances, or none."""
    evidence, truth, where = [], [], []
    for n, report in enumerate(reports):
        vectors = word_vectors([(claim.headline, claim.body) for claim in report.claims])
        claims = report.claims if chances is None else report.coded(chances[n])
        for pair in candidates(claims, vectors, LinkKind.PROBLEM_MEASURE):
            evidence.append(pair.evidence)
            truth.append((pair.one, pair.other) in report.links)
            where.append(n)
    return LinkTable(evidence, np.array(truth), np.array(where))


def probabilities(table, names, learnt=None):
    """The probability of each candidate: by what was learnt from another table, or from the other reports."""
    if learnt is not None:
        return fitted_links(learnt, names).predict_proba(table.values(names))[:, 1]
    found = np.zeros(len(table.truth))
    for fold in range(N_FOLDS):
        mine = table.where % N_FOLDS == fold
        found[mine] = fitted_links(table.part(~mine), names).predict_proba(table.part(mine).values(names))[:, 1]
    return found


def link_f1(table, names, reports, learnt=None):
    """F1 of links."""
    found = probabilities(table, names, learnt) >= LinkOptions().min_score
    return 2 * (found & table.truth).sum() / (sum(len(report.links) for report in reports) + found.sum())


def link_probabilities(table, names, chosen, learnt=None):
    """The probability of each link, and whether it is right; of the chosen reports, or of all."""
    found = probabilities(table, names, learnt)
    keep = (found >= LinkOptions().min_score) & (True if chosen is None else np.isin(table.where, chosen))
    return list(zip(found[keep].tolist(), table.truth[keep].tolist(), strict=True))


def agreement(reports, chances, name):
    """Lines with κ and top-2 accuracy of each side."""
    by_side = defaultdict(list)
    for report, likely in zip(reports, chances, strict=True):
        for claim, code, row in zip(report.claims, report.code_numbers, likely, strict=True):
            by_side[claim.role].append((code, *np.argsort(-row, kind="stable")[:2]))
    for side, rows in sorted(by_side.items()):
        gold, first, _ = zip(*rows, strict=True)
        top = np.mean([code in two for code, *two in rows])
        yield f"{name}, codes of {side}: kappa {cohen_kappa_score(gold, first):.3f}, top-2 {top:.3f} ({len(rows)})"


def by_threshold(reports, chances):
    """A line with κ of all points for each least confidence below which a point is 其他."""
    rows = [
        (code, row)
        for r, likely in zip(reports, chances, strict=True)
        for code, row in zip(r.code_numbers, likely, strict=True)
    ]
    gold = [code for code, _ in rows]
    told = []
    for least in (0.0, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4):
        found = [row.argmax() if row.max() >= least else OTHER for _, row in rows]
        told.append(f"{least} {cohen_kappa_score(gold, found):.3f}")
    return f"kappa by min_confidence: {', '.join(told)}"


def calibration(pairs):
    """Rows (n, confidence, accuracy) of bins of equal size, and the expected calibration error."""
    ordered = sorted(pairs)
    rows, error = [], 0.0
    for part in np.array_split(np.arange(len(ordered)), N_BINS):
        confidence, accuracy = (float(np.mean([ordered[i][k] for i in part])) for k in (0, 1))
        rows.append((len(part), f"{confidence:.3f}", f"{accuracy:.3f}"))
        error += len(part) / len(ordered) * abs(confidence - accuracy)
    return rows, error
