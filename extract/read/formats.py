"""From the bytes of a file to neutral blocks, whatever its format."""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module

from extract.errors import UnreadableDocument
from extract.read.blocks import Blocks
from extract.read.plain import read_plain
from extract.read.sniff import Format, refusal, sniff
from extract.text import decode

# Format → module and function that reads it; imported when the first such file is met.
READERS: dict[Format, tuple[str, str]] = {
    "docx": ("extract.read.docx", "read_docx"),
    "html": ("extract.read.html", "read_html"),
    "xlsx": ("extract.read.xlsx", "read_xlsx"),
    "xls": ("extract.read.xls", "read_xls"),
    "doc": ("extract.read.formats", "read_doc"),
    "pdf": ("extract.read.pdf", "read_pdf"),
}


def read_blocks(raw: bytes, file: str) -> Blocks:
    """Read a file of any format into blocks; the format is told by the content, not by the name.

    Raises ``UnreadableDocument`` for what has no reader or cannot be read.
    """
    if not raw.strip():
        raise UnreadableDocument(file, "the file is empty", "give the document itself")
    kind = sniff(raw)
    if kind == "text":
        return read_text(raw, file)
    if kind not in READERS:
        raise refusal(kind, file)
    module, function = READERS[kind]
    read: Callable[[bytes, str], Blocks] = getattr(import_module(module), function)
    return read(raw, file)


def read_text(raw: bytes, file: str) -> Blocks:
    """Read plain text in any of the encodings that ``decode`` knows."""
    text, encoding = decode(raw, file)
    if not text.strip():
        raise UnreadableDocument(file, "the file is empty", "give the document itself")
    return read_plain(text, file, encoding)


def read_doc(raw: bytes, file: str) -> Blocks:
    """Read a legacy Word document as the DOCX that LibreOffice makes of it."""
    from extract.read.docx import read_docx
    from extract.read.office import convert

    return read_docx(convert(raw, file), file)
