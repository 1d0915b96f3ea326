"""The closed lists of the domain: what a role, a status, a reason, an organisation type or a genre can be."""

from enum import StrEnum


class Status(StrEnum):
    """What became of a file or document."""

    OK = "ok"
    PARTIAL = "partial"
    SKIPPED = "skipped"
    FAILED = "failed"


class Reason(StrEnum):
    """Why a file or document is not simply ok; the codes of failures.csv."""

    CONTROL = "E-CONTROL"
    IGNORED = "E-IGNORED"
    EMPTY = "E-EMPTY"
    BOILERPLATE = "E-BOILERPLATE"
    PERM = "E-PERM"
    CHANGED = "E-CHANGED"
    NOT_REGULAR = "E-NOT-REGULAR"
    LINK_OUTSIDE = "E-LINK-OUTSIDE"
    TOO_BIG = "E-TOO-BIG"
    ENCODING = "E-ENCODING"
    LOW_CONFIDENCE = "E-LOW-CONFIDENCE"
    CUT_CHARACTER = "E-CUT-CHARACTER"
    CONTROLS = "E-CONTROLS"
    DAMAGED = "E-DAMAGED"
    DOCX_DTD = "E-DOCX-DTD"
    DOCX_BROKEN = "E-DOCX-BROKEN"
    DOCX_LIMIT = "E-DOCX-LIMIT"
    DOCX_ENCRYPTED = "E-DOCX-ENCRYPTED"
    DOC_OLD = "E-DOC-OLD"
    NOT_DOCX = "E-NOT-DOCX"
    OUTLINE_LIMIT = "E-OUTLINE-LIMIT"
    CORRECTION_STALE = "E-CORRECTION-STALE"
    INTERNAL = "E-INTERNAL"


class Role(StrEnum):
    """What a section or a point does in a report."""

    BACKGROUND = "背景"
    SITUATION = "现状"
    PRACTICE = "做法"
    RESULT = "成效"
    PROBLEM = "问题"
    CAUSE = "原因"
    MEASURE = "对策"
    EXPERIENCE = "经验"
    MEANING = "意义"
    GOAL = "目标"
    CLOSING = "结语"
    ANNEX = "附件"


SIDES = (Role.PROBLEM, Role.CAUSE, Role.MEASURE)
"""The roles whose points are coded, grouped into themes, linked and compared."""


class OrgType(StrEnum):
    """The type of the organisation that a report studies."""

    OFFICE = "机关"
    INSTITUTION = "事业单位"
    STATE_FIRM = "国企"
    UNIVERSITY = "高校"
    SCHOOL = "中小学"
    VILLAGE = "农村"
    COMMUNITY = "社区"
    TOWNSHIP = "街道乡镇"
    NEW_ORGANISATION = "两新组织"
    HOSPITAL = "医院"
    FINANCE = "金融"
    JUSTICE = "公安政法"
    RESEARCH = "科研院所"
    PARTY_SCHOOL = "党校"
    MILITARY = "军队"
    OTHER = "其他"


class Genre(StrEnum):
    """文种: what kind of document a text is."""

    RESEARCH_REPORT = "调研报告"
    PAPER = "论文"
    DUTY_REPORT = "述职"
    SUMMARY = "总结"
    PLAN = "方案"
    SPEECH = "讲话"
    MINUTES = "纪要"
    MODEL_TEXT = "范文"
    OTHER = "其他"


class Script(StrEnum):
    """The script that a document was found in."""

    SIMPLIFIED = "简体"
    TRADITIONAL = "繁体"
    MIXED = "混合"


class RoleBasis(StrEnum):
    """What a section's role rests on."""

    HEADING = "heading"
    POSITION = "position"
    CONTENT = "content"
    CORRECTION = "correction"


class LinkKind(StrEnum):
    """Which two sides a link joins."""

    PROBLEM_MEASURE = "问题→对策"
    PROBLEM_CAUSE = "问题→原因"
    CAUSE_MEASURE = "原因→对策"


class MeasureKind(StrEnum):
    """How a 对策 is put forward: advised to others, planned by the writer, or ordered."""

    ADVICE = "建议"
    INTENTION = "打算"
    ORDER = "部署"


class Counting(StrEnum):
    """How points are weighed: each 1, 1 / cluster size, or one vote a document cluster."""

    RAW = "raw"
    DEDUP = "dedup"
    VOTE = "vote"


DISCOVERED = "discovered"
"""The scheme of themes that come out of a topic model."""
