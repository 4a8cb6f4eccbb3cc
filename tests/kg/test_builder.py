"""Builders: one generation at a time, whole or not at all, whatever happens to the process."""

from __future__ import annotations

import errno
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from kg import builder as builder_room
from kg.builder import locked, open_builder
from kg.store import StoreError, current_names, open_graph, verify

# Builds a graph of a few quads and dies at the Nth thing that it does to the file system.
BUILD_AND_DIE = """
import os, signal, sys
from pathlib import Path
import pyoxigraph
from kg.builder import open_builder
directory, word, last = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
count = 0
def watch(event, arguments):
    global count
    if event in WATCHED and any(str(directory) in str(one) for one in arguments):
        count += 1
        if count == last:
            os.kill(os.getpid(), signal.SIGKILL)
WATCHED = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.truncate", "shutil.rmtree"}
sys.addaudithook(watch)
with open_builder(directory) as builder:
    for graph in range(3):
        builder.add(f'<http://e/s> <http://e/p> "{word}" <http://e/{graph}> .\\n'.encode(), word.encode())
    builder.commit({"word": word})
print(count)
"""


def build(directory: Path, word: str) -> str:
    with open_builder(directory) as builder:
        for graph in range(3):
            builder.add(f'<http://e/s> <http://e/p> "{word}" <http://e/{graph}> .\n'.encode(), word.encode())
        return builder.commit({"word": word}).id


def build_and_die(directory: Path, word: str, last: int) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", BUILD_AND_DIE, str(directory), word, str(last)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def word_in(directory: Path) -> str:
    """The word of the current graph, which must be sound to the last byte."""
    graph = open_graph(directory)
    assert verify(graph.generation) == []
    words = {quad.object.value for quad in graph.store}
    assert len(graph.store) == 3 and words == {graph.generation.manifest["word"]}
    return words.pop()


def test_a_kill_at_any_step_leaves_the_old_graph_or_the_new(tmp_path: Path) -> None:
    directory = tmp_path / "graph"
    build(directory, "old")
    saved = tmp_path / "saved"
    shutil.copytree(directory, saved)
    steps = int(build_and_die(directory, "new", 0).stdout)
    seen = set()
    for step in range(1, steps + 1):
        shutil.rmtree(directory)
        shutil.copytree(saved, directory)
        assert build_and_die(directory, "new", step).returncode == -signal.SIGKILL
        seen.add(word_in(directory))
    assert seen == {"old", "new"}
    assert steps > 20


def test_a_kill_at_any_step_of_the_first_build_can_be_run_again(tmp_path: Path) -> None:
    steps = int(build_and_die(tmp_path / "clean", "new", 0).stdout)
    for step in range(1, steps + 1, 2):
        directory = tmp_path / str(step)
        build_and_die(directory, "new", step)
        build(directory, "new")
        assert word_in(directory) == "new"
        assert content(directory) == content(tmp_path / "clean")


def content(directory: Path) -> dict[str, bytes]:
    path = open_graph(directory).generation.path
    return {name: (path / name).read_bytes() for name in ("graph.nq", "records.jsonl")}


def test_what_a_killed_build_left_is_removed_by_the_next(tmp_path: Path) -> None:
    build(tmp_path, "old")
    (tmp_path / "generations" / "building" / "store").mkdir(parents=True)
    (tmp_path / "generations" / "0123456789abcdef").mkdir()
    name = build(tmp_path, "new")
    left = {path.name for path in (tmp_path / "generations").iterdir()}
    assert left == {name, *current_names(tmp_path)} and len(left) == 2


def test_the_last_generation_stays_for_its_readers_and_older_ones_go(tmp_path: Path) -> None:
    names = [build(tmp_path, word) for word in ("one", "two", "three")]
    assert current_names(tmp_path) == [names[2], names[1]]
    assert {path.name for path in (tmp_path / "generations").iterdir()} == set(names[1:])


def test_a_reader_keeps_its_generation_while_another_is_built(tmp_path: Path) -> None:
    build(tmp_path, "old")
    store = open_graph(tmp_path).store
    for word in ("new", "newer", "newest"):
        build(tmp_path, word)
    assert {quad.object.value for quad in store} == {"old"}


def test_the_same_content_is_the_same_generation(tmp_path: Path) -> None:
    assert build(tmp_path / "a", "same") == build(tmp_path / "b", "same") == build(tmp_path / "a", "same")


