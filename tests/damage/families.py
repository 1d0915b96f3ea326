"""Damage as it is found on real pages, made from clean text: each function is one family, seeded by its generator.

The families and how they come about are described in the datasheet of the sample corpus. A damage never takes text away
that cannot be told again from what is left (cutting a file in mid-character excepted).
"""

import random
import re
from collections.abc import Iterator
from itertools import zip_longest

from zhconv_rs import zhconv

from tests.damage.mirror import mirror as mirrored
from tests.damage.pages import GLUED, HEADS, TAILS

HEADER = ["首页 > 范文大全 > 调研报告 > 正文", "时间:{year}-06-18 09:12:00  来源:网络整理  作者:佚名  投稿人:文海拾贝"]
INTRODUCTION = "下面是小编为大家整理的{title},供大家参考。希望对大家有所帮助。"
LEAD = "导语:{title}一文来源于网友上传,不代表本站观点,如需原创文稿可联系客服老师。"
FOOTER = [
    "【{title}】相关文章:",
    "1.社区党建工作调研报告5篇",
    "2.机关作风建设存在问题及整改措施",
    "上一篇:主题党日活动方案",
    "下一篇:入党申请书范文",
]
TEASER = "延伸阅读:基层治理调研。一、存在的问题:阵地建设滞后,队伍不稳。二、对策:加大投入,配齐人手。"
DIGITS = "一二三四五六七八九"
RUNNING_HEAD = "内部交流材料 第{page}期"


def hard_wrap(text: str, rng: random.Random, *, blank: bool = False) -> str:
    """Break every paragraph into lines of a fixed width, in the middle of words."""
    width = rng.choice([26, 30, 34, 38])
    joint = "\n\n" if blank else "\n"
    wrapped = (joint.join(line[i : i + width] for i in range(0, max(len(line), 1), width)) for line in text.split("\n"))
    return joint.join(wrapped)


def hard_wrap_with_blank_lines(text: str, rng: random.Random) -> str:
    """The same, with an empty line after each line."""
    return hard_wrap(text, rng, blank=True)


def add_blank_lines(text: str, rng: random.Random) -> str:
    """An empty line between paragraphs, as web pages copy them; now and then two."""
    return re.sub(r"\n(?!$)", lambda _: rng.choice(["\n\n", "\n\n", "\n\n\n"]), text)


def repair_lists(text: str, rng: random.Random) -> str:
    """What a word processor's list repair does: a line break before every 一、 in running prose."""
    return re.sub(r"(?<=[\u4e00-\u9fff“])(?=[一二三]、)", "\n", text)


def break_clauses(text: str, rng: random.Random) -> str:
    """A line break after every semicolon."""
    return re.sub(r"([；;])(?!\n)", r"\1\n", text)


def break_title(text: str, rng: random.Random) -> str:
    """The title in lines of one to three characters, as a narrow table cell prints it."""
    title, rest = text.split("\n", 1)
    pieces, at = [], 0
    while at < len(title):
        step = rng.choice([2, 2, 3])
        pieces.append(title[at : at + step])
        at += step
    return "\n".join([*pieces, rest])


def add_page_furniture(text: str, rng: random.Random) -> str:
    """Page numbers and running heads between lines, as a converted PDF has them."""
    lines, out = text.split("\n"), []
    step, page = rng.choice([7, 9, 11]), 0
    style = rng.choice(["- {page} -", "第 {page} 页 共 9 页", "{page}"])
    for i, line in enumerate(lines, 1):
        out.append(line)
        if i % step == 0 and i < len(lines):
            page += 1
            out += [style.format(page=page), RUNNING_HEAD.format(page=page % 2 + 1)]
    return "\n".join(out)


