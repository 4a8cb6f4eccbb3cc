"""What a document says of itself: title, publisher, fiscal year, publication date, kind."""

from __future__ import annotations

import re
from collections import Counter
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from extract.layouts.fields import Fields, offsets
from extract.layouts.head import AMOUNT_UNIT, CHINESE_DIGITS
from extract.lexicon.numerals import read_number
from extract.read.blocks import BLANK, Cell, Row
from extract.text import fold

TITLE_END = re.compile(
    r"(?:公开|公开说明|公开情况说明|绩效目标|绩效目标表|绩效目标公开|公开表|公开报告|预算说明|自评报告|自评表|预算|决算|"
    r"预算草案|情况说明|绩效评价报告)(?:[(（].{1,12}[)）])?$"
)
YEAR = re.compile(r"(20[0-4]\d)年")
CHINESE_DAY = r"[二〇○零一二三四五六七八九]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
DAY = r"(?:20\d\d[年\-/.．]\d{1,2}[月\-/.．]\d{1,2}日?|" + CHINESE_DAY + ")"
DATE = re.compile(DAY + "$")
DATE_LABEL = re.compile(rf"(?:发布|公开|发文|成文|公布)(?:日期|时间)[:：]?({DAY})")
PUBLISHER_LABEL = re.compile(
    r"(?:编制|填报|公开|发布)(?:部门|单位|机构)?(?:[(（](?:单位|部门)[)）])?[:：](.+?)(?:(?:金额)?单位[:：].*)?$"
)
ISSUER = re.compile(r"(?:20\d\d年度?)?(.+?)(?:20\d\d年度?)?(?:部门|单位|重点)?(?:预算|决算|项目|支出|绩效)")
OPENING = re.compile(
    r"(?:目录|第[一二三四五六七八九十]+部分|[一二三四五六七八九十]+、|\([一二三四五六七八九十]+\)|表[一二三\d])"
)
BODY_OF = re.compile(
    r"(?:局|办公室|委员会|委|厅|院|中心|学校|大学|处|站|队|会|馆|所|台|部|政府|社|团|办|校|公司|法院|检察院)(?:\(.{1,12}\))?$"
)
KINDS = (
    (re.compile(r"自评"), "绩效自评"),
    (re.compile(r"重点项目.{0,12}绩效目标"), "重点项目绩效目标"),
    (re.compile(r"部门.{0,6}决算"), "部门决算公开"),
    (re.compile(r"单位.{0,6}决算"), "单位决算公开"),
    (re.compile(r"单位预算"), "单位预算公开"),
    (re.compile(r"部门预算|预算公开"), "部门预算公开"),
    (re.compile(r"绩效目标"), "绩效目标公开"),
)
TITLE_ROWS = 10
LAST_ROWS = 8
# A line above a table prints its author and its unit of money, not a row of the table.
LABELS_IN_LINE = 3
LONGEST_TITLE = 60


class Cover(NamedTuple):
    """The document header, each part as printed or ``None``; ``fields`` knows the places."""

    title: str | None
    publisher: str | None
    fiscal_year: int | None
    published: str | None
    kind: str | None
    amount_unit: str | None
    fields: Fields


def read_cover(rows: list[Row], text: str) -> Cover:
    """Read the document header from a document's rows."""
    prose = [row for row in rows if row.table == 0]
    headings = [fold(row.text) for row in prose if len(row.text) <= LONGEST_TITLE]
    fields = Fields()
    for cell in _title(rows):
        fields.add("title", cell)
    if (publisher := _author(rows, text) or _signature(rows) or _issuer(fields, text)) is not None:
        fields.add("publisher", publisher)
    if (day := _publication_date(prose, text)) is not None:
        fields.add("published", day)
    title = fields.text("title")
    return Cover(
        title=title,
        publisher=fields.text("publisher"),
        fiscal_year=_fiscal_year(title, headings),
        published=_iso(fields.text("published")),
        kind=_kind(title, headings),
        amount_unit=_amount_unit(rows),
        fields=fields,
    )


