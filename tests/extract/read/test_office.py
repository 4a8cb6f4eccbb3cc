"""Legacy Word documents go through LibreOffice where it is installed and are refused clearly elsewhere."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

import pytest

from extract.errors import UnreadableDocument
from extract.read import office, ole
from extract.read.docx import read_docx
from extract.read.sniff import sniff
from extract.read.xls import read_xls
from extract.read.xlsx import read_xlsx
from tests.extract.read import word_writer
from tests.extract.read.legacy import ole_file
from tests.extract.read.rendered import EXAMPLES, Block, printed_blocks, text_of, wrong_cells
from tests.extract.read.workbooks import disclosure

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice (soffice)")


def legacy(content: bytes, suffix: str, to: str, folder: Path) -> bytes:
    """What LibreOffice makes of a file in another format."""
    source = folder / f"a{suffix}"
    source.write_bytes(content)
    command = [
        "soffice",
        f"-env:UserInstallation={(folder / 'p').as_uri()}",
        "--headless",
        "--convert-to",
        to,
    ]
    subprocess.run(
        [*command, "--outdir", folder / "out", source], check=True, capture_output=True, timeout=120
    )
    return next((folder / "out").iterdir()).read_bytes()


def program(folder: Path, script: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Put a script in the place of LibreOffice."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}:/usr/bin:/bin")


@needs_office
def test_a_legacy_document_gives_its_golden_record(tmp_path: Path) -> None:
    path = EXAMPLES[0]
    # A document that ends with a table loses it in the legacy format: Word always prints a paragraph below.
    written = word_writer.disclosure([*printed_blocks(text_of(path)), Block("\u3000", [])], merge=True)
    raw = legacy(written, ".docx", "doc:MS Word 97", tmp_path)
    assert sniff(raw) == "doc"
    converted = office.convert(raw, "a.doc")
    assert sniff(converted) == "docx"
    assert wrong_cells(path, read_docx(converted, path.name)) == []


@needs_office
@pytest.mark.parametrize(
    ("to", "suffix"), [("xls:MS Excel 97", ".xls"), ("xlsx:Calc MS Excel 2007 XML", ".xlsx")]
)
def test_a_workbook_that_libreoffice_wrote_gives_its_golden_record(
    tmp_path: Path, to: str, suffix: str
) -> None:
    path = EXAMPLES[0]
    raw = legacy(disclosure(printed_blocks(text_of(path)), merge=True), ".xlsx", to, tmp_path)
    assert sniff(raw) == suffix[1:]
    read = read_xls if suffix == ".xls" else read_xlsx
    assert wrong_cells(path, read(raw, path.name)) == []


@needs_office
def test_a_damaged_document_is_refused() -> None:
    with pytest.raises(UnreadableDocument, match=r"a.doc: LibreOffice cannot read the document; "):
        office.convert(ole_file({"WordDocument": b"\xec\xa5" + bytes(30)}), "a.doc")


def test_without_libreoffice_the_remedy_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    with pytest.raises(
        UnreadableDocument, match=r"needs LibreOffice; install LibreOffice, or save it as \.docx"
    ):
        office.convert(ole_file({"WordDocument": b""}), "a.doc")


def test_a_document_with_a_password_is_refused_before_anything_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    encrypted = ole_file({"WordDocument": b"\xec\xa5\xc1\x00" + bytes(6) + b"\x00\x01"})
    with pytest.raises(UnreadableDocument, match=r"protected by a password; remove the password"):
        office.convert(encrypted, "a.doc")


def test_a_program_that_hangs_is_ended_with_its_children(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program(tmp_path, f"sleep 600 & echo $! > {tmp_path}/child; sleep 600", monkeypatch)
    monkeypatch.setattr(office, "TIMEOUT", 1.0)
    with pytest.raises(UnreadableDocument, match="did not finish within 1 seconds"):
        office.convert(ole_file({"WordDocument": b""}), "a.doc")
    child = Path("/proc") / (tmp_path / "child").read_text(encoding="utf-8").strip()
    deadline = time.monotonic() + 5
    while running(child) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not running(child)


def running(process: Path) -> bool:
    """Whether a process still runs; one that has ended may not have been waited for yet."""
    try:
        return process.joinpath("stat").read_text(encoding="utf-8").rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def test_nothing_is_left_on_the_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "temporary").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "temporary"))
    program(tmp_path, "exit 0", monkeypatch)
    with pytest.raises(UnreadableDocument, match="cannot read the document"):
        office.convert(ole_file({"WordDocument": b""}), "a.doc")
    assert list((tmp_path / "temporary").iterdir()) == []


@pytest.mark.parametrize(
    ("raw", "streams"),
    [
        (ole_file({"WordDocument": b"", "1Table": b""}), {"WordDocument", "1Table"}),
        (ole_file({"WordDocument": b""}, embedded={"Workbook": b""}), {"WordDocument", "ObjectPool"}),
        (ole_file({f"S{number}": b"" for number in range(40)}), {f"S{number}" for number in range(40)}),
        (ole_file({}), set()),
        (ole_file({"WordDocument": b""})[:700], set()),
        (b"PK", set()),
    ],
)
def test_the_streams_at_the_top_of_a_container(raw: bytes, streams: set[str]) -> None:
    assert set(ole.read_container(raw).streams) == streams


def test_a_directory_that_goes_round_in_circles_ends() -> None:
    raw = bytearray(ole_file({"A": b"", "B": b""}))
    directory = raw.index("Root Entry".encode("utf-16-le"))
    for entry in (1, 2):
        raw[directory + 128 * entry + 68 : directory + 128 * entry + 76] = b"\x01\0\0\0\x02\0\0\0"
    assert set(ole.read_container(bytes(raw)).streams) == {"A", "B"}
