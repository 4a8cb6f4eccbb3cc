"""Readers of Word documents and web pages beside the plain parsers: ``python -m benchmarks.readers FOLDER``.

The synthetic disclosures of a folder are rendered in each format; rates are per CPU second. A
parser that is not installed is left out.
"""

from __future__ import annotations

import io
import json
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping
from html import escape
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from benchmarks.measure import cpu_seconds

TURNS = 3
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}" Target="word/document.xml"/></Relationships>'
)
TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/word/document.xml"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
    "</Types>"
)
RUN = '<w:rPr><w:rFonts w:hint="eastAsia" w:ascii="宋体"/><w:kern w:val="0"/><w:sz w:val="21"/></w:rPr>'
PARAGRAPH = (
    f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr><w:r>{RUN}<w:t xml:space="preserve">{{}}</w:t></w:r></w:p>'
)
CELL = '<w:tc><w:tcPr><w:tcW w:w="1200" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{}</w:tc>'


def measure_docx(folder: str) -> dict[str, Any]:
    """Cells per CPU second of reading Word documents, and of python-docx reading the same cells."""
    from extract.read.docx import read_docx

    documents = [as_docx(text) for text in texts(folder)]
    rivals = {"python-docx": python_docx_cells} if find_spec("docx") else {}
    return _measured(documents, lambda raw: read_docx(raw, "a.docx"), rivals)


def measure_html(folder: str) -> dict[str, Any]:
    """Cells per CPU second of reading pages, and of lxml parsing them, with and without their cells' text."""
    from extract.read.html import read_html

    pages = [as_html(text) for text in texts(folder)]
    rivals = {"lxml parse": parsed_page, "lxml cells": lxml_cells}
    return _measured(pages, lambda raw: read_html(raw, "a.html"), rivals)


def _measured(
    documents: list[bytes], read: Callable[[bytes], Any], rivals: Mapping[str, Callable[[bytes], object]]
) -> dict[str, Any]:
    """The best of several turns for each, after one turn to warm up."""
    cells = sum(len(row.cells) for raw in documents for row in read(raw).rows if row.table)

    def rate(work: Callable[[bytes], object]) -> float:
        return cells / min(cpu_seconds(lambda: [work(raw) for raw in documents]) for _ in range(TURNS))

    own = rate(read)
    found = {"documents": len(documents), "cells": cells, "bytes": sum(map(len, documents)), "rate": own}
    return found | {
        key: value
        for name, work in rivals.items()
        for floor in [rate(work)]
        for key, value in ((name, floor), (f"ratio to {name}", own / floor))
    }


def python_docx_cells(raw: bytes) -> list[str]:
    """All paragraphs and cells as python-docx gives them."""
    from docx import Document

    document = Document(io.BytesIO(raw))
    texts = [paragraph.text for paragraph in document.paragraphs]
    texts += [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return texts


def parsed_page(raw: bytes) -> object:
    """A page's tree."""
    from lxml import html

    return html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8"))


def lxml_cells(raw: bytes) -> list[str]:
    """A page's tree and the text of its paragraphs and cells."""
    from lxml import html

    root = html.document_fromstring(raw, parser=html.HTMLParser(encoding="utf-8"))
    return [str(element.text_content()) for element in root.iter("p", "td", "th")]


def texts(folder: str) -> Iterator[str]:
    """The disclosures of a folder."""
    for path in sorted(Path(folder).glob("*.txt")):
        yield path.read_text(encoding="utf-8")


def blocks(text: str) -> Iterator[list[list[str]]]:
    """Paragraphs, as a row of one cell, and tables: runs of lines with tabs."""
    table: list[list[str]] = []
    for line in text.split("\n"):
        if "\t" in line:
            table.append(line.split("\t"))
        elif line.strip():
            if table:
                yield table
            yield [[line]]
            table = []
    if table:
        yield table


def as_docx(text: str) -> bytes:
    """A disclosure as a Word document."""
    body = "".join(_docx_block(block) for block in blocks(text))
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", TYPES)
        archive.writestr("_rels/.rels", LINKS)
        archive.writestr(
            "word/document.xml", f'<w:document xmlns:w="{WORD}"><w:body>{body}</w:body></w:document>'
        )
    return file.getvalue()


def _docx_block(block: list[list[str]]) -> str:
    if block == [[block[0][0]]]:
        return PARAGRAPH.format(escape(block[0][0]))
    rows = ["".join(CELL.format(PARAGRAPH.format(escape(cell))) for cell in row) for row in block]
    grid = '<w:gridCol w:w="1200"/>' * max(map(len, block))
    written = "".join(f"<w:tr>{row}</w:tr>" for row in rows)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{written}</w:tbl>"


def as_html(text: str) -> bytes:
    """A disclosure as a web page, in the markup that office programs export."""
    body = "\n".join(_html_block(block) for block in blocks(text))
    return f'<html><head><meta charset="utf-8"><title>a</title></head><body>{body}</body></html>'.encode()


def _html_block(block: list[list[str]]) -> str:
    if block == [[block[0][0]]]:
        return f'<p class="MsoNormal"><span style="font-size:14px">{escape(block[0][0])}</span></p>'
    rows = ["".join(f'<td width="80">{_span(cell)}</td>' for cell in row) for row in block]
    return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"


def _span(cell: str) -> str:
    return f'<p align="center"><span style="font-family:宋体">{escape(cell)}</span></p>'


def main() -> None:
    """Measure both formats and print what was found."""
    for measure in (measure_docx, measure_html):
        print(json.dumps({"measured": measure.__name__, **measure(sys.argv[1])}, indent=1))


if __name__ == "__main__":
    main()
