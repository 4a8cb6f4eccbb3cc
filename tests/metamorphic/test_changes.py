"""What changes in a document changes in its records: exactly that, and nothing else."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.metamorphic import changes
from tests.metamorphic.compare import differences, misplaced, said
from tests.metamorphic.documents import case, documents, read

SAMPLE = 10
SHOWN = 8


def check(path: Path, changed: Iterable[changes.Change]) -> None:
    """Read every changed text and compare with the record that must come of it."""
    failures: dict[int, list[str]] = {}
    for number, (text, expected) in enumerate(changed):
        found = read(text, path)
        wrong = differences(in_order(expected), in_order(said(found))) + misplaced(found, text)
        if wrong:
            failures[number] = wrong[:SHOWN]
    assert failures == {}


def in_order(record: dict[str, Any]) -> dict[str, Any]:
    """A record whose empty headings are sorted: a struck row leaves its heading at some place."""
    for sheet in record["goal_sheets"]:
        sheet["empty_level2"].sort()
    return record


@pytest.mark.parametrize("path", documents())
def test_deleted_indicator_goes_alone(path: Path) -> None:
    """A row says nothing about the others; only their numbers and an emptied heading follow."""
    check(path, changes.deleted_indicators(case(path), SAMPLE))


@pytest.mark.parametrize("path", documents())
def test_changed_digit_of_a_target_changes_that_target(path: Path) -> None:
    """A figure is read where it stands: its print and its value change together, nothing else does."""
    check(path, changes.changed_targets(case(path), SAMPLE))


@pytest.mark.parametrize("path", documents())
def test_changed_digit_of_an_amount_changes_that_amount(path: Path) -> None:
    """The same for money in sheets, lists, expenditure tables and narratives."""
    check(path, changes.changed_amounts(case(path), SAMPLE))


@pytest.mark.parametrize("path", documents())
def test_changed_digit_of_a_cost_component(path: Path) -> None:
    """The same for money in running text: the text and one component change."""
    check(path, changes.changed_components(case(path)))
