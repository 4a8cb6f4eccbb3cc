"""The ruling lines of a page: strokes and thin filled boxes, joined where they run on."""

from __future__ import annotations

import ctypes
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple

from extract.read.pdf.characters import Frame
from extract.read.pdf.clip import Box, clip_box
from extract.read.pdf.limits import Clock

# In points: how thick a filled box may be to be a line, how far apart two prints of one line lie,
# what gap a dash leaves, how short a line rules nothing.
THICKEST = 3.0
TOGETHER = 3.0
DASH = 4.0
SHORTEST = 8.0
MAX_SEGMENTS = 100_000
# A page with more lines than this is a drawing.
MAX_RULINGS = 4_000
MAX_DEPTH = 12
BOX_SEGMENTS = 5

Matrix = tuple[float, float, float, float, float, float]
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
Point = tuple[float, float]


class Ruling(NamedTuple):
    """A line at one height (or one distance from the left) from ``start`` to ``end``, in points."""

    at: float
    start: float
    end: float


class Rulings(NamedTuple):
    """The lines of a page."""

    across: list[Ruling]
    down: list[Ruling]


def read_rulings(page: Any, frame: Frame, clock: Clock) -> Rulings:
    """All ruling lines of a page in its frame; none if the page is a drawing."""
    import pypdfium2.raw as pdfium

    across: list[Ruling] = []
    down: list[Ruling] = []
    budget = MAX_SEGMENTS
    for path, matrix in _paths(pdfium, page.raw, clock):
        for line in _lines(pdfium, path):
            budget -= 1
            x0, y0, x1, y1 = _on_page(frame, *(frame.point(*_moved(point, matrix)) for point in line))
            if abs(y1 - y0) <= TOGETHER / 2:
                across.append(Ruling((y0 + y1) / 2, min(x0, x1), max(x0, x1)))
            if abs(x1 - x0) <= TOGETHER / 2:
                down.append(Ruling((x0 + x1) / 2, min(y0, y1), max(y0, y1)))
        if budget < 0:
            return Rulings([], [])
        clock.check()
    rulings = Rulings(join_rulings(across), join_rulings(down))
    return rulings if len(rulings.across) + len(rulings.down) <= MAX_RULINGS else Rulings([], [])


def join_rulings(pieces: Iterable[Ruling]) -> list[Ruling]:
    """Join what is one line to the eye: dashes, segments from cell to cell, double lines.

    >>> join_rulings([Ruling(10, 0, 50), Ruling(10.4, 52, 90), Ruling(40, 0, 3)])
    [Ruling(at=10.2, start=0, end=90)]
    """
    joined: list[Ruling] = []
    for level in _levels(sorted(pieces)):
        at = (level[0].at + level[-1].at) / 2
        start, end = -1.0, -1.0
        for piece in sorted(level, key=lambda one: one.start):
            if end >= start >= 0 and piece.start - end <= DASH:
                end = max(end, piece.end)
                continue
            if end - start >= SHORTEST:
                joined.append(Ruling(at, start, end))
            start, end = max(piece.start, 0), piece.end
        if end - start >= SHORTEST:
            joined.append(Ruling(at, start, end))
    return joined


def _levels(pieces: list[Ruling]) -> Iterator[list[Ruling]]:
    """Pieces at nearly the same height."""
    level: list[Ruling] = []
    for piece in pieces:
        if level and piece.at - level[0].at > TOGETHER:
            yield level
            level = []
        level.append(piece)
    if level:
        yield level


def _paths(pdfium: Any, page: Any, clock: Clock) -> Iterator[tuple[Any, Matrix]]:
    """The path objects of a page, also those inside of forms, with the matrix of what holds each."""
    pending: list[tuple[Any, Any, int, Matrix, int]] = [
        (pdfium.FPDFPage_GetObject, page, pdfium.FPDFPage_CountObjects(page), IDENTITY, 0)
    ]
    while pending:
        get, owner, count, matrix, depth = pending.pop()
        for index in range(count):
            if not index % 1000:
                clock.check()
            one = get(owner, index)
            kind = pdfium.FPDFPageObj_GetType(one)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                yield one, matrix
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
                inner = _product(_matrix(pdfium, one), matrix)
                members = pdfium.FPDFFormObj_CountObjects(one)
                pending.append((pdfium.FPDFFormObj_GetObject, one, members, inner, depth + 1))


