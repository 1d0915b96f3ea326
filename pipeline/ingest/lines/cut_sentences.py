"""Paragraphs of texts that stand one clause a line, joined again where the gaps or indents of the text tell them."""

from itertools import compress, pairwise

from pipeline.ingest.edits import Fix
from pipeline.ingest.lines.forms import RE_ADDRESS, RE_MARKER, RE_SENTENCE, RE_SIGNED, is_closed
from pipeline.ingest.lines.layout import Line, joint, lines_of

MIN_CUT, MIN_SHARE = 8, 0.25
"""Lines that end with a comma in a text that stands one clause a line, at least, and their share of all lines."""
MAX_WHOLE = 0.3
"""Share of lines with several sentences in such a text, at most."""
MIN_TOLD = 3
"""Paragraphs that gaps or indents tell, at least."""
MIN_PARAGRAPH = 60
"""Shortest line of several sentences that is a paragraph by itself."""
MAX_ODD = 0.05
"""Share of the breaks inside sentences that have a gap as wide as those between paragraphs, at most."""


def join_cut_sentences(text: str) -> list[Fix]:
    r"""Sentences of a paragraph in one line, where each of their clauses stood on a line of its own.

    Which sentences belong together is told by wider gaps or by indents; a text that has neither stays.

    Examples
    --------
    >>> paragraph = "过去，\n四个村山连着山，\n谁也做不大。\n去年，\n县里试点，\n组建联村党委。\n"
    >>> len(join_cut_sentences("\n\n".join([paragraph] * 4)))
    4
    """
    if sum(text.count(mark) for mark in ("，\n", ",\n", "， ")) < MIN_CUT:
        return []
    lines = lines_of(text)
    is_open = [line.text[-1] in "，,、" for line in lines]
    n_whole = sum(RE_SENTENCE.search(line.text) is not None for line in lines)
    if sum(is_open) < max(MIN_CUT, MIN_SHARE * len(lines)) or n_whole > MAX_WHOLE * len(lines):
        return []
    pairs = list(pairwise(lines))
    inner = list(compress(lines[1:], is_open))
    widest = sorted(line.n_blank for line in inner)[int((1 - MAX_ODD) * len(inner))]
    by_indent = sum(line.is_indented for line in inner) <= MAX_ODD * len(inner)
    begins = [_begins(b, widest, by_indent=by_indent) for _, b in pairs]
    is_told = [one and is_closed(a.text) for one, (a, _) in zip(begins, pairs, strict=True)]
    if sum(is_told) < MIN_TOLD:
        return []
    return [
        joint(text, a, b, "join_clauses")
        for (a, b), one in zip(pairs, begins, strict=True)
        if not one and _is_cut(a, b) and not RE_MARKER.match(b.text)
    ]


def _begins(line: Line, widest: int, *, by_indent: bool) -> bool:
    """Whether a line is laid out as the beginning of a paragraph."""
    return line.n_blank > widest or (by_indent and line.is_indented)


def _is_cut(a: Line, b: Line) -> bool:
    """Whether a line ends a sentence and the next one is part of another, no heading, address or signature."""
    if len(a.text) >= MIN_PARAGRAPH and RE_SENTENCE.search(a.text):
        return False
    is_announced = a.text[-1] in "：:"
    if is_announced and b.text[0] not in "“‘「":
        return False
    is_part = b.text[-1] in "，,、；;" or is_closed(b.text)
    return is_closed(a.text) and is_part and not (RE_SIGNED.fullmatch(b.text) or RE_ADDRESS.match(b.text))
