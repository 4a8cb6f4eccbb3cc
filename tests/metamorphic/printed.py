"""A text as lines and rows of cells that can be changed and printed again.

This knows nothing of the readers under test: a row is a line with tabs, or neighbouring lines
that each begin with their only tab; everything else is a line of running text.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

from extract.records import GoalSheet, Source

Item = TypeVar("Item")
Edit = tuple[int, int, str]
# The part of all places of a document that a transformation changes, and the seed that picks them.
SHARES = ((1.0, 0), (0.3, 1), (0.1, 2), (0.0, 3), (0.0, 4))


@dataclass(frozen=True, slots=True)
class Row:
    """Cells of a row in one of two geometries, or one line of running text (``prose``)."""

    cells: tuple[str, ...]
    geometry: Literal["tabs", "lines", "prose"]
    start: int = -1
    end: int = -1

    @property
    def blank(self) -> bool:
        """Whether this is a blank line."""
        return self.geometry == "prose" and not self.cells[0].strip()

    @property
    def texts(self) -> tuple[str, ...]:
        """The cells without white space."""
        return tuple("".join(cell.split()) for cell in self.cells)

    def with_cells(self, cells: Iterable[str]) -> Row:
        """The same row with other cells."""
        return replace(self, cells=tuple(cells))

    def printed(self) -> str:
        """The row as text, without its line end."""
        if self.geometry == "lines":
            return "\n".join("\t" + cell for cell in self.cells)
        return "\t".join(self.cells)

    def spans(self) -> Iterator[tuple[int, int]]:
        """Where each cell stands in the text that the row was parsed from."""
        position = self.start
        for cell in self.cells:
            position += self.geometry == "lines"
            yield position, position + len(cell)
            position += len(cell) + 1


def line(text: str) -> Row:
    """A line of running text."""
    return Row((text,), "prose")


BLANK_LINE = line("")


def parse(text: str) -> list[Row]:
    """Split a text into rows; ``render`` gives the text back."""
    rows: list[Row] = []
    start = 0
    for printed in text.split("\n"):
        end = start + len(printed)
        last = rows[-1] if rows else None
        if printed.startswith("\t") and printed.count("\t") == 1:
            if last is not None and last.geometry == "lines":
                rows[-1] = Row((*last.cells, printed[1:]), "lines", last.start, end)
            else:
                rows.append(Row((printed[1:],), "lines", start, end))
        elif "\t" in printed:
            rows.append(Row(tuple(printed.split("\t")), "tabs", start, end))
        elif printed.strip() and last is not None and last.geometry == "lines":
            rows[-1] = Row((*last.cells[:-1], f"{last.cells[-1]}\n{printed}"), "lines", last.start, end)
        else:
            rows.append(Row((printed,), "prose", start, end))
        start = end + 1
    return rows


def render(rows: Iterable[Row]) -> str:
    """Print rows again."""
    return "\n".join(row.printed() for row in rows)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """A text with spans replaced; the spans may not overlap."""
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


def chosen(items: Sequence[Item], share: float, seed: int) -> list[Item]:
    """A seeded sample in printed order, at least one of them; all of them for a share of 1."""
    if share >= 1 or not items:
        return list(items)
    count = max(1, round(len(items) * share))
    picked = sorted(random.Random(seed).sample(range(len(items)), count))
    return [items[index] for index in picked]


def rows_of(rows: Sequence[Row], source: Source) -> list[int]:
    """The indices of the rows that print a record's fields, or all its lines if it names none."""
    spans = [span for cells in source.cells.values() for span in cells] or [(source.start, source.end)]
    return [
        index
        for index, row in enumerate(rows)
        if any(row.start < end and start < row.end for start, end in spans)
    ]


def lines_of(rows: Sequence[Row], sheet: GoalSheet) -> range:
    """The indices from the first to the last line of a sheet."""
    inside = [
        index
        for index, row in enumerate(rows)
        if row.start < sheet.source.end and sheet.source.start < row.end
    ]
    return range(inside[0], inside[-1] + 1)


def header_of(rows: Sequence[Row], sheet: GoalSheet) -> int:
    """The index of the row that heads the columns of a sheet's indicators."""
    return next(index for index in lines_of(rows, sheet) if "三级指标" in rows[index].texts)


def column_roles(header: Row) -> list[str]:
    """What each column of a header prints; the forms at hand spell their headers alike."""
    names = {"一级指标": "level1", "二级指标": "level2", "三级指标": "name", "": ""}
    return [
        names.get(text, "target" if text.startswith("指标值") and "依据" not in text else text)
        for text in header.texts
    ]


def body_rows(rows: Sequence[Row], sheet: GoalSheet) -> list[int]:
    """The indices of the rows with cells below a sheet's header."""
    below = lines_of(rows, sheet)
    return [index for index in below if index > header_of(rows, sheet) and rows[index].geometry != "prose"]
