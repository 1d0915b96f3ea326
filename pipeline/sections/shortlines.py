"""Short lines that stand as headings without a number do: between finished prose and a body; and labels among them."""

import re
from collections import Counter
from dataclasses import dataclass

from pipeline.sections.candidates import Lines
from pipeline.sections.cues import heading_cues, names
from pipeline.sections.markers import is_initial, marker_at
from pipeline.sections.series import BODY_END, OPENS_NONE, is_body

MAX_BARE, MAX_LABEL, MAX_OPENER, MAX_NAME = 30, 8, 8, 12
"""Glyphs of a heading that bears no number; of a label that names no role; ahead of a colon in a heading; of a line that
names somebody."""
MIN_LABELS, MIN_PLAIN_LABELS = 2, 2
"""Times that a label stands alone on a line, to be a block label that repeats under each item; labels that repeat so,
where they name no role."""
MIN_CLAIM, MIN_PROSE = 4, 30
"""Glyphs of a claim behind a name; of a paragraph."""

_FORBIDDEN = re.compile(
    r"[。；;×ⅹＸ*_<>《|=→／@]|[，,、！!“《（(]$|^[—\-－\"（(＊·●”》）]|^“[^”]*”?$|\d{4}年\d"
    r"|^(?:第[一二三四五六七八九十]+[，,、]|[一二三四五六七八九十][是要]|(?:其[一二三次]|首先|再次|最后)[，,是])"
)
_NOTE = re.compile(r"^[图表注][\d一二三四五六七八九十：:\s]")
_BRACKETS = re.compile(r"[【】\[\]〔〕\s]")
_OPENER = re.compile(rf"([^\n：:]{{1,{MAX_OPENER}}})[：:]")


@dataclass(frozen=True, slots=True)
class ShortLine:
    """A line that might be a heading: its number, offsets and words without brackets and colon."""

    at: int
    start: int
    end: int
    words: str
    has_colon: bool


@dataclass(frozen=True, slots=True)
class Page:
    """A text with what is known of its lines: where headings of other kinds start, where prose starts, its labels."""

    text: str
    lines: Lines
    others: frozenset[int]
    first: int
    labels: frozenset[str] = frozenset()

    def glyphs(self, at: int) -> str:
        """The glyphs of a line."""
        return self.text[self.lines.starts[at] : self.lines.ends[at]]

    def is_prose(self, at: int) -> bool:
        """Whether a line is a paragraph of prose."""
        line = self.glyphs(at)
        return len(line) > MIN_PROSE and line[-1] in BODY_END and self.lines.starts[at] not in self.others


def short_lines(page: Page) -> list[ShortLine]:
    """Lines that have the form of a heading without a number."""
    text, starts, ends = page.text, page.lines.starts, page.lines.ends
    openers = Counter(
        opener[1] for start, end in zip(starts, ends, strict=True) if (opener := _OPENER.match(text, start, end))
    )
    found: list[ShortLine] = []
    for at in range(1, len(starts)):
        start, end = starts[at], ends[at]
        if end - start > MAX_BARE + 3 or start in page.others:
            continue
        words = _BRACKETS.sub("", text[start:end])
        line = ShortLine(at, start, end, words.rstrip("：:"), words[-1:] in ("：", ":"))
        if _may_be_bare(text, line, openers):
            found.append(line)
    return found


def _may_be_bare(text: str, line: ShortLine, openers: Counter[str]) -> bool:
    """Whether a line has the form of a heading without a number."""
    plain = line.words
    if not 1 <= len(plain) <= MAX_BARE or _FORBIDDEN.search(plain) or _NOTE.search(plain):
        return False
    if plain in names("not_heading") or (is_initial(text[line.start]) and marker_at(text, line.start)):
        return False
    if (len(plain) <= MAX_NAME and plain.endswith(names("speaker"))) or any(
        term in plain for term in names("not_in_heading")
    ):
        return False
    if "：" in plain.replace(":", "：") and not (_is_named_claim(plain) or _is_named_once(plain, openers)):
        return False
    glyphs = [glyph for glyph in plain if glyph.isalnum()]
    if plain[0].isdigit():
        return False
    return sum("\u4e00" <= glyph <= "\u9fff" for glyph in glyphs) >= 0.8 * len(glyphs) > 0


