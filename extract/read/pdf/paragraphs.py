"""Lines of running text joined to paragraphs by their margins, their leading and their sizes."""

from __future__ import annotations

import re

import msgspec

from extract.read.pdf.furniture import PageLayout
from extract.read.pdf.runs import Line, join_lines

# In heights of a character: how far a full line may end before the margin, how far a first line is
# drawn in, the leading of lines of one paragraph; and how much their sizes may differ.
FULL = 1.8
INDENT = 0.8
LEADING = 2.4
SIZES = 1.2
LONG_LINE = 15
# How many lines must end alike to be full, on one page and in a document.
FULL_ON_PAGE = 4
MANY_FULL = 6
# After the end of a sentence, a number or a label at the margin begins a paragraph.
SENTENCE_END = re.compile(r"[。；;：:！？!?…]$")
NUMBERED = re.compile(
    r"(?:第?[一二三四五六七八九十]+(?:部分|章|节)?[、.．\s]|[(（][一二三四五六七八九十\d]{1,3}[)）]"
    r"|\d{1,2}[.、．)）](?!\d)|[^:：。，,；;]{2,14}[:：])"
)


class Margins(msgspec.Struct, frozen=True, gc=False):
    """Where the long lines of a page begin and end."""

    left: float
    right: float


def read_margins(pages: list[PageLayout]) -> list[Margins | None]:
    """The margins of running text on each page; ``None`` where no line is known to be full.

    Pages that share their width share their margins, unless a page has enough full lines of its own.
    """
    found: list[Margins | None] = []
    shared: dict[int, Margins | None] = {}
    for page in pages:
        width = round(page.width)
        if width not in shared:
            alike = [line for one in pages if round(one.width) == width for line in _long_lines(one)]
            shared[width] = _margins(alike, page.width, MANY_FULL)
        found.append(_margins(_long_lines(page), page.width, FULL_ON_PAGE) or shared[width])
    return found


def _long_lines(page: PageLayout) -> list[Line]:
    return [item for item in page.items if isinstance(item, Line) and len(item.text) >= LONG_LINE]


def _margins(lines: list[Line], width: float, least: int) -> Margins | None:
    """Where lines begin and end; one full line is enough where it ends as far from the side as all begin.

    The longest of some short lines ends anywhere: taken for a full one, it would swallow what follows.
    """
    if not lines:
        return None
    left, last = min(line.left for line in lines), max(lines, key=lambda line: line.right)
    full = sum(1 for line in lines if last.right - line.right <= last.size)
    even = abs(width - last.right - left) <= FULL * last.size
    return Margins(left, last.right) if even or full >= least else None


class Paragraph:
    """A paragraph as it grows line by line; it may go on on the next page."""

    def __init__(self, line: Line, page: int, margins: Margins | None) -> None:
        self.page, self.pieces = page, [(page, line.text)]
        self._last, self._margins, self._lines = line, margins, 1

    @property
    def text(self) -> str:
        """The text of its lines."""
        return join_lines(text for _, text in self.pieces)

    def add(self, line: Line, page: int, margins: Margins | None) -> bool:
        """Add a line if it belongs to the paragraph; says whether it does."""
        if not self._full() or not self._fits(line, page, margins):
            return False
        self.pieces.append((page, line.text))
        self._last, self._margins, self._lines = line, margins, self._lines + 1
        return True

    def _full(self) -> bool:
        """Whether the last line ends at the margin, so that the text may go on."""
        return self._margins is not None and self._last.right >= self._margins.right - FULL * self._last.size

    def _fits(self, line: Line, page: int, margins: Margins | None) -> bool:
        last = self._last
        if max(line.size, last.size) > SIZES * min(line.size, last.size):
            return False
        same_page = page == self.pieces[-1][0]
        if same_page and line.middle - last.middle > LEADING * last.size:
            return False
        left = line.left - (0 if same_page or margins is None else margins.left)
        above = last.left - (0 if same_page or self._margins is None else self._margins.left)
        if left - above > INDENT * line.size:
            return False
        edge = (margins or self._margins or Margins(line.left, line.right)).left
        if self._lines == 1 and line.left - edge > INDENT * line.size and left - above > -INDENT * line.size:
            return False
        return not (SENTENCE_END.search(last.text) and NUMBERED.match(line.text))
