"""From documents to a graph: the same input gives the same graph, bad input costs only itself."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from kg import gather as gather_room
from kg import pipeline
from kg.gather import Reject
from kg.pipeline import BuildReport, NothingToBuildError, build, extract_records
from kg.store import open_graph, verify

EXAMPLES = Path(__file__).parents[2] / "examples"
DOCUMENTS = sorted(EXAMPLES.glob("*.txt"))


def content(directory: Path) -> dict[str, bytes]:
    """The files of the current generation that must be the same byte for byte."""
    path = open_graph(directory).generation.path
    return {name: (path / name).read_bytes() for name in ("graph.nq", "records.jsonl")}


def test_a_build_reports_what_the_graph_holds(tmp_path: Path) -> None:
    seen: list[tuple[int, int]] = []
    report = build([EXAMPLES], tmp_path, jobs=1, progress=lambda done, total: seen.append((done, total)))
    graph = open_graph(tmp_path)
    assert report.documents == len(DOCUMENTS) and report.rejects == () and report.duplicates == ()
    assert report.quads == len(graph.store) == len(content(tmp_path)["graph.nq"].splitlines())
    assert graph.generation.manifest["counts"]["indicators"] == report.indicators > 0
    assert verify(graph.generation) == []
    assert seen[-1] == (len(DOCUMENTS), len(DOCUMENTS))


def test_every_document_has_a_graph_of_its_own(tmp_path: Path) -> None:
    build(DOCUMENTS[:3], tmp_path)
    assert (
        len(list(open_graph(tmp_path).store.named_graphs())) == 3 + 2
    )  # and those of the ontology and of shared names


@pytest.fixture(scope="module")
def clean(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What a plain build of all examples gives."""
    directory = tmp_path_factory.mktemp("clean")
    build([EXAMPLES], directory, jobs=1)
    return content(directory)


