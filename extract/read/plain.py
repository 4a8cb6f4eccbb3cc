"""Plain text: rows of tabs, bars or wide gaps, and Word tables saved with one cell a line.

Four ways of printing a table are told apart line by line. A line that holds several cells (tabs,
bars, wide gaps in a run of such lines) is a row. A line that begins with a tab and holds nothing
else is a single cell, and cells without a blank line between them are one row. Everything else
is running text: a row of one cell outside of any table.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from extract.read.blocks import BLANK, Blocks, Cell, Row, number_tables
from extract.read.gaps import align_gap_rows

BAR = re.compile(r"[|│┃｜]")
BAR_RULE = re.compile(r"[\s|│┃｜:+\-—─━┼├┤]+$")
PAGE_NUMBER = re.compile(r"(?:[-—–]\s*\d{1,4}\s*[-—–]|第\s*\d{1,4}\s*页(?:[,，]?\s*共\s*\d{1,4}\s*页)?)$")
BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,40}\]\s?")
MAX_WRAPPED_LINES = 40


class Line(NamedTuple):
    """A physical line: text without line end, offset, and how it prints cells."""

    text: str
    start: int
    kind: str  # blank, tabs (several cells), cell (one tabbed cell), bars, prose


def read_plain(text: str, file: str, encoding: str) -> Blocks:
    """Read decoded plain text into rows; offsets count in ``text``."""
    lines = join_wrapped(unframe(classify(text)))
    rows = number_tables(align_gap_rows(group_rows(lines), text))
    return Blocks(file=file, text=text, encoding=encoding, rows=rows)


def classify(text: str) -> list[Line]:
    """Split text into physical lines and say of each how it prints its cells."""
    lines: list[Line] = []
    start = 0
    for line in text.split("\n"):
        if line[:11] == "[bookmark: " and (mark := BOOKMARK.match(line)):
            lines.append(Line(line[mark.end() :], start + mark.end(), "prose"))
        else:
            lines.append(Line(line, start, kind_of(line)))
        start += len(line) + 1
    return lines


def kind_of(line: str) -> str:
    """How one line prints its cells."""
    if not line:
        return "blank"
    tabs = line.count("\t")
    if tabs:
        return "cell" if tabs == 1 and (line[0] == "\t" or line[-1] == "\t") else "tabs"
    stripped = line.strip()
    if not stripped or (len(stripped) < 20 and PAGE_NUMBER.match(stripped)):
        return "blank"
    if not BAR.search(stripped):
        return "prose"
    bars = len(BAR.findall(stripped))
    if BAR.match(stripped) or BAR.match(stripped[-1]):
        return "cell" if bars == 1 else "bars"
    return "bars" if bars >= 2 else "prose"


def unframe(lines: list[Line]) -> list[Line]:
    """Take the outer bars off tables of bars that have them.

    A bar that begins every row of a table is its frame; one that begins only some is the border
    of a blank cell. The same holds for the ends of rows.
    """
    if not any(line.kind == "bars" for line in lines):
        return lines
    result = list(lines)
    run: list[int] = []
    for index, line in enumerate([*lines, Line("", 0, "end")]):
        if line.kind == "bars":
            run.append(index)
        elif line.kind != "blank" and run:
            _unframe_run(result, run)
            run = []
    return result


def _unframe_run(lines: list[Line], run: list[int]) -> None:
    left = all(BAR.match(lines[index].text.lstrip()) for index in run)
    right = all(BAR.match(lines[index].text.rstrip()[-1]) for index in run)
    for index in run:
        text, start, kind = lines[index]
        if right:
            text = text.rstrip()[:-1]
        if left and (bar := BAR.search(text)):
            text, start = text[bar.end() :], start + bar.end()
        lines[index] = Line(text, start, kind)


def join_wrapped(lines: list[Line]) -> list[Line]:
    """Put rows of tabs together again that were broken inside a cell.

    In a run of tabbed lines nearly all rows have the same number of tabs; lines with fewer that
    add up to exactly that number were one row. A single-tab line inside such a run is a part of
    a row, not a cell of its own.
    """
    joined: list[Line] = []
    index = 0
    while index < len(lines):
        if lines[index].kind != "tabs":
            joined.append(lines[index])
            index += 1
            continue
        stop = index
        while stop < len(lines) and lines[stop].kind != "blank" and not _ends_run(lines, stop):
            stop += 1
        joined.extend(_join_run(lines[index:stop]))
        index = stop
    return joined


def _ends_run(lines: list[Line], index: int) -> bool:
    """Running text ends a run of rows unless more tabs follow before the next blank line."""
    if lines[index].kind != "prose":
        return lines[index].kind == "bars"
    following = lines[index + 1 : index + MAX_WRAPPED_LINES]
    for line in following:
        if line.kind == "blank":
            return True
        if line.kind in ("tabs", "cell"):
            return False
    return True


def _join_run(run: list[Line]) -> list[Line]:
    counts = [line.text.count("\t") for line in run]
    usual, frequency = Counter(counts).most_common(1)[0]
    if frequency == len(run) or usual < 2 or frequency * 2 < len(run):
        usual = max(counts) if 0 in counts else usual
        if frequency == len(run) or usual < 2:
            return run
    result: list[Line] = []
    index = 0
    while index < len(run):
        width = _wrapped_width(counts, index, usual)
        if width > 1:
            text = "\n".join(line.text for line in run[index : index + width])
            result.append(Line(text, run[index].start, "tabs"))
        else:
            result.append(run[index])
        index += width
    return result


def _wrapped_width(counts: list[int], index: int, usual: int) -> int:
    """How many lines from ``index`` on make up one row of ``usual`` tabs; 1 if they do not."""
    total = 0
    for width, count in enumerate(counts[index : index + MAX_WRAPPED_LINES], 1):
        if count >= usual:
            break
        total += count
        if total == usual:
            following = counts[index + width : index + width + 2]
            # A row may also be wrapped inside its last cell.
            trailing = 1 if following[:1] == [0] else 0
            return width + trailing
        if total > usual:
            break
    if counts[index] == usual:
        width = 1
        while index + width < len(counts) and counts[index + width] == 0:
            width += 1
        return width
    return 1


def group_rows(lines: list[Line]) -> list[Row]:
    """Make rows of lines; cells printed one a line are gathered until a blank line.

    A blank line ends every row of such cells, so there it is no sign of a page break.
    """
    rows: list[Row] = []
    pending: list[Cell] = []
    broken = True

    def flush() -> None:
        nonlocal pending
        if pending:
            rows.append(_row(pending, -1, False))
            pending = []

    for line in lines:
        if line.kind == "blank":
            flush()
            broken = True
            continue
        if line.kind == "cell" or (line.kind == "prose" and pending):
            if line.kind == "cell":
                pending.append(_cell(line.text.strip("|│┃｜ "), line))
            else:
                pending[-1] = _extend(pending[-1], line)
        else:
            flush()
            if line.kind == "bars" and BAR_RULE.match(line.text):
                continue
            rows.append(_row(_cells(line), -1 if line.kind != "prose" else 0, broken))
        broken = False
    flush()
    return rows


def _row(cells: list[Cell], table: int, broken: bool) -> Row:
    filled = [cell for cell in cells if cell is not BLANK]
    start, end = (filled[0].start, filled[-1].end) if filled else (0, 0)
    return Row(cells, start, end, table=table, broken=broken)


def _cells(line: Line) -> list[Cell]:
    if line.kind == "prose":
        return [_cell(line.text, line)]
    pieces = line.text.split("\t") if line.kind == "tabs" else BAR.split(line.text)
    offset = line.start
    cells: list[Cell] = []
    for piece in pieces:
        cells.append(_piece(piece, offset) if piece else BLANK)
        offset += len(piece) + 1
    return cells


def _piece(piece: str, offset: int) -> Cell:
    words = piece.split()
    if not words:
        return BLANK
    text = words[0] if len(words) == 1 else "".join(words)
    if len(text) == len(piece):
        return Cell(text, offset, offset + len(piece))
    lead = piece.index(words[0])
    return Cell(text, offset + lead, offset + len(piece.rstrip()))


def _cell(text: str, line: Line) -> Cell:
    return _piece(text, line.start + max(line.text.find(text), 0))


def _extend(cell: Cell, line: Line) -> Cell:
    more = _piece(line.text, line.start)
    if cell is BLANK or more is BLANK:
        return more if cell is BLANK else cell
    return Cell(cell.text + more.text, cell.start, more.end)
