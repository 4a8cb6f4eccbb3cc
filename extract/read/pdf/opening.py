"""Opening a PDF: what is no whole and readable PDF is refused in one clear line."""

from __future__ import annotations

import re
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from extract.errors import UnreadableDocument
from extract.read.pdf.limits import MAX_CONTENT, MAX_PAGES, SPLIT, Clock

HEADER_WITHIN = 1024
COMPLETE = "give the whole file: download it again"
END = (b"%%EOF", b"startxref")
# What stands behind the last end mark of a file that was cut off while it grew.
OBJECT = re.compile(rb"\d+\s+\d+\s+obj\b")
STREAM = re.compile(rb"endstream|stream\r?\n")
DICTIONARY = 512
# Fewer packed bytes cannot unpack to too many.
SMALL = MAX_CONTENT // 1100
PIECE = 1 << 20
Box = tuple[float, float, float, float]


@contextmanager
def open_pdf(raw: bytes, file: str, clock: Clock) -> Iterator[Any]:
    """The open document, closed afterwards; raises ``UnreadableDocument`` with the reason."""
    import pypdfium2

    _refuse_incomplete(raw, file)
    _refuse_bombs(raw, file, clock)
    try:
        document = pypdfium2.PdfDocument(raw)
    except pypdfium2.PdfiumError as error:
        raise _unopened(error, raw, file) from error
    try:
        if len(document) > MAX_PAGES:
            raise UnreadableDocument(file, f"it has more than {MAX_PAGES:,} pages", SPLIT)
        yield document
    finally:
        document.close()


def read_pages(document: Any, file: str) -> Iterator[tuple[Any, Any, Box]]:
    """Each page with its text and its visible box, closed again when the next one is asked for."""
    import pypdfium2

    for index in range(len(document)):
        try:
            page = _flattened(document, index)
            textpage, box = page.get_textpage(), page.get_bbox()
        except pypdfium2.PdfiumError as error:
            raise UnreadableDocument(file, f"page {index + 1} is damaged", COMPLETE) from error
        yield page, textpage, box
        textpage.close()
        page.close()


def _flattened(document: Any, index: int) -> Any:
    """A page on which the filled fields of a form and typed notes are text like any other."""
    import pypdfium2.raw as pdfium

    page = document[index]
    printing = (pdfium.FPDF_ANNOT_WIDGET, pdfium.FPDF_ANNOT_FREETEXT)
    if not any(_subtype(pdfium, page, number) in printing for number in range(_notes(pdfium, page))):
        return page
    done = pdfium.FPDFPage_Flatten(page.raw, pdfium.FLAT_NORMALDISPLAY)
    if done != pdfium.FLATTEN_SUCCESS:
        return page
    page.close()
    return document[index]


def _notes(pdfium: Any, page: Any) -> int:
    return int(pdfium.FPDFPage_GetAnnotCount(page.raw))


def _subtype(pdfium: Any, page: Any, number: int) -> int:
    note = pdfium.FPDFPage_GetAnnot(page.raw, number)
    subtype = int(pdfium.FPDFAnnot_GetSubtype(note))
    pdfium.FPDFPage_CloseAnnot(note)
    return subtype


def _refuse_incomplete(raw: bytes, file: str) -> None:
    """Refuse what is no PDF, and one that was cut off: its missing pages would go unnoticed."""
    if b"%PDF-" not in raw[:HEADER_WITHIN]:
        raise UnreadableDocument(file, "the file is no PDF", "give the document itself")
    end = max(raw.rfind(mark) for mark in END)
    if end < 0 or OBJECT.search(raw, end):
        raise UnreadableDocument(file, "the PDF is cut off before its end", COMPLETE)


def _refuse_bombs(raw: bytes, file: str, clock: Clock) -> None:
    """Refuse a document with content that unpacks to more than a page can need; images stay packed."""
    for start, stop in _streams(raw):
        if stop - start < SMALL:
            continue
        clock.check()
        dictionary = raw[max(0, start - DICTIONARY) : start].rpartition(b"obj")[2]
        if b"FlateDecode" in dictionary and b"/Image" not in dictionary and _overflows(raw, start, stop):
            limit = f"{MAX_CONTENT >> 20} MiB"
            raise UnreadableDocument(file, f"a page's content unpacks to more than {limit}", SPLIT)


def _streams(raw: bytes) -> Iterator[tuple[int, int]]:
    """Where the streams of a file begin and end."""
    start = -1
    for mark in STREAM.finditer(raw):
        if mark.group().startswith(b"end"):
            if start >= 0:
                yield start, mark.start()
            start = -1
        elif start < 0:
            start = mark.end()


def _overflows(raw: bytes, start: int, stop: int) -> bool:
    unpacker, size = zlib.decompressobj(), 0
    try:
        piece = raw[start:stop]
        while piece and not unpacker.eof:
            size += len(unpacker.decompress(piece, PIECE))
            if size > MAX_CONTENT:
                return True
            piece = unpacker.unconsumed_tail
    except zlib.error:
        # The program that reads it will say so, or read what can be read.
        return False
    return False


def _unopened(error: Exception, raw: bytes, file: str) -> UnreadableDocument:
    import pypdfium2.raw as pdfium

    # The code may be left over from another document.
    code = getattr(error, "err_code", None) if b"/Encrypt" in raw else None
    if code == pdfium.FPDF_ERR_PASSWORD:
        return UnreadableDocument(file, "the PDF is encrypted with a password", "save it without one")
    if code == pdfium.FPDF_ERR_SECURITY:
        return UnreadableDocument(
            file, "the PDF is encrypted in an unknown way", "save it without encryption"
        )
    return UnreadableDocument(file, "the PDF is damaged and has no readable pages", COMPLETE)
