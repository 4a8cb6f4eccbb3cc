"""Goal sheets (绩效目标表) among the rows of a document: find, read, record."""

from __future__ import annotations

import re
from collections.abc import Iterator

from extract.layouts.body import read_body
from extract.layouts.columns import Columns, read_columns
from extract.layouts.fields import row_source
from extract.layouts.flat import Form, flat_forms
from extract.layouts.head import Head, is_title, read_head, title_year
from extract.layouts.levels import Governed, govern
from extract.layouts.regions import Region
from extract.layouts.roles import dimension_of, level2_of
from extract.layouts.row import BodyRow
from extract.read.blocks import Row
from extract.records import Dimension, Funds, GoalSheet, Indicator, Source
from extract.values import TargetReading, is_damaged, read_amount, read_target, to_yuan

# Who a sheet's money belongs to, as far as it is printed.
UNITS = ("unit", "supervisor", "ministry")
# How a target may begin; and a figure alone, or one behind an operator, which names no indicator.
NO_NAME = re.compile(r"[≥≤≧≦＞＜><=＝\d不至大小高低超]")
PLAIN_FIGURE = re.compile(r"[≥≤≧≦＞＜><=＝]|[\d.,]+[%％]?$")


def read_goal_sheets(
    rows: list[Row], regions: list[Region], text: str, file: str, amount_unit: str | None
) -> list[GoalSheet]:
    """All goal sheets of a document, numbered from 1 in printed order.

    ``amount_unit`` is the unit that the document prints for its tables, used where a sheet
    prints none of its own.
    """
    sheets: list[GoalSheet] = []
    for region in regions:
        for form in _forms(rows, region, text):
            sheet = _read_sheet(form, region, file, len(sheets) + 1, amount_unit)
            if sheet is not None:
                sheets.append(sheet)
    return sheets


def _forms(rows: list[Row], region: Region, text: str) -> Iterator[Form]:
    """The sheets of a region: one, or one for each project of a flat table."""
    above, body = rows[region.start : region.header], rows[region.header + 1 : region.stop]
    if region.flat:
        yield from flat_forms(rows[region.start : region.header + 1], body, region, text)
        return
    head = read_head(above, text)
    if head.year is None and above and is_title(above[0]):
        head.year = title_year(above[0].text)
    yield Form(head, body, rows[region.start : region.stop])


def _read_sheet(form: Form, region: Region, file: str, seq: int, amount_unit: str | None) -> GoalSheet | None:
    head, columns = form.head, region.columns
    bodies, problems = _read_body(form.body, columns)
    if region.loose is not None:
        doubted = bodies[-1].problems if bodies else problems
        doubted.append(f"a line below the table may belong to it: {region.loose}")
    total = _amount(head.fields.text("total"))
    unit = head.amount_unit or amount_unit
    budget = to_yuan(total, unit) if total and unit else None
    governed, empty = govern(bodies, columns, budget)
    levels = columns.level1 is not None or columns.level2 is not None
    if "project" not in head.fields.pieces and not (governed and levels):
        return None
    if not governed and not empty:
        problems.append("no row of the table of indicators could be read")
    funds = _funds(head)
    return GoalSheet(
        seq=seq,
        printed_year=head.year,
        unit=next((text for role in UNITS if (text := head.fields.text(role))), None),
        project=head.fields.text("project"),
        responsible_person=head.fields.text("person"),
        funds=funds,
        amount_unit=unit,
        objective=head.fields.text("objective"),
        indicators=[_indicator(item, number, file) for number, item in enumerate(governed, 1)],
        empty_level2=empty,
        layout=_head_notes(head),
        unresolved=[*head.problems, *_missing(head), *problems],
        source=_sheet_source(form, head, funds, file),
    )


def _read_body(rows: list[Row], columns: Columns) -> tuple[list[BodyRow], list[str]]:
    problems = [
        f"a line inside the table is left out: {row.text}"
        for row in rows
        if row.table == 0 and not is_title(row)
    ]
    body = [row for row in rows if row.table and read_columns(row) is None and not is_title(row)]
    return read_body(body, columns), problems


def _head_notes(head: Head) -> list[str]:
    printed = head.fields.pieces
    return ["unit_from_supervisor"] if set(UNITS[1:]) & set(printed) and "unit" not in printed else []


def _missing(head: Head) -> list[str]:
    printed = head.fields.pieces
    missing = [] if "project" in printed else ["no project name (项目名称) found"]
    if not set(UNITS) & set(printed):
        missing.append("no budget unit (预算单位) found")
    return missing


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
    elif NO_NAME.match(name) and (PLAIN_FIGURE.match(name) or _reads_as_target(name, reading)):
        problems.append(f"the name reads like a target: {name}")
    elif is_damaged(target):
        problems.append(f"the figure is damaged: {target}")
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
        actual=printed.get("actual"),
        score=printed.get("score"),
        deviation=printed.get("deviation"),
        comparator=reading.comparator,
        value=reading.value,
        unit=reading.unit,
        date=reading.date,
        qualitative=reading.qualitative,
        layout="+".join(body.notes) or None,
        unresolved=problems,
        source=row_source(row, body.fields, file),
    )


def _reads_as_target(name: str, target: TargetReading) -> bool:
    """Whether a name has a value and its target has none, as if they had changed places."""
    return target.value is None and read_target(name, None).value is not None


def _dimension(level1: str | None, level2: str | None) -> Dimension | None:
    """The dimension of the printed level 1; without one, that of a level 2 which has only one."""
    if level1 is not None:
        return dimension_of(level1)
    known = level2_of(level2)
    return next(iter(known.dimensions)) if known and len(known.dimensions) == 1 else None


def _sheet_source(form: Form, head: Head, funds: Funds, file: str) -> Source:
    printed = [row for row in form.rows if row.end]
    first = printed[0]
    return Source(
        file=file,
        start=first.start,
        end=max(row.end for row in printed),
        table=next((row.table for row in printed if row.table), None),
        row=first.number or None,
        page=first.page,
        cells=head.fields.spans(),
        printed=head.fields.printed({role: getattr(funds, role) for role in ("total", "fiscal", "other")}),
    )
