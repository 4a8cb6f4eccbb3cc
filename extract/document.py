"""The front door: a file in, a record out."""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.errors import UnreadableDocument
from extract.layouts.cover import read_cover
from extract.layouts.goal_sheet import read_goal_sheets
from extract.layouts.narrative import read_narratives
from extract.layouts.regions import find_regions, unread_forms
from extract.layouts.stream import regroup
from extract.layouts.tables import read_expenditure_lines, read_project_list
from extract.layouts.wraps import join_wrapped
from extract.read.blocks import number_tables
from extract.read.plain import read_plain
from extract.records import Document, Source
from extract.text import decode

MAX_BYTES = 64 * 1024 * 1024
SAVE_AS_TEXT = "save it as plain text (.txt, UTF-8) first"
# Files that are known and not plain text: the first bytes and what to do about them.
OTHER_FORMATS = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP container such as DOCX or XLSX"),
    (b"\xd0\xcf\x11\xe0", "a legacy Office file (.doc, .xls)"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"{\\rtf", "a rich-text file (RTF)"),
)
MARKUP = ("<!doctype", "<html", "<?xml", "<head", "<body")


def read_document(path: Path, raw: bytes | None = None) -> Document:
    """Read one disclosure; ``raw`` spares reading the file again when its bytes are at hand.

    Raises ``UnreadableDocument`` for a file that is missing, too large, empty or no text.
    """
    name = path.name
    content = _read(path) if raw is None else raw
    _refuse(content, name)
    text, encoding = decode(content, name)
    if not text.strip():
        raise UnreadableDocument(name, "the file is empty", "give the document itself")
    if text.lstrip()[:20].lower().startswith(MARKUP):
        raise UnreadableDocument(name, "the file is a web page or XML", SAVE_AS_TEXT)
    rows = number_tables(regroup(join_wrapped(read_plain(text, name, encoding).rows), text))
    cover = read_cover(rows, text)
    regions = find_regions(rows)
    entries, total = read_project_list(rows, name, cover.amount_unit)
    return Document(
        document=name,
        title=cover.title,
        publisher=cover.publisher,
        fiscal_year=cover.fiscal_year,
        published=cover.published,
        kind=cover.kind,
        goal_sheets=read_goal_sheets(rows, regions, text, name, cover.amount_unit),
        project_list=entries,
        project_list_total=total,
        expenditure_lines=read_expenditure_lines(rows, name, cover.amount_unit),
        narratives=read_narratives(rows, text, name),
        sha256=hashlib.sha256(content).hexdigest(),
        encoding=encoding,
        unresolved=list(unread_forms(rows, regions)),
        source=Source(
            file=name,
            start=0,
            end=len(text),
            cells=cover.fields.spans(),
            printed=cover.fields.printed({"published": cover.published}),
        ),
    )


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > MAX_BYTES:
            raise UnreadableDocument(
                path.name, f"the file is larger than {MAX_BYTES >> 20} MiB", "split it into its documents"
            )
        return path.read_bytes()
    except OSError as error:
        reason = error.strerror or str(error)
        raise UnreadableDocument(
            path.name, f"cannot be opened ({reason})", "check the path and its rights"
        ) from error


def _refuse(content: bytes, name: str) -> None:
    """Say clearly what a file is that cannot be read yet."""
    if len(content) > MAX_BYTES:
        raise UnreadableDocument(
            name, f"the file is larger than {MAX_BYTES >> 20} MiB", "split it into its documents"
        )
    for magic, kind in OTHER_FORMATS:
        if content.startswith(magic):
            raise UnreadableDocument(name, f"the file is {kind}", SAVE_AS_TEXT)
