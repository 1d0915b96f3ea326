"""The annotated reports that roles are learnt from: clean texts, their sections with roles, their sentences."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from pipeline import lexicon, tables
from pipeline.evaluate.gold import Report, matched, read_gold
from pipeline.ingest.clean import documents
from pipeline.sections.outline import Section, parse_outline
from pipeline.sections.rolelearning import Example
from pipeline.settings import Settings
from pipeline.statements.sentences import sentences
from pipeline.values import Role

MARKER = re.compile(
    r"第?[（(〈]?(?:[一二三四五六七八九十百]+|\d+(?:\.\d+)*)(?:[部分章节条]+|[）)〉、.．]+)\s*|[①-⑳㈠-㈩⑴-⒇]"
)
SETTINGS = Settings()


@dataclass(frozen=True)
class Annotated:
    """A clean text, its annotation and its sections."""

    text: str
    gold: Report
    sections: list[Section]
    name: str = ""

    def pairs(self) -> dict[int, int]:
        """Place of a section → place of its heading in the annotation."""
        headings = [section.heading for section in self.sections[1:]]
        return {j + 1: i for i, j in matched([row[0] for row in self.gold["sections"]], headings)}


def annotated(gold: Path, texts: Path) -> list[Annotated]:
    """The reports of a file of annotations; `texts` holds their clean texts."""
    found = []
    for file in sorted(read_gold([gold]), key=lambda file: file.file):
        name = Path(file.file).stem
        row = {"source_id": name, "n_bytes": 1, "text": (texts / f"{name}.txt").read_text("utf-8"), "pages": []}
        user = pd.DataFrame(columns=["id", "key", "value"], dtype="str")
        made, *_ = documents(tables.frame("decoded", [row | {"status": "ok"}]), user, options=SETTINGS.clean)
        for clean, report in zip(made["text"].tolist(), file.reports, strict=False):
            found.append(Annotated(clean, report, parse_outline(clean, options=SETTINGS.outline), name))
    return found


def written() -> list[Example]:
    """The sentences and headings that were written for the model; 其他 is none of its roles."""
    rows = lexicon.rows("role_sentences.csv")
    return [(row["sentence"], Role(row["role"]), 1.0) for row in rows if row["role"] != "其他"]


def as_annotated(report: Annotated) -> Annotated:
    """The report with its sections at the headings of the annotation, also those that the outline does not find."""
    places, after = [], 0
    for heading, role, level in report.gold["sections"]:
        if (start := report.text.find(heading, after)) >= 0:
            after = start + len(heading)
            places.append((start, after, heading, role, level))
    sections = [Section(0, len(report.text), 0, 0, None, "", None)]
    for at, (start, body, heading, role, level) in enumerate(places):
        end = next((other[0] for other in places[at + 1 :] if other[4] <= level), len(report.text))
        parent = next((n for n in range(at, 0, -1) if sections[n].level < level), 0)
        sections.append(Section(start, end, body, level, _marker(heading), heading, parent, role and Role(role)))
    return Annotated(report.text, report.gold, sections)


def _marker(heading: str) -> str | None:
    """The number of a heading."""
    found = MARKER.match(heading)
    return found[0] if found else None


def labelled(report: Annotated) -> Iterator[Example]:
    """Sentences with the role of the point that they hold, else of their section; and headings."""
    points, sections = report.gold["statements"], as_annotated(report).sections
    for at, section in enumerate(sections):
        below = [child.start for child in sections if child.parent == at]
        for start, end in sentences(report.text, section.body_start, min([*below, section.end])):
            words = report.text[start:end]
            told = next((point[0] for point in points if point[1] in words), section.role)
            if told and len(words) >= 4:
                yield words, Role(told), 1.0
        if section.role:
            yield section.heading[len(section.marker or "") :].strip(), section.role, 0.5
