"""How well whole pages, files and compilations are cleaned: ``python -m tests.damage.messy_pages [--series W] [--shown]``.

``messy/raw`` holds files as they lie on researchers' disks, invented for this project by language models that had not seen the
cleaner: web pages, converted PDF and Word files, scans, forums, journals, compilations. ``messy/truth`` holds what a careful
editor would leave of each. Rules were written after the files of all series but W; the model of lines
(`pipeline.ingest.pages.line_model`) and the choice of titles (`pipeline.ingest.pages.title_choice`) learnt from all but W and AA to AY,
the model of reports' beginnings (`pipeline.ingest.volumes.fitted_starts`) from all but W.
Nothing was made after a look at W: it tells what to expect of others.
"""

import argparse
import json
import re
import unicodedata
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

from pipeline.ingest.clean import clean_text
from pipeline.ingest.metadata import describe
from pipeline.settings import CleanOptions

FOLDER = Path(__file__).parent / "messy"
UNLEARNT = tuple(f"A{letter}" for letter in "ABCDEFGHIJKLMNOPQRSTUVWXY")
SERIES = (*"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ", *UNLEARNT)
UNSEEN = ("W", *UNLEARNT)
"""The series that the models of lines and titles have not learnt from, and after the first of which no rule was made."""


@dataclass
class Sums:
    """What was counted over some files."""

    n_chars: int = 0
    n_lost: int = 0
    n_extra: int = 0
    n_lines: int = 0
    n_lines_found: int = 0
    n_lines_same: int = 0
    n_reports: int = 0
    n_titles: int = 0
    n_dated: int = 0
    n_years: int = 0
    n_files: int = 0
    n_split: int = 0

    def add(self, other: "Sums") -> None:
        """Add what was counted elsewhere."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    @property
    def lost(self) -> float:
        """Share of the reports' characters that are gone or other ones."""
        return self.n_lost / max(self.n_chars, 1)

    @property
    def extra(self) -> float:
        """Characters that are not the reports', next to those that are."""
        return self.n_extra / max(self.n_chars, 1)

    @property
    def lines(self) -> float:
        """F1 of whole lines: headings and paragraphs as they should be."""
        return 2 * self.n_lines_same / max(self.n_lines + self.n_lines_found, 1)

    @property
    def titles(self) -> float:
        """Share of the reports whose title is right, but for a subtitle."""
        return self.n_titles / max(self.n_reports, 1)

    @property
    def years(self) -> float:
        """Share of the reports of files that are split right whose year is right, also that none is told."""
        return self.n_years / max(self.n_dated, 1)

    def told(self) -> str:
        """The rates in words."""
        return (
            f"lost {100 * self.lost:.2f} %, extra {100 * self.extra:.1f} %, lines F1 {self.lines:.3f}, "
            f"titles {self.n_titles} of {self.n_reports}, split right {self.n_split} of {self.n_files}, "
            f"years {self.n_years} of {self.n_dated}"
        )


def folded(text: str) -> str:
    """A text without differences of width and without blanks inside lines."""
    return re.sub(r"[ \t\u3000]", "", unicodedata.normalize("NFKC", text))


def measure(name: str, *, shown: bool = False) -> Sums:
    """Clean a file and compare it with what an editor leaves."""
    truth = json.loads((FOLDER / "truth" / f"{name}.json").read_text("utf-8"))["reports"]
    parts = clean_text((FOLDER / "raw" / f"{name}.txt").read_text("utf-8"), options=CleanOptions())
    optional = {folded(line) for report in truth for line in report.get("optional", ())}
    wanted, found = (
        [line for text in texts for line in folded(text).split("\n") if line and line not in optional]
        for texts in ([report["text"] for report in truth], [part.text for part in parts])
    )
    changes = [code for code in _matcher("".join(wanted), "".join(found)).get_opcodes() if code[0] != "equal"]
    told = [describe(part.text, dropped=tuple(line.line for line in part.dropped)) for part in parts]
    pairs = zip(truth, told, strict=True) if len(parts) == len(truth) else ()
    dated = [(report, one) for report, one in pairs if "year" in report]
    sums = Sums(
        n_chars=len("".join(wanted)),
        n_lost=sum(i2 - i1 for _, i1, i2, _, _ in changes),
        n_extra=sum(j2 - j1 for _, _, _, j1, j2 in changes),
        n_lines=len(wanted),
        n_lines_found=len(found),
        n_lines_same=sum(block.size for block in _matcher(wanted, found).get_matching_blocks()),
        n_reports=len(truth),
        n_titles=sum(_is_title(report["title"], one.title) for report, one in zip(truth, told, strict=False)),
        n_dated=len(dated),
        n_years=sum(report["year"] == one.year for report, one in dated),
        n_files=1,
        n_split=len(parts) == len(truth),
    )
    if shown:
        print(name, sums.told())
        _show(wanted, found)
    return sums


def _matcher(one, two) -> SequenceMatcher:
    """What two sequences have in common."""
    return SequenceMatcher(None, one, two, autojunk=False)


def _is_title(title: str, found: str | None) -> bool:
    """Whether a report's whole title was found; with or without a subtitle."""
    return folded(found or "") in (folded(title), folded(title.partition("——")[0]))


def _show(wanted: list[str], found: list[str]) -> None:
    """Print the lines that differ."""
    for tag, i1, i2, j1, j2 in _matcher(wanted, found).get_opcodes():
        if tag != "equal":
            print(
                *(f"   - {line[:120]}" for line in wanted[i1:i2]),
                *(f"   + {line[:120]}" for line in found[j1:j2]),
                sep="\n",
            )


def series_of(name: str) -> str:
    """The series of a file.

    Examples
    --------
    >>> [series_of(name) for name in ("A01", "101", "AA20")]
    ['A', '1', 'AA']
    """
    return name[:-2]


def measured(series: str, *, shown: bool = False) -> Sums:
    """The sums over the files of a series, or of one file."""
    sums = Sums()
    for path in sorted((FOLDER / "raw").glob(f"{series}*.txt")):
        if series in (series_of(path.stem), path.stem):
            sums.add(measure(path.stem, shown=shown))
    return sums


def main() -> None:
    """Print the rates of each series."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--series", default="", help="a series or the name of a file; all if empty")
    parser.add_argument("--shown", action="store_true", help="show what differs")
    options = parser.parse_args()
    for series in [options.series] if options.series else SERIES:
        print(series, measured(series, shown=options.shown).told())


if __name__ == "__main__":
    main()
