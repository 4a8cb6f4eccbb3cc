"""Rows of damaged sheets: shifted by some columns, rotated, without their blank cells, broken by a page.

What a cell is follows from three things in this order: the vocabulary (a level heading is one
wherever it stands), the column under the header, and the order of the cells. Every repair leaves
a note on the row; what none of the three tells is a problem of the row, not a guess.
"""

from __future__ import annotations

from extract.layouts.columns import Columns
from extract.layouts.roles import dimension_of, is_bare, is_level1, level2_of, role_of
from extract.layouts.row import BodyRow, is_heading, is_marked_heading
from extract.read.blocks import BLANK, Cell, Row, make_row
from extract.text import fold

Placed = tuple[int, Cell]
SHIFTS = (0, 1, -1, 2, -2, 3, -3)


def read_displaced(row: Row, columns: Columns, turn: int) -> BodyRow | None:
    """Read a row that is not in its place, rotated back by ``turn`` columns; ``None`` for a blank one."""
    turned = _turn(row, turn)
    placed = [(index, cell) for index, cell in enumerate(turned.cells) if cell is not BLANK]
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
    if turn:
        body.notes.append("row_rotated")
    if any(cell.text.endswith("指标") and is_heading(cell.text) for _, cell in content):
        body.problems.append("a level heading stands among the cells of the indicator")
    _name_levels(body, labels, columns)
    body.settle()
    return body


def rotations(rows: list[Row], columns: Columns, *, together: bool) -> list[int]:
    """By how many columns each row was rotated.

    The level headings of a row prove its rotation; where they prove the same for all rows that
    have some, the rows without a heading were rotated ``together`` with them.
    """
    turns = [_rotation(row, columns) for row in rows]
    proven = {turn for turn in turns if turn is not None}
    common = proven.pop() if together and len(proven) == 1 else 0
    return [common if turn is None else turn for turn in turns]


def _rotation(row: Row, columns: Columns) -> int | None:
    """By how many columns a row was rotated, if its level headings prove it; ``None`` without a heading."""
    headings = sum(is_heading(cell.text) for cell in row.cells if cell is not BLANK)
    if headings in (0, row.printed):
        return None
    levels = [column for column in (columns.level1, columns.level2) if column is not None]
    standing = [row.cells[column] for column in levels if column < len(row.cells)]
    in_place = [is_heading(cell.text) for cell in standing if cell is not BLANK]
    if len(row.cells) != len(columns.roles) or (in_place and all(in_place)):
        return 0
    moved = {1: row.cells[0], -1: row.cells[-1]}
    return next(
        (turn for turn, cell in moved.items() if cell is not BLANK and _in_place(_turn(row, turn), columns)),
        0,
    )


def _turn(row: Row, turn: int) -> Row:
    if not turn:
        return row
    cells = row.cells[turn:] + row.cells[:turn]
    return make_row(cells, table=row.table, number=row.number, broken=row.broken, page=row.page)


def _in_place(row: Row, columns: Columns) -> bool:
    """Whether level headings, and nothing else, stand in the columns of theirs, and name and target too."""
    first, second = (
        BLANK if column is None else row.cells[column] for column in (columns.level1, columns.level2)
    )
    headings = sum(is_heading(cell.text) for cell in row.cells if cell is not BLANK)
    return (
        headings == (first is not BLANK) + (second is not BLANK) > 0
        and (first is BLANK or is_level1(first.text))
        and (second is BLANK or level2_of(second.text) is not None)
        and row.cells[columns.name] is not BLANK
        and row.cells[columns.target] is not BLANK
    )


def _split_labels(placed: list[Placed], columns: Columns) -> tuple[list[Placed], list[Placed]]:
    """Leading level headings, and the cells after them."""
    count = 0
    while count < len(placed) and _is_level(placed, count, columns):
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


def _is_level(placed: list[Placed], place: int, columns: Columns) -> bool:
    index, cell = placed[place]
    if not is_heading(cell.text):
        return False
    if index != columns.name:
        return True
    # In the column of names a bare word is a name, unless the row stands one column too far right.
    if is_marked_heading(cell.text) or not place or len(placed) - place < 3:
        return is_marked_heading(cell.text)
    column, before = placed[place - 1]
    return column == columns.level2 and is_level1(before.text) and level2_of(before.text) is None


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
            body.doubt_levels(f"two level-2 headings in one row: {texts[0]}, {texts[1]}")
            body.level1 = None
    elif len(texts) == 1:
        _name_single(body, labels[0], columns)
    if body.level1 is not None and not is_level1(body.level1):
        body.doubt_levels(f"no level-1 heading is known as {body.level1}")
    if dimension_of(body.level2) is not None and level2_of(body.level2) is None:
        body.doubt_levels(f"{body.level2} stands where a level-2 heading should")


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
