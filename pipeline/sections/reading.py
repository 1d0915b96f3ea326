"""What the sentences of a document tell about roles, each read once: by the lexicon, the role model, and their tense."""

from dataclasses import dataclass, replace
from functools import cache

import numpy as np

from pipeline.grams import GramModel
from pipeline.lexicon.finder import WordLists, word_lists
from pipeline.sections.content import sentence_votes, spans_of
from pipeline.sections.kinship import Floats
from pipeline.sections.report import Report
from pipeline.sections.rolemodel import FLOOR, ROLES

N_READ = 12
"""Sentences right under a heading that are read, spread over them: the first and the last, and some between."""
TONES = (
    "了|已|曾|先后|累计|以来|共",
    "要|应|须|将|拟|建议|必须|可以|不妨|争取|力争",
    "[0123456789０１２３４５６７８９]|%|百分之|[两三四五六七八九十]成",
    "因为|由于|因此|源于|根源|原因|归根|导致|之所以|造成|说到底",
    "我们|笔者|调研组|课题组|本文|督查组|走访|问卷|座谈",
    "不|没|缺|少|难|无",
)
"""Words of what is done, of what is to come, of figures, of reasons, of the study, and of lack."""


@dataclass(frozen=True, slots=True)
class Sums:
    """Sums over the sentences of each section.

    Attributes
    ----------
    counts : ndarray, shape (n_sections,)
        Sentences read.
    logs, chances, votes : ndarray, shape (n_sections, n_roles)
        Log chances and chances by the role model, and what expressions of the lexicon say.
    tones : ndarray, shape (n_sections, n_tones)
        Sentences with words of each tone.
    firsts, lasts : ndarray, shape (n_sections, n_roles)
        Log chances of the first and the last sentence; 0 where there is none.
    """

    counts: Floats
    logs: Floats
    chances: Floats
    votes: Floats
    tones: Floats
    firsts: Floats
    lasts: Floats

    def means(self, name: str) -> Floats:
        """The means of what is summed under a name; 0 where there is no sentence."""
        means: Floats = getattr(self, name) / np.maximum(self.counts, 1)[:, None]
        return means


def read_report(report: Report, model: GramModel) -> tuple[Sums, Sums, Sums]:
    """What is read in the headings, right under each of them, and under each with all subsections.

    Parameters
    ----------
    report : Report
    model : GramModel
    """
    read = [_sentences(report.text, *report.own_span(at)) for at in range(len(report.sections))]
    said = [sentence for part in read for sentence in part]
    n, asked = len(said), [*said, *report.words]
    found = (model.probabilities(asked), sentence_votes(asked), _tones().held(asked).astype(np.float64))
    own = _sums([len(part) for part in read], *(values[:n] for values in found))
    headings = _sums([1 for _ in report.words], *(values[n:] for values in found))
    return headings, own, _whole(report, own)


def _sums(counts: list[int], chances: Floats, votes: Floats, tones: Floats) -> Sums:
    """The sums of rows of sentences, so many for each section."""
    ends = np.cumsum(counts)
    starts, filled = ends - counts, np.array(counts) > 0
    logs = np.log(np.maximum(chances, FLOOR))
    sums = [np.zeros((len(counts), values.shape[1])) for values in (logs, chances, votes, tones)]
    for total, values in zip(sums, (logs, chances, votes, tones), strict=True):
        if filled.any():
            total[filled] = np.add.reduceat(values, starts[filled].tolist(), axis=0)
    firsts, lasts = np.zeros((2, len(counts), len(ROLES)))
    firsts[filled], lasts[filled] = logs[starts[filled]], logs[ends[filled] - 1]
    return Sums(np.array(counts, dtype=float), sums[0], sums[1], sums[2], sums[3], firsts, lasts)


def _whole(report: Report, own: Sums) -> Sums:
    """Sums over the sentences under each heading, subsections included; twins of a short heading share theirs."""
    whole = {name: getattr(own, name).copy() for name in ("counts", "logs", "chances", "votes", "tones")}
    for at in range(len(report.sections) - 1, 0, -1):
        for values in whole.values():
            values[report.sections[at].parent or 0] += values[at]
    for twins in report.twins():
        for values in whole.values():
            values[twins] = values[twins].sum(axis=0)
    return replace(own, **whole)


def _sentences(text: str, start: int, end: int) -> list[str]:
    """Some of the sentences of a span, spread over it."""
    spans = spans_of(text, start, end)
    if len(spans) > N_READ:
        spans = [spans[round(at * (len(spans) - 1) / (N_READ - 1))] for at in range(N_READ)]
    return [text[first:last] for first, last in spans]


@cache
def _tones() -> WordLists:
    """The words of each tone."""
    return word_lists(tone.split("|") for tone in TONES)
