"""From files to text: what lies below the corpus root, and what each file says."""

import hashlib
import os
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any
from urllib.parse import quote_from_bytes, unquote_to_bytes

import pandas as pd

from pipeline import tables
from pipeline.ingest.files import UNSAFE, WORD_SUFFIXES, Found, find_files
from pipeline.ingest.formats import docx, text
from pipeline.ingest.formats.content import Content, Report, refused
from pipeline.ingest.formats.package import OLE
from pipeline.settings import ReadOptions
from pipeline.values import Reason, Status

__all__ = ["Found", "decoded", "files_frame", "find_files"]

STAGE = "read"
FILE_COLUMNS = ["source_id", "path", "sha256", "n_bytes", "verdict"]

MESSAGES = {
    Reason.CONTROL: "控制文件，不作为调研报告 / a control file, not a report",
    Reason.IGNORED: "系统文件或不支持的类型，请另存为 .docx 或 .txt / a system file or unsupported type; save as .docx",
    Reason.NOT_REGULAR: "不是普通文件（管道、设备或失效链接），未打开 / not a regular file, not opened",
    Reason.LINK_OUTSIDE: "链接指向语料文件夹之外，请复制文件本身 / a link out of the corpus; copy the file itself",
    Reason.PERM: "没有读取权限，请检查文件权限 / cannot be read; check its permissions",
    Reason.CHANGED: "运行期间文件被改动或移走，请重新运行 / changed or vanished during the run; run again",
    Reason.EMPTY: "文件没有文字 / the file holds no text",
    Reason.TOO_BIG: "文件过大，请拆分（上限见 settings.toml 的 [read]）/ too big; split it",
}
_FAILS = frozenset([Reason.PERM, Reason.CHANGED, Reason.TOO_BIG])


def files_frame(found: Sequence[Found]) -> pd.DataFrame:
    """The files as a frame that stages and digests can use; the one place where their bytes are digested.

    Parameters
    ----------
    found : sequence of Found

    Returns
    -------
    DataFrame
        Columns `FILE_COLUMNS`: source_id, path (as text; percent-encoded after ``file:`` if its bytes are not UTF-8),
        sha256 (null if not read), n_bytes, verdict (null: to be read).
    """
    rows = []
    for file in found:
        sha256, verdict = (None, file.verdict) if file.verdict else _digest(file.path)
        row = (file.source_id, _path_text(file.path), sha256, file.size, verdict)
        rows.append(dict(zip(FILE_COLUMNS, row, strict=True)))
    frame = pd.DataFrame(rows, columns=FILE_COLUMNS)
    return frame.astype({column: "int64" if column == "n_bytes" else "str" for column in FILE_COLUMNS})


def decoded(files: pd.DataFrame, *, options: ReadOptions) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The text of every file.

    Parameters
    ----------
    files : DataFrame
        `files_frame`, or rows of it.
    options : ReadOptions
        Bounds of one file.

    Returns
    -------
    decoded, notices : DataFrame
        A row a file, and a row for everything there is to report; the worst report is the file's status.
    """
    rows, notices = [], []
    for file in tables.records(files):
        content = _content(file, options)
        worst = max(content.reports, key=lambda report: list(Status).index(report.status), default=None)
        row = {"source_id": file["source_id"], "sha256": file["sha256"], "n_bytes": file["n_bytes"]}
        row |= {"media_type": content.media_type, "encoding": content.encoding, "text": content.text, "pages": []}
        row |= {"status": worst.status, "reason": worst.reason} if worst else {"status": Status.OK}
        rows.append(row)
        notices += [_notice(file["source_id"], report) for report in content.reports]
    return tables.frame("decoded", rows), tables.frame("notices", notices)


def _notice(source_id: str, report: Report) -> dict[str, Any]:
    """A report as a row of `notices`, with the file's name at the head of the message."""
    detail = f"{source_id}：{report.detail}"
    row = {"source_id": source_id, "doc_id": None, "stage": STAGE, "detail": detail}
    return row | {"status": report.status, "reason": report.reason}


def _content(file: dict[str, Any], options: ReadOptions) -> Content:
    """The content of one file, or why it has none."""
    if file["verdict"]:
        return _refusal(Reason(file["verdict"]))
    if file["n_bytes"] > options.max_bytes:
        return _refusal(Reason.TOO_BIG)
    try:
        data = _path(file["path"]).read_bytes()
    except PermissionError:
        return _refusal(Reason.PERM)
    except OSError:
        return _refusal(Reason.CHANGED)
    if hashlib.sha256(data).hexdigest() != file["sha256"]:
        return _refusal(Reason.CHANGED)
    return _bounded(_extracted(data, Path(file["source_id"]).suffix.lower(), options), options)


def _extracted(data: bytes, suffix: str, options: ReadOptions) -> Content:
    """The content by what the bytes are, whatever the file is called."""
    if not data.strip(b"\x00 \t\r\n"):
        return refused(Status.SKIPPED, Reason.EMPTY, MESSAGES[Reason.EMPTY])
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06", OLE)):
        return docx.extract(data, options=options)
    if data.startswith(b"%PDF-"):
        return _refusal(Reason.IGNORED)
    if suffix in WORD_SUFFIXES:
        return docx.misnamed(data)
    return text.decode(data)


def _bounded(content: Content, options: ReadOptions) -> Content:
    """The content, unless its text is empty or too long."""
    if content.text is None:
        return content
    if len(content.text) > options.max_chars:
        return _refusal(Reason.TOO_BIG)
    if not re.search(r"[^\W_]", content.text):
        return refused(Status.SKIPPED, Reason.EMPTY, MESSAGES[Reason.EMPTY], content.media_type)
    return content


def _refusal(reason: Reason) -> Content:
    """No content, for a reason that has a message of its own."""
    return refused(Status.FAILED if reason in _FAILS else Status.SKIPPED, reason, MESSAGES[reason])


def _digest(path: Path) -> tuple[str | None, Reason | None]:
    """The SHA-256 of a file, or why it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest(), None
    except PermissionError:
        return None, Reason.PERM
    except OSError:
        return None, Reason.CHANGED


def _path_text(path: Path) -> str:
    """A path as text without lone surrogates."""
    name = str(path)
    return "file:" + quote_from_bytes(os.fsencode(path)) if UNSAFE.search(name) else name


def _path(name: str) -> Path:
    """The path that `_path_text` wrote."""
    return Path(os.fsdecode(unquote_to_bytes(name.removeprefix("file:")))) if name.startswith("file:") else Path(name)
