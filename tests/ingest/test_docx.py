"""Word documents: what a reader sees comes out, what is hostile is refused."""

import io
import struct
import zipfile

import docx
import pytest

from pipeline.ingest.formats.docx import extract, misnamed
from pipeline.ingest.formats.numbering import numeral
from pipeline.settings import ReadOptions
from pipeline.values import Reason, Status

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600
OPTIONS = ReadOptions()


def package(body, *, before="", **parts):
    """A Word document with a body and other parts, as bytes."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("word/document.xml", f"{before}<w:document {W}><w:body>{body}</w:body></w:document>")
        for name, inner in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{inner}</w:{name}>")
    return buffer.getvalue()


def p(text, properties=""):
    """A paragraph."""
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"


def numbered(text, level=0, num=1):
    """A paragraph in a list."""
    return p(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{num}"/></w:numPr>')


def lines(data):
    """The lines of a document that must be readable."""
    content = extract(data, options=OPTIONS)
    assert content.text is not None, content.reports
    return content.text.split("\n")


def refused(data, options=OPTIONS):
    """The reason for which a document is refused."""
    content = extract(data, options=options)
    assert content.text is None
    assert content.reports[0].status == Status.FAILED
    return content.reports[0].reason


def abstract(*levels):
    """A numbering part with one list of levels (form, text) and the numbers 1 (as it is) and 2 (starting again)."""
    shapes = "".join(
        f'<w:lvl w:ilvl="{i}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for i, (form, text) in enumerate(levels)
    )
    again = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    return (
        f'<w:abstractNum w:abstractNumId="7">{shapes}</w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="7"/></w:num>'
        f'<w:num w:numId="2"><w:abstractNumId w:val="7"/>{again}</w:num>'
    )


LIST = abstract(
    ("chineseCounting", "%1、"), ("chineseCountingThousand", "（%2）"), ("decimal", "%3."), ("bullet", "\uf0b7")
)


def test_a_document_of_python_docx():
    document = docx.Document()
    document.add_heading("柳溪县机关党建调研报告", 0)
    document.add_paragraph("全县有支部九个。")
    table = document.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "支部", "党员"
    buffer = io.BytesIO()
    document.save(buffer)
    assert lines(buffer.getvalue()) == ["柳溪县机关党建调研报告", "全县有支部九个。", "支部\t党员"]


def test_automatic_numbers_are_rebuilt():
    body = numbered("现状") + numbered("组织", 1) + numbered("党员", 1) + numbered("问题") + numbered("队伍", 1)
    body += numbered("其一", 2) + numbered("其二", 2) + numbered("点", 3) + numbered("又一篇", 0, 2)
    assert lines(package(body, numbering=LIST)) == (
        ["一、现状", "（一）组织", "（二）党员", "二、问题", "（一）队伍", "1. 其一", "2. 其二", "点", "一、又一篇"]
    )


def test_numbers_by_style_and_without_number():
    style = '<w:style w:type="paragraph" w:styleId="H"><w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
    style += '<w:style w:type="paragraph" w:styleId="K"><w:basedOn w:val="H"/></w:style>'
    off = '<w:pStyle w:val="H"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    body = p("现状", '<w:pStyle w:val="H"/>') + p("无号", off) + p("问题", '<w:pStyle w:val="K"/>')
    assert lines(package(body, numbering=LIST, styles=style)) == ["一、现状", "无号", "二、问题"]


def test_numbers_of_several_levels_in_one():
    part = abstract(("chineseCounting", "第%1章"), ("decimal", "%1.%2"))
    body = numbered("总论") + numbered("背景", 1) + numbered("方法", 1)
    assert lines(package(body, numbering=part)) == ["第一章 总论", "一.1 背景", "一.2 方法"]


@pytest.mark.parametrize(
    ("number", "form", "text"),
    [
        (10, "chineseCounting", "十"),
        (21, "chineseCounting", "二十一"),
        (103, "chineseCountingThousand", "一百零三"),
        (1010, "chineseCountingThousand", "一千零一十"),
        (20, "decimalEnclosedCircle", "⑳"),
        (21, "decimalEnclosedCircle", "21"),
        (27, "upperLetter", "AA"),
        (4, "lowerRoman", "iv"),
        (105, "ideographDigital", "一〇五"),
        (12, "chineseLegalSimplified", "壹拾贰"),
        (3, "ideographTraditional", "丙"),
        (5, "decimalFullWidth", "５"),
        (5, "unheard of", "5"),
    ],
)
def test_numeral(number, form, text):
    assert numeral(number, form) == text


def test_tracked_changes():
    body = "<w:p><w:r><w:t>支部</w:t></w:r><w:ins><w:r><w:t>建设</w:t></w:r></w:ins>"
    body += "<w:del><w:r><w:delText>旧的</w:delText></w:r></w:del><w:r><w:t>情况</w:t></w:r></w:p>"
    body += p("前半", "<w:rPr><w:del/></w:rPr>") + p("后半")
    assert lines(package(body)) == ["支部建设情况", "前半后半"]


def test_controls_tables_notes_and_boxes_in_order():
    box = f"<w:r><w:pict><w:txbxContent>{p('框内')}</w:txbxContent></w:pict></w:r>"
    note = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    cell = "<w:tc>{}</w:tc>".format
    body = f"<w:sdt><w:sdtContent>{p('控件内')}</w:sdtContent></w:sdt>"
    body += f"<w:p><w:r><w:t>正文</w:t></w:r>{box}{note}</w:p>"
    body += f"<w:tbl><w:tr>{cell(p('甲'))}{cell(p('乙'))}</w:tr><w:tr>{cell(p('丙') + p('丁'))}{cell(p('戊'))}</w:tr></w:tbl>"
    notes = (
        f'<w:footnote w:id="0" w:type="separator">{p("——")}</w:footnote><w:footnote w:id="2">{p("注文")}</w:footnote>'
    )
    expected = ["控件内", "正文", "框内", "［脚注2］注文", "甲\t乙", "丙", "丁", "戊"]
    assert lines(package(body, footnotes=notes)) == expected


def test_fields_breaks_and_hidden_text():
    body = "<w:p><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:t>甲</w:t><w:br/><w:t>乙</w:t></w:r>"
    body += '<w:r><w:rPr><w:vanish/></w:rPr><w:t>藏</w:t></w:r><w:r><w:br w:type="page"/><w:t>丙</w:t></w:r></w:p>'
    assert lines(package(body)) == ["甲", "乙丙"]


def test_alternative_content_is_read_once():
    box = f"<w:txbxContent>{p('框内')}</w:txbxContent>"
    mc = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    body = f"<w:p><w:r><mc:AlternateContent {mc}><mc:Choice>{box}</mc:Choice><mc:Fallback>{box}</mc:Fallback>"
    assert lines(package(body + "</mc:AlternateContent></w:r></w:p>")) == ["框内"]


def test_external_entity_and_laughs_are_refused_before_parsing(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("密")
    entity = f'<!DOCTYPE w [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
    assert refused(package(p("&x;"), before=entity)) == Reason.DOCX_DTD
    laughs = '<!DOCTYPE w [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'
    assert refused(package(p("&b;"), before=laughs)) == Reason.DOCX_DTD


def test_bombs_are_refused_before_parsing():
    assert refused(package(p("文" * 25_000_000))) == Reason.DOCX_LIMIT
    assert refused(package("<w:p/>" * 12_000_000)) == Reason.DOCX_LIMIT


@pytest.mark.parametrize(
    "options",
    [
        ReadOptions(zip_max_members=2),
        ReadOptions(zip_max_bytes=100),
        ReadOptions(zip_max_part_bytes=100),
        ReadOptions(xml_max_tags=5),
    ],
)
def test_every_limit_trips(options):
    data = package(p("支部") * 3, styles="", numbering=LIST)
    assert lines(data) == ["支部"] * 3
    assert refused(data, options) == Reason.DOCX_LIMIT


def test_ratio_trips():
    dense = package(p(" " * 11_000_000))
    assert refused(dense) == Reason.DOCX_LIMIT


def test_overlapping_members_and_forged_sizes_are_refused():
    data = bytearray(package(p("支部"), styles=""))
    first, second = (i for i in range(len(data)) if data[i : i + 4] == b"PK\x01\x02")
    overlapping = bytearray(data)
    overlapping[second + 42 : second + 46] = data[first + 42 : first + 46]
    assert refused(bytes(overlapping)) in {Reason.DOCX_LIMIT, Reason.DOCX_BROKEN}
    forged = bytearray(data)
    forged[first + 24 : first + 28] = struct.pack("<I", 10)
    assert refused(bytes(forged)) == Reason.DOCX_BROKEN


def test_nested_beyond_recursion_is_refused():
    deep = "<w:tbl><w:tr><w:tc>" * 600 + "<w:p/>" + "</w:tc></w:tr></w:tbl>" * 600
    assert refused(package(deep)) in {Reason.DOCX_LIMIT, Reason.DOCX_BROKEN}


def test_each_kind_of_broken_file_has_its_own_code_and_hint():
    good = package(p("支部"))
    assert refused(good[:-30]) == Reason.DOCX_BROKEN
    assert refused(OLE + "WordDocument".encode("utf-16-le")) == Reason.DOC_OLD
    assert refused(OLE + "EncryptedPackage".encode("utf-16-le")) == Reason.DOCX_ENCRYPTED
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<x/>")
    assert refused(buffer.getvalue()) == Reason.NOT_DOCX
    hint = extract(OLE + "WordDocument".encode("utf-16-le"), options=OPTIONS).reports[0].detail
    assert "另存为 .docx" in hint


def test_text_called_docx_is_read_as_text():
    content = misnamed("柳溪县社区党建调研报告，全县有社区九个。".encode("gbk"))
    assert content.text == "柳溪县社区党建调研报告，全县有社区九个。"
    assert Reason.NOT_DOCX in [report.reason for report in content.reports]
    assert misnamed(b"{\\rtf1 x}").text is None


def test_member_names_never_reach_the_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    buffer = io.BytesIO(package(p("支部")))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("../../x", "y")
    assert lines(buffer.getvalue()) == ["支部"]
    assert not list(tmp_path.rglob("*"))
