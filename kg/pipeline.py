"""The flow: documents → records → quads → a generation of the graph."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from dataclasses import asdict, dataclass, field
from functools import partial
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from extract.document import read_document
from extract.errors import PerformanceGoalError
from extract.records import Document, from_json, to_json
from kg.builder import Builder, open_builder
from kg.cache import RecordCache
from kg.gather import Duplicate, Hashed, Reject, gather, hash_all, is_text, printable, reject
from kg.rdf import DEFAULT_BASE, document_graphs, schema_quads
from kg.store import StoreError
from kg.workers import CHUNK, Crash, ordered
from ontology.terms import PG

Progress = Callable[[int, int], None]
CACHE_BATCH = 64
COUNTED = {
    "documents": PG.Document,
    "sheets": PG.GoalSheet,
    "indicators": PG.Indicator,
    "units": PG.BudgetUnit,
    "projects": PG.Project,
}


@dataclass(frozen=True, slots=True)
class Task:
    """One document to turn into quads; ``cached`` is its encoded record if it was read before."""

    document: Hashed
    cached: bytes | None


@dataclass(frozen=True, slots=True)
class Built:
    """One document's encoded record, its quads as N-Quads text, and what they count for.

    ``quads`` is the graph of the document alone, ``shared`` what it says about units, projects and
    editions, which other documents may say in the same words.
    """

    task: Task
    record: bytes
    quads: bytes
    shared: list[bytes]
    sheets: int
    indicators: int
    year: int | None


class Once:
    """Leaves out lines that were there before; keeps their hashes, so that memory hardly grows."""

    def __init__(self) -> None:
        self._seen: set[bytes] = set()

    def leave_out(self, lines: Iterable[bytes]) -> bytes:
        """The lines that are new, as one text."""
        fresh = []
        for line in lines:
            digest = blake2b(line, digest_size=16).digest()
            if digest not in self._seen:
                self._seen.add(digest)
                fresh.append(line)
        return b"".join(fresh)


@dataclass(slots=True)
class Tally:
    """What a build has counted so far."""

    documents: list[Hashed] = field(default_factory=list)
    from_cache: int = 0
    sheets: int = 0
    indicators: int = 0
    years: set[int] = field(default_factory=set)

    def add(self, built: Built) -> None:
        """Count one document."""
        self.documents.append(built.task.document)
        self.from_cache += built.task.cached is not None
        self.sheets += built.sheets
        self.indicators += built.indicators
        if built.year is not None:
            self.years.add(built.year)


@dataclass(frozen=True, slots=True)
class BuildReport:
    """What a build made: the generation, what it holds, and what could not be read."""

    directory: Path
    generation: str
    documents: int
    from_cache: int
    sheets: int
    indicators: int
    units: int
    projects: int
    quads: int
    years: tuple[int, ...]
    rejects: tuple[Reject, ...]
    duplicates: tuple[Duplicate, ...]


class NothingToBuildError(PerformanceGoalError):
    """Not one document could be read, so the graph was left as it was."""

    def __init__(self, rejects: tuple[Reject, ...]) -> None:
        """Keep the rejects, which say why."""
        many = f"none of the {len(rejects)} files could be read" if rejects else "there is no document here"
        super().__init__(f"{many}; the graph was left as it was")
        self.rejects = rejects


def build(
    paths: Iterable[Path],
    directory: Path,
    *,
    jobs: int | None = None,
    base: str = DEFAULT_BASE,
    progress: Progress = lambda done, total: None,
) -> BuildReport:
    """Build the graph of the documents in files and folders and make it the current generation.

    The same documents give the same ``graph.nq``, whatever their order and the number of ``jobs``
    (processes; as many as there are processors if not given). Raises ``StoreError`` and
    ``NothingToBuildError``; the graph that was there before is then untouched.
    """
    with open_builder(directory) as builder, closing(RecordCache(directory / "cache.sqlite")) as cache:
        documents, duplicates, rejects = hash_all(gather(paths))
        builder.add(n_quads(schema_quads(base)))
        tally, fresh, said_before = Tally(), [], Once()
        for done, outcome in enumerate(process_all(documents, cache, jobs, base), 1):
            if isinstance(outcome, Reject):
                rejects.append(outcome)
            else:
                builder.add(outcome.quads + said_before.leave_out(outcome.shared), outcome.record)
                tally.add(outcome)
                fresh.append(outcome)
            if len(fresh) == CACHE_BATCH or done == len(documents):
                remember(cache, fresh)
                fresh.clear()
            progress(done, len(documents))
        rejects.sort(key=str)
        if not tally.documents:
            raise NothingToBuildError(tuple(rejects))
        counts = count_nodes(builder, tally)
        generation = builder.commit(manifest(tally, counts, duplicates, rejects, base))
    return BuildReport(
        directory=directory,
        generation=generation.id,
        from_cache=tally.from_cache,
        years=tuple(sorted(tally.years)),
        rejects=tuple(rejects),
        duplicates=tuple(duplicates),
        **counts,
    )


def count_nodes(builder: Builder, tally: Tally) -> dict[str, int]:
    """What the graph holds; it must be what the records hold, or the build has gone wrong."""
    counts = {name: builder.count(kind) for name, kind in COUNTED.items()}
    said = {"documents": len(tally.documents), "sheets": tally.sheets, "indicators": tally.indicators}
    for name, expected in said.items():
        if counts[name] != expected:
            reason = f"the records hold {expected} {name}, the graph {counts[name]}"
            raise StoreError(builder.directory, reason, "please report this; the graph was left as it was")
    return {**counts, "quads": builder.quads}


def extract_records(paths: Iterable[Path], jobs: int | None = None) -> Iterator[Document | Reject]:
    """The record of each document, in the order in which they are given, folders sorted by name."""
    found = list(gather(paths))
    files = [path for path in found if isinstance(path, Path)]
    outcomes = ordered(read_or_reject, files, processes(jobs, files))
    for path in found:
        if isinstance(path, Reject):
            yield path
            continue
        outcome = next(outcomes)
        yield crashed(outcome.task) if isinstance(outcome, Crash) else outcome


def process_all(
    documents: list[Hashed], cache: RecordCache, jobs: int | None, base: str
) -> Iterator[Built | Reject]:
    """Each document's record and quads, in the order of the documents."""
    tasks = (Task(document, cache.get(document.sha256, document.path.name)) for document in documents)
    for outcome in ordered(
        partial(process, base=base), tasks, processes(jobs, [one.path for one in documents])
    ):
        yield crashed(outcome.task.document.path) if isinstance(outcome, Crash) else outcome