def print_in_columns(text: str, rng: random.Random) -> str:
    """The text below its title in two columns side by side, page by page, as a converter that keeps the layout writes them."""
    title, rest = text.rstrip("\n").split("\n", 1)
    width, n_rows = rng.choice([18, 20, 22]), rng.choice([26, 32, 38])
    lines = [line for paragraph in rest.split("\n") for line in _set(paragraph, width)]
    out = [" " * (2 * width - len(title)) + title, ""]
    for page, at in enumerate(range(0, len(lines), 2 * n_rows), 1):
        part = lines[at : at + 2 * n_rows]
        half = -(-len(part) // 2)
        pairs = zip_longest(part[:half], part[half:], fillvalue="")
        out += [(left + " " * (2 * width + 4 - _n_columns(left)) + right).rstrip() for left, right in pairs]
        out += ["", " " * 2 * width + f"- {page} -", ""]
    return "\n".join(out)


def _set(paragraph: str, width: int) -> Iterator[str]:
    """A paragraph in lines of a column, its first line indented by two characters."""
    line = "    "
    for glyph in paragraph:
        if _n_columns(line + glyph) > 2 * width:
            yield line
            line = ""
        line += glyph
    yield line


def _n_columns(line: str) -> int:
    """The columns that a line takes, two for each character but those of ASCII."""
    return sum(1 if glyph < "\x80" else 2 for glyph in line)


def add_blanks(text: str, rng: random.Random) -> str:
    """Single blanks inside words, as some PDFs yield them."""
    return re.sub(r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda _: " " if rng.random() < 0.02 else "", text)


def add_wrapping(text: str, rng: random.Random) -> str:
    """A site's header, introduction, footer and a teaser of another report around the text."""
    title = text.split("\n", 1)[0]
    year = rng.choice([2019, 2021, 2022, 2023])
    words = {"title": title, "year": year}
    head = [line.format(**words) for line in HEADER]
    head.append(rng.choice([INTRODUCTION, LEAD]).format(**words))
    tail = [line.format(**words) for line in FOOTER]
    if rng.random() < 0.5:
        tail.insert(0, TEASER)
    return "\n".join([title, *head, text.rstrip("\n"), *tail, ""])


def collect(text: str, rng: random.Random) -> str:
    """Several reports, between which a form feed stands, as one collection with an introduction that announces them."""
    reports = text.split("\f\n")
    head = rng.choice(
        [
            f"基层党建调研报告{DIGITS[len(reports) - 1]}篇。本期选登调研文章{DIGITS[len(reports) - 1]}篇，供大家学习借鉴。",
            f"党建调研报告范文{DIGITS[len(reports) - 1]}篇",
        ]
    )
    return "\n".join([head, *(f"篇{DIGITS[i]}：{report}".rstrip("\n") for i, report in enumerate(reports)), ""])


def add_invisibles(text: str, rng: random.Random) -> str:
    """Zero-width spaces, soft hyphens, byte-order marks and bidirectional marks inside words."""
    marks = ["\u200b", "\u00ad", "\ufeff", "\u200e", "\u2060"]
    return re.sub(
        r"(?<=[\u4e00-\u9fff])(?=[\u4e00-\u9fff])", lambda _: rng.choice(marks) if rng.random() < 0.02 else "", text
    )


def to_radicals(text: str, rng: random.Random) -> str:
    """Common characters as Kangxi radicals or radicals of the supplement, as some PDFs yield them."""
    table = str.maketrans(
        "一人入八力十口土大女子小山工己干心支文方日月木止比水火生用田目立",
        "⼀⼈⼊⼋⼒⼗⼝⼟⼤⼥⼦⼩⼭⼯⼰⼲⼼⽀⽂⽅⽇⽉⽊⽌⽐⽔⽕⽣⽤⽥⽬⽴",
    )
    return text.translate(table | {ord("民"): "⺠", ord("长"): "⻓"})


def to_entities(text: str, rng: random.Random) -> str:
    """Ideographic indents as ``&nbsp;`` left in the text."""
    return "\n".join(f"&nbsp;&nbsp;&nbsp;&nbsp;{line}" if line else line for line in text.split("\n"))


def to_ascii_marks(text: str, rng: random.Random) -> str:
    """All punctuation in ASCII (no damage in itself)."""
    return text.translate(str.maketrans("，；：？！（）", ",;:?!()"))


def to_mojibake_gbk(text: str, rng: random.Random) -> str:
    """UTF-8 that was read as GBK, clause by clause; a clause that GBK cannot show stays, as nothing of it could be told."""
    return "".join(_as_gbk(clause) for clause in re.split(r"(?<=[，。；：！？、\n])", text))


def _as_gbk(clause: str) -> str:
    """The UTF-8 bytes of a clause read as GBK, if all of them can be."""
    try:
        return clause.encode("utf-8").decode("gbk")
    except UnicodeDecodeError:
        return clause


def to_mojibake_latin(text: str, rng: random.Random) -> str:
    """GBK that was read as Latin-1."""
    return text.encode("gbk", "ignore").decode("latin-1")


def to_traditional(text: str, rng: random.Random) -> str:
    """Characters in their traditional forms, one for one, as a converter without a dictionary writes them."""
    return "".join(_in_big5(char, zhconv(char, "zh-hant")) for char in text)


def _in_big5(char: str, traditional: str) -> str:
    """The traditional form if it is one character that Big5 has, else one that it has in its place."""
    for candidate in (traditional, char):
        if len(candidate) == 1 and candidate.encode("big5", "ignore"):
            return candidate
    return "□"


def mirror(text: str, rng: random.Random) -> str:
    """A gloss mirror: naive traditional characters, pinyin glosses, shifted bytes."""
    return mirrored(text, seed=rng.randrange(2**32))


def add_page(text: str, rng: random.Random) -> str:
    """A page of some kind of site around the text: its header, an introduction before the first sentence, its footers."""
    title, body = (text.split("\n", 1) + [""])[:2]
    words = {"title": title, "year": rng.choice([2019, 2021, 2022, 2023])}
    head = [line.format(**words) for line in HEADS[rng.choice(sorted(HEADS))]]
    if rng.random() < 0.4:
        body = rng.choice(GLUED).format(**words) + body
    names = [name for name in sorted(TAILS) if rng.random() < 0.3]
    tail = [line.format(**words) for name in names for line in TAILS[name]]
    return "\n".join([*([] if title in head else [title]), *head, body.rstrip("\n"), *tail, ""])


def join_reports(text: str, rng: random.Random, *, other: str = "", style: str = "") -> str:
    """The text and another (or itself with another place) in one file, each under a mark of its number."""
    other = other or rename_places(text, rng)
    style = style or rng.choice(["篇一", "【篇一】", "第一篇", "title"])
    marks = ["一", "二"]
    parts = []
    for mark, part in zip(marks, (text, other), strict=True):
        head = {"篇一": f"篇{mark}：", "【篇一】": f"【篇{mark}】\n", "第一篇": f"第{mark}篇\n", "title": ""}[style]
        parts.append(head + part.strip("\n"))
    return "\n".join(parts) + "\n"


def rename_places(text: str, rng: random.Random) -> str:
    """A copy of the text with the place's name changed, as reports of this genre are copied."""
    found = re.search(r"[\u4e00-\u9fff]{2}(?=[县市区镇乡村])", text)
    new = rng.choice(["桃岭", "沙渡", "枫桥", "云屏"])
    return text.replace(found[0], new) if found else text


def redact(text: str, rng: random.Random) -> str:
    """Names of places, years and figures struck out, as in texts that are passed on: ``**区``, ``×年×月``, ``XX市``."""
    mark = rng.choice(["**", "××", "XX", "ⅹⅹ", "____", "【】"])
    text = re.sub(
        r"[\u4e00-\u9fff]{2}(?=[县市区镇乡村](?![\u4e00-\u9fff]{0,2}[级里]))",
        lambda m: mark if rng.random() < 0.3 else m[0],
        text,
    )
    return re.sub(r"\d{4}年\d{1,2}月", lambda m: "×年×月" if rng.random() < 0.3 else m[0], text)


def run_in_headings(text: str, rng: random.Random) -> str:
    """Headings of the second level run into the paragraph before and after them: ``…奠定基础。（二）强化引领。…``."""
    return re.sub(r"([。！？])\n(（[一二三四五六七八九十]{1,2}）[^。：\n]{2,30})\n", r"\1\2。", text)


def restyle_numbers(text: str, rng: random.Random) -> str:
    """Numbers of headings in another style that writers use (no damage in itself)."""
    style = rng.choice(["({})", "〈{}〉", "（{}）、", "({})、"])
    return re.sub(r"(?m)^（([一二三四五六七八九十]{1,2})）", lambda m: style.format(m[1]), text)


def lose_commas(text: str, rng: random.Random) -> str:
    """All commas lost, as on pages that were copied from a scan."""
    return text.replace("，", "")
