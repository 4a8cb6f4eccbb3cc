"""Tables printed with wide gaps: text aligned in columns by blanks alone."""

from __future__ import annotations

import re
import unicodedata

from extract.read.blocks import BLANK, ROW, Cell, Row, make_row
from extract.read.marks import OPENING
from extract.text import strip_space

GAP = re.compile(r"(?:[ \u00a0]{2,}|[ \u00a0]?\u3000)[\s\u3000]*")
MIN_ROWS = 3
SHORT_LINE = 14

Extent = tuple[int, int]


def align_gap_rows(rows: list[Row], text: str) -> list[Row]:
    """Turn runs of lines with wide gaps into rows of a table with aligned columns.

    Only runs of at least three lines of which most hold two gaps or more count: a single line
    such as ``编制单位：…      单位：万元`` stays running text. Short lines inside a run are its
    merged labels, printed in the vertical middle of their rows.
    """
    result: list[Row] = []
    run: list[tuple[Row, list[Cell]]] = []
    for row in rows:
        cells = _gap_cells(row, text) if row.table == 0 else []
        if len(cells) > 1 or (cells and run and _is_label(cells[0].text)):
            run.append((row, cells))
            continue
        if run:
            result.extend(_aligned(run, text))
            run = []
        result.append(row)
    result.extend(_aligned(run, text))
    return result


def _is_label(text: str) -> bool:
    """Whether a short line can be a merged label in the middle of its rows."""
    return len(text) <= SHORT_LINE and "。" not in text and OPENING.match(text) is None


def _gap_cells(row: Row, text: str) -> list[Cell]:
    printed = text[row.start : row.end]
    if "  " not in printed and "\u3000" not in printed:
        return row.cells
    cells = []
    position = 0
    for gap in [*GAP.finditer(printed), None]:
        stop = gap.start() if gap else len(printed)
        if piece := strip_space(printed[position:stop]):
            cells.append(Cell(piece, row.start + position, row.start + stop))
        position = gap.end() if gap else stop
    return cells


def _aligned(run: list[tuple[Row, list[Cell]]], text: str) -> list[Row]:
    """Rows of a run, each under the last row that opened new columns."""
    wide = sum(1 for _, cells in run if len(cells) > 2)
    if len(run) < MIN_ROWS or wide * 2 < len(run):
        return [row for row, _ in run]
    rows: list[Row] = []
    columns: list[Extent] = []
    for row, cells in run:
        extents = [_extent(cell, text) for cell in cells]
        places = _places(extents, columns)
        if places is None:
            places = list(range(len(cells)))
            # A row with more cells opens new columns; a shorter one that fits none is itself displaced.
            columns = extents if len(extents) >= len(columns) else columns
        placed = [BLANK] * len(columns)
        for place, cell in zip(places, cells, strict=True):
            placed[place] = cell
        rows.append(make_row(placed, table=ROW, broken=row.broken))
    return rows


def _places(extents: list[Extent], columns: list[Extent]) -> list[int] | None:
    """The column of each cell, if all of them stand under different columns in order."""
    places: list[int] = []
    for extent in extents:
        overlaps = [min(extent[1], column[1]) - max(extent[0], column[0]) for column in columns]
        if not overlaps or max(overlaps) <= 0:
            return None
        place = overlaps.index(max(overlaps))
        if places and place <= places[-1]:
            return None
        places.append(place)
    return places


def _extent(cell: Cell, text: str) -> Extent:
    """The columns of the screen that a cell covers; a Chinese character is two columns wide."""
    line_start = text.rfind("\n", 0, cell.start) + 1
    left = _width(text[line_start : cell.start])
    return left, left + _width(text[cell.start : cell.end])


def _width(printed: str) -> int:
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in printed)
