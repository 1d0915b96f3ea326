"""Make the reports of the sample corpus from their clean texts: ``python -m tests.damage.build_sample``.

What is done to which text stands in ``corpus/sample/gold/damage.csv``; the same table gives the same bytes.
"""

import csv
import io
import random
import zipfile
from pathlib import Path

import docx

from tests.damage import families

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample"


def plan() -> list[dict[str, str]]:
    """The rows of the table of damage."""
    lines = (SAMPLE / "gold" / "damage.csv").read_text("utf-8").splitlines()
    return list(csv.DictReader(line for line in lines if not line.startswith("#")))


def clean_text(name: str) -> str:
    """The clean text of a report."""
    return (SAMPLE / "gold" / "clean" / f"{name}.txt").read_text("utf-8")


def damaged(text: str, names: list[str], seed: int) -> str:
    """A text with families of damage done to it, in order."""
    rng = random.Random(seed)
    for name in names:
        text = getattr(families, name)(text, rng)
    return text


def docx_bytes(text: str) -> bytes:
    """A text as a Word file, a paragraph a line; the same text gives the same bytes."""
    document = docx.Document()
    document.core_properties.author = ""
    for line in text.splitlines():
        document.add_paragraph(line)
    buffer, fixed = io.BytesIO(), io.BytesIO()
    document.save(buffer)
    with zipfile.ZipFile(buffer) as before, zipfile.ZipFile(fixed, "w", zipfile.ZIP_DEFLATED) as after:
        for name in sorted(before.namelist()):
            after.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), before.read(name), zipfile.ZIP_DEFLATED)
    return fixed.getvalue()


def report_bytes(row: dict[str, str]) -> bytes:
    """A report of the sample as the bytes of its file."""
    text = damaged(clean_text(row["file"]), row["families"].split(), int(row["seed"]))
    return docx_bytes(text) if row["carrier"] == "docx" else text.encode(row["encoding"])


def main() -> None:
    """Write all reports anew."""
    reports = SAMPLE / "reports"
    for old in reports.iterdir():
        old.unlink()
    for row in plan():
        (reports / f"{row['file']}.{row['carrier']}").write_bytes(report_bytes(row))


if __name__ == "__main__":
    main()
