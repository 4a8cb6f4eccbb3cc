"""What of an object its clip lets be seen: spreadsheets print a cell on every page that it touches."""

from __future__ import annotations

import ctypes
from typing import Any

# The share of the height of a text that must be seen.
SEEN = 0.5
MAX_POINTS = 64

Box = tuple[float, float, float, float]


def clip_box(pdfium: Any, one: Any) -> Box | None:
    """The box that clips an object, in the coordinates of what holds it; ``None`` if nothing is cut off."""
    clip = pdfium.FPDFPageObj_GetClipPath(one)
    box: Box | None = None
    for path in range(pdfium.FPDFClipPath_CountPaths(clip)):
        points = _points(pdfium, clip, path)
        if not points:
            continue
        xs, ys = [x for x, _ in points], [y for _, y in points]
        inner = (min(xs), min(ys), max(xs), max(ys))
        box = inner if box is None else _common(box, inner)
    return box


def is_seen(pdfium: Any, one: Any) -> bool:
    """Whether a text object stands inside of its clip, but for text that only runs over its end."""
    clip = clip_box(pdfium, one)
    if clip is None:
        return True
    edges = [ctypes.c_float() for _ in range(4)]
    if not pdfium.FPDFPageObj_GetBounds(one, *map(ctypes.byref, edges)):
        return True
    left, bottom, right, top = (edge.value for edge in edges)
    wide, high = min(right, clip[2]) - max(left, clip[0]), min(top, clip[3]) - max(bottom, clip[1])
    return wide > 0 and high >= SEEN * (top - bottom)


def _common(first: Box, second: Box) -> Box:
    return (
        max(first[0], second[0]),
        max(first[1], second[1]),
        min(first[2], second[2]),
        min(first[3], second[3]),
    )


def _points(pdfium: Any, clip: Any, path: int) -> list[tuple[float, float]]:
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for index in range(min(pdfium.FPDFClipPath_CountPathSegments(clip, path), MAX_POINTS)):
        segment = pdfium.FPDFClipPath_GetPathSegment(clip, path, index)
        if pdfium.FPDFPathSegment_GetPoint(segment, ctypes.byref(x), ctypes.byref(y)):
            points.append((x.value, y.value))
    return points
