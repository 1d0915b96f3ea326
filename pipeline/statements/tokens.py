"""Terms of points: rjieba segments, jieba is its reference behind the same function."""

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import Any

import pandas as pd

from pipeline import lexicon, tables
from pipeline.settings import TokenOptions
from pipeline.statements.terms import dictionary_terms

RE_CUT = re.compile(r"[^\w+#&%./-]+")
"""Where a text is cut before it is segmented: marks are boundaries, never deleted (合力。度 must not give 力度).
Marks that a term may hold (互联网+, C++) stay in: the segmenter sets them apart where no term does."""

RE_PLACEHOLDER = re.compile(
    r"[*＊×✕]+|(?<![A-Za-z])(?:[Xx]{1,4}|ⅹ{1,4})(?![A-Za-z])|_{2,}|[〇○]{2,}(?![一二三四五六七八九年])|□+"
)
"""What stands for a name or number that was blacked out: **区, ×年, XX, ××, ____, 〇〇; a year (二〇〇八年) is none."""

RE_BLACKED = re.compile("[*＊×✕Xxⅹ_〇○□]")
"""Without one of these signs there is no placeholder."""

PLACEHOLDER = "〓"
"""The one form of a placeholder while a text is segmented: a mark, so a boundary and never a term."""

RE_TERM = re.compile(
    r"(?!第?[零〇一二三四五六七八九十百千万亿两几]+[年月日天个名次]?$)(?=.*[\u3400-\u9fffA-Za-z])..", re.DOTALL
)
"""A term has two characters, one of them a letter, and is no number, also with its measure word (八年)."""

WIDE = {code: code - 0xFEE0 for code in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B))}
"""Full-width letters and digits → those of ASCII, so that one word has one form."""

RE_WIDE = re.compile(f"[{''.join(map(chr, WIDE))}]")

Cut = Callable[[str], list[str]]


def segment_terms(text: str, *, options: TokenOptions) -> list[str]:
    """The terms of a text in order, without stop words, single characters, numbers and placeholders.

    Unknown words are not guessed (the engines' HMM is off): so rjieba and jieba agree on every boundary, ASCII runs
    included, and a term is one that a dictionary holds.

    Parameters
    ----------
    text : str
    options : TokenOptions
        Engine, and the researcher's own words, stop words and synonyms.

    Returns
    -------
    list of str
        Synonyms replaced by the form that stands for them; the researcher's go before ours.

    Examples
    --------
    >>> segment_terms("三会一课以念文件代替，**镇5个支部合力。度不够", options=TokenOptions())
    ['三会一课', '文件', '代替', '支部', '合力']
    """
    cut, named = _cutter(options.engine, options.dictionary), _namer(options.stop_words, options.synonyms)
    text = text.translate(WIDE) if RE_WIDE.search(text) else text
    text = RE_PLACEHOLDER.sub(PLACEHOLDER, text) if RE_BLACKED.search(text) else text
    return [term for term in map(named, cut(RE_CUT.sub("\n", text))) if term]


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
    points = tables.in_document_order(statements[statements["parent_id"].isna()])
    columns = (points[name] for name in ("statement_id", "doc_id", "role", "start", "end"))
    rows = [
        {
            "statement_id": statement_id,
            "doc_id": doc_id,
            "role": role,
            "terms": segment_terms(texts[doc_id][start:end], options=options),
        }
        for statement_id, doc_id, role, start, end in zip(*columns, strict=True)
    ]
    return tables.frame("tokens", rows), tables.frame("notices")


@cache
def _cutter(engine: str, dictionary: tuple[str, ...]) -> Cut:
    """The segmenter with the one canonical dictionary: sorted, each word once, built once a process."""
    words = sorted({*dictionary_terms(), *dictionary})
    if engine == "rjieba":
        import rjieba  # noqa: PLC0415 — only the engine that is used is loaded

        fast = rjieba.Jieba()  # of its own: the module's functions share a global one
        for word in words:
            fast.add_word(word, None, None)
        return lambda text: fast.cut(text, hmm=False)
    import jieba  # noqa: PLC0415

    jieba.setLogLevel(60)
    slow: Any = jieba.Tokenizer()
    for word in words:
        slow.add_word(word)
    return lambda text: list(slow.cut(text, HMM=False))


N_KNOWN = 1 << 16
"""Words of which it is kept whether they are terms; a corpus of reports has some 30,000."""


@cache
def _namer(stop_words: tuple[str, ...], synonyms: tuple[tuple[str, str], ...]) -> Callable[[str], str | None]:
    """What a word is counted as; None if it is no term."""
    stop, forms = _stop_words(stop_words), _synonyms(synonyms)

    @lru_cache(maxsize=N_KNOWN)
    def named(word: str) -> str | None:
        """The term that a word is counted as."""
        term = forms.get(word, word)
        return term if term not in stop and RE_TERM.match(term) else None

    return named


@cache
def _stop_words(own: tuple[str, ...]) -> frozenset[str]:
    """Ours and the researcher's stop words."""
    return frozenset((*lexicon.words("stop_words.txt"), *own))


@cache
def _synonyms(own: tuple[tuple[str, str], ...]) -> dict[str, str]:
    """Form → the form that stands for it."""
    return {row["form"]: row["term"] for row in lexicon.rows("synonyms.csv")} | dict(own)
