"""A file is what its content says, whatever its name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.read.sniff import MAGIC, UNREAD, Format, refusal, sniff
from tests.extract.read.legacy import Page, biff, make_xls, ole_file
from tests.extract.read.workbooks import Tab, make_xlsx, rows_of, zipped

PAGE = "<html><head><meta charset='gb2312'></head><body>绩效目标</body></html>"
XLSX = make_xlsx(Tab("Sheet1", rows_of(("a", "b"))))
DOCX = zipped(
    {"[Content_Types].xml": "<Types/>", "word/document.xml": "<document/>", "word/embeddings/a.xlsx": XLSX}
)


@pytest.mark.parametrize(
    ("raw", "kind"),
    [
        (b"", "text"),
        ("项目支出绩效目标表\n\t预算单位".encode(), "text"),
        ("项目支出绩效目标表".encode("gb18030"), "text"),
        ("\ufeff绩效目标".encode("utf-16"), "text"),
        ("绩效目标表\n预算单位".encode("utf-16-le"), "text"),
        ("绩效目标表，共有若干个项目，其中没有一个数字\n".encode("utf-16-be"), "text"),
        (b"%PDF-1.4\n", "pdf"),
        (b"\r\n" * 300 + b"%PDF-1.7", "pdf"),
        (b"x" * 2000 + b"%PDF-1.7", "text"),
        (XLSX, "xlsx"),
        (DOCX, "docx"),
        (zipped({"word/document2.xml": "<document/>"}), "docx"),
        (zipped({"Xl\\Workbook.xml": "<workbook/>"}), "xlsx"),
        (XLSX[:-30], "xlsx"),
        (DOCX[: len(DOCX) // 2], "docx"),
        (zipped({"a/word/document.xml.txt": "x", "b.docx": DOCX}), "zip"),
        (b"PK\x05\x06" + bytes(18), "zip"),
        (b"PK\x03\x04rest", "zip"),
        (
            zipped({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
            "other-office",
        ),
        (zipped({"OFD.xml": "<OFD/>", "Doc_0/Document.xml": "<a/>"}), "other-office"),
        (zipped({"ppt/presentation.xml": "<a/>"}), "other-office"),
        (zipped({"xl/workbook.bin": "x"}), "other-office"),
        (ole_file({"WordDocument": b"", "1Table": b""}), "doc"),
        (ole_file({"WordDocument": b""}, embedded={"Workbook": b""}), "doc"),
        (make_xls(Page("Sheet1", [["a"]])), "xls"),
        (ole_file({"Book": b""}), "xls"),
        (biff(Page("Sheet1", [["a"]])), "xls"),
        (ole_file({"EncryptionInfo": b"", "EncryptedPackage": b""}), "encrypted-office"),
        (ole_file({"PowerPoint Document": b""}), "other-office"),
        (ole_file({"Contents": b""}), "unknown-binary"),
        (ole_file({"WordDocument": b""})[:600], "unknown-binary"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "unknown-binary"),
        (PAGE.encode("gb18030"), "html"),
        (("\ufeff" + PAGE).encode(), "html"),
        (("\ufeff" + PAGE).encode("utf-16"), "html"),
        (PAGE.encode("utf-16-be"), "html"),
        (b"\n <!-- saved from url=(0022) --> <!DOCTYPE HTML PUBLIC '-//W3C//DTD'><HTML>", "html"),
        (b'<?xml version="1.0"?><!DOCTYPE html><html xmlns="http://www.w3.org/1999/xhtml">', "html"),
        (b"<table><tr><td>1</td></tr></table>", "html"),
        (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook>', "xml"),
        (b'<w:document xmlns:w="urn:a">', "xml"),
        ("<项目名称>绩效目标".encode(), "text"),
        (b"<- x", "text"),
        (b"\x89PNG\r\n\x1a\n", "image"),
        (b"\xff\xd8\xff\xe0", "image"),
        (b"BM\x36\x00\x00\x00\x00\x00\x00\x00", "image"),
        (b"RIFF\x00\x00\x00\x00WEBP", "image"),
        (b"II*\x00\x08\x00", "image"),
        (b"Rar!\x1a\x07\x00", "rar"),
        (b"7z\xbc\xaf\x27\x1c", "7z"),
        (b"\x1f\x8b\x08", "gzip"),
        (b"{\\rtf1\\ansi", "rtf"),
        (bytes(range(256)) * 4, "unknown-binary"),
        (b"\x7fELF" + bytes(200), "unknown-binary"),
    ],
)
def test_the_format_of_a_content(raw: bytes, kind: Format) -> None:
    assert sniff(raw) == kind


@given(st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", *(magic for magic, _ in MAGIC)]))
def test_any_bytes_have_a_format(raw: bytes, start: bytes) -> None:
    assert isinstance(sniff(start + raw), str)


@given(st.binary(max_size=700))
def test_any_container_has_a_format(raw: bytes) -> None:
    whole = ole_file({"WordDocument": b"", "Data": b""})
    for damaged in (whole[: len(raw)], whole[:512] + raw, whole[:30] + raw + whole[30 + len(raw) :]):
        assert isinstance(sniff(damaged), str)


def test_a_format_without_a_reader_is_refused_with_a_remedy() -> None:
    for kind in UNREAD:
        assert str(refusal(kind, "a.bin")).startswith("a.bin: the file is ")
    assert str(refusal("rar", "a.rar")) == "a.rar: the file is a RAR archive; unpack it and give its files"
