"""What `wendui learn` learns of a corpus for the reading itself: learners, each from clean documents to arrays.

What was learned lies in ``learned/`` beside the control files and is a setting from then on: its digest enters the key
of the stages that use it. A learner is a function named for what it returns; another one is one more in the list.
"""

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from pipeline import __version__, engine, store
from pipeline.ingest.clean import documents as documents_of
from pipeline.ingest.metadata import load_user_metadata
from pipeline.ingest.ngrams import count_ngrams
from pipeline.ingest.read import decoded, files_frame, find_files
from pipeline.ingest.repeated import recurring_lines
from pipeline.project import Project
from pipeline.settings import Settings, load_settings
from pipeline.store import provenance
from pipeline.store.learned import write_learned

Arrays = Mapping[str, NDArray[Any]]
Learner = Callable[[pd.DataFrame], Arrays]

SEED = 20_240_711
"""For learners that draw at random; the account of what was learned names it."""
MIN_FILES = 2
"""Sources that an n-gram of the user's own must occur in; what one file alone has may be its misprints."""
_GUESSES = ("fix_gbk", "fix_mojibake")
"""Rules by which a document's characters may have been guessed: nothing is learned from guesses."""


@dataclass(frozen=True)
class Learned:
    """What was learned.

    Attributes
    ----------
    folder : Path
        Where it is kept.
    n_documents : int
        Clean documents that it was learned from.
    n_ngrams : int
        Character n-grams, of 1 to 3 characters.
    lines : tuple of str
        Lines of wrapping, for the researcher to read.
    """

    folder: Path
    n_documents: int
    n_ngrams: int
    lines: tuple[str, ...]


def characters(documents: pd.DataFrame) -> Arrays:
    """Counts of character n-grams in documents whose every character is known; they are added to the shipped ones."""
    is_sound = [
        not damage and not any(edit["rule"].startswith(_GUESSES) for edit in edits)
        for damage, edits in zip(documents["damage"], documents["edits"], strict=True)
    ]
    texts = documents[pd.Series(is_sound, dtype=bool, index=documents.index)].groupby("source_id", sort=True)["text"]
    return count_ngrams(("\n".join(found) for _, found in texts), min_files=MIN_FILES)


def wrapping(documents: pd.DataFrame) -> Arrays:
    """Lines of wrapping that recur in five sources or more."""
    return {"lines": np.array(wrapping_lines(documents), dtype=np.str_)}


LEARNERS: tuple[Learner, ...] = (characters, wrapping)
"""All learners; the name of each is that of its file."""


def wrapping_lines(documents: pd.DataFrame) -> list[str]:
    """The lines of clean documents that `wrapping` would learn."""
    columns = (documents[name].fillna("").tolist() for name in ("source_id", "title", "text"))
    return recurring_lines(zip(*columns, strict=True))


def learn(project: Project, *, settings_path: Path | None = None) -> Learned:
    """Learn everything anew from a project's files, and keep it.

    Parameters
    ----------
    project : Project
        From `pipeline.project.find_project`.
    settings_path : Path, optional
        A settings file instead of the project's own.

    Returns
    -------
    Learned

    Raises
    ------
    SettingsError
        If a control file cannot be used.
    """
    settings = load_settings(project.control, path=settings_path)
    with threadpool_limits(1):
        files = files_frame(find_files(project.root, outputs=project.outputs))
        documents = clean_documents(files, project, settings)
        learned = {learner.__name__: learner(documents) for learner in LEARNERS}
    lines = tuple(learned["wrapping"]["lines"].tolist())
    account = {
        "corpus": store.json_digest(files[["source_id", "sha256"]].astype(object).values.tolist()),
        "n_documents": len(documents),
        "seed": SEED,
        "wrapping": lines,
        "versions": {"wendui": __version__, "python": platform.python_version(), "numpy": provenance.version("numpy")},
    }
    folder = write_learned(project.control[0], learned, account)
    n_ngrams = sum(len(learned["characters"][name]) for name in ("n1", "n2", "n3"))
    return Learned(folder, len(documents), n_ngrams, lines)


def clean_documents(files: pd.DataFrame, project: Project, settings: Settings) -> pd.DataFrame:
    """The documents of all files, cleaned with what is shipped alone, so that learning twice gives the same."""
    read, _ = engine.run_stage(decoded, (files,), options=settings.read, unit="source_id", strict=False)
    user, options = load_user_metadata(project.control), replace(settings.clean, learned=())
    found = engine.run_stage(documents_of, (read, user), options=options, unit="source_id", strict=False)
    return found[0].sort_values(["source_id", "doc_id"], kind="stable").reset_index(drop=True)
