"""Coding and linking points that come from elsewhere: a CSV in, a CSV out."""

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path

import pandas as pd

from pipeline.publish.export import csv_bytes
from pipeline.settings import Settings, SettingsError, load_settings
from pipeline.statements.codebook import codes
from pipeline.statements.links import links
from pipeline.statements.others import COLUMNS, tables_of_others
from pipeline.store.learned import learned_files, with_learned

Rows = Sequence[Mapping[str, str]]


def read_others(path: Path) -> list[dict[str, str]]:
    """The points of a CSV.

    Parameters
    ----------
    path : Path
        UTF-8 or GB18030, with the columns statement_id, doc_id, role, headline and, if there is one, body.

    Returns
    -------
    list of dict
        In file order, cells stripped.

    Raises
    ------
    SettingsError
        If the file cannot be read or lacks a column.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SettingsError(f"{path}：读不出来 / cannot be read: {error}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030", errors="replace")
    reader = csv.DictReader(io.StringIO(text, newline=""))
    lacking = set(COLUMNS[:-1]) - set(reader.fieldnames or ())
    if lacking:
        missing = "、".join(name for name in COLUMNS if name in lacking)
        raise SettingsError(f"{path}：缺少列 {missing} / lacks these columns")
    return [{name: (row.get(name) or "").strip() for name in COLUMNS} for row in reader]


def codes_of_others(rows: Rows, *, settings: Settings) -> pd.DataFrame:
    """The table of codes of other people's points.

    Parameters
    ----------
    rows : sequence of mapping
        With the keys statement_id, doc_id, role, headline, body, in document order.
    settings : Settings
        The options of coding, with the researcher's own codebooks.

    Returns
    -------
    DataFrame
        The columns of `codes`.
    """
    found, _ = codes(*tables_of_others(rows), options=settings.codes)
    return found


def links_of_others(rows: Rows, *, settings: Settings) -> pd.DataFrame:
    """The table of links of other people's points; parameters as in `codes_of_others`."""
    frames = tables_of_others(rows)
    coded, _ = codes(*frames, options=settings.codes)
    found, _ = links(*frames, coded, options=settings.links)
    return found


def code_file(source: Path, target: Path, settings_path: Path | None = None) -> int:
    """Code the points of a CSV and write their codes to another.

    Parameters
    ----------
    source, target : Path
    settings_path : Path, optional
        A settings file; control files (codebook.*, learned/) are looked for beside the source.

    Returns
    -------
    int
        Rows written.
    """
    settings = _settings(source, settings_path)
    return _write(codes_of_others(read_others(source), settings=settings), target)


def link_file(source: Path, target: Path, settings_path: Path | None = None) -> int:
    """Link the points of a CSV and write their links to another; parameters and return as in `code_file`."""
    settings = _settings(source, settings_path)
    return _write(links_of_others(read_others(source), settings=settings), target)


def _settings(source: Path, path: Path | None) -> Settings:
    """The settings with what the control files beside the source say, and what was learned there."""
    return with_learned(load_settings([source.parent], path=path), learned_files([source.parent]))


def _write(table: pd.DataFrame, path: Path) -> int:
    """Write a table as a CSV that Excel opens rightly; its number of rows."""
    if not path.parent.is_dir():
        raise SettingsError(f"{path.parent}：没有这个文件夹，请先建立 / no such folder, make it first")
    path.write_bytes(csv_bytes(table))
    return len(table)
