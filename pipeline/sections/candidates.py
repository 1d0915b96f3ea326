"""Places of a text where a numbered heading may start, each with the evidence of its surroundings."""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cache

from pipeline.sections.cues import names
from pipeline.sections.extents import MAX_HEADING, heading_extent
from pipeline.sections.markers import HAN, RE_ANYWHERE, Marker, han_value, initials, is_initial, marker_at
from pipeline.settings import OutlineOptions

SHAPE_SCORES = {"line": 1.5, "run_in": 1.0, "sentence": 0.5, "colon": 0.3, "blank": 0.3, "list": -4.0, "long": -3.5}
"""What speaks for a heading in how it ends; all scores here are log odds set by hand on the sample reports."""
LENGTH_SCORES = ((2, -0.5), (30, 0.5), (45, 0.0), (60, -1.2))
"""(longest, score) of the glyphs of a heading without its marker."""
TOO_LONG, SPLIT_WORD, OPEN_LINE, OPEN_QUOTE = -4.0, -5.0, -3.0, -3.0
IN_PARAGRAPH, IN_REFERENCES, IN_CONTENTS, QUANTITY, NO_BODY, CUT_SHORT = -1.2, -6.0, -6.0, -5.0, -1.5, -1.5
IN_SERIES, LOW_RANK = -2.5, 7
"""A number of such a rank or lower, （1） or ①, inside a paragraph: mostly an item of its series (two hundred reports)."""

