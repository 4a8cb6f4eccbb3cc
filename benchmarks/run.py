"""Run the benchmarks and print one table: rates, ratios to the floor of the same run, and the bars.

``python -m benchmarks.run [--documents 100 1000 10000] [--only GROUP] [--format table|json]``
Benchmarks inform: the exit code is 0 whatever they find.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from benchmarks.figures import Figure, as_dict, table
from benchmarks.generate import write_documents

ROOT = Path(__file__).parents[1]
SEED = 7
SAMPLE = 200
REPEATS = 5


class MeasurementError(Exception):
    """A measurement that could not be made; the other ones go on."""


def measured(name: str, *arguments: str) -> dict[str, Any]:
    """What ``benchmarks.measure`` finds in a process of its own."""
    printed = output_of([sys.executable, "-m", "benchmarks.measure", name, *arguments])
    found: dict[str, Any] = json.loads(printed.splitlines()[-1])
    return found


def read_figures(sizes: list[int], scratch: Path) -> Iterator[Figure]:
    """Text → records, whole and with displaced rows."""
    for label, damage in (("read", False), ("read damaged", True)):
        folder = scratch / label.replace(" ", "-")
        write_documents(folder, SAMPLE, SEED, damage)
        found = measured("read", str(folder))
        rate, floor = found["sheets"] / found["seconds"], found["sheets"] / found["floor"]
        if not damage:
            yield Figure(label, rate, "sheets/CPU s", SAMPLE, at_least=2000, beside=f"floor {floor:,.0f}")
            yield Figure(
                "read / floor", rate / floor, "ratio", SAMPLE, beside="plain splitting of the same text"
            )
        right = max(0.0, 1 - found["wrong"] / found["cells"])
        yield Figure(
            f"{label}: cells right",
            right,
            "share",
            SAMPLE,
            beside=f"{found['wrong']:,} of {found['cells']:,} wrong",
        )


def store_figures(sizes: list[int], scratch: Path) -> Iterator[Figure]:
    """Records → store on disk."""
    write_documents(scratch / "store", SAMPLE, SEED)
    found = measured("store", str(scratch / "store"))
    rate, floor = found["triples"] / found["seconds"], found["triples"] / found["floor"]
    yield Figure(
        "store", rate, "triples/CPU s", SAMPLE, beside=f"floor {floor:,.0f}, {found['triples']:,} triples"
    )
    yield Figure("store / floor", rate / floor, "ratio", SAMPLE, at_least=0.7, beside="load of ready N-Quads")


def build_figures(sizes: list[int], scratch: Path) -> Iterator[Figure]:
    """The whole build at every size; cost per document is CPU time, compared with the smallest size."""
    first: float | None = None
    for size in sizes:
        folder = scratch / f"build-{size}"
        write_documents(folder, size, SEED)
        found = measured("build", str(folder))
        cost = found["cpu"] / found["documents"]
        first = first or cost
        cores = found["cpu"] / found["wall"]
        wall = f"{found['wall']:.1f} s in all, {1000 * found['wall'] / found['documents']:.3g} ms each"
        yield Figure("build", 1000 * cost, "CPU ms/document", size, beside=wall)
        yield Figure(
            "build: cost", cost / first, "ratio", size, at_most=1.2, beside=f"to {sizes[0]:,} documents"
        )
        memory = f"largest worker {found['child_mib']:.0f} MiB"
        yield Figure("build: memory", found["own_mib"], "MiB", size, beside=memory)
        yield Figure("build: cores", cores, "CPU/wall", size, beside=f"of {len(os.sched_getaffinity(0))}")


def start_figures(sizes: list[int], scratch: Path) -> Iterator[Figure]:
    """Cold starts of the command on the graph of the examples, the best of several."""
    script, graph = str(Path(sys.executable).with_name("jixiao")), str(scratch / "demo")
    floor = least_cpu([sys.executable, "-c", "pass"])
    commands: dict[str, tuple[float, Callable[[], list[str]]]] = {
        "help": (0.25, lambda: [script, "--help"]),
        "query": (0.6, lambda: [script, "query", "-g", graph, first_query(script)]),
        "show": (0.6, lambda: [script, "show", "-g", graph, "机场设施"]),
    }
    output_of([script, "build", str(ROOT / "examples"), "-g", graph])
    for name, (bar, command) in commands.items():
        try:
            seconds = least_cpu(command())
        except MeasurementError as error:
            say(f"start: {name}", error)
            continue
        yield Figure(f"start: {name}", seconds, "CPU s", at_most=bar, beside=f"python -c pass {floor:.3f}")


def first_query(script: str) -> str:
    """The name of the first query that the command lists."""
    listed = json.loads(output_of([script, "query", "--list", "--format", "json"]))
    if not listed:
        raise MeasurementError("jixiao query --list names no query")
    return str(listed[0]["name"])


def output_of(command: list[str]) -> str:
    """What a command prints; raises ``MeasurementError`` with its last words if it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        last = (done.stderr.strip().splitlines() or [f"exit status {done.returncode}"])[-1]
        raise MeasurementError(f"{Path(command[0]).name} {' '.join(command[1:3])}: {last}")
    return done.stdout


def least_cpu(command: list[str]) -> float:
    """The least CPU seconds that a command took in several runs."""
    return min(cpu_of(command) for _ in range(REPEATS))


def cpu_of(command: list[str]) -> float:
    """CPU seconds of one run of a command, with its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    output_of(command)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


GROUPS = {"read": read_figures, "store": store_figures, "build": build_figures, "start": start_figures}


def run(names: Iterable[str], sizes: list[int]) -> Iterator[Figure]:
    """All figures of the named groups; what cannot be measured is said on standard error."""
    for name in names:
        with tempfile.TemporaryDirectory(prefix="jixiao-benchmark-") as scratch:
            try:
                yield from GROUPS[name](sizes, Path(scratch))
            except MeasurementError as error:
                say(name, error)


def say(name: str, error: MeasurementError) -> None:
    """Tell on standard error what could not be measured."""
    print(f"{name}: not measured: {error}", file=sys.stderr)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.run", description=__doc__)
    parser.add_argument("--documents", type=int, nargs="+", default=[100, 1000, 10000], metavar="N")
    parser.add_argument("--only", choices=list(GROUPS), help="one group of measurements")
    parser.add_argument("--format", choices=["table", "json"], default="table")
    settings = parser.parse_args()
    names = [settings.only] if settings.only else list(GROUPS)
    figures = list(run(names, sorted(settings.documents)))
    print(
        table(figures)
        if settings.format == "table"
        else json.dumps([as_dict(one) for one in figures], indent=1)
    )


if __name__ == "__main__":
    main()
