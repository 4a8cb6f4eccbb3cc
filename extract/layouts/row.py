"""A row under an indicator header while it is read: the levels it labels, the cells of its indicator."""

from __future__ import annotations

from functools import lru_cache

from extract.layouts.fields import Fields
from extract.layouts.roles import inapplicable, is_level1, level2_of
from extract.read.blocks import Row
from extract.text import fold
from extract.values import read_target


class BodyRow:
    """One printed row: the levels it labels and the cells of its indicator."""

    __slots__ = (
        "continues",
        "fields",
        "level1",
        "level2",
        "next_labels",
        "notes",
        "problems",
        "row",
        "shift",
    )

    def __init__(self, row: Row) -> None:
        self.row = row
        self.level1: str | None = None
        self.level2: str | None = None
        self.next_labels: tuple[str, str] | None = None
        self.fields = Fields()
        self.shift = 0
        self.continues = False
        self.notes: list[str] = []
        self.problems: list[str] = []

    @property
    def labelled(self) -> bool:
        """Whether the row prints a level heading."""
        return self.level1 is not None or self.level2 is not None

    @property
    def filled(self) -> bool:
        """Whether the row prints an indicator: a name or a target."""
        return "name" in self.fields.pieces or "target" in self.fields.pieces

    def drop_inapplicable(self) -> None:
        """Forget an indicator that says 无 or 本项目不适用, or is a line of the form left unfilled."""
        name, target = self.fields.text("name"), self.fields.text("target")
        if name is not None and says_nothing(name) and (target is None or says_nothing(target)):
            self.fields = Fields()
            self.continues = False


@lru_cache(maxsize=16384)
def is_heading(text: str) -> bool:
    """Whether a text is a known level heading, of either level."""
    return is_level1(text) or level2_of(text) is not None


@lru_cache(maxsize=16384)
def says_nothing(text: str) -> bool:
    """Whether a cell says that there is nothing, in words or as an unfilled template.

    >>> says_nothing("本项目不适用此指标"), says_nothing("指标1："), says_nothing("≥**%"), says_nothing("≥5%")
    (True, True, True, False)
    """
    key = fold(text)
    if key in inapplicable() or not key.strip(".…*★≥≤%()"):
        return True
    return key.rstrip(":").startswith("指标") and key.rstrip(":")[2:].isdigit()


def is_money(fields: Fields) -> bool:
    """Whether an indicator is measured in money or a rate of money."""
    unit = read_target(fields.text("target"), fields.text("name")).unit
    return unit is not None and unit.split("/")[0] in ("元", "万元", "千元", "亿元", "万")
