"""``wendui codebook check``: the faults of each codebook in view of the points of a run."""

from collections.abc import Iterator
from pathlib import Path

from pipeline import lexicon, store, tables
from pipeline.settings import SettingsError, load_settings
from pipeline.statements.codebook_check import codebook_faults
from pipeline.statements.schemes import OWN
from pipeline.values import SIDES

N_SHOWN = 20
"""Findings of a kind that are shown; the number of all is told."""


def check_lines(outputs: Path, folder: Path | None = None) -> list[str]:
    """The faults of the codebooks as lines for the console.

    Parameters
    ----------
    outputs : Path
        A folder with results: its points are looked through.
    folder : Path, optional
        Where the researcher's own codebook.* lies; without one, ours is checked.

    Returns
    -------
    list of str

    Raises
    ------
    SettingsError
        If there is no codebook in `folder`.
    """
    rows = load_settings([folder]).codes.codebook if folder else _ours()
    if not rows:
        raise SettingsError(f"{folder}：没有 codebook.toml、codebook.csv 或 codebook.xlsx / no codebook there")
    points = list(_points(outputs))
    return [line for scheme in dict.fromkeys(row[0] for row in rows) for line in _lines(scheme, rows, points)]


def _ours() -> tuple[tuple[str, str, str, float], ...]:
    """The rows (scheme, code, phrase, weight) of our own codebook."""
    found = lexicon.rows("codebook_phrases.csv")
    return tuple((OWN, row["code"], row["phrase"], float(row["weight"])) for row in found)


def _points(outputs: Path) -> Iterator[tuple[str, str]]:
    """Headline and body of the points of the three sides."""
    documents = store.read_table(outputs, "documents")
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    for row in tables.records(store.read_table(outputs, "statements")):
        if row["parent_id"] is None and row["role"] in SIDES:
            yield row["headline"], texts[row["doc_id"]][row["headline_end"] : row["end"]]


def _lines(scheme: str, rows: tuple[tuple[str, str, str, float], ...], points: list[tuple[str, str]]) -> Iterator[str]:
    """The faults of one codebook, counted and the first of each kind told."""
    found = codebook_faults([row[1:] for row in rows if row[0] == scheme], points)
    yield f"{scheme}：{len(points)} 个条目，{len(found)} 处问题 / points, findings"
    for fault in dict.fromkeys(one.fault for one in found):
        same = [one for one in found if one.fault == fault]
        yield f"  {fault}：{len(same)}"
        yield from (f"    {one}" for one in same[:N_SHOWN])
