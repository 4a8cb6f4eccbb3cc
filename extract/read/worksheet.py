"""Worksheets as printed pages: titles and notes as running text, the rest as rows of one grid.

Rules that XLSX and XLS share: what is hidden is not printed, a merged area prints in its first
cell, columns without any print are no columns, and a blank row breaks a table.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise, takewhile
from typing import NamedTuple

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.glyphs import PRIVATE, SIGNS, UNKNOWN, sign
from extract.read.transcript import Transcript

MAX_COLUMNS = 64
MAX_ROWS = 20_000
MAX_CELLS = 500_000
MAX_CHARACTERS = 20_000_000
MAX_MERGED_COLUMNS = 64
MAX_MERGED_ROWS = 2_000
# Rows of merged areas, all areas of a sheet together.
MAX_MERGED = 200_000
SPLIT = "save the sheets that are meant to be read as a workbook of their own"
# Names that programs give to sheets by themselves.
UNNAMED = re.compile(r"(?:sheet|工作表|表)[\s_]*\d*(?:\s*[(（]\d+[)）])?$", re.IGNORECASE)
TITLE = re.compile(r"表(?:[(（][^()（）]*[)）])?$")


class Area(NamedTuple):
    """A merged area or a stretch of hidden columns, counted from 0, ends included."""

    top: int
    left: int
    bottom: int
    right: int


class Worksheet(NamedTuple):
    """A visible sheet: its texts by row and column from 0, merged areas, and what is hidden."""

    name: str
    cells: dict[int, dict[int, str]]
    merged: list[Area]
    hidden_rows: set[int]
    hidden_columns: set[int]


class Grid(NamedTuple):
    """What a sheet prints: texts by row and column, the printed rows and columns in order, areas by row."""

    cells: dict[int, dict[int, str]]
    rows: list[int]
    columns: list[int]
    areas: dict[int, list[Area]]


def in_font(text: str, font: str) -> str:
    """A text as its font prints it: fonts of signs print a tick for a letter.

    >>> in_font("R 是", "Wingdings 2"), in_font("£95", "Symbol"), in_font("R", "宋体")
    ('☑ 是', '≤95', 'R')
    """
    if not is_sign_font(font):
        return text
    return "".join(_sign(character, font) for character in text)


def is_sign_font(font: str) -> bool:
    """Whether a font prints signs in place of letters."""
    return font.strip().lower() in SIGNS


def _sign(character: str, font: str) -> str:
    number = ord(character)
    if character.isspace() or not (number < 0x100 or number in PRIVATE):
        return character
    found = sign(font, f"{number:X}")
    # The font Symbol prints digits and most punctuation as they are.
    return character if found == UNKNOWN and number < 0x80 and not character.isalpha() else found


class Bounds:
    """Counts what is read and refuses a workbook that is larger than any disclosure."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._cells = self._characters = 0

    def check(self, sheet: str, cells: dict[int, dict[int, str]], columns: set[int]) -> None:
        """Raise ``UnreadableDocument`` when the printed rows, columns, cells or characters are too many."""
        self._cells += sum(map(len, cells.values()))
        # One text may be shared by all cells: what is printed can be far more than what is stored.
        self._characters += sum(sum(map(len, texts.values())) for texts in cells.values())
        for count, most, what in (
            (len(cells), MAX_ROWS, "rows"),
            (len(columns), MAX_COLUMNS, "columns"),
            (self._cells, MAX_CELLS, "cells"),
            (self._characters, MAX_CHARACTERS, "characters"),
        ):
            if count > most:
                raise UnreadableDocument(
                    self._file, f"the sheet {sheet[:31]!r} prints more than {most:,} {what}", SPLIT
                )


def print_workbook(sheets: Iterable[Worksheet], file: str, encoding: str) -> Blocks:
    """The visible sheets of a workbook in their order, as neutral blocks.

    Raises ``UnreadableDocument`` for a workbook that prints nothing or far too much.
    """
    transcript, bounds = Transcript(), Bounds(file)
    for sheet in sheets:
        grid = _grid(sheet, bounds)
        if grid.rows:
            _print_sheet(sheet.name, grid, transcript)
    blocks = transcript.blocks(file, encoding)
    if not blocks.rows:
        raise UnreadableDocument(
            file, "the workbook prints no text", "check for hidden sheets and pictures of tables"
        )
    return blocks


def _grid(sheet: Worksheet, bounds: Bounds) -> Grid:
    cells = sheet.cells
    areas = _areas_by_row(sheet, sorted(cells))
    if areas:
        cells = _merge(cells, areas, sheet)
    hidden_rows, hidden_columns = sheet.hidden_rows, sheet.hidden_columns
    if hidden_rows or hidden_columns:
        cells = {
            row: {column: text for column, text in texts.items() if column not in hidden_columns}
            for row, texts in cells.items()
            if row not in hidden_rows
        }
    cells = {row: texts for row, texts in cells.items() if texts}
    columns = {column for texts in cells.values() for column in texts}
    bounds.check(sheet.name, cells, columns)
    return Grid(cells, sorted(cells), sorted(columns), areas)


