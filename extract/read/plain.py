"""Plain text: rows of tabs, bars or wide gaps, and Word tables saved with one cell a line.

Four ways of printing a table are told apart line by line. A line that holds several cells (tabs,
bars, wide gaps in a run of such lines) is a row. A line that begins with a tab and holds nothing
else is a single cell, and cells without a blank line between them are one row. Everything else
is running text: a row of one cell outside of any table.
"""

from __future__ import annotations

import re

import msgspec

from extract.read.blocks import BLANK, CELLS, ROW, Blocks, Cell, Row, make_row
from extract.read.gaps import GAP, align_gap_rows
from extract.read.marks import CONTINUED, FURNITURE, OPENING, PAGE_NUMBER

BARS = "|│┃｜"
BAR = re.compile(f"[{BARS}]")
RULE = re.compile(r"[\s|│┃｜:+\-—─━═┼├┤┬┴┌┐└┘╋┣┫┳┻┏┓┗┛]+$")
FIGURE = re.compile(r"[≥≤≧≦<>=＞＜＝]{0,2}[\d.,０-９．]+[%％]?$")
SHORT = 6
BOOKMARK = re.compile(r"\[bookmark:[^\]\n]{0,40}\]\s?")
LONGEST_FURNITURE = 60
TABULAR = frozenset({"tabs", "cell", "bars"})


class Line(msgspec.Struct, frozen=True, gc=False):
    """A physical line: text without line end, offset, and how it prints cells."""

    text: str
    start: int
    kind: str  # blank, tabs (several cells), cell (one tabbed cell), bars, prose


def read_plain(text: str, file: str, encoding: str) -> Blocks:
    """Read decoded plain text into rows; offsets count in ``text``."""
    lines = unframe(drop_furniture(single_rows(classify(text))))
    return Blocks(file=file, text=text, encoding=encoding, rows=align_gap_rows(group_rows(lines), text))


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
    if not stripped or (len(stripped) < 24 and (PAGE_NUMBER.match(stripped) or CONTINUED.match(stripped))):
        return "blank"
    if not BAR.search(stripped):
        return "rule" if RULE.match(stripped) else "prose"
    if RULE.match(stripped):
        return "rule" if len(stripped) > 1 else "cell"
    bars = len(BAR.findall(stripped))
    if BAR.match(stripped) or BAR.match(stripped[-1]):
        return "cell" if bars == 1 else "bars"
    return "bars" if bars >= 2 else "bar"


def single_rows(lines: list[Line]) -> list[Line]:
    """Settle the lines with one tab or one bar: a row of two cells beside other rows, else what they seem."""
    result = list(lines)
    for index, line in enumerate(lines):
        if line.kind == "cell" and "\t" in line.text and "tabs" in _neighbours(lines, index):
            result[index] = Line(line.text, line.start, "tabs")
        elif line.kind == "cell" and "\t" not in line.text and _ends_row(result, index):
            result[index] = Line(line.text, line.start, "bars")
        elif line.kind == "bar":
            beside = _table_beside(lines, index)
            result[index] = Line(line.text, line.start, "bars" if beside else "prose")
        elif line.kind == "rule":
            result[index] = Line("", line.start, "blank" if not _touches_bars(lines, index) else "rule")
    return [line for line in result if line.kind != "rule"]


def _neighbours(lines: list[Line], index: int) -> set[str]:
    return {lines[place].kind for place in (index - 1, index + 1) if 0 <= place < len(lines)}


def _ends_row(lines: list[Line], index: int) -> bool:
    """Whether a line with one bar at its end is the rest of a row of bars that did not close."""
    above = lines[index - 1] if index else None
    return above is not None and above.kind == "bars" and not BAR.match(above.text.rstrip()[-1])


def _touches_bars(lines: list[Line], index: int) -> bool:
    return bool(_neighbours(lines, index) & {"bars", "bar"})


def _table_beside(lines: list[Line], index: int) -> bool:
    """Whether the lines with one bar around this one are part of a table of bars."""
    for step in (-1, 1):
        place = index + step
        while 0 <= place < len(lines) and lines[place].kind in ("bar", "rule"):
            place += step
        if 0 <= place < len(lines) and lines[place].kind == "bars":
            return True
    return False


