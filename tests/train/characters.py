"""``make train-characters REPORTS=folder``: count anew the character n-grams of ``lexicon/char_ngrams.npz``.

Counted are n-grams up to 3 that occur in at least five files, and all of those of our own texts. The files are

- the reports of governments and of party congresses below ``REPORTS`` (public documents; folders ``gov`` and ``congress``).

Our own texts, invented for this project, are

- the sample's clean texts, ``corpus/sample/gold/clean`` of the part that may be read, and ``corpus/sample/further/clean``;
- the lexicon's invented headlines and sentences (`INVENTED`), every 1,500 characters of them a file of their own.

Words of jieba's dictionary (MIT licence) and terms of our own lexicon (`TERMS`) are added to the counts, whichever files
have them. The same bytes each time.
"""

import argparse
import json
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

import numpy as np

from pipeline import lexicon
from pipeline.ingest.mirror import ngrams

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "corpus" / "sample" / "gold" / "clean"
FURTHER = ROOT / "corpus" / "sample" / "further" / "clean"
SEEN_PART = ROOT / "corpus" / "sample" / "gold" / "dev.json"
LEXICON = ROOT / "pipeline" / "lexicon"
FOLDERS = ("gov", "congress")
INVENTED = {
    "coded_headlines.csv": ("headline",),
    "coded_statements.csv": ("headline", "body"),
    "role_sentences.csv": ("sentence",),
}
"""Columns of the lexicon that hold running text."""
TERMS = {
    "party_terms.csv": "term",
    "codebook_phrases.csv": "phrase",
    "org_types.csv": "term",
    "heading_names.csv": "term",
    "role_cues.csv": "cue",
}
"""Columns of the lexicon that hold words and phrases."""
LISTS = ("set_phrases.txt", "report_words.txt")
"""Lists of them."""
N_TERM = 7
"""Times that a term counts. Wrong characters of 42 mirrored government reports, by a model that has not seen the report at hand:
with the terms 3 times and without the second list 494 of 891,599, with it 445; 6 to 12 times were equally good within 15."""
FILE_SIZE = 1500
"""Characters of a short report."""


def others(reports: Path, *, without: Collection[Path] = ()) -> Iterator[str]:
    """The public reports, a text a file, except the files `without`."""
    return _read((path for folder in FOLDERS for path in sorted((reports / folder).rglob("*.txt"))), without)


def own(*, without: Collection[Path] = ()) -> Iterator[str]:
    """Our own texts, a text a file, except the files `without` and the part of the sample that the pipeline is tested with."""
    seen = {Path(report["file"]).stem for report in json.loads(SEEN_PART.read_text("utf-8"))}
    yield from _read((path for path in sorted(SAMPLE.glob("*.txt")) if path.stem in seen), without)
    yield from _read(sorted(FURTHER.glob("*.txt")), without)
    for name, columns in INVENTED.items():
        yield from _chunks([row[column] for row in lexicon.rows(name) for column in columns if row[column]])


def _read(paths: Iterable[Path], without: Collection[Path]) -> Iterator[str]:
    """The texts of files, except those `without`."""
    excluded = {path.resolve() for path in without}
    for path in paths:
        if path.resolve() not in excluded:
            yield from path.read_text("utf-8").split("\f\n")


def _chunks(lines: list[str]) -> Iterator[str]:
    """Lines as texts of `FILE_SIZE` characters."""
    chunk: list[str] = []
    for line in lines:
        chunk.append(line)
        if sum(map(len, chunk)) >= FILE_SIZE:
            yield "\n".join(chunk)
            chunk = []
    if chunk:
        yield "\n".join(chunk)


def words() -> dict[str, int]:
    """The words of the dictionary and the terms of the lexicon, each with the times that it counts."""
    found = ngrams.dictionary_words()
    terms = {row[column] for name, column in TERMS.items() for row in lexicon.rows(name)}
    terms.update(word for name in LISTS for word in lexicon.words(name))
    for term in sorted(term for term in terms if len(term) > 1):
        found[term] = found.get(term, 0) + N_TERM
    return found


def counts(reports: Path, *, without: Collection[Path] = ()) -> ngrams.Arrays:
    """The counts, as if the files `without` did not exist."""
    return ngrams.count_ngrams(others(reports, without=without), own=own(without=without), words=words())


def main() -> None:
    """Write the counts anew."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", type=Path)
    np.savez_compressed(LEXICON / "char_ngrams.npz", **ngrams.packed(counts(parser.parse_args().reports)))


if __name__ == "__main__":
    main()
