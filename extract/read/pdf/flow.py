"""Pages put together: tables that go on over a page, paragraphs, and what became of every word."""

from __future__ import annotations

import re
from collections import Counter

import msgspec

from extract.read.blocks import Blocks
from extract.read.pdf.furniture import PageLayout
from extract.read.pdf.limits import Clock
from extract.read.pdf.paragraphs import SENTENCE_END, Margins, Paragraph
from extract.read.pdf.runs import Line, join_lines
from extract.read.pdf.tables import Table
from extract.read.transcript import Transcript

# How far two edges of one column may lie apart on two pages, in points.
SAME_EDGE = 4.0
# The share of the column edges of the plainer part that the other part must have too.
SHARED_EDGES = 0.6
# The characters at the end that the labels of a column share.
ALIKE = 2
BRACKETS = frozenset("（(《“〔【）)》”〕】")
# What stands on one line: a word or figure, a character with the brackets and signs around it.
UNIT = re.compile(r"[（(《“〔【]*(?:[0-9A-Za-z.,%]+|.)[）)》”〕】。，、；：！？]*")
SPARE = 0.4
ROOMY = 1e9


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
    room: dict[int, float]
    pages: list[tuple[int, list[str]]]
    broken: bool


def _rows(parts: list[TablePart]) -> list[PageRow]:
    """The rows of a table's parts on one grid; the first row of a page goes on with the last one above.

    Lines do not tell whether it does: programs close a row that they cut, and leave out the line between
    whole rows. The cells tell: only some go on, and all of these were full at one height. Figures are
    never joined.
    """
    parts = _on_one_grid(parts)
    rows: list[PageRow] = []
    for part in parts:
        added = [
            PageRow(row.texts, row.room, [(part.page, row.texts)], broken=not index)
            for index, row in enumerate(part.table.rows)
        ]
        header = _repeated_header(rows, added)
        if rows and len(added) > header and _is_rest(rows, added[header].texts):
            rows[-1] = _joined(rows[-1], added.pop(header))
        rows.extend(added)
    return rows


def _repeated_header(rows: list[PageRow], added: list[PageRow]) -> int:
    """How many rows a page repeats from the top of the table."""
    count = 0
    while count < min(len(rows), len(added)) and rows[count].texts == added[count].texts:
        count += 1
    return count


def _is_rest(rows: list[PageRow], below: list[str]) -> bool:
    """Whether a row is the rest of the last of some rows."""
    above = rows[-1]
    pairs = [(column, text, above.texts[column]) for column, text in enumerate(below) if text]
    if not pairs or any(above.room.get(column, ROOMY) > _unit(text) for column, text, _ in pairs):
        return False
    if any(first[-1].isdigit() and second[0].isdigit() for _, second, first in pairs):
        return False
    printed = sum(1 for text in above.texts if text)
    if len(pairs) > 1:
        return printed > len(pairs)
    column, text, _ = pairs[0]
    if printed == 1 and text[0] in BRACKETS:
        return False
    return not _is_sibling(rows, column, text) and not SENTENCE_END.search(above.texts[column])


def _unit(text: str) -> float:
    """How wide the beginning of a text is that may not be broken, in heights of a character."""
    unit = UNIT.match(text)
    width = sum(0.6 if one.isascii() else 1.0 for one in unit.group()) if unit else 1.0
    return width + SPARE


def _is_sibling(rows: list[PageRow], column: int, text: str) -> bool:
    """Whether a text alone in its row is whole: it ends like another one of its column, as level labels do.

    It is a rest all the same if the column prints it together with the text above elsewhere.
    """
    texts = [row.texts[column] for row in rows]
    if len(text) < ALIKE or text[0] in BRACKETS or join_lines([texts[-1], text]) in texts:
        return False
    return any(one.endswith(text[-ALIKE:]) for one in texts)


def _joined(above: PageRow, below: PageRow) -> PageRow:
    texts = [join_lines([first, second]) for first, second in zip(above.texts, below.texts, strict=True)]
    return PageRow(texts, below.room, above.pages + below.pages, above.broken)


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
    if any(remaining[character] < count for character, count in Counter(word).items()):
        return False
    for character in word:
        remaining[character] -= 1
    return True
