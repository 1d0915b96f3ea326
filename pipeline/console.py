"""What the command line prints: lines, complaints, progress bars and the account of a run; and its exit codes."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

DONE, BAD_USE, NOTHING_READ, TOO_MANY_FAILED, INTERRUPTED = 0, 2, 3, 4, 130
"""Exit codes."""


@contextmanager
def progress_bars() -> Iterator[Callable[[str, int, int], None]]:
    """Progress bars on standard error, none if it is no terminal; yields what takes (stage, done, total)."""
    console = Console(stderr=True)  # progress never mixes with results
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=console, transient=True, disable=not console.is_terminal) as bars:
        tasks: dict[str, Any] = {}

        def tell(stage: str, n_done: int, total: int) -> None:
            """Show how far a stage is."""
            if stage not in tasks:
                tasks[stage] = bars.add_task(stage, total=total)
            bars.update(tasks[stage], completed=n_done)

        yield tell


def tell_result(run: Any) -> int:
    """Say what was read, what failed and why, where to look.

    Parameters
    ----------
    run : pipeline.run.Run

    Returns
    -------
    int
        The exit code that the run deserves.
    """
    from pipeline.store import read_table  # noqa: PLC0415

    sources, outputs = run.sources, run.project.outputs
    counts = sources["status"].value_counts()
    n = {status: int(counts.get(status, 0)) for status in ("ok", "partial", "skipped", "failed")}
    say(f"语料 {run.project.root}：{len(sources)} 个文件 / files")
    say(f"  正常 ok {n['ok']}，部分 partial {n['partial']}，略过 skipped {n['skipped']}，失败 failed {n['failed']}")
    shown = sources[sources["status"].isin(["partial", "failed"])]
    details = read_table(outputs, "notices").drop_duplicates("source_id").set_index("source_id")["detail"]
    for row in shown.head(20).itertuples():
        say(f"  {row.status} {row.reason} {row.source_id}：{details.get(row.source_id, '')}")
    if len(shown) > 20:
        say(f"  …… 其余 {len(shown) - 20} 个见 failures.csv / the rest in failures.csv")
    if run.recurring:
        say(f"  有 {len(run.recurring)} 行像网页杂质，各见于五个以上文件，如“{run.recurring[0]}”：")
        say("  运行 wendui learn 可以学会去掉这些行，再运行 wendui analyze 即生效")
        say("  lines that look like wrapping recur in five files or more: wendui learn would drop them")
    say(f"新算 {run.n_new} 项，沿用 {len(run.done) - run.n_new} 项 / results computed, results taken over")
    say(f"请看 look at {outputs / 'report.html'}")
    say(f"  表 tables {outputs / 'tables'}，比较 {outputs / 'comparison'}，图 figures {outputs / 'figures'}")
    if not n["ok"] + n["partial"]:
        say("没有一个文件读成文献，请看 failures.csv / no readable document, see failures.csv")
        return NOTHING_READ
    if run.failed_share > run.settings.max_failed:
        say(f"失败比例 {run.failed_share:.0%} 超过 max_failed={run.settings.max_failed:.0%} / too many files failed")
        return TOO_MANY_FAILED
    return DONE


def say(*lines: object) -> None:
    """Print lines on standard output."""
    sys.stdout.write("".join(f"{line}\n" for line in lines))


def complain(text: str) -> int:
    """Print an error line; the exit code of bad use."""
    sys.stderr.write(f"错误 error：{text}\n")
    return BAD_USE
