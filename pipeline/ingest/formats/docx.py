"""Word documents: our own walk of the XML, because what Word shows is not what its text nodes hold."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from pipeline.ingest.formats.content import Content, Report
from pipeline.ingest.formats.numbering import Element, Numbering, child, name_of, parse_numbering, value
from pipeline.ingest.formats.package import MEDIA_TYPE, Package, PackageError, open_package, refusal
from pipeline.ingest.formats.text import decode
from pipeline.settings import ReadOptions
from pipeline.values import Reason, Status

_DELETED = frozenset(["del", "moveFrom", "delText", "instrText", "rPr", "pPr", "rt", "sectPr", "tblPr", "tcPr", "trPr"])
"""Elements that show nothing: what was deleted or moved away, fields' instructions, readings, properties."""
_SIGNS = {"tab": "\t", "cr": "\n", "noBreakHyphen": "-"}
_MARKUP = (b"<html", b"<!doctype", b"{\\rtf", b"mime-version:", b"<?xml")


def extract(data: bytes, *, options: ReadOptions) -> Content:
    """The text of a Word document as a reader sees it, one paragraph a line.

    Tracked insertions are kept, deletions dropped; content controls, tables, text boxes and notes
    come in reading order; automatic numbers are written out. A footnote follows its paragraph as ``［脚注1］…``.

    Parameters
    ----------
    data : bytes
        The whole file.
    options : ReadOptions
        Bounds of the archive.

    Returns
    -------
    Content
        Its text is None if the file is refused; the report says why and what helps.
    """
    try:
        package = open_package(data, options=options)
        return Content("\n".join(_Walk.of(package).lines()), MEDIA_TYPE)
    except PackageError as error:
        return refusal(error.reason)
    except RecursionError:
        return refusal(Reason.DOCX_LIMIT)


def misnamed(data: bytes) -> Content:
    """What to make of a file that is called a Word document but is none: plain text is read, all else refused."""
    if data[:200].lstrip(b"\xef\xbb\xbf \t\r\n").lower().startswith(_MARKUP):
        return refusal(Reason.NOT_DOCX)
    content = decode(data)
    if content.text is None:
        return refusal(Reason.NOT_DOCX)
    detail = "名为 Word 文档，实为纯文本，已按文本读取 / called a Word document but plain text; read as text"
    return replace(content, reports=(*content.reports, Report(Status.OK, Reason.NOT_DOCX, detail)))


