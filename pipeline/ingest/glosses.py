"""Gloss mirrors undone: glosses that no author wrote are dropped, and characters that byte-level replacements broke restored.

A mirror of this kind writes naive traditional characters, each of a table of them followed by its pinyin: ``落實(shí)``. It
worked on the bytes of GBK, so that it also broke characters (`runs` finds them again). A text that explains how characters
are read has glosses too: few, on simplified characters, or not on every occurrence.
"""

import re
from collections.abc import Iterator
from math import exp
from os.path import commonprefix

from pipeline.ingest import gbk
from pipeline.ingest.edits import Fix, Revision, applied
from pipeline.ingest.gbk import Kind, Token
from pipeline.ingest.glyphs.rarities import Rarity, rarities_of
from pipeline.ingest.mirror.mirrors import RE_CUT, RE_DAMAGE, RE_GLOSS, RE_TONED, mirror_of
from pipeline.ingest.mirror.readings import Found, best_reading, search_of
from pipeline.ingest.mirror.search import Search
from pipeline.settings import LearnedFile

CERTAIN = 8.0
"""Log odds against the best rival from which a run is certain: in mirrors of 226 short reports and 21 of governments, by counts
without them, 99.3 % of 3,000 such runs were right where a third of the common characters have glosses, and 99.8 % where all have."""
LOOK_BACK = 48
"""Characters before a run that are read for its context: one character and two more, each with its gloss."""


def fix_glosses(text: str, *, learned: LearnedFile | None = None) -> list[Fix]:
    """The fixes that undo a gloss mirror; none on any other text.

    Parameters
    ----------
    text : str
        A text as decoded.
    learned : LearnedFile, optional
        Counts of the user's own documents, which the character model takes in.

    Returns
    -------
    list of Fix
        Sorted, not overlapping. ``drop_gloss`` drops the reading of the character before; ``fix_gbk_straddle`` restores one
        character that a gloss broke, ``fix_gbk_shift`` a run of them. What is not certain has its `confidence` (below 1)
        and the next best reading in `alternatives`. Proposing them again on the result gives none.

    Examples
    --------
    >>> revision = Revision("每季進(jìn)行自查,向?qū)W院匯報(bào)情況")
    >>> revision.apply(fix_glosses(revision.text))
    >>> revision.text
    '每季進行自查,向學院匯報情況'
    >>> fix_glosses("学(xué)、会(huì)是多音字吗？")
    []
    """
    fixes = _fixes(text, learned)
    if not fixes:
        return []
    if not (more := _fixes(applied(text, fixes), learned)):
        return fixes
    revision = Revision(text)
    revision.apply(fixes)
    while more:
        revision.apply(more)
        more = _fixes(revision.text, learned)
    return _changes(revision)


def damaged_spans(text: str) -> list[tuple[int, int]]:
    """Where a text shows bytes that were lost and not restored.

    Parameters
    ----------
    text : str
        A text after `fix_glosses`.

    Returns
    -------
    list of (int, int)
        Half-open spans, in order.

    Examples
    --------
    >>> damaged_spans("每季向?qǔ)院匯報情況")
    [(3, 7)]
    """
    if not rarities_of(text) & (Rarity.TONED | Rarity.NOT_GB2312):  # of which U+FFFD is one
        return []
    if RE_TONED.search(text) is None and "\ufffd" not in text:
        return []
    return [match.span() for match in re.finditer(f"{RE_CUT.pattern}|\ufffd+", text)]


def _fixes(text: str, learned: LearnedFile | None) -> list[Fix]:
    """One pass of fixes."""
    mirror = mirror_of(text)
    if mirror is None:
        return []
    search: Search | None = None
    fixes: list[Fix] = []
    for start, line in mirror.lines:
        taken: list[tuple[int, int]] = []
        if RE_DAMAGE.search(line):
            search = search or search_of(mirror, learned)
            taken, found = _restored(line, start, search)
            fixes += found
        fixes += _dropped(line, start, taken)
    return sorted(fixes, key=lambda fix: fix.start)


