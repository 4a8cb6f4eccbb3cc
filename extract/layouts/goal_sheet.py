"""Goal sheets (绩效目标表) among the rows of a document: find, read, record."""

from __future__ import annotations

from typing import NamedTuple

from extract.layouts.body import BodyRow, read_body_row
from extract.layouts.columns import Columns, read_columns
from extract.layouts.head import Head, is_title, opens_head, printed_year, read_head
from extract.layouts.levels import Governed, govern
from extract.layouts.roles import level2_of, role_of
from extract.read.blocks import BLANK, Row
from extract.records import Dimension, Funds, GoalSheet, Indicator, Source
from extract.text import fold
from extract.values import read_amount, read_target, to_yuan
from ontology.labels import dimension_of

HEAD_ROWS = 30
STRAY_LENGTH = 40


class Region(NamedTuple):
    """Where a sheet stands among the rows: head, header row, body."""

    start: int
    header: int
    stop: int
    columns: Columns


def read_goal_sheets(rows: list[Row], text: str, file: str, amount_unit: str | None) -> list[GoalSheet]:
    """All goal sheets of a document, numbered from 1 in printed order.

    ``amount_unit`` is the unit that the document prints for its tables, used where a sheet
    prints none of its own.
    """
    sheets: list[GoalSheet] = []
    for region in find_regions(rows):
        sheet = _read_sheet(rows, region, text, file, len(sheets) + 1, amount_unit)
        if sheet is not None:
            sheets.append(sheet)
    return sheets


def find_regions(rows: list[Row]) -> list[Region]:
    """The sheets of a document by their indicator headers."""
    headers = [(index, columns) for index, row in enumerate(rows) if (columns := _header(row))]
    regions: list[Region] = []
    end = 0
    for index, columns in headers:
        if index < end:
            continue
        start = _start(rows, index, end)
        end = _stop(rows, index, columns)
        regions.append(Region(start, index, end, columns))
    return regions


def _header(row: Row) -> Columns | None:
    return read_columns(row) if len(row.cells) > 2 else None


def _start(rows: list[Row], header: int, floor: int) -> int:
    """The title above a header; without one, the first row above that names a unit or project."""
    first = None
    for index in range(header - 1, max(floor, header - HEAD_ROWS) - 1, -1):
        row = rows[index]
        if is_title(row):
            return index
        if any(opens_head(cell) for cell in row.cells):
            first = index
        elif row.table == 0 and first is not None and not printed_year(row.text):
            break
    return header if first is None else first


def _stop(rows: list[Row], header: int, columns: Columns) -> int:
    """The first row after the body: a title, another sheet's head, other content."""
    index = header + 1
    while index < len(rows):
        row = rows[index]
        if is_title(row) or _opens_sheet(row):
            return index
        if row.table == 0 and not _stray(rows, index, columns):
            return index
        if row.broken and row.table and _foreign(rows, index, header, columns):
            return index
        index += 1
    return index


def _opens_sheet(row: Row) -> bool:
    """A row with the label of a unit or a project and a value beside it: the next sheet's head."""
    filled = [cell for cell in row.cells if cell is not BLANK]
    if not filled or not opens_head(filled[0]):
        return False
    return len(filled) > 1 or role_of(filled[0].text, "head") is None


def _stray(rows: list[Row], index: int, columns: Columns) -> bool:
    """A short line of running text inside a table: what a page break leaves behind.

    The table must go on below it, with a level heading or its repeated header.
    """
    if len(rows[index].text) > STRAY_LENGTH:
        return False
    for row in rows[index + 1 : index + 3]:
        if row.table == 0:
            continue
        return _header(row) is not None or _has_level(row)
    return False


def _has_level(row: Row) -> bool:
    return any(level2_of(cell.text) is not None for cell in row.cells[:4])


def _foreign(rows: list[Row], index: int, header: int, columns: Columns) -> bool:
    """Whether a row after a gap belongs to another table: another width and no level heading."""
    row = rows[index]
    widths = {len(body.cells) for body in rows[header:index]}
    if len(row.cells) in widths or _has_level(row) or _header(row):
        return False
    body = read_body_row(row, columns)
    return body is not None and not body.labelled and body.row.number > 1 and not body.continues


