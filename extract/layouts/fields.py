"""Values on their way into a record: text pieces that remember where they are printed."""

from __future__ import annotations

from collections.abc import Mapping

from extract.read.blocks import Cell, Row
from extract.records import Source, Span

NO_AMOUNTS: Mapping[str, str | None] = {}


class Fields:
    """Field name → printed pieces, in printed order; a field broken by a page has several."""

    __slots__ = ("pieces",)

    def __init__(self) -> None:
        self.pieces: dict[str, list[Cell]] = {}

    def add(self, field: str, cell: Cell) -> None:
        """Append a piece to a field."""
        self.pieces.setdefault(field, []).append(cell)

    def setdefault(self, field: str, cell: Cell) -> None:
        """Set a field unless it is already there: a form's first print of a value counts."""
        self.pieces.setdefault(field, [cell])

    def extend(self, other: Fields) -> None:
        """Append all pieces of another row that continues this one."""
        for field, cells in other.pieces.items():
            self.pieces.setdefault(field, []).extend(cells)

    def text(self, field: str) -> str | None:
        """The whole text of a field, or ``None`` where nothing is printed."""
        cells = self.pieces.get(field)
        if not cells:
            return None
        return cells[0].text if len(cells) == 1 else "".join(cell.text for cell in cells)

    def texts(self) -> dict[str, str]:
        """All fields that are printed, with their whole text."""
        return {
            field: cells[0].text if len(cells) == 1 else "".join(cell.text for cell in cells)
            for field, cells in self.pieces.items()
        }

    def spans(self) -> dict[str, list[Span]]:
        """For each field where its pieces are printed."""
        spans: dict[str, list[Span]] = {}
        for field, cells in self.pieces.items():
            if len(cells) == 1:
                cell = cells[0]
                spans[field] = [(cell.start, cell.end)]
            else:
                spans[field] = [(cell.start, cell.end) for cell in cells]
        return spans

    def printed(self, values: Mapping[str, str | None]) -> dict[str, str]:
        """The print of those fields whose recorded value differs from it."""
        texts = self.texts()
        return {
            field: texts[field]
            for field, value in values.items()
            if value is not None and texts[field] != value
        }


def offsets(cells: list[Cell], text: str) -> list[int]:
    """Where in ``text`` each character of a field's whole text stands."""
    return [index for cell in cells for index in range(cell.start, cell.end) if not text[index].isspace()]


def row_source(row: Row, fields: Fields, file: str, amounts: Mapping[str, str | None] = NO_AMOUNTS) -> Source:
    """The place of a record that one row prints; ``amounts`` are values that may differ from their print."""
    return Source(
        file=file,
        start=row.start,
        end=row.end,
        table=row.table,
        row=row.number,
        page=row.page,
        cells=fields.spans(),
        printed=fields.printed(amounts) if amounts else {},
    )
