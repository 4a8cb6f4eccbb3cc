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
    above it.
    """

    cells: list[Cell]
    start: int
    end: int
    table: int = 0
    number: int = 0
    broken: bool = False

    @property
    def text(self) -> str:
        """The row's whole text."""
        return "".join(cell.text for cell in self.cells)


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
            numbered.append(Row(row.cells, row.start, row.end, table, number, row.broken))
        previous = row.table
    return numbered
