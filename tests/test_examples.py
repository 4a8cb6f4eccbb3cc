"""The disclosures in examples/ give exactly their golden records, field group by field group."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from extract.document import read_document
from extract.records import to_json

EXAMPLES = Path(__file__).parents[1] / "examples"
NAMES = sorted(path.stem for path in EXAMPLES.glob("*.txt"))
HEADER = ("document", "title", "publisher", "fiscal_year", "published", "kind")
UNCOMPARED = {"notes", "layout", "source_lines"}
WHOLE = {"economic"}


@cache
def golden(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads((EXAMPLES / "golden" / f"{name}.json").read_text(encoding="utf-8"))
    return record


@cache
def extracted(name: str) -> dict[str, Any]:
    record: dict[str, Any] = json.loads(to_json(read_document(EXAMPLES / f"{name}.txt")))
    return record


def shared(truth: Any, found: Any) -> Any:
    """What was found, reduced to the keys that the truth states (all keys where they are data)."""
    if isinstance(truth, dict) and isinstance(found, dict):
        keys = truth.keys() - UNCOMPARED
        return {key: found[key] if key in WHOLE else shared(truth[key], found[key]) for key in keys}
    if isinstance(truth, list) and isinstance(found, list):
        longest = max(len(truth), len(found))
        pairs = zip(truth + [None] * (longest - len(truth)), found, strict=False)
        return [shared(*pair) for pair in pairs]
    return found


def stated(truth: Any) -> Any:
    """The truth without the keys that only explain it."""
    return shared(truth, truth)


def sheet_heads(record: dict[str, Any]) -> list[dict[str, Any]]:
    return [{key: sheet[key] for key in sheet if key != "indicators"} for sheet in record["goal_sheets"]]


def indicators(record: dict[str, Any]) -> list[list[dict[str, Any]]]:
    return [sheet["indicators"] for sheet in record["goal_sheets"]]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("field", HEADER)
def test_header(name: str, field: str) -> None:
    assert extracted(name)[field] == golden(name)[field]


@pytest.mark.parametrize("name", NAMES)
def test_sheets_with_unit_project_funds_and_objective(name: str) -> None:
    truth, found = sheet_heads(golden(name)), sheet_heads(extracted(name))
    assert shared(truth, found) == stated(truth)


@pytest.mark.parametrize("name", NAMES)
def test_indicators(name: str) -> None:
    truth, found = indicators(golden(name)), indicators(extracted(name))
    assert shared(truth, found) == stated(truth)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("group", ["project_list", "expenditure_lines", "narratives"])
def test_group(name: str, group: str) -> None:
    truth, found = golden(name)[group], extracted(name)[group]
    assert shared(truth, found) == stated(truth)


@pytest.mark.parametrize("name", NAMES)
def test_project_list_total(name: str) -> None:
    assert extracted(name)["project_list_total"] == golden(name).get("project_list_total")


def test_displaced_rows_are_explained() -> None:
    """A row that the golden record calls displaced carries a note; a correction is never silent."""
    silent = [
        (name, truth["name"])
        for name in NAMES
        for rows, found in zip(indicators(golden(name)), indicators(extracted(name)), strict=True)
        for truth, row in zip(rows, found, strict=True)
        if "layout" in truth and not row["layout"]
    ]
    assert silent == []


def test_nothing_in_the_examples_is_left_in_doubt() -> None:
    doubts = {
        name: [row["unresolved"] for sheet in record["goal_sheets"] for row in [sheet, *sheet["indicators"]]]
        for name in NAMES
        for record in [extracted(name)]
    }
    assert {name: rows for name, rows in doubts.items() if any(rows)} == {}


def test_every_example_has_a_golden_record_and_a_line_in_the_readme() -> None:
    readme = (EXAMPLES / "README.md").read_text(encoding="utf-8")
    assert sorted(path.stem for path in (EXAMPLES / "golden").glob("*.json")) == NAMES
    assert [name for name in NAMES if f"| {name} |" not in readme] == []


def test_examples_cover_units_years_and_the_airport_project() -> None:
    records = [golden(name) for name in NAMES]
    airport = {
        sheet["printed_year"] or record["fiscal_year"]
        for record in records
        for sheet in record["goal_sheets"]
        if sheet["project"].startswith("机场设施租")
    }
    assert {record["fiscal_year"] for record in records} == {2020, 2021, 2022, 2023, 2024}
    assert len({sheet["unit"] for record in records for sheet in record["goal_sheets"]}) >= 5
    assert airport == {2020, 2021, 2024}
