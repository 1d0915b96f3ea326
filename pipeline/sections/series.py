"""Lines that bear no usual number but go together by how they begin: 镜头一　…, 第一站——…, 3月18日　晴, ▲…, 【…】."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.sections.candidates import Candidate, Lines
from pipeline.sections.cues import names
from pipeline.sections.markers import han_value, is_initial, marker_at

SERIES = (0.0, 0.0, 1.0, 2.0)
"""Log odds of a line, set by hand on the sample reports, by how many begin as it does; one alone is none."""
MAX_LINE = 45
"""Glyphs of a line that opens a series."""
SERIES_RANK = 4
"""Usual depth of a counted line: that of 一、."""
MIN_SERIES = {"boxed_run_in": 3, "dated with year": 3, "quantity": 3}
"""Lines of a series where two are too few: words in brackets that run on; dates in full, which letters and annexes
bear too; numbers."""
MIN_PROSE = 30
"""Glyphs of the paragraph behind a date or a number, if that heads it."""
BODY_END = frozenset("。！？!?；;：:…”」）)")
"""What the line before a heading ends with, if it is prose."""
OPENS_NONE = frozenset("”》，。、）；：")
"""What no paragraph starts with."""

_STOP = re.compile("[。；]")
_NUMERAL = r"(?P<numeral>[一二三四五六七八九十]{1,3}|[\d０-９]{1,2})"
_BREAK = r"(?:[ \u3000]*(?:——|—|--|[：:·|｜丨、])[ \u3000]*|[ \u3000]+)"
_COUNTED = re.compile(
    rf"(?:第{_NUMERAL}(?P<unit>[\u4e00-\u9fff]{{1,4}}?)"
    rf"|(?P<noun>(?:(?![一二三四五六七八九十])[\u4e00-\u9fff]){{1,4}})(?P<numeral_>[一二三四五六七八九十]{{1,3}}|\d{{1,2}}))"
    rf"(?:{_BREAK}\S|$)"
    rf"|(?P<latin>[A-Za-z]{{1,5}}[.．]? ?)(?P<numeral__>\d{{1,2}}){_BREAK}[^\s\d]"
)
_LED = re.compile(
    r"(?P<numeral>[一二三四五六七八九十]{1,2})(?P<unit>(?![是要来则方者一二三四五六七八九十])[\u4e00-\u9fff])"
)
_DATE = (
    r"(?:\d{4}年(?:\d{1,2}月|[春夏秋冬初底末中])?|(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{4}[./-]\d{1,2}[./-]\d{1,2}"
    r"|[一二三四五六七八九十]{1,2}月[一二三四五六七八九十]{1,3}日|\d{1,2}[：:]\d{2})"
)
_DAY = r"[ \u3000]*[（(，,]?(?:星期|周|礼拜)[一二三四五六日天][）)]?"
_WEATHER = r"[ \u3000]*[（(，,]?[晴阴雨雪云风雾霜雷热冷寒凉转多小中大阵微有间到沙尘暴露]{1,8}[）)]?"
_DATED = rf"{_DATE}(?:{_DAY})?(?:{_WEATHER}|[上下中]午|清晨|傍晚|夜)?(?:{_BREAK}\S.*)?"
_FORMS = (
    ("dated with year", re.compile(rf"(?=\d{{4}}){_DATED}")),
    ("dated", re.compile(_DATED)),
    ("bullet", re.compile(r"(?:——|[▲△▼◆◇●○■□★☆◎※▶►▷✦❖➤◼▪])[ \u3000]*[^\s▲△◆◇●○■□★☆◎※].*")),
    ("dotted", re.compile(r"[\u4e00-\u9fff]{1,6}·[\u4e00-\u9fff].*")),
    ("quantity", re.compile(r"\d[\d.,/％%‰]*[\u4e00-\u9fff]{0,3}")),
)
"""How a whole line looks that goes with others like it."""
_BOXED = re.compile(r"[【〖〔［](?P<words>[^【】〖〗〔〕［］\d]{2,20})[】〗〕］]")
_ENDING = frozenset("。，,；;、！!")


@dataclass(frozen=True, slots=True)
class _Member:
    """A line of a series: its number, the key that it shares, its family, what it counts, where its heading ends."""

    at: int
    key: str
    family: str
    path: tuple[int, ...]
    end: int


def series_candidates(text: str, lines: Lines) -> list[Candidate]:
    """Candidates that go together by how their lines begin, in order."""
    members: dict[str, list[_Member]] = {}
    for at in range(1, len(lines.starts)):
        if member := _member(text, lines, at):
            members.setdefault(member.key, []).append(member)
    found = [candidate for group in members.values() for candidate in _candidates(text, lines, group)]
    return sorted(found, key=lambda candidate: candidate.start)


def is_body(text: str, lines: Lines, at: int) -> bool:
    """Whether a line is prose or a numbered heading."""
    start, end = lines.starts[at], lines.ends[at]
    is_prose = end - start > MIN_PROSE or text[end - 1] in BODY_END
    return is_prose or (is_initial(text[start]) and marker_at(text, start) is not None)


def _member(text: str, lines: Lines, at: int) -> _Member | None:
    """The line as one of a series; None if it does not begin so."""
    start, end = lines.starts[at], lines.ends[at]
    if found := _BOXED.match(text, start, end):
        is_record = found["words"] in names("not_heading") or found.end() == len(text.rstrip())
        key = "boxed" if found.end() == end else "boxed_run_in"
        return None if is_record else _Member(at, key, "boxed", (), found.end())
    is_last = at + 1 == len(lines.starts)
    if is_last or end - start > MAX_LINE or text[end - 1] in _ENDING or not _stands(text, lines, at):
        return None
    for key, pattern in _FORMS:
        if pattern.fullmatch(text, start, end):
            name = f"bullet {text[start]}" if key == "bullet" else key
            return _Member(at, name, "dated" if name.startswith("dated") else name, (), end)
    return _counted(text, lines, at)


def _stands(text: str, lines: Lines, at: int) -> bool:
    """Whether a line is no piece of a sentence that goes on from the line before or into the next."""
    start, end = lines.starts[at - 1], lines.ends[at - 1]
    is_closed = text[end - 1] in BODY_END or (end - start <= MAX_LINE and not _STOP.search(text, start, end))
    return (
        is_closed
        and text[lines.starts[at + 1]] not in OPENS_NONE
        and not _STOP.search(text, lines.starts[at], lines.ends[at])
    )


def _counted(text: str, lines: Lines, at: int) -> _Member | None:
    """The line as one that counts with a noun; None if it does not, or bears a usual number."""
    start, end = lines.starts[at], lines.ends[at]
    found = _COUNTED.match(text, start, end) or _LED.match(text, start, end)
    if found is None or marker_at(text, start):
        return None
    groups = found.groupdict()
    value = han_value(next(words for name, words in groups.items() if name.startswith("numeral") and words))
    noun = next(words for name, words in groups.items() if not name.startswith("numeral") and words)
    family = f"counted {noun.strip()}"
    return _Member(at, family, family, (value,), end) if value else None


def _candidates(text: str, lines: Lines, group: list[_Member]) -> Iterator[Candidate]:
    """The candidates of lines that begin alike; none if they are a list or do not count on."""
    if group[0].family in ("dated", "quantity"):
        group = [member for member in group if lines.ends[member.at + 1] - lines.starts[member.at + 1] > MIN_PROSE]
    if not _is_series(text, lines, group):
        return
    words = Counter(text[lines.starts[member.at] : member.end] for member in group)
    score = SERIES[min(len(group), len(SERIES) - 1)]
    for member in group:
        start, end = lines.starts[member.at], lines.ends[member.at]
        if member.family != "boxed" or words[text[start : member.end]] == 1:
            body = lines.starts[member.at + 1] if member.end == end else member.end
            heading_end = member.end - 1 if text[member.end - 1] in "：:" else member.end
            yield Candidate(start, heading_end, body, member.family, member.path, SERIES_RANK, score, "line", None)


def _is_series(text: str, lines: Lines, group: list[_Member]) -> bool:
    """Whether lines that begin alike are enough, stand apart and count from one; bare numbers may be those of pages."""
    if not group or len(group) < MIN_SERIES.get(group[0].key, 2):
        return False
    places = {member.at for member in group}
    if group[0].key != "boxed_run_in" and sum(at + 1 in places for at in places) * 2 >= len(places):
        return False
    if group[0].path:
        return [member.path[0] for member in group[:2]] == [1, 2]
    return group[0].family != "quantity" or any(not text[lines.starts[m.at] : m.end].isdigit() for m in group)