_CONTENTS_TAIL = re.compile(r"(?:[.．…·]{2,}|\s)\s*\d{1,3}$")
_REFERENCE = re.compile(r"《[^》]*》.{0,40}(?:\d页|出版社|年版|\d期|第\d+卷)|[［\[][JMCDNRSEB][］\]/]")
_CLOSED = frozenset("。！？!?；;：:…”’\"'）)》】〉.")
# Before a heading inside a paragraph; a damaged closing quotation mark reads 《 at times.
_BOUNDARY = r"[。！？!?…”’《\"）)》 \u3000][ \t\u3000]*"
_REFERENCES = re.compile(r"^[ \t\u3000【\[]*(?:主要)?参考文献", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Candidate:
    """A place where a heading may start.

    Attributes
    ----------
    start, heading_end, body_start : int
        Half-open code-point offsets: the heading, and where the text under it starts.
    family : str
        Of a numbering; ``named``, ``annex``, ``label`` or ``bare`` if there is none.
    path : tuple of int
        What the numbering counts; empty if there is none.
    rank : int
        Usual depth order; smaller is higher.
    score : float
        Log odds that this is a heading, from its form and surroundings.
    shape : str
        How it ends: ``line`` ``run_in`` ``sentence`` ``colon`` ``blank`` ``list`` ``long``.
    marker : str or None
        The numbering as it stands there.
    """

    start: int
    heading_end: int
    body_start: int
    family: str
    path: tuple[int, ...]
    rank: int
    score: float
    shape: str
    marker: str | None


@dataclass(frozen=True, slots=True)
class Lines:
    """The lines of a text.

    Attributes
    ----------
    starts, ends : list of int
        Offsets of the first glyph that is not blank, and of the line's end; empty lines are left out.
    """

    starts: list[int]
    ends: list[int]

    def around(self, offset: int) -> int:
        """The number of the line that holds an offset."""
        return bisect_right(self.starts, offset) - 1


def lines_of(text: str) -> Lines:
    """The lines of a text that are not empty."""
    starts, ends, at = [], [], 0
    for line in text.split("\n"):
        bare = line.strip()
        if bare:
            start = at + line.index(bare[0])
            starts.append(start)
            ends.append(start + len(bare))
        at += len(line) + 1
    return Lines(starts, ends)


def numbered_candidates(text: str, lines: Lines, *, options: OutlineOptions) -> tuple[list[Candidate], bool]:
    """Numbered candidates of a text in order, and whether there were too many to look inside paragraphs.

    A text of less than 1,000 glyphs counts as one of 1,000 in the bound on candidates per 1,000 glyphs.
    """
    found = sum(1 for _ in RE_ANYWHERE.finditer(text))
    bound = min(options.max_candidates, options.max_candidates_per_1000 * max(1.0, len(text) / 1000))
    markers = [(marker, "") for start in lines.starts if is_initial(text[start]) and (marker := marker_at(text, start))]
    if found <= bound:
        markers = sorted(markers + _inside(text, lines), key=lambda pair: pair[0].start)
    references = _REFERENCES.search(text) if "参考文献" in text else None
    end_matter = references.start() if references else len(text)
    candidates = []
    for at, (marker, before) in enumerate(markers):
        following = markers[at + 1][0] if at + 1 < len(markers) else None
        if candidate := _candidate(text, lines, marker, following):
            penalty = (
                IN_REFERENCES if marker.start > end_matter and marker.family.startswith(("digits", "circled")) else 0
            )
            penalty += IN_SERIES if before and marker.rank >= LOW_RANK else 0
            candidates.append(_rescored(candidate, penalty + _inside_score(before)))
    return candidates, found > bound


def _inside(text: str, lines: Lines) -> list[tuple[Marker, str]]:
    """Markers inside paragraphs, behind a full stop or a blank, with the glyph before each."""
    starts = set(lines.starts)
    found = []
    for boundary in _inner().finditer(text):
        at = boundary.end()
        if at not in starts and (marker := marker_at(text, at)):
            found.append((marker, boundary[0][0]))
    return found


@cache
def _inner() -> re.Pattern[str]:
    """What stands before a marker inside a paragraph."""
    return re.compile(f"{_BOUNDARY}(?=[{re.escape(''.join(sorted(initials())))}])")


def _inside_score(before: str) -> float:
    """What the glyph before a marker inside a paragraph says; nothing at a line start."""
    if not before:
        return 0.0
    return IN_PARAGRAPH if before in "。！？!?" else IN_PARAGRAPH - 0.5


def _rescored(candidate: Candidate, change: float) -> Candidate:
    """The candidate with another score."""
    if not change:
        return candidate
    c = candidate
    fields = (c.start, c.heading_end, c.body_start, c.family, c.path, c.rank, c.score + change, c.shape, c.marker)
    return Candidate(*fields)


def _candidate(text: str, lines: Lines, marker: Marker, following: Marker | None) -> Candidate | None:
    """The candidate at a marker; None if no heading follows it on its line."""
    at = lines.around(marker.start)
    line_end = lines.ends[at]
    heading_end, body_start, shape = heading_extent(text, marker.end, line_end)
    length = heading_end - marker.end
    if length <= 0 and marker.family.endswith("_number") and at + 1 < len(lines.starts):
        heading_end, body_start, shape = line_end, lines.starts[at + 1], "line"  # 对策之四, and no more
    elif length <= 0 or not any("\u4e00" <= glyph <= "\u9fff" for glyph in text[marker.end : heading_end]):
        return None
    score = marker.score + SHAPE_SCORES[shape] + _length_score(length) + _quantity_score(text, marker)
    score += _heading_score(text[marker.end : heading_end])
    score += IN_REFERENCES if _REFERENCE.search(text, marker.end, min(line_end, marker.end + MAX_HEADING)) else 0.0
    if marker.start == lines.starts[at] and at:
        score += _before_score(text, lines, at)
    bare_end = body_start >= line_end
    if bare_end and following is not None and following.start == _next_start(lines, at):
        score += NO_BODY if following.family == marker.family and shape in ("sentence", "line") else 0.0
    elif bare_end and at + 1 == len(lines.starts):
        score += NO_BODY
    elif bare_end and shape == "sentence":
        score += 1.0
    return Candidate(
        marker.start, heading_end, body_start, marker.family, marker.path, marker.rank, score, shape, marker.text
    )


def _next_start(lines: Lines, at: int) -> int:
    """Where the line after a line starts; -1 if it is the last."""
    return lines.starts[at + 1] if at + 1 < len(lines.starts) else -1


def _length_score(length: int) -> float:
    """What the length of a heading says."""
    return next((score for longest, score in LENGTH_SCORES if length <= longest), TOO_LONG)


def _quantity_score(text: str, marker: Marker) -> float:
    """A numeral behind the mark makes a range of it: 一、二年级, 3、4月."""
    following = text[marker.end : marker.end + 2]
    is_range = following[:1] in HAN and following[1:] in "、，类级线次产年月者审届期季" and len(following) == 2
    is_range = is_range and han_value(following[0]) > marker.path[-1]
    is_list = following[:1].isdigit() and marker.family == "digits" and "、" in marker.text
    return QUANTITY if is_range or is_list else 0.0


def _heading_score(heading: str) -> float:
    """What the words of a heading say against it."""
    score = CUT_SHORT if heading[-1:] and heading[-1] in "的和与及、为把将对在" else 0.0
    score -= 0.8 * max(0, heading.count("，") + heading.count(",") - 2)
    return score + (IN_CONTENTS if _CONTENTS_TAIL.search(heading) else 0.0)


def _before_score(text: str, lines: Lines, at: int) -> float:
    """What the line before says: prose that breaks off there, or a word that the numeral belongs to."""
    start, end = lines.starts[at - 1], lines.ends[at - 1]
    tail = text[max(start, end - 200) : end]
    score = 0.0
    if text[end - 1 : end] + text[lines.starts[at]] in names("numeral_word"):
        score += SPLIT_WORD
    if tail.count("“") > tail.count("”"):
        score += OPEN_QUOTE
    is_prose = end - start > 40 or "，" in tail or "。" in tail
    if tail[-1] not in _CLOSED and is_prose and at > 1 and marker_at(text, start) is None:
        score += OPEN_LINE
    return score
