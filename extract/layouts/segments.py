"""The rows of a stream of cells below one level heading, when blank cells left no trace.

A row has a name and a target; its other cells may be missing. What kind of text a column holds
tells most rows apart: a weight is a number, a name is none. Where more than one way of cutting
the cells into rows is possible, none is taken.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from extract.layouts.roles import natures
from extract.read.blocks import BLANK, Cell
from extract.text import fold
from extract.values import is_operator

REQUIRED = frozenset({"name", "target"})
# Columns that are filled in every row, if they are printed at all.
FIGURES = frozenset({"weight", "score", "operator"})
POINTS = re.compile(r"\d+(?:\.\d+)?(?:分|%)?$")
FIGURE = re.compile(r"[≥≤≧≦<>=]|[\d.,]+[%分]?$")

Roles = tuple[str, ...]


def rows_of(cells: list[Cell], roles: Roles) -> list[list[Cell]] | None:
    """The one way of cutting cells into rows of these columns; ``None`` if there are more or none."""
    texts = tuple(cell.text for cell in cells)
    for needed in (REQUIRED | FIGURES, REQUIRED):
        ways = _ways(texts, roles, needed)
        if ways is not None:
            return [[BLANK if place is None else cells[place] for place in row] for row in ways]
        if needed.isdisjoint(FIGURES & set(roles)):
            break
    return None


def whole_rows(cells: list[Cell], roles: Roles) -> list[list[Cell]] | None:
    """Rows that fill all columns; ``None`` if a cell cannot stand in its column."""
    rows = [cells[start : start + len(roles)] for start in range(0, len(cells), len(roles))]
    fit = all(fits(role, cell.text) for row in rows for role, cell in zip(roles, row, strict=False))
    return rows if fit and len(cells) % len(roles) == 0 else None


def _ways(texts: tuple[str, ...], roles: Roles, needed: frozenset[str]) -> list[list[int | None]] | None:
    """The only way to place the texts, each row a list of places; ``None`` if it is not the only one."""
    width = len(roles)

    @cache
    def count(place: int, column: int) -> int:
        """In how many ways the texts from a place on fill the columns from one on (2 stands for more)."""
        if column == width:
            return 1 if place == len(texts) else count(place, 0)
        ways = 0 if roles[column] in needed else count(place, column + 1)
        if place < len(texts) and ways < 2 and fits(roles[column], texts[place]):
            ways += count(place + 1, column + 1)
        return min(ways, 2)

    for start in range(len(texts), -1, -20):  # from the end, so that the recursion stays shallow
        for column in range(width, -1, -1):
            count(start, column)
    if count(0, 0) != 1:
        return None
    rows: list[list[int | None]] = []
    place = 0
    while place < len(texts):
        row: list[int | None] = []
        for column, role in enumerate(roles):
            skipped = role not in needed and count(place, column + 1) == 1
            row.append(None if skipped else place)
            place += not skipped
        rows.append(row)
    return rows


@lru_cache(maxsize=32768)
def fits(role: str, text: str) -> bool:
    """Whether a text can stand in a column.

    >>> fits("weight", "10"), fits("name", "≥95%"), fits("basis", "计划标准"), fits("operator", "10")
    (True, False, True, False)
    """
    if role in ("weight", "score"):
        return POINTS.match(fold(text)) is not None
    if role == "operator":
        return is_operator(text) or fold(text) in natures()
    if role in ("target", "previous", "actual"):
        return True
    return FIGURE.match(fold(text)) is None
