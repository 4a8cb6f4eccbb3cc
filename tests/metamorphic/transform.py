"""Ways to print the same cells otherwise: white space, width, comparators, page breaks, neighbours.

Each takes a case and gives texts to read.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from extract.records import Span
from tests.metamorphic.documents import Case
from tests.metamorphic.printed import (
    BLANK_LINE,
    SHARES,
    Edit,
    Row,
    body_rows,
    chosen,
    column_roles,
    edited,
    header_of,
    line,
    lines_of,
    parse,
    render,
)

Transform = Callable[[Case], Iterator[str]]
WIDE = str.maketrans({chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)})
CHINESE = r"[\u4e00-\u9fff]"
BETWEEN = re.compile(f"(?<={CHINESE})(?={CHINESE})")
FULL_WIDTH = re.compile(r"[0-9A-Za-z%()]")
FIGURE_MARKS = re.compile(r"(?<=\d)\.(?=\d)|(?<=\d),(?=\d{3})")
LONG_CELL = 6
PAGE_BREAKS = (
    (BLANK_LINE,),
    (BLANK_LINE, BLANK_LINE, BLANK_LINE),
    (line("- 12 -"),),
    (BLANK_LINE, line("- 12 -"), BLANK_LINE),
    (line("\f"),),
    (BLANK_LINE, line("第 12 页 共 30 页"), BLANK_LINE),
)
COMPARATORS = {
    ">=": ("≥", ">=", "≧", "⩾", "＞＝", "大于等于", "不低于"),
    "<=": ("≤", "<=", "≦", "⩽", "＜＝", "小于等于", "不超过"),
    "=": ("=", "＝", "═", "等于"),
}
PRINTED_COMPARATOR = re.compile("≥|>=|≤|<=|=")
# Tables and paragraphs that have nothing to do with goals, written for these tests.
CARS = (
    ("车型", "辆数", "原值", "购置年份"),
    ("越野车", "3", "96.40", "2017"),
    ("轿车", "12", "188.25", "2015"),
)
PARAGRAPH = line("截至上年末，机关食堂完成改造，新增就餐座位，院内停车位重新划线，办公楼电梯通过年检。")
CAPTION = line("公务用车基本情况")
UNRELATED: tuple[tuple[Row, ...], ...] = (
    (PARAGRAPH,),
    (CAPTION, *(Row(cells, "tabs") for cells in CARS)),
    (CAPTION, BLANK_LINE, *(row for cells in CARS for row in (Row(cells, "lines"), BLANK_LINE))),
    (CAPTION, *(line(f"| {' | '.join(cells)} |") for cells in CARS), PARAGRAPH),
    (CAPTION, *(line("      ".join(cells)) for cells in CARS), PARAGRAPH),
    tuple(Row(cells[:3], "tabs") for cells in CARS),
)


def between_rows(rows: Sequence[Row], geometry: str) -> list[int]:
    """Indices of rows that follow another row of the same table."""
    return [
        index for index in range(1, len(rows)) if rows[index].geometry == rows[index - 1].geometry == geometry
    ]


def doubled_blank_lines(case: Case) -> Iterator[str]:
    """Every blank line printed twice or five times."""
    rows = parse(case.text)
    blank = [index for index, row in enumerate(rows) if row.blank]
    for times, (share, seed) in zip((2, 5, 2), SHARES, strict=False):
        more = set(chosen(blank, share, seed))
        yield render(row for index, row in enumerate(rows) for _ in range(times if index in more else 1))


def blank_lines_between_rows(case: Case) -> Iterator[str]:
    """A blank line between rows of tabs, but not above a row that has only a name.

    There a blank line may mean a page break that split the name above, and no reader can tell.
    """
    rows = parse(case.text)
    alone = name_only(case, rows)
    places = [index for index in between_rows(rows, "tabs") if index not in alone]
    for share, seed in SHARES:
        before = set(chosen(places, share, seed))
        yield render(with_inserted(rows, before, (BLANK_LINE,)))


def with_inserted(rows: Sequence[Row], before: set[int], more: Sequence[Row]) -> Iterator[Row]:
    """The rows with more rows above some of them."""
    for index, row in enumerate(rows):
        if index in before:
            yield from more
        yield row


def name_only(case: Case, rows: Sequence[Row]) -> set[int]:
    """Indices of body rows whose only content stands in the column of the names."""
    found = set()
    for sheet in case.document.goal_sheets:
        name = column_roles(rows[header_of(rows, sheet)]).index("name")
        for index in body_rows(rows, sheet):
            filled = [column for column, text in enumerate(rows[index].texts) if text]
            if filled == [name]:
                found.add(index)
    return found


def full_width(case: Case) -> Iterator[str]:
    """Digits, letters, percent signs and brackets of table cells in full width."""
    cells = table_cells(case)
    for pattern in (FULL_WIDTH, re.compile("[0-9]"), FIGURE_MARKS):
        for share, seed in SHARES[:3]:
            yield edited(
                case.text,
                [
                    (start, end, pattern.sub(lambda found: found[0].translate(WIDE), case.text[start:end]))
                    for start, end in chosen(cells, share, seed)
                ],
            )


def table_cells(case: Case) -> list[tuple[int, int]]:
    """The spans of all cells of tables."""
    return [span for row in parse(case.text) if row.geometry != "prose" for span in row.spans()]


def spaces_in_cells(case: Case) -> Iterator[str]:
    """A space, a full-width space or a no-break space between Chinese characters of table cells."""
    cells = table_cells(case)
    for space in (" ", "\u3000", "\u00a0", "  "):
        for share, seed in SHARES[:3]:
            places = gaps(case.text, chosen(cells, share, seed))
            yield edited(case.text, [(at, at, space) for at in chosen(places, 0.3, seed)])


def gaps(text: str, spans: Sequence[tuple[int, int]]) -> list[int]:
    """The places between two Chinese characters in spans of a text."""
    return [match.start() for start, end in spans for match in BETWEEN.finditer(text, start, end)]


def wrapped_cells(case: Case) -> Iterator[str]:
    """A line end inside long cells of goal sheets.

    In rows of tabs the first and the last cell are left alone: what is wrapped off them is a line
    without a tab, which may belong to the row above as well as to the row below.
    """
    rows = parse(case.text)
    cells: list[Span] = []
    for sheet in case.document.goal_sheets:
        for index in lines_of(rows, sheet):
            spans = list(rows[index].spans())
            if rows[index].geometry == "tabs":
                cells += spans[1:-1]
            elif rows[index].geometry == "lines":
                cells += spans
    return wrapped(case.text, cells)


def wrapped_lists(case: Case) -> Iterator[str]:
    """A line end inside the names of project lists and expenditure tables."""
    records = [*case.document.project_list, *case.document.expenditure_lines]
    return wrapped(case.text, places_of(records, ("department", "unit", "project", "function_name")))


def wrapped_narratives(case: Case) -> Iterator[str]:
    """A line end inside the texts of narratives."""
    fields = ("project", "policy_basis", "unit", "allocation")
    return wrapped(case.text, places_of(case.document.narratives, fields))


def places_of(records: Sequence[Any], fields: Sequence[str]) -> list[Span]:
    """Where records print some of their fields."""
    return [span for record in records for field in fields for span in record.source.cells.get(field, [])]


def wrapped(text: str, spans: Sequence[Span]) -> Iterator[str]:
    """A line end between two characters of long spans."""
    long = [span for span in spans if span[1] - span[0] >= LONG_CELL]
    for share, seed in SHARES if long else ():
        edits: list[Edit] = []
        for span in chosen(long, share, seed):
            if places := gaps(text, [span]):
                at = random.Random(seed + span[0]).choice(places)
                edits.append((at, at, "\n"))
        yield edited(text, edits)


def page_breaks(case: Case) -> Iterator[str]:
    """A page break between two rows of a goal sheet: blank lines, a page number, a repeated header."""
    rows = parse(case.text)
    alone = name_only(case, rows)
    for number, sheet in enumerate(case.document.goal_sheets):
        header = header_of(rows, sheet)
        places = [index for index in body_rows(rows, sheet) if index > header + 1 and index not in alone]
        for kind, more in enumerate((*PAGE_BREAKS, (BLANK_LINE, rows[header], BLANK_LINE), (rows[header],))):
            if (number + kind) % 3 == 0 or len(case.document.goal_sheets) < 3:
                gap = (BLANK_LINE, *more, BLANK_LINE) if rows[header].geometry == "lines" else more
                before = set(chosen(places, 0.0, number * 10 + kind))
                yield render(with_inserted(rows, before, gap))


def respelled_comparators(case: Case) -> Iterator[tuple[str, dict[tuple[int, int], str]]]:
    """Comparators of targets in another spelling; with the targets to expect by sheet and indicator."""
    targets = [
        (sheet.seq - 1, row, indicator, match)
        for sheet in case.document.goal_sheets
        for row, indicator in enumerate(sheet.indicators)
        if (match := PRINTED_COMPARATOR.match(indicator.target or "")) and indicator.comparator
    ]
    for turn in range(7):
        edits: list[Edit] = []
        expected: dict[tuple[int, int], str] = {}
        for seq, row, indicator, match in targets:
            spellings = COMPARATORS[indicator.comparator or "="]
            spelling = spellings[(turn + row) % len(spellings)]
            start, _ = indicator.source.cells["target"][0]
            edits.append((start, start + match.end(), spelling))
            expected[seq, row] = spelling + (indicator.target or "")[match.end() :]
        yield edited(case.text, edits), expected


def unrelated_content(case: Case) -> Iterator[str]:
    """Paragraphs and captioned tables before, between and after the goal sheets."""
    rows = parse(case.text)
    edges = sorted({edge for sheet in case.document.goal_sheets for edge in _edges(lines_of(rows, sheet))})
    for more in UNRELATED:
        for share, seed in SHARES[:3]:
            before = set(chosen(edges, share, seed))
            yield render(with_inserted(rows, before, (BLANK_LINE, *more, BLANK_LINE)))


def _edges(lines: range) -> tuple[int, int]:
    return lines.start, lines.stop


def line_ends(case: Case) -> Iterator[str]:
    """Line ends of Windows, of old Macs, and mixed ones."""
    yield case.text.replace("\n", "\r\n")
    yield case.text.replace("\n", "\r")
    ends = random.Random(1)
    yield "".join(ends.choice(("\n", "\r\n")) if mark == "\n" else mark for mark in case.text)