@dataclass
class _Walk:
    """One walk through a document, with the lists that count along."""

    body: Element
    numbering: Numbering
    notes: dict[tuple[str, str], Element]
    default_style: str | None

    @classmethod
    def of(cls, package: Package) -> "_Walk":
        """A walk through the body of a package."""
        body = child(package.document, "body")
        if body is None:
            raise PackageError(Reason.DOCX_BROKEN)
        notes = {("footnote", key): note for key, note in _notes(package.footnotes)}
        notes |= {("endnote", key): note for key, note in _notes(package.endnotes)}
        return cls(body, parse_numbering(package.numbering, package.styles), notes, _default_style(package.styles))

    def lines(self) -> Iterator[str]:
        """The lines of the document, without empty ones."""
        yield from self._blocks(self.body)
        for i, (kind, key) in enumerate((kind, key) for kind, key in self.notes if kind == "endnote"):
            yield from _tagged(f"［尾注{i + 1}］", self._blocks(self.notes[kind, key]))

    def _blocks(self, parent: Element) -> Iterator[str]:
        """The lines of the paragraphs and tables in an element."""
        pending = ""
        for element in parent:
            name = name_of(element)
            if name == "p":
                lines, joins_next = self._paragraph(element)
                lines = [pending + lines[0], *lines[1:]]
                pending = lines.pop() if joins_next and len(lines) == 1 else ""
                yield from (line for line in lines if line.strip())
            elif name == "tbl":
                yield from self._table(element)
            elif name == "AlternateContent":
                yield from self._blocks(_alternative(element))
            elif name not in _DELETED:
                yield from self._blocks(element)
        if pending.strip():
            yield pending

    def _paragraph(self, paragraph: Element) -> tuple[list[str], bool]:
        """A paragraph's lines (its own first, then its boxes and footnotes), and whether its end was deleted."""
        properties = child(paragraph, "pPr")
        is_joined = child(properties, "rPr", "del") is not None
        boxes: list[Element] = []
        notes: list[str] = []
        text = "".join(self._inline(paragraph, boxes, notes))
        if text.strip() or not is_joined:
            text = self.numbering.label(properties, default_style=self.default_style) + text if text.strip() else text
        lines = text.split("\n")
        for box in boxes:
            lines += self._blocks(box)
        for key in notes:
            if (note := self.notes.get(("footnote", key))) is not None:
                lines += _tagged(f"［脚注{key}］", self._blocks(note))
        return lines, is_joined

    def _inline(self, parent: Element, boxes: list[Element], notes: list[str]) -> Iterator[str]:
        """The pieces of text in a paragraph or run; boxes and references to notes are collected."""
        for element in parent:
            name = name_of(element)
            if name == "t":
                yield element.text or ""
            elif name in _SIGNS:
                yield _SIGNS[name]
            elif name == "br":
                yield "\n" if value(element, "type") in {None, "textWrapping"} else ""
            elif name == "txbxContent":
                boxes.append(element)
            elif name == "footnoteReference":
                notes.append(value(element, "id") or "")
            elif name == "AlternateContent":
                yield from self._inline(_alternative(element), boxes, notes)
            elif name not in _DELETED and not _is_hidden(element):
                yield from self._inline(element, boxes, notes)

    def _table(self, table: Element) -> Iterator[str]:
        """A table's lines: a row a line with its cells apart by tabs, unless a cell holds several paragraphs."""
        for row in _descend(table, "tr"):
            cells = [list(self._blocks(cell)) for cell in _descend(row, "tc")]
            cells = [cell for cell in cells if cell]
            if all(len(cell) == 1 for cell in cells):
                yield from ["\t".join(cell[0] for cell in cells)] if cells else []
            else:
                yield from (line for cell in cells for line in cell)


def _descend(parent: Element, name: str) -> Iterator[Element]:
    """The rows of a table or the cells of a row, also inside content controls and insertions; no deleted rows."""
    for element in parent:
        if name_of(element) == name:
            if child(element, "trPr", "del") is None:
                yield element
        elif name_of(element) in {"sdt", "sdtContent", "ins", "customXml", "moveTo"}:
            yield from _descend(element, name)


def _alternative(element: Element) -> Element:
    """The first choice of a markup alternative, or its fallback where the choice holds no text."""
    choices = [each for each in element if name_of(each) in {"Choice", "Fallback"}]
    with_text = (each for each in choices if any(name_of(inner) == "txbxContent" for inner in each.iter("{*}*")))
    return next(with_text, choices[0] if choices else element)


def _is_hidden(run: Element) -> bool:
    """Whether a run is formatted as hidden text."""
    vanish = child(run, "rPr", "vanish") if name_of(run) == "r" else None
    return vanish is not None and value(vanish) not in {"0", "false", "off"}


def _notes(root: Element | None) -> Iterator[tuple[str, Element]]:
    """The notes of a part by id, without the separators that Word keeps among them."""
    for note in root if root is not None else ():
        if value(note, "type") in {None, "normal"}:
            yield value(note, "id") or "", note


def _tagged(tag: str, lines: Iterator[str]) -> list[str]:
    """A note's paragraphs as one line with its tag."""
    text = "".join(line.strip() for line in lines)
    return [tag + text] if text else []


def _default_style(styles: Element | None) -> str | None:
    """The style of paragraphs that name none."""
    for style in styles if styles is not None else ():
        if (
            name_of(style) == "style"
            and value(style, "type") == "paragraph"
            and value(style, "default") in {"1", "true"}
        ):
            return value(style, "styleId")
    return None
