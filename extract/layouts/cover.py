"""What a document says of itself: title, publisher, fiscal year, publication date, kind."""

from __future__ import annotations

import re
from collections import Counter
from itertools import pairwise
from typing import NamedTuple

from extract.read.blocks import Row
from extract.text import fold

TITLE_END = re.compile(
    r"(?:公开|公开说明|公开情况说明|绩效目标|绩效目标表|绩效目标公开|公开表|公开报告|预算说明|自评报告|自评表|预算|决算|"
    r"预算草案|情况说明|绩效评价报告)(?:[(（].{1,12}[)）])?$"
)
YEAR = re.compile(r"(20[0-4]\d)年")
DATE = re.compile(r"(20\d\d)年(\d{1,2})月(\d{1,2})日$|(20\d\d)[-/.](\d{1,2})[-/.](\d{1,2})$")
DATE_LABEL = re.compile(
    r"(?:发布|公开|发文|成文|公布)(?:日期|时间):?(20\d\d)[-/.年](\d{1,2})[-/.月](\d{1,2})日?"
)
PUBLISHER_LABEL = re.compile(
    r"(?:编制|填报|公开|发布)(?:部门|单位|机构)?(?:\(单位\)|\(部门\))?:(.+?)(?:单位:.*|金额单位:.*)?$"
)
OPENING = re.compile(
    r"(?:目录|第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|表[一二三\d])"
)
BODY_OF = re.compile(
    r"(?:局|办公室|委员会|委|厅|院|中心|学校|大学|处|站|队|会|馆|所|台|部|政府|社|团|办|校|公司|法院|检察院)(?:\(.{1,12}\))?$"
)
AMOUNT_UNIT = re.compile(r"(?:金额)?单位:(万元|元|千元|亿元)$")
KINDS = (
    (re.compile(r"自评"), "绩效自评"),
    (re.compile(r"重点项目.{0,12}绩效目标"), "重点项目绩效目标"),
    (re.compile(r"部门.{0,6}决算"), "部门决算公开"),
    (re.compile(r"单位.{0,6}决算"), "单位决算公开"),
    (re.compile(r"单位预算公开"), "单位预算公开"),
    (re.compile(r"部门预算公开|预算公开"), "部门预算公开"),
    (re.compile(r"绩效目标"), "绩效目标公开"),
)
TITLE_ROWS = 6
LONGEST_TITLE = 60


class Cover(NamedTuple):
    """The document header, each part as printed or ``None``."""

    title: str | None
    publisher: str | None
    fiscal_year: int | None
    published: str | None
    kind: str | None
    amount_unit: str | None


def read_cover(rows: list[Row]) -> Cover:
    """Read the document header from a document's rows."""
    prose = [row for row in rows if row.table == 0]
    title, title_body = _title(rows)
    headings = [fold(row.text) for row in prose if len(row.text) <= LONGEST_TITLE]
    return Cover(
        title=title,
        publisher=_publisher(rows) or title_body,
        fiscal_year=_fiscal_year(title, headings),
        published=_published(prose),
        kind=_kind(title, headings),
        amount_unit=_amount_unit(rows),
    )


def _title(rows: list[Row]) -> tuple[str | None, str | None]:
    """The title on top, and the issuing body where the title prints one on a line of its own."""
    lines: list[str] = []
    for row in rows[:TITLE_ROWS]:
        filled = [cell.text for cell in row.cells if cell.text]
        if len(filled) != 1 or len(filled[0]) > LONGEST_TITLE or OPENING.match(fold(filled[0])):
            break
        lines.append(filled[0])
        if TITLE_END.search(fold(filled[0])) and YEAR.search(fold("".join(lines))):
            body = lines[0] if len(lines) > 1 and BODY_OF.search(fold(lines[0])) else _issuer(lines)
            return "".join(lines), body
    return None, None


def _issuer(lines: list[str]) -> str | None:
    """The body that a one-line title names before or after its year."""
    match = re.match(r"(?:20\d\d年度?)?(.+?)(?:20\d\d年度?)?(?:部门|单位)?(?:预算|决算)", fold(lines[-1]))
    name = match.group(1) if match else ""
    return name if BODY_OF.search(name) else None


def _publisher(rows: list[Row]) -> str | None:
    """The body that the tables name most often as their author, else the signature."""
    named: Counter[str] = Counter()
    for row in rows:
        for cell in row.cells:
            if ("：" in cell.text or ":" in cell.text) and len(cell.text) <= LONGEST_TITLE:
                match = PUBLISHER_LABEL.match(fold(cell.text))
                if match and match.group(1):
                    named[_as_printed(cell.text, match.group(1))] += 1
    return named.most_common(1)[0][0] if named else _signature(rows)


def _as_printed(cell: str, folded: str) -> str:
    """The part of a cell whose folded form is given, in its printed width."""
    start = fold(cell).index(folded)
    printed = cell[start : start + len(folded)]
    return printed if fold(printed) == folded else folded


def _signature(rows: list[Row]) -> str | None:
    """The body signed above the date that ends a document."""
    tail = [row for row in rows if row.text][-8:]
    for above, row in pairwise(tail):
        if (
            DATE.match(fold(row.text))
            and BODY_OF.search(fold(above.text))
            and len(above.text) <= LONGEST_TITLE
        ):
            return above.text
    return None


def _published(prose: list[Row]) -> str | None:
    """The labelled publication date, else the date signed at the end."""
    for row in prose:
        if (label := DATE_LABEL.search(fold(row.text))) is not None:
            return _iso(*label.groups())
    for row in reversed(prose[-8:]):
        if (match := DATE.search(fold(row.text))) and len(row.text) <= LONGEST_TITLE:
            return _iso(*[group for group in match.groups() if group])
    return None


def _iso(year: str, month: str, day: str) -> str | None:
    valid = 1 <= int(month) <= 12 and 1 <= int(day) <= 31
    return f"{year}-{int(month):02d}-{int(day):02d}" if valid else None


def _fiscal_year(title: str | None, headings: list[str]) -> int | None:
    """The year of the title, else the year that most headings of budget parts name."""
    if title and (match := YEAR.search(fold(title))):
        return int(match.group(1))
    years = Counter(
        match.group(1)
        for heading in headings
        if (match := YEAR.search(heading)) and re.search(r"预算|绩效|决算|项目", heading)
    )
    return int(years.most_common(1)[0][0]) if years else None


def _kind(title: str | None, headings: list[str]) -> str | None:
    """The kind of disclosure that the title names, else the first heading that names one."""
    for text in [fold(title)] if title else headings:
        for pattern, kind in KINDS:
            if pattern.search(text):
                return kind
    return None


def _amount_unit(rows: list[Row]) -> str | None:
    """The unit of money that the document prints for its tables, if it is one and the same."""
    units = {
        match.group(1)
        for row in rows
        for cell in row.cells
        if "单位" in cell.text
        and len(cell.text) <= LONGEST_TITLE
        and (match := AMOUNT_UNIT.search(fold(cell.text)))
    }
    return units.pop() if len(units) == 1 else None
