"""Terms of points: rjieba segments, jieba is its reference behind the same function."""

import re
from collections.abc import Callable
from functools import cache
from typing import Any

import pandas as pd

from pipeline import lexicon, tables
from pipeline.settings import TokenOptions

RE_CUT = re.compile(r"[^\w×]+|[\s_]+")
"""Where a text is cut before it is segmented: marks are boundaries, never deleted (合力。度 must not give 力度)."""

RE_PLACEHOLDER = re.compile(r"[*＊]{2,}|[×✕Xxⅹ]{1,3}(?=[\u4e00-\u9fff])|[〇○]{2,}|_{2,}|[×✕]+|【】")
RE_JOINED = re.compile(r"[A-Za-z0-9]+(?:[-_./][A-Za-z0-9]+)+")
RE_TERM = re.compile(r"^(?=.*[\u4e00-\u9fffA-Za-z])\w{2,}$")
MARK = "\n"
"""What stands for a placeholder while a text is segmented; it is a boundary and never a term."""

Cut = Callable[[str], list[str]]


def segment_terms(text: str, *, options: TokenOptions) -> list[str]:
    """The terms of a text in order, without stop words, single characters, numbers and placeholders.

    Parameters
    ----------
    text : str
    options : TokenOptions
        Engine, and the researcher's own words, stop words and synonyms.

    Returns
    -------
    list of str
        Synonyms replaced by the form that stands for them.

    Examples
    --------
    >>> segment_terms("三会一课以念文件代替，**镇5个支部合力。度不够", options=TokenOptions())
    ['三会一课', '文件', '代替', '支部', '合力', '不够']
    """
    cut = _cutter(options.engine, options.dictionary)
    stop, synonyms = _stop_words(options.stop_words), _synonyms(options.synonyms)
    pieces = RE_CUT.split(RE_PLACEHOLDER.sub(MARK, text))
    terms = (term for piece in pieces if piece for token in cut(piece) for term in _resplit(token))
    named = (synonyms.get(term, term) for term in terms)
    return [term for term in named if term not in stop and RE_TERM.match(term) and not term.isnumeric()]


def tokens(
    documents: pd.DataFrame, statements: pd.DataFrame, *, options: TokenOptions
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The terms of every point, sub-points included in theirs.

    Parameters
    ----------
    documents, statements : DataFrame
    options : TokenOptions

    Returns
    -------
    tokens, notices : DataFrame
        A row a point; never a notice.
    """
    texts = dict(zip(documents["doc_id"], documents["text"], strict=True))
    rows = []
    for point in tables.records(tables.in_document_order(statements[statements["parent_id"].isna()])):
        text = texts[point["doc_id"]][point["start"] : point["end"]]
        kept = {key: point[key] for key in ("statement_id", "doc_id", "role")}
        rows.append(kept | {"terms": segment_terms(text, options=options)})
    return tables.frame("tokens", rows), tables.frame("notices")


@cache
def _cutter(engine: str, dictionary: tuple[str, ...]) -> Cut:
    """The segmenter with the one canonical dictionary, built once a process; no guessing of unknown words (HMM off)."""
    words = sorted({*_party_terms(), *dictionary})
    if engine == "rjieba":
        import rjieba  # noqa: PLC0415 — only the engine that is used is loaded

        fast = rjieba.Jieba()
        for word in words:
            fast.add_word(word, None, None)
        return lambda text: list(fast.cut(text, hmm=False))
    import jieba  # noqa: PLC0415

    jieba.setLogLevel(60)
    slow: Any = jieba.Tokenizer()
    for word in words:
        slow.add_word(word)
    return lambda text: list(slow.cut(text, HMM=False))


@cache
def _party_terms() -> frozenset[str]:
    """The vocabulary of the field: the codebook's phrases of three characters or more."""
    phrases = (row["phrase"] for row in lexicon.rows("codebook_phrases.csv"))
    return frozenset(phrase for phrase in phrases if len(phrase) > 2 and phrase.isalnum())


@cache
def _stop_words(own: tuple[str, ...]) -> frozenset[str]:
    """Ours and the researcher's stop words."""
    return frozenset((*lexicon.words("stop_words.txt"), *own))


@cache
def _synonyms(own: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """The researcher's synonyms: form → the form that stands for it."""
    return dict(own)


def _resplit(token: str) -> list[str]:
    """A token as jieba would cut it: rjieba keeps ASCII runs joined by - _ . / together."""
    return re.split(r"[-_./]", token) if RE_JOINED.fullmatch(token) else [token]
