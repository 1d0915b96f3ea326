"""What is on disk in ``outputs/``: atomic files, parts of tables, digests, markers and the lock."""

import hashlib
import io
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq
from filelock import FileLock, Timeout

from pipeline import tables
from pipeline.settings import SettingsError

_FAULT = "PIPELINE_FAULT"
_n_writes = 0


def digest(data: bytes) -> str:
    """SHA-256 of bytes, in hex."""
    return hashlib.sha256(data).hexdigest()


def json_digest(value: Any) -> str:
    """SHA-256 of a value's JSON with sorted keys; the same value gives the same digest in every process."""
    return digest(json.dumps(value, ensure_ascii=False, sort_keys=True, default=str).encode())


def part_of(source_id: str, n_parts: int) -> int:
    """The part that all documents of a file belong to: the first 32 bits of the digest of its id, modulo `n_parts`.

    Examples
    --------
    >>> part_of("青石镇.txt", 16) in range(16)
    True
    """
    return int(digest(source_id.encode())[:8], 16) % n_parts


def atomic_write(path: Path, data: bytes) -> None:
    """Write a file so that at any moment it is either the old one or the whole new one.

    Raises
    ------
    OSError
        If the disk is full or the place cannot be written; no torn file is left.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    try:
        _meet_fault()
        with temporary.open("wb") as handle:
            handle.write(data)
            handle.flush()
            os.fsync(handle.fileno())
        if temporary.stat().st_size != len(data):
            raise OSError(f"{path}: 只写入了一部分 / only partly written")
        os.replace(temporary, path)
    finally:
        temporary.unlink(missing_ok=True)
    _sync_folder(path.parent)


def _meet_fault() -> None:
    """Fail at the N-th write if ``PIPELINE_FAULT=write:N:kill|enospc|eio`` says so (fault injection)."""
    global _n_writes  # noqa: PLW0603
    _n_writes += 1
    if not (plan := os.environ.get(_FAULT)):
        return
    _, number, kind = plan.split(":")
    if _n_writes == int(number):
        if kind == "kill":
            os.kill(os.getpid(), 9)
        raise OSError(28 if kind == "enospc" else 5, "PIPELINE_FAULT")


def _sync_folder(folder: Path) -> None:
    """Make a rename durable, where the system can (Windows cannot open folders)."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def make_folder(folder: Path) -> None:
    """Make a folder whose parent exists, and see that it can be written; raises `SettingsError` if not."""
    try:
        folder.mkdir(exist_ok=True)
        probe = folder / f".probe.{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise SettingsError(f"{folder} 不可写 / cannot be written: {error}") from None


def part_path(outputs: Path, table: str, part: int | None) -> Path:
    """Where a part of a table lies; `part` None: the table is one part."""
    return outputs / "tables" / table / f"part-{part or 0:05d}.parquet"


def write_part(outputs: Path, table: str, part: int | None, frame: pd.DataFrame) -> str:
    """Write a part of a table and return the digest of its bytes."""
    buffer = io.BytesIO()
    pq.write_table(tables.to_arrow(table, frame), buffer, compression="zstd", write_page_checksum=True)
    data = buffer.getvalue()
    atomic_write(part_path(outputs, table, part), data)
    return digest(data)


def read_part(outputs: Path, table: str, part: int | None) -> pd.DataFrame:
    """One part of a table as a frame; page checksums are verified."""
    path = part_path(outputs, table, part)
    return tables.from_arrow(table, pq.ParquetFile(path, page_checksum_verification=True).read())


def read_table(outputs: Path, table: str) -> pd.DataFrame:
    """A whole table as a frame, in document order.

    Raises
    ------
    FileNotFoundError
        If the table has not been written.
    """
    paths = sorted((outputs / "tables" / table).glob("part-*.parquet"))
    if not paths:
        raise FileNotFoundError(
            f"没有表 {table}，请先运行 wendui analyze / no table {table!r} in {outputs}: run wendui analyze"
        )
    parts = [pq.ParquetFile(path, page_checksum_verification=True).read() for path in paths]
    return tables.in_document_order(tables.from_arrow(table, pa.concat_tables(parts)))


@dataclass(frozen=True)
class Marker:
    """What a finished stage left: its key, the digests of its outputs, its notices and its counts.

    Attributes
    ----------
    key : str
        Digest of everything that the outputs depend on.
    outputs : dict
        Path below the outputs folder → SHA-256 of the file.
    """

    key: str
    outputs: dict[str, str]
    notices: list[dict[str, Any]] = field(default_factory=list)
    rows_in: int = 0
    rows_out: int = 0
    seconds: float = 0.0
    corrected: int = 0


def _marker_path(outputs: Path, stage: str, part: int | None) -> Path:
    """Where a stage's marker lies."""
    return outputs / ".state" / stage / f"{part or 0:05d}.json"


def write_marker(outputs: Path, stage: str, part: int | None, marker: Marker) -> None:
    """Write a stage's marker, after all its outputs."""
    data = json.dumps(asdict(marker), ensure_ascii=False, sort_keys=True)
    atomic_write(_marker_path(outputs, stage, part), data.encode())


def read_marker(outputs: Path, stage: str, part: int | None) -> Marker | None:
    """A stage's marker; None if there is none, or it is torn or of another version."""
    try:
        return Marker(**json.loads(_marker_path(outputs, stage, part).read_text("utf-8")))
    except (OSError, ValueError, TypeError):
        return None


def damaged_outputs(outputs: Path, marker: Marker) -> list[str]:
    """Outputs of a marker that are gone or are not the bytes that were written."""
    return [name for name, expected in marker.outputs.items() if file_digest(outputs / name) != expected]


def file_digest(path: Path) -> str | None:
    """SHA-256 of a file; None if it cannot be read."""
    try:
        with path.open("rb") as handle:
            return hashlib.file_digest(handle, "sha256").hexdigest()
    except OSError:
        return None


@contextmanager
def locked(outputs: Path) -> Iterator[None]:
    """Hold the lock of an outputs folder; it is freed by the system if the process dies.

    Raises
    ------
    SettingsError
        If another run holds it; the message names its process.
    """
    folder = outputs / ".state"
    folder.mkdir(parents=True, exist_ok=True)
    owner, lock = folder / "owner", FileLock(folder / "lock")
    try:
        lock.acquire(timeout=0)
    except Timeout:
        pid = owner.read_text("utf-8") if owner.exists() else "?"
        message = (
            f"另一个进程（PID {pid}）正在写 {outputs}，请等它结束 / process {pid} is writing {outputs}: wait for it"
        )
        raise SettingsError(message) from None
    try:
        owner.write_text(str(os.getpid()), "utf-8")
        yield
    finally:
        owner.unlink(missing_ok=True)
        lock.release()
