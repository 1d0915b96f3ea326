"""What was learned from a corpus: ``learned/<name>.npz`` with ``learned.json`` beside the control files."""

import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.settings import LearnedFile, Settings, SettingsError
from pipeline.store import atomic_write, digest, file_digest

Arrays = Mapping[str, NDArray[Any]]

FOLDER = "learned"
ACCOUNT = "learned.json"
READERS = {"clean": ("characters", "wrapping"), "outline": ("roles",), "points": ("roles",), "codes": ("words",)}
"""Options of stages, and what each stage reads of what was learned: nothing else is done again when it changes."""


def learned_files(folders: Sequence[Path]) -> tuple[LearnedFile, ...]:
    """What was learned, of the first of the folders that has something.

    Parameters
    ----------
    folders : sequence of Path
        Where control files are looked for.

    Returns
    -------
    tuple of LearnedFile
        In order of their names; empty if nothing was learned.

    Raises
    ------
    SettingsError
        If the account cannot be read, or a file that it lists.
    """
    folder = next((folder / FOLDER for folder in folders if (folder / FOLDER / ACCOUNT).is_file()), None)
    if folder is None:
        return ()
    try:
        names = sorted(json.loads((folder / ACCOUNT).read_text("utf-8"))["learned"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise SettingsError(f"{folder / ACCOUNT}：{_AGAIN}: {error}") from None
    return tuple(_file(folder / f"{name}.npz", name) for name in names)


_AGAIN = "读不出来，请删去 learned/ 或重新运行 wendui learn / cannot be read: remove learned/ or run wendui learn again"


def _file(path: Path, name: str) -> LearnedFile:
    """A learned file with its digest; raises if it is not there."""
    sha256 = file_digest(path)
    if sha256 is None:
        raise SettingsError(f"{path}：{_AGAIN}")
    return LearnedFile(name, str(path), sha256)


def with_learned(settings: Settings, files: Sequence[LearnedFile]) -> Settings:
    """The settings with what was learned, each stage's options with what that stage reads of it.

    Parameters
    ----------
    settings : Settings
    files : sequence of LearnedFile
        As `learned_files` gives them; they take the place of what the settings held.

    Returns
    -------
    Settings

    Examples
    --------
    >>> found = with_learned(Settings(), [LearnedFile("roles", "roles.npz", "0")])
    >>> [file.name for file in found.points.learned], found.clean.learned
    (['roles'], ())
    """
    read = {stage: tuple(file for file in files if file.name in names) for stage, names in READERS.items()}
    return replace(settings, **{stage: replace(getattr(settings, stage), learned=mine) for stage, mine in read.items()})


def learned_as(name: str, files: Sequence[LearnedFile]) -> LearnedFile | None:
    """What was learned under a name; None if nothing was."""
    return next((file for file in files if file.name == name), None)


@lru_cache(maxsize=8)
def learned_arrays(file: LearnedFile) -> Arrays:
    """The arrays of a learned file.

    Raises
    ------
    SettingsError
        If it is not the file any more that the settings speak of.
    """
    try:
        data = Path(file.path).read_bytes()
    except OSError as error:
        raise SettingsError(f"{file.path}：{_AGAIN}: {error}") from None
    if digest(data) != file.sha256:
        raise SettingsError(f"{file.path}：在运行中被改动，请再次运行 / was changed during the run, run again")
    with np.load(io.BytesIO(data), allow_pickle=False) as archive:
        return {key: archive[key] for key in archive.files}


def _save(buffer: io.BytesIO, arrays: Arrays) -> None:
    """Write arrays as NPZ; the same arrays give the same bytes."""
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in sorted(arrays.items()):
            member = io.BytesIO()
            np.lib.format.write_array(member, np.ascontiguousarray(array), allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy"), member.getvalue(), zipfile.ZIP_DEFLATED)


def write_learned(folder: Path, learned: Mapping[str, Arrays], account: Mapping[str, Any]) -> Path:
    """Keep what was learned; the account, which makes it count, is written last, and what counts no more removed.

    Parameters
    ----------
    folder : Path
        Where the control files lie.
    learned : mapping
        Name → arrays.
    account : mapping
        What `learned.json` says of it, besides the names and digests.

    Returns
    -------
    Path
        The folder written to.
    """
    target = folder / FOLDER
    target.mkdir(exist_ok=True)
    digests = {}
    for name, arrays in sorted(learned.items()):
        buffer = io.BytesIO()
        _save(buffer, arrays)
        atomic_write(target / f"{name}.npz", buffer.getvalue())
        digests[name] = digest(buffer.getvalue())
    text = json.dumps({**account, "learned": digests}, ensure_ascii=False, indent=1, sort_keys=True)
    atomic_write(target / ACCOUNT, text.encode())
    for path in target.glob("*.npz"):
        if path.stem not in digests:
            path.unlink()
    return target
