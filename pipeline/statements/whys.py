"""How a text tells the reason of something in plain words, without a heading: in how many forms, and where each ends."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.statements.sentences import Span, paragraphs, sentences

_CLAUSE = r"(?:^|(?<=[。！？；;\n，,：:”]))\s*"
_JOINT = r"(?:然而|但是?|可是?|而|其实|这|那|也|又|还|更|却|说白了|归根到底)?"
_WHY = "(?:原因|根源|根子|症结|病根|病因|缘由|缘故|病灶|由头|成因|根由|来由|(?:生成|形成|内在|深层|背后)的?(?:逻辑|机理|道理))"
_MADE = "(?:造成|所?致|引起|导致|带来|惹出来|闹出来|逼出来|拖出来|使然)"
_TIED = (
    "(?:分不开|密不可分|密切相关|直接相关|有(?:很大|直接|密切|一定|莫大)?的?(?:关系?|牵连)|不无关系|脱不[开了][干关]系)"
)


@dataclass(frozen=True, slots=True)
class Why:
    """A reason told: where its cue starts, the cue, where the reason starts, and where it ends if the form says so.

    Attributes
    ----------
    start, body_start : int
        Code points.
    end : int or None
        None: the reason goes on to the end of its part of the sentence.
    cue : str
    form : str
        ``named`` (原因在于), ``deeper`` (追下去), ``tied`` (与…有关), ``made`` (由…造成), ``source`` (缘于), ``so`` (之所以),
        ``main`` (主要是), ``denied`` (不是不想，是…).
    """

    start: int
    body_start: int
    end: int | None
    cue: str
    form: str


_AND = "(?:主要|多半|大半|大多|往往|恐怕|根本上|直接|在?很大程度上|全|都|皆|又|也|还|既)*"
_SO = "(?:主要|多半|根本|说到底|归根结底|首先|恰恰|正)?(?:一方面)?(?:就?是|还是)?(?:因为|由于|缘于|在于|是)"
_UNWILLING = r"(?:不[肯愿想会懂知积努重]|没[有人心]|懒|心[冷散])"
_THIS = "(?:这[些种样]?|此|上述)"
_FOUND = "(?:现象|问题|困境|局面|状况|情形|被动|如此)"
_FORMS = {
    "named": rf"{_JOINT}(?P<cue>[追推深细]?究(?:其|起来|之下|下去)[^，,。；\n]{{0,4}}[，,：:]"
    rf"|(?!不)[^，,。；：\n]{{0,10}}{_WHY}[^，,。；：\n]{{0,4}}?[，,]?(?:就?在于|[就还]?[是在]|就?出在)(?:于)?[，,：:]?"
    rf"|[^，,。；：\n]{{0,8}}{_WHY}[^，,。；：\n]{{0,6}}?(?:简单|复杂|清楚|明白|找[着到]了?|不难(?:找|懂|猜)"
    rf"|明摆着|[就只]有?一[条个句点])[^，,。；：\n]{{0,2}}[，,：:]"
    rf"|(?!不)[^，,。；：\n]{{0,6}}{_WHY}[：:](?=[^\n])"
    rf"|[就从](?:由来|{_WHY})(?:而言|[上来]?(?:看|说|讲)|[来而]论)[，,])",
    "deeper": rf"{_JOINT}(?P<cue>(?:说到底|归根[到结]底|追根溯源|说穿了|往[深根]里[看说想])[，,]?(?:还?是)?(?:因为|由于)?"
    r"|(?:(?:再?[往顺沿][^，,。；\n]{1,6})?[再细]?[追究刨挖][^，,。；\n]{0,4}(?:下去|下来|起来|之下|到底|到根)"
    r"|[再细][查问想][^，,。；\n]{0,3}(?:下去|到底))[，,](?:原来|才发现|才知道)?(?:还?是)?(?:因为)?"
    r"|[^，,。；：\n]{0,8}背后[，,]?(?:其实|往往|更多|归根到底)?是)",
    "source": rf"{_JOINT}(?P<cue>(?:[这此][^，,。；：\n]{{0,8}}|{_FOUND})?{_AND}(?:[缘源]于|[缘源]自|[起肇]因于|根源于)"
    rf"|(?:造成|导致|形成|产生|出现)(?:[这此]|上述|以上)[^，,。；：\n]{{0,10}}[，,]{_AND}(?:就?是|在于)(?:因为|由于)?"
    r"|(?:皆|盖|无非是?|不外乎?是?|又|也|还|恐怕|多半|大半)(?:是)?因为?|只因为?|全因为?|怪就怪在?|怪只怪|都怪|怨就怨在?"
    r"|[^，,。；\n]{0,4}(?:归因于|归咎于|归结为|归结到|归到|要归于|得怪|要怪))",
    "tied": rf"(?P<cue>(?:此外，?也|[^，,。；\n]{{0,16}}(?:形成|出现|产生|{_FOUND})，?|(?:此外|当然)?{_THIS}[^，,。；\n]{{0,4}}"
    rf"|归[结根][^，,。；\n]{{0,3}}|也|又|更|同时|多半|在?很大程度上){_AND}[与同跟和])"
    rf"(?P<why>[^，。；\n]{{4,48}}?(?:，[^，。；\n]{{2,24}})?){_TIED}",
    "made": rf"(?P<cue>{_THIS}[^，,。；\n]{{0,6}}?{_AND}是?由于?)(?P<why>[^，。；\n]{{4,40}}?){_MADE}",
    "so": rf"(?P<cue>[^，,。；：\n]{{0,8}}之所以[^。；：\n]{{1,40}}?[，,]{_SO})",
    "main": r"(?:(?<=[。！？；\n])|(?=[但可而更]))(?P<cue>[但可而更]?主要(?:还)?是(?:因为|由于)?)(?=[^，,。；：\n]{6})",
    "denied": rf"(?P<cue>[这那也倒并可]{{0,2}}(?:并?不是|并非)[^，,。；\n]{{0,8}}{_UNWILLING}[^，,。；\n]{{0,8}}[，,]"
    r"(?:而|就|只)?(?:是因为|是)?)",
}
_WHOLE = {name: re.compile(_CLAUSE + form, re.MULTILINE) for name, form in _FORMS.items()}
_SIGNS = {
    "named": "原因|根|症结|病|缘|由|成因|逻辑|机理|道理|究",
    "deeper": "追|究|刨|挖|说到底|归根|说穿|往深|往根|背后|下去|到底",
    "source": "因|源|缘|归|怪|怨|造成|导致|形成|产生|出现",
    "tied": "关|分不开|密不可分",
    "made": "造成|致|引起|导致|带来|出来|使然",
    "so": "之所以",
    "main": "主要",
    "denied": "不是|并非",
}
"""Words without which a form is not in a line; quicker to look for."""
_SIGNED = {name: re.compile(signs) for name, signs in _SIGNS.items()}
RE_ALSO = re.compile(r"(?:还有|再有|另有|另外?还?有?|更深)的?一[条点层重个样][，,]?(?:就|便)?是")
"""How a later sentence of the paragraph begins that gives one more reason."""
RE_MORE = re.compile(r"(?:又|也|还|再|更|同时|加上|加之|再加上|[一二三]来|[一二三]则|另一方面)*是?(?:因为|由于)")
"""How a part of the sentence begins that gives one more reason."""


def whys(text: str, start: int, end: int) -> Iterator[Why]:
    """Reasons told in a stretch, form by form.

    Examples
    --------
    >>> text = "会开不起来。缘由并不复杂，排班的人没把会算进去。"
    >>> [(why.form, text[why.body_start :]) for why in whys(text, 0, len(text))]
    [('named', '排班的人没把会算进去。')]
    """
    lines = list(paragraphs(text, start, end))
    for form, pattern in _WHOLE.items():
        for a, b in lines:
            for found in pattern.finditer(text, a, b) if _SIGNED[form].search(text, a, b) else ():
                first, last = found.span("why") if "why" in pattern.groupindex else (found.end("cue"), None)
                yield Why(found.start("cue"), first, last, found["cue"], form)


def also(text: str, start: int, end: int) -> Iterator[Span]:
    """What sentences say that add a reason to one told before (还有一条，就是…)."""
    for a, b in sentences(text, start, end):
        if found := RE_ALSO.match(text, a, b):
            yield found.end(), b


def further(text: str, spans: list[Span], form: str) -> Iterator[Span]:
    """Parts of a sentence behind a reason that give more: all behind 之所以…是, else those that say so (；又因为…)."""
    for start, end in spans:
        more = RE_MORE.match(text, start, end)
        if more or form == "so":
            yield (more.end() if more else start), end
