"""The characters that a page prints, each with its box: upright, visible, printed once."""

from __future__ import annotations

import ctypes
import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from extract.read.glyphs import UNKNOWN, sign
from extract.read.pdf.limits import Clock

# PDFium puts this in place of a hyphen that ends a line.
HYPHEN = 2
INVISIBLE_MODES = frozenset({3, 7})
SMALLEST, LARGEST = 1.0, 2_000.0
# The share of its size by which type rises above the base line.
RISE = 0.88
# How far two prints of one character lie apart where the offset makes them look bold, in points.
OVERPRINT = 2.0
SLANT = math.radians(8)
UPRIGHT, SLANTED = 0, -1


class Character(NamedTuple):
    """A printed character and its box in points: ``top`` and ``bottom`` count down from the page's top.

    ``turned`` counts quarter turns against the page's upright text (counter-clockwise), ``SLANTED``
    stands for any other angle; ``order`` is the place in the content, ``spaced`` says that the content
    parts it from the character before.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turned: int
    order: int
    spaced: bool


class Frame(NamedTuple):
    """The visible part of a page in its own coordinates, and how often it is turned to be read."""

    left: float
    bottom: float
    right: float
    top: float
    turns: int = 0

    @property
    def width(self) -> float:
        """The width as it is read."""
        return self.top - self.bottom if self.turns % 2 else self.right - self.left

    @property
    def height(self) -> float:
        """The height as it is read."""
        return self.right - self.left if self.turns % 2 else self.top - self.bottom

    def point(self, x: float, y: float) -> tuple[float, float]:
        """A point of the page as it is read: right of the left edge, down from the top edge."""
        if self.turns == 0:
            return x - self.left, self.top - y
        if self.turns == 1:
            return y - self.bottom, x - self.left
        if self.turns == 2:
            return self.right - x, y - self.bottom
        return self.top - y, self.right - x

    def box(self, x0: float, y0: float, x1: float, y1: float) -> tuple[float, float, float, float]:
        """A box of the page as it is read: left, top, right, bottom."""
        (left, top), (right, bottom) = self.point(x0, y0), self.point(x1, y1)
        return min(left, right), min(top, bottom), max(left, right), max(top, bottom)


def read_characters(textpage: Any, frame: Frame, clock: Clock) -> tuple[list[Character], Frame]:
    """The visible characters of a page, and its frame turned so that most of them stand upright."""
    found = list(_raw_characters(textpage, clock))
    turns = Counter(character.turned for character in found if character.turned != SLANTED)
    frame = frame._replace(turns=turns.most_common(1)[0][0] if turns else 0)
    shown = [_shown(character, frame) for character in found]
    inside = [
        one
        for one in shown
        if 0 <= one.left + one.right <= 2 * frame.width and 0 <= one.top + one.bottom <= 2 * frame.height
    ]
    return list(_without_overprints(inside)), frame


def _raw_characters(textpage: Any, clock: Clock) -> Iterator[Character]:
    """Characters in the order of the content and in the page's own coordinates; hidden ones are left out."""
    import pypdfium2.raw as pdfium

    handle = textpage.raw
    measure = Measure(pdfium, handle)
    spaced = True
    high = 0
    for order in range(clock.bounded(textpage.count_chars())):
        code = pdfium.FPDFText_GetUnicode(handle, order)
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000 and high:
            code = 0x10000 + ((high - 0xD800) << 10) + (code - 0xDC00)
        high = 0
        text = _printed(code)
        if not text:
            spaced = spaced or code not in JOINERS
            continue
        if code in PRIVATE:
            text = _sign(pdfium, handle, order, code)
        elif pdfium.FPDFText_HasUnicodeMapError(handle, order):
            text = UNKNOWN
        if _hidden(pdfium, handle, order):
            continue
        turned = _turned(pdfium.FPDFText_GetCharAngle(handle, order))
        edges = measure.edges(order, turned)
        if edges is not None:
            yield Character(text, *edges, turned, order, spaced)
            spaced = False


PRIVATE = range(0xE000, 0xF900)
FONT_OF_SIGNS = re.compile(r"(symbol|wingdings)(?:[ -]?([23]))?")
FONT_NAME = 256
JOINERS = frozenset(map(ord, "\u200b\u200c\u200d\u2060\ufeff\u00ad"))
PRINTED: dict[int, str] = {HYPHEN: "-", 0: "\ufffd"}


def _printed(code: int) -> str:
    """What a code prints: nothing for white space and controls, the plain ideograph for its twins.

    Fonts often map the glyph of 一 to the radical U+2F00: the print is the same, the code is not.
    """
    text = PRINTED.get(code)
    if text is None:
        text = PRINTED[code] = _fold(code)
    return text


