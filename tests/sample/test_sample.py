"""The sample corpus is what its datasheet says: sizes, families of damage, planted truth, its own words, and gold that fits."""

import json
import re
from collections import Counter
from itertools import chain
from pathlib import Path

import pandas as pd
import pytest

from pipeline import lexicon, tables
from pipeline.evaluate.agreement import agreement
from pipeline.ingest.clean import documents as clean_documents
from pipeline.settings import Settings
from pipeline.values import Genre, OrgType, Role
from tests.damage.adjudicate import adjudicated, listed, merged, resolved_rows
from tests.damage.build_sample import (
    SAMPLE,
    clean_reports,
    clean_text,
    copy_bytes,
    metadata,
    plan,
    report_bytes,
    rows_of,
)
from tests.sample.datasheet import filled
from tests.sample.planted import FAMILIES, answered, share_raising

GOLD = adjudicated()
REPORTS = [(name, report) for name, reports in GOLD.items() for report in reports]
RE_NOT_HAN = re.compile(r"[^\u4e00-\u9fff]+")
SHARED_RUN, SHARED_BY_FURTHER, BORROWED_RUN = 13, 24, 40


def han(text: str) -> str:
    """The Chinese characters of a text."""
    return RE_NOT_HAN.sub("", text)


def further_texts() -> dict[str, str]:
    """The reports for development that are no part of the 64."""
    return {path.stem: path.read_text("utf-8") for path in sorted((SAMPLE / "further" / "clean").glob("*.txt"))}


def test_further_reports_are_annotated_word_for_word():
    texts, entries = further_texts(), json.loads((SAMPLE / "further" / "gold.json").read_text("utf-8"))
    assert [Path(entry["file"]).stem for entry in entries] == list(texts) and len(texts) == 982
    for entry in entries:
        (report,) = entry["reports"]
        text, headings = texts[Path(entry["file"]).stem], [row[0] for row in report["sections"]]
        assert all(words in text for words in headings)
        assert all(row[1] in text and (row[3] in headings or row[3] == "") for row in report["statements"])


def test_there_are_64_files_split_40_to_24():
    assert [row["file"] for row in plan()] == [f"S{i:02d}" for i in range(1, 65)]
    assert Counter(row["split"] for row in plan()) == {"dev": 40, "test": 24}
    assert all(row["split"] == "dev" for row in plan()[:16])
    assert set(GOLD) == {row["file"] for row in plan()}


@pytest.mark.parametrize("row", plan() + rows_of("copies.csv"), ids=lambda row: row["file"])
def test_every_report_is_what_its_clean_text_and_its_damage_make(row):
    made = copy_bytes(row) if "of" in row else report_bytes(row)
    assert (SAMPLE / "reports" / f"{row['file']}.{row['carrier']}").read_bytes() == made


def test_the_metadata_of_the_sample_follow_the_annotation():
    assert (SAMPLE / "reports" / "metadata.csv").read_text("utf-8-sig") == metadata()


def test_carriers_encodings_and_families_are_present():
    assert {row["carrier"] for row in plan()} == {"txt", "docx"}
    encodings = {row["encoding"] for row in plan()} - {""}
    assert encodings == {"utf-8", "utf-8-sig", "gbk", "gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be"}
    used = Counter(chain.from_iterable(row["families"].split() for row in plan()))
    assert set(used) == set(FAMILIES)
    assert used["mirror"] >= 6 and used["add_wrapping"] >= 5
    redacted = [name for name, text in clean_reports().items() if re.search(r"××|\*\*|XX", text)]
    assert len(redacted) >= 4
    for row in plan():  # a family that changes nothing would be a lie
        families = [name for name in row["families"].split() if name not in ("auto_numbers", "tracked_changes")]
        if families and row["carrier"] == "txt":
            assert report_bytes(row) != clean_text(row["file"]).encode(row["encoding"], "replace"), row["file"]


def test_lengths():
    for name, text in clean_reports().items():
        several = "\f" in clean_text(name.partition("#")[0])
        assert (600 if several else 1_200) <= len(text) <= 4_000, name


def test_organisations_years_genres_and_regions_vary():
    of = {key: Counter(report[key] for _, report in REPORTS) for key in ("org_type", "year", "genre", "region")}
    assert set(of["org_type"]) == set(OrgType) - {OrgType.OTHER}
    assert set(of["genre"]) == set(Genre)
    assert set(range(2006, 2026)) == set(of["year"])
    assert len(of["region"]) >= 30


def test_at_least_six_reports_lack_problems_or_measures():
    lacking = [name for name, r in REPORTS if not {"问题", "对策"} <= {row[0] for row in r["statements"]}]
    assert len(lacking) >= 6


