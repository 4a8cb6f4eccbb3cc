"""The builder: writes a generation beside the current one and puts it in its place in one step.

Everything is written to ``generations/building``; replacing the file ``current`` is the one step
that readers can see. Whatever moment a build is killed at, ``current`` names a complete generation.
"""

from __future__ import annotations

import fcntl
import hashlib
import json
import os
import shutil
import sqlite3
from collections import deque
from collections.abc import Iterator, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import closing, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extract.errors import PerformanceGoalError
from kg.durable import HashedFile, file_hash, flush, flush_tree, full_disk, write_durably
from kg.store import (
    FORMAT,
    MARKER,
    Generation,
    StoreError,
    current_names,
    read_generation,
    verify,
)

if TYPE_CHECKING:
    import pyoxigraph

BUILDING = "building"
BATCH_BYTES = 4_000_000
LOADERS = 2


class Builder:
    """Writes one generation: quads and records go in document by document, ``commit`` makes it current.

    Quads are loaded in batches of ``BATCH_BYTES`` by threads of their own, so that the next batch is
    made while Oxigraph sorts the last; besides that one, ``LOADERS`` batches are in memory.
    """

    def __init__(self, directory: Path) -> None:
        import pyoxigraph

        self.directory = directory
        self.path = directory / "generations" / BUILDING
        self.path.mkdir()
        self.quads = 0
        self._store: pyoxigraph.Store | None = pyoxigraph.Store(str(self.path / "store"))
        self._graph = HashedFile(self.path / "graph.nq")
        self._records = HashedFile(self.path / "records.jsonl")
        self._batch: list[bytes] = []
        self._batch_size = 0
        self._loader = ThreadPoolExecutor(LOADERS, "load")
        self._loading: deque[Future[None]] = deque()

    def add(self, quads: bytes, record: bytes | None = None) -> None:
        """Append one named graph (N-Quads, each line with its end) and the record that it came from."""
        if record is not None:
            self._records.write(record + b"\n")
        self._graph.write(quads)
        self.quads += quads.count(b"\n")
        self._batch.append(quads)
        self._batch_size += len(quads)
        if self._batch_size >= BATCH_BYTES:
            self._load()

    def _load(self) -> None:
        from pyoxigraph import RdfFormat

        assert self._store is not None
        if len(self._loading) == LOADERS:
            self._loading.popleft().result()
        batch, self._batch, self._batch_size = b"".join(self._batch), [], 0
        self._loading.append(self._loader.submit(self._store.bulk_load, batch, RdfFormat.N_QUADS))

    def _finished(self) -> pyoxigraph.Store:
        """The store with all quads that were added."""
        if self._batch:
            self._load()
        while self._loading:
            self._loading.popleft().result()
        assert self._store is not None
        return self._store

    def count(self, kind: str) -> int:
        """How many nodes of a class (an IRI) the store holds; asked when all quads have been added."""
        query = f"SELECT (COUNT(DISTINCT ?node) AS ?count) WHERE {{ ?node a <{kind}> }}"
        solutions: Any = self._finished().query(query, use_default_graph_as_union=True)
        return int(next(iter(solutions))["count"].value)

    def commit(self, manifest: Mapping[str, Any]) -> Generation:
        """Finish the files, name the generation by its content and make it current.

        ``manifest`` is completed with size and hash of every file. Raises ``StoreError`` if the store
        does not hold exactly the quads that were written.
        """
        if (loaded := len(self._finished())) != self.quads:
            raise StoreError(
                self.directory,
                f"{self.quads} quads were written but {loaded} loaded",
                "please report this; the graph was left as it was",
            )
        self._store = None
        hashes = {file.path.name: file.close() for file in (self._graph, self._records)}
        name = content_id(hashes)
        hashes |= store_hashes(self.path)
        files = {
            file: {"sha256": digest, "bytes": (self.path / file).stat().st_size}
            for file, digest in hashes.items()
        }
        write_durably(self.path / "manifest.json", to_json({**manifest, "files": files}))
        flush_tree(self.path)
        return make_current(self.directory, name)

    def close(self) -> None:
        """Let go of all files, finished or not."""
        self._loader.shutdown()
        self._store = None
        self._graph.discard()
        self._records.discard()


@contextmanager
def open_builder(directory: Path) -> Iterator[Builder]:
    """Be the one builder of a graph directory; leaving without ``commit`` leaves the old graph as it was.

    Raises ``StoreError`` for a directory that is not ours, for a second builder and for a full disk.
    """
    with clear_errors(directory):
        claim(directory)
        with locked(directory):
            prune(directory)
            try:
                with closing(Builder(directory)) as builder:
                    yield builder
            finally:
                shutil.rmtree(directory / "generations" / BUILDING, ignore_errors=True)


