"""What `wendui learn` learns of a corpus for the reading itself: learners, each from the clean corpus to arrays.

What was learned lies in ``learned/`` beside the control files and is a setting from then on: its digest enters the key
of the stages that use it. A learner is a function named for what it returns; another one is one more in the list, and
`pipeline.store.learned.READERS` says which stages read it.
"""

import platform
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from threadpoolctl import threadpool_limits

from pipeline import __version__, engine, store
from pipeline.ingest.clean import documents as documents_of
from pipeline.ingest.metadata import load_user_metadata
from pipeline.ingest.mirror.ngrams import count_ngrams
from pipeline.ingest.pages.repeated import recurring_lines
from pipeline.ingest.read import decoded, files_frame, find_files
from pipeline.project import Project
from pipeline.sections.rolelearning import learn_roles
from pipeline.sections.roles import sections as sections_of
from pipeline.settings import Settings, load_settings
from pipeline.statements.schemes import own_codebook
from pipeline.statements.wordlearning import learn_words
from pipeline.store import provenance
from pipeline.store.learned import with_learned, write_learned

Arrays = Mapping[str, NDArray[Any]]

SEED = 20_240_711
"""For learners that draw at random; the account of what was learned names it."""
MIN_FILES = 2
"""Sources that an n-gram of the user's own must occur in; what one file alone has may be its misprints."""
_GUESSES = ("fix_gbk", "fix_mojibake")
"""Rules by which a document's characters may have been guessed: nothing is learned from guesses."""


@dataclass(frozen=True)
class Corpus:
    """What is learned from, as it is read with what is shipped alone: tables, and the phrases of the codebook."""

    documents: pd.DataFrame
    sections: pd.DataFrame
    phrases: tuple[str, ...]


Learner = Callable[[Corpus], Arrays | None]
"""From a corpus to arrays; None where the corpus has nothing of the kind: then nothing is kept."""


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
    names : tuple of str
        What of all that can be learned was.
    """

    folder: Path
    n_documents: int
    n_ngrams: int
    lines: tuple[str, ...]
    names: tuple[str, ...]


def characters(corpus: Corpus) -> Arrays:
    """Counts of character n-grams in documents whose every character is known; they are added to the shipped ones."""
    documents = corpus.documents
    is_sound = [
        not damage and not any(edit["rule"].startswith(_GUESSES) for edit in edits)
        for damage, edits in zip(documents["damage"], documents["edits"], strict=True)
    ]
    texts = documents[pd.Series(is_sound, dtype=bool, index=documents.index)].groupby("source_id", sort=True)["text"]
    return count_ngrams(("\n".join(found) for _, found in texts), min_files=MIN_FILES)


def roles(corpus: Corpus) -> Arrays | None:
    """The shipped model of the roles of sentences, refined by sections whose headings say plainly what they do."""
    return learn_roles(corpus.documents, corpus.sections)


def words(corpus: Corpus) -> Arrays | None:
    """Words that are used as the phrases of the codebook are; they join the shipped ones."""
    return learn_words(corpus.documents["text"], corpus.phrases, seed=SEED)


def wrapping(corpus: Corpus) -> Arrays:
    """Lines of wrapping that recur in five sources or more."""
    return {"lines": np.array(wrapping_lines(corpus.documents), dtype=np.str_)}


LEARNERS: tuple[Learner, ...] = (characters, roles, words, wrapping)
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
        corpus = clean_corpus(files, project, settings)
        found = {learner.__name__: learner(corpus) for learner in LEARNERS}
    learned = {name: arrays for name, arrays in found.items() if arrays is not None}
    lines = tuple(learned["wrapping"]["lines"].tolist())
    account = {
        "corpus": store.json_digest(files[["source_id", "sha256"]].astype(object).values.tolist()),
        "n_documents": len(corpus.documents),
        "seed": SEED,
        "wrapping": lines,
        "versions": {"wendui": __version__, "python": platform.python_version()}
        | {name: provenance.version(name) for name in ("numpy", "sklearn")},
    }
    folder = write_learned(project.control[0], learned, account)
    n_ngrams = sum(len(learned["characters"][name]) for name in ("n1", "n2", "n3"))
    return Learned(folder, len(corpus.documents), n_ngrams, lines, tuple(learned))


def clean_corpus(files: pd.DataFrame, project: Project, settings: Settings) -> Corpus:
    """All files, cleaned and outlined with what is shipped alone, so that learning twice gives the same."""
    settings = with_learned(settings, ())
    read, _ = engine.run_stage(decoded, (files,), options=settings.read, unit="source_id", strict=False)
    tables = (read, load_user_metadata(project.control))
    found = engine.run_stage(documents_of, tables, options=settings.clean, unit="source_id", strict=False)
    documents = found[0].sort_values(["source_id", "doc_id"], kind="stable").reset_index(drop=True)
    outlined = engine.run_stage(sections_of, (documents,), options=settings.outline, unit="doc_id", strict=False)
    return Corpus(documents, outlined[0], tuple(own_codebook(settings.codes.codebook).votes))
