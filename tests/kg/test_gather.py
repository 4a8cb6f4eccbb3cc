"""Gathering: each document once, in an order of our own, whatever the disk holds."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.gather import Hashed, Reject, gather, hash_all
from kg.store import MARKER


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in (
        "b.txt",
        "a.txt",
        "sub/c.TXT",
        "sub/deep/d",
        ".hidden/e.txt",
        ".f.txt",
        "golden/a.json",
        "README.md",
    ):
        path = tmp_path / "documents" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name)
    return tmp_path / "documents"


def names(paths: list[Path]) -> list[str]:
    return [path.name if isinstance(path, Path) else str(path) for path in gather(paths)]


def test_a_folder_gives_its_documents_sorted_and_no_hidden_ones(folder: Path) -> None:
    assert names([folder]) == ["a.txt", "b.txt", "c.TXT", "d"]


def test_what_is_named_outright_is_taken(folder: Path) -> None:
    assert names([folder / ".f.txt", folder / "README.md"]) == [".f.txt", "README.md"]


def test_a_file_comes_once_however_often_it_is_named(folder: Path) -> None:
    (folder / "link.txt").symlink_to("a.txt")
    assert names([folder / "b.txt", folder, folder / "sub" / ".." / "b.txt"]) == [
        "b.txt",
        "a.txt",
        "c.TXT",
        "d",
    ]


def test_links_in_a_circle_end(folder: Path) -> None:
    (folder / "sub" / "up").symlink_to(folder)
    (folder / "sub" / "self").symlink_to("self")
    found = list(gather([folder]))
    assert [path.name for path in found if isinstance(path, Path)] == ["a.txt", "b.txt", "c.TXT", "d"]
    assert [Path(one.file).name for one in found if isinstance(one, Reject)] == ["self"]


def test_a_linked_folder_is_followed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "z.txt").write_text("z")
    (folder / "there").symlink_to(tmp_path / "elsewhere")
    assert names([folder])[-1] == "z.txt"


def test_a_graph_inside_the_folder_is_passed_over(folder: Path) -> None:
    (folder / "graph").mkdir()
    (folder / "graph" / MARKER).write_text("{}")
    (folder / "graph" / "current").write_text("x")
    assert "current" not in names([folder])


def test_hashing_gives_the_order_of_content_and_names_twins(folder: Path) -> None:
    (folder / "twin.txt").write_text("a.txt")
    documents, duplicates, rejects = hash_all(gather([folder, folder / "missing"]))
    assert [one.sha256 for one in documents] == sorted(one.sha256 for one in documents)
    assert all(isinstance(one, Hashed) for one in documents) and len(documents) == 4
    assert [(Path(one.file).name, Path(one.same_as).name) for one in duplicates] == [("twin.txt", "a.txt")]
    assert [one.reason for one in rejects] == ["no such file or directory"]
