"""The header row of the indicators: which column prints what."""

from __future__ import annotations

import msgspec

from extract.layouts.roles import role_of
from extract.read.blocks import BLANK, Cell, Row

LEVELS = ("level1", "level2")


class Columns(msgspec.Struct, frozen=True):
    """Roles by column, and the order in which the columns with content stand."""

    roles: list[str | None]
    level1: int | None
    level2: int | None
    name: int
    target: int
    content: list[str]

    @property
    def narrow(self) -> bool:
        """Whether a row prints only a name and a target."""
        return len(self.content) == 2


def read_columns(row: Row) -> Columns | None:
    """The columns of an indicator header, or ``None`` if the row is none.

    A header names at least the indicator and its target, and a level or a third column.
    """
    if role_of(row.first, "column") is None and role_of(row.first, "head") is None:
        return None
    roles = [role_of(cell.text, "column") if cell is not BLANK else None for cell in row.cells]
    if "target" not in roles or "name" not in roles:
        return None
    if not any(level in roles for level in LEVELS) and len([role for role in roles if role]) < 3:
        return None
    roles = [_settled(roles, index, cell) for index, cell in enumerate(row.cells)]
    content = [role for role in roles if role and role not in LEVELS and role != "block"]
    return Columns(
        roles=roles,
        level1=_position(roles, "level1"),
        level2=_position(roles, "level2"),
        name=roles.index("name"),
        target=roles.index("target"),
        content=content,
    )


def _settled(roles: list[str | None], index: int, cell: Cell) -> str | None:
    """The role of a column; a column of unknown name, and a second one of names, print remarks.

    Beside 三级指标 a column 指标内容 explains the indicator. Of two columns of targets the second is
    none: what stands in it is doubtful.
    """
    role = roles[index]
    if role is None:
        return None if cell is BLANK else "remark"
    if role == "remark" or role not in roles[:index]:
        return role
    return "remark" if role == "name" else None


def _position(roles: list[str | None], role: str) -> int | None:
    return roles.index(role) if role in roles else None
