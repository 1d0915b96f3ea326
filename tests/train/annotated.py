"""The annotated reports that codes and links are learnt from: their points as claims, with codes and pairs.

The texts are the clean ones beside the annotation, so that training needs no run of the pipeline.
"""

from dataclasses import replace
from pathlib import Path

import numpy as np

from pipeline import lexicon, tables
from pipeline.evaluate.given import points_in
from pipeline.evaluate.gold import read_gold
from pipeline.statements.codebook import own_scores, report_chances, said_of
from pipeline.statements.others import tables_of_others
from pipeline.statements.schemes import own_codebook
from pipeline.statements.siblings import claims_of

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"
CODES = tuple(row["code"] for row in lexicon.rows("codebook.csv"))
FIRST_UNSEEN = {"L": 15, "M": 15, "T": 65, "U": 65, "V": 1, "W": 17, "X": 17, "Y": 17, "Z": 33}
"""Series, and the first number of each, of the further reports that are for validation: points, codes and links learn nothing from
them, and only sums are looked at."""
EARLIEST_LEFT_OUT = {"A": 15, "N": 15, "O": 15, "P": 15, "Q": 17, "R": 17, "T": 1, "U": 1, "Z": 1}
"""Series, and the first number of each, of the others that codes and links are not learnt from."""


def is_validation(file):
    """Whether a further report is for validation."""
    return _is_from(FIRST_UNSEEN, file)


def _is_from(firsts, file):
    """Whether a report comes at or after the first of its series."""
    first = firsts.get(file[0])
    return first is not None and int(file[1:3]) >= first


def is_learnt(file):
    """Whether codes and links are learnt from a further report: with the latest, which came after `EARLIEST_LEFT_OUT` of each
    series, codes of series V are less right (κ .79 and .80 against .81 and .82), and so are links (.876, .890).
    """
    return not is_validation(file) and not _is_from(EARLIEST_LEFT_OUT, file)


class Report:
    """An annotated report.

    Attributes
    ----------
    claims : list of Claim
        Its points of the three sides in document order.
    said : list of Said
        What is looked at of each.
    codes : list of str
        The annotated code of each; `code_numbers` their places in the codebook.
    is_sample : bool
        Whether it is one of the sample that figures are told of, not a further one.
    links : set of (int, int)
        Places of the problem and the measure of each pair.
    """

    def __init__(self, report, text, name):
        rows = points_in(report["statements"], text, _heading_starts(report, text), name)
        documents, sections, points = tables_of_others(rows)
        laid_out = documents["text"].iloc[0] if rows else ""
        outline = {row["section_id"]: row for row in tables.records(sections)}
        self.claims = claims_of(tables.records(points), laid_out, outline, {})
        self.said = [said_of(claim.headline, claim.body, "", own_codebook()) for claim in self.claims]
        numbers = [int(row["statement_id"].rpartition("/g")[2]) for row in rows]
        self.codes = [report["statements"][n][2] for n in numbers]
        self.code_numbers = [CODES.index(code) for code in self.codes]
        self.is_sample = name.startswith("S")
        place = {n: i for i, n in enumerate(numbers)}
        self.links = {(place[i], place[j]) for i, j in report["pairs"]}

    @property
    def texts(self):
        """Headline, body and section heading of each point."""
        return [one.texts for one in self.said]

    def chances(self, classifier):
        """The probability of each code of each point."""
        return report_chances(own_scores(self.said, classifier, own_codebook()), self.claims)

    def coded(self, chances):
        """The claims with their two likeliest codes and calibrated confidences."""
        best = np.argsort(-chances, axis=1, kind="stable")[:, :2]
        ranked = [tuple((CODES[k], float(row[k])) for k in two) for row, two in zip(chances, best, strict=True)]
        return [replace(claim, codes=codes) for claim, codes in zip(self.claims, ranked, strict=True)]


def reports_of(gold, wanted=lambda file: True):
    """The annotated reports with points of the files whose names are wanted."""
    found = []
    for entry in read_gold([gold]):
        if wanted(entry.file):
            pages = entry.clean.split("\f")
            for i, report in enumerate(entry.reports):
                found.append(Report(report, pages[i], f"{entry.file}#{i + 1}"))
    return [report for report in found if report.claims]


def training_reports():
    """The development split, and the further reports that codes and links are learnt from."""
    further = SAMPLE / "further" / "gold.json"
    return reports_of(SAMPLE / "gold" / "dev.json") + reports_of(further, is_learnt)


def validation_reports():
    """The further reports that nothing is learnt from."""
    return reports_of(SAMPLE / "further" / "gold.json", is_validation)


def _heading_starts(report, text):
    """Where the annotated headings stand in the text, those that are found."""
    starts, at = [], 0
    for heading, *_ in report["sections"]:
        start = text.find(heading, at)
        if start >= 0:
            starts.append(start)
            at = start + len(heading)
    return starts
