"""Rows of a stream of cells whose blank cells left no trace: the one way of cutting them, or none."""

from __future__ import annotations

import pytest

from extract.layouts.segments import rows_of, whole_rows
from extract.read.blocks import Cell

WEIGHTED = ("name", "target", "weight", "basis")
BASED = ("name", "target", "basis")
THREE_CELLS = ("name", "operator", "target", "measure")
CASES = [
    ("a weight is a number and stands in every row", WEIGHTED, "次数 3次 10 计划 人数 5人 20", ["次数 3次 10 计划", "人数 5人 20 -"]),
    ("what may be a basis or a name is cut in no way", BASED, "次数 3次 计划 人数 5人 场数 6场", None),
    ("a name is no figure", BASED, "次数 3次 ≥5人", None),
    ("an operator tells where a row begins", THREE_CELLS, "次数 ≥ 3 次 环境 定性 改善", ["次数 ≥ 3 次", "环境 定性 改善 -"]),
]  # fmt: skip


def cells(line: str) -> list[Cell]:
    return [Cell(word, 0, len(word)) for word in line.split()]


@pytest.mark.parametrize(
    ("roles", "line", "expected"), [case[1:] for case in CASES], ids=[case[0] for case in CASES]
)
def test_cells_are_cut_into_rows_in_the_only_way(
    roles: tuple[str, ...], line: str, expected: list[str] | None
) -> None:
    found = rows_of(cells(line), roles)
    read = None if found is None else [" ".join(cell.text or "-" for cell in row) for row in found]
    assert read == expected


def test_whole_rows_keep_every_cell_in_a_column_that_it_fits() -> None:
    assert whole_rows(cells("次数 3次 计划 人数 5人 标准"), BASED) is not None
    assert whole_rows(cells("次数 3次 10 人数 5人 标准"), BASED) is None
