"""The documents that every relation is tried on: the examples and the real disclosures."""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest

from extract.document import read_document
from extract.records import Document
from extract.text import decode

ROOT = Path(__file__).parents[2]
EXAMPLES = ROOT / "examples"
CORPUS = ROOT / ".." / "shared" / "corpus"
Geometry = Literal["tabs", "lines"]
# Cells one a line print the header of the indicators like this; rows of tabs never do.
HEADER_CELL = "\n\t三级指标\n"


class Case(NamedTuple):
    """A document: its text with ``\\n`` as line end, and what is read from it untouched."""

    path: Path
    text: str
    document: Document


@cache
def case(path: Path) -> Case:
    """Read a document; fails where the real disclosures are missing although they must be there."""
    if not path.exists():
        missing = pytest.fail if os.environ.get("CI") == "true" else pytest.skip
        missing("the real disclosures are not in ../shared/corpus")
    text = plain_text(path)
    return Case(path, text, read(text, path))


def plain_text(path: Path) -> str:
    """The decoded text, in which all line ends are ``\\n``."""
    return decode(path.read_bytes(), path.name)[0]


def read(text: str, path: Path, encoding: str = "utf-8") -> Document:
    """Read a text as if it stood in the file at ``path``."""
    return read_document(path, raw=text.encode(encoding))


def documents(geometry: Geometry | None = None) -> list[Any]:
    """Parameters for all documents, or those whose sheets print their cells in one geometry."""
    found = [pytest.param(path, id=path.stem) for path in _of(EXAMPLES, geometry)]
    real = _of(CORPUS, geometry) or [CORPUS / "missing.txt"]
    return found + [pytest.param(path, id=path.stem[:3], marks=pytest.mark.corpus) for path in real]


def _of(folder: Path, geometry: Geometry | None) -> list[Path]:
    return [path for path in sorted(folder.glob("*.txt")) if geometry in (None, geometry_of(path))]


@cache
def geometry_of(path: Path) -> Geometry:
    """How the sheets of a document print their cells."""
    return "lines" if HEADER_CELL in plain_text(path) else "tabs"
