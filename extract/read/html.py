"""Saved web pages (HTML): their running text and their tables; tables that only place things are entered."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import partial
from typing import TYPE_CHECKING

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.grid import (
    MAX_COLUMNS_MERGED,
    MAX_NESTING,
    MAX_ROWS_MERGED,
    SPLIT,
    GridRow,
    GridWriter,
    span,
)
from extract.read.page import LINE, SAVE_PAGE, drop, open_page
from extract.read.transcript import Transcript
from extract.text import INVISIBLE

if TYPE_CHECKING:
    from lxml.etree import _Element

BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "div", "dl",
    "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header",
    "hr", "legend", "li", "main", "ol", "p", "pre", "section", "summary", "tbody", "td", "textarea", "tfoot",
    "th", "thead", "tr", "ul",
})  # fmt: skip
BLANKS = re.compile("[ \t\n\r\f]+")
CELLS = frozenset({"td", "th"})
INSIDE_TABLE = ("tr", "td", "th", "table")
COLUMNS = frozenset({"colgroup", "col"})
# A table around tables that has so many rows of words of its own is a form, not a layout.
FORM_ROWS = 3
LONGEST_LONE_ROW = 600
ERROR_PAGE = re.compile(
    r"\b(?:40[0-9]|50[0-9])\b.{0,20}(?:not found|forbidden|error|unauthorized|gateway|unavailable|错误|页面)"
    r"|not found|access denied|forbidden|(?:页面|网页|文件|内容).{0,6}(?:不存在|未找到|已删除|无法)"
    r"|(?:找不到|无法访问|无法显示).{0,10}(?:页面|网页|文件|网站)|服务器.{0,4}错误|访问.{0,4}(?:拒绝|受限|出错)"
    r"|安全(?:验证|拦截)|请求.{0,6}拦截|(?:开启|启用|enable) ?(?:javascript|脚本)",
    re.IGNORECASE | re.DOTALL,
)
LONGEST_ERROR_PAGE = 600


def read_html(raw: bytes, file: str) -> Blocks:
    """Read a saved page without its navigation, hidden parts and scripts.

    Raises ``UnreadableDocument`` for pages without text, error pages and what is no page at all.
    """
    flow = Flow(file)
    flow.block(open_page(raw, file))
    found = flow.transcript.blocks(file, "html")
    if not found.text.strip():
        raise UnreadableDocument(file, "the page holds no text", SAVE_PAGE)
    small = len(found.text) < LONGEST_ERROR_PAGE and not any(row.table for row in found.rows)
    if small and ERROR_PAGE.search(found.text):
        first = "".join(filter(str.isprintable, found.rows[0].text[:40]))
        raise UnreadableDocument(file, f"the page is an error message ({first})", "download it again")
    return found


class Flow:
    """Content in printed order: lines of running text are gathered piece by piece, tables written whole."""

    def __init__(self, file: str) -> None:
        self.transcript = Transcript()
        self._grids = GridWriter(self.transcript, file)
        self._file = file
        self._line: list[str] = []
        self._broken = True
        self._links = self._words = False
        self._nesting = 0

    def block(self, element: _Element) -> None:
        """Write an element that stands on lines of its own."""
        self._end_block()
        self._inside(element, False)
        self._end_block()

    def _inside(self, element: _Element, linked: bool) -> None:
        self._write(element.text, linked)
        for child in element:
            tag = child.tag
            if tag == "br":
                self._end_line()
            elif tag == "table":
                self._table(child)
            elif tag in BLOCKS:
                self.block(child)
            else:
                self._inside(child, linked or (tag == "a" and _leads_away(child)))
            self._write(child.tail, linked)

    def _write(self, text: str | None, linked: bool) -> None:
        if not text:
            return
        self._line.append(text)
        if linked:
            self._links = True
        elif not self._words:
            self._words = any(map(str.isalnum, text))

    def _end_line(self) -> None:
        """End a line; one that only offers links to other pages is navigation and not written."""
        for line in [] if self._links and not self._words else _clean(self._line).split(LINE):
            if line.strip():
                self._grids.paragraph(line, broken=self._broken)
            self._broken = not line.strip()
        self._line = []
        self._links = self._words = False

    def _end_block(self) -> None:
        self._end_line()
        self._broken = True

    def _table(self, table: _Element) -> None:
        self._end_block()
        self._nesting += 1
        if self._nesting > MAX_NESTING:
            raise UnreadableDocument(self._file, f"tables are nested more than {MAX_NESTING} deep", SPLIT)
        for stray in _strays(table):
            if isinstance(stray, str):
                self._write(stray, False)
                self._end_block()
            elif stray.tag == "table":
                self._table(stray)
            else:
                self.block(stray)
        rows = list(_rows(table))
        if _only_places(rows, _holds_table(table)):
            for cell in (cell for row in rows for cell in row):
                self.block(cell)
        else:
            nested = _take_nested(table)
            self._grids.table(self._grid(rows))
            for one in nested:
                self._table(one)
        self._nesting -= 1
        self._broken = True

    def _grid(self, rows: list[list[_Element]]) -> list[GridRow]:
        """The rows by grid columns; a column that a cell from above reaches into is passed over."""
        from lxml import etree

        # Several times as fast as gathering a cell's text piece by piece.
        text_of = partial(etree.tostring, method="text", encoding="unicode", with_tail=False)
        grid: list[GridRow] = []
        # Column where a cell of several rows begins → where it ends, and the first row below it.
        reaching: dict[int, tuple[int, int]] = {}
        for number, row in enumerate(rows):
            self._grids.check(number * len(reaching))
            cells: list[tuple[int, str]] = []
            column = 0
            for cell in row:
                while column in reaching and reaching[column][1] > number:
                    column = reaching[column][0]
                text = text_of(cell) if len(cell) else cell.text or ""
                cells.append((column, INVISIBLE.sub("", text)))
                end = column + span(cell.get("colspan"), MAX_COLUMNS_MERGED)
                if (height := _height(cell)) > 1:
                    reaching[column] = (end, number + height)
                column = end
            grid.append(cells)
        return grid


def _height(cell: _Element) -> int:
    """The rows that a cell covers; 0 says all below."""
    stated = cell.get("rowspan")
    return MAX_ROWS_MERGED if stated == "0" else span(stated, MAX_ROWS_MERGED)


def _clean(pieces: list[str]) -> str:
    """Text as a browser shows it: blanks of the source are one, those that were written to stay do."""
    return INVISIBLE.sub("", BLANKS.sub(" ", "".join(pieces)))


def _leads_away(link: _Element) -> bool:
    """Whether a link leads to another page, or nowhere as in menus; targets inside of the page do not."""
    target = link.get("href", "#inside").strip()
    return target == "#" or not target.startswith("#")


def _is_wrapper(element: _Element) -> bool:
    """Whether an element between a table and its cells holds rows or cells of it."""
    first = next(element.iterdescendants(*INSIDE_TABLE), None)
    return element.tag not in CELLS and element.tag != "table" and first is not None and first.tag != "table"


def _rows(table: _Element) -> Iterator[list[_Element]]:
    """The cells of each row; cells outside of any row make one."""
    loose: list[_Element] = []
    for child in table:
        if child.tag in CELLS:
            loose.append(child)
            continue
        if loose:
            yield loose
            loose = []
        if child.tag == "tr":
            yield list(_cells(child))
        elif _is_wrapper(child):
            yield from _rows(child)
    if loose:
        yield loose


def _cells(row: _Element) -> Iterator[_Element]:
    for child in row:
        if child.tag in CELLS:
            yield child
        elif _is_wrapper(child):
            yield from _cells(child)


def _strays(part: _Element) -> Iterator[_Element | str]:
    """What stands in a table outside of its cells: its caption, and what browsers show above it."""
    if part.text and not part.text.isspace():
        yield part.text
    for child in part:
        if child.tag in CELLS or child.tag in COLUMNS:
            pass
        elif child.tag == "tr" or _is_wrapper(child):
            yield from _strays(child)
        else:
            yield child
        if child.tail and not child.tail.isspace():
            yield child.tail


def _only_places(rows: Sequence[list[_Element]], nested: bool) -> bool:
    """Whether a table, maybe one around others, is there to place things and not to print a grid."""
    if all(len(row) < 2 for row in rows):
        return True
    if nested:
        own = [[cell for cell in row if not _holds_table(cell) and _prints(cell)] for row in rows]
        return sum(len(cells) > 1 for cells in own) < FORM_ROWS
    return len(rows) == 1 and any(len("".join(cell.itertext())) > LONGEST_LONE_ROW for cell in rows[0])


def _holds_table(element: _Element) -> bool:
    return next(element.iterdescendants("table"), None) is not None


def _prints(cell: _Element) -> bool:
    return bool("".join(cell.itertext()).strip())


def _take_nested(table: _Element) -> list[_Element]:
    """Take the tables out of a table's cells; one row or column stays, as text of its cell."""
    taken: dict[_Element, None] = {}
    for nested in list(table.iterdescendants("table")):
        rows = list(_rows(nested))
        large = len(rows) > 1 and any(len(row) > 1 for row in rows)
        if large and not any(outer in taken for outer in nested.iterancestors("table")):
            taken[nested] = None
    for nested in taken:
        drop(nested)
    return list(taken)
