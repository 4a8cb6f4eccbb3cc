"""Where the goal sheets of a document stand: from title or head to the last row of the body."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from extract.layouts.body import read_row
from extract.layouts.columns import Columns, read_columns
from extract.layouts.head import is_title, names_form, opens_head, printed_year
from extract.layouts.narrative import HEADING
from extract.layouts.roles import is_bare, role_of
from extract.layouts.row import is_heading
from extract.layouts.tables import list_roles
from extract.read.blocks import BLANK, Cell, Row
from extract.read.marks import OPENING
from extract.values import read_amount, read_target

HEAD_ROWS = 30
LEVELS = ("level1", "level2", "name")
FORM_ROWS = 15
SHORT_LINE = 60
LINES_ABOVE = 4


class Region(NamedTuple):
    """Where a sheet stands among the rows: head, header row, body.

    ``flat`` holds the columns with a role of the head, if the table has a column of projects; ``loose``
    is a line right below that may belong to the sheet's last row, or be its next.
    """

    start: int
    header: int
    stop: int
    columns: Columns
    flat: dict[int, str]
    loose: str | None = None


def find_regions(rows: list[Row]) -> list[Region]:
    """The sheets of a document by their indicator headers."""
    regions: list[Region] = []
    end = 0
    for index, row in enumerate(rows):
        if index < end or len(row.cells) < 3:
            continue
        columns = read_columns(row)
        if columns is not None:
            start, flat = _start(rows, index, end), _flat_columns(row)
            end = _stop(rows, index, columns, flat=bool(flat))
            regions.append(Region(start, index, end, columns, flat, _loose_end(rows[end - 1 : end + 2])))
    return regions


def unread_forms(rows: list[Row], regions: list[Region]) -> Iterator[str]:
    """What looks like a goal sheet and is none that could be read."""
    inside = {index for region in regions for index in range(region.start, region.stop)}
    for index, row in enumerate(rows):
        if index in inside:
            continue
        if is_title(row) and any(_names_project(below) for below in rows[index + 1 : index + FORM_ROWS]):
            yield f"a goal sheet without a readable table of indicators: {row.text}"
        elif row.table and _names_columns(row):
            yield f"a table of indicators with an unknown header: {' | '.join(_texts(row))}"


def _flat_columns(row: Row) -> dict[int, str]:
    """The columns of a header with a role of the head, where one of them is the project's; else none.

    A row that prints an amount is no header of columns: a whole head ran together with it.
    """
    roles = {
        index: "total" if role in ("initial", "funds") else role
        for index, cell in enumerate(row.cells)
        if role_of(cell.text, "column") is None and (role := role_of(cell.text, "head"))
    }
    if "project" not in roles.values() or any(read_amount(cell.text) for cell in row.cells):
        return {}
    return roles


def _names_columns(row: Row) -> bool:
    """Whether a row names at least two of the columns of a table of indicators."""
    if row.printed < len(LEVELS):
        return False
    return sum(role_of(cell.text, "column") in LEVELS for cell in row.cells) > 1


def _texts(row: Row) -> list[str]:
    return [cell.text for cell in row.cells if cell is not BLANK]


def _names_project(row: Row) -> bool:
    """A row with the label of a project and a value beside it."""
    return any(role_of(cell.text, "head") == "project" for cell in row.cells) and row.printed > 1


def _start(rows: list[Row], header: int, floor: int) -> int:
    """The title above a header; without one, the first row above that names a unit or project."""
    first: int | None = None
    lines = 0
    for index in range(header - 1, max(floor, header - HEAD_ROWS) - 1, -1):
        row = rows[index]
        if is_title(row):
            return index
        if any(opens_head(cell) for cell in row.cells):
            first, lines = index, 0
        elif row.table == 0 and first is not None and not printed_year(row.text):
            lines += 1
            if lines > LINES_ABOVE or len(row.text) > SHORT_LINE or HEADING.match(row.text):
                break
    if first is not None and first > floor and printed_year(rows[first - 1].text):
        return first - 1  # a year alone above the head, under a title of no known form
    return header if first is None else first


def _stop(rows: list[Row], header: int, columns: Columns, *, flat: bool) -> int:
    """The first row after the body: a title, another sheet's head, a trailer, other content."""
    index = header + 1
    while index < len(rows):
        row = rows[index]
        opening = _opening(row.first)
        if opening == "title" and row.printed == 1:
            if not _title_again(rows, index):
                return index
        elif opening in ENDS and (opening == "head" or not flat) and ENDS[opening](row):
            return index
        elif row.table == 0:
            if not _goes_on(rows, index, columns):
                return index
        elif row.broken and _foreign(rows, index, header, columns):
            return index
        index += 1
    return index