@pytest.mark.parametrize(("name", "report"), REPORTS, ids=[f"{n}-{r['title'][:8]}" for n, r in REPORTS])
def test_gold_fits_its_text(name, report):
    text, headings = clean_text(name), [heading for heading, _, _ in report["sections"]]
    codes = {row["code"] for row in lexicon.rows("codebook.csv")}
    at = 0
    for heading, role, level in report["sections"]:
        assert heading in text[at:], heading
        at = text.index(heading, at) + len(heading)
        assert level >= 1 and (role is None or role in set(Role))
    for role, headline, code, heading, implicit in report["statements"]:
        assert headline in text, headline
        assert role in ("问题", "原因", "对策") and code in codes and isinstance(implicit, bool)
        assert heading in headings or heading == "", heading
    for problem, measure in report["pairs"]:
        assert report["statements"][problem][0] == "问题" and report["statements"][measure][0] == "对策"


def test_clean_texts_are_at_rest():
    rows = [
        {"source_id": f"{name}.txt", "sha256": "", "media_type": "text/plain", "encoding": "utf-8", "n_bytes": 1}
        | {"text": text, "pages": [], "status": "ok", "reason": None}
        for name, text in clean_reports().items()
    ]
    found, *_ = clean_documents(
        tables.frame("decoded", rows),
        pd.DataFrame(columns=["id", "key", "value"], dtype="str"),
        options=Settings().clean,
    )
    assert found["doc_id"].tolist() == sorted(f"{row['source_id']}#1" for row in rows)
    texts = {row["source_id"]: row["text"] for row in rows}
    for row in tables.records(found):
        assert row["text"] == texts[row["source_id"]].rstrip("\n"), row["doc_id"]


def test_no_two_reports_share_a_run_of_thirteen_characters():
    """Nor do two of the further reports, which are many and speak the same official language, share one of 24."""
    phrases = sorted(map(han, lexicon.words("set_phrases.txt")), key=len, reverse=True)
    set_phrase = re.compile("|".join(filter(None, phrases)))
    sample = {row["file"]: clean_text(row["file"]) for row in plan()}
    for texts, length in ((sample, SHARED_RUN), (sample | further_texts(), SHARED_BY_FURTHER)):
        of: dict[str, set[str]] = {}
        for name, text in texts.items():
            for line in chain.from_iterable(set_phrase.split(han(line)) for line in text.split("\n")):
                for i in range(len(line) - length + 1):
                    of.setdefault(line[i : i + length], set()).add(name)
        assert {run: sorted(names) for run, names in of.items() if len(names) > 1} == {}


def test_nothing_of_the_further_corpus_is_in_the_project(extra):
    known: set[str] = set()
    for path in sorted(extra.rglob("*.txt")):
        text = han(path.read_text("utf-8", "ignore"))
        known |= {text[i : i + BORROWED_RUN] for i in range(0, len(text) - BORROWED_RUN + 1)}
    root = SAMPLE.parents[1]
    suffixes = {".py", ".txt", ".csv", ".md", ".json", ".toml", ".html"}
    for folder in ("pipeline", "corpus", "tests", "notebooks"):
        for path in (p for p in (root / folder).rglob("*") if p.is_file() and p.suffix in suffixes):
            text = han(path.read_text("utf-8", "ignore"))
            hit = next((i for i in range(len(text) - BORROWED_RUN + 1) if text[i : i + BORROWED_RUN] in known), None)
            assert hit is None, f"{path}: {text[hit : hit + BORROWED_RUN]}"


@pytest.mark.parametrize("row", rows_of("planted.csv"), ids=lambda row: f"{row['kind']}-{row['side']}-{row['code']}")
def test_the_planted_truth_is_in_the_gold(row):
    if row["kind"] == "contrast":
        high, low = (share_raising(row["side"], row["code"], row["by"], row[end]) for end in ("high", "low"))
        assert min(high[1], low[1]) >= 16
        assert high[0] - low[0] >= 0.30
    else:
        n_answered, n = answered(row["code"])
        assert n >= 12 and n_answered / n <= 0.35


def test_the_datasheet_says_what_is_true():
    text = (SAMPLE / "README.md").read_text("utf-8")
    assert filled(text) == text


def test_gold_files_are_the_annotation_put_together():
    for split, entries in merged(plan()).items():
        assert json.loads((SAMPLE / "gold" / f"{split}.json").read_text("utf-8")) == entries


def test_every_disagreement_is_kept_and_resolved_with_its_reason():
    rows = listed()
    assert [{key: str(value) for key, value in row.items()} for row in rows] == resolved_rows()
    assert rows and all(row["resolved"] in ("first", "second") and len(row["reason"]) > 3 for row in rows)


def test_the_two_coders_agree_well_enough_to_be_a_yardstick():
    paths = [sorted((SAMPLE / "gold" / coder).glob("*.json")) for coder in ("first", "second")]
    found = {measure.name: measure for measure in agreement(*paths)}
    print("\n" + "\n".join(map(str, found.values())))
    assert found["kappa_roles"].value >= 0.9 and found["kappa_codes"].value >= 0.85
    assert found["f1_pairs"].value >= 0.9 and found["f1_statements"].value >= 0.95
