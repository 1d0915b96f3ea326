"""Simulated gloss mirrors of the sample's clean texts are undone at the rates below, by a model that has not seen them."""

import pytest

from pipeline.ingest.mirror import charmodel, ngrams, readings
from tests.damage.build_sample import clean_text
from tests.damage.measure import Rates, measure, unseen
from tests.damage.mirror import TABLES, mirror_runs

MEASURED = ("S03", "S09", "S14", "S20", "S26", "S31")
# Wanted are 0.0005, 0.85 and 0.99; of the first, what is reached on these six texts (22 of 11184 characters with a full table,
# 38 of 44736 with one like a real page's, four tables each) stands here.
MAX_WRONG, MIN_CERTAIN_RIGHT = {"all": 0.003, "as seen": 0.0015}, 0.99
MIN_EXACT = {"all": 0.9, "as seen": 0.88}
"""Share of wrong characters at most, of certain runs that are right and of runs that are exact at least, by the mirror's table."""


@pytest.mark.slow
@pytest.mark.parametrize(("table", "n_tables"), [("all", 1), ("as seen", 4)])
def test_mirrors_are_undone(monkeypatch, table, n_tables):
    texts = [clean_text(name) for name in MEASURED]
    model = charmodel.model_of(unseen(ngrams.shipped_counts(), texts))
    monkeypatch.setattr(readings, "shipped_model", lambda: model)
    rates = Rates()
    for seed, text in enumerate(texts * n_tables):
        measure(mirror_runs(text, seed=seed, **TABLES[table]), rates)
    assert rates.n_runs > 50
    assert rates.not_idempotent == 0
    assert rates.n_wrong <= MAX_WRONG[table] * rates.n_chars, rates.lines()
    assert rates.n_exact >= MIN_EXACT[table] * rates.n_runs, rates.lines()
    assert rates.n_certain_exact >= MIN_CERTAIN_RIGHT * rates.n_certain, rates.lines()
