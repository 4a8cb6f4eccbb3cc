"""Readers of a graph directory: what they see, and what they say when it is not sound."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.builder import open_builder
from kg.store import StoreError, open_graph, verify

QUADS = b'<http://e/s> <http://e/p> "1" <http://e/g> .\n<http://e/s> <http://e/p> "2" <http://e/g> .\n'


def build(directory: Path, quads: bytes = QUADS) -> None:
    with open_builder(directory) as builder:
        builder.add(quads, b"{}")
        builder.commit({"counts": {}})


def test_a_built_graph_opens_with_all_its_quads(tmp_path: Path) -> None:
    build(tmp_path / "graph")
    graph = open_graph(tmp_path / "graph")
    assert len(graph.store) == 2
    assert verify(graph.generation) == []


def test_reading_changes_no_file(tmp_path: Path) -> None:
    build(tmp_path / "graph")
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")}
    list(open_graph(tmp_path / "graph").store)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*")} == before


def test_the_manifest_names_every_file_of_the_generation(tmp_path: Path) -> None:
    build(tmp_path / "graph")
    generation = open_graph(tmp_path / "graph").generation
    files = {str(path.relative_to(generation.path)) for path in generation.path.rglob("*") if path.is_file()}
    assert files == {"manifest.json", *generation.manifest["files"]}


@pytest.mark.parametrize("where", ["missing", "empty", "file"])
def test_no_graph_is_said_with_the_remedy(tmp_path: Path, where: str) -> None:
    directory = tmp_path / where
    if where == "empty":
        directory.mkdir()
    elif where == "file":
        directory.write_text("x")
    with pytest.raises(StoreError, match=r"there is no graph here; run: jixiao build"):
        open_graph(directory)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def garble_json(path: Path) -> None:
    path.write_bytes(b"[1, 2]")


DAMAGES = {
    "store file cut": ("store/CURRENT", cut),
    "store file gone": ("store/CURRENT", Path.unlink),
    "graph cut": ("graph.nq", cut),
    "records gone": ("records.jsonl", Path.unlink),
    "manifest cut": ("manifest.json", lambda path: path.write_bytes(path.read_bytes()[:20])),
    "manifest of another kind": ("manifest.json", garble_json),
    "manifest gone": ("manifest.json", Path.unlink),
}


@pytest.mark.parametrize(("name", "damage"), DAMAGES.values(), ids=DAMAGES)
def test_damage_is_said_in_one_line_with_the_remedy(tmp_path: Path, name: str, damage) -> None:  # type: ignore[no-untyped-def]
    build(tmp_path / "graph")
    damage(open_graph(tmp_path / "graph").generation.path / name)
    with pytest.raises(StoreError, match="the graph is damaged") as error:
        open_graph(tmp_path / "graph")
    assert "\n" not in str(error.value) and "build it again" in str(error.value)


def test_a_store_changed_without_changing_size_is_found_by_its_hash(tmp_path: Path) -> None:
    build(tmp_path / "graph")
    generation = open_graph(tmp_path / "graph").generation
    graph = generation.path / "graph.nq"
    graph.write_bytes(graph.read_bytes().replace(b'"2"', b'"3"'))
    assert verify(generation) == ["graph.nq"]


def test_a_store_that_oxigraph_cannot_open_is_damaged(tmp_path: Path) -> None:
    build(tmp_path / "graph")
    generation = open_graph(tmp_path / "graph").generation
    current = generation.path / "store" / "CURRENT"
    current.write_bytes(b"x" * current.stat().st_size)
    with pytest.raises(StoreError, match="the graph is damaged"):
        _ = open_graph(tmp_path / "graph").store


def test_an_unreadable_current_is_damaged(tmp_path: Path) -> None:
    build(tmp_path / "graph")
    (tmp_path / "graph" / "current").write_bytes(b"\xff\xfe")
    with pytest.raises(StoreError, match="the graph is damaged"):
        open_graph(tmp_path / "graph")


def test_the_manifest_holds_no_time(tmp_path: Path) -> None:
    texts = []
    for name in ("a", "b"):
        build(tmp_path / name)
        manifest = json.loads((open_graph(tmp_path / name).generation.path / "manifest.json").read_text())
        texts.append({key: value for key, value in manifest.items() if key != "files"})
    assert texts[0] == texts[1]