def _read_sheet(
    rows: list[Row], region: Region, text: str, file: str, seq: int, amount_unit: str | None
) -> GoalSheet | None:
    head = read_head(rows[region.start : region.header], text)
    bodies, problems = _read_body(rows[region.header + 1 : region.stop], region.columns)
    total = head.fields.text("total")
    unit = head.amount_unit or amount_unit
    governed, empty = govern(bodies, to_yuan(_amount(total) or "", unit) if total and unit else None)
    if "project" not in head.fields.pieces and not governed:
        return None
    indicators = [_indicator(item, number, file) for number, item in enumerate(governed, 1)]
    problems = [*head.problems, *_missing(head), *problems]
    funds = _funds(head)
    return GoalSheet(
        seq=seq,
        printed_year=head.year or _title_year(rows[region.start]),
        unit=head.fields.text("unit") or head.fields.text("supervisor"),
        project=head.fields.text("project"),
        responsible_person=head.fields.text("person"),
        funds=funds,
        amount_unit=unit,
        objective=head.fields.text("objective"),
        indicators=indicators,
        empty_level2=empty,
        unresolved=problems,
        source=_sheet_source(rows, region, head, funds, file),
    )


def _read_body(rows: list[Row], columns: Columns) -> tuple[list[BodyRow], list[str]]:
    bodies: list[BodyRow] = []
    problems: list[str] = []
    for row in rows:
        if row.table == 0:
            problems.append(f"a line inside the table is left out: {row.text}")
            continue
        if _header(row) is not None:
            continue
        body = read_body_row(row, columns)
        if body is not None:
            bodies.append(body)
    return bodies, problems


def _missing(head: Head) -> list[str]:
    names = {"project": "project name (项目名称)", "unit": "budget unit (预算单位)"}
    missing = [label for field, label in names.items() if field not in head.fields.pieces]
    return [f"no {label} found" for label in missing]


def _title_year(row: Row) -> int | None:
    text = fold(row.text)
    return (
        int(text[:4])
        if is_title(row) and text[:2] == "20" and text[:4].isdigit() and text[4:5] == "年"
        else None
    )


def _amount(printed: str | None) -> str | None:
    amount = read_amount(printed) if printed else None
    return amount[0] if amount else None


def _funds(head: Head) -> Funds:
    total, fiscal, other = (_amount(head.fields.text(role)) for role in ("total", "fiscal", "other"))
    return Funds(total=total, fiscal=fiscal, other=other)


def _indicator(item: Governed, number: int, file: str) -> Indicator:
    body, printed = item.body, item.body.fields.texts()
    name, target = printed.get("name"), printed.get("target")
    reading = read_target(target, name)
    problems = list(body.problems)
    if name is None or target is None:
        problems.append("no name printed" if name is None else "no target printed")
    row = body.row
    return Indicator(
        row=number,
        level1=item.level1,
        level2=item.level2,
        dimension=_dimension(item.level1, item.level2),
        name=name,
        target=target,
        basis=printed.get("basis"),
        previous=printed.get("previous"),
        weight=printed.get("weight"),
        scoring=printed.get("scoring"),
        evidence=printed.get("evidence"),
        comparator=reading.comparator,
        value=reading.value,
        unit=reading.unit,
        date=reading.date,
        qualitative=reading.qualitative,
        layout="+".join(body.notes) or None,
        unresolved=problems,
        source=Source(
            file=file,
            start=row.start,
            end=row.end,
            table=row.table,
            row=row.number,
            cells=body.fields.spans(),
        ),
    )


def _dimension(level1: str | None, level2: str | None) -> Dimension | None:
    """The dimension of the printed level 1; without one, that of a level 2 which has only one."""
    if level1 is not None:
        return dimension_of(level1)
    known = level2_of(level2)
    return next(iter(known.dimensions)) if known and len(known.dimensions) == 1 else None


def _sheet_source(rows: list[Row], region: Region, head: Head, funds: Funds, file: str) -> Source:
    printed = [row for row in rows[region.start : region.stop] if row.end]
    return Source(
        file=file,
        start=printed[0].start,
        end=max(row.end for row in printed),
        table=rows[region.header].table or None,
        row=rows[region.start].number or None,
        cells=head.fields.spans(),
        printed=head.fields.printed({role: getattr(funds, role) for role in ("total", "fiscal", "other")}),
    )
