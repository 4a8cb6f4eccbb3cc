"""Printing of goal sheets: rows of cells first, then lines in one of four geometries."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from benchmarks.indicators import Row
from benchmarks.styles import Style
from benchmarks.world import Sheet

Cells = list[Sequence[str]]
WIDE_HEAD = ("指标值设置依据", "上年完成值", "指标分值权重", "指标赋分规则", "佐证资料")
CJK = r"[\u4e00-\u9fff]"
# A table cell of a narrow column wraps after four characters; the export puts a space there.
WRAP = re.compile(f"({CJK}{{4}})(?={CJK})")


def blank_to(cells: Sequence[str], width: int) -> Sequence[str]:
    """The cells, with blank ones added up to the width."""
    return (*cells, *[""] * (width - len(cells)))


def table_lines(rows: Cells, style: Style, breaks: frozenset[int] = frozenset()) -> Iterator[str]:
    """Rows as printed lines; a page breaks before the rows named in ``breaks``."""
    for number, row in enumerate(rows):
        if number in breaks:
            yield ""
        if style.geometry == "cells":
            yield from (f"\t{cell or '　'}" for cell in row)
            yield ""
        else:
            yield (" | " if style.geometry == "bars" else "\t").join(row)


def sheet_lines(sheet: Sheet, damage: bool) -> Iterator[str]:
    """One goal sheet: title, year, head rows, column header, indicator rows."""
    style = sheet.style
    spaced = style.geometry == "cells"
    yield "\t项  目  支  出  绩  效  目  标  表" if spaced else "项目支出绩效目标表"
    yield ""
    if sheet.printed_year is not None:
        yield ("\t" if spaced else "") + style.year_form.format(year=sheet.printed_year)
        yield ""
    rows, breaks = sheet_rows_and_breaks(sheet, damage)
    yield from table_lines(rows, style, breaks)


def sheet_rows_and_breaks(sheet: Sheet, damage: bool) -> tuple[Cells, frozenset[int]]:
    """All rows of a sheet, padded to its width, and the positions before which a page breaks."""
    style = sheet.style
    header = column_header(style)
    body = body_rows(sheet.rows, style, damage)
    head = head_rows(sheet)
    rows: Cells = [*head, header, *body]
    breaks: frozenset[int] = frozenset()
    if style.page_break:
        place = len(head) + 1 + len(body) // 2
        breaks = frozenset({place})
        if style.repeat_header and style.geometry != "cells":
            rows.insert(place, header)
    return (rows if style.geometry == "cells" else [blank_to(row, width_of(style)) for row in rows]), breaks


def width_of(style: Style) -> int:
    """The number of columns of a sheet."""
    return (9 if style.wide else 6 + style.gap) + style.block_label


def head_rows(sheet: Sheet) -> Cells:
    """Unit, project, funds and objective above the indicator table."""
    style, other = sheet.style, sheet.other or ""
    if style.wide:
        return [
            ("预算单位", "", sheet.unit),
            ("项目名称", "", sheet.project, "", "", "项目负责人", "", sheet.person or ""),
            ("项目资金（万元）", "", "年度预算总额：", sheet.total, "其中：财政拨款", sheet.fiscal,
             "其他资金：", other),
            ("项目总体目标", "", sheet.objective),
        ]  # fmt: skip
    funds = ("年度资金总额：", sheet.total, "其中：财政拨款", sheet.fiscal, "其他资金", other)
    if style.geometry == "tabs":
        return [
            ("预算单位", sheet.unit, "", "", "项目名称", sheet.project),
            ("项目资金（万元）", *funds),
            ("总体目标", "年度目标"),
            ("", sheet.objective),
        ]
    return [
        ("预算单位", sheet.unit, "项目名称", sheet.project),
        ("项目资金（万元）", *funds),
        ("项目总体目标", sheet.objective),
    ]


def column_header(style: Style) -> Sequence[str]:
    """The row of column headings."""
    block = ("绩效指标",) if style.block_label and not style.wide else ("",) * style.block_label
    target = "指标值" if style.wide else "指标值（包含数字及文字描述）"
    extras = WIDE_HEAD if style.wide else ()
    return (*block, "一级指标", "二级指标", "三级指标", *[""] * style.gap, target, *extras)


def body_rows(rows: Sequence[Row], style: Style, damage: bool) -> Cells:
    """The indicator rows, labels merged or repeated."""
    printed: Cells = []
    above: Row | None = None
    for row in rows:
        level1 = row.level1 if style.repeat_labels or above is None or above.level1 != row.level1 else ""
        level2 = row.level2 if level1 or above is None or above.level2 != row.level2 else ""
        block = "绩效指标" if style.block_label and style.wide and above is None else ""
        above = row
        target = row.target.printed if row.target else ""
        name = WRAP.sub(r"\1 ", row.name or "") if style.wrapped else row.name or ""
        cells = [level1, level2, name, *[""] * style.gap, target, *(extra or "" for extra in row.extras)]
        printed.append(displace([block] * style.block_label + cells, row, style, damage))
    return printed


def displace(cells: Sequence[str], row: Row, style: Style, damage: bool) -> Sequence[str]:
    """A cost or satisfaction row of a tab sheet, printed one column too far left as some exports do."""
    cost = style.era.cost or (style.era.output, "成本指标")
    displaced = (row.level1, row.level2) in (cost, style.era.satisfaction)
    return cells[1:] if damage and displaced and style.geometry == "tabs" else cells
