"""Project lists and project expenditure tables (项目支出情况表): one project a row."""

from __future__ import annotations

from extract.layouts.fields import Fields, row_source
from extract.layouts.head import is_title, opens_head
from extract.layouts.roles import label_key, role_of, unit_in_label
from extract.read.blocks import BLANK, Row
from extract.records import ExpenditureLine, ProjectListRow
from extract.text import fold
from extract.values import read_amount

CODES = ("class_code", "division_code", "item_code")
TOTALS = frozenset({"合计", "总计", "小计", "总合计"})


def read_project_list(
    rows: list[Row], file: str, amount_unit: str | None
) -> tuple[list[ProjectListRow], str | None]:
    """The rows of all project lists of a document, and the printed total of the first."""
    entries: list[ProjectListRow] = []
    total: str | None = None
    for index, row in enumerate(rows):
        roles = list_roles(row)
        if roles is None:
            continue
        unit = next((u for cell in row.cells if (u := unit_in_label(cell.text))), None) or amount_unit
        for below in _below(rows, index):
            if _is_total(below):
                total = total or _total_amount(below)
            elif (entry := _list_row(below, roles, file, unit)) is not None:
                entries.append(entry)
    return entries, total


def list_roles(row: Row) -> list[str | None] | None:
    """Roles by column of a list header: a project, its amount, and a unit or a department."""
    if row.table == 0 or len(row.cells) < 3:
        return None
    if role_of(row.first, "list") is None:
        return None
    roles = [role_of(cell.text, "list") if cell is not BLANK else None for cell in row.cells]
    named = {role for role in roles if role}
    if not {"project", "amount"} <= named or not named & {"unit", "department", "seq"}:
        return None
    return None if row.printed != sum(role is not None for role in roles) else roles


def _below(rows: list[Row], header: int) -> list[Row]:
    """The rows of a table below a header, up to its next header or a goal sheet without a break."""
    below = []
    printed = [cell.text for cell in rows[header].cells]
    for row in rows[header + 1 :]:
        if [cell.text for cell in row.cells] == printed:
            break
        if row.table != rows[header].table or is_title(row) or opens_head(row.cells[0]):
            break
        below.append(row)
    return below


def _is_total(row: Row) -> bool:
    return label_key(row.first) in TOTALS


def _total_amount(row: Row) -> str | None:
    amounts = [amount[0] for cell in row.cells if cell is not BLANK and (amount := read_amount(cell.text))]
    return amounts[-1] if amounts else None


def _by_role(row: Row, roles: list[str | None]) -> Fields:
    fields = Fields()
    for role, cell in zip(roles, row.cells, strict=False):
        if role is not None and cell is not BLANK:
            fields.setdefault(role, cell)
    return fields


def _list_row(row: Row, roles: list[str | None], file: str, amount_unit: str | None) -> ProjectListRow | None:
    fields = _by_role(row, roles)
    project = fields.text("project")
    amount = read_amount(fields.text("amount") or "")
    if project is None or amount is None:
        return None
    seq = fold(fields.text("seq") or "")
    return ProjectListRow(
        seq=int(seq) if seq.isdigit() else None,
        department=fields.text("department"),
        unit=fields.text("unit"),
        project=project,
        amount=amount[0],
        amount_unit=amount[1] or amount_unit,
        source=row_source(row, fields, file, {"amount": amount[0]}),
    )


def read_expenditure_lines(rows: list[Row], file: str, amount_unit: str | None) -> list[ExpenditureLine]:
    """The project rows of all project expenditure tables; rows of classes and totals are left out."""
    lines: list[ExpenditureLine] = []
    for index in range(len(rows)):
        roles = _expenditure_roles(rows, index)
        if roles is None:
            continue
        for below in _below(rows, index):
            if (line := _expenditure_line(below, roles, file, amount_unit)) is not None:
                lines.append(line)
    return lines


def _expenditure_roles(rows: list[Row], index: int) -> list[str | None] | None:
    """Roles by column of an expenditure header, the columns of 类, 款, 项 spread out.

    A Word table saved with one cell a line prints the merged cell 科目编码 once, so that its
    header is two cells shorter than the rows below it.
    """
    row = rows[index]
    if row.table == 0 or len(row.cells) < 5 or role_of(row.first, "expenditure") is None:
        return None
    roles = [_expenditure_role(cell.text) if cell is not BLANK else None for cell in row.cells]
    named = [role for role in roles if role]
    economic = [role for role in named if role.startswith("economic:")]
    if "project" not in named or "total" not in named or len(economic) < 2:
        return None
    if "code" not in roles or index + 1 == len(rows):
        return roles
    codes = [role_of(cell.text, "expenditure") for cell in rows[index + 1].cells[:4]]
    place = roles.index("code")
    if codes[place : place + 3] != list(CODES):
        return roles
    # Three columns of codes: two blank cells beside the merged header, or one header cell for all.
    merged = any(cell is not BLANK for cell in row.cells[place + 1 : place + 3])
    return [*roles[:place], *CODES, *roles[place + (1 if merged else 3) :]]


def _expenditure_role(printed: str) -> str | None:
    role = role_of(printed, "expenditure")
    return f"economic:{printed}" if role == "economic" else role


def _expenditure_line(
    row: Row, roles: list[str | None], file: str, amount_unit: str | None
) -> ExpenditureLine | None:
    fields = _by_role(row, roles)
    project, total = fields.text("project"), read_amount(fields.text("total") or "")
    if project is None or total is None or label_key(project) in TOTALS or _is_total(row):
        return None
    economic = {
        field.partition(":")[2]: amount[0]
        for field in fields.pieces
        if field.startswith("economic:") and (amount := read_amount(fields.text(field) or ""))
    }
    codes = [fields.text(code) for code in CODES]
    code = "".join(part for part in codes if part) or fields.text("code")
    return ExpenditureLine(
        function_code=code,
        function_name=fields.text("function_name"),
        project=project,
        total=total[0],
        economic=economic,
        amount_unit=amount_unit,
        source=row_source(
            row,
            fields,
            file,
            {"total": total[0]} | {f"economic:{name}": amount for name, amount in economic.items()},
        ),
    )
