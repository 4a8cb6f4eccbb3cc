"""Word documents (DOCX): paragraphs and tables of the body, as they print when all changes are accepted."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.glyphs import TICKED, UNTICKED, sign
from extract.read.grid import MAX_COLUMNS_MERGED, GridRow, GridWriter, span
from extract.read.package import SAVE_AGAIN, open_package, parse_xml
from extract.read.transcript import Transcript
from extract.read.word import (
    ACROSS,
    BEFORE,
    CELL,
    DOWN,
    MATH,
    MATH_TEXT,
    PARAGRAPH,
    ROW,
    SPAN,
    SYMBOL,
    TABLE,
    TABLE_PARTS,
    TEXT,
    VAL,
    WORD,
    W,
    blocks,
    is_on,
    straighten,
)
from extract.text import INVISIBLE

if TYPE_CHECKING:
    from lxml.etree import _Element

# The strict variant of the format differs in the names of its namespaces alone.
STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", WORD.encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", MATH.encode()),
)
GOES_ON = "continue"
TICK_BOX = W + "checkBox"
GAP = "    "
BREAKS = {
    PARAGRAPH: "\n",
    W + "br": "\n",
    W + "cr": "\n",
    W + "tab": GAP,
    W + "ptab": GAP,
    W + "noBreakHyphen": "-",
}
PRINTED = (TEXT, MATH_TEXT, SYMBOL, TICK_BOX, *BREAKS)
IN_TABLE = (*TABLE_PARTS, *PRINTED)
PICTURES = (W + "drawing", W + "pict", W + "object")
NOT_WORD = ("the package holds no Word document", "give a DOCX file")


@dataclass(slots=True)
class WordCell:
    """A cell of a row: its text in pieces, its width in grid columns, and how it is merged."""

    pieces: list[str] = field(default_factory=list)
    columns: int = 1
    down: str | None = None
    across: str | None = None


@dataclass(slots=True)
class WordRow:
    """The cells of a row, and how many grid columns stand free before them."""

    cells: list[WordCell] = field(default_factory=list)
    before: int = 0


def read_docx(raw: bytes, file: str) -> Blocks:
    """Read the body of a Word document; headers, footers, notes and comments are left out.

    Raises ``UnreadableDocument`` for anything that is no whole Word document with text.
    """
    body = _body(raw, file)
    straighten(body, file)
    transcript = Transcript()
    grids = GridWriter(transcript, file)
    for block in blocks(body):
        if block.tag == TABLE:
            grids.table(_grid(_rows(block)))
        else:
            for number, line in enumerate(_text(block).split("\n")):
                grids.paragraph(line, broken=not number)
    found = transcript.blocks(file, "docx")
    if found.text.strip():
        return found
    if next(body.iter(*PICTURES), None) is not None:
        raise UnreadableDocument(
            file, "the document holds pictures but no text", "recognise its text (OCR) first"
        )
    raise UnreadableDocument(file, "the document holds no text", "give the document itself")


def _body(raw: bytes, file: str) -> _Element:
    package = open_package(raw, file)
    parts = [link.target for link in package.relations() if link.kind == "officeDocument"]
    part = next((part for part in parts if part in package), "word/document.xml")
    if part not in package:
        raise UnreadableDocument(file, *NOT_WORD)
    xml = package.read(part)
    for strict, usual in STRICT:
        xml = xml.replace(strict, usual)
    root = parse_xml(xml, file, part)
    body = root.find(W + "body")
    if root.tag != W + "document" or body is None:
        raise UnreadableDocument(file, *NOT_WORD)
    if next(body.iter(W + "altChunk"), None) is not None:
        raise UnreadableDocument(
            file, "the document holds another one that is not merged into it", SAVE_AGAIN
        )
    return body


def _grid(rows: Iterable[WordRow]) -> list[GridRow]:
    """Rows by grid columns; cells merged with one above or beside them are blank."""
    grid: list[GridRow] = []
    above: set[int] = set()
    for row in rows:
        column = row.before
        cells: list[tuple[int, str]] = []
        merged: set[int] = set()
        beside = False
        for cell in row.cells:
            # A cell that goes on where nothing began prints its own text, as Word shows it.
            covered = (cell.down == GOES_ON and column in above) or (cell.across == GOES_ON and beside)
            cells.append((column, "" if covered else _clean(cell.pieces)))
            if cell.down:
                merged.add(column)
            beside = cell.across is not None
            column += cell.columns
        grid.append(cells)
        above = merged
    return grid


def _rows(table: _Element) -> list[WordRow]:
    """The rows of a table in one pass: an iterator for each cell would cost more than its text."""
    rows: list[WordRow] = []
    row, cell = WordRow(), WordCell()
    for element in table.iter(*IN_TABLE):
        tag = element.tag
        if tag == TEXT:
            cell.pieces.append(element.text or "")
        elif tag == CELL:
            cell = WordCell()
            row.cells.append(cell)
        elif tag == ROW:
            row = WordRow()
            rows.append(row)
        elif tag == SPAN:
            cell.columns = span(element.get(VAL), MAX_COLUMNS_MERGED)
        elif tag == BEFORE:
            row.before = span(element.get(VAL), MAX_COLUMNS_MERGED)
        elif tag == DOWN:
            cell.down = element.get(VAL, GOES_ON)
        elif tag == ACROSS:
            cell.across = element.get(VAL, GOES_ON)
        else:
            cell.pieces.append(_piece(element))
    return rows


def _text(paragraph: _Element) -> str:
    """The text of a paragraph, a line feed between its lines."""
    return _clean([_piece(element) for element in paragraph.iter(*PRINTED)])


def _clean(pieces: list[str]) -> str:
    return INVISIBLE.sub("", "".join(pieces)).strip("\n")


def _piece(element: _Element) -> str:
    """What an element adds to the text of its paragraph."""
    tag = element.tag
    if tag in (TEXT, MATH_TEXT):
        return element.text or ""
    if tag == SYMBOL:
        return sign(element.get(W + "font", ""), element.get(W + "char", ""))
    if tag == TICK_BOX:
        return TICKED if _is_ticked(element) else UNTICKED
    return BREAKS[tag]


def _is_ticked(box: _Element) -> bool:
    """Whether the box of a form field is ticked, or is by default and nobody said otherwise."""
    checked = box.find(W + "checked")
    return is_on(box.find(W + "default") if checked is None else checked)
