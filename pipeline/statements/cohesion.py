"""How the words of a unit hang together with those around it: a claim opens a topic, what follows repeats its words."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from pipeline.statements.outline import Outline
from pipeline.statements.units import Unit

Table = NDArray[np.float32]
Places = NDArray[np.int64]

N_COHESION = 10
"""Columns of `cohesion`."""
ABSENT = -1.0
"""In place of what a unit shares with one that is not there."""
FIRST_HAN, LAST_HAN = 0x4E00, 0x9FFF
WIDTH = 1 << 16
"""More than the highest code point of a pair's characters."""


def cohesion(outline: Outline, units: Sequence[Unit]) -> Table:
    r"""What each unit of a report shares with its paragraph and its heading, and its place among the units there.

    Shares are of pairs of neighbouring Chinese characters, weighted by how few units of the report have them.

    Parameters
    ----------
    outline : Outline
    units : sequence of Unit
        In order.

    Returns
    -------
    ndarray of float32, shape (n_units, N_COHESION)
        Shares (0 to 1) of the unit's pairs that the unit before it has, and the one after it; of the pairs of the one after
        it that it has; of its pairs that came before in its paragraph, and that come again; that its section's heading
        has. Then the number of units in the paragraph, of those before and of those after it; its length by their mean.

    References
    ----------
    Lexical cohesion within and between sentences as a sign of topic (Hearst 1997, TextTiling).

    Examples
    --------
    >>> from pipeline.sections.outline import Section
    >>> from pipeline.statements.units import units_of
    >>> text = "某乡札记\n要培训。培训一年一次。院里没有灯。"
    >>> outline = Outline(text, [Section(0, len(text), 0, 0, None, "", None)])
    >>> cohesion(outline, units_of(outline))[:, 4].astype(float).round(1).tolist()
    [0.3, 0.0, -1.0]
    """
    if not units:
        return np.zeros((0, N_COHESION), dtype=np.float32)
    keys, weights, n_pairs = _pairs(outline.text, units)
    n = len(units)
    owner, pair = np.divmod(keys, n_pairs)
    total = np.maximum(np.bincount(owner, weights, minlength=n), np.finfo(float).tiny)

    def shared(other: Places) -> NDArray[np.float64]:
        """What each unit shares with another one, by weight; 0 where the other is -1."""
        others = other[owner]
        wanted = others * n_pairs + pair
        at = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
        has = (keys[at] == wanted) & (others >= 0) if len(keys) else np.zeros(0, dtype=np.bool_)
        return np.bincount(owner, np.where(has, weights, 0.0), minlength=n).astype(np.float64)

    paragraph = np.array([_paragraph(unit) for unit in units])
    start, stop = np.searchsorted(paragraph, paragraph), np.searchsorted(paragraph, paragraph, side="right")
    places, lengths = np.arange(n), np.array([unit.end - unit.start for unit in units], dtype=np.float64)
    before, after = np.where(places > start, places - 1, -1), np.where(places + 1 < stop, places + 1, -1)
    first, last = _reach(paragraph[owner] * n_pairs + pair, owner)
    came = np.bincount(owner, weights * (first < owner), minlength=n)
    comes = np.bincount(owner, weights * (last > owner), minlength=n)
    is_heading = np.array([unit.is_heading for unit in units])
    backward, forward = shared(before), shared(after)
    sums = np.concatenate([[0.0], np.cumsum(lengths)])
    columns = [
        np.where(before >= 0, backward / total, ABSENT),
        np.where(after >= 0, forward / total, ABSENT),
        np.where(after >= 0, forward / total[after], ABSENT),
        np.where(before >= 0, came / total, ABSENT),
        np.where(after >= 0, comes / total, ABSENT),
        np.where(is_heading, ABSENT, shared(_headings(units)) / total),
        stop - start,
        places - start,
        stop - 1 - places,
        lengths * (stop - start) / np.maximum(sums[stop] - sums[start], 1.0),
    ]
    return np.column_stack(columns).astype(np.float32)


def _pairs(text: str, units: Sequence[Unit]) -> tuple[Places, NDArray[np.float64], int]:
    """The pairs of characters of each unit, once a unit, as sorted keys ``unit * n_pairs + pair``; the weight of each; how
    many pairs there are.
    """
    glyphs = np.frombuffer(text.encode("utf-32-le"), dtype=np.uint32).astype(np.int64)
    is_han = (glyphs >= FIRST_HAN) & (glyphs <= LAST_HAN)
    at = np.flatnonzero(is_han[:-1] & is_han[1:])
    starts, ends = (np.array([getattr(unit, name) for unit in units]) for name in ("start", "end"))
    owner = np.searchsorted(starts, at, side="right") - 1
    is_inside = (owner >= 0) & (at + 1 < ends[owner])
    at, owner = at[is_inside], owner[is_inside]
    found, pair = np.unique(glyphs[at] * WIDTH + glyphs[at + 1], return_inverse=True)
    n_pairs = max(len(found), 1)
    keys = np.unique(owner * n_pairs + pair)
    pair = keys % n_pairs
    n_units = np.bincount(pair, minlength=n_pairs)
    return keys, np.log((1 + len(units)) / (n_units[pair] + 0.5)), n_pairs


def _reach(groups: Places, owner: Places) -> tuple[Places, Places]:
    """The first and the last owner of each group, for each of its members; owners do not fall."""
    order = np.argsort(groups, kind="stable")
    sorted_groups = groups[order]
    starts = np.searchsorted(sorted_groups, sorted_groups)
    ends = np.searchsorted(sorted_groups, sorted_groups, side="right") - 1
    first, last = np.empty_like(owner), np.empty_like(owner)
    first[order], last[order] = owner[order][starts], owner[order][ends]
    return first, last


def _paragraph(unit: Unit) -> int:
    """Where its paragraph starts."""
    return unit.paragraph[0]


def _headings(units: Sequence[Unit]) -> Places:
    """For each unit the place of the heading of its section, -1 for none; for a heading itself -1."""
    heads = {unit.section: n for n, unit in enumerate(units) if unit.is_heading}
    return np.array([-1 if unit.is_heading else heads.get(unit.section, -1) for unit in units])
