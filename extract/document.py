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
from extract.read.blocks import Blocks, number_tables
from extract.read.formats import read_blocks
from extract.records import Document, Source

MAX_BYTES = 64 * 1024 * 1024


def read_document(path: Path, raw: bytes | None = None) -> Document:
    """Read one disclosure; ``raw`` spares reading the file again when its bytes are at hand.

    Raises ``UnreadableDocument`` for a file that is missing, too large, empty, or of a format that
    is not read.
    """
    content = _read(path) if raw is None else raw
    if len(content) > MAX_BYTES:
        raise UnreadableDocument(
            path.name, f"the file is larger than {MAX_BYTES >> 20} MiB", "split it into its documents"
        )
    return record_of(read_blocks(content, path.name), hashlib.sha256(content).hexdigest())


def record_of(blocks: Blocks, sha256: str) -> Document:
    """What blocks say, as the record of a document with this hash."""
    name, text = blocks.file, blocks.text
    rows = number_tables(regroup(join_wrapped(blocks.rows), text))
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
        sha256=sha256,
        encoding=blocks.encoding,
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
