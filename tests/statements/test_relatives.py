"""Relatives of the codebook's phrases: what ships, what is learnt, and what they add to codes."""

import numpy as np
import pytest

from pipeline import lexicon
from pipeline.settings import CodeOptions, LearnedFile, SettingsError
from pipeline.statements.classifier import shipped_classifier
from pipeline.statements.codebook import code_point, own_scores, said_of
from pipeline.statements.evidence import build_codebook, relative_scores, relatives_of, with_relatives
from pipeline.statements.relatives import relations
from pipeline.statements.schemes import own_codebook
from pipeline.statements.wordlearning import learn_words
from pipeline.store.learned import learned_files, write_learned

BOOK = build_codebook("own", [("队伍", "书记", 1.0), ("阵地", "活动室", 1.0), ("阵地", "场地", 2.0)])


def test_a_relative_adds_what_its_phrases_add_times_the_cosines():
    book = with_relatives(BOOK, [("活动室", "桌椅", 0.5), ("场地", "桌椅", 0.8), ("书记", "主任", 0.6)])
    assert relatives_of("主任的桌椅、桌椅", book) == ["主任", "桌椅"]
    votes = relative_scores(["桌椅"], book)
    assert votes[0] == 0
    assert votes[1] == pytest.approx(0.5 * BOOK.votes["活动室"][1] + 0.8 * BOOK.votes["场地"][1])
    assert BOOK.leanings == {} and relatives_of("桌椅", BOOK) == []


def test_phrases_are_no_relatives_and_foreign_phrases_count_nothing():
    book = with_relatives(BOOK, [("活动室", "书记", 0.9), ("别处", "桌椅", 0.9)])
    assert book.leanings == {}


def test_what_ships_relates_phrases_of_the_codebook_to_words_that_are_none():
    phrases = {row["phrase"] for row in lexicon.rows("codebook_phrases.csv")}
    found = relations(())
    assert {phrase for phrase, _, _ in found} <= phrases
    assert not {word for _, word, _ in found} & phrases
    assert all(0.6 <= cosine <= 1 for _, _, cosine in found)
    by_phrase = {phrase: [w for p, w, _ in found if p == phrase] for phrase, _, _ in found}
    assert max(map(len, by_phrase.values())) <= 12
    assert {word for phrase in by_phrase if "经费" in phrase for word in by_phrase[phrase]} & {"列支", "拨付", "公用"}


def test_a_small_corpus_tells_nothing():
    assert learn_words(["书记换届，经费报销。"] * 10, ["书记"]) is None
    assert learn_words([], ["书记"]) is None
    assert learn_words(["。，"], ["书记"]) is None


@pytest.fixture(scope="module")
def corpus():
    """Clauses of the coded headlines and statements that the lexicon holds."""
    return [f"{row['headline']}。{row['body']}" for row in lexicon.rows("coded_statements.csv")]


def test_learning_is_repeatable_and_finds_words_used_alike(corpus):
    phrases = ["活动经费", "书记"]
    found = learn_words(corpus, phrases, seed=1)
    again = learn_words(reversed(corpus), reversed(phrases), seed=1)
    assert all(np.array_equal(found[name], again[name]) for name in found)
    assert set(found["phrases"].tolist()) <= set(phrases)
    assert found["cosines"].dtype == np.uint8 and (found["cosines"] >= 60).all()
    assert "书记" not in found["words"].tolist()


def test_learnt_words_join_the_shipped_ones(tmp_path):
    arrays = {"phrases": np.array(["活动经费"]), "words": np.array(["茶叶钱"]), "cosines": np.array([90], np.uint8)}
    write_learned(tmp_path, {"words": arrays}, {})
    files = learned_files([tmp_path])
    assert set(relations(files)) == {*relations(()), ("活动经费", "茶叶钱", 0.9)}
    said = [said_of("茶叶钱两年没有着落", "", "", own_codebook((), learned)) for learned in ((), files)]
    assert [one.relatives for one in said] == [[], ["茶叶钱"]]
    books = [own_codebook((), learned) for learned in ((), files)]
    plain, more = (own_scores([one], shipped_classifier(), book)[0] for one, book in zip(said, books, strict=True))
    k = books[0].codes.index("经费阵地")
    assert more[k] > plain[k] and (np.flatnonzero(more > plain) == np.flatnonzero(books[0].votes["活动经费"])).all()
    coded = code_point("茶叶钱两年无着", "", side="问题", options=CodeOptions(learned=files))
    assert all(word == "≈茶叶钱" or "≈" not in word for one in coded for word in one.deciding)
    with pytest.raises(SettingsError):
        relations([LearnedFile("words", str(tmp_path / "none.npz"), "0")])
