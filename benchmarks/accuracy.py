"""Where a record differs from the truth, cell by cell."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

MISSING = "(missing)"


class Difference(NamedTuple):
    """A cell that differs: where it stands in the record, what it should say, what it says."""

    place: str
    truth: Any
    found: Any


def differences(truth: Any, found: Any, place: str = "") -> Iterator[Difference]:
    """The cells of the truth that a record has otherwise or not at all, and its spurious rows.

    >>> list(differences({"rows": [1, 2]}, {"rows": [1, 3, 4], "more": 0}))  # doctest: +NORMALIZE_WHITESPACE
    [Difference(place='/rows/1', truth=2, found=3),
     Difference(place='/rows/2', truth='(missing)', found=4)]
    """
    if isinstance(truth, dict):
        cells = found if isinstance(found, dict) else {}
        for key, value in truth.items():
            yield from differences(value, cells.get(key, MISSING), f"{place}/{key}")
    elif isinstance(truth, list):
        rows = found if isinstance(found, list) else []
        for number, row in enumerate(truth):
            yield from differences(row, rows[number] if number < len(rows) else MISSING, f"{place}/{number}")
        for number in range(len(truth), len(rows)):
            yield Difference(f"{place}/{number}", MISSING, rows[number])
    elif truth != found:
        yield Difference(place, truth, found)


def count_cells(truth: Any) -> int:
    """How many cells a truth states.

    >>> count_cells({"unit": "教育局", "rows": [1, 2]})
    3
    """
    if isinstance(truth, dict):
        return sum(map(count_cells, truth.values()))
    return sum(map(count_cells, truth)) if isinstance(truth, list) else 1
