"""Tables as files that Excel opens rightly: CSV with BOM and guarded cells, xlsx without live formulas."""

import datetime as dt
import difflib
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pandas as pd
import xlsxwriter

from pipeline import store, tables
from pipeline.compare.ledger import ANSWERED, IDLE, OPEN, ledger, mismatches
from pipeline.publish.words import methods_in_words
from pipeline.settings import SettingsError
from pipeline.values import Status

RE_FORMULA = re.compile(r"^[=+\-@\t\r\n＝＋－＠]")
"""How a cell starts that a spreadsheet may run (OWASP, CSV injection)."""

MAX_CELL, MAX_ROWS, MAX_SHEET_NAME = 32_767, 1_048_575, 31
_CUT = "……（已截断，全文见 tables）"
_CREATED = dt.datetime(2000, 1, 1)
HEADS = {"row": "主题或角色", "side": "侧", "n_points": "条目数", "n_documents": "文献数", "share": "提及率"} | {
    "share_low": "下限",
    "share_high": "上限",
    "effect": "与其余之差",
    "p": "p",
    "q": "q",
}


def csv_bytes(table: pd.DataFrame) -> bytes:
    """A table as CSV: UTF-8 with BOM, lists joined by ；, text that starts like a formula guarded by an apostrophe.

    Examples
    --------
    >>> csv_bytes(pd.DataFrame({"标题": ["=1+1"]})).decode("utf-8-sig").splitlines()
    ['标题', "'=1+1"]
    """
    shown = pd.DataFrame({name: [_guarded(_flat(value)) for value in table[name].tolist()] for name in table})
    return shown.to_csv(index=False, lineterminator="\r\n").encode("utf-8-sig")


def xlsx_bytes(sheets: Mapping[str, pd.DataFrame]) -> bytes:
    """Tables as one workbook, a sheet each; a table too long for a sheet goes on in a further one."""
    buffer = io.BytesIO()
    never = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    book = xlsxwriter.Workbook(buffer, never)
    book.set_properties({"created": _CREATED, "author": "", "title": ""})
    names: set[str] = set()
    for name, table in sheets.items():
        for first in range(0, max(len(table), 1), MAX_ROWS):
            sheet = book.add_worksheet(_sheet_name(name, names))
            sheet.freeze_panes(1, 0)
            _write_sheet(sheet, table.iloc[first : first + MAX_ROWS])
    book.close()
    return buffer.getvalue()


def export_tables(outputs: Path, names: Sequence[str], *, kind: str, to: Path) -> list[Path]:
    """Write tables of a run for a spreadsheet.

    Parameters
    ----------
    outputs : Path
        A folder with results.
    names : sequence of str
        Tables.
    kind : {"csv", "xlsx"}
    to : Path
        The folder to write to.

    Returns
    -------
    list of Path
        The files written.

    Raises
    ------
    SettingsError
        If there is no such table or kind; names the nearest.
    """
    if kind not in ("csv", "xlsx"):
        raise SettingsError(f"--format={kind}：可用 csv、xlsx / use csv or xlsx")
    for name in names:
        if name not in tables.SCHEMAS:
            near = difflib.get_close_matches(name, tables.SCHEMAS, 1) or [*tables.SCHEMAS]
            raise SettingsError(f"没有表 {name}，是否想写 {near[0]}？ / no table {name!r}, did you mean {near[0]!r}?")
    if not to.is_dir():
        raise SettingsError(f"{to}：没有这个文件夹 / no such folder")
    write = csv_bytes if kind == "csv" else lambda table: xlsx_bytes({"表": table})
    paths = [to / f"{name}.{kind}" for name in names]
    for name, path in zip(names, paths, strict=True):
        store.atomic_write(path, write(store.read_table(outputs, name)))
    return paths


