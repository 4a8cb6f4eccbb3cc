"""The command line: documents in, records, a graph and answers out."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, NoReturn

import typer
from typer.core import TyperGroup

from extract.errors import PerformanceGoalError
from kg.messages import keep_rejects, progress_bar, report_rejects, say
from kg.output import Format, write_rows

if TYPE_CHECKING:
    from kg.gather import Reject

# Heavy rooms are imported inside the commands, so that help answers at once.

FAILURE, SOME_REJECTED, INTERRUPTED = 1, 3, 130

Paths = Annotated[
    list[Path], typer.Argument(metavar="PATH…", help="Documents (公开文件), or folders of documents.")
]
GraphDirectory = Annotated[
    Path, typer.Option("--graph", "-g", metavar="DIR", help="The graph directory (图谱目录).")
]
Jobs = Annotated[
    int | None,
    typer.Option("--jobs", "-j", min=1, metavar="N", help="Processes to use; default: one per processor."),
]
OutputFormat = Annotated[Format, typer.Option("--format", help="How to print the result.")]


class Commands(TyperGroup):
    """The group of commands; says every failure in one line on standard error."""

    def invoke(self, ctx: Any) -> Any:
        """Run a command and turn what can go wrong into an exit status."""
        try:
            result = super().invoke(ctx)
            sys.stdout.flush()
            return result
        except PerformanceGoalError as error:
            say(str(error))
            raise typer.Exit(FAILURE) from None
        except KeyboardInterrupt:
            say("interrupted; nothing that was complete is lost")
            raise typer.Exit(INTERRUPTED) from None
        except BrokenPipeError:
            # Who reads our output has had enough of it; what is still buffered goes nowhere.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            raise typer.Exit(0) from None


app = typer.Typer(
    name="jixiao",
    cls=Commands,
    help="Turn Chinese budget disclosures (预算公开) into a graph of performance goals (绩效目标).\n\n"
    "What was promised for which money, by whom, year after year, and where every figure is printed.\n\n"
    "Exit status: 0 fine, 1 failure, 2 wrong usage, 3 some documents rejected.",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["--help", "-h"]},
)


def main() -> None:
    """Run the command line; the entry point of ``jixiao``."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Data is UTF-8 wherever it goes; a terminal is written to as it wants.
        encoding = sys.stdout.encoding if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    app(prog_name="jixiao")


def print_version(wanted: bool) -> None:
    """Print the version and end."""
    if wanted:
        from importlib.metadata import version

        typer.echo(f"jixiao {version('jixiao')}")
        raise typer.Exit()


