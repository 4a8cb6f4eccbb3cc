"""The characters that a page prints, each with its box: upright, visible, printed once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

import msgspec

from extract.read.pdf.content import SLANTED, Printed, read_content
from extract.read.pdf.limits import Clock

# How far two prints of one character lie apart where the offset makes them look bold, in points, and
# the size of the fields in which they are looked for.
OVERPRINT = 2.0
FIELD = 48.0


class Character(msgspec.Struct, frozen=True, gc=False):
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
    found = list(read_content(textpage, clock))
    turns = Counter(turned for _, _, _, _, _, turned, _, _ in found if turned != SLANTED)
    frame = frame._replace(turns=turns.most_common(1)[0][0] if turns else 0)
    width, height = 2 * frame.width, 2 * frame.height
    shown = [
        one
        for character in found
        if 0 <= (one := _shown(character, frame)).left + one.right <= width
        and 0 <= one.top + one.bottom <= height
    ]
    return list(_without_overprints(shown)), frame


def _shown(character: Printed, frame: Frame) -> Character:
    """A character of the page's own coordinates, as it is read."""
    text, x0, y0, x1, y1, turned, order, spaced = character
    if frame.turns == 0:
        left, top = frame.left, frame.top
        return Character(text, x0 - left, top - y1, x1 - left, top - y0, turned, order, spaced)
    turned = turned if turned == SLANTED else (turned - frame.turns) % 4
    return Character(text, *frame.box(x0, y0, x1, y1), turned, order, spaced)


def _without_overprints(characters: list[Character]) -> Iterator[Character]:
    """Leave out characters printed again upon themselves, as imitated bold type and shadows are."""
    seen: dict[tuple[str, int, int], list[Character]] = {}
    for one in characters:
        text, left, top = one.text, one.left, one.top
        column, row = int(left / FIELD), int(top / FIELD)
        fields = [(text, column, row)]
        if not OVERPRINT < left - column * FIELD < FIELD - OVERPRINT or (
            not OVERPRINT < top - row * FIELD < FIELD - OVERPRINT
        ):
            near = (-OVERPRINT, OVERPRINT)
            fields = [
                (text, int(x), int(y))
                for x in {(left + step) // FIELD for step in near}
                for y in {(top + step) // FIELD for step in near}
            ]
        if any(_same_print(before, one) for field in fields for before in seen.get(field, ())):
            continue
        seen.setdefault((text, column, row), []).append(one)
        yield one


def _same_print(before: Character, after: Character) -> bool:
    """Whether two equal characters are one; the two letters of a ligature share a box and are not."""
    width, height = after.right - after.left, after.bottom - after.top
    aside, below = abs(after.left - before.left), abs(after.top - before.top)
    if after.text == "f" and after.order - before.order == 1 and aside == below == 0:
        return False
    return aside <= min(OVERPRINT, max(width, 1) / 4) and below <= min(OVERPRINT, height / 5)
