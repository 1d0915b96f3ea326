"""Points whose themes are known: each has words of one theme, and words that all share."""

import random

from tests.rows import Row, point

WORDS = [
    ["组织生活", "三会一课", "主题党日", "党员大会", "支部会议", "记录", "签到", "走过场"],
    ["党务干部", "兼职", "编制", "专职", "人手", "待遇", "轮岗", "培训"],
    ["流动党员", "外出", "务工", "联系", "失联", "转接", "台账", "网络"],
    ["经费", "阵地", "场所", "投入", "补助", "保障", "预算", "设施"],
]
COMMON = ["支部", "党员", "工作", "情况", "方面", "时间", "单位", "部分", "开展", "要求"]


def planted(n_points: int, *, n_themes: int = 4, seed: int = 0) -> tuple[list[list[str]], list[int]]:
    """Terms of points, and the theme of each."""
    choice = random.Random(seed)
    themes = [i % n_themes for i in range(n_points)]
    return [choice.choices(WORDS[k], k=6) + choice.choices(COMMON, k=4) for k in themes], themes


def rows_of(terms: list[list[str]], *, side: str = "问题", per_document: int = 4) -> tuple[list[Row], list[Row]]:
    """Rows of `statements` and of `tokens` for points of one side."""
    statements = []
    for i in range(len(terms)):
        doc, start = f"{i // per_document:02d}.txt#1", i % per_document * 10
        statements.append(point(doc, start, start + 10, side))
    tokens = [
        {key: row[key] for key in ("statement_id", "doc_id", "role")} | {"terms": found}
        for row, found in zip(statements, terms, strict=True)
    ]
    return statements, tokens