WAYS: dict[str, Callable[[Path], BuildReport]] = {
    "two processes": lambda graph: build([EXAMPLES], graph, jobs=2),
    "three processes": lambda graph: build([EXAMPLES], graph, jobs=3),
    "files backwards": lambda graph: build(reversed(DOCUMENTS), graph, jobs=1),
    "a file given twice": lambda graph: build([DOCUMENTS[4], EXAMPLES, DOCUMENTS[4]], graph, jobs=1),
    "over another graph": lambda graph: build(DOCUMENTS[:2], graph) and build([EXAMPLES], graph, jobs=1),
    "another relative path": lambda graph: build([Path(os.path.relpath(EXAMPLES))], graph, jobs=1),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_the_same_documents_give_the_same_bytes(tmp_path: Path, clean: dict[str, bytes], way) -> None:  # type: ignore[no-untyped-def]
    way(tmp_path)
    assert content(tmp_path) == clean


def test_small_batches_give_the_same_bytes(
    tmp_path: Path, clean: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("kg.builder.BATCH_BYTES", 50_000)
    build([EXAMPLES], tmp_path, jobs=1)
    assert content(tmp_path) == clean


def test_what_was_read_before_is_not_read_again(
    tmp_path: Path, clean: dict[str, bytes], monkeypatch: pytest.MonkeyPatch
) -> None:
    build(DOCUMENTS[:6], tmp_path, jobs=1)
    read: list[str] = []
    real = pipeline.read_document
    monkeypatch.setattr(pipeline, "read_document", lambda path: read.append(path.name) or real(path))
    report = build([EXAMPLES], tmp_path, jobs=1)
    assert sorted(read) == [path.name for path in DOCUMENTS[6:]] and report.from_cache == 6
    assert content(tmp_path) == clean


def test_a_damaged_cache_costs_time_and_nothing_else(tmp_path: Path, clean: dict[str, bytes]) -> None:
    build([EXAMPLES], tmp_path, jobs=1)
    (tmp_path / "cache.sqlite").write_bytes(b"not a database at all" * 400)
    assert build([EXAMPLES], tmp_path, jobs=1).from_cache == 0
    assert content(tmp_path) == clean


def test_a_document_under_another_name_is_read_under_that_name(tmp_path: Path) -> None:
    build([DOCUMENTS[0]], tmp_path / "graph")
    copy = Path(shutil.copy(DOCUMENTS[0], tmp_path / "renamed.txt"))
    assert build([copy], tmp_path / "graph").from_cache == 0
    assert b'"document":"renamed.txt"' in content(tmp_path / "graph")["records.jsonl"]


def test_the_same_content_twice_is_one_document_under_the_name_that_sorts_first(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt"):
        shutil.copy(DOCUMENTS[0], tmp_path / name)
    report = build([tmp_path / "b.txt", tmp_path / "a.txt"], tmp_path / "graph")
    assert report.documents == 1 and report.rejects == ()
    assert [(Path(one.file).name, Path(one.same_as).name) for one in report.duplicates] == [
        ("b.txt", "a.txt")
    ]
    assert b'"document":"a.txt"' in content(tmp_path / "graph")["records.jsonl"]


BAD: dict[str, Callable[[Path], object]] = {
    "empty": lambda path: path.write_bytes(b""),
    "only white space": lambda path: path.write_text(" \n\t\n"),
    "binary": lambda path: path.write_bytes(bytes(range(256)) * 40),
    "truncated UTF-16": lambda path: path.write_bytes("绩效目标".encode("utf-16")[:-1]),
    "no known encoding": lambda path: path.write_bytes(b"\x81\x20\xff\xff\xfe" * 50),
    "PDF": lambda path: path.write_bytes(b"%PDF-1.7 and so on"),
    "dangling link": lambda path: path.symlink_to("nowhere"),
    "link to itself": lambda path: path.symlink_to(path.name),
    "pipe": os.mkfifo,
    "missing": lambda path: None,
    "huge": lambda path: path.open("wb").truncate(gather_room.MAX_BYTES + 1),
    "name too long": lambda path: None,
    "name not UTF-8": lambda path: None,
}


@pytest.mark.parametrize("kind", BAD)
def test_bad_input_is_one_clear_line_and_the_batch_goes_on(tmp_path: Path, kind: str) -> None:
    names = {"name too long": "很" * 300, "name not UTF-8": os.fsdecode(b"\xff\xfe.txt")}
    bad = tmp_path / names.get(kind, "bad.txt")
    BAD[kind](bad)
    report = build([bad, DOCUMENTS[0]], tmp_path / "graph")
    assert report.documents == 1
    assert len(report.rejects) == 1
    line = str(report.rejects[0])
    assert "\n" not in line and line.isprintable() and report.rejects[0].reason and report.rejects[0].remedy
    assert "Error" not in line
    assert (
        open_graph(tmp_path / "graph").generation.manifest["rejects"][0]["reason"] == report.rejects[0].reason
    )


@pytest.mark.skipif(os.geteuid() == 0, reason="the superuser may read everything")
def test_a_file_without_permission_is_rejected(tmp_path: Path) -> None:
    shutil.copy(DOCUMENTS[0], tmp_path / "secret.txt")
    (tmp_path / "secret.txt").chmod(0)
    report = build([tmp_path / "secret.txt", DOCUMENTS[1]], tmp_path / "graph")
    assert [one.reason for one in report.rejects] == ["permission denied"]


def test_a_build_of_nothing_readable_leaves_the_old_graph(tmp_path: Path) -> None:
    build([DOCUMENTS[0]], tmp_path / "graph")
    before = content(tmp_path / "graph")
    with pytest.raises(NothingToBuildError, match="none of the 1 files could be read") as error:
        build([tmp_path / "missing"], tmp_path / "graph")
    assert len(error.value.rejects) == 1
    assert content(tmp_path / "graph") == before


def test_an_empty_folder_is_nothing_to_build(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(NothingToBuildError, match="there is no document here"):
        build([tmp_path / "empty"], tmp_path / "graph")


def test_a_document_that_changes_while_it_is_read_is_rejected(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    shutil.copy(DOCUMENTS[0], tmp_path / "moving.txt")
    real = pipeline.read_document
    monkeypatch.setattr(
        pipeline, "read_document", lambda path: real(DOCUMENTS[2] if "moving" in path.name else path)
    )
    report = build([tmp_path / "moving.txt", DOCUMENTS[1]], tmp_path / "graph")
    assert [one.reason for one in report.rejects] == ["the file changed while it was read"]


def test_a_document_on_which_our_code_fails_is_rejected_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = pipeline.document_graphs

    def fail_on_one(record, base):  # type: ignore[no-untyped-def]
        if record.document == DOCUMENTS[0].name:
            raise RecursionError("too\ndeep")
        return real(record, base)

    monkeypatch.setattr(pipeline, "document_graphs", fail_on_one)
    report = build(DOCUMENTS[:2], tmp_path)
    assert [one.reason for one in report.rejects] == ["reading failed with RecursionError: too deep"]
    assert report.documents == 1


def test_a_graph_that_does_not_hold_what_the_records_hold_is_not_made_current(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    build([DOCUMENTS[0]], tmp_path)
    before = content(tmp_path)
    real = pipeline.document_graphs
    monkeypatch.setattr(
        pipeline,
        "document_graphs",
        lambda *given: real(*given)._replace(
            own=[line for line in real(*given).own if "#Indicator>" not in line]
        ),
    )
    with pytest.raises(Exception, match=r"the records hold \d+ indicators, the graph 0"):
        build([DOCUMENTS[1]], tmp_path)
    assert content(tmp_path) == before


def test_records_come_in_the_order_of_the_paths(tmp_path: Path) -> None:
    paths = [DOCUMENTS[3], tmp_path / "missing.txt", DOCUMENTS[0], EXAMPLES]
    outcomes = list(extract_records(paths, jobs=1))
    assert isinstance(outcomes[1], Reject)
    names = [one.document for one in outcomes if not isinstance(one, Reject)]
    rest = [path.name for path in DOCUMENTS if path not in (DOCUMENTS[0], DOCUMENTS[3])]
    assert names == [DOCUMENTS[3].name, DOCUMENTS[0].name, *rest]


def test_records_are_the_same_from_two_processes() -> None:
    assert list(extract_records([EXAMPLES], jobs=2)) == list(extract_records([EXAMPLES], jobs=1))


# Builds a graph and is killed a moment after the Nth event of Python's own audit (a file opened, renamed …);
# prints how many events there were if it is not killed. Events are counted and not seconds, so that a busy
# machine changes nothing.
BUILD_AND_DIE = """
import os, signal, sys, threading, time
from pathlib import Path
from kg.pipeline import build
def watch(event, arguments):
    global count
    count += 1
    if count == last:
        threading.Thread(target=die, daemon=True).start()
def die():
    time.sleep(delay)
    os.kill(os.getpid(), signal.SIGKILL)
if __name__ == "__main__":
    count, last, delay = 0, int(sys.argv[1]), float(sys.argv[2])
    sys.addaudithook(watch)
    build([Path(name) for name in sys.argv[4:]], Path(sys.argv[3]), jobs=2)
    print(count)
"""


def build_and_die(
    event: int, delay: float, graph: Path, documents: list[Path]
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BUILD_AND_DIE, str(event), str(delay), str(graph), *map(str, documents)]
    return subprocess.run(command, stdout=subprocess.PIPE, text=True, check=False)


def test_fifty_kills_at_random_moments_leave_the_old_graph_or_the_new(tmp_path: Path) -> None:
    few, all_of_them = DOCUMENTS[:1], DOCUMENTS
    graph = tmp_path / "graph"
    events, contents = [], []
    for number, documents in enumerate((few, all_of_them)):
        events.append(int(build_and_die(0, 0, tmp_path / str(number), documents).stdout))
        contents.append(content(tmp_path / str(number)))
    build(few, graph)
    moments = random.Random(20240229)
    killed = 0
    while killed < 50:
        # Every fifth kill is followed by a whole build, so that both graphs take their turn as the old one.
        target = 1 - contents.index(content(graph))
        documents = (few, all_of_them)[target]
        done = build_and_die(moments.randint(1, events[target]), moments.uniform(0, 0.02), graph, documents)
        killed += done.returncode == -signal.SIGKILL
        assert content(graph) in contents
        assert verify(open_graph(graph).generation) == []
        if killed % 5 == 0:
            build(documents, graph, jobs=1)
            assert content(graph) == contents[target]
    assert len(list((graph / "generations").iterdir())) <= 2
