"""Packages are opened only within bounds, and every fault is one clear line."""

from __future__ import annotations

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.errors import UnreadableDocument
from extract.read.package import MAX_MEMBERS, MAX_RATIO, Relation, open_package, parse_xml
from tests.extract.read.word_writer import docx, p, package

GOOD = docx(p("预算单位"))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504)
LINKS = (
    '<Relationships xmlns="r"><Relationship Id="a" Type="x/y/worksheet" Target="sheets/one.xml"/>'
    '<Relationship Id="b" Type="x/styles" Target="/xl/styles.xml"/>'
    '<Relationship Id="c" Type="x/up" Target="../docProps\\app.xml"/>'
    '<Relationship Id="d" Type="x/hyperlink" TargetMode="External" Target="file:///etc/hosts"/></Relationships>'
)


def encrypted() -> bytes:
    """A package whose directory says that its member is encrypted."""
    raw = bytearray(package({"a.xml": "<a/>"}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        raw[raw.index(signature) + flags] |= 1
    return bytes(raw)


def with_method(method: int) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", method) as archive:
        archive.writestr("a.xml", "<a/>")
    return file.getvalue()


def claiming(size: int) -> bytes:
    """A package whose directory claims that its member unpacks to some size."""
    raw = bytearray(package({"a.xml": "<a/>"}))
    place = raw.index(b"PK\x01\x02") + 24
    raw[place : place + 4] = size.to_bytes(4, "little")
    return bytes(raw)


def far_directory() -> bytes:
    """A package whose directory is said to begin beyond what any memory holds."""
    raw = package({"a.xml": "<a/>"})
    end = raw.rindex(b"PK\x05\x06")
    far = struct.pack("<4sQ2H2L4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 1, 1, 2**63 - 1, 2**64 - 1)
    locator = struct.pack("<4sLQL", b"PK\x06\x07", 0, end, 1)
    return raw[:end] + far + locator + raw[end : end + 12] + b"\xff" * 8 + raw[end + 20 :]


REFUSED = {
    "nothing": (b"", "damaged or cut off"),
    "text": ("预算单位".encode(), "damaged or cut off"),
    "cut off": (GOOD[: len(GOOD) // 2], "damaged or cut off"),
    "old office file": (OLE, "legacy Office file"),
    "password": (OLE + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
    "encrypted member": (encrypted(), "is encrypted"),
    "unusual compression": (with_method(zipfile.ZIP_LZMA), "compressed in a way"),
    "bomb": (package({"a.xml": b"\0" * 1_000_000}), f"more than {MAX_RATIO} times"),
    "claims 4 GB": (claiming(2**32 - 2), "more than 200 MiB"),
    "far directory": (far_directory(), "damaged or cut off"),
    "many members": (package({f"{n}": "" for n in range(MAX_MEMBERS + 1)}), "more than 2,000 parts"),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str) -> None:
    raw, reason = REFUSED[name]
    with pytest.raises(UnreadableDocument, match=reason) as caught:
        open_package(raw, "a.docx")
    assert str(caught.value).startswith("a.docx: ") and "\n" not in str(caught.value)


def test_members_are_found_without_case_and_with_either_slash() -> None:
    opened = open_package(package({"/xl\\Workbook.xml": "<a/>", "b": "2"}), "a.xlsx")
    assert opened.names == ("xl/Workbook.xml", "b")
    assert "XL/workbook.XML" in opened and opened.read("xl/workbook.xml") == b"<a/>"
    assert opened.xml("xl/Workbook.xml").tag == "a"


def test_relations_lead_to_parts_and_never_outside() -> None:
    opened = open_package(package({"xl/_rels/workbook.xml.rels": LINKS}), "a.xlsx")
    assert opened.relations("xl/workbook.xml") == (
        Relation("a", "worksheet", "xl/sheets/one.xml"),
        Relation("b", "styles", "xl/styles.xml"),
        Relation("c", "up", "docProps/app.xml"),
    )
    assert opened.relations() == ()


@pytest.mark.parametrize(
    ("part", "reason"), [("gone.xml", "gone.xml is missing"), ("a.xml", "a.xml is damaged")]
)
def test_a_part_that_cannot_be_read(part: str, reason: str) -> None:
    raw = package({"a.xml": "<a>text that fills some bytes of the member</a>"})
    middle = raw.index(b"a.xml") + 12
    opened = open_package(raw[:middle] + b"\xff\xff\xff" + raw[middle + 3 :], "a.docx")
    with pytest.raises(UnreadableDocument, match=reason):
        opened.read(part)


ENTITIES = '<!DOCTYPE a [<!ENTITY b "bbbbbbbbbb">]><a>&b;</a>'
XML = {
    "entities": (ENTITIES.encode(), "DOCTYPE"),
    "entities in UTF-16": (ENTITIES.encode("utf-16"), "DOCTYPE"),
    "entities in UTF-32": (ENTITIES.encode("utf-32-be"), "DOCTYPE|damaged XML"),
    "outside entities": (b'<!DOCTYPE a SYSTEM "file:///etc/hosts"><a/>', "DOCTYPE"),
    "unknown entity": (b"<a>&b;</a>", "damaged XML"),
    "nothing": (b"", "damaged XML"),
    "not closed": (b"<a><b></a>", "damaged XML"),
    "deep": (b"<a>" * 5000 + b"</a>" * 5000, "nested too deep"),
    "tags": (b"<a>" + b"<b/>" * 5_000_000 + b"</a>", "more than 5,000,000 tags"),
    "wrong encoding": (
        '<?xml version="1.0" encoding="utf-8"?><a>预算单位</a>'.encode("gb18030"),
        "damaged XML",
    ),
}


@pytest.mark.parametrize("name", XML)
def test_refused_xml(name: str) -> None:
    data, reason = XML[name]
    with pytest.raises(UnreadableDocument, match=reason):
        parse_xml(data, "a.docx", "word/document.xml")


def test_the_name_of_a_doctype_may_be_text() -> None:
    assert parse_xml(b"<a>&lt;!DOCTYPE</a>", "a.docx", "b.xml").text == "<!DOCTYPE"


def test_a_name_of_several_lines_is_told_in_one() -> None:
    opened = open_package(package({"a\nb": "<a"}), "a.docx")
    with pytest.raises(UnreadableDocument, match="a\ufffdb is damaged XML"):
        opened.xml("a\nb")


def try_all(raw: bytes) -> None:
    """Open a package and read all of it."""
    opened = open_package(raw, "a.docx")
    for name in opened.names:
        opened.read(name)
    opened.relations()


@given(st.binary(max_size=200), st.integers(0, len(GOOD)), st.booleans())
@settings(max_examples=200, deadline=None)
def test_any_bytes_give_a_package_or_one_clear_line(noise: bytes, place: int, insert: bool) -> None:
    for raw in (
        noise,
        b"PK\x03\x04" + noise,
        GOOD[:place] + noise + GOOD[place if insert else place + len(noise) :],
    ):
        try:
            try_all(raw)
        except UnreadableDocument as error:
            assert "\n" not in str(error)
