"""Headings without a number: named ones (摘要, 结语), block labels (整改措施：) and short lines that go together."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from functools import cache

from pipeline.sections.candidates import Candidate, Lines
from pipeline.sections.cues import heading_cues, names
from pipeline.sections.markers import is_initial, marker_at

MAX_BARE = 26
"""Glyphs of a heading that bears no number."""
BARE, CUED, TOPICAL, PARALLEL, TITLE_ZONE = -1.3, 1.0, 2.0, (0.0, 0.0, 0.9, 1.8, 2.2, 2.6), -2.5
"""Log odds set by hand on the sample reports: any short line; with a role cue; with nothing but cues; with so many like
it; ahead of the text."""
IN_NUMBERED, MIN_NUMBERED = -1.2, 3
"""A short line in a text with so many numbered candidates of one family or more."""
LABEL, NAMED = 2.0, 2.5
MIN_LABELS = 2
"""Times that a label stands alone on a line, to be a block label that repeats under each item."""

MAX_NAME, MAX_ANNEX = 16, 40
"""Glyphs of a name with its brackets and blanks; of the line that names an annex (附件：活动日程安排表)."""

OPENS, CUED_RANK, PLAIN_RANK = 3, 4, 5
"""Ranks of short lines: others go below it; it names a role; it does neither."""
MIN_NAMED = 0.5
"""Share of a short line that must be cues and fillers for it to name a role, not only to touch on it."""
MIN_CLAIM, MAX_LEAD = 4, 60
"""Glyphs of a claim behind a name; of a sentence that only announces the headings behind it."""

_ANNOUNCES = re.compile(
    r"(?:[有是成出为列讲谈说归举，,]|^)[一二三四五六七八九十两几\d]{1,2}[个条点件副项样处层方面]{1,2}。?$"
    r"|如下|往下|下面|以下|[：:]$|专[讲说]"
)
_ANNEX_LIST = re.compile(r"[：:]\s*(?:1|１|一|《)")
_BODY_END = frozenset("。！？!?；;：:…”」）)")
_FORBIDDEN = re.compile(
    r"[。；;×ⅹＸ*_<>《|=→／/@]|[，,、：:！!]$|^[—\-－\d“”\"（(＊·●]|\d{4}年\d|^(?:第[一二三四五六七八九十]+[，,、]|[一二三四五六七八九十]是|(?:其[一二三次]|首先|再次|最后)[，,是])"
)
_NOTE = re.compile(r"^(?:[图表注][\d一二三四五六七八九十：:\s]|.{0,8}[：:]\s*\S)")
_BRACKETS = re.compile(r"[【】\[\]〔〕\s]")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that might be a heading: its number, offsets and words without brackets and colon."""

    at: int
    start: int
    end: int
    words: str
    has_colon: bool


def unnumbered_candidates(text: str, lines: Lines, numbered: list[Candidate]) -> list[Candidate]:
    """Candidates without a number, in order, beside those with one."""
    first = _first_prose(text, lines)
    families = Counter(candidate.family for candidate in numbered if candidate.score > 0)
    among = IN_NUMBERED if max(families.values(), default=0) >= MIN_NUMBERED else 0.0
    named, bare = [], []
    for at in range(1, len(lines.starts)):
        start, end = lines.starts[at], lines.ends[at]
        if found := _named(text, start, end):
            named.append(found)
        elif end - start <= MAX_BARE + 3 and _may_be_bare(text, lines, at):
            words = _BRACKETS.sub("", text[start:end])
            bare.append(_Line(at, start, end, words.rstrip("：:"), words[-1:] in ("：", ":")))
    labels = Counter(line.words for line in bare)
    kept = [line for line in bare if _stands(text, lines, line, labels)]
    alike = sum(1 for line in kept if labels[line.words] < MIN_LABELS)
    opening = _opening(text, lines, kept)
    candidates = [_bare(text, lines, line, labels, (alike, first, among)) for line in kept]
    candidates = [replace(c, rank=OPENS) if c.start in opening and c.family == "bare" else c for c in candidates]
    return sorted(named + candidates, key=lambda candidate: candidate.start)


def _first_prose(text: str, lines: Lines) -> int:
    """The number of the first line that is prose: ahead of it stand titles, authors and addresses."""
    for at in range(1, len(lines.starts)):
        end = lines.ends[at]
        if text[end - 1] in "。；;" or end - lines.starts[at] > 45 or marker_at(text, lines.starts[at]):
            return at
    return len(lines.starts)


def _named(text: str, start: int, end: int) -> Candidate | None:
    """A named heading that opens a line (摘要：…), alone or before a colon, its glyphs perhaps apart (摘　要)."""
    found = _name_pattern().match(text, start, min(end, start + MAX_NAME))
    return _named_candidate(text, (start, end), found.end(), str(found.lastgroup)) if found else None


@cache
def _name_pattern() -> re.Pattern[str]:
    """The names of headings, longest first, in brackets perhaps, with blanks between glyphs; the group is their use."""
    uses = (
        (use, "|".join(r"[ \u3000]*".join(map(re.escape, name)) for name in names(use))) for use in ("named", "annex")
    )
    return re.compile(r"[【\[〔 \u3000]*(?:" + "|".join(f"(?P<{use}>{terms})" for use, terms in uses) + ")")


