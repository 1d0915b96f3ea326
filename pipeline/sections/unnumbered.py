"""Headings without a number: block labels (整改措施：), short lines that go together, named ones and series."""

import re
from collections import Counter
from dataclasses import replace

from pipeline.sections.candidates import Candidate, Lines
from pipeline.sections.cues import heading_cues
from pipeline.sections.markers import marker_at
from pipeline.sections.named import named_candidates
from pipeline.sections.recurring import recurring_candidates
from pipeline.sections.series import BODY_END, series_candidates
from pipeline.sections.shortlines import Page, ShortLine, is_topical, repeated_labels, short_lines, standing_lines

BARE, CUED, TOPICAL, PARALLEL, TITLE_ZONE = -1.3, 1.0, 2.0, (0.0, 0.0, 0.9, 1.8, 2.2, 2.6), -2.5
"""Log odds set by hand on the sample reports: any short line; with a role cue; with nothing but cues; with so many like
it; ahead of the text."""
ISOLATED, LAST_AHEAD, MIN_LAST = 0.6, 1.5, 3
"""A short line between two paragraphs of prose; the last line ahead of the text, not right behind the title, where a
subtitle may stand, if it names nobody and is long, or as long as so many other short lines are, all of them."""
IN_NUMBERED, MIN_NUMBERED, HIGH_RANK = -1.0, 3, 5
"""A short line in a text with so many numbered candidates or more of one family of such a rank or higher."""
LABEL = 2.0

OPENS, CUED_RANK, PLAIN_RANK = 3, 4, 5
"""Ranks of short lines: others go below it; it names a role; it does neither."""
MIN_NAMED = 0.5
"""Share of a short line that must be cues and fillers for it to name a role, not only to touch on it."""
MAX_LEAD, MIN_OPENERS, MIN_BELOW = 60, 2, 2
"""Glyphs of a sentence that only announces the headings behind it; lines that each open so many of another form."""

_ANNOUNCES = re.compile(
    r"(?:[有是成出为列讲谈说归举，,]|^)[一二三四五六七八九十两几\d]{1,2}[个条点件副项样处层方面]{1,2}。?$"
    r"|如下|往下|下面[分就从逐讲谈说写列几两三四五六]|以下|[：:]$|专[讲说]"
)
_NAMES_SOMEBODY = re.compile(
    r"[委办局处部室组会院校社心站所团队厅科司系学协集公班厂]$|[省市县区镇乡村]|报告|调查|调研|思考|研究|探析|纪实|纪要|总结|通报|为例|^(?:基于|关于|以)"
)


def unnumbered_candidates(text: str, lines: Lines, numbered: list[Candidate]) -> list[Candidate]:
    """Candidates without a number, in order, beside those with one."""
    others = named_candidates(text, lines)
    taken = {candidate.start for candidate in others}
    others += [candidate for candidate in series_candidates(text, lines) if candidate.start not in taken]
    others += recurring_candidates(text, lines)
    places = frozenset(c.start for c in others + numbered)
    page = Page(text, lines, places, _first_prose(text, lines), repeated_labels(text, lines, places))
    families = Counter(c.family for c in numbered if c.score > 0 and c.rank <= HIGH_RANK)
    among = IN_NUMBERED if max(families.values(), default=0) >= MIN_NUMBERED else 0.0
    kept, labels = standing_lines(page, short_lines(page))
    plain = [line for line in kept if line.words not in labels]
    alike = len(plain) + sum(c.family not in ("named", "annex", "label") for c in others)
    n_glyphs = Counter(len(line.words) for line in plain if "—" not in line.words)
    is_even = len(n_glyphs) == 1 and n_glyphs.total() > MIN_LAST
    ranks = _ranks(page, plain)
    candidates = [_bare(page, line, labels, (alike, among, is_even)) for line in kept]
    candidates = [replace(c, rank=ranks.get(c.start, c.rank)) if c.family == "bare" else c for c in candidates]
    return sorted(others + candidates, key=lambda candidate: candidate.start)


