"""From decoded files to documents: what was damaged is repaired, what is not the report is dropped, all by edits."""

import hashlib
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.ingest.articles import Article, articles, volume
from pipeline.ingest.cleaned import RE_LETTER, Cleaned, cleaned, tiled
from pipeline.ingest.edits import Edit, Revision
from pipeline.ingest.lines.forms import n_ink
from pipeline.ingest.metadata import describe, overridden, own_columns, user_values
from pipeline.ingest.notices import damaged, nothing_left
from pipeline.ingest.pages.wrapping import Dropped
from pipeline.ingest.particulars.dates import RE_DATE
from pipeline.ingest.passes import revise
from pipeline.ingest.slices import sliced
from pipeline.ingest.volumes.contents import has_contents
from pipeline.ingest.volumes.covers import cover_lines, dated_lines, tells_year
from pipeline.ingest.volumes.readers import read_apart, read_volume
from pipeline.ingest.volumes.records import records
from pipeline.ingest.volumes.stretches import MIN_REPORT
from pipeline.settings import CleanOptions

Row = dict[str, Any]


def clean_text(text: str, *, options: CleanOptions) -> list[Cleaned]:
    r"""The reports of a decoded text, cleaned.

    Parameters
    ----------
    text : str
        A file's text as decoded.
    options : CleanOptions

    Returns
    -------
    list of Cleaned
        In order; their source slices tile `text`. Empty if nothing is left of it.

    Examples
    --------
    >>> from pipeline.ingest.edits import restore
    >>> it, = clean_text("柳溪县党建调研报告\r\n\r\n来源：网络\n　　全县有党\n支部九个。\n", options=CleanOptions())
    >>> it.text
    '柳溪县党建调研报告\n全县有党支部九个。'
    >>> restore(it.text, it.edits) == "柳溪县党建调研报告\r\n\r\n来源：网络\n　　全县有党\n支部九个。\n"
    True
    """
    revision = Revision(text)
    found, heads = _volume(revision, options)
    if found:
        return tiled(_split(revision, found, 0, heads, options), text)
    dropped = (*heads, *revise(revision, options))
    parts = list(_parts(revision, 0, dropped, options))
    if options.split_articles and len(found := read_apart(text)) > len(parts):
        apart = _apart(text, found, options)
        parts = apart if all(n_ink(part.text) >= MIN_REPORT for part in apart) else parts
    return tiled(parts, text)


def _volume(revision: Revision, options: CleanOptions) -> tuple[list[Article], tuple[Dropped, ...]]:
    """The reports that a file's form tells apart, or a list of contents (characters in order), and the volume's running heads."""
    if not options.split_articles:
        return [], ()
    if found := read_volume(revision.text):
        return found, ()
    if not has_contents(revision.text):
        return [], ()
    heads = revise(revision, options, are_lines_left=True)
    return volume(revision.text), tuple(heads)


def _apart(text: str, found: list[Article], options: CleanOptions) -> list[Cleaned]:
    """The reports of a text that the heads of the reports tell apart, without the running heads of all of them, if they are told
    apart without these too.
    """
    revision = Revision(text)
    heads = tuple(revise(revision, options, are_lines_left=True))
    if len(again := read_apart(revision.text)) == len(found):
        return _split(revision, again, 0, heads, options)
    return _split(Revision(text), found, 0, (), options)


def _parts(revision: Revision, offset: int, dropped: tuple[Dropped, ...], options: CleanOptions) -> Iterator[Cleaned]:
    """The reports of a revised text, each revised again by itself until it is one report and nothing changes."""
    found = (records(revision.text) or articles(revision.text)) if options.split_articles else []
    if found:
        yield from _split(revision, found, offset, dropped, options)
    else:
        yield cleaned(revision, offset, dropped)


