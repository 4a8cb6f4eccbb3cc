"""The lower part of a goal sheet, row by row: level headings and indicator cells."""

from __future__ import annotations

from extract.layouts.columns import Columns
from extract.layouts.repair import read_displaced, rotations
from extract.layouts.roles import is_level1, level2_of
from extract.layouts.row import BodyRow, is_marked_heading
from extract.read.blocks import BLANK, Cell, Row


def read_body(rows: list[Row], columns: Columns) -> list[BodyRow]:
    """Read the rows under a header; blank rows give nothing."""
    bodies = [read_in_place(row, columns) for row in rows]
    displaced = [row for row, body in zip(rows, bodies, strict=True) if body is None]
    in_place = any(body is not None and body.labelled for body in bodies)
    turns = iter(rotations(displaced, columns, together=not in_place))
    found = [
        read_displaced(row, columns, next(turns)) if body is None else body
        for row, body in zip(rows, bodies, strict=True)
    ]
    return [body for body in found if body is not None]


def read_in_place(row: Row, columns: Columns) -> BodyRow | None:
    """Read a row in which every cell stands in its own column; ``None`` if one does not."""
    level1 = level2 = None
    pieces: dict[str, list[Cell]] = {}
    roles = columns.roles
    for index, cell in enumerate(row.cells):
        if cell is BLANK:
            continue
        role = roles[index] if index < len(roles) else None
        if role == "level1" and is_level1(cell.text):
            level1 = cell.text
        elif role == "level2" and level2_of(cell.text):
            level2 = cell.text
        elif role in columns.content and not (role == "name" and is_marked_heading(cell.text)):
            pieces[role] = [cell]
        else:
            return None
    if pieces and not ("name" in pieces and "target" in pieces):
        return None
    if not pieces and level1 is None and level2 is None:
        return None
    body = BodyRow(row)
    body.level1, body.level2, body.fields.pieces = level1, level2, pieces
    body.settle()
    return body


def read_row(row: Row, columns: Columns) -> BodyRow | None:
    """Read one row by itself, without its neighbours' word on a rotation; ``None`` for a blank row."""
    return read_in_place(row, columns) or read_displaced(row, columns, 0)
