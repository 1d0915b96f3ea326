"""Terms: two engines that agree, marks that cut, placeholders that vanish, the researcher's words, terms by matching."""

import pytest

from pipeline import lexicon
from pipeline.settings import TokenOptions
from pipeline.statements.terms import dictionary_terms, party_terms, set_phrases
from pipeline.statements.tokens import segment_terms
from tests.corpus import EXAMPLE


def test_the_engines_agree_on_every_term():
    headlines = [row["headline"] for row in lexicon.rows("coded_headlines.csv")[::25]]
    for text in [EXAMPLE, *headlines, "PM2.5与2026-02-09、GB/T 1.1的A-B_C", "互联网+党建 C++"]:
        fast, slow = (segment_terms(text, options=TokenOptions(engine=name)) for name in ("rjieba", "jieba"))
        assert fast == slow, text


@pytest.mark.parametrize(
    ("text", "absent"),
    [
        ("形成合力。度过难关", "力度"),
        ("**镇党委、××局、XX村", "XX"),
        ("____支部", "____"),
        ("二〇〇八年", "二〇〇八年"),
    ],
)
def test_marks_cut_and_placeholders_vanish(text, absent):
    assert absent not in segment_terms(text, options=TokenOptions())


def test_the_researchers_words_are_honoured():
    text = "驻村第一书记推行板凳议事"
    own = TokenOptions(dictionary=("板凳议事",), stop_words=("推行",), synonyms=(("板凳议事", "协商"),))
    assert "板凳议事" not in segment_terms(text, options=TokenOptions())
    assert "协商" in segment_terms(text, options=own)
    assert "推行" not in segment_terms(text, options=own)


def test_party_terms_are_many_sourced_and_canonical():
    rows = lexicon.rows("party_terms.csv")
    assert len(rows) >= 1_500 and len({row["term"] for row in rows}) == len(rows)
    assert all(row["canonical"] and row["source"] for row in rows)
    assert {row["canonical"] for row in rows} <= {row["term"] for row in rows}


def test_party_terms_are_counted_in_quotes_and_inside_longer_words():
    found = [term for _, _, term in party_terms("“三会一课”走过场，支书忙，“两张皮”依旧")]
    assert found.count("三会一课") == 1 and "党支部书记" in found and "两张皮" in found
    assert party_terms("今天天气很好") == []


def test_formulaic_language_and_stop_words_are_separate_lists():
    assert [words for _, _, words in set_phrases("高度重视，压实责任")] == ["高度重视", "压实责任"]
    assert not set(lexicon.words("stop_words.txt")) & set(lexicon.words("set_phrases.txt"))


def test_the_dictionary_is_canonical():
    terms = dictionary_terms()
    assert list(terms) == sorted(set(terms)) and all(term.isalnum() for term in terms)
