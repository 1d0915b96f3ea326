"""The themes of each side as tables: codes of the codebooks, and what a topic model discovered."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from pipeline import tables
from pipeline.settings import ThemeOptions
from pipeline.shares import generator, intervals, share
from pipeline.themes.discovery import Discovered, discover
from pipeline.values import DISCOVERED, SIDES, Counting

Row = dict[str, Any]
N_EXEMPLARS = 3
MIN_WEIGHT = 0.05
"""Smaller weights on a discovered theme are not listed, unless it is the point's strongest."""


def themes(
    statements: pd.DataFrame,
    tokens: pd.DataFrame,
    codes: pd.DataFrame,
    clusters: pd.DataFrame,
    *,
    options: ThemeOptions,
) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The themes of every side, their terms, and every point's weights on them.

    Parameters
    ----------
    statements, tokens, codes, clusters : DataFrame
        The tables of these names, in any order.
    options : ThemeOptions

    Returns
    -------
    themes, theme_terms, statement_themes : DataFrame
        A theme for every code that a point has, and the discovered ones. A side with fewer than `options.min_points`
        different points has no discovered theme; a point without a known term has no row for them.
    """
    points = statements[statements["parent_id"].isna() & statements["role"].isin(SIDES)]
    points = tables.in_document_order(points.sort_values(["headline_start", "statement_id"], kind="stable"))
    names = _code_names(codes)
    found: list[Row] = []
    terms: list[Row] = []
    weights: list[Row] = []
    for side in SIDES:
        mine = points[points["role"] == side].reset_index(drop=True)
        coded = list(_coded(side, codes[codes["statement_id"].isin(mine["statement_id"])]))
        for scheme in sorted({row["scheme"] for row in coded}):
            rows = [row for row in coded if row["scheme"] == scheme]
            found += _named(_theme_rows(mine, rows, None, options), names)
            weights += rows
        segmented = mine[["statement_id", "doc_id"]].merge(tokens[["statement_id", "terms"]], on="statement_id")
        discovered = discover(segmented, clusters, options=options)
        if discovered:
            rows = list(_assigned(side, segmented["statement_id"].tolist(), discovered))
            found += _theme_rows(mine, rows, discovered, options)
            terms += _term_rows(side, discovered)
            weights += rows
    order = {name: i for i, name in enumerate(points["statement_id"])}
    weights.sort(key=lambda row: (order[row["statement_id"]], row["scheme"], not row["primary"], row["theme_id"]))
    return tables.frame("themes", found), tables.frame("theme_terms", terms), tables.frame("statement_themes", weights)


def _code_names(codes: pd.DataFrame) -> dict[tuple[str, str], Row]:
    """(scheme, code) → a row that says its name for people, what it is a part of and what it means."""
    said = codes[codes["label"].notna()].drop_duplicates(["scheme", "code"])
    return {(row["scheme"], row["code"]): row for row in tables.records(said)}


def _named(rows: Iterator[Row], names: Mapping[tuple[str, str], Row]) -> Iterator[Row]:
    """Themes of one side and scheme with the names of their codes, and the theme above where that is one too."""
    known = list(rows)
    present = {row["theme_id"] for row in known}
    for row in known:
        side, scheme, code = row["theme_id"].split("/", 2)
        said = names.get((scheme, code), {"label": code, "parent": None, "definition": None})
        above = f"{side}/{scheme}/{said['parent']}"
        own = {"label": said["label"], "definition": said["definition"]}
        yield row | own | {"parent_id": above if above in present else None}


def _coded(side: str, codes: pd.DataFrame) -> Iterator[Row]:
    """The codes of points as themes: the first code is the theme in counts, weights are confidences."""
    for row in tables.records(codes):
        name = f"{side}/{row['scheme']}/{row['code']}"
        kept = {"statement_id": row["statement_id"], "scheme": row["scheme"], "side": side, "theme_id": name}
        yield kept | {"weight": row["confidence"], "primary": row["rank"] == 1}


def _assigned(side: str, names: Sequence[str], discovered: Discovered) -> Iterator[Row]:
    """Every point's weights on the discovered themes; a point without a known term has none."""
    best = discovered.weights.argmax(axis=1)
    is_listed = discovered.weights >= MIN_WEIGHT
    is_listed[np.arange(len(names)), best] = discovered.weights.max(axis=1) > 0
    for i, k in np.argwhere(is_listed).tolist():
        row = {"statement_id": names[i], "scheme": DISCOVERED, "side": side, "theme_id": _name(side, k)}
        yield row | {"weight": float(discovered.weights[i, k]), "primary": k == int(best[i])}


def _name(side: str, k: int) -> str:
    """The id of a discovered theme: its rank by size."""
    return f"{side}/{DISCOVERED}/{k + 1:02d}"


def _term_rows(side: str, discovered: Discovered) -> Iterator[Row]:
    """The leading terms of the discovered themes."""
    for k, theme in enumerate(discovered.themes):
        shown = {"scheme": DISCOVERED, "side": side, "theme_id": _name(side, k)}
        for rank, (term, weight) in enumerate(theme.terms, 1):
            yield shown | {"term": term, "weight": weight, "rank": rank}


def _theme_rows(
    points: pd.DataFrame, weights: list[Row], discovered: Discovered | None, options: ThemeOptions
) -> Iterator[Row]:
    """One row a theme of one side and scheme: its points, their share with its interval, its terms and exemplars."""
    side, scheme = weights[0]["side"], weights[0]["scheme"]
    units, documents = pd.factorize(points["doc_id"], sort=True)
    unit_of = dict(zip(points["statement_id"], units.tolist(), strict=True))
    names = sorted({row["theme_id"] for row in weights})
    members: dict[str, list[Row]] = defaultdict(list)
    for row in weights:
        if row["primary"]:
            members[row["theme_id"]].append(row)
    counts, base = np.zeros((len(documents), len(names))), np.bincount(units, minlength=len(documents)).astype(float)
    for k, name in enumerate(names):
        np.add.at(counts[:, k], [unit_of[row["statement_id"]] for row in members[name]], 1.0)
    # the random numbers of the cells `全部`, `raw` of `comparisons`, so that both tables give one interval
    table = "codes" if discovered is None else "themes"
    random = generator(options.seed, table, side, scheme, "全部", "全部", Counting.RAW)
    low, high = intervals(counts, base, n_bootstrap=options.n_bootstrap, random=random)
    for k, name in enumerate(names):
        best = sorted(members[name], key=lambda row: (-row["weight"], row["statement_id"]))[:N_EXEMPLARS]
        row = {"scheme": scheme, "side": side, "theme_id": name, "exemplar_ids": [r["statement_id"] for r in best]}
        row |= {"n_statements": len(members[name]), "n_documents": int((counts[:, k] > 0).sum())}
        row |= {"share": float(share(counts[:, k].sum(), base.sum()))}
        yield row | {"share_low": low[k], "share_high": high[k]} | _described(name, discovered)


def _described(theme_id: str, discovered: Discovered | None) -> Row:
    """A theme's label and terms, and how good it is if it was discovered."""
    key = theme_id.split("/", 2)[2]
    if discovered is None:
        return {"label": key, "terms": []}
    theme = discovered.themes[int(key) - 1]
    terms = [term for term, _ in theme.terms]
    return {"label": theme.label, "terms": terms, "coherence": theme.coherence, "stability": theme.stability}
