"""Which text a damaged run stands for: a cheap search first, a wide one where that reads badly, words where it is close."""

from collections.abc import Iterator
from math import inf
from operator import itemgetter

from pipeline.ingest import gbk
from pipeline.ingest.charmodel import DocumentModel, learned_model, shipped_model
from pipeline.ingest.gbk import Kind, Token
from pipeline.ingest.hypotheses import Found
from pipeline.ingest.marks import mark_score
from pipeline.ingest.mirrors import Mirror, Table
from pipeline.ingest.runs import NARROW, WIDE, read_run
from pipeline.ingest.search import Search, Weights
from pipeline.ingest.words import word_score
from pipeline.settings import LearnedFile

GOOD = -6.5
"""Log probability of a character below which the cheap search is not the last word; never to trust it changes 1 run in 2,500."""
FLUENT = -12.5
"""Log probability of a character below which a run is never certain: a better reading may not have been tried."""
DOUBT = 3.0
"""Log odds at most of such a run, even where there is no rival."""
DOUBTFUL = 8.0
"""Log odds up to which words count."""
SHARE_OF_WORDS = 0.4
"""Weight of words next to characters; 0.3 to 0.6 were equally good on held-out mirrors."""


def searches_of(mirror: Mirror, learned: LearnedFile | None) -> tuple[Search, ...]:
    """A cheap search and a wide one, with what the document tells: its own n-grams and its table of glossed characters."""
    model = DocumentModel(learned_model(learned) if learned else shipped_model(), mirror.sound)
    weights = Weights(model, Table(mirror))
    return tuple(Search(weights, width) for width in (NARROW, WIDE))


def best_reading(searches: tuple[Search, ...], line: str, first: int, context: str, read: list[Token]) -> Found | None:
    """What a run stands for, by the cheapest search that finds it probable; `read` becomes its tokens."""
    found: list[tuple[float, list[str]]] = []
    ahead, tokens = _tokens(line, first), list[Token]()
    for search in searches:
        if more := read_run(search, _recorded(ahead, tokens), context):
            found, read[:] = more, tokens[: len(more[0][1])]
            worst = _worst(search, context, read, found[0][1])
            if worst > GOOD:
                break
    if not found:
        return None
    end = read[-1].end
    best = _by_words(
        [(score + mark_score(line[:first], "".join(pieces), line[end:]), pieces) for score, pieces in found], context
    )
    if best.pieces != found[0][1]:
        worst = _worst(searches[0], context, read, best.pieces)
    return best if worst > FLUENT else best._replace(margin=min(best.margin, DOUBT))


def _worst(search: Search, context: str, read: list[Token], pieces: list[str]) -> float:
    """Log probability of the least probable character from the first damaged token on, but for the last one, which is sound."""
    sound = 0
    while read[sound].kind not in (Kind.CUT, Kind.LOST):
        sound += 1
    return search.worst((context + "".join(pieces[:sound]))[-2:], "".join(pieces[sound:-1]))


def _by_words(found: list[tuple[float, list[str]]], context: str) -> Found:
    """The most probable of texts when words count too."""
    found.sort(key=itemgetter(0), reverse=True)
    best = found[0][0]
    near = [(score, pieces) for score, pieces in found if best - score <= DOUBTFUL]
    if len(near) > 1:
        near = [(score + SHARE_OF_WORDS * word_score(context + "".join(pieces)), pieces) for score, pieces in near]
        near.sort(key=itemgetter(0), reverse=True)
        return Found(near[0][1], near[1][1], near[0][0] - near[1][0])
    if len(found) > 1:
        return Found(found[0][1], found[1][1], best - found[1][0])
    return Found(found[0][1], [], inf)


def _tokens(line: str, start: int) -> Iterator[Token]:
    """The tokens of a line from `start` on, with its end."""
    yield from gbk.tokens(line, start, len(line))
    yield Token(Kind.END, "\n", len(line), len(line))


def _recorded(ahead: Iterator[Token], read: list[Token]) -> Iterator[Token]:
    """The tokens that were read, and those ahead, each noted as it is read."""
    yield from read
    for token in ahead:
        read.append(token)
        yield token
