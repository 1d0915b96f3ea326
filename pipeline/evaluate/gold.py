"""Annotated documents, and which of ours answers to which of theirs."""

import difflib
import json
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.settings import SettingsError

RE_NUMBERING = re.compile(
    r"^\s*(第[一二三四五六七八九十]+[部分章节]*|[(（〈]?[一二三四五六七八九十百]+[)）〉]?[、.．,，]?|[(（]?\d+(\.\d+)*[)）]?[、.．]?"
    r"|[①-⑳]|[⑴-⒇]|第[一二三四五六七八九十]+[,，、]?|[一二三四五六七八九十]是|首先|其次|再次|最后)\s*"
)
RE_MARKS = re.compile(r"[^\w\u4e00-\u9fff]+")

Report = dict[str, Any]
"""One annotated report: title, year, org_type, sections, statements, pairs, text checks."""


@dataclass(frozen=True)
class GoldFile:
    """An annotated file: its name, its reports in order, and its text without damage if that is known."""

    file: str
    reports: list[Report]
    clean: str | None = None


def read_gold(paths: Sequence[Path]) -> list[GoldFile]:
    """The annotated files of some JSON files, with the clean texts in ``clean/`` beside them.

    Raises
    ------
    SettingsError
        If a file is not gold: names it and what is wrong.
    """
    found = []
    for path in paths:
        try:
            entries = json.loads(path.read_text("utf-8"))
            found += [GoldFile(e["file"], e["reports"], _clean_text(path.parent, e["file"])) for e in entries]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise SettingsError(f"{path}：不是标注文件 / no gold file: {error!r}") from None
    return found


def _clean_text(folder: Path, file: str) -> str | None:
    """The text of a file without damage, from ``clean/`` beside the gold."""
    path = folder / "clean" / f"{Path(file).stem}.txt"
    return path.read_text("utf-8") if path.is_file() else None


def folded(text: str | None) -> str:
    """A text without punctuation and width, for exact comparison.

    Examples
    --------
    >>> folded("（一）组织生活，不规范。")
    '一组织生活不规范'
    """
    return RE_MARKS.sub("", unicodedata.normalize("NFKC", text or "")).lower()


def claim(text: str | None) -> str:
    """A heading or headline without its numbering, punctuation and width.

    Examples
    --------
    >>> claim("（一）组织生活不规范。")
    '组织生活不规范'
    """
    return RE_MARKS.sub("", RE_NUMBERING.sub("", unicodedata.normalize("NFKC", text or ""), count=1)).lower()


def similarity(one: str | None, other: str | None) -> float:
    """How alike two headlines are, in [0, 1]: 1 equal, .95 one begins the other, else the ratio of matching blocks."""
    one, other = claim(one), claim(other)
    if not one or not other:
        return 0.0
    if one == other:
        return 1.0
    short, long = sorted((one, other), key=len)
    if len(long) <= 2 * len(short) + 6:  # a headline is the claim, not the paragraph around it
        if len(short) >= 4 and long.startswith(short):
            return 0.95
        if len(short) >= 6 and short in long:
            return 0.85
    return difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()


def alike_points(one: Sequence[Any], other: Sequence[Any]) -> float:
    """Similarity of two annotated points (role, headline, …); a point of another role is no match.

    Examples
    --------
    >>> alike_points(["问题", "台账乱"], ["问题", "台账乱"]), alike_points(["问题", "台账乱"], ["原因", "台账乱"])
    (1.0, 0.0)
    """
    return similarity(one[1], other[1]) if one[0] == other[0] else 0.0


def same_title(one: str | None, other: str | None) -> bool:
    """Whether two titles are equal but for a subtitle on a line of its own."""
    short, long = sorted((claim(one), claim(other)), key=len)
    return (len(short) >= 6 and long.startswith(short)) or similarity(one, other) >= 0.9


def matched(
    gold: Sequence[Any], found: Sequence[Any], *, key: Callable[[Any, Any], float] = similarity, floor: float = 0.8
) -> list[tuple[int, int]]:
    """Pairs (index in gold, index in found): greedy, best first, one to one, similarity at least `floor`."""
    candidates = sorted(((key(g, f), i, j) for i, g in enumerate(gold) for j, f in enumerate(found)), reverse=True)
    used_gold: set[int] = set()
    used_found: set[int] = set()
    pairs = []
    for value, i, j in candidates:
        if value < floor:
            break
        if i not in used_gold and j not in used_found:
            used_gold.add(i)
            used_found.add(j)
            pairs.append((i, j))
    return pairs