def process(task: Task, base: str) -> Built | Reject:
    """A document's record and its quads, or why there are none.

    Every error becomes a reject: one document must not cost the thousand others of its batch.
    """
    path = task.document.path
    try:
        record = from_json(task.cached) if task.cached is not None else read_document(path)
        if record.sha256 != task.document.sha256:
            reason = "the file changed while it was read"
            return Reject(printable(path), reason, "run it again when nothing writes to it")
        graphs = document_graphs(record, base)
    except Exception as error:
        return reject(path, error)
    return Built(
        task=task,
        record=to_json(record) if task.cached is None else task.cached,
        quads=n_quads(graphs.own),
        shared=[f"{line}\n".encode() for line in graphs.shared],
        sheets=len(record.goal_sheets),
        indicators=sum(len(sheet.indicators) for sheet in record.goal_sheets),
        year=record.fiscal_year,
    )


def read_or_reject(path: Path) -> Document | Reject:
    """The record of a document, or why there is none; one bad document does not end a batch."""
    try:
        return read_document(path)
    except Exception as error:
        return reject(path, error)


def crashed(path: Path) -> Reject:
    """The reject for a document on which a worker process died."""
    return Reject(
        printable(path), "the process that read it died", "see if it is damaged or needs more memory"
    )


def processes(jobs: int | None, documents: list[Path]) -> int:
    """How many processes to use besides this one; none for a few texts, which cost less than a process.

    Files of other formats are opened by large libraries, so they are always read in a process that
    can be killed.
    """
    if (jobs == 1 or len(documents) <= CHUNK) and all(map(is_text, documents)):
        return 0
    return jobs or len(os.sched_getaffinity(0))


def n_quads(lines: Iterable[str]) -> bytes:
    """The text of a named graph from its N-Quads lines."""
    return "".join(f"{line}\n" for line in lines).encode()


def remember(cache: RecordCache, built: Iterable[Built]) -> None:
    """Keep in the cache what was read anew."""
    cache.put(
        (one.task.document.sha256, one.task.document.path.name, one.record)
        for one in built
        if one.task.cached is None
    )


def manifest(
    tally: Tally, counts: dict[str, int], duplicates: list[Duplicate], rejects: list[Reject], base: str
) -> dict[str, Any]:
    """What the generation says about itself; it holds no time, so the same build says the same."""
    return {
        "version": version("jixiao"),
        "settings": {"base": base},
        "counts": counts,
        "years": sorted(tally.years),
        "documents": [{"file": one.path.name, "sha256": one.sha256} for one in tally.documents],
        "duplicates": [asdict(duplicate) for duplicate in duplicates],
        "rejects": [asdict(one) for one in rejects],
    }
