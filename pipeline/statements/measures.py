"""Who is to act, how bindingly, of which kind and by when: what a 对策 says about itself."""

import re
from dataclasses import dataclass
from functools import cache

from pipeline import lexicon
from pipeline.lexicon.finder import alternatives
from pipeline.values import Genre, MeasureKind

WINDOW = 240
"""Actor and modality are looked for in the beginning of a measure's span: later sentences name other actors."""

_YEAR = r"(?:20\d\d年|×+年|[今明后本当]年|年)"
_N = r"(?:\d{1,3}|[一二两三四五六七八九十半]{1,3})"
RE_DEADLINE = re.compile(
    rf"(?:(?:到|至|在|于)?{_YEAR}?(?:\d{{1,2}}月|[一二三四五六七八九十]{{1,2}}月|第?[一二三四]季度|上半年|下半年|[“\"][七八十五]一[”\"]|春节|汛期)?(?:\d{{1,2}}[日号])?份?[底末初]?(?:之前|以前|前)(?!期|后|提|置|瞻|沿|列|端|移|线|述|来|往|进|景|台)"
    rf"|{_N}(?:个)?(?:年|月|周|星期|日|天|季度|工作日)(?:之|以)?内|[今明本当]?年内|(?:到|至|自)20\d\d年[底末]?|20\d\d年底|(?:用|力争|争取){_N}年(?:左右)?(?:的?时间))"
)
RE_TIME = re.compile(r"年|月|日|号|季度|周|星期|天|一[”\"]|春节|汛期")
RE_BY = re.compile(
    r"由(?P<actor>[^，,。；：:、\n由]{2,20}?)(?:牵头|负责|承担|组织|统一|集中|共同|联合|会同|定期|逐|按|担任|拿|提|编|出面|制定|督|跟踪|核|轮流|分|主讲|联系|抽|代管|认领|聘|先行|据实|指定|安排|解决|直接)"
)
RE_ADVICE = re.compile(r"建议|应当|应该|不妨|可以|可考虑|能不能")
RE_INTENTION = re.compile(r"(?:我们?|本人|支部|总支|党委|党组)将|我要|拟|打算|计划|下一步|明年|新的一年|准备")
HEADED = (
    (re.compile(r"建议|对策|思考|路径|启示"), MeasureKind.ADVICE),
    (re.compile(r"打算|下一步|下步|努力方向|计划|明年|今后"), MeasureKind.INTENTION),
    (re.compile(r"任务|部署|议定|整改措施|保障措施|明确|要求"), MeasureKind.ORDER),
)
"""What headings above a measure say of its kind; the first that is found counts."""
GENRES = {
    Genre.PLAN: MeasureKind.ORDER,
    Genre.SPEECH: MeasureKind.ORDER,
    Genre.MINUTES: MeasureKind.ORDER,
    Genre.DUTY_REPORT: MeasureKind.INTENTION,
    Genre.SUMMARY: MeasureKind.INTENTION,
}
"""What kind the measures of a 文种 are where nothing else says it."""


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a measure says about itself; None: it does not say."""

    actor: str | None = None
    modality: str | None = None
    kind: MeasureKind | None = None
    deadline: str | None = None


UNSTATED = Particulars()
"""A point that is no measure, or says nothing about itself."""


@cache
def _modal() -> re.Pattern[str]:
    """All modal words, each without the signs that make another word of it."""
    words = []
    for row in sorted(lexicon.rows("modality.csv"), key=lambda row: -len(row["word"])):
        before = f"(?<![{row['not_after']}])" if row["not_after"] else ""
        after = f"(?![{row['not_before']}])" if row["not_before"] else ""
        words.append(f"{before}{row['word']}{after}")
    return re.compile("|".join(words))


@cache
def _actor_before() -> re.Pattern[str]:
    """An actor's name at the start of a clause, right before a modal word or a frequency."""
    endings = alternatives(row["ending"] for row in lexicon.rows("actors.csv"))
    return re.compile(
        rf"(?:^|(?<=[，,。；;：:\n　 ]))(?:建议|同时|此外|另外|凡)?"
        rf"(?P<actor>[^，,。；;：:、\n的把将对在要应须]{{0,14}}(?:{endings}))"
        rf"(?=(?:也|都|还|均|每[年月季周半]|{_modal().pattern}))"
    )


@cache
def _opens() -> re.Pattern[str]:
    """The words that open a measure."""
    return re.compile(alternatives(lexicon.words("measure_verbs.txt")))


RE_DONE = re.compile(r"已经|已提交|已呈|已印|了(?:[一二三四五六七八九十\d]|全|大|良|较|显)|取得|得到了|先后|累计")


def measure_strength(sentence: str) -> float:
    """How much a sentence looks like a measure: a verb of arranging first, or a modal word.

    Examples
    --------
    >>> measure_strength("推行支部工作积分制。") > 0
    True
    >>> measure_strength("去年已经开展了三次。") > 0
    False
    """
    modal = _modal().search(sentence)
    opens = _opens().match(sentence)
    return 2.0 * bool(modal) + 2.0 * bool(opens) - 3.0 * bool(RE_DONE.search(sentence)) - 0.5


def particulars(text: str, span: tuple[int, int], headings: str, genre: str | None) -> Particulars:
    """Actor, modality, kind and deadline of the measure that a span holds.

    Parameters
    ----------
    text : str
    span : tuple of int
        The point.
    headings : str
        The headings that it stands under, outermost first, joined by spaces.
    genre : str or None
        文种 of the document.

    Examples
    --------
    >>> text = "镇党委应当在2023年6月底前配齐组织员。"
    >>> particulars(text, (0, len(text)), "对策建议", None)
    Particulars(actor='镇党委', modality='应当', kind=<MeasureKind.ADVICE: '建议'>, deadline='2023年6月底前')
    """
    words = text[span[0] : min(span[1], span[0] + WINDOW)]
    modal = _modal().search(words)
    return Particulars(_actor(words), modal[0] if modal else None, _kind(words, headings, genre), _deadline(text, span))


def _actor(words: str) -> str | None:
    """The first who is to act."""
    found = [m for m in (_actor_before().search(words), RE_BY.search(words)) if m]
    return min(found, key=lambda match: match.start())["actor"] if found else None


def _deadline(text: str, span: tuple[int, int]) -> str | None:
    """The first date or period by which something is to be done."""
    for found in RE_DEADLINE.finditer(text, span[0], min(span[1], span[0] + 4 * WINDOW)):
        if RE_TIME.search(found[0]) and not re.match(r"[，。]", found[0]):
            return re.sub(r"^[到至在于自]", "", found[0]) or None
    return None


def _kind(words: str, headings: str, genre: str | None) -> MeasureKind:
    """Advice, intention or order: the words 建议 … say it best, then the headings, the genre, other words."""
    if RE_ADVICE.search(words):
        return MeasureKind.ADVICE
    for pattern, kind in HEADED:
        if pattern.search(headings):
            return kind
    if genre and Genre(genre) in GENRES:
        return GENRES[Genre(genre)]
    return MeasureKind.INTENTION if RE_INTENTION.search(words) else MeasureKind.ADVICE
