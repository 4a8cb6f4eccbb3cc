"""Flat tables: the goals of a whole department in one table, its projects in a column of their own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from extract.layouts.head import Head, is_title, read_head, title_year
from extract.layouts.regions import Region
from extract.layouts.roles import label_key, unit_in_label
from extract.layouts.tables import TOTALS
from extract.read.blocks import BLANK, Cell, Row, make_row
from extract.values import read_amount

# Columns of merged cells: a blank cell repeats the one above, also where the project changes.
CARRIED = ("unit", "supervisor")
MONEY = ("total", "fiscal", "other")


class Form(NamedTuple):
    """One sheet before it is read: its head, the rows of its body, all rows where it stands."""

    head: Head
    body: list[Row]
    rows: list[Row]


def flat_forms(above: list[Row], body: list[Row], region: Region, text: str) -> Iterator[Form]:
    """The projects of a flat table, each with the rows from its name to the next."""
    printed = read_head(above[:-1], text)
    if printed.year is None and is_title(above[0]):
        printed.year = title_year(above[0].text)
    unit = printed.amount_unit or next(
        (u for cell in above[-1].cells if (u := unit_in_label(cell.text))), None
    )
    carried: dict[str, Cell] = {}
    for rows in _groups(body, region.flat):
        head = Head()
        head.year, head.amount_unit = printed.year, unit
        for row in rows:
            for column, role in region.flat.items():
                cell = row.cells[column] if column < len(row.cells) else BLANK
                if cell is not BLANK and (role not in MONEY or read_amount(cell.text)):
                    head.fields.setdefault(role, cell)
        for role in CARRIED:
            if role in head.fields.pieces:
                carried[role] = head.fields.pieces[role][0]
            elif role in carried:
                head.fields.setdefault(role, carried[role])
            elif role in printed.fields.pieces:
                head.fields.setdefault(role, printed.fields.pieces[role][0])
        yield Form(head, [_without(row, region.flat) for row in rows], rows)


def _groups(body: list[Row], columns: dict[int, str]) -> Iterator[list[Row]]:
    """The rows of each project: from a new name on; a repeated name is the same project."""
    column = next(index for index, role in columns.items() if role == "project")
    group: list[Row] = []
    current = ""
    for row in body:
        if row.table == 0 or any(label_key(cell.text) in TOTALS for cell in row.cells):
            continue
        name = row.cells[column].text if column < len(row.cells) else ""
        heads_unit = _heads_unit(row, columns)
        if (name and name != current) or heads_unit:
            if current:
                yield group
            if current or heads_unit:
                group = []
            current = name
        group.append(row)
    if group and current:
        yield group


def _heads_unit(row: Row, columns: dict[int, str]) -> bool:
    """Whether a row prints a unit and nothing else, above the projects of that unit."""
    printed = {columns.get(index) for index, cell in enumerate(row.cells) if cell is not BLANK}
    return bool(printed) and printed <= set(CARRIED)


def _without(row: Row, columns: dict[int, str]) -> Row:
    """A row without the cells of the head."""
    cells = [BLANK if index in columns else cell for index, cell in enumerate(row.cells)]
    return make_row(cells, table=row.table, number=row.number, broken=row.broken, page=row.page)
