"""Which level headings govern which rows, when labels of merged cells are displaced.

A heading normally stands in the first row that it governs. Damaged print puts it one row too
low (the label of a merged cell, centred), one row too high, or between the two halves of a row
that a page broke. Only what the document itself proves is corrected, and every correction is
noted; where the print contradicts itself without proof, the row is marked unresolved.
"""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from extract.layouts.centred import settle_centred
from extract.layouts.columns import Columns
from extract.layouts.roles import dimension_of, level2_of
from extract.layouts.row import BodyRow, is_money
from extract.values import read_target, to_yuan

PERIODS_PER_YEAR = {"月": 12, "季": 4, "季度": 4, "年": 1}


class Governed:
    """An indicator row with the headings that govern it."""

    __slots__ = ("body", "level1", "level2")

    def __init__(self, body: BodyRow, level1: str | None, level2: str | None) -> None:
        self.body, self.level1, self.level2 = body, level1, level2


def join_continuations(rows: list[BodyRow]) -> list[BodyRow]:
    """Join rows that continue the indicator above them.

    A heading printed alone between the two halves of a broken row is the centred label of that
    very row.
    """
    if not any(row.continues for row in rows):
        return rows
    joined: list[BodyRow] = []
    last = max((index for index, row in enumerate(rows) if row.labelled or not row.continues), default=0)
    for index, row in enumerate(rows):
        base = next((body for body in reversed(joined) if body.filled), None)
        if not (row.continues and base is not None and _continues(row, base)) or (
            index > last and list(row.fields.pieces) == ["name"] and row.row.broken
        ):
            joined.append(row)
            continue
        between = joined[joined.index(base) + 1 :]
        base.fields.extend(row.fields)
        labels = [body for body in between if body.labelled]
        if labels and not base.labelled:
            base.level1, base.level2 = labels[-1].level1, labels[-1].level2
            base.notes.append("level_label_printed_below")
            joined = [body for body in joined if body not in labels]
        base.notes.append("continuation")
    return joined


def _continues(row: BodyRow, base: BodyRow) -> bool:
    """Name alone: the rest of a name that a page broke, unless it starts a new labelled row."""
    if row.labelled:
        return False
    pieces = row.fields.pieces
    if list(pieces) != ["name"]:
        return True
    name = row.fields.text("name") or ""
    open_bracket = (base.fields.text("name") or "").count("（") + (base.fields.text("name") or "").count(
        "("
    ) > ((base.fields.text("name") or "").count("）") + (base.fields.text("name") or "").count(")"))
    return row.row.broken or name[:1] in "（(" or open_bracket


def govern(rows: list[BodyRow], columns: Columns, total: Decimal | None) -> tuple[list[Governed], list[str]]:
    """Give every indicator row its headings; returns them and the level-2 headings without a row.

    ``total`` is the sheet's budget in 元: costs that add up to it prove where a label belongs.
    """
    has_level1 = columns.level1 is not None
    rows = settle_centred(join_continuations(rows), both=has_level1 and columns.level2 is not None)
    _move_cost_labels(rows, total)
    governed: list[Governed] = []
    headings: list[str] = []
    filled: set[str] = set()
    level1: str | None = None
    level2: str | None = None
    waiting: str | None = None
    pending: tuple[str, str] | None = None
    doubtful = False
    for index, row in enumerate(rows):
        if row.labelled or row.next_labels:
            level1, level2, waiting = _enter(rows, index, level1, level2, waiting, has_level1)
        elif pending is not None:
            level1, level2 = pending
            pending = None
        if row.next_labels:
            pending = row.next_labels
        elif row.labelled:
            pending = None
        if level2 is not None and row.labelled and level2 not in headings:
            headings.append(level2)
        doubtful = row.doubtful or (doubtful and row.level1 is None)
        if row.filled:
            if doubtful and not row.doubtful:
                row.problems.append("the headings above it are in doubt")
            if level1 is None and level2 is None and columns.level2 is not None and not row.problems:
                row.problems.append("no level heading governs this row")
            governed.append(Governed(row, level1, level2))
            if level2 is not None:
                filled.add(level2)
    return governed, [heading for heading in headings if heading not in filled]


