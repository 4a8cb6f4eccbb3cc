"""The lines of a sheet that lost its rows: where they begin and end around a header, and their words."""

from __future__ import annotations

from extract.layouts.head import is_title
from extract.layouts.narrative import HEADING
from extract.layouts.roles import role_of
from extract.layouts.row import is_heading
from extract.read.blocks import BLANK, Cell, Row
from extract.read.marks import OPENING
from extract.text import strip_space

HEAD_ROWS = 40
LONGEST_HEADER = 12


def sheet_bounds(rows: list[Row], index: int, floor: int, text: str) -> tuple[int, int]:
    """Where the lines of the sheet around a header begin and end."""
    start = index
    for above in range(index - 1, max(index - HEAD_ROWS, index - floor) - 1, -1):
        if len(rows[above].cells) > 1 or HEADING.match(rows[above].text):
            break
        if is_title(rows[above]) or role_of((words(rows[above], text) or [BLANK])[0].text, "head"):
            start = above
        if is_title(rows[above]):
            break
    header = [row.cells[0] for row in rows[index : index + LONGEST_HEADER]]
    stop = index + max(1, len(header_roles(header, 0)))
    while stop < len(rows) and len(rows[stop].cells) == 1 and not is_title(rows[stop]):
        if HEADING.match(rows[stop].text) or _opens_other(rows[stop].text):
            break
        stop += 1
    return start, stop


def _opens_other(text: str) -> bool:
    """Whether a line stands above another table or below this one, and is no cell of it."""
    label, colon, _ = text.replace(":", "：").partition("：")
    return OPENING.match(text) is not None or bool(colon and role_of(label, "trailer"))


def without_rest(rows: list[Row], header: int, stop: int) -> int:
    """The end of a sheet without the lines below its last heading that a blank line sets apart.

    Only where the cells themselves follow each other without blank lines.
    """
    last = max((place for place in range(header, stop) if is_heading(rows[place].text)), default=header)
    if last == header or any(row.broken for row in rows[header + 1 : last + 1]):
        return stop
    return next((place for place in range(last + 1, stop) if rows[place].broken), stop)


def header_roles(cells: list[Cell], start: int) -> list[str]:
    """The roles of the header cells from a place on, each once."""
    roles: list[str] = []
    for cell in cells[start:]:
        role = role_of(cell.text, "column")
        if role is None or role in roles:
            break
        roles.append(role)
    return roles


def words(row: Row, text: str) -> list[Cell]:
    """The words of a line of running text, each a cell."""
    cells: list[Cell] = []
    position = row.start
    for word in text[row.start : row.end].split():
        start = text.index(word, position)
        position = start + len(word)
        cells.append(Cell(strip_space(word), start, position))
    return cells
