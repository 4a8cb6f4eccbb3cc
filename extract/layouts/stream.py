"""Sheets that lost their rows: cells one after the other, or one line a row with single blanks.

Word tables saved as text without blank lines, and text copied from a page, keep the order of the
cells but not the rows. Level headings and the grammar of a row (headings, then name and target)
give the rows back. What the order does not tell with certainty is left in cells without a
column, which marks the indicator unresolved.
"""

from __future__ import annotations

from extract.layouts.columns import Columns, read_columns
from extract.layouts.head import is_title, printed_year
from extract.layouts.narrative import HEADING
from extract.layouts.roles import is_level1, level2_of, role_of
from extract.read.blocks import BLANK, Cell, Row, number_tables
from extract.text import strip_space

MIN_HEADER = 3
HEAD_ROWS = 40
STREAM = -2


def regroup(rows: list[Row], text: str) -> list[Row]:
    """Give rows back to all sheets of a document that lost them; other rows stay as they are."""
    result: list[Row] = []
    index = 0
    changed = False
    while index < len(rows):
        region = _region(rows, index, len(result), text)
        if region is None:
            result.append(rows[index])
            index += 1
            continue
        start, stop, cells = region
        del result[len(result) - (index - start) :]
        result.extend(_rows_of(cells))
        index, changed = stop, True
    return number_tables(result) if changed else rows


def _region(rows: list[Row], index: int, floor: int, text: str) -> tuple[int, int, list[Cell]] | None:
    """The rows around a header that is not a row of its own, and their cells in order."""
    row = rows[index]
    if len(row.cells) == 1 and role_of(row.cells[0].text, "column") and _header_run(rows, index):
        return _lines_region(rows, index, floor, text, split=False)
    if row.table == 0 and _is_header(_words(row, text)):
        return _lines_region(rows, index, floor, text, split=True)
    if len(row.cells) > 12 and _inner_header(row.cells) > 0:
        return index, index + 1, row.cells
    return None


def _header_run(rows: list[Row], index: int) -> bool:
    cells = [row.cells[0] for row in rows[index : index + 12] if len(row.cells) == 1]
    return _inner_header(cells) == 0 or (
        _inner_header(cells) == 1 and role_of(cells[0].text, "column") == "block"
    )


def _is_header(cells: list[Cell]) -> bool:
    return (
        len(cells) >= MIN_HEADER
        and all(role_of(cell.text, "column") for cell in cells)
        and _inner_header(cells) >= 0
    )


def _inner_header(cells: list[Cell]) -> int:
    """Where in a list of cells a run of header cells begins; -1 if there is none."""
    for start, cell in enumerate(cells):
        if not role_of(cell.text, "column"):
            continue
        run = _run(cells, start)
        if len(run) >= MIN_HEADER and {"name", "target"} <= set(run):
            return start
    return -1


def _run(cells: list[Cell], start: int) -> list[str]:
    roles: list[str] = []
    for cell in cells[start:]:
        role = role_of(cell.text, "column")
        if role is None or role in roles:
            break
        roles.append(role)
    return roles


def _words(row: Row, text: str) -> list[Cell]:
    """The words of a line of running text, each a cell."""
    cells: list[Cell] = []
    position = row.start
    for word in text[row.start : row.end].split():
        start = text.index(word, position)
        position = start + len(word)
        cells.append(Cell(strip_space(word), start, position))
    return cells


def _lines_region(
    rows: list[Row], index: int, floor: int, text: str, *, split: bool
) -> tuple[int, int, list[Cell]] | None:
    start = index
    lowest = max(index - HEAD_ROWS, index - floor)
    for above in range(index - 1, lowest - 1, -1):
        if len(rows[above].cells) > 1 or HEADING.match(rows[above].text):
            break
        if is_title(rows[above]) or role_of((_words(rows[above], text) or [BLANK])[0].text, "head"):
            start = above
        if is_title(rows[above]):
            break
    stop = index + 1
    while stop < len(rows) and len(rows[stop].cells) == 1 and not is_title(rows[stop]):
        if HEADING.match(rows[stop].text):
            break
        stop += 1
    cells = [cell for row in rows[start:stop] for cell in (_words(row, text) if split else row.cells)]
    return start, stop, cells


