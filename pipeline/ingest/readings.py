"""Which text a damaged run stands for: a cheap search first, a wide one where that reads badly, words where it is close."""

from collections.abc import Iterator
from functools import lru_cache

from pipeline.ingest import gbk
from pipeline.ingest.charmodel import CharModel, DocumentModel, learned_model, shipped_model
from pipeline.ingest.drops import Drops
from pipeline.ingest.gbk import Kind, Token
from pipeline.ingest.hypotheses import Found
from pipeline.ingest.mirrors import Mirror, Table
from pipeline.ingest.runs import NARROW, POOR, WIDE, read_run
from pipeline.ingest.search import Search
from pipeline.ingest.words import word_score
from pipeline.settings import LearnedFile

FLUENT = -11.5
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
    drops = (drops_of(model.model), Drops(model.grams()))
    return tuple(Search(model, Table(mirror), drops, width) for width in (NARROW, WIDE))


@lru_cache(maxsize=2)
def drops_of(model: CharModel) -> Drops:
    """What may have been dropped by a model's n-grams."""
    return Drops(model.grams)


def best_reading(searches: tuple[Search, ...], line: str, first: int, context: str, read: list[Token]) -> Found | None:
    """What a run stands for, by the cheapest search that finds it probable; `read` becomes its tokens."""
    best = None
    for search in searches:
        tokens: list[Token] = []
        found = read_run(search, _recorded(_tokens(line, first), tokens), context)
        if found and (best is None or found.score > best.score):
            best, read[:] = found, tokens
        if best and search.worst(context, "".join(best.pieces)) > POOR:
            break
    if best is None:
        return None
    best = _by_words(best, context)
    is_fluent = searches[0].worst(context, "".join(best.pieces)) > FLUENT
    return best if is_fluent else best._replace(margin=min(best.margin, DOUBT))


def _by_words(found: Found, context: str) -> Found:
    """What was found or its rival, whichever is more probable when words count too."""
    if not found.rival or found.margin > DOUBTFUL:
        return found
    scores = [word_score(context + "".join(pieces)) for pieces in (found.pieces, found.rival)]
    margin = found.margin + SHARE_OF_WORDS * (scores[0] - scores[1])
    if margin >= 0:
        return found._replace(margin=margin)
    return Found(found.rival, found.pieces, -margin, found.score - found.margin)


def _tokens(line: str, start: int) -> Iterator[Token]:
    """The tokens of a line from `start` on, with its end."""
    yield from gbk.tokens(line, start, len(line))
    yield Token(Kind.END, "\n", len(line), len(line))


def _recorded(tokens: Iterator[Token], read: list[Token]) -> Iterator[Token]:
    """Tokens, each noted as it is read."""
    for token in tokens:
        read.append(token)
        yield token
