"""A part of a revised text as a text of its own, with the changes that lie in it and the source that it came from."""

from pipeline.ingest.articles import Article
from pipeline.ingest.edits import Edit, Fix, Revision


def sliced(revision: Revision, article: Article, source_start: int) -> tuple[Revision, int]:
    r"""The part of a revision that an article takes up, and where that ends in the source.

    Parameters
    ----------
    revision : Revision
        A file's text.
    article : Article
        A stretch of the revised text.
    source_start : int
        Where the part begins in the source.

    Returns
    -------
    part : Revision
        The source of the article with all changes that lie in it.
    source_end : int
        Where it ends in the source of the whole.

    Examples
    --------
    >>> revision = Revision("篇一\r\n篇二")
    >>> revision.apply([Fix(2, 3, "", "fix_line_ends")])
    >>> part, end = sliced(revision, Article(0, 3, ()), 0)
    >>> part.text, part.source, end
    ('篇一\n', '篇一\r\n', 4)
    """
    fixes, shift = [], 0
    for edit in revision.edits():
        start, end = edit.start + shift, edit.start + shift + len(edit.before)
        shift += len(edit.before) - len(edit.after)
        if start >= source_start and _is_left(edit, article, revision):
            after = edit.after[: article.end - edit.start]
            fixes.append(Fix(start - source_start, end - source_start, after, edit.rule, edit.confidence))
        elif edit.start < article.start < edit.end:
            after = edit.after[article.start - edit.start :]
            fixes.append(Fix(0, 0, after, edit.rule, edit.confidence))
    source_end = len(revision.source) if article.end == len(revision.text) else _source_place(revision, article.end)
    part = Revision(revision.source[source_start:source_end])
    part.apply(fixes)
    return part, source_end


def _is_left(edit: Edit, article: Article, revision: Revision) -> bool:
    """Whether an edit begins before an article's end, or stands at it and takes text away."""
    return edit.start < article.end or edit.end == article.end or article.end == len(revision.text)


def _source_place(revision: Revision, place: int) -> int:
    """The place in the source of a place in the text, behind everything that was changed before it."""
    shift = 0
    for edit in revision.edits():
        if edit.start >= place and edit.end > place:
            break
        if edit.start > place:
            break
        shift += len(edit.before) - len(edit.after)
        place = max(place, edit.end)
    return place + shift
