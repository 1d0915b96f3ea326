"""What the words of a heading are: a role's name, a topic, a label of blocks, a question, or nothing at all."""

import re
from functools import cache

from pipeline import lexicon
from pipeline.lexicon.finder import alternatives
from pipeline.sections.cues import heading_cues
from pipeline.statements.claims import problem_strength

RE_QUESTION = re.compile(
    r"(?!.*(哪里|哪儿|谁|什么).*\1)(?:.*[？?]$|.*(?:怎[么样]|为什么|为何|为啥|如何|何在|何处|哪[些儿里]|是什么|[了有要缺差](?:什么|啥)$|几何$))"
)
"""A question; what it asks twice is none (改革到哪里，支部就建到哪里)."""
NAMES_ROLE, MIN_WEIGHT = 0.99, 2.0
"""Share of a heading that must be cues of roles and their fillers, and their weight, for it to claim nothing."""
RE_TOPIC_OF = re.compile("的[^的]{0,4}(?:环节|方面|领域|层面)$")
RE_REGARDING = re.compile(
    r"(?:关于|至于|对于)(?!“|进一步|切实|加强|加快|加大|完善|健全|建立|建设好|推进|推动|落实好|提高|提升|强化|深化|优化|改进|规范好|构建|做好|抓好|把|让|以)"
    r"[^，,：:]+?(?:的(?:建议|意见|问题|设想|考虑))?$"
)
"""A heading that says only what it is about (关于政策支持)."""
RE_TOWARDS = re.compile(
    r"(?:对|给|向|面向|针对)(?!党(?:忠诚|绝对)|.*[聘选派吸]|.*发展)(?P<whom>[^，,：:。]{0,16}?)(?:企业|党?组织|党员|支部|干部|部门|单位|机关|党[委组]|工委|同志|群体|市场|学校|医院|社区|村|乡镇|街道|老板|青年|职工"
    r"|书记|学生|教师|院系|网点|公司|项目部)(?:的(?:[几一二三四五]点)?(?:建议|意见|要求|希望|期望))?$"
)
"""A heading that says only whom what stands under it is addressed to (对互联网企业, 给乡镇党委的建议)."""
RE_SIDE = re.compile(r"(?:从|就|在)[^，,：:]{1,16}(?:上|中|看|说|讲|而言|来看|来说|方面|层面|角度)$")
"""A heading that names the side from which things are seen (从体制上看, 在组织生活上)."""
RE_NO_WORDS = re.compile(
    r"(?:序号|编号)?[\d./：:%％\s]+[\u4e00-\u9fff]{0,3}"
    r"|\d{1,2}月\d{1,2}[日号][　 ].*"
    r"|(?:[\d年月日号时分点午晨晚上下中前后周星期一二三四五六七八九十\s]|[多转]?[晴阴雨雪云雾风])+|."
)
"""A heading that says nothing: a figure with its unit (31公里), a day of a diary (3月19日　阴), a single sign."""
RE_HOLDS = re.compile(r"[（(](?:[一二三四五六七八九十]+|\d+)[条项个则件][）)]$")
"""A heading that counts what it holds (一等奖（三条）)."""
RE_SLACK = re.compile(r"[\s　，,、。：:；;（）()“”《》\d×年]|20\d\d|[一二三四五六七八九十两几]+[个条点项件]?")
RE_PLURAL = re.compile(r"^(?:几[点个条项]|若干|三点|五点|两点|四点)")


def is_empty(words: str) -> bool:
    """Whether a heading says nothing by itself, or only how many it holds.

    Examples
    --------
    >>> is_empty("31公里"), is_empty("3月19日　阴"), is_empty("二等（三条）"), is_empty("会少")
    (True, True, True, False)
    """
    return not words or bool(RE_NO_WORDS.fullmatch(words) or RE_HOLDS.search(words) or RE_PLURAL.search(words))


@cache
def _words(use: str) -> re.Pattern[str]:
    """The heading words of one use."""
    return re.compile(alternatives(row["word"] for row in lexicon.rows("heading_topics.csv") if row["use"] == use))


@cache
def _labels() -> frozenset[str]:
    """Labels of blocks under a point."""
    return frozenset(row["word"] for row in lexicon.rows("heading_topics.csv") if row["use"] == "label")


def is_label(words: str) -> bool:
    """Whether a heading is a block label such as 具体表现 or 整改措施."""
    return words in _labels()


def is_generic(words: str) -> bool:
    """Whether a heading is made of role words alone.

    Examples
    --------
    >>> is_generic("存在的主要问题及原因分析"), is_generic("党员教育抓得不紧")
    (True, False)
    """
    if len(RE_SLACK.sub("", _words("generic").sub("", words))) <= 1:
        return True
    cues = heading_cues(words)
    return cues is not None and cues.coverage >= NAMES_ROLE and cues.weight >= MIN_WEIGHT


def is_topic(words: str) -> bool:
    """Whether a heading names a topic whose children are the points.

    Examples
    --------
    >>> [is_topic(words) for words in ("党员队伍方面", "关于政策支持", "从体制上看", "关于加强政策支持")]
    [True, True, True, False]
    >>> is_topic("对互联网企业"), is_topic("对老党员加强关怀")
    (True, False)
    """
    if (RE_REGARDING.match(words) or RE_SIDE.match(words)) and not problem_strength(words):
        return True
    towards = RE_TOWARDS.match(words)
    if towards and not problem_strength(words) and not any(verb in towards["whom"] for verb in measure_openers()):
        return True
    found = re.search(rf"(?:{_words('topic').pattern})(?:的?问题|的?原因)?$", words)
    if found is None or "：" in words:
        return False
    return RE_TOPIC_OF.search(words) is not None or problem_strength(words) == 0


@cache
def measure_openers() -> tuple[str, ...]:
    """The verbs of two signs that open a measure."""
    return tuple(word for word in lexicon.words("measure_verbs.txt") if len(word) > 1)


def names_its_role(words: str) -> bool:
    """Whether a heading says which role its section has, in whatever words."""
    return is_generic(words) or bool(_words("loose").search(words)) or bool(RE_QUESTION.match(words))


def ends_in_role(words: str) -> bool:
    """Whether a heading ends in the name of a role (流动党员管理的难点)."""
    return bool(re.search(rf"(?:{_words('ending').pattern})$", words))