def _areas_by_row(sheet: Worksheet, rows: list[int]) -> dict[int, list[Area]]:
    """The merged areas that touch each row from left to right, down to the last row that prints.

    Areas do not overlap; of those that do in spite of it, the first counts.
    """
    found: dict[int, list[Area]] = {}
    left = MAX_MERGED
    last = rows[-1] if rows else -1
    for area in sheet.merged:
        bottom = min(area.bottom, area.top + MAX_MERGED_ROWS - 1, last)
        left -= max(bottom - area.top + 1, 0)
        if left < 0:
            break
        clamped = Area(area.top, area.left, bottom, min(area.right, area.left + MAX_MERGED_COLUMNS - 1))
        for row in range(area.top, bottom + 1):
            beside = found.setdefault(row, [])
            place = bisect_right(beside, clamped.left, key=_left)
            if (place and beside[place - 1].right >= clamped.left) or (
                place < len(beside) and beside[place].left <= clamped.right
            ):
                continue
            beside.insert(place, clamped)
    return found


def _left(area: Area) -> int:
    return area.left


def _over(column: int, beside: list[Area]) -> Area | None:
    """The area that a column of a row belongs to, of those that touch the row."""
    place = bisect_right(beside, column, key=_left) - 1
    return beside[place] if place >= 0 and beside[place].right >= column else None


def _merge(
    cells: dict[int, dict[int, str]], areas: dict[int, list[Area]], sheet: Worksheet
) -> dict[int, dict[int, str]]:
    """The texts without those that merged areas cover; an area prints in its first visible cell."""
    merged: dict[int, dict[int, str]] = {}
    for row, texts in cells.items():
        beside = areas.get(row, [])
        for column, text in texts.items():
            area = _over(column, beside)
            if area is None:
                merged.setdefault(row, {})[column] = text
            elif (row, column) == (area.top, area.left):
                place = _first_visible(area, sheet)
                merged.setdefault(place[0], {})[place[1]] = text
    return merged


def _first_visible(area: Area, sheet: Worksheet) -> tuple[int, int]:
    rows = (row for row in range(area.top, area.bottom + 1) if row not in sheet.hidden_rows)
    columns = (column for column in range(area.left, area.right + 1) if column not in sheet.hidden_columns)
    return next(rows, area.top), next(columns, area.left)


def _print_sheet(name: str, grid: Grid, transcript: Transcript) -> None:
    blocks = list(_unbroken(grid))
    above = list(takewhile(lambda row: _is_line(row, grid, anywhere=True), blocks[0]))
    if _names_more(name, ["".join(grid.cells[row].values()) for row in above]):
        transcript.paragraph(name)
    transcript.start_table()
    for number, rows in enumerate(blocks):
        if number:
            above = list(takewhile(lambda row: _is_line(row, grid), rows))
        rest = rows[len(above) :]
        below = list(takewhile(lambda row: _spans_page(row, grid), reversed(rest)))[::-1]
        _print_lines(above, grid, transcript)
        for place, row in enumerate(rest[: len(rest) - len(below)]):
            texts = grid.cells[row]
            broken = place == 0 and not above
            transcript.row([texts.get(column, "") for column in grid.columns], broken=broken)
        _print_lines(below, grid, transcript, broken=False)


def _print_lines(rows: list[int], grid: Grid, transcript: Transcript, *, broken: bool = True) -> None:
    for place, row in enumerate(rows):
        transcript.paragraph("".join(grid.cells[row].values()), broken=broken and place == 0)


def _unbroken(grid: Grid) -> Iterator[list[int]]:
    """The printed rows without a blank row between them; a row within merged areas is not blank."""
    rows = [grid.rows[0]]
    for above, below in pairwise(grid.rows):
        if below - above > 1 and any(row not in grid.areas for row in range(above + 1, below)):
            yield rows
            rows = []
        rows.append(below)
    yield rows


def _is_line(row: int, grid: Grid, *, anywhere: bool = False) -> bool:
    """Whether a row above a table is a title or remark: one text, in the first column unless ``anywhere``."""
    texts = grid.cells[row]
    if len(texts) > 1:
        return False
    column = next(iter(texts))
    if not anywhere and column != grid.columns[0]:
        return False
    # The label of rows that follow it is no line of its own.
    area = _area_at(row, column, grid)
    return area is None or bisect_left(grid.rows, area.bottom + 1) - bisect_left(grid.rows, row) == 1


def _spans_page(row: int, grid: Grid) -> bool:
    """Whether the only text of a row stands over the whole width of the sheet."""
    texts = grid.cells[row]
    if len(texts) > 1:
        return False
    area = _area_at(row, next(iter(texts)), grid)
    first, last = grid.columns[0], grid.columns[-1]
    return first == last or (area is not None and area.left <= first and area.right >= last)


def _area_at(row: int, column: int, grid: Grid) -> Area | None:
    return _over(column, grid.areas.get(row, []))


def _names_more(name: str, above: list[str]) -> bool:
    """Whether the name of a sheet says what the lines above its table do not: it may be the only title."""
    if UNNAMED.match(name.strip()):
        return False
    return not any(name in line or TITLE.search("".join(line.split())) for line in above)
