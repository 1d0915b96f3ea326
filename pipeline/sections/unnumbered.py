"""Headings without a number: block labels (整改措施：), short lines that go together, named ones and series."""

import re
from collections import Counter
from dataclasses import dataclass, replace

from pipeline.sections.candidates import Candidate, Lines
from pipeline.sections.cues import heading_cues, names
from pipeline.sections.markers import is_initial, marker_at
from pipeline.sections.named import named_candidates
from pipeline.sections.series import BODY_END, OPENS_NONE, is_body, series_candidates

MAX_BARE, MAX_LABEL, MAX_OPENER = 30, 8, 8
"""Glyphs of a heading that bears no number; of a label that names no role; ahead of a colon in a heading."""
BARE, CUED, TOPICAL, PARALLEL, TITLE_ZONE = -1.3, 1.0, 2.0, (0.0, 0.0, 0.9, 1.8, 2.2, 2.6), -2.5
"""Log odds set by hand on the sample reports: any short line; with a role cue; with nothing but cues; with so many like
it; ahead of the text."""
ISOLATED, LAST_AHEAD = 0.6, 1.5
"""A short line between two paragraphs of prose; the last line ahead of the text, not right behind the title, where a
subtitle may stand, if it names nobody."""
IN_NUMBERED, MIN_NUMBERED, HIGH_RANK = -1.0, 3, 5
"""A short line in a text with so many numbered candidates or more of one family of such a rank or higher."""
LABEL = 2.0
MIN_LABELS, MIN_PLAIN_LABELS = 2, 2
"""Times that a label stands alone on a line, to be a block label that repeats under each item; labels that repeat so,
where they name no role."""

OPENS, CUED_RANK, PLAIN_RANK = 3, 4, 5
"""Ranks of short lines: others go below it; it names a role; it does neither."""
MIN_NAMED = 0.5
"""Share of a short line that must be cues and fillers for it to name a role, not only to touch on it."""
MIN_CLAIM, MAX_LEAD, MIN_PROSE = 4, 60, 30
"""Glyphs of a claim behind a name; of a sentence that only announces the headings behind it; of a paragraph."""

