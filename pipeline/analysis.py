"""What a notebook talks to: the tables of a run as frames, and the verbs that explore them."""

from pathlib import Path

import pandas as pd

from pipeline import store, tables
from pipeline.compare.ledger import ledger, mismatches
from pipeline.compare.response import without_codes
from pipeline.publish.document import DocumentView, view_document
from pipeline.publish.figures import Figure, draw_figure
from pipeline.trace import COLUMNS, located, trace
from pipeline.values import DISCOVERED


class Analysis:
    """The results in an outputs folder.

    Every table is an attribute: ``a.documents``, ``a.statements``, ``a.links`` …, a plain DataFrame of its own.

    Parameters
    ----------
    outputs : Path
        The folder that ``wendui analyze`` wrote.

    Raises
    ------
    FileNotFoundError
        If it holds no results.
    """

    def __init__(self, outputs: Path) -> None:
        """Check that there are results."""
        if not (outputs / "run.json").is_file():
            message = f"{outputs} 里没有分析结果，请先运行 wendui analyze / no results there: run wendui analyze"
            raise FileNotFoundError(message)
        self.outputs = outputs
        self._tables: dict[str, pd.DataFrame] = {}

    def __getattr__(self, name: str) -> pd.DataFrame:
        """A table by its name."""
        if name.startswith("_") or name not in tables.SCHEMAS:
            raise AttributeError(f"没有表 {name}；有：{'、'.join(tables.SCHEMAS)} / no such table")
        return self._read(name).copy()

    def __dir__(self) -> list[str]:
        """Names for completion, tables included."""
        return [*super().__dir__(), *tables.SCHEMAS]

    def show_themes(self, side: str, *, scheme: str = DISCOVERED) -> pd.DataFrame:
        """The themes of a side, largest first.

        Parameters
        ----------
        side : str
            问题, 原因 or 对策.
        scheme : str
            ``discovered``, or a codebook's name such as ``wendui``.

        Returns
        -------
        DataFrame
            One row a theme with Chinese heads; empty if the side has too few points for a model.
        """
        found = self._read("themes")
        found = found[(found["side"] == side) & (found["scheme"] == scheme)].sort_values(
            ["share", "theme_id"], ascending=[False, True]
        )
        heads = {
            "theme_id": "编号",
            "label": "主题",
            "terms": "主题词",
            "n_statements": "条目数",
            "n_documents": "文献数",
        }
        heads |= {"share": "提及率", "share_low": "下限", "share_high": "上限", "stability": "稳定性"}
        return found[list(heads)].rename(columns=heads).reset_index(drop=True)

    def compare(self, *, by: str, table: str = "codes", side: str = "问题", counting: str = "raw") -> pd.DataFrame:
        """提及率 of each theme in each group, with the whole corpus beside it.

        Parameters
        ----------
        by : str
            ``org_type``, ``year``, ``genre``, ``region`` or a column of metadata.csv.
        table : str
            ``codes``, ``themes`` or ``sides``; or who answers whom: ``response``, ``unanswered``, ``unmatched``,
            ``coverage``, each also with the ending ``_without_codes``.
        side : str
            问题, 原因 or 对策.
        counting : str
            ``raw``, ``dedup`` or ``vote``.

        Returns
        -------
        DataFrame
            Rows: themes; columns: groups; values: share in [0, 1].

        Raises
        ------
        KeyError
            If nothing was compared by that; the message lists what was.
        """
        cells = self._read("comparisons")
        if by not in set(cells["by"]):
            raise KeyError(
                f"没有按 {by} 的比较；有：{'、'.join(sorted(set(cells['by'])))} / nothing is compared by {by!r}"
            )
        cells = cells[(cells["table"] == table) & cells["by"].isin([by, "全部"]) & (cells["counting"] == counting)]
        cells = cells if table == "sides" else cells[cells["side"] == side]
        return cells.pivot_table(index="row", columns="group", values="share", sort=True)

    def ledger(self) -> pd.DataFrame:
        """台账: one row a pair of 问题 and 对策, and a row for each that stays without the other.

        Returns
        -------
        DataFrame
            Chinese heads (see `pipeline.compare.ledger.ledger`), as in ``comparison/ledger.csv``.
        """
        return ledger(self._read)

    def links_without_codes(self) -> pd.DataFrame:
        """The links that stand on other evidence than codes, so that no finding about codes rests on itself."""
        return without_codes(self._read("links")).reset_index(drop=True)

    def mismatches(self) -> pd.DataFrame:
        """供需错位: codes that are raised and seldom answered, answer nothing, or are attached to everything.

        Returns
        -------
        DataFrame
            Chinese heads (see `pipeline.compare.ledger.mismatches`), as in ``comparison/mismatches.csv``.
        """
        return mismatches(self._read)

    def kwic(self, keyword: str, *, window: int = 20) -> pd.DataFrame:
        """Every occurrence of a word with what stands around it (keyword in context).

        Parameters
        ----------
        keyword : str
            The word, verbatim.
        window : int
            Code points to show on each side.

        Returns
        -------
        DataFrame
            doc_id, start, left, keyword, right.
        """
        if not keyword:
            raise ValueError("检索词不能为空 / the keyword is empty")
        rows = []
        for doc_id, text in self._read("documents")[["doc_id", "text"]].itertuples(index=False):
            at = text.find(keyword)
            while at >= 0:
                end = at + len(keyword)
                rows.append((doc_id, at, text[max(0, at - window) : at], keyword, text[end : end + window]))
                at = text.find(keyword, end)
        return pd.DataFrame(rows, columns=["doc_id", "start", "left", "keyword", "right"])

    def show(self, doc_id: str) -> DocumentView:
        """One document under the microscope: its outline, points, links and edits beside its text.

        Raises
        ------
        KeyError
            If there is no such document; names the nearest.
        """
        return view_document(self._read, doc_id)

    def trace(self, name: str) -> pd.DataFrame:
        """The sentences that a cell, theme, point, link or document rests on (see `pipeline.trace.trace`)."""
        return trace(self._read, name)

    def figure(self, name: str) -> Figure:
        """A figure by name, to look at or to ``save("…")``."""
        return draw_figure(name, self._read)

    def quotes(self, *, code: str | None = None, role: str = "问题", **groups: str | int) -> pd.DataFrame:
        """Sentences of points with their source, ready to be cited.

        Parameters
        ----------
        code : str, optional
            Primary code in the codebook ``wendui``; None: any.
        role : str
            问题, 原因 or 对策.
        **groups : str or int
            Conditions on the documents, e.g. ``org_type="高校"``, ``year=2019``.

        Returns
        -------
        DataFrame
            Columns of `trace`, and ``citation``: title, file and place.
        """
        points, documents, codes = (self._read(name) for name in ("statements", "documents", "codes"))
        points = points[(points["role"] == role) & points["parent_id"].isna()]
        for column, value in groups.items():
            points = points[points["doc_id"].isin(documents["doc_id"][(documents[column] == value).fillna(False)])]
        if code is not None:
            mine = codes[(codes["scheme"] == "wendui") & (codes["code"] == code) & (codes["rank"] == 1)]
            points = points[points["statement_id"].isin(mine["statement_id"])]
        found = located(self._read, points) if len(points) else pd.DataFrame(columns=COLUMNS)
        place = found["source_id"] + "，第 " + found["source_start"].astype(str) + " 字起"
        return found.assign(citation="《" + found["title"].fillna("无题") + "》（" + place + "）")

    def _read(self, name: str) -> pd.DataFrame:
        """A table, read once."""
        if name not in self._tables:
            self._tables[name] = store.read_table(self.outputs, name)
        return self._tables[name]
