"""The lexicon: word lists and tables in this folder, each row with its source, and the one loader of them."""

import csv
import tomllib
from fnmatch import fnmatchcase
from functools import cache
from importlib import resources
from typing import Any

import numpy as np
from numpy.typing import NDArray

_FOLDER = resources.files(__name__)


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """The rows of a CSV of the lexicon, in file order; lines that start with ``#`` are comments.

    Parameters
    ----------
    name : str
        File name, e.g. ``"role_cues.csv"``.

    Returns
    -------
    tuple of dict
        One a row, column name → cell, both stripped.

    Raises
    ------
    FileNotFoundError
        If the lexicon has no such file.
    """
    lines = [line for line in text(name).splitlines() if line.strip() and not line.startswith("#")]
    return tuple({key: (cell or "").strip() for key, cell in row.items()} for row in csv.DictReader(lines))


@cache
def all_rows(pattern: str) -> tuple[dict[str, str], ...]:
    """The rows of every CSV of the lexicon whose name fits a pattern such as ``"calibration*.csv"``, by file name."""
    return tuple(row for name in named(pattern) for row in rows(name))


def named(pattern: str) -> tuple[str, ...]:
    """The files of the lexicon whose names fit a pattern, sorted."""
    return tuple(sorted(item.name for item in _FOLDER.iterdir() if fnmatchcase(item.name, pattern)))


@cache
def words(name: str) -> tuple[str, ...]:
    """The entries of a TXT of the lexicon, one a line, without comments (``#`` to the end of the line) and doubles."""
    entries = (line.split("#", 1)[0].strip() for line in text(name).splitlines())
    return tuple(dict.fromkeys(entry for entry in entries if entry))


@cache
def toml(name: str) -> dict[str, Any]:
    """A TOML of the lexicon as a dictionary."""
    return tomllib.loads(text(name))


@cache
def arrays(name: str) -> dict[str, NDArray[Any]]:
    """The arrays of an NPZ of the lexicon (never pickled objects)."""
    with resources.as_file(_FOLDER / name) as path, np.load(path, allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}


def text(name: str) -> str:
    """A file of the lexicon as text."""
    return (_FOLDER / name).read_text("utf-8")
