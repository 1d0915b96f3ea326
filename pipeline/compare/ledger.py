"""The ledger 台账: every pair of 问题 and 对策, what stays without the other, and where the two miss each other."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from typing import Any

import pandas as pd

from pipeline import tables
from pipeline.compare.cells import WHOLE
from pipeline.compare.response import COVERAGE, UNANSWERED, UNMATCHED, WITHOUT_CODES, standing
from pipeline.values import LinkKind, Role

Row = dict[str, Any]
Read = Callable[[str], pd.DataFrame]

OWN, OTHER = "wendui", "其他"
ANSWERED, OPEN, IDLE = "已回应", "未获回应", "无对应问题"
"""What a row of the ledger is: a pair; a 问题 without a 对策; a 对策 without a 问题."""

COLUMNS = (
    ["状态", "问题", "原因", "对策", "责任主体", "时限", "问题编码", "对策编码", "文献", "问题位置", "对策位置"]
    + ["证据", "不计编码仍成立", "置信度", "问题编号", "对策编号"]
)  # fmt: skip

MISMATCHES = {
    UNANSWERED: ("常提少应", "未获回应的比例"),
    UNMATCHED: ("有策无题", "无对应问题的比例"),
    COVERAGE: ("泛化对策", "同篇问题被回应的比例"),
}
"""Table → what it is called when a code's rate is above chance, and the name of the rate."""

MISMATCH_COLUMNS = (
    ["类型", "判断", "比较", "组", "编码", "条目数", "比率", "比率名称", "下限", "上限", "同篇随机期望"]
    + ["p", "q", "不计编码q", "单元格"]
)  # fmt: skip

FOUND, HINT = "错位", "线索"
"""A mismatch that passes the correction for all cells of its table; one in the whole corpus that passes alone."""

MAX_Q = MAX_P = 0.05
"""False discovery rate at which a mismatch is reported (Benjamini & Hochberg, 1995), and p of a hint, by convention."""


def ledger(read: Read) -> pd.DataFrame:
    """One row a pair of 问题 and 对策; 问题 and 对策 without the other have rows of their own.

    Parameters
    ----------
    read : callable
        Table name → frame.

    Returns
    -------
    DataFrame
        Columns `COLUMNS`, in document order. 位置 is ``start:end`` of the headline in the document's text; 证据 are the
        methods of the link, 置信度 its probability (null without a link).
    """
    points = _points(read)
    codes, links = _codes(read), read("links")
    pairs = links[links["kind"] == LinkKind.PROBLEM_MEASURE]
    firm = set(standing(links, use_codes=False)["link_id"])
    causes = _causes(links, points)
    answers: dict[str, list[Row]] = defaultdict(list)
    for link in tables.records(pairs):
        answers[link["from_id"]].append(link)
    given = set(pairs["to_id"])
    rows: list[Row] = []
    for name, point in points.items():
        if point["role"] == Role.PROBLEM:
            said = _problem(point, causes[name], codes)
            rows += [said | {"状态": OPEN}] * (not answers[name])
            for link in sorted(answers[name], key=lambda link: points[link["to_id"]]["headline_start"]):
                rows.append(said | _measure(points[link["to_id"]], codes) | _link(link, firm))
        elif point["role"] == Role.MEASURE and name not in given:
            rows.append({"状态": IDLE, "文献": point["doc_id"]} | _measure(point, codes))
    return pd.DataFrame(rows, columns=COLUMNS).astype({"置信度": "float64"})


