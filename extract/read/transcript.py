"""A transcript of a document that is no text: what is printed, in printed order, as text and rows.

Readers of DOCX, PDF, HTML and Excel write paragraphs and table rows into it. The text that comes
about (cells parted by tabs, lines by line feeds) is what the offsets of all places count in.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from extract.read.blocks import BLANK, Blocks, Cell, Row, make_row

BREAKS = re.compile(r"[\t\n\r\v\f\u2028\u2029]")
TWO_FIGURES = re.compile(r"[0-9０-９][ \t]*[\n\r\v\f\u2028\u2029]\s*[0-9０-９]")


class Transcript:
    """Collects paragraphs and rows; ``blocks`` gives them with their places."""

    def __init__(self) -> None:
        self._pieces: list[str] = []
        self._length = 0
        self._rows: list[Row] = []
        self._table = 0
        self._inside = False

    def paragraph(self, printed: str, *, page: int | None = None, broken: bool = True) -> None:
        """Add a paragraph of running text; a blank one adds nothing but ends a table."""
        self._inside = False
        # Wide gaps stay: they part the labels that share a line.
        cell = self._printed(BREAKS.sub(" ", printed.strip()))
        self._end_line()
        if cell is not BLANK:
            self._rows.append(make_row([cell], table=0, broken=broken, page=page))

    def start_table(self) -> None:
        """Begin a new table, although the last one may stand directly above."""
        self._table += 1
        self._inside = True

    def row(self, printed: Iterable[str], *, page: int | None = None, broken: bool = False) -> None:
        """Add a table row, one text per grid column; a merged cell prints in its first column and row."""
        if not self._inside:
            self.start_table()
        cells: list[Cell] = []
        for column, text in enumerate(printed):
            if column:
                self._write("\t")
            cells.append(self._cell(text))
        self._end_line()
        self._rows.append(make_row(cells, table=self._table, broken=broken, page=page))

    def blocks(self, file: str, encoding: str) -> Blocks:
        """What was written, as neutral blocks; ``encoding`` names the format (docx, pdf …)."""
        return Blocks(file=file, text="".join(self._pieces), encoding=encoding, rows=self._rows)

    def _cell(self, printed: str) -> Cell:
        # A tab or line feed inside a cell must not look like the border of one.
        return self._printed(" ".join(printed.split()), apart=TWO_FIGURES.search(printed) is not None)

    def _printed(self, text: str, *, apart: bool = False) -> Cell:
        """Write a text; its cell is without white space, unless two figures stand in lines of their own."""
        if not text:
            return BLANK
        start = self._length
        self._write(text)
        return Cell(text if apart else "".join(text.split()), start, self._length)

    def _end_line(self) -> None:
        self._write("\n")

    def _write(self, text: str) -> None:
        self._pieces.append(text)
        self._length += len(text)
