"""The records cache: what was read from a document before need not be read again."""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

# The packages whose code, word lists and versions decide what is read from a document.
READING_PACKAGES = ("ontology", "extract")
READING_LIBRARIES = ("msgspec",)


class RecordCache:
    """Encoded records by file name and SHA-256 of the document, valid for one state of the reading code.

    Its loss costs time and nothing else, so a damaged cache is simply begun anew.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._connection = self._open(path)
        except sqlite3.DatabaseError:
            for suffix in ("", "-wal", "-shm"):
                path.with_name(path.name + suffix).unlink(missing_ok=True)
            self._connection = self._open(path)

    def _open(self, path: Path) -> sqlite3.Connection:
        connection = sqlite3.connect(path)
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("PRAGMA synchronous = NORMAL")
        connection.execute(
            "CREATE TABLE IF NOT EXISTS record (sha256 TEXT, name TEXT, code TEXT, encoded BLOB, "
            "PRIMARY KEY (sha256, name))"
        )
        connection.execute("DELETE FROM record WHERE code != ?", [reading_code()])
        connection.commit()
        return connection

    def get(self, sha256: str, name: str) -> bytes | None:
        """The encoded record of a document, if it was read before by this very code."""
        row = self._connection.execute(
            "SELECT encoded FROM record WHERE sha256 = ? AND name = ?", [sha256, name]
        ).fetchone()
        return None if row is None else bytes(row[0])

    def put(self, records: Iterable[tuple[str, str, bytes]]) -> None:
        """Keep encoded records, each with the hash and the name of its document."""
        code = reading_code()
        with self._connection:
            self._connection.executemany(
                "INSERT OR REPLACE INTO record VALUES (?, ?, ?, ?)",
                [(sha256, name, code, encoded) for sha256, name, encoded in records],
            )

    def close(self) -> None:
        """Close the cache file."""
        self._connection.close()


@cache
def reading_code() -> str:
    """A hash of the code, the word lists and the library versions by which documents are read."""
    digest = hashlib.sha256(repr((sys.version_info[:2], library_versions())).encode())
    for package in READING_PACKAGES:
        root = Path(str(files(package)))
        for path in sorted(root.rglob("*")):
            if path.is_file() and path.suffix not in {".pyc", ".so"}:
                digest.update(f"{path.relative_to(root)}\0".encode() + path.read_bytes())
    return digest.hexdigest()


def library_versions() -> Mapping[str, str]:
    """The installed versions of the libraries that read documents."""
    return {name: version(name) for name in READING_LIBRARIES}
