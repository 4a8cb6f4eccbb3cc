"""A row under an indicator header while it is read: the levels it labels, the cells of its indicator."""

from __future__ import annotations

from functools import lru_cache

from extract.layouts.fields import Fields
from extract.layouts.roles import inapplicable, is_bare, is_level1, level2_of, natures
from extract.read.blocks import Row
from extract.text import fold
from extract.values import is_operator, read_target

# How a heading ends that is more than a bare word.
MARKS = ("标", "標", "值", "类", ")", "）", ":", "：")


class BodyRow:
    """One printed row: the levels it labels and the cells of its indicator."""

    __slots__ = (
        "continues",
        "doubtful",
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
        self.doubtful = False
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

    def doubt_levels(self, problem: str) -> None:
        """Note a problem of the row's headings, which are those of the rows below it too."""
        self.problems.append(problem)
        self.doubtful = True

    def settle(self) -> None:
        """Make one target of its cells, and drop an indicator that says that there is none."""
        if "operator" in self.fields.pieces or "measure" in self.fields.pieces:
            self._join_target()
        self._drop_inapplicable()

    def _join_target(self) -> None:
        """A target in three cells is printed operator, value, unit, in whatever order they stand."""
        pieces = self.fields.pieces
        operator, measure = pieces.pop("operator", []), pieces.pop("measure", [])
        value = self.fields.text("target")
        if value is None:
            return
        sign, unit = (cells[0].text if cells else "" for cells in (operator, measure))
        silent = inapplicable() | natures()
        if sign and not (fold(sign) in silent or value.startswith(sign)):
            pieces["target"] = [*operator, *pieces["target"]]
            if not is_operator(sign):
                self.problems.append(f"no operator is known as {sign}")
        if unit and not (fold(unit) in silent or value.endswith(unit)):
            pieces["target"] = [*pieces["target"], *measure]

    def _drop_inapplicable(self) -> None:
        """Forget an indicator that says 无 or 本项目不适用, or is a line of the form left unfilled."""
        name = self.fields.text("name")
        if name is None or not says_nothing(name):
            return
        target = self.fields.text("target")
        if target is None or says_nothing(target):
            self.fields = Fields()
            self.continues = False


@lru_cache(maxsize=16384)
def is_heading(text: str) -> bool:
    """Whether a text is a known level heading, of either level."""
    return is_level1(text) or level2_of(text) is not None


def is_marked_heading(text: str) -> bool:
    """Whether a text is a level heading that says so: 质量指标, 质量目标, 质量（10分）, but not 质量."""
    return text.endswith(MARKS) and is_heading(text) and not is_bare(text)


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
