"""Workers: one function over many tasks in several processes, with the results in the tasks' order."""

from __future__ import annotations

import gc
import multiprocessing
import os
import resource
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait
from typing import Generic, TypeVar

Task = TypeVar("Task")
Result = TypeVar("Result")

CHUNK = 8
# What one document may take: a hostile one must cost neither the batch nor the machine.
SECONDS_PER_TASK = 90
MEMORY_PER_PROCESS = 2 << 30


@dataclass(frozen=True, slots=True)
class Crash(Generic[Task]):
    """In place of a result: the process that worked on the task died."""

    task: Task


def ordered(
    function: Callable[[Task], Result], tasks: Iterable[Task], jobs: int
) -> Iterator[Result | Crash[Task]]:
    """Yield ``function(task)`` for each task, in order; a few chunks per process are under way at a time.

    With no job the work is done in this process. A task whose process dies gives a ``Crash``; its
    neighbours are done again.
    """
    if jobs == 0:
        yield from map(function, tasks)
        return
    remaining = iter(tasks)
    waiting: deque[list[Task]] = deque()
    while waiting or (first := list(islice(remaining, CHUNK))):
        if not waiting:
            waiting.append(first)
        yield from _until_crash(function, waiting, remaining, jobs)
        if waiting:
            yield from _one_by_one(function, waiting.popleft())


def _until_crash(
    function: Callable[[Task], Result], waiting: deque[list[Task]], remaining: Iterator[Task], jobs: int
) -> Iterator[Result]:
    """Work in one pool until all is done or it breaks; the chunks without results are left in ``waiting``."""
    pool = _pool(jobs)
    running: deque[Future[list[Result]]] = deque()
    try:
        while True:
            while len(running) < 2 * jobs + 2:
                if len(waiting) == len(running):
                    if not (chunk := list(islice(remaining, CHUNK))):
                        break
                    waiting.append(chunk)
                running.append(pool.submit(_apply, function, waiting[len(running)]))
            if not running:
                return
            results = running.popleft().result()
            waiting.popleft()
            yield from results
    except BrokenProcessPool:
        return
    finally:
        pool.shutdown(cancel_futures=True)


def _one_by_one(function: Callable[[Task], Result], chunk: list[Task]) -> Iterator[Result | Crash[Task]]:
    """Each task in a process of its own, to find the one that kills."""
    for task in chunk:
        with _pool(1) as pool:
            try:
                yield pool.submit(_apply, function, [task]).result()[0]
            except BrokenProcessPool:
                yield Crash(task)


def _pool(jobs: int) -> ProcessPoolExecutor:
    # A fresh interpreter per process: a fork would copy the locks of Oxigraph's threads.
    return ProcessPoolExecutor(jobs, multiprocessing.get_context("spawn"), initializer=_begin)


def _apply(function: Callable[[Task], Result], chunk: list[Task]) -> list[Result]:
    results = []
    for task in chunk:
        signal.alarm(SECONDS_PER_TASK)
        results.append(function(task))
        signal.alarm(0)
    return results


def collect_rarely() -> None:
    """Let this process look for unreachable cycles rarely.

    Records, rows and quads hold none; looking for some after every 700 new objects, as Python does
    unasked, costs a fifth of the reading.
    """
    gc.freeze()
    gc.set_threshold(100_000, 20, 20)


def _begin() -> None:
    """Leave Ctrl-C to the parent, and end when it is killed instead of waiting for work for ever.

    A task that takes too long ends the process by an alarm, one that wants too much memory fails:
    both cost that task alone.
    """
    collect_rarely()
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    allowed = MEMORY_PER_PROCESS if hard == resource.RLIM_INFINITY else min(MEMORY_PER_PROCESS, hard)
    resource.setrlimit(resource.RLIMIT_AS, (allowed, hard))
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        sentinel = parent.sentinel
        threading.Thread(target=lambda: (wait([sentinel]), os._exit(1)), daemon=True).start()
