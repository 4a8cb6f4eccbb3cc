"""Runs of characters that stand side by side, and lines of such runs."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise

import msgspec

from extract.read.glyphs import raised
from extract.read.pdf.characters import Character
from extract.read.pdf.content import SLANTED, UPRIGHT

# In heights of a character: the gap that parts two runs, the gap that prints a blank, how far the
# middles of two characters on one line may lie apart.
RUN_GAP = 0.5
BLANK_GAP = 0.25
LINE_SHIFT = 0.4
# How near to the space between two characters a ruling line must lie to part them: where they touch,
# and where a gap of at least ``TOUCHING`` speaks for it too.
TOUCH, APART = 0.1, 0.2
TOUCHING = 0.04
# How much smaller a raised figure is, and how far above the others it ends.
SMALLER, RAISED = 0.8, 0.2


class Run(msgspec.Struct, frozen=True, gc=False):
    """Text printed without a wide gap, and its box in points."""

    text: str
    left: float
    top: float
    right: float
    bottom: float
    turned: int = UPRIGHT

    @property
    def middle(self) -> float:
        """The height of the middle."""
        return (self.top + self.bottom) / 2

    @property
    def centre(self) -> float:
        """The distance of the middle from the left."""
        return (self.left + self.right) / 2

    @property
    def size(self) -> float:
        """The height of the text; its width if it is turned by a quarter."""
        return self.right - self.left if self.turned in (1, 3) else self.bottom - self.top


class Line(msgspec.Struct, frozen=True, gc=False):
    """Runs at one height, from left to right."""

    runs: list[Run]

    @property
    def text(self) -> str:
        """The printed text, a blank for every gap."""
        return join_runs(self.runs)

    @property
    def left(self) -> float:
        """The left edge."""
        return self.runs[0].left

    @property
    def right(self) -> float:
        """The right edge."""
        return max(run.right for run in self.runs)

    @property
    def top(self) -> float:
        """The upper edge."""
        return min(run.top for run in self.runs)

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return max(run.bottom for run in self.runs)

    @property
    def middle(self) -> float:
        """The height of the middle of the longest run."""
        return max(self.runs, key=lambda run: len(run.text)).middle

    @property
    def size(self) -> float:
        """The height of the longest run."""
        return max(self.runs, key=lambda run: len(run.text)).size


class Walls:
    """The ruling lines that stand upright on a page, as parts between neighbouring characters."""

    def __init__(self, down: Iterable[tuple[float, float, float]]) -> None:
        self._down = sorted(down)
        self._at = [at for at, _, _ in self._down]

    def between(self, before: Character, after: Character) -> bool:
        """Whether a line stands in the gap between two characters on a line.

        Text that is too long for its cell runs over the line and touches it anywhere; cells that
        touch without a gap have the line just between their characters.
        """
        if not self._down or before.turned != UPRIGHT:
            return False
        middle = (before.top + before.bottom) / 2
        size = before.bottom - before.top
        slack = (TOUCH if after.left - before.right < TOUCHING * size else APART) * size
        low, high = min(before.right, after.left) - slack, max(before.right, after.left) + slack
        first = bisect_left(self._at, low)
        if first == len(self._at) or self._at[first] > high:
            return False
        near = self._down[first : bisect_right(self._at, high)]
        return any(start <= middle <= end for _, start, end in near)


def gather(characters: Iterable[Character], walls: Walls) -> Iterator[list[Character]]:
    """Gather the characters of runs in the order of the content; a ruling line parts a run.

    Raised figures become raised signs, so that 10⁴ is not read as 104.
    """
    run: list[Character] = []
    base: Character | None = None
    for one in characters:
        if run and not (_goes_on(run[-1], one) and not walls.between(run[-1], one)):
            yield run
            run, base = [], None
        if base is not None and _is_raised(base, one):
            one = msgspec.structs.replace(one, text=raised(one.text))
        else:
            base = one
        run.append(one)
    if run:
        yield run


def _is_raised(base: Character, one: Character) -> bool:
    """Whether a character is smaller than the one before it and stands above its base line."""
    size, small = base.bottom - base.top, one.bottom - one.top
    return base.turned == UPRIGHT and small < SMALLER * size and base.bottom - one.bottom > RAISED * size


def _goes_on(before: Character, after: Character) -> bool:
    """Whether a character stands right beside the one before it in the content."""
    if before.turned != after.turned:
        return False
    if before.turned == SLANTED:
        return True
    size = before.bottom - before.top
    if before.turned != UPRIGHT:
        width = before.right - before.left
        return abs(before.left - after.left) < LINE_SHIFT * width and _gap_down(before, after) < width
    if abs(before.top + before.bottom - after.top - after.bottom) / 2 > LINE_SHIFT * size:
        return False
    if before.left - 0.1 * size > after.left:
        return False
    return after.left - before.right <= RUN_GAP * size


def _gap_down(before: Character, after: Character) -> float:
    return max(after.top - before.bottom, before.top - after.bottom)


def build_run(characters: list[Character]) -> Run:
    """The run that some characters make."""
    pieces = [characters[0].text]
    for before, after in pairwise(characters):
        wide = after.left - before.right > BLANK_GAP * (before.bottom - before.top)
        pieces.append(f" {after.text}" if after.turned == UPRIGHT and (after.spaced or wide) else after.text)
    return Run(
        "".join(pieces),
        min([one.left for one in characters]),
        min([one.top for one in characters]),
        max([one.right for one in characters]),
        max([one.bottom for one in characters]),
        characters[0].turned,
    )


def build_lines(runs: Iterable[Run]) -> list[Line]:
    """Put runs at the same height on lines, from top to bottom; a turned run is a line of its own."""
    lines: list[list[Run]] = []
    for run in sorted(runs, key=lambda one: (one.middle, one.left)):
        last = lines[-1] if lines else None
        if last and run.turned == last[0].turned == UPRIGHT and _beside(last[0], run):
            last.append(run)
        else:
            lines.append([run])
    return [Line(sorted(line, key=lambda run: run.left)) for line in lines]


def _beside(first: Run, run: Run) -> bool:
    return run.middle - first.middle <= LINE_SHIFT * max(first.size, run.size)


def join_runs(runs: Iterable[Run]) -> str:
    """The text of runs side by side."""
    pieces: list[str] = []
    before: Run | None = None
    for run in runs:
        if before is not None and run.left - before.right > BLANK_GAP * min(run.size, before.size):
            pieces.append(" ")
        pieces.append(run.text)
        before = run
    return "".join(pieces)


def join_lines(texts: Iterable[str]) -> str:
    """The text of lines one below the other: words of Latin letters stay apart, Chinese text runs on.

    >>> join_lines(["经济效益", "指标"]), join_lines(["Party", "School"])
    ('经济效益指标', 'Party School')
    """
    joined = ""
    for text in texts:
        parted = joined[-1:].isascii() and joined[-1:].isalpha() and text[:1].isascii() and text[:1].isalpha()
        joined += f" {text}" if parted else text
    return joined
