"""Tables as their ruling lines draw them: a grid of columns and rows, and which of its cells are one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator

import msgspec

from extract.read.pdf.ruling import TOGETHER, Ruling, Rulings

# A line that sticks out this far beyond the last one it meets opens a column or a row without an end.
OPEN_COLUMN = 10.0
OPEN_ROW = 6.0
# The share of a cell's side that must be ruled to part it from its neighbour.
RULED = 0.5
MAX_COLUMNS = 64
MAX_ROWS = 2_000

Place = tuple[int, int]


class Grid(msgspec.Struct, frozen=True, gc=False):
    """Edges of columns (``xs``) and rows (``ys``) in points; ``first`` names the first place of each cell."""

    xs: list[float]
    ys: list[float]
    first: dict[Place, Place]

    def holds(self, x: float, y: float) -> bool:
        """Whether a point lies inside of the table."""
        return self.xs[0] <= x <= self.xs[-1] and self.ys[0] <= y <= self.ys[-1]

    def column(self, x: float) -> int:
        """The column at a distance from the left, the nearest one outside of the table."""
        return min(max(bisect_right(self.xs, x) - 1, 0), len(self.xs) - 2)

    def row(self, y: float) -> int:
        """The row at a height, the nearest one outside of the table."""
        return min(max(bisect_right(self.ys, y) - 1, 0), len(self.ys) - 2)

    @property
    def area(self) -> float:
        """The area of the whole table."""
        return (self.xs[-1] - self.xs[0]) * (self.ys[-1] - self.ys[0])


def find_grids(rulings: Rulings) -> list[Grid]:
    """The tables that ruling lines draw, the smallest first; a frame around a single cell is none."""
    grids = [grid for group in _connected(rulings) if (grid := _grid(group)) is not None]
    return sorted(grids, key=lambda grid: grid.area)


def _connected(rulings: Rulings) -> Iterator[Rulings]:
    """Groups of lines that touch each other."""
    across, down = sorted(rulings.across), sorted(rulings.down)
    heights = [line.at for line in across]
    parent = list(range(len(across) + len(down)))
    for number, line in enumerate(down, start=len(across)):
        low = bisect_left(heights, line.start - TOGETHER)
        for index in range(low, bisect_right(heights, line.end + TOGETHER)):
            if across[index].start - TOGETHER <= line.at <= across[index].end + TOGETHER:
                parent[_root(parent, index)] = _root(parent, number)
    groups: dict[int, Rulings] = defaultdict(lambda: Rulings([], []))
    for index, line in enumerate(across):
        groups[_root(parent, index)].across.append(line)
    for index, line in enumerate(down, start=len(across)):
        groups[_root(parent, index)].down.append(line)
    return (group for group in groups.values() if group.across and group.down)


def _root(parent: list[int], index: int) -> int:
    while parent[index] != index:
        parent[index] = parent[parent[index]]
        index = parent[index]
    return index


def _grid(group: Rulings) -> Grid | None:
    xs = _edges(group.down, group.across, OPEN_COLUMN)
    ys = _edges(group.across, group.down, OPEN_ROW)
    columns, rows = len(xs) - 1, len(ys) - 1
    if not (0 < columns <= MAX_COLUMNS and 0 < rows <= MAX_ROWS) or columns * rows < 2:
        return None
    first = _cells(_ruled(group.down, xs, ys), _ruled(group.across, ys, xs), rows, columns)
    if len(set(first.values())) < 2:
        return None
    return Grid(xs, ys, first)


def _edges(lines: list[Ruling], crossing: list[Ruling], least: float) -> list[float]:
    """The edges that lines draw, and the loose ends of the lines across them."""
    edges: list[float] = []
    for at in sorted(line.at for line in lines):
        if not edges or at - edges[-1] > TOGETHER:
            edges.append(at)
    start, end = min(line.start for line in crossing), max(line.end for line in crossing)
    if edges[0] - start > least:
        edges.insert(0, start)
    if end - edges[-1] > least:
        edges.append(end)
    return edges


def _ruled(lines: Iterable[Ruling], at: list[float], along: list[float]) -> set[Place]:
    """Which edges are ruled: pairs of the edge's number in ``at`` and the place between two of ``along``."""
    lengths: dict[Place, float] = defaultdict(float)
    for line in lines:
        edge = min(max(bisect_right(at, line.at + 0.01) - 1, 0), len(at) - 1)
        place = max(bisect_right(along, line.start) - 1, 0)
        while place < len(along) - 1 and along[place] < line.end:
            length = min(line.end, along[place + 1]) - max(line.start, along[place])
            lengths[edge, place] += max(length, 0.0)
            place += 1
    return {
        (edge, place)
        for (edge, place), length in lengths.items()
        if length >= RULED * (along[place + 1] - along[place])
    }


def _cells(down: set[Place], across: set[Place], rows: int, columns: int) -> dict[Place, Place]:
    """The first place of the cell at each place: places without a line between them are one cell."""
    parent = list(range(rows * columns))
    for row in range(rows):
        for column in range(columns):
            number = row * columns + column
            if column and (column, row) not in down:
                parent[_root(parent, number)] = _root(parent, number - 1)
            if row and (row, column) not in across:
                parent[_root(parent, number)] = _root(parent, number - columns)
    members: dict[int, list[Place]] = defaultdict(list)
    for number in range(rows * columns):
        members[_root(parent, number)].append(divmod(number, columns))
    return {place: first for cell in members.values() for place, first in _boxed(cell)}


def _boxed(cell: list[Place]) -> Iterator[tuple[Place, Place]]:
    """The places of one cell; what is no box (a line is missing somewhere) is one cell in each row."""
    low, high = min(column for _, column in cell), max(column for _, column in cell)
    box = (high - low + 1) * (cell[-1][0] - cell[0][0] + 1) == len(cell)
    before: Place | None = None
    first = cell[0]
    for place in cell:
        if not box and (before is None or place != (before[0], before[1] + 1)):
            first = place
        yield place, first
        before = place
