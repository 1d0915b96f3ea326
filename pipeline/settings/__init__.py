"""Every option of every stage, read from ``settings.toml`` and checked."""

import difflib
import json
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass, field, is_dataclass, replace
from pathlib import Path
from typing import Annotated, Any, Literal, get_type_hints

from pydantic import Field, TypeAdapter, ValidationError

from pipeline.settings.codebooks import CodeEntry, Phrase, codebook
from pipeline.settings.controls import CONTROL_FILES, SettingsError, cells, find_control, read_control, word_list

__all__ = ["CONTROL_FILES", "CodeEntry", "SettingsError", "find_control", "load_settings", "parse_settings"]

Positive = Annotated[int, Field(ge=1)]
Share = Annotated[float, Field(ge=0, le=1)]


@dataclass(frozen=True)
class ReadOptions:
    """Bounds of reading one file (FAULTS: contract 5)."""

    max_bytes: int = 50_000_000
    max_chars: int = 20_000_000
    zip_max_bytes: int = 200_000_000
    zip_max_members: int = 10_000
    zip_max_part_bytes: int = 64_000_000
    zip_max_ratio: int = 200
    xml_max_tags: int = 4_000_000


@dataclass(frozen=True)
class LearnedFile:
    """What `wendui learn` keeps of a corpus: a name, where it lies, and its digest, which alone enters keys."""

    name: str
    path: str
    sha256: str


@dataclass(frozen=True)
class CleanOptions:
    """What cleaning does; `learned` is what it reads of ``learned/`` beside the control files, here and below."""

    to_simplified: bool = True
    split_articles: bool = True
    learned: tuple[LearnedFile, ...] = ()


@dataclass(frozen=True)
class OutlineOptions:
    """Bounds of the search for headings, and the confidence below which a role stays null."""

    max_candidates: int = 5_000
    max_candidates_per_1000: float = 20.0
    min_role_confidence: float = 0.5
    learned: tuple[LearnedFile, ...] = ()


@dataclass(frozen=True)
class PointOptions:
    """How points are extracted."""

    min_implicit_confidence: float = 0.35
    judged: bool = True
    """Whether a fitted judge weighs what the rules find; false: the rules alone."""
    learned: tuple[LearnedFile, ...] = ()


@dataclass(frozen=True)
class TokenOptions:
    """Segmentation; the three word lists come from 词典.txt, 停用词.txt and 同义词.csv."""

    engine: Literal["rjieba", "jieba"] = "rjieba"
    dictionary: tuple[str, ...] = ()
    stop_words: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class CodeOptions:
    """Coding; `codebook` and `entries` come from codebook.toml, .csv or .xlsx: phrases, and what the codes are."""

    min_confidence: float = 0.3
    """A point whose likeliest code is less likely than this is 其他, with that code as its second (annotated reports,
    cross-fitted κ: never .783, .3 .785, .35 .777, .4 .765)."""
    shipped: bool = True
    """Whether our codebook codes too; false: the researcher's stand in its place."""
    codebook: tuple[Phrase, ...] = ()
    entries: tuple[CodeEntry, ...] = ()
    learned: tuple[LearnedFile, ...] = ()


@dataclass(frozen=True)
class LinkOptions:
    """Which pairs become links."""

    min_score: float = 0.4
    use_codes: bool = True


@dataclass(frozen=True)
class DuplicateOptions:
    """Near-identical documents."""

    shingle: int = 5
    min_similarity: float = 0.8


@dataclass(frozen=True)
class ThemeOptions:
    """Topic models; one model is fitted a side."""

    model: Literal["nmf", "lda"] = "nmf"
    n_themes: int = 0
    """0: chosen from the number of points."""
    min_points: int = 30
    n_refits: int = 5
    n_terms: int = 10
    n_bootstrap: int = 1_000
    seed: int = 20_240_701


@dataclass(frozen=True)
class CompareOptions:
    """Comparison tables."""

    by: tuple[str, ...] = ("org_type", "year", "genre", "region")
    max_groups: int = 200
    """A variable with more values than this is a description, not a grouping, and is not compared by."""
    n_bootstrap: int = 1_000
    n_permutations: int = 1_000
    seed: int = 20_240_702


