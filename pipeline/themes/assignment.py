"""The themes of each side as tables: codes of the codebooks, and what a topic model discovered."""

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from pipeline import tables
from pipeline.settings import ThemeOptions
from pipeline.shares import intervals, share
from pipeline.statements.codebook import code_labels
from pipeline.themes.discovery import Discovered, discover
from pipeline.values import DISCOVERED, SIDES

Row = dict[str, Any]
N_EXEMPLARS = 3
N_BOOTSTRAP = 1_000


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
        A side with fewer than `options.min_points` points has no discovered theme.
    """
    points = statements[statements["parent_id"].isna() & statements["role"].isin(SIDES)]
    points = tables.in_document_order(points.sort_values("start", kind="stable"))
    found: list[Row] = []
    terms: list[Row] = []
    weights: list[Row] = []
    for side in SIDES:
        mine = points[points["role"] == side].reset_index(drop=True)
        for rows in _coded(side, codes[codes["statement_id"].isin(mine["statement_id"])]):
            weights += rows
        segmented = mine[["statement_id", "doc_id"]].merge(tokens[["statement_id", "terms"]], on="statement_id")
        discovered = discover(segmented, clusters, options=options) if len(mine) else None
        if discovered:
            weights += _assigned(side, segmented, discovered)
            terms += _term_rows(side, discovered)
        found += _theme_rows(side, mine, [row for row in weights if row["side"] == side], discovered, options)
    order = {name: i for i, name in enumerate(points["statement_id"])}
    weights.sort(key=lambda row: (order[row["statement_id"]], row["scheme"], -row["weight"], row["theme_id"]))
    return tables.frame("themes", found), tables.frame("theme_terms", terms), tables.frame("statement_themes", weights)


def _coded(side: str, codes: pd.DataFrame) -> Iterator[list[Row]]:
    """The codes of points as themes: the first code is the theme in counts, weights are confidences."""
    for row in tables.records(codes):
        name = f"{side}/{row['scheme']}/{row['code']}"
        kept = {"statement_id": row["statement_id"], "scheme": row["scheme"], "side": side, "theme_id": name}
        yield [kept | {"weight": row["confidence"], "primary": row["rank"] == 1}]


def _assigned(side: str, points: pd.DataFrame, discovered: Discovered) -> Iterator[Row]:
    """Every point's weights of at least .05 on the discovered themes; a point without a known term has none."""
    for statement_id, weights in zip(points["statement_id"], discovered.weights, strict=True):
        best = int(np.argmax(weights))
        for k in np.flatnonzero(weights >= 0.05):
            name = _name(side, int(k))
            row = {"statement_id": statement_id, "scheme": DISCOVERED, "side": side, "theme_id": name}
            yield row | {"weight": float(weights[k]), "primary": int(k) == best}


def _name(side: str, k: int) -> str:
    """The id of a discovered theme: its rank by size."""
    return f"{side}/{DISCOVERED}/{k + 1:02d}"


def _term_rows(side: str, discovered: Discovered) -> Iterator[Row]:
    """The leading terms of the discovered themes."""
    for k, terms in enumerate(discovered.terms):
        for rank, (term, weight) in enumerate(terms, 1):
            name = _name(side, k)
            yield {"scheme": DISCOVERED, "side": side, "theme_id": name, "term": term, "weight": weight, "rank": rank}


def _theme_rows(
    side: str, points: pd.DataFrame, weights: list[Row], discovered: Discovered | None, options: ThemeOptions
) -> Iterator[Row]:
    """One row a theme: how many points it has, their share with its interval, its terms and exemplars."""
    units, names = pd.factorize(points["doc_id"], sort=True)
    unit_of = dict(zip(points["statement_id"], units, strict=True))
    base = np.bincount(units, minlength=len(names)).astype(float)
    for name in sorted({row["theme_id"] for row in weights}):
        rows = [row for row in weights if row["theme_id"] == name]
        first = [row for row in rows if row["primary"]]
        mine = np.bincount([unit_of[row["statement_id"]] for row in first], minlength=len(names)).astype(float)
        low, high = intervals(mine[:, None], base, n_bootstrap=N_BOOTSTRAP, seed=[options.seed])
        best = sorted(first, key=lambda row: (-row["weight"], row["statement_id"]))[:N_EXEMPLARS]
        scheme, key = rows[0]["scheme"], name.rpartition("/")[2]
        counts = {"n_statements": len(first), "n_documents": int((mine > 0).sum())}
        shares = {
            "share": float(share(mine.sum(), base.sum())),
            "share_low": float(low[0]),
            "share_high": float(high[0]),
        }
        row = {"scheme": scheme, "side": side, "theme_id": name, "exemplar_ids": [r["statement_id"] for r in best]}
        yield row | counts | shares | _described(scheme, key, discovered)


def _described(scheme: str, key: str, discovered: Discovered | None) -> Row:
    """A theme's label and terms, and how good it is if it was discovered."""
    if scheme != DISCOVERED or discovered is None:
        return {"label": code_labels(scheme).get(key, key), "terms": []}
    k = int(key) - 1
    terms = [term for term, _ in discovered.terms[k]]
    quality = {"coherence": discovered.coherence[k], "stability": discovered.stability[k]}
    return {"label": "·".join(terms[:3]), "terms": terms} | quality
