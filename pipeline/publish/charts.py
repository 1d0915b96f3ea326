"""The drawings: one function draws one figure from one table."""

from typing import Any

import numpy as np
import pandas as pd
from matplotlib.figure import Figure as Canvas

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
    axes.set_xlabel("提及率（括号内为条目数）")
    axes.grid(axis="x", linewidth=0.3)
    return canvas


def draw_matrix(title: str, data: pd.DataFrame) -> Canvas:
    """Links by 问题 code (rows) and 对策 code (columns)."""
    grid = data.pivot_table(index="问题编码", columns="对策编码", values="关联数", fill_value=0, aggfunc="sum")
    return _draw_grid(title, grid, form="{:.0f}", label="关联条数")


def draw_heatmap(title: str, data: pd.DataFrame) -> Canvas:
    """提及率 by code (rows) and organisation type (columns), in per cent."""
    grid = data.pivot_table(index="编码", columns="组织类型", values="提及率") * 100
    return _draw_grid(f"{title}（%）", grid, form="{:.0f}", label="提及率（%）")


def draw_trend(title: str, data: pd.DataFrame) -> Canvas:
    """提及率 over the years, one line a code, told apart by colour and marker."""
    canvas, axes = new_canvas(title)
    for i, (code, rows) in enumerate(data.groupby("编码", sort=True)):
        points = rows.assign(年=rows["年份"].astype(int)).dropna(subset="提及率").sort_values("年")
        look = {"color": PALETTE[i % len(PALETTE)], "marker": MARKERS[i % len(MARKERS)]}
        axes.plot(points["年"], points["提及率"], label=drawable(str(code)), markersize=4, linewidth=1, **look)
    axes.set_ylim(bottom=0)
    axes.xaxis.get_major_locator().set_params(integer=True)
    axes.set_xlabel("年份")
    axes.set_ylabel("提及率")
    axes.legend(loc="center left", bbox_to_anchor=(1, 0.5))
    return canvas


def draw_themes(title: str, data: pd.DataFrame) -> Canvas:
    """The leading terms of each theme, as small bars side by side."""
    names = list(dict.fromkeys(data["主题"]))
    n_columns = min(4, len(names))
    n_rows = -(-len(names) // n_columns)
    canvas, axes = new_canvas(title, height=0.6 + 1.7 * n_rows)
    axes.axis("off")
    for i, name in enumerate(names):
        terms = data[data["主题"] == name]
        left, bottom = (i % n_columns) / n_columns, 1 - (i // n_columns + 1) / n_rows
        small = axes.inset_axes((left + 0.1 / n_columns * 2, bottom + 0.05, 0.7 / n_columns, 0.72 / n_rows))
        places = np.arange(len(terms))[::-1]
        small.barh(places, terms["权重"], color=PALETTE[i % 6], hatch=HATCHES[i % 6], edgecolor="black", linewidth=0.4)
        small.set_yticks(places, [drawable(term) for term in terms["主题词"]], fontsize=7)
        small.set_xticks([])
        small.set_title(drawable(f"{name}\n{terms['提及率'].iloc[0]:.1%}"), fontsize=7)
    return canvas


def _draw_grid(title: str, grid: pd.DataFrame, *, form: str, label: str) -> Canvas:
    """A table of numbers as a heat map with its numbers written in."""
    height = min(9.0, 1.3 + 0.24 * len(grid))
    canvas, axes = new_canvas(title, width=max(6.3, 1.8 + 0.36 * grid.shape[1]), height=height)
    values = grid.to_numpy(dtype=float)
    image = axes.imshow(np.nan_to_num(values), cmap="Blues", aspect="auto", vmin=0)
    axes.set_xticks(range(grid.shape[1]), [drawable(str(n)) for n in grid.columns], rotation=90, fontsize=7)
    axes.set_yticks(range(len(grid)), [drawable(str(n)) for n in grid.index], fontsize=7)
    dark = np.nanmax(values) * 0.6 if values.size else 0
    for (row, column), value in np.ndenumerate(values):
        if value and not np.isnan(value):
            colour: Any = "white" if value > dark else "black"
            axes.text(column, row, form.format(value), ha="center", va="center", fontsize=6, color=colour)
    canvas.colorbar(image, ax=axes, label=label, shrink=0.6)
    return canvas


def _plain(value: Any) -> str:
    """A value of a table for a sentence."""
    return f"{value:.3f}" if isinstance(value, float) else str(value)