def _enter(
    rows: list[BodyRow],
    index: int,
    level1: str | None,
    level2: str | None,
    waiting: str | None,
    has_level1: bool,
) -> tuple[str | None, str | None, str | None]:
    """The headings in force from a labelled row on, and a level 1 that waits for its first row."""
    row = rows[index]
    new1 = row.level1 if row.level1 is not None else waiting
    new2 = row.level2
    if new2 is None:
        return new1 or level1, level2 if _agree(new1 or level1, level2) else None, None
    if new1 is None:
        if not has_level1 or _agree(level1, new2):
            return level1, new2, None
        below = _level1_below(rows, index, new2)
        if below is None:
            row.doubt_levels(f"level 1 of {new2} is not printed where it should be")
            return None, new2, None
        row.notes.append("level_label_printed_below")
        return below, new2, None
    if _agree(new1, new2):
        return new1, new2, None
    if level1 is not None and _agree(level1, new2):
        row.notes.append("level_label_printed_above")
        return level1, new2, new1
    row.doubt_levels(f"{new2} is printed under {new1}")
    return new1, new2, None


def _agree(level1: str | None, level2: str | None) -> bool:
    """Whether forms print this level 2 under this level 1; unknown headings agree with all."""
    if level2 is None:
        return True
    if level1 is None:
        return False
    known, dimension = level2_of(level2), dimension_of(level1)
    return known is None or dimension is None or dimension in known.dimensions


def _level1_below(rows: list[BodyRow], index: int, level2: str) -> str | None:
    """The next printed level 1, if it is the centred label of the group that this row opens."""
    for row in rows[index + 1 :]:
        if row.level1 is not None:
            return row.level1 if _agree(row.level1, level2) and dimension_of(row.level1) else None
    return None


def _move_cost_labels(rows: list[BodyRow], total: Decimal | None) -> None:
    """A cost heading printed one row too low, where the sum of the costs proves it.

    The row above the heading is measured in money but stands under 时效 or 质量, and only with it
    do the costs add up to the budget (monthly rates counted twelve times).
    """
    current: str | None = None
    for above, row in pairwise(rows):
        current = above.level2 or current
        opened, standing = level2_of(row.level2), level2_of(current)
        if above.labelled or not above.filled or not row.filled or opened is None or standing is None:
            continue
        if opened.kind != "cost" or standing.kind not in ("time", "quality") or not is_money(above.fields):
            continue
        if _closes(rows, rows.index(above), total):
            above.level1, above.level2 = row.level1, row.level2
            above.notes.append("level_label_printed_below")
            row.level1 = row.level2 = None
        else:
            above.problems.append(f"a money target under {current}, above {row.level2}")


def _closes(rows: list[BodyRow], start: int, total: Decimal | None) -> bool:
    """Whether the money targets from ``start`` to the end of the cost group add up to the budget."""
    if total is None:
        return False
    costs = Decimal(0)
    for position, row in enumerate(rows[start:]):
        opened = level2_of(row.level2)
        if position > 1 and row.labelled and (opened is None or opened.kind != "cost"):
            break
        if not row.filled:
            continue
        yearly = _yearly_cost(row)
        if yearly is None:
            break
        costs += yearly
    return costs == total


def _yearly_cost(row: BodyRow) -> Decimal | None:
    reading = read_target(row.fields.text("target"), row.fields.text("name"))
    if reading.value is None or reading.unit is None:
        return None
    amount = to_yuan(reading.value, reading.unit)
    _, rate, period = reading.unit.partition("/")
    if amount is None or not rate:
        return amount
    return amount * PERIODS_PER_YEAR[period] if period in PERIODS_PER_YEAR else None
