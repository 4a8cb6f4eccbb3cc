"""Disclosures printed as PDF: paragraphs and ruled tables over pages, in the ways that programs print them."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from tests.extract.read.rendered import Block

# Cells merged into the one on their left or the one above them.
LEFT, UP = "\0left", "\0up"
FONT = "STSong-Light"
PADDING = 4.0
# How many lines of a text programs leave on a page at least.
WIDOW = 2


@dataclass(frozen=True)
class Style:
    """How a document is printed."""

    width: float = 842.0
    height: float = 595.0
    margin: float = 50.0
    size: float = 9.0
    rules: str = "stroke"  # stroke, rectangle, dashed, dots, double, none
    open_sides: bool = False
    open_pages: bool = False  # no line closes the last row of a page or opens the first of the next one
    cut_rows: bool = False  # a row goes on on the next page
    repeat_header: bool = False
    number_pages: bool = False
    head: str = ""
    bold: bool = False  # imitated: printed twice
    table_width: float = 0.0
    indent: bool = True


@cache
def _fonts() -> None:
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.pdfbase.pdfmetrics import registerFont

    registerFont(UnicodeCIDFont(FONT))


def canvas_of(width: float = 842, height: float = 595, **options: Any) -> tuple[Any, io.BytesIO]:
    """An empty canvas with a Chinese font, and the file that ``save`` writes."""
    from reportlab.pdfgen.canvas import Canvas

    _fonts()
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(width, height), invariant=True, **options)
    canvas.setFont(FONT, 9)
    return canvas, file


def pdf(blocks: Iterable[Block], style: Style = Style()) -> bytes:
    """A document of paragraphs and tables; the rows of a table may use ``LEFT`` and ``UP``."""
    printer = Printer(style)
    for block in blocks:
        if block.rows:
            printer.table([list(row) for row in block.rows])
        else:
            printer.paragraph(block.text)
    return printer.save()


@dataclass
class Printer:
    """Prints from the top of the first page to the bottom of the last."""

    style: Style
    page: int = 1
    y: float = 0.0
    canvas: Any = field(init=False)
    file: io.BytesIO = field(init=False)

    def __post_init__(self) -> None:
        self.canvas, self.file = canvas_of(self.style.width, self.style.height)
        self._start_page()

    def save(self) -> bytes:
        self._end_page()
        self.canvas.save()
        return self.file.getvalue()

    @property
    def leading(self) -> float:
        return self.style.size * 1.4

    @property
    def floor(self) -> float:
        """How far down a page is printed."""
        return self.style.height - self.style.margin

    def _start_page(self) -> None:
        self.y = self.style.margin
        self.canvas.setFont(FONT, self.style.size)
        if self.style.head:
            self._text(self.style.margin, 14, self.style.head)

    def _end_page(self) -> None:
        if self.style.number_pages:
            self._text(self.style.width / 2, self.style.height - 20, f"- {self.page} -")

    def break_page(self) -> None:
        self._end_page()
        self.canvas.showPage()
        self.page += 1
        self._start_page()

    def _text(self, x: float, y: float, text: str) -> None:
        """Text whose top stands at ``y``, counted from the top of the page."""
        baseline = self.style.height - y - self.style.size * 0.88
        self.canvas.setFont(FONT, self.style.size)
        for shift in (0.0, 0.3) if self.style.bold else (0.0,):
            self.canvas.drawString(x + shift, baseline, text)

    def paragraph(self, text: str) -> None:
        text = text.strip()
        if not text:
            self.y += self.leading / 2
            return
        first = 2 * self.style.size if self.style.indent and len(text) > 25 else 0
        for number, line in enumerate(self._wrapped(text, self.style.width - 2 * self.style.margin, first)):
            if self.y + self.leading > self.floor:
                self.break_page()
            self._text(self.style.margin + (first if not number else 0), self.y, line)
            self.y += self.leading
        self.y += self.leading / 2

    def _wrapped(self, text: str, width: float, first: float = 0) -> list[str]:
        from reportlab.pdfbase.pdfmetrics import stringWidth

        lines: list[str] = []
        for part in text.split("\n"):
            line, used = "", first if not lines else 0.0
            for character in part:
                advance = stringWidth(character, FONT, self.style.size)
                if line and used + advance > width:
                    lines.append(line)
                    line, used = "", 0.0
                line, used = line + character, used + advance
            lines.append(line)
        return lines

    def table(self, rows: list[list[str]]) -> None:
        """A ruled table; the last cell of a short row is merged with what is missing."""
        count = max(len(row) for row in rows)
        rows = [[*row, *[LEFT] * (count - len(row))] for row in rows]
        xs = self._edges(rows, count)
        texts = [[self._cell_lines(row, column, xs) for column in range(count)] for row in rows]
        opened = False
        for number, row in enumerate(rows):
            below = rows[number + 1] if number + 1 < len(rows) else None
            lines = texts[number]
            while (room := self._room()) < _height(lines):
                if self.style.cut_rows and room >= WIDOW:
                    head, lines = [cell[:room] for cell in lines], [cell[room:] for cell in lines]
                    self._row(row, row, head, xs, opened=opened, closed=not self.style.open_pages)
                self.break_page()
                opened = self.style.open_pages
                if self.style.repeat_header and number:
                    self._row(rows[0], row, texts[0], xs)
            last = below is not None and self._room() - _height(lines) < 2
            self._row(row, below, lines, xs, opened=opened, closed=not (last and self.style.open_pages))
            opened = False
        self.y += self.leading / 2

    def _room(self) -> int:
        """How many lines of a row fit on the page."""
        return max(0, int((self.floor - self.y - PADDING) // self.leading))

    def _row(
        self,
        row: list[str],
        below: list[str] | None,
        lines: list[list[str]],
        xs: list[float],
        *,
        opened: bool = False,
        closed: bool = True,
    ) -> None:
        """One row, ``opened`` without a line above it, ``closed`` with one below it."""
        bottom = self.y + _height(lines) * self.leading + PADDING
        for column, cell in enumerate(lines):
            left, right = xs[column], xs[column + 1]
            for number, line in enumerate(cell):
                self._text(left + 2, self.y + PADDING / 2 + number * self.leading, line)
            if row[column] != UP and not opened:
                self._rule(left, self.y, right, self.y)
            if closed and (below is None or below[column] != UP):
                self._rule(left, bottom, right, bottom)
            if row[column] != LEFT and not (column == 0 and self.style.open_sides):
                self._rule(left, self.y, left, bottom)
        if not self.style.open_sides:
            self._rule(xs[-1], self.y, xs[-1], bottom)
        self.y = bottom

    def _cell_lines(self, row: list[str], column: int, xs: list[float]) -> list[str]:
        if row[column] in (LEFT, UP) or not row[column].strip():
            return []
        end = column + 1
        while end < len(row) and row[end] == LEFT:
            end += 1
        return self._wrapped("\n".join(filter(str.strip, row[column].split("\n"))), xs[end] - xs[column] - 4)

    def _edges(self, rows: list[list[str]], count: int) -> list[float]:
        """Columns as wide as their longest text asks, within the page."""
        whole = self.style.table_width or self.style.width - 2 * self.style.margin
        wishes = [3.2] * count
        for row in rows:
            for column, text in enumerate(row):
                alone = column + 1 == len(row) or row[column + 1] != LEFT
                if text not in (LEFT, UP) and alone:
                    wishes[column] = max(wishes[column], min(len(text), 14))
        edges = [self.style.margin]
        for wish in wishes:
            edges.append(edges[-1] + whole * wish / sum(wishes))
        return edges

    def _rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        canvas, height = self.canvas, self.style.height
        kind = self.style.rules
        if kind == "none":
            return
        if kind == "rectangle":
            canvas.rect(
                min(x0, x1) - 0.3,
                height - max(y0, y1) - 0.3,
                abs(x1 - x0) + 0.6,
                abs(y1 - y0) + 0.6,
                stroke=0,
                fill=1,
            )
            return
        canvas.setLineWidth(0.5)
        if kind == "dashed":
            canvas.setDash(2, 2)
        if kind == "dots":
            self._dots(x0, y0, x1, y1)
            return
        canvas.line(x0, height - y0, x1, height - y1)
        if kind == "double":
            shift = 1.5
            canvas.line(x0 + shift, height - y0 - shift, x1 + shift, height - y1 - shift)

    def _dots(self, x0: float, y0: float, x1: float, y1: float) -> None:
        count = int(max(abs(x1 - x0), abs(y1 - y0)) // 2.5)
        for number in range(count + 1):
            part = number / max(count, 1)
            x, y = x0 + (x1 - x0) * part, y0 + (y1 - y0) * part
            self.canvas.rect(x - 0.4, self.style.height - y - 0.4, 0.8, 0.8, stroke=0, fill=1)


def _height(lines: Sequence[Sequence[str]]) -> int:
    """How many lines high a row is."""
    return max(1, *(len(cell) for cell in lines))
