"""Office packages: ZIP containers of XML parts (DOCX, XLSX), opened only within bounds.

Everything is checked before it is unpacked or parsed: a package comes from strangers.
"""

from __future__ import annotations

import io
import posixpath
import struct
import zipfile
import zlib
from typing import TYPE_CHECKING

import msgspec

from extract.errors import UnreadableDocument

if TYPE_CHECKING:
    from lxml.etree import _Element

MAX_MEMBERS = 2_000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO = 200
MAX_MARKUP = 5_000_000
SAVE_AGAIN = "open it in Word, WPS or LibreOffice and save it again"
OLE = b"\xd0\xcf\x11\xe0"
# The name of the stream in which Office keeps an encrypted package inside an OLE file.
ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
METHODS = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
DOCTYPES = (b"<!DOCTYPE", "<!DOCTYPE".encode("utf-16-be")[1:])
# What zipfile raises for bytes that are no whole archive; offsets of 64 bits overflow.
DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    OSError,
    OverflowError,
    RuntimeError,
    ValueError,
)
DIRECTORY_ENTRY = b"PK\x01\x02"


class Relation(msgspec.Struct, frozen=True, gc=False):
    """A link from one part to another: ``kind`` is the last word of its type, ``target`` a part's name."""

    id: str
    kind: str
    target: str


class Package:
    """The members of a package by name; names compare without case, as the format demands."""

    def __init__(self, archive: zipfile.ZipFile, file: str) -> None:
        self.file = file
        self._archive = archive
        self._members = {_plain_name(info.filename): info for info in archive.infolist()}
        self._spellings = {name.lower(): name for name in self._members}

    @property
    def names(self) -> tuple[str, ...]:
        """The names of all members, with forward slashes and without a leading one."""
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        """Whether there is a member of this name."""
        return name.lower() in self._spellings

    def read(self, name: str) -> bytes:
        """The bytes of a member; raises ``UnreadableDocument`` if it is missing or damaged."""
        if name not in self:
            raise UnreadableDocument(self.file, f"the part {_shown(name)} is missing", SAVE_AGAIN)
        try:
            return self._archive.read(self._members[self._spellings[name.lower()]])
        except DAMAGE as error:
            raise UnreadableDocument(self.file, f"the part {_shown(name)} is damaged", SAVE_AGAIN) from error

    def xml(self, name: str) -> _Element:
        """The root element of a member that is XML."""
        return parse_xml(self.read(name), self.file, name)

    def relations(self, part: str = "") -> tuple[Relation, ...]:
        """The links of a part inside the package, of the package itself for no part; none if it has none."""
        folder, name = posixpath.split(part)
        listing = posixpath.join(folder, "_rels", f"{name}.rels")
        if listing not in self:
            return ()
        return tuple(
            Relation(link.get("Id", ""), link.get("Type", "").rpartition("/")[2], _resolve(folder, target))
            for link in self.xml(listing)
            if (target := link.get("Target")) and link.get("TargetMode") != "External"
        )


def open_package(raw: bytes, file: str) -> Package:
    """Open a ZIP container whose members are few and small enough, and none of them encrypted.

    Raises ``UnreadableDocument`` for anything else; nothing is unpacked yet.
    """
    if raw.startswith(OLE):
        if ENCRYPTED in raw:
            raise UnreadableDocument(
                file, "the file is protected by a password", "remove the password and save it again"
            )
        raise UnreadableDocument(
            file,
            "the file is a legacy Office file (.doc, .xls), whatever its name",
            "save it as DOCX or XLSX",
        )
    if raw.count(DIRECTORY_ENTRY) > MAX_MEMBERS:
        raise UnreadableDocument(file, f"the package has more than {MAX_MEMBERS:,} parts", SAVE_AGAIN)
    try:
        archive = zipfile.ZipFile(io.BytesIO(raw))
    except DAMAGE as error:
        raise UnreadableDocument(file, "the package is damaged or cut off", SAVE_AGAIN) from error
    if reason := _objection(archive.infolist(), len(raw)):
        raise UnreadableDocument(file, reason, SAVE_AGAIN)
    return Package(archive, file)


def parse_xml(data: bytes, file: str, part: str) -> _Element:
    """Parse the XML of one part; a DOCTYPE, and with it every entity of one's own, is refused."""
    from lxml import etree

    part = _shown(part)
    if any(doctype in data for doctype in DOCTYPES):
        raise UnreadableDocument(file, f"{part} declares a DOCTYPE", SAVE_AGAIN)
    if data.count(b"<") > MAX_MARKUP:
        raise UnreadableDocument(file, f"{part} has more than {MAX_MARKUP:,} tags", SAVE_AGAIN)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        root = etree.fromstring(data, parser)
    except (etree.LxmlError, ValueError) as error:
        deep = "Excessive depth" in str(error)
        fault = "is nested too deep" if deep else "is damaged XML"
        raise UnreadableDocument(file, f"{part} {fault}", SAVE_AGAIN) from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise UnreadableDocument(file, f"{part} declares a DOCTYPE", SAVE_AGAIN)
    return root


def _objection(members: list[zipfile.ZipInfo], packed: int) -> str | None:
    """Why a package is not unpacked, if there is a reason."""
    unpacked = sum(member.file_size for member in members)
    if len(members) > MAX_MEMBERS:
        return f"the package has more than {MAX_MEMBERS:,} parts"
    if unpacked > MAX_UNPACKED:
        return f"the package would unpack to more than {MAX_UNPACKED >> 20} MiB"
    if unpacked > MAX_RATIO * packed:
        return f"the package would unpack to more than {MAX_RATIO} times its size"
    if any(member.flag_bits & 1 for member in members):
        return "the package is encrypted"
    if any(member.compress_type not in METHODS for member in members):
        return "the package is compressed in a way that Office does not use"
    return None


def _plain_name(name: str) -> str:
    return name.replace("\\", "/").lstrip("/")


def _shown(name: str) -> str:
    """A member's name as one line of a message; names come from strangers, too."""
    return "".join(character if character.isprintable() else "\ufffd" for character in name[:80])


def _resolve(folder: str, target: str) -> str:
    """The name of the part that a link of a part in a folder points to."""
    target = target.replace("\\", "/")
    return posixpath.normpath(target if target.startswith("/") else posixpath.join(folder, target)).lstrip(
        "/"
    )
