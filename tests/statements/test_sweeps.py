"""What is looked for only where it may stand is all that the full patterns find, on the texts of the cases."""

import re
import tomllib
from pathlib import Path

import pytest

from pipeline import lexicon
from pipeline.lexicon.finder import alternatives, finder_of, word_lists
from pipeline.sections.content import RE_FAMILY, announced_roles, family_places
from pipeline.sections.reading import TONES
from pipeline.statements import implicit
from pipeline.statements.enumerations import RE_MARK, find_marks
from pipeline.statements.sentences import RE_PART, RE_SENTENCE, parts, sentences
from pipeline.statements.units import RE_HINT, SIEVE
from pipeline.statements.wishes import BIDS, RE_REPORTED, RE_SHOULD

CASES = Path(__file__).parents[1] / "cases"
TEXTS = tuple(
    case["original"]
    for name in ("points.toml", "roles.toml", "outline.toml")
    for case in tomllib.loads((CASES / name).read_text("utf-8"))["case"]
)
"""The texts of the cases, a few hundred."""
EXTRA = "据测算达3.5%，占比5.8。 ①会少；②人散。\n1.会开得少 .2.记录缺？！”（有的党员不来，有的来了不说。）仍有差距，还不够,难，可以把"


@pytest.fixture(scope="module")
def joined():
    """All texts as one."""
    assert len(TEXTS) > 100
    return "\n".join((*TEXTS, EXTRA))


def test_marks_of_series_are_those_of_the_pattern(joined):
    found = [mark.span() for mark in RE_MARK.finditer(joined)]
    assert len(found) > 300
    assert [mark.span() for mark in find_marks(joined, 0, len(joined))] == found
    middle = found[len(found) // 2][0]
    assert [m.span() for m in find_marks(joined, middle, len(joined))] == [
        m.span() for m in RE_MARK.finditer(joined, middle)
    ]


@pytest.mark.parametrize(("split", "pattern"), [(sentences, RE_SENTENCE), (parts, RE_PART)])
def test_sentences_are_those_of_the_pattern(joined, split, pattern):
    expected = [found[0].strip() for found in pattern.finditer(joined) if found[0].strip()]
    assert [joined[start:end] for start, end in split(joined, 0, len(joined))] == expected


def test_no_hint_slips_through_the_sieve(joined):
    places = SIEVE.places(joined)
    found = {match.start() for match in RE_HINT.finditer(joined)}
    assert found
    assert found <= set(places)
    assert len(places) < len(joined) / 10


@pytest.mark.parametrize("pattern", [RE_SHOULD, RE_REPORTED])
def test_no_wish_slips_through_the_sieve(joined, pattern):
    found = [match.span() for match in pattern.finditer(joined)]
    assert found
    assert [span for span in found if not BIDS.places(joined[span[0] : span[1] + 1])] == []


def test_families_are_those_of_the_pattern(joined):
    clauses = re.split("[，。；\n]", joined)
    assert any(map(RE_FAMILY.search, clauses))
    assert list(map(family_places, clauses)) == [
        [one.start() for one in RE_FAMILY.finditer(words)] for words in clauses
    ]


def test_contrasts_and_hedges_are_those_of_the_pattern(joined):
    found = [match.end() for match in implicit._trigger().finditer(joined)]
    assert len(found) > 50
    assert list(implicit._triggers(joined, 0, len(joined))) == found


def test_tones_are_those_of_their_words(joined):
    clauses = re.split("[，。；\n]", joined)
    held = word_lists(tone.split("|") for tone in TONES).held(clauses)
    assert held.any(axis=0).all()
    assert held.tolist() == [[re.search(tone, words) is not None for tone in TONES] for words in clauses]


def test_what_is_announced_does_not_depend_on_what_is_read_beside_it():
    bodies = [line for text in TEXTS for line in text.split("\n")]
    together = announced_roles(bodies)
    assert sum(map(bool, together)) > 10
    assert together == [announced_roles([body])[0] for body in bodies]


def test_a_finder_finds_what_the_alternation_finds(joined):
    cues = [row["cue"] for name in ("problem_cues.csv", "section_cues.csv") for row in lexicon.rows(name)]
    expected = [(found.start(), found[0]) for found in re.finditer(alternatives(cues), joined)]
    assert len(expected) > 1000
    assert finder_of(cues).found(joined) == expected
