"""Tables as grids: cells with spans laid out in columns, all of a document within bounds."""

from __future__ import annotations

import re
from collections.abc import Sequence

from extract.errors import UnreadableDocument
from extract.read.transcript import Transcript

MAX_CELLS = 500_000
MAX_COLUMNS_MERGED = 64
MAX_ROWS_MERGED = 2_000
MAX_NESTING = 40
DIGITS = re.compile(r"\s*(\d{1,9})", re.ASCII)
SPLIT = "split the document into its parts"

# The cells of a row, blank and merged-away ones included: the grid column where each begins, and its text.
GridRow = Sequence[tuple[int, str]]


class GridWriter:
    """Writes paragraphs and tables into a transcript and counts paragraphs and cells."""

    def __init__(self, transcript: Transcript, file: str) -> None:
        self._transcript = transcript
        self._file = file
        self._cells = 0

    def paragraph(self, printed: str, *, broken: bool = True) -> None:
        """Write a line of running text."""
        self.check(1)
        self._cells += 1
        self._transcript.paragraph(printed, broken=broken)

    def table(self, rows: Sequence[GridRow]) -> None:
        """Write a table; columns in which no cell of any row begins are borders only and left out."""
        begins = sorted({column for row in rows for column, _ in row})
        place = {column: index for index, column in enumerate(begins)}
        self.check(len(rows) * len(begins))
        self._cells += len(rows) * len(begins)
        self._transcript.start_table()
        for number, row in enumerate(rows):
            texts = [""] * len(begins)
            for column, text in row:
                texts[place[column]] = text
            self._transcript.row(texts, broken=not number)

    def check(self, cells: int) -> None:
        """Raise ``UnreadableDocument`` if so many more cells or lines would be too many."""
        if self._cells + cells > MAX_CELLS:
            raise UnreadableDocument(self._file, f"it has more than {MAX_CELLS:,} cells and lines", SPLIT)


def span(printed: str | None, most: int) -> int:
    """A span as files state it, within bounds; what is no number counts as 1.

    >>> [span(printed, 64) for printed in ("3", None, "20000000", "-2", "two", "2px")]
    [3, 1, 64, 1, 1, 2]
    """
    digits = DIGITS.match(printed) if printed else None
    return max(1, min(int(digits[1]), most)) if digits else 1
