"""Neutral blocks: what every reader gives and every layout understands."""

from __future__ import annotations

import msgspec


class Cell(msgspec.Struct, frozen=True, gc=False):
    """A printed cell: text without layout white space and its span in the decoded text."""

    text: str
    start: int
    end: int


BLANK = Cell("", 0, 0)
# How a reader marks rows of tables before they are numbered.
ROW, CELLS = -1, -2


class Row(msgspec.Struct, frozen=True, gc=False):
    """Cells that stand side by side in printed order, blank cells included.

    ``table`` and ``number`` count tables of the file and rows of the table from 1; a line of
    running text is a row of one cell with ``table`` 0. Until tables are numbered, ``table`` is
    ``ROW`` for a row printed on a line, ``CELLS`` for one gathered from single cells. ``broken``
    is true when white space (a page break, a paragraph mark) separates the row from what stands
    above it. ``first`` is the text of the first printed cell, ``printed`` the number of such cells.
    """

    cells: list[Cell]
    start: int
    end: int
    table: int
    number: int
    broken: bool
    first: str
    printed: int
    page: int | None = None

    @property
    def text(self) -> str:
        """The row's whole text."""
        return "".join([cell.text for cell in self.cells])

    @property
    def alone(self) -> str | None:
        """The text of the only printed cell, or ``None`` if the row prints none or several."""
        return self.first if self.printed == 1 else None


def make_row(
    cells: list[Cell], *, table: int, number: int = 0, broken: bool = False, page: int | None = None
) -> Row:
    """A row of some cells; its place is that of its printed cells."""
    start = end = printed = 0
    first = ""
    for cell in cells:
        if cell is not BLANK:
            if not printed:
                start, first = cell.start, cell.text
            end = cell.end
            printed += 1
    return Row(cells, start, end, table, number, broken, first, printed, page)


class Blocks(msgspec.Struct, frozen=True, gc=False):
    """A document as its reader sees it: the decoded text and its rows in printed order."""

    file: str
    text: str
    encoding: str
    rows: list[Row]


def number_tables(rows: list[Row]) -> list[Row]:
    """Number tables and their rows from 1 in printed order; running text keeps table 0.

    Neighbouring rows with the same ``table`` belong together, whatever number it was.
    """
    numbered: list[Row] = []
    table = number = previous = 0
    for row in rows:
        if row.table == 0:
            numbered.append(row)
        else:
            table, number = (table, number + 1) if row.table == previous else (table + 1, 1)
            numbered.append(msgspec.structs.replace(row, table=table, number=number))
        previous = row.table
    return numbered
