"""OLE containers, in which legacy Office files and encrypted ones are kept: which streams they hold."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from typing import NamedTuple

MAGIC = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
HEADER = 512
ENTRY = 128
# Sector numbers from here on are no sectors: end of a chain, free.
NO_SECTOR = 0xFFFFFFFA
NO_ENTRY = 0xFFFFFFFF
HEADER_FAT_SECTORS = 109
# Directories of real documents have some ten entries; embedded objects make it some hundreds.
MAX_ENTRIES = 20_000


class Entry(NamedTuple):
    """A directory entry: its name, its siblings and child by number, where its stream begins and its size."""

    name: str
    left: int
    right: int
    child: int
    start: int
    size: int


class Container(NamedTuple):
    """What stands at the top of an OLE file: the streams by name, and how to find their first sector."""

    streams: dict[str, Entry]
    sector_size: int


def read_container(raw: bytes) -> Container:
    """The streams and storages at the top of an OLE file; none if its directory is damaged.

    What embedded objects hold (a worksheet inside a Word document) stands below the top.
    """
    if not raw.startswith(MAGIC) or len(raw) < HEADER:
        return Container({}, HEADER)
    (shift,) = struct.unpack_from("<H", raw, 30)
    sector_size = 1 << shift if shift in (9, 12) else HEADER
    entries = list(_entries(raw, sector_size))
    return Container({entry.name: entry for entry in _at_top(entries)}, sector_size)


def first_bytes(raw: bytes, container: Container, stream: str, count: int) -> bytes:
    """The first bytes of a stream that is large enough to have sectors of its own."""
    entry = container.streams.get(stream)
    if entry is None or entry.start >= NO_SECTOR:
        return b""
    place = (entry.start + 1) * container.sector_size
    return raw[place : place + count]


def _entries(raw: bytes, sector_size: int) -> Iterator[Entry]:
    """The entries of the directory, in their order."""
    (sector,) = struct.unpack_from("<I", raw, 48)
    seen: set[int] = set()
    while sector < NO_SECTOR and sector not in seen and len(seen) * sector_size < MAX_ENTRIES * ENTRY:
        seen.add(sector)
        place = (sector + 1) * sector_size
        for start in range(place, place + sector_size, ENTRY):
            if start + ENTRY > len(raw):
                return
            yield _entry(raw, start)
        sector = _next_sector(raw, sector, sector_size)


def _entry(raw: bytes, start: int) -> Entry:
    length, _, _, left, right, child = struct.unpack_from("<HBBIII", raw, start + 64)
    first, size = struct.unpack_from("<II", raw, start + 116)
    name = raw[start : start + max(min(length, 64) - 2, 0)].decode("utf-16-le", "replace")
    return Entry(name, left, right, child, first, size)


def _next_sector(raw: bytes, sector: int, sector_size: int) -> int:
    """The sector behind another one, as the table of sectors says; its own first part is in the header."""
    table, place = divmod(sector, sector_size // 4)
    if table >= HEADER_FAT_SECTORS:
        return NO_ENTRY
    (at,) = struct.unpack_from("<I", raw, 76 + 4 * table)
    offset = (at + 1) * sector_size + 4 * place
    if at >= NO_SECTOR or offset + 4 > len(raw):
        return NO_ENTRY
    following: int = struct.unpack_from("<I", raw, offset)[0]
    return following


def _at_top(entries: list[Entry]) -> Iterator[Entry]:
    """The entries directly below the root, which its child and their siblings link."""
    pending = [entries[0].child] if entries else []
    seen: set[int] = set()
    while pending:
        number = pending.pop()
        if number < len(entries) and number not in seen:
            seen.add(number)
            entry = entries[number]
            yield entry
            pending += [entry.left, entry.right]
