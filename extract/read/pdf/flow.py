"""Pages put together: tables that go on over a page, paragraphs, and what became of every word."""

from __future__ import annotations

from collections import Counter

import msgspec

from extract.read.blocks import Blocks
from extract.read.pdf.cuts import SAME_EDGE, Extent, is_rest
from extract.read.pdf.furniture import PageLayout
from extract.read.pdf.limits import Clock
from extract.read.pdf.paragraphs import Margins, Paragraph
from extract.read.pdf.runs import Line, join_lines
from extract.read.pdf.tables import Table
from extract.read.transcript import Transcript

# The share of the column edges of the plainer part that the other part must have too.
SHARED_EDGES = 0.6


class PageAccount(msgspec.Struct, frozen=True, gc=False):
    """What became of the words of a page: placed in a cell or paragraph, furniture, or lost.

    A word is a run of characters that the page prints without white space. ``pictured`` says that the
    page shows an image and no text, so that it may hold words that nobody counted.
    """

    page: int
    words: int
    placed: int
    furniture: int
    lost: list[str]
    pictured: bool = False


class TablePart(msgspec.Struct, frozen=True, gc=False):
    """The part of a table that stands on one page."""

    page: int
    table: Table


class Flow:
    """Writes pages into a transcript and notes for each page what it wrote."""

    def __init__(self, clock: Clock) -> None:
        self._transcript = Transcript()
        self._clock = clock
        self._paragraph: Paragraph | None = None
        self._parts: list[TablePart] = []
        self.written: dict[int, Counter[str]] = {}

    def add(self, page: PageLayout, margins: Margins | None) -> None:
        """Write one page; its last paragraph or table stays open for the next page."""
        for item in page.items:
            if isinstance(item, Table):
                self._table(TablePart(page.number, item))
            else:
                self._line(item, page.number, margins)

    def blocks(self, file: str) -> Blocks:
        """All that was written."""
        self._close_paragraph()
        self._close_table()
        return self._transcript.blocks(file, "pdf")

    def _line(self, line: Line, page: int, margins: Margins | None) -> None:
        self._close_table()
        if self._paragraph is None or not self._paragraph.add(line, page, margins):
            self._close_paragraph()
            self._paragraph = Paragraph(line, page, margins)

    def _table(self, part: TablePart) -> None:
        self._close_paragraph()
        if self._parts and not _goes_on(self._parts[-1], part):
            self._close_table()
        self._parts.append(part)

    def _close_paragraph(self) -> None:
        if self._paragraph is not None:
            for page, text in self._paragraph.pieces:
                self._note(page, text)
            self._transcript.paragraph(self._paragraph.text, page=self._paragraph.page)
        self._paragraph = None

    def _close_table(self) -> None:
        if not self._parts:
            return
        self._transcript.start_table()
        for row in _rows(self._parts):
            self._clock.cells(len(row.texts))
            for page, texts in row.pages:
                self._note(page, "".join(texts))
            self._transcript.row(row.texts, page=row.pages[0][0], broken=row.broken)
        self._parts = []

    def _note(self, page: int, text: str) -> None:
        self.written.setdefault(page, Counter()).update("".join(text.split()))


def _goes_on(above: TablePart, below: TablePart) -> bool:
    """Whether a table at the top of a page goes on with the table at the bottom of the page before it."""
    first, second = above.table, below.table
    if below.page != above.page + 1 or first.ruled != second.ruled:
        return False
    shift = second.xs[0] - first.xs[0]
    if abs(second.xs[-1] - first.xs[-1] - shift) > SAME_EDGE:
        return False
    inner = [[x - table.xs[0] for x in table.xs[1:-1]] for table in (first, second)]
    few, many = sorted(inner, key=len)
    shared = sum(1 for x in few if any(abs(x - other) <= SAME_EDGE for other in many))
    return shared >= SHARED_EDGES * len(few) and bool(shared or not many)


class PageRow(msgspec.Struct, frozen=True, gc=False):
    """A row with the pages that print it, and whether space or a page parts it from what stands above."""

    texts: list[str]
    extents: dict[int, Extent]
    pages: list[tuple[int, list[str]]]
    broken: bool


def _rows(parts: list[TablePart]) -> list[PageRow]:
    """The rows of a table's parts on one grid; the rest of a row that a page cut is joined to it."""
    parts = _on_one_grid(parts)
    rows: list[PageRow] = []
    for part in parts:
        added = [
            PageRow(row.texts, row.extents, [(part.page, row.texts)], broken=not index)
            for index, row in enumerate(part.table.rows)
        ]
        header = _repeated_header(rows, added)
        if rows and len(added) > header and _is_rest(rows, added[header]):
            rows[-1] = _joined(rows[-1], added.pop(header))
        rows.extend(added)
    return rows


def _repeated_header(rows: list[PageRow], added: list[PageRow]) -> int:
    """How many rows a page repeats from the top of the table."""
    count = 0
    while count < min(len(rows), len(added)) and rows[count].texts == added[count].texts:
        count += 1
    return count


def _is_rest(rows: list[PageRow], below: PageRow) -> bool:
    return is_rest([row.texts for row in rows], rows[-1].extents, below.texts, below.extents)


def _joined(above: PageRow, below: PageRow) -> PageRow:
    texts = [join_lines([first, second]) for first, second in zip(above.texts, below.texts, strict=True)]
    return PageRow(texts, below.extents, above.pages + below.pages, above.broken)


def _on_one_grid(parts: list[TablePart]) -> list[TablePart]:
    """The parts with the columns of all of them, so that a column has the same number on every page."""
    edges: list[float] = []
    for part in parts:
        for x in part.table.xs:
            offset = x - part.table.xs[0]
            if not any(abs(offset - edge) <= SAME_EDGE for edge in edges):
                edges.append(offset)
    edges.sort()
    return [TablePart(part.page, _moved(part.table, edges)) for part in parts]


def _moved(table: Table, edges: list[float]) -> Table:
    places = [
        min(range(len(edges)), key=lambda index: abs(edges[index] - (x - table.xs[0]))) for x in table.xs[:-1]
    ]
    return table.moved(edges, places)


def accounts(pages: list[PageLayout], written: dict[int, Counter[str]]) -> list[PageAccount]:
    """Compare the words that each page prints with what was written of it and with its furniture."""
    return [_account(page, written.get(page.number, Counter())) for page in pages]


def _account(page: PageLayout, written: Counter[str]) -> PageAccount:
    furniture = Counter(word for text in page.furniture for word in text.split())
    remaining = written.copy()
    placed = dropped = 0
    lost: list[str] = []
    for word in page.words:
        if furniture[word] > 0:
            furniture[word] -= 1
            dropped += 1
        elif _taken(word, remaining):
            placed += 1
        else:
            lost.append(word)
    return PageAccount(page.number, len(page.words), placed, dropped, lost, page.pictured)


def _taken(word: str, remaining: Counter[str]) -> bool:
    """Take a word's characters from those that were written and not yet accounted for."""
    for count, character in enumerate(word):
        if remaining[character] < 1:
            remaining.update(word[:count])
            return False
        remaining[character] -= 1
    return True
