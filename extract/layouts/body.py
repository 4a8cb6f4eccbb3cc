"""The lower part of a goal sheet, row by row: level labels and indicator cells.

Rows of damaged sheets are shifted by some columns, lose blank cells or are broken by a page.
What a cell is therefore follows from three things in this order: the vocabulary (a level
heading is one wherever it stands), the column under the header, and the order of the cells.
"""

from __future__ import annotations

from extract.layouts.columns import Columns
from extract.layouts.fields import Fields
from extract.layouts.roles import inapplicable, is_bare, is_level1, level2_of, role_of
from extract.read.blocks import BLANK, Cell, Row
from extract.text import fold
from extract.values import read_target

Placed = tuple[int, Cell]
SHIFTS = (0, 1, -1, 2, -2, 3, -3)


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


def read_body(rows: list[Row], columns: Columns) -> list[BodyRow]:
    """Read the rows under a header; blank rows give nothing."""
    turns = {_rotation(row, columns) for row in rows if _has_level(row)}
    bodies = []
    for row in rows:
        # Where every labelled row is rotated, so are those without a heading.
        turn = max(turns, default=0) if len(turns) == 1 else _rotation(row, columns)
        body = read_body_row(_turn(row, turn), columns)
        if body is not None:
            if turn:
                body.notes.append("row_rotated")
            bodies.append(body)
    return bodies


def read_body_row(row: Row, columns: Columns) -> BodyRow | None:
    """Read one row under a header; ``None`` for a blank row."""
    placed = [(index, cell) for index, cell in enumerate(row.cells) if cell is not BLANK]
    while placed and role_of(placed[0][1].text, "column") == "block":
        placed = placed[1:]
    if not placed:
        return None
    body = BodyRow(row)
    labels, content = _split_labels(placed, columns)
    if content:
        (_place_narrow if columns.narrow else _place_wide)(body, content, labels, columns)
        if body.shift:
            body.notes.append("column_shift_left" if body.shift < 0 else "column_shift_right")
    if any(is_heading(cell.text) and not is_bare(cell.text) for _, cell in content):
        body.problems.append("a level heading stands among the cells of the indicator")
    _name_levels(body, labels, columns)
    _blank_inapplicable(body)
    return body


def _rotation(row: Row, columns: Columns) -> int:
    """By how many columns a row was rotated (1 or -1), if its level headings prove it; else 0."""
    width = len(columns.roles)
    if len(row.cells) != width or not _has_level(row) or _in_place(row, columns):
        return 0
    moved = {1: row.cells[0], -1: row.cells[-1]}
    return next(
        (turn for turn, cell in moved.items() if cell is not BLANK and _in_place(_turn(row, turn), columns)),
        0,
    )


def _turn(row: Row, turn: int) -> Row:
    if not turn:
        return row
    return Row(row.cells[turn:] + row.cells[:turn], row.start, row.end, row.table, row.number, row.broken)


def _has_level(row: Row) -> bool:
    return any(is_heading(cell.text) for cell in row.cells)


def _in_place(row: Row, columns: Columns) -> bool:
    """Whether all level headings, the name and the target stand in their own columns."""
    levels = (columns.level1, columns.level2)
    headings = [index for index, cell in enumerate(row.cells) if is_heading(cell.text)]
    return (
        all(index in levels for index in headings)
        and row.cells[columns.name] is not BLANK
        and row.cells[columns.target] is not BLANK
    )


def is_heading(text: str) -> bool:
    """Whether a text is a known level heading, of either level."""
    return is_level1(text) or level2_of(text) is not None


def _split_labels(placed: list[Placed], columns: Columns) -> tuple[list[Placed], list[Placed]]:
    """Leading level headings, and the cells after them."""
    count = 0
    while count < len(placed) and _is_level(placed[count], columns):
        count += 1
    while count and len(placed) - count == 1 and _names_indicator(placed[:count], placed[count], columns):
        count -= 1
    aligned = {index for index, _ in placed[count:]}
    levels = (columns.level1, columns.level2)
    # A heading that no vocabulary knows, in a row where everything stands in its column.
    while (
        len(placed) - count > 2 and placed[count][0] in levels and {columns.name, columns.target} <= aligned
    ):
        count += 1
    return placed[:count], placed[count:]


def _is_level(placed: Placed, columns: Columns) -> bool:
    index, cell = placed
    if not is_heading(cell.text):
        return False
    return index != columns.name or not is_bare(cell.text)


def _names_indicator(labels: list[Placed], target: Placed, columns: Columns) -> bool:
    """Whether the last of some headings is the name of the indicator whose target alone follows."""
    index, cell = labels[-1]
    if len(labels) > 2 or (is_bare(cell.text) and level2_of(cell.text)):
        return True
    if index == columns.name and target[0] == columns.target:
        return True
    return len(labels) == 2 and not is_level1(labels[0][1].text)


