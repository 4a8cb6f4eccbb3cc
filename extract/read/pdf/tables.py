"""Tables of text: ruled grids with the text of each cell, and columns that only gaps part."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise

import msgspec

from extract.read.pdf.cuts import Extent, measure_row
from extract.read.pdf.grid import Grid, Place
from extract.read.pdf.runs import Line, Run, build_lines, join_lines, join_runs

# In heights of a character: how near to a border text begins that is aligned to it, and the gap that
# parts two columns.
NEAR = 0.6
COLUMN_GAP = 1.5
MIN_LINES = 3
# A row that no line closes: how near to its table it stands (in heights of a character), how many
# columns and lines it has, and how far its text may touch the edge of a column (in points).
ROW_DISTANCE = 1.5
MIN_COLUMNS = 3
MAX_LINES = 8
EDGE = 2.0


class TableRow(msgspec.Struct, frozen=True, gc=False):
    """A row's texts, one for each column; in the first and last row of a page also how its cells stand."""

    texts: list[str]
    extents: dict[int, Extent] = {}


class Table(msgspec.Struct, frozen=True, gc=False):
    """A table on one page: the edges of its columns and its rows."""

    xs: list[float]
    top: float
    bottom: float
    rows: list[TableRow]
    ruled: bool = True

    def moved(self, xs: list[float], places: list[int]) -> Table:
        """The same table on a finer grid, in which column ``n`` is column ``places[n]``."""
        rows = []
        for row in self.rows:
            texts = [""] * (len(xs) - 1)
            for place, text in zip(places, row.texts, strict=True):
                texts[place] = text
            rows.append(TableRow(texts, {places[column]: one for column, one in row.extents.items()}))
        return msgspec.structs.replace(self, xs=xs, rows=rows)


def fill_grids(grids: list[Grid], runs: Iterable[Run]) -> tuple[list[Table], list[Run]]:
    """Put runs into the cells that hold their middle; returns the tables and what stands outside of them."""
    cells: list[dict[Place, list[Run]]] = [defaultdict(list) for _ in grids]
    outside: list[Run] = []
    for run in runs:
        for grid, held in zip(grids, cells, strict=True):
            if grid.holds(run.centre, run.middle):
                held[_place(grid, run)].append(run)
                break
        else:
            outside.append(run)
    return [_table(grid, held) for grid, held in zip(grids, cells, strict=True)], outside


def _place(grid: Grid, run: Run) -> Place:
    """The cell of a run; where it runs over a border, the cell whose border it is aligned to."""
    row = grid.row(run.middle)
    near = NEAR * run.size
    first, last = (
        grid.first[row, grid.column(run.left + near)],
        grid.first[row, grid.column(run.right - near)],
    )
    if first == last or run.right - run.left < 2 * near:
        return grid.first[row, grid.column(run.centre)]
    if run.left - grid.xs[grid.column(run.left)] <= near:
        return grid.first[row, grid.column(run.left)]
    if grid.xs[grid.column(run.right) + 1] - run.right <= near:
        return grid.first[row, grid.column(run.right)]
    return grid.first[row, grid.column(run.centre)]


def _table(grid: Grid, cells: dict[Place, list[Run]]) -> Table:
    """The rows of a grid; a row in which no cell begins prints nothing and is none."""
    columns = range(len(grid.xs) - 1)
    begun = [
        row
        for row in range(len(grid.ys) - 1)
        if any(grid.first[row, column] == (row, column) for column in columns)
    ]
    padding = _padding(grid, cells)
    rows = [
        _row(
            [cells.get((row, column), []) for column in columns],
            _widths(grid, row) if row in (begun[0], begun[-1]) else None,
            padding,
        )
        for row in begun
    ]
    return Table(grid.xs, grid.ys[0], grid.ys[-1], rows)


def _padding(grid: Grid, cells: dict[Place, list[Run]]) -> float:
    """What the cells of a table leave free beside the widest text."""
    return max(
        0.0,
        min((run.left - grid.xs[column] for (_, column), runs in cells.items() for run in runs), default=0.0),
    )


def _widths(grid: Grid, row: int) -> list[float]:
    """For each column of a row the width of the cell that begins there."""
    first = [grid.first[row, column] for column in range(len(grid.xs) - 1)]
    return [
        grid.xs[len(first) - first[::-1].index(place)] - grid.xs[column] for column, place in enumerate(first)
    ]


def _row(cells: list[list[Run]], widths: list[float] | None, padding: float) -> TableRow:
    """A row of cells, measured if the widths of its cells are given."""
    lines = [build_lines(runs) for runs in cells]
    texts = [join_lines(line.text for line in cell) for cell in lines]
    return TableRow(texts, measure_row(lines, widths, padding) if widths else {})