def _sign(pdfium: Any, handle: Any, order: int, code: int) -> str:
    """The sign for a code that a font keeps to itself, such as ≥ in Symbol; else the code as it is."""
    name = ctypes.create_string_buffer(FONT_NAME)
    pdfium.FPDFText_GetFontInfo(handle, order, name, FONT_NAME, None)
    found = FONT_OF_SIGNS.search(name.value.decode("ascii", "ignore").lower())
    known = sign(" ".join(filter(None, found.groups())), f"{code:X}") if found else UNKNOWN
    return chr(code) if known == UNKNOWN else known


def _fold(code: int) -> str:
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF or (code & 0xFFFE) == 0xFFFE:
        return "\ufffd"
    text = chr(code)
    if text.isspace() or unicodedata.category(text) in ("Cc", "Cf"):
        return ""
    if 0x2E80 <= code < 0x2FE0 or 0xF900 <= code < 0xFB00 or 0x2F800 <= code < 0x2FA20:
        return unicodedata.normalize("NFKC", text)
    return text


def _hidden(pdfium: Any, handle: Any, order: int) -> bool:
    """Whether a character is printed without ink: the text layer of a scan, for example."""
    printed = pdfium.FPDFText_GetTextObject(handle, order)
    return bool(printed) and pdfium.FPDFTextObj_GetTextRenderMode(printed) in INVISIBLE_MODES


class Measure:
    """Measures characters: as wide as they advance, as high as their type is large.

    Fonts tell their height in many ways, some not at all; the base line and the size of the type are
    the same for all characters of a line.
    """

    def __init__(self, pdfium: Any, handle: Any) -> None:
        self._pdfium, self._handle = pdfium, handle
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._at = [ctypes.byref(one) for one in (self._box, self._matrix, self._x, self._y)]

    def edges(self, order: int, turned: int) -> tuple[float, float, float, float] | None:
        """Left, bottom, right and top in the page's own coordinates; ``None`` for what has no size."""
        pdfium, handle, box = self._pdfium, self._handle, self._box
        at_box, at_matrix, at_x, at_y = self._at
        if not (
            pdfium.FPDFText_GetLooseCharBox(handle, order, at_box)
            and pdfium.FPDFText_GetCharOrigin(handle, order, at_x, at_y)
            and pdfium.FPDFText_GetMatrix(handle, order, at_matrix)
        ):
            return None
        scale = math.hypot(self._matrix.b, self._matrix.d) if turned % 2 == 0 else self._scale_across()
        size = abs(pdfium.FPDFText_GetFontSize(handle, order) * scale)
        x, y = self._x.value, self._y.value
        if not (SMALLEST <= size <= LARGEST and math.isfinite(x + y + box.left + box.right + box.top)):
            return None
        above, below = RISE * size, (1 - RISE) * size
        if turned == 1:
            return x - above, box.bottom, x + below, box.top
        if turned == 2:
            return box.left, y - above, box.right, y + below
        if turned == 3:
            return x - below, box.bottom, x + above, box.top
        return box.left, y - below, box.right, y + above

    def _scale_across(self) -> float:
        return math.hypot(self._matrix.a, self._matrix.c)


def _turned(angle: float) -> int:
    if abs(angle) < SLANT:
        return UPRIGHT
    turns = round(angle / (math.pi / 2))
    # PDFium counts angles clockwise.
    return -turns % 4 if abs(angle - turns * math.pi / 2) < SLANT else SLANTED


def _shown(character: Character, frame: Frame) -> Character:
    """A character of the page's own coordinates, as it is read."""
    text, x0, y0, x1, y1, turned, order, spaced = character
    if frame.turns == 0:
        box = (x0 - frame.left, frame.top - y1, x1 - frame.left, frame.top - y0)
        return Character(text, *box, turned, order, spaced)
    turned = turned if turned == SLANTED else (turned - frame.turns) % 4
    return Character(text, *frame.box(x0, y0, x1, y1), turned, order, spaced)


def _without_overprints(characters: list[Character]) -> Iterator[Character]:
    """Leave out characters printed again upon themselves, as imitated bold type and shadows are."""
    seen: dict[tuple[str, int, int, int], Character] = {}
    for one in characters:
        x, y = one.left / (2 * OVERPRINT), one.top / (2 * OVERPRINT)
        places = [
            (one.text, shift, int(x + (shift & 1) / 2), int(y + (shift >> 1) / 2)) for shift in range(4)
        ]
        if any((before := seen.get(place)) is not None and _same_print(before, one) for place in places):
            continue
        for place in places:
            seen[place] = one
        yield one


def _same_print(before: Character, after: Character) -> bool:
    """Whether two equal characters are one; the two letters of a ligature share a box and are not."""
    width, height = after.right - after.left, after.bottom - after.top
    aside, below = abs(after.left - before.left), abs(after.top - before.top)
    if after.text == "f" and after.order - before.order == 1 and aside == below == 0:
        return False
    return aside <= min(OVERPRINT, max(width, 1) / 4) and below <= min(OVERPRINT, height / 5)
