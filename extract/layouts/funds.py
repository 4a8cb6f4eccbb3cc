"""项目资金: the amounts of a sheet, beside their labels, below them, or in columns of spending."""

from __future__ import annotations

import re

from extract.layouts.fields import Fields
from extract.layouts.roles import inapplicable
from extract.read.blocks import BLANK, Cell
from extract.text import fold
from extract.values import read_amount

MONEY_ROLES = frozenset({"total", "term_total", "fiscal", "other", "other_source", "carry_over"})
SPENDING = ("initial", "annual", "executed")
NOTHING = frozenset("-—/–－")
FIGURE = re.compile(r"\d")

Label = tuple[str, Cell]
Placed = tuple[int, Cell]


class FundsReader:
    """Gathers the amounts of one sheet, row by row, and settles at the end which is which."""

    def __init__(self) -> None:
        self.unit: str | None = None
        self._found: dict[str, list[Cell]] = {}
        self._problems: list[str] = []
        self._spending: list[tuple[int, str]] = []
        self._waiting: list[tuple[int, str]] = []
        self._year_column: int | None = None

    def read_row(self, placed: list[Placed], labels: list[Label | None]) -> None:
        """Read the amounts of one row."""
        roles = [(index, found[0]) for (index, _), found in zip(placed, labels, strict=True) if found]
        spending = [(index, role) for index, role in roles if role in SPENDING]
        if len(spending) > 1:
            self._spending = spending
            return
        if not roles and self._waiting and all(_amount(cell) for _, cell in placed):
            self._read_below(placed)
            return
        self._waiting = []
        self._mark_term(roles)
        values = self._values(placed, labels)
        for index, role, cells in values:
            self._take(index, role, cells)
        money = [(index, role) for index, role in roles if role in MONEY_ROLES]
        if len(money) > 1 and not any(cells for _, _, cells in values):
            self._waiting = money

    def _mark_term(self, roles: list[tuple[int, str]]) -> None:
        """Where a row prints the whole term and the year side by side, the year stands to the right."""
        names = {role: index for index, role in reversed(roles)}
        if "term_total" in names and "total" in names:
            self._year_column = names["total"]

    def _values(
        self, placed: list[Placed], labels: list[Label | None]
    ) -> list[tuple[int, str, list[Placed]]]:
        """The money labels of a row with the cells between each and the next label."""
        values: list[tuple[int, str, list[Placed]]] = []
        for (index, cell), found in zip(placed, labels, strict=True):
            if found is not None:
                glued = [(index, found[1])] if found[1] is not BLANK else []
                values.append((index, found[0], glued))
            elif values:
                values[-1][2].append((index, cell))
        return [value for value in values if value[1] in MONEY_ROLES or value[1] in ("funds", "annual")]

    def _take(self, index: int, role: str, cells: list[Placed]) -> None:
        if self._year_column is not None and index < self._year_column and role != "term_total":
            return
        cell = self._chosen(cells)
        if cell is None or set(cell.text) <= NOTHING or fold(cell.text) in inapplicable():
            return
        if _amount(cell) is None:
            if role in ("total", "fiscal", "other") or (role == "funds" and FIGURE.search(cell.text)):
                self._problems.append(f"{role}: {cell.text} is no amount")
        else:
            self._found.setdefault("total" if role in ("funds", "annual") else role, []).append(cell)

    def _chosen(self, cells: list[Placed]) -> Cell | None:
        """The year's amount: the first cell, or the one under 全年预算数 in a table of spending."""
        if not self._spending or not cells:
            return cells[0][1] if cells else None
        roles = [role for _, role in self._spending]
        place = roles.index("annual") if "annual" in roles else 0
        column = self._spending[place][0]
        under = [cell for index, cell in cells if index == column]
        if not under and cells[0][0] > max(index for index, _ in self._spending):
            return None  # a score beside blank amounts
        return under[0] if under else cells[min(place, len(cells) - 1)][1]

    def _read_below(self, placed: list[Placed]) -> None:
        """Amounts in the row below their labels: column by column, or one for each in order."""
        by_column = dict(placed)
        if all(index in by_column or len(placed) < len(self._waiting) for index, _ in self._waiting):
            pairs = [(role, by_column[index]) for index, role in self._waiting if index in by_column]
        elif len(placed) == len(self._waiting):
            pairs = [(role, cell) for (_, role), (_, cell) in zip(self._waiting, placed, strict=True)]
        else:
            pairs = []
            self._problems.append("the amounts below the labels of the funds cannot be told apart")
        for role, cell in pairs:
            self._found.setdefault(role, []).append(cell)
        self._waiting = []

    def settle(self, fields: Fields, problems: list[str]) -> None:
        """Write total, fiscal and other; what is printed twice with different amounts is said."""
        problems.extend(self._problems)
        sources = self._found.get("other_source", [])
        if "other" not in self._found and len({_amount(cell) for cell in sources}) == 1:
            self._found["other"] = sources[:1]
        elif "other" not in self._found and sources:
            problems.append("other: several sources are printed: " + ", ".join(cell.text for cell in sources))
        if "total" not in self._found and "term_total" in self._found:
            self._found["total"] = self._found["term_total"]
        for role in ("total", "fiscal", "other"):
            cells = self._found.get(role, [])
            amounts = {amount[0] for cell in cells if (amount := _amount(cell))}
            if len(amounts) > 1:
                problems.append(f"{role}: printed with different amounts: {', '.join(c.text for c in cells)}")
            if cells:
                fields.setdefault(role, cells[0])
                amount = _amount(cells[0])
                self.unit = self.unit or (amount[1] if amount else None)


def _amount(cell: Cell) -> tuple[str, str | None] | None:
    return read_amount(cell.text)
