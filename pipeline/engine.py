"""Where stages run: in this process or on local processes; and the one place where a bug of ours becomes data."""

import logging
import traceback
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from typing import Any, TypeVar

import pandas as pd

from pipeline import tables
from pipeline.values import Reason, Status

LOG = logging.getLogger(__name__)

Item = TypeVar("Item")
Result = TypeVar("Result")
Frames = tuple[pd.DataFrame, ...]


def map_parts(task: Callable[[Item], Result], items: Sequence[Item], *, workers: int) -> Iterator[Result]:
    """The results of a task for every item, in the order of the items.

    Parameters
    ----------
    task : callable
        A function of a module, so that other processes can import it.
    items : sequence
        What it is called with; must be picklable if `workers` > 1.
    workers : int
        1: in this process; more: as many local processes. The results are the same.
    """
    if workers == 1:
        yield from map(task, items)
        return
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        try:
            yield from pool.map(task, items)
        except KeyboardInterrupt:
            pool.shutdown(wait=True, cancel_futures=True)
            raise


def run_stage(function: Callable[..., Frames], inputs: Frames, *, options: Any, unit: str, strict: bool) -> Frames:
    """A stage's tables and notices; a unit that hits a bug has no rows but a notice `failed: E-INTERNAL`.

    Parameters
    ----------
    function : callable
        Table function of a document-local stage; its last table is `notices`.
    inputs : tuple of DataFrame
        The first one lists every unit.
    options : object
        The stage's options.
    unit : {"source_id", "doc_id"}
        Column that names the unit to isolate.
    strict : bool
        Raise instead.
    """
    try:
        return function(*inputs, options=options)
    except Exception as error:  # the one broad except: a bug of ours must not stop a run (FAULTS, contract 1)
        if strict:
            raise
        units = inputs[0][unit].unique().tolist()
        if len(units) > 1:
            halves = (units[: len(units) // 2], units[len(units) // 2 :])
            parts = [_run_some(function, inputs, half, options=options, unit=unit) for half in halves]
            return tuple(pd.concat(pieces, ignore_index=True) for pieces in zip(*parts, strict=True))
        LOG.exception("E-INTERNAL in %s on %s", function.__qualname__, units)
        empty = function(*(table.iloc[:0] for table in inputs), options=options)
        return (*empty[:-1], _internal_notice(function, units[0], unit, error))


def _run_some(function: Callable[..., Frames], inputs: Frames, units: list[str], *, options: Any, unit: str) -> Frames:
    """The stage on some units only."""
    chosen = tuple(table[table[unit].isin(units)] if unit in table else table for table in inputs)
    chosen = tuple(table.reset_index(drop=True) for table in chosen)
    return run_stage(function, chosen, options=options, unit=unit, strict=False)


def _internal_notice(function: Callable[..., Frames], name: str, unit: str, error: Exception) -> pd.DataFrame:
    """The notice of a unit that hit a bug, with the place in our code."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{type(error).__name__}: {error} ({last.name}:{last.lineno})"
    row = {
        "source_id": name.rpartition("#")[0] if unit == "doc_id" else name,
        "doc_id": name if unit == "doc_id" else None,
        "stage": function.__name__,
        "status": Status.FAILED,
        "reason": Reason.INTERNAL,
        "detail": f"程序内部错误，本文献未处理，请反馈 / internal error, please report: {place}",
    }
    return tables.frame("notices", [row])