def _title(rows: list[Row]) -> list[Cell]:
    """The title on top: a line that ends like one and names a year, with the body named above it."""
    above = BLANK
    for row in rows[:TITLE_ROWS]:
        filled = [cell for cell in row.cells if cell is not BLANK]
        if OPENING.match(fold(row.text)):
            break
        if len(filled) != 1 or len(filled[0].text) > LONGEST_TITLE:
            continue
        line = filled[0]
        lines = [above, line] if BODY_OF.search(fold(above.text)) else [line]
        if TITLE_END.search(fold(line.text)) and YEAR.search(fold("".join(cell.text for cell in lines))):
            return lines
        above = line
    return []


def _issuer(fields: Fields, text: str) -> Cell | None:
    """The body that the title names: on a line of its own, or before or after the year."""
    lines = fields.pieces.get("title", [])
    if not lines:
        return None
    if len(lines) > 1 and BODY_OF.search(fold(lines[0].text)):
        return lines[0]
    match = ISSUER.match(lines[-1].text)
    if match is None or not BODY_OF.search(fold(match.group(1))):
        return None
    return _part(lines[-1], match.span(1), text)


def _author(rows: list[Row], text: str) -> Cell | None:
    """The body that the tables name most often as their author, where it is printed first."""
    named: Counter[str] = Counter()
    first: dict[str, Cell] = {}
    for row in rows:
        if row.printed > LABELS_IN_LINE:
            continue
        for cell in row.cells:
            if ("：" in cell.text or ":" in cell.text) and len(cell.text) <= LONGEST_TITLE:
                match = PUBLISHER_LABEL.match(cell.text)
                if match and match.group(1):
                    named[match.group(1)] += 1
                    first.setdefault(match.group(1), _part(cell, match.span(1), text))
    return first[named.most_common(1)[0][0]] if named else None


def _part(cell: Cell, span: tuple[int, int], text: str) -> Cell:
    """Some characters of a cell, with their own place."""
    places = offsets([cell], text)
    return Cell(cell.text[span[0] : span[1]], places[span[0]], places[span[1] - 1] + 1)


def _signature(rows: list[Row]) -> Cell | None:
    """The body signed above the date that ends a document."""
    tail = [row for row in rows if row.text][-LAST_ROWS:]
    for above, row in pairwise(tail):
        if (
            DATE.match(fold(row.text))
            and BODY_OF.search(fold(above.text))
            and len(above.text) <= LONGEST_TITLE
        ):
            return above.cells[0]
    return None


def _publication_date(prose: list[Row], text: str) -> Cell | None:
    """The labelled publication date, else the day that stands alone at the end, as one is signed."""
    for row in prose:
        if label := DATE_LABEL.search(row.text):
            return _part(row.cells[0], label.span(1), text)
    for row in reversed(prose[-LAST_ROWS:]):
        if DATE.fullmatch(row.text):
            return row.cells[0]
    return None


def _iso(printed: str | None) -> str | None:
    """A printed day as YYYY-MM-DD; ``None`` if there is no such day.

    >>> _iso("2023年02月03日"), _iso("二〇二三年一月十九日"), _iso("2023-02-30")
    ('2023-02-03', '2023-01-19', None)
    """
    parts = re.split(r"[年月日\-/.．]", printed)[:3] if printed else []
    if len(parts) < 3:
        return None
    year = parts[0].translate(CHINESE_DIGITS)
    month, day = (read_number(fold(part)) for part in parts[1:])
    try:
        return date(int(year), int(month or 0), int(day or 0)).isoformat()
    except ValueError:
        return None


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
        if row.printed <= LABELS_IN_LINE
        for cell in row.cells
        if "单位" in cell.text
        and len(cell.text) <= LONGEST_TITLE
        and (match := AMOUNT_UNIT.search(fold(cell.text)))
    }
    return units.pop() if len(units) == 1 else None
