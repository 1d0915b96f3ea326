"""What `make train-roles` fits besides the model of sentences: the field of roles on the tree of sections."""

from dataclasses import dataclass

import numpy as np
from scipy.optimize import minimize

from pipeline.sections.evidence import CUE_ABOVE, CUE_ALONE, CUES, HEADINGS, TITLED
from pipeline.sections.judgement import observed
from pipeline.sections.kinship import Kinship, role_sums
from pipeline.sections.report import report_of
from pipeline.sections.rolemodel import ROLES
from pipeline.sections.traits import FLAWLESS
from pipeline.values import Role

N = len(ROLES)
PENALTY = {"tied": 2.0, "own": 15.0, "plain": 5.0, "first": 1.5, "last": 1.5, "after": 1.5, "inside": 1.0}
"""Half the squared weights, less what is expected of them, cost so much (cross-fitted on the sample; with less the field
is as good on the sample, but surer than it should be on other texts)."""
FIRM = (4.0, 1.0, 3.5)
UNASKED = {Role.PRACTICE: 4.0, Role.MEASURE: -3.0, Role.MEANING: -2.0}
"""What a heading that names a role for itself, the title, and the nearest heading above are expected to weigh; and roles in a report that
tells of no fault and asks for nothing: it tells what was done. Set by hand: other texts than the sample's rest on it."""
FAR = -1e3
"""Log factor of a role that a section does not have."""
N_STEPS = 60
HIDDEN = (0.3, 0.5)
"""Share of sections whose cues are hidden in a second copy of each report, and of those whose headings are hidden too:
the lexicon was made on these reports and knows their headings better than others."""


@dataclass(frozen=True)
class Known:
    """A report: evidence and traits of its sections, those right below each, and their roles, -1 where not told."""

    evidence: np.ndarray
    plain: np.ndarray
    children: list
    roles: np.ndarray

    def hidden(self, rng):
        """The report with the cues of some headings, and the headings of some of these, not told."""
        evidence = self.evidence.copy()
        is_hidden = rng.random(len(evidence)) < HIDDEN[0]
        is_dumb = is_hidden & (rng.random(len(evidence)) < HIDDEN[1])
        evidence[is_hidden, CUES] = np.minimum(evidence[is_hidden, CUES], 0.0)
        evidence[is_dumb, HEADINGS] = 0.0
        return Known(evidence, self.plain, self.children, self.roles)


def known_of(report, model):
    """An annotated report as the field sees it."""
    read = report_of(report.text, report.sections)
    roles = np.array([ROLES.index(section.role) if section.role else -1 for section in report.sections])
    return Known(*observed(read, model), read.children, roles)


def shapes(known):
    """The parts of the vector of weights."""
    kinds, n_traits = known[0].evidence.shape[1], known[0].plain.shape[1]
    return {
        "tied": (kinds,),
        "own": (kinds, N),
        "plain": (n_traits, N),
        "first": (2, N),
        "last": (2, N),
        "after": (2, N, N),
        "inside": (N, N),
    }


def parts_of(vector, shape):
    """The vector of weights in its parts."""
    ends = np.cumsum([int(np.prod(size)) for size in shape.values()])
    return {
        name: part.reshape(size) for (name, size), part in zip(shape.items(), np.split(vector, ends[:-1]), strict=True)
    }


def scores_of(report, parts):
    """Log factors of each section's roles."""
    weights = parts["tied"][:, None] + parts["own"]
    return np.einsum("skr,kr->sr", report.evidence, weights) + report.plain @ parts["plain"]


def moments(sums, report):
    """Counts of all that has a weight, expected or annotated."""
    found = {"first": np.zeros((2, N)), "last": np.zeros((2, N)), "after": np.zeros((2, N, N))}
    for at, group in enumerate(report.children):
        if group:
            kind = 0 if at == 0 else 1
            found["first"][kind] += sums.alone[group[0]]
            found["last"][kind] += sums.alone[group[-1]]
            found["after"][kind] += sum((sums.beside[node] for node in group[1:]), np.zeros((N, N)))
    found["inside"] = sum(sums.within.values(), np.zeros((N, N)))
    found["own"] = np.einsum("skr,sr->kr", report.evidence, sums.alone)
    found["tied"] = found["own"].sum(axis=1)
    found["plain"] = report.plain.T @ sums.alone
    return found


def annotated_sums(report, parts):
    """The sums where the roles are as annotated; where one is not told, summed over all."""
    scores = scores_of(report, parts)
    free = (report.roles[:, None] < 0) | (report.roles[:, None] == np.arange(N))
    return role_sums(np.where(free, scores, scores + FAR), report.children, kinship_of(parts), pairs=True)


def kinship_of(parts):
    """The factors of pairs."""
    return Kinship(parts["first"], parts["last"], parts["after"], parts["inside"])


def loss(report, counts, parts):
    """How improbable the annotated roles of a report are, and its slope; `counts` are of roles that are all told."""
    free = role_sums(scores_of(report, parts), report.children, kinship_of(parts), pairs=True)
    if (report.roles[1:] >= 0).all():
        likely = sum(float((counts[name] * part).sum()) for name, part in parts.items())
    else:
        bound = annotated_sums(report, parts)
        likely, counts = bound.log_total, moments(bound, report)
    return free.log_total - likely, {name: found - counts[name] for name, found in moments(free, report).items()}


def expected_weights(shape):
    """The weights before anything is learnt: a plain heading holds, inside it too; without faults it is 做法."""
    prior = {name: np.zeros(size) for name, size in shape.items()}
    prior["tied"][[CUE_ALONE, TITLED, CUE_ABOVE]] = FIRM
    for role, weight in UNASKED.items():
        prior["plain"][FLAWLESS, ROLES.index(role)] = weight
    return prior


def fit_weights(known, *, penalty=PENALTY, n_steps=N_STEPS):
    """The weights that make the annotated roles most probable, with a penalty on their squares."""
    shape = shapes(known)
    prior = expected_weights(shape)
    nought = {name: np.zeros(size) for name, size in shape.items()}
    counts = [moments(annotated_sums(report, nought), report) for report in known]

    def cost(vector):
        parts = parts_of(vector, shape)
        total = sum(0.5 * penalty[name] * float(((part - prior[name]) ** 2).sum()) for name, part in parts.items())
        slope = {name: penalty[name] * (part - prior[name]) for name, part in parts.items()}
        for report, told in zip(known, counts, strict=True):
            value, step = loss(report, told, parts)
            total += value
            slope = {name: part + step[name] for name, part in slope.items()}
        return total, np.concatenate([slope[name].ravel() for name in shape])

    start = np.concatenate([prior[name].ravel() for name in shape])
    found = minimize(cost, start, jac=True, method="L-BFGS-B", options={"maxiter": n_steps})
    return parts_of(found.x, shape)


def fit_field(known, *, seed=0, penalty=PENALTY):
    """The arrays of a field of roles fitted on some reports, each twice, with some cues hidden the second time."""
    rng = np.random.default_rng(seed)
    parts = fit_weights([*known, *(report.hidden(rng) for report in known)], penalty=penalty)
    evidence = parts.pop("tied")[:, None] + parts.pop("own")
    return {name: array.astype(np.float32) for name, array in ({"evidence": evidence} | parts).items()}