def _restored(line: str, offset: int, search: Search) -> tuple[list[tuple[int, int]], list[Fix]]:
    """The stretches of a line that were searched, and the fixes in them."""
    taken: list[tuple[int, int]] = []
    fixes: list[Fix] = []
    floor, tail, at = 0, "\n\n", 0
    while match := RE_DAMAGE.search(line, at):
        context, first = _before(line, floor, match.start(), tail)
        found = best_reading(search, line, first, context)
        at = match.end()
        if found is None:
            continue
        read = found.tokens
        core = _core(read, found.pieces)
        if core:
            fixes += _run_fixes(line, found, core)
            floor, tail = read[core[1]].end, ("\n\n" + context + "".join(found.pieces[: core[1] + 1]))[-2:]
            at = max(at, floor)
        fixes += _gloss_fixes(found, core)
        taken.append((first, read[-1].end))
    unique = {fix.start: fix._replace(start=fix.start + offset, end=fix.end + offset) for fix in fixes}
    return taken, list(unique.values())


def _before(line: str, floor: int, start: int, tail: str) -> tuple[str, int]:
    """Where to begin reading before a run, one character ahead, and the two characters before that."""
    begin = max(floor, start - LOOK_BACK)
    places = gbk.last_glyphs(line, begin, start)
    first = places[-1] if places else start
    known = (tail if begin == floor else "\n\n") + "".join([line[place] for place in places[-3:-1]])
    return known[-2:], first


def _core(read: list[Token], pieces: list[str]) -> tuple[int, int] | None:
    """The first and the last token that stand for something else than they show, plain glosses apart."""
    pairs = zip(read, pieces, strict=True)
    changed = [
        index for index, (token, text) in enumerate(pairs) if text != token.value and token.kind is not Kind.GLOSS
    ]
    return (changed[0], changed[-1]) if changed else None


def _run_fixes(line: str, found: Found, core: tuple[int, int]) -> Iterator[Fix]:
    """The fix of a run, without what stays the same at its ends."""
    start, end = found.tokens[core[0]].start, found.tokens[core[1]].end
    shown, after = line[start:end], "".join(found.pieces[core[0] : core[1] + 1])
    rival = "".join(found.rival[core[0] : core[1] + 1])
    n_same = len(commonprefix([shown, after, rival or after]))  # noqa: RUF071 — texts, not paths
    n_tail = len(commonprefix([text[n_same:][::-1] for text in (shown, after, rival or after)]))  # noqa: RUF071
    after, rival = after[n_same : len(after) - n_tail], rival[n_same : len(rival) - n_tail]
    certain = found.margin >= CERTAIN
    yield Fix(
        start + n_same,
        end - n_tail,
        after,
        "fix_gbk_straddle" if len(after) == 1 else "fix_gbk_shift",
        1.0 if certain else round(1 / (1 + exp(-found.margin)), 3),
        () if certain or not found.rival or rival == after else (rival,),
    )


def _gloss_fixes(found: Found, core: tuple[int, int] | None) -> Iterator[Fix]:
    """The plain glosses that a search met outside the run."""
    for index, (token, text) in enumerate(zip(found.tokens, found.pieces, strict=True)):
        is_outside = core is None or not core[0] <= index <= core[1]
        if is_outside and token.kind is Kind.GLOSS and not text:
            yield Fix(token.start, token.end, "", "drop_gloss")


def _dropped(line: str, offset: int, taken: list[tuple[int, int]]) -> Iterator[Fix]:
    """The plain glosses of a line outside the stretches that were searched."""
    stretches = iter([*taken, (len(line) + 1, len(line) + 1)])
    first, last = next(stretches)
    for match in RE_GLOSS.finditer(line):
        start, end = match.span()
        while last <= start:
            first, last = next(stretches)
        if start >= first:
            continue
        glyph = line[start - 1 : start]
        if gbk.is_reading(match[1], glyph if glyph >= "\x80" else _glyph_before(line, start)):
            yield tuple.__new__(Fix, (offset + start, offset + end, "", "drop_gloss", 1.0, ()))


def _glyph_before(line: str, end: int) -> str:
    """The character of the last two bytes before a place, of which the second is ASCII."""
    data = line[max(end - 2, 0) : end].encode("gbk", "ignore")[-2:]
    return gbk.glyph_of(*data) if len(data) == 2 and data[0] >= 0x81 else ""


def _changes(revision: Revision) -> list[Fix]:
    """All changes of a revision as fixes of its source."""
    fixes, shift = [], 0
    for edit in revision.edits():
        start = edit.start - shift
        evidence = (edit.rule, edit.confidence, edit.alternatives)
        fixes.append(Fix(start, start + len(edit.before), edit.after, *evidence))
        shift += len(edit.after) - len(edit.before)
    return fixes