def _first_prose(text: str, lines: Lines) -> int:
    """The number of the first line that is prose: ahead of it stand titles, authors and addresses."""
    for at in range(1, len(lines.starts)):
        end = lines.ends[at]
        if text[end - 1] in "。；;" or end - lines.starts[at] > 45 or marker_at(text, lines.starts[at]):
            return at
    return len(lines.starts)


def _ranks(page: Page, plain: list[ShortLine]) -> dict[int, int]:
    """Ranks of short lines that others go below: right behind them, or behind a sentence that announces them."""
    short = {line.at for line in plain}
    ranks: dict[int, int] = {}
    for line in plain:
        at = line.at + 1
        if at in short or (at + 1 in short and _is_lead(page, at) and _ANNOUNCES.search(page.glyphs(at))):
            ranks[line.start] = OPENS
    return ranks | _ranks_by_form(page, plain)


def _ranks_by_form(page: Page, plain: list[ShortLine]) -> dict[int, int]:
    """Ranks where lines of one form (对症下药) open runs of another (减负松绑——专人专岗), each behind a short lead."""
    two_part = ["—" in line.words for line in plain]
    openers = []
    for at, line in enumerate(plain[:-MIN_BELOW]):
        below = plain[at + 1]
        is_run = not two_part[at] and all(two_part[at + 1 : at + 1 + MIN_BELOW])
        if is_run and below.at == line.at + 2 and _is_lead(page, line.at + 1):
            openers.append(line.start)
    if len(openers) < MIN_OPENERS:
        return {}
    ranks = {line.start: CUED_RANK for line, is_two in zip(plain, two_part, strict=True) if not is_two}
    return ranks | dict.fromkeys(openers, OPENS)


def _is_lead(page: Page, at: int) -> bool:
    """Whether a line is short enough to do no more than lead to the headings behind it."""
    return at < len(page.lines.starts) and len(page.glyphs(at)) <= MAX_LEAD


def _bare(page: Page, line: ShortLine, labels: frozenset[str], zone: tuple[int, float, bool]) -> Candidate:
    """The candidate of a line without a number; zone: how many are like it, what numbered ones say, are all as long."""
    alike, among, is_even = zone
    text, lines = page.text, page.lines
    cues = heading_cues(line.words)
    names_role = is_topical(line.words)
    is_label = line.words in labels or (names_role and line.has_colon)
    if is_label:
        score = LABEL + (0.5 if line.words in labels else 0.0)
    else:
        score = BARE + PARALLEL[min(alike, len(PARALLEL) - 1)]
        score += TOPICAL if names_role else among + (CUED if cues else 0.0)
        score += _place_score(page, line, alike, is_even) if not names_role else 0.0
    previous = lines.starts[line.at - 1]
    is_open = text[lines.ends[line.at - 1] - 1] not in BODY_END and previous not in page.others
    score -= 1.0 if is_open and line.at > page.first else 0.0
    end = line.end - 1 if line.has_colon else line.end
    family, rank = "label" if is_label else "bare", CUED_RANK if cues and cues.coverage >= MIN_NAMED else PLAIN_RANK
    return Candidate(line.start, end, lines.starts[line.at + 1], family, (), rank, score, "line", None)


def _place_score(page: Page, line: ShortLine, alike: int, is_even: bool) -> float:
    """What the place of a short line says: between paragraphs, or ahead of the text."""
    if line.at >= page.first:
        is_isolated = page.is_prose(line.at - 1) and page.is_prose(line.at + 1)
        return ISOLATED if is_isolated else 0.0
    if is_even and line.at == page.first - 1:
        return 0.0
    is_last = 1 < line.at == page.first - 1 and alike >= 3 and not _NAMES_SOMEBODY.search(line.words)
    return TITLE_ZONE + (LAST_AHEAD if is_last and len(line.words) > 4 else 0.0)
