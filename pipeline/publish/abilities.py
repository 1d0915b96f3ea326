"""您的语料能回答什么: which questions a corpus of this size and kind can answer, by rules that say their threshold."""

from collections.abc import Callable
from dataclasses import dataclass

import pandas as pd

from pipeline.values import DISCOVERED, SIDES, LinkKind

Read = Callable[[str], pd.DataFrame]

MIN_DOCUMENTS = 10
"""Documents below which an interval over documents says little (the bootstrap resamples documents)."""

MIN_GROUP = 5
"""Documents that a group needs before it is compared."""

MIN_YEARS = 5
"""Different years that a trend needs."""

MIN_LINKS = 20
"""Links that a matrix of codes needs."""


@dataclass(frozen=True)
class Ability:
    """A question, whether this corpus can answer it, and why."""

    question: str
    can: bool
    because: str


def abilities(read: Read) -> list[Ability]:
    """What can be asked of a corpus, each with the numbers that decide.

    Parameters
    ----------
    read : callable
        Table name → frame.

    Returns
    -------
    list of Ability
    """
    documents, statements, links = read("documents"), read("statements"), read("links")
    points = statements[statements["parent_id"].isna()]
    n = len(documents)
    found = [_shares(side, int((points["role"] == side).sum()), n) for side in SIDES]
    found += [_themes(side, read) for side in SIDES]
    n_links = int((links["kind"] == LinkKind.PROBLEM_MEASURE).sum())
    found.append(
        Ability(
            "哪些问题得到了回应、由什么对策回应", n_links >= MIN_LINKS, f"问题→对策关联 {n_links} 条，需 {MIN_LINKS} 条"
        )
    )
    for column, name in (("org_type", "各类组织"), ("region", "各地区"), ("genre", "各文种")):
        found.append(_groups(documents[column], name))
    own = read("metadata").pivot(index="doc_id", columns="key", values="value").reindex(documents["doc_id"])
    found += [_groups(own[key], f"“{key}”各组") for key in sorted(map(str, own))]
    years = documents["year"].dropna()
    n_years = years.nunique()
    found.append(
        Ability(
            "随年份怎样变化", n_years >= MIN_YEARS, f"{len(years)} 篇有年份，共 {n_years} 个年份，需 {MIN_YEARS} 个"
        )
    )
    found.append(Ability("问题实际发生得有多普遍", False, "报告中的提及率不是发生率；任何语料都不能回答"))
    return found


def _shares(side: str, n_points: int, n_documents: int) -> Ability:
    """Whether shares of a side can be told."""
    because = f"{n_documents} 篇文献，{n_points} 个{side}条目；区间按文献重抽样，需 {MIN_DOCUMENTS} 篇"
    return Ability(f"哪些{side}被提及得多", n_documents >= MIN_DOCUMENTS and n_points > 0, because)


def _themes(side: str, read: Read) -> Ability:
    """Whether themes of a side were discovered."""
    themes = read("themes")
    n_themes = int(((themes["scheme"] == DISCOVERED) & (themes["side"] == side)).sum())
    because = f"主题模型得到 {n_themes} 个主题" if n_themes else "样本过少，未拟合主题模型（默认需 30 个条目）"
    return Ability(f"{side}自然聚成哪些主题", n_themes > 0, because)


def _groups(values: "pd.Series[str]", name: str) -> Ability:
    """Whether the groups of a variable can be compared."""
    sizes = values.dropna().value_counts()
    large = sizes[sizes >= MIN_GROUP]
    listed = "、".join(f"{group} {size}" for group, size in sorted(large.items(), key=lambda item: (-item[1], item[0])))
    because = f"有 {MIN_GROUP} 篇以上的组：{listed or '无'}；未知 {int(values.isna().sum())} 篇"
    return Ability(f"{name}之间有何差异", len(large) >= 2, because)