def _opens_sheet(row: Row) -> bool:
    """A row with the label of a unit or a project and a value beside it: the next sheet's head."""
    return row.printed > 1 or role_of(row.first, "head") is None


# What ends a body, and whether a row that begins like it does.
ENDS: dict[str, Callable[[Row], bool]] = {
    "head": _opens_sheet,
    "trailer": lambda row: True,
    "list": lambda row: list_roles(row) is not None,
}


def _title_again(rows: list[Row], index: int) -> bool:
    """Whether a title stands again above the rest of its sheet: the header follows without a head."""
    for row in rows[index + 1 : index + 3]:
        if read_columns(row) is not None:
            return True
        if not printed_year(row.text):
            return False
    return False


def _loose_end(rows: list[Row]) -> str | None:
    """A short line below the last row of a table that no mark sets apart from it."""
    if len(rows) < 2 or not rows[0].table or not _may_belong(rows[1]):
        return None
    goes_on = len(rows) > 2 and _may_belong(rows[2]) and read_target(rows[2].text, None).value is not None
    return rows[1].text if goes_on or not rows[1].broken else None


def _may_belong(row: Row) -> bool:
    """Whether a line of running text could be the rest of a cell, or a cell of a further row."""
    if row.table or len(row.text) > SHORT_LINE or row.text.endswith(("。", "；", "：")):
        return False
    return not (_opening(row.text) or HEADING.match(row.text) or OPENING.match(row.text))


@lru_cache(maxsize=16384)
def _opening(printed: str) -> str:
    """What a row may open whose first text this is: a title, a head, a trailer, a list, or nothing."""
    if names_form(printed):
        return "title"
    if opens_head(Cell(printed, 0, 0)):
        return "head"
    label, _, _ = printed.partition("：" if "：" in printed else ":")
    if role_of(label, "trailer"):
        return "trailer"
    return "list" if role_of(printed, "list") else ""


def _goes_on(rows: list[Row], index: int, columns: Columns) -> bool:
    """Whether the table goes on below a short line of running text, as a page break leaves one."""
    if len(rows[index].text) > SHORT_LINE or HEADING.match(rows[index].text):
        return False
    below = [row for row in rows[index + 1 : index + 4] if row.table and row.text][:1]
    return any(_own_row(row, columns) for row in below)


def _own_row(row: Row, columns: Columns) -> bool:
    """Whether a row is certainly one of this sheet: a header, a heading in its place, or blanks there."""
    levels = [_cell(row, column) for column in (columns.level1, columns.level2) if column is not None]
    if read_columns(row) or any(is_heading(cell.text) for cell in levels):
        return True
    blank = bool(levels) and all(cell is BLANK for cell in levels)
    return blank and _cell(row, columns.name) is not BLANK and _cell(row, columns.target) is not BLANK


def _foreign(rows: list[Row], index: int, header: int, columns: Columns) -> bool:
    """Whether a row after a gap belongs to another table.

    A row of the sheet has a level heading, or blanks in place of one; a shifted row has no more
    than a name and a target.
    """
    row = rows[index]
    if read_columns(row) or any(_heads(cell, place, columns) for place, cell in enumerate(row.cells)):
        return False
    body = read_row(row, columns)
    if body is None or body.continues:
        return False
    same_width = any(len(row.cells) == len(above.cells) for above in rows[header:index])
    if not same_width:
        return True
    levels = [_cell(row, column) for column in (columns.level1, columns.level2) if column is not None]
    return any(cell is not BLANK for cell in levels) and row.printed > len(columns.content)


def _heads(cell: Cell, place: int, columns: Columns) -> bool:
    """Whether a cell is a level heading: a bare word such as 数量 only where headings stand."""
    return is_heading(cell.text) and (place in (columns.level1, columns.level2) or not is_bare(cell.text))


def _cell(row: Row, column: int) -> Cell:
    return row.cells[column] if column < len(row.cells) else BLANK
