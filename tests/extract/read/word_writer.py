"""Word documents for tests, written by hand: packages of a few parts around a body of XML."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable
from xml.sax.saxutils import escape

from tests.extract.read.rendered import Block, merged

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
NAMESPACES = (
    f'xmlns:w="{WORD}" xmlns:r="{RELATIONS}"'
    ' xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    ' xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
    ' xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"'
    ' xmlns:v="urn:schemas-microsoft-com:vml"'
)
CONTENT_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Override PartName="/{part}"'
    ' ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>'
)
STRICT = (
    (WORD, "http://purl.oclc.org/ooxml/wordprocessingml/main"),
    (RELATIONS, "http://purl.oclc.org/ooxml/officeDocument/relationships"),
)


def package(parts: dict[str, str | bytes]) -> bytes:
    """A ZIP container of some members."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def docx(body: str, *, strict: bool = False, part: str = "word/document.xml") -> bytes:
    """A Word document with this body."""
    document = f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {NAMESPACES}><w:body>{body}<w:sectPr/></w:body></w:document>'
    links = (
        f'<Relationships xmlns="{PACKAGE_RELATIONS}"><Relationship Id="rId1"'
        f' Type="{RELATIONS}/officeDocument" Target="{part}"/></Relationships>'
    )
    for usual, other in STRICT if strict else ():
        document, links = document.replace(usual, other), links.replace(usual, other)
    return package(
        {"[Content_Types].xml": CONTENT_TYPES.format(part=part), "_rels/.rels": links, part: document}
    )


def runs(text: str) -> str:
    """Runs of text, a break in a line between the lines."""
    return "<w:r><w:br/></w:r>".join(
        f'<w:r><w:rPr><w:rFonts w:hint="eastAsia"/><w:sz w:val="21"/></w:rPr><w:t xml:space="preserve">{escape(line)}</w:t></w:r>'
        for line in text.split("\n")
    )


def p(text: str) -> str:
    """A paragraph."""
    return f'<w:p><w:pPr><w:jc w:val="center"/></w:pPr>{runs(text)}</w:p>'


def cell(content: str, *, span: int = 1, merge: str = "") -> str:
    """A cell; ``merge`` is its vMerge, ``content`` its text unless it is markup."""
    merged = f'<w:vMerge w:val="{merge}"/>' if merge else ""
    spanned = f'<w:gridSpan w:val="{span}"/>' if span != 1 else ""
    inside = content if content.startswith("<w:") else p(content)
    return f'<w:tc><w:tcPr><w:tcW w:w="{900 * span}" w:type="dxa"/>{spanned}{merged}</w:tcPr>{inside}</w:tc>'


def row(*cells: str, properties: str = "") -> str:
    """A row of cells given as markup or text."""
    written = "".join(one if one.startswith("<w:") else cell(one) for one in cells)
    return f"<w:tr><w:trPr>{properties}</w:trPr>{written}</w:tr>"


def table(*rows: str, columns: int = 1) -> str:
    """A table of rows."""
    grid = '<w:gridCol w:w="900"/>' * columns
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def merged_table(rows: list[tuple[str, ...]]) -> str:
    """A table whose labels are merged over the blank cells beside or below them."""
    written = []
    going_on: dict[int, int] = {}
    for cells in merged(rows):
        below = {column: cell(p(""), merge="continue") for column, more in going_on.items() if more}
        begun = {
            column: cell(one.text, span=one.columns, merge="restart" if one.rows > 1 else "")
            for column, one in cells.items()
        }
        going_on = {column: more - 1 for column, more in going_on.items() if more > 1} | {
            column: one.rows - 1 for column, one in cells.items() if one.rows > 1
        }
        written.append(row(*[one for _, one in sorted((below | begun).items())]))
    return table(*written, columns=max(map(len, rows)))


def disclosure(blocks: Iterable[Block], *, merge: bool = False) -> bytes:
    """A whole disclosure as a Word document."""
    print_table = merged_table if merge else plain_table
    return docx("".join(print_table(one.rows) if one.rows else p(one.text) for one in blocks))


def plain_table(rows: list[tuple[str, ...]]) -> str:
    """A table of texts."""
    return table(*[row(*cells) for cells in rows])
