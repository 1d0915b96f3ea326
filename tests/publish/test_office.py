"""What an office program makes of our tables."""

import csv
import shutil
import subprocess

import pytest

from pipeline.publish.export import export_tables
from pipeline.store import read_table

pytestmark = [pytest.mark.slow]
SOFFICE = shutil.which("soffice")


def test_an_office_program_reads_every_row_of_the_workbook(sample, tmp_path):
    assert SOFFICE, "make test-all needs LibreOffice"
    (path,) = export_tables(sample.project.outputs, ["statements"], kind="xlsx", to=tmp_path)
    home = f"-env:UserInstallation={(tmp_path / 'home').as_uri()}"
    filters = "csv:Text - txt - csv (StarCalc):44,34,76,1"
    command = [SOFFICE, home, "--headless", "--convert-to", filters, "--outdir", str(tmp_path / "back"), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=240)
    with (tmp_path / "back" / "statements.csv").open(encoding="utf-8") as handle:
        rows = list(csv.DictReader(handle))
    statements = read_table(sample.project.outputs, "statements")
    assert [row["headline"] for row in rows] == statements["headline"].tolist()
    assert [int(row["start"]) for row in rows] == statements["start"].tolist()
