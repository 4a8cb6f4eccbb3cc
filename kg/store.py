"""The store: a graph directory holds complete generations, and readers open the current one.

Layout of a graph directory::

    jixiao-graph.json            says that the directory is ours
    current                      the id of the generation to read, then the one before it
    generations/<id>/            graph.nq, records.jsonl, store/ (Oxigraph) and manifest.json
    cache.sqlite                 records by document hash, so that a re-run resumes
    lock                         held by the one builder (kg/builder.py)
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import PerformanceGoalError
from kg.durable import file_hash

if TYPE_CHECKING:
    import pyoxigraph

FORMAT = 1
MARKER = "jixiao-graph.json"


class StoreError(PerformanceGoalError):
    """A graph directory that cannot be read or written; the graph in it was left as it was."""

    def __init__(self, place: Path | str, reason: str, remedy: str) -> None:
        """Name the place, say what is wrong with it and what to do about it."""
        super().__init__(f"{place}: {reason}; {remedy}")


@dataclass(frozen=True, slots=True)
class Generation:
    """A complete generation on disk and its manifest."""

    path: Path
    manifest: Mapping[str, Any]

    @property
    def id(self) -> str:
        """The name of the generation, made from its content."""
        return self.path.name


class Graph:
    """The current generation of a graph directory, opened for reading only."""

    def __init__(self, generation: Generation) -> None:
        self.generation = generation

    @cached_property
    def store(self) -> pyoxigraph.Store:
        """The Oxigraph store of the generation, opened when it is first asked."""
        import pyoxigraph

        try:
            return pyoxigraph.Store.read_only(str(self.generation.path / "store"))
        except (OSError, RuntimeError, ValueError) as error:
            raise damaged(self.generation.path, str(error)) from error


def open_graph(directory: Path) -> Graph:
    """Open the current generation of a graph directory.

    Raises ``StoreError`` when there is no graph, or when a file has not the size that its manifest says.
    """
    return Graph(current_generation(directory))


def current_generation(directory: Path) -> Generation:
    """The generation that readers see."""
    names = current_names(directory)
    if not names:
        raise StoreError(directory, "there is no graph here", f"run: jixiao build PATH… -g {directory}")
    return read_generation(directory / "generations" / names[0])


def current_names(directory: Path) -> list[str]:
    """The ids in ``current``: the generation to read, then the one before it; empty if none was built."""
    try:
        return (directory / "current").read_text("ascii").split()
    except (FileNotFoundError, NotADirectoryError):
        return []
    except (OSError, UnicodeDecodeError) as error:
        raise damaged(directory, str(error)) from error


def read_generation(path: Path) -> Generation:
    """Read a generation's manifest and check the size of every file that it names."""
    try:
        manifest = json.loads((path / "manifest.json").read_bytes())
        for name, entry in manifest["files"].items():
            if (size := (path / name).stat().st_size) != entry["bytes"]:
                raise damaged(path, f"{name} has {size} bytes instead of {entry['bytes']}")
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise damaged(path, str(error)) from error
    return Generation(path, manifest)


def verify(generation: Generation) -> list[str]:
    """The files of a generation whose content is not what the manifest says; empty when it is sound."""
    return [
        name
        for name, entry in generation.manifest["files"].items()
        if file_hash(generation.path / name) != entry["sha256"]
    ]


def damaged(place: Path, reason: str) -> StoreError:
    """The error for a graph that is there but cannot be trusted."""
    return StoreError(
        place,
        f"the graph is damaged ({' '.join(reason.split())})",
        "build it again from its documents",
    )
