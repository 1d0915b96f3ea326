"""The passes of cleaning, in the order in which they are applied, and their repetition until a text comes to rest."""

import re
from collections.abc import Callable, Iterable
from functools import partial

from pipeline.ingest.boilerplate import drop_lines
from pipeline.ingest.edits import Fix, Revision
from pipeline.ingest.glosses import fix_glosses
from pipeline.ingest.glyphs.characters import (
    drop_unseen,
    fix_blanks,
    fix_end,
    fix_entities,
    fix_line_ends,
    fix_radicals,
    fix_spaces,
    to_nfc,
)
from pipeline.ingest.glyphs.jammers import drop_jammers
from pipeline.ingest.glyphs.markdown import drop_markup
from pipeline.ingest.glyphs.mojibake import fix_mojibake
from pipeline.ingest.glyphs.ornaments import drop_ornaments
from pipeline.ingest.glyphs.script import to_simplified
from pipeline.ingest.glyphs.specks import drop_specks
from pipeline.ingest.glyphs.tracked import accept_changes
from pipeline.ingest.lines.clauses import join_clauses
from pipeline.ingest.lines.columns import fix_columns
from pipeline.ingest.lines.cut_sentences import join_cut_sentences
from pipeline.ingest.lines.doubled import drop_doubled
from pipeline.ingest.lines.furniture import drop_furniture
from pipeline.ingest.lines.highlighted import join_highlighted
from pipeline.ingest.lines.line_numbers import drop_line_numbers
from pipeline.ingest.lines.page_marks import drop_page_marks
from pipeline.ingest.lines.paragraphs import fix_paragraphs
from pipeline.ingest.lines.quoted import drop_quote_marks
from pipeline.ingest.lines.spacing import join_spaced
from pipeline.ingest.lines.title_lines import join_title, show_subtitle
from pipeline.ingest.mirror.cut_glosses import join_cut_glosses
from pipeline.ingest.pages.continued import drop_between
from pipeline.ingest.pages.introductions import drop_sentences, drop_shown
from pipeline.ingest.pages.repeated import drop_repeated
from pipeline.ingest.pages.wrapping import Dropped, dropped_lines
from pipeline.ingest.unwrap import join_broken, join_wrapped
from pipeline.settings import CleanOptions
from pipeline.store.learned import learned_arrays, learned_as

Pass = Callable[[str], list[Fix]]

CHARACTERS: tuple[Pass, ...] = (
    fix_mojibake,
    fix_line_ends,
    fix_end,
    drop_unseen,
    fix_entities,
    drop_markup,
    accept_changes,
    drop_specks,
    fix_spaces,
    fix_radicals,
    to_nfc,
    join_cut_glosses,
    fix_glosses,
)
SCRIPT: tuple[Pass, ...] = (to_simplified,)
LAYOUT: tuple[Pass, ...] = (
    drop_line_numbers,
    fix_columns,
    drop_jammers,
    fix_paragraphs,
    drop_quote_marks,
    drop_doubled,
    drop_between,
    drop_page_marks,
    drop_furniture,
    drop_shown,
    show_subtitle,
    drop_lines,
    drop_ornaments,
    join_highlighted,
    join_cut_sentences,
    join_wrapped,
    drop_sentences,
    join_title,
    join_clauses,
    join_broken,
    join_spaced,
    fix_blanks,
)
"""What is done to a text, in this order and again until nothing changes."""
drop_page_lines: Pass = partial(drop_lines, is_page=True)
"""What drops the lines of a text that is known to be a page's."""
RE_MARKUP = re.compile(r"<[/A-Za-z!]|&[#A-Za-z]|\]\(")
"""Markup inside markup (&lt;p&gt;): lines are left alone until it is gone."""
MAX_ROUNDS = 60
"""Rounds after which a text counts as one that never comes to rest; real files need at most 5."""


def revise(
    revision: Revision, options: CleanOptions, *, are_lines_left: bool = False, is_page: bool = False
) -> list[Dropped]:
    r"""Apply all passes again and again until nothing changes.

    Parameters
    ----------
    revision : Revision
        The text; changed in place.
    options : CleanOptions
    are_lines_left : bool
        Whether only characters are put in order, and of the lines only page numbers and running heads dropped.
    is_page : bool
        Whether the text is known to be a page's, or a part of a file with several reports.

    Returns
    -------
    list of Dropped
        The lines of wrapping that were dropped.

    Raises
    ------
    RuntimeError
        If the text does not come to rest in `MAX_ROUNDS` rounds.

    Examples
    --------
    >>> revision = Revision("全县有党\n支部九个。")
    >>> revise(revision, CleanOptions()), revision.text
    ([], '全县有党支部九个。')
    """
    characters, lines = _passes(options, drop_page_lines if is_page else drop_lines)
    lines = (drop_furniture,) if are_lines_left else lines
    dropped: list[Dropped] = []
    idle: dict[Pass, str] = {}
    for _ in range(MAX_ROUNDS):
        before = revision.text
        dropped += _pass(revision, characters, idle)
        is_nested = revision.text != before and RE_MARKUP.search(revision.text)
        dropped += _pass(revision, () if is_nested else lines, idle)
        if revision.text == before:
            return dropped
    raise RuntimeError(f"cleaning does not come to rest in {MAX_ROUNDS} rounds")


def _pass(revision: Revision, passes: Iterable[Pass], idle: dict[Pass, str]) -> list[Dropped]:
    """The lines of wrapping that were dropped in one pass; a step is not taken on a text that it left as it was before.

    `idle` tells that text for each step, and is changed.
    """
    dropped: list[Dropped] = []
    for step in passes:
        if idle.get(step) == revision.text:
            continue
        if fixes := step(revision.text):
            dropped += dropped_lines(revision.text, fixes)
            revision.apply(fixes)
        else:
            idle[step] = revision.text
    return dropped


def _passes(options: CleanOptions, dropping: Pass) -> tuple[tuple[Pass, ...], tuple[Pass, ...]]:
    """The passes for characters and those for lines in order, with what was learned from the corpus and what drops a page's lines."""
    glyphs, wrapping = (learned_as(name, options.learned) for name in ("characters", "wrapping"))
    characters = (*CHARACTERS, *(SCRIPT if options.to_simplified else ()))
    lines = tuple(dropping if step is drop_lines else step for step in LAYOUT)
    if glyphs:
        own = partial(fix_glosses, learned=glyphs)
        characters = tuple(own if step is fix_glosses else step for step in characters)
    if wrapping:
        recurring = frozenset(learned_arrays(wrapping)["lines"].tolist())
        lines = (*lines, partial(drop_repeated, lines=recurring))
    return characters, lines