def test_a_damaged_generation_is_replaced_by_a_build_of_the_same_content(tmp_path: Path) -> None:
    build(tmp_path, "same")
    graph = open_graph(tmp_path).generation.path / "graph.nq"
    graph.write_bytes(graph.read_bytes().upper())
    build(tmp_path, "same")
    assert word_in(tmp_path) == "same"


def test_a_second_builder_is_told_of_the_first(tmp_path: Path) -> None:
    build(tmp_path, "old")
    with (
        locked(tmp_path),
        pytest.raises(StoreError, match=rf"another build is running \(pid {os.getpid()}\)"),
    ):
        build(tmp_path, "new")
    assert word_in(tmp_path) == "old"


def test_a_second_builder_does_not_disturb_the_first(tmp_path: Path) -> None:
    with open_builder(tmp_path) as first:
        first.add(b'<http://e/s> <http://e/p> "1" <http://e/g> .\n')
        with pytest.raises(StoreError, match="another build is running"):
            build(tmp_path, "second")
        first.add(b'<http://e/s> <http://e/p> "2" <http://e/g> .\n')
        first.commit({})
    assert len(open_graph(tmp_path).store) == 2


def test_a_folder_that_is_not_ours_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "thesis.txt").write_text("years of work")
    with pytest.raises(StoreError, match="holds other things than a graph"):
        build(tmp_path, "new")
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_in_place_of_the_folder_is_refused_untouched(tmp_path: Path) -> None:
    (tmp_path / "graph").write_text("not a folder")
    with pytest.raises(StoreError, match="this is a file, not a folder"):
        build(tmp_path / "graph", "new")
    assert (tmp_path / "graph").read_text() == "not a folder"


def test_a_cache_that_cannot_be_opened_is_one_clear_line(tmp_path: Path) -> None:
    build(tmp_path, "old")
    with (
        pytest.raises(StoreError, match="unable to open database file; check the folder"),
        open_builder(tmp_path),
    ):
        raise sqlite3.OperationalError("unable to open database file")
    assert word_in(tmp_path) == "old"


def test_an_error_inside_a_build_leaves_the_old_graph_and_no_rest(tmp_path: Path) -> None:
    build(tmp_path, "old")
    with pytest.raises(KeyError), open_builder(tmp_path) as builder:
        builder.add(b'<http://e/s> <http://e/p> "1" <http://e/g> .\n')
        raise KeyError
    assert word_in(tmp_path) == "old"
    assert not (tmp_path / "generations" / "building").exists()


def out_of_room(path: Path) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))


@pytest.mark.parametrize("name", ["graph.nq", "records.jsonl", "manifest.json", "current"])
def test_a_full_disk_is_one_clear_line_and_the_old_graph_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    build(tmp_path, "old")
    write, durably = builder_room.HashedFile.write, builder_room.write_durably
    with monkeypatch.context() as patch:
        patch.setattr(
            builder_room.HashedFile,
            "write",
            lambda file, text: out_of_room(file.path) if file.path.name == name else write(file, text),
        )
        patch.setattr(
            builder_room,
            "write_durably",
            lambda path, text: out_of_room(path) if path.name == name else durably(path, text),
        )
        with pytest.raises(StoreError, match="the disk is full; make room and run it again") as error:
            build(tmp_path, "new")
    assert "\n" not in str(error.value)
    assert word_in(tmp_path) == "old"
    assert not (tmp_path / "generations" / "building").exists()


LIMITED = """
import resource, signal, sys
from pathlib import Path
from kg.builder import open_builder
from kg.store import StoreError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), int(sys.argv[2])))
try:
    with open_builder(Path(sys.argv[1])) as builder:
        for graph in range(int(sys.argv[3])):
            builder.add(f'<http://e/{graph}> <http://e/p> "{graph}" <http://e/g> .\\n'.encode(), b"{}")
        builder.commit({})
except StoreError as error:
    print(error)
"""


# Oxigraph's own files are larger than those of a tiny graph, and ours are larger than those of a great one.
LIMITS = {"met by us": (200_000, 40_000), "met by Oxigraph": (50_000, 10)}


@pytest.mark.parametrize(("limit", "quads"), LIMITS.values(), ids=LIMITS)
def test_a_limit_on_file_size_is_one_clear_line(tmp_path: Path, limit: int, quads: int) -> None:
    build(tmp_path, "old")
    command = [sys.executable, "-c", LIMITED, str(tmp_path), str(limit), str(quads)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert "a file may not grow any larger here" in done.stdout and done.stdout.count("\n") == 1
    assert word_in(tmp_path) == "old"
    assert not (tmp_path / "generations" / "building").exists()
