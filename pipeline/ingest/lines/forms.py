"""What a line is by its form: a heading, a closed sentence, prose that goes on, a date or signature."""

import re
from collections.abc import Container, Sequence
from functools import cache

import rjieba

ZERO = "〇零○ＯOОΟoｏ0"
"""What stands for 〇: also Latin, Cyrillic and Greek letters."""
DIGITS = str.maketrans(f"{ZERO}一二三四五六七八九０１２３４５６７８９", "0" * len(ZERO) + "123456789" + "0123456789")
"""Chinese and full-width digits as ASCII."""
MIN_BODY = 40
"""Length from which a line with a sentence is the report's own."""
_NUMERAL = "一二三四五六七八九十"
RE_MARKER = re.compile(
    rf"(?:[{_NUMERAL}]{{1,3}}\s?[、．.]|\d{{1,2}}\s?(?:[、．](?!\d)|\.(?!\d))|\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}(?![\d%％‰万亿元个名倍分点])"
    rf"|\d{{1,2}}(?:\.\d{{1,2}}){{0,3}}\s+(?=[\u4e00-\u9fff])(?![个名年月日人项条次家万亿元位所支件份多余])"
    rf"|[(（〔〈]\s?(?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})\s?[)）〕〉]|(?:[{_NUMERAL}]{{1,3}}|\d{{1,2}})[)）]"
    rf"|第[{_NUMERAL}百\d]{{1,4}}(?:[章节编篇]|部分)|[①-⑳⑴-⒛㈠-㈩]|[\[［【]\d{{1,3}}[\]］】]|附[件录]?\s?[\d{_NUMERAL}]{{0,2}}[:：]|附件|[◆●■▲★※])"
)
"""A heading's or list item's marker at the beginning of a line."""
RE_ITEM = re.compile(
    rf"(?:第[{_NUMERAL}]{{1,3}}[，,、：:。]|[{_NUMERAL}]{{1,2}}(?:是|要|方面)|首先|其次|再次|最后|此外|另外|其[{_NUMERAL}][，,、])"
)
"""Words that open an item of an enumeration; they stand in running prose as well as at the beginning of a line."""
RE_CLOSED = re.compile(r"[。！？!?…：:][”’」』\"')）】》〉\]〕]*$|\.{3,}$")
"""The end of a sentence, or of words that announce something."""
RE_HALF_STOP = re.compile(r"(?:[\u4e00-\u9fff]|[^\w]|_)\.")
"""A half-width stop that ends a sentence: behind no letter and no digit."""
_ENDS = frozenset("。！？!?…：:")
"""Marks that close a line by themselves; looked up first, because this is asked of every line."""
CLOSING = ("。", "！", "？", "!", "?", "”", "」")
"""Marks after which a reference in brackets ends the line."""
OPENERS = "“‘「『（(【《〈〔["
CLOSERS = "”’」』）)】》〉〕]"
STARTS_NO_LINE = "，。、；：！？,;!?%％" + CLOSERS
"""Characters that no line starts with, unless it was broken there."""
RE_INNER_MARK = re.compile(r"[。；，！？;,、](?=[^\s”’）)》\"])")
RE_SENTENCE = re.compile(r"[。！？](?=[^”’」』)）】》\s])")
_INKED = re.compile(r"\S[^\n]*")
Lines = Sequence[tuple[int, str]]
"""Lines that are not blank, each with its place."""
RE_DANGLING = re.compile(
    r"(?:[和与及或把将对在以从由向并被于使让]|[^不正但凡便若如即]是|为了|按照|根据|通过|以及|关于|进一步|不断|制定|实施|开展|加强|推进)$"
)
"""Words that neither a sentence nor a heading ends with; 的 ends one after 是."""
RE_ADDRESS = re.compile(r"(?:各位|尊敬的|同志们|朋友们|同学们|老师们|女士们)[^。，]{0,30}[：:！!]?$")
RE_LABEL = re.compile(
    r"(?:摘\s*要|内容摘要|内容提要|关键词|引言|前言|导语|参考文献|注释|附注|责任人|完成时限|[^，。；、]{2,8}[：:]$)|[^，。；：\s]{2,4}(?:（[^）]{1,30}）|\([^)]{1,30}\))?[：:](?!$)"
)
"""A line's beginning that names what the line holds, or who speaks."""
RE_BLOCK = re.compile(r"[\u4e00-\u9fff]{2,8}[：:]")
"""A label on a line of its own (整改措施：)."""
RE_TURN = re.compile(
    r"(?:以上(?:就?是|报告|述职|意见|汇报|情况|[^，。]{0,8}，[^，。]{0,6}(?:不当|不妥|不足|不对))|特此|妥否|综上|请.{0,12}批评指正|(?:各位(?:代表|委员|领导|同志)|同志们)[！!，,：:])"
)
"""How a paragraph begins that turns to the readers or ends the report."""
RE_SIGNED = re.compile(
    r"[^。，；、]{2,30}(?:委员会|党委|党组|党支部|党总支|支部|总支|组织部|宣传部|办公室|课题组|调研组|工委|党校|学院|大学|公司|集团"
    r"|人民政府|政府|局|厅|处|科|中心|协会)(?:\s*[^\s。，；、]{0,8}|(?:\s+[^\s。，；、\d]{1,4}){2,6})$|[\s（(]*[\d〇零○一二三四五六七八九十×XxⅩ*]{2,4}\s*年.{0,12}$"
    r"|[\s（(]*\d{4}[-./]\d{1,2}[-./]\d{1,2}.{0,12}$"
)
"""A line that is an organisation's name or a date, as below a title or at the end."""


