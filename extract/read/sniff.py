"""What a file is, by its content and never by its name."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable
from typing import Literal

from extract.errors import UnreadableDocument
from extract.read import ole
from extract.read.package import open_package

Format = Literal[
    "text", "docx", "xlsx", "zip", "pdf", "html", "doc", "xls", "encrypted-office", "image", "rar", "7z",
    "gzip", "rtf", "xml", "other-office", "unknown-binary",
]  # fmt: skip

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
PDF_WITHIN = 1024
SAMPLE = 65_536
# The first bytes of formats that have fixed ones.
MAGIC: tuple[tuple[bytes, Format], ...] = (
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "rar"),
    (b"7z\xbc\xaf\x27\x1c", "7z"),
    (b"\x1f\x8b", "gzip"),
    (b"{\\rtf", "rtf"),
    # Workbooks of Excel 2 to 5 without a container: the record that begins them.
    (b"\x09\x00\x04\x00", "xls"),
    (b"\x09\x02\x06\x00", "xls"),
    (b"\x09\x04\x06\x00", "xls"),
    (b"\x09\x08\x08\x00", "xls"),
    (b"\x09\x08\x10\x00", "xls"),
)
BITMAP = re.compile(rb"BM.{4}\0{4}", re.DOTALL)
WEBP = re.compile(rb"RIFF.{4}WEBP", re.DOTALL)
# Parts of packages that say what they are, most telling first; a part may be numbered (document2.xml).
PARTS: tuple[tuple[re.Pattern[str], Format], ...] = (
    (re.compile(r"word/document\d*\.xml$"), "docx"),
    (re.compile(r"xl/workbook\d*\.xml$"), "xlsx"),
    (re.compile(r"(?:xl/workbook\.bin|ppt/presentation\.xml|ofd\.xml|mimetype)$"), "other-office"),
)
STREAMS: tuple[tuple[str, Format], ...] = (
    ("EncryptedPackage", "encrypted-office"),
    ("WordDocument", "doc"),
    ("Workbook", "xls"),
    ("Book", "xls"),
    ("PowerPoint Document", "other-office"),
)
# What may stand above the first tag of a web page: white space, comments, declarations of XML.
PREAMBLE = re.compile(r"(?:\s+|<!--.*?-->|<\?.*?(?:\?>|>))*+", re.DOTALL)
HTML = re.compile(
    r"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|table|div|p|span|center|font|h[1-6])\b",
    re.IGNORECASE,
)
XML = re.compile(r"\s*<(?:\?xml\b|!DOCTYPE\b|[A-Za-z_][\w.\-]*:?[\w.\-]*\s[^<>]{0,400}xmlns)")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
MAX_CONTROLS = 8
# What every file is that has no reader: the reason and the remedy of its refusal.
UNREAD: dict[Format, tuple[str, str]] = {
    "encrypted-office": ("the file is protected by a password", "remove the password and save it again"),
    "image": ("the file is an image", "give the document itself, or a PDF of the scan"),
    "rar": ("the file is a RAR archive", "unpack it and give its files"),
    "7z": ("the file is a 7z archive", "unpack it and give its files"),
    "zip": ("the file is a ZIP archive", "unpack it and give its files"),
    "gzip": ("the file is a gzip archive", "unpack it and give its files"),
    "rtf": ("the file is a rich-text file (RTF)", "save it as .docx"),
    "xml": ("the file is XML of another program", "save it as .docx or .xlsx"),
    "other-office": (
        "the file is of an office format that is not read (ODF, OFD, XLSB, PowerPoint)",
        "save it as .docx, .xlsx or PDF",
    ),
    "unknown-binary": (
        "the file is of no known format",
        "give the document as DOCX, PDF, XLSX, HTML or text",
    ),
}


def sniff(raw: bytes) -> Format:
    """The format of a file's content.

    >>> sniff("绩效目标".encode()), sniff(b"%PDF-1.7"), sniff(b"<!-- saved --><html>")
    ('text', 'pdf', 'html')
    """
    if raw.startswith(ZIP):
        return _zip_kind(raw)
    if raw.startswith(ole.MAGIC):
        return _ole_kind(raw)
    for magic, kind in MAGIC:
        if raw.startswith(magic):
            return kind
    if BITMAP.match(raw) or WEBP.match(raw):
        return "image"
    if b"%PDF-" in raw[:PDF_WITHIN]:
        return "pdf"
    return _text_kind(raw)


def refusal(kind: Format, file: str) -> UnreadableDocument:
    """Why a file of a format without a reader cannot be read, and what to do about it."""
    return UnreadableDocument(file, *UNREAD.get(kind, UNREAD["unknown-binary"]))


def _zip_kind(raw: bytes) -> Format:
    """A package of Office by its main part; any other ZIP file is an archive."""
    try:
        names: Iterable[str] = open_package(raw, "").names
    except UnreadableDocument:
        # Cut off or far too large: its reader will say so, once it is known which one that is.
        names = _local_names(raw)
    lowered = [name.lower() for name in names]
    for pattern, kind in PARTS:
        if any(pattern.match(name) for name in lowered):
            return kind
    return "zip"


def _local_names(raw: bytes) -> list[str]:
    """The names that stand before the members themselves."""
    names: list[str] = []
    place = raw.find(ZIP[0])
    while place >= 0 and len(names) < 2_000:
        length = int.from_bytes(raw[place + 26 : place + 28], "little")
        names.append(raw[place + 30 : place + 30 + min(length, 256)].decode("ascii", "replace"))
        place = raw.find(ZIP[0], place + 30)
    return names


def _ole_kind(raw: bytes) -> Format:
    streams = ole.read_container(raw).streams
    return next((kind for name, kind in STREAMS if name in streams), "unknown-binary")


def _text_kind(raw: bytes) -> Format:
    """A web page, XML, plain text, or nothing that is text."""
    sample = raw[:SAMPLE]
    wide = _wide_encoding(sample)
    if wide is None and len(CONTROLS.findall(sample)) > MAX_CONTROLS:
        return "unknown-binary"
    # The first tags are ASCII in every encoding that is not wide.
    text = sample.decode(wide or "latin-1", "ignore").removeprefix("\xef\xbb\xbf").lstrip("\ufeff")
    preamble = PREAMBLE.match(text)
    if HTML.match(text, preamble.end() if preamble else 0):
        return "html"
    return "xml" if XML.match(text) else "text"


def _wide_encoding(sample: bytes) -> str | None:
    """The encoding of text with two bytes a character: by its mark, else if it then reads as text."""
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be")):
        if sample.startswith(mark):
            return encoding
    start = sample[:4096]
    if 0 not in start:
        return None
    little = start[1::2].count(0) >= start[::2].count(0)
    for encoding in ("utf-16-le", "utf-16-be") if little else ("utf-16-be", "utf-16-le"):
        if _is_text(start[: len(start) // 2 * 2].decode(encoding, "replace")):
            return encoding
    return None


def _is_text(decoded: str) -> bool:
    """Whether hardly a character is none that documents print."""
    strange = sum(not (character.isprintable() or character.isspace()) for character in decoded)
    return strange + decoded.count("\ufffd") <= min(MAX_CONTROLS, len(decoded) // 4)
