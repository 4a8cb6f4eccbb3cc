"""Gathering: which files a command is about, in an order that does not depend on the disk."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extract.errors import UnreadableDocument
from kg.durable import file_hash
from kg.store import MARKER

MAX_BYTES = 64 << 20
# Records, graphs and notes stand beside documents and are none; named outright they are tried like any file.
NO_DOCUMENTS = frozenset({".json", ".jsonl", ".md", ".nq", ".sqlite"})


@dataclass(frozen=True, slots=True)
class Reject:
    """A file that gave no record: why, and what to do about it."""

    file: str
    reason: str
    remedy: str

    def __str__(self) -> str:
        return f"{self.file}: {self.reason}; {self.remedy}"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A file with the same content as another one, which stands for both."""

    file: str
    same_as: str


@dataclass(frozen=True, slots=True)
class Hashed:
    """A readable file and the SHA-256 of its content."""

    path: Path
    sha256: str


def gather(paths: Iterable[Path]) -> Iterator[Path | Reject]:
    """The files that are meant: a file as it is, a folder with all its files, each file once.

    Inside a folder, hidden files and folders, graph directories and ``NO_DOCUMENTS`` are passed over;
    what is meant but cannot be read is a ``Reject``.
    """
    seen: set[Path] = set()
    for given in paths:
        for path in walk(given, set()) if is_folder(given) else [given]:
            if isinstance(path, Reject):
                yield path
            elif (real := Path(os.path.realpath(path))) not in seen:
                seen.add(real)
                problem = unfit(path)
                yield path if problem is None else problem


def walk(folder: Path, above: set[tuple[int, int]]) -> Iterator[Path | Reject]:
    """The files below a folder, sorted by name; a link back to a folder above is not followed."""
    try:
        status = folder.stat()
        entries = sorted(folder.iterdir())
    except OSError as error:
        yield reject(folder, error)
        return
    here = (status.st_dev, status.st_ino)
    if here in above or folder / MARKER in entries:
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        if is_folder(entry):
            yield from walk(entry, above | {here})
        elif entry.suffix.lower() not in NO_DOCUMENTS:
            yield entry


def is_folder(path: Path) -> bool:
    """Whether a path is a folder; one that cannot be looked at is none."""
    try:
        return path.is_dir()
    except OSError:
        return False


def unfit(path: Path) -> Reject | None:
    """Why a path cannot be a document, seen from outside."""
    try:
        status = path.stat()
    except OSError as error:
        return reject(path, error)
    if not stat.S_ISREG(status.st_mode):
        return Reject(printable(path), "this is not a regular file", "give a document or a folder")
    if status.st_size > MAX_BYTES:
        size = f"the file has {status.st_size:,} bytes, more than {MAX_BYTES:,}"
        return Reject(printable(path), size, "split it into the documents that it holds")
    return None


def is_text(path: Path) -> bool:
    """Whether a file begins like text, and not like a container or a page of markup."""
    try:
        with path.open("rb") as file:
            head = file.read(1024).lstrip(b"\xef\xbb\xbf \r\n\t")
    except OSError:
        return True  # there is nothing to open; reading it will say why
    return not head.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"<", b"\x09")) and b"%PDF-" not in head


def hash_all(found: Iterable[Path | Reject]) -> tuple[list[Hashed], list[Duplicate], list[Reject]]:
    """The documents in the order of their hashes, each content once under the name that sorts first."""
    rejects: list[Reject] = []
    twins: dict[str, list[Path]] = {}
    for path in found:
        if isinstance(path, Reject):
            rejects.append(path)
            continue
        try:
            twins.setdefault(file_hash(path), []).append(path)
        except OSError as error:
            rejects.append(reject(path, error))
    chosen = {
        sha256: sorted(paths, key=lambda path: (path.name, str(path))) for sha256, paths in twins.items()
    }
    documents = [Hashed(paths[0], sha256) for sha256, paths in sorted(chosen.items())]
    duplicates = [
        Duplicate(printable(path), printable(paths[0])) for paths in chosen.values() for path in paths[1:]
    ]
    return documents, sorted(duplicates, key=lambda duplicate: duplicate.file), rejects


def reject(path: Path, error: Exception) -> Reject:
    """The reject for an error met while a document was worked on."""
    if isinstance(error, UnreadableDocument):
        return Reject(printable(path), error.reason, error.remedy)
    if isinstance(error, OSError):
        return Reject(
            printable(path), (error.strerror or str(error)).lower(), "check the path and its permissions"
        )
    reason = f"reading failed with {type(error).__name__}: {' '.join(str(error).split())}"
    return Reject(printable(path), reason, "please report this with the document")


def printable(path: Path) -> str:
    """A path as text that can be written anywhere, even if its name is not valid UTF-8."""
    return str(path).encode("utf-8", "backslashreplace").decode()
