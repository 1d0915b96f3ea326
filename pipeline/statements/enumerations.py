"""Series in running text: 一是…二是…, 第一，…第二，…, 首先…其次…, 有的…；有的…, ①②③ — whole or nested."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache

from pipeline.lexicon.finder import sieve_of
from pipeline.statements.sentences import skip_blank

CHINESE = "一二三四五六七八九十"
_N = rf"[{CHINESE}]{{1,3}}"
# The ordinal words must open a clause (统一是, 唯一是 do not), numerals a sentence or line.
_OPENING = r"(?:^|(?<=[\n。；;：:！？!?，,、”　 ]))"
_SENTENCE = r"(?:^|(?<=[\n。；;：:]))[ 　]*"
RE_MARK = re.compile(
    rf"{_OPENING}(?:(?P<shi>{_N})(?:则?是|要|来|为(?!主|辅|先|重|本))"
    rf"|(?P<di>第{_N}|头一|首要的?一)(?:[个条点层件步招项桩样笔处道味颗把帖剂手只块关课堂张着重种类头]|方面)?(?:就?是|[，,、：:　 ])"
    r"|(?P<ming>(?:问题|难点|难题|短板|痛点|堵点|不足|差距|表现|现象|误区|症结|困惑|原因|成因|对策|建议|办法|措施|举措)"
    rf"(?:之?{_N}(?=[，,：:])|之{_N}(?=是)))"
    rf"|(?P<qi>其{_N})[，,、：:是]"
    r"|(?P<xu>首先|其次|再次|又次|再者|末了|最后)[是要]?"
    r"|(?P<fang>一方面|另一方面|再一方面)是?"
    r"|(?P<tiao>(?:还有|再有|另|再)?一[条个点层件桩项头样处则][就便]?是(?!一))"
    r"|(?P<also>(?:此外|另外)(?=[，,])|(?:还有|再有|另|再)一[条点层桩样个件](?:[，,]就?是|(?=[，,]))))"
    r"|(?:^|(?<=[\n。]))(?P<topic>在[\u4e00-\u9fff]{1,6}(?:上|方面|中)(?=[，,]))"
    rf"|{_SENTENCE}(?:(?P<ring>[①-⑳])|(?P<half>[⑴-⒇])|(?P<paren>[（(]\d{{1,2}}[）)])"
    rf"|(?P<cn>[（(]{_N}[）)])|(?P<num>\d{{1,2}}[．.、](?!\d)))"
    r"|(?:^|(?<=[\n。；;：:，,]))(?:还|也)?(?P<some>有的|有些|有人|个别|部分|少数|一些|还有的)(?!人问)",
    re.MULTILINE,
)
_BEHIND = "\n。；;：:！？!?，,、”　 "
_FIRST = (
    f"{CHINESE}0123456789０１２３４５６７８９第头首问难短痛堵不差表现误症困原成对建办措举其再又末最另还此在"
    "①②③④⑤⑥⑦⑧⑨⑩⑪⑫⑬⑭⑮⑯⑰⑱⑲⑳⑴⑵⑶⑷⑸⑹⑺⑻⑼⑽⑾⑿⒀⒁⒂⒃⒄⒅⒆⒇（(　 也有个部少"
)
"""Behind what a mark may stand, and its first sign."""
_SIEVE = sieve_of(f"{behind}[{_FIRST}]" for behind in _BEHIND)
RE_AFTER = re.compile(r"[是，,、：:　 ]*")
WORDS = {
    "首先": 1,
    "其次": 2,
    "再次": 3,
    "又次": 4,
    "再者": 3,
    "末了": 99,
    "最后": 99,
    "头一": 1,
    "首要一": 1,
    "首要的一": 1,
}
WORDS |= {"一方面": 1, "另一方面": 2, "再一方面": 3}
LOOSE = frozenset(["tiao", "some", "topic"])
"""Kinds whose items carry no number; each one that comes up continues the series."""
MIN_ITEMS = {"topic": 3}
"""Items of a kind that make a series, if more than two: 在学习上，… alone only says where."""
LAST_WORD = 3
"""What 再次 counts to: 第四 goes on from it."""
NUMBERED_WORDS = frozenset(["shi", "di", "xu", "fang", "qi", "ming"])


@dataclass(frozen=True, slots=True)
class Item:
    """One item: where its marker starts, where its words start, and the marker itself."""

    start: int
    body_start: int
    marker: str
    depth: int = 0


@dataclass(slots=True)
class Series:
    """Items of one series; `depth` 0 is not inside another."""

    kind: str
    depth: int
    last: int
    items: list[Item] = field(default_factory=list)
    is_inline: bool = True

    @property
    def end(self) -> int:
        """Where the words of the last item start."""
        return self.items[-1].body_start

    def is_over(self, kind: str, newline: int) -> bool:
        """Whether a series told within one paragraph has ended with it, when a mark of another kind comes up."""
        return kind not in {self.kind, "also"} and len(self.items) > 1 and self.is_inline and newline >= self.end


def find_series(text: str, start: int, end: int) -> list[Series]:
    """All series with two or more items in a stretch, in the order of their first items.

    Examples
    --------
    >>> text = "主要有两点：一是会议少，二是记录缺。"
    >>> [[text[i.start:i.body_start] for i in s.items] for s in find_series(text, 0, len(text))]
    [['一是', '二是']]
    """
    found: list[Series] = []
    stack: list[Series] = []
    newline, at_last = -1, start
    for mark in find_marks(text, start, end):
        kind = str(mark.lastgroup)
        number = _number(kind, mark[kind])
        newline = max(newline, text.rfind("\n", at_last, mark.start()))
        at_last = mark.start()
        while stack and stack[-1].is_over(kind, newline):
            stack.pop()
        at = _place(stack, kind, number)
        if at is None and number != 1:
            continue
        if at is None or _starts_anew(stack[at], kind, number, newline >= stack[at].end):
            if kind == "also":
                continue
            del stack[len(stack) if at is None else at :]
            while stack and stack[-1].kind == "some":  # 有的 is a detail of numbered items, never the other way round
                stack.pop()
            stack.append(Series(kind, len(stack), 1))
            found.append(stack[-1])
        else:
            del stack[at + 1 :]
            stack[at].last = number if number != 99 else stack[at].last + 1
        series = stack[-1]
        series.is_inline = series.is_inline and (not series.items or newline < series.end)
        first = skip_blank(text, mark.start(), mark.end())
        series.items.append(Item(first, after_mark(text, mark, kind, end), mark[0].strip(), series.depth))
    return [series for series in found if len(series.items) >= MIN_ITEMS.get(series.kind, 2)]


def find_marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The marks of a stretch, from left to right: what `RE_MARK` finds, looked for only where one may stand."""
    done, places = start, _places(text)
    for at in places[bisect_left(places, start) : bisect_left(places, end)]:
        if at >= done and (mark := RE_MARK.match(text, at, end)):
            done = mark.end()
            yield mark


