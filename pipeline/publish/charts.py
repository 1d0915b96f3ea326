"""The drawings: one function draws one figure from one table."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas
from matplotlib.ticker import PercentFormatter

from pipeline.publish.chartdata import OTHER
from pipeline.publish.fonts import drawable
from pipeline.publish.style import HATCHES, MARKERS, PALETTE, new_canvas

_NOTHING = "样本过少，不作图 / too few points for this figure"


def in_words(data: pd.DataFrame, *, n_rows: int = 6) -> str:
    """A figure's numbers in a sentence, for those who cannot see it."""
    if data.empty:
        return _NOTHING
    rows = ["，".join(f"{head} {_plain(row[head])}" for head in data) for row in data.head(n_rows).to_dict("records")]
    return f"共 {len(data)} 行：" + "；".join(rows) + ("……" if len(data) > n_rows else "。")


def draw_nothing(title: str) -> Canvas:
    """A canvas that says that there is too little to draw."""
    canvas, axes = new_canvas(title, height=1.6)
    axes.axis("off")
    axes.text(0.5, 0.5, _NOTHING, ha="center", va="center", color=PALETTE[6])
    return canvas


def draw_profile(title: str, data: pd.DataFrame) -> Canvas:
    """Documents by organisation type (rows) and year (columns), as a grid of counts."""
    grid = data.pivot_table(index="组织类型", columns="年份", values="文献数", fill_value=0, aggfunc="sum")
    return _draw_grid(title, grid, form="{:.0f}", label="文献数")


def draw_bars(title: str, data: pd.DataFrame) -> Canvas:
    """Share of the text by role, as horizontal bars."""
    canvas, axes = new_canvas(title, height=0.8 + 0.28 * len(data))
    rows = np.arange(len(data))[::-1]
    axes.barh(rows, data["占比"], color=PALETTE[5], edgecolor="black", linewidth=0.4)
    axes.set_yticks(rows, [drawable(name) for name in data["角色"]])
    for row, share, length in zip(rows, data["占比"], data["字数"], strict=True):
        axes.text(share, row, f" {share:.1%}（{length} 字）", va="center", fontsize=8)
    axes.set_xlim(0, max(data["占比"]) * 1.35)
    _percent(axes.xaxis)
    axes.set_xlabel("占全部篇幅的比例")
    return canvas


def draw_shares(title: str, data: pd.DataFrame) -> Canvas:
    """提及率 with its 95 % interval, one line a code."""
    canvas, axes = new_canvas(f"{title}（点：提及率；线：95% 自助法区间）", height=0.9 + 0.22 * len(data))
    rows = np.arange(len(data))[::-1]
    axes.hlines(rows, data["下限"], data["上限"], color=PALETTE[0], linewidth=1.2)
    axes.plot(data["提及率"], rows, "o", color=PALETTE[1], markersize=4, markeredgecolor="black", markeredgewidth=0.4)
    axes.set_yticks(rows, [drawable(f"{n}（{k}）") for n, k in zip(data["编码"], data["条目数"], strict=True)])
    axes.set_xlim(left=0)
    _percent(axes.xaxis)
    axes.set_xlabel("提及率（括号内为条目数）")
    axes.grid(axis="x", linewidth=0.3)
    return canvas


def draw_matrix(title: str, data: pd.DataFrame) -> Canvas:
    """Links by 问题 code (rows) and 对策 code (columns), both in one order: like answers like on the diagonal."""
    weight = pd.concat([data.groupby(end)["关联数"].sum() for end in ("问题编码", "对策编码")]).groupby(level=0).sum()
    order = _order(weight)
    grid, marks = _grids(data, ("问题编码", "对策编码"), "关联数", order, order)
    return _draw_grid(
        title, grid.fillna(0), form="{:.0f}", label="关联条数；↑↓ 同篇随机调换难得（q ≤ 0.05）", marks=marks
    )


def draw_heatmap(title: str, data: pd.DataFrame) -> Canvas:
    """提及率 by code (rows) and organisation type (columns), in per cent."""
    order = _order(data.groupby("编码")["条目数"].sum())
    grid, marks = _grids(data, ("编码", "组织类型"), "提及率", order, sorted(data["组织类型"].unique()))
    return _draw_grid(title, grid * 100, form="{:.0f}", label="提及率（%）；↑↓ 与其余各组有别（q ≤ 0.05）", marks=marks)


