"""Small legacy Office files for tests: OLE containers, and workbooks of BIFF8 records."""

from __future__ import annotations

import struct
from collections.abc import Mapping, Sequence
from typing import NamedTuple

SECTOR = 512
END, FREE, TABLE = 0xFFFFFFFE, 0xFFFFFFFF, 0xFFFFFFFD
LEAST = 4096  # smaller streams would live in a stream of their own kind
BUILTIN = {"General": 0, "0": 1, "0.00": 2, "0%": 9, "yyyy/m/d": 14, "@": 49}


class Figure(NamedTuple):
    """A number and the format code of its cell."""

    number: float
    code: str = "General"


class Truth(NamedTuple):
    """A truth value, or an error by its number."""

    number: int
    error: bool = False


Value = str | Figure | Truth | None


class Page(NamedTuple):
    """A sheet: rows from the top, merged areas (first row, last row, first column, last column)."""

    name: str
    rows: Sequence[Sequence[Value]]
    merged: Sequence[tuple[int, int, int, int]] = ()
    hidden: int = 0
    hidden_rows: Sequence[int] = ()
    show_zeros: bool = True


def ole_file(streams: Mapping[str, bytes], embedded: Mapping[str, bytes] | None = None) -> bytes:
    """A container with streams at its top, and some inside an embedded object."""
    inner = dict(embedded or {})
    contents = [content.ljust(LEAST, b"\0") for content in (*streams.values(), *inner.values())]
    directory = -(-(len(contents) + 2) // 4)
    sizes = [-(-len(content) // SECTOR) for content in contents]
    table = -(-(1 + directory + sum(sizes)) // 127)
    links: list[int] = [TABLE] * table
    begins: list[int] = []
    for size in (directory, *sizes):
        begins.append(len(links))
        links += [*range(len(links) + 1, len(links) + size), END]
    names = [*streams, *inner]
    entries = [_entry("Root Entry", 5, child=1 if names else FREE, start=END)]
    for number, (name, content) in enumerate(zip(names, contents, strict=True), 1):
        last = number in (len(streams), len(names))
        following = FREE if last else number + 1
        if number == len(streams) and inner:
            following = len(names) + 1
        entries.append(_entry(name, 2, right=following, start=begins[number], size=len(content)))
    if inner:
        entries.append(_entry("ObjectPool", 1, child=len(streams) + 1))
    header = struct.pack(
        "<8s16xHHHHH6xIIIIIIIII", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", 0x3E, 3, 0xFFFE, 9, 6,
        0, table, begins[0], 0, LEAST, END, 0, END, 0,
    )  # fmt: skip
    header += b"".join(struct.pack("<I", place if place < table else FREE) for place in range(109))
    body = b"".join(_entry("", 0) if n >= len(entries) else entries[n] for n in range(4 * directory))
    allocation = b"".join(struct.pack("<I", link) for link in links).ljust(table * SECTOR, b"\xff")
    return (
        header
        + allocation
        + body
        + b"".join(content.ljust(size * SECTOR, b"\0") for content, size in zip(contents, sizes, strict=True))
    )


def _entry(
    name: str, kind: int, *, child: int = FREE, right: int = FREE, start: int = 0, size: int = 0
) -> bytes:
    spelt = (name + "\0").encode("utf-16-le") if name else b""
    return struct.pack("<64sHBBIII36xII4x", spelt, len(spelt), kind, 1, FREE, right, child, start, size)


def make_xls(*pages: Page, password: bool = False, epoch_1904: bool = False) -> bytes:
    """A workbook in its container."""
    return ole_file({"Workbook": biff(*pages, password=password, epoch_1904=epoch_1904)})


def biff(*pages: Page, password: bool = False, epoch_1904: bool = False) -> bytes:
    """The records of a workbook, which some programs write without a container."""
    codes = sorted(
        {value.code for page in pages for row in page.rows for value in row if isinstance(value, Figure)}
        | {"General"}
    )
    numbers = {code: BUILTIN.get(code, 164 + place) for place, code in enumerate(codes)}
    start = _record(0x809, struct.pack("<HHHHII", 0x600, 5, 0x0DBB, 0x07CC, 0, 6))
    if password:
        start += _record(0x2F, struct.pack("<HHH", 1, 1, 1) + bytes(48))
    start += _record(0x42, struct.pack("<H", 1200)) + _record(0x22, struct.pack("<H", epoch_1904))
    start += (
        _record(
            0x31,
            struct.pack("<HHHHHBBBB", 200, 0, 0x7FFF, 400, 0, 0, 0, 134, 0)
            + bytes([2, 1])
            + "宋体".encode("utf-16-le"),
        )
        * 4
    )
    for code, number in numbers.items():
        start += _record(0x41E, struct.pack("<H", number) + _text(code, 2))
    start += _record(0xE0, _style(0, is_style=True)) + b"".join(
        _record(0xE0, _style(numbers[code])) for code in codes
    )
    styles = {code: place for place, code in enumerate(codes, 1)}
    sheets = [_sheet(page, styles) for page in pages]
    length = len(start) + sum(4 + 6 + len(_text(page.name, 1)) for page in pages) + 4
    bounds = b""
    for page, sheet in zip(pages, sheets, strict=True):
        bounds += _record(0x85, struct.pack("<IBB", length, page.hidden, 0) + _text(page.name, 1))
        length += len(sheet)
    return start + bounds + _record(0x0A, b"") + b"".join(sheets)


def _sheet(page: Page, styles: Mapping[str, int]) -> bytes:
    written = _record(0x809, struct.pack("<HHHHII", 0x600, 0x10, 0x0DBB, 0x07CC, 0, 6))
    for row in page.hidden_rows:
        written += _record(0x208, struct.pack("<HHHHHHI", row, 0, 8, 255, 0, 0, 0x20))
    for row, values in enumerate(page.rows):
        for column, value in enumerate(values):
            written += _cell(row, column, value, styles)
    areas = b"".join(struct.pack("<HHHH", *area) for area in page.merged)
    written += _record(0xE5, struct.pack("<H", len(page.merged)) + areas)
    written += _record(0x23E, struct.pack("<HHHIHHHH", 0x6A6 | page.show_zeros << 4, 0, 0, 64, 0, 0, 0, 0))
    return written + _record(0x0A, b"")


def _cell(row: int, column: int, value: Value, styles: Mapping[str, int]) -> bytes:
    style = styles[value.code if isinstance(value, Figure) else "General"]
    place = struct.pack("<HHH", row, column, style)
    if value is None or value == "":
        return _record(0x201, place)
    if isinstance(value, Figure):
        return _record(0x203, place + struct.pack("<d", value.number))
    if isinstance(value, Truth):
        return _record(0x205, place + struct.pack("<BB", value.number, value.error))
    return _record(0x204, place + _text(str(value), 2))


def _style(number: int, *, is_style: bool = False) -> bytes:
    kind = 0xFFF5 if is_style else 0x0001
    return struct.pack("<HHHBBBBIIH", 0, number, kind, 0x20, 0, 0, 0xFC, 0, 0, 0x20C0)


def _text(text: str, width: int) -> bytes:
    length = struct.pack("<H" if width == 2 else "<B", len(text.encode("utf-16-le")) // 2)
    return length + b"\x01" + text.encode("utf-16-le")


def _record(kind: int, content: bytes) -> bytes:
    return struct.pack("<HH", kind, len(content)) + content
