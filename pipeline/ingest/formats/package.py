"""The zip archive around a Word document, looked over before anything in it is parsed."""

import io
import struct
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from pipeline.ingest.formats.content import Content, refused
from pipeline.ingest.formats.numbering import Element
from pipeline.settings import ReadOptions
from pipeline.values import Reason, Status

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
RATIO_FROM = 10_000_000
"""Unpacked bytes from which the packing ratio is looked at (FAULTS contract 5)."""
HINTS = {
    Reason.DOC_OLD: "旧版 Word（.doc）文件，请用 Word 或 WPS 另存为 .docx / an old .doc file; save it as .docx",
    Reason.DOCX_ENCRYPTED: "文件已加密，请去掉密码后另存为 .docx / encrypted; remove the password and save as .docx",
    Reason.DOCX_BROKEN: "docx 文件损坏或不完整，请打开后重新另存为 .docx / broken or cut off; save it as .docx again",
    Reason.DOCX_LIMIT: "docx 内部结构超出安全上限，未解析 / its parts exceed the safe limits; not parsed",
    Reason.DOCX_DTD: "docx 内含规范禁止的 DTD，可能是恶意文件，未解析 / holds a forbidden DTD; not parsed",
    Reason.NOT_DOCX: "不是 Word 文档，请另存为 .docx / not a Word document; save it as .docx",
}


@dataclass(frozen=True, slots=True)
class Package:
    """The XML parts of a Word document as parsed trees; None for a part that it lacks."""

    document: Element
    styles: Element | None
    numbering: Element | None
    footnotes: Element | None
    endnotes: Element | None


class PackageError(Exception):
    """A package that is refused; its argument is the reason."""

    def __init__(self, reason: Reason) -> None:
        """With the code of the reason."""
        super().__init__(reason)
        self.reason = reason


def refusal(reason: Reason) -> Content:
    """No content, with the hint that helps."""
    return refused(Status.FAILED, reason, HINTS[reason], MEDIA_TYPE)


def open_package(data: bytes, *, options: ReadOptions) -> Package:
    """The parts of a Word document.

    Parameters
    ----------
    data : bytes
        The whole file.
    options : ReadOptions
        Bounds of members, sizes and ratio.

    Returns
    -------
    Package

    Raises
    ------
    PackageError
        If the file is no Word document, encrypted, broken, beyond a limit, or holds a DTD.
    """
    if data.startswith(OLE):
        raise PackageError(_ole_reason(data))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            _check_members(data, archive.infolist(), options)
            return _parts(archive, options)
    except (zipfile.BadZipFile, zlib.error, EOFError, RuntimeError, struct.error, ValueError, OSError):
        raise PackageError(Reason.DOCX_BROKEN) from None


def _ole_reason(data: bytes) -> Reason:
    """What an OLE file is, by the names of its streams."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return Reason.DOCX_ENCRYPTED
    return Reason.DOC_OLD if "WordDocument".encode("utf-16-le") in data else Reason.NOT_DOCX


def _check_members(data: bytes, members: list[zipfile.ZipInfo], options: ReadOptions) -> None:
    """Raise if the archive is encrypted, too big in any respect, or its members overlap."""
    if any(member.flag_bits & 1 for member in members):
        raise PackageError(Reason.DOCX_ENCRYPTED)
    n_bytes = sum(member.file_size for member in members)
    is_big = len(members) > options.zip_max_members or n_bytes > options.zip_max_bytes
    is_dense = n_bytes > RATIO_FROM and n_bytes > options.zip_max_ratio * max(1, len(data))
    if is_big or is_dense or any(_is_bomb(member, options) for member in members) or _overlap(data, members):
        raise PackageError(Reason.DOCX_LIMIT)


def _is_bomb(member: zipfile.ZipInfo, options: ReadOptions) -> bool:
    """Whether one member is too big or packed too densely."""
    ratio = member.file_size / max(1, member.compress_size)
    is_xml = member.filename.endswith((".xml", ".rels"))
    is_long = is_xml and member.file_size > options.zip_max_part_bytes
    return is_long or (member.file_size > RATIO_FROM and ratio > options.zip_max_ratio)


def _overlap(data: bytes, members: list[zipfile.ZipInfo]) -> bool:
    """Whether two members share bytes (CVE-2024-0450), by their local headers."""
    end = 0
    for member in sorted(members, key=lambda member: member.header_offset):
        if member.header_offset < end:
            return True
        lengths = data[member.header_offset + 26 : member.header_offset + 30]
        n_name, n_extra = struct.unpack("<HH", lengths)
        end = member.header_offset + 30 + n_name + n_extra + member.compress_size
    return end > len(data)


def _parts(archive: zipfile.ZipFile, options: ReadOptions) -> Package:
    """The parsed parts of an archive that has been looked over."""
    names = set(archive.namelist())
    main = next((name for name in ("word/document.xml", "word/document2.xml") if name in names), None)
    if main is None:
        raise PackageError(Reason.NOT_DOCX)
    trees = {name: _tree(archive, f"word/{name}.xml", options) for name in ("styles", "numbering")}
    trees |= {name: _tree(archive, f"word/{name}.xml", options) for name in ("footnotes", "endnotes")}
    document = _tree(archive, main, options)
    if document is None:
        raise PackageError(Reason.DOCX_BROKEN)
    return Package(document=document, **trees)


def _tree(archive: zipfile.ZipFile, name: str, options: ReadOptions) -> Element | None:
    """One part as a tree; None if there is none."""
    if name not in archive.namelist():
        return None
    with archive.open(name) as member:
        data = member.read(options.zip_max_part_bytes + 1)
    if len(data) > options.zip_max_part_bytes or data.count(b"<") > options.xml_max_tags:
        raise PackageError(Reason.DOCX_LIMIT)
    if any("<!DOCTYPE".encode(encoding) in data for encoding in ("ascii", "utf-16-le", "utf-16-be")):
        raise PackageError(Reason.DOCX_DTD)
    # huge_tree only lifts the depth and size that the checks above have bounded already.
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True, remove_comments=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        raise PackageError(Reason.DOCX_BROKEN) from None
