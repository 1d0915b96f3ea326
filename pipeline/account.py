"""The account of a run: what became of every file, and ``run.json``."""

import json
import platform
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import __version__, store, tables
from pipeline.ingest.sources import sources as sources_of
from pipeline.parts import Done, write_tables
from pipeline.settings import Settings
from pipeline.store import provenance


@dataclass(frozen=True)
class Account:
    """What became of every file: the sources table, and the digests of it and of the notices."""

    sources: pd.DataFrame
    digests: dict[str, str]


def settle(outputs: Path, files: pd.DataFrame, done: Iterable[Done]) -> Account:
    """Write notices and sources: what became of every file.

    Parameters
    ----------
    outputs : Path
        The outputs folder.
    files : DataFrame
        The files found.
    done : iterable of Done
        Every document-local stage on every part.
    """
    notices: dict[int, list[dict[str, Any]]] = {}
    for result in done:
        notices.setdefault(result.part, []).extend(result.marker.notices)
    digests: dict[str, str] = {}
    for part, rows in notices.items():
        rows.sort(key=lambda row: (row["source_id"], row["doc_id"] or ""))
        digests |= write_tables(outputs, part, {"notices": tables.frame("notices", rows)})
    read = [store.read_table(outputs, name) for name in ("decoded", "documents", "notices")]
    table = sources_of(files, *read)
    digests |= write_tables(outputs, None, {"sources": table})
    return Account(table, {"sources": store.json_digest(digests), "notices": store.json_digest(digests)})


def run_json(settings: Settings, files: pd.DataFrame, sources: pd.DataFrame, done: Iterable[Done]) -> bytes:
    """The account of a run as JSON: settings, versions, digests of the input, rows and seconds a stage.

    Parameters
    ----------
    settings : Settings
        What it ran with.
    files, sources : DataFrame
        The files found and what became of them.
    done : iterable of Done
        Every stage on every part.
    """
    stages: dict[str, dict[str, float]] = {}
    for result in done:
        row = stages.setdefault(result.stage, {"rows_in": 0, "rows_out": 0, "seconds": 0.0, "corrected": 0, "new": 0})
        row["new"] += result.is_new
        for name in ("rows_in", "rows_out", "seconds", "corrected"):
            row[name] = round(row[name] + getattr(result.marker, name), 3)
    packages = ("pandas", "numpy", "pyarrow", "rjieba", "jieba", "sklearn", "gensim", "scipy", "matplotlib")
    account = {
        "wendui": __version__,
        "python": platform.python_version(),
        "versions": {name: provenance.version(name) for name in packages},
        "settings": asdict(settings),
        "seeds": {"themes": settings.themes.seed, "compare": settings.compare.seed},
        "input": dict(zip(files["source_id"], files["sha256"].where(files["sha256"].notna(), None), strict=True)),
        "sources": {str(k): int(v) for k, v in sources["status"].value_counts().sort_index().items()},
        "stages": stages,
    }
    return json.dumps(account, ensure_ascii=False, indent=1, sort_keys=True, default=str).encode()
