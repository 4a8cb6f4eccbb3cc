"""The front door: what is refused, and how."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.document import read_document
from extract.errors import UnreadableDocument
from extract.records import from_json, to_json


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b" \n\t\n ", "is empty"),
        (b"%PDF-1.7\n", "PDF"),
        (b"PK\x03\x04rest", "no known format|cut off|damaged|archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "no known format"),
        (b"\x89PNG\r\n\x1a\n", "an image"),
        (b"{\\rtf1\\ansi", "rich-text"),
        (b"\r\n<!DOCTYPE html><html>", "no text"),
        ("\ufeff<html lang=zh>".encode(), "no text"),
        (b"\xff\xfe\x41", "not valid utf-16"),
    ],
)
def test_what_cannot_be_read_is_refused_in_one_clear_line(
    tmp_path: Path, content: bytes, reason: str
) -> None:
    path = tmp_path / "document.txt"
    path.write_bytes(content)
    with pytest.raises(UnreadableDocument, match=reason) as error:
        read_document(path)
    assert str(error.value).startswith("document.txt: ")
    assert "; " in str(error.value)


def test_missing_and_huge_files_are_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read_document(tmp_path / "missing.txt")
    with pytest.raises(UnreadableDocument, match="cannot be opened"):
        read_document(tmp_path)
    huge = tmp_path / "huge.txt"
    with huge.open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    with pytest.raises(UnreadableDocument, match="larger than 64 MiB"):
        read_document(huge)


def test_a_record_survives_its_json() -> None:
    record = read_document(Path("a.txt"), "2020年某州重点项目绩效目标\n".encode())
    assert from_json(to_json(record)) == record
