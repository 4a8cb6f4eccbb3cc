"""The characters that the content of a page prints, as PDFium tells them: text, place, size, direction."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from math import isfinite
from typing import Any, NamedTuple

from extract.read.glyphs import UNKNOWN, sign
from extract.read.pdf.limits import Clock

# PDFium puts this in place of a hyphen that ends a line.
HYPHEN = 2
INVISIBLE_MODES = frozenset({3, 7})
SMALLEST, LARGEST = 1.0, 2_000.0
# The share of its size by which type rises above the base line.
RISE = 0.88
# A character that advances by less than this share of its size has a font without widths.
NARROWEST = 0.02
SLANT = math.radians(8)
QUARTER = math.pi / 2
UPRIGHT, SLANTED = 0, -1
JOINERS = frozenset(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
PRIVATE = range(0xE000, 0xF900)
FONT_OF_SIGNS = re.compile(r"(symbol|wingdings)(?:[ -]?([23]))?")
FONT_NAME = 256

Edges = tuple[float, float, float, float]
# Text; left, bottom, right and top in the page's own coordinates; quarter turns counter-clockwise;
# place in the content; whether white space stands before it.
Printed = tuple[str, float, float, float, float, int, int, bool]


class Type(NamedTuple):
    """How a piece of text is set: its size in points, its quarter turns, and whether it can be seen."""

    size: float
    turned: int
    visible: bool


def read_content(textpage: Any, clock: Clock) -> Iterator[Printed]:
    """The visible characters of a page in the order of its content."""
    import pypdfium2.raw as pdfium

    handle = textpage.raw
    measure = Measure(pdfium, handle)
    spaced = True
    for order, code in _codes(pdfium, handle, clock.bounded(textpage.count_chars())):
        text = printed(code)
        if not text:
            spaced = spaced or code not in JOINERS
            continue
        if code in PRIVATE:
            text = _sign(pdfium, handle, order, code)
        elif pdfium.FPDFText_HasUnicodeMapError(handle, order):
            text = UNKNOWN
        type_ = measure.type(order)
        if type_.visible and (edges := measure.edges(order, type_)) is not None:
            yield text, *edges, type_.turned, order, spaced
            spaced = False


def _codes(pdfium: Any, handle: Any, count: int) -> Iterator[tuple[int, int]]:
    """The place and the code of each character; the halves of a pair of codes are put together."""
    high = 0
    for order in range(count):
        code = pdfium.FPDFText_GetUnicode(handle, order)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if high and 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        yield order, code


@lru_cache(maxsize=65536)
def printed(code: int) -> str:
    """What a code prints: nothing for white space and controls, the plain ideograph for its twins.

    Fonts often map the glyph of 一 to the radical U+2F00: the print is the same, the code is not.

    >>> printed(0x2F00), printed(0x3000), printed(HYPHEN), printed(0xD800)
    ('一', '', '-', '\ufffd')
    """
    if code == HYPHEN:
        return "-"
    if code == 0 or 0xD800 <= code < 0xE000 or code > 0x10FFFF or (code & 0xFFFE) == 0xFFFE:
        return UNKNOWN
    text = chr(code)
    if text.isspace() or unicodedata.category(text) in ("Cc", "Cf"):
        return ""
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00 or 0x2F800 <= code < 0x2FA20:
        return unicodedata.normalize("NFKC", text)
    return text


def _sign(pdfium: Any, handle: Any, order: int, code: int) -> str:
    """The sign for a code that a font keeps to itself, such as ≥ in Symbol; else the code as it is."""
    name = ctypes.create_string_buffer(FONT_NAME)
    pdfium.FPDFText_GetFontInfo(handle, order, name, FONT_NAME, None)
    found = FONT_OF_SIGNS.search(name.value.decode("ascii", "ignore").lower())
    known = sign(" ".join(filter(None, found.groups())), f"{code:X}") if found else UNKNOWN
    return chr(code) if known == UNKNOWN else known


class Measure:
    """Measures characters: as wide as they advance, as high as their type is large.

    Fonts tell their height in many ways, some not at all; the base line and the size of the type are
    the same for all characters of a line.
    """

    def __init__(self, pdfium: Any, handle: Any) -> None:
        self._pdfium, self._handle = pdfium, handle
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = [ctypes.byref(one) for one in (self._box, self._x, self._y)]
        self._object = 0
        self._type = Type(0.0, UPRIGHT, False)

    def type(self, order: int) -> Type:
        """How a character is set; all characters of one text object are set alike."""
        pdfium, handle = self._pdfium, self._handle
        found = pdfium.FPDFText_GetTextObject(handle, order)
        address = ctypes.addressof(found.contents) if found else 0
        if not address or address != self._object:
            mode = pdfium.FPDFTextObj_GetTextRenderMode(found) if found else 0
            self._object, self._type = address, self._set(order, mode not in INVISIBLE_MODES)
        return self._type

    def _set(self, order: int, visible: bool) -> Type:
        matrix = self._matrix
        if not self._pdfium.FPDFText_GetMatrix(self._handle, order, ctypes.byref(matrix)):
            return Type(0.0, UPRIGHT, False)
        angle = math.atan2(matrix.b, matrix.a)
        turns = round(angle / QUARTER)
        turned = turns % 4 if abs(angle - turns * QUARTER) < SLANT else SLANTED
        # The height of type is what the second axis of its matrix says, but for the slant of italics.
        scale = abs(matrix.d if turned in (0, 2) else matrix.c) or math.hypot(matrix.c, matrix.d)
        size = abs(self._pdfium.FPDFText_GetFontSize(self._handle, order)) * scale
        return Type(size, turned, visible and SMALLEST <= size <= LARGEST)

    def edges(self, order: int, type_: Type) -> Edges | None:
        """Left, bottom, right and top in the page's own coordinates; ``None`` where they are no numbers."""
        pdfium, handle, box = self._pdfium, self._handle, self._box
        at_box, at_x, at_y = self._at
        pdfium.FPDFText_GetLooseCharBox(handle, order, at_box)
        pdfium.FPDFText_GetCharOrigin(handle, order, at_x, at_y)
        x, y, size, turned = self._x.value, self._y.value, type_.size, type_.turned
        left, bottom, right, top = box.left, box.bottom, box.right, box.top
        if not isfinite(x + y + left + bottom + right + top):
            return None
        above, below = RISE * size, (1 - RISE) * size
        if turned == UPRIGHT:
            wide = right - left > NARROWEST * size
            return left, y - below, right if wide else left + size / 2, y + above
        if turned == 1:
            return x - above, bottom, x + below, top
        if turned == 2:
            return left, y - above, right, y + below
        return (x - below, bottom, x + above, top) if turned == 3 else (left, bottom, right, top)
