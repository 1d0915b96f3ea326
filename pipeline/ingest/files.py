"""Which files lie below the corpus root, told without opening any."""

import os
import re
import stat
import unicodedata
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote_from_bytes

from pipeline.settings import CONTROL_FILES
from pipeline.values import Reason

NOT_ENTERED = ("sample", "learned")
"""Folders directly below the corpus root that are not the researcher's reports."""
SYSTEM_FILES = frozenset(["thumbs.db", "desktop.ini", "ehthumbs.db", "icon\r"])
TEXT_SUFFIXES = frozenset(["", ".txt", ".text", ".md", ".markdown"])
WORD_SUFFIXES = frozenset([".docx", ".docm", ".dotx", ".doc", ".wps", ".dot"])
UNSAFE = re.compile("[\x00-\x1f\x7f-\x9f%#\u2028\u2029\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Found:
    """A file below the corpus root; `verdict` says why it is not read, None if it is."""

    source_id: str
    path: Path
    size: int
    verdict: Reason | None = None


def find_files(
    root: Path, *, outputs: Path | None = None, control_names: AbstractSet[str] = CONTROL_FILES
) -> list[Found]:
    """Every file below the corpus root, sorted by source_id.

    Links are not followed out of the corpus, folders behind links not at all; nothing is opened.

    Parameters
    ----------
    root : Path
        The corpus root.
    outputs : Path, optional
        The outputs folder; not entered if it lies inside the root.
    control_names : set of str
        Names of the files that steer Wendui; they count as such directly below the root.

    Returns
    -------
    list of Found
    """
    closed = {(root / name).resolve() for name in NOT_ENTERED} | ({outputs.resolve()} if outputs else set())
    found: dict[str, Found] = {}
    for path in sorted(_walk(root, closed), key=os.fsencode):
        relative = path.relative_to(root)
        source_id = _source_id(relative)
        if source_id in found:
            source_id = quote_from_bytes(os.fsencode(relative.as_posix()))
        size, verdict = _seen(path, root)
        found[source_id] = Found(source_id, path, size, _named(relative, control_names) or verdict)
    return [found[source_id] for source_id in sorted(found)]


def _walk(folder: Path, closed: AbstractSet[Path]) -> Iterator[Path]:
    """Everything below a folder that is no folder; links to folders are given as they are."""
    with os.scandir(folder) as entries:
        for entry in entries:
            path = Path(entry.path)
            if not entry.is_dir(follow_symlinks=False):
                yield path
            elif path.resolve() not in closed:
                try:
                    yield from list(_walk(path, closed))
                except PermissionError:
                    yield path


def _seen(path: Path, root: Path) -> tuple[int, Reason | None]:
    """The size of a file and why it must not be opened, without opening it."""
    try:
        status = path.stat()
        if path.is_symlink() and not path.resolve().is_relative_to(root.resolve()):
            return 0, Reason.LINK_OUTSIDE
    except (OSError, RuntimeError):
        return 0, Reason.NOT_REGULAR
    if stat.S_ISREG(status.st_mode):
        return status.st_size, None
    return 0, Reason.PERM if stat.S_ISDIR(status.st_mode) and not path.is_symlink() else Reason.NOT_REGULAR


def _named(relative: Path, control_names: AbstractSet[str]) -> Reason | None:
    """Why a file of that name is not read."""
    name = relative.name
    if (len(relative.parts) == 1 and name in control_names) or name.upper().startswith("README"):
        return Reason.CONTROL
    is_system = name.startswith(("~$", ".")) or name.lower() in SYSTEM_FILES or name.endswith("~")
    is_hidden = any(part.startswith((".", "__MACOSX")) for part in relative.parts)
    is_known = relative.suffix.lower() in TEXT_SUFFIXES | WORD_SUFFIXES
    return Reason.IGNORED if is_system or is_hidden or not is_known else None


def _source_id(relative: Path) -> str:
    """The id of a file: its path in NFC with ``/``; what no table or screen can hold is percent-encoded."""
    name = unicodedata.normalize("NFC", relative.as_posix())
    return UNSAFE.sub(lambda found: quote_from_bytes(os.fsencode(found[0]), safe=""), name)
