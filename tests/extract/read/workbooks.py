"""Small workbooks for tests, written part by part."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from tests.extract.read.rendered import Block, merged

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'

SHEET_TITLES = frozenset({"项目支出绩效目标表", "项目支出绩效目标申报表", "项目绩效目标表"})


class Number(NamedTuple):
    """A stored number and the format code of its cell; ``formula`` marks a computed one."""

    stored: str
    code: str = "General"
    formula: str = ""


class Raw(NamedTuple):
    """A cell given as XML, ``{place}`` standing for its reference."""

    xml: str


Value = str | Number | Raw | None


class Tab(NamedTuple):
    """A sheet of a workbook; ``rows`` by their number from 1."""

    name: str
    rows: Mapping[int, Sequence[Value]]
    merged: Sequence[str] = ()
    state: str = "visible"
    hidden_rows: Sequence[int] = ()
    before: str = ""  # elements above sheetData, such as cols


def column_name(number: int) -> str:
    """The letters of a column counted from 1."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def rows_of(*rows: Sequence[Value]) -> dict[int, Sequence[Value]]:
    """Rows one below the other; an empty one is a blank row."""
    return {number: row for number, row in enumerate(rows, 1) if row}


def make_xlsx(
    *tabs: Tab, settings: str = "", strings: Sequence[str] = (), parts: Mapping[str, str] | None = None
) -> bytes:
    """A workbook; ``strings`` are shared strings given as XML, put before those of the cells."""
    shared: list[str] = list(strings)
    codes: list[str] = ["General"]
    members = {
        "[Content_Types].xml": _content_types(len(tabs)),
        "_rels/.rels": _relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": _workbook(tabs, settings),
    }
    links = {
        f"s{number}": ("worksheet", f"worksheets/sheet{number}.xml") for number in range(1, len(tabs) + 1)
    }
    links |= {"t": ("sharedStrings", "/xl/sharedStrings.xml"), "f": ("styles", "styles.xml")}
    members["xl/_rels/workbook.xml.rels"] = _relations(links)
    for number, tab in enumerate(tabs, 1):
        members[f"xl/worksheets/sheet{number}.xml"] = _sheet(tab, shared, codes)
    members["xl/sharedStrings.xml"] = (
        f'<sst xmlns="{MAIN}">{"".join(f"<si>{item}</si>" for item in shared)}</sst>'
    )
    members["xl/styles.xml"] = _styles(codes)
    return zipped({name: HEAD + xml for name, xml in (members | dict(parts or {})).items()})


def zipped(members: Mapping[str, str | bytes]) -> bytes:
    """A ZIP file of some members."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return stream.getvalue()


def _content_types(sheets: int) -> str:
    kinds = {
        "workbook.xml": "sheet.main",
        "styles.xml": "styles",
        "sharedStrings.xml": "sharedStrings",
        **{f"worksheets/sheet{number}.xml": "worksheet" for number in range(1, sheets + 1)},
    }
    items = "".join(
        f'<Override PartName="/xl/{name}" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    rels = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    )
    return (
        f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rels}{items}</Types>'
    )


def _relations(links: Mapping[str, tuple[str, str]]) -> str:
    items = "".join(
        f'<Relationship Id="{name}" Type="{LINKS}/{kind}" Target="{target}"/>'
        for name, (kind, target) in links.items()
    )
    return f'<Relationships xmlns="{PACKAGE}">{items}</Relationships>'


def _workbook(tabs: Sequence[Tab], settings: str) -> str:
    sheets = "".join(
        f'<sheet name={quoteattr(tab.name)} sheetId="{number}" state="{tab.state}" r:id="s{number}"/>'
        for number, tab in enumerate(tabs, 1)
    )
    return f'<workbook xmlns="{MAIN}" xmlns:r="{LINKS}">{settings}<sheets>{sheets}</sheets></workbook>'


def _styles(codes: Sequence[str]) -> str:
    formats = "".join(
        f'<numFmt numFmtId="{164 + n}" formatCode={quoteattr(code)}/>' for n, code in enumerate(codes)
    )
    styles = "".join(
        f'<xf numFmtId="{164 + n}" fontId="0" fillId="0" borderId="0" applyNumberFormat="1"/>'
        for n in range(len(codes))
    )
    return (
        f'<styleSheet xmlns="{MAIN}"><numFmts>{formats}</numFmts><fonts><font/></fonts>'
        "<fills><fill/></fills><borders><border/></borders>"
        f'<cellStyleXfs><xf numFmtId="0"/></cellStyleXfs><cellXfs>{styles}</cellXfs></styleSheet>'
    )


def _sheet(tab: Tab, shared: list[str], codes: list[str]) -> str:
    lines: list[str] = []
    for number, row in tab.rows.items():
        cells = "".join(
            _cell(f"{column_name(place)}{number}", value, shared, codes) for place, value in enumerate(row, 1)
        )
        hidden = ' hidden="1"' if number in tab.hidden_rows else ""
        lines.append(f'<row r="{number}"{hidden}>{cells}</row>')
    areas = "".join(f'<mergeCell ref="{area}"/>' for area in tab.merged)
    merged = f"<mergeCells>{areas}</mergeCells>" if areas else ""
    return (
        f'<worksheet xmlns="{MAIN}">{tab.before}<sheetData>{"".join(lines)}</sheetData>{merged}</worksheet>'
    )


def _cell(place: str, value: Value, shared: list[str], codes: list[str]) -> str:
    if value is None or value == "":
        return f'<c r="{place}"/>'
    if isinstance(value, Raw):
        return value.xml.format(place=place)
    if isinstance(value, Number):
        if value.code not in codes:
            codes.append(value.code)
        formula = f"<f>{escape(value.formula)}</f>" if value.formula else ""
        return f'<c r="{place}" s="{codes.index(value.code)}">{formula}<v>{value.stored}</v></c>'
    shared.append(f'<t xml:space="preserve">{escape(value)}</t>')
    return f'<c r="{place}" t="s"><v>{len(shared) - 1}</v></c>'


def disclosure(blocks: Sequence[Block], *, merge: bool = False, split: bool = False) -> bytes:
    """A whole disclosure as a workbook; ``split`` begins a new sheet with every title of a goal sheet.

    ``merge`` merges blank cells into their labels and lines of text over the whole width.
    """
    pages: list[list[Block]] = [[]]
    for block in blocks:
        if split and "".join(block.text.split()) in SHEET_TITLES and pages[-1]:
            pages.append([])
        pages[-1].append(block)
    return make_xlsx(*[_page(f"Sheet{number}", page, merge=merge) for number, page in enumerate(pages, 1)])


def _page(name: str, blocks: Sequence[Block], *, merge: bool) -> Tab:
    width = max((len(row) for block in blocks for row in block.rows), default=1)
    rows: dict[int, Sequence[Value]] = {}
    areas: list[str] = []
    top = 1
    for block in blocks:
        if not block.rows:
            rows[top] = [block.text]
            areas.append(f"A{top}:{column_name(width)}{top}")
            top += 1
            continue
        rows |= dict(enumerate(block.rows, top))
        for number, cells in enumerate(merged(block.rows), top):
            for column, one in cells.items():
                if one.columns * one.rows > 1:
                    end = f"{column_name(column + one.columns)}{number + one.rows - 1}"
                    areas.append(f"{column_name(column + 1)}{number}:{end}")
        top += len(block.rows) + 1  # a blank row below every table
    return Tab(name, rows, areas if merge else [])
