"""Evidence for each role of each section: what its heading, its sentences and the sections around it say for it."""

import numpy as np

from pipeline.sections.content import N_LEAD, announced_roles
from pipeline.sections.kinship import Floats
from pipeline.sections.reading import Sums
from pipeline.sections.report import Report, is_answered, is_topical
from pipeline.sections.rolemodel import ROLES
from pipeline.sections.titles import title_odds
from pipeline.values import Role

CUES, HEADINGS = slice(0, 8), slice(8, 10)
"""Kinds of evidence that are cues of headings, and that are what else these say."""
CUE_ALONE, TITLED, CUE_ABOVE = 2, 20, 22
"""The kinds that tell that a heading names a role for itself, that the title does, and the nearest heading above."""
FEW = 1.5
"""With so many sentences what they tell weighs half."""
FAINT, SILENT = 0.02, 0.1
"""What is added to a mean chance, and to a mean vote, before its log is taken: they weigh little below that."""
MAX_LEAD, MAX_VOTE, MAX_WEIGHT = 2.0, 2.0, 3.0
"""The most that a lead over the siblings, and expressions of a heading, count; the weight of the surest cue."""


def evidence_of(report: Report, headings: Sums, own: Sums, whole: Sums) -> Floats:
    """Evidence of each kind for each role, shape (n_sections, n_kinds, n_roles).

    Parameters
    ----------
    report : Report
    headings, own, whole : Sums
        What is read in the headings, right under them, and under them with all subsections.
    """
    means = _centred(whole.means("logs"))
    heads = _centred(headings.logs)
    is_named = np.array(report.named())[:, None] >= 0
    told = _sentences(report, own, whole)
    kinds = [*_cues(report), heads, np.minimum(headings.votes, MAX_VOTE), *told, heads * is_named, told[0] * is_named]
    kinds += [_titled(report), _named_below(report), _named_above(report), *_kin(report, means, heads)]
    return np.stack(kinds, axis=1)


def _centred(logs: Floats) -> Floats:
    """Log chances around their mean over the roles."""
    centred: Floats = logs - logs.mean(axis=1, keepdims=True)
    return centred


def _cues(report: Report) -> Floats:
    """The roles that the headings name: one or several joined, and how surely; what names no annex is hardly one."""
    cues = np.zeros((CUES.stop, len(report.sections), len(ROLES)))
    cues[CUE_ALONE, :, ROLES.index(Role.ANNEX)] = -1.0
    for at, found in enumerate(report.cues):
        if found is None:
            continue
        joined, columns = 3 if len(found.roles) > 1 else 0, [ROLES.index(role) for role in found.roles]
        cues[joined, at, columns] = found.weight * found.coverage
        cues[joined + 1, at, columns] = found.weight * (1 - found.coverage)
        cues[CUE_ALONE, at, columns] = found.weight / MAX_WEIGHT if is_topical(found) and not joined else 0.0
        cues[5, at, columns[-1]] = float(joined > 0)
        cues[6, at, columns] = found.weight * found.is_clause
        cues[7, at, columns] = found.weight * found.is_last
    return cues


def _sentences(report: Report, own: Sums, whole: Sums) -> list[Floats]:
    """What the sentences say: on average, the first, the last, and what they announce."""
    share = (whole.counts / (whole.counts + FEW))[:, None]
    means = _centred(whole.means("logs")) * share
    chances = np.log((whole.means("chances") + FAINT) / SILENT) * share
    votes = np.log(1 + whole.means("votes") / SILENT)
    announced = np.zeros_like(means)
    bodies = [report.text[one.body_start : min(one.end, one.body_start + N_LEAD)] for one in report.sections[1:]]
    for at, roles in enumerate(announced_roles(bodies), 1):
        announced[at, [ROLES.index(role) for role in roles]] = 1.0
    is_parent = np.array([bool(below) for below in report.children])[:, None]
    told = [means, chances, votes, means * is_parent, votes * is_parent]
    return [*told, _centred(own.firsts), _centred(own.lasts), announced]


def _titled(report: Report) -> Floats:
    """What the title says."""
    titled = np.zeros((len(report.sections), len(ROLES)))
    for role, odds in title_odds(report.title()).items():
        titled[1:, ROLES.index(role)] = np.log(odds)
    return titled


def _named_below(report: Report) -> Floats:
    """The share of the text right below a section whose headings name each role for themselves.

    An issue that is shown and answered below (表现, 对策) is a 问题, however long the answer.
    """
    below, named = np.zeros((len(report.sections), len(ROLES))), report.named()
    for at, group in enumerate(report.children):
        if is_answered(report, at):
            below[at, ROLES.index(Role.PROBLEM)] = 1.0
            continue
        sizes = {child: report.sections[child].end - report.sections[child].start for child in group}
        for child, size in sizes.items():
            if named[child] >= 0:
                below[at, named[child]] += size / sum(sizes.values())
    return below


def _named_above(report: Report) -> Floats:
    """The role that the nearest heading above names for itself, unless one between them names several."""
    above, named = np.zeros((len(report.sections), len(ROLES))), report.named()
    for at, group in enumerate(report.children):
        cues = report.cues[at]
        if at and named[at] >= 0:
            above[group, named[at]] = 1.0
        elif at and group and not (cues and len(cues.roles) > 1):
            above[group] = above[at]
    return above


def _kin(report: Report, means: Floats, heads: Floats) -> Floats:
    """What the headings below say, the siblings' sentences, the joined heading above; the lead over the siblings; and
    what the whole report says.
    """
    below, pooled, offered, lead, around = np.zeros((5, *means.shape))
    for at, group in enumerate(report.children):
        if not group:
            continue
        below[at] = heads[group].mean(axis=0)
        around[group] = means[0]
        if len(group) > 1:
            pooled[group], lead[group] = means[group].mean(axis=0), _lead(means[group])
        cues = report.cues[at]
        if cues and len(cues.roles) > 1:
            offered[np.ix_(group, [ROLES.index(role) for role in cues.roles])] = 1.0
    return np.stack([below, pooled, offered, lead, around])


def _lead(rows: Floats) -> Floats:
    """How far each row leads the best of the others, in each column."""
    ranked = np.sort(rows, axis=0)
    lead: Floats = np.where(rows >= ranked[-1], rows - ranked[-2], rows - ranked[-1])
    return np.clip(lead, -MAX_LEAD, MAX_LEAD)
