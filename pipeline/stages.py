"""The stages in order, and the key that tells whether a stage's result is still good."""

from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass
from importlib import import_module
from typing import Any

from pipeline import store
from pipeline.settings import Settings
from pipeline.store import provenance


@dataclass(frozen=True)
class Stage:
    """A function from declared tables to declared tables.

    Attributes
    ----------
    name : str
        The stage and its function, named for the first table that it returns.
    module : str
        Where the function is.
    inputs, outputs : tuple of str
        Tables in and out; a document-local stage also returns its notices.
    options : str
        Its field of `Settings`.
    unit : str
        What fails alone, a file or a document: ``source_id`` or ``doc_id``.
    """

    name: str
    module: str
    inputs: tuple[str, ...]
    outputs: tuple[str, ...]
    options: str
    unit: str = "doc_id"

    def function(self) -> Callable[..., Any]:
        """The stage's table function."""
        return getattr(import_module(self.module), self.name)  # type: ignore[no-any-return]


LOCAL = (
    Stage("decoded", "pipeline.ingest.read", ("files",), ("decoded",), "read", "source_id"),
    Stage("documents", "pipeline.ingest.clean", ("decoded", "user"), ("documents", "metadata"), "clean", "source_id"),
    Stage("sections", "pipeline.sections.roles", ("documents",), ("sections",), "outline"),
    Stage("statements", "pipeline.statements.points", ("documents", "sections"), ("statements",), "points"),
    Stage("tokens", "pipeline.statements.tokens", ("documents", "statements"), ("tokens",), "tokens"),
    Stage("codes", "pipeline.statements.codebook", ("documents", "sections", "statements"), ("codes",), "codes"),
    Stage("links", "pipeline.statements.links", ("documents", "sections", "statements", "codes"), ("links",), "links"),
)
"""Document-local stages: every part goes through all of them by itself."""

_THEMES = ("themes", "theme_terms", "statement_themes")
_COMPARED = ("documents", "statements", "metadata", "clusters", "statement_themes", "links")
CORPUS = (
    Stage(
        "duplicates",
        "pipeline.duplicates.documents",
        ("documents", "statements"),
        ("duplicates", "clusters"),
        "duplicates",
    ),
    Stage("themes", "pipeline.themes.assignment", ("statements", "tokens", "codes", "clusters"), _THEMES, "themes"),
    Stage("comparisons", "pipeline.compare.groups", _COMPARED, ("comparisons", "evidence"), "compare"),
)
"""Corpus-level stages: they see all documents at once."""


_ALL = ("sources", "notices", *_COMPARED, "sections", "codes", "themes", "theme_terms", "comparisons")
PUBLISHED = (
    Stage("comparison", "pipeline.publish.export", _ALL, (), ""),
    Stage("figures", "pipeline.publish.figures", _ALL, (), ""),
    Stage("report", "pipeline.publish.report", _ALL, (), ""),
)
"""What is made for people: functions from the tables to files, path below the outputs folder → bytes."""


def stage_key(stage: Stage, settings: Settings, inputs: Mapping[str, str], extra: Any = None) -> str:
    """The digest of everything that a stage's result depends on.

    Parameters
    ----------
    stage : Stage
    settings : Settings
        Only the stage's own options count.
    inputs : mapping
        Name of each input → digest of it.
    extra : object, optional
        Whatever else it depends on, as JSON.

    Returns
    -------
    str
        SHA-256 in hex.
    """
    options = asdict(getattr(settings, stage.options)) if stage.options else {}
    for file in options.get("learned", ()):
        del file["path"]
    return store.json_digest([stage.name, provenance.code_digest(stage.module), options, dict(inputs), extra])
