"""A document for reading: nothing of the text is lost, and everything found in it stands at its place."""

import html
import re

from hypothesis import given
from hypothesis import strategies as st

from pipeline import load, tables
from pipeline.publish import reading
from pipeline.publish.pages import lines
from pipeline.publish.words import visible
from tests.rows import document, point

RE_TAG = re.compile(r"<[^>]*>")
SECTION = {"parent_id": None, "marker": None, "role_basis": None, "confidence": 1.0}


def section(start, end, heading="", role=None, level=0):
    """A row of `sections`."""
    row = {"section_id": f"a#1/s{start if level else ''}", "doc_id": "a#1", "level": level, "heading": heading}
    return SECTION | row | {"role": role, "start": start, "end": end, "body_start": start + len(heading)}


def edit(start, end, before, after, rule="to_simplified"):
    """An item of `documents.edits`."""
    named = {"start": start, "end": end, "before": before, "after": after, "rule": rule}
    return named | {"confidence": 1.0, "alternatives": []}


def plain(line):
    return html.unescape(RE_TAG.sub("", str(line.text)))


def test_headings_claims_and_edits_stand_in_their_lines():
    text = "题目\n一、存在的问题\n（一）学得浅。只念<文件>。"
    problem = point("a#1", 14, 17, headline="学得浅", parent_id=None)
    sections = [section(0, len(text)), section(3, len(text), "一、存在的问题", "问题", 1)]
    edits = [edit(10, 10, "来源：网络\n", "", "drop_wrapping"), edit(14, 15, "學", "学")]
    found = lines(document("a#1", text, edits=edits), sections, [problem])
    assert [plain(line) for line in found] == text.split("\n")
    assert [line.role for line in found] == [None, "问题", "问题"]
    assert found[1].section["heading"] == "一、存在的问题"
    assert '<i class="h">一、存在的问题</i>' in found[1].text
    assert [row["statement_id"] for row in found[2].points] == [problem["statement_id"]]
    assert "c c-问题" in found[2].text
    assert 'data-r="繁体转简体" data-b="學〈U+5B78〉" data-a="学" data-at="14:15"' in found[2].text
    assert '<i class="e d"' in found[1].text, "what was dropped leaves a mark where it was"
    assert "&lt;文件&gt;" in found[2].text


SPANS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 8)), max_size=6)


@given(st.text(st.sampled_from("党建<&\"'\n（一）"), max_size=40), SPANS, SPANS, SPANS)
def test_no_mark_changes_the_text(text, headed, claimed, edited):
    def within(spans):
        return [(min(a, len(text)), min(a + n, len(text))) for a, n in spans]

    sections = [section(0, len(text)), *(section(a, len(text), text[a:b], "问题", 1) for a, b in within(headed))]
    points = [point("a#1", a, b, parent_id=None) for a, b in within(claimed)]
    edits = [edit(a, b, "<i>", text[a:b]) for a, b in within(edited)]
    found = lines(document("a#1", text, edits=edits), sections, points)
    assert "\n".join(plain(line) for line in found) == text
    assert sum(len(line.points) for line in found) == len(points)
    if text.strip("\n"):
        marks = "".join(str(line.text) for line in found)
        whole = [e for e in edits if "\n" not in text[e["start"] : e["end"]] and e["start"] < len(text)]
        assert marks.count("data-at=") >= len(whole)


def test_a_report_shows_every_point_with_what_corrections_ask_for(sample):
    a = load(sample.project.outputs)
    shown = reading.documents(lambda name: getattr(a, name))
    assert [row["doc_id"] for row in shown] == a.documents["doc_id"].tolist()
    texts = dict(zip(a.documents["doc_id"], a.documents["text"], strict=True))
    digests = dict(zip(a.documents["doc_id"], a.documents["text_sha256"], strict=True))
    for row in shown:
        assert "\n".join(plain(line) for line in row["lines"]) == texts[row["doc_id"]]
        beside = [point for line in row["lines"] for point in line.points]
        assert len(beside) == len(row["statements"])
        for found in beside:
            said = f"{row['doc_id']},{digests[row['doc_id']]},point,reject,{found['headline_start']},"
            assert found["correction"].startswith(said)
    n_links = sum(link["is_out"] for row in shown for found in row["statements"] for link in found["links"])
    assert n_links == len(a.links)


def test_a_correction_shown_in_the_report_is_one_that_is_accepted(sample, tmp_path):
    from pipeline.corrections import COLUMNS, corrected, load_corrections

    a = load(sample.project.outputs)
    chosen = next(p for row in reading.documents(lambda name: getattr(a, name)) for p in row["statements"])
    (tmp_path / "corrections.csv").write_text(f"{','.join(COLUMNS)}\n{chosen['correction']}\n", "utf-8")
    done = corrected("statements", a.statements, load_corrections([tmp_path]), documents=a.documents)
    assert done.n_applied == 1
    assert chosen["statement_id"] not in set(done.table["statement_id"])


def test_long_documents_are_listed_without_their_text(monkeypatch, sample):
    a = load(sample.project.outputs)
    longest = int(a.documents["n_chars"].max())
    monkeypatch.setattr(reading, "MAX_LENGTH", longest - 1)
    shown = reading.documents(lambda name: getattr(a, name))
    left = [row["doc_id"] for row in shown if row["lines"] is None]
    assert left == a.documents["doc_id"][a.documents["n_chars"] == longest].tolist()
    assert all(row["statements"] or row["sections"] for row in shown)


def test_what_cannot_be_seen_is_told_by_its_number():
    assert visible("\u200b") == "〈U+200B〉"
    assert visible("务") == "务"
    assert visible("a" * 100) == "a" * 30 + "…" + "a" * 30
    assert tables.frame("documents").empty