def drop_furniture(lines: list[Line]) -> list[Line]:
    """Make page numbers, running heads and 续表 between the rows of a table blank lines."""
    printed = [index for index, line in enumerate(lines) if line.kind != "blank"]
    result = list(lines)
    for above, index, below in zip(printed, printed[1:], printed[2:], strict=False):
        line = lines[index]
        if (
            line.kind == "prose"
            and lines[above].kind in TABULAR
            and lines[below].kind in TABULAR
            and len(line.text) < LONGEST_FURNITURE
            and FURNITURE.match(line.text.strip())
        ):
            result[index] = Line("", line.start, "blank")
    return result


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
    opens = [BAR.match(lines[index].text.lstrip()) is not None for index in run]
    closes = [BAR.match(lines[index].text.rstrip()[-1]) is not None for index in run]
    framed = _is_framed(opens, closes)
    for index, open_, close in zip(run, opens, closes, strict=True):
        text, start = lines[index].text, lines[index].start
        if close and (framed or all(closes)):
            text = text.rstrip()[:-1]
        if open_ and (framed or all(opens)) and (bar := BAR.search(text)):
            text, start = text[bar.end() :], start + bar.end()
        lines[index] = Line(text, start, "bars")


def _is_framed(opens: list[bool], closes: list[bool]) -> bool:
    """Whether most lines have both bars, and the others are halves of rows that broke inside a cell."""
    halves = all(before == after for before, after in zip(closes, opens[1:], strict=False))
    both = sum(map(bool.__and__, opens, closes))
    return both * 2 > len(opens) and opens[0] and closes[-1] and halves


def group_rows(lines: list[Line]) -> list[Row]:
    """Make rows of lines; cells printed one a line are gathered until a blank line.

    A blank line ends every row of such cells, so there it is no sign of a page break.
    """
    rows: list[Row] = []
    pending: list[Cell] = []
    broken = True
    opened = closed = False

    def flush() -> None:
        nonlocal pending
        if pending:
            rows.append(make_row(pending, table=CELLS))
            pending = []

    for line in lines:
        if line.kind == "blank":
            flush()
            broken = True
            continue
        if line.kind == "cell" or (pending and line.kind == "prose" and _goes_on(pending[-1], line.text)):
            # A bar at the end of a line closes its cell; a line without one after it opens the next.
            goes_on = not closed if line.kind == "prose" else opened and line.text[0] not in BARS + "\t"
            if pending and goes_on:
                pending[-1] = _extend(pending[-1], line)
            else:
                pending.append(_cell(line.text.strip(BARS + " "), line))
            opened = line.kind == "prose" and (closed or opened)
            closed = line.text.rstrip().endswith(tuple(BARS))
        else:
            flush()
            opened = closed = False
            rows.append(make_row(_cells(line), table=0 if line.kind == "prose" else ROW, broken=broken))
        broken = False
    flush()
    return rows


def _goes_on(cell: Cell, line: str) -> bool:
    """Whether a line without a mark can be the rest of the cell above it, or the next cell.

    A figure is complete, and a line in columns is a row of another table.
    """
    if OPENING.match(line) or len(GAP.findall(line.strip())) > 1:
        return False
    return FIGURE.match(cell.text) is None or len(line.split("|")[0].strip()) < SHORT


def _cells(line: Line) -> list[Cell]:
    if line.kind == "prose":
        return [_cell(line.text, line)]
    offset = line.start
    cells: list[Cell] = []
    pieces = line.text.split("\t") if line.kind == "tabs" else BAR.split(line.text)
    spaced = line.text.split() != [piece for piece in pieces if piece]
    for piece in pieces:
        size = len(piece)
        if not size:
            cells.append(BLANK)
        else:
            cells.append(_piece(piece, offset) if spaced else Cell(piece, offset, offset + size))
        offset += size + 1
    return cells


def _piece(piece: str, offset: int) -> Cell:
    words = piece.split()
    if not words:
        return BLANK
    if len(words) == 1:
        text = words[0]
        if text is not piece and text != piece:
            offset += piece.index(text)
        return Cell(text, offset, offset + len(text))
    return Cell("".join(words), offset + piece.index(words[0]), offset + len(piece.rstrip()))


def _cell(text: str, line: Line) -> Cell:
    if text is line.text:
        return _piece(text, line.start)
    return _piece(text, line.start + max(line.text.find(text), 0))


def _extend(cell: Cell, line: Line) -> Cell:
    more = _cell(line.text.strip(BARS + " "), line)
    if cell is BLANK or more is BLANK:
        return more if cell is BLANK else cell
    return Cell(cell.text + more.text, cell.start, more.end)
