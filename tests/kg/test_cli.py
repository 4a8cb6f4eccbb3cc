"""The command line: data on standard output, everything else on standard error, and the exit status."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from extract.records import from_json
from kg import cli
from kg.builder import locked
from kg.cli import main

EXAMPLES = Path(__file__).parents[2] / "examples"
DOCUMENTS = sorted(EXAMPLES.glob("*.txt"))
COMMANDS = ("extract", "build", "query", "show", "evaluate", "info")


@pytest.fixture
def jixiao(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Runs a command in this process; gives its status, standard output and standard error."""

    def run(*arguments: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["jixiao", *map(str, arguments)])
        with pytest.raises(SystemExit) as end:
            main()
        status = end.value.code
        return (status if isinstance(status, int) else 0, *capsys.readouterr())

    return run


def test_help_names_every_command_and_the_exit_status(jixiao) -> None:  # type: ignore[no-untyped-def]
    status, output, _ = jixiao("--help")
    assert status == 0
    assert all(command in output for command in COMMANDS)
    assert "Exit status: 0 fine, 1 failure, 2 wrong usage, 3 some documents rejected." in output


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_all_its_options(jixiao, command: str) -> None:  # type: ignore[no-untyped-def]
    status, output, _ = jixiao(command, "--help")
    assert status == 0
    options = [line for line in output.splitlines() if line.startswith("  -")]
    assert options
    assert not any(line.split()[-1].startswith("--") for line in options)


def test_the_version_is_printed(jixiao) -> None:  # type: ignore[no-untyped-def]
    status, output, _ = jixiao("--version")
    assert status == 0 and output.startswith("jixiao 0.")


HEAVY = ("spacy", "jieba", "rdflib", "pyshacl", "networkx", "pyvis", "lxml")
LIGHT_PATHS = {
    "--help": (["--help"], (*HEAVY, "pyoxigraph", "msgspec", "rich.console")),
    "query": (["query", "-g", "{graph}", "sheets"], HEAVY),
    "show": (["show", "-g", "{graph}", "机场"], HEAVY),
}


@pytest.mark.parametrize(("arguments", "unwanted"), LIGHT_PATHS.values(), ids=LIGHT_PATHS)
def test_nothing_heavy_is_imported_for(
    examples_graph: Path, arguments: list[str], unwanted: tuple[str, ...]
) -> None:
    code = (
        "import sys\nfrom kg.cli import main\ntry:\n    main()\nexcept SystemExit:\n"
        "    print([name for name in sys.modules], file=sys.stderr)"
    )
    command = [one.format(graph=examples_graph) for one in arguments]
    done = subprocess.run([sys.executable, "-c", code, *command], capture_output=True, text=True, check=True)
    imported = set(eval(done.stderr.splitlines()[-1]))
    assert "kg.cli" in imported
    assert not imported & set(unwanted)


WRONG_USAGE = {
    "no command": [],
    "unknown command": ["guess"],
    "unknown option": ["info", "--nope"],
    "unknown format": ["info", "--format", "xml"],
    "no paths": ["build"],
    "no jobs": ["build", "x", "--jobs", "0"],
    "no query": ["query"],
    "two queries": ["query", "sheets", "-e", "ASK {}"],
    "setting of a free query": ["query", "-e", "ASK {}", "--set", "a=b"],
    "gold without documents": ["evaluate", str(EXAMPLES / "golden")],
    "documents without gold": ["evaluate", str(DOCUMENTS[0])],
}


