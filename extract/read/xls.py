"""Legacy Excel workbooks (XLS, BIFF): what their visible sheets print, by the rules of XLSX."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.number_format import BUILTIN, GENERAL, print_number, print_text
from extract.read.worksheet import MAX_MERGED, Area, Worksheet, in_font, is_sign_font, print_workbook
from extract.text import INVISIBLE

if TYPE_CHECKING:
    from xlrd.book import Book
    from xlrd.sheet import Sheet

SAVE_AS_XLSX = "open it in Excel, WPS or LibreOffice and save it as .xlsx"
TEXT, NUMBER, DATE, BOOLEAN, ERROR = 1, 2, 3, 4, 5  # kinds of cells, as the library numbers them

# Codes that a workbook names by number alone and that print days as the country does.
LOCAL_DATES = (14, 22, *range(27, 37), *range(50, 59))


def read_xls(raw: bytes, file: str) -> Blocks:
    """Read a workbook's visible sheets as printed: cached values of formulas, formatted numbers.

    Raises ``UnreadableDocument`` for what is damaged, encrypted or far too large.
    """
    import xlrd

    try:
        book = _open(raw)
        sheets = list(_sheets(book))
    except xlrd.XLRDError as error:
        if "encrypted" in str(error).lower():
            raise UnreadableDocument(
                file, "the workbook is protected by a password", "remove the password and save it again"
            ) from error
        raise UnreadableDocument(file, "the workbook is damaged", SAVE_AS_XLSX) from error
    except Exception as error:
        # The library meets damaged records with errors of every kind: index, struct, assertion, decoding.
        raise UnreadableDocument(file, "the workbook is damaged", SAVE_AS_XLSX) from error
    return print_workbook(sheets, file, "xls")


def _open(raw: bytes) -> Book:
    import xlrd

    def read(encoding: str | None) -> Book:
        return xlrd.open_workbook(
            file_contents=raw,
            logfile=io.StringIO(),
            formatting_info=True,
            ragged_rows=True,
            encoding_override=encoding,
            # Chains that meet are a fault of programs whose workbooks Excel opens without a word.
            ignore_workbook_corruption=True,
        )

    try:
        return read(None)
    except UnicodeDecodeError:
        # Workbooks of Excel 5 that name no encoding: in China they are in GBK.
        return read("gb18030")


def _sheets(book: Book) -> Iterator[Worksheet]:
    codes, fonts = _codes(book), [font.name for font in book.font_list]
    for sheet in book.sheets():
        if sheet.visibility == 0:
            yield Worksheet(
                sheet.name,
                _cells(sheet, codes, fonts),
                [
                    Area(top, left, bottom - 1, right - 1)
                    for top, bottom, left, right in sheet.merged_cells[:MAX_MERGED]
                ],
                {row for row, info in sheet.rowinfo_map.items() if info.hidden},
                {column for column, info in sheet.colinfo_map.items() if info.hidden},
            )


def _codes(book: Book) -> list[str]:
    """The format code of every cell style."""
    codes = {number: found.format_str for number, found in book.format_map.items()} | {
        number: BUILTIN[number] for number in LOCAL_DATES
    }
    return [codes.get(style.format_key) or GENERAL for style in book.xf_list]


def _cells(sheet: Sheet, codes: list[str], fonts: list[str]) -> dict[int, dict[int, str]]:
    """The printed texts of a sheet by row and column."""
    found: dict[int, dict[int, str]] = {}
    epoch_1904, zeros = sheet.book.datemode == 1, bool(sheet.show_zero_values)
    for row in range(sheet.nrows):
        texts: dict[int, str] = {}
        for column, cell in enumerate(sheet.row(row)):
            style = cell.xf_index or 0
            if cell.ctype == TEXT:
                printed = _in_fonts(cell.value, sheet, (row, column), fonts, style)
                text = print_text(INVISIBLE.sub("", printed), codes[style])
            elif cell.ctype in (NUMBER, DATE):
                text = print_number(repr(cell.value), codes[style], epoch_1904=epoch_1904)
                text = text if zeros or cell.value else ""
            else:
                text = _sign(cell.ctype, cell.value)
            if text and not text.isspace():
                texts[column] = text
        if texts:
            found[row] = texts
    return found


def _in_fonts(text: str, sheet: Sheet, place: tuple[int, int], fonts: list[str], style: int) -> str:
    """A text whose runs are printed in the fonts that they name; up to the first run in the style's."""
    runs = sheet.rich_text_runlist_map.get(place, [])
    if not any(map(is_sign_font, fonts)):
        return text
    starts = [(0, sheet.book.xf_list[style].font_index), *runs]
    ends = [start for start, _ in starts[1:]] + [len(text)]
    return "".join(
        in_font(text[start:end], fonts[font] if font < len(fonts) else "")
        for (start, font), end in zip(starts, ends, strict=True)
    )


def _sign(kind: int, number: float) -> str:
    """A truth value or an error as printed.

    >>> _sign(4, 1), _sign(5, 7), _sign(0, 0)
    ('TRUE', '#DIV/0!', '')
    """
    from xlrd.biffh import error_text_from_code

    if kind == BOOLEAN:
        return "TRUE" if number else "FALSE"
    return str(error_text_from_code.get(int(number), "#N/A")) if kind == ERROR else ""
