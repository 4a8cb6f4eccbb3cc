"""Sheets that lost their rows: cells one after the other, or one line a row with single blanks.

Word tables saved as text without blank lines, and text copied from a page, keep the order of the
cells but not the rows. Level headings and the grammar of a row (headings, then name and target)
give the rows back. What the order does not tell with certainty is left in cells without a
column, which marks the indicator unresolved.
"""

from __future__ import annotations

from extract.layouts.columns import Columns, read_columns
from extract.layouts.head import is_title, printed_year
from extract.layouts.list_stream import list_end, list_rows
from extract.layouts.roles import is_bare, is_level1, level2_of, role_of
from extract.layouts.row import is_heading
from extract.layouts.segments import rows_of, whole_rows
from extract.layouts.stream_lines import header_roles, sheet_bounds, without_rest, words
from extract.read.blocks import BLANK, CELLS, ROW, Cell, Row, make_row

MIN_HEADER = 3
LONGEST_ROW = 12
LONGEST_PAIR = 4
STREAM = -2


def regroup(rows: list[Row], text: str) -> list[Row]:
    """Give rows back to all sheets of a document that lost them; other rows stay as they are."""
    result: list[Row] = []
    index = 0
    while index < len(rows):
        row = rows[index]
        whole = row.table == ROW and 1 < len(row.cells) <= LONGEST_ROW
        found = None if whole else _found(rows, index, len(result), text)
        if found is None:
            result.append(row)
            index += 1
            continue
        start, stop, regrouped = found
        del result[len(result) - (index - start) :]
        result.extend(regrouped)
        index = stop
    return result


def _found(rows: list[Row], index: int, floor: int, text: str) -> tuple[int, int, list[Row]] | None:
    """The rows around a header that is not a row of its own, given back; ``None`` elsewhere."""
    row = rows[index]
    if 1 < len(row.cells) <= (LONGEST_ROW if row.table != CELLS else LONGEST_PAIR):
        return None
    if len(row.cells) == 1 and role_of(row.cells[0].text, "column") and _header_run(rows, index):
        start, stop = sheet_bounds(rows, index, floor, text)
        stop = without_rest(rows, index, stop)
        return start, stop, _rows_of([cell for row in rows[start:stop] for cell in row.cells])
    if len(row.cells) == 1 and (stop := list_end(rows, index)):
        return index, stop, list_rows(rows[index:stop])
    if row.table == 0 and "指" in row.cells[0].text and _is_header(header := words(row, text)):
        start, stop = sheet_bounds(rows, index, floor, text)
        return start, stop, _line_rows(rows[start:stop], header, index - start, text)
    if len(row.cells) > 1 and _inner_header(row.cells) >= 0 and not _only_header(row):
        return index, index + 1, _rows_of(row.cells)
    return None


def _only_header(row: Row) -> bool:
    return all(cell is BLANK or role_of(cell.text, "column") for cell in row.cells)


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
        run = header_roles(cells, start)
        if len(run) >= MIN_HEADER and {"name", "target"} <= set(run):
            return start
    return -1


def _line_rows(rows: list[Row], header: list[Cell], place: int, text: str) -> list[Row]:
    """A sheet of one line a row, its cells parted by single blanks: each line is a row still."""
    columns = read_columns(_row(header))
    result = [_row(row.cells if printed_year(row.text) else words(row, text)) for row in rows[: place + 1]]
    if columns is None:
        return result
    lines = [words(row, text) for row in rows[place + 1 :]]
    bare = _prints_bare([cell for line in lines for cell in line[:2]])
    for line in lines:
        count = _leading(line, bare, len(columns.content))
        found = rows_of(line[count:], tuple(columns.content)) or []
        content = found[0] if len(found) == 1 else line[count:]
        result.append(_placed(line[:count], content, columns, certain=len(found) == 1))
    return result


def _leading(line: list[Cell], bare: bool, width: int) -> int:
    """How many level headings a line begins with."""
    count = 0
    while count < len(line) and is_heading(line[count].text):
        if len(line) - count == 2 and not is_heading(line[count + 1].text):
            break  # what stands before a target alone is its name
        if not bare and not _heads(line, count, width):
            break
        count += 1
    return count