@pytest.mark.parametrize("arguments", WRONG_USAGE.values(), ids=WRONG_USAGE)
def test_wrong_usage_is_status_2_with_nothing_on_standard_output(jixiao, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    status, output, errors = jixiao(*arguments)
    assert status == 2
    assert "Traceback" not in errors
    assert output == "" or not arguments  # without any argument the help is the answer


def test_extract_prints_one_record_a_line(jixiao) -> None:  # type: ignore[no-untyped-def]
    status, output, errors = jixiao("extract", EXAMPLES)
    records = [from_json(line) for line in output.splitlines()]
    assert (status, errors) == (0, "")
    assert [record.document for record in records] == [path.name for path in DOCUMENTS]


def test_extract_writes_a_file_whole_and_reports_what_was_rejected(jixiao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "records.jsonl"
    status, output, errors = jixiao("extract", DOCUMENTS[0], tmp_path / "missing", "-o", target)
    assert (status, output) == (3, "")
    assert errors.count("\n") == 1 and "rejected" in errors and "missing: no such file or directory" in errors
    assert len(target.read_text("utf-8").splitlines()) == 1
    assert [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


def test_extract_that_fails_leaves_the_old_file(
    jixiao, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    target = tmp_path / "records.jsonl"
    target.write_text("old")
    monkeypatch.setattr(
        "os.fsync", lambda descriptor: (_ for _ in ()).throw(OSError(28, "No space left on device"))
    )
    status, _, errors = jixiao("extract", DOCUMENTS[0], "-o", target)
    assert status == 1 and "cannot be written" in errors
    assert target.read_text() == "old" and [path.name for path in tmp_path.iterdir()] == ["records.jsonl"]


def test_extract_into_a_missing_folder_is_one_clear_line(jixiao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    status, _, errors = jixiao("extract", DOCUMENTS[0], "-o", tmp_path / "no" / "file")
    assert status == 1 and errors.count("\n") == 1 and "cannot be written" in errors


def test_build_then_info_then_query_then_show(jixiao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    graph = tmp_path / "graph"
    status, output, errors = jixiao("build", EXAMPLES, "-g", graph, "--jobs", "1")
    assert (status, errors) == (0, "") and "绩效目标表" in output
    status, output, _ = jixiao("info", "-g", graph, "--format", "json")
    facts = {row["what"]: row["value"] for row in json.loads(output)}
    assert status == 0 and facts["documents"] == len(DOCUMENTS) and facts["rejects"] == 0
    status, output, _ = jixiao("query", "-g", graph, "sheets", "--format", "csv")
    assert status == 0 and len(output.splitlines()) == facts["sheets"] + 1
    status, output, _ = jixiao("show", "-g", graph, "机场设施")
    assert status == 0 and "≥2000人" in output and "characters " in output


def test_build_with_rejects_is_status_3_and_says_each(jixiao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    (tmp_path / "empty.txt").write_bytes(b"")
    shutil.copy(DOCUMENTS[0], tmp_path / "copy.txt")
    paths = [tmp_path / "empty.txt", tmp_path / "missing.txt", tmp_path / "copy.txt", DOCUMENTS[0]]
    status, output, errors = jixiao("build", *paths, "-g", tmp_path / "graph")
    assert status == 3
    assert [line.split(": ")[0] for line in errors.splitlines()] == ["jixiao"] * 3
    assert "the file is empty" in errors and "no such file" in errors and "counted once" in errors
    assert "documents 公开文件" in output


@pytest.mark.parametrize("trouble", ["foreign", "busy", "nothing"])
def test_a_build_that_cannot_be_is_status_1_and_one_clear_line(jixiao, tmp_path: Path, trouble: str) -> None:  # type: ignore[no-untyped-def]
    graph = tmp_path / "graph"
    if trouble == "foreign":
        graph.mkdir()
        (graph / "thesis.txt").write_text("years of work")
        status, output, errors = jixiao("build", DOCUMENTS[0], "-g", graph)
    elif trouble == "busy":
        jixiao("build", DOCUMENTS[0], "-g", graph)
        with locked(graph):
            status, output, errors = jixiao("build", DOCUMENTS[0], "-g", graph)
    else:
        (tmp_path / "empty").mkdir()
        status, output, errors = jixiao("build", tmp_path / "empty", "-g", graph)
    assert (status, output) == (1, "") and errors.startswith("jixiao: ") and errors.count("\n") == 1


@pytest.mark.parametrize(
    "arguments", [["info"], ["show", "机场"], ["query", "sheets"], ["query", "-e", "ASK {}"]]
)
def test_without_a_graph_the_remedy_is_said(jixiao, tmp_path: Path, arguments: list[str]) -> None:  # type: ignore[no-untyped-def]
    status, output, errors = jixiao(*arguments, "-g", tmp_path / "none")
    assert (status, output) == (1, "")
    assert errors.count("\n") == 1 and "run: jixiao build" in errors


def test_a_query_file_is_asked(jixiao, examples_graph: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    file = tmp_path / "question.rq"
    file.write_text("SELECT (COUNT(?d) AS ?n) { ?d a pg:Document }")
    status, output, _ = jixiao("query", "-g", examples_graph, "-f", file, "--format", "tsv")
    assert (status, output) == (0, f"n\n{len(DOCUMENTS)}\n")
    status, _, errors = jixiao("query", "-g", examples_graph, "-f", tmp_path / "missing.rq")
    assert status == 1 and "the query cannot be read" in errors


def test_a_setting_reaches_the_query(jixiao, examples_graph: Path) -> None:  # type: ignore[no-untyped-def]
    arguments = [
        "query",
        "-g",
        examples_graph,
        "where-printed",
        "--set",
        "figure==106平方米",
        "--format",
        "csv",
    ]
    status, output, _ = jixiao(*arguments)
    rows = list(csv.DictReader(io.StringIO(output)))
    assert status == 0 and [row["quote"] for row in rows] == ["'=106平方米"]


def test_evaluate_is_status_0_only_if_every_cell_is_right(jixiao, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    status, output, _ = jixiao("evaluate", EXAMPLES / "golden", EXAMPLES)
    assert status == 0 and "overall" in output
    gold = json.loads((EXAMPLES / "golden" / f"{DOCUMENTS[0].stem}.json").read_text("utf-8"))
    gold["goal_sheets"][0]["indicators"][1]["target"] = "≥100000"
    (tmp_path / "gold.json").write_text(json.dumps(gold))
    status, output, _ = jixiao("evaluate", tmp_path / "gold.json", EXAMPLES, "--format", "json")
    wrong = [row for row in json.loads(output) if row["kind"] == "difference"]
    assert status == 1 and [(row["sheet"], row["row"], row["expected"]) for row in wrong] == [
        (1, "2", "≥100000")
    ]


def test_evaluate_without_the_document_of_a_gold_record_fails(jixiao) -> None:  # type: ignore[no-untyped-def]
    status, output, _ = jixiao("evaluate", EXAMPLES / "golden" / f"{DOCUMENTS[0].stem}.json", DOCUMENTS[1])
    assert status == 1 and "missing" in output


def test_an_interrupt_is_one_clear_line_and_status_130(
    jixiao, tmp_path, monkeypatch: pytest.MonkeyPatch
) -> None:  # type: ignore[no-untyped-def]
    def interrupted(*arguments: object, **options: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("kg.pipeline.build", interrupted)
    status, _, errors = jixiao("build", DOCUMENTS[0], "-g", tmp_path / "graph")
    assert status == 130 and errors == "jixiao: interrupted; nothing that was complete is lost\n"


def command_line(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-c", "from kg.cli import main; main()", *map(str, arguments)]


def test_a_real_interrupt_ends_a_build_and_its_workers(tmp_path: Path) -> None:
    many = tmp_path / "many"
    many.mkdir()
    for number in range(600):
        (many / f"{number}.txt").write_bytes(f"{number}\n".encode() + DOCUMENTS[1].read_bytes())
    command = command_line("build", many, "-g", tmp_path / "graph", "--jobs", "2")
    child = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, start_new_session=True)
    # Records in the cache show that the workers are at work.
    kept = tmp_path / "graph" / "cache.sqlite-wal"
    while child.poll() is None and not (kept.exists() and kept.stat().st_size > 1_000_000):
        time.sleep(0.01)
    os.killpg(child.pid, signal.SIGINT)
    _, errors = child.communicate(timeout=60)
    assert (child.returncode, errors) == (130, "jixiao: interrupted; nothing that was complete is lost\n")
    assert list((tmp_path / "graph" / "generations").iterdir()) == []


def test_a_reader_that_leaves_ends_the_command_quietly(examples_graph: Path) -> None:
    sparql = "SELECT * { ?s ?p ?o }"
    command = command_line("query", "-g", examples_graph, "-e", sparql, "--format", "csv")
    child = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
    assert child.stdout is not None and child.stderr is not None
    child.stdout.readline()
    child.stdout.close()
    assert (child.wait(timeout=60), child.stderr.read()) == (0, b"")
    child.stderr.close()


def test_data_is_utf_8_whatever_the_environment_says(examples_graph: Path) -> None:
    command = command_line("show", "-g", examples_graph, "机场设施", "--format", "csv")
    environment = {**os.environ, "PYTHONIOENCODING": "ascii"}
    done = subprocess.run(command, capture_output=True, check=True, env=environment)
    assert "≥2000人" in done.stdout.decode("utf-8")


def test_a_failure_on_the_way_is_no_traceback(jixiao, examples_graph: Path, tmp_path: Path) -> None:  # type: ignore[no-untyped-def]
    graph = Path(shutil.copytree(examples_graph, tmp_path / "graph"))
    next((graph / "generations").glob("*/graph.nq")).write_bytes(b"")
    for arguments in (["info"], ["show", "机场"], ["query", "sheets"]):
        status, output, errors = jixiao(*arguments, "-g", graph)
        assert (status, output) == (1, "") and "the graph is damaged" in errors and errors.count("\n") == 1


def test_the_commands_are_exactly_those_that_are_promised() -> None:
    assert {command.name or command.callback.__name__ for command in cli.app.registered_commands} == set(
        COMMANDS
    )  # type: ignore[union-attr]
