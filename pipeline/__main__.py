"""The command line: ``wendui …`` or ``python -m pipeline …``. Every command is a library call a notebook could make."""

import io
import logging
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.exceptions import TyperException

from pipeline.console import DONE, INTERRUPTED, complain, progress_bars, say, tell_result
from pipeline.settings import SettingsError

app = typer.Typer(
    help="问对 Wendui：党建调研报告语料分析 / text analytics of party-building research reports.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

FolderArgument = Annotated[Path | None, typer.Argument(help="语料或项目文件夹 / corpus or project folder")]
CorpusOption = Annotated[Path | None, typer.Option("--corpus", help="语料文件夹 / corpus folder")]
OutputsOption = Annotated[Path | None, typer.Option("--outputs", help="结果文件夹 / outputs folder")]
SourceArgument = Annotated[Path, typer.Argument(help="条目 CSV：statement_id, doc_id, role, headline, body / points")]
TargetArgument = Annotated[Path, typer.Argument(help="写到哪个 CSV / CSV to write")]
SettingsOption = Annotated[Path | None, typer.Option("--settings", help="settings.toml 的位置 / settings file")]


@app.command()
def analyze(  # noqa: PLR0913, PLR0917 — the options of the command
    folder: FolderArgument = None,
    corpus: CorpusOption = None,
    outputs: OutputsOption = None,
    settings: SettingsOption = None,
    workers: Annotated[int | None, typer.Option(min=1, help="进程数，不影响结果 / local processes")] = None,
    strict: Annotated[bool, typer.Option("--strict", help="遇程序错误即停 / stop at a bug of ours")] = False,
) -> None:
    """分析语料：读取、清洗、切分、编码、配对、比较、出图、出报告 / analyze a corpus."""
    from pipeline.project import find_project  # noqa: PLC0415 — heavy modules load only when needed
    from pipeline.run import analyze as run_analysis  # noqa: PLC0415

    project = find_project(corpus or folder, outputs=outputs)
    with progress_bars() as tell:
        run = run_analysis(project, settings_path=settings, workers=workers, strict=strict, progress=tell)
    if code := tell_result(run):
        raise typer.Exit(code)


@app.command()
def learn(
    folder: FolderArgument = None,
    corpus: CorpusOption = None,
    outputs: OutputsOption = None,
    settings: SettingsOption = None,
) -> None:
    """从自己的语料学习：字的搭配、句子的角色、相近的词、网页杂质 / learn from your corpus: characters, roles, words, wrapping."""
    from pipeline.learn import learn as learn_corpus  # noqa: PLC0415
    from pipeline.project import find_project  # noqa: PLC0415

    learned = learn_corpus(find_project(corpus or folder, outputs=outputs), settings_path=settings)
    say(f"已从 {learned.n_documents} 篇文献学到 {learned.n_ngrams} 个字组 / n-grams learned")
    has_roles = "roles" in learned.names
    say(f"  句子角色模型{'已按标题明确的小节修正 / refined' if has_roles else '无可学 / nothing to learn'}: role model")
    say(f"  与编码本用词相近的词{'已学 / learned' if 'words' in learned.names else '无可学 / too few'}: related words")
    say(f"  反复出现、今后去掉的行 {len(learned.lines)} 行 / recurring lines that will be dropped")
    for line in learned.lines:
        say(f"    {line}")
    say(f"存于 {learned.folder}；删去该文件夹即恢复原样。请再次运行 wendui analyze / kept there; run analyze again")


@app.command()
def show(document: Annotated[str, typer.Argument(help="doc_id 或文件名")], outputs: OutputsOption = None) -> None:
    """显微镜：一篇文献的提纲、条目、关联与清洗 / one document under the microscope."""
    say(str(_load(outputs).show(document)))


@app.command()
def trace(
    name: Annotated[str, typer.Argument(help="单元格、主题、条目、关联、文献编号或图名 / any id")],
    outputs: OutputsOption = None,
) -> None:
    """追溯：任一数字背后的原句、文件与位置 / from any number to its sentences."""
    from pipeline.trace import cited  # noqa: PLC0415

    for line in cited(_load(outputs).trace(name)):
        say(line)


@app.command()
def score(
    outputs: Annotated[Path, typer.Argument(help="结果文件夹 / outputs")],
    gold: Annotated[list[Path], typer.Argument(help="标注文件 / gold JSON")],
    given: Annotated[bool, typer.Option("--given-statements", help="条目取自标注 / points from gold")] = False,
) -> None:
    """评分：结果与人工标注对照 / score outputs against gold."""
    from pipeline.evaluate.given import given_lines  # noqa: PLC0415
    from pipeline.evaluate.score import score_lines  # noqa: PLC0415

    say(*(given_lines if given else score_lines)(outputs, gold))


@app.command()
def code(source: SourceArgument, target: TargetArgument, settings: SettingsOption = None) -> None:
    """编码：给别处来的条目编码 / code points that come from elsewhere."""
    from pipeline.evaluate.others import code_file  # noqa: PLC0415

    say(f"已写 {target}：{code_file(source, target, settings)} 行 / rows written")


@app.command()
def link(source: SourceArgument, target: TargetArgument, settings: SettingsOption = None) -> None:
    """配对：给别处来的条目配对 / link points that come from elsewhere."""
    from pipeline.evaluate.others import link_file  # noqa: PLC0415

    say(f"已写 {target}：{link_file(source, target, settings)} 行 / rows written")


@app.command()
def agree(
    first: Annotated[Path, typer.Argument(help="第一位编码者的标注 / the first coder's gold JSON")],
    second: Annotated[Path, typer.Argument(help="第二位编码者的标注 / the second coder's")],
) -> None:
    """信度：两位编码者的一致程度 / agreement of two coders."""
    from pipeline.evaluate.agreement import agreement  # noqa: PLC0415

    say(*agreement([first], [second]))


@app.command()
def codebook(
    action: Annotated[Literal["check"], typer.Argument(help="check")],
    folder: Annotated[Path | None, typer.Argument(help="codebook.* 所在文件夹 / your codebook's folder")] = None,
    outputs: OutputsOption = None,
) -> None:
    """编码本体检：不出现的词、共用的词、空编码、漏网条目 / faults of a codebook."""
    from pipeline.evaluate.codebooks import check_lines  # noqa: PLC0415

    say(*check_lines(_outputs(outputs), folder))


@app.command()
def export(
    table: Annotated[list[str], typer.Argument(help="表名 / table names")],
    kind: Annotated[str, typer.Option("--format", help="csv 或 xlsx")] = "csv",
    outputs: OutputsOption = None,
    to: Annotated[Path, typer.Option(help="写到哪个文件夹 / folder to write to")] = Path(),
) -> None:
    """导出：Excel 能直接打开的表 / tables that Excel opens rightly."""
    from pipeline.publish.export import export_tables  # noqa: PLC0415

    say(*(f"已写 {path} / written" for path in export_tables(_outputs(outputs), table, kind=kind, to=to)))


@app.command()
def figures(outputs: OutputsOption = None) -> None:
    """重画全部图 / draw all figures again."""
    _publish("figures", outputs)


@app.command()
def report(outputs: OutputsOption = None) -> None:
    """重写 report.html / write the report again."""
    _publish("report", outputs)


@app.command()
def init(folder: Annotated[Path, typer.Argument(help="新项目文件夹 / new project folder")]) -> None:
    """新建项目文件夹（corpus/ 与 outputs/） / make a project folder."""
    for name in ("corpus", "outputs"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    say(f"已建 {folder}：把报告放进 {folder / 'corpus'}，再运行 wendui analyze {folder} / put your reports there")


def _publish(name: str, outputs: Path | None) -> None:
    """Make one kind of publication again from the tables."""
    from pipeline.run import publish  # noqa: PLC0415

    say(*(f"已写 {path} / written" for path in publish(_outputs(outputs), name)))


def _outputs(outputs: Path | None) -> Path:
    """The outputs folder that was named, or the current project's."""
    found = outputs or Path("outputs")
    if not (found / "run.json").is_file():
        raise SettingsError(f"{found} 里没有分析结果，请先运行 wendui analyze / no results there: run wendui analyze")
    return found


def _load(outputs: Path | None) -> Any:
    """The analysis of an outputs folder."""
    from pipeline import load  # noqa: PLC0415

    return load(_outputs(outputs))


def main(arguments: list[str] | None = None) -> None:
    """Run the command line; a wrong use becomes a message and an exit code, a bug of ours a traceback and 1."""
    logging.basicConfig(level=logging.WARNING, format="%(message)s")
    for stream in (sys.stdout, sys.stderr):  # a console that cannot print Chinese gets escapes, never an error
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        code = app(args=arguments, standalone_mode=False)
    except (SettingsError, FileNotFoundError, TyperException) as error:
        code = complain(str(error))
    except KeyError as error:
        if not isinstance(error.args[0], str) or " / " not in error.args[0]:
            raise  # not one of our own messages: a bug
        code = complain(error.args[0])
    except (KeyboardInterrupt, typer.Abort):
        complain("已中断；已完成的部分都在，再次运行同一命令即可继续 / interrupted: run the same command to go on")
        code = INTERRUPTED
    sys.exit(code if isinstance(code, int) else DONE)


if __name__ == "__main__":
    main()