def _heads(cells: list[Cell], place: int, width: int) -> bool:
    """Whether a cell of a stream is a level heading.

    A bare word such as 群众满意度 may be the name of an indicator: it is a heading only if the
    cells up to the next heading make whole rows without it.
    """
    text = cells[place].text
    if not is_heading(text):
        return False
    if level2_of(text) is None or not is_bare(text):
        return True
    if place and is_level1(cells[place - 1].text) and level2_of(cells[place - 1].text) is None:
        return True  # below a level 1 stands a level 2
    content = 0
    for cell in cells[place + 1 :]:
        if is_heading(cell.text) and not is_bare(cell.text):
            break
        content += 1
    return content % width == 0


def _rows_of(cells: list[Cell]) -> list[Row]:
    header = _inner_header(cells)
    width = len(header_roles(cells, header))
    if header and role_of(cells[header - 1].text, "column") == "block":
        header, width = header - 1, width + 1
    head, titles, body = cells[:header], cells[header : header + width], cells[header + width :]
    columns = read_columns(_row(titles))
    rows = [*_head_rows(head), _row(titles)]
    return rows if columns is None else rows + _body_rows(_without_headers(body, titles), columns)


def _row(cells: list[Cell]) -> Row:
    return make_row(cells, table=STREAM)


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


def _without_headers(body: list[Cell], titles: list[Cell]) -> list[Cell]:
    """The cells without the headers that pages repeat."""
    printed = [cell.text for cell in titles]
    result: list[Cell] = []
    index = 0
    while index < len(body):
        if [cell.text for cell in body[index : index + len(titles)]] == printed:
            index += len(titles)
        else:
            result.append(body[index])
            index += 1
    return result


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
    """Rows by grammar: headings open a group of rows, and what a column can hold parts them."""
    groups = _groups(cells, columns)
    roles = tuple(columns.content)
    whole = all(len(content) % len(roles) == 0 for _, content in groups)
    # A cell before all headings was the last of its row: so is then the last of every group.
    turned = bool(groups) and not groups[0][0] and len(groups[0][1]) == 1 and len(groups) > 1
    rows: list[Row] = []
    for labels, content in groups:
        found = (whole_rows if whole else rows_of)(content, roles)
        if found is None or turned:
            # All in one row: what does not fit its columns marks it unresolved.
            rows.append(_placed(labels, content, columns, certain=False))
            continue
        for number, row in enumerate(found or [[]]):
            rows.append(_placed(labels if number == 0 else [], row, columns))
    return rows


def _groups(cells: list[Cell], columns: Columns) -> list[tuple[list[Cell], list[Cell]]]:
    """The cells between headings, each group with the headings above it."""
    groups: list[tuple[list[Cell], list[Cell]]] = []
    labels: list[Cell] = []
    content: list[Cell] = []
    cells = [cell for cell in cells if cell is not BLANK and role_of(cell.text, "column") != "block"]
    bare = _prints_bare(cells)
    for place, cell in enumerate(cells):
        if not is_heading(cell.text) or not (bare or _heads(cells, place, len(columns.content))):
            content.append(cell)
            continue
        if content or _second_heading(labels, cell):
            groups.append((labels, content))
            labels, content = [], []
        labels.append(cell)
    return [*groups, (labels, content)] if labels or content else groups


def _prints_bare(cells: list[Cell]) -> bool:
    """Whether a sheet prints its level 2s without 指标, so that bare words are headings throughout."""
    return not any(level2_of(cell.text) and not is_bare(cell.text) for cell in cells)


def _second_heading(labels: list[Cell], cell: Cell) -> bool:
    """Whether a heading follows another of its own level, so that the first one had no row."""
    return bool(labels) and level2_of(cell.text) is not None and not is_level1(labels[-1].text)


def _is_second(label: Cell) -> bool:
    """Whether a heading that stands alone is a level 2; 成本 is, unless a kind of cost follows it."""
    level2 = level2_of(label.text)
    return level2 is not None and (not is_level1(label.text) or level2.kind == "cost")


def _placed(labels: list[Cell], content: list[Cell], columns: Columns, *, certain: bool = True) -> Row:
    cells = [BLANK] * (len(columns.roles) + max(0, len(content) - 2))
    places = [column for column in (columns.level1, columns.level2) if column is not None]
    if len(labels) == 1 and len(places) == 2 and _is_second(labels[0]):
        places = places[1:]
    for place, cell in zip(places, labels[-len(places) :] if places else [], strict=False):
        cells[place] = cell
    positions = [columns.roles.index(role) for role in columns.content]
    if not certain:
        # Which of the optional cells is missing cannot be told: only name and target are certain.
        positions = [columns.name, columns.target, *range(len(columns.roles), len(cells))]
    for place, cell in zip(positions, content, strict=False):
        cells[place] = cell
    return _row(cells)
