"""What a report says about itself, and what the researcher says about it in ``metadata.csv``."""

import csv
import difflib
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

import openpyxl
import pandas as pd

from pipeline.ingest.formats.text import decode
from pipeline.ingest.particulars.dates import date_clue
from pipeline.ingest.particulars.front_matter import Clue, FrontMatter, front_matter
from pipeline.ingest.particulars.genres import genre_clue, marking_clue
from pipeline.ingest.particulars.organisations import author_clue, org_type_clue
from pipeline.ingest.particulars.regions import region_clue
from pipeline.ingest.particulars.years import year_clue
from pipeline.settings import SettingsError, find_control
from pipeline.values import Genre, OrgType

BASIS = "metadata.csv"
KEYS = ("doc_id", "source_id")
KNOWN = ("title", "date", "year", "genre", "org_type", "author_org", "region", "marking")
"""Columns of the researcher's file that override what was mined; all others are the researcher's own."""
USER_COLUMNS = ["id", "key", "value"]
_CLOSED: dict[str, tuple[str, ...]] = {"genre": tuple(Genre), "org_type": tuple(OrgType)}


@dataclass(frozen=True)
class Description:
    """The particulars of a report; None where the text does not tell, and what each rests on."""

    title: str | None = None
    date: str | None = None
    year: int | None = None
    genre: str | None = None
    org_type: str | None = None
    author_org: str | None = None
    region: str | None = None
    marking: str | None = None
    findings: tuple[Clue, ...] = ()

    def row(self) -> dict[str, Any]:
        """The columns of `documents` that a description fills."""
        return {**vars(self), "findings": [clue.row() for clue in self.findings]}


def describe(text: str, *, dropped: tuple[str, ...] = (), source_id: str = "") -> Description:
    r"""The particulars that a report gives of itself.

    Parameters
    ----------
    text : str
        The cleaned text, one paragraph a line, the title first.
    dropped : tuple of str
        Stretches that cleaning took away as wrapping; a page's date and announced title are read from them.
    source_id : str
        The file's path below the corpus root; year and region fall back on it.

    Returns
    -------
    Description

    Examples
    --------
    >>> it = describe("柳溪县人民医院党支部建设调研报告\n（2019年5月）\n全院有党支部九个、党员三百名。")
    >>> it.title, it.year, it.date, it.org_type, it.genre
    ('柳溪县人民医院党支部建设调研报告', 2019, None, '医院', '调研报告')
    """
    front = front_matter(text, dropped=dropped, source_id=source_id)
    year = year_clue(front)
    mined = [_title_clue(front), date_clue(front, year), year, genre_clue(front), org_type_clue(front)]
    mined += [author_clue(front), region_clue(front), marking_clue(front)]
    clues = tuple(clue for clue in mined if clue)
    return Description(**{clue.field: clue.value for clue in clues}, findings=clues)  # type: ignore[arg-type]


def _title_clue(front: FrontMatter) -> Clue | None:
    """The title with what it rests on."""
    if not front.title:
        return None
    confidence = 0.95 if front.title_basis == "title line" else 0.7
    return Clue("title", front.title, front.title_basis, front.title, confidence)


def load_user_metadata(folders: Sequence[Path]) -> pd.DataFrame:
    """The researcher's ``metadata.csv`` or ``metadata.xlsx``, one row a filled cell.

    Parameters
    ----------
    folders : sequence of Path
        Where the file is looked for, first hit wins.

    Returns
    -------
    DataFrame
        Columns `USER_COLUMNS`, all text: id (a source_id or doc_id), key (the column), value; empty without a file.

    Raises
    ------
    SettingsError
        If the file cannot be read, has neither key column, names a document twice, or a value is not allowed.
    """
    path = find_control("metadata.csv", folders) or find_control("metadata.xlsx", folders)
    return user_metadata(path) if path else pd.DataFrame(columns=USER_COLUMNS, dtype="str")


