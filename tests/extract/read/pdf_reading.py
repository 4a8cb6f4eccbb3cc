"""Small PDFs written by hand, and what is read of them."""

from __future__ import annotations

import io
import zlib
from typing import Any

from extract.read.blocks import Blocks
from extract.read.pdf import PageAccount, read_pdf_with_account
from tests.extract.read.pdf_maker import canvas_of
from tests.extract.read.rendered import Block


def read(raw: bytes) -> tuple[Blocks, list[PageAccount]]:
    """Blocks and account of a file; no word may be lost, none may be printed that the pages do not print."""
    blocks, accounts = read_pdf_with_account(raw, "x.pdf")
    assert [one.lost for one in accounts if one.lost] == []
    assert all(one.words == one.placed + one.furniture for one in accounts)
    return blocks, accounts


def rows(raw: bytes) -> list[list[str]]:
    """The texts of the table rows of a file."""
    return [[cell.text for cell in row.cells] for row in read(raw)[0].rows if row.table]


def lines(raw: bytes) -> list[str]:
    """The paragraphs of a file."""
    return [row.text for row in read(raw)[0].rows if not row.table]


def table(*printed: tuple[str, ...]) -> Block:
    return Block("", list(printed))


def paragraph(text: str) -> Block:
    return Block(text, [])


GRID = table(("项目名称", "金额"), ("图书", "12.50"), ("合计", "12.50"))


LONG = table(
    ("序号", "项目名称", "金额"), *[(str(number), f"项目{number}", f"{number}.00") for number in range(1, 60)]
)


def drawn(draw: Any, **options: Any) -> bytes:
    """A page that ``draw`` draws on."""
    canvas, file = canvas_of(**options)
    draw(canvas)
    canvas.save()
    return file.getvalue()


def ruled(canvas: Any, xs: list[float], ys: list[float]) -> None:
    """A full grid of lines."""
    for y in ys:
        canvas.line(xs[0], y, xs[-1], y)
    for x in xs:
        canvas.line(x, ys[0], x, ys[-1])


FONT = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"
PAGE = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>"
CATALOG = b"<</Type/Catalog/Pages 2 0 R>>"


def written(objects: dict[int, bytes]) -> bytes:
    """A PDF of numbered objects; the first is its catalog."""
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start, size = out.tell(), max(objects) + 1
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % size)
    for number in range(1, size):
        out.write(b"%010d %05d %c \n" % (places.get(number, 0), 0, b"nf"[number not in places]))
    out.write(b"trailer\n<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (size, start))
    return out.getvalue()


def stream(content: bytes, entries: bytes = b"") -> bytes:
    packed = zlib.compress(content, 9)
    return b"<</Length %d/Filter/FlateDecode%s>>\nstream\n%s\nendstream" % (len(packed), entries, packed)


def pages_of(kids: bytes, count: int, content: bytes = b"BT /F1 12 Tf 50 700 Td (Hello) Tj ET") -> bytes:
    tree = b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, count)
    return written({1: CATALOG, 2: tree, 3: PAGE, 4: stream(content), 5: FONT})


def one_page(content: bytes) -> bytes:
    return pages_of(b"3 0 R", 1, content)