def claim(directory: Path) -> None:
    """Make a graph directory, or accept one that is ours; any other directory is refused untouched."""
    if directory.exists() and not directory.is_dir():
        raise StoreError(directory, "this is a file, not a folder", "name another folder with -g")
    marker = directory / MARKER
    if not marker.exists():
        if directory.exists() and any(directory.iterdir()):
            raise StoreError(
                directory,
                "this folder holds other things than a graph, so nothing was written",
                "name an empty or a new folder with -g",
            )
        directory.mkdir(parents=True, exist_ok=True)
        # The mere name marks the folder as ours, so a build killed inside this write can be run again.
        marker.write_bytes(to_json({"format": FORMAT, "holds": "a performance-goal graph made by jixiao"}))
    (directory / "generations").mkdir(exist_ok=True)


@contextmanager
def locked(directory: Path) -> Iterator[None]:
    """Hold the builder's lock; the system drops it when the process ends, however it ends."""
    descriptor = os.open(directory / "lock", os.O_RDWR | os.O_CREAT, 0o644)
    try:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            pid = os.read(descriptor, 20).decode("ascii", "replace") or "unknown"
            reason = f"another build is running (pid {pid})"
            raise StoreError(directory, reason, "wait until it has ended") from None
        os.truncate(descriptor, 0)
        os.pwrite(descriptor, str(os.getpid()).encode(), 0)
        yield
    finally:
        os.close(descriptor)


def prune(directory: Path) -> None:
    """Remove what killed builds left, and old generations but the last, which a reader may hold open."""
    keep = current_names(directory)
    for path in (directory / "generations").iterdir():
        if path.is_dir() and path.name not in keep:
            shutil.rmtree(path)


def make_current(directory: Path, name: str) -> Generation:
    """Move the finished generation to its place and point ``current`` at it.

    A sound generation of the same content that is already there stays, with its manifest.
    """
    generations = directory / "generations"
    names = current_names(directory)
    target = next(path for path in places(generations, name) if not path.exists() or sound(path))
    if not target.exists():
        (generations / BUILDING).rename(target)
        flush(generations)
    else:
        write_durably(target / "manifest.json", renewed(generations / BUILDING, target))
    if names[:1] != [target.name]:
        write_durably(directory / "current", "\n".join([target.name, *names[:1], ""]).encode("ascii"))
        prune(directory)
    return read_generation(target)


def renewed(built: Path, standing: Path) -> bytes:
    """The manifest of the new build over the files of the standing generation: rejects may have changed."""
    manifest = json.loads((built / "manifest.json").read_bytes())
    files = json.loads((standing / "manifest.json").read_bytes())["files"]
    return to_json({**manifest, "files": files})


def places(generations: Path, name: str) -> Iterator[Path]:
    """The places for a generation: its own name, or a numbered one beside a damaged twin."""
    yield generations / name
    for number in range(2, 1000):
        yield generations / f"{name}-{number}"


def sound(path: Path) -> bool:
    """Whether a generation on disk is what its manifest says, byte for byte."""
    try:
        return not verify(read_generation(path))
    except (StoreError, OSError):
        return False


def store_hashes(path: Path) -> dict[str, str]:
    """The SHA-256 of every file of the closed store below a generation, by path."""
    # RocksDB's log of its own doings names places and times and is of no use to a reader.
    (path / "store" / "LOG").unlink(missing_ok=True)
    files = sorted((path / "store").iterdir())
    with ThreadPoolExecutor() as pool:
        return {
            f"store/{file.name}": digest
            for file, digest in zip(files, pool.map(file_hash, files), strict=True)
        }


def content_id(hashes: Mapping[str, str]) -> str:
    """The name of a generation: the same records and quads give the same name.

    >>> content_id({"graph.nq": "ab", "records.jsonl": "cd"})
    'b09c5477abec5b32'
    """
    return hashlib.sha256(f"{hashes['graph.nq']} {hashes['records.jsonl']}".encode()).hexdigest()[:16]


def to_json(value: object) -> bytes:
    """Readable JSON with sorted keys: the same content, the same bytes."""
    return (json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True) + "\n").encode()


@contextmanager
def clear_errors(place: Path) -> Iterator[None]:
    """Turn a full disk or a folder that cannot be written into one clear line, whichever library met it."""
    try:
        yield
    except PerformanceGoalError:
        raise
    except Exception as error:
        reason, remedy = full_disk(error), "make room and run it again; the graph was left as it was"
        if reason is None:
            if not isinstance(error, OSError | sqlite3.Error):
                raise
            reason, remedy = str(error), "check the folder and its permissions; the graph was left as it was"
        raise StoreError(place, reason, remedy) from error
