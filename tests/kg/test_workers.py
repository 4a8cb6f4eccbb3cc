"""Workers: results in order, and a process that dies costs one task."""

from __future__ import annotations

import pytest

from kg.workers import CHUNK, Crash, ordered

DIE = "__import__('os')._exit(9)"
KILLED = "__import__('os').kill(__import__('os').getpid(), 9)"


def run(tasks: list[str], jobs: int) -> list[object]:
    """The results of expressions; a worker evaluates them, so that a test can make one die."""
    return list(ordered(eval, tasks, jobs))


@pytest.mark.parametrize("jobs", [1, 2, 3])
@pytest.mark.parametrize("count", [0, 1, CHUNK, 5 * CHUNK + 3])
def test_results_come_in_the_order_of_the_tasks(jobs: int, count: int) -> None:
    assert run([f"{number} * {number}" for number in range(count)], jobs) == [n * n for n in range(count)]


@pytest.mark.parametrize("deaths", [[0], [CHUNK - 1, CHUNK], [3, 20, 41], list(range(CHUNK))])
def test_a_process_that_dies_costs_its_own_task_only(deaths: list[int]) -> None:
    tasks = [str(number) for number in range(42)]
    for number in deaths:
        tasks[number] = KILLED if number % 2 else DIE
    expected = [Crash(task) if "os" in task else int(task) for task in tasks]
    assert run(tasks, 2) == expected


def test_an_error_in_a_task_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        run(["1", "1 / 0"], 2)


def test_tasks_are_taken_as_they_are_needed() -> None:
    taken = []

    def tasks():  # type: ignore[no-untyped-def]
        for number in range(1000):
            taken.append(number)
            yield str(number)

    results = ordered(eval, tasks(), 2)
    assert next(results) == 0
    assert len(taken) <= 10 * CHUNK
    results.close()  # type: ignore[attr-defined]
