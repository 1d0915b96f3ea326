"""Word files made from text: a paragraph a line, or with what real ones have: automatic numbers, tracked changes, tables.

The package is written part by part, so that the same text gives the same bytes.
"""

import io
import re
import zipfile
from xml.sax.saxutils import escape

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
TYPES = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">
<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>
<Override PartName="/word/numbering.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.numbering+xml"/>
</Types>"""
RELATIONS = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">
<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" Target="{target}"/>
</Relationships>"""
NUMBERING = f"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<w:numbering xmlns:w="{W}"><w:abstractNum w:abstractNumId="1">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl>
</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="1"/></w:num></w:numbering>"""
DELETED = "此句为审阅时删去的内容。"
DIGITS = "一二三四五六七八九十"
NUMBERED = '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>'


def docx_bytes(text: str, features: list[str]) -> bytes:
    """A text as a Word file.

    Parameters
    ----------
    text : str
        A paragraph a line.
    features : list of str
        Of ``auto_numbers`` (一、二、三 in order become numbers of a list), ``tracked_changes`` (some text stands as an
        insertion, and a deleted sentence beside it).
    """
    paragraphs, expected = [], 1
    for i, line in enumerate(text.splitlines()):
        properties = ""
        is_numbered = "auto_numbers" in features and re.match(rf"{DIGITS[expected - 1]}、", line)
        if is_numbered:
            properties, expected = NUMBERED, expected + 1
        is_tracked = "tracked_changes" in features and i % 5 == 3
        runs = (_tracked if is_tracked else _run)(line[2:] if is_numbered else line)
        paragraphs.append(f"<w:p><w:pPr>{properties}</w:pPr>{runs}</w:p>")
    body = f'<w:document xmlns:w="{W}"><w:body>{"".join(paragraphs)}</w:body></w:document>'
    parts = {
        "[Content_Types].xml": TYPES,
        "_rels/.rels": RELATIONS.format(kind="officeDocument", target="word/document.xml"),
        "word/_rels/document.xml.rels": RELATIONS.format(kind="numbering", target="numbering.xml"),
        "word/document.xml": f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n{body}',
        "word/numbering.xml": NUMBERING,
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, part in parts.items():
            package.writestr(zipfile.ZipInfo(name, (2000, 1, 1, 0, 0, 0)), part, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def _run(text: str, tag: str = "t") -> str:
    """A run of text."""
    return f'<w:r><w:{tag} xml:space="preserve">{escape(text)}</w:{tag}></w:r>'


def _tracked(line: str) -> str:
    """A line whose second half was inserted under review, with a sentence that was deleted."""
    by = 'w:author="" w:date="2020-01-01T00:00:00Z"'
    half = len(line) // 2
    inserted = f'<w:ins w:id="1" {by}>{_run(line[half:])}</w:ins>'
    deleted = f'<w:del w:id="2" {by}>{_run(DELETED, "delText")}</w:del>'
    return _run(line[:half]) + deleted + inserted