def user_metadata(path: Path) -> pd.DataFrame:
    """The researcher's file at a path; columns and errors as `load_user_metadata`."""
    head, *rows = _cells(path) or [[]]
    keys = [key for key in KEYS if key in head]
    if not keys:
        near = next((name for name in head if difflib.get_close_matches(name, KEYS, 1)), "")
        guess = f"，是否把 {near} 写错了？" if near else ""
        raise SettingsError(f"{path}：第一行要有 source_id 或 doc_id 列{guess} / needs a column source_id or doc_id")
    cells: list[tuple[str, str, str]] = []
    lines: dict[str, int] = {}
    for line, row in enumerate(rows, 2):
        record = {name: cell for name, cell in zip(head, row, strict=False) if name and cell}
        if not record:
            continue
        place = f"{path} 第 {line} 行 / line {line}"
        name = _identifier(next((record[key] for key in keys if key in record), ""), place)
        if lines.setdefault(name, line) != line:
            raise SettingsError(f"{place}：{name} 已在第 {lines[name]} 行出现 / appears on line {lines[name]} already")
        cells += [(name, key, _checked(key, value, place)) for key, value in record.items() if key not in KEYS]
    return pd.DataFrame(cells, columns=USER_COLUMNS, dtype="str")


def user_values(user: pd.DataFrame) -> dict[str, dict[str, str]]:
    """The researcher's rows by id: id → column → value."""
    values: dict[str, dict[str, str]] = {}
    for name, key, value in user[USER_COLUMNS].itertuples(index=False, name=None):
        values.setdefault(name, {})[key] = value
    return values


def overridden(description: Description, values: Mapping[str, str]) -> Description:
    """A description in which the researcher's values replace the mined ones; a changed year drops a date that differs.

    Examples
    --------
    >>> overridden(Description(year=2019), {"year": "2020", "课题": "甲"}).year
    2020
    """
    given = {key: values[key] for key in KNOWN if key in values}
    if not given:
        return description
    if "date" in given and "year" not in given:
        given["year"] = given["date"][:4]
    elif given.get("year") and description.date and not description.date.startswith(given["year"]):
        description = replace(description, date=None)
    kept = tuple(clue for clue in description.findings if clue.field not in given and getattr(description, clue.field))
    clues = kept + tuple(Clue(key, value, BASIS, value, 1.0) for key, value in given.items())
    typed: dict[str, Any] = {key: int(value) if key == "year" else value for key, value in given.items()}
    return replace(description, findings=clues, **typed)


def own_columns(doc_id: str, values: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """The researcher's own columns about a document, as rows of `metadata`."""
    return ({"doc_id": doc_id, "key": key, "value": values[key]} for key in values if key not in KNOWN)


def unknown_ids(user: pd.DataFrame, known: Iterable[str]) -> list[str]:
    """The ids of the researcher's file that are no source_id and no doc_id of the corpus."""
    return sorted(set(user["id"]) - set(known))


def _cells(path: Path) -> list[list[str]]:
    """The rows of a CSV (UTF-8, or what Excel saves in China) or of an Excel file's first sheet."""
    try:
        if path.suffix == ".csv":
            text = decode(path.read_bytes()).text or ""
            return [[cell.strip() for cell in row] for row in csv.reader(text.splitlines())]
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [[_cell_text(cell) for cell in row] for row in rows]
    except (OSError, BadZipFile, KeyError, csv.Error) as error:
        raise SettingsError(f"{path}：读不出来，请重新保存 / cannot be read, save it again: {error}") from None


def _cell_text(cell: object) -> str:
    """A cell as text: dates in ISO 8601, whole numbers without a decimal point."""
    if isinstance(cell, date):
        return cell.isoformat()[:10]
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def _identifier(name: str, place: str) -> str:
    """An id in the form that Wendui gives it."""
    if not name:
        raise SettingsError(f"{place}：缺 source_id 或 doc_id / source_id or doc_id is missing")
    return unicodedata.normalize("NFC", name.replace("\\", "/"))


def _checked(key: str, value: str, place: str) -> str:
    """A value if its column allows it."""
    allowed = _CLOSED.get(key)
    if allowed and value not in allowed:
        near = difflib.get_close_matches(value, allowed, 1, 0.3)
        guess = f"，是否想写 {near[0]}？" if near else ""
        raise SettingsError(f"{place}：{key}={value!r}{guess} 可用：{'、'.join(allowed)} / not allowed")
    if key == "year" and not re.fullmatch(r"(?:19|20)\d\d", value):
        raise SettingsError(f"{place}：year={value!r} 应为四位年份 / must be a year of four digits")
    if key == "date" and not re.fullmatch(r"(?:19|20)\d\d-[01]\d-[0-3]\d", value):
        raise SettingsError(f"{place}：date={value!r} 应写成 2019-05-06 / must look like 2019-05-06")
    return value
