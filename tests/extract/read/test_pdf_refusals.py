"""PDF: what cannot be read is refused in one clear line, whatever the bytes."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UnreadableDocument
from extract.read.pdf import account, read_pdf, read_pdf_with_account
from extract.read.pdf.limits import Clock
from tests.extract.read.pdf_maker import canvas_of, pdf
from tests.extract.read.pdf_reading import (
    CATALOG,
    FONT,
    GRID,
    LONG,
    PAGE,
    lines,
    one_page,
    pages_of,
    stream,
    written,
)


def encrypted(user: str) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption

    canvas, file = canvas_of(encrypt=StandardEncryption(user, "owner", canPrint=0, canCopy=0))
    canvas.drawString(100, 400, "项目支出")
    canvas.save()
    return file.getvalue()


def picture() -> bytes:
    canvas, file = canvas_of()
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    return file.getvalue()


def without_codes() -> bytes:
    """Text in a font whose glyphs have numbers and no characters."""
    page = {3: PAGE, 4: stream(b"BT /F1 12 Tf 50 700 Td <00410142023402350236> Tj ET")}
    font = b"<</Type/Font/Subtype/Type0/BaseFont/ABC/Encoding/Identity-H/DescendantFonts[6 0 R]>>"
    system = b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>"
    glyphs = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/ABC/DW 1000/FontDescriptor 7 0 R%s>>" % system
    looks = b"<</Type/FontDescriptor/FontName/ABC/Flags 4/FontBBox[0 0 1000 1000]/Ascent 800/Descent -200>>"
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    return written({1: CATALOG, 2: tree, **page, 5: font, 6: glyphs, 7: looks})


GOOD = one_page(b"BT /F1 12 Tf 50 700 Td (Hello) Tj ET")
NESTED = b"[" * 100_000 + b"]" * 100_000
REFUSED = {
    "nothing": (b"", "no PDF"),
    "web page": (b"<html>404</html>", "no PDF"),
    "half": (pdf([LONG])[:-2000], "cut off"),
    "only a header": (b"%PDF-1.7\n%%EOF", "damaged"),
    "password": (encrypted("secret"), "encrypted with a password"),
    "picture": (picture(), "no text layer: the pages are images; install jixiao[ocr]"),
    "blank": (one_page(b" "), "blank"),
    "loop of pages": (pages_of(b"2 0 R", 5), "damaged"),
    "missing page": (pages_of(b"3 0 R 9 0 R", 2), "damaged"),
    "too many pages": (pages_of(b"3 0 R " * 10_000, 10_000), "more than 2,000 pages"),
    "content bomb": (one_page(b" " * 40_000_000), "unpacks to more than 32 MiB"),
    "nested arrays": (
        written({1: CATALOG[:-2] + b"/X " + NESTED + b">>", 2: b"<</Kids[]/Count 0>>"}),
        "damaged",
    ),
    "no codes": (without_codes(), "do not say which characters they print"),
}


@pytest.mark.parametrize(("raw", "reason"), REFUSED.values(), ids=REFUSED)
def test_what_cannot_be_read_is_refused_in_one_line(raw: bytes, reason: str) -> None:
    with pytest.raises(UnreadableDocument) as refused:
        read_pdf(raw, "x.pdf")
    assert reason in str(refused.value)
    assert "\n" not in str(refused.value)


def test_an_owner_password_alone_locks_nobody_out() -> None:
    assert lines(encrypted("")) == ["项目支出"]


def test_a_form_that_draws_itself_ends() -> None:
    form = stream(b"/X Do", b"/Type/XObject/Subtype/Form/BBox[0 0 600 800]/Resources<</XObject<</X 6 0 R>>>>")
    page = PAGE.replace(b"/Font", b"/XObject<</X 6 0 R>>/Font")
    content = stream(b"/X Do BT /F1 12 Tf 50 700 Td (Hello) Tj ET")
    tree = b"<</Type/Pages/Kids[3 0 R]/Count 1>>"
    assert lines(written({1: CATALOG, 2: tree, 3: page, 4: content, 5: FONT, 6: form})) == ["Hello"]


def test_the_time_of_a_document_is_bounded() -> None:
    clock = Clock("x.pdf", seconds=-1)
    with pytest.raises(UnreadableDocument, match="takes longer"):
        clock.check()


def test_the_cells_of_a_document_are_bounded() -> None:
    with pytest.raises(UnreadableDocument, match="500,000 cells"):
        Clock("x.pdf").cells(500_001)


def test_a_page_of_an_image_beside_pages_of_text_is_told() -> None:
    canvas, file = canvas_of()
    canvas.drawString(100, 400, "项目支出")
    canvas.showPage()
    canvas.rect(100, 100, 300, 300, fill=1)
    canvas.save()
    assert [one.pictured for one in account(file.getvalue(), "x.pdf")] == [False, True]


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=300))
def test_random_bytes_are_read_or_refused(raw: bytes) -> None:
    read_or_refuse(b"%PDF-1.7\n" + raw + b"\n%%EOF")
    read_or_refuse(raw)


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_damaged_bytes_are_read_or_refused(data: st.DataObject) -> None:
    raw = bytearray(data.draw(st.sampled_from([GOOD, SMALL_TABLE])))
    for place, value in data.draw(
        st.lists(st.tuples(st.integers(0, len(raw) - 1), st.integers(0, 255)), max_size=12)
    ):
        raw[place] = value
    read_or_refuse(bytes(raw))


SMALL_TABLE = pdf([GRID])


def read_or_refuse(raw: bytes) -> None:
    try:
        blocks, accounts = read_pdf_with_account(raw, "x.pdf")
    except UnreadableDocument:
        return
    blocks.text.encode("utf-8")
    assert all(one.lost == [] for one in accounts)