def _place_narrow(body: BodyRow, content: list[Placed], labels: list[Placed], columns: Columns) -> None:
    """Name and target in the order of the header, wherever they stand."""
    by_column = dict(content)
    if len(content) == 1:
        _place_single(body, content[0], columns)
    elif len(content) == 2:
        for role, (_, cell) in zip(columns.content, content, strict=True):
            body.fields.add(role, cell)
        if columns.content[0] == "name":
            body.shift = content[0][0] - columns.name
    elif columns.name in by_column and columns.target in by_column:
        body.fields.add("name", by_column[columns.name])
        body.fields.add("target", by_column[columns.target])
        extra = [cell.text for index, cell in content if index not in (columns.name, columns.target)]
        body.problems.append(f"cells without a column: {' | '.join(extra)}")
    else:
        body.problems.append(
            f"{len(content)} cells for 2 columns: {' | '.join(cell.text for _, cell in content)}"
        )


def _place_single(body: BodyRow, placed: Placed, columns: Columns) -> None:
    index, cell = placed
    is_target = index == columns.target and index != columns.name
    body.fields.add("target" if is_target else "name", cell)
    if not is_target:
        body.shift = index - columns.name
    body.continues = not is_target


def _place_wide(body: BodyRow, content: list[Placed], labels: list[Placed], columns: Columns) -> None:
    """Cells by column, under the shift that fits them best."""
    if not labels and _continuation(content, columns):
        body.continues = True
        for index, cell in content:
            body.fields.add(columns.roles[index] or "name", cell)
        return
    shift = 0
    if not _aligned(content, columns):
        shift = max(SHIFTS, key=lambda shift: (_fit(content, labels, columns, shift), -abs(shift)))
    body.shift = shift
    width = len(columns.roles)
    lost = []
    for index, cell in content:
        role = columns.roles[index - shift] if 0 <= index - shift < width else None
        if role is None or role in ("level1", "level2", "block") or role in body.fields.pieces:
            lost.append(cell.text)
        else:
            body.fields.add(role, cell)
    if lost:
        body.problems.append(f"cells without a column: {' | '.join(lost)}")


def _continuation(content: list[Placed], columns: Columns) -> bool:
    """Whether the cells continue the row above: under their own columns, but without a target."""
    roles = {columns.roles[index] if index < len(columns.roles) else None for index, _ in content}
    return not roles & {None, "target", "weight", "level1", "level2", "block"}


def _aligned(content: list[Placed], columns: Columns) -> bool:
    """Whether a row fills every content column and no other."""
    return [
        columns.roles[index] if index < len(columns.roles) else None for index, _ in content
    ] == columns.content


def _fit(content: list[Placed], labels: list[Placed], columns: Columns, shift: int) -> int:
    score = 0
    width = len(columns.roles)
    for index, cell in content:
        role = columns.roles[index - shift] if 0 <= index - shift < width else None
        if role in (None, "level1", "level2", "block"):
            score -= 2
        elif role == "weight":
            score += 2 if fold(cell.text).rstrip("分%").replace(".", "", 1).isdigit() else -1
        elif role in ("name", "target"):
            score += 2
        else:
            score += 1
    for index, cell in labels:
        position = index - shift
        fits_first = position == columns.level1 and is_level1(cell.text)
        score += 2 if fits_first or (position == columns.level2 and level2_of(cell.text)) else 0
    return score


def _name_levels(body: BodyRow, labels: list[Placed], columns: Columns) -> None:
    """Which of the headings in a row is level 1 and which level 2."""
    texts = [cell.text for _, cell in labels]
    if len(texts) == 3:
        body.level2, body.next_labels = texts[2], (texts[0], texts[1])
    elif len(texts) == 2:
        body.level1, body.level2 = texts
        if not is_level1(texts[0]) and level2_of(texts[0]) and level2_of(texts[1]):
            body.problems.append(f"two level-2 headings in one row: {texts[0]}, {texts[1]}")
            body.level1 = None
    elif len(texts) == 1:
        _name_single(body, labels[0], columns)


def _name_single(body: BodyRow, label: Placed, columns: Columns) -> None:
    index, cell = label
    first, second = is_level1(cell.text), level2_of(cell.text) is not None
    position = index - body.shift
    if first and second:
        first = columns.level2 is None or (columns.level1 is not None and position <= columns.level1)
    elif not first and not second:
        first = position == columns.level1
    if first:
        body.level1 = cell.text
    else:
        body.level2 = cell.text
        if columns.level2 is not None and index != columns.level2 and not body.shift and body.fields.pieces:
            body.notes.append("level_label_shifted")


def _blank_inapplicable(body: BodyRow) -> None:
    """A row whose name says 无 or 本项目不适用 prints no indicator; nor does an unfilled template line."""
    name, target = body.fields.text("name"), body.fields.text("target")
    if name is not None and _says_nothing(name) and (target is None or _says_nothing(target)):
        body.fields = Fields()
        body.continues = False


def _says_nothing(text: str) -> bool:
    key = fold(text)
    return (
        key in inapplicable()
        or (key.rstrip(":").startswith("指标") and key.rstrip(":")[2:].isdigit())
        or not key.strip(".…*★≥≤%()")
    )


def is_money(fields: Fields) -> bool:
    """Whether an indicator is measured in money or a rate of money."""
    unit = read_target(fields.text("target"), fields.text("name")).unit
    return unit is not None and unit.split("/")[0] in ("元", "万元", "千元", "亿元", "万")