_ANNOUNCES = re.compile(
    r"(?:[有是成出为列讲谈说归举，,]|^)[一二三四五六七八九十两几\d]{1,2}[个条点件副项样处层方面]{1,2}。?$"
    r"|如下|往下|下面[分就从逐讲谈说写列几两三四五六]|以下|[：:]$|专[讲说]"
)
_FORBIDDEN = re.compile(
    r"[。；;×ⅹＸ*_<>《|=→／@]|[，,、！!“《（(]$|^[—\-－\"（(＊·●”》）]|^“[^”]*”?$|\d{4}年\d"
    r"|^(?:第[一二三四五六七八九十]+[，,、]|[一二三四五六七八九十][是要]|(?:其[一二三次]|首先|再次|最后)[，,是])"
)
_NOTE = re.compile(r"^[图表注][\d一二三四五六七八九十：:\s]")
_BRACKETS = re.compile(r"[【】\[\]〔〕\s]")
_OPENER = re.compile(rf"([^\n：:]{{1,{MAX_OPENER}}})[：:]")
_NAMES_SOMEBODY = re.compile(
    r"[委办局处部室组会院校社心站所团队厅科司系学协集公班厂]$|[省市县区镇乡村]|报告|调查|调研|思考|研究|探析|纪实|纪要|总结|通报|为例|^(?:基于|关于|以)"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that might be a heading: its number, offsets and words without brackets and colon."""

    at: int
    start: int
    end: int
    words: str
    has_colon: bool


@dataclass(frozen=True, slots=True)
class _Page:
    """A text with what is known of its lines: where headings of other kinds start, and where prose starts."""

    text: str
    lines: Lines
    others: frozenset[int]
    first: int

    def glyphs(self, at: int) -> str:
        """The glyphs of a line."""
        return self.text[self.lines.starts[at] : self.lines.ends[at]]

    def is_prose(self, at: int) -> bool:
        """Whether a line is a paragraph of prose."""
        line = self.glyphs(at)
        return len(line) > MIN_PROSE and line[-1] in BODY_END and self.lines.starts[at] not in self.others


def unnumbered_candidates(text: str, lines: Lines, numbered: list[Candidate]) -> list[Candidate]:
    """Candidates without a number, in order, beside those with one."""
    others = named_candidates(text, lines)
    taken = {candidate.start for candidate in others}
    others += [candidate for candidate in series_candidates(text, lines) if candidate.start not in taken]
    page = _Page(text, lines, frozenset(c.start for c in others + numbered), _first_prose(text, lines))
    families = Counter(c.family for c in numbered if c.score > 0 and c.rank <= HIGH_RANK)
    among = IN_NUMBERED if max(families.values(), default=0) >= MIN_NUMBERED else 0.0
    kept, labels = _standing(page, _short_lines(page))
    alike = sum(1 for line in kept if line.words not in labels) + sum(
        c.family not in ("named", "annex") for c in others
    )
    opening = _opening(page, kept)
    candidates = [_bare(page, line, labels, (alike, among)) for line in kept]
    candidates = [replace(c, rank=OPENS) if c.start in opening and c.family == "bare" else c for c in candidates]
    return sorted(others + candidates, key=lambda candidate: candidate.start)


def _first_prose(text: str, lines: Lines) -> int:
    """The number of the first line that is prose: ahead of it stand titles, authors and addresses."""
    for at in range(1, len(lines.starts)):
        end = lines.ends[at]
        if text[end - 1] in "。；;" or end - lines.starts[at] > 45 or marker_at(text, lines.starts[at]):
            return at
    return len(lines.starts)


def _short_lines(page: _Page) -> list[_Line]:
    """Lines that have the form of a heading without a number."""
    text, starts, ends = page.text, page.lines.starts, page.lines.ends
    openers = Counter(
        opener[1] for start, end in zip(starts, ends, strict=True) if (opener := _OPENER.match(text, start, end))
    )
    found: list[_Line] = []
    for at in range(1, len(starts)):
        start, end = starts[at], ends[at]
        if end - start > MAX_BARE + 3 or start in page.others:
            continue
        words = _BRACKETS.sub("", text[start:end])
        line = _Line(at, start, end, words.rstrip("：:"), words[-1:] in ("：", ":"))
        if _may_be_bare(text, line, openers):
            found.append(line)
    return found


def _may_be_bare(text: str, line: _Line, openers: Counter[str]) -> bool:
    """Whether a line has the form of a heading without a number."""
    plain = line.words
    if not 1 <= len(plain) <= MAX_BARE or _FORBIDDEN.search(plain) or _NOTE.search(plain):
        return False
    if plain in names("not_heading") or (is_initial(text[line.start]) and marker_at(text, line.start)):
        return False
    if plain.endswith(names("speaker")) or any(term in plain for term in names("not_in_heading")):
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
    return len(claim) >= MIN_CLAIM and "：" not in claim and _is_topical(name)


def _is_named_once(plain: str, openers: Counter[str]) -> bool:
    """Whether what stands ahead of a colon stands so nowhere else, as speakers and records do (东岸：热在楼道里)."""
    name, _, claim = plain.replace(":", "：").partition("：")
    is_record = len(name) > MAX_OPENER or openers[name] > 1 or name in names("not_heading")
    return not is_record and "：" not in claim


def _standing(page: _Page, short: list[_Line]) -> tuple[list[_Line], frozenset[str]]:
    """The lines that stand between finished prose and a body, as headings do, and the words of the labels."""
    lines = page.lines
    kept: list[_Line] = []
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


def _stands(page: _Page, line: _Line) -> bool:
    """Whether the lines around a line let it be a heading."""
    text, lines = page.text, page.lines
    if line.has_colon:
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


def _labels(page: _Page, kept: list[_Line]) -> frozenset[str]:
    """Words that stand alone on several lines: labels of blocks, if they name a role or several do so."""
    counts = Counter(line.words for line in kept)
    title = page.glyphs(0) if page.lines.starts else ""
    often = {words for words, count in counts.items() if count >= MIN_LABELS}
    plain = {words for words in often if len(words) <= MAX_LABEL and words not in title}
    topical = {words for words in often if _is_topical(words)}
    return frozenset(topical | plain if len(plain | topical) >= MIN_PLAIN_LABELS else topical)


def _is_topical(words: str) -> bool:
    """Whether words do nothing but name a role."""
    cues = heading_cues(words)
    return cues is not None and cues.coverage >= 0.99


def _opening(page: _Page, kept: list[_Line]) -> set[int]:
    """Where short lines stand that others go below: right behind them, or behind a sentence that announces them."""
    short = {line.at for line in kept}
    found = set()
    for line in kept:
        at = line.at + 1
        is_lead = at < len(page.lines.starts) and len(page.glyphs(at)) <= MAX_LEAD
        if at in short or (is_lead and at + 1 in short and _ANNOUNCES.search(page.glyphs(at))):
            found.add(line.start)
    return found


def _bare(page: _Page, line: _Line, labels: frozenset[str], zone: tuple[int, float]) -> Candidate:
    """The candidate of a line without a number; zone: how many are like it, what numbered ones say."""
    alike, among = zone
    text, lines = page.text, page.lines
    cues = heading_cues(line.words)
    is_topical = _is_topical(line.words)
    is_label = line.words in labels or (is_topical and line.has_colon)
    if is_label:
        score = LABEL + (0.5 if line.words in labels else 0.0)
    else:
        score = BARE + PARALLEL[min(alike, len(PARALLEL) - 1)]
        score += TOPICAL if is_topical else among + (CUED if cues else 0.0)
        score += _place_score(page, line, alike) if not is_topical else 0.0
    previous = lines.starts[line.at - 1]
    is_open = text[lines.ends[line.at - 1] - 1] not in BODY_END and previous not in page.others
    score -= 1.0 if is_open and line.at > page.first else 0.0
    end = line.end - 1 if line.has_colon else line.end
    family, rank = "label" if is_label else "bare", CUED_RANK if cues and cues.coverage >= MIN_NAMED else PLAIN_RANK
    return Candidate(line.start, end, lines.starts[line.at + 1], family, (), rank, score, "line", None)


def _place_score(page: _Page, line: _Line, alike: int) -> float:
    """What the place of a short line says: between paragraphs, or ahead of the text."""
    if line.at >= page.first:
        is_isolated = page.is_prose(line.at - 1) and page.is_prose(line.at + 1)
        return ISOLATED if is_isolated else 0.0
    is_last = 1 < line.at == page.first - 1 and alike >= 3 and not _NAMES_SOMEBODY.search(line.words)
    return TITLE_ZONE + (LAST_AHEAD if is_last and len(line.words) > 4 else 0.0)