def _matrix(pdfium: Any, one: Any) -> Matrix:
    found = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(one, ctypes.byref(found)):
        return IDENTITY
    return found.a, found.b, found.c, found.d, found.e, found.f


def _product(first: Matrix, then: Matrix) -> Matrix:
    if then is IDENTITY:
        return first
    a, b, c, d, e, f = first
    g, h, i, j, k, l = then  # noqa: E741 (the letters of a matrix)
    return a * g + b * i, a * h + b * j, c * g + d * i, c * h + d * j, e * g + f * i + k, e * h + f * j + l


def _on_page(frame: Frame, start: Point, end: Point) -> tuple[float, float, float, float]:
    """What of a line stands on the page; a line beside it shrinks to a point."""
    (x0, x1), (y0, y1) = (
        [min(max(0.0, value), limit) for value in values]
        for values, limit in zip(zip(start, end, strict=True), (frame.width, frame.height), strict=True)
    )
    return x0, y0, x1, y1


def _moved(point: Point, matrix: Matrix) -> Point:
    (x, y), (a, b, c, d, e, f) = point, matrix
    return a * x + c * y + e, b * x + d * y + f


def _lines(pdfium: Any, path: Any) -> Iterator[tuple[Point, Point]]:
    """The straight lines that a path prints, in the coordinates of what holds it."""
    fill, stroke = ctypes.c_int(), ctypes.c_int()
    if not pdfium.FPDFPath_GetDrawMode(path, ctypes.byref(fill), ctypes.byref(stroke)):
        return
    if not fill.value and not stroke.value:
        return
    clip = clip_box(pdfium, path)
    simple = not stroke.value and pdfium.FPDFPath_CountSegments(path) <= BOX_SEGMENTS
    for points, straight in [(_bounds(pdfium, path), True)] if simple else _subpaths(pdfium, path):
        lines = list(pairwise(points)) if stroke.value else []
        if fill.value and straight and len(points) > 2:
            lines.extend(_thin(points))
        yield from lines if clip is None else (cut for line in lines if (cut := _cut(line, clip)))


def _bounds(pdfium: Any, path: Any) -> list[Point]:
    """The corners of the box around a path: enough to know a filled box, and much quicker."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    pdfium.FPDFPageObj_GetBounds(path, *map(ctypes.byref, (left, bottom, right, top)))
    low, high = (left.value, bottom.value), (right.value, top.value)
    return [low, (high[0], low[1]), high, (low[0], high[1])]


def _cut(line: tuple[Point, Point], clip: Box) -> tuple[Point, Point] | None:
    """What of a line stands inside of a clip."""
    (x0, y0), (x1, y1) = line
    left, right = max(min(x0, x1), clip[0]), min(max(x0, x1), clip[2])
    low, high = max(min(y0, y1), clip[1]), min(max(y0, y1), clip[3])
    if left > right or low > high:
        return None
    upwards = (x1 >= x0) == (y1 >= y0)
    return ((left, low), (right, high)) if upwards else ((left, high), (right, low))


def _thin(points: list[Point]) -> Iterator[tuple[Point, Point]]:
    """The middle of a filled shape that is as thin as a line; a dot is both a line across and down."""
    xs, ys = [x for x, _ in points], [y for _, y in points]
    left, right, low, high = min(xs), max(xs), min(ys), max(ys)
    if high - low <= THICKEST:
        yield (left, (low + high) / 2), (right, (low + high) / 2)
    if right - left <= THICKEST:
        yield ((left + right) / 2, low), ((left + right) / 2, high)


def _subpaths(pdfium: Any, path: Any) -> Iterator[tuple[list[Point], bool]]:
    """The points of each subpath, and whether it has straight sides only."""
    matrix = _matrix(pdfium, path)
    x, y = ctypes.c_float(), ctypes.c_float()
    points: list[Point] = []
    straight = True
    for index in range(min(pdfium.FPDFPath_CountSegments(path), MAX_SEGMENTS)):
        segment = pdfium.FPDFPath_GetPathSegment(path, index)
        kind = pdfium.FPDFPathSegment_GetType(segment)
        if kind == pdfium.FPDF_SEGMENT_MOVETO and points:
            yield points, straight
            points, straight = [], True
        if kind == pdfium.FPDF_SEGMENT_BEZIERTO:
            straight = False
        pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y))
        points.append(_moved((x.value, y.value), matrix))
        if pdfium.FPDFPathSegment_GetClose(segment):
            points.append(points[0])
    if points:
        yield points, straight
