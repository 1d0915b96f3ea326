"""Make the reports of the sample corpus from their clean texts: ``python -m tests.damage.build_sample``.

What is done to which text stands in ``corpus/sample/gold/damage.csv``, the copies that are extra in ``copies.csv``; the same
tables give the same bytes. ``reports/metadata.csv`` gets two columns of a researcher's own, told from the annotation.
"""

import csv
import random
from pathlib import Path

from tests.damage import families
from tests.damage.adjudicate import adjudicated
from tests.damage.word import docx_bytes

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"


WORD_FEATURES = ("auto_numbers", "tracked_changes")
"""Families of damage that only a Word file can carry."""
GRASS_ROOTS = ("农村", "社区", "街道乡镇")
"""Types of organisation that make up the field 基层 of ``metadata.csv``."""


def rows_of(name: str) -> list[dict[str, str]]:
    """The rows of a table of ``gold/``."""
    lines = (SAMPLE / "gold" / name).read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def plan() -> list[dict[str, str]]:
    """The rows of the table of damage."""
    return rows_of("damage.csv")


def clean_text(name: str) -> str:
    """The clean text of a file; a form feed stands between the reports of a file that holds several."""
    return (SAMPLE / "gold" / "clean" / f"{name}.txt").read_text("utf-8")


def clean_reports() -> dict[str, str]:
    """The clean text of every report by itself, keyed ``S08#1``."""
    names = [row["file"] for row in plan()]
    return {f"{n}#{i}": text for n in names for i, text in enumerate(clean_text(n).split("\f\n"), 1)}


def damaged(text: str, names: list[str], seed: int) -> str:
    """A text with families of damage done to it, in order."""
    rng = random.Random(seed)
    for name in names:
        text = getattr(families, name)(text, rng)
    return text


def report_bytes(row: dict[str, str]) -> bytes:
    """A report of the sample as the bytes of its file."""
    names = row["families"].split()
    text = damaged(clean_text(row["file"]), [n for n in names if n not in WORD_FEATURES], int(row["seed"]))
    return docx_bytes(text, names) if row["carrier"] == "docx" else text.encode(row["encoding"])


def copy_bytes(row: dict[str, str]) -> bytes:
    """A declared copy as the bytes of its file."""
    text = clean_text(row["of"])
    text = text.replace(row["old"], row["new"]) if row["old"] else text
    if row["passage_of"]:
        lines = text.splitlines()
        lines.insert(len(lines) // 3, clean_text(row["passage_of"]).splitlines()[int(row["passage_line"]) - 1])
        text = "\n".join(lines) + "\n"
    return docx_bytes(text, []) if row["carrier"] == "docx" else text.encode(row["encoding"])


def metadata() -> str:
    """The researcher's own columns: field (基层 or 单位) and period, a row a report."""
    gold, lines = adjudicated(), ["doc_id,领域,时期"]
    originals = {row["file"]: row["file"] for row in plan()} | {row["file"]: row["of"] for row in rows_of("copies.csv")}
    for row in (*plan(), *rows_of("copies.csv")):
        for i, report in enumerate(gold[originals[row["file"]]], 1):
            field = "基层" if report["org_type"] in GRASS_ROOTS else "单位"
            period = "2016年前" if report["year"] < 2016 else "2016年及以后"
            lines.append(f"{row['file']}.{row['carrier']}#{i},{field},{period}")
    return "\n".join(lines) + "\n"


def main() -> None:
    """Write all reports anew."""
    reports = SAMPLE / "reports"
    for old in reports.iterdir():
        old.unlink()
    for rows, made in ((plan(), report_bytes), (rows_of("copies.csv"), copy_bytes)):
        for row in rows:
            (reports / f"{row['file']}.{row['carrier']}").write_bytes(made(row))
    (reports / "metadata.csv").write_text(metadata(), "utf-8-sig")


if __name__ == "__main__":
    main()
