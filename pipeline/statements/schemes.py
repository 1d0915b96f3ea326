"""The codebooks that a run codes by: ours, with what the researcher adds to it, and the researcher's own."""

from collections.abc import Mapping, Sequence
from functools import cache

import numpy as np

from pipeline import lexicon
from pipeline.settings import CodeEntry, CodeOptions, LearnedFile
from pipeline.statements.evidence import Codebook, Vector, build_codebook, phrase_scores, with_relatives
from pipeline.statements.relatives import relations

OWN, OTHER = "wendui", "其他"

PHRASE, BODY_PHRASE, SECTION_PHRASE = 0.03, 0.01, 0.01
"""What phrases of headline, body and section heading count against the classifier's margins for the headline: little,
for it knows more (annotated reports, cross-fitted, points coded right: .1 .780, .03 .788, 0 .792); they speak for
wordings that it has not seen, and name the words that decided."""

RELATIVE = 0.02
"""What words of the headline that are related to our phrases count (annotated reports, cross-fitted, κ and top-2 of 原因 /
对策 / 问题: 0 .647 / .729 / .789, .813 / .862 / .893; .02 .647 / .731 / .791, .813 / .863 / .893; .05 and those of the body,
half as much, worsen them): little, for the classifier knows most of these words."""

THEIRS = 33.0
"""What a phrase that the researcher adds to our codebook counts against one of ours: they need not be many."""

UNSPOKEN = -1.0
"""The margin of a code that the researcher adds to ours where none of its phrases stands: the classifier's for a code
of which it knows nothing."""

FOREIGN_BODY, FOREIGN_SECTION = 0.3, 0.35
"""What phrases of body and section heading count in a researcher's codebook, which has phrases only."""

Rows = tuple[tuple[str, str, str, float], ...]


@cache
def own_codebook(rows: Rows = (), learned: tuple[LearnedFile, ...] = ()) -> Codebook:
    """Our codebook, with the researcher's rows (scheme, code, phrase, weight) of the scheme ``wendui``.

    Its relatives are the shipped ones and those that `wendui learn` found in the user's corpus.
    """
    mine = [row[1:] for row in rows if row[0] == OWN]
    shipped = [(row["code"], row["phrase"], float(row["weight"])) for row in lexicon.rows("codebook_phrases.csv")]
    codes = dict.fromkeys([*(row["code"] for row in lexicon.rows("codebook.csv")), *(code for code, *_ in mine)])
    added = [(code, phrase, THEIRS * weight) for code, phrase, weight in mine]
    return with_relatives(build_codebook(OWN, [*shipped, *added], codes=tuple(codes)), relations(learned))


@cache
def foreign_codebooks(rows: Rows) -> tuple[Codebook, ...]:
    """The researcher's codebooks besides what is added to ours, a scheme each."""
    schemes = [scheme for scheme in dict.fromkeys(row[0] for row in rows) if scheme != OWN]
    return tuple(build_codebook(scheme, [row[1:] for row in rows if row[0] == scheme]) for scheme in schemes)


def widened(margins: Vector, book: Codebook) -> Vector:
    """The classifier's margins, shape ``(n_texts, n_codes)``, with those of codes that the researcher added."""
    n_added = len(book.codes) - margins.shape[1]
    return np.pad(margins, ((0, 0), (0, n_added)), constant_values=UNSPOKEN)


def foreign_chances(found: Sequence[Sequence[str]], book: Codebook) -> Vector | None:
    """The probability of each code by the phrases of headline, body and section heading; None where there is none."""
    shares = (1.0, FOREIGN_BODY, FOREIGN_SECTION)
    scores: Vector = np.sum(
        [share * phrase_scores(one, book) for share, one in zip(shares, found, strict=True)], axis=0
    )
    if not np.any(scores):
        return None
    raised: Vector = np.exp(scores - np.max(scores))
    raised /= raised.sum()
    return raised


def _explained(row: Mapping[str, str]) -> str:
    """What a row of our codebook says of its code: what it means, what falls in and out, and the border to its neighbours."""
    told = (("", "definition"), ("包括：", "include"), ("不包括：", "exclude"), ("界线：", "boundary"))
    return "。".join(f"{head}{row[name]}" for head, name in told if row[name]) + "。"


def code_entries(options: CodeOptions) -> dict[tuple[str, str], CodeEntry]:
    """(scheme, code) → its name for people, what it is a part of and what it means; what the researcher says goes before ours."""
    ours = [
        CodeEntry(OWN, row["code"], row["parent"], row["display"], _explained(row))
        for row in lexicon.rows("codebook.csv")
    ]
    return {(one.scheme, one.code): one for one in [*ours, *options.entries]}
