"""Documents of other provinces, years and forms: every field group of each, one test per group.

``variations/NAME.txt`` is a small disclosure of our own wording and ``NAME.json`` what a careful
person reads in it: the keys of the record format, as many as matter there. A field group named in
``unresolved_allowed`` may be read otherwise, but only where the record says that it is not sure.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest

from extract.document import read_document

FOLDER = Path(__file__).parent / "variations"
Record = dict[str, Any]
COVER = ("title", "publisher", "fiscal_year", "published", "kind")
LISTS = ("project_list", "project_list_total", "expenditure_lines", "narratives")
HEAD = ("project", "unit", "printed_year", "responsible_person")
FUNDS = ("funds", "amount_unit")
CELLS = ("level1", "level2", "name", "target")
READINGS = (
    "comparator", "value", "unit", "basis", "weight", "actual", "score", "deviation",
)  # fmt: skip


@cache
def expected(name: str) -> Record:
    record: Record = json.loads((FOLDER / f"{name}.json").read_text("utf-8"))
    return record


@cache
def read(name: str) -> Record:
    record: Record = msgspec.to_builtins(read_document(FOLDER / f"{name}.txt"))
    return record


def pick(record: Record, keys: tuple[str, ...], wanted: Record) -> Record:
    """Those of the keys that the expectation asserts, in nested records too."""
    return {key: _like(record.get(key), wanted[key]) for key in keys if key in wanted}


def _like(value: Any, wanted: Any) -> Any:
    if isinstance(wanted, list) and isinstance(value, list) and len(value) == len(wanted):
        return [_like(item, want) for item, want in zip(value, wanted, strict=True)]
    if isinstance(wanted, dict) and isinstance(value, dict):
        return pick(value, tuple(wanted), wanted)
    return value


def sheets(name: str) -> Iterator[tuple[Record, Record]]:
    return zip(expected(name)["goal_sheets"], read(name)["goal_sheets"], strict=False)


def check_cover(name: str) -> None:
    assert pick(read(name), COVER, expected(name)) == pick(expected(name), COVER, expected(name))


def check_lists(name: str) -> None:
    for key in LISTS:
        wanted, got = expected(name).get(key), read(name)[key]
        if isinstance(wanted, list):
            assert _like(got, wanted) == wanted, key
        elif wanted is not None:
            assert got == wanted


def check_sheets(name: str) -> None:
    found = [sheet["project"] for sheet in read(name)["goal_sheets"]]
    missed = len(found) < len(expected(name)["goal_sheets"])
    if missed and "sheets" in expected(name).get("unresolved_allowed", ()) and read(name)["unresolved"]:
        return
    assert len(found) == len(expected(name)["goal_sheets"]), found


def _check_keys(name: str, keys: tuple[str, ...], group: str) -> None:
    for wanted, got in sheets(name):
        if not (group in wanted.get("unresolved_allowed", ()) and got["unresolved"]):
            assert pick(got, keys, wanted) == pick(wanted, keys, wanted)


def check_head(name: str) -> None:
    _check_keys(name, HEAD, "head")


def check_funds(name: str) -> None:
    _check_keys(name, FUNDS, "funds")


def check_objective(name: str) -> None:
    _check_keys(name, ("objective",), "objective")


def _cells(row: Record) -> tuple[str | None, ...]:
    return tuple(row[key] for key in CELLS)


def check_indicators(name: str) -> None:
    """All rows in order; where doubt is allowed, no wrong row without it and no row silently lost."""
    for wanted, got in sheets(name):
        want, rows = [_cells(row) for row in wanted.get("indicators", ())], got["indicators"]
        if "indicators" in wanted and "indicators" not in wanted.get("unresolved_allowed", ()):
            assert [_cells(row) for row in rows] == want
        elif "indicators" in wanted:
            assert [_cells(row) for row in rows if _cells(row) not in want and not row["unresolved"]] == []
            doubt = got["unresolved"] or any(row["unresolved"] for row in rows)
            assert doubt or {_cells(row) for row in rows} == set(want)
        if "empty_level2" in wanted:
            assert got["empty_level2"] == wanted["empty_level2"]


def check_readings(name: str) -> None:
    """Comparator, value, unit and the further cells of the rows that were found."""
    for wanted, got in sheets(name):
        found = {_cells(row): row for row in got["indicators"]}
        for want in wanted.get("indicators", ()):
            row = found.get(_cells(want))
            if row is not None and not row["unresolved"]:
                assert pick(row, READINGS, want) == pick(want, READINGS, want), want["name"]


def check_certainty(name: str) -> None:
    """What is printed plainly is not called doubtful."""
    for wanted, got in sheets(name):
        if "unresolved_allowed" in wanted or None in (wanted.get("unit", ""), wanted.get("project", "")):
            continue
        doubts = [doubt for row in got["indicators"] for doubt in row["unresolved"]]
        assert [*got["unresolved"], *doubts] == []


CHECKS = {
    "cover": check_cover,
    "lists": check_lists,
    "sheets": check_sheets,
    "head": check_head,
    "funds": check_funds,
    "objective": check_objective,
    "indicators": check_indicators,
    "readings": check_readings,
    "certainty": check_certainty,
}


CASES = [(path.stem, group) for path in sorted(FOLDER.glob("*.txt")) for group in CHECKS]


@pytest.mark.parametrize(("name", "group"), CASES)
def test_variation_is_read(name: str, group: str) -> None:
    CHECKS[group](name)
