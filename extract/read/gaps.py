"""Tables printed with wide gaps: text aligned in columns by blanks alone."""

from __future__ import annotations

import re
import unicodedata

from extract.read.blocks import BLANK, Cell, Row
from extract.text import strip_space

GAP = re.compile(r"[ \u00a0]{2,}|\u3000[\s\u3000]*|[ \u00a0]+\u3000[\s\u3000]*")
MIN_ROWS = 3


def align_gap_rows(rows: list[Row], text: str) -> list[Row]:
    """Turn runs of lines with wide gaps into rows of a table with aligned columns.

    Only runs of at least three neighbouring lines of which most hold two gaps or more count: a
    single line such as ``编制单位：…      单位：万元`` stays running text.
    """
    result: list[Row] = []
    run: list[tuple[Row, list[Cell]]] = []
    for row in rows:
        cells = _gap_cells(row, text) if row.table == 0 else []
        if cells and (len(cells) > 1 or (run and _indented(row, text))):
            run.append((row, cells))
            continue
        result.extend(_aligned(run, text))
        run = []
        result.append(row)
    result.extend(_aligned(run, text))
    return result


def _gap_cells(row: Row, text: str) -> list[Cell]:
    start, end = row.start, row.end
    printed = text[start:end]
    if "  " not in printed and "\u3000" not in printed:
        return [row.cells[0]]
    cells = []
    position = 0
    for gap in [*GAP.finditer(printed), None]:
        stop = gap.start() if gap else len(printed)
        if piece := strip_space(printed[position:stop]):
            cells.append(Cell(piece, start + position, start + stop))
        position = gap.end() if gap else stop
    return cells


def _indented(row: Row, text: str) -> bool:
    line_start = text.rfind("\n", 0, row.start) + 1
    return row.start - line_start >= 4


def _aligned(run: list[tuple[Row, list[Cell]]], text: str) -> list[Row]:
    wide = sum(1 for _, cells in run if len(cells) > 2)
    if len(run) < MIN_ROWS or wide * 2 < len(run):
        return [row for row, _ in run]
    columns = _columns([(cell, text) for _, cells in run for cell in cells])
    rows = []
    for row, cells in run:
        placed = [BLANK] * len(columns)
        for cell in cells:
            index = _column_of(cell, text, columns)
            placed[index] = cell if placed[index] is BLANK else _joined(placed[index], cell)
        rows.append(Row(placed, row.start, row.end, table=-1, broken=row.broken))
    return rows


def _joined(left: Cell, right: Cell) -> Cell:
    return Cell(left.text + right.text, left.start, right.end)


def _extent(cell: Cell, text: str) -> tuple[int, int]:
    """The columns of the screen that a cell covers; a Chinese character is two columns wide."""
    line_start = text.rfind("\n", 0, cell.start) + 1
    left = _width(text[line_start : cell.start])
    return left, left + _width(text[cell.start : cell.end])


def _width(printed: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in printed)


def _columns(cells: list[tuple[Cell, str]]) -> list[tuple[int, int]]:
    """Merge the extents of all cells into disjoint columns, from left to right."""
    columns: list[tuple[int, int]] = []
    for left, right in sorted(_extent(cell, text) for cell, text in cells):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns


def _column_of(cell: Cell, text: str, columns: list[tuple[int, int]]) -> int:
    left, _ = _extent(cell, text)
    return next(index for index, (start, stop) in enumerate(columns) if start <= left < stop)
