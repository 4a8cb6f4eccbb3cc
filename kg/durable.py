"""Files that are whole or not there: replaced in one step, hashed while written, made durable."""

from __future__ import annotations

import errno
import hashlib
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

FULL = {
    errno.ENOSPC: "the disk is full",
    errno.EDQUOT: "the disk quota is used up",
    errno.EFBIG: "a file may not grow any larger here",
}
# Libraries below Python tell only in words that a write failed for want of room.
FULL_MESSAGES = {os.strerror(code): reason for code, reason in FULL.items()} | {
    "database or disk is full": FULL[errno.ENOSPC]
}


class HashedFile:
    """A new file that is hashed while it is written."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._file = path.open("wb", buffering=1 << 20)
        self._hash = hashlib.sha256()

    def write(self, content: bytes) -> None:
        """Append and hash."""
        self._file.write(content)
        self._hash.update(content)

    def close(self) -> str:
        """Close the file and return its SHA-256 in hexadecimal."""
        self._file.close()
        return self._hash.hexdigest()

    def discard(self) -> None:
        """Close the file without minding what is lost of it."""
        with suppress(OSError):
            self._file.close()


def file_hash(path: Path) -> str:
    """The SHA-256 of a file, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Write a file that takes the place of ``path`` in one step when the block ends well.

    A device or a pipe cannot be replaced and is written as it is.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as file:
            yield file
        return
    partial = path.with_name(f".{path.name}.{os.getpid()}.partial")
    try:
        with partial.open("wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        partial.replace(path)
    finally:
        partial.unlink(missing_ok=True)


def write_durably(path: Path, content: bytes) -> None:
    """Replace a file in one step; after a crash it holds the old content or the new."""
    with replacing(path) as file:
        file.write(content)
    flush(path.parent)


def flush(path: Path) -> None:
    """Make a file's content, or a folder's names, durable."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def flush_tree(path: Path) -> None:
    """Make every file and folder below a folder durable."""
    for folder, _, files in os.walk(path, topdown=False):
        for name in files:
            flush(Path(folder, name))
        flush(Path(folder))


def full_disk(error: BaseException) -> str | None:
    """Why nothing more can be written, if that is what an error means.

    >>> full_disk(RuntimeError("IO error: No space left on device: While appending to file"))
    'the disk is full'
    """
    if isinstance(error, OSError) and error.errno in FULL:
        return FULL[error.errno]
    message = str(error)
    return next((reason for text, reason in FULL_MESSAGES.items() if text in message), None)