def _is_named_claim(plain: str) -> bool:
    """Whether a line says what it is about and claims something of it (短板：书记有劲使不上)."""
    name, _, claim = plain.replace(":", "：").partition("：")
    return len(claim) >= MIN_CLAIM and "：" not in claim and is_topical(name)


def _is_named_once(plain: str, openers: Counter[str]) -> bool:
    """Whether what stands ahead of a colon stands so nowhere else, as speakers and records do (东岸：热在楼道里)."""
    name, _, claim = plain.replace(":", "：").partition("：")
    is_record = len(name) > MAX_OPENER or openers[name] > 1 or name in names("not_heading")
    return not is_record and "：" not in claim


def standing_lines(page: Page, short: list[ShortLine]) -> tuple[list[ShortLine], frozenset[str]]:
    """The lines that stand between finished prose and a body, as headings do, and the words of the labels."""
    lines = page.lines
    kept: list[ShortLine] = []
    standing: set[int] = set()
    for line in reversed(short):
        after = line.at + 1
        if after >= len(lines.starts):
            continue
        is_whole = line.words[-1] not in "和与及"
        is_above = is_whole and after in standing and page.glyphs(line.at - 1)[-1] in BODY_END
        is_above = is_above or lines.starts[after] in page.others
        if (is_above or is_body(page.text, lines, after)) and _stands(page, line):
            kept.append(line)
            if is_body(page.text, lines, after):
                standing.add(line.at)
    kept.reverse()
    return kept, _labels(page, kept)


def _stands(page: Page, line: ShortLine) -> bool:
    """Whether the lines around a line let it be a heading."""
    text, lines = page.text, page.lines
    if line.has_colon and line.words not in page.labels:
        cues = heading_cues(line.words)
        if cues is None or cues.coverage < 0.99 or cues.weight < 2:
            return False
    before = text[lines.ends[line.at - 1] - 1]
    if text[lines.starts[line.at + 1]] in OPENS_NONE or before in "“《（(":
        return False
    if len(line.words) == 1 and not (before in BODY_END and page.glyphs(line.at + 1)[-1] in BODY_END):
        return False
    previous = page.glyphs(line.at - 1)
    return before in BODY_END or line.at == 1 or marker_at(previous, 0) is not None or len(previous) <= 40


def _labels(page: Page, kept: list[ShortLine]) -> frozenset[str]:
    """Words that stand alone on several lines: labels of blocks, if they name a role or several do so."""
    counts = Counter(line.words for line in kept)
    title = page.glyphs(0) if page.lines.starts else ""
    often = {words for words, count in counts.items() if count >= MIN_LABELS}
    plain = {words for words in often if len(words) <= MAX_LABEL and words not in title}
    topical = {words for words in often if is_topical(words)}
    return frozenset(topical | plain if len(plain | topical) >= MIN_PLAIN_LABELS else topical) | page.labels


def repeated_labels(text: str, lines: Lines, others: frozenset[int]) -> frozenset[str]:
    r"""Words with a colon that stand alone on several lines, where some stand right below headings as no speaker does.

    Examples
    --------
    >>> from pipeline.sections.candidates import lines_of
    >>> text = "病历\n第一例　会少\n症象：\n半年两次。\n第二例　人散\n症象：\n谁也找不到谁。"
    >>> lines = lines_of(text)
    >>> sorted(repeated_labels(text, lines, frozenset([lines.starts[1], lines.starts[4]])))
    ['症象']
    """
    places: dict[str, list[int]] = {}
    for at in range(1, len(lines.starts)):
        if lines.ends[at] - lines.starts[at] <= MAX_LABEL + 1 and text[lines.ends[at] - 1] in "：:":
            words = text[lines.starts[at] : lines.ends[at] - 1].strip()
            if words and words not in names("not_heading") and not words.endswith(names("speaker")):
                places.setdefault(words, []).append(at)
    often = {words: found for words, found in places.items() if len(found) >= MIN_LABELS}
    n_below = max((sum(lines.starts[at - 1] in others for at in found) for found in often.values()), default=0)
    return frozenset(often) if n_below >= MIN_LABELS else frozenset()


def is_topical(words: str) -> bool:
    """Whether words do nothing but name a role."""
    cues = heading_cues(words)
    return cues is not None and cues.coverage >= 0.99
