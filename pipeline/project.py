"""Which folders a run is about: the corpus root, the outputs folder and where control files lie."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pipeline import store
from pipeline.settings import CONTROL_FILES, SettingsError

NOT_ENTERED = ("sample", "learned")
"""Folders at the top of a corpus root that are no input of it."""


@dataclass(frozen=True)
class Project:
    """The folders of a run.

    Attributes
    ----------
    root : Path
        The corpus root R: the files below it are the input.
    outputs : Path
        Where everything is written.
    control : tuple of Path
        Folders that control files are read from, first hit wins.
    """

    root: Path
    outputs: Path
    control: tuple[Path, ...]


def find_project(folder: Path | None = None, *, outputs: Path | None = None, here: Path | None = None) -> Project:
    """The folders that a command is about (the rule of DESIGN, «Corpus root»).

    Parameters
    ----------
    folder : Path, optional
        What the user named: a corpus, or a project folder (it has a ``corpus/``); None: the current folder's corpus.
    outputs : Path, optional
        Where to write, if the user said so.
    here : Path, optional
        The current folder.

    Raises
    ------
    SettingsError
        If there is no such folder, or outputs cannot be written or lead out of the project.
    """
    here = here or Path.cwd()
    named = folder or here
    if not named.is_dir():
        raise SettingsError(f"{named}：没有这个文件夹 / no such folder")
    home: Path | None
    if (named / "corpus").is_dir():
        home, root = named, _filled(named / "corpus")
    elif folder is None:
        message = f"{here} 里没有 corpus/；请写 wendui analyze 文件夹 / no corpus/ here: name a folder"
        raise SettingsError(message)
    else:
        home, root = _home_of(named), named
    target = outputs or (home or here) / "outputs"
    _check_outputs(target, home or here, is_named=outputs is not None)
    inside = home is not None and _is_inside(root, home / "corpus")
    control = (root, home / "corpus") if inside and home is not None and root != home / "corpus" else (root,)
    return Project(root, target, control)


def is_control(name: str) -> bool:
    """Whether a file name is one of the control files."""
    return name in CONTROL_FILES or name.upper().startswith("README")


def _filled(corpus: Path) -> Path:
    """The corpus folder if the user put a file into it, else the shipped sample."""
    sample = corpus / "sample" / "reports"
    return corpus if any(_user_files(corpus)) or not sample.is_dir() else sample


def _user_files(corpus: Path) -> Iterator[Path]:
    """Files of a corpus folder besides its sample, learned resources, control files and dot-files."""
    for folder, folders, files in os.walk(corpus):
        if Path(folder) == corpus:
            folders[:] = [name for name in folders if name not in NOT_ENTERED]
        yield from (Path(folder, name) for name in files if not is_control(name) and not name.startswith("."))


def _home_of(root: Path) -> Path | None:
    """The project folder (``corpus/`` and ``outputs/``) whose corpus holds a folder, if there is one."""
    absolute = root.resolve()
    for parent in absolute.parents:
        if _is_inside(absolute, parent / "corpus") and (parent / "outputs").is_dir():
            return parent
    return None


def _is_inside(path: Path, folder: Path) -> bool:
    """Whether a path is a folder or lies below it, links followed."""
    return path.resolve().is_relative_to(folder.resolve())


def _check_outputs(target: Path, home: Path, *, is_named: bool) -> None:
    """Make the outputs folder if its parent exists; raise if it cannot be written or leads out of the project."""
    if not is_named and target.is_symlink() and not _is_inside(target, home):
        message = (
            f"{target} 是指向项目之外的链接，请删去或用 --outputs 指明 / is a link out of the project: use --outputs"
        )
        raise SettingsError(message)
    if target.exists() and not target.is_dir():
        raise SettingsError(f"{target} 不是文件夹 / is not a folder")
    if not target.parent.is_dir():
        raise SettingsError(f"{target.parent}：没有这个文件夹，请先建立 / no such folder, make it first")
    store.make_folder(target)
