"""The figures: each is drawn by one function from one table, and carries that table and itself in words."""

import html
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pandas as pd
from matplotlib.figure import Figure as Canvas

from pipeline.publish import chartdata, charts
from pipeline.publish.export import csv_bytes
from pipeline.publish.style import FORMATS, house_style, inlined, rendered

Read = Callable[[str], pd.DataFrame]


@dataclass(frozen=True)
class Figure:
    """A drawn figure.

    Attributes
    ----------
    name, title : str
        Its file name and what it shows.
    data : DataFrame
        The numbers that are drawn.
    alt : str
        The figure in words.
    cells : str
        Prefix of its cells in `comparisons`, for tracing; empty if it shows counts of documents or sections.
    """

    name: str
    title: str
    data: pd.DataFrame
    alt: str
    cells: str
    canvas: Canvas

    def save(self, path: str | Path) -> Path:
        """Write it to a file; the ending (.svg, .pdf, .png) says as what."""
        target = Path(path)
        kind = target.suffix.removeprefix(".")
        if kind not in FORMATS:
            raise ValueError(f"{target}：图可存为 {'、'.join(FORMATS)} / figures are saved as {', '.join(FORMATS)}")
        target.write_bytes(rendered(self.canvas, kind))
        return target

    def svg(self) -> str:
        """The figure as an SVG element with its text for screen readers."""
        body = inlined(rendered(self.canvas, "svg").decode(), name=self.name)
        label = f'<svg role="img" aria-label="{html.escape(f"{self.title}。{self.alt}", quote=True)}"'
        return label + body.removeprefix("<svg")

    def _repr_html_(self) -> str:
        """The figure in a notebook."""
        return self.svg()


@dataclass(frozen=True)
class _Plan:
    """How a figure is made: its numbers, its drawing, its words."""

    title: str
    cells: str
    numbers: Callable[[Read], pd.DataFrame]
    draw: Callable[[str, pd.DataFrame], Canvas]


def _shares(side: str) -> Callable[[Read], pd.DataFrame]:
    """The numbers of the codes of a side."""
    return partial(chartdata.code_shares, side=side)


PLANS: Mapping[str, _Plan] = {
    "01_corpus": _Plan("语料构成：各类组织、各年份的文献数", "", chartdata.corpus_profile, charts.draw_profile),
    "02_roles": _Plan("篇章结构：各角色章节所占篇幅", "", chartdata.role_lengths, charts.draw_bars),
    "03_problem_codes": _Plan("问题编码的提及率", "codes/全部/全部", _shares("问题"), charts.draw_shares),
    "04_measure_codes": _Plan("对策编码的提及率", "codes/全部/全部", _shares("对策"), charts.draw_shares),
    "05_response_matrix": _Plan(
        "问题编码 × 对策编码：关联条数", "matrix/全部/全部", chartdata.response_matrix, charts.draw_matrix
    ),
    "06_by_org_type": _Plan("各类组织的问题编码提及率", "codes/org_type", chartdata.shares_by_org, charts.draw_heatmap),
    "07_by_year": _Plan("问题编码提及率的年度变化", "codes/year", chartdata.shares_by_year, charts.draw_trend),
    "08_problem_themes": _Plan("问题主题及其主题词", "themes/全部/全部", chartdata.theme_terms, charts.draw_themes),
}
"""Every figure by name, in the order of the report."""


def figure_name(name: str) -> str | None:
    """The key of `PLANS` for a key, its number such as ``"03"``, or the name without the number; None: no such figure.

    Examples
    --------
    >>> figure_name("03"), figure_name("by_year"), figure_name("99")
    ('03_problem_codes', '07_by_year', None)
    """
    return next((key for key in PLANS if name in (key, *key.split("_", 1))), None)


def draw_figure(name: str, read: Read) -> Figure:
    """One figure from the tables.

    Parameters
    ----------
    name : str
        A key of `PLANS`, or its number such as ``"03"``, or the name without the number.
    read : callable
        Table name → frame.

    Raises
    ------
    KeyError
        If there is no such figure; the message lists all.
    """
    found = figure_name(name)
    if found is None:
        raise KeyError(f"没有图 {name}；有：{'、'.join(PLANS)} / no such figure")
    plan = PLANS[found]
    with house_style():
        data = plan.numbers(read)
        canvas = plan.draw(plan.title, data) if len(data) else charts.draw_nothing(plan.title)
    return Figure(found, plan.title, data, charts.in_words(data), plan.cells, canvas)


def figures(frames: Mapping[str, pd.DataFrame]) -> dict[str, bytes]:
    """All figures in all formats, with their numbers: path below the outputs folder → bytes."""
    files: dict[str, bytes] = {}
    for name in PLANS:
        figure = draw_figure(name, frames.__getitem__)
        files |= {f"figures/{name}.{kind}": rendered(figure.canvas, kind) for kind in FORMATS}
        files[f"figures/{name}.csv"] = csv_bytes(figure.data)
    return files
