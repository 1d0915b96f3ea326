"""The researcher's codebooks: ``codebook.toml``, ``codebook.csv`` or ``codebook.xlsx``, several schemes in one file."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.settings.controls import SettingsError, cells, find_control, read_control

OWN = "own"
"""The scheme of a codebook that does not name one."""
KEYS = ("scheme", "code", "parent", "display", "definition", "phrase", "phrases", "weight")
RE_BETWEEN = re.compile(r"[；;、\n]")
"""What stands between several phrases in one cell."""

Phrase = tuple[str, str, str, float]
"""Scheme, code, phrase, weight."""


@dataclass(frozen=True)
class CodeEntry:
    """A code of the researcher's: what it is called, what it is a part of, what it means; empty where not said."""

    scheme: str
    code: str
    parent: str = ""
    display: str = ""
    definition: str = ""


def codebook(folders: Sequence[Path]) -> tuple[tuple[Phrase, ...], tuple[CodeEntry, ...]]:
    """The researcher's codebooks.

    Parameters
    ----------
    folders : sequence of Path
        Where ``codebook.toml``, ``.csv`` or ``.xlsx`` is looked for, in this order; first hit wins.

    Returns
    -------
    phrases : tuple of (scheme, code, phrase, weight)
    entries : tuple of CodeEntry
        Every code once, with the first that is said of it; a parent that has no row of its own is one too.

    Raises
    ------
    SettingsError
        If the file has no codes, an unknown key, or a weight that is no number; names file and code.
    """
    paths = [find_control(f"codebook.{suffix}", folders) for suffix in ("toml", "csv", "xlsx")]
    path = next((path for path in paths if path), None)
    if path is None:
        return (), ()
    records = [_checked(row, path) for row in (_of_toml(path) if path.suffix == ".toml" else _of_cells(path))]
    phrases = [
        (row["scheme"], row["code"], phrase, row["weight"]) for row in records for phrase in row["phrases"] if phrase
    ]
    entries: dict[tuple[str, str], CodeEntry] = {}
    for row in records:
        about = {key: row[key] for key in ("parent", "display", "definition")}
        old = entries.get((row["scheme"], row["code"]), CodeEntry(row["scheme"], row["code"]))
        said = {key: getattr(old, key) or value for key, value in about.items()}
        entries[old.scheme, old.code] = CodeEntry(old.scheme, old.code, **said)
    return tuple(dict.fromkeys(phrases)), tuple(entries.values())


def _of_toml(path: Path) -> Iterator[dict[str, Any]]:
    """The codes of a TOML file: ``codes`` as code = phrases, as a table a code, or as a list of tables."""
    try:
        data = tomllib.loads(read_control(path))
    except tomllib.TOMLDecodeError as error:
        raise SettingsError(
            f"{path}：不是合法的 TOML（中文的键要加引号）/ not valid TOML, keys other than ASCII need quotes: {error}"
        ) from None
    scheme, codes = data.get("scheme", OWN), data.get("codes")
    if not codes:
        raise SettingsError(f"{path}：缺少 codes / has no codes")
    if isinstance(codes, dict):
        codes = [
            {"code": name} | (said if isinstance(said, dict) else {"phrases": said}) for name, said in codes.items()
        ]
    yield from ({"scheme": scheme} | row for row in codes)


def _of_cells(path: Path) -> Iterator[dict[str, Any]]:
    """The rows of a CSV or an Excel file by their heads; other columns are the researcher's own business."""
    head, *rows = cells(path) or [[]]
    if "code" not in head or not {"phrase", "phrases"} & set(head):
        raise SettingsError(f"{path}：要有 code 和 phrase 两列 / needs the columns code and phrase")
    for row in rows:
        said = {key: value for key, value in zip(head, row, strict=False) if key in KEYS and value}
        if said:
            yield {"scheme": OWN} | said


def _checked(row: dict[str, Any], path: Path) -> dict[str, Any]:
    """A row with all keys, phrases as a list and the weight as a number; raise on what cannot be used."""
    unknown = sorted(set(row) - set(KEYS))
    if unknown or not row.get("code"):
        what = f"没有 {unknown[0]} 这一项 / unknown key" if unknown else "缺少 code / lacks a code"
        raise SettingsError(f"{path}：{row.get('code', '')} {what}；可用 / allowed: {'、'.join(KEYS)}")
    try:
        weight = float(row.get("weight", 1))
    except (TypeError, ValueError):
        raise SettingsError(f"{path}：{row['code']} 的 weight 应为数 / must be a number: {row['weight']!r}") from None
    phrases = [*_listed(row.get("phrase")), *_listed(row.get("phrases"))]
    return {key: str(row.get(key, "")) for key in KEYS[:5]} | {"phrases": phrases, "weight": weight}


def _listed(said: Any) -> list[str]:
    """Phrases as a list: one text may hold several."""
    parts = RE_BETWEEN.split(said) if isinstance(said, str) else said or []
    return [str(part).strip() for part in parts]
