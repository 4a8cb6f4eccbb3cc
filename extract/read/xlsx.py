"""Excel workbooks (XLSX, also as WPS and LibreOffice write them): what their visible sheets print."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.date_format import serial_of
from extract.read.glyphs import raised
from extract.read.number_format import BUILTIN, GENERAL, print_number, print_text
from extract.read.package import SAVE_AGAIN, Package, open_package, parse_xml
from extract.read.worksheet import MAX_MERGED, SPLIT, Area, Worksheet, in_font, is_sign_font, print_workbook
from extract.text import INVISIBLE

if TYPE_CHECKING:
    from lxml.etree import _Element

WORKBOOK = "xl/workbook.xml"
REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?(\d{1,7})$")
ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
TRUE = frozenset({"1", "true", "on"})
BOOLEANS = {"1": "TRUE", "0": "FALSE"}
TEXTS = frozenset({"s", "str", "inlineStr"})
LAST_ROW = 1_048_576
LAST_COLUMN = 16_384
# Twice what the largest sheet that is read needs; a tree of more would fill the memory.
MAX_TAGS = 2_500_000


class Book(NamedTuple):
    """What the cells of all sheets refer to."""

    file: str
    strings: dict[str, str]  # by their number, as printed
    codes: dict[str, str]  # by the number of the style, as printed
    sign_fonts: dict[str, str]  # the styles whose font prints signs for letters
    epoch_1904: bool


def read_xlsx(raw: bytes, file: str) -> Blocks:
    """Read a workbook's visible sheets as printed: cached values of formulas, formatted numbers.

    Raises ``UnreadableDocument`` for what is damaged, encrypted or far too large, and for a
    formula whose value was never computed.
    """
    package = open_package(raw, file)
    main = next((link.target for link in package.relations() if link.kind == "officeDocument"), WORKBOOK)
    workbook = package.xml(main)
    links = package.relations(main)
    parts = {link.id: link.target for link in links if link.kind == "worksheet"}
    linked = {link.kind: link.target for link in links}
    settings = workbook.find("{*}workbookPr")
    book = Book(
        file,
        _strings(package, linked.get("sharedStrings")),
        *_styles(package, linked.get("styles")),
        settings is not None and settings.get("date1904") in TRUE,
    )
    visible = {
        # A part is one sheet, however often it is named.
        parts[link]: _plain(sheet.get("name", ""))
        for sheet in workbook.iterfind("{*}sheets/{*}sheet")
        if sheet.get("state", "visible") == "visible" and (link := _link(sheet)) in parts
    }
    sheets = (_sheet(package, part, name, book) for part, name in visible.items())
    return print_workbook(sheets, file, "xlsx")


def _link(element: _Element) -> str:
    """The id of the part that an element names; its namespace differs between the two dialects."""
    return next((str(value) for name, value in element.items() if str(name).endswith("}id")), "")


def _strings(package: Package, part: str | None) -> dict[str, str]:
    """The texts that cells share, by their number as cells print it."""
    if part is None:
        return {}
    items = [
        # Nearly all of them are plain: one element with the text.
        item[0].text or "" if len(item) == 1 and item[0].tag.endswith("}t") else _rich_text(item)
        for item in _parsed(package, part)
    ]
    whole = "\n".join(items)
    if "_x" in whole or INVISIBLE.search(whole):
        items = [_plain(item) for item in items]
    return {str(number): item for number, item in enumerate(items)}


def _parsed(package: Package, part: str) -> _Element:
    """The root of a part that may be large."""
    content = package.read(part)
    if content.count(b"<") > MAX_TAGS:
        raise UnreadableDocument(package.file, f"{part} has more than {MAX_TAGS:,} tags", SPLIT)
    return parse_xml(content, package.file, part)


def _rich_text(item: _Element) -> str:
    """A text in one piece or in runs; readings of its characters (phonetic runs) are not printed."""
    pieces: list[str] = []
    for child in item:
        tag = child.tag.rpartition("}")[2]
        if tag == "t":
            pieces.append(child.text or "")
        elif tag == "r":
            pieces.append(_run(child))
    return _plain("".join(pieces))


def _run(run: _Element) -> str:
    """A run of one font; raised digits stay raised, as in 10⁴."""
    text = "".join(part.text or "" for part in run.iterfind("{*}t"))
    font, place = run.find("{*}rPr/{*}rFont"), run.find("{*}rPr/{*}vertAlign")
    if font is not None:
        text = in_font(text, font.get("val", ""))
    return raised(text) if place is not None and place.get("val") == "superscript" else text


def _plain(text: str) -> str:
    """A text without the format's own escapes and without invisible characters."""
    if "_x" in text:
        text = ESCAPED.sub(_unescaped, text)
    return text if text.isascii() else INVISIBLE.sub("", text)


def _unescaped(match: re.Match[str]) -> str:
    character = chr(int(match.group(1), 16))
    return character if character.isprintable() else " "


def _styles(package: Package, part: str | None) -> tuple[dict[str, str], dict[str, str]]:
    """The format code of every cell style, and the font of those whose font prints signs."""
    if part is None:
        return {}, {}
    root = package.xml(part)
    own = {
        number: code
        for item in root.iterfind("{*}numFmts/{*}numFmt")
        if (number := item.get("numFmtId")) and (code := item.get("formatCode"))
    }
    known = {str(number): code for number, code in BUILTIN.items()} | own
    names = (font.find("{*}name") for font in root.iterfind("{*}fonts/{*}font"))
    fonts = {str(number): name.get("val", "") for number, name in enumerate(names) if name is not None}
    styles = [(str(number), style) for number, style in enumerate(root.iterfind("{*}cellXfs/{*}xf"))]
    codes = {number: known.get(style.get("numFmtId", "0"), GENERAL) for number, style in styles}
    printing = {number: fonts.get(style.get("fontId", "0"), "") for number, style in styles}
    return codes, {number: font for number, font in printing.items() if is_sign_font(font)}


