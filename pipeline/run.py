"""A run: every stage in order, what of it is stale, and the account of it in ``run.json``."""

import logging
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import pandas as pd
from threadpoolctl import threadpool_limits

from pipeline import engine, store
from pipeline.account import run_json, settle
from pipeline.corrections import load_corrections
from pipeline.ingest.metadata import load_user_metadata
from pipeline.ingest.read import files_frame, find_files
from pipeline.learn import wrapping_lines
from pipeline.parts import Done, Frames, Job, current, run_part, table_digests, write_tables
from pipeline.project import Project
from pipeline.settings import Settings, load_settings
from pipeline.stages import CORPUS, LOCAL, PUBLISHED, Stage, stage_key
from pipeline.store import Marker
from pipeline.store.learned import learned_files, with_learned
from pipeline.values import Status

LOG = logging.getLogger(__name__)
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True)
class Run:
    """What a run did.

    Attributes
    ----------
    sources : DataFrame
        The account of every file found.
    done : list of Done
        Every stage on every part.
    settings : Settings
        What it ran with.
    recurring : tuple of str
        Lines that recur in five or more sources and look like wrapping: learning would pay.
    """

    project: Project
    sources: pd.DataFrame
    done: list[Done]
    settings: Settings
    recurring: tuple[str, ...] = ()

    @property
    def n_new(self) -> int:
        """How many results were computed, not taken from before."""
        return sum(done.is_new for done in self.done)

    @property
    def failed_share(self) -> float:
        """Failed files over files that should have been read (control and ignored files do not count)."""
        read = self.sources[self.sources["status"] != Status.SKIPPED]
        return float((read["status"] == Status.FAILED).mean()) if len(read) else 0.0


def analyze(
    project: Project,
    *,
    settings_path: Path | None = None,
    workers: int | None = None,
    strict: bool = False,
    progress: Progress | None = None,
) -> Run:
    """Bring the results of a project up to date: all tables, figures and the report.

    Parameters
    ----------
    project : Project
        From `pipeline.project.find_project`.
    settings_path : Path, optional
        A settings file instead of the project's own.
    workers : int, optional
        Local processes; the results do not depend on it.
    strict : bool
        Raise on a bug of ours, instead of marking the document.
    progress : callable, optional
        Called with (stage, done, total).

    Raises
    ------
    SettingsError
        If a control file or folder cannot be used, or another run is writing there.
    """
    settings = with_learned(load_settings(project.control, path=settings_path), learned_files(project.control))
    settings = replace(settings, workers=workers or settings.workers)
    tell = progress or (lambda stage, done, total: None)
    with store.locked(project.outputs), threadpool_limits(1):
        _drop_other_parts(project.outputs, settings.parts)
        files = files_frame(find_files(project.root, outputs=project.outputs))
        jobs = _jobs(project, settings, files, strict=strict)
        done: list[Done] = []
        for i, results in enumerate(engine.map_parts(run_part, jobs, workers=settings.workers), 1):
            done += results
            tell("文献 documents", i, len(jobs))
        account = settle(project.outputs, files, done)
        digests = _digests(done) | account.digests
        for i, stage in enumerate((*CORPUS, *PUBLISHED), 1):
            done.append(_corpus_stage(stage, project.outputs, settings, digests))
            digests |= table_digests(done[-1].marker)
            tell("语料 corpus", i, len(CORPUS) + len(PUBLISHED))
        recurring = wrapping_lines(store.read_table(project.outputs, "documents"))
        run = Run(project, account.sources, done, settings, tuple(recurring))
        store.atomic_write(project.outputs / "run.json", run_json(settings, files, run.sources, done))
    for result in done:
        for name in result.damaged:
            LOG.warning("%s 与写入时不同，已重新生成 / was changed or damaged, rebuilt", name)
    return run


