"""The forms of files that hold several reports: tables, blogs, pages copied together, chats, issues, files and notes put together."""

from collections.abc import Callable

from pipeline.ingest.articles import Article
from pipeline.ingest.volumes.centred import centred
from pipeline.ingest.volumes.chats import chats
from pipeline.ingest.volumes.copied import pages
from pipeline.ingest.volumes.entries import entries
from pipeline.ingest.volumes.fitted_starts import begun
from pipeline.ingest.volumes.issues import issues
from pipeline.ingest.volumes.joined import joined
from pipeline.ingest.volumes.papers import papers
from pipeline.ingest.volumes.prizes import prized
from pipeline.ingest.volumes.records import records
from pipeline.ingest.volumes.signed_off import signed_off

READERS: tuple[Callable[[str], list[Article]], ...] = (records, entries, pages, chats, issues, joined)
"""What tells the reports of a file apart by its form, the surest first."""

LATE: tuple[Callable[[str], list[Article]], ...] = (papers, prized, centred, signed_off)
"""The same of a file that nothing else tells apart: by the heads of its reports."""


def read_volume(text: str) -> list[Article]:
    """The reports that a file's form tells apart; empty if it has no such form.

    Parameters
    ----------
    text : str
        A text as decoded.

    Returns
    -------
    list of Article
        They tile the text.
    """
    return next(filter(None, (read(text) for read in READERS)), [])


def read_apart(text: str) -> list[Article]:
    """The reports of a text as decoded that the heads of the reports alone tell apart: by rules, or by a fitted model if it finds
    more; empty if they do not.
    """
    return max(next(filter(None, (read(text) for read in LATE)), []), begun(text), key=len)
