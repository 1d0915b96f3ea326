"""The numbers behind the figures: each function makes one small table with Chinese heads from the tables of a run."""

from collections.abc import Callable

import pandas as pd

from pipeline.compare.ledger import MAX_Q
from pipeline.compare.matrix import ARROW, MATRIX
from pipeline.values import DISCOVERED

Read = Callable[[str], pd.DataFrame]

OWN, OTHER = "wendui", "其他"
"""The codebook whose codes the figures show, and its code for what has no other, which always comes last."""

N_GROUPS, N_LINES, N_THEMES, N_TERMS = 12, 5, 8, 8
"""How much a figure can hold and still be read."""


def corpus_profile(read: Read) -> pd.DataFrame:
    """Documents by organisation type and year: 组织类型, 年份, 文献数 (an unknown value is 未知)."""
    documents = read("documents")
    table = pd.DataFrame(
        {
            "组织类型": documents["org_type"].astype(object).where(documents["org_type"].notna(), "未知"),
            "年份": [("未知" if pd.isna(year) else str(year)) for year in documents["year"]],
        }
    )
    return table.value_counts(sort=False).rename("文献数").reset_index().sort_values(["组织类型", "年份"])


def role_lengths(read: Read) -> pd.DataFrame:
    """Own text of sections by role: 角色, 字数, 占比 (share of all text), longest first; no role is 未定."""
    sections = read("sections")
    depth = sections.sort_values(["doc_id", "start", "level"])
    following = depth.groupby("doc_id")["start"].shift(-1)
    own = following.fillna(depth["end"]).astype(int) - depth["start"]
    roles = depth["role"].astype(object).where(depth["role"].notna(), "未定")
    total = own.groupby(roles).sum().sort_values(ascending=False, kind="stable")
    return pd.DataFrame({"角色": total.index, "字数": total.to_numpy(), "占比": (total / total.sum()).to_numpy()})


def code_shares(read: Read, *, side: str, scheme: str = OWN) -> pd.DataFrame:
    """提及率 of the codes of a side in the whole corpus with intervals: 编码, 条目数, 提及率, 下限, 上限."""
    cells = read("comparisons")
    cells = cells[(cells["table"] == "codes") & (cells["by"] == "全部") & (cells["counting"] == "raw")]
    cells = cells[(cells["side"] == side) & (cells["scheme"] == scheme) & (cells["n_points"] > 0)]
    cells = cells.assign(last=cells["row"].str.endswith(f"/{OTHER}"))
    cells = cells.sort_values(["last", "share", "row"], ascending=[True, False, True])
    columns = {"theme_id": "编号", "n_points": "条目数", "share": "提及率", "share_low": "下限", "share_high": "上限"}
    table = cells[list(columns)].rename(columns=columns).reset_index(drop=True)
    table.insert(0, "编码", _labels(read, table["编号"]))
    return table


def response_matrix(read: Read) -> pd.DataFrame:
    """Links 问题→对策 by the codes of both ends: 问题编码, 对策编码, 关联数, 标记 (against chance within documents)."""
    cells = read("comparisons")
    cells = cells[(cells["table"] == MATRIX) & (cells["counting"] == "raw") & (cells["n_points"] > 0)]
    cells = cells[cells["scheme"] == OWN]
    ends = [name.split(ARROW) for name in cells["row"]]
    asked, given = (pd.Series([pair[i] for pair in ends], dtype="str") for i in (0, 1))
    found = {"问题编码": _labels(read, asked), "对策编码": _labels(read, given)}
    table = pd.DataFrame(found | {"关联数": cells["n_votes"].astype(int).tolist(), "标记": _marks(cells)})
    return table.sort_values(["问题编码", "对策编码"]).reset_index(drop=True)


def _marks(cells: pd.DataFrame) -> list[str]:
    """↑ or ↓ where a cell differs after correction, else nothing."""
    found = zip(cells["effect"], cells["q"], strict=True)
    return [("↑" if effect > 0 else "↓") if q <= MAX_Q else "" for effect, q in found]


def shares_by_org(read: Read) -> pd.DataFrame:
    """提及率 of the 问题 codes in each organisation type: 组织类型, 编码, 条目数, 提及率, 标记."""
    return _shares_by(read, by="org_type", head="组织类型")


def shares_by_year(read: Read) -> pd.DataFrame:
    """提及率 of the most frequent 问题 codes in each year: 年份, 编码, 条目数, 提及率, 标记."""
    table = _shares_by(read, by="year", head="年份")
    table = table[(table["年份"] != "未知") & (table["编码"] != OTHER)]
    leading = table.groupby("编码")["条目数"].sum().sort_values(ascending=False, kind="stable").index[:N_LINES]
    return table[table["编码"].isin(leading)].reset_index(drop=True)


def _shares_by(read: Read, *, by: str, head: str) -> pd.DataFrame:
    """提及率 of the 问题 codes in the largest groups of a variable."""
    cells = read("comparisons")
    cells = cells[(cells["table"] == "codes") & (cells["by"] == by) & (cells["counting"] == "raw")]
    cells = cells[(cells["side"] == "问题") & (cells["scheme"] == OWN)]
    sizes = cells.groupby("group")["n_points"].sum().sort_values(ascending=False, kind="stable")
    kept = sizes.index if by == "year" else sizes.index[:N_GROUPS]
    cells = cells[cells["group"].isin(kept)]
    used = cells.groupby("theme_id")["n_points"].transform("sum") > 0
    columns = {"group": head, "theme_id": "编号", "n_points": "条目数", "share": "提及率", "mark": "标记"}
    table = (
        cells.assign(mark=_marks(cells))[used][list(columns)]
        .rename(columns=columns)
        .sort_values([head, "编号"])
        .reset_index(drop=True)
    )
    table.insert(1, "编码", _labels(read, table["编号"]))
    return table.drop(columns=["编号"])


def theme_terms(read: Read) -> pd.DataFrame:
    """The discovered 问题 themes and their leading terms: 主题, 提及率, 主题词, 权重."""
    themes, terms = read("themes"), read("theme_terms")
    themes = themes[(themes["scheme"] == DISCOVERED) & (themes["side"] == "问题")]
    themes = themes.sort_values(["share", "theme_id"], ascending=[False, True]).head(N_THEMES)
    terms = terms[terms["theme_id"].isin(themes["theme_id"]) & (terms["rank"] <= N_TERMS)]
    table = themes[["theme_id", "label", "share"]].merge(terms[["theme_id", "term", "weight", "rank"]], on="theme_id")
    table = table.sort_values(["share", "theme_id", "rank"], ascending=[False, True, True])
    columns = {"label": "主题", "share": "提及率", "term": "主题词", "weight": "权重"}
    return table[list(columns)].rename(columns=columns).reset_index(drop=True)


def _labels(read: Read, theme_ids: "pd.Series[str]") -> list[str]:
    """The names of themes for people."""
    themes = read("themes")
    labels = dict(zip(themes["theme_id"], themes["label"], strict=True))
    return [labels.get(name, name.rpartition("/")[2]) for name in theme_ids]