def draw_trend(title: str, data: pd.DataFrame) -> Canvas:
    """提及率 over the years, a small panel a code, told apart by colour and marker, with the number of points."""
    codes = list(_order(data.groupby("编码")["条目数"].sum()))
    canvas, axes = new_canvas(title, height=0.7 + 0.95 * len(codes))
    axes.axis("off")
    years, most = data["年份"].astype(int), float(data["提及率"].max()) * 1.25 or 1.0
    for i, code in enumerate(codes):
        rows = data[data["编码"] == code].assign(年=years).dropna(subset="提及率").sort_values("年")
        panel = axes.inset_axes((0.16, 1 - (i + 0.86) / len(codes), 0.84, 0.74 / len(codes)))
        look = {"color": PALETTE[i % len(PALETTE)], "marker": MARKERS[i % len(MARKERS)]}
        panel.plot(rows["年"], rows["提及率"], markersize=4, linewidth=1, clip_on=False, zorder=3, **look)
        for year, share, n in zip(rows["年"], rows["提及率"], rows["条目数"], strict=True):
            if n:
                panel.annotate(str(n), (year, share), (0, 4), textcoords="offset points", ha="center", fontsize=6)
        panel.set(xlim=(years.min() - 0.5, years.max() + 0.5), ylim=(0, most))
        panel.xaxis.get_major_locator().set_params(integer=True)
        panel.tick_params(labelsize=7, labelbottom=i == len(codes) - 1)
        panel.grid(axis="y", linewidth=0.3)
        _percent(panel.yaxis)
        panel.text(-0.09, 0.5, drawable(code), transform=panel.transAxes, ha="right", va="center", fontsize=8)
    return canvas


def draw_themes(title: str, data: pd.DataFrame) -> Canvas:
    """The leading terms of each theme, as small bars side by side, with room for the longest term beside each."""
    names = list(dict.fromkeys(data["主题"]))
    n_columns = min(4, len(names))
    n_rows = -(-len(names) // n_columns)
    canvas, axes = new_canvas(title, height=0.6 + 1.7 * n_rows)
    axes.axis("off")
    room = min(0.04 + 0.065 * max(len(term) for term in data["主题词"]), 0.6)
    for i, name in enumerate(names):
        terms = data[data["主题"] == name]
        left, bottom = (i % n_columns) / n_columns, 1 - (i // n_columns + 1) / n_rows
        small = axes.inset_axes((left + room / n_columns, bottom + 0.05, (0.96 - room) / n_columns, 0.72 / n_rows))
        places = np.arange(len(terms))[::-1]
        small.barh(places, terms["权重"], color=PALETTE[i % 6], hatch=HATCHES[i % 6], edgecolor="black", linewidth=0.4)
        small.set_yticks(places, [drawable(term) for term in terms["主题词"]], fontsize=7)
        small.set_xticks([])
        small.set_title(drawable(f"{name}\n{terms['提及率'].iloc[0]:.1%}"), fontsize=7)
    return canvas


def _order(weights: "pd.Series[Any]") -> list[str]:
    """Names by weight, the heaviest first; what has no other code comes last."""
    return sorted(weights.index, key=lambda name: (name == OTHER, -weights[name], name))


def _grids(
    data: pd.DataFrame, ends: tuple[str, str], values: str, rows: list[str], columns: list[str]
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Values and marks of a long table as two grids, without empty rows and columns."""
    grid = data.pivot(index=ends[0], columns=ends[1], values=values)
    marks = data.pivot(index=ends[0], columns=ends[1], values="标记").fillna("")
    kept = [name for name in rows if name in grid.index], [name for name in columns if name in grid.columns]
    return grid.loc[kept[0], kept[1]], marks.loc[kept[0], kept[1]]


def _percent(axis: Any) -> None:
    """Ticks of an axis of shares in per cent."""
    axis.set_major_formatter(PercentFormatter(1, decimals=0))


def _draw_grid(title: str, grid: pd.DataFrame, *, form: str, label: str, marks: pd.DataFrame | None = None) -> Canvas:
    """A table of numbers as a heat map with its numbers written in; drawn of plain shapes, never as a picture."""
    n_rows, n_columns = grid.shape
    columns, rows = ([drawable(str(name)) for name in names] for names in (grid.columns, grid.index))
    longest = max(len(name) for name in columns)
    width = max(6.3, 0.13 * max(len(name) for name in rows) + 0.6 + 0.34 * n_columns)
    canvas, axes = new_canvas(title, width=width, height=1.1 + 0.11 * longest + 0.24 * n_rows)
    values = grid.to_numpy(dtype=float)
    most = float(np.nanmax(values)) if values.size else 1.0
    axes.pcolormesh(np.nan_to_num(values), cmap="Blues", vmin=0, vmax=most * 1.15, edgecolors="white", linewidth=0.8)
    axes.set_xticks(np.arange(n_columns) + 0.5, columns, rotation=0 if longest <= 2 else 90, fontsize=7.5)
    axes.set_yticks(np.arange(n_rows) + 0.5, rows, fontsize=7.5)
    axes.invert_yaxis()
    axes.tick_params(length=0)
    for side in ("left", "bottom"):
        axes.spines[side].set_visible(False)
    for (row, column), value in np.ndenumerate(values):
        if value and not np.isnan(value):
            colour: Any = "white" if value > most * 0.6 else "black"
            mark = str(marks.iat[row, column]) if marks is not None else ""
            text = form.format(float(value)) + mark
            axes.text(
                column + 0.5, row + 0.5, text, ha="center", va="center", fontsize=7, color=colour, in_layout=False
            )
    axes.set_xlabel(f"格中数字：{label}", fontsize=7.5, loc="left", color=PALETTE[6])
    return canvas


def _plain(value: Any) -> str:
    """A value of a table for a sentence."""
    return f"{value:.3f}" if isinstance(value, float) else str(value)
