"""Damage of every family, done to texts of the sample, is undone; texts that are right stay as they are."""

import random
from pathlib import Path

import pytest

from tests.damage import families
from tests.damage.stress import bag, cleaned, error_rate

CLEAN = Path(__file__).parents[2] / "corpus" / "sample" / "gold" / "clean"
NAMES = ("S01", "S06", "S10", "S15", "S20", "S24", "S27", "S31")
LARGEST = {"mirror": 0.01, "to_mojibake_latin": 0.01, "to_mojibake_gbk": 0.15, "to_traditional": 0.002}
"""Largest error rate of one text; 0.002 if nothing is said. Bytes that were lost cannot all be told again."""
FAMILIES = (
    "hard_wrap",
    "hard_wrap_with_blank_lines",
    "break_clauses",
    "repair_lists",
    "add_page_furniture",
    "print_in_columns",
    "add_blanks",
    "break_title",
    "add_page",
    "add_wrapping",
    "add_invisibles",
    "to_radicals",
    "to_entities",
    "to_traditional",
    "mirror",
)
UNHARMED = ("redact", "rename_places", "lose_commas", "restyle_numbers", "to_ascii_marks")
"""What is found on real pages and is no damage to undo: the text must stay as it is."""


@pytest.fixture(scope="module")
def texts():
    return {name: cleaned((CLEAN / f"{name}.txt").read_text("utf-8")) for name in NAMES}


@pytest.mark.parametrize("family", FAMILIES)
def test_damage_is_undone(texts, family):
    for seed, text in enumerate(texts.values()):
        rate, found = error_rate(getattr(families, family)(text, random.Random(seed)), text)
        assert rate <= LARGEST.get(family, 0.002), found[:5]


@pytest.mark.parametrize("seed", range(4))
def test_mixed_damage_is_undone(texts, seed):
    rates = []
    for name, text in texts.items():
        rng = random.Random(f"{name} {seed}")
        names = [family for family in bag(rng, n=3) if family not in {"mirror", "to_mojibake_gbk", "to_mojibake_latin"}]
        damaged = text
        for family in names:
            damaged = getattr(families, family)(damaged, rng)
        rates.append(error_rate(damaged, text)[0])
    assert sum(rates) / len(rates) <= 0.002


@pytest.mark.parametrize("family", UNHARMED)
def test_what_is_no_damage_stays(texts, family):
    for seed, text in enumerate(texts.values()):
        changed = getattr(families, family)(text, random.Random(seed))
        kept = "".join(cleaned(changed).split())
        assert kept == "".join(changed.split())


@pytest.mark.parametrize("seed", range(8))
def test_joined_reports_are_parted(texts, seed):
    one, other = random.Random(seed).sample(sorted(texts), 2)
    joined = families.join_reports(texts[one], random.Random(seed), other=texts[other], style="篇一")
    assert cleaned(joined) == f"{texts[one]}\n{texts[other]}"