def _sheet(package: Package, part: str, name: str, book: Book) -> Worksheet:
    """A sheet's printed cells, merged areas and hidden rows and columns."""
    root = _parsed(package, part)
    sheet = Worksheet(name, {}, [], set(), set())
    view = root.find("{*}sheetViews/{*}sheetView")
    zeros = view is None or view.get("showZeros", "1") in TRUE
    row = -1
    for element in root.iterfind("{*}sheetData/{*}row"):
        row = _index(element.get("r"), row + 1, LAST_ROW, book.file)
        if texts := _row(element, book, zeros=zeros):
            sheet.cells.setdefault(row, {}).update(texts)
        if element.get("hidden") in TRUE:
            sheet.hidden_rows.add(row)
    for element in islice(root.iterfind("{*}mergeCells/{*}mergeCell"), MAX_MERGED):
        sheet.merged.extend(_area(element.get("ref", "")))
    sheet.hidden_columns.update(_hidden_columns(root, book.file))
    return sheet


def _hidden_columns(root: _Element, file: str) -> Iterator[int]:
    following = 0
    for element in root.iterfind("{*}cols/{*}col"):
        first = _index(element.get("min"), following, LAST_COLUMN, file)
        last = _index(element.get("max"), first, LAST_COLUMN, file)
        if element.get("hidden") in TRUE:
            # Stretches stand in order; one that reaches back into another is read only beyond it.
            yield from range(max(first, following), last + 1)
        following = max(following, last + 1)


def _row(row: _Element, book: Book, *, zeros: bool) -> dict[int, str]:
    """The printed texts of a row by column."""
    texts: dict[int, str] = {}
    column = -1
    for cell in row:
        reference = cell.get("r")
        column = column + 1 if reference is None else column_number(reference.rstrip("0123456789"))
        if len(cell):
            text = _text(cell, book, zeros=zeros)
            if text and not text.isspace():
                texts[column] = text
    if texts and min(texts) < 0:
        raise UnreadableDocument(book.file, "a cell names no column", SAVE_AGAIN)
    return texts


def _text(cell: _Element, book: Book, *, zeros: bool) -> str:
    """What a cell prints; numbers and texts pass through the format of its style."""
    kind = cell.get("t", "n")
    stored = _stored(cell, kind, book)
    if stored is None:
        return ""
    if kind == "s":
        shared = book.strings.get(stored)
        if shared is None:
            raise UnreadableDocument(book.file, f"the shared text {stored[:20]!r} is missing", SAVE_AGAIN)
        stored = shared
    code = book.codes.get(cell.get("s", "0"), GENERAL)
    if kind in TEXTS:
        font = book.sign_fonts.get(cell.get("s", "0"), "") if book.sign_fonts else ""
        return print_text(in_font(stored, font) if font else stored, code)
    if kind == "d" and code != GENERAL:
        stored, kind = serial_of(stored, epoch_1904=book.epoch_1904), "n"
    if kind == "n":
        printed = print_number(stored, code, epoch_1904=book.epoch_1904)
        return printed if zeros or stored.strip("-0.") else ""
    return BOOLEANS.get(stored, stored) if kind == "b" else stored


def _stored(cell: _Element, kind: str, book: Book) -> str | None:
    """What a cell stores, ``None`` if it is blank; a formula that was never computed is refused."""
    stored: str | None = None
    formula = False
    for child in cell:
        tag = child.tag
        if tag.endswith("}v"):
            stored = child.text
        elif tag.endswith("}is"):
            stored = _rich_text(child)
        elif tag.endswith("}f"):
            formula = True
    if kind == "str" and stored is not None:
        return _plain(stored)
    if stored is None and formula and kind not in TEXTS:
        place = cell.get("r", "a cell")
        raise UnreadableDocument(
            book.file, f"the value of the formula in {place[:10]} was never stored", SAVE_AGAIN
        )
    return stored


def _index(printed: str | None, default: int, limit: int, file: str) -> int:
    """A number printed from 1 as an index from 0; ``default`` if there is none."""
    if printed is None:
        return default
    index = int(printed) - 1 if printed.isdecimal() and len(printed) < 9 else -1
    if not 0 <= index < limit:
        raise UnreadableDocument(file, f"the number {printed[:20]!r} points outside the workbook", SAVE_AGAIN)
    return index


@lru_cache(maxsize=4096)
def column_number(letters: str) -> int:
    """A column's number from 0; -1 if there is no such column.

    >>> column_number("A"), column_number("AB"), column_number("XFD"), column_number("XFE")
    (0, 27, 16383, -1)
    """
    if not (1 <= len(letters) <= 3 and letters.isascii() and letters.isupper()):
        return -1
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number - 1 if number <= LAST_COLUMN else -1


def _area(reference: str) -> Iterator[Area]:
    """The merged area of a reference such as ``A1:C2``, if it is one."""
    ends = [REFERENCE.match(end) for end in reference.split(":")]
    if len(ends) == 2 and ends[0] and ends[1]:
        (left, top), (right, bottom) = (
            (column_number(end.group(1)), int(end.group(2)) - 1) for end in ends if end
        )
        if 0 <= left <= right and 0 <= top <= bottom < LAST_ROW:
            yield Area(top, left, bottom, right)
