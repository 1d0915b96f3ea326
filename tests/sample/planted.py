"""What the sample corpus is said to hold: families of damage, and the truth that its authors planted."""

from functools import cache
from typing import Any

from tests.damage.adjudicate import adjudicated
from tests.damage.build_sample import metadata, plan

FAMILIES = {
    "mirror": "拼音注音镜像（繁体、注音、错位字节）",
    "hard_wrap": "硬换行",
    "hard_wrap_with_blank_lines": "硬换行并隔空行",
    "add_blank_lines": "段间空行",
    "repair_lists": "“一、”前被断行",
    "break_clauses": "一分句一行",
    "break_title": "题名拆成数行",
    "add_blanks": "词中空格",
    "add_page_furniture": "页码与页眉",
    "add_wrapping": "网页外壳（菜单、导语、相关文章、延伸阅读）",
    "collect": "一个文件多篇报告",
    "add_invisibles": "不可见字符",
    "to_radicals": "康熙部首字形",
    "to_entities": "残留的 HTML 实体",
    "to_ascii_marks": "半角标点",
    "to_mojibake_gbk": "UTF-8 误读为 GBK",
    "to_mojibake_latin": "GBK 误读为 Latin-1",
    "to_traditional": "繁体",
    "auto_numbers": "Word 自动编号",
    "tracked_changes": "Word 修订痕迹",
}
"""Every family of damage that the datasheet promises, with its name there."""


def group(column: str, value: str) -> set[str]:
    """The reports (``S08#1``) of a value of a column of ``reports/metadata.csv``."""
    head, *lines = (line.split(",") for line in metadata().splitlines())
    at = head.index(column)
    return {cells[0].replace(".txt", "").replace(".docx", "") for cells in lines if cells[at] == value}


@cache
def reports() -> dict[str, dict[str, Any]]:
    """Name (``S08#1``) → gold of every report."""
    gold = adjudicated()
    return {f"{row['file']}#{i}": r for row in plan() for i, r in enumerate(gold[row["file"]], 1)}


def share_raising(side: str, code: str, column: str, value: str) -> tuple[float, int]:
    """The share of reports of a group that raise a code, and how many reports the group has."""
    names = group(column, value)
    chosen = [report for name, report in reports().items() if name in names]
    raising = [any(row[0] == side and row[2] == code for row in report["statements"]) for report in chosen]
    return sum(raising) / len(raising), len(raising)


def answered(code: str) -> tuple[int, int]:
    """How many 问题 of a code have a 对策 paired with them, and how many there are."""
    points = [
        any(i == problem for problem, _ in report["pairs"])
        for report in reports().values()
        for i, row in enumerate(report["statements"])
        if row[0] == "问题" and row[2] == code
    ]
    return sum(points), len(points)
