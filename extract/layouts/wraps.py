"""Rows of tabs that were broken inside a cell, put together where the print allows no other reading."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from itertools import pairwise

from extract.layouts.head import is_title, printed_year
from extract.layouts.roles import is_bare, role_of
from extract.layouts.row import is_heading
from extract.read.blocks import BLANK, ROW, Cell, Row, make_row
from extract.read.marks import OPENING
from extract.values import read_target

MAX_PIECES = 40
LONGEST_CHAIN = 12
HEADERS = ("column", "list", "expenditure")
SECTIONS = ("head", "column", "list", "expenditure", "trailer")


def join_wrapped(rows: list[Row]) -> list[Row]:
    """Join lines that are one row of a table.

    In a run of lines without a blank line nearly all rows have the same number of cells. Lines
    with fewer that together give exactly that number were one row, unless one of them begins
    with a label of its own.
    """
    result: list[Row] = []
    index = previous = 0
    while index < len(rows):
        stop = _run_end(rows, index)
        run = rows[index:stop]
        if len(run) > 1:
            width = _usual_width(run, previous)
            run = _join_run(run, width) if width else run
            previous = width or previous
        elif run[0].table == ROW:
            previous = len(run[0].cells)
        result.extend(run)
        index = stop
    return result


def _run_end(rows: list[Row], index: int) -> int:
    """The end of the lines without a blank line that begin with a row of a table."""
    if rows[index].table != ROW and not _half_label(rows[index : index + 2]):
        return index + 1
    stop = index + 1
    while stop < len(rows) and not rows[stop].broken and _in_run(rows[stop]):
        stop += 1
    return stop


def _half_label(rows: list[Row]) -> bool:
    """Whether a line of running text is the first half of a label that a row goes on with."""
    if len(rows) < 2 or rows[0].table or rows[1].table != ROW or rows[1].broken:
        return False
    return _is_label(rows[0].first + rows[1].cells[0].text)


def _in_run(row: Row) -> bool:
    """A row on a line, or a piece of one; a title or a year begins another table."""
    alone = row.alone
    if alone is not None and (is_title(row) or printed_year(alone)):
        return False
    return row.table == ROW or (row.table == 0 and not _labelled(row) and not OPENING.match(row.text))


def _is_header(row: Row) -> bool:
    """Whether a line prints nothing but names of columns: then it is whole."""
    printed = [cell.text for cell in row.cells if cell is not BLANK]
    named = [text for text in printed if any(role_of(text, section) for section in HEADERS)]
    return len(printed) > 2 and named == printed


def _labelled(row: Row) -> bool:
    """Whether a line begins with a label: then it is a row of its own, however short."""
    return _is_label(row.cells[0].text)


def _is_label(text: str) -> bool:
    return is_heading(text) or any(role_of(text, section) for section in SECTIONS)


def _usual_width(run: list[Row], previous: int) -> int:
    """The number of cells that explains most lines of a run; 0 if they are best left as they are."""
    widths = Counter(len(row.cells) for row in run)
    if len(widths) == 1:
        return 0
    sums = Counter(total for index in range(len(run)) for total in _chain(run, index))
    candidates = {width for width, _ in [*widths.most_common(2), *sums.most_common(4)]} | {previous}
    best = max(
        (width for width in candidates if width > 2), key=lambda width: _explained(run, width), default=0
    )
    _, rows = _explained(run, best)
    return best if rows > 1 or best == previous else 0


def _chain(run: list[Row], index: int) -> Iterator[int]:
    """How many cells a line has together with one, two, three … lines that may go on in it."""
    total = len(run[index].cells)
    for above, below in pairwise(run[index : index + LONGEST_CHAIN]):
        if not _continues(above, below):
            return
        total += len(below.cells) - 1
        yield total


def _explained(run: list[Row], width: int) -> tuple[int, int]:
    """How many lines are rows of this width or pieces of one, and how many rows they make."""
    explained = rows = index = 0
    while index < len(run):
        pieces = _pieces(run, index, width)
        if pieces > 1 or len(run[index].cells) == width:
            explained, rows = explained + pieces, rows + 1
        index += pieces
    return explained, rows


def _join_run(run: list[Row], usual: int) -> list[Row]:
    result: list[Row] = []
    index = 0
    while index < len(run):
        pieces = _pieces(run, index, usual)
        result.append(_joined(run[index : index + pieces]) if pieces > 1 else run[index])
        index += pieces
    return result


def _pieces(run: list[Row], index: int, usual: int) -> int:
    """How many lines from ``index`` on are one row of ``usual`` cells; 1 if they are not.

    A row begins with a line of cells, or with the first half of its label.
    """
    cells = len(run[index].cells)
    pieces = 1
    if cells == 1 and not _is_label("".join(row.cells[0].text for row in run[index : index + 2])):
        return 1
    while cells < usual and index + pieces < len(run) and pieces < MAX_PIECES:
        if not _continues(run[index + pieces - 1], run[index + pieces]):
            return 1
        cells += len(run[index + pieces].cells) - 1
        pieces += 1
    if cells != usual:
        return 1
    tail = 0
    while index + pieces + tail < len(run) and _tail(run[index + pieces - 1], run[index + pieces + tail]):
        tail += 1
    # Below the last row of a table stands other text; within it, only what belongs to a row.
    below = run[index + pieces + tail :][:1]
    return pieces + tail if any(len(row.cells) == usual for row in below) else pieces


def _continues(above: Row, below: Row) -> bool:
    """Whether a line can go on in the middle of the last cell of the line above."""
    left, right = above.cells[-1].text, below.cells[0].text
    if not left or not right or (left[-1].isdigit() and right[0].isdigit() and _two_figures(left, right)):
        return False
    if _is_label(left + right):
        return True
    if _is_header(above):
        return False
    return not _labelled(below) or (is_heading(right) and is_bare(right))


def _two_figures(left: str, right: str) -> bool:
    """Whether a figure at the end of a line and one at the start of the next are not halves of one."""
    return left.isdecimal() or right.replace(".", "").isdecimal()


def _tail(above: Row, below: Row) -> bool:
    """Whether a line without cells goes on in the last cell of a full row.

    A figure is complete; what stands below it is page furniture, not its rest.
    """
    if len(below.cells) > 1 or not _continues(above, below):
        return False
    reading = read_target(above.cells[-1].text, None)
    return reading.value is None and reading.date is None


def _joined(pieces: list[Row]) -> Row:
    cells: list[Cell] = list(pieces[0].cells)
    for piece in pieces[1:]:
        left, right = cells[-1], piece.cells[0]
        cells[-1] = Cell(left.text + right.text, left.start, right.end)
        cells.extend(piece.cells[1:])
    return make_row(cells, table=pieces[0].table, broken=pieces[0].broken)