def _rows_of(cells: list[Cell]) -> list[Row]:
    header = _inner_header(cells)
    width = len(_run(cells, header))
    if header and role_of(cells[header - 1].text, "column") == "block":
        header, width = header - 1, width + 1
    head, titles, body = cells[:header], cells[header : header + width], cells[header + width :]
    columns = read_columns(_row(titles))
    rows = [*_head_rows(head), _row(titles)]
    return rows + (_body_rows(body, columns) if columns is not None else [])


def _row(cells: list[Cell]) -> Row:
    filled = [cell for cell in cells if cell is not BLANK]
    start, end = (filled[0].start, filled[-1].end) if filled else (0, 0)
    return Row(cells, start, end, table=STREAM)


def _head_rows(cells: list[Cell]) -> list[Row]:
    """A row for every label, with what stands behind it."""
    groups: list[list[Cell]] = []
    for cell in cells:
        alone = role_of(cell.text, "head") or printed_year(cell.text) or is_title(_row([cell]))
        if alone or not groups:
            groups.append([cell])
        else:
            groups[-1].append(cell)
    return [_row(group) for group in groups if any(cell is not BLANK for cell in group)]


def _body_rows(cells: list[Cell], columns: Columns) -> list[Row]:
    width = len(columns.roles)
    if BLANK in cells and len(cells) % width == 0 and _aligned(cells, width, columns):
        return [_row(cells[start : start + width]) for start in range(0, len(cells), width)]
    return _parsed(cells, columns)


def _aligned(cells: list[Cell], width: int, columns: Columns) -> bool:
    """Whether cutting the stream at every ``width`` cells puts all level headings into their columns."""
    levels = (columns.level1, columns.level2)
    return all(
        index % width in levels
        for index, cell in enumerate(cells)
        if (is_level1(cell.text) or level2_of(cell.text)) and index % width != columns.name
    )


def _parsed(cells: list[Cell], columns: Columns) -> list[Row]:
    """Rows by grammar: headings open a row, its last content cell closes it."""
    rows: list[Row] = []
    labels: list[Cell] = []
    content: list[Cell] = []

    def close() -> None:
        nonlocal labels, content
        if labels or content:
            rows.append(_placed(labels, content, columns))
        labels, content = [], []

    for cell in cells:
        if cell is BLANK or role_of(cell.text, "column") == "block":
            continue
        is_second = level2_of(cell.text) is not None
        if is_second or is_level1(cell.text):
            if content or (
                labels and is_second and level2_of(labels[-1].text) and not is_level1(labels[-1].text)
            ):
                close()
            labels.append(cell)
            continue
        content.append(cell)
        if len(content) == len(columns.content):
            close()
    close()
    return rows


def _is_second(label: Cell) -> bool:
    """Whether a heading that stands alone is a level 2; 成本 is, unless a kind of cost follows it."""
    level2 = level2_of(label.text)
    return level2 is not None and (not is_level1(label.text) or level2.kind == "cost")


def _placed(labels: list[Cell], content: list[Cell], columns: Columns) -> Row:
    cells = [BLANK] * (len(columns.roles) + max(0, len(content) - 2))
    places = [column for column in (columns.level1, columns.level2) if column is not None]
    if len(labels) == 1 and len(places) == 2 and _is_second(labels[0]):
        places = places[1:]
    for place, cell in zip(places, labels[-len(places) :] if places else [], strict=False):
        cells[place] = cell
    complete = len(content) == len(columns.content)
    positions = [columns.roles.index(role) for role in columns.content]
    if not complete:
        # Which of the optional cells is missing cannot be told: only name and target are certain.
        positions = [columns.name, columns.target, *range(len(columns.roles), len(cells))]
    for place, cell in zip(positions, content, strict=False):
        cells[place] = cell
    return _row(cells)
