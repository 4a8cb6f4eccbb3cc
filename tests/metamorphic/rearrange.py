"""Ways to arrange the same cells otherwise: columns, labels, bars, empty cells, geometry, order.

Each takes a case and gives texts to read. Sheets with displaced cells are left out where the
column of a cell decides what it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from extract.records import GoalSheet, Indicator
from tests.metamorphic.documents import Case
from tests.metamorphic.printed import (
    BLANK_LINE,
    SHARES,
    Row,
    body_rows,
    chosen,
    column_roles,
    header_of,
    line,
    lines_of,
    parse,
    render,
    rows_of,
)


def rows_without_blank_lines(case: Case) -> Iterator[str]:
    """No blank line between rows of cells printed one a line, in whole sheets or below their header."""
    rows = parse(case.text)
    for whole in (True, False):
        inside = {
            index
            for sheet in case.document.goal_sheets
            for index in lines_of(rows, sheet)
            if rows[index].blank and (whole or index > header_of(rows, sheet))
        }
        yield render(row for index, row in enumerate(rows) if index not in inside)


def reordered_columns(case: Case) -> Iterator[str]:
    """Two content columns of a sheet exchanged together with their header.

    Sheets with displaced cells are left out: there a cell is known by its column's place.
    """
    rows = parse(case.text)
    sheets = [sheet for sheet in case.document.goal_sheets if aligned(rows, sheet)]
    for sheet in chosen(sheets, 1.0 if len(sheets) < 5 else 0.4, 1):
        header = header_of(rows, sheet)
        roles = column_roles(rows[header])
        content = [i for i, role in enumerate(roles) if role and role not in ("level1", "level2", "绩效指标")]
        for first, second in [(roles.index("name"), roles.index("target")), *list(pairwise(content))[1::2]]:
            body = {header, *body_rows(rows, sheet)}
            yield render(
                exchanged(row, first, second) if index in body else row for index, row in enumerate(rows)
            )


def aligned(rows: Sequence[Row], sheet: GoalSheet) -> bool:
    """Whether all rows of a sheet are as wide as its header and print names and targets under it."""
    header = rows[header_of(rows, sheet)]
    roles = column_roles(header)
    body = [rows[index] for index in body_rows(rows, sheet)]
    below = {
        span: role
        for row in body
        for role, cell in zip(roles, row.spans(), strict=False)
        for span in range(*cell)
    }
    return {len(row.cells) for row in body} == {len(header.cells)} and all(
        indicator.layout in (None, "continuation") and below.get(span[0]) == field
        for indicator in sheet.indicators
        for field in ("name", "target")
        for span in indicator.source.cells[field]
    )


def exchanged(row: Row, first: int, second: int) -> Row:
    """A row with two cells exchanged."""
    cells = list(row.cells)
    cells[first], cells[second] = cells[second], cells[first]
    return row.with_cells(cells)


def repeated_labels(case: Case) -> Iterator[str]:
    """The headings that govern an indicator written into its row: both, or one of them."""
    rows = parse(case.text)
    for levels in (("level1", "level2"), ("level1",), ("level2",)):
        changed = list(rows)
        for sheet, indicator, index in indicator_rows(case, rows):
            roles = column_roles(rows[header_of(rows, sheet)])
            cells = list(changed[index].cells)
            for level in levels:
                cells[roles.index(level)] = getattr(indicator, level) or ""
            changed[index] = changed[index].with_cells(cells)
        yield render(changed)


def merged_labels(case: Case) -> Iterator[str]:
    """Headings printed only in the first row that they govern, as in merged cells."""
    rows = parse(case.text)
    changed = list(rows)
    for sheet in case.document.goal_sheets:
        if not aligned(rows, sheet):
            continue
        roles = column_roles(rows[header_of(rows, sheet)])
        first, second = roles.index("level1"), roles.index("level2")
        above = ("", "")
        for index in body_rows(rows, sheet):
            cells = list(rows[index].cells)
            printed = (rows[index].texts[first] or above[0], rows[index].texts[second])
            if rows[index].texts[first] == above[0]:
                cells[first] = ""
            if printed == above:
                cells[second] = ""
            above = (printed[0], printed[1] or above[1])
            changed[index] = rows[index].with_cells(cells)
    yield render(changed)


def indicator_rows(case: Case, rows: Sequence[Row]) -> list[tuple[GoalSheet, Indicator, int]]:
    """The first rows of all indicators that are not displaced, in sheets whose labels were not moved."""
    return [
        (sheet, indicator, rows_of(rows, indicator.source)[0])
        for sheet in case.document.goal_sheets
        if not any("level_label" in (indicator.layout or "") for indicator in sheet.indicators)
        for indicator in sheet.indicators
        if indicator.layout in (None, "continuation")
    ]


def bars(case: Case) -> Iterator[str]:
    """Rows of tabs printed with bars."""
    for left, mid, right in (("| ", " | ", " |"), ("", " | ", ""), ("|", "|", "|"), ("│ ", " │ ", " │")):
        yield render(
            line(left + mid.join(row.cells) + right) if row.geometry == "tabs" else row
            for row in parse(case.text)
        )


def bars_with_rules(case: Case) -> Iterator[str]:
    """Rows of tabs printed with bars and a ruled line under the first row of each table."""
    rows = parse(case.text)
    printed: list[Row] = []
    for index, row in enumerate(rows):
        printed.append(line(f"| {' | '.join(row.cells)} |") if row.geometry == "tabs" else row)
        if row.geometry == "tabs" and rows[index - 1].geometry != "tabs":
            printed.append(line("|---" * len(row.cells) + "|"))
    yield render(printed)


def barred_lines(case: Case) -> Iterator[str]:
    """Cells one a line that end (or begin) with a bar or end with a tab instead of beginning with one."""
    for left, right in (("", "|"), ("", " |"), ("| ", ""), ("", "\t")):
        yield render(
            line("\n".join(left + cell + right for cell in row.cells)) if row.geometry == "lines" else row
            for row in parse(case.text)
        )


def more_empty_cells(case: Case) -> Iterator[str]:
    """Empty cells appended to rows: a few or hundreds, to all rows or some."""
    rows = parse(case.text)
    tables = [index for index, row in enumerate(rows) if row.geometry != "prose"]
    for count, (share, seed) in zip((1, 3, 300, 7, 7, 300), (*SHARES, (0.5, 5)), strict=True):
        wider = set(chosen(tables, share, seed))
        yield render(
            row.with_cells([*row.cells, *[""] * count]) if index in wider else row
            for index, row in enumerate(rows)
        )


def fewer_empty_cells(case: Case) -> Iterator[str]:
    """Rows of tabs without the empty cells at their end, as editors leave them; one tab always stays."""
    rows = parse(case.text)
    tables = [index for index, row in enumerate(rows) if row.geometry == "tabs"]
    for share, seed in SHARES:
        shorter = set(chosen(tables, share, seed))
        yield render(without_tail(row) if index in shorter else row for index, row in enumerate(rows))


def without_tail(row: Row) -> Row:
    """A row without the empty cells at its end."""
    cells = list(row.cells)
    while len(cells) > 2 and not cells[-1].strip():
        cells.pop()
    return row.with_cells(cells)


def reversed_sheets(case: Case) -> str:
    """The goal sheets in the opposite order; what stands between two of them goes with the first."""
    sheets = case.document.goal_sheets
    starts = [case.text.rindex("\n", 0, sheet.source.start) + 1 for sheet in sheets]
    last = case.text.find("\n", sheets[-1].source.end)
    ends = [*starts[1:], len(case.text) if last < 0 else last + 1]
    pieces = [case.text[start:end] for start, end in zip(starts, ends, strict=True)]
    return case.text[: starts[0]] + "\n\n".join(reversed(pieces)) + "\n" + case.text[ends[-1] :]


def cell_per_line(case: Case) -> Iterator[str]:
    """Rows of tabs printed with one cell a line.

    Documents with a row that goes on after a page break are left as they are from there on: cells
    one a line do not tell a page break from the end of a row.
    """
    rows = parse(case.text)
    torn = [
        index
        for sheet in case.document.goal_sheets
        if any("continuation" in (indicator.layout or "") for indicator in sheet.indicators)
        for index in lines_of(rows, sheet)
    ]
    yield render(
        piece
        for index, row in enumerate(rows)
        for piece in (
            (BLANK_LINE, Row(row.cells, "lines"), BLANK_LINE)
            if row.geometry == "tabs" and index not in torn
            else (row,)
        )
    )


def tab_rows(case: Case) -> Iterator[str]:
    """Cells of sheets printed one a line put side by side, a row a line."""
    rows = parse(case.text)
    whole = {
        index
        for sheet in case.document.goal_sheets
        if aligned(rows, sheet)
        for index in lines_of(rows, sheet)
    }
    yield render(
        Row(tuple(" ".join(cell.split("\n")) for cell in row.cells), "tabs")
        if index in whole and row.geometry == "lines" and len(row.cells) > 1
        else row
        for index, row in enumerate(rows)
    )
