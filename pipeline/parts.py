"""One part's way through the stages that see one document at a time; what is up to date is left as it is."""

import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from pipeline import engine, store, tables
from pipeline.corrections import TABLE_OF, corrected
from pipeline.settings import Settings
from pipeline.stages import LOCAL, Stage, stage_key
from pipeline.store import Marker
from pipeline.values import Reason

Frames = dict[str, pd.DataFrame]


@dataclass(frozen=True)
class Job:
    """One part of the corpus and all that its stages need; `files`, `user` and `corrections` hold its rows only."""

    outputs: Path
    part: int
    settings: Settings
    files: pd.DataFrame
    user: pd.DataFrame
    corrections: pd.DataFrame
    strict: bool


@dataclass(frozen=True)
class Done:
    """What became of a stage on a part: its marker, whether work was done, and outputs that were found damaged."""

    stage: str
    part: int
    marker: Marker
    is_new: bool
    damaged: tuple[str, ...] = ()


def run_part(job: Job) -> list[Done]:
    """Bring a part through all document-local stages.

    Parameters
    ----------
    job : Job

    Returns
    -------
    list of Done
        One a stage, in order.
    """
    frames: Frames = {"files": job.files, "user": job.user}
    digests = {name: store.json_digest(tables.records(frame)) for name, frame in frames.items()}
    digests["files"] = store.json_digest(tables.records(job.files.drop(columns="path")))
    results: list[Done] = []
    for stage in LOCAL:
        bugs = documents_with_bugs([notice for done in results for notice in done.marker.notices])
        extra = [sorted(bugs), tables.records(_corrections_of(stage, job))]
        key = stage_key(stage, job.settings, {name: digests[name] for name in stage.inputs}, extra)
        marker, damaged = current(job.outputs, stage.name, job.part, key)
        if marker is None:
            marker = _renew(stage, job, key, _Chain(frames, bugs))
            results.append(Done(stage.name, job.part, marker, is_new=True, damaged=damaged))
        else:
            results.append(Done(stage.name, job.part, marker, is_new=False))
        digests |= table_digests(marker)
    return results


def _corrections_of(stage: Stage, job: Job) -> pd.DataFrame:
    """The researcher's corrections that are applied right after a stage."""
    return job.corrections[job.corrections["kind"].map(TABLE_OF).isin(stage.outputs)]


def current(outputs: Path, stage: str, part: int | None, key: str) -> tuple[Marker | None, tuple[str, ...]]:
    """The marker of a stage if its result is still good, else None; and outputs that are not what was written."""
    marker = store.read_marker(outputs, stage, part)
    if marker is None or marker.key != key:
        return None, ()
    damaged = tuple(store.damaged_outputs(outputs, marker))
    return (None, damaged) if damaged else (marker, ())


def table_digests(marker: Marker) -> dict[str, str]:
    """Table → digest of the part that a stage wrote."""
    return {Path(name).parent.name: sha256 for name, sha256 in marker.outputs.items()}


def documents_with_bugs(notices: list[dict[str, Any]]) -> set[str]:
    """Documents that hit a bug of ours: they have no rows in later tables."""
    return {n["doc_id"] for n in notices if n["reason"] == Reason.INTERNAL and n["doc_id"] is not None}


def write_tables(outputs: Path, part: int | None, frames: Frames) -> dict[str, str]:
    """Write a part of each table; path below the outputs folder → digest."""
    paths = {name: store.part_path(outputs, name, part).relative_to(outputs).as_posix() for name in frames}
    return {paths[name]: store.write_part(outputs, name, part, frame) for name, frame in frames.items()}


@dataclass(frozen=True)
class _Chain:
    """The tables of a part that are in memory so far, and the documents that later stages leave out."""

    frames: Frames
    bugs: set[str]

    def take(self, name: str, outputs: Path, part: int) -> pd.DataFrame:
        """An input table without the documents that hit a bug."""
        if name not in self.frames:
            self.frames[name] = store.read_part(outputs, name, part)
        frame = self.frames[name]
        if self.bugs and "doc_id" in frame and name != "user":
            return frame[~frame["doc_id"].isin(self.bugs)].reset_index(drop=True)
        return frame


def _renew(stage: Stage, job: Job, key: str, chain: _Chain) -> Marker:
    """Run a stage on a part, apply the researcher's corrections, write the result and its marker."""
    started = time.perf_counter()
    inputs = tuple(chain.take(name, job.outputs, job.part) for name in stage.inputs)
    options = getattr(job.settings, stage.options)
    *made, notices = engine.run_stage(stage.function(), inputs, options=options, unit=stage.unit, strict=job.strict)
    frames = dict(zip(stage.outputs, made, strict=True))
    n_corrected = 0
    if len(_corrections_of(stage, job)):
        documents = frames.get("documents", chain.frames.get("documents"))
        context = {"documents": chain.take("documents", job.outputs, job.part) if documents is None else documents}
        if stage.name == "statements":
            context["sections"] = chain.take("sections", job.outputs, job.part)
        main = corrected(stage.name, frames[stage.name], job.corrections, **context)
        frames[stage.name], n_corrected = main.table, main.n_applied
        notices = pd.concat([notices, main.notices], ignore_index=True)
    digests = write_tables(job.outputs, job.part, frames)
    chain.frames.update({n: tables.from_arrow(n, tables.to_arrow(n, frame)) for n, frame in frames.items()})
    marker = Marker(
        key=key,
        outputs=digests,
        notices=tables.records(notices),
        rows_in=len(inputs[0]),
        rows_out=len(frames[stage.name]),
        seconds=time.perf_counter() - started,
        corrected=n_corrected,
    )
    store.write_marker(job.outputs, stage.name, job.part, marker)
    return marker