def _named_candidate(text: str, line: tuple[int, int], end: int, use: str) -> Candidate | None:
    """The candidate of a named heading whose name ends at an offset; None if it goes on otherwise."""
    start, line_end = line
    while end < line_end and (text[end] in "】]〕" or (use == "annex" and text[end].isdigit())):
        end += 1
    rest = text[end : min(line_end, end + MAX_ANNEX)].lstrip()
    is_set_off = text[end - 1] in "】]〕" or (text[end : end + 1] in " \u3000" and use == "named")
    if rest and not is_set_off and (rest[0] not in "：:" or _ANNEX_LIST.match(rest)):
        return None
    heading_end, body = end, end if rest else line_end
    if use == "annex" and rest and line_end - start <= MAX_ANNEX:
        heading_end = body = line_end
    if use == "annex" and line_end >= len(text.rstrip()):
        return None
    while body < len(text) and text[body] in " \t\u3000\n：:":
        body += 1
    return Candidate(start, heading_end, body, use, (), 0, NAMED, "line" if body > line_end else "colon", None)


def _may_be_bare(text: str, lines: Lines, at: int) -> bool:
    """Whether a line has the form of a heading without a number, and neighbours that a heading may have."""
    start, end = lines.starts[at], lines.ends[at]
    words = _BRACKETS.sub("", text[start:end])
    plain = words.rstrip("：:")
    if not 2 <= len(plain) <= MAX_BARE or _FORBIDDEN.search(plain):
        return False
    if ("：" in plain or _NOTE.search(plain)) and not _is_named_claim(plain):
        return False
    if (is_initial(text[start]) and marker_at(text, start)) or plain in names("not_heading"):
        return False
    if plain.endswith(names("speaker")) or any(term in plain for term in names("not_in_heading")):
        return False
    plain = plain.rstrip("？?")
    return sum("\u4e00" <= glyph <= "\u9fff" for glyph in plain) >= 0.8 * len(plain)


def _is_named_claim(plain: str) -> bool:
    """Whether a line says what it is about and claims something of it (短板：书记有劲使不上)."""
    name, _, claim = plain.replace(":", "：").partition("：")
    cues = heading_cues(name)
    return len(claim) >= MIN_CLAIM and "：" not in claim and cues is not None and cues.coverage >= 0.99


def _stands(text: str, lines: Lines, line: _Line, labels: Counter[str]) -> bool:
    """Whether a line stands between finished prose and a body, as a heading does."""
    if line.has_colon:
        cues = heading_cues(line.words)
        if cues is None or cues.coverage < 0.99 or cues.weight < 2:
            return False
    after = line.at + 1
    if after >= len(lines.starts) or not _is_body(text, lines, after):
        return False
    before = text[lines.ends[line.at - 1] - 1]
    if text[lines.starts[after]] in "”》，。、）；：" or before in "“《（(":
        return False
    if before in _BODY_END or line.at == 1:
        return True
    previous = text[lines.starts[line.at - 1] : lines.ends[line.at - 1]]
    return marker_at(previous, 0) is not None or (len(previous) <= 40 and labels[line.words] >= 1)


def _opening(text: str, lines: Lines, kept: list[_Line]) -> set[int]:
    """Where short lines stand that others go below: right behind them, or behind a sentence that announces them."""
    short = {line.at for line in kept}
    found = set()
    for line in kept:
        at = line.at + 1
        is_lead = at < len(lines.starts) and lines.ends[at] - lines.starts[at] <= MAX_LEAD
        if at in short or (is_lead and at + 1 in short and _ANNOUNCES.search(text, lines.starts[at], lines.ends[at])):
            found.add(line.start)
    return found


def _is_body(text: str, lines: Lines, at: int) -> bool:
    """Whether a line is prose or a numbered heading."""
    start, end = lines.starts[at], lines.ends[at]
    return (
        end - start > 30
        or text[end - 1] in _BODY_END
        or (is_initial(text[start]) and marker_at(text, start) is not None)
    )


def _bare(text: str, lines: Lines, line: _Line, labels: Counter[str], zone: tuple[int, int, float]) -> Candidate:
    """The candidate of a line; zone: how many are like it, where prose starts, what numbered ones say."""
    alike, first, among = zone
    cues = heading_cues(line.words)
    is_topical = cues is not None and cues.coverage >= 0.99
    family = "label" if is_topical and (line.has_colon or labels[line.words] >= MIN_LABELS) else "bare"
    if family == "label":
        score = LABEL + (PARALLEL[1] if labels[line.words] < MIN_LABELS else 0.5)
    else:
        score = BARE + PARALLEL[min(alike, len(PARALLEL) - 1)]
        score += TOPICAL if is_topical else among + (CUED if cues else 0.0)
        score += TITLE_ZONE if line.at < first and not is_topical else 0.0
    previous = text[lines.ends[line.at - 1] - 1]
    score -= 1.0 if previous not in _BODY_END and line.at > first else 0.0
    end = line.end - 1 if line.has_colon else line.end
    body = lines.starts[line.at + 1]
    return Candidate(
        line.start,
        end,
        body,
        family,
        (),
        CUED_RANK if cues and cues.coverage >= MIN_NAMED else PLAIN_RANK,
        score,
        "line",
        None,
    )
