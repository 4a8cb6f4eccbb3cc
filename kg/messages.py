"""Messages: what a command tells people on standard error, apart from its data."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, TypeVar

from kg.output import visible

if TYPE_CHECKING:
    from kg.gather import Reject

Outcome = TypeVar("Outcome")


def say(message: str) -> None:
    """One line on standard error."""
    print(visible(f"jixiao: {message}"), file=sys.stderr)


def keep_rejects(outcomes: Iterable[Outcome | Reject], rejects: list[Reject]) -> Iterator[Outcome]:
    """The outcomes that are no rejects; those are collected."""
    from kg.gather import Reject

    for outcome in outcomes:
        if isinstance(outcome, Reject):
            rejects.append(outcome)
        else:
            yield outcome


def report_rejects(rejects: Iterable[Reject]) -> None:
    """One line on standard error for each file that could not be read."""
    for reject in rejects:
        say(f"rejected {reject}")


@contextmanager
def progress_bar() -> Iterator[Callable[[int, int], None]]:
    """A progress bar on standard error, if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TimeRemainingColumn

    columns = (BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress("documents", *columns, console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("documents", total=None)
        yield lambda done, total: progress.update(bar, completed=done, total=total)