def comparison(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """The comparison tables and the list of failures: path below the outputs folder → bytes."""
    cells, rows, missed = frames["comparisons"], shown_ledger(frames), mismatches(frames.__getitem__)
    labels = dict(zip(frames["themes"]["theme_id"], frames["themes"]["label"], strict=True))
    files = {"comparison/cells.csv": csv_bytes(cells), "failures.csv": csv_bytes(failures(frames))}
    sheets = {"台账": rows[rows["状态"] == ANSWERED], "未获回应的问题": rows[rows["状态"] == OPEN]}
    sheets |= {"无对应问题的对策": rows[rows["状态"] == IDLE], "供需错位": missed}
    files |= {"comparison/ledger.csv": csv_bytes(rows), "comparison/ledger.xlsx": xlsx_bytes(sheets)}
    files["comparison/mismatches.csv"] = csv_bytes(missed)
    for (table, by, counting), group in cells.groupby(["table", "by", "counting"], sort=True):
        if counting == "raw":
            files[f"comparison/{table}_{_file_name(str(by))}.csv"] = csv_bytes(_wide(group, labels))
    return files


def shown_ledger(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """The ledger with the evidence of its links in Chinese."""
    rows = ledger(frames.__getitem__)
    words = [methods_in_words(cell.split("、")) if isinstance(cell, str) else "" for cell in rows["证据"]]
    return rows.assign(证据=words)


def failures(frames: Mapping[str, pd.DataFrame]) -> pd.DataFrame:
    """Every file that is not simply ok, and every notice about it: 文件, 文献, 阶段, 状态, 代码, 说明."""
    sources, notices = frames["sources"], frames["notices"]
    rows = sources[sources["status"] != Status.OK][["source_id", "status", "reason"]]
    silent = rows[~rows["source_id"].isin(notices["source_id"])]
    silent = silent.assign(doc_id=None, stage="read", detail="")
    listed = pd.concat([notices, silent], ignore_index=True).sort_values(["source_id", "doc_id"], kind="stable")
    heads = {
        "source_id": "文件",
        "doc_id": "文献",
        "stage": "阶段",
        "status": "状态",
        "reason": "代码",
        "detail": "说明",
    }
    return listed[list(heads)].rename(columns=heads).reset_index(drop=True)


def _wide(cells: pd.DataFrame, labels: Mapping[str, str]) -> pd.DataFrame:
    """Cells of one table: a row each with Chinese heads, groups in order."""
    named = cells.assign(row=[labels.get(name, name) for name in cells["row"]])
    kept = named[["group", *HEADS]].rename(columns={"group": "组", **HEADS})
    return kept.sort_values(["侧", "主题或角色", "组"], kind="stable").reset_index(drop=True)


def _file_name(by: str) -> str:
    """A variable's name as part of a file name."""
    return re.sub(r'[\\/:*?"<>|\s]', "_", unquote(by))


def _flat(value: Any) -> Any:
    """A value for a cell: lists joined, null empty."""
    if isinstance(value, list):
        return "；".join(str(item) for item in value)
    return "" if value is None or (not isinstance(value, str) and pd.isna(value)) else value


def _guarded(value: Any) -> Any:
    """Text that a spreadsheet might run, behind an apostrophe."""
    return f"'{value}" if isinstance(value, str) and RE_FORMULA.match(value) else value


def _write_sheet(sheet: Any, table: pd.DataFrame) -> None:
    """Heads and cells of a sheet; text is written as text, and cut with a marker where Excel would drop it."""
    for column, name in enumerate(table.columns):
        sheet.write_string(0, column, str(name))
        for row, value in enumerate(table[name].tolist(), 1):
            flat = _flat(value)
            if isinstance(flat, str):
                sheet.write_string(row, column, flat if len(flat) <= MAX_CELL else flat[: MAX_CELL - len(_CUT)] + _CUT)
            elif isinstance(flat, bool):
                sheet.write_boolean(row, column, flat)
            else:
                sheet.write_number(row, column, flat)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A sheet name that Excel allows and that is not yet taken."""
    plain = re.sub(r"[\[\]:*?/\\]", "_", name)[:MAX_SHEET_NAME].strip("'") or "表"
    candidates: Iterable[str] = (f"{plain[: MAX_SHEET_NAME - 4]}_{i}" for i in range(2, 1000))
    found = plain if plain.lower() not in taken else next(c for c in candidates if c.lower() not in taken)
    taken.add(found.lower())
    return found
