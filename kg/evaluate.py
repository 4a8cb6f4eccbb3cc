"""Evaluation: a record against the truth, cell by cell."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

import msgspec

from extract.errors import PerformanceGoalError
from extract.records import Document

Problem = Literal["different", "missing", "spurious"]
Object = Mapping[str, Any]

# Keys that explain a record and are not read from the document, in gold records and in ours.
EXPLANATORY = frozenset({"notes", "source_lines", "layout", "source", "unresolved", "sha256", "encoding"})
# Numbers that we give to rows: compared as counted from the row above, so that one missing row is
# one error and not one in every row below it.
NUMBERED = frozenset({"goal_sheets.seq", "goal_sheets.indicators.row"})
# Objects whose keys are themselves printed, so that a key too many is a spurious cell.
PRINTED_KEYS = frozenset({"expenditure_lines.economic"})
# What best tells which printed row a row is, when rows are paired.
TELLING = frozenset({"name", "project", "objective", "target"})


class GoldError(PerformanceGoalError):
    """A gold file that is not a record."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One compared cell: where it stands, what the truth is and what was found.

    ``field`` is the path of keys, such as ``goal_sheets.indicators.target``; ``sheet`` and ``row``
    count from 1 in the truth, or in the record for what is spurious; ``2.3`` is the third item in row 2.
    """

    document: str
    field: str
    expected: Any
    found: Any
    sheet: int | None = None
    row: str | None = None
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class Score:
    """How many cells of a field are right."""

    field: str
    cells: int
    right: int

    @property
    def accuracy(self) -> float:
        """The share of right cells; 1 where there is nothing to get wrong."""
        return self.right / self.cells if self.cells else 1.0


def compare(gold: Object, record: Object | None) -> list[Cell]:
    """Compare a record with its gold record; without a record every cell of the truth is missing.

    Both are in the format of ``jixiao extract``. Only keys of the gold record count; a row that is
    missing or spurious counts with each of its cells.

    >>> [cell.problem for cell in compare({"title": "预算", "kind": None}, {"title": "决算", "kind": None})]
    ['different', None]
    """
    return list(Comparison(str(gold.get("document"))).compare_objects(gold, record, ""))


def compare_all(gold: Mapping[str, Object], records: Iterable[Document]) -> list[Cell]:
    """Compare each gold record with the record of the same document; records without gold do not count."""
    found = {record.document: msgspec.to_builtins(record) for record in records}
    return [cell for name, truth in gold.items() for cell in compare(truth, found.get(name))]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The place at which two records are being compared.

    ``shift`` is how many rows more stand above this one in the truth than in the record.
    """

    document: str
    sheet: int | None = None
    row: str | None = None
    shift: int = 0

    def compare_objects(self, gold: Object | None, found: Object | None, path: str) -> Iterator[Cell]:
        """The cells of two objects, either of which may be missing."""
        for key in compared_keys(gold, found, path):
            field = f"{path}.{key}".lstrip(".")
            expected, actual = (gold or {}).get(key), (found or {}).get(key)
            if isinstance(expected, Mapping) or isinstance(actual, Mapping):
                yield from self.compare_objects(expected, actual, field)
            elif holds_rows(expected) or holds_rows(actual):
                yield from self.compare_rows(expected or [], actual or [], field)
            else:
                yield self.cell(field, gold, found, expected, actual)

    def compare_rows(self, gold: Sequence[Object], found: Sequence[Object], path: str) -> Iterator[Cell]:
        """The cells of two lists of rows, paired so that as much as possible is alike."""
        for left, right in pair_rows(gold, found, path):
            here = self.at(path, (left if left is not None else right or 0) + 1)
            if left is not None and right is not None:
                here = replace(here, shift=left - right)
            expected = None if left is None else gold[left]
            actual = None if right is None else found[right]
            yield from here.compare_objects(expected, actual, path)

    def at(self, path: str, number: int) -> Comparison:
        """The place of a row, counted from 1, in a list of this place."""
        if path == "goal_sheets":
            return Comparison(self.document, number)
        return Comparison(self.document, self.sheet, f"{self.row}.{number}" if self.row else str(number))

    def cell(self, field: str, gold: Object | None, found: Object | None, expected: Any, actual: Any) -> Cell:
        """One cell; its row may be missing or spurious as a whole."""
        problem: Problem | None = None
        if found is None or (actual is None and expected is not None):
            problem = "missing"
        elif gold is None or (expected is None and actual is not None):
            problem = "spurious"
        elif not self.same_at(field, expected, actual):
            problem = "different"
        return Cell(self.document, field, expected, actual, self.sheet, self.row, problem)

    def same_at(self, field: str, expected: Any, actual: Any) -> bool:
        """Whether two values are the same, numbers of ours as counted from the rows above."""
        if field in NUMBERED and type(expected) is type(actual) is int:
            return bool(expected - actual == self.shift)
        return same(expected, actual)


def holds_rows(value: Any) -> bool:
    """Whether a value is a list of objects; an empty list holds none."""
    return isinstance(value, list) and any(isinstance(one, Mapping) for one in value)


def compared_keys(gold: Object | None, found: Object | None, path: str) -> list[str]:
    """The keys that count: those of the truth, or of a spurious row what it claims to have read."""
    if gold is None:
        return [
            key
            for key, value in (found or {}).items()
            if key not in EXPLANATORY and value not in (None, [], {})
        ]
    keys = [key for key in gold if key not in EXPLANATORY]
    if path in PRINTED_KEYS:
        keys += [key for key in found or {} if key not in gold]
    return keys