def mismatches(read: Read) -> pd.DataFrame:
    """供需错位: codes whose rate is above what exchanging points within documents gives, the surest first.

    Parameters
    ----------
    read : callable
        Table name → frame.

    Returns
    -------
    DataFrame
        Columns `MISMATCH_COLUMNS`: cells counted raw with q at most `MAX_Q` (错位), and cells of the whole corpus with
        p at most `MAX_P` (线索: look, but do not report). 不计编码q is the q of the same cell when links that rest on
        codes do not count; a finding that needs them says little.
    """
    cells = read("comparisons")
    cells = cells[cells["counting"] == "raw"]
    labels = dict(zip(read("themes")["theme_id"], read("themes")["label"], strict=True))
    other = dict(zip(cells["cell_id"], cells["q"], strict=True))
    rows = []
    for cell in tables.records(cells[cells["table"].isin(list(MISMATCHES))]):
        verdict = _verdict(cell)
        if verdict is None:
            continue
        kind, rate = MISMATCHES[cell["table"]]
        beside = cell["cell_id"].replace(cell["table"], cell["table"] + WITHOUT_CODES, 1)
        named = {
            "类型": kind,
            "判断": verdict,
            "比较": cell["by"],
            "组": cell["group"],
            "编码": labels.get(cell["row"], cell["row"]),
        }
        named |= {"条目数": cell["n_points"], "比率": cell["share"], "比率名称": rate, "下限": cell["share_low"]}
        named |= {"上限": cell["share_high"], "同篇随机期望": cell["share"] - cell["effect"], "p": cell["p"]}
        rows.append(named | {"q": cell["q"], "不计编码q": other.get(beside), "单元格": cell["cell_id"]})
    order = {kind: i for i, (kind, _) in enumerate(MISMATCHES.values())}
    rows.sort(
        key=lambda row: (row["判断"] != FOUND, order[row["类型"]], row["比较"] != "全部", row["q"], row["单元格"])
    )
    return pd.DataFrame(rows, columns=MISMATCH_COLUMNS).astype({"不计编码q": "float64"})


def _verdict(cell: Row) -> str | None:
    """Whether a cell is a mismatch, a hint of one, or neither; 其他 holds points that have nothing in common."""
    if cell["p"] is None or cell["effect"] <= 0 or cell["row"].endswith(f"/{OTHER}"):
        return None
    if cell["q"] <= MAX_Q:
        return FOUND
    return HINT if cell["by"] == WHOLE and cell["p"] <= MAX_P else None


def _points(read: Read) -> dict[str, Row]:
    """The points of 问题, 原因 and 对策 in document order, by id."""
    found = read("statements")
    found = found[found["parent_id"].isna() & found["role"].isin([Role.PROBLEM, Role.CAUSE, Role.MEASURE])]
    ordered = tables.in_document_order(found.sort_values(["headline_start", "statement_id"], kind="stable"))
    return {row["statement_id"]: row for row in tables.records(ordered)}


def _codes(read: Read) -> dict[str, str]:
    """Point → its primary code in our codebook."""
    codes = read("codes")
    first = codes[(codes["scheme"] == OWN) & (codes["rank"] == 1)]
    return dict(zip(first["statement_id"], first["code"], strict=True))


def _causes(links: pd.DataFrame, points: dict[str, Row]) -> dict[str, list[str]]:
    """问题 → headlines of its 原因, in order of the text."""
    found: dict[str, list[Row]] = defaultdict(list)
    for link in tables.records(links[links["kind"] == LinkKind.PROBLEM_CAUSE]):
        found[link["from_id"]].append(points[link["to_id"]])
    heads: dict[str, list[str]] = defaultdict(list)
    for name, causes in found.items():
        heads[name] = [cause["headline"] for cause in sorted(causes, key=lambda cause: cause["headline_start"])]
    return heads


def _problem(point: Row, causes: Iterable[str], codes: dict[str, str]) -> Row:
    """What the ledger says of a 问题."""
    name = point["statement_id"]
    found = {"问题": point["headline"], "原因": "；".join(causes), "问题编码": codes.get(name), "文献": point["doc_id"]}
    return found | {"问题位置": _place(point), "问题编号": name}


def _measure(point: Row, codes: dict[str, str]) -> Row:
    """What the ledger says of a 对策."""
    name = point["statement_id"]
    found = {"对策": point["headline"], "责任主体": point["actor"], "时限": point["deadline"]}
    return found | {"对策编码": codes.get(name), "对策位置": _place(point), "对策编号": name}


def _link(link: Row, firm: set[str]) -> Row:
    """What the ledger says of a link."""
    stands = "是" if link["link_id"] in firm else "否"
    return {"状态": ANSWERED, "证据": "、".join(link["methods"]), "不计编码仍成立": stands, "置信度": link["score"]}


def _place(point: Row) -> str:
    """Where a headline stands."""
    return f"{point['headline_start']}:{point['headline_end']}"
