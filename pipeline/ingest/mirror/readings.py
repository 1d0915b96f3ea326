"""Which text a damaged run stands for: a cheap search first, a wide one where that reads badly, words where it is close."""

from math import inf
from operator import itemgetter
from typing import NamedTuple

from pipeline.ingest import gbk
from pipeline.ingest.gbk import Kind, Token
from pipeline.ingest.mirror.charmodel import DocumentModel, learned_model, shipped_model
from pipeline.ingest.mirror.hypotheses import candidates
from pipeline.ingest.mirror.marks import lacks_end, mark_score
from pipeline.ingest.mirror.mirrors import Mirror, Table
from pipeline.ingest.mirror.runs import Beam, doubted, read_past_drops, read_run
from pipeline.ingest.mirror.search import Search, Weights
from pipeline.ingest.mirror.words import word_score
from pipeline.settings import LearnedFile

FLUENT = -12.5
"""Log probability of a character below which a run is never certain: a better reading may not have been tried."""
DOUBT = 3.0
"""Log odds at most of such a run, even where there is no rival."""
DOUBTFUL = 8.0
"""Log odds up to which words count."""
SHARE_OF_WORDS = 0.45
"""Weight of words next to characters; of 418 wrong characters of held-out mirrors six were more with 0.35."""


def search_of(mirror: Mirror, learned: LearnedFile | None) -> Search:
    """A search with what the document tells: its own n-grams and its table of glossed characters."""
    model = DocumentModel(learned_model(learned) if learned else shipped_model(), mirror.sound)
    return Search(Weights(model, Table(mirror)))


class Found(NamedTuple):
    """What a run stands for: its tokens, the text of each, the best rival's, and how much more probable (log) it is."""

    tokens: list[Token]
    pieces: list[str]
    rival: list[str]
    margin: float


def best_reading(search: Search, line: str, first: int, context: str) -> Found | None:
    """What a run stands for that begins after the character at a place of a line, with the two characters before that."""
    tokens = gbk.Tokens(line, first)
    beams = read_run(search, tokens, context)
    if places := sorted({*doubted(beams), *_unended(line, tokens, beams)}):
        wider = read_past_drops(search, tokens, beams, places)
        beams = wider if wider[-1] else beams
    if not beams[-1]:
        return None
    read, found = tokens[: len(beams) - 1], candidates(beams[-1])
    pieces, rival, margin = found[0][1], list[str](), inf
    if len(found) > 1:
        before, after = line[:first], line[read[-1].end :]
        marked = [(score + mark_score(before, "".join(texts), after), texts) for score, texts in found]
        pieces, rival, margin = _by_words(marked, context)
    is_fluent = _worst(search, context, read, pieces) > FLUENT
    return Found(read, pieces, rival, margin if is_fluent else min(margin, DOUBT))


def _unended(line: str, tokens: list[Token], beams: list[Beam]) -> list[int]:
    """The lost byte at the end of a paragraph that reads as if no mark ended it: one may have been dropped before."""
    place = len(beams) - 3
    if place < 0 or not beams[-1] or tokens[place].kind is not Kind.LOST or tokens[place + 1].kind is not Kind.END:
        return []
    return [place] if lacks_end(beams[-2][0].glyph, line) and any(one.pending > 0 for one in beams[place]) else []


def _worst(search: Search, context: str, read: list[Token], pieces: list[str]) -> float:
    """Log probability of the least probable character from the first damaged token on, but for the last one, which is sound."""
    sound = 0
    while read[sound].kind not in (Kind.CUT, Kind.LOST):
        sound += 1
    return search.worst((context + "".join(pieces[:sound]))[-2:], "".join(pieces[sound:-1]))


def _by_words(found: list[tuple[float, list[str]]], context: str) -> tuple[list[str], list[str], float]:
    """The most probable of texts when words count too, the next, and how much more probable (log) it is."""
    found.sort(key=itemgetter(0), reverse=True)
    best = found[0][0]
    near = [(score, pieces) for score, pieces in found if best - score <= DOUBTFUL]
    if len(near) > 1:
        found = [(score + SHARE_OF_WORDS * word_score(context + "".join(pieces)), pieces) for score, pieces in near]
        found.sort(key=itemgetter(0), reverse=True)
    (best, pieces), (next_best, rival) = found[:2]
    return pieces, rival, best - next_best