def adopt_rows(tables: list[Table], lines: list[Line]) -> tuple[list[Table], list[Line]]:
    """Give a table the row above or below it that no line closes, as a page break may leave it.

    Its text stands in at least three of the table's columns, over none of their edges, and labels nothing.
    """
    adopted: set[int] = set()
    result = []
    for table in tables:
        below = _adopted(table, [line for line in lines if line.top >= table.bottom - line.size / 2])
        above = _adopted(
            table, [line for line in reversed(lines) if line.bottom <= table.top + line.size / 2]
        )
        adopted.update(id(line) for line in (*below, *above))
        result.append(_with_rows(table, above[::-1], below))
    return result, [line for line in lines if id(line) not in adopted]


def _adopted(table: Table, lines: list[Line]) -> list[Line]:
    """The lines nearest to a table that are a row of it."""
    found: list[Line] = []
    for line in lines:
        edge = found[-1] if found else table
        distance = max(line.top - edge.bottom, edge.top - line.bottom)
        columns = _columns_of(table, line)
        if distance > ROW_DISTANCE * line.size or not columns or ":" in line.text or "：" in line.text:
            break
        found.append(line)
    used = {column for line in found for column in _columns_of(table, line)}
    return found if len(used) >= MIN_COLUMNS and len(found) <= MAX_LINES else []


def _columns_of(table: Table, line: Line) -> set[int]:
    """The columns in which the runs of a line stand; none if one stands over an edge or outside."""
    columns = set()
    for run in line.runs:
        column = bisect_right(table.xs, run.left + EDGE) - 1
        if not 0 <= column < len(table.xs) - 1 or run.right > table.xs[column + 1] + EDGE:
            return set()
        columns.add(column)
    return columns


def _with_rows(table: Table, above: list[Line], below: list[Line]) -> Table:
    """A table with the lines above and below it as one row each."""
    if not above and not below:
        return table
    rows = [*_cut_row(table, above), *table.rows, *_cut_row(table, below)]
    return msgspec.structs.replace(
        table,
        rows=rows,
        top=min([table.top, *[line.top for line in above]]),
        bottom=max([table.bottom, *[line.bottom for line in below]]),
    )


def _cut_row(table: Table, lines: list[Line]) -> list[TableRow]:
    if not lines:
        return []
    cells: list[list[Run]] = [[] for _ in table.xs[1:]]
    for line in lines:
        for run in line.runs:
            cells[bisect_right(table.xs, run.left + EDGE) - 1].append(run)
    return [_row(cells, [right - left for left, right in pairwise(table.xs)], EDGE)]


def parts(line: Line) -> list[list[Run]]:
    """The runs of a line, parted where a wide gap stands between them."""
    found: list[list[Run]] = []
    for run in line.runs:
        if found and run.left - found[-1][-1].right <= COLUMN_GAP * min(run.size, found[-1][-1].size):
            found[-1].append(run)
        else:
            found.append([run])
    return found


def gap_tables(lines: list[Line]) -> list[Line | Table]:
    """Turn lines whose text stands in columns without ruling lines into tables.

    As with plain text, at least three lines in a row of which most have three columns or more.
    """
    result: list[Line | Table] = []
    run: list[Line] = []
    for line in lines:
        if len(parts(line)) > 1 and (not run or _close(run[-1], line)):
            run.append(line)
            continue
        result.extend(_gap_table(run))
        run = [line] if len(parts(line)) > 1 else []
        if not run:
            result.append(line)
    return [*result, *_gap_table(run)]


def _close(above: Line, below: Line) -> bool:
    return below.top - above.bottom <= 2 * max(above.size, below.size)


def _gap_table(lines: list[Line]) -> list[Line | Table]:
    wide = sum(1 for line in lines if len(parts(line)) > 2)
    if len(lines) < MIN_LINES or wide * 2 < len(lines):
        return list(lines)
    cells = [parts(line) for line in lines]
    columns = _columns([(part[0].left, part[-1].right) for row in cells for part in row])
    if len(columns) < 3:
        return list(lines)
    rows = []
    for row in cells:
        texts = [""] * len(columns)
        for part in row:
            place = next(index for index, (_, end) in enumerate(columns) if part[-1].right <= end)
            texts[place] = f"{texts[place]} {join_runs(part)}".strip()
        rows.append(TableRow(texts))
    edges = [
        columns[0][0],
        *[(end + start) / 2 for (_, end), (start, _) in pairwise(columns)],
        columns[-1][1],
    ]
    return [Table(edges, lines[0].top, lines[-1].bottom, rows, ruled=False)]


def _columns(extents: list[tuple[float, float]]) -> list[tuple[float, float]]:
    """The stretches that texts of any line cover."""
    columns: list[tuple[float, float]] = []
    for left, right in sorted(extents):
        if columns and left < columns[-1][1]:
            columns[-1] = (columns[-1][0], max(columns[-1][1], right))
        else:
            columns.append((left, right))
    return columns
