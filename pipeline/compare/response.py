"""Who answers whom: how often 问题 of a code stay without a 对策, and 对策 without a 问题, against chance."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import pandas as pd
from scipy.sparse import csr_matrix, vstack

from pipeline.compare.cells import Grouping, cell_name
from pipeline.compare.counting import Units, sums
from pipeline.compare.exchange import Shuffle, exchange_p
from pipeline.settings import CompareOptions
from pipeline.shares import Array, Places, generator, intervals, share
from pipeline.values import LinkKind, Role

UNANSWERED, UNMATCHED, COVERAGE, RESPONSE = "unanswered", "unmatched", "coverage", "response"
"""Tables: 问题 without a 对策; 对策 without a 问题; what share of its report's 问题 a 对策 answers; whole sides."""

WITHOUT_CODES = "_without_codes"
"""What the names of tables end in whose links do not rest on codes: no finding about codes may rest on itself."""

MIN_SCORE = 0.5
"""Probability without code evidence from which a link stands without it: more likely than not."""


@dataclass(frozen=True)
class Rate:
    """A number between 0 and 1 of every point of a side, averaged over the points of each code.

    Attributes
    ----------
    table, side, scheme : str
    rows : list of str
        Codes, as theme_ids.
    row_of : array of int, shape (n_points,)
        Code of each point; −1: none, or a point of another side.
    value : array of float, shape (n_points,)
    """

    table: str
    side: str
    scheme: str
    rows: list[str]
    row_of: Places
    value: Array


def standing(links: pd.DataFrame, *, use_codes: bool) -> pd.DataFrame:
    """The links 问题→对策, all of them or those that stand on other evidence than codes."""
    pairs = links[links["kind"] == LinkKind.PROBLEM_MEASURE]
    return pairs if use_codes else without_codes(pairs)


def without_codes(links: pd.DataFrame) -> pd.DataFrame:
    """The links that stand on other evidence than codes.

    Parameters
    ----------
    links : DataFrame
        The table `links`.

    Examples
    --------
    >>> links = pd.DataFrame({"link_id": ["甲", "乙"], "score_without_codes": [0.2, 0.8]})
    >>> without_codes(links)["link_id"].tolist()
    ['乙']
    """
    return links[links["score_without_codes"] >= MIN_SCORE]


def values(points: pd.DataFrame, pairs: pd.DataFrame) -> dict[str, Array]:
    """What every point is worth in each table: table → array, shape ``(n_points,)``.

    Parameters
    ----------
    points : DataFrame
        Points of the sides, with statement_id, doc_id and role.
    pairs : DataFrame
        Links 问题→对策.
    """
    names, roles = points["statement_id"], points["role"].to_numpy()
    asked = (points["role"] == Role.PROBLEM).groupby(points["doc_id"]).transform("sum").to_numpy(dtype=float)
    answers = names.map(pairs["to_id"].value_counts()).fillna(0).to_numpy(dtype=float)
    is_answered = names.isin(pairs["from_id"]).to_numpy()
    return {
        UNANSWERED: np.where((roles == Role.PROBLEM) & ~is_answered, 1.0, 0.0),
        UNMATCHED: np.where((roles == Role.MEASURE) & (answers == 0), 1.0, 0.0),
        COVERAGE: np.where(roles == Role.MEASURE, share(answers, np.maximum(asked, 1.0)), 0.0),
    }


def rate_cells(
    rate: Rate, groupings: Sequence[Grouping], weighed: Sequence[Units], shuffle: Shuffle, *, options: CompareOptions
) -> Iterator[dict[str, Any]]:
    """The cells of a rate by several variables and ways of counting, as rows of `comparisons` without q.

    Yields
    ------
    dict
        A row for every code in every group that has a point of it. ``effect`` is the share less what exchanges within
        documents give; n_points counts the points whose value is not 0.
    """
    plans = [(grouping, units) for grouping in groupings for units in weighed]
    random = generator(options.seed, rate.table, rate.side, rate.scheme)
    counted = vstack([_counted(rate, grouping, units, shuffle) for grouping, units in plans], format="csr")
    expected, p = exchange_p(counted, rate.value[shuffle.points], shuffle, options=options, random=random)
    first = 0
    for grouping, units in plans:
        shape = (len(grouping.names), len(rate.rows))
        last = first + shape[0] * shape[1]
        tested = expected[first:last].reshape(shape), p[first:last].reshape(shape)
        yield from _rows(rate, grouping, units, tested, options)
        first = last


def _counted(rate: Rate, grouping: Grouping, units: Units, shuffle: Shuffle) -> csr_matrix:
    """The weight of each point of the shuffle in each cell of a variable, cells of a group together."""
    inside = shuffle.points
    row_of, n_rows = rate.row_of[inside], len(rate.rows)
    kept = np.flatnonzero(row_of >= 0)
    places = grouping.group_of[inside][kept] * n_rows + row_of[kept]
    shape = (len(grouping.names) * n_rows, len(inside))
    return csr_matrix((units.weight[inside][kept], (places, kept)), shape=shape)


def _rows(
    rate: Rate, grouping: Grouping, units: Units, tested: tuple[Array, Array], options: CompareOptions
) -> Iterator[dict[str, Any]]:
    """The cells of one variable and way of counting."""
    shape = len(grouping.names), len(rate.rows)
    places = (grouping.group_of, shape[0]), (rate.row_of, shape[1])
    worth, total = sums(units.weight * rate.value, *places), sums(units.weight, *places)
    kept = (rate.value > 0) & (rate.row_of >= 0)
    n_points = sums(np.ones(int(kept.sum())), *((index[kept], n) for index, n in places))
    seen = np.unique(np.column_stack([index[kept] for index, _ in places] + [grouping.document_of[kept]]), axis=0)
    n_documents = sums(np.ones(len(seen)), (seen[:, 0], shape[0]), (seen[:, 1], shape[1]))
    shares, effect = share(worth, total), share(worth - tested[0], total)
    for g in np.flatnonzero(total.sum(axis=1) > 0):
        low, high = _intervals(rate, grouping, units, int(g), options)
        for r in np.flatnonzero(total[g] > 0):
            yield {
                "cell_id": cell_name(rate.table, grouping.by, grouping.names[g], rate.rows[r], units.counting),
                "table": rate.table, "by": grouping.by, "group": grouping.names[g], "row": rate.rows[r],
                "side": rate.side, "scheme": rate.scheme, "theme_id": rate.rows[r], "counting": units.counting,
                "n_points": int(n_points[g, r]), "n_documents": int(n_documents[g, r]), "n_votes": float(worth[g, r]),
                "share": float(shares[g, r]), "share_low": float(low[r]), "share_high": float(high[r]),
                "effect": float(effect[g, r]), "p": float(tested[1][g, r]),
            }  # fmt: skip


def _intervals(
    rate: Rate, grouping: Grouping, units: Units, group: int, options: CompareOptions
) -> tuple[Array, Array]:
    """Bootstrap intervals over the documents of a group that have a coded point of the side."""
    inside = (grouping.group_of == group) & (rate.row_of >= 0)
    names, unit = np.unique(units.unit[inside], return_inverse=True)
    places = (unit, len(names)), (rate.row_of[inside], len(rate.rows))
    weight, value = units.weight[inside], rate.value[inside]
    random = generator(options.seed, rate.table, rate.scheme, grouping.by, grouping.names[group], units.counting)
    return intervals(
        sums(weight * value, *places), sums(weight, *places), n_bootstrap=options.n_bootstrap, random=random
    )