@app.callback()
def common(
    version: Annotated[
        bool, typer.Option("--version", callback=print_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Options of all commands."""


@app.command()
def extract(
    paths: Paths,
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", metavar="FILE", help="Write to FILE, all or nothing."),
    ] = None,
    jobs: Jobs = None,
) -> None:
    """Print the record of each document (JSON Lines): what the paper says, cell by cell."""
    from extract.records import to_json
    from kg.durable import replacing
    from kg.pipeline import extract_records

    rejects: list[Reject] = []
    records = (to_json(document) + b"\n" for document in keep_rejects(extract_records(paths, jobs), rejects))
    if output is None:
        for line in records:
            sys.stdout.buffer.write(line)
    else:
        try:
            with replacing(output) as file:
                file.writelines(records)
        except OSError as error:
            fail(f"{output}: cannot be written ({error.strerror}); nothing was changed there")
    end_with(rejects)


@app.command()
def build(paths: Paths, graph: GraphDirectory = Path("graph"), jobs: Jobs = None) -> None:
    """Build the graph (知识图谱) of documents and make it current.

    A build replaces the graph by the graph of the documents given now; what was read before and has not
    changed is not read again.
    """
    from kg.pipeline import NothingToBuildError
    from kg.pipeline import build as build_graph

    with progress_bar() as progress:
        try:
            report = build_graph(paths, graph, jobs=jobs, progress=progress)
        except NothingToBuildError as error:
            report_rejects(error.rejects)
            raise
    for duplicate in report.duplicates:
        say(f"{duplicate.file}: the same content as {duplicate.same_as}; counted once")
    years = f"{report.years[0]}–{report.years[-1]}" if report.years else "none"
    write_rows(
        ("what", "count"),
        [
            ("documents 公开文件", report.documents),
            ("of these read before", report.from_cache),
            ("goal sheets 绩效目标表", report.sheets),
            ("indicators 三级指标", report.indicators),
            ("projects 项目", report.projects),
            ("units 预算单位", report.units),
            ("fiscal years 年度", years),
            ("quads", report.quads),
            ("rejected 未能读取", len(report.rejects)),
            ("graph", f"{graph} (generation {report.generation})"),
        ],
        Format.table,
    )
    end_with(report.rejects)


@app.command()
def query(
    name: Annotated[str | None, typer.Argument(metavar="NAME", help="A named query; see --list.")] = None,
    graph: GraphDirectory = Path("graph"),
    file: Annotated[
        Path | None, typer.Option("--file", "-f", metavar="FILE", help="Ask the SPARQL query in FILE.")
    ] = None,
    expression: Annotated[
        str | None, typer.Option("--expression", "-e", metavar="SPARQL", help="Ask this SPARQL query.")
    ] = None,
    list_queries: Annotated[bool, typer.Option("--list", help="List the named queries.")] = False,
    settings: Annotated[
        list[str] | None,
        typer.Option("--set", metavar="NAME=VALUE", help="Set a parameter of the named query; repeatable."),
    ] = None,
    timeout: Annotated[
        float, typer.Option("--timeout", min=0.1, metavar="SECONDS", help="Time limit of a free query.")
    ] = 30.0,
    output_format: OutputFormat = Format.table,
) -> None:
    """Ask the graph: a named question (问题), or any SPARQL 1.1 query.

    Prefixes pg, rdf, rdfs, xsd, skos, prov, org, oa and dcterms need not be declared; all named graphs are
    read as one. SERVICE and updates are refused.
    """
    if sum((name is not None, file is not None, expression is not None, list_queries)) != 1:
        raise typer.BadParameter("give one of NAME, --file, --expression and --list")
    if settings and name is None:
        raise typer.BadParameter("--set goes with a named query")
    from kg.query.free import Limits, ask_freely
    from kg.query.named import ask_named, list_named, parse_settings
    from kg.store import open_graph

    if list_queries:
        answer = list_named()
    elif name is not None:
        answer = ask_named(open_graph(graph), name, parse_settings(settings or []))
    else:
        sparql = read_query(file) if file is not None else expression or ""
        answer = ask_freely(open_graph(graph), sparql, Limits(seconds=timeout))
    write_rows(answer.columns, answer.rows, output_format)


@app.command()
def show(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="Part of a project's or unit's printed name.")],
    graph: GraphDirectory = Path("graph"),
    output_format: OutputFormat = Format.table,
) -> None:
    """Show a project (项目) or unit (预算单位) year by year, with the printed place of each figure."""
    from kg.query.show import READABLE_COLUMNS, Figure, find_figures, readable_rows
    from kg.store import open_graph

    figures = find_figures(open_graph(graph), text)
    if output_format is Format.table:
        write_rows(READABLE_COLUMNS, readable_rows(figures), output_format)
    else:
        write_rows(Figure._fields, figures, output_format)


@app.command()
def evaluate(
    paths: Annotated[
        list[Path],
        typer.Argument(metavar="GOLD… PATH…", help="Gold records (.json, or folders of them) and documents."),
    ],
    jobs: Jobs = None,
    output_format: OutputFormat = Format.table,
) -> None:
    """Compare what is read from documents with the truth (标准答案), cell by cell."""
    from kg import evaluate as evaluation
    from kg.gather import gather
    from kg.pipeline import extract_records

    gold = evaluation.read_gold(path for path in paths if evaluation.is_gold(path))
    documents = [path for path in paths if not evaluation.is_gold(path)]
    if not gold or not documents:
        raise typer.BadParameter("give gold records (.json, or a folder of them) and documents")
    rejects: list[Reject] = []
    wanted = [path for path in keep_rejects(gather(documents), rejects) if path.name in gold]
    cells = evaluation.compare_all(gold, keep_rejects(extract_records(wanted, jobs), rejects))
    if output_format is Format.table:
        write_rows(evaluation.SCORE_COLUMNS, evaluation.score_rows(cells), output_format)
        write_rows(evaluation.DIFFERENCE_COLUMNS, evaluation.difference_rows(cells), output_format)
    else:
        write_rows(evaluation.REPORT_COLUMNS, evaluation.report_rows(cells), output_format)
    report_rejects(rejects)
    if rejects or any(cell.problem for cell in cells):
        raise typer.Exit(FAILURE)


@app.command()
def info(graph: GraphDirectory = Path("graph"), output_format: OutputFormat = Format.table) -> None:
    """Print what the graph holds and which generation is current."""
    from kg.store import open_graph

    generation = open_graph(graph).generation
    manifest = generation.manifest
    rows = [
        ("version", manifest["version"]),
        ("generation", generation.id),
        ("base", manifest["settings"]["base"]),
        *manifest["counts"].items(),
        ("years", " ".join(map(str, manifest["years"]))),
        ("duplicates", len(manifest["duplicates"])),
        ("rejects", len(manifest["rejects"])),
    ]
    write_rows(("what", "value"), rows, output_format)


def end_with(rejects: Sequence[Reject]) -> None:
    """Report rejects and end with their status, if there are any."""
    report_rejects(rejects)
    if rejects:
        raise typer.Exit(SOME_REJECTED)


def read_query(path: Path) -> str:
    """The text of a query file."""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        fail(f"{path}: the query cannot be read ({error}); give a UTF-8 text file")


def fail(message: str) -> NoReturn:
    """Say why and end with the status of a failure."""
    say(message)
    raise typer.Exit(FAILURE)