def same(expected: Any, actual: Any) -> bool:
    """Whether two values are the same and of the same kind: 1, "1" and true are three values."""
    return type(expected) is type(actual) and bool(expected == actual)


def pair_rows(
    gold: Sequence[Object], found: Sequence[Object], path: str
) -> list[tuple[int | None, int | None]]:
    """Pair the rows of two lists in order: the pairing that leaves most cells alike.

    Returns index pairs; ``None`` on the right is a missing row, on the left a spurious one.

    >>> pair_rows([{"name": "甲"}, {"name": "乙"}], [{"name": "乙"}], "goal_sheets.indicators")
    [(0, None), (1, 0)]
    """
    alike = [[likeness(left, right, path) for right in found] for left in gold]
    best = [[0] * (len(found) + 1) for _ in range(len(gold) + 1)]
    for i in reversed(range(len(gold))):
        for j in reversed(range(len(found))):
            best[i][j] = max(best[i + 1][j], best[i][j + 1], best[i + 1][j + 1] + alike[i][j])
    pairs: list[tuple[int | None, int | None]] = []
    i = j = 0
    while i < len(gold) and j < len(found):
        if alike[i][j] and best[i][j] == best[i + 1][j + 1] + alike[i][j]:
            pairs.append((i, j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            pairs.append((i, None))
            i += 1
        else:
            pairs.append((None, j))
            j += 1
    return pairs + [(k, None) for k in range(i, len(gold))] + [(None, k) for k in range(j, len(found))]


def likeness(left: Object, right: Object, path: str) -> int:
    """How many printed cells of two rows are the same; telling ones count threefold."""
    return sum(
        3 if key in TELLING else 1
        for key, value in left.items()
        if value not in (None, [], {}, False)
        and key not in EXPLANATORY
        and f"{path}.{key}" not in NUMBERED
        and same(value, right.get(key))
    )


def scores(cells: Iterable[Cell]) -> list[Score]:
    """The accuracy of each field, in the order in which fields first occur."""
    count: dict[str, list[int]] = {}
    for cell in cells:
        entry = count.setdefault(cell.field, [0, 0])
        entry[0] += 1
        entry[1] += cell.problem is None
    return [Score(field, cells, right) for field, (cells, right) in count.items()]


SCORE_COLUMNS = ("field", "cells", "right", "accuracy")
DIFFERENCE_COLUMNS = ("document", "sheet", "row", "field", "problem", "expected", "found")
REPORT_COLUMNS = ("kind", *SCORE_COLUMNS, *(name for name in DIFFERENCE_COLUMNS if name != "field"))


def score_rows(cells: Sequence[Cell]) -> list[tuple[Any, ...]]:
    """The accuracy of each field and overall, in ``SCORE_COLUMNS``."""
    overall = Score("overall", len(cells), sum(cell.problem is None for cell in cells))
    return [(one.field, one.cells, one.right, f"{one.accuracy:.4f}") for one in [*scores(cells), overall]]


def difference_rows(cells: Iterable[Cell]) -> list[tuple[Any, ...]]:
    """Every cell that is not right, in ``DIFFERENCE_COLUMNS``."""
    return [
        tuple(getattr(cell, column) for column in DIFFERENCE_COLUMNS)
        for cell in cells
        if cell.problem is not None
    ]


def report_rows(cells: Sequence[Cell]) -> Iterator[tuple[Any, ...]]:
    """Scores and differences as one table in ``REPORT_COLUMNS``, for programs."""
    for row in score_rows(cells):
        kind = "overall" if row[0] == "overall" else "field"
        yield report_row(kind, SCORE_COLUMNS, row)
    for row in difference_rows(cells):
        yield report_row("difference", DIFFERENCE_COLUMNS, row)


def report_row(kind: str, columns: Sequence[str], row: Sequence[Any]) -> tuple[Any, ...]:
    """A row of one table as a row of the report, empty where the table has no such column."""
    named = {"kind": kind, **dict(zip(columns, row, strict=True))}
    return tuple(named.get(column) for column in REPORT_COLUMNS)


def is_gold(path: Path) -> bool:
    """Whether an argument is gold: a ``.json`` file, or a folder that holds some."""
    return path.suffix == ".json" or (path.is_dir() and any(path.glob("*.json")))


def read_gold(paths: Iterable[Path]) -> dict[str, Object]:
    """The gold records of files and folders, by the name of their document.

    Raises ``GoldError`` for a file that is no record and for two truths about one document.
    """
    gold: dict[str, Object] = {}
    for path in paths:
        for file in sorted(path.glob("*.json")) if path.is_dir() else [path]:
            record = read_gold_file(file)
            if gold.setdefault(record["document"], record) is not record:
                raise GoldError(f"{file}: there is another gold record of {record['document']}; remove one")
    return gold


def read_gold_file(file: Path) -> Object:
    """One gold record."""
    try:
        record = json.loads(file.read_bytes())
    except (OSError, ValueError) as error:
        raise GoldError(
            f"{file}: not a gold record ({error}); give JSON as jixiao extract prints it"
        ) from error
    if not isinstance(record, dict) or not isinstance(record.get("document"), str):
        raise GoldError(f"{file}: not a gold record (no document); give JSON as jixiao extract prints it")
    return record
