"""The researcher's control files, as text: which there are, where they lie, what is in them."""

import csv
from collections.abc import Sequence
from pathlib import Path

import openpyxl


class SettingsError(ValueError):
    """A setting or argument that cannot be used; the message says what, where and what is allowed."""


CONTROL_FILES = frozenset(
    ["settings.toml", "metadata.csv", "metadata.xlsx", "corrections.csv", "corrections.xlsx", "codebook.toml"]
    + ["codebook.csv", "codebook.xlsx", "词典.txt", "停用词.txt", "同义词.csv"]
)
"""Names of the files by which a researcher steers Wendui; every ``README*`` is one too."""


def find_control(name: str, folders: Sequence[Path]) -> Path | None:
    """The control file of a name in the first of the folders that has it."""
    return next((folder / name for folder in folders if (folder / name).is_file()), None)


def read_control(path: Path) -> str:
    """A control file as text."""
    try:
        return path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        message = f"{path}：读不出来，请另存为 UTF-8 / cannot be read, save it as UTF-8: {error}"
        raise SettingsError(message) from None


def word_list(path: Path | None) -> tuple[str, ...]:
    """The entries of a word list, one a line; the first field counts, so jieba's `word freq tag` works."""
    lines = read_control(path).splitlines() if path else []
    return tuple(dict.fromkeys(line.split()[0] for line in lines if line.strip() and not line.startswith("#")))


def cells(path: Path | None) -> list[list[str]]:
    """The rows of a CSV or of an Excel file's first sheet, as text."""
    if path is None:
        return []
    if path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
        rows = book.worksheets[0].iter_rows(values_only=True)
        return [["" if cell is None else str(cell).strip() for cell in row] for row in rows]
    return [[cell.strip() for cell in row] for row in csv.reader(read_control(path).splitlines())]