@lru_cache(maxsize=2)
def _places(text: str) -> list[int]:
    """Where a mark may stand in a text."""
    behind = (at for at in _SIEVE.places(text) if text[at] in _BEHIND and text[at + 1 : at + 2] in _FIRST)
    return [0, *(at + 1 for at in behind)]


def top_series(text: str, start: int, end: int) -> list[Series]:
    """The series of a stretch that are not inside another one."""
    return [series for series in find_series(text, start, end) if series.depth == 0]


def after_mark(text: str, mark: re.Match[str], kind: str, end: int) -> int:
    """Where an item's words start; 有的 belongs to the words."""
    if kind == "some":
        return skip_blank(text, mark.start(), mark.end())
    rest = RE_AFTER.match(text, mark.end(), end)
    return rest.end() if rest else mark.end()


def _place(stack: list[Series], kind: str, number: int) -> int | None:
    """Index on the stack of the series that a mark continues or starts anew; None if there is none."""
    for index in range(len(stack) - 1, -1, -1):
        series = stack[index]
        if kind == "also" and series.kind in NUMBERED_WORDS:
            return index
        is_kin = kind == "di" and series.kind == "xu" and number > LAST_WORD
        if (series.kind == kind or is_kin) and (
            number in {1, 99} or kind in LOOSE or series.last < number <= series.last + 2
        ):
            return index
    return None


def _starts_anew(series: Series, kind: str, number: int, new_line: bool) -> bool:
    """Whether a mark opens another series of a kind; 有的 and 此外 go on within a paragraph only."""
    if kind in {"some", "also"}:
        return new_line
    return number == 1 and kind not in LOOSE


def _number(kind: str, word: str) -> int:
    """What an item's marker counts to; 99: the last one, whichever it is."""
    if kind in LOOSE:
        return 1
    if kind == "also":
        return 99
    if word in WORDS:
        return WORDS[word]
    if kind == "ring":
        return ord(word) - ord("①") + 1
    if kind == "half":
        return ord(word) - ord("⑴") + 1
    digits = re.sub(r"\D", "", word)
    return int(digits) if digits else chinese_number("".join(sign for sign in word if sign in CHINESE))


def chinese_number(word: str) -> int:
    """The value of a Chinese numeral below a hundred.

    Examples
    --------
    >>> chinese_number("二十三")
    23
    """
    tens, ten, ones = word.rpartition("十")
    if not ten:
        return CHINESE.index(word[0]) + 1 if word else 0
    return (CHINESE.index(tens[0]) + 1 if tens else 1) * 10 + (CHINESE.index(ones[0]) + 1 if ones else 0)