def _split(
    revision: Revision, found: list[Article], offset: int, dropped: tuple[Dropped, ...], options: CleanOptions
) -> list[Cleaned]:
    """The reports of a text that holds several, each revised by itself.

    The day of the page that shows them all tells of none, unless no report names a year of its own.
    """
    parts = list(_revised(revision, found, offset, dropped, options))
    days = tuple(line for line in dropped if RE_DATE.search(line.line))
    if not days or any(tells_year(part.text, part.dropped) for part in parts):
        return parts
    return [replace(part, dropped=part.dropped + days) for part in parts]


def _revised(
    revision: Revision, found: list[Article], offset: int, dropped: tuple[Dropped, ...], options: CleanOptions
) -> Iterator[Cleaned]:
    """The reports of a text that holds several, without the days of the page that shows them all."""
    source_start = 0
    cover = dated_lines(revision.text, (fix for fix in found[0].fixes if fix.rule == "drop_announcement"))
    cover += cover_lines(dropped)
    undated = tuple(line for line in dropped if not RE_DATE.search(line.line))
    for i, article in enumerate(found):
        part, source_end = sliced(revision, article, source_start)
        own = undated if i == 0 else tuple(line for line in undated if line.is_metadata)
        own += tuple(dict.fromkeys((*cover, *dated_lines(part.text, article.fixes))))
        part.apply(article.fixes)
        own += tuple(revise(part, options, is_page=True))
        yield from _parts(part, offset + source_start, own, options)
        source_start = source_end


def documents(
    decoded: pd.DataFrame, user: pd.DataFrame, *, options: CleanOptions
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The `documents` table, the researcher's own columns about them, and what is to be reported.

    Parameters
    ----------
    decoded : DataFrame
        The table of that name; a file without text is passed over.
    user : DataFrame
        The researcher's ``metadata.csv`` (`pipeline.ingest.metadata.load_user_metadata`).
    options : CleanOptions

    Returns
    -------
    documents, metadata, notices : DataFrame
    """
    values = user_values(user)
    rows: list[Row] = []
    own: list[Row] = []
    notices: list[Row] = []
    for source_id, text in zip(decoded["source_id"].tolist(), decoded["text"].tolist(), strict=True):
        if not isinstance(text, str):
            continue
        parts = clean_text(text, options=options)
        if not parts:
            notices.append(nothing_left(source_id, is_empty=not RE_LETTER.search(text)))
        for number, part in enumerate(parts, 1):
            doc_id = f"{source_id}#{number}"
            given = values.get(source_id, {}) | values.get(doc_id, {})
            description = describe(part.text, dropped=tuple(line.line for line in part.dropped), source_id=source_id)
            rows.append(_row(part, text, source_id, doc_id) | overridden(description, given).row())
            own += own_columns(doc_id, given)
            notices += damaged(part.damage, source_id, doc_id)
    return tables.frame("documents", rows), tables.frame("metadata", own), tables.frame("notices", notices)


def _row(part: Cleaned, text: str, source_id: str, doc_id: str) -> Row:
    """The columns of `documents` that cleaning fills."""
    source = text[part.source_start : part.source_end]
    n_dropped = sum(n_ink(edit.before) for edit in part.edits if edit.rule.startswith("drop_wrapping"))
    return {
        "doc_id": doc_id,
        "source_id": source_id,
        "script": part.script,
        "text": part.text,
        "text_sha256": hashlib.sha256(part.text.encode()).hexdigest(),
        "n_chars": len(part.text),
        "source_start": part.source_start,
        "source_end": part.source_end,
        "edits": [_edit_row(edit) for edit in part.edits],
        "damage": part.damage,
        "parse_coverage": 1.0 - n_dropped / max(n_ink(source), 1),
    }


def _edit_row(edit: Edit) -> Row:
    """An edit as an item of ``documents.edits``."""
    places = {"start": edit.start, "end": edit.end, "before": edit.before, "after": edit.after}
    return places | {"rule": edit.rule, "confidence": edit.confidence, "alternatives": list(edit.alternatives)}
