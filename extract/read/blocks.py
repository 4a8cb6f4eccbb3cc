"""Neutral blocks: what every reader gives and every layout understands."""

from __future__ import annotations

import msgspec


class Cell(msgspec.Struct, frozen=True):
    """A printed cell: text without layout white space and its span in the decoded text."""

    text: str
    start: int
    end: int


class Paragraph(msgspec.Struct, frozen=True):
    """A line of running text outside of tables; white space removed, span in the decoded text."""

    text: str
    start: int
    end: int


class Row(msgspec.Struct, frozen=True):
    """A row of cells in printed order, blank cells included.

    ``broken`` is true when white space (a page break) separates it from the row above.
    """

    cells: list[Cell]
    start: int
    end: int
    broken: bool = False


class Table(msgspec.Struct, frozen=True):
    """Rows that stand together; ``number`` counts the tables of the file from 1."""

    number: int
    rows: list[Row]


Block = Paragraph | Table


class Blocks(msgspec.Struct, frozen=True):
    """A document as its reader sees it: the decoded text and its blocks in printed order."""

    file: str
    text: str
    encoding: str
    blocks: list[Block]
