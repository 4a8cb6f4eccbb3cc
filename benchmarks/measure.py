"""The measurements, each for a process of its own: ``python -m benchmarks.measure NAME …`` prints JSON.

Rates are per CPU second of all threads. Every rate is taken beside its floor in the same process,
because the same machine is not equally fast twice.
"""

from __future__ import annotations

import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks.accuracy import count_cells, differences

WARM_UP = 30
LOADS = 3
WARM_UP_QUAD = b"<urn:a> <urn:b> <urn:c> .\n"


def main() -> None:
    """Run the measurement that the arguments name and print what it found."""
    name, *arguments = sys.argv[1:]
    print(json.dumps(MEASUREMENTS[name](*arguments)))


def cpu_seconds(work: Callable[[], object]) -> float:
    """CPU seconds of this process, all threads, for a piece of work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def read(folder: str) -> dict[str, Any]:
    """Text → records over a folder: sheets per CPU second, the floor, and cells right."""
    from extract.document import read_document
    from extract.records import Document, to_json
    from kg.workers import collect_rarely

    collect_rarely()  # as the processes of a build do
    paths = sorted(Path(folder).glob("*.txt"))
    for path in paths[:WARM_UP]:
        read_document(path)
    found: list[Document] = []
    seconds = cpu_seconds(lambda: found.extend(read_document(path) for path in paths))
    floor = cpu_seconds(lambda: [split(path) for path in paths])
    lines = (Path(folder) / "truth.jsonl").read_text(encoding="utf-8").splitlines()
    truths = [json.loads(line) for line in lines]
    pairs = zip(truths, found, strict=True)
    wrong = sum(1 for truth, one in pairs for _ in differences(truth, json.loads(to_json(one))))
    return {"documents": len(paths), "sheets": sum(len(truth["goal_sheets"]) for truth in truths),
            "seconds": seconds, "floor": floor, "wrong": wrong, "cells": count_cells(truths)}  # fmt: skip


def split(path: Path) -> list[list[str]]:
    """The floor of reading: lines and tab cells."""
    return [line.split("\t") for line in path.read_text(encoding="utf-8").split("\n")]


def store(folder: str) -> dict[str, Any]:
    """Records → store: generate N-Quads and load them to disk, beside loading the same text again."""
    from extract.document import read_document
    from kg.rdf import DEFAULT_BASE, document_quads

    records = [read_document(path) for path in sorted(Path(folder).glob("*.txt"))]
    document_quads(records[0], DEFAULT_BASE)
    quads: list[bytes] = []

    def generate() -> None:
        for record in records:
            quads.append("".join(f"{line}\n" for line in document_quads(record, DEFAULT_BASE)).encode())

    with tempfile.TemporaryDirectory() as scratch:
        load(WARM_UP_QUAD, Path(scratch) / "warm")
        generating = cpu_seconds(generate)
        text = b"".join(quads)
        # Loading is the same work on both sides, and the noisier one: the least of several loads counts.
        floor = min(cpu_seconds(partial(load, text, Path(scratch) / str(turn))) for turn in range(LOADS))
    return {"documents": len(records), "triples": text.count(b"\n"), "seconds": generating + floor,
            "floor": floor}  # fmt: skip


def load(text: bytes, directory: Path) -> None:
    """Bulk-load N-Quads text into a new store on disk."""
    from pyoxigraph import RdfFormat, Store

    Store(str(directory)).bulk_load(text, RdfFormat.N_QUADS)


def build(folder: str) -> dict[str, Any]:
    """A whole build: wall and CPU seconds, peak memory of this process and of its largest child."""
    from kg.pipeline import build as build_graph

    with tempfile.TemporaryDirectory() as scratch:
        start = time.perf_counter()
        report = build_graph([Path(folder)], Path(scratch) / "graph")
        wall = time.perf_counter() - start
    own, children = resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = sum(usage.ru_utime + usage.ru_stime for usage in (own, children))
    return {"documents": report.documents, "wall": wall, "cpu": cpu,
            "own_mib": own.ru_maxrss / 1024, "child_mib": children.ru_maxrss / 1024}  # fmt: skip


MEASUREMENTS: dict[str, Callable[..., dict[str, Any]]] = {"read": read, "store": store, "build": build}

if __name__ == "__main__":
    main()
