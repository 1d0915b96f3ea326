"""What is wrong with a codebook: seeds that never occur or belong to two codes, codes and points that nothing fits."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from pipeline.statements.evidence import build_codebook, phrases_of

Seeds = Sequence[tuple[str, str, float]]
"""Rows (code, phrase, weight)."""


class Fault(StrEnum):
    """What can be wrong with a codebook."""

    NEVER = "词从未出现"
    SHARED = "词属于多个编码"
    EMPTY = "编码没有条目"
    MISSED = "条目没有任何词"


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault: the seed, code or headline that has it, and the codes concerned."""

    fault: Fault
    what: str
    codes: tuple[str, ...] = ()

    def __str__(self) -> str:
        """A line for the console."""
        return f"{self.fault}：{self.what}" + (f"（{'、'.join(self.codes)}）" if self.codes else "")


def codebook_faults(seeds: Seeds, points: Iterable[tuple[str, str]]) -> list[Finding]:
    """The faults of a codebook in view of some points.

    Parameters
    ----------
    seeds : sequence of (code, phrase, weight)
    points : iterable of (headline, body)

    Returns
    -------
    list of Finding
        By kind of fault; seeds and codes in the order of the codebook, points in their own.

    Examples
    --------
    >>> seeds = [("队伍", "书记", 1.0), ("队伍", "专干", 1.0), ("阵地", "活动室", 1.0), ("作风", "书记", 1.0)]
    >>> for found in codebook_faults(seeds, [("书记兼职", ""), ("路没修好", "")]):
    ...     print(found)
    词从未出现：专干（队伍）
    词从未出现：活动室（阵地）
    词属于多个编码：书记（队伍、作风）
    编码没有条目：阵地
    条目没有任何词：路没修好
    """
    book = build_codebook("", seeds)
    codes_of: dict[str, list[str]] = defaultdict(list)
    for code, phrase, _ in seeds:
        codes_of[phrase].append(code)
    seen: set[str] = set()
    missed = []
    for headline, body in points:
        found = {*phrases_of(headline, book), *phrases_of(body, book)}
        seen |= found
        if not found:
            missed.append(Finding(Fault.MISSED, headline))
    never = [Finding(Fault.NEVER, phrase, tuple(codes)) for phrase, codes in codes_of.items() if phrase not in seen]
    shared = [Finding(Fault.SHARED, phrase, tuple(codes)) for phrase, codes in codes_of.items() if len(codes) > 1]
    used = {code for phrase in seen for code in codes_of[phrase]}
    empty = [Finding(Fault.EMPTY, code) for code in book.codes if code not in used]
    return [*never, *shared, *empty, *missed]
