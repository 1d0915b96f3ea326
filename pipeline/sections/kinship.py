"""The roles of all sections at once: a random field on the tree, summed exactly.

A section's role depends on what it says, on the role of the section before it and on that of the section around it
(a conditional random field, Lafferty, McCallum & Pereira 2001; sums by belief propagation, Pearl 1988).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Kinship:
    """Log factors of roles that stand beside or in each other; the first axis tells top sections (0) from others (1).

    Attributes
    ----------
    first, last : ndarray, shape (2, n_roles)
        Of the first and the last of siblings.
    after : ndarray, shape (2, n_roles, n_roles)
        Of a role and the one that follows it.
    inside : ndarray, shape (n_roles, n_roles)
        Of a section and one right inside it.
    """

    first: Floats
    last: Floats
    after: Floats
    inside: Floats


@dataclass(frozen=True, slots=True)
class Sums:
    """What the exact sums give.

    Attributes
    ----------
    log_total : float
        Log of the sum of all products of factors.
    alone : ndarray, shape (n_sections, n_roles)
        Chance of each role of each section; the root's is 0.
    beside : dict of int to ndarray, shape (n_roles, n_roles)
        Of each section that follows a sibling: chance of the sibling's role and its own.
    within : dict of int to ndarray, shape (n_roles, n_roles)
        Of each section inside another: chance of the other's role and its own.
    """

    log_total: float
    alone: Floats
    beside: dict[int, Floats]
    within: dict[int, Floats]


@dataclass(frozen=True, slots=True)
class _Chain:
    """The siblings inside a section of each role: forward and backward sums, each scaled to 1, and the log total."""

    nodes: list[int]
    own: Floats
    ahead: Floats
    behind: Floats
    log_total: Floats
    links: Floats


def role_sums(scores: Floats, children: Sequence[list[int]], kinship: Kinship, *, pairs: bool = False) -> Sums:
    """The chances of roles, given what each section says by itself.

    Parameters
    ----------
    scores : ndarray, shape (n_sections, n_roles)
        Log factors of each section's roles; the first section is the root.
    children : sequence of list of int
        Places of the sections right below each; they stand behind it in the list.
    kinship : Kinship
    pairs : bool
        Whether the chances of pairs are wanted too, as for fitting.

    Examples
    --------
    >>> flat = Kinship(np.zeros((2, 2)), np.zeros((2, 2)), np.zeros((2, 2, 2)), np.array([[2.0, 0.0], [0.0, 2.0]]))
    >>> scores = np.array([[0.0, 0.0], [0.0, 1.0], [0.0, 0.0]])
    >>> role_sums(scores, [[1], [2], []], flat).alone.round(2).tolist()
    [[0.0, 0.0], [0.27, 0.73], [0.32, 0.68]]
    """
    up = scores.copy()
    chains: dict[int, _Chain] = {}
    for at in range(len(children) - 1, -1, -1):
        if children[at]:
            chains[at] = _chain(children[at], up, kinship, is_top=at == 0)
            up[at] += chains[at].log_total if at else 0.0
    sums = Sums(float(chains[0].log_total[0]) if 0 in chains else 0.0, np.zeros_like(scores), {}, {})
    for at, chain in sorted(chains.items()):
        around = sums.alone[at] if at else np.ones(1)
        joint = chain.ahead * chain.behind
        joint *= (around / joint.sum(axis=2))[:, :, None]
        sums.alone[chain.nodes] = joint.sum(axis=1)
        for place, node in enumerate(chain.nodes if pairs else []):
            if at:
                sums.within[node] = joint[place]
            if place:
                sums.beside[node] = _beside(chain, place, around)
    return sums


def _chain(nodes: list[int], up: Floats, kinship: Kinship, *, is_top: bool) -> _Chain:
    """The chain of siblings, for each role of the section around them (one only if that is the root)."""
    kind = 0 if is_top else 1
    inside = np.zeros((1, up.shape[1])) if is_top else kinship.inside
    links = np.exp(kinship.after[kind])
    logs = up[nodes][:, None, :] + inside
    logs[0] += kinship.first[kind]
    logs[-1] += kinship.last[kind]
    tops = logs.max(axis=2)
    own = np.exp(logs - tops[:, :, None])
    ahead, behind, totals = np.empty_like(own), np.ones_like(own), np.empty_like(tops)
    for place, factor in enumerate(own):
        row = (ahead[place - 1] @ links) * factor if place else factor
        totals[place] = row.sum(axis=1)
        ahead[place] = row / totals[place][:, None]
    for place in range(len(nodes) - 2, -1, -1):
        row = (behind[place + 1] * own[place + 1]) @ links.T
        behind[place] = row / row.sum(axis=1)[:, None]
    return _Chain(nodes, own, ahead, behind, tops.sum(axis=0) + np.log(totals).sum(axis=0), links)


def _beside(chain: _Chain, place: int, around: Floats) -> Floats:
    """The chance of the roles of a section and the one before it."""
    ends = chain.own[place] * chain.behind[place]
    total = np.einsum("pq,qr,pr->p", chain.ahead[place - 1], chain.links, ends)
    joint: Floats = np.einsum("pq,qr,pr,p->qr", chain.ahead[place - 1], chain.links, ends, around / total)
    return joint
