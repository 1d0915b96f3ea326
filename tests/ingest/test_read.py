"""From a folder to decoded files: every file has a row, none stops the run."""

import io
import os
import socket
import unicodedata

import docx
import pandas as pd
import pytest

from pipeline import tables
from pipeline.ingest.read import decoded, files_frame, find_files
from pipeline.settings import ReadOptions
from pipeline.values import Reason, Status

TEXT = "柳溪县社区党建调研报告\n全县有社区九个。"
posix = pytest.mark.skipif(os.name == "nt", reason="file names as bytes, FIFOs and links are POSIX")


def read(root, options=None, **kwargs):
    """The rows of `decoded` by source_id."""
    table, notices = decoded(files_frame(find_files(root, **kwargs)), options=options or ReadOptions())
    assert table["source_id"].is_unique
    not_ok = set(table["source_id"][table["status"] != Status.OK])
    assert not_ok <= set(notices["source_id"])
    tables.to_arrow("decoded", table)
    tables.to_arrow("notices", notices)
    return {row["source_id"]: row for row in tables.records(table)}


def verdicts(root, **kwargs):
    """source_id → why it is not read."""
    return {found.source_id: found.verdict for found in find_files(root, **kwargs)}


def put(path, data=TEXT):
    """A file with its folders."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_every_file_has_a_row(tmp_path):
    for name in (
        "甲.txt",
        "夹/乙.txt",
        "README.md",
        "metadata.csv",
        ".DS_Store",
        "~$丙.docx",
        "Thumbs.db",
        "desktop.ini",
    ):
        put(tmp_path / name)
    for name in (
        "图.png",
        "sample/reports/丁.txt",
        "learned/a.npz",
        "结果/tables/x.txt",
        "夹/sample/戊.txt",
        ".git/HEAD",
    ):
        put(tmp_path / name)
    found = verdicts(tmp_path, outputs=tmp_path / "结果")
    ignored = {".DS_Store", "~$丙.docx", "Thumbs.db", "desktop.ini", "图.png", ".git/HEAD"}
    assert {name for name, verdict in found.items() if verdict == Reason.IGNORED} == ignored
    assert {name for name, verdict in found.items() if verdict == Reason.CONTROL} == {"README.md", "metadata.csv"}
    assert {name for name, verdict in found.items() if verdict is None} == {"甲.txt", "夹/乙.txt", "夹/sample/戊.txt"}


def test_text_and_word_are_read(tmp_path):
    put(tmp_path / "甲.txt", TEXT.encode("gbk"))
    document = docx.Document()
    document.add_paragraph("柳溪县社区党建调研报告")
    buffer = io.BytesIO()
    document.save(buffer)
    put(tmp_path / "乙.docx", buffer.getvalue())
    rows = read(tmp_path)
    assert (rows["甲.txt"]["text"], rows["甲.txt"]["encoding"], rows["甲.txt"]["media_type"]) == (
        TEXT,
        "gb18030",
        "text/plain",
    )
    assert rows["乙.docx"]["text"] == "柳溪县社区党建调研报告"
    assert rows["乙.docx"]["media_type"].endswith("wordprocessingml.document")


@pytest.mark.parametrize("data", [b"", b" \r\n\t", "。，！……\n——".encode(), b"\xef\xbb\xbf"])
def test_empty_blank_and_punctuation_only(tmp_path, data):
    put(tmp_path / "空.txt", data)
    row = read(tmp_path)["空.txt"]
    assert (row["status"], row["reason"], row["text"]) == (Status.SKIPPED, Reason.EMPTY, None)


def test_limits_trip(tmp_path):
    put(tmp_path / "长.txt")
    for options in (ReadOptions(max_bytes=10), ReadOptions(max_chars=10)):
        row = read(tmp_path, options)["长.txt"]
        assert (row["status"], row["reason"]) == (Status.FAILED, Reason.TOO_BIG)


def test_content_decides_not_the_name(tmp_path):
    put(tmp_path / "文.docx", TEXT)
    put(tmp_path / "版.txt", b"%PDF-1.7\n")
    put(tmp_path / "旧.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"))
    put(tmp_path / "空.docx", b"")
    rows = read(tmp_path)
    assert (rows["文.docx"]["text"], rows["文.docx"]["reason"]) == (TEXT, Reason.NOT_DOCX)
    reasons = {name: rows[name]["reason"] for name in ("版.txt", "旧.doc", "空.docx")}
    assert reasons == {"版.txt": Reason.IGNORED, "旧.doc": Reason.DOC_OLD, "空.docx": Reason.EMPTY}


def test_changed_and_vanished_files(tmp_path):
    kept, gone = put(tmp_path / "改.txt"), put(tmp_path / "没.txt")
    files = files_frame(find_files(tmp_path))
    kept.write_text(TEXT + "加了一句。", "utf-8")
    gone.unlink()
    table, _ = decoded(files, options=ReadOptions())
    assert table["reason"].tolist() == [Reason.CHANGED] * 2
    assert table["status"].tolist() == [Status.FAILED] * 2


@posix
@pytest.mark.skipif(hasattr(os, "geteuid") and os.geteuid() == 0, reason="root may read everything")
def test_unreadable_file(tmp_path):
    put(tmp_path / "禁.txt").chmod(0)
    assert read(tmp_path)["禁.txt"]["reason"] == Reason.PERM


def test_permission_error_is_a_reason(tmp_path, monkeypatch):
    path = put(tmp_path / "禁.txt")
    files = files_frame(find_files(tmp_path))

    def deny(self):
        raise PermissionError(self)

    monkeypatch.setattr(type(path), "read_bytes", deny)
    table, notices = decoded(files, options=ReadOptions())
    assert table["reason"].tolist() == [Reason.PERM]
    assert "权限" in notices["detail"][0]


@posix
def test_links_and_what_is_no_file(tmp_path):
    root = tmp_path / "corpus"
    put(root / "甲.txt")
    secret = put(tmp_path / "secret.txt")
    (root / "外.txt").symlink_to(secret)
    (root / "内.txt").symlink_to(root / "甲.txt")
    (root / "断.txt").symlink_to(root / "没有.txt")
    (root / "圈.txt").symlink_to(root / "圈.txt")
    (root / "夹").symlink_to(root)
    os.mkfifo(root / "管.txt")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(root / "口.txt"))
        found = verdicts(root)
    other = dict.fromkeys(("断.txt", "圈.txt", "夹", "管.txt", "口.txt"), Reason.NOT_REGULAR)
    unknown = {"夹": Reason.IGNORED} if found["夹"] == Reason.IGNORED else {}
    assert found == {"甲.txt": None, "内.txt": None, "外.txt": Reason.LINK_OUTSIDE} | other | unknown
    assert read(root)["内.txt"]["text"] == TEXT


@posix
def test_file_names_of_all_kinds(tmp_path):
    names = ["调研".encode("gbk") + b".txt", "行\n二.txt".encode(), b"50%.txt", b"a#1.txt", "[red]调研.txt".encode()]
    names.append(unicodedata.normalize("NFD", "é.txt").encode())
    names.append("长".encode() * 83 + b".txt")
    for name in names:
        with open(os.path.join(os.fsencode(tmp_path), name), "wb") as handle:
            handle.write(TEXT.encode())
    rows = read(tmp_path)
    assert set(rows) == {
        "%B5%F7%D1%D0.txt",
        "行%0A二.txt",
        "50%25.txt",
        "a%231.txt",
        "[red]调研.txt",
        "é.txt",
        "长" * 83 + ".txt",
    }
    assert all(row["text"] == TEXT for row in rows.values())


@posix
def test_names_that_differ_in_normal_form_only_keep_apart(tmp_path):
    for form in ("NFC", "NFD"):
        put(tmp_path / unicodedata.normalize(form, "é.txt"))
    assert len(read(tmp_path)) == 2


def test_same_stem_and_same_bytes_do_not_meet(tmp_path):
    for name in ("甲.txt", "甲.md", "夹/甲.txt"):
        put(tmp_path / name)
    rows = read(tmp_path)
    assert set(rows) == {"甲.txt", "甲.md", "夹/甲.txt"}
    assert len({row["sha256"] for row in rows.values()}) == 1


def test_parts_make_the_whole(tmp_path):
    for i in range(6):
        put(tmp_path / f"{i}.txt", TEXT + str(i))
    files = files_frame(find_files(tmp_path))
    whole, _ = decoded(files, options=ReadOptions())
    parts = [decoded(files.iloc[i : i + 2], options=ReadOptions())[0] for i in (0, 2, 4)]
    pd.testing.assert_frame_equal(whole, pd.concat(parts, ignore_index=True))


def test_nothing_in_nothing_out(tmp_path):
    table, notices = decoded(files_frame(find_files(tmp_path)), options=ReadOptions())
    assert table.empty
    assert notices.empty
    pd.testing.assert_series_equal(table.dtypes, tables.frame("decoded").dtypes)
