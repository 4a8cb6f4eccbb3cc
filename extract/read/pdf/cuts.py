"""Rows that a page cuts: what stands at the top of a page may be the rest of the row above.

Lines do not tell: programs close a row that they cut, and leave out the line between whole rows.
The cells tell. A page cuts all of them at one height; those that go on were full there, go on in a
cell of the same width, and others were already complete. Figures are never joined.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable

import msgspec

from extract.read.pdf.runs import Line, join_lines

# How much two prints of one edge may lie apart, in points.
SAME_EDGE = 4.0
# The characters at the end that the labels of a column share.
ALIKE = 2
BRACKETS = frozenset("（(《“〔【）)》”〕】")
SENTENCE_END = re.compile(r"[。；;：:！？!?…]$")
# What stands on one line: a word or figure, a character with the brackets and signs around it.
UNIT = re.compile(r"[（(《“〔【]*(?:[0-9A-Za-z.,%]+|.)[）)》”〕】。，、；：！？]*")
# In heights of a character: how exact a line is measured, how far two lines at one height may lie apart.
SPARE = 0.3
LEVEL = 0.6
# So many cells, or cells of so many lines, are not full by chance.
SURE_CELLS, SURE_LINES = 3, 2


class Extent(msgspec.Struct, frozen=True, gc=False):
    """A printed cell at the end of a page: its width in points, its lines, and the room on the last one.

    ``room`` counts in heights of a character; it has no end if the text ends above the row's lowest line.
    """

    width: float
    lines: int
    room: float


def measure_row(cells: list[list[Line]], widths: list[float], padding: float) -> dict[int, Extent]:
    """The extents of a row's printed cells; ``padding`` is what a cell leaves free at each side."""
    lowest = max((cell[-1].middle for cell in cells if cell), default=0.0)
    return {
        column: Extent(width, len(cell), _room(cell, width - 2 * padding, lowest))
        for column, (cell, width) in enumerate(zip(cells, widths, strict=True))
        if cell
    }


def _room(cell: list[Line], width: float, lowest: float) -> float:
    """The room on the last line; the widest line tells best how wide a line can be, if it is full."""
    last = cell[-1]
    if lowest - last.middle > LEVEL * last.size:
        return math.inf
    widest = max(line.right - line.left for line in cell)
    if len(cell) == 1 or width - widest > last.size:
        widest = width
    return (widest - (last.right - last.left)) / last.size


def is_rest(
    rows: list[list[str]], above: dict[int, Extent], texts: list[str], below: dict[int, Extent]
) -> bool:
    """Whether a row is the rest of the last of some rows."""
    pairs = [(column, rows[-1][column], text) for column, text in enumerate(texts) if text]
    if not pairs or not all(_may_go_on(above, below, *pair) for pair in pairs):
        return False
    printed = [column for column, text in enumerate(rows[-1]) if text]
    proven = any(join_lines([first, rest]) in _column(rows, column) for column, first, rest in pairs)
    if len(pairs) > 1:
        sure = proven or _is_sure([column for column, _, _ in pairs], printed, above)
        return len(printed) > len(pairs) and sure
    column, first, rest = pairs[0]
    if (len(printed) == 1 and rest[0] in BRACKETS) or SENTENCE_END.search(first):
        return False
    return proven or not _is_label(_column(rows, column), rest)


def _is_sure(columns: list[int], printed: list[int], above: dict[int, Extent]) -> bool:
    """Whether several cells cannot be full by chance: as many, as high, or in the middle of their row.

    A label and the value beside it, or a name and its target, may well be full in two rows that are whole.
    """
    if len(columns) >= SURE_CELLS or min(above[column].lines for column in columns) >= SURE_LINES:
        return True
    return columns[0] != printed[0] and columns[-1] != printed[-1]


def _may_go_on(
    above: dict[int, Extent], below: dict[int, Extent], column: int, first: str, rest: str
) -> bool:
    """Whether the text of a cell may be the rest of the one above it."""
    if column not in above or column not in below or (first[-1].isdigit() and rest[0].isdigit()):
        return False
    same_width = abs(above[column].width - below[column].width) <= SAME_EDGE
    return same_width and above[column].room <= _unit(rest)


def _column(rows: list[list[str]], column: int) -> list[str]:
    return [row[column] for row in rows]


def _unit(text: str) -> float:
    """How wide the beginning of a text is that may not be broken, in heights of a character."""
    unit = UNIT.match(text)
    width = sum(0.6 if one.isascii() else 1.0 for one in unit.group()) if unit else 1.0
    return width + SPARE


def _is_label(column: Iterable[str], text: str) -> bool:
    """Whether a text alone in its row is whole: it ends like another one of its column, as labels do."""
    if len(text) < ALIKE or text[0] in BRACKETS:
        return False
    return any(one.endswith(text[-ALIKE:]) for one in column)
