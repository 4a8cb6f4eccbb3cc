"""The upper part of a goal sheet: unit, project, person, funds, objective."""

from __future__ import annotations

import re

from extract.layouts.fields import Fields
from extract.layouts.roles import role_of, sheet_titles, unit_in_label
from extract.read.blocks import BLANK, Cell, Row
from extract.text import fold, strip_space
from extract.values import read_amount

YEAR_ROW = re.compile(r"[(]?(20\d\d)年?度?[)]?$")
YEAR_IN_TITLE = re.compile(r"(20\d\d)年")
MONEY_ROLES = frozenset({"total", "fiscal", "other", "carry_over"})
LONGEST_TITLE = 60
OPENING = frozenset({"unit", "project", "supervisor"})
COLON = re.compile(r"[:：]")
GLUED = re.compile(r"(\S{2,24}?)(?:[:：]\s*|\s+)(\S.*)$", re.S)


class Head:
    """What the upper part of one sheet prints."""

    __slots__ = ("amount_unit", "fields", "problems", "year")

    def __init__(self) -> None:
        self.fields = Fields()
        self.year: int | None = None
        self.amount_unit: str | None = None
        self.problems: list[str] = []


def read_head(rows: list[Row], text: str) -> Head:
    """Read labels and the values beside them from the rows above the indicator header."""
    head = Head()
    in_objective = False
    for row in rows:
        cells = [cell for cell in row.cells if cell is not BLANK]
        if not cells:
            continue
        if head.year is None and len(cells) == 1 and (year := printed_year(cells[0].text)):
            head.year = year
            continue
        first = _label(cells[0], text)
        if first is not None:
            in_objective = first[0] == "objective"
        if in_objective:
            _read_objective(head, cells, text)
        else:
            _read_pairs(head, cells, text)
    return head


def printed_year(line: str) -> int | None:
    """The year of a line that prints nothing else.

    >>> printed_year("（2023年度）"), printed_year("2019年度)"), printed_year("2021年预算")
    (2023, 2019, None)
    """
    if len(line) > 12:
        return None
    match = YEAR_ROW.match(fold(line))
    return int(match.group(1)) if match else None


def is_title(row: Row) -> bool:
    """Whether a row holds nothing but the title of a goal sheet.

    >>> from extract.read.blocks import Cell
    >>> is_title(Row([Cell("2021年项目支出绩效目标表", 0, 13)], 0, 13))
    True
    """
    filled = [cell.text for cell in row.cells if cell is not BLANK]
    if len(filled) != 1 or len(filled[0]) > LONGEST_TITLE:
        return False
    key = fold(filled[0])
    return key.endswith(sheet_titles()) or ("绩效" in key and key.partition("(")[0].endswith(sheet_titles()))


def opens_head(cell: Cell) -> bool:
    """Whether a cell is the label of a unit or a project, alone or with its value behind a colon."""
    text = cell.text
    return role_of(text, "head") in OPENING or role_of(COLON.split(text, maxsplit=1)[0], "head") in OPENING


def _label(cell: Cell, text: str) -> tuple[str, Cell] | None:
    """The role of a label cell, and what is glued to it in the same cell (``BLANK`` if nothing)."""
    if role := role_of(cell.text, "head"):
        return role, BLANK
    printed = text[cell.start : cell.end]
    match = GLUED.match(printed)
    if match is None:
        return None
    role = role_of(match.group(1), "head")
    if role is None or (role in MONEY_ROLES | {"funds"} and read_amount(match.group(2)) is None):
        return None
    start = cell.start + match.start(2)
    return role, Cell(strip_space(match.group(2)), start, cell.end)


def _read_pairs(head: Head, cells: list[Cell], text: str) -> None:
    role: str | None = None
    for cell in cells:
        if found := _label(cell, text):
            role, glued = found
            head.amount_unit = head.amount_unit or unit_in_label(cell.text)
            if glued is BLANK:
                continue
            cell = glued
        if role is not None and role != "funds":
            _set(head, role, cell)
        role = None


def _set(head: Head, role: str, cell: Cell) -> None:
    if role not in MONEY_ROLES:
        head.fields.setdefault(role, cell)
        return
    amount = read_amount(cell.text)
    if amount is None:
        head.problems.append(f"{role}: {cell.text} is no amount")
        return
    head.amount_unit = head.amount_unit or amount[1]
    head.fields.setdefault(role, cell)


def _read_objective(head: Head, cells: list[Cell], text: str) -> None:
    for cell in cells:
        found = _label(cell, text)
        if found is None:
            head.fields.add("objective", cell)
        elif found[0] != "objective":
            _read_pairs(head, cells, text)
            return
        elif found[1] is not BLANK:
            head.fields.add("objective", found[1])
