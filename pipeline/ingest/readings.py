"""Which text a damaged run stands for: a cheap search first, a wide one where that reads badly, words where it is close."""

from collections.abc import Iterator
from math import inf
from operator import itemgetter

from pipeline.ingest import gbk
from pipeline.ingest.charmodel import DocumentModel, learned_model, shipped_model
from pipeline.ingest.gbk import Kind, Token
from pipeline.ingest.hypotheses import Found, candidates
from pipeline.ingest.marks import mark_score
from pipeline.ingest.mirrors import Mirror, Table
from pipeline.ingest.runs import doubted, read_past_drops, read_run
from pipeline.ingest.search import Search, Weights
from pipeline.ingest.words import word_score
from pipeline.settings import LearnedFile

FLUENT = -12.5
"""Log probability of a character below which a run is never certain: a better reading may not have been tried."""
DOUBT = 3.0
"""Log odds at most of such a run, even where there is no rival."""
DOUBTFUL = 8.0
"""Log odds up to which words count."""
SHARE_OF_WORDS = 0.3
"""Weight of words next to characters; 0.3 to 0.4 were equally good on held-out mirrors, 0.2 and 0.6 worse."""


def search_of(mirror: Mirror, learned: LearnedFile | None) -> Search:
    """A search with what the document tells: its own n-grams and its table of glossed characters."""
    model = DocumentModel(learned_model(learned) if learned else shipped_model(), mirror.sound)
    return Search(Weights(model, Table(mirror)))


def best_reading(search: Search, line: str, first: int, context: str, read: list[Token]) -> Found | None:
    """What a run stands for, with dropped pairs where it reads badly without; `read` becomes its tokens."""
    ahead = _tokens(line, first)
    beams = read_run(search, _recorded(ahead, read, 0), context)
    if places := doubted(beams):
        wider = read_past_drops(search, _recorded(ahead, read, places[0]), beams, places)
        beams = wider if wider[-1] else beams
    if not beams[-1]:
        return None
    del read[len(beams) - 1 :]
    end = read[-1].end
    found = [
        (score + mark_score(line[:first], "".join(pieces), line[end:]), pieces)
        for score, pieces in candidates(beams[-1])
    ]
    best = _by_words(found, context)
    is_fluent = _worst(search, context, read, best.pieces) > FLUENT
    return best if is_fluent else best._replace(margin=min(best.margin, DOUBT))


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


def _recorded(ahead: Iterator[Token], read: list[Token], start: int) -> Iterator[Token]:
    """The tokens that were read, from one of them on, and those ahead, each noted as it is read."""
    yield from read[start:]
    for token in ahead:
        read.append(token)
        yield token
