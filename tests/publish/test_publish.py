"""Files for people: guarded cells, self-contained report, figures that are the same every time."""

import re
import zipfile

import openpyxl
import pandas as pd
import pytest

from pipeline import load
from pipeline.publish.export import MAX_CELL, csv_bytes, xlsx_bytes
from pipeline.publish.figures import PLANS, draw_figure
from pipeline.publish.fonts import FAMILY, drawable, glyphs
from pipeline.store import read_table

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＋1", "－1", "＠x"]


@pytest.mark.parametrize("cell", DANGEROUS)
def test_cells_that_start_like_formulas_are_inert(tmp_path, cell):
    table = pd.DataFrame({"标题": [cell, "正常"]})
    text = csv_bytes(table).decode("utf-8-sig")
    assert f"'{cell}" in text.replace('"', "")
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx_bytes({"表": table}))
    sheet = openpyxl.load_workbook(path).active
    assert sheet["A2"].data_type == "s"


def test_csv_has_a_mark_that_excel_needs_and_joins_lists():
    data = csv_bytes(pd.DataFrame({"词": [["支部", "党员"], []], "数": [1, None]}))
    assert data.startswith(b"\xef\xbb\xbf")
    assert "支部；党员" in data.decode("utf-8-sig")


def test_xlsx_cuts_with_a_marker_and_splits_nothing_silently(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(
        xlsx_bytes(
            {"文/本:很长很长很长很长很长很长很长很长很长很长很长很长很长": pd.DataFrame({"文": ["长" * 40_000]})}
        )
    )
    book = openpyxl.load_workbook(path)
    cell = book.active["A2"].value
    assert len(cell) == MAX_CELL
    assert "已截断" in cell
    assert len(book.sheetnames[0]) <= 31


def test_xlsx_has_the_same_bytes_every_time():
    table = pd.DataFrame({"a": [1, 2]})
    assert xlsx_bytes({"x": table}) == xlsx_bytes({"x": table})


def test_no_live_formula_in_any_sheet(tmp_path):
    path = tmp_path / "a.xlsx"
    path.write_bytes(xlsx_bytes({"表": pd.DataFrame({"a": DANGEROUS + ["http://a.b"]})}))
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in sheet
    assert "hyperlink" not in sheet


@pytest.mark.parametrize("name", PLANS)
def test_every_figure_is_drawn_from_its_table(name, sample):
    figure = load(sample.project.outputs).figure(name)
    assert len(figure.data), "the sample corpus has something for every figure"
    assert figure.alt
    svg = figure.svg()
    assert svg.startswith('<svg role="img" aria-label=')
    assert svg == load(sample.project.outputs).figure(name).svg()


def test_figures_are_saved_with_the_bundled_font_embedded(sample, tmp_path):
    figure = load(sample.project.outputs).figure("03")
    pdf = figure.save(tmp_path / "a.pdf").read_bytes()
    assert FAMILY.replace(" ", "").encode() in pdf
    assert b"CreationDate" not in pdf
    assert figure.save(tmp_path / "b.pdf").read_bytes() == pdf
    with pytest.raises(ValueError, match="svg"):
        figure.save(tmp_path / "a.bmp")


def test_a_figure_of_nothing_says_so():
    empty = {"themes": [], "theme_terms": []}
    from pipeline import tables

    figure = draw_figure("08_problem_themes", lambda name: tables.frame(name, empty.get(name, [])))
    assert figure.data.empty
    assert "样本过少" in figure.alt


def test_the_font_draws_what_the_domain_needs():
    assert {ord(char) for char in "党建调研报告问题原因对策提及率，。；：（）《》“”—…％①×"} <= glyphs()
    assert drawable("党𠮷") == "党〓"


def test_report_makes_no_request_and_runs_nothing_foreign(small):
    page = (small.project.outputs / "report.html").read_text("utf-8")
    assert "default-src 'none'" in page
    assert not re.search(r'(src|href)="(https?:)?//', page)
    assert not re.search(r"<[^>]+\sstyle=", re.sub(r"<svg.*?</svg>", "", page, flags=re.DOTALL))
    assert not re.search(r"<[^>]+\son\w+=", page)


def test_report_names_every_document_and_what_the_corpus_can_answer(small):
    page = (small.project.outputs / "report.html").read_text("utf-8")
    for name in read_table(small.project.outputs, "documents")["doc_id"]:
        assert name in page
    assert "您的语料能回答什么" in page
    assert "样本过少" in page
    assert "清洗说明" in page


def test_hostile_text_is_inert_in_the_report(tmp_path):
    from pipeline.project import find_project
    from pipeline.run import analyze

    (tmp_path / "corpus").mkdir()
    text = "</script><img src=x onerror=alert(1)>镇党建调研报告\n一、存在的问题\n（一）<b>学习</b>不深入。{{ 7*7 }}只念文件。\n"
    (tmp_path / "corpus" / "<img src=x>.txt").write_text(text, "utf-8")
    analyze(find_project(tmp_path), strict=True)
    page = (tmp_path / "outputs" / "report.html").read_text("utf-8")
    assert "<img" not in page
