"""Project lists that lost their rows: cells one after the other, each row as long as the header."""

from __future__ import annotations

from extract.layouts.roles import role_of
from extract.read.blocks import Cell, Row, make_row
from extract.values import read_amount

MIN_HEADER = 3
STREAM = -3


def list_end(rows: list[Row], index: int) -> int:
    """The end of a list of single cells that begins at a header; 0 if none begins here.

    Every row must be whole: a number in front, an amount in the column of amounts.
    """
    roles = _header(rows, index)
    if not roles:
        return 0
    width = len(roles)
    stop = index + width
    while _is_row([row.cells[0] for row in rows[stop : stop + width] if len(row.cells) == 1], roles):
        stop += width
    return stop if stop > index + width else 0


def list_rows(rows: list[Row]) -> list[Row]:
    """The rows of a list whose cells are given: its header and as many whole rows as there are."""
    width = len(_header(rows, 0))
    groups = [rows[start : start + width] for start in range(0, len(rows), width)]
    return [make_row([row.cells[0] for row in group], table=STREAM) for group in groups]


def _header(rows: list[Row], index: int) -> list[str]:
    """The roles of the header cells from a place on; none if they do not make a list."""
    roles: list[str] = []
    for row in rows[index : index + 8]:
        role = role_of(row.cells[0].text, "list") if len(row.cells) == 1 else None
        if role is None or role in roles:
            break
        roles.append(role)
    return roles if len(roles) >= MIN_HEADER and {"seq", "project", "amount"} <= set(roles) else []


def _is_row(cells: list[Cell], roles: list[str]) -> bool:
    if len(cells) != len(roles):
        return False
    by_role = dict(zip(roles, cells, strict=True))
    return by_role["seq"].text.isdigit() and read_amount(by_role["amount"].text) is not None
