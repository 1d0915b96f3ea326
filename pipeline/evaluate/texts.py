"""Cleaned texts and what was mined from them against gold: restoration, text checks, metadata."""

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.evaluate.gold import Report, folded, same_title

CHECKS = (("must_contain", True), ("must_join", True), ("must_not_contain", False))
MINED = ("year", "org_type", "genre", "region")


def character_errors(text: str, clean: str) -> tuple[int, int]:
    """How many characters of a restored text are wrong, and how many the clean text has.

    White space and the width of punctuation are not compared. Errors are substitutions, deletions and insertions along
    the longest matching blocks, an upper bound of the edit distance; the character error rate is errors / characters.

    Parameters
    ----------
    text, clean : str
        The restored and the true text.

    Returns
    -------
    tuple of int
        Errors, and characters of the clean text that were compared.

    Examples
    --------
    >>> character_errors("党建 工作,扎实", "党建工作，扎实")
    (0, 7)
    >>> character_errors("党建工做", "党建工作")
    (1, 4)
    """
    mine, true = _comparable(text), _comparable(clean)
    if mine == true:
        return 0, len(true)
    blocks = difflib.SequenceMatcher(None, mine, true, autojunk=False).get_opcodes()
    return sum(max(b - a, d - c) for kind, a, b, c, d in blocks if kind != "equal"), len(true)


def _comparable(text: str) -> str:
    """A text without white space, all widths folded."""
    return "".join(unicodedata.normalize("NFKC", text).split())


def restoration_counts(documents: Sequence[Mapping[str, Any]], clean: str) -> tuple[int, int, int]:
    """Characters restored rightly, in the clean text, and again: the measure is 1 − character error rate.

    Parameters
    ----------
    documents : sequence of mapping
        The documents of a file in order; a file of several reports is compared as a whole.
    clean : str
        The file's clean text.
    """
    wrong, n_chars = character_errors("\n".join(row["text"] for row in documents), clean)
    return max(n_chars - wrong, 0), n_chars, n_chars


def text_counts(gold: Report, document: Mapping[str, Any] | None) -> dict[str, tuple[int, int, int]]:
    """Measure → (right, gold, found) of the text checks and the metadata of one report."""
    text = folded(document["text"] if document else "")
    checks = [(folded(part) in text) is want for key, want in CHECKS for part in gold.get(key, [])]
    counts = {"text_checks": (sum(checks), len(checks), len(checks))} if checks else {}
    if document:
        for name in MINED:
            if name in gold:
                mine, theirs = document[name], gold[name]
                right = int(mine is not None and mine == theirs)
                counts[f"metadata_{name}"] = (right, int(theirs is not None), int(mine is not None))
        if gold.get("title"):
            right = int(same_title(document["title"], gold["title"]))
            counts["metadata_title"] = (right, 1, int(bool(document["title"])))
    return counts
