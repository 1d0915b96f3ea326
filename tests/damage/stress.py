"""How well damage of every family is undone: ``python -m tests.damage.stress FOLDER [--family NAME] [--seeds 3] [--bag 3]``.

A damaged text is compared with the pipeline's own text of the undamaged file; newlines count as characters.
"""

import argparse
import random
import time
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from pipeline.ingest.clean import clean_text
from pipeline.ingest.edits import restore
from pipeline.settings import CleanOptions
from tests.damage import families

OPTIONS = CleanOptions()
LINES = ("hard_wrap", "hard_wrap_with_blank_lines", "break_clauses", "add_page_furniture", "repair_lists")
"""Families that break lines: at most one of them in a bag, before anything else."""
OTHER = ("add_blanks", "break_title", "add_page", "to_radicals", "to_entities", "add_invisibles")
BYTES = ("mirror", "to_traditional", "to_mojibake_gbk", "to_mojibake_latin")
"""Families that work on characters or bytes of a whole page: at most one of them in a bag, after all others."""
ALL = (*LINES, *OTHER, *BYTES)
FOLDED = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | str.maketrans("「」『』", "“”‘’")
"""Width of punctuation, and the quotation marks of traditional text."""
LOST = "□"
"""What `families.to_traditional` writes for a character that Big5 lacks."""


def bag(rng: random.Random, *, n: int) -> list[str]:
    """Names of some families that can have met on one page, in the order in which that comes about.

    GBK has no radicals: a text with them never became a mirror.
    """
    chosen = rng.sample(ALL, n)
    kept = [[name for name in group if name in chosen] for group in (LINES, OTHER, BYTES)]
    others = [
        name for name in kept[1] if name != "to_radicals" or not set(kept[2][:1]) & {"mirror", "to_mojibake_latin"}
    ]
    return [*kept[0][:1], *others, *kept[2][:1]]


def cleaned(text: str) -> str:
    """The pipeline's text of a file, its reports in one string; laws 1 and 2 are checked on the way."""
    parts = clean_text(text, options=OPTIONS)
    end = 0
    for part in parts:
        assert part.source_start == end, "slices tile the source"
        end = part.source_end
        assert restore(part.text, part.edits) == text[part.source_start : end], "law 1"
        again = clean_text(part.text, options=OPTIONS)
        assert [(one.text, one.edits) for one in again] == [(part.text, [])], f"law 2: {part.text[:30]}"
    return "\n".join(part.text for part in parts)


def differences(one: str, two: str) -> list[tuple[str, str]]:
    """Pieces in which two texts differ: by line first, then within lines that changed."""
    left, right = (text.translate(FOLDED).splitlines(keepends=True) for text in (one, two))
    found = []
    for tag, i1, i2, j1, j2 in SequenceMatcher(None, left, right, autojunk=False).get_opcodes():
        if tag != "equal":
            a, b = "".join(left[i1:i2]), "".join(right[j1:j2])
            codes = SequenceMatcher(None, a, b, autojunk=False).get_opcodes() if len(a) + len(b) < 6_000 else []
            pieces = [(a[k1:k2], b[m1:m2]) for name, k1, k2, m1, m2 in codes if name != "equal"]
            found += pieces if codes else [(a, b)]
    return [(a, b) for a, b in found if set(a) != {LOST}]


def error_rate(damaged: str, wanted: str) -> tuple[float, list[tuple[str, str]]]:
    """Share of characters that are wrong after cleaning, and where."""
    found = differences(cleaned(damaged), wanted)
    return sum(max(len(a), len(b)) for a, b in found) / max(len(wanted), 1), found


def measure(texts: dict[str, str], plans: Iterable[tuple[str, list[str], int]], *, shown: int) -> None:
    """Print the error rate of every plan (text, families, seed), worst places and the mean."""
    rates: dict[str, list[float]] = {}
    wanted = {name: cleaned(text) for name, text in texts.items()}
    for name, names, seed in plans:
        rng = random.Random(seed)
        text = wanted[name]
        for family in names:
            text = getattr(families, family)(text, rng)
        started = time.process_time()
        rate, found = error_rate(text, wanted[name])
        key = names[0] if len(names) == 1 else "bag"
        rates.setdefault(key, []).append(rate)
        if found and shown:
            print(f"{100 * rate:.2f} % {name} {seed} {'+'.join(names)} {time.process_time() - started:.1f} s")
            for a, b in found[:shown]:
                print(f"    {a[:60]!r} should be {b[:60]!r}")
    for key, values in rates.items():
        n_exact = sum(value == 0 for value in values)
        print(f"{key:28s} CER {100 * sum(values) / len(values):.3f} %  exact {n_exact} of {len(values)}")


def main() -> None:
    """Measure texts of a folder."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--glob", default="*.txt")
    parser.add_argument("--family", default="", help="names joined by commas; all if empty")
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--bag", type=int, default=0, help="families in a mixed bag, instead of single ones")
    parser.add_argument("--shown", type=int, default=0)
    options = parser.parse_args()
    texts = {path.stem: path.read_text("utf-8") for path in sorted(options.folder.rglob(options.glob))}
    chosen = options.family.split(",") if options.family else [name for name in ALL if name != "mirror"]
    seeds = range(1, options.seeds + 1)
    if options.bag:
        plans = [(name, bag(random.Random(f"{name} {seed}"), n=options.bag), seed) for name in texts for seed in seeds]
    else:
        plans = [(name, [family], seed) for family in chosen for name in texts for seed in seeds]
    measure(texts, plans, shown=options.shown)


if __name__ == "__main__":
    main()