def _jobs(project: Project, settings: Settings, files: pd.DataFrame, *, strict: bool) -> list[Job]:
    """The parts of the corpus, each with its files and the researcher's rows about them."""
    user, corrections = load_user_metadata(project.control), load_corrections(project.control)
    parts = files["source_id"].map(lambda name: store.part_of(name, settings.parts))
    own = {part: set(files["source_id"][parts == part]) for part in range(settings.parts)}

    def of(table: pd.DataFrame, part: int) -> pd.DataFrame:
        """The rows about documents of a part."""
        keep = [doc.rpartition("#")[0] in own[part] for doc in table["doc_id"]]
        return table[pd.Series(keep, dtype=bool)].reset_index(drop=True)

    def user_of(part: int) -> pd.DataFrame:
        """The metadata rows about files or documents of a part."""
        keep = [name in own[part] or name.rpartition("#")[0] in own[part] for name in user["id"]]
        return user[pd.Series(keep, dtype=bool)].reset_index(drop=True)

    return [
        Job(
            outputs=project.outputs,
            part=part,
            settings=settings,
            files=files[parts == part].reset_index(drop=True),
            user=user_of(part),
            corrections=of(corrections, part),
            strict=strict,
        )
        for part in range(settings.parts)
    ]


def _digests(done: Iterable[Done]) -> dict[str, str]:
    """Table → digest of all its parts."""
    parts: dict[str, list[str]] = {}
    for result in done:
        for name, sha256 in table_digests(result.marker).items():
            parts.setdefault(name, []).append(sha256)
    return {name: store.json_digest(found) for name, found in parts.items()}


def _corpus_stage(stage: Stage, outputs: Path, settings: Settings, digests: Mapping[str, str]) -> Done:
    """Run a stage that sees all documents, if it is stale."""
    key = stage_key(stage, settings, {name: digests[name] for name in stage.inputs})
    marker, damaged = current(outputs, stage.name, None, key)
    if marker is not None:
        return Done(stage.name, 0, marker, is_new=False)
    started = time.perf_counter()
    frames = {name: store.read_table(outputs, name) for name in stage.inputs}
    if stage.outputs:
        made = stage.function()(*frames.values(), options=getattr(settings, stage.options))
        results: Frames = dict(zip(stage.outputs, made, strict=True))
        written, n_rows = write_tables(outputs, None, results), len(made[0])
    else:
        published: dict[str, bytes] = stage.function()(frames)
        _drop_old(outputs, store.read_marker(outputs, stage.name, None), published)
        for name, data in published.items():
            store.atomic_write(outputs / name, data)
        written, n_rows = {name: store.digest(data) for name, data in published.items()}, len(published)
    n_in = len(next(iter(frames.values())))
    seconds = time.perf_counter() - started
    marker = Marker(key=key, outputs=written, rows_in=n_in, rows_out=n_rows, seconds=seconds)
    store.write_marker(outputs, stage.name, None, marker)
    return Done(stage.name, 0, marker, is_new=True, damaged=damaged)


def publish(outputs: Path, name: str) -> list[Path]:
    """Make one kind of publication again from the tables.

    Parameters
    ----------
    outputs : Path
        A folder with results.
    name : str
        ``comparison``, ``figures`` or ``report``.

    Returns
    -------
    list of Path
        The files written.
    """
    stage = next(stage for stage in PUBLISHED if stage.name == name)
    with store.locked(outputs):
        files = stage.function()({table: store.read_table(outputs, table) for table in stage.inputs})
        for path, data in files.items():
            store.atomic_write(outputs / path, data)
    return [outputs / path for path in files]


def _drop_old(outputs: Path, marker: Marker | None, published: Mapping[str, bytes]) -> None:
    """Remove what an earlier run published and this one does not."""
    for name in marker.outputs if marker else ():
        if name not in published:
            (outputs / name).unlink(missing_ok=True)


def _drop_other_parts(outputs: Path, n_parts: int) -> None:
    """Remove parts beyond the number of parts that the settings ask for now."""
    for stage in LOCAL:
        for path in (outputs / ".state" / stage.name).glob("*.json"):
            if int(path.stem) >= n_parts:
                path.unlink()
        for table in (*stage.outputs, "notices"):
            for path in (outputs / "tables" / table).glob("part-*.parquet"):
                if int(path.stem.removeprefix("part-")) >= n_parts:
                    path.unlink()
