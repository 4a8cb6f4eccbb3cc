"""The synthetic world: the same seed gives the same bytes, and its truth is what the reader finds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import msgspec
import pytest

from benchmarks.accuracy import differences
from benchmarks.generate import write_documents
from benchmarks.styles import GEOMETRIES
from benchmarks.world import make_disclosure
from extract.document import read_document
from extract.records import (
    AllocationItem,
    Document,
    ExpenditureLine,
    GoalSheet,
    Indicator,
    Narrative,
    ProjectListRow,
    Record,
    to_json,
)

SAMPLE = 40
SEED = 7
# Where the record lies, what it lies on, and the fields which the truth does not state.
OPTIONAL = {
    "source",
    "layout",
    "unresolved",
    "sha256",
    "encoding",
    "project_list_total",
    "amount_unit",
    "start",
    "end",
}


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    directory = tmp_path_factory.mktemp("world")
    write_documents(directory, SAMPLE, SEED)
    return directory


def truths(directory: Path) -> Iterator[dict[str, Any]]:
    for line in (directory / "truth.jsonl").read_text(encoding="utf-8").splitlines():
        yield json.loads(line)


def contents(directory: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in directory.iterdir()}


def test_same_seed_gives_the_same_bytes(world: Path, tmp_path: Path) -> None:
    write_documents(tmp_path, SAMPLE, SEED)
    assert contents(tmp_path) == contents(world)


def test_a_smaller_world_is_the_beginning_of_a_larger_one(world: Path, tmp_path: Path) -> None:
    write_documents(tmp_path, 5, SEED)
    small, large = contents(tmp_path), contents(world)
    assert {name: large[name] for name in small if name != "truth.jsonl"} == {
        name: text for name, text in small.items() if name != "truth.jsonl"
    }


def test_another_seed_gives_other_documents(world: Path, tmp_path: Path) -> None:
    write_documents(tmp_path, SAMPLE, SEED + 1)
    assert not set(contents(tmp_path).values()) & set(contents(world).values())


def test_damage_changes_the_print_but_not_the_truth(world: Path, tmp_path: Path) -> None:
    write_documents(tmp_path, SAMPLE, SEED, damage=True)
    damaged, whole = contents(tmp_path), contents(world)
    assert damaged["truth.jsonl"] == whole["truth.jsonl"]
    assert any(damaged[name] != whole[name] for name in whole)


def rows(truth: dict[str, Any]) -> Iterator[tuple[type[Record], dict[str, Any]]]:
    yield Document, truth
    for sheet in truth["goal_sheets"]:
        yield GoalSheet, sheet
        yield from ((Indicator, indicator) for indicator in sheet["indicators"])
    yield from ((ProjectListRow, row) for row in truth["project_list"])
    yield from ((ExpenditureLine, line) for line in truth["expenditure_lines"])
    for narrative in truth["narratives"]:
        yield Narrative, narrative
        yield from ((AllocationItem, item) for item in narrative["allocation_items"])


def test_truth_has_exactly_the_keys_of_the_records(world: Path) -> None:
    for truth in truths(world):
        for record, row in rows(truth):
            keys = {field.encode_name for field in msgspec.structs.fields(record)}
            assert set(row) - OPTIONAL == keys - OPTIONAL, record


def test_the_world_holds_every_geometry_year_and_kind_of_document() -> None:
    disclosures = [make_disclosure(number, SEED) for number in range(100)]
    assert {disclosure.style.geometry for disclosure in disclosures} == set(GEOMETRIES)
    assert {disclosure.year for disclosure in disclosures} == {2020, 2021, 2022, 2023, 2024}
    assert {disclosure.key_projects for disclosure in disclosures} == {True, False}


def test_a_unit_keeps_its_projects_over_the_years() -> None:
    editions = [make_disclosure(number, SEED) for number in range(5)]
    assert len({tuple(sheet.project for sheet in edition.sheets) for edition in editions}) == 1
    assert len({edition.unit for edition in editions}) == 1


def test_indicator_names_are_unique_in_their_sheet(world: Path) -> None:
    for truth in truths(world):
        for sheet in truth["goal_sheets"]:
            names = [indicator["name"] for indicator in sheet["indicators"]]
            assert len(names) == len(set(names))


def test_funds_and_cost_components_add_up() -> None:
    for number in range(SAMPLE):
        for sheet in make_disclosure(number, SEED).sheets:
            whole = Decimal(sheet.total)
            costs = [row.target.value for row in sheet.rows if row.target and row.target.unit == "万元"]
            assert Decimal(sheet.fiscal) + Decimal(sheet.other or 0) == whole
            assert sum(Decimal(cost or 0) for cost in costs) == whole


@pytest.mark.parametrize("number", range(SAMPLE))
def test_the_reader_gets_every_cell_right(world: Path, number: int) -> None:
    truth = next(one for place, one in enumerate(truths(world)) if place == number)
    found = json.loads(to_json(read_document(world / truth["document"])))
    assert list(differences(truth, found)) == []


TRUTH = {"unit": "教育局", "rows": [{"name": "a", "target": None}, {"name": "b", "target": "2"}]}


@pytest.mark.parametrize(
    ("found", "places"),
    [
        (TRUTH, []),
        ({**TRUTH, "unit": None}, ["/unit"]),
        (
            {**TRUTH, "rows": TRUTH["rows"][1:]},
            ["/rows/0/name", "/rows/0/target", "/rows/1/name", "/rows/1/target"],
        ),
        ({**TRUTH, "rows": [*TRUTH["rows"], {"name": "c"}]}, ["/rows/2"]),
        ({"unit": "教育局"}, ["/rows/0/name", "/rows/0/target", "/rows/1/name", "/rows/1/target"]),
        ({**TRUTH, "more": 1}, []),
    ],
)
def test_differences_name_wrong_missing_and_spurious_cells(found: dict[str, Any], places: list[str]) -> None:
    assert [difference.place for difference in differences(TRUTH, found)] == places