@dataclass(frozen=True)
class Settings:
    """All settings of a run."""

    parts: Positive = 16
    workers: Positive = 1
    max_failed: Share = 0.2
    read: ReadOptions = field(default_factory=ReadOptions)
    clean: CleanOptions = field(default_factory=CleanOptions)
    outline: OutlineOptions = field(default_factory=OutlineOptions)
    points: PointOptions = field(default_factory=PointOptions)
    tokens: TokenOptions = field(default_factory=TokenOptions)
    codes: CodeOptions = field(default_factory=CodeOptions)
    links: LinkOptions = field(default_factory=LinkOptions)
    duplicates: DuplicateOptions = field(default_factory=DuplicateOptions)
    themes: ThemeOptions = field(default_factory=ThemeOptions)
    compare: CompareOptions = field(default_factory=CompareOptions)


def load_settings(folders: Sequence[Path], *, path: Path | None = None) -> Settings:
    """The settings of a project, with its word lists and codebook.

    Parameters
    ----------
    folders : sequence of Path
        Where control files are looked for, first hit wins.
    path : Path, optional
        A settings file to use instead of ``settings.toml`` of the folders.

    Returns
    -------
    Settings

    Raises
    ------
    SettingsError
        If a file is not TOML, a key is unknown or a value is not allowed; names file, key, line and the nearest key.
    """
    path = path or find_control("settings.toml", folders)
    settings = parse_settings(read_control(path), name=str(path)) if path else Settings()
    dictionary, stop_words = (word_list(find_control(name, folders)) for name in ("词典.txt", "停用词.txt"))
    synonyms = tuple((row[0], row[1]) for row in cells(find_control("同义词.csv", folders)) if len(row) > 1)
    tokens = replace(settings.tokens, dictionary=dictionary, stop_words=stop_words, synonyms=synonyms)
    phrases, entries = codebook(folders)
    codes = replace(settings.codes, codebook=phrases, entries=entries)
    return replace(settings, tokens=tokens, codes=codes)


def parse_settings(text: str, *, name: str = "settings.toml") -> Settings:
    """Settings from TOML text; raises `SettingsError` as `load_settings` does.

    Examples
    --------
    >>> parse_settings("parts = 4").parts
    4
    >>> parse_settings("part = 4")  # doctest: +ELLIPSIS
    Traceback (most recent call last):
    ...
    pipeline.settings.controls.SettingsError: settings.toml 第 1 行：没有设置项 part，是否想写 parts？...
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"line (\d+)", str(error))
        line = int(found[1]) if found else text.count("\n") + 1  # "at end of document"
        message = f"{name} 第 {line} 行：不是合法的 TOML：{error} / line {line}: not valid TOML: {error}"
        raise SettingsError(message) from None
    _refuse_unknown(Settings, data, text, name)
    try:
        return TypeAdapter(Settings).validate_json(json.dumps(data, default=str), strict=True)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(step) for step in first["loc"])
        line, given = _line_of(str(first["loc"][0]), text), first["input"]
        message = f"{name} 第 {line} 行：{key} 的值 {given!r} 不合要求 / line {line}: {key} = {given!r}: {first['msg']}"
        raise SettingsError(message) from None


def _refuse_unknown(kind: type, data: dict[str, Any], text: str, name: str) -> None:
    """Raise on the first key that the dataclass does not have, with the nearest that it has."""
    hints = get_type_hints(kind)
    for key, value in data.items():
        if key not in hints or key in {"dictionary", "stop_words", "synonyms", "codebook", "entries", "learned"}:
            near = difflib.get_close_matches(key, hints, 1) or sorted(hints)
            line, guess = _line_of(key, text), near[0]
            message = f"{name} 第 {line} 行：没有设置项 {key}，是否想写 {guess}？"
            raise SettingsError(f"{message} / line {line}: unknown key {key!r}, did you mean {guess!r}?")
        if is_dataclass(hints[key]) and isinstance(value, dict):
            _refuse_unknown(hints[key], value, text, name)


def _line_of(key: str, text: str) -> int:
    """The line on which a key or table of a TOML text stands."""
    found = re.search(rf"^[ \t]*\[*[ \t]*[\w.\"]*?{re.escape(key)}\b", text, re.MULTILINE)
    return text.count("\n", 0, found.start()) + 1 if found else 1
