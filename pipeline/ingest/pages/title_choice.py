"""The title of a report in the head of a page: a fitted choice among all that it may be, weighed against what rules take it for."""

import re
from collections.abc import Mapping, Sequence, Set
from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np

from pipeline import lexicon
from pipeline.ingest.lines.forms import first_body, is_body
from pipeline.ingest.pages.own import title_place
from pipeline.ingest.pages.title_spans import TitleSpan, folded
from pipeline.ingest.pages.title_traits import Head, read_head, shown, title_choices
from pipeline.ingest.particulars.title_forms import bare, is_complete, is_organisation, is_whole
from pipeline.trees import Forest, forest_of

MIN_CHANCE = 0.1
"""Least chance of a title."""
MIN_NAMED = 0.03
"""The same where a label names it (原标题：) and a line is nothing else."""
MIN_AGAINST = 0.3
"""Least chance of a title where rules take another one for it that ends as titles do."""
TRUST = 1.5
"""How many times likelier another title must be than what rules take for it (94 reports on pages that neither rules nor model had
seen: by rules alone 63 titles, by the model alone 78, by both with twice 80, with eight times 79, with 16 times 76; of the 698 reports
at hand with half as much again 644, with twice 643)."""
_PARTED = re.compile("[|｜丨_:：【】\\[\\]<>《》]")
"""What may part a title from other things on its line."""
MAX_LINES = 200
"""Lines of a page that are looked at."""


@cache
def shipped_titles() -> Forest:
    """The forest that ships with the package; ``make train-titles`` fits it again."""
    return forest_of(lexicon.arrays("titles.npz"))


class ChosenTitle(NamedTuple):
    """The title of a report on its page, the lines above it that only repeat it, and the least chance of one told so."""

    span: TitleSpan
    repeated: frozenset[int]
    least: float


def chosen_title(lines: Sequence[str], wrong: Set[int]) -> ChosenTitle | None:
    """The title that a page gives its report; None if rules take another one for it that is about as likely, or none is likely.

    Parameters
    ----------
    lines : sequence of str
        The lines of a page that are not blank, without blanks around them.
    wrong : set of int
        Those that are known to be the page's.

    Examples
    --------
    >>> page = ["返回首页", "首页 > 正文", "先锋调研 | 关于石桥镇流动党员管理工作的调研报告", "来源：县委组织部"]
    >>> page += ["石桥镇流动党员有九十名，多在外地做工，党费靠家人代交，学习难组织。", "一、基本情况"]
    >>> chosen_title(page, {0, 1, 3}).span.text
    '关于石桥镇流动党员管理工作的调研报告'
    """
    place = title_place(lines[:MAX_LINES], wrong)
    chances = {} if place and _is_plain(lines, wrong, place) else _chances(tuple(lines[:MAX_LINES]))
    if not chances:
        return None
    chances = _unspoilt(chances, lines, wrong)
    best = max(chances, key=lambda key: chances[key][0])
    issued = (key for key in chances if key.endswith(best) and is_organisation(key.removesuffix(best)))
    best = next((key for key in issued if TRUST * chances[key][0] >= chances[best][0]), best)
    chance, title = chances[best]
    ruled = folded("".join(lines[place[0] : place[1] + 1])) if place else ""
    between = range(place[1] + 1, title.span.first) if place else ()
    if any(i not in wrong and is_body(lines[i]) for i in between):
        return None
    if ruled == best:
        return title if chance >= title.least else None
    above = ruled.removesuffix(best)
    if above != ruled and (is_organisation(above) or ("关于" in above and not is_complete(above))):
        return None
    is_whole_ruled = is_complete(ruled)
    is_doubtful = TRUST * chances.get(ruled, (0.0, title))[0] >= chance
    return None if chance < (MIN_AGAINST if is_whole_ruled else title.least) or is_doubtful else title


def _unspoilt(
    chances: Mapping[str, tuple[float, ChosenTitle]], lines: Sequence[str], wrong: Set[int]
) -> dict[str, tuple[float, ChosenTitle]]:
    """The chances of titles; where one is joined from lines of which the later ones are the page's and do not end
    it, its first line has its chance.
    """
    found = dict(chances)
    for chance, title in chances.values():
        span = title.span
        first = folded(lines[span.first])
        is_open = span.kind == "joined" and not is_complete(span.text)
        if (
            is_open
            and set(range(span.first + 1, span.last + 1)) <= wrong
            and first in found
            and found[first][0] < chance
        ):
            found[first] = (chance, found[first][1])
            found[folded(span.text)] = (0.0, title)
    return found


def _is_plain(lines: Sequence[str], wrong: Set[int], place: tuple[int, int]) -> bool:
    """Whether rules leave no doubt: a whole line is the title, with nothing that parts it, right below a line of the page's, and no
    other one stands in the head, but for the same in short.
    """
    title, above = lines[place[0]], place[0] - 1
    if place[0] != place[1] or (above >= 0 and above not in wrong) or _PARTED.search(title) or not is_whole(title):
        return False
    head = lines[: first_body(lines[:MAX_LINES], wrong)]
    return all(bare(line) in title for i, line in enumerate(head) if i not in wrong and is_whole(line))


@lru_cache(maxsize=64)
def _chances(lines: tuple[str, ...]) -> dict[str, tuple[float, ChosenTitle]]:
    """The chance of each title that a page may have, folded."""
    head = read_head(lines)
    copies, rows = title_choices(head)
    if not copies:
        return {}
    chances = 1.0 / (1.0 + np.exp(-shipped_titles().log_odds(rows)[0]))
    told = zip(copies, chances.tolist(), strict=True)
    return {folded(mine[0].text): (chance, _chosen(mine, head)) for mine, chance in told}


def _chosen(copies: Sequence[TitleSpan], head: Head) -> ChosenTitle:
    """The copy of a title that stands for it, and the lines of those above it that fill theirs."""
    span = shown(copies, head)
    above = (copy for copy in copies if copy.fills and copy.last < span.first)
    is_named = any(copy.kind == "labelled" for copy in copies) and any(copy.is_line for copy in copies)
    repeated = frozenset(i for copy in above for i in range(copy.first, copy.last + 1))
    return ChosenTitle(span, repeated, MIN_NAMED if is_named else MIN_CHANCE)