def is_heading(line: str) -> bool:
    """Whether a line has the form of a numbered heading: a marker and no sentence after it.

    Examples
    --------
    >>> is_heading("（二）阵地建设滞后"), is_heading("一、支部少。全镇只有三个。")
    (True, False)
    """
    return RE_MARKER.match(line) is not None and len(line) <= 60 and not RE_SENTENCE.search(line)


def value_of(numeral: str) -> int:
    """The value of a numeral below 100, in digits or Chinese.

    Examples
    --------
    >>> value_of("二十三"), value_of("十"), value_of("05"), value_of("九十")
    (23, 10, 5, 90)
    """
    tens, ten, ones = numeral.translate(DIGITS).partition("十")
    return int(tens or 1) * 10 + int(ones or 0) if ten else int(tens)


def is_body(line: str) -> bool:
    """Whether a line can only be a report's: a heading, an address, a sentence of some length.

    Examples
    --------
    >>> is_body("（二）阵地建设滞后"), is_body("来源：县委组织部")
    (True, False)
    """
    is_sentence = len(line) >= MIN_BODY and (line[-1] in "。；：" or RE_SENTENCE.search(line) is not None)
    return is_sentence or (is_heading(line) and len(line) > 1) or RE_ADDRESS.match(line) is not None


def first_body(lines: Sequence[str], wrong: Container[int], default: int | None = None) -> int:
    """The first of some lines that can only be a report's, those that are known to be a page's left out.

    Parameters
    ----------
    lines : sequence of str
    wrong : container of int
        Which of them are the page's.
    default : int, optional
        What is told if there is none; the number of lines by default.

    Examples
    --------
    >>> first_body(["首页", "石桥镇党建调研报告", "一、基本情况"], {0}), first_body(["首页"], {0})
    (2, 1)
    """
    found = (i for i, line in enumerate(lines) if i not in wrong and is_body(line))
    return next(found, len(lines) if default is None else default)


def is_closed(line: str) -> bool:
    """Whether a line ends a sentence or announces something.

    Examples
    --------
    >>> is_closed("“组织力是关键。”（《支部工作手册》，第三页）"), is_closed("县委（扩大）会议")
    (True, False)
    """
    last = line[-1:]
    if last in _ENDS:
        return True
    if last == "." and RE_HALF_STOP.search(line[-2:]):
        return not line[-2].isalnum() or RE_MARKER.fullmatch(line) is None
    if "\u4e00" <= last <= "\u9fff" or last.isalnum():
        return line.endswith("如下")
    if last in ("）", ")"):
        before = line[: max(line.rfind("（"), line.rfind("("))]
        return before[-1:] in CLOSING or RE_CLOSED.search(line[-8:]) is not None
    return RE_CLOSED.search(line[-8:]) is not None


def is_prose(line: str) -> bool:
    """Whether a line is running text: several clauses, or longer than a heading."""
    return len(line) > 60 or (len(line) >= 12 and RE_INNER_MARK.search(line) is not None)


def dangles(line: str) -> bool:
    """Whether a line ends with a word that must go on.

    Examples
    --------
    >>> dangles("今年党建工作的"), dangles("成效是明显的"), dangles("要按照")
    (True, False, True)
    """
    if line.endswith("的"):
        return "是" not in line[-20:]
    return RE_DANGLING.search(line[-8:]) is not None


def runs_on(left: str, right: str) -> bool:
    """Whether the end of one line shows that the next one goes on with its words.

    Examples
    --------
    >>> runs_on("县直机关党员到社区报到服务的", "做法与对策"), runs_on("切实加强领导", "干部要带头")
    (True, False)
    """
    return dangles(left) or splits_word(left, right)


def opens(line: str) -> str:
    """The bracket or quotation mark that a line leaves open; empty if none.

    Examples
    --------
    >>> opens("开展“五个")
    '“'
    """
    for left, right in zip(OPENERS, CLOSERS, strict=True):
        at = line.rfind(left)
        if at >= 0 and right not in line[at:] and line.count(left) > line.count(right):
            return left
    return ""


@cache
def _dictionary() -> rjieba.Jieba:
    """The segmenter with its built-in dictionary."""
    return rjieba.Jieba()


def splits_word(left: str, right: str) -> bool:
    """Whether the end of one line and the beginning of the next are parts of one word.

    Both are looked at with some context; a break between two words that also form a longer one does not count.

    Examples
    --------
    >>> splits_word("进一步创新机关党", "建工作"), splits_word("切实加强领导", "干部要带头")
    (True, False)
    """
    tail, head = left[-8:], right[:8]
    if not ("\u4e00" <= tail[-1:] <= "\u9fff" and "\u4e00" <= head[:1] <= "\u9fff"):
        return False
    at = 0
    for token in _dictionary().cut(tail + head, hmm=False):
        if at < len(tail) < at + len(token):
            before, after = token[: len(tail) - at], token[len(tail) - at :]
            return not (len(before) > 1 and len(after) > 1 and is_word(before) and is_word(after))
        at += len(token)
    return False


def is_word(text: str) -> bool:
    """Whether the dictionary has a word."""
    return bool(_dictionary().has_word(text))


def n_ink(text: str) -> int:
    r"""Number of characters that are not blank.

    Examples
    --------
    >>> n_ink("党 支部\n")
    3
    """
    return len("".join(text.split()))


def inked_lines(text: str, start: int = 0) -> list[tuple[int, str]]:
    r"""The lines of a text from a place on that are not blank, without the blanks around them, each with its place.

    Examples
    --------
    >>> inked_lines("\n  一、问题 \n\n少。")
    [(3, '一、问题'), (10, '少。')]
    """
    return [(found.start(), found[0].rstrip()) for found in _INKED.finditer(text, start)]


def is_row(line: str) -> bool:
    """Whether a line is a table's row, which may stand again where the table goes on."""
    return line.count("\t") > 1
