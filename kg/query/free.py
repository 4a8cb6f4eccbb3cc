"""Free SPARQL: queries that we did not write, with limits on text, time and memory."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import IO

import kg
from kg.query.answer import Answer, QueryError, Value
from kg.store import Graph, damaged

# Strings, IRIs and comments: what may hold any word without meaning it.
OPAQUE = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*"""'
    r"|'''(?:[^'\\]|\\.|'(?!''))*'''"
    r'|"(?:[^"\\\r\n]|\\.)*"'
    r"|'(?:[^'\\\r\n]|\\.)*'"
    r'|<[^<>"{}|^`\\\x00-\x20]*>'
    r"|#[^\r\n]*",
    re.DOTALL,
)
SERVICE = re.compile(r"(?<![?$:@A-Za-z_-])service(?![\w:])", re.IGNORECASE)
FAULTY, BROKEN_STORE = 3, 4


@dataclass(frozen=True, slots=True)
class Limits:
    """What a free query may use: seconds of time, bytes of memory, characters of text."""

    seconds: float = 30.0
    memory: int = 4 << 30
    text: int = 100_000


def ask_freely(graph: Graph, sparql: str, limits: Limits | None = None) -> Answer:
    """Answer any SPARQL 1.1 query in a process of its own.

    Raises ``QueryError`` when the query is not valid, would call another server or exceeds a limit.
    """
    limits = limits or Limits()
    refuse(sparql, limits)
    with ExitStack() as files:
        output = files.enter_context(tempfile.TemporaryFile("w+", encoding="utf-8"))
        run(graph, sparql, limits, output)
        output.seek(0)
        columns = tuple(json.loads(output.readline()))
        files.pop_all()
    return Answer(columns, rows(output))


def run(graph: Graph, sparql: str, limits: Limits, output: IO[str]) -> None:
    """Have a child answer into a file; raises what went wrong in it."""
    store = str(graph.generation.path / "store")
    try:
        done = subprocess.run(
            [sys.executable, "-P", "-m", "kg.query.child", store, str(limits.memory)],
            input=sparql.encode("utf-8", "replace"),
            stdout=output,
            stderr=subprocess.PIPE,
            timeout=limits.seconds,
            check=False,
            # The child must find this very package, installed or not.
            env={**os.environ, "PYTHONPATH": str(Path(kg.__file__).parents[1]), "PYTHONUTF8": "1"},
        )
    except subprocess.TimeoutExpired:
        remedy = "narrow it, add LIMIT, or allow more with --timeout"
        raise QueryError(f"the query took longer than {limits.seconds:g} s; {remedy}") from None
    check_end(graph, done.returncode, done.stderr.decode("utf-8", "replace"), limits)


def refuse(sparql: str, limits: Limits) -> None:
    """Refuse a query by its text alone."""
    if (size := len(sparql)) > limits.text:
        raise QueryError(f"the query has {size:,} characters, more than {limits.text:,}; shorten it")
    if SERVICE.search(OPAQUE.sub(" ", sparql)):
        raise QueryError("SERVICE would send data to another server; ask the graph alone, without SERVICE")


def check_end(graph: Graph, status: int, message: str, limits: Limits) -> None:
    """Raise what a child's exit status and message mean."""
    if status == FAULTY:
        raise QueryError(message.strip())
    if status == BROKEN_STORE:
        raise damaged(graph.generation.path, message)
    if status != 0:
        memory = f"{limits.memory / (1 << 30):g} GiB"
        raise QueryError(
            f"the query needed more than {memory} of memory or was nested too deeply; make it simpler"
        )


def rows(output: IO[str]) -> Iterator[tuple[Value, ...]]:
    """The rows that a child wrote."""
    with output:
        for line in output:
            yield tuple(json.loads(line))
